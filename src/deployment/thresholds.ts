import type { Score, TracerSession } from '../control-plane/sessions.ts'
import { besideLimit, inUnit, isFigure, unitOf } from '../run/figure.ts'
import type { GateRow } from '../run/record.ts'
import { listed } from '../runner/words.ts'

/*
 * The comparison of an experiment with the thresholds that it must meet before its code is deployed. Pure.
 */

export type Operator = '>=' | '<=' | '>' | '<'

/** Right side of a threshold: a value, or the figure of the baseline experiment with a change. */
export type Bound =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'baseline'; readonly change: '+' | '-' | '*'; readonly by: number }

/** One line of `thresholds`. */
export interface Threshold {
  /** A figure of `FIGURES`, or a feedback key. */
  readonly key: string
  readonly operator: Operator
  readonly bound: Bound
}

/** Reason that a threshold cannot be judged, as a sentence. `isOfBaseline`: the baseline lacks the value. */
export interface Unjudged {
  readonly text: string
  readonly isOfBaseline: boolean
}

export type ExperimentJudgement =
  | { readonly kind: 'judged'; readonly rows: readonly GateRow[] }
  | { readonly kind: 'unjudged'; readonly faults: readonly Unjudged[] }

/** Compares an experiment with thresholds. @param baseline the experiment that some thresholds refer to */
export function judgeExperiment(
  thresholds: readonly Threshold[],
  experiment: TracerSession,
  baseline: TracerSession | undefined
): ExperimentJudgement {
  const sides = [experiment, baseline].filter((session) => session !== undefined)
  const empty = sides.filter(({ figures }) => !figures.run_count)
  if (empty.length > 0)
    return { kind: 'unjudged', faults: empty.map((session) => noRuns(session, session === baseline)) }
  const judged = thresholds.map((threshold) => judgeOne(threshold, experiment, baseline))
  const faults = judged.flatMap((one) => ('text' in one ? [one] : []))
  if (faults.length > 0) return { kind: 'unjudged', faults }
  return { kind: 'judged', rows: judged.flatMap((one) => ('text' in one ? [] : [one])) }
}

/** Upper bound for the rounding error of binary fractions, such as in 0.82 - 0.02. */
const ROUNDING = 1e-9

function judgeOne(
  { key, operator, bound }: Threshold,
  experiment: TracerSession,
  baseline: TracerSession | undefined
): GateRow | Unjudged {
  const own = figureOf(experiment, key)
  if (typeof own !== 'number') return { text: own, isOfBaseline: false }
  const other = baseline && figureOf(baseline, key)
  if (bound.kind === 'baseline' && typeof other !== 'number') return { text: other ?? NO_BASELINE, isOfBaseline: true }
  const unit = unitOf(key)
  const against = bound.kind === 'value' ? bound.value : changed(Number(other), bound)
  const { errors = 0, ofRuns } = scoreOf(experiment, key) ?? {}
  const runs = experiment.figures.run_count ?? 0
  return {
    key,
    threshold: thresholdWords(operator, bound, against, key),
    value: besideLimit(own, against, unit),
    baseline: typeof other === 'number' ? inUnit(other, unit) : undefined,
    holds: HOLDS[operator](own - against),
    errors,
    ...(ofRuns !== undefined && ofRuns < runs && { scored: ofRuns }),
    ...(bound.kind === 'value' && { probably: probableShare(experiment, key, bound.value) })
  }
}

/** Returns the share that a threshold probably means if no score can reach it: 80% for `80`, if scores are 0 to 1. */
function probableShare(experiment: TracerSession, key: string, value: number): string | undefined {
  if (isFigure(key) || value <= 1 || value > 100) return undefined
  const averages = Object.values(experiment.feedback).flatMap(({ average }) => average ?? [])
  return averages.every((average) => average >= 0 && average <= 1) ? `${value}%` : undefined
}

const NO_BASELINE = 'No baseline experiment is set.'

const HOLDS: Readonly<Record<Operator, (difference: number) => boolean>> = {
  '>=': (difference) => difference >= -ROUNDING,
  '<=': (difference) => difference <= ROUNDING,
  '>': (difference) => difference > ROUNDING,
  '<': (difference) => difference < -ROUNDING
}

function changed(value: number, { change, by }: Bound & { readonly kind: 'baseline' }): number {
  if (change === '*') return value * by
  return change === '+' ? value + by : value - by
}

function thresholdWords(operator: Operator, bound: Bound, against: number, key: string): string {
  const limit = inUnit(against, unitOf(key))
  if (bound.kind === 'value') return `${operator} ${limit}`
  const { change, by } = bound
  if (by === 0) return `${operator} baseline`
  return `${operator} baseline ${change} ${change === '*' ? by : inUnit(by, unitOf(key))} (${limit})`
}

/** Returns the value of a figure or a score, or a sentence that explains why there is none. */
function figureOf(session: TracerSession, key: string): number | string {
  if (isFigure(key)) return session.figures[key] ?? `Experiment "${session.name}" has no value for \`${key}\`.`
  const score = scoreOf(session, key)
  if (!score) return `Experiment "${session.name}" has no feedback \`${key}\`.`
  if (score.average !== undefined) return score.average
  if (score.labels.length > 0) {
    const labels = listed(score.labels.map(({ label, count }) => `${label} (${count})`))
    return `The feedback \`${key}\` of "${session.name}" is categorical and has no average: ${labels}.`
  }
  const errors = score.errors > 0 ? `: its evaluator failed ${times(score.errors)}` : ''
  return `The feedback \`${key}\` of "${session.name}" has no score${errors}.`
}

/** Returns the feedback under a key; `undefined` for a figure. */
function scoreOf({ feedback }: TracerSession, key: string): Score | undefined {
  return !isFigure(key) && Object.hasOwn(feedback, key) ? feedback[key] : undefined
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}

function noRuns({ name }: TracerSession, isOfBaseline: boolean): Unjudged {
  return { text: `Experiment "${name}" has no runs.`, isOfBaseline }
}

/** Returns the scores of an experiment with their values. */
export function scoresOf({ feedback }: TracerSession): readonly string[] {
  return Object.entries(feedback).flatMap(([key, { average }]) =>
    average === undefined ? [] : [`${key} (${inUnit(average, 'score')})`]
  )
}

/** Returns the progress of an experiment in words; `undefined` when it is finished or reports no progress. */
export function unfinishedWords({ progress, feedback, figures }: TracerSession): string | undefined {
  if (!progress) return undefined
  const { expectedRuns, evaluators } = progress
  // An integer above 1 is a count. A fraction above 1 is a share, because a run can be scored more than once.
  const isCount = (value: number) => value > 1 && Number.isInteger(value)
  const shareOf = (value: number) => (isCount(value) && expectedRuns ? value / expectedRuns : value)
  const counted = expectedRuns ? (figures.run_count ?? 0) / expectedRuns : undefined
  const runs = progress.runs === undefined ? counted : shareOf(progress.runs)
  const open = Object.entries(evaluators).flatMap(([key, value]) =>
    shareOf(value) < 1 ? [[key, shareOf(value)] as const] : []
  )
  if ((runs ?? 1) >= 1 && open.length === 0) return undefined
  const done =
    runs === undefined
      ? []
      : [`${inUnit(runs, 'share')} of ${expectedRuns === undefined ? 'its' : `its ${expectedRuns}`} runs`]
  const failed = (key: string) => evaluatorErrors(Object.hasOwn(feedback, key) ? feedback[key] : undefined)
  return listed([
    ...done,
    ...open.map(([key, share]) => `${inUnit(share, 'share')} of the \`${key}\` scores${failed(key)}`)
  ])
}

function evaluatorErrors(score: Score | undefined): string {
  if (!score || score.errors === 0) return ''
  return ` (its evaluator failed ${times(score.errors)})`
}
