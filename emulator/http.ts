import type { State, World } from './state.ts'
import type { Archive } from './tar.ts'
import { cut, type Field, type Location, type Problem, shortened } from './validation.ts'

/**
 * The response of a route: a JSON `body`, `text` with its own content type, JSON in `parts`, a `stream`, or no body.
 */
export interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly text?: string
  /** A JSON text in pieces, for a text that may be too long for one string. */
  readonly parts?: Iterable<string>
  readonly headers?: Readonly<Record<string, string>>
  /** Time before which the response is held back, in epoch milliseconds. */
  readonly notBefore?: number
  readonly stream?: AnswerStream
}

/** A body that is sent over time, after the headers. */
export interface AnswerStream {
  /** Returns the text to send at `now` (epoch milliseconds) that was not sent before, and whether it is the last. */
  readonly next: (now: number) => { readonly text: string; readonly last: boolean }
  /** Called once if the client disconnects before the end. */
  readonly left: (now: number) => void
}

/** The body of a request: its JSON value, or why there is none. Sizes are in bytes. */
export type Payload =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: unknown; readonly text: string; readonly size: number }
  | { readonly kind: 'broken'; readonly position: number; readonly reason: string; readonly size: number }
  /** Not UTF-8, or nested too deeply. */
  | { readonly kind: 'unreadable'; readonly size: number }
  /** Over the limit, and not stored. */
  | { readonly kind: 'large'; readonly size: number }
  | { readonly kind: 'archive'; readonly archive: Archive; readonly size: number }
  | { readonly kind: 'other'; readonly data: Buffer; readonly size: number }

/** One call, independent of the HTTP library, so that a fault can perform it later and without a response. */
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
  /** Time at which the call takes effect, in epoch milliseconds. */
  readonly now: number
  readonly state: State
}

/** A call with a valid key and workspace. */
export interface WorkspaceCall extends Call {
  readonly world: World
}

/** Properties of a route, independent of its caller. */
export interface RouteFacts {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** With `:name` for a parameter. */
  readonly path: string
  /** Schemas of the query and the body, for the OpenAPI document. */
  readonly query?: Field<unknown>
  readonly body?: Field<unknown>
  /** Status of a successful response; default 200. */
  readonly status?: number
}

export interface Route extends RouteFacts {
  readonly handle: (call: WorkspaceCall) => Answer
}

/** A route that needs a key but no workspace, which an organization's key can call without a workspace ID. */
export interface KeyRoute extends RouteFacts {
  readonly keyed: (call: Call) => Answer
}

/** A route that needs no key: agent addresses, signed uploads, the control routes. */
export interface OpenRoute extends RouteFacts {
  readonly open: (call: Call) => Answer
}

interface Refusal extends Error {
  readonly answer: Answer
}

/** Creates an error whose response is `{"detail": …}` with that status; quoted request data is limited in length. */
export function refusal(status: number, detail: string | readonly Problem[]): Refusal {
  if (typeof detail === 'string') return refusalWith(detail, { status, body: { detail: cut(detail) } })
  return refusalWith(`${detail.length} problems`, { status, body: { detail: shortened(detail) } })
}

/** Creates an error with the given response. */
export function refusalWith(message: string, answer: Answer): Refusal {
  return Object.assign(new Error(message), { answer })
}

export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && 'answer' in error
}

// FastAPI validates path, query and body before it looks up anything; routes keep that order.

/** Parses a value by its schema. @throws a refusal with status 422 that lists all errors */
export function read<T>(schema: Field<T>, value: unknown, loc: Location): T {
  const problems: Problem[] = []
  const result = schema.parse(value, loc, problems)
  if (problems.length > 0) throw refusal(422, problems)
  return result
}

/**
 * Returns the JSON body of a call.
 *
 * As in FastAPI, a body with another content type is not an object and is refused.
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

/** Returns the query of a call; for a repeated name, the last value counts. @throws a refusal with status 422 */
export function readQuery<T>(schema: Field<T>, { query }: Call): T {
  return read(schema, Object.fromEntries(query), ['query'])
}
