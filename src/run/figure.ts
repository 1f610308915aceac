/** In what a figure is measured. A share lies between 0 and 1; a score is whatever its evaluator makes of it. */
export type Unit = 'share' | 'seconds' | 'cost' | 'count' | 'score'

/** The figures that LangSmith keeps of every session, by the API's own names. Costs are in US dollars. */
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

/** Whether a name is that of a figure; any other is the key of a feedback. */
export function isFigure(name: string): name is FigureName {
  return Object.hasOwn(FIGURES, name)
}

/** In what the figure or the score of this name is measured. */
export function unitOf(name: string): Unit {
  return isFigure(name) ? FIGURES[name] : 'score'
}

/** A value as a person reads it, such as `2%`, `1.5 s` or `$4.2`. @param digits that count */
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

/** A value that is read beside a limit: one that passes it by little does not read like the limit. */
export function besideLimit(value: number, limit: number, unit: Unit): string {
  const usual = inUnit(value, unit)
  return usual === inUnit(limit, unit) ? inUnit(value, unit, ALL_DIGITS) : usual
}

const USUAL_DIGITS = 4
/** More are the noise of binary fractions. */
const ALL_DIGITS = 12
