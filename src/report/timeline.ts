import { inWords } from '../run/duration.ts'
import type { Phase, RunRecord } from '../run/record.ts'

/** Tick intervals of the axis in Mermaid's notation, each with the maximum length of the chart in milliseconds. */
const TICKS: readonly (readonly [upTo: number, name: string])[] = [
  [20_000, '5second'],
  [60_000, '10second'],
  [600_000, '1minute'],
  [3_600_000, '5minute'],
  [Number.POSITIVE_INFINITY, '30minute']
]
const HOUR_MS = 3_600_000
/** Pale grid lines, so that labels on them are readable, and narrow margins. No theme, because GitHub has two. */
const INIT =
  '%%{init: {"themeCSS": ".grid .tick line { stroke: #8c959f; opacity: 0.4; }", "gantt": {"leftPadding": 24, "rightPadding": 32}}}%%'

/** For a shorter rollout, or one with fewer phases, the duration is enough. */
const LEAST_MS = 10_000
const LEAST_PHASES = 3

/** Returns a Mermaid chart of the phases with a bar for each status; empty if there is too little to compare. */
export function timeline({ phases }: Pick<RunRecord, 'phases'>, endedAt: number): string {
  const zero = phases[0]?.at ?? endedAt
  const bars = phases.flatMap((phase, index) => bar(phase, phases[index + 1], endedAt, zero))
  const length = chartEnd(phases, endedAt) - zero
  if (bars.length < LEAST_PHASES || length < LEAST_MS) return ''
  const tick = TICKS.find(([upTo]) => length <= upTo)?.[1] ?? '30minute'
  const axis = length < HOUR_MS ? '%M:%S' : '%H:%M'
  return [
    '```mermaid',
    INIT,
    'gantt',
    '    dateFormat YYYY-MM-DD HH:mm:ss',
    `    axisFormat ${axis}`,
    `    tickInterval ${tick}`,
    ...bars,
    '```'
  ].join('\n')
}

/** Returns the end of the last bar. Work after the last status, such as a bake, is not drawn. */
function chartEnd(phases: readonly Phase[], endedAt: number): number {
  const last = phases.at(-1)
  return last && isEnd(last.status) ? last.at : endedAt
}

/** Active work is colored, waiting is gray, and failures are red. */
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

/**
 * Formats a time of the chart, counted from midnight. Mermaid reads bare numbers as seconds in some fields and as
 * milliseconds in others.
 */
function chartTime(ms: number): string {
  return new Date(Date.UTC(2000, 0, 1) + Math.round(ms / 1000) * 1000).toISOString().slice(0, 19).replace('T', ' ')
}
