import { AnswerError, ApiError, RefusalError, UnreachableError } from '../control-plane/errors.ts'
import { isUuid } from '../control-plane/resources.ts'
import type { SessionClient, TracerSession } from '../control-plane/sessions.ts'
import { isSameCommit } from '../deployment/revision.ts'
import { type ExperimentJudgement, judgeExperiment, scoresOf, unfinishedWords } from '../deployment/thresholds.ts'
import type { GateInputs } from '../inputs/gate.ts'
import { scaleWords } from '../report/gate.ts'
import type { CommandContext } from '../rollout/context.ts'
import { inWords } from '../run/duration.ts'
import { FIGURE_NAMES } from '../run/figure.ts'
import { DeadlineError, pause } from '../run/limits.ts'
import { createHeartbeat, pauseAfter, poll } from '../run/poll.ts'
import type { GateRow, ShownExperiment } from '../run/record.ts'
import type { Verdict } from '../run/verdict.ts'
import { nearestOf } from '../runner/nearest.ts'
import { listed } from '../runner/words.ts'

/** Scores are stored a moment after the evaluation; so long they are looked for again, in milliseconds. */
const SCORES_WITHIN_MS = 30_000
/** Names in a list of what there is. */
const MOST_LISTED = 10

/** Which of the two experiments it is, by the input that names it. */
type Role = 'require-experiment' | 'baseline-experiment'

/**
 * Holds the required experiment against its thresholds, once it is finished. Nothing is written.
 *
 * @param commit that is about to be deployed, where it is known
 * @returns the verdict of a run that must not go on; nothing when all thresholds hold
 * @throws {RefusalError} when the gate cannot be judged
 */
export async function passGate(
  context: CommandContext,
  gate: GateInputs,
  commit: string | undefined
): Promise<Verdict | undefined> {
  const { progress } = context
  const read = await readings(context, await context.sessions(), gate)
  if ('status' in read) return read
  const { experiment, baseline, judgement } = read
  if (judgement.kind === 'unjudged') throw cannotBeJudged(judgement, gate, experiment, baseline)
  const { rows } = judgement
  progress.gate({ experiment: shownExperiment(experiment), baseline: baseline && shownExperiment(baseline), rows })
  const failing = rows.filter(({ errors }) => errors > 0).map(({ key, errors }) => `\`${key}\` ${errors}`)
  if (failing.length > 0) {
    progress.warn(
      `Evaluators of the experiment "${experiment.name}" failed (${listed([...new Set(failing)])}): those scores are missing in the average. Look at the evaluators in LangSmith.`
    )
  }
  const partly = rows.filter(({ scored = Infinity, errors }) => scored + errors < (experiment.figures.run_count ?? 0))
  if (partly.length > 0) progress.warn(partlyScored(experiment, partly))
  const misread = rows.filter(({ holds, probably }) => holds && probably !== undefined)
  for (const row of misread) progress.warn(`\`thresholds\`: ${scaleWords(row)}`)
  if (baseline && baseline.datasetId !== experiment.datasetId) {
    progress.warn(
      `The baseline experiment "${baseline.name}" ran over another dataset than "${experiment.name}", so their scores cannot be compared. Name an experiment over the same dataset in \`baseline-experiment\`.`
    )
  }
  if (commit && experiment.commit && !isSameCommit(experiment.commit, commit)) {
    progress.warn(
      `The experiment "${experiment.name}" evaluated commit ${experiment.commit}, and this run deploys ${commit}. Evaluate the commit that is deployed, or name its experiment in \`require-experiment\`.`
    )
  }
  return rows.every(({ holds }) => holds) ? undefined : { status: 'rejected' }
}

function partlyScored({ name, figures }: TracerSession, rows: readonly GateRow[]): string {
  const counts = rows.map(({ key, scored }) => `\`${key}\` ${scored}`)
  return `Not all of the ${figures.run_count} runs of the experiment "${name}" have a score (${listed([...new Set(counts)])}): the average is that of the scored runs alone. Check that the evaluators score each run.`
}

function shownExperiment({ id, name, tenantId, datasetId, figures }: TracerSession): ShownExperiment {
  return { id, name, tenantId, datasetId, runs: figures.run_count ?? 0 }
}

interface Readings {
  readonly experiment: TracerSession
  readonly baseline: TracerSession | undefined
  readonly judgement: ExperimentJudgement
}

/** The figures of both experiments, read once they are finished, and what the thresholds make of them. */
async function readings(
  context: CommandContext,
  sessions: SessionClient,
  gate: GateInputs
): Promise<Readings | Verdict> {
  const { limits } = context
  try {
    const id = await experimentId(sessions, gate.experiment, 'require-experiment')
    const baselineId =
      gate.baseline === undefined ? undefined : await experimentId(sessions, gate.baseline, 'baseline-experiment')
    if (id === baselineId) throw ownBaseline(gate)
    const read = async (): Promise<Readings> => {
      const experiment = await finished(context, sessions, id, 'require-experiment')
      const baseline =
        baselineId === undefined ? undefined : await finished(context, sessions, baselineId, 'baseline-experiment')
      return { experiment, baseline, judgement: judgeExperiment(gate.thresholds, experiment, baseline) }
    }
    let now = await read()
    const since = limits.clock.now()
    if (now.judgement.kind === 'unjudged') {
      const missing = now.judgement.faults.map(({ text }) => text).join(' ')
      context.progress.note(
        `${missing} Looking again for ${inWords(SCORES_WITHIN_MS)}, because scores are stored late.`
      )
    }
    while (now.judgement.kind === 'unjudged' && limits.clock.now() - since < SCORES_WITHIN_MS) {
      await pause(limits, pauseAfter(limits.clock.now() - since, { share: 1 }))
      now = await read()
    }
    return now
  } catch (error) {
    if (error instanceof UnfinishedError) return unfinishedVerdict(error)
    const isOfApi = error instanceof ApiError || error instanceof AnswerError || error instanceof UnreachableError
    throw isOfApi ? notReadable(sessions, error) : error
  }
}

/** The ID of the experiment that is written by name or ID. */
async function experimentId(sessions: SessionClient, written: string, role: Role): Promise<string> {
  if (isUuid(written)) return written
  const found = await sessions.named(written)
  if (!found) throw await unknownExperiment(sessions, written, role)
  return found.id
}

/** An experiment with its figures, once all of its runs were evaluated. @throws {DeadlineError} that tells how far it is */
async function finished(
  context: CommandContext,
  sessions: SessionClient,
  id: string,
  role: Role
): Promise<TracerSession> {
  const { limits, progress } = context
  let told = false
  let words = ''
  const heartbeat = createHeartbeat(limits.clock, () => progress.note(words))
  const pauseMs = (waitedMs: number) => pauseAfter(waitedMs, { random: Math.random() })
  try {
    return await poll(limits, { pauseMs, heartbeat }, async () => {
      const session = await sessions.session(id)
      if (!session) throw await unknownExperiment(sessions, id, role)
      if (session.datasetId === undefined) throw isProject(session, role)
      const unfinished = unfinishedWords(session)
      if (unfinished === undefined) return session
      words = `The experiment "${session.name}" is not finished: ${unfinished}.`
      if (!told) progress.note(`${words} Waiting for it.`)
      told = true
      return undefined
    })
  } catch (error) {
    throw error instanceof DeadlineError && words !== '' ? new UnfinishedError(words) : error
  }
}

/** The timeout passed before an experiment was finished. */
class UnfinishedError extends DeadlineError {
  /** How far it is, in a sentence. */
  readonly state: string
  constructor(state: string) {
    super()
    this.state = state
  }
}

function unfinishedVerdict({ state }: UnfinishedError): Verdict {
  return {
    status: 'timed-out',
    reason: `The timeout passed. ${state}`,
    advice: 'Raise `timeout` if the evaluation needs longer; one that was broken off never ends, so start it again.'
  }
}

function isProject({ name }: TracerSession, role: Role): RefusalError {
  return new RefusalError(
    'Not an experiment',
    `\`${role}\`: "${name}" is a tracing project and not an experiment.`,
    'Write the name or the ID of an experiment: an evaluation over a dataset makes one.'
  )
}

function ownBaseline({ experiment }: GateInputs): RefusalError {
  return new RefusalError(
    'The experiment is its own baseline',
    `\`require-experiment\` and \`baseline-experiment\` name the same experiment, "${experiment}", so the comparison cannot fail.`,
    'Name an earlier experiment in `baseline-experiment`, such as the one of what serves.'
  )
}

async function unknownExperiment(sessions: SessionClient, written: string, role: Role): Promise<RefusalError> {
  const all = await sessions.experiments()
  // The SDK appends eight hex digits to the prefix that the user gives.
  const alike = all.filter(({ name }) => name.toLowerCase().startsWith(written.toLowerCase()))
  const newest = (alike.length > 0 ? alike : all).slice(0, MOST_LISTED).map(({ name }) => `"${name}"`)
  const meant = alike.length > 0 ? undefined : nearestExperiment(written, all)
  const which = alike.length > 0 ? 'The newest whose names begin so' : 'The newest'
  return new RefusalError(
    'Unknown experiment',
    [
      `\`${role}\`: there is no experiment "${written}" in this workspace.${meant ? ` Did you mean "${meant}"?` : ''}`,
      newest.length > 0 ? `${which}: ${newest.join(', ')}.` : 'There are no experiments in it.'
    ].join('\n'),
    'Write the whole name, or the ID: the SDK appends a dash and eight characters to `experiment_prefix`, and `evaluate()` returns the name as `experiment_name`.'
  )
}

/** The experiment that was probably meant, with or without what the SDK appends to its name. */
function nearestExperiment(written: string, all: readonly TracerSession[]): string | undefined {
  const prefixOf = (name: string) => name.replace(/-[0-9a-f]{8}$/, '')
  const names = all.map(({ name }) => name)
  const prefix = nearestOf(written, names.map(prefixOf))
  return nearestOf(written, names) ?? names.find((name) => prefixOf(name) === prefix)
}

function cannotBeJudged(
  { faults }: ExperimentJudgement & { readonly kind: 'unjudged' },
  { thresholds }: GateInputs,
  experiment: TracerSession,
  baseline: TracerSession | undefined
): RefusalError {
  const owner = faults.every(({ isOfBaseline }) => isOfBaseline) && baseline ? baseline : experiment
  const scores = scoresOf(owner)
  const figures = FIGURE_NAMES.filter((name) => owner.figures[name] !== undefined)
  const known = [...Object.keys(owner.feedback), ...figures]
  const guesses = thresholds.flatMap(({ key }) => (known.includes(key) ? [] : (nearestOf(key, known) ?? [])))
  return new RefusalError(
    'The experiment cannot be judged',
    [
      ...new Set(faults.map(({ text }) => text)),
      `"${owner.name}" has ${scores.length > 0 ? `the scores ${listed(scores)}` : 'no scores'}${figures.length > 0 ? `, and the figures ${figures.join(', ')}` : ''}.`,
      ...(guesses.length > 0 ? [`Did you mean ${listed([...new Set(guesses)].map((key) => `\`${key}\``))}?`] : [])
    ].join('\n'),
    'Write one of these into `thresholds`, or check that the evaluation ran to its end.'
  )
}

function notReadable({ url }: SessionClient, error: Error): RefusalError {
  return new RefusalError(
    'The experiment could not be read',
    `The LangSmith API at ${url} did not give the figures of the experiment, so nothing was written.`,
    'Check that the key behind `api-key` may read tracing projects and experiments of this workspace (permission projects:read), and that this runner reaches that address.',
    error
  )
}
