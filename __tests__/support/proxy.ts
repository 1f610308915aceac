import { createServer, request as forward, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterThisTest } from './after-this-test.ts'
import { listen, stop, withServer } from './http-server.ts'
import type { TlsServer } from './tls-server.ts'

export interface TestProxy {
  readonly url: string
  /** `host:port` of each request, in order. */
  readonly targets: readonly string[]
}

interface Proxying {
  readonly server: Server
  readonly targets: readonly string[]
  /** Cuts the tunnels, because the server does not close them itself. */
  cut(): void
}

/** Creates a proxy that maps every host name to one local port. It forwards plain requests and opens tunnels. */
function createProxy(port: number, refuse: (nth: number) => number | undefined): Proxying {
  const targets: string[] = []
  const ends: Socket[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '')
    targets.push(`${url.hostname}:${url.port || 80}`)
    const status = refuse(targets.length)
    if (status) {
      response.writeHead(status).end()
      return
    }
    const path = url.pathname + url.search
    const outgoing = forward({ host: '127.0.0.1', port, method: request.method, path, headers: request.headers })
    outgoing.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    outgoing.on('error', () => response.destroy())
    request.pipe(outgoing)
  })
  server.on('connect', (request, socket: Socket, head) => {
    targets.push(request.url ?? '')
    ends.push(socket)
    const status = refuse(targets.length)
    if (status) {
      socket.end(`HTTP/1.1 ${status} No\r\n\r\n`)
      return
    }
    const tunnel = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      tunnel.write(head)
      tunnel.pipe(socket).pipe(tunnel)
    })
    ends.push(tunnel)
    for (const [end, other] of [[tunnel, socket] as const, [socket, tunnel] as const]) {
      end.on('error', () => other.destroy())
    }
  })
  return {
    server,
    targets,
    cut: () => {
      for (const end of ends) end.destroy()
    }
  }
}

/**
 * Starts a proxy that stops after the test.
 *
 * @param refuse returns the status to reject the n-th request with, or `undefined` to accept it
 */
export async function startProxy(
  port: number,
  refuse: (nth: number) => number | undefined = () => undefined
): Promise<TestProxy> {
  const { server, targets, cut } = createProxy(port, refuse)
  const address = await listen(server, 0)
  afterThisTest(() => stop(server))
  afterThisTest(cut)
  return { url: `http://127.0.0.1:${address.port}`, targets }
}

/** Runs a proxy during `act`, for tests that run concurrently. */
export async function withProxy<T>(port: number, act: (proxy: TestProxy) => Promise<T>): Promise<T> {
  const { server, targets, cut } = createProxy(port, () => undefined)
  return withServer(server, async (url) => {
    try {
      return await act({ url, targets })
    } finally {
      cut()
    }
  })
}

/**
 * Starts a proxy with TLS that prefers HTTP/2. It connects every tunnel to one server and uses the certificate of that
 * server.
 *
 * @returns `protocols`: the protocol that each client agreed on, in order
 */
export async function startTlsProxy({
  port,
  pair
}: TlsServer): Promise<{ readonly url: string; readonly protocols: readonly unknown[] }> {
  const protocols: unknown[] = []
  const server = createTlsServer({ ...pair, ALPNProtocols: ['h2', 'http/1.1'] }, (socket) => {
    protocols.push(socket.alpnProtocol)
    afterThisTest(() => socket.destroy())
    socket.once('data', () => {
      const tunnel = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
        tunnel.pipe(socket).pipe(tunnel)
      })
      afterThisTest(() => tunnel.destroy())
      tunnel.on('error', () => socket.destroy())
    })
    socket.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterThisTest(() => server.close())
  return { url: `https://localhost:${(server.address() as AddressInfo).port}`, protocols }
}
