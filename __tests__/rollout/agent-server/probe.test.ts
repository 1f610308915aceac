import { createServer } from 'node:http'
import { describe, expect, jest, test } from '@jest/globals'
import type { Connection } from '../../../src/control-plane/network.ts'
import { type AgentServer, createAgentServer } from '../../../src/rollout/agent-server/probe.ts'
import type { Limits } from '../../../src/run/limits.ts'
import { VERSION } from '../../../src/version.ts'
import { afterThisTest } from '../../support/after-this-test.ts'
import { type SkippingClock, skippingClock } from '../../support/clock.ts'
import { freePort, inTurn, listen, type Reply, startServer, stop } from '../../support/http-server.ts'
import { startProxy } from '../../support/proxy.ts'
import { hurryTimeouts, lasts } from '../../support/real-time.ts'
import { selfSigned } from '../../support/self-signed.ts'

const DEPLOYED = '11111111-1111-4111-8111-aaaaaaaaaaaa'
const BUILT = '22222222-2222-4222-8222-222222222222'
const MEBIBYTE = 1024 * 1024
const OK = { kind: 'answered', status: 200 }

interface Options {
  readonly path?: string
  readonly proxy?: Connection['proxy']
  readonly cancelled?: AbortSignal
  readonly clock?: SkippingClock
  /** Remaining time of the run. */
  readonly timeoutMs?: number
}

/** The probe of an Agent Server, closed after the test. */
function at(url: string, options: Options = {}) {
  const { path = '/ok', proxy = {}, clock = skippingClock(), timeoutMs = 3_600_000 } = options
  const { cancelled = new AbortController().signal } = options
  const limits: Limits = { clock, cancelled, deadline: clock.now() + timeoutMs }
  const server = createAgentServer(url, path, proxy, limits)
  afterThisTest(() => server.close())
  return server
}

/** Starts a server that sends headers and the start of a body, and then nothing more. */
async function startEndless(status = 200): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.write('{"host": ')
  })
  const { port } = await listen(server, 0)
  afterThisTest(() => stop(server))
  return `http://127.0.0.1:${port}`
}

const answering = async (reply: Reply, options: Options = {}) => at((await startServer(inTurn(reply))).url, options)

describe('health()', () => {
  test.each([200, 204, 301, 302, 307, 401, 403, 404, 429, 500, 502, 503])('returns status %d', async (status) => {
    expect(await (await answering({ status })).health()).toEqual({ kind: 'answered', status })
  })

  test.each<[string, number, string, boolean]>([
    ['/ok', 403, '{"detail":"Unauthorized"}', false],
    ['/ok?check_db=1', 401, '', false],
    ['/agents/ok', 403, '{"detail":"Missing authentication headers"}', true],
    ['/okay', 403, '{"detail":"Missing authentication headers"}', true],
    ['/okay', 401, '{"detail":"Unauthorized"}', true],
    ['/okay', 404, '', false]
  ])('reports for %s with %d and %s if the refusal applies to any path', async (path, status, text, isAnyPath) => {
    const expected = { kind: 'answered', status, ...(isAnyPath ? { isAnyPath } : {}) }
    expect(await (await answering({ status, text }, { path })).health()).toEqual(expected)
  })

  test.each([
    ['', '/ok', '/ok'],
    ['/', '/ok', '/ok'],
    ['/agents/7', '/ok', '/agents/7/ok'],
    ['/agents/7//', '/my/health?deep=1', '/agents/7/my/health?deep=1']
  ])('requests, for base URL %j and path %j, GET %s once', async (base, path, asked) => {
    const server = await startServer(inTurn({}))
    await at(server.url + base, { path }).health()
    expect(server.requests.map((request) => `${request.method} ${request.path}`)).toEqual([`GET ${asked}`])
  })

  test('sends no key, and no headers except the user agent and the accepted type', async () => {
    const server = await startServer(inTurn({ json: {} }))
    const agent = at(server.url)
    await agent.health()
    await agent.revision()
    for (const { headers, body } of server.requests) {
      expect(headers).toEqual({
        accept: 'application/json',
        connection: 'keep-alive',
        host: `127.0.0.1:${server.port}`,
        'user-agent': `langsmith-deploy-action/${VERSION}`
      })
      expect(body).toBeUndefined()
    }
  })

  test('sends no cookies from earlier responses', async () => {
    const server = await startServer(inTurn({ headers: { 'set-cookie': 'session=1; Path=/' }, json: {} }))
    const agent = at(server.url)
    for (const ask of [agent.health, agent.health, agent.revision]) await ask()
    expect(server.requests.filter(({ headers }) => 'cookie' in headers)).toEqual([])
    expect(server.requests).toHaveLength(3)
  })

  test.each([301, 302, 303, 307, 308])('does not follow redirect %d', async (status) => {
    const other = await startServer(inTurn({}))
    const headers = { location: `${other.url}/ok` }
    expect(await (await answering({ status, headers })).health()).toEqual({ kind: 'answered', status })
    expect(other.requests).toEqual([])
  })

  test.each<[string, Reply]>([
    ['is empty', {}],
    ['is an HTML page', { text: '<html>', headers: { 'content-type': 'text/html' } }],
    ['is incomplete', 'half'],
    ['is too long', { text: 'x'.repeat(2 * MEBIBYTE) }]
  ])('returns the status if the body %s', async (_, reply) => {
    expect(await (await answering(reply)).health()).toEqual(OK)
  })

  test.each([200, 503])('returns status %d at once if the body never ends', async (status) => {
    const asking = at(await startEndless(status)).health()
    expect(await lasts(asking)).toBeLessThan(1_000)
    expect(await asking).toEqual({ kind: 'answered', status })
  })

  test('can be repeated while an earlier body never ends, and the probe can be closed', async () => {
    const agent = at(await startEndless())
    for (let times = 1; times <= 3; times += 1) expect(await agent.health()).toEqual(OK)
    expect(await lasts(agent.close())).toBeLessThan(1_000)
  })

  test('can be repeated after long bodies', async () => {
    const agent = await answering({ text: 'x'.repeat(2 * MEBIBYTE) })
    for (let times = 1; times <= 3; times += 1) expect(await agent.health()).toEqual(OK)
  })
})

describe('an unreachable server', () => {
  test('is reported with the refused connection', async () => {
    const port = await freePort()
    expect(await at(`http://127.0.0.1:${port}`).health()).toEqual({
      kind: 'unreachable',
      reason: expect.stringMatching(
        new RegExp(`^the connection was refused \\(connect ECONNREFUSED 127\\.0\\.0\\.1:${port}\\)$`)
      )
    })
  })

  test('is reported with the cut connection', async () => {
    expect(await (await answering('cut')).health()).toEqual({
      kind: 'unreachable',
      reason: 'the connection was cut'
    })
  })

  test('is reported after the timeout of the request', async () => {
    hurryTimeouts()
    expect(await (await answering('hang')).health()).toEqual({ kind: 'unreachable', reason: 'no response in time' })
  })

  test('is reported with its untrusted certificate', async () => {
    const server = await startServer(inTurn({}), { tls: selfSigned() })
    expect(await at(server.url).health()).toEqual({
      kind: 'unreachable',
      reason: expect.stringMatching(/certificate/)
    })
    expect(server.requests).toEqual([])
  })

  test.each<[string, Reply, number]>([
    ['before the request', {}, 0],
    ['during the request', 'hang', 1]
  ])('is reported at once if the job is canceled %s', async (_, reply, requests) => {
    const controller = new AbortController()
    const server = await startServer(() => {
      controller.abort()
      return reply
    })
    if (requests === 0) controller.abort()
    const agent = at(server.url, { cancelled: controller.signal })
    const asking = agent.health()
    expect(await lasts(asking)).toBeLessThan(1_000)
    expect((await asking).kind).toBe('unreachable')
    await expect(agent.revision()).rejects.toMatchObject({ name: 'UnreachableError' })
    expect(server.requests).toHaveLength(requests)
  })

  test('is reported, not an error, after close()', async () => {
    const agent = await answering({})
    await agent.health()
    await agent.close()
    expect((await agent.health()).kind).toBe('unreachable')
    await expect(agent.revision()).rejects.toMatchObject({ name: 'UnreachableError' })
  })
})

describe('the deadline', () => {
  test.each<[string, (agent: AgentServer) => Promise<unknown>, unknown]>([
    ['the health', (agent) => agent.health(), { kind: 'unreachable', reason: 'no response in time' }],
    ['the revision', (agent) => agent.revision().catch(({ name }: Error) => name), 'UnreachableError']
  ])('ends a pending request for %s', async (_, ask, answer) => {
    const asking = ask(await answering('hang', { timeoutMs: 200 }))
    expect(await lasts(asking)).toBeLessThan(1_500)
    expect(await asking).toEqual(answer)
  })

  test.each([
    ['a second', 3_599_000, 1_000],
    ['almost ten seconds', 3_590_100, 9_900],
    ['300 ms', 3_599_700, 300],
    ['nothing', 3_600_000, 1],
    ['a passed deadline', 9_999_999, 1]
  ])('limits the next requests to the remaining time: %s', async (_, skippedMs, leftMs) => {
    const usual = AbortSignal.timeout.bind(AbortSignal)
    const spy = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => usual(5_000))
    afterThisTest(() => spy.mockRestore())
    const clock = skippingClock()
    const agent = await answering({ json: {} }, { clock })
    await agent.health()
    clock.skip(skippedMs)
    await agent.health()
    await agent.revision()
    const [first, ...others] = spy.mock.calls.map(([ms]) => ms)
    expect(first).toBe(10_000)
    expect(others).toHaveLength(2)
    for (const ms of others) {
      expect(ms).toBeLessThanOrEqual(leftMs)
      expect(ms).toBeGreaterThanOrEqual(Math.max(1, leftMs - 2_000))
      // AbortSignal.timeout accepts only integers.
      expect(Number.isSafeInteger(ms)).toBe(true)
    }
  })
})

describe('revision()', () => {
  test.each<[string, string, string]>([
    ['', '/ok', '/info'],
    ['/', '/ok', '/info'],
    ['/agents/7', '/ok', '/agents/7/info'],
    ['', '/my/prefix/ok', '/my/prefix/info'],
    ['', '/book', '/info'],
    ['', '/my/prefix/health', '/info'],
    ['', '/ok?deep=1', '/info'],
    ['', '/my/prefix/ok?check_db=1', '/my/prefix/info'],
    ['', '/my/prefix/ok/', '/my/prefix/info']
  ])('requests, for base URL %j and health path %s, the path %s', async (base, path, asked) => {
    const server = await startServer(inTurn({ json: { host: { host_revision_id: DEPLOYED } } }))
    expect(await at(server.url + base, { path }).revision()).toBe(DEPLOYED)
    expect(server.requests.map((request) => `${request.method} ${request.path}`)).toEqual([`GET ${asked}`])
  })

  test.each<[string, unknown, string | undefined]>([
    ['a revision and a build as UUIDs', { host_revision_id: DEPLOYED, revision_id: BUILT }, DEPLOYED],
    ['only a build as a UUID', { revision_id: BUILT }, undefined],
    ['a revision that is null, and a build', { host_revision_id: null, revision_id: BUILT }, undefined],
    ['a revision and a short build', { host_revision_id: DEPLOYED, revision_id: '52ab87d' }, DEPLOYED],
    ['a revision in upper case', { host_revision_id: DEPLOYED.toUpperCase() }, DEPLOYED.toUpperCase()],
    ['only a short build', { revision_id: '52ab87d' }, undefined],
    ['values of other types', { host_revision_id: 7, revision_id: { id: BUILT } }, undefined],
    ['an ID with a line break', { host_revision_id: `${DEPLOYED}\n` }, undefined],
    ['an empty host', {}, undefined],
    ['no host', undefined, undefined],
    ['a host that is null', null, undefined],
    ['a host that is a string', DEPLOYED, undefined]
  ])('parses /info: %s', async (_, host, revision) => {
    expect(await (await answering({ json: { version: '1', host } })).revision()).toBe(revision)
  })

  test.each<[string, string, string | undefined]>([
    ['one label', `up{project_id="x",revision_id="${DEPLOYED}"} 1\n`, DEPLOYED],
    ['the same label twice', `a{revision_id="${DEPLOYED}"} 1\nb{revision_id="${DEPLOYED}"} 2\n`, DEPLOYED],
    ['different labels', `a{revision_id="${DEPLOYED}"} 1\nb{revision_id="${BUILT}"} 2\n`, undefined],
    ['a label with another name', `a{other_revision_id="${DEPLOYED}"} 1\n`, undefined],
    ['a label that is not a UUID', 'a{revision_id="local"} 1\n', undefined],
    ['an empty body', '', undefined]
  ])('parses the metrics: %s', async (_, text, revision) => {
    expect(await (await answering({ text })).revisionOfMetrics()).toBe(revision)
  })

  const INFO = { host: { host_revision_id: DEPLOYED } }
  test.each<[string, Reply]>([
    ['is missing', { status: 404, json: INFO }],
    ['is protected', { status: 401, json: INFO }],
    ['is broken', { status: 500, json: INFO }],
    ['is partial', { status: 206, json: INFO }],
    ['is empty', { status: 200 }],
    ['is an HTML page', { text: '<html></html>', headers: { 'content-type': 'text/html' } }],
    ['is not an object', { json: [INFO] }],
    ['is null', { json: null }],
    ['is too long', { json: { ...INFO, more: 'x'.repeat(MEBIBYTE) } }]
  ])('returns undefined if /info %s', async (_, reply) => {
    expect(await (await answering(reply)).revision()).toBeUndefined()
  })

  test.each<[string, Reply]>([
    ['is incomplete', 'half'],
    ['has a cut connection', 'cut']
  ])('throws if /info %s', async (_, reply) => {
    await expect((await answering(reply)).revision()).rejects.toMatchObject({ name: 'UnreachableError' })
  })

  test('does not follow redirects', async () => {
    const other = await startServer(inTurn({ json: INFO }))
    const agent = await answering({ status: 307, headers: { location: `${other.url}/info` } })
    expect(await agent.revision()).toBeUndefined()
    expect(other.requests).toEqual([])
  })

  test('accepts a long response', async () => {
    const reply = { json: { ...INFO, more: 'é'.repeat(MEBIBYTE / 4) } }
    expect(await (await answering(reply)).revision()).toBe(DEPLOYED)
  })

  test.each<[string, () => Promise<string>]>([
    ['that never comes', async () => (await startServer(inTurn('hang'))).url],
    ['that never ends', () => startEndless()]
  ])('throws after the timeout for a response %s', async (_, start) => {
    hurryTimeouts()
    await expect(at(await start()).revision()).rejects.toMatchObject({ name: 'UnreachableError' })
  })
})

describe('the proxy', () => {
  const asked = async (agent: AgentServer) => [await agent.health(), await agent.revision()]
  const BOTH = [OK, DEPLOYED]
  const serving = () => startServer(inTurn({ json: { host: { host_revision_id: DEPLOYED } } }))

  test('is used for other hosts', async () => {
    const server = await serving()
    const proxy = await startProxy(server.port)
    expect(await asked(at('http://agent.example.com', { proxy: { http: proxy.url } }))).toEqual(BOTH)
    expect(new Set(proxy.targets)).toEqual(new Set(['agent.example.com:80']))
    expect(server.requests.map(({ path }) => path)).toEqual(['/ok', '/info'])
  })

  test('tunnels https and sees only the host name', async () => {
    const server = await startServer(inTurn({}), { tls: selfSigned() })
    const proxy = await startProxy(server.port)
    const agent = at('https://agent.example.com', { proxy: { http: 'http://127.0.0.1:1', https: proxy.url } })
    // The untrusted certificate shows that the tunnel reached the server.
    expect(await agent.health()).toEqual({ kind: 'unreachable', reason: expect.stringMatching(/certificate/) })
    expect(proxy.targets).toEqual(['agent.example.com:443'])
  })

  test('is not used for this machine', async () => {
    const server = await serving()
    const proxy = await startProxy(server.port)
    expect(await asked(at(server.url, { proxy: { http: proxy.url, https: proxy.url } }))).toEqual(BOTH)
    expect(proxy.targets).toEqual([])
  })

  test('is not used for an excepted host', async () => {
    hurryTimeouts()
    const proxy = await startProxy((await serving()).port)
    const agent = at('http://agent.invalid', { proxy: { http: proxy.url, except: 'agent.invalid' } })
    expect((await agent.health()).kind).toBe('unreachable')
    expect(proxy.targets).toEqual([])
  })

  test.each<[string, string, number, RegExp]>([
    ['http', 'http://agent.example.com', 407, /407/],
    ['https', 'https://agent.example.com', 407, /407/],
    // The proxy is broken, not the server.
    ['https', 'https://agent.example.com', 503, /503/]
  ])('makes a server unreachable if it refuses %s to %s with %d', async (_, url, status, reason) => {
    const proxy = await startProxy(await freePort(), () => status)
    const probe = await at(url, { proxy: { http: proxy.url, https: proxy.url } }).health()
    expect(probe).toEqual({ kind: 'unreachable', reason: expect.stringMatching(reason) })
    expect(proxy.targets).toHaveLength(1)
  })
})
