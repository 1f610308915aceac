import { inWords } from '../run/duration.ts'
import type { BakeRow, RunRecord, ShownBake } from '../run/record.ts'
import { markdownTable, markdownText } from './markdown.ts'

/** How a bake ended, in words. */
export function bakeWords({ state, forMs, runs, rows }: ShownBake): string {
  const figures = rows.flatMap(({ figure, value }) => (value === undefined ? [] : [`${figure} ${value}`]))
  return `${STATES[state]} ${inWords(forMs)}: ${[runWords(runs), ...figures].join(', ')}`
}

const STATES: Readonly<Record<ShownBake['state'], string>> = {
  going: 'after',
  held: 'within the limits for',
  over: 'over a limit after',
  'too-few': 'too few runs in',
  unseen: 'no figures in'
}

/** A table of the bake in Markdown; empty where there was none. */
export function bakeTable({ bake }: Pick<RunRecord, 'bake'>): string {
  if (!bake) return ''
  const rows: readonly BakeRow[] = [
    { figure: 'runs', value: `${bake.runs}`, before: bake.runsBefore?.toString(), limit: undefined, isOver: false },
    ...bake.rows
  ]
  const cells = rows.map(({ figure, value, before, limit, isOver }) => [
    isOver ? '❌' : bake.state === 'held' && limit !== undefined ? '✅' : '',
    markdownText(figure),
    markdownText(value ?? '–'),
    markdownText(before ?? '–'),
    markdownText(limit ?? '')
  ])
  const about = `Bake: ${markdownText(`${STATES[bake.state]} ${inWords(bake.forMs)}`)}`
  return [about, markdownTable(['', 'Figure', 'After the rollout', 'Before', 'Limit'], cells)].join('\n\n')
}

/** So many runs, in words. */
export function runWords(runs: number): string {
  return runs === 1 ? '1 run' : `${runs} runs`
}
