import type { RunRecord, SweptPreview } from '../run/record.ts'
import { markdownTable, markdownText } from './markdown.ts'

/** What became of a preview, in words. */
const OUTCOMES: Readonly<Record<SweptPreview['outcome'], string>> = {
  deleted: 'deleted',
  planned: 'would be deleted',
  failed: 'could not be deleted',
  kept: 'kept'
}

/** A line of the log on one preview. */
export function sweptLine({ name, outcome, why }: SweptPreview): string {
  return `${name}: ${OUTCOMES[outcome]} (${why})`
}

/** A page has no room for more. */
const MOST_ROWS = 300

/** A table of the previews in Markdown, what was deleted first; empty where there was no sweep. */
export function sweptTable({ swept = [] }: Pick<RunRecord, 'swept'>): string {
  if (swept.length === 0) return ''
  const isKept = ({ outcome }: SweptPreview) => outcome === 'kept'
  const rows = [...swept.filter((row) => !isKept(row)), ...swept.filter(isKept)]
  const cells = rows
    .slice(0, MOST_ROWS)
    .map(({ name, outcome, why }) => [markdownText(name), markdownText(OUTCOMES[outcome]), markdownText(why)])
  const more = rows.length - cells.length
  const table = markdownTable(['Preview', 'Result', 'Reason'], cells)
  return more > 0 ? `${table}\n\n${more} more in the log.` : table
}
