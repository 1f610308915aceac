import type { IncomingHttpHeaders } from 'node:http'
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2'
import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls'
import { afterThisTest } from './after-this-test.ts'
import { selfSigned } from './self-signed.ts'

/** A request over TLS. */
export interface SeenOverTls {
  /** The negotiated protocol, such as `h2`; false when the client offered none. */
  readonly alpnProtocol: string | false | null
  readonly httpVersion: string
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** Number of the connection, starting at 1. */
  readonly connection: number
}

/** A request and its response. */
export interface TlsExchange {
  readonly seen: SeenOverTls
  readonly nth: number
  readonly response: Http2ServerResponse
  /** The TCP connection below TLS. Data written to it breaks the encryption. */
  readonly raw: Socket
}

export interface TlsServer {
  readonly url: string
  readonly port: number
  readonly requests: readonly SeenOverTls[]
  /** Its certificate and key, as PEM. */
  readonly pair: ReturnType<typeof selfSigned>
}

/**
 * Starts a TLS server on loopback that prefers HTTP/2 and accepts HTTP/1.1. This process trusts its certificate until
 * the end of the test.
 *
 * @param onConnection called with the TCP connection before its handshake
 */
export async function startTlsServer(
  act: (exchange: TlsExchange) => unknown,
  { onConnection = () => {} }: { readonly onConnection?: (socket: Socket) => unknown } = {}
): Promise<TlsServer> {
  const pair = selfSigned()
  const requests: SeenOverTls[] = []
  const raws: Socket[] = []
  const numbers = new Map<number | undefined, number>()
  const server = createSecureServer({ ...pair, allowHTTP1: true })
  server.on('connection', (socket: Socket) => {
    raws.push(socket)
    socket.on('error', () => {})
    onConnection(socket)
  })
  server.on('secureConnection', (socket: TLSSocket) => socket.on('error', () => {}))
  server.on('sessionError', () => {})
  server.on('request', async (request: Http2ServerRequest, response: Http2ServerResponse) => {
    const socket = request.stream?.session?.socket ?? request.socket
    const { remotePort } = socket
    if (!numbers.has(remotePort)) numbers.set(remotePort, numbers.size + 1)
    const raw = raws.find((one) => one.remotePort === remotePort)
    const body = await text(request)
    const seen = {
      alpnProtocol: 'alpnProtocol' in socket ? socket.alpnProtocol : null,
      httpVersion: request.httpVersion,
      method: request.method,
      path: request.url,
      headers: request.headers,
      body,
      connection: numbers.get(remotePort) ?? 0
    }
    requests.push(seen)
    if (raw) await act({ seen, nth: requests.length, response, raw })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const trusted = getCACertificates('default')
  setDefaultCACertificates([...trusted, pair.cert])
  afterThisTest(async () => {
    setDefaultCACertificates(trusted)
    for (const socket of raws) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return { url: `https://localhost:${port}`, port, requests, pair }
}

/** Sends a JSON response. */
export function sendJson({ response }: Pick<TlsExchange, 'response'>, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
