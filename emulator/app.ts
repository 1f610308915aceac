import type { IncomingMessage } from 'node:http'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Call, KeyRoute, OpenRoute, Payload, Route } from './http.ts'
import type { JournalEntry } from './journal.ts'
import { type Outcome, outcomeOf, type Perform, performer } from './outcome.ts'
import { readPayload } from './payload.ts'
import { send } from './reply.ts'
import { agentRoutes } from './routes/agents.ts'
import { controlRoutes } from './routes/control.ts'
import { deploymentRoutes } from './routes/deployments.ts'
import { integrationRoutes } from './routes/integrations.ts'
import { listenerRoutes } from './routes/listeners.ts'
import { logRoutes } from './routes/logs.ts'
import { revisionRoutes } from './routes/revisions.ts'
import { sessionRoutes } from './routes/sessions.ts'
import { storageRoutes, uploadRoutes } from './routes/uploads.ts'
import { workspaceRoutes } from './routes/workspaces.ts'
import type { State } from './state.ts'

const API_ROUTES: readonly Route[] = [
  ...deploymentRoutes,
  ...revisionRoutes,
  ...logRoutes,
  ...uploadRoutes,
  ...integrationRoutes,
  ...listenerRoutes
]
const ROOT_ROUTES: readonly (KeyRoute | OpenRoute)[] = [
  ...workspaceRoutes,
  ...sessionRoutes,
  ...agentRoutes,
  ...storageRoutes,
  ...controlRoutes
]
const PREFIX = '/api-host'

/** The HTTP server of an emulator, not yet listening. */
export function createApp(state: State): FastifyInstance {
  const app = fastify({
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    // A path that cannot even be decoded leads nowhere either.
    frameworkErrors(_error, _request, reply) {
      reply.hijack()
      reply.raw.writeHead(404, { 'content-type': 'application/json' }).end('{"detail":"Not Found"}')
    }
  })
  const entries = new WeakMap<FastifyRequest, JournalEntry>()
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (request: FastifyRequest, payload: IncomingMessage) =>
    readPayload(request.headers['content-type'], payload)
  )
  app.addHook('onRequest', async (request) => {
    if (!isControl(request)) entries.set(request, state.journal.add(asEntry(request)))
  })
  const handler = (perform: Perform) => async (request: FastifyRequest, reply: FastifyReply) => {
    await serve(state, perform, request, reply, entries.get(request))
    return reply
  }
  for (const route of API_ROUTES) {
    for (const prefix of ['', PREFIX]) {
      app.route({ method: route.method, url: prefix + route.path, handler: handler(performer(route)) })
    }
  }
  for (const route of ROOT_ROUTES) {
    app.route({ method: route.method, url: route.path, handler: handler(performer(route)) })
  }
  app.setNotFoundHandler(handler(refuseUnknown))
  app.setErrorHandler(async (error: { statusCode?: number; message: string }, request, reply) => {
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
  entry: JournalEntry | undefined
): Promise<void> {
  const payload = (request.body as Payload | undefined) ?? { kind: 'none' }
  if (entry && payload.kind === 'json') entry.body = payload.value
  const call = asCall(state, request, payload)
  state.agenda.advance(call.now)
  const rule = entry && state.faults.count(state.scenario.faults, call.method, call.path)
  const outcome: Outcome = outcomeOf(call, perform, rule)
  await send(reply, outcome, entry)
}

function asCall(state: State, request: FastifyRequest, payload: Payload): Call {
  const path = pathOf(request)
  const prefixed = path.startsWith(`${PREFIX}/`)
  return {
    method: request.method,
    path: prefixed ? path.slice(PREFIX.length) : path,
    prefixed,
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
    path: pathOf(request),
    query: Object.fromEntries(values),
    headers: headersOf(request),
    at: Date.now()
  }
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? ''
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

/** A path that is known with another method gets 405, as FastAPI has it. */
function refuseUnknown(call: Call): ReturnType<Perform> {
  const known = call.prefixed ? API_ROUTES : [...API_ROUTES, ...ROOT_ROUTES]
  const allowed = known.filter(({ path }) => !ONLY_BY_GET.test(path) && pathMatches(path, call.path))
  if (allowed.length === 0) return { status: 404, body: { detail: 'Not Found' } }
  const methods = [...new Set(allowed.map((route) => route.method))].join(', ')
  return { status: 405, body: { detail: 'Method Not Allowed' }, headers: { allow: methods } }
}

function pathMatches(pattern: string, path: string): boolean {
  return new RegExp(`^${pattern.replace(/:\w+/g, '[^/]+')}$`).test(path)
}
