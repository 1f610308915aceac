import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import type { Connection } from '../../src/control-plane/network.ts'
import { createGithubSession } from '../../src/github/session.ts'
import { createAgentServer } from '../../src/rollout/agent-server/probe.ts'
import { skippingClock } from '../support/clock.ts'
import { failureOf } from '../support/failure.ts'
import { type LineOptions, openLine, sendWrite } from '../support/line.ts'
import { startProxy, startTlsProxy } from '../support/proxy.ts'
import { hurryTimeouts } from '../support/real-time.ts'
import { sendJson, startTlsServer, type TlsExchange } from '../support/tls-server.ts'

/*
 * Real TLS servers that offer HTTP/2, as the hosts of LangSmith Cloud and most load balancers do.
 */

const GOOD = { ok: true }
const answer = (exchange: TlsExchange) => sendJson(exchange, GOOD)
const asIs = (body: unknown) => body
/** Waits until a connection is free again, shortly after its response. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 20))

/**
 * Opens a transport to the server. Proxies are not used for loopback, so behind the proxy the server has a name that
 * only the proxy knows.
 */
async function line(server: { url: string; port: number }, way: string, options: LineOptions = {}) {
  if (way === 'directly') return openLine(server.url, options)
  const proxy = await startProxy(server.port)
  // The certificate is for `localhost`, and also valid for this form of the name.
  return openLine(`https://localhost.:${server.port}`, { ...options, connection: { proxy: { https: proxy.url } } })
}

const WAYS = ['directly', 'through a proxy']

describe.each(WAYS)('a server that offers HTTP/2, reached %s,', (way) => {
  test('gets reads and writes over HTTP/1.1', async () => {
    const server = await startTlsServer(answer)
    const { transport } = await line(server, way)
    await transport.read('/a', asIs)
    await transport.write('POST', '/b', { a: 1 }, asIs)
    await transport.repeat('DELETE', '/c', asIs)
    await transport.lastCall('POST', '/d', 5_000, asIs)
    expect(server.requests.map(({ method, alpnProtocol, httpVersion }) => [method, alpnProtocol, httpVersion])).toEqual(
      [
        ['GET', 'http/1.1', '1.1'],
        ['POST', 'http/1.1', '1.1'],
        ['DELETE', 'http/1.1', '1.1'],
        ['POST', 'http/1.1', '1.1']
      ]
    )
  })

  test.each<[string, (exchange: TlsExchange) => unknown]>([
    [
      'sends a record that cannot be decrypted',
      ({ raw }) => raw.write(Buffer.from(`1703030020${'00'.repeat(32)}`, 'hex'))
    ],
    ['sends bytes that are not TLS', ({ raw }) => raw.write('HTTP/1.1 502 Bad Gateway\r\n\r\n')],
    ['sends an alert in plain text', ({ raw }) => raw.write(Buffer.from('15030300020250', 'hex'))],
    ['destroys the connection', ({ raw }) => raw.destroy()],
    ['resets the connection', ({ raw }) => raw.resetAndDestroy()]
  ])('leaves a write in doubt if it processes the write and then %s', async (_, fault) => {
    const acted: string[] = []
    const server = await startTlsServer((exchange) => {
      acted.push(exchange.seen.body)
      if (acted.length === 1) fault(exchange)
      else answer(exchange)
    })
    const { transport, retries } = await line(server, way)
    await expect(transport.write('POST', '/v2/deployments', { name: 'agent' }, asIs)).resolves.toMatchObject({
      kind: 'in-doubt',
      error: { reached: true }
    })
    expect(acted).toEqual(['{"name":"agent"}'])
    expect(retries).toEqual([])
  })

  test('gets the next attempt on a new connection after the old one stops responding', async () => {
    hurryTimeouts()
    let silent = 0
    const server = await startTlsServer((exchange) => {
      // The first connection dies silently after its second request and sends no further responses.
      if (exchange.nth === 1) return answer(exchange)
      silent ||= exchange.seen.connection
      return exchange.seen.connection === silent ? undefined : answer(exchange)
    })
    const { transport, retries } = await line(server, way, { timeoutMs: 36_000_000 })
    await transport.read('/a', asIs)
    await aMoment()
    await expect(transport.read('/b', asIs)).resolves.toEqual(GOOD)
    expect(retries).toEqual([expect.stringContaining('no response in time')])
    expect(server.requests.map(({ path, connection }) => [path, connection])).toEqual([
      ['/a', 1],
      ['/b', 1],
      ['/b', 2]
    ])
  })

  test('gets no later requests on connections that were open when another one stopped responding', async () => {
    hurryTimeouts()
    const server = await startTlsServer((exchange) => {
      if (exchange.seen.path === '/slow') setTimeout(() => answer(exchange), 50)
      else if (exchange.seen.path !== '/silent' || exchange.nth > 3) answer(exchange)
    })
    const { transport } = await line(server, way, { timeoutMs: 36_000_000 })
    await Promise.all([transport.read('/slow', asIs), transport.read('/slow', asIs)])
    await aMoment()
    await transport.read('/silent', asIs)
    const [one, two, lost, ...later] = server.requests.map(({ connection }) => connection)
    expect(new Set([one, two])).toEqual(new Set([1, 2]))
    expect([one, two]).toContain(lost)
    expect(later).toEqual([3])
  })

  test('gets each write on a new connection', async () => {
    const server = await startTlsServer(answer)
    const { transport } = await line(server, way)
    await transport.read('/a', asIs)
    await aMoment()
    await transport.write('POST', '/b', {}, asIs)
    await aMoment()
    await transport.read('/c', asIs)
    expect(server.requests.map(({ connection }) => connection)).toEqual([1, 2, 2])
  })
})

test('a proxy that offers HTTP/2 gets the tunnel request over HTTP/1.1', async () => {
  const server = await startTlsServer(answer)
  const proxy = await startTlsProxy(server)
  const { transport } = openLine(`https://localhost.:${server.port}`, { connection: { proxy: { https: proxy.url } } })
  await expect(transport.write('POST', '/a', {}, asIs)).resolves.toEqual({ kind: 'answered', value: GOOD })
  expect(proxy.protocols).toEqual(['http/1.1'])
  expect(server.requests.map(({ alpnProtocol }) => alpnProtocol)).toEqual(['http/1.1'])
})

test('a store that offers HTTP/2 gets the upload over HTTP/1.1', async () => {
  const server = await startTlsServer(answer)
  const { transport } = openLine(server.url)
  const file = fileURLToPath(import.meta.url)
  const bytes = statSync(file).size
  await transport.upload({ url: `${server.url}/object`, file, bytes, onProgress: () => {} })
  expect(server.requests.map(({ httpVersion, body }) => [httpVersion, Buffer.byteLength(body)])).toEqual([
    ['1.1', bytes]
  ])
})

test('an Agent Server that offers HTTP/2 gets its health check over HTTP/1.1', async () => {
  const server = await startTlsServer(answer)
  const limits = openLine(server.url).limits
  const agent = createAgentServer(server.url, '/ok', {}, limits)
  expect(await agent.health()).toEqual({ kind: 'answered', status: 200 })
  await agent.revision()
  await agent.close()
  expect(server.requests.map(({ alpnProtocol, httpVersion }) => [alpnProtocol, httpVersion])).toEqual([
    ['http/1.1', '1.1'],
    ['http/1.1', '1.1']
  ])
})

test.each(WAYS)('a GitHub server that offers HTTP/2 gets requests over HTTP/1.1, %s', async (way) => {
  const server = await startTlsServer((exchange) => sendJson(exchange, []))
  const isDirect = way === 'directly'
  const proxy: Connection['proxy'] = isDirect ? {} : { https: (await startProxy(server.port)).url }
  const warnings: string[] = []
  const session = createGithubSession({
    access: {
      apiUrl: `https://localhost${isDirect ? '' : '.'}:${server.port}`,
      token: 'a token',
      repository: 'acme/agents'
    },
    proxy,
    clock: skippingClock(),
    cancelled: new AbortController().signal,
    cancelledAt: () => undefined,
    warn: (text) => warnings.push(text)
  })
  const question = { failure: 'It failed', permission: 'deployments: read', repeatable: true }
  const found = await session.ask(question, ({ octokit, target }) => octokit.rest.repos.listDeployments(target))
  expect(warnings).toEqual([])
  expect(found?.data).toEqual([])
  expect(server.requests.map(({ alpnProtocol, httpVersion }) => [alpnProtocol, httpVersion])).toEqual([
    ['http/1.1', '1.1']
  ])
})

describe('a write that never left this machine is sent again', () => {
  test('after failed handshakes', async () => {
    let handshakes = 0
    const server = await startTlsServer(answer, {
      onConnection: (socket) => {
        handshakes += 1
        if (handshakes <= 2) socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')
      }
    })
    const { transport, retries } = openLine(server.url)
    await expect(sendWrite({ transport }, 'POST', '/a', {}, asIs)).resolves.toEqual({ kind: 'answered', value: GOOD })
    expect(retries).toHaveLength(2)
    expect(server.requests).toHaveLength(1)
  })

  test('after connections that close during the handshake', async () => {
    let handshakes = 0
    const server = await startTlsServer(answer, {
      onConnection: (socket) => {
        handshakes += 1
        if (handshakes <= 2) socket.destroy()
      }
    })
    const { transport, retries } = openLine(server.url)
    await expect(sendWrite({ transport }, 'POST', '/a', {}, asIs)).resolves.toEqual({ kind: 'answered', value: GOOD })
    expect(retries).toHaveLength(2)
    expect(server.requests).toHaveLength(1)
  })

  test('after an unknown host name', async () => {
    const { transport, retries } = openLine('https://control-plane.invalid')
    const error = await failureOf(sendWrite({ transport }, 'POST', '/a', {}, asIs))
    expect(error).toMatchObject({ name: 'UnreachableError', reached: false })
    expect(retries).toHaveLength(5)
  })
})
