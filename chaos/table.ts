import { RULES, type Rule } from './invariants.ts'
import type { Result } from './result.ts'

const MEANING: Readonly<Record<Rule, string>> = {
  doubles: 'second revisions and deployments, wrong rollbacks',
  verdict: 'false verdicts and outputs',
  leaks: 'visible keys and secrets',
  time: 'runs that end late or stop polling',
  others: "changes to other users' rollouts or variables, or own rollouts left running",
  late: 'requests that must not be sent',
  crash: 'crashes and hangs'
}

/** Formats the totals of all seeds. */
export function table(results: readonly Result[], realMs: number): string {
  const slowest = (of: (result: Result) => number) =>
    results.reduce<Result | undefined>((most, each) => (!most || of(each) > of(most) ? each : most), undefined)
  const virtual = slowest((result) => result.virtualMs)
  const real = slowest((result) => result.realMs)
  const count = (rule: Rule) => results.filter(({ violations }) => violations.some((each) => each.rule === rule)).length
  return [
    `Seeds        ${results.length} in ${(realMs / 1000).toFixed(1)} s; ${sum(results, ({ requests }) => requests)} requests, ${sum(results, ({ revisions }) => revisions)} revisions created, ${(sum(results, ({ virtualMs }) => virtualMs) / 3_600_000).toFixed(0)} hours of virtual time`,
    `Commands     ${tally(results.map(({ command }) => command))}`,
    `Sources      ${tally(results.map(({ source }) => source))}`,
    `Verdicts     ${tally(results.map(({ verdict }) => verdict))}`,
    `Faults       ${tally(results.flatMap(({ faults }) => faults))}`,
    `Rivals       ${tally(results.flatMap(({ rivals }) => rivals))}`,
    ...(virtual
      ? [`Slowest      seed ${virtual.seed}: ${(virtual.virtualMs / 1000).toFixed(0)} s of virtual time`]
      : []),
    ...(real ? [`             seed ${real.seed}: ${real.realMs.toFixed(0)} ms of real time`] : []),
    'Seeds with violations:',
    ...RULES.map((rule) => `  ${rule.padEnd(10)} ${String(count(rule)).padStart(4)}   ${MEANING[rule]}`)
  ].join('\n')
}

function sum(results: readonly Result[], of: (result: Result) => number): number {
  return results.reduce((total, result) => total + of(result), 0)
}

/** Formats each word with its count, most frequent first. */
function tally(words: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  const entries = [...counts].toSorted(([, one], [, other]) => other - one)
  return entries.map(([word, times]) => `${word} ${times}`).join(', ') || 'none'
}
