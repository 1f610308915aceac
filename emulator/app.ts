import type { IncomingMessage } from 'node:http'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Answer, Call, KeyRoute, OpenRoute, Payload, Route } from './http.ts'
import type { KeptRequest } from './journal.ts'
import { type Outcome, outcomeOf, type Perform, performer } from './outcome.ts'
import { readerOf } from './payload.ts'
import { send } from './reply.ts'
import { controlRoutes } from './routes/control.ts'
import { API_ROUTES, CLIENT_ROUTES, LANGSMITH_ROUTES, LOOKING_ROUTES } from './routes/table.ts'
import type { State } from './state.ts'

const ROOT_ROUTES: readonly (Route | KeyRoute | OpenRoute)[] = [...CLIENT_ROUTES, ...LOOKING_ROUTES, ...controlRoutes]
const PREFIX = '/api-host'

/** The HTTP server of an emulator, not yet listening. */
export function createApp(state: State): FastifyInstance {
  const app = fastify({
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    rewriteUrl: ({ url = '/' }) => decodable(url),
    // A segment of any length is looked at by the route, not by the router.
    routerOptions: { maxParamLength: 100_000 }
  })
  const entries = new WeakMap<FastifyRequest, KeptRequest>()
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (request: FastifyRequest, payload: IncomingMessage) =>
    readerOf(withoutPrefix(pathOf(request)))(request.headers['content-type'], payload)
  )
  app.addHook('onRequest', async (request) => {
    if (!isControl(request)) entries.set(request, state.journal.add(asEntry(request)))
  })
  const handler = (perform: Perform) => async (request: FastifyRequest, reply: FastifyReply) => {
    // What is between two slashes may not be nothing.
    const isEmpty = Object.entries(Object(request.params)).some(([name, value]) => name !== '*' && value === '')
    await serve(state, isEmpty ? refuseUnknown : perform, request, reply, entries.get(request))
    return reply
  }
  for (const route of ROOT_ROUTES) {
    app.route({ method: route.method, url: route.path, handler: handler(performer(route)) })
  }
  for (const route of API_ROUTES) {
    app.route({ method: route.method, url: PREFIX + route.path, handler: handler(performer(route)) })
  }
  app.setNotFoundHandler(handler(refuseUnknown))
  app.setErrorHandler(async (error: { statusCode?: number; message: string; code?: string }, request, reply) => {
    // Fastify has a rule for the method QUERY, which nothing here knows.
    if (error.code === 'FST_ERR_ROUTE_MISSING_CONTENT_TYPE') return handler(refuseUnknown)(request, reply)
    const answer = { status: error.statusCode ?? 500, body: { detail: error.message } }
    await send(reply, { kind: 'answer', answer, delayMs: 0 }, entries.get(request))
    return reply
  })
  return app
}

async function serve(
  state: State,
  perform: Perform,
  request: FastifyRequest,
  reply: FastifyReply,
  entry: KeptRequest | undefined
): Promise<void> {
  const payload = (request.body as Payload | undefined) ?? { kind: 'none' }
  if (entry && payload.kind !== 'none') {
    state.journal.addBody(entry, payload.size, payload.kind === 'json' ? payload.text : null)
  }
  const call = asCall(state, request, payload)
  state.agenda.advance(call.now)
  const rule = entry && state.faults.count(state.scenario.faults, call.method, call.path)
  const outcome: Outcome = outcomeOf(call, perform, rule)
  await send(reply, outcome, entry)
}

function asCall(state: State, request: FastifyRequest, payload: Payload): Call {
  const path = pathOf(request)
  return {
    method: request.method,
    path: withoutPrefix(path),
    prefixed: path.startsWith(`${PREFIX}/`),
    params: (request.params as Record<string, string> | null) ?? {},
    query: queryOf(request),
    headers: headersOf(request),
    payload,
    now: Date.now(),
    state
  }
}

function asEntry(request: FastifyRequest): Parameters<State['journal']['add']>[0] {
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
    at: Date.now()
  }
}

/** An address whose path can be decoded: as Python does it, what is no escape stands for itself. */
function decodable(url: string): string {
  const [path = '', ...query] = url.split('?')
  try {
    decodeURIComponent(path)
    return url
  } catch {
    const mended = path
      .replace(/%(?![0-9a-f]{2})/gi, '%25')
      .replace(/(%[89a-f][0-9a-f])+/gi, (bytes) =>
        encodeURIComponent(Buffer.from(bytes.replaceAll('%', ''), 'hex').toString())
      )
    return [mended, ...query].join('?')
  }
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? ''
}

function withoutPrefix(path: string): string {
  return path.startsWith(`${PREFIX}/`) ? path.slice(PREFIX.length) : path
}

function queryOf(request: FastifyRequest): URLSearchParams {
  return new URLSearchParams(request.url.slice(pathOf(request).length))
}

function headersOf(request: FastifyRequest): Record<string, string> {
  const entries = Object.entries(request.headers).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))
}

function isControl(request: FastifyRequest): boolean {
  return /^\/_emulator(\/|$)/.test(pathOf(request))
}

/** What an Agent Server does not know by another method: seen on langgraph-api 0.16.7. */
const ONLY_BY_GET = /^\/agents\/[^/]+\/(ok|info|metrics|\*)$/

/**
 * As FastAPI has it, a path that is known with another method gets 405, and one that is known without its last slash a
 * redirect.
 */
function refuseUnknown(call: Call): Answer {
  const known = call.prefixed ? API_ROUTES : ROOT_ROUTES
  const matching = known.filter(({ path }) => !ONLY_BY_GET.test(path) && pathMatches(path, call.path))
  // A route of just this path comes before one with a parameter in its place.
  const exact = matching.filter(({ path }) => path === call.path)
  const methods = [...new Set((exact.length > 0 ? exact : matching).map((route) => route.method))].join(', ')
  if (methods !== '') return { status: 405, body: { detail: 'Method Not Allowed' }, headers: { allow: methods } }
  const shorter = /^(\/.*[^/])\/+$/.exec(call.path)?.[1]
  const redirecting = call.prefixed ? API_ROUTES : [...API_ROUTES, ...LANGSMITH_ROUTES]
  if (shorter === undefined || !redirecting.some(({ path }) => pathMatches(path, shorter))) {
    return { status: 404, body: { detail: 'Not Found' } }
  }
  const query = call.query.size === 0 ? '' : `?${call.query}`
  const location = `http://${call.headers.host}${call.prefixed ? PREFIX : ''}${shorter}${query}`
  return { status: 307, headers: { location } }
}

function pathMatches(pattern: string, path: string): boolean {
  return new RegExp(`^${pattern.replace(/:\w+/g, '[^/]+')}$`).test(path)
}
