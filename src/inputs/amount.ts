import type { Unit } from '../run/figure.ts'

/*
 * Parsers for amounts in limits and thresholds. A parser returns `undefined` for an invalid text.
 */

const NUMBER = String.raw`-?(?:\d+(?:\.\d+)?|\.\d+)`
const PLAIN = new RegExp(`^${NUMBER}$`)
const PERCENT = new RegExp(String.raw`^(${NUMBER})\s*%$`)

/** Parses a share from 0 to 1, such as `5%` or `0.05`. */
export function parseShare(text: string): number | undefined {
  const share = parseScore(text)
  return share !== undefined && share >= 0 && share <= 1 ? share : undefined
}

/** Parses a score: any number, or a percentage such as `80%` for 0.8. */
export function parseScore(text: string): number | undefined {
  const [, percent] = PERCENT.exec(text) ?? []
  return percent === undefined ? parseNumber(text) : Number(percent) / 100
}

/**
 * Parses a duration as seconds, such as `20s`, `2.5s`, `500ms` or `1m30s`. A number without a unit is invalid, because
 * it could mean milliseconds.
 */
export function parseSeconds(text: string): number | undefined {
  const [, minutes, seconds, millis] =
    /^(?:(\d+)\s*m(?!s))?\s*(?:(\d+(?:\.\d+)?)\s*s)?\s*(?:(\d+)\s*ms)?$/i.exec(text) ?? []
  if (minutes === undefined && seconds === undefined && millis === undefined) return undefined
  return Number(minutes ?? 0) * 60 + Number(seconds ?? 0) + Number(millis ?? 0) / 1000
}

/** Returns how to add a unit to a number without one; `undefined` for any other text. */
export function unitAdvice(text: string): string | undefined {
  return PLAIN.test(text) && Number(text) >= 0
    ? `Use \`${text}s\` for seconds or \`${text}ms\` for milliseconds.`
    : undefined
}

function parseNumber(text: string): number | undefined {
  return PLAIN.test(text) ? Number(text) : undefined
}

function notNegative(value: number | undefined): number | undefined {
  return value !== undefined && value >= 0 ? value : undefined
}

/** Parser of each unit, and the forms that a message shows. */
export const AMOUNTS: Readonly<
  Record<Unit, { readonly parse: (text: string) => number | undefined; readonly forms: string }>
> = {
  share: { parse: parseShare, forms: 'a rate such as `2%` or `0.02`' },
  seconds: { parse: parseSeconds, forms: 'a duration such as `20s`, `2.5s` or `500ms`' },
  cost: {
    parse: (text) => notNegative(parseNumber(text.replace(/^\$\s*/, ''))),
    forms: 'an amount in US dollars such as `5` or `0.25`'
  },
  count: { parse: (text) => notNegative(parseNumber(text)), forms: 'a number such as `100`' },
  score: { parse: parseScore, forms: 'a number such as `0.8` or `80%`' }
}
