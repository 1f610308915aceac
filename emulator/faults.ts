import type { FaultRule } from './scenario.ts'

export interface FaultCounters {
  /**
   * Counts a call with every fault that matches it.
   * @param path without `/api-host`
   * @returns the first fault that is due, if any
   */
  count(rules: readonly FaultRule[], method: string, path: string): FaultRule | undefined
  clear(): void
}

export function createFaultCounters(): FaultCounters {
  const counts = new Map<FaultRule, number>()
  return {
    count(rules, method, path) {
      const matching = rules.filter((rule) => matches(rule, method, path))
      for (const rule of matching) counts.set(rule, (counts.get(rule) ?? 0) + 1)
      return matching.find((rule) => isDue(rule, counts.get(rule) ?? 0))
    },
    clear: () => counts.clear()
  }
}

function matches(rule: FaultRule, method: string, path: string): boolean {
  return (rule.method === null || rule.method.toUpperCase() === method) && pathPattern(rule.path).test(path)
}

function isDue({ nth, times }: FaultRule, count: number): boolean {
  return count >= nth && (times === null || count < nth + times)
}

/** `*` stands for one path segment or a part of one, `**` for any rest. */
function pathPattern(path: string): RegExp {
  const source = path
    .split('**')
    .map((part) => part.split('*').map(escaped).join('[^/]*'))
    .join('.*')
  return new RegExp(`^${source}$`)
}

/** The text as a regular expression that matches just it. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
