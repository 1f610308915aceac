import { inWords } from '../run/duration.ts'
import { inputName } from '../run/input-name.ts'
import type { PlanRow, RunRecord, ShownPlan } from '../run/record.ts'
import { passes, VERDICTS, type Verdict } from '../run/verdict.ts'
import { lastBytes, plainLines } from '../runner/words.ts'
import { bakeTable } from './bake.ts'
import { code, factRows, ID_LENGTH } from './fact-rows.ts'
import { experimentRows, gateTable } from './gate.ts'
import { htmlLink, htmlTable, markdownBlock, markdownProse, markdownText } from './markdown.ts'
import { type Material, materialOf } from './material.ts'
import { LOG_SHOWS, type Words } from './message.ts'
import type { Outputs } from './outputs.ts'
import { describeChange, planTitle } from './plan-lines.ts'
import { ladder, proofTables } from './proof.ts'
import { sweptTable } from './sweep.ts'
import { timeline } from './timeline.ts'

export interface SummaryMaterial extends Material {
  readonly verdict: Verdict
}

/** Maximum number of rows; a longer plan is not readable. */
const MOST_PLAN_ROWS = 200
/** Before HTML characters are escaped; escaping can make the log five times as long. */
const LOG_BYTES = 200_000
/** Minimum share of the log and of the plan; below it, other parts are omitted. */
const LEAST_SHARE = 1 / 32

/** Returns the job summary of a run that has a verdict. */
export function summaryOf(record: RunRecord): string {
  const { verdict = NEVER_ENDED, endedAt = 0 } = record
  return summaryMarkdown({ ...materialOf(record, endedAt), verdict })
}

const NEVER_ENDED: Verdict = { status: 'cancelled', reason: '' }

/**
 * Returns the job summary as GitHub Markdown, within the size limit of GitHub: log and plan are shortened before other
 * parts are omitted. Text from outside is escaped.
 */
export function summaryMarkdown(material: SummaryMaterial): string {
  for (let share = 1; ; share /= 2) {
    const parts = partsOf(material, share).filter(Boolean)
    const whole = parts.join('\n\n')
    if (Buffer.byteLength(whole) <= LONGEST_SUMMARY) return whole
    if (share <= LEAST_SHARE) return withinLimit(parts).join('\n\n')
  }
}

/** @param share the share of long parts that is shown, at most 1 */
function partsOf(material: SummaryMaterial, share: number): readonly string[] {
  const { verdict, record, outputs, name, dashboard, traces, words, endedAt } = material
  return [
    `## ${VERDICTS[verdict.status].mark} ${markdownText(outputs.get('deployment-name') ?? name)}: ${verdict.status}`,
    wordsMarkdown(words, { quiet: markdownText, dashboard, traces }),
    htmlTable([
      ...factRows(material),
      ...experimentRows(record),
      ['Server version', code(versionChange(outputs.get('agent-server-version'), record))],
      ['Traces', traces && htmlLink('Tracing project', traces)],
      ['In progress', queueCell(record)],
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

/** GitHub shows no step summary above 1 MiB, and an escaped character can take twelve bytes. */
const LONGEST_SUMMARY = 1_000_000
const OMISSION_NOTE = '*Part of the summary is omitted, because GitHub shows at most 1 MiB. The log contains the rest.*'

/** Returns the parts that fit, in order, with a note in place of each part that does not. */
function withinLimit(parts: readonly string[]): readonly string[] {
  let left = LONGEST_SUMMARY
  return parts.map((part) => {
    const bytes = Buffer.byteLength(part)
    if (bytes > left) return OMISSION_NOTE
    left -= bytes
    return part
  })
}

/** Returns the version of the active Agent Server, preceded by the version before this run if it differs. */
export function versionChange(
  version: string | undefined,
  { previousServerVersion: before }: Pick<RunRecord, 'previousServerVersion'>
): string | undefined {
  return version && before && before !== version ? `${before} → ${version}` : version
}

function queueCell({ listed }: Material['record']): string | undefined {
  return code(listed?.queue.map(({ id, status }) => `${id.slice(0, ID_LENGTH)} ${status}`).join(', '))
}

interface WordsOptions {
  /** Escapes text from outside as Markdown. */
  readonly quiet: (text: string) => string
  /** The page of the revision, which "Read the build log" links to. */
  readonly dashboard: string | undefined
  /** The page of the tracing project, which an advice with its address links to. */
  readonly traces: string | undefined
}

/** Returns the words as Markdown, with the log lines in one block. */
export function wordsMarkdown(
  { title, reason, heading = LOG_SHOWS, telling, advice }: Words,
  { quiet, dashboard, traces }: WordsOptions
): string {
  // In text of the server, backticks are ordinary characters.
  const prose = (line: string) => (SAID_BY_SERVER.test(line) ? quiet(line) : markdownProse(line, quiet))
  const linked = (line: string) => {
    if (traces && line.endsWith(`: ${traces}`)) return htmlLink(line.slice(0, -`: ${traces}`.length), traces, quiet)
    const [, link = '', rest = ''] = READ_THE_LOG.exec(line) ?? []
    return dashboard && link ? `${htmlLink(link, dashboard)}${quiet(rest)}` : prose(line)
  }
  // `<br>` breaks a line in comments, where a newline also does, and in summaries, where a newline does not.
  const lines = (text: string, each: (line: string) => string) =>
    text.split('\n').filter(Boolean).map(each).join('<br>')
  const quoted = telling.length > 0 ? [prose(heading), markdownBlock(telling.flatMap(plainLines))] : []
  const bold = title ? `<b>${prose(title)}</b>` : ''
  return [bold, lines(reason, prose), ...quoted, lines(advice, linked)].filter(Boolean).join('\n\n')
}

const SAID_BY_SERVER = /^(?:LangSmith reported|The server returned|Last error): /
const READ_THE_LOG = /^(Read the (?:build|deploy) log)\b(.*)$/

/** Returns the duration of the run as text. */
export function durationOf(outputs: Outputs): string | undefined {
  const seconds = outputs.get('duration-seconds')
  return seconds && inWords(Number(seconds) * 1000)
}

/** Returns the end of the log, folded. */
export function failureLog({ failureLog: log }: Material['record'], bytes: number): string {
  // The post step does not get the lines.
  if (!log || log.lines.length === 0) return ''
  const count = log.lines.length === 1 ? '1 line' : `${log.lines.length} lines`
  const block = markdownBlock([lastBytes(log.lines.join('\n'), bytes)])
  return `<details><summary>End of the ${log.kind} log (${count})</summary>\n\n${block}\n\n</details>`
}

function planTable({ plan }: Material['record'], verdict: Verdict, mostRows: number): string {
  if (!plan) return ''
  // Open if the plan is the result, or if one of its changes may explain the failure.
  const mayExplain = !passes(verdict) && plan.rows.some((row) => !isKept(row))
  return planMarkdown(plan, {
    isOpen: verdict.status === 'planned' || mayExplain,
    mostRows,
    prose: markdownText
  })
}

interface PlanOptions {
  readonly isOpen: boolean
  readonly mostRows: number
  /** Escapes text from outside as Markdown. */
  readonly prose: (text: string) => string
}

/** Returns the plan as a folded table; the kept rows are folded inside it. */
export function planMarkdown(plan: ShownPlan, { isOpen, mostRows, prose }: PlanOptions): string {
  const [kept, changed] = [plan.rows.filter(isKept), plan.rows.filter((row) => !isKept(row))]
  const table = (rows: readonly PlanRow[], most: number) => {
    const lines = rows.slice(0, most).map((row) => `| ${labelCell(row, prose)} | ${prose(describeChange(row))} |`)
    const more = rows.length > most ? [`| … | ${rows.length - most} more |`] : []
    return rows.length > 0 ? ['| Input | Change |', '|---|---|', ...lines, ...more].join('\n') : ''
  }
  const keptTable = table(kept, Math.max(0, mostRows - changed.length))
  const isFolded = keptTable !== '' && (isOpen || changed.length > 0)
  const parts = [table(changed, mostRows), isFolded ? folded(`${kept.length} kept`, keptTable, false) : keptTable]
  const title = `${prose(planTitle(plan))}${counts([...changed, ...kept])}`
  return folded(title, parts.filter(Boolean).join('\n\n'), isOpen)
}

function folded(title: string, content: string, isOpen: boolean): string {
  return `<details${isOpen ? ' open' : ''}><summary>${title}</summary>\n\n${content}\n\n</details>`
}

function isKept({ change }: PlanRow): boolean {
  return change === 'kept'
}

function labelCell(row: PlanRow, prose: PlanOptions['prose']): string {
  return row.about === 'field'
    ? `<code>${prose(inputName(row.name))}</code>`
    : `${row.about} <code>${prose(row.name)}</code>`
}

/** Returns the number of rows for each change, such as ` (1 changed, 5 kept)`. */
function counts(rows: readonly PlanRow[]): string {
  const kinds = [...new Set(rows.map(({ change }) => change))]
  const told = kinds.map((kind) => `${rows.filter(({ change }) => change === kind).length} ${kind}`)
  return told.length > 0 ? ` (${told.join(', ')})` : ''
}

/** Returns the full IDs, for copying. */
function ids(outputs: Outputs): string {
  const table = htmlTable([
    ['Deployment', code(outputs.get('deployment-id'))],
    ['Revision', code(outputs.get('revision-id'))],
    ['Active revision', differing(outputs, 'active-revision-id', 'revision-id')],
    ['Previously active', differing(outputs, 'previous-revision-id', 'active-revision-id')],
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
