import { inWords } from '../run/duration.ts'
import type { PlanRow, RunRecord } from '../run/record.ts'
import { passes, VERDICTS, type Verdict } from '../run/verdict.ts'
import { lastBytes } from '../runner/words.ts'
import { bakeTable, experimentRows, gateTable, tracesCell } from './evidence.ts'
import { code, factRows } from './fact-rows.ts'
import { htmlTable, markdownCode, markdownText } from './markdown.ts'
import { type Material, materialOf } from './material.ts'
import { LOG_SAYS, type Words } from './message.ts'
import type { Outputs } from './outputs.ts'
import { describeChange, planTitle } from './plan-lines.ts'
import { timeline } from './timeline.ts'

export interface SummaryMaterial extends Material {
  readonly verdict: Verdict
}

/** A step summary is cut off by GitHub at 1 MiB; a plan this long helps nobody. */
const MOST_PLAN_ROWS = 200

/** The job summary of a run that has come to its verdict. */
export function summaryOf(record: RunRecord): string {
  const { verdict = NEVER_ENDED, endedAt = 0 } = record
  return summaryMarkdown({ ...materialOf(record, endedAt), verdict })
}

const NEVER_ENDED: Verdict = { status: 'cancelled', reason: '' }

/** The job summary in GitHub's Markdown. Words from outside are escaped so that they can only be read. */
export function summaryMarkdown(material: SummaryMaterial): string {
  const { verdict, record, outputs, name, words, endedAt } = material
  return [
    `## ${VERDICTS[verdict.status].mark} ${markdownText(outputs.get('deployment-name') ?? name)}: ${verdict.status}`,
    wordsMarkdown(words, markdownText),
    htmlTable([
      ...factRows(material),
      ...experimentRows(record),
      ['Traces', tracesCell(record)],
      ['Created by this run', outputs.get('created') === 'true' ? 'yes' : undefined],
      ['Duration', outputs.has('deployment-id') ? durationOf(outputs) : undefined]
    ]),
    gateTable(record),
    bakeTable(record),
    failureLog(record, LOG_BYTES),
    timeline(record, endedAt),
    planTable(record, verdict),
    ids(outputs)
  ]
    .filter(Boolean)
    .join('\n\n')
}

/** What is said in words. @param prose makes Markdown of a line that holds words from outside */
export function wordsMarkdown(
  { reason, heading = LOG_SAYS, telling, advice }: Words,
  prose: (line: string) => string
): string {
  // A break that is right both where a line end is one, as in comments, and where it is none.
  const lines = (text: string) => text.split('\n').filter(Boolean).map(prose).join('<br>')
  const quoted = telling.length > 0 ? [prose(heading), telling.map(markdownCode).join('<br>')] : []
  return [lines(reason), ...quoted, lines(advice)].filter(Boolean).join('\n\n')
}

/** How long the run took, in words. */
export function durationOf(outputs: Outputs): string | undefined {
  const seconds = outputs.get('duration-seconds')
  return seconds && inWords(Number(seconds) * 1000)
}

/**
 * The end of the log, folded up under what it seems to say, in a block that nothing in it can leave: only `<`, `>` and
 * `&` mean anything there.
 */
export function failureLog({ failureLog: log }: Material['record'], bytes: number): string {
  if (!log) return ''
  const escaped = lastBytes(log.lines.join('\n'), bytes).replace(
    /[&<>]/g,
    (character) => `&#${character.charCodeAt(0)};`
  )
  const count = log.lines.length === 1 ? '1 line' : `${log.lines.length} lines`
  return `<details><summary>End of the ${log.kind} log (${count})</summary>\n\n<pre>\n${escaped}\n</pre>\n\n</details>`
}

/** A step summary holds 1 MiB in all. */
const LOG_BYTES = 200_000

function planTable({ plan }: Material['record'], verdict: Verdict): string {
  if (!plan) return ''
  // What changes comes first, then what is kept.
  const sorted = [...plan.rows].sort((left, right) => Number(isKept(left)) - Number(isKept(right)))
  const rows = sorted
    .slice(0, MOST_PLAN_ROWS)
    .map((row) => `| ${labelCell(row)} | ${markdownText(describeChange(row))} |`)
  const more = sorted.length > MOST_PLAN_ROWS ? [`| … | ${sorted.length - MOST_PLAN_ROWS} more |`] : []
  const table = ['| Field | Change |', '|---|---|', ...rows, ...more].join('\n')
  // Open where the plan is the result, or where a change of it may explain what went wrong.
  const mayExplain = !passes(verdict) && sorted.some((row) => !isKept(row))
  const open = verdict.status === 'planned' || mayExplain ? ' open' : ''
  return `<details${open}><summary>${markdownText(planTitle(plan))}${counts(sorted)}</summary>\n\n${table}\n\n</details>`
}

function isKept({ change }: PlanRow): boolean {
  return change === 'kept'
}

function labelCell(row: PlanRow): string {
  return row.about === 'field' ? markdownCode(row.name) : `${row.about} ${markdownCode(row.name)}`
}

/** How many rows there are of each change, such as ` (1 changed, 5 kept)`. */
function counts(rows: readonly PlanRow[]): string {
  const kinds = [...new Set(rows.map(({ change }) => change))]
  const told = kinds.map((kind) => `${rows.filter(({ change }) => change === kind).length} ${kind}`)
  return told.length > 0 ? ` (${told.join(', ')})` : ''
}

/** The whole IDs, for whoever wants to copy one. */
function ids(outputs: Outputs): string {
  const table = htmlTable([
    ['Deployment', code(outputs.get('deployment-id'))],
    ['Revision', code(outputs.get('revision-id'))],
    ['Active revision', differing(outputs, 'active-revision-id', 'revision-id')],
    ['Active before', differing(outputs, 'previous-revision-id', 'active-revision-id')],
    ['Rolled back to', code(outputs.get('rolled-back-to'))],
    ['Commit', code(outputs.get('commit-sha'))],
    ['Image', code(outputs.get('image-uri'))]
  ])
  return table && `<details><summary>IDs</summary>\n\n${table}\n\n</details>`
}

type Id = 'active-revision-id' | 'previous-revision-id' | 'revision-id'

function differing(outputs: Outputs, name: Id, other: Id): string | undefined {
  const id = outputs.get(name)
  return id === outputs.get(other) ? undefined : code(id)
}
