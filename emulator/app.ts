import type { Call, KeyRoute, OpenRoute, Payload, Route } from './http.ts'
import type { JournalEntry } from './journal.ts'
import { type Outcome, outcomeOf, type Perform, performer } from './outcome.ts'
import { readPayload } from './payload.ts'
import { send } from './reply.ts'
import { logRequest } from './request-log.ts'
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
import { createWebApp, routePattern, type WebApp, type WebReply, type WebRequest, type WebRoute } from './web.ts'

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
export function createApp(state: State): WebApp {
  const entries = new WeakMap<WebReply, JournalEntry>()
  const handler = (perform: Perform) => async (request: WebRequest, reply: WebReply) => {
    await serve(state, perform, request, reply, entries.get(reply))
  }
  const answer = (status: number, detail: string, reply: WebReply) =>
    send(reply, { kind: 'answer', answer: { status, body: { detail } }, delayMs: 0 }, entries.get(reply), state.clock)
  return createWebApp({
    routes: [...API_ROUTES.flatMap(underBoth), ...ROOT_ROUTES].map(
      (route): WebRoute => ({ method: route.method, url: route.path, handle: handler(performer(route)) })
    ),
    notFound: handler(refuseUnknown),
    // A path that cannot even be decoded leads nowhere either.
    malformed: (_, reply) => answer(404, 'Not Found', reply),
    failed: (error, _, reply) => answer(500, error instanceof Error ? error.message : String(error), reply),
    readBody: (raw) => readPayload(raw.headers['content-type'], raw),
    arrived(request, reply) {
      if (!isControl(request)) entries.set(reply, state.journal.add(asEntry(state, request)))
    }
  })
}

function underBoth(route: Route): Route[] {
  return ['', PREFIX].map((prefix) => ({ ...route, path: prefix + route.path }))
}

async function serve(
  state: State,
  perform: Perform,
  request: WebRequest,
  reply: WebReply,
  entry: JournalEntry | undefined
): Promise<void> {
  const payload = (request.body as Payload | undefined) ?? { kind: 'none' }
  if (entry && payload.kind === 'json') entry.body = payload.value
  const call = asCall(state, request, payload)
  state.agenda.advance(call.now)
  state.url = originOf(state, call.headers.host)
  const rule = entry && state.faults.count(state.scenario.faults, call.method, call.path)
  const outcome: Outcome = outcomeOf(call, perform, rule)
  if (entry) logRequest(state, call, outcome, entry, reply)
  await send(reply, outcome, entry, state.clock)
}

function asCall(state: State, request: WebRequest, payload: Payload): Call {
  const path = pathOf(request)
  const prefixed = path.startsWith(`${PREFIX}/`)
  return {
    method: request.method,
    path: prefixed ? path.slice(PREFIX.length) : path,
    prefixed,
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
    path: pathOf(request),
    query: Object.fromEntries(values),
    headers: headersOf(request),
    at: state.clock.now()
  }
}

/** The origin under which a client reached this server, since only that one is sure to work for it. */
function originOf({ publicUrl, ownUrl }: State, host: string | undefined): string {
  if (publicUrl !== null) return publicUrl
  return host !== undefined && /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i.test(host) ? `http://${host}` : ownUrl
}

function pathOf(request: WebRequest): string {
  return request.url.split('?', 1)[0] ?? ''
}

function queryOf(request: WebRequest): URLSearchParams {
  return new URLSearchParams(request.url.slice(pathOf(request).length))
}

function headersOf(request: WebRequest): Record<string, string> {
  const entries = Object.entries(request.headers).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))
}

function isControl(request: WebRequest): boolean {
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
  const found = routePattern(pattern).exec(path)
  return found !== null && Object.values(found.groups ?? {}).every((segment) => segment !== '')
}
