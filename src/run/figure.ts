/** Unit of a figure. A share is between 0 and 1. The range of a score depends on its evaluator. */
export type Unit = 'share' | 'seconds' | 'cost' | 'count' | 'score'

/** The figures that LangSmith keeps for each session, by their names in the API. Costs are in US dollars. */
export const FIGURES = {
  error_rate: 'share',
  latency_p50: 'seconds',
  latency_p99: 'seconds',
  first_token_p50: 'seconds',
  first_token_p99: 'seconds',
  run_count: 'count',
  total_tokens: 'count',
  prompt_tokens: 'count',
  completion_tokens: 'count',
  total_cost: 'cost',
  prompt_cost: 'cost',
  completion_cost: 'cost'
} as const satisfies Readonly<Record<string, Unit>>

export type FigureName = keyof typeof FIGURES

export const FIGURE_NAMES = Object.keys(FIGURES) as readonly FigureName[]

/** True if a name is that of a figure. Any other name is a feedback key. */
export function isFigure(name: string): name is FigureName {
  return Object.hasOwn(FIGURES, name)
}

/** Returns the unit of the figure or score with this name. */
export function unitOf(name: string): Unit {
  return isFigure(name) ? FIGURES[name] : 'score'
}

/** Formats a value for people, such as `2%`, `1.5 s` or `$4.2`. @param digits number of significant digits */
export function inUnit(value: number, unit: Unit, digits = USUAL_DIGITS): string {
  const rounded = (number: number) => Number(number.toPrecision(digits))
  switch (unit) {
    case 'share':
      return `${rounded(value * 100)}%`
    case 'seconds':
      return `${rounded(value)} s`
    case 'cost':
      return `$${rounded(value)}`
    case 'count':
      return `${Number(value.toFixed(2))}`
    case 'score':
      return `${rounded(value)}`
  }
}

/** Formats a value for display next to a limit, so that a slightly different value does not look equal to the limit. */
export function besideLimit(value: number, limit: number, unit: Unit): string {
  const usual = inUnit(value, unit)
  return usual === inUnit(limit, unit) ? inUnit(value, unit, ALL_DIGITS) : usual
}

const USUAL_DIGITS = 4
/** More digits would show the rounding error of binary fractions. */
const ALL_DIGITS = 12
