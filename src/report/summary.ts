import { inWords } from '../run/duration.ts'
import type { PlanRow, RunRecord, ShownPlan } from '../run/record.ts'
import { passes, VERDICTS, type Verdict } from '../run/verdict.ts'
import { lastBytes } from '../runner/words.ts'
import { bakeTable } from './bake.ts'
import { code, factRows, ID_LENGTH } from './fact-rows.ts'
import { experimentRows, gateTable } from './gate.ts'
import { htmlLink, htmlTable, markdownCode, markdownText } from './markdown.ts'
import { type Material, materialOf } from './material.ts'
import { LOG_SAYS, type Words } from './message.ts'
import type { Outputs } from './outputs.ts'
import { describeChange, planTitle } from './plan-lines.ts'
import { ladder, proofTables } from './proof.ts'
import { sweptTable } from './sweep.ts'
import { timeline } from './timeline.ts'

export interface SummaryMaterial extends Material {
  readonly verdict: Verdict
}

/** A longer plan helps nobody. */
const MOST_PLAN_ROWS = 200
/** Of the log, before what means something in HTML is written out, which can make it five times as long. */
const LOG_BYTES = 200_000
/** How much of the log and of the plan is left before other parts are left out. */
const LEAST_SHARE = 1 / 32

/** The job summary of a run that has come to its verdict. */
export function summaryOf(record: RunRecord): string {
  const { verdict = NEVER_ENDED, endedAt = 0 } = record
  return summaryMarkdown({ ...materialOf(record, endedAt), verdict })
}

const NEVER_ENDED: Verdict = { status: 'cancelled', reason: '' }

/**
 * The job summary in GitHub's Markdown, as long as GitHub takes it: log and plan become shorter before another part is left
 * out. Words from outside are escaped so that they can only be read.
 */
export function summaryMarkdown(material: SummaryMaterial): string {
  for (let share = 1; ; share /= 2) {
    const parts = partsOf(material, share).filter(Boolean)
    const whole = parts.join('\n\n')
    if (Buffer.byteLength(whole) <= LONGEST_SUMMARY) return whole
    if (share <= LEAST_SHARE) return withinLimit(parts).join('\n\n')
  }
}

/** @param share how much is shown of what can be long, from 1 down */
function partsOf(material: SummaryMaterial, share: number): readonly string[] {
  const { verdict, record, outputs, name, traces, words, endedAt } = material
  return [
    `## ${VERDICTS[verdict.status].mark} ${markdownText(outputs.get('deployment-name') ?? name)}: ${verdict.status}`,
    wordsMarkdown(words, markdownText),
    htmlTable([
      ...factRows(material),
      ...experimentRows(record),
      ['Server version', code(versionChange(outputs.get('agent-server-version'), record))],
      ['Traces', traces && htmlLink('Tracing project', traces)],
      ['Under way', queueCell(record)],
      ['Created by this run', outputs.get('created') === 'true' ? 'yes' : undefined],
      ['Proof', ladder(record)],
      ['Duration', outputs.has('deployment-id') ? durationOf(outputs) : undefined]
    ]),
    sweptTable(record),
    gateTable(record),
    proofTables(record.proof),
    bakeTable(record),
    failureLog(record, LOG_BYTES * share),
    timeline(record, endedAt),
    planTable(record, verdict, Math.ceil(MOST_PLAN_ROWS * share)),
    ids(outputs)
  ]
}

/** GitHub shows nothing of a step summary of more than 1 MiB, and a character from outside can take twelve bytes. */
const LONGEST_SUMMARY = 1_000_000
const LEFT_OUT = '*A part of the summary is left out: GitHub shows 1 MiB at most. The log has it.*'

/** The parts of a page that fit, in their order; of those that do not fit together, the later ones are left out. */
function withinLimit(parts: readonly string[]): readonly string[] {
  let left = LONGEST_SUMMARY
  return parts.map((part) => {
    const bytes = Buffer.byteLength(part)
    if (bytes > left) return LEFT_OUT
    left -= bytes
    return part
  })
}

/** The version of the Agent Server that serves, after the one that served before this run. */
export function versionChange(
  version: string | undefined,
  { previousServerVersion: before }: Pick<RunRecord, 'previousServerVersion'>
): string | undefined {
  return version && before && before !== version ? `${before} → ${version}` : version
}

function queueCell({ listed }: Material['record']): string | undefined {
  return code(listed?.queue.map(({ id, status }) => `${id.slice(0, ID_LENGTH)} ${status}`).join(', '))
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
  // The post step does not get the lines.
  if (!log || log.lines.length === 0) return ''
  const escaped = lastBytes(log.lines.join('\n'), bytes).replace(
    /[&<>]/g,
    (character) => `&#${character.charCodeAt(0)};`
  )
  const count = log.lines.length === 1 ? '1 line' : `${log.lines.length} lines`
  return `<details><summary>End of the ${log.kind} log (${count})</summary>\n\n<pre>\n${escaped}\n</pre>\n\n</details>`
}

function planTable({ plan }: Material['record'], verdict: Verdict, mostRows: number): string {
  if (!plan) return ''
  // Open where the plan is the result, or where a change of it may explain what went wrong.
  const mayExplain = !passes(verdict) && plan.rows.some((row) => !isKept(row))
  return planMarkdown(plan, {
    isOpen: verdict.status === 'planned' || mayExplain,
    mostRows,
    prose: markdownText
  })
}

interface PlanLook {
  readonly isOpen: boolean
  readonly mostRows: number
  /** Makes Markdown of a text from outside. */
  readonly prose: (text: string) => string
}

/** The plan as a table that can be folded up. */
export function planMarkdown(plan: ShownPlan, { isOpen, mostRows, prose }: PlanLook): string {
  // What changes comes first, then what is kept.
  const sorted = [...plan.rows].sort((left, right) => Number(isKept(left)) - Number(isKept(right)))
  const rows = sorted.slice(0, mostRows).map((row) => `| ${labelCell(row, prose)} | ${prose(describeChange(row))} |`)
  const more = sorted.length > mostRows ? [`| … | ${sorted.length - mostRows} more |`] : []
  const table = ['| Field | Change |', '|---|---|', ...rows, ...more].join('\n')
  const open = isOpen ? ' open' : ''
  return `<details${open}><summary>${prose(planTitle(plan))}${counts(sorted)}</summary>\n\n${table}\n\n</details>`
}

function isKept({ change }: PlanRow): boolean {
  return change === 'kept'
}

function labelCell(row: PlanRow, prose: PlanLook['prose']): string {
  const name = `<code>${prose(row.name)}</code>`
  return row.about === 'field' ? name : `${row.about} ${name}`
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
