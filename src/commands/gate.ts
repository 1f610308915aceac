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

/** How long late scores are awaited, in milliseconds: they are stored a moment after the evaluation. */
const SCORES_WITHIN_MS = 30_000
/** The longest list of names in a message. */
const MOST_LISTED = 10

/** The input that names an experiment. */
type Role = 'require-experiment' | 'baseline-experiment'

/**
 * Compares the required experiment with its thresholds after the experiment finishes. Writes nothing.
 *
 * @param commit the commit to deploy, if known
 * @returns the verdict of a run that must stop; `undefined` if all thresholds hold
 * @throws {RefusalError} if the thresholds cannot be checked
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
      `Evaluators failed in experiment "${experiment.name}" (${listed([...new Set(failing)])}), so the averages exclude their scores. Check the evaluators in LangSmith.`
    )
  }
  const partly = rows.filter(({ scored = Infinity, errors }) => scored + errors < (experiment.figures.run_count ?? 0))
  if (partly.length > 0) progress.warn(partlyScored(experiment, partly))
  const misread = rows.filter(({ holds, probably }) => holds && probably !== undefined)
  for (const row of misread) progress.warn(`\`thresholds\`: ${scaleWords(row)}`)
  if (baseline && baseline.datasetId !== experiment.datasetId) {
    progress.warn(
      `The baseline experiment "${baseline.name}" used a different dataset than "${experiment.name}", so their scores are not comparable. Set \`baseline-experiment\` to an experiment on the same dataset.`
    )
  }
  if (commit && experiment.commit && !isSameCommit(experiment.commit, commit)) {
    progress.warn(
      `Experiment "${experiment.name}" evaluated commit ${experiment.commit}, but this run deploys ${commit}. Evaluate the commit to deploy, or set \`require-experiment\` to its experiment.`
    )
  }
  return rows.every(({ holds }) => holds) ? undefined : { status: 'rejected' }
}

function partlyScored({ name, figures }: TracerSession, rows: readonly GateRow[]): string {
  const counts = rows.map(({ key, scored }) => `\`${key}\` ${scored}`)
  return `Some of the ${figures.run_count} runs in experiment "${name}" have no score (scored runs: ${listed([...new Set(counts)])}), so the averages cover only the scored runs. Check that the evaluators score every run.`
}

function shownExperiment({ id, name, tenantId, datasetId, figures }: TracerSession): ShownExperiment {
  return { id, name, tenantId, datasetId, runs: figures.run_count ?? 0 }
}

interface Readings {
  readonly experiment: TracerSession
  readonly baseline: TracerSession | undefined
  readonly judgement: ExperimentJudgement
}

/** Reads both experiments after they finish, and judges them by the thresholds. */
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
        `${missing} Checking again for up to ${inWords(SCORES_WITHIN_MS)}, because scores can arrive late.`
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

/** The ID of the experiment that the input names by name or ID. */
async function experimentId(sessions: SessionClient, written: string, role: Role): Promise<string> {
  if (isUuid(written)) return written
  const found = await sessions.named(written)
  if (!found) throw await unknownExperiment(sessions, written, role)
  return found.id
}

/**
 * Waits until all runs of an experiment are evaluated.
 *
 * @throws {UnfinishedError} at the deadline, with the progress so far
 */
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
      words = `Experiment "${session.name}" has not finished: it has ${unfinished}.`
      if (!told) progress.note(`${words} Waiting for it to finish.`)
      told = true
      return undefined
    })
  } catch (error) {
    throw error instanceof DeadlineError && words !== '' ? new UnfinishedError(words) : error
  }
}

/** The timeout expired before an experiment finished. */
class UnfinishedError extends DeadlineError {
  /** The progress of the experiment, as a sentence. */
  readonly state: string
  constructor(state: string) {
    super()
    this.state = state
  }
}

function unfinishedVerdict({ state }: UnfinishedError): Verdict {
  return {
    status: 'timed-out',
    reason: `The timeout expired. ${state}`,
    advice:
      'Raise `timeout` if the evaluation needs more time. An evaluation that was stopped never finishes; start it again.'
  }
}

function isProject({ name }: TracerSession, role: Role): RefusalError {
  return new RefusalError(
    'Not an experiment',
    `\`${role}\`: "${name}" is a tracing project, not an experiment.`,
    `Set \`${role}\` to the name or ID of an experiment; evaluating a dataset creates one.`
  )
}

function ownBaseline({ experiment }: GateInputs): RefusalError {
  return new RefusalError(
    'Experiment and baseline are the same',
    `\`require-experiment\` and \`baseline-experiment\` both name "${experiment}", so the comparison cannot fail.`,
    'Set `baseline-experiment` to an earlier experiment, such as that of the active revision.'
  )
}

async function unknownExperiment(sessions: SessionClient, written: string, role: Role): Promise<RefusalError> {
  const all = await sessions.experiments()
  // The SDK appends eight hex digits to the user's prefix.
  const alike = all.filter(({ name }) => name.toLowerCase().startsWith(written.toLowerCase()))
  const newest = (alike.length > 0 ? alike : all).slice(0, MOST_LISTED).map(({ name }) => `"${name}"`)
  const meant = alike.length > 0 ? undefined : nearestExperiment(written, all)
  const which = alike.length > 0 ? 'Newest experiments with that prefix' : 'Newest experiments'
  return new RefusalError(
    'Experiment not found',
    [
      `\`${role}\`: experiment "${written}" does not exist in this workspace.${meant ? ` Did you mean "${meant}"?` : ''}`,
      newest.length > 0 ? `${which}: ${newest.join(', ')}.` : 'The workspace has no experiments.'
    ].join('\n'),
    `Set \`${role}\` to the full name or the ID: the SDK appends a dash and eight characters to \`experiment_prefix\`, and \`evaluate()\` returns the full name as \`experiment_name\`.`
  )
}

/** The name most similar to `written`, with or without the suffix from the SDK. */
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
    'Thresholds cannot be checked',
    [
      ...new Set(faults.map(({ text }) => text)),
      `Experiment "${owner.name}" has ${scores.length > 0 ? `the scores ${listed(scores)}` : 'no scores'}${figures.length > 0 ? `${scores.length > 0 ? ' and' : ', only'} the metrics ${figures.join(', ')}` : ''}.`,
      ...(guesses.length > 0 ? [`Did you mean ${listed([...new Set(guesses)].map((key) => `\`${key}\``))}?`] : [])
    ].join('\n'),
    'Use one of these scores or metrics in `thresholds`, or check that the evaluation finished.'
  )
}

function notReadable({ url }: SessionClient, error: Error): RefusalError {
  return new RefusalError(
    'Experiment could not be read',
    `The LangSmith API at ${url} did not return the results of the experiment; nothing was deployed.`,
    'Check that the API key can read tracing projects and experiments in this workspace (permission projects:read), and that this runner can reach that address.',
    error
  )
}
