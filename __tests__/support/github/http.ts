import { isRecord } from '../../../emulator/validation.ts'

/** Response of a route or a fault. A text is sent unchanged, any other body as JSON. */
export interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** One call, independent of the HTTP library. */
export interface Call {
  readonly method: string
  /** With the query, without the prefix of an Enterprise Server. */
  readonly path: string
  /** The API address that the caller uses, without a trailing slash. */
  readonly api: string
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** The parsed JSON; undefined when the request has no body. */
  readonly body: unknown
  /** Empty when the request has no token. */
  readonly token: string
}

/** The owner of a token. */
export interface User {
  readonly login: string
  /** GitHub's name for the kind of token. */
  readonly kind: 'integration' | 'personal access token'
}

/** A call with a valid token. */
export interface UserCall extends Call {
  readonly user: User
}

export type Handle = (call: UserCall) => Answer | Promise<Answer>

export interface Route {
  readonly method: 'GET' | 'POST'
  /** In the syntax of Fastify. */
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

/** The documentation link in error responses. */
export const DOCUMENTATION_URL = 'https://docs.github.com/rest'

/** Returns an error that becomes a response in the format of GitHub's errors. */
export function refusal(status: number, message: string, { errors, headers = {} }: RefusalOptions = {}): Refusal {
  const body = { message, ...(errors ? { errors } : {}), documentation_url: DOCUMENTATION_URL }
  return Object.assign(new Error(message), { answer: { status, body: { ...body, status: String(status) }, headers } })
}

/** Returns a 422 error for a well-formed value that GitHub does not accept. */
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
 * Validates the body of a call, with GitHub's messages. Ignores unknown fields.
 *
 * @param kinds the allowed types of each field
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

/**
 * Returns the page of a list for `per_page` (default 30, at most 100) and `page`, with a Link header for other pages.
 */
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
