import type { Answer, Call, KeyRoute, OpenRoute, Payload, Route } from './http.ts'
import type { KeptRequest } from './journal.ts'
import { type Outcome, outcomeOf, type Perform, performer } from './outcome.ts'
import { readerOf } from './payload.ts'
import { send } from './reply.ts'
import { logRequest } from './request-log.ts'
import { controlRoutes } from './routes/control.ts'
import { pageRoutes } from './routes/page.ts'
import { API_ROUTES, CLIENT_ROUTES, LANGSMITH_ROUTES, LOOKING_ROUTES } from './routes/table.ts'
import type { State } from './state.ts'
import { createWebApp, routePattern, type WebApp, type WebReply, type WebRequest, type WebRoute } from './web.ts'

const ROOT_ROUTES: readonly (Route | KeyRoute | OpenRoute)[] = [
  ...CLIENT_ROUTES,
  ...LOOKING_ROUTES,
  ...controlRoutes,
  ...pageRoutes
]
const PREFIX = '/api-host'

/** Creates the HTTP server of an emulator, not yet listening. */
export function createApp(state: State): WebApp {
  const entries = new WeakMap<WebReply, KeptRequest>()
  const handler = (perform: Perform) => async (request: WebRequest, reply: WebReply) => {
    // A path segment must not be empty.
    const isEmpty = Object.entries(request.params).some(([name, value]) => name !== 'rest' && value === '')
    await serve(state, isEmpty ? refuseUnknown : perform, request, reply, entries.get(reply))
  }
  const prefixed = API_ROUTES.map((route) => ({ ...route, path: PREFIX + route.path }))
  return createWebApp({
    routes: [...ROOT_ROUTES, ...prefixed].map(
      (route): WebRoute => ({ method: route.method, url: route.path, handle: handler(performer(route)) })
    ),
    rewriteUrl: decodable,
    notFound: handler(refuseUnknown),
    failed(error, _, reply) {
      const answer = { status: 500, body: { detail: error instanceof Error ? error.message : String(error) } }
      return send(reply, { kind: 'answer', answer, delayMs: 0 }, entries.get(reply), state.clock)
    },
    readBody: (request) => readerOf(withoutPrefix(pathOf(request)))(request.headers['content-type'], request.raw),
    arrived(request, reply) {
      if (!isOwn(request)) entries.set(reply, state.journal.add(asEntry(state, request)))
    }
  })
}

async function serve(
  state: State,
  perform: Perform,
  request: WebRequest,
  reply: WebReply,
  entry: KeptRequest | undefined
): Promise<void> {
  const payload = (request.body as Payload | undefined) ?? { kind: 'none' }
  if (entry && payload.kind !== 'none') {
    state.journal.addBody(entry, payload.size, payload.kind === 'json' ? payload.text : null)
  }
  const call = asCall(state, request, payload)
  state.agenda.advance(call.now)
  state.url = originOf(state, call.headers)
  const rule = entry && state.faults.count(state.scenario.faults, call.method, call.path)
  const outcome: Outcome = outcomeOf(call, perform, rule)
  if (entry) logRequest(state, call, outcome, entry, reply)
  await send(reply, outcome, entry, state.clock)
}

function asCall(state: State, request: WebRequest, payload: Payload): Call {
  const path = pathOf(request)
  return {
    method: request.method,
    path: withoutPrefix(path),
    prefixed: path.startsWith(`${PREFIX}/`),
    params: request.params,
    query: queryOf(request),
    headers: headersOf(request),
    payload,
    now: state.clock.now(),
    state
  }
}

function asEntry(state: State, request: WebRequest): Parameters<State['journal']['add']>[0] {
  const query = queryOf(request)
  const values = [...new Set(query.keys())].map((key) => {
    const all = query.getAll(key)
    return [key, all.length > 1 ? all : (all[0] ?? '')] as const
  })
  return {
    method: request.method,
    path: request.originalUrl.split('?', 1)[0] ?? '',
    query: Object.fromEntries(values),
    headers: headersOf(request),
    at: state.clock.now()
  }
}

/** Makes the path decodable: as in Python, an invalid escape is literal text. */
function decodable(url: string): string {
  const [path = '', ...query] = url.split('?')
  try {
    decodeURIComponent(path)
    return url
  } catch {
    const repaired = path
      .replace(/%(?![0-9a-f]{2})/gi, '%25')
      .replace(/(%[89a-f][0-9a-f])+/gi, (bytes) =>
        encodeURIComponent(Buffer.from(bytes.replaceAll('%', ''), 'hex').toString())
      )
    return [repaired, ...query].join('?')
  }
}

/**
 * The origin under which a client reached this server, also through a proxy that terminates TLS; the client can use no
 * other.
 */
function originOf({ publicUrl, ownUrl }: State, { host = '', 'x-forwarded-proto': scheme }: Call['headers']): string {
  if (publicUrl !== null) return publicUrl
  if (!/^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i.test(host)) return ownUrl
  return `${scheme?.trim().toLowerCase() === 'https' ? 'https' : 'http'}://${host}`
}

function pathOf(request: WebRequest): string {
  return request.url.split('?', 1)[0] ?? ''
}

function withoutPrefix(path: string): string {
  return path.startsWith(`${PREFIX}/`) ? path.slice(PREFIX.length) : path
}

function queryOf(request: WebRequest): URLSearchParams {
  return new URLSearchParams(request.url.slice(pathOf(request).length))
}

function headersOf(request: WebRequest): Record<string, string> {
  const entries = Object.entries(request.headers).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))
}

/** Routes of the emulator itself, for tests and people. */
const OWN_PATHS = /^\/(_emulator(\/.*)?|docs|openapi\.json|o\/.*)?$/

function isOwn(request: WebRequest): boolean {
  return OWN_PATHS.test(pathOf(request))
}

/** The Agent Server's response to an unknown method, observed on langgraph-api 0.16.7. */
const ONLY_BY_GET = /^\/agents\/[^/]+\/(ok|info|metrics|\*)$/

/**
 * As in FastAPI, a path that exists with another method gets 405, and a path that exists with a trailing slash gets a
 * redirect.
 */
function refuseUnknown(call: Call): Answer {
  const known = call.prefixed ? API_ROUTES : ROOT_ROUTES
  const matching = known.filter(({ path }) => !ONLY_BY_GET.test(path) && pathMatches(path, call.path))
  // A route with a literal path takes precedence over one with a parameter.
  const exact = matching.filter(({ path }) => path === call.path)
  const methods = [...new Set((exact.length > 0 ? exact : matching).map((route) => route.method))].join(', ')
  if (methods !== '') return { status: 405, body: { detail: 'Method Not Allowed' }, headers: { allow: methods } }
  const shorter = /^(\/.*[^/])\/+$/.exec(call.path)?.[1]
  const redirecting = call.prefixed ? API_ROUTES : [...API_ROUTES, ...LANGSMITH_ROUTES]
  if (shorter === undefined || !redirecting.some(({ path }) => pathMatches(path, shorter))) {
    return { status: 404, body: { detail: 'Not Found' } }
  }
  const query = call.query.size === 0 ? '' : `?${call.query}`
  const location = `${call.state.url}${call.prefixed ? PREFIX : ''}${shorter}${query}`
  return { status: 307, headers: { location } }
}

function pathMatches(pattern: string, path: string): boolean {
  const found = routePattern(pattern).exec(path)
  return found !== null && Object.values(found.groups ?? {}).every((segment) => segment !== '')
}
