import { fits, type Token } from './glob.ts'
import type { FaultRule } from './scenario.ts'

export interface FaultCounters {
  /**
   * Counts a call for each fault that matches it.
   * @param path without `/api-host`
   * @returns the first fault that is due, if any
   */
  count(rules: readonly FaultRule[], method: string, path: string): FaultRule | undefined
  /** Number of calls that matched a fault, and number of times that it fired. */
  of(rule: FaultRule): { readonly matched: number; readonly fired: number }
  clear(): void
}

export function createFaultCounters(): FaultCounters {
  const counts = new Map<FaultRule, number>()
  const fired = new Map<FaultRule, number>()
  return {
    count(rules, method, path) {
      const matching = rules.filter((rule) => matches(rule, method, path))
      for (const rule of matching) counts.set(rule, (counts.get(rule) ?? 0) + 1)
      const due = matching.find((rule) => isDue(rule, counts.get(rule) ?? 0))
      if (due) fired.set(due, (fired.get(due) ?? 0) + 1)
      return due
    },
    of: (rule) => ({ matched: counts.get(rule) ?? 0, fired: fired.get(rule) ?? 0 }),
    clear() {
      counts.clear()
      fired.clear()
    }
  }
}

function matches(rule: FaultRule, method: string, path: string): boolean {
  return (rule.method === null || rule.method.toUpperCase() === method) && fits(tokensOf(rule.path, PATTERN), path)
}

function isDue({ nth, times }: FaultRule, count: number): boolean {
  return count >= nth && (times === null || count < nth + times)
}

const LONGEST_PATH = 1000

/**
 * Tells if a fault can match a call of a route.
 * @param path of the route, with `:name` for a parameter
 */
export function canMatch(rule: Pick<FaultRule, 'method' | 'path'>, route: { method: string; path: string }): boolean {
  if (rule.method !== null && rule.method.toUpperCase() !== route.method) return false
  if (rule.path.length > LONGEST_PATH) return false
  return overlap(tokensOf(rule.path, PATTERN), tokensOf(route.path, ROUTE), new Map())
}

/** `*` matches one path segment or a part of one; `**` matches any rest. */
const PATTERN = /\*\*|\*|./gs
const ROUTE = /:\w+|\*|./gs

/** Splits a pattern into tokens. A parameter of a route is part of a segment, and a star at the end is any rest. */
function tokensOf(path: string, signs: RegExp): Token[] {
  const isRoute = signs === ROUTE
  return (path.match(signs) ?? []).map((text) => {
    if (text === '**' || (text === '*' && isRoute)) return { kind: 'rest', text }
    return { kind: text === '*' || (isRoute && text.length > 1) ? 'segment' : 'text', text }
  })
}

/** Tells if some text matches both patterns. */
function overlap(one: readonly Token[], other: readonly Token[], known: Map<string, boolean>): boolean {
  const [a, ...restOfOne] = one
  const [b, ...restOfOther] = other
  if (!a || !b) return [...one, ...other].every(({ kind }) => kind !== 'text')
  const key = `${one.length} ${other.length}`
  const before = known.get(key)
  if (before !== undefined) return before
  const fits =
    a.kind === 'text' && b.kind === 'text'
      ? a.text === b.text && overlap(restOfOne, restOfOther, known)
      : (a.kind !== 'text' &&
          (overlap(restOfOne, other, known) || (covers(a, b) && overlap(one, restOfOther, known)))) ||
        (b.kind !== 'text' && (overlap(one, restOfOther, known) || (covers(b, a) && overlap(restOfOne, other, known))))
  known.set(key, fits)
  return fits
}

/** Tells if a star can match a token, and possibly more. */
function covers(star: Token, sign: Token): boolean {
  return star.kind === 'rest' || sign.text !== '/'
}
