import { inWords } from '../run/duration.ts'
import type { Phase, RunRecord } from '../run/record.ts'

/** Steps of the axis in milliseconds, as Mermaid names them, and up to which length of a chart each is used. */
const TICKS: readonly (readonly [upTo: number, name: string])[] = [
  [20_000, '5second'],
  [60_000, '10second'],
  [600_000, '1minute'],
  [3_600_000, '5minute'],
  [Number.POSITIVE_INFINITY, '30minute']
]
const HOUR_MS = 3_600_000
/** Pale grid lines, so that labels on them can be read, and narrow margins. No theme: GitHub has two. */
const LOOK =
  '%%{init: {"themeCSS": ".grid .tick line { stroke: #8c959f; opacity: 0.4; }", "gantt": {"leftPadding": 24, "rightPadding": 32}}}%%'

/** A shorter rollout, or one of fewer phases, is told well enough by its duration. */
const LEAST_MS = 10_000
const LEAST_PHASES = 3

/** A chart of the phases that GitHub draws, with a bar for each status; empty when there is too little to compare. */
export function timeline({ phases }: Pick<RunRecord, 'phases'>, endedAt: number): string {
  const zero = phases[0]?.at ?? endedAt
  const bars = phases.flatMap((phase, index) => bar(phase, phases[index + 1], endedAt, zero))
  const length = chartEnd(phases, endedAt) - zero
  if (bars.length < LEAST_PHASES || length < LEAST_MS) return ''
  const tick = TICKS.find(([upTo]) => length <= upTo)?.[1] ?? '30minute'
  const axis = length < HOUR_MS ? '%M:%S' : '%H:%M'
  return [
    '```mermaid',
    LOOK,
    'gantt',
    '    dateFormat YYYY-MM-DD HH:mm:ss',
    `    axisFormat ${axis}`,
    `    tickInterval ${tick}`,
    ...bars,
    '```'
  ].join('\n')
}

/** The end of the last bar; what a run does after its last status, such as a bake, is not drawn. */
function chartEnd(phases: readonly Phase[], endedAt: number): number {
  const last = phases.at(-1)
  return last && isEnd(last.status) ? last.at : endedAt
}

/** Work is drawn in color, waiting in grey, and what failed in red. */
function bar({ status, at }: Phase, next: Phase | undefined, endedAt: number, zero: number): readonly string[] {
  const word = status.replace(/[^A-Z_]/g, '') || 'UNKNOWN'
  const start = chartTime(at - zero)
  if (isEnd(word)) return [`    ${word} :${isBad(word) ? 'crit, ' : ''}milestone, ${start}, 0s`]
  const until = next?.at ?? endedAt
  const tag = next && isBad(next.status) ? 'crit, ' : /^(BUILDING|DEPLOYING)$/.test(word) ? '' : 'done, '
  return [`    ${word} ${inWords(until - at)} :${tag}${start}, ${chartTime(Math.max(at - zero + 1000, until - zero))}`]
}

function isEnd(status: string): boolean {
  return status === 'DEPLOYED' || isBad(status)
}

function isBad(status: string): boolean {
  return /FAILED|SKIPPED|INTERRUPTED/.test(status)
}

/** A moment of the chart, counted from a midnight: Mermaid reads bare numbers as seconds here and milliseconds there. */
function chartTime(ms: number): string {
  return new Date(Date.UTC(2000, 0, 1) + Math.round(ms / 1000) * 1000).toISOString().slice(0, 19).replace('T', ' ')
}
