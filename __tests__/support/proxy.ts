import { createServer, request as forward, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterThisTest } from './after-this-test.ts'
import { listen, stop, withServer } from './http-server.ts'
import type { TlsServer } from './tls-server.ts'

export interface TestProxy {
  readonly url: string
  /** `host:port` of what was asked for, in order. */
  readonly targets: readonly string[]
}

interface Proxying {
  readonly server: Server
  readonly targets: readonly string[]
  /** Cuts the tunnels, which the server does not count among its connections. */
  cut(): void
}

/** A proxy that leads every host name to one port of this machine; it forwards plain requests and opens tunnels. */
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
 * A proxy that lives as long as the test.
 *
 * @param refuse the status with which the n-th request is turned away, or nothing to let it pass
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

/** Hands a proxy to one of several tests that run at the same time. */
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
 * A proxy that is spoken to over TLS and prefers HTTP/2, and that leads every tunnel to one server, whose certificate it
 * shares.
 *
 * @returns `protocols`: what it agreed on with each client, in order
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
