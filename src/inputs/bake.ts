import { parseSeconds, parseShare, unitAdvice } from './amount.ts'
import type { Reader } from './reader.ts'
import type { InputName } from './table.ts'

/** Settings of the bake, in which the runs of a revision are watched after its other checks. */
export interface BakeInputs {
  /** Duration of the bake in milliseconds. */
  readonly forMs: number
  /** Share of failed runs, from 0 to 1. */
  readonly maxErrorRate: number | undefined
  /** Latency in seconds. */
  readonly maxLatencyP99: number | undefined
  /** With fewer runs, the limits are not evaluated. */
  readonly minRuns: number
}

/** Reads the bake; `undefined` if none is requested. */
export function readBake(inputs: Reader): BakeInputs | undefined {
  const forMs = readTime(inputs)
  const maxErrorRate = readLimit(inputs, 'max-error-rate', parseShare, 'a rate such as `5%` or `0.05`')
  const maxLatencyP99 = readLimit(
    inputs,
    'max-latency-p99',
    parseSeconds,
    'a duration such as `20s`, `2.5s` or `500ms`'
  )
  const minRuns = inputs.count('min-runs')
  if (!inputs.isWritten('bake')) return undefined
  const isUnlimited = !inputs.hasProblem('bake') && !inputs.text('max-error-rate') && !inputs.text('max-latency-p99')
  if (isUnlimited) {
    inputs.problem(
      'bake',
      'has no limit, so it can never fail. Set `max-error-rate` (such as `5%`), `max-latency-p99` (such as `20s`), or both.'
    )
  }
  return forMs === undefined ? undefined : { forMs, maxErrorRate, maxLatencyP99, minRuns }
}

/** Reads the duration of the bake. A number without a unit is an error, because it could mean minutes or seconds. */
function readTime(inputs: Reader): number | undefined {
  const text = inputs.text('bake') ?? ''
  if (!/^\d+$/.test(text)) return inputs.duration('bake')
  inputs.problem(
    'bake',
    `expected a duration with a unit, got "${text}". Use \`${text}m\` for minutes or \`${text}s\` for seconds.`
  )
  return undefined
}

const LIMITS = ['max-error-rate', 'max-latency-p99', 'min-runs'] as const satisfies readonly InputName[]

/** Returns notices about inputs of the bake that have no effect because of other inputs. */
export function noticesOfBake(inputs: Reader, { wait }: { readonly wait: boolean }): readonly string[] {
  if (!inputs.isWritten('bake')) {
    const written = LIMITS.filter((input) => inputs.isWritten(input))
    const names = written.map((input) => `\`${input}\``)
    return names.length === 0
      ? []
      : [
          `${names.join(', ')} ${names.length === 1 ? 'has' : 'have'} no effect without \`bake\`. Set \`bake\`, for example to \`10m\`.`
        ]
  }
  return wait
    ? []
    : ['`bake` has no effect with `wait: false`, because the run does not wait for the revision. Remove one of them.']
}

function readLimit(
  inputs: Reader,
  input: 'max-error-rate' | 'max-latency-p99',
  parse: (text: string) => number | undefined,
  forms: string
): number | undefined {
  const text = inputs.text(input)
  if (text === undefined) return undefined
  const value = parse(text)
  if (value !== undefined) return value
  const isPercent = input === 'max-error-rate' && /^\d+(\.\d+)?$/.test(text) && Number(text) <= 100
  const advice = input === 'max-latency-p99' ? unitAdvice(text) : undefined
  const guess = isPercent ? ` Did you mean \`${text}%\`?` : ''
  inputs.problem(input, `expected ${forms}, got "${text}".${advice ? ` ${advice}` : guess}`)
  return undefined
}
