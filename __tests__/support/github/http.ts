import { isRecord } from '../../../emulator/validation.ts'

/** What a route answers, or a fault in its place: text as it is, all else as JSON, nothing without a body. */
export interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** One call, free of the HTTP library. */
export interface Call {
  readonly method: string
  /** With the query, without the prefix of an Enterprise Server. */
  readonly path: string
  /** The address of the API as the caller has it, without a slash at the end. */
  readonly api: string
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** The parsed JSON; undefined where nothing was sent. */
  readonly body: unknown
  /** Empty where none was sent. */
  readonly token: string
}

/** Whose a token is. */
export interface User {
  readonly login: string
  /** What kind of token it is, in GitHub's words. */
  readonly kind: 'integration' | 'personal access token'
}

/** A call whose token is known. */
export interface UserCall extends Call {
  readonly user: User
}

export type Handle = (call: UserCall) => Answer | Promise<Answer>

export interface Route {
  readonly method: 'GET' | 'POST'
  /** As Fastify writes it. */
  readonly path: string
  readonly handle: Handle
}

interface Refusal extends Error {
  readonly answer: Answer
}

interface RefusalOptions {
  readonly errors?: readonly unknown[]
  readonly headers?: Answer['headers']
}

/** Where the errors send their reader. */
export const DOCUMENTATION_URL = 'https://docs.github.com/rest'

/** An error to throw, which becomes an answer in the shape of GitHub's errors. */
export function refusal(status: number, message: string, { errors, headers = {} }: RefusalOptions = {}): Refusal {
  const body = { message, ...(errors ? { errors } : {}), documentation_url: DOCUMENTATION_URL }
  return Object.assign(new Error(message), { answer: { status, body: { ...body, status: String(status) }, headers } })
}

/** An error to throw: 422 for a value that GitHub can read, and does not accept. */
export function invalid(resource: string, field: string, message: string, code = 'custom'): Refusal {
  return refusal(422, 'Validation Failed', { errors: [{ resource, code, field, message }] })
}

export function notFound(): Refusal {
  return refusal(404, 'Not Found')
}

export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && 'answer' in error
}

type Kind = 'string' | 'boolean' | 'object' | 'array' | 'null'

/**
 * The body of a call, held to a schema in GitHub's words. Unknown fields are passed over.
 *
 * @param kinds what each field may be
 * @throws a refusal: 422
 */
export function readBody<T>({ body }: Call, kinds: Readonly<Record<keyof T, readonly Kind[]>>, required: keyof T): T {
  const sent = isRecord(body) ? body : {}
  if (sent[String(required)] === undefined) throw malformed(`"${String(required)}" wasn't supplied.`)
  for (const [name, allowed] of Object.entries<readonly Kind[]>(kinds)) {
    const value = sent[name]
    if (value === undefined || allowed.some((kind) => kind === kindOf(value))) continue
    const shown = value === null ? 'nil' : JSON.stringify(value)
    throw malformed(`For 'properties/${name}', ${shown} is not ${allowed.map(withArticle).join(' or ')}.`)
  }
  return sent as T
}

function malformed(problem: string): Refusal {
  return refusal(422, `Invalid request.\n\n${problem}`)
}

function withArticle(kind: Kind): string {
  if (kind === 'null') return kind
  return `${/^[ao]/.test(kind) ? 'an' : 'a'} ${kind}`
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

/** One page of a list as `per_page` (30, 100 at most) and `page` ask for it, with a Link header where there are more. */
export function paged({ api, path, query }: Call, items: readonly unknown[], most = 100): Answer {
  const size = Math.min(wholeNumber(query.get('per_page')) ?? 30, most)
  const page = wholeNumber(query.get('page')) ?? 1
  const last = Math.max(1, Math.ceil(items.length / size))
  const before = { prev: page - 1, first: 1 }
  const after = { next: page + 1, last }
  const links = Object.entries({ ...(page > 1 ? before : {}), ...(page < last ? after : {}) }).map(([rel, number]) => {
    const address = new URL(api + path)
    address.searchParams.set('page', String(number))
    return `<${address}>; rel="${rel}"`
  })
  return {
    status: 200,
    body: items.slice((page - 1) * size, page * size),
    headers: links.length === 0 ? {} : { link: links.join(', ') }
  }
}

function wholeNumber(text: string | null): number | undefined {
  return /^[1-9]\d*$/.test(text ?? '') ? Number(text) : undefined
}
