import type { State, World } from './state.ts'
import type { Archive } from './tar.ts'
import { cut, type Field, type Location, type Problem, shortened } from './validation.ts'

/**
 * What a route answers: a JSON `body`, or `text` with its own content type, or JSON in `parts`, or a `stream`, or nothing
 * at all.
 */
export interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly text?: string
  /** A JSON text piece by piece, for what may be too long for one. */
  readonly parts?: Iterable<string>
  readonly headers?: Readonly<Record<string, string>>
  /** Epoch milliseconds before which the answer is held back. */
  readonly notBefore?: number
  readonly stream?: AnswerStream
}

/** A body that comes over time, while the headers go out at once. */
export interface AnswerStream {
  /** What is to be written at `now` (epoch milliseconds) and was not written before, and whether that is the end. */
  readonly next: (now: number) => { readonly text: string; readonly last: boolean }
  /** Told once that the client is gone before the end. */
  readonly left: (now: number) => void
}

/** What came in with a request: its JSON value, or why there is none. Sizes are in bytes. */
export type Payload =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: unknown; readonly text: string; readonly size: number }
  | { readonly kind: 'broken'; readonly position: number; readonly reason: string; readonly size: number }
  /** No UTF-8, or nested too deep for a parser. */
  | { readonly kind: 'unreadable'; readonly size: number }
  /** Over the limit, and not kept. */
  | { readonly kind: 'large'; readonly size: number }
  | { readonly kind: 'archive'; readonly archive: Archive; readonly size: number }
  | { readonly kind: 'other'; readonly data: Buffer; readonly size: number }

/** One call, free of the HTTP library, so that a fault can carry it out later and without an answer. */
export interface Call {
  readonly method: string
  /** Without `/api-host` and without the query. */
  readonly path: string
  readonly prefixed: boolean
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly payload: Payload
  /** Epoch milliseconds at which the call takes effect. */
  readonly now: number
  readonly state: State
}

/** A call whose key and workspace are accepted. */
export interface WorkspaceCall extends Call {
  readonly world: World
}

/** What is known of a route before it is called, whoever may call it. */
export interface RouteFacts {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** With `:name` for a parameter. */
  readonly path: string
  /** What its handler reads of the query and of the body, for the description of the API. */
  readonly query?: Field<unknown>
  readonly body?: Field<unknown>
  /** Of the answer to a call that was carried out; default 200. */
  readonly status?: number
}

export interface Route extends RouteFacts {
  readonly handle: (call: WorkspaceCall) => Answer
}

/** A route that needs a key, and no workspace: what an organization's key may ask without naming one. */
export interface KeyRoute extends RouteFacts {
  readonly keyed: (call: Call) => Answer
}

/** A route that needs no key: the agents' own addresses, signed uploads, the control routes. */
export interface OpenRoute extends RouteFacts {
  readonly open: (call: Call) => Answer
}

interface Refusal extends Error {
  readonly answer: Answer
}

/** An error to throw: the answer is `{"detail": …}` with that status; what it repeats of the request is bounded. */
export function refusal(status: number, detail: string | readonly Problem[]): Refusal {
  if (typeof detail === 'string') return refusalWith(detail, { status, body: { detail: cut(detail) } })
  return refusalWith(`${detail.length} problems`, { status, body: { detail: shortened(detail) } })
}

/** An error to throw: the answer is the given one. */
export function refusalWith(message: string, answer: Answer): Refusal {
  return Object.assign(new Error(message), { answer })
}

export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && 'answer' in error
}

// FastAPI checks path, query and body before anything is looked up; routes keep that order.

/** Reads a value by its schema. @throws a refusal with status 422 that lists everything that is wrong */
export function read<T>(schema: Field<T>, value: unknown, loc: Location): T {
  const problems: Problem[] = []
  const result = schema.parse(value, loc, problems)
  if (problems.length > 0) throw refusal(422, problems)
  return result
}

/**
 * The JSON body of a call.
 *
 * As FastAPI has it, a body of another content type is no object and is refused as such.
 * @throws a refusal with status 422
 */
export function readBody<T>(schema: Field<T>, { payload }: Call): T {
  switch (payload.kind) {
    case 'json':
      return read(schema, payload.value, ['body'])
    case 'other':
      return read(schema, payload.data.toString(), ['body'])
    case 'archive':
    case 'unreadable':
      throw refusal(400, 'There was an error parsing the body')
    case 'large':
      throw refusal(413, 'Request Entity Too Large')
    case 'none':
      throw refusal(422, [{ type: 'missing', loc: ['body'], msg: 'Field required', input: null }])
    case 'broken':
      throw refusal(422, [
        {
          type: 'json_invalid',
          loc: ['body', payload.position],
          msg: 'JSON decode error',
          input: {},
          ctx: { error: payload.reason }
        }
      ])
  }
}

/** The query of a call; a name given twice counts with its last value. @throws a refusal with status 422 */
export function readQuery<T>(schema: Field<T>, { query }: Call): T {
  return read(schema, Object.fromEntries(query), ['query'])
}
