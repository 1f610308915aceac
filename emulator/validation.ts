/** Where a value stands in a request, as FastAPI names it: `['body', 'secrets', 0, 'name']`. */
export type Location = readonly (string | number)[]

/** One entry of the `detail` list of a 422 answer. */
export interface Problem {
  readonly type: string
  readonly loc: Location
  readonly msg: string
  readonly input: unknown
  readonly ctx?: Readonly<Record<string, unknown>>
}

/** Reads one value; what is wrong with it goes to `problems`, and the returned value is then not to be used. */
export interface Field<T> {
  readonly parse: (value: unknown, loc: Location, problems: Problem[]) => T
  /** Stands in for a field that was left out; without it the field is required. */
  readonly absent?: { readonly value: T }
}

export type Parsed<F> = F extends Field<infer T> ? T : never

type Fields = Readonly<Record<string, Field<unknown>>>

interface Fault {
  readonly type: string
  readonly msg: string
  readonly ctx?: Readonly<Record<string, unknown>>
}

/** A field made of one test: it answers the value, or a fault in FastAPI's words. */
function field<T>(read: (value: unknown) => { ok: T } | Fault): Field<T> {
  return {
    parse(value, loc, problems) {
      const result = read(value)
      if ('ok' in result) return result.ok
      problems.push({ ...result, loc, input: value ?? null })
      // Whoever reads a schema looks at `problems` first, so this is never seen.
      return undefined as never
    }
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A string of at least `minLength` characters. */
export function text(minLength = 0): Field<string> {
  return field((value) => {
    if (typeof value !== 'string') return { type: 'string_type', msg: 'Input should be a valid string' }
    if (value.length >= minLength) return { ok: value }
    const msg = `String should have at least ${minLength} character${minLength === 1 ? '' : 's'}`
    return { type: 'string_too_short', msg, ctx: { min_length: minLength } }
  })
}

/** A string that the pattern matches as a whole. */
export function pattern(expression: RegExp): Field<string> {
  return field((value) => {
    if (typeof value !== 'string') return { type: 'string_type', msg: 'Input should be a valid string' }
    if (expression.test(value)) return { ok: value }
    const msg = `String should match pattern '${expression.source}'`
    return { type: 'string_pattern_mismatch', msg, ctx: { pattern: expression.source } }
  })
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function isUuid(value: string): boolean {
  return UUID.test(value)
}

/** A UUID, answered in lower case as the server compares it. */
export const uuid: Field<string> = field((value) => {
  if (typeof value !== 'string')
    return { type: 'uuid_type', msg: 'UUID input should be a string, bytes or UUID object' }
  if (isUuid(value)) return { ok: value.toLowerCase() }
  const error = `\`${value}\` is not made of 32 hexadecimal digits in groups of 8-4-4-4-12`
  return { type: 'uuid_parsing', msg: `Input should be a valid UUID, ${error}`, ctx: { error } }
})

/** One of the given strings. */
export function oneOf<const V extends string>(values: readonly V[]): Field<V> {
  const expected = values
    .map((value) => `'${value}'`)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1')
  return field((value) => {
    const found = values.find((candidate) => candidate === value)
    return found === undefined ? { type: 'enum', msg: `Input should be ${expected}`, ctx: { expected } } : { ok: found }
  })
}

interface Bounds {
  readonly min?: number
  readonly max?: number
}

function bounded(value: number, { min, max }: Bounds): { ok: number } | Fault {
  if (min !== undefined && value < min) {
    return { type: 'greater_than_equal', msg: `Input should be greater than or equal to ${min}`, ctx: { ge: min } }
  }
  if (max !== undefined && value > max) {
    return { type: 'less_than_equal', msg: `Input should be less than or equal to ${max}`, ctx: { le: max } }
  }
  return { ok: value }
}

/** A whole number of a JSON body. */
export function integer(bounds: Bounds = {}): Field<number> {
  return field((value) => {
    if (typeof value !== 'number') return { type: 'int_type', msg: 'Input should be a valid integer' }
    if (Number.isSafeInteger(value)) return bounded(value, bounds)
    return { type: 'int_from_float', msg: 'Input should be a valid integer, got a number with a fractional part' }
  })
}

/** Milliseconds of a scenario. */
export const millis = integer({ min: 0 })

/** Any number of a JSON body. */
export function number(bounds: Bounds = {}): Field<number> {
  return field((value) =>
    typeof value === 'number' ? bounded(value, bounds) : { type: 'float_type', msg: 'Input should be a valid number' }
  )
}

/** One of the given numbers of a JSON body. */
export function oneOfNumbers<const V extends number>(values: readonly V[]): Field<V> {
  const expected = values.join(' or ')
  return field((value) => {
    const found = values.find((candidate) => candidate === value)
    return found === undefined ? { type: 'enum', msg: `Input should be ${expected}`, ctx: { expected } } : { ok: found }
  })
}

/** What a schema makes of an empty object; every field must have a default. */
export function defaultsOf<T>(schema: Field<T>): T {
  const problems: Problem[] = []
  const value = schema.parse({}, [], problems)
  if (problems.length > 0) throw new Error(`No default: ${JSON.stringify(problems[0]?.loc)}`)
  return value
}

/** A whole number written in a query. */
export function integerText(bounds: Bounds): Field<number> {
  return field((value) => {
    if (typeof value === 'string' && /^[+-]?\d{1,15}$/.test(value)) return bounded(Number(value), bounds)
    return { type: 'int_parsing', msg: 'Input should be a valid integer, unable to parse string as an integer' }
  })
}

const BOOLEAN_WORDS = new Map([
  ...['1', 'true', 't', 'yes', 'y', 'on'].map((word) => [word, true] as const),
  ...['0', 'false', 'f', 'no', 'n', 'off'].map((word) => [word, false] as const)
])

/** A truth value, written in a query or given in a JSON body. */
export const truth: Field<boolean> = field((value) => {
  const word = typeof value === 'string' ? BOOLEAN_WORDS.get(value.toLowerCase()) : value
  if (typeof word === 'boolean') return { ok: word }
  return { type: 'bool_parsing', msg: 'Input should be a valid boolean, unable to interpret input' }
})

/** A moment as text (ISO 8601, or epoch milliseconds as some clients send), answered in epoch milliseconds. */
export const moment: Field<number> = field((value) => {
  const millis = /^\d+$/.test(String(value)) ? Number(value) : Date.parse(String(value))
  if (Number.isFinite(millis)) return { ok: millis }
  return { type: 'datetime_from_date_parsing', msg: 'Input should be a valid datetime or date' }
})

/** A moment as the API writes it, answered in epoch milliseconds. */
export const timeText: Field<number> = field((value) => {
  const millis = typeof value === 'string' && /^\d{4}-/.test(value) ? Date.parse(value) : Number.NaN
  if (Number.isFinite(millis)) return { ok: millis }
  return { type: 'datetime_from_date_parsing', msg: 'Input should be a valid datetime, such as 2026-11-27T08:00:00Z' }
})

/** A value taken as it is, whatever it is. */
export const anything: Field<unknown> = field((value) => ({ ok: value }))

/** An object whose values are not looked at. */
export const record: Field<Record<string, unknown>> = field((value) =>
  isRecord(value) ? { ok: value } : { type: 'dict_type', msg: 'Input should be a valid dictionary' }
)

/** An object with values of one kind. */
export function recordOf<T>(item: Field<T>): Field<Record<string, T>> {
  return {
    parse(value, loc, problems) {
      const entries = Object.entries(record.parse(value, loc, problems) ?? {})
      return Object.fromEntries(entries.map(([key, entry]) => [key, item.parse(entry, [...loc, key], problems)]))
    }
  }
}

/** A list of at most `maxItems` values of one kind. */
export function list<T>(item: Field<T>): Field<T[]> {
  return {
    parse(value, loc, problems) {
      if (Array.isArray(value))
        return value.map((entry: unknown, index) => item.parse(entry, [...loc, index], problems))
      problems.push({ type: 'list_type', loc, msg: 'Input should be a valid list', input: value ?? null })
      return []
    }
  }
}

/** The first of two kinds that fits; the problems reported are those of the second. */
export function either<A, B>(first: Field<A>, second: Field<B>): Field<A | B> {
  return {
    parse(value, loc, problems) {
      const tried: Problem[] = []
      const result = first.parse(value, loc, tried)
      return tried.length === 0 ? result : second.parse(value, loc, problems)
    }
  }
}

/** Null is a value too. */
export function nullable<T>(inner: Field<T>): Field<T | null> {
  return { parse: (value, loc, problems) => (value === null ? null : inner.parse(value, loc, problems)) }
}

/** Left out and null mean the same: null. */
export function optional<T>(inner: Field<T>): Field<T | null> {
  return { ...nullable(inner), absent: { value: null } }
}

/** Left out means `value`. */
export function withDefault<T>(inner: Field<T>, value: T): Field<T> {
  return { parse: inner.parse, absent: { value } }
}

/**
 * An object with the given fields. Unknown keys are passed over as FastAPI does, or refused where `closed` is set.
 */
export function object<F extends Fields>(
  fields: F,
  { closed = false }: { closed?: boolean } = {}
): Field<{ [K in keyof F]: Parsed<F[K]> }> {
  return {
    parse(value, loc, problems) {
      if (!isRecord(value)) {
        const msg = 'Input should be a valid dictionary or object to extract fields from'
        problems.push({ type: 'model_attributes_type', loc, msg, input: value ?? null })
        return undefined as never
      }
      if (closed) refuseUnknown(value, fields, loc, problems)
      const entries = Object.entries(fields).map(([key, inner]) => [key, member(value, key, inner, loc, problems)])
      return Object.fromEntries(entries) as { [K in keyof F]: Parsed<F[K]> }
    }
  }
}

function member(
  parent: Record<string, unknown>,
  key: string,
  inner: Field<unknown>,
  loc: Location,
  problems: Problem[]
) {
  if (parent[key] !== undefined) return inner.parse(parent[key], [...loc, key], problems)
  if (inner.absent) return inner.absent.value
  problems.push({ type: 'missing', loc: [...loc, key], msg: 'Field required', input: parent })
  return undefined
}

function refuseUnknown(value: Record<string, unknown>, fields: Fields, loc: Location, problems: Problem[]): void {
  for (const key of Object.keys(value)) {
    if (Object.hasOwn(fields, key)) continue
    problems.push({
      type: 'extra_forbidden',
      loc: [...loc, key],
      msg: `'${key}' is not a known key`,
      input: value[key] ?? null
    })
  }
}
