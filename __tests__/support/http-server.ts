import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { afterThisTest } from './after-this-test.ts'

export interface Seen {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: unknown
}

/** Reaction of the server to a request. `half` sends the headers and half of the body. */
export type Reply =
  | {
      readonly status?: number
      readonly headers?: Readonly<Record<string, string>>
      readonly json?: unknown
      readonly text?: string
      readonly delayMs?: number
    }
  | 'cut'
  | 'half'
  | 'hang'

export interface TestServer {
  readonly url: string
  readonly port: number
  readonly requests: readonly Seen[]
}

/** Sends the n-th reply to the n-th request, and the last reply to all further requests. */
export function inTurn(...replies: readonly Reply[]): (seen: Seen, nth: number) => Reply {
  return (_, nth) => replies[nth - 1] ?? replies.at(-1) ?? 'hang'
}

/** Starts a server on loopback that stops after the test. */
export async function startServer(
  reply: (seen: Seen, nth: number) => Reply,
  { port = 0, tls }: { readonly port?: number; readonly tls?: { readonly key: string; readonly cert: string } } = {}
): Promise<TestServer> {
  const requests: Seen[] = []
  const listener: RequestListener = async (request, response) => {
    const seen = await see(request)
    requests.push(seen)
    await send(response, reply(seen, requests.length))
  }
  const server = tls ? createTlsServer(tls, listener) : createServer(listener)
  const { port: actual } = await listen(server, port)
  afterThisTest(() => stop(server))
  return { url: `${tls ? 'https://localhost' : 'http://127.0.0.1'}:${actual}`, port: actual, requests }
}

/** Returns a port without a server. */
export async function freePort(): Promise<number> {
  const server = createServer()
  const { port } = await listen(server, 0)
  await stop(server)
  return port
}

export async function listen(server: Server, port: number): Promise<AddressInfo> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return server.address() as AddressInfo
}

export async function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

/** Runs a server on loopback during `act`, for tests that run concurrently. */
export async function withServer<T>(server: Server, act: (url: string) => Promise<T>): Promise<T> {
  const { port } = await listen(server, 0)
  try {
    return await act(`http://127.0.0.1:${port}`)
  } finally {
    await stop(server)
  }
}

async function see(request: IncomingMessage): Promise<Seen> {
  const body = await text(request)
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    body: body === '' ? undefined : JSON.parse(body)
  }
}

async function send(response: ServerResponse, reply: Reply): Promise<void> {
  if (reply === 'hang') return
  if (reply === 'cut') {
    response.destroy()
    return
  }
  if (reply === 'half') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 })
    response.write('{"ok": tr', () => response.destroy())
    return
  }
  const { status = 200, headers = {}, json, text: words, delayMs = 0 } = reply
  if (delayMs > 0) await delay(delayMs)
  response.writeHead(status, json === undefined ? headers : { 'content-type': 'application/json', ...headers })
  response.end(json === undefined ? words : JSON.stringify(json))
}
