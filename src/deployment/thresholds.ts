import type { Score, TracerSession } from '../control-plane/sessions.ts'
import { besideLimit, inUnit, isFigure, unitOf } from '../run/figure.ts'
import type { GateRow } from '../run/record.ts'
import { listed } from '../runner/words.ts'

/*
 * What an experiment must reach before its code is deployed. Nothing here does I/O.
 */

export type Operator = '>=' | '<=' | '>' | '<'

/** What a figure is compared with: a value, or that of the baseline experiment with a change. */
export type Bound =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'baseline'; readonly change: '+' | '-' | '*'; readonly by: number }

/** One line of `thresholds`. */
export interface Threshold {
  /** A figure of `FIGURES`, or the key of a feedback. */
  readonly key: string
  readonly operator: Operator
  readonly bound: Bound
}

/** Why a threshold cannot be judged, in a sentence; `isOfBaseline`: the baseline lacks what is asked of it. */
export interface Unjudged {
  readonly text: string
  readonly isOfBaseline: boolean
}

export type ExperimentJudgement =
  | { readonly kind: 'judged'; readonly rows: readonly GateRow[] }
  | { readonly kind: 'unjudged'; readonly faults: readonly Unjudged[] }

/** Holds an experiment against the thresholds. `baseline`: the experiment that some of them compare with. */
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

/** Sums of binary fractions miss by less than this, such as 0.82 - 0.02. */
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

/** The share that a threshold beyond all scores was probably meant as: `80` for scores between 0 and 1. */
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

/** The value of a figure or a score; a sentence that says why there is none. */
function figureOf(session: TracerSession, key: string): number | string {
  if (isFigure(key)) return session.figures[key] ?? `"${session.name}" has no value for \`${key}\`.`
  const score = scoreOf(session, key)
  if (!score) return `"${session.name}" has no feedback \`${key}\`.`
  if (score.average !== undefined) return score.average
  if (score.labels.length > 0) {
    const labels = listed(score.labels.map(({ label, count }) => `${label} (${count})`))
    return `The feedback \`${key}\` of "${session.name}" is categorical, and has no average: ${labels}.`
  }
  const errors = score.errors > 0 ? `: its evaluator failed ${times(score.errors)}` : ''
  return `The feedback \`${key}\` of "${session.name}" has no score${errors}.`
}

/** What the evaluators gave under a key; nothing for a figure. */
function scoreOf({ feedback }: TracerSession, key: string): Score | undefined {
  return !isFigure(key) && Object.hasOwn(feedback, key) ? feedback[key] : undefined
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}

function noRuns({ name }: TracerSession, isOfBaseline: boolean): Unjudged {
  return { text: `Experiment "${name}" has no runs.`, isOfBaseline }
}

/** What can be asked of an experiment: its scores, with their values. */
export function scoresOf({ feedback }: TracerSession): readonly string[] {
  return Object.entries(feedback).flatMap(([key, { average }]) =>
    average === undefined ? [] : [`${key} (${inUnit(average, 'score')})`]
  )
}

/** How far an experiment is, in words; nothing when it is finished, or does not tell. */
export function unfinishedWords({ progress, feedback, figures }: TracerSession): string | undefined {
  if (!progress) return undefined
  const { expectedRuns, evaluators } = progress
  // Taken for a count where it can be no share; a run that was scored again makes a share of more than one.
  const isCount = (value: number) => value > 1 && Number.isInteger(value)
  const shareOf = (value: number) => (isCount(value) && expectedRuns ? value / expectedRuns : value)
  const counted = expectedRuns ? (figures.run_count ?? 0) / expectedRuns : undefined
  const runs = progress.runs === undefined ? counted : shareOf(progress.runs)
  const open = Object.entries(evaluators).flatMap(([key, value]) =>
    shareOf(value) < 1 ? [[key, shareOf(value)] as const] : []
  )
  if ((runs ?? 1) >= 1 && open.length === 0) return undefined
  const told = runs === undefined ? [] : [`${inUnit(runs, 'share')} of ${expectedRuns ?? 'its'} runs`]
  const failed = (key: string) => evaluatorErrors(Object.hasOwn(feedback, key) ? feedback[key] : undefined)
  return listed([...told, ...open.map(([key, share]) => `${inUnit(share, 'share')} of \`${key}\`${failed(key)}`)])
}

function evaluatorErrors(score: Score | undefined): string {
  if (!score || score.errors === 0) return ''
  return ` (its evaluator failed ${times(score.errors)})`
}
