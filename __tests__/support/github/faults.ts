import type { Answer } from './http.ts'

export type FaultAction =
  /** Sends this response without the operation. */
  | Answer
  /** Sends no response and keeps the connection open. */
  | 'hang'
  /** Closes the connection without the operation. */
  | 'cut'
  /** Runs the operation and closes the connection without a response. */
  | 'lose'
  /** Runs the operation and sends only half of the response. */
  | 'stall'
  /** Runs the operation and delays the response. */
  | { readonly delayMs: number }

export interface FaultRule {
  /** Default: any. */
  readonly method?: string
  /** Searched in the path with prefix and query; default: any. */
  readonly path?: RegExp
  /** Number of the first matching request that gets the fault; default 1. */
  readonly nth?: number
  /** Number of requests that get the fault; default 1, `Infinity` for all. */
  readonly times?: number
  readonly action: FaultAction
}

export interface Faults {
  add(rule: FaultRule): void
  /** Counts a request for every matching rule. @returns the fault of the first rule that is due */
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
