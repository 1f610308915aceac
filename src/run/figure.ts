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

/** A value as a person reads it, such as `2%`, `1.5 s` or `$4.2`. */
export function inUnit(value: number, unit: Unit): string {
  switch (unit) {
    case 'share':
      return `${rounded(value * 100)}%`
    case 'seconds':
      return `${rounded(value)} s`
    case 'cost':
      return `$${rounded(value)}`
    case 'count':
    case 'score':
      return `${rounded(value)}`
  }
}

/** Precise enough that a value that falls short does not read like one that does not. */
function rounded(value: number): number {
  return Number(value.toPrecision(6))
}
