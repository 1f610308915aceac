import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { FaultAction, Faults } from './faults.ts'
import { type Answer, type Call, type Handle, isRefusal, notFound, type Route, refusal, type User } from './http.ts'
import { violationsOf } from './openapi.ts'
import { checkPermission, type Denials } from './permissions.ts'

/** A request, and the status of its response. */
export interface GithubRequest {
  readonly method: string
  /** With prefix and query. */
  readonly path: string
  /** The parsed JSON; undefined when the request has no body. */
  readonly body: unknown
  /** The header `X-GitHub-Api-Version`. */
  readonly version: string | undefined
  /** Null before the response, or when the connection was cut. */
  status: number | null
  /** Epoch milliseconds. */
  readonly at: number
}

export interface AppOptions {
  /** `OWNER/NAME`. Other repositories return 404. */
  readonly repository: string
  /** Each route is served at its path, and below the prefix of an Enterprise Server. */
  readonly routes: readonly Route[]
  readonly graphql: Handle
  /** Handles all other requests. */
  readonly otherwise: Handle
  /** Users by token. */
  readonly users: ReadonlyMap<string, User>
  readonly denied: Denials
  readonly faults: Faults
  /** Receives every request. */
  readonly requests: GithubRequest[]
  /** Receives all violations of GitHub's OpenAPI description. */
  readonly violations: string[]
}

export const ENTERPRISE_PREFIX = '/api/v3'

/** Creates the HTTP server, which does not listen yet. */
export function createApp(options: AppOptions): FastifyInstance {
  const app = fastify({ forceCloseConnections: true, exposeHeadRoutes: false })
  const serve = (handle: Handle) => async (request: FastifyRequest, reply: FastifyReply) => {
    const call = callOf(request)
    const entry: GithubRequest = {
      method: call.method,
      path: request.url,
      body: call.body,
      version: headerOf(request, 'x-github-api-version'),
      status: null,
      at: Date.now()
    }
    options.requests.push(entry)
    const action = options.faults.count(call.method, request.url)
    const outcome = await suffer(action, () => answerTo(options, call, handle))
    return send(reply, outcome, entry)
  }
  for (const { method, path, handle } of options.routes) {
    for (const prefix of ['', ENTERPRISE_PREFIX]) app.route({ method, url: prefix + path, handler: serve(handle) })
  }
  for (const path of ['/graphql', '/api/graphql']) app.post(path, serve(options.graphql))
  app.setNotFoundHandler(serve(options.otherwise))
  return app
}

function headerOf({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}

function callOf(request: FastifyRequest): Call {
  const { method, url, headers, params, body } = request
  const prefix = url.startsWith(`${ENTERPRISE_PREFIX}/`) ? ENTERPRISE_PREFIX : ''
  const api = `http://${headers.host}${prefix}`
  return {
    method,
    path: url.slice(prefix.length),
    api,
    params: (params as Record<string, string> | null) ?? {},
    query: new URL(url, api).searchParams,
    body: body ?? undefined,
    token: /^(?:token|bearer) (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''
  }
}

/** Runs a call and records violations of the OpenAPI description. */
async function answerTo(options: AppOptions, call: Call, handle: Handle): Promise<Answer> {
  const answer = await handled(options, call, handle)
  options.violations.push(...violationsOf(call, answer))
  return answer
}

async function handled(options: AppOptions, call: Call, handle: Handle): Promise<Answer> {
  try {
    return await handle(admitted(options, call))
  } catch (error) {
    if (isRefusal(error)) return error.answer
    throw error
  }
}

/** @throws a refusal */
function admitted({ users, denied, repository }: AppOptions, call: Call) {
  const user = users.get(call.token)
  if (!user) throw refusal(401, call.token === '' ? 'Requires authentication' : 'Bad credentials')
  const admittedCall = { ...call, user }
  checkPermission(admittedCall, denied)
  const { owner, repo } = call.params
  if (repo !== undefined && `${owner}/${repo}` !== repository) throw notFound()
  return admittedCall
}

/** Runs a call with a fault. */
async function suffer(
  action: FaultAction | undefined,
  perform: () => Promise<Answer>
): Promise<Answer | 'hang' | 'cut' | { readonly stalls: Answer }> {
  if (action === 'hang' || action === 'cut') return action
  if (action && typeof action === 'object' && 'status' in action) return action
  const answer = await perform()
  if (action === 'lose') return 'cut'
  if (action === 'stall') return { stalls: answer }
  if (action) await pause(action.delayMs)
  return answer
}

/** Uses the global timer, which a test can fake. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref())
}

function send(
  reply: FastifyReply,
  outcome: Answer | 'hang' | 'cut' | { readonly stalls: Answer },
  entry: GithubRequest
): FastifyReply {
  if (typeof outcome === 'string') {
    reply.hijack()
    if (outcome === 'cut') reply.raw.destroy()
    return reply
  }
  if ('stalls' in outcome) {
    reply.hijack()
    const text = JSON.stringify(outcome.stalls.body ?? {})
    reply.raw.writeHead(outcome.stalls.status, {
      'content-type': 'application/json',
      'content-length': text.length + 1
    })
    reply.raw.write(text.slice(0, text.length / 2 + 1))
    return reply
  }
  if (!reply.raw.destroyed) entry.status = outcome.status
  return reply
    .code(outcome.status)
    .headers(outcome.headers ?? {})
    .send(outcome.body)
}
