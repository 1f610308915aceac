import { commitOf } from '../deployment/revision.ts'
import type { Verdict } from '../deployment/verdict.ts'
import { passes } from '../deployment/verdict.ts'
import { lastBytes } from '../runner/words.ts'
import type { Facts, Phase } from './facts.ts'
import { markdownCode, markdownLink, markdownText } from './markdown.ts'
import type { OutputName } from './outputs.ts'
import { describeChange, label, planTitle } from './plan-lines.ts'

export interface SummaryMaterial {
  readonly verdict: Verdict
  readonly facts: Facts
  /** What was set so far; only values that passed the check of their shape. */
  readonly outputs: ReadonlyMap<OutputName, string>
  /** Page of the deployment in LangSmith, with our revision opened. */
  readonly dashboard: string | undefined
  /** Name as asked for, until the deployment is known. */
  readonly name: string
  /** What is said under the heading, in lines. */
  readonly text: string
  readonly endedAt: number
}

const MARKS: Readonly<Record<Verdict['status'], string>> = {
  deployed: '✅',
  failed: '❌',
  superseded: '⏭️',
  'timed-out': '⌛',
  cancelled: '🛑',
  unchanged: '✅',
  planned: '📝',
  started: '🚀',
  deleted: '🗑️',
  error: '❌'
}

/** A step summary is cut off by GitHub at 1 MiB; a plan this long helps nobody. */
const MOST_PLAN_ROWS = 200

/** The job summary in GitHub's Markdown. Words from outside are escaped so that they can only be read. */
export function summaryMarkdown(material: SummaryMaterial): string {
  const { verdict, facts, outputs, name, text } = material
  const title = `## ${MARKS[verdict.status]} ${markdownText(outputs.get('deployment-name') ?? name)}: ${verdict.status}`
  return [
    title,
    text.split('\n').map(markdownText).join('<br>\n'),
    factTable(material),
    links(outputs.get('deployment-url'), material.dashboard),
    failureLog(facts),
    timeline(facts, material.endedAt),
    planTable(facts, verdict)
  ]
    .filter(Boolean)
    .join('\n\n')
}

function factTable({ facts, outputs }: SummaryMaterial): string {
  const { revision } = facts
  const commit = revision && commitOf(revision)
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Deployment', outputs.get('deployment-id')],
    ['Revision', outputs.get('revision-id')],
    ['Revision status', outputs.get('revision-status')],
    ['Active revision', outputs.get('active-revision-id')],
    ['Active before', changedFrom(outputs)],
    ['Created by this run', outputs.get('created') === 'true' ? 'yes' : undefined],
    ['Commit', commit],
    ['Image', outputs.get('image-uri')],
    [
      'Duration',
      outputs.has('deployment-id') && outputs.has('duration-seconds')
        ? inWords(Number(outputs.get('duration-seconds')) * 1000)
        : undefined
    ]
  ]
  const known = rows.filter((row): row is readonly [string, string] => Boolean(row[1]))
  const [first, ...rest] = known.map(([name, value]) => `| ${name} | ${markdownCode(value)} |`)
  // Markdown has no table without a heading, so the first fact is it.
  return first ? [first, '|:--|:--|', ...rest].join('\n') : ''
}

/** The revision that was active before, where another one is by now. */
function changedFrom(outputs: SummaryMaterial['outputs']): string | undefined {
  const before = outputs.get('previous-revision-id')
  return before === outputs.get('active-revision-id') ? undefined : before
}

function links(url: string | undefined, dashboard: string | undefined): string {
  return [url && markdownLink('Open the Agent Server', url), dashboard && markdownLink('Open in LangSmith', dashboard)]
    .filter(Boolean)
    .join(' · ')
}

/** A chart of the phases that GitHub draws, with a bar for each status. */
function timeline({ phases }: Facts, endedAt: number): string {
  const bars = phases.flatMap((phase, index) => bar(phase, phases[index + 1]?.at ?? endedAt, phases[0]?.at ?? endedAt))
  if (bars.length < 2) return ''
  return ['```mermaid', 'gantt', '    dateFormat YYYY-MM-DD HH:mm:ss', '    axisFormat %M:%S', ...bars, '```'].join(
    '\n'
  )
}

function bar({ status, at }: Phase, until: number, zero: number): readonly string[] {
  const word = status.replace(/[^A-Z_]/g, '') || 'UNKNOWN'
  const start = chartTime(at - zero)
  const critical = /FAILED|SKIPPED|INTERRUPTED/.test(word)
  if (word === 'DEPLOYED' || critical) return [`    ${word} :${critical ? 'crit, ' : ''}milestone, ${start}, 0s`]
  return [`    ${word} ${inWords(until - at)} :${start}, ${chartTime(Math.max(at - zero + 1000, until - zero))}`]
}

/** A moment of the chart, counted from a midnight: Mermaid reads bare numbers as seconds here and milliseconds there. */
function chartTime(ms: number): string {
  return new Date(Date.UTC(2000, 0, 1) + Math.round(ms / 1000) * 1000).toISOString().slice(0, 19).replace('T', ' ')
}

/** The end of the log in a block that nothing in it can leave: only `<`, `>` and `&` mean anything there. */
function failureLog({ failureLog: log }: Facts): string {
  if (!log) return ''
  const escaped = lastBytes(log.lines.join('\n'), LOG_BYTES).replace(
    /[&<>]/g,
    (character) => `&#${character.charCodeAt(0)};`
  )
  const title = log.kind === 'build' ? 'End of the build log' : 'End of the deploy log'
  return `<details open><summary>${title}</summary>\n\n<pre>\n${escaped}\n</pre>\n\n</details>`
}

/** A step summary holds 1 MiB in all. */
const LOG_BYTES = 200_000

function planTable({ plan }: Facts, verdict: Verdict): string {
  if (!plan) return ''
  const rows = plan.rows
    .slice(0, MOST_PLAN_ROWS)
    .map((row) => `| ${markdownCode(label(row))} | ${markdownText(describeChange(row))} |`)
  const more = plan.rows.length > MOST_PLAN_ROWS ? [`| … | ${plan.rows.length - MOST_PLAN_ROWS} more |`] : []
  const table = ['| Field | Change |', '|---|---|', ...rows, ...more].join('\n')
  // Open where the plan is the result, or where it may explain what went wrong.
  const open = verdict.status === 'planned' || !passes(verdict) ? ' open' : ''
  return `<details${open}><summary>${markdownText(planTitle(plan))}</summary>\n\n${table}\n\n</details>`
}

/** Milliseconds as a person says them, such as `2 min 5 s`. */
export function inWords(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return two(minutes, 'min', seconds % 60, 's')
  return two(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
}

function two(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}
