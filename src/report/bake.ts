import { inWords } from '../run/duration.ts'
import type { BakeRow, RunRecord, ShownBake } from '../run/record.ts'
import { markdownTable, markdownText } from './markdown.ts'

/** Returns the state and the figures of a bake as text. */
export function bakeWords(bake: ShownBake): string {
  const { state, runs, rows } = bake
  const figures = rows.flatMap(({ figure, value }) => (value === undefined ? [] : [`${figure} ${value}`]))
  return `${STATES[state]} ${bakeTime(bake)}: ${[runWords(runs), ...figures].join(', ')}`
}

/** Returns the length of the period in which runs are counted, as text. */
export function bakeTime({ forMs, lateMs }: Pick<ShownBake, 'forMs' | 'lateMs'>): string {
  return lateMs >= 1_000 ? `${inWords(forMs)} plus ${inWords(lateMs)} for late traces` : inWords(forMs)
}

const STATES: Readonly<Record<ShownBake['state'], string>> = {
  going: 'after',
  held: 'within the limits for',
  over: 'limit exceeded after',
  'too-few': 'not enough runs in',
  unseen: 'no data for'
}

/** Returns the bake as a Markdown table, or an empty string if the run has no bake. */
export function bakeTable({ bake }: Pick<RunRecord, 'bake'>): string {
  if (!bake) return ''
  const { runs, runsBefore, forMs, lateMs, beforeMs } = bake
  const inTime = (count: number, ms: number) => `${count} in ${inWords(ms)}`
  const before = runsBefore === undefined ? undefined : inTime(runsBefore, beforeMs)
  const rows: readonly BakeRow[] = [
    { figure: 'runs', value: inTime(runs, forMs + lateMs), before, limit: undefined, isOver: false },
    ...bake.rows
  ]
  const cells = rows.map(({ figure, value, before, limit, isOver }) => [
    isOver ? '❌' : bake.state === 'held' && limit !== undefined ? '✅' : '',
    markdownText(figure),
    markdownText(value ?? '–'),
    markdownText(before ?? '–'),
    markdownText(limit ?? '')
  ])
  const about = `Bake: ${markdownText(`${STATES[bake.state]} ${bakeTime(bake)}`)}`
  return [about, markdownTable(['', 'Figure', 'After the rollout', 'Before', 'Limit'], cells)].join('\n\n')
}

/** Formats a number of runs, such as `1 run` or `12 runs`. */
export function runWords(runs: number): string {
  return runs === 1 ? '1 run' : `${runs} runs`
}
