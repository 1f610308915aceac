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
  /** How much is left of the run when the server is opened. */
  readonly timeoutMs?: number
}

/** The Agent Server at an address, for as long as the test lasts. */
function at(url: string, options: Options = {}) {
  const { path = '/ok', proxy = {}, clock = skippingClock(), timeoutMs = 3_600_000 } = options
  const { cancelled = new AbortController().signal } = options
  const limits: Limits = { clock, cancelled, deadline: clock.now() + timeoutMs }
  const server = createAgentServer(url, path, proxy, limits)
  afterThisTest(() => server.close())
  return server
}

/** A server that sends headers and the beginning of a body, and then nothing more. */
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

describe('the health', () => {
  test.each([200, 204, 301, 302, 307, 401, 403, 404, 429, 500, 502, 503])('is the status %d', async (status) => {
    expect(await (await answering({ status })).health()).toEqual({ kind: 'answered', status })
  })

  test.each<[string, number, string, boolean]>([
    ['/ok', 403, '{"detail":"Unauthorized"}', false],
    ['/ok?check_db=1', 401, '', false],
    ['/agents/ok', 403, '{"detail":"Missing authentication headers"}', true],
    ['/okay', 403, '{"detail":"Missing authentication headers"}', true],
    ['/okay', 401, '{"detail":"Unauthorized"}', true],
    ['/okay', 404, '', false]
  ])('at %s with %d and %s tells whether each path gets that', async (path, status, text, isAnyPath) => {
    const expected = { kind: 'answered', status, ...(isAnyPath ? { isAnyPath } : {}) }
    expect(await (await answering({ status, text }, { path })).health()).toEqual(expected)
  })

  test.each([
    ['', '/ok', '/ok'],
    ['/', '/ok', '/ok'],
    ['/agents/7', '/ok', '/agents/7/ok'],
    ['/agents/7//', '/my/health?deep=1', '/agents/7/my/health?deep=1']
  ])('below %j is asked for at %j by one GET of %s', async (base, path, asked) => {
    const server = await startServer(inTurn({}))
    await at(server.url + base, { path }).health()
    expect(server.requests.map((request) => `${request.method} ${request.path}`)).toEqual([`GET ${asked}`])
  })

  test('is asked for without a key or anything else that says more than who asks', async () => {
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

  test('is asked for without the cookies that came with an answer', async () => {
    const server = await startServer(inTurn({ headers: { 'set-cookie': 'session=1; Path=/' }, json: {} }))
    const agent = at(server.url)
    for (const ask of [agent.health, agent.health, agent.revision]) await ask()
    expect(server.requests.filter(({ headers }) => 'cookie' in headers)).toEqual([])
    expect(server.requests).toHaveLength(3)
  })

  test.each([301, 302, 303, 307, 308])('is not looked for where %d leads', async (status) => {
    const other = await startServer(inTurn({}))
    const headers = { location: `${other.url}/ok` }
    expect(await (await answering({ status, headers })).health()).toEqual({ kind: 'answered', status })
    expect(other.requests).toEqual([])
  })

  test.each<[string, Reply]>([
    ['is empty', {}],
    ['is a page', { text: '<html>', headers: { 'content-type': 'text/html' } }],
    ['is cut', 'half'],
    ['is longer than can be meant', { text: 'x'.repeat(2 * MEBIBYTE) }]
  ])('is the status also when the body %s', async (_, reply) => {
    expect(await (await answering(reply)).health()).toEqual(OK)
  })

  test.each([200, 503])('is the status %d at once also when the body never ends', async (status) => {
    const asking = at(await startEndless(status)).health()
    expect(await lasts(asking)).toBeLessThan(1_000)
    expect(await asking).toEqual({ kind: 'answered', status })
  })

  test('can be asked for again while the body before never ends, and the server be closed', async () => {
    const agent = at(await startEndless())
    for (let times = 1; times <= 3; times += 1) expect(await agent.health()).toEqual(OK)
    expect(await lasts(agent.close())).toBeLessThan(1_000)
  })

  test('can be asked for again and again', async () => {
    const agent = await answering({ text: 'x'.repeat(2 * MEBIBYTE) })
    for (let times = 1; times <= 3; times += 1) expect(await agent.health()).toEqual(OK)
  })
})

describe('a server that cannot be reached', () => {
  test('because nothing listens is told with the reason', async () => {
    const port = await freePort()
    expect(await at(`http://127.0.0.1:${port}`).health()).toEqual({
      kind: 'unreachable',
      reason: expect.stringMatching(
        new RegExp(`^the connection was refused \\(connect ECONNREFUSED 127\\.0\\.0\\.1:${port}\\)$`)
      )
    })
  })

  test('because it cuts the connection is told so', async () => {
    expect(await (await answering('cut')).health()).toEqual({
      kind: 'unreachable',
      reason: 'the connection was cut'
    })
  })

  test('because it does not answer is given up in time', async () => {
    hurryTimeouts()
    expect(await (await answering('hang')).health()).toEqual({ kind: 'unreachable', reason: 'no response in time' })
  })

  test('because nobody vouches for its certificate is told so', async () => {
    const server = await startServer(inTurn({}), { tls: selfSigned() })
    expect(await at(server.url).health()).toEqual({
      kind: 'unreachable',
      reason: expect.stringMatching(/certificate/)
    })
    expect(server.requests).toEqual([])
  })

  test.each<[string, Reply, number]>([
    ['before', {}, 0],
    ['while it is asked', 'hang', 1]
  ])('because the job is cancelled %s is let be at once', async (_, reply, requests) => {
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

  test('any more, because it is closed, is no failure', async () => {
    const agent = await answering({})
    await agent.health()
    await agent.close()
    expect((await agent.health()).kind).toBe('unreachable')
    await expect(agent.revision()).rejects.toMatchObject({ name: 'UnreachableError' })
  })
})

describe('a question before the deadline', () => {
  test.each<[string, (agent: AgentServer) => Promise<unknown>, unknown]>([
    ['the health', (agent) => agent.health(), { kind: 'unreachable', reason: 'no response in time' }],
    ['the revision', (agent) => agent.revision().catch(({ name }: Error) => name), 'UnreachableError']
  ])('is not waited for beyond it, which is about %s', async (_, ask, answer) => {
    const asking = ask(await answering('hang', { timeoutMs: 200 }))
    expect(await lasts(asking)).toBeLessThan(1_500)
    expect(await asking).toEqual(answer)
  })

  test.each([
    ['a second', 3_599_000, 1_000],
    ['nearly all', 3_590_100, 9_900],
    ['next to nothing', 3_599_700, 300],
    ['nothing', 3_600_000, 1],
    ['less than nothing', 9_999_999, 1]
  ])('has what is left until then, which is %s', async (_, skippedMs, leftMs) => {
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
      // AbortSignal.timeout takes no fractions.
      expect(Number.isSafeInteger(ms)).toBe(true)
    }
  })
})

describe('the revision', () => {
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
  ])('of a server below %j with its health at %s is asked for at %s', async (base, path, asked) => {
    const server = await startServer(inTurn({ json: { host: { host_revision_id: DEPLOYED } } }))
    expect(await at(server.url + base, { path }).revision()).toBe(DEPLOYED)
    expect(server.requests.map((request) => `${request.method} ${request.path}`)).toEqual([`GET ${asked}`])
  })

  test.each<[string, unknown, string | undefined]>([
    ['the one of the deployment', { host_revision_id: DEPLOYED, revision_id: BUILT }, DEPLOYED],
    ['none, but the build of the server as a UUID', { revision_id: BUILT }, undefined],
    ['none, but that build where the deployment has null', { host_revision_id: null, revision_id: BUILT }, undefined],
    ['the one of the deployment beside a build', { host_revision_id: DEPLOYED, revision_id: '52ab87d' }, DEPLOYED],
    ['as it is written', { host_revision_id: DEPLOYED.toUpperCase() }, DEPLOYED.toUpperCase()],
    ['none, but a build', { revision_id: '52ab87d' }, undefined],
    ['none, but nonsense', { host_revision_id: 7, revision_id: { id: BUILT } }, undefined],
    ['none, but an ID with more behind it', { host_revision_id: `${DEPLOYED}\n` }, undefined],
    ['none', {}, undefined],
    ['no host', undefined, undefined],
    ['a host that is null', null, undefined],
    ['a host that is a text', DEPLOYED, undefined]
  ])('is the ID that /info tells: %s', async (_, host, revision) => {
    expect(await (await answering({ json: { version: '1', host } })).revision()).toBe(revision)
  })

  test.each<[string, string, string | undefined]>([
    ['one label', `up{project_id="x",revision_id="${DEPLOYED}"} 1\n`, DEPLOYED],
    ['the same label many times', `a{revision_id="${DEPLOYED}"} 1\nb{revision_id="${DEPLOYED}"} 2\n`, DEPLOYED],
    ['labels that differ', `a{revision_id="${DEPLOYED}"} 1\nb{revision_id="${BUILT}"} 2\n`, undefined],
    ['a label of another name', `a{other_revision_id="${DEPLOYED}"} 1\n`, undefined],
    ['no UUID', 'a{revision_id="local"} 1\n', undefined],
    ['nothing', '', undefined]
  ])('is what the metrics tell by %s', async (_, text, revision) => {
    expect(await (await answering({ text })).revisionOfMetrics()).toBe(revision)
  })

  const INFO = { host: { host_revision_id: DEPLOYED } }
  test.each<[string, Reply]>([
    ['is missing', { status: 404, json: INFO }],
    ['is not for everybody', { status: 401, json: INFO }],
    ['is broken', { status: 500, json: INFO }],
    ['is no whole page', { status: 206, json: INFO }],
    ['is empty', { status: 200 }],
    ['is a page', { text: '<html></html>', headers: { 'content-type': 'text/html' } }],
    ['is no object', { json: [INFO] }],
    ['is null', { json: null }],
    ['is longer than can be meant', { json: { ...INFO, more: 'x'.repeat(MEBIBYTE) } }]
  ])('is not known where /info %s', async (_, reply) => {
    expect(await (await answering(reply)).revision()).toBeUndefined()
  })

  test.each<[string, Reply]>([
    ['is cut', 'half'],
    ['is cut before it begins', 'cut']
  ])('is no answer where /info %s', async (_, reply) => {
    await expect((await answering(reply)).revision()).rejects.toMatchObject({ name: 'UnreachableError' })
  })

  test('is not looked for where a redirect leads', async () => {
    const other = await startServer(inTurn({ json: INFO }))
    const agent = await answering({ status: 307, headers: { location: `${other.url}/info` } })
    expect(await agent.revision()).toBeUndefined()
    expect(other.requests).toEqual([])
  })

  test('is known from an answer that is only long', async () => {
    const reply = { json: { ...INFO, more: 'é'.repeat(MEBIBYTE / 4) } }
    expect(await (await answering(reply)).revision()).toBe(DEPLOYED)
  })

  test.each<[string, () => Promise<string>]>([
    ['that never comes', async () => (await startServer(inTurn('hang'))).url],
    ['that never ends', () => startEndless()]
  ])('is given up in time where the answer is one %s', async (_, start) => {
    hurryTimeouts()
    await expect(at(await start()).revision()).rejects.toMatchObject({ name: 'UnreachableError' })
  })
})

describe('the proxy', () => {
  const asked = async (agent: AgentServer) => [await agent.health(), await agent.revision()]
  const BOTH = [OK, DEPLOYED]
  const serving = () => startServer(inTurn({ json: { host: { host_revision_id: DEPLOYED } } }))

  test('leads to a host that is not this machine', async () => {
    const server = await serving()
    const proxy = await startProxy(server.port)
    expect(await asked(at('http://agent.example.com', { proxy: { http: proxy.url } }))).toEqual(BOTH)
    expect(new Set(proxy.targets)).toEqual(new Set(['agent.example.com:80']))
    expect(server.requests.map(({ path }) => path)).toEqual(['/ok', '/info'])
  })

  test('of https leads to a host that is reached by it, and only sees its name', async () => {
    const server = await startServer(inTurn({}), { tls: selfSigned() })
    const proxy = await startProxy(server.port)
    const agent = at('https://agent.example.com', { proxy: { http: 'http://127.0.0.1:1', https: proxy.url } })
    // The certificate is that of another host, and nobody vouches for it: so far the tunnel led.
    expect(await agent.health()).toEqual({ kind: 'unreachable', reason: expect.stringMatching(/certificate/) })
    expect(proxy.targets).toEqual(['agent.example.com:443'])
  })

  test('is not asked for this machine', async () => {
    const server = await serving()
    const proxy = await startProxy(server.port)
    expect(await asked(at(server.url, { proxy: { http: proxy.url, https: proxy.url } }))).toEqual(BOTH)
    expect(proxy.targets).toEqual([])
  })

  test('is not asked for an exception', async () => {
    hurryTimeouts()
    const proxy = await startProxy((await serving()).port)
    const agent = at('http://agent.invalid', { proxy: { http: proxy.url, except: 'agent.invalid' } })
    expect((await agent.health()).kind).toBe('unreachable')
    expect(proxy.targets).toEqual([])
  })

  test.each<[string, string, number, RegExp]>([
    ['http', 'http://agent.example.com', 407, /407/],
    ['https', 'https://agent.example.com', 407, /407/],
    // It is the proxy that is broken then, and not the server.
    ['https', 'https://agent.example.com', 503, /503/]
  ])('that turns a request of %s to %s away with %d is no answer of the server', async (_, url, status, reason) => {
    const proxy = await startProxy(await freePort(), () => status)
    const probe = await at(url, { proxy: { http: proxy.url, https: proxy.url } }).health()
    expect(probe).toEqual({ kind: 'unreachable', reason: expect.stringMatching(reason) })
    expect(proxy.targets).toHaveLength(1)
  })
})
