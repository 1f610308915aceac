import { orNothing } from '../control-plane/client.ts'
import { isMissing } from '../control-plane/patience.ts'
import type { Deployment } from '../control-plane/resources.ts'
import type { SessionClient, TracerSession } from '../control-plane/sessions.ts'
import { isGoing } from '../deployment/find.ts'
import { hasEnded } from '../deployment/revision.ts'
import type { BakeInputs } from '../inputs/bake.ts'
import { bakeTime } from '../report/bake.ts'
import { inWords } from '../run/duration.ts'
import { besideLimit, type FigureName, inUnit, type Unit, unitOf } from '../run/figure.ts'
import { DeadlineError, endsRun, pause } from '../run/limits.ts'
import { createHeartbeat } from '../run/poll.ts'
import type { BakeRow, ShownBake } from '../run/record.ts'
import type { Verdict } from '../run/verdict.ts'
import type { CommandContext } from './context.ts'
import { brokenAdvice, canGoBack, lookAgain, type Proof, type RolledOut, withWarning } from './serving.ts'
import { deploymentDeleted, goneVerdict } from './watch.ts'

/** The time from the end of the bake to the last read, in milliseconds, because traces arrive late. */
const TRACES_LATE_MS = 60_000
/** Extra time for requests, in milliseconds. */
const RESERVE_MS = 120_000
/** Reads per bake, within the limits of `PAUSE_MS`. */
const LOOKS = 20
const PAUSE_MS = { least: 1_000, most: 30_000 }

/** The judged figures: the name in the API, the label in messages, and the limit. */
const JUDGED: readonly {
  readonly figure: FigureName
  readonly label: string
  readonly limit: (bake: BakeInputs) => number | undefined
}[] = [
  { figure: 'error_rate', label: 'error rate', limit: ({ maxErrorRate }) => maxErrorRate },
  { figure: 'latency_p99', label: 'latency p99', limit: ({ maxLatencyP99 }) => maxLatencyP99 }
]

/** Tolerance of comparisons, because values are binary fractions. */
const ROUNDING = 1e-9

/**
 * Reads the figures of the revision that is active before the rollout, over a time as long as the bake. The API has no
 * end of the window, so the read must precede the new revision. `undefined` for a first deployment, or if the revision
 * is already active.
 */
export async function figuresBefore(
  context: CommandContext,
  bake: BakeInputs,
  rolledOut: RolledOut
): Promise<TracerSession | undefined> {
  const { deployment, revision, own, hasPredecessor } = rolledOut
  const active = deployment.active_revision_id
  const servesAnother = own ? hasPredecessor : active !== null && active !== revision.id
  if (!servesAnother || hasEnded(revision.status)) return undefined
  const since = context.limits.clock.now() - bake.forMs
  return figuresAt(async () => {
    const sessions = await context.sessions()
    const project = await tracingProject(sessions, rolledOut)
    return project === undefined ? undefined : sessions.glance(project, since)
  })
}

/**
 * Proves that a revision works, and then watches the runs of its users.
 *
 * @param before figures from before the rollout, to show beside the new ones
 * @returns the result of the proof, or of the bake if the proof succeeded
 */
export async function proveAndBake(
  context: CommandContext,
  bake: BakeInputs,
  { rolledOut, before }: { readonly rolledOut: RolledOut; readonly before: TracerSession | undefined },
  prove: () => Promise<Proof>
): Promise<Proof> {
  const proof = await prove()
  if ('overtakenBy' in proof || proof.verdict.status !== 'deployed') return proof
  const { verdict } = proof
  const active = rolledOut.deployment.active_revision_id
  // The traces belong to another revision.
  if (active !== null && active !== rolledOut.revision.id)
    return { verdict: withWarning(verdict, notWatchedWhile(active)) }
  const sessions = await context.sessions()
  const project = await tracingProject(sessions, rolledOut)
  if (project === undefined) return { verdict: withWarning(verdict, NO_PROJECT) }
  const { limits } = context
  const left = limits.deadline - limits.clock.now()
  // The bake has its own time limit.
  limits.restart(bake.forMs + TRACES_LATE_MS + RESERVE_MS)
  try {
    return await watchTraces(context, bake, rolledOut, { sessions, project, before, verdict })
  } finally {
    limits.restart(left)
  }
}

function notWatchedWhile(active: string): string {
  return `Skipped \`bake\`, because revision ${active} is active instead.`
}

const NO_PROJECT =
  'The revision is deployed, but its tracing project was not found, so `bake` could not monitor it. Check that the API key can read tracing projects (permission projects:read).'

/** The ID of the tracing project, which is named after the deployment. */
async function tracingProject(sessions: SessionClient, { deployment }: RolledOut): Promise<string | undefined> {
  return deployment.tracer_session_id ?? (await orNothing(sessions.named(deployment.name)))?.id
}

interface Watching {
  readonly sessions: SessionClient
  readonly project: string
  readonly before: TracerSession | undefined
  readonly verdict: Verdict & { readonly status: 'deployed' }
}

async function watchTraces(
  context: CommandContext,
  bake: BakeInputs,
  rolledOut: RolledOut,
  { sessions, project, before, verdict }: Watching
): Promise<Proof> {
  const { limits, progress } = context
  const { clock } = limits
  const since = clock.now()
  const pauseMs = Math.min(PAUSE_MS.most, Math.max(PAUSE_MS.least, bake.forMs / LOOKS))
  let seen: TracerSession | undefined
  const shown = (state: ShownBake['state']) => shownBake(state, clock.now() - since, bake, seen, before)
  const heartbeat = createHeartbeat(clock, () => progress.bake(shown('going')))
  progress.note(startWords(bake))
  for (let isLast = false; !isLast; ) {
    const left = since + bake.forMs - clock.now()
    isLast = left <= 0
    await pause(limits, isLast ? TRACES_LATE_MS : Math.min(left, pauseMs))
    const ended = await endedOtherwise(context, rolledOut)
    if (ended) return ended
    // The next read makes up for a failed one. Only the last read is retried.
    const look = () => (isLast ? sessions.session(project, since) : sessions.glance(project, since))
    seen = (await figuresAt(look)) ?? seen
    if (judgeTraces(seen, bake) === 'over') break
    if (!isLast) heartbeat.beat()
  }
  const result = shown(judgeTraces(seen, bake))
  progress.bake(result)
  if (result.state === 'over')
    return { verdict: overLimit(result, { page: seen && sessions.page(seen), goBack: canGoBack(rolledOut) }) }
  if (result.state === 'unseen') return { verdict: withWarning(verdict, seen ? withoutFigures(seen, bake) : UNSEEN) }
  if (result.state === 'too-few') progress.remark(tooFew(result, bake))
  return { verdict }
}

/** The figures of a session; `undefined` without a valid response in time. */
async function figuresAt(look: () => Promise<TracerSession | undefined>): Promise<TracerSession | undefined> {
  try {
    return await orNothing(look())
  } catch (error) {
    if (error instanceof DeadlineError) return undefined
    throw error
  }
}

/** The result of a bake whose revision is no longer active, so that the figures belong to another one. */
async function endedOtherwise(context: CommandContext, rolledOut: RolledOut): Promise<Proof | undefined> {
  const { progress } = context
  const { deployment, revision } = rolledOut
  const now = await currentDeployment(context, deployment.id)
  if (now === 'unknown') return undefined
  if (now === 'gone') {
    progress.gone()
    return { verdict: goneVerdict(`The deployment "${deployment.name}"`) }
  }
  if (isGoing(now)) {
    progress.deployment(now)
    return { verdict: deploymentDeleted(now) }
  }
  return now.active_revision_id === revision.id ? undefined : (await lookAgain(context, rolledOut)).ended
}

/** The deployment after one read; `gone` only after retries. */
async function currentDeployment({ client }: CommandContext, id: string): Promise<Deployment | 'gone' | 'unknown'> {
  try {
    return await client.glance(id)
  } catch (error) {
    if (endsRun(error)) throw error
    if (!isMissing(error)) return 'unknown'
  }
  try {
    return await client.deployment(id)
  } catch (error) {
    if (isMissing(error)) return 'gone'
    throw error
  }
}

/** Judges the figures by the limits of the bake. */
export function judgeTraces(
  session: TracerSession | undefined,
  bake: BakeInputs
): Exclude<ShownBake['state'], 'going'> {
  if (!session) return 'unseen'
  if ((session.figures.run_count ?? 0) < bake.minRuns) return 'too-few'
  if (JUDGED.some(({ figure, limit }) => isOver(session.figures[figure], limit(bake)))) return 'over'
  return missingFigures(session, bake).length > 0 ? 'unseen' : 'held'
}

/** The labels of figures with a limit but without a value. */
function missingFigures({ figures }: TracerSession, bake: BakeInputs): readonly string[] {
  return JUDGED.filter(({ figure, limit }) => limit(bake) !== undefined && figures[figure] === undefined).map(
    ({ label }) => label
  )
}

function isOver(value: number | undefined, limit: number | undefined): boolean {
  return value !== undefined && limit !== undefined && value > limit + ROUNDING
}

function shownBake(
  state: ShownBake['state'],
  forMs: number,
  bake: BakeInputs,
  seen: TracerSession | undefined,
  before: TracerSession | undefined
): ShownBake {
  const inFigure = (session: TracerSession | undefined, figure: FigureName) => {
    const value = session?.figures[figure]
    return value === undefined ? undefined : inUnit(value, unitOf(figure))
  }
  return {
    state,
    forMs: Math.min(forMs, bake.forMs),
    lateMs: Math.max(0, forMs - bake.forMs),
    beforeMs: bake.forMs,
    runs: seen?.figures.run_count ?? 0,
    runsBefore: before?.figures.run_count,
    rows: JUDGED.map(({ figure, label, limit }): BakeRow => {
      const most = limit(bake)
      return {
        figure: label,
        value: valueBeside(seen?.figures[figure], most, unitOf(figure)),
        before: inFigure(before, figure),
        limit: most === undefined ? undefined : inUnit(most, unitOf(figure)),
        isOver: state === 'over' && isOver(seen?.figures[figure], most)
      }
    })
  }
}

function valueBeside(value: number | undefined, limit: number | undefined, unit: Unit): string | undefined {
  if (value === undefined) return undefined
  return limit === undefined ? inUnit(value, unit) : besideLimit(value, limit, unit)
}

function startWords(bake: BakeInputs): string {
  const limits = JUDGED.flatMap(({ figure, label, limit }) => {
    const most = limit(bake)
    return most === undefined ? [] : [`${label} ${inUnit(most, unitOf(figure))}`]
  })
  return `Bake: monitoring the tracing project for ${inWords(bake.forMs)}, plus ${inWords(TRACES_LATE_MS)} for late traces. Limits: ${limits.join(', ')}, after at least ${bake.minRuns} runs.`
}

function overLimit(
  result: ShownBake,
  { page, goBack }: { readonly page: string | undefined; readonly goBack: boolean }
): Verdict {
  const { runs, rows } = result
  const told = rows
    .filter(({ isOver }) => isOver)
    .map(
      ({ figure, value, before, limit }) =>
        `${figure} ${value}, limit ${limit}${before ? `, before the rollout ${before}` : ''}`
    )
  return {
    status: 'failed',
    reason: `The runs of the revision exceeded a limit of \`bake\` after ${bakeTime(result)} (${runs} runs): ${told.join('; ')}.`,
    advice: [page ? `Check its runs in LangSmith: ${page}` : 'Check its runs in LangSmith.', brokenAdvice(goBack)].join(
      '\n'
    ),
    isBroken: true
  }
}

function tooFew(result: ShownBake, { minRuns }: BakeInputs): string {
  return `\`bake\` has no result: there were ${result.runs} runs in ${bakeTime(result)}, and \`min-runs\` is ${minRuns}. Raise \`bake\` or lower \`min-runs\`.`
}

function withoutFigures(session: TracerSession, bake: BakeInputs): string {
  return `The revision is deployed, but LangSmith returned no ${missingFigures(session, bake).join(' and no ')} for its ${session.figures.run_count} runs, so \`bake\` could not check all limits. Check the tracing project in LangSmith.`
}

const UNSEEN =
  'The revision is deployed, but the metrics of its tracing project could not be read, so `bake` has no result. Check that the API key can read tracing projects (permission projects:read).'
