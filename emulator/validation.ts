/** Position of a value in a request, in FastAPI's format: `['body', 'secrets', 0, 'name']`. */
export type Location = readonly (string | number)[]

/** One entry of the `detail` list of a 422 response. */
export interface Problem {
  readonly type: string
  readonly loc: Location
  readonly msg: string
  /** The sent value; omitted if it is too long to repeat. */
  readonly input?: unknown
  readonly ctx?: Readonly<Record<string, unknown>>
}

/** Parses one value. Adds errors to `problems`; after an error, the returned value must not be used. */
export interface Field<T> {
  readonly parse: (value: unknown, loc: Location, problems: Problem[]) => T
  /** Default for an omitted field; without a default, the field is required. */
  readonly absent?: { readonly value: T }
  /** The JSON Schema; if absent, any value is valid. */
  readonly schema?: JsonSchema
}

/** Maximum number of reported problems. */
const MOST_PROBLEMS = 1000
/** Maximum characters of all `input` values of one response together. */
const MOST_ECHO = 65_536
const LONGEST_TEXT = 1000

/** Tells if further checks are useless, because the report is full. */
function isEnough(problems: readonly Problem[]): boolean {
  return problems.length >= MOST_PROBLEMS
}

/** Bounds the request data in problems: omits an `input` that is too long. */
export function shortened(problems: readonly Problem[]): Problem[] {
  let left = MOST_ECHO
  return problems.slice(0, MOST_PROBLEMS).map(({ input, ctx, ...rest }) => {
    const short = { ...rest, loc: rest.loc.map(cut), msg: cut(rest.msg), ...(ctx ? { ctx: cutAll(ctx) } : {}) }
    const length = lengthUpTo(input, left)
    if (length > left) return short
    left -= length
    return { ...short, input }
  })
}

/** Shortens a text to a reasonable length. */
export function cut<T>(value: T): T | string {
  return typeof value === 'string' && value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value
}

function cutAll(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, cut(value)]))
}

/** Approximate length of a value as JSON; stops counting above `most`. */
function lengthUpTo(value: unknown, most: number): number {
  if (typeof value === 'string') return value.length + 2
  if (typeof value !== 'object' || value === null) return 5
  let length = 2
  for (const key in value) {
    if (length > most) break
    length += key.length + 4 + lengthUpTo(Reflect.get(value, key), most - length)
  }
  return length
}

export type JsonSchema = Readonly<Record<string, unknown>>

export type Parsed<F> = F extends Field<infer T> ? T : never

type Fields = Readonly<Record<string, Field<unknown>>>

interface Fault {
  readonly type: string
  readonly msg: string
  readonly ctx?: Readonly<Record<string, unknown>>
}

/** Creates a field with one check, which returns the value or an error in FastAPI's words. */
function field<T>(read: (value: unknown) => { ok: T } | Fault, schema: JsonSchema): Field<T> {
  return {
    schema,
    parse(value, loc, problems) {
      const result = read(value)
      if ('ok' in result) return result.ok
      problems.push({ ...result, loc, input: value ?? null })
      // Callers check `problems` first, so this value is never used.
      return undefined as never
    }
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const NOT_UNICODE = {
  type: 'string_unicode',
  msg: 'Input should be a valid string, unable to parse raw data as a unicode string'
}

/** A string of at least `minLength` characters. */
export function text(minLength = 0): Field<string> {
  return field(
    (value) => {
      if (typeof value !== 'string') return { type: 'string_type', msg: 'Input should be a valid string' }
      if (!value.isWellFormed()) return NOT_UNICODE
      if (value.length >= minLength) return { ok: value }
      const msg = `String should have at least ${minLength} character${minLength === 1 ? '' : 's'}`
      return { type: 'string_too_short', msg, ctx: { min_length: minLength } }
    },
    minLength > 0 ? { type: 'string', minLength } : { type: 'string' }
  )
}

/** A string that matches the pattern as a whole. */
export function pattern(expression: RegExp): Field<string> {
  return field(
    (value) => {
      if (typeof value !== 'string') return { type: 'string_type', msg: 'Input should be a valid string' }
      if (expression.test(value)) return { ok: value }
      const msg = `String should match pattern '${expression.source}'`
      return { type: 'string_pattern_mismatch', msg, ctx: { pattern: expression.source } }
    },
    { type: 'string', pattern: expression.source }
  )
}

/** The digits of a UUID, in its groups. */
const GROUPS = /^([0-9a-f]{8})(-?)([0-9a-f]{4})\2([0-9a-f]{4})\2([0-9a-f]{4})\2([0-9a-f]{12})$/

/** Normalizes a UUID to lower case with dashes. Like Pydantic, accepts one without dashes, in braces or as a URN. */
export function uuidIn(value: string): string | undefined {
  const [, , bare = ''] = /^(urn:uuid:|\{)?(.*?)\}?$/.exec(value.length > 45 ? '' : value.toLowerCase()) ?? []
  const [found, a, , b, c, d, e] = GROUPS.exec(bare) ?? []
  return found && [a, b, c, d, e].join('-')
}

export function isUuid(value: string): boolean {
  return uuidIn(value) !== undefined
}

/** A UUID, returned in lower case because the server compares it so. */
export const uuid: Field<string> = field(
  (value) => {
    if (typeof value !== 'string')
      return { type: 'uuid_type', msg: 'UUID input should be a string, bytes or UUID object' }
    const ok = uuidIn(value)
    if (ok !== undefined) return { ok }
    const error = `\`${cut(value)}\` is not made of 32 hexadecimal digits in groups of 8-4-4-4-12`
    return { type: 'uuid_parsing', msg: `Input should be a valid UUID, ${error}`, ctx: { error } }
  },
  { type: 'string', format: 'uuid' }
)

/** One of the given strings. */
export function oneOf<const V extends string>(values: readonly V[]): Field<V> {
  const expected = values
    .map((value) => `'${value}'`)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1')
  return field(
    (value) => {
      const found = values.find((candidate) => candidate === value)
      return found === undefined
        ? { type: 'enum', msg: `Input should be ${expected}`, ctx: { expected } }
        : { ok: found }
    },
    { type: 'string', enum: values }
  )
}

interface Bounds {
  readonly min?: number
  readonly max?: number
}

function limits({ min, max }: Bounds): JsonSchema {
  return { ...(min === undefined ? {} : { minimum: min }), ...(max === undefined ? {} : { maximum: max }) }
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
  return field(
    (value) => {
      if (typeof value !== 'number') return { type: 'int_type', msg: 'Input should be a valid integer' }
      if (Number.isInteger(value)) return bounded(value, bounds)
      return { type: 'int_from_float', msg: 'Input should be a valid integer, got a number with a fractional part' }
    },
    { type: 'integer', ...limits(bounds) }
  )
}

/** Maximum time in a scenario; a longer one is a mistake. */
export const MOST_MS = 100 * 365 * 86_400_000

/** Milliseconds of a scenario. */
export const millis = integer({ min: 0, max: MOST_MS })

/** Any number of a JSON body. */
export function number(bounds: Bounds = {}): Field<number> {
  return field(
    (value) =>
      typeof value === 'number'
        ? bounded(value, bounds)
        : { type: 'float_type', msg: 'Input should be a valid number' },
    { type: 'number', ...limits(bounds) }
  )
}

/** One of the given numbers of a JSON body. */
export function oneOfNumbers<const V extends number>(values: readonly V[]): Field<V> {
  const expected = values.join(' or ')
  return field(
    (value) => {
      const found = values.find((candidate) => candidate === value)
      return found === undefined
        ? { type: 'enum', msg: `Input should be ${expected}`, ctx: { expected } }
        : { ok: found }
    },
    { type: 'number', enum: values }
  )
}

/** Parses an empty object; every field must have a default. */
export function defaultsOf<T>(schema: Field<T>): T {
  const problems: Problem[] = []
  const value = schema.parse({}, [], problems)
  if (problems.length > 0) throw new Error(`No default: ${JSON.stringify(problems[0]?.loc)}`)
  return value
}

/** An integer in a query. */
export function integerText(bounds: Bounds): Field<number> {
  return field(
    (value) => {
      if (typeof value === 'string' && /^[+-]?\d{1,300}$/.test(value)) return bounded(Number(value), bounds)
      return { type: 'int_parsing', msg: 'Input should be a valid integer, unable to parse string as an integer' }
    },
    { type: 'integer', ...limits(bounds) }
  )
}

const BOOLEAN_WORDS = new Map([
  ...['1', 'true', 't', 'yes', 'y', 'on'].map((word) => [word, true] as const),
  ...['0', 'false', 'f', 'no', 'n', 'off'].map((word) => [word, false] as const)
])

/** A boolean in a query or a JSON body. */
export const truth: Field<boolean> = field(
  (value) => {
    const word = typeof value === 'string' ? BOOLEAN_WORDS.get(value.toLowerCase()) : value
    if (typeof word === 'boolean') return { ok: word }
    return { type: 'bool_parsing', msg: 'Input should be a valid boolean, unable to interpret input' }
  },
  { type: 'boolean' }
)

/** Larger epochs are milliseconds, as in Pydantic. */
const MOST_SECONDS = 2e10

const DATE_TIME = /^(\d{4}-\d\d-\d\d)(?:[T _](\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)\s*(Z|[+-]\d\d:?\d\d)?)?$/i

/** A time as text: ISO 8601, in UTC if it has no zone, or an epoch. Returned in epoch milliseconds. */
export const moment: Field<number> = field(
  (value) => {
    const ok = typeof value === 'string' || typeof value === 'number' ? momentIn(String(value).trim()) : Number.NaN
    if (Number.isFinite(ok)) return { ok }
    return { type: 'datetime_from_date_parsing', msg: 'Input should be a valid datetime or date' }
  },
  { type: 'string', format: 'date-time' }
)

/** The years that Python supports, 1 to 9999. */
const YEARS = { first: Date.parse('0001-01-01T00:00Z'), end: Date.parse('+010000-01-01T00:00Z') }

function epochIn(epoch: number): number {
  const millis = Math.abs(epoch) > MOST_SECONDS ? epoch : epoch * 1000
  return millis >= YEARS.first && millis < YEARS.end ? millis : Number.NaN
}

function momentIn(text: string): number {
  if (/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text)) return epochIn(Number(text))
  const [, date = '', time = '00:00', zone = 'Z'] = DATE_TIME.exec(text) ?? []
  // Date.parse accepts the 31st of any month.
  const day = new Date(`${date}T00:00Z`)
  if (Number.isNaN(day.getTime()) || !day.toISOString().startsWith(date)) return Number.NaN
  const [clock = '', fraction = ''] = time.split(/[.,]/)
  const exact = fraction === '' ? clock : `${clock}.${fraction.slice(0, 3)}`
  return Date.parse(`${date}T${exact}${zone.toUpperCase().replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`)
}

/** Any value, returned unchanged. */
export const anything: Field<unknown> = field((value) => ({ ok: value }), {})

/** An object with any values. */
export const record: Field<Record<string, unknown>> = field(
  (value) => (isRecord(value) ? { ok: value } : { type: 'dict_type', msg: 'Input should be a valid dictionary' }),
  { type: 'object' }
)

/** An object whose values have one type. */
export function recordOf<T>(item: Field<T>): Field<Record<string, T>> {
  return {
    schema: { type: 'object', additionalProperties: item.schema ?? {} },
    parse(value, loc, problems) {
      const parsed: [string, T][] = []
      for (const [key, entry] of Object.entries(record.parse(value, loc, problems) ?? {})) {
        parsed.push([key, item.parse(entry, [...loc, key], problems)])
        if (isEnough(problems)) break
      }
      return Object.fromEntries(parsed)
    }
  }
}

/** A list whose items have one type. */
export function list<T>(item: Field<T>): Field<T[]> {
  return {
    schema: { type: 'array', items: item.schema ?? {} },
    parse(value, loc, problems) {
      const parsed: T[] = []
      if (!Array.isArray(value)) {
        problems.push({ type: 'list_type', loc, msg: 'Input should be a valid list', input: value ?? null })
        return parsed
      }
      for (const [index, entry] of value.entries()) {
        parsed.push(item.parse(entry, [...loc, index], problems))
        if (isEnough(problems)) break
      }
      return parsed
    }
  }
}

/** Validates a value, and returns it as sent, including unknown fields. */
export function asSent<T>(inner: Field<T>): Field<unknown> {
  return {
    ...schemaOf(inner),
    parse(value, loc, problems) {
      inner.parse(value, loc, problems)
      return value
    }
  }
}

/** The first matching one of two types; reports the problems of the second. */
export function either<A, B>(first: Field<A>, second: Field<B>): Field<A | B> {
  return {
    schema: { anyOf: [first.schema ?? {}, second.schema ?? {}] },
    parse(value, loc, problems) {
      const tried: Problem[] = []
      const result = first.parse(value, loc, tried)
      return tried.length === 0 ? result : second.parse(value, loc, problems)
    }
  }
}

function schemaOf({ schema }: Field<unknown>): { readonly schema?: JsonSchema } {
  return schema ? { schema } : {}
}

/** A value that may be null. */
export function nullable<T>(inner: Field<T>): Field<T | null> {
  return {
    ...(inner.schema ? { schema: { anyOf: [inner.schema, { type: 'null' }] } } : {}),
    parse: (value, loc, problems) => (value === null ? null : inner.parse(value, loc, problems))
  }
}

/** An omitted field is null. */
export function optional<T>(inner: Field<T>): Field<T | null> {
  return { ...nullable(inner), absent: { value: null } }
}

/** An omitted field is `value`. */
export function withDefault<T>(inner: Field<T>, value: T): Field<T> {
  return { parse: inner.parse, absent: { value }, ...schemaOf(inner) }
}

/**
 * An object with the given fields. Ignores unknown keys as FastAPI does, or refuses them if `closed` is set.
 */
export function object<F extends Fields>(
  fields: F,
  { closed = false }: { closed?: boolean } = {}
): Field<{ [K in keyof F]: Parsed<F[K]> }> {
  return {
    schema: schemaOfObject(fields, closed),
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

function schemaOfObject(fields: Fields, closed: boolean): JsonSchema {
  const entries = Object.entries(fields)
  const required = entries.filter(([, { absent }]) => !absent).map(([key]) => key)
  const properties = entries.map(([key, { schema = {}, absent }]) => {
    const preset = absent?.value
    // A composite default is documented by the defaults of its own fields.
    return [
      key,
      preset === undefined || preset === null || typeof preset === 'object' ? schema : { ...schema, default: preset }
    ]
  })
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length > 0 ? { required } : {}),
    ...(closed ? { additionalProperties: false } : {})
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
    if (isEnough(problems)) return
    if (Object.hasOwn(fields, key)) continue
    problems.push({
      type: 'extra_forbidden',
      loc: [...loc, key],
      msg: `'${cut(key)}' is not a known key`,
      input: value[key] ?? null
    })
  }
}
