import type { Answer } from './http.ts'

export type FaultAction =
  /** Answers this and does nothing. */
  | Answer
  /** Does nothing and never answers. */
  | 'hang'
  /** Does nothing and ends the connection. */
  | 'cut'
  /** Does what was asked, and ends the connection without an answer. */
  | 'lose'
  /** Does what was asked, answers half of it and never the rest. */
  | 'stall'
  /** Does what was asked, and answers this much later. */
  | { readonly delayMs: number }

export interface FaultRule {
  /** Default: any. */
  readonly method?: string
  /** Looked for in the path as asked, with prefix and query; default: any. */
  readonly path?: RegExp
  /** Which of the requests that match is the first to suffer it; default 1. */
  readonly nth?: number
  /** How many do; default 1, `Infinity` for all. */
  readonly times?: number
  readonly action: FaultAction
}

export interface Faults {
  add(rule: FaultRule): void
  /** Counts a request with every rule that matches it. @returns what befalls it, by the first rule that is due */
  count(method: string, path: string): FaultAction | undefined
  clear(): void
}

export function createFaults(): Faults {
  const counts = new Map<FaultRule, number>()
  return {
    add: (rule) => {
      counts.set(rule, 0)
    },
    count: (method, path) => {
      const matching = [...counts.keys()].filter((rule) => matches(rule, method, path))
      for (const rule of matching) counts.set(rule, (counts.get(rule) ?? 0) + 1)
      return matching.find((rule) => isDue(rule, counts.get(rule) ?? 0))?.action
    },
    clear: () => counts.clear()
  }
}

function matches(rule: FaultRule, method: string, path: string): boolean {
  return (rule.method ?? method) === method && path.search(rule.path ?? '') !== -1
}

function isDue({ nth = 1, times = 1 }: FaultRule, count: number): boolean {
  return count >= nth && count < nth + times
}
