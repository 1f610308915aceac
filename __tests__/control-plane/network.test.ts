import { createServer, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import { describe, expect, test } from '@jest/globals'
import { controlPlaneAt } from '../../src/control-plane/hosts.ts'
import { type Circumstances, explain } from '../../src/report/explain.ts'
import { afterThisTest } from '../support/after-this-test.ts'
import { failureOf } from '../support/failure.ts'
import { freePort } from '../support/http-server.ts'
import { openLine } from '../support/line.ts'
import { startProxy } from '../support/proxy.ts'
import { selfSigned } from '../support/self-signed.ts'

/*
 * Real sockets cause the errors. The tests check the messages, which must not contain text of OpenSSL or undici.
 */

const HOST = 'https://langsmith.test/api-host'

async function listening(server: ReturnType<typeof createTcpServer> | Server): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterThisTest(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return (server.address() as AddressInfo).port
}

const speakingTls = (options: TlsOptions = {}) => {
  const server = createTlsServer({ ...selfSigned(), ...options }, (socket) => socket.on('error', () => {}))
  server.on('tlsClientError', () => {})
  return listening(server)
}
const speakingHttp = () => listening(createServer((_, response) => response.end('{}')))
const speakingSsh = () => listening(createTcpServer((socket) => socket.write('SSH-2.0-OpenSSH_9.6\r\n')))
const cutting = () => listening(createTcpServer((socket) => socket.destroy()))

/** Returns the message for a failed read, without real pauses. */
async function told(url: string, proxy?: string): Promise<{ readonly text: string; readonly retries: number }> {
  const proxies = proxy === undefined ? {} : { http: proxy, https: proxy }
  const { transport, retries } = openLine(url, { connection: { proxy: proxies } })
  const circumstances: Circumstances = {
    controlPlane: controlPlaneAt(new URL(url)),
    workspaceGiven: false,
    redact: (text) => text
  }
  const { text } = explain(await failureOf(transport.read('/v2/deployments', (body) => body)), circumstances)
  expect(`${text}${retries.join()}`).not.toMatch(/hunter2|SSL routines|deps\/openssl|HTTP Tunneling|undefined/)
  return { text, retries: retries.length }
}

describe('a server', () => {
  test.each<[string, (port: number) => string, () => Promise<number>, RegExp]>([
    [
      'with http at an https address',
      (port) => `https://localhost:${port}`,
      speakingHttp,
      /does not support TLS.+port does not use TLS/s
    ],
    [
      'with https at an http address',
      (port) => `http://localhost:${port}`,
      speakingTls,
      /cut.+`control-plane-url: https:/s
    ],
    ['with ssh', (port) => `http://localhost:${port}`, speakingSsh, /does not support HTTP/],
    ['that cuts the connection', (port) => `https://localhost:${port}`, cutting, /the connection was cut/],
    [
      'with an old TLS version',
      (port) => `https://localhost:${port}`,
      () => speakingTls({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
      /no TLS version in common.+TLS 1\.2/s
    ],
    [
      'that is not running',
      (port) => `https://localhost:${port}`,
      freePort,
      /refused \(connect ECONNREFUSED.+No server listens/s
    ]
  ])('%s is described in plain words after six attempts', async (_, addressOf, start, words) => {
    const { text, retries } = await told(addressOf(await start()))
    expect(text).toMatch(words)
    expect(retries).toBe(5)
  })

  test('with an unknown host name is described as such', async () => {
    expect((await told('https://langsmith.invalid/api-host')).text).toMatch(/name was not found.+internal host name/s)
  })
})

describe('a proxy', () => {
  test.each<[number, number, RegExp]>([
    [407, 0, /returned 407\.\nThe proxy requires a user name.+percent-encoded/],
    [403, 0, /returned 403\.\nThe proxy blocks access to langsmith\.test/],
    [502, 5, /returned 502\.\nThe proxy is running but could not reach langsmith\.test/],
    [503, 5, /returned 503\.\nThe proxy is running/],
    [404, 5, /returned 404\.\nCheck that HTTPS_PROXY/]
  ])('that returns %d is described with advice, after %d further attempts', async (status, further, words) => {
    const proxy = await startProxy(await freePort(), () => status)
    const { host } = new URL(proxy.url)
    const { text, retries } = await told(HOST, `http://me:hunter2@${host}`)
    expect(text).toMatch(words)
    expect(text).toContain(`the proxy ${host} returned ${status}`)
    expect(retries).toBe(further)
  })

  test('that requires a password over plain http is described with the same advice', async () => {
    const proxy = await startProxy(await freePort(), () => 407)
    const { text, retries } = await told('http://langsmith.test/api-host', proxy.url)
    expect(text).toMatch(/returned 407\.\nThe proxy requires.+Set HTTP_PROXY/)
    expect(retries).toBe(0)
  })

  test.each<[string, 'http' | 'https', () => Promise<number>, RegExp]>([
    ['with http at an https address', 'https', speakingHttp, /use `http:\/\/` instead of `https:\/\/` in HTTPS_PROXY/],
    [
      'with https at an http address',
      'http',
      speakingTls,
      /closed the connection before it opened a tunnel. The proxy may require `https:\/\/`/
    ],
    ['that is not trusted', 'https', speakingTls, /The certificate of the proxy localhost:\d+ was rejected/],
    ['that is another service', 'http', speakingSsh, /does not support HTTP \(HPE_INVALID\).+must be an HTTP proxy/s],
    ['that cuts the connection', 'http', cutting, /the proxy localhost:\d+: the connection was cut/],
    ['that is not running', 'http', freePort, /refused.+Check the host and the port in HTTPS_PROXY/s]
  ])('%s is described as the cause', async (_, scheme, start, words) => {
    const port = await start()
    const { text } = await told(HOST, `${scheme}://me:hunter2@localhost:${port}`)
    expect(text).toMatch(words)
    expect(text).toMatch(/the proxy localhost:\d+/)
  })

  test('in front of a failing server is not described as the cause', async () => {
    const proxy = await startProxy(await speakingHttp())
    const { text } = await told(HOST, proxy.url)
    expect(text).toMatch(/^https:\/\/langsmith\.test\/api-host could not be reached: the server does not support TLS/)
    expect(text).toContain(`The request went through the proxy ${new URL(proxy.url).host}`)
  })
})
