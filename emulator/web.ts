import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/*
 * The HTTP server of the emulator: routes with parameters over `node:http`. It uses no web framework, because the
 * emulator is delivered as one small file.
 */

/** A request and its route parameters. */
export interface WebRequest {
  readonly method: string
  /** Path and query, as returned by `rewriteUrl`. */
  readonly url: string
  /** The URL as sent. */
  readonly originalUrl: string
  readonly headers: IncomingMessage['headers']
  /** Decoded parameters, by the names in the route. */
  readonly params: Readonly<Record<string, string>>
  /** Result of `readBody`; undefined if the method has no body. */
  readonly body: unknown
  readonly raw: IncomingMessage
}

/** The response. A handler that writes to `raw` must not call `send`. */
export interface WebReply {
  readonly raw: ServerResponse
  send(status: number, headers: Readonly<Record<string, string>>, body?: Buffer): void
}

export interface WebRoute {
  readonly method: string
  /** `:name` is a segment, which may be empty; `*` at the end is any rest. */
  readonly url: string
  readonly handle: (request: WebRequest, reply: WebReply) => Promise<void>
}

export interface WebOptions {
  readonly routes: readonly WebRoute[]
  /** Handles requests without a route. */
  readonly notFound: WebRoute['handle']
  /** Rewrites path and query so that the path can be decoded. */
  readonly rewriteUrl: (url: string) => string
  readonly failed: (error: unknown, request: WebRequest, reply: WebReply) => Promise<void>
  readonly readBody: (request: WebRequest) => Promise<unknown>
  /** Called for each request before its body is read. */
  readonly arrived: (request: WebRequest, reply: WebReply) => void
}

export interface WebApp {
  /** Handles one request; also works without a socket. */
  readonly dispatch: (raw: IncomingMessage, response: ServerResponse) => void
  /** @returns the port @throws Node's error with code EADDRINUSE when the port is taken */
  listen(address: { readonly host: string; readonly port: number }): Promise<number>
  /** Cuts every connection, including pending responses. */
  close(): Promise<void>
}

/** Time in which an idle connection stays open for the next request. */
const KEEP_ALIVE_MS = 72_000

/** Creates an HTTP server, not yet listening. */
export function createWebApp(options: WebOptions): WebApp {
  const find = router(options.routes)
  const dispatch: WebApp['dispatch'] = (raw, response) => {
    void serve(options, find, raw, response)
  }
  // No timeout cuts a slow upload or a held response.
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: KEEP_ALIVE_MS }, dispatch)
  return {
    dispatch,
    listen: ({ host, port }) =>
      new Promise((done, fail) => {
        server.once('error', fail)
        server.listen(port, host, () => {
          server.off('error', fail)
          done((server.address() as AddressInfo).port)
        })
      }),
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      })
  }
}

async function serve(
  options: WebOptions,
  find: ReturnType<typeof router>,
  raw: IncomingMessage,
  response: ServerResponse
): Promise<void> {
  const { method = 'GET', url: originalUrl = '/', headers } = raw
  const reply = replyTo(response)
  const url = options.rewriteUrl(originalUrl)
  const found = find(method, url.split('?', 1)[0] ?? '')
  const handle = found?.handle ?? options.notFound
  const request: WebRequest = { method, url, originalUrl, headers, raw, params: found?.values ?? {}, body: undefined }
  try {
    options.arrived(request, reply)
    const mayHaveBody = method !== 'GET' && method !== 'HEAD'
    if (!mayHaveBody) raw.resume()
    const body = mayHaveBody ? await options.readBody(request) : undefined
    await handle({ ...request, body }, reply)
  } catch (error) {
    if (response.headersSent || response.destroyed) response.destroy()
    else await options.failed(error, request, reply)
  }
}

function replyTo(raw: ServerResponse): WebReply {
  return {
    raw,
    send(status, headers, body) {
      if (raw.destroyed) return
      const mayHaveBody = status !== 204 && status !== 304
      raw.writeHead(status, mayHaveBody ? { ...headers, 'content-length': body?.length ?? 0 } : { ...headers })
      raw.end(mayHaveBody ? body : undefined)
    }
  }
}

/** Converts a route's path to a regular expression with named groups; `*` is the group `rest`. */
export function routePattern(url: string): RegExp {
  const source = url
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/:(\w+)/g, '(?<$1>[^/]*)')
    .replace(/\*$/, '(?<rest>.*)')
  return new RegExp(`^${source}$`)
}

/** Literal segments take precedence over parameters, and parameters over any rest. */
function rank(url: string): string {
  return url
    .split('/')
    .map((segment) => (segment === '*' ? '2' : segment.startsWith(':') ? '1' : '0'))
    .join('')
}

function router(routes: readonly WebRoute[]) {
  const known = routes
    .map((route) => ({ ...route, pattern: routePattern(route.url), rank: rank(route.url) }))
    .sort((one, other) => (one.rank < other.rank ? -1 : one.rank > other.rank ? 1 : 0))
  return (method: string, path: string) => {
    for (const { pattern, handle, method: own } of known) {
      const found = own === method ? pattern.exec(path) : null
      if (!found) continue
      const values = Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value ?? '')])
      return { handle, values: Object.fromEntries(values) as Record<string, string> }
    }
    return undefined
  }
}
