import { type ControlPlaneClient, createClient } from './control-plane/client.ts'
import type { Connection } from './control-plane/network.ts'
import { isRefusal } from './control-plane/patience.ts'
import { createTransport } from './control-plane/transport.ts'
import { shownSecrets } from './deployment/hidden.ts'
import { hasEnded } from './deployment/revision.ts'
import { settingTexts } from './deployment/texts.ts'
import { findAnswered, findEffect } from './deployment/trace.ts'
import type { Verdict } from './deployment/verdict.ts'
import { createGithubSession, type GithubAccess } from './github/session.ts'
import { type Access, type MissingKey, readAccess, readKeys } from './inputs/access.ts'
import { notCertain } from './interruption.ts'
import { type Clock, DeadlineError, type Limits, pause, systemClock } from './limits.ts'
import { hasOpenEnds, MEMORY, type Memory, type OpenFeedback, parseMemory } from './memory.ts'
import { explain } from './report/explain.ts'
import { noFacts } from './report/facts.ts'
import { words } from './report/message.ts'
import type { OutputName } from './report/outputs.ts'
import { summaryMarkdown } from './report/summary.ts'
import { errorMessage } from './run/error-message.ts'
import { growingPauses } from './run/poll.ts'
import { createRunner, type Runner } from './runner/runner.ts'

/** The post step's whole time, in milliseconds. */
const POST_MS = 18_000
/** Of it, how long the effect of a write is looked for. */
const LOOK_MS = 10_000
/** Of it, what GitHub may take. */
const GITHUB_MS = 10_000
/** Nobody cancels the post step; it has its own end. */
const NEVER = new AbortController().signal

/** After the job: finishes what a cancelled or killed run left open. Never fails the job, whose verdict stands already. */
export async function post(runner: Runner = createRunner(), clock: Clock = systemClock): Promise<void> {
  runner.maskKeys(readKeys(runner.variables))
  try {
    const memory = parseMemory(runner.state(MEMORY))
    if (!memory) return
    const { feedback } = memory
    if (!hasOpenEnds(memory) && !feedback) return
    const access = readAccess(runner, memory.destination)
    const left = hasOpenEnds(memory) ? access.connection : undefined
    const untold = feedback && access.github
    const missing = [left, untold].filter((one) => one !== undefined && 'fault' in one)
    if (missing.length > 0) runner.warning(missingKeys(missing, memory))
    const [outcome] = await Promise.all([
      left && !('fault' in left) ? settle(runner, clock, access, left, memory) : undefined,
      feedback && untold && !('fault' in untold)
        ? tellGithub(runner, clock, access, untold, memory, feedback)
        : undefined
    ])
    if (memory.verdict === undefined) await runner.summary(summaryOfKilled(memory, outcome))
  } catch (error) {
    runner.warning(`The run ended early, and what it left could not be settled: ${errorMessage(error)}`)
  }
}

/** What the post step leaves undone for want of a key, in one warning. */
function missingKeys(missing: readonly MissingKey[], memory: Memory): string {
  const whys = missing.map(({ input, fault }) => `\`${input}\` ${fault}`)
  const { deploymentId, revisionId, intent } = memory
  const left =
    revisionId && deploymentId
      ? `left revision ${revisionId} of deployment ${deploymentId} behind`
      : `was cut off during a write to ${deploymentId ?? intent?.deploymentId ?? `"${intent?.name}"`}`
  const losses = missing.map(({ input }) =>
    input === 'api-key'
      ? `The run ${left}, and the post step did not ask LangSmith about it. Look at the deployment there.`
      : 'GitHub was not told how the run ended.'
  )
  return `In the post step, for which GitHub evaluates the inputs again, ${whys.join(' and ')}. ${losses.join(' ')}`
}

async function settle(
  runner: Runner,
  clock: Clock,
  access: Access,
  connection: Connection,
  memory: Memory
): Promise<string> {
  const limits: Limits = { clock, cancelled: NEVER, deadline: clock.now() + POST_MS }
  const transport = createTransport({ connection, limits, onRetry: runner.info })
  try {
    const outcome = await finishOpenEnds(
      runner,
      // Not masked: which outputs the run set is not known here, and the runner would drop those that hold a masked text.
      createClient(transport, (deployment) => {
        runner.keepSecret(shownSecrets(deployment.secrets))
        runner.keepSecretParts(settingTexts(deployment))
      }),
      limits,
      memory
    )
    runner[outcome.level](`The run ended early. ${outcome.text}`)
    return outcome.text
  } catch (error) {
    const text = warningOf(runner, access, connection, error)
    runner.warning(text)
    return text
  } finally {
    await transport.close()
  }
}

/** Tells GitHub how the run ended, where that did not come about: by what the main step said, else as cancelled. */
async function tellGithub(
  runner: Runner,
  clock: Clock,
  { proxy, trigger }: Access,
  github: GithubAccess,
  memory: Memory,
  { plan, state }: OpenFeedback
): Promise<void> {
  const session = createGithubSession({
    access: github,
    proxy,
    clock,
    cancelled: NEVER,
    cancelledAt: () => undefined,
    warn: runner.warning,
    budgetMs: GITHUB_MS
  })
  const { ended } = state
  const outputs = ended ? new Map(Object.entries(ended.outputs) as [OutputName, string][]) : outputsOf(memory)
  const own = memory.revisionId !== undefined && outputs.get('revision-id') === memory.revisionId
  const material = () => ({
    facts: { ...noFacts(), own },
    outputs,
    dashboard: ended?.dashboard,
    commit: ended?.commit,
    name: ended?.name ?? plan.asked
  })
  // As in the main step, so that the code is in the bundle once.
  const { createFeedback } = await import('./report/channels.ts')
  const feedback = createFeedback({
    session,
    plan,
    state,
    trigger,
    cancelled: NEVER,
    now: clock.now,
    material,
    remember: () => {}
  })
  await feedback.finish({
    ...material(),
    status: memory.verdict ?? 'cancelled',
    words: ended?.words ?? words(KILLED),
    endedAt: ended?.endedAt ?? clock.now()
  })
}

const NO_VERDICT = 'The run ended before it came to a verdict.'
const KILLED = `${NO_VERDICT} What it left behind is told in its log.`

function outputsOf({ deploymentId, revisionId }: Memory): ReadonlyMap<OutputName, string> {
  const known: readonly (readonly [OutputName, string | undefined])[] = [
    ['deployment-id', deploymentId],
    ['revision-id', revisionId]
  ]
  return new Map(known.filter((entry): entry is readonly [OutputName, string] => entry[1] !== undefined))
}

function summaryOfKilled(memory: Memory, outcome: string | undefined): string {
  const told = outcome === undefined ? KILLED : `${NO_VERDICT} ${outcome}`
  const verdict: Verdict = { status: 'cancelled', reason: told }
  const name = memory.feedback?.plan.asked ?? memory.intent?.name ?? 'LangSmith Deployment'
  return summaryMarkdown({
    verdict,
    facts: noFacts(),
    outputs: outputsOf(memory),
    dashboard: undefined,
    trigger: undefined,
    commit: undefined,
    name,
    words: words(told),
    endedAt: 0
  })
}

/** What became of what the run had left, and how loudly it is told. */
interface Outcome {
  readonly level: 'info' | 'notice' | 'warning'
  readonly text: string
}

async function finishOpenEnds(
  runner: Runner,
  client: ControlPlaneClient,
  limits: Limits,
  memory: Memory
): Promise<Outcome> {
  const found = memory.revisionId ? memory : await lookForRevision(client, limits, memory)
  if (!found?.deploymentId || !found.revisionId) {
    return { level: 'info', text: 'Nothing that its last write made can be found.' }
  }
  const { deploymentId, revisionId } = found
  const name = memory.intent?.name
  const deployment = name ? `deployment "${name}" (${deploymentId})` : `deployment ${deploymentId}`
  const what = `${revisionId} of ${deployment}`
  if (!memory.interrupt) {
    return { level: 'warning', text: `It left revision ${what} behind. Look at it in LangSmith.` }
  }
  if (!found.isCertain) {
    return { level: 'warning', text: `${notCertain(revisionId)} It is in ${deployment}.` }
  }
  const { status } = await client.revision(deploymentId, revisionId)
  if (hasEnded(status)) {
    return { level: 'info', text: `Revision ${what} has ended by itself meanwhile (${status}).` }
  }
  // That it is interrupted is what the user asked for.
  return (await interruptInTime(runner, client, limits, deploymentId, revisionId))
    ? { level: 'notice', text: `Revision ${what} was interrupted.` }
    : {
        level: 'warning',
        text: `Revision ${what} could not be interrupted in time; it goes on. Look at it in LangSmith.`
      }
}

/** Asks for the interruption until it is answered well; it may be repeated freely. */
async function interruptInTime(
  runner: Runner,
  client: ControlPlaneClient,
  limits: Limits,
  deploymentId: string,
  revisionId: string
): Promise<boolean> {
  while (limits.clock.now() < limits.deadline) {
    try {
      await client.interrupt(
        deploymentId,
        revisionId,
        Math.max(1, Math.min(5_000, limits.deadline - limits.clock.now()))
      )
      return true
    } catch (error) {
      if (isRefusal(error)) throw error
      runner.info(`The interruption failed (${errorMessage(error)}); trying again.`)
      await pause(limits, 1_000).catch(() => {})
    }
  }
  return false
}

/** The effect of the last write, which was cut off before it was known. */
async function lookForRevision(
  client: ControlPlaneClient,
  limits: Limits,
  { intent, deploymentId, namedId }: Memory
): Promise<Pick<Memory, 'deploymentId' | 'revisionId' | 'isCertain'> | undefined> {
  if (!intent) return undefined
  for (const ms of [0, ...growingPauses(LOOK_MS)]) {
    if (ms > 0) await pause(limits, ms)
    const effect = deploymentId
      ? await findAnswered(client, deploymentId, intent, namedId)
      : await findEffect(client, intent)
    if (effect === 'other') return undefined
    if (effect?.revision) {
      const { deployment, revision } = effect
      const isCertain = intent.isUnique || revision.id === namedId
      return { deploymentId: deployment.id, revisionId: revision.id, isCertain }
    }
  }
  return undefined
}

function warningOf(runner: Runner, { controlPlane }: Access, connection: Connection, error: unknown): string {
  if (error instanceof DeadlineError)
    return 'The run ended during a write, and what it made could not be looked up in time. Look at the deployment in LangSmith.'
  const { title, text } = explain(error, {
    controlPlane,
    workspaceGiven: connection.workspaceId !== undefined,
    apiKey: connection.apiKey,
    proxy: connection.proxy,
    redact: runner.redact
  })
  return `The run ended early, and what it left could not be settled. ${title}: ${text}`
}
