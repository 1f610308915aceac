import type { RunRecord, SweptPreview } from '../run/record.ts'
import { markdownProse, markdownTable, markdownText } from './markdown.ts'

/** The result for a preview, in words. */
const OUTCOMES: Readonly<Record<SweptPreview['outcome'], string>> = {
  deleted: 'deleted',
  planned: 'would be deleted',
  failed: 'could not be deleted',
  kept: 'kept'
}

/** Returns the log line for one preview. */
export function sweptLine({ name, outcome, why }: SweptPreview): string {
  // The reason explains the choice of the preview, not the failure.
  return outcome === 'failed' ? `${name}: ${OUTCOMES.failed}; ${why}` : `${name}: ${OUTCOMES[outcome]} (${why})`
}

/** Maximum number of rows on a page. */
const MOST_ROWS = 300

/** Returns a Markdown table of the previews, the kept ones last; empty if there was no sweep. */
export function sweptTable({ swept = [] }: Pick<RunRecord, 'swept'>): string {
  if (swept.length === 0) return ''
  const isKept = ({ outcome }: SweptPreview) => outcome === 'kept'
  const rows = [...swept.filter((row) => !isKept(row)), ...swept.filter(isKept)]
  const cells = rows
    .slice(0, MOST_ROWS)
    .map(({ name, outcome, why }) => [markdownText(name), markdownText(OUTCOMES[outcome]), markdownProse(why)])
  const more = rows.length - cells.length
  const table = markdownTable(['Preview', 'Result', 'Reason'], cells)
  return more > 0 ? `${table}\n\n${more} more in the log.` : table
}
