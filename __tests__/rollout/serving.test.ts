import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, jest, test } from '@jest/globals'
import { choicesOf, isUsedBy } from '../../src/inputs/table.ts'
import { COMMIT } from '../deployment/samples.ts'
import { create, dockerBody, type Json, records } from '../emulator/support.ts'
import { UUID } from '../inputs/environment.ts'
import { afterThisTest } from '../support/after-this-test.ts'
import { freePort, inTurn, listen, type Reply, startServer, stop } from '../support/http-server.ts'
import { startProxy } from '../support/proxy.ts'
import { lasts } from '../support/real-time.ts'
import { errorOf, type Inputs, type RunOptions, runMain, said, secondsOf } from '../support/run.ts'
import { at, DIGEST, IMAGE, idsOf, LIFETIME_MS, OLD_IMAGE, useWorld } from '../support/world.ts'

const world = useWorld()

const OK = 'GET /agents/:id/ok'
const INFO = 'GET /agents/:id/info'
const METRICS = 'GET /agents/:id/metrics'
const ON_OK = { path: '/agents/*/ok', times: null }
const answering = (status: number): Json => ({ ...ON_OK, action: 'status', status })

const deploy = (inputs: Inputs = {}, options: RunOptions = {}) =>
  runMain(world, { 'image-uri': IMAGE, ...inputs }, options)
const scenario = (json: Json) => world.api.scenario(json)
const onAgents = (...faults: readonly Json[]) => scenario({ faults })

/** Requests to Agent Servers of the emulator. */
async function asked(): Promise<readonly string[]> {
  return (await world.requests()).filter((request) => request.includes('/agents/'))
}

async function agentCalls(): Promise<readonly Json[]> {
  return (await world.api.requests()).filter(({ path }) => String(path).startsWith('/agents/'))
}

/** Milliseconds between the first and the last request on the health path. */
async function askedForMs(): Promise<number> {
  const moments = (await agentCalls()).filter(({ path }) => String(path).endsWith('/ok')).map((call) => Number(call.at))
  return Math.max(...moments) - Math.min(...moments)
}

/** Pushes a newer revision during the health check of ours. */
const pushWhileAsked = (id: string, nthQuestion = 3) => {
  world.clock.onceInPause(
    async () => (await asked()).filter((request) => request === OK).length >= nthQuestion,
    () => world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: 'a:3' } })
  )
}

describe('the health check of a DEPLOYED revision', () => {
  test('sends one request for /ok and one for /info', async () => {
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('deployed')
    expect(run.runner.texts('warning')).toEqual([])
    expect(await asked()).toEqual([OK, INFO])
    const place = `${run.runner.outputs['deployment-url']}/ok`
    expect(said(run)).toContain(`Health check passed: GET ${place} returned 200, and /info reports this revision.`)
    expect(run.runner.texts('summary').join()).toContain('ok returned 200')
  })

  test('comes last and sends no key', async () => {
    await deploy({ 'workspace-id': UUID, 'organization-id': UUID })
    expect((await world.requests()).slice(-2)).toEqual([OK, INFO])
    for (const { headers } of await agentCalls()) {
      expect(Object.keys(headers as Json).sort()).toEqual(['accept', 'connection', 'host', 'user-agent'])
    }
    expect(at((await world.api.requests())[0], 'headers', 'x-api-key')).toEqual(expect.any(String))
  })

  test('passes after two responses with 503, and logs each change once', async () => {
    await scenario({ revisions: [{ ok: [503, 503, 200] }] })
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('deployed')
    expect(run.runner.texts('warning')).toEqual([])
    expect(await asked()).toEqual([OK, OK, OK, INFO])
    const about = run.runner.texts('info').filter((text) => text.includes('GET http'))
    expect(about).toEqual([
      expect.stringMatching(/^GET http\S+\/ok returned 503; retrying\.$/),
      expect.stringMatching(/^Health check passed: GET http\S+\/ok returned 200, and \/info reports this revision\.$/)
    ])
  })

  test.each([500, 502, 503, 504])('fails after three minutes of status %d', async (status) => {
    await onAgents(answering(status))
    const run = await deploy()
    expect(run.runner.outputs).toMatchObject({ status: 'failed', 'revision-status': 'DEPLOYED' })
    const place = `${run.runner.outputs['deployment-url']}/ok`
    expect(errorOf(run).replace(/for 3 min(?: [1-9] s)?: GET/, 'for 3 min: GET')).toContain(
      `The revision is deployed, but its health check failed for 3 min: GET ${place} returned ${status}.`
    )
    expect(errorOf(run)).toContain('Read the deploy log of the revision in LangSmith.')
    expect(await askedForMs()).toBeGreaterThanOrEqual(180_000)
    expect(await askedForMs()).toBeLessThan(195_000)
    expect((await asked()).length).toBeLessThan(50)
  })

  test('gives the advice to redeploy if another revision was active before', async () => {
    await world.images(OLD_IMAGE)
    await onAgents(answering(503))
    expect(errorOf(await deploy())).toMatch(
      /Read the deploy log of the revision in LangSmith\. .*`command: redeploy`; it restores the code and leaves environment variables and settings unchanged\.$/
    )
  })

  test('omits the advice to redeploy if no revision was active before', async () => {
    await scenario({ revisions: [{ final: 'DEPLOY_FAILED' }] })
    await world.images(OLD_IMAGE)
    await onAgents(answering(503))
    const run = await deploy()
    expect(run.runner.outputs).toMatchObject({ status: 'failed', created: 'false' })
    expect(errorOf(run)).toMatch(/Read the deploy log of the revision in LangSmith\.$/)
  })

  test('omits the advice to redeploy for the first revision', async () => {
    await onAgents(answering(503))
    const run = await deploy()
    expect(run.runner.outputs).toMatchObject({ status: 'failed', created: 'true' })
    expect(errorOf(run)).not.toContain('`command: redeploy`')
  })

  test('passes at the end of the three minutes', async () => {
    await onAgents(answering(503))
    world.clock.duringPauses(async () => {
      if ((await asked()).length > 0 && (await askedForMs()) > 165_000) await scenario({})
    })
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('deployed')
    expect(await askedForMs()).toBeGreaterThan(165_000)
  })

  test.each([
    ['on-failure', 1],
    ['stream', 0],
    ['off', 0]
  ])('shows the end of the deploy log after a failure, with logs: %s', async (logs, groups) => {
    const deploy_log = ['Starting', { message: 'ModuleNotFoundError: No module named agent', level: 'ERROR' }]
    await scenario({ revisions: [{ ok: [503], deploy_log }] })
    const run = await deploy({ logs })
    const shown = run.runner.told.filter(({ kind, name }) => kind === 'group' && name.startsWith('Deploy log'))
    expect(run.runner.outputs.status).toBe('failed')
    expect(shown).toHaveLength(groups)
    for (const { name, text } of shown) {
      expect(name).toBe('Deploy log, the last 2 lines')
      expect(text).toContain('No module named agent')
    }
    expect(errorOf(run).includes('No module named agent')).toBe(logs !== 'off')
    const lines = run.runner.texts('info').filter((text) => text.includes('No module named agent'))
    expect(lines).toHaveLength(logs === 'stream' ? 1 : 0)
  })

  test('logs its retries below the log of the revision, with logs: stream', async () => {
    await scenario({ revisions: [{ ok: [503, 503, 200], deploy_log: ['Starting'] }] })
    const { runner } = await deploy({ logs: 'stream' })
    const kinds = runner.told.map(({ kind, text }) => (/^(GET|It serves)/.test(text) ? 'health' : kind))
    const [begun, ended] = [kinds.lastIndexOf('begin'), kinds.lastIndexOf('end')]
    expect(runner.outputs.status).toBe('deployed')
    expect(begun).toBeGreaterThan(0)
    expect(ended).toBeGreaterThan(begun)
    expect(kinds.indexOf('health')).toBeGreaterThan(ended)
    expect(kinds.filter((kind) => kind === 'begin')).toHaveLength(kinds.filter((kind) => kind === 'end').length)
  })

  test.each([401, 403])('passes with %d, because a server that requires authentication works', async (status) => {
    await onAgents(answering(status))
    const run = await deploy({ 'health-check': 'true' })
    expect(run.runner.outputs.status).toBe('deployed')
    expect(run.runner.texts('warning')).toEqual([])
    expect(said(run)).toContain(`returned ${status}.`)
    expect(await asked()).toEqual([OK])
  })
})

describe('the health check of an Agent Server without a conclusive response', () => {
  /** Shortens only the 10 s timeout of single requests, to 20 ms of real time. */
  const hurryQuestions = () => {
    const usual = AbortSignal.timeout.bind(AbortSignal)
    const spy = jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => usual(ms === 10_000 ? 20 : ms))
    afterThisTest(() => spy.mockRestore())
  }
  const everywhere = (fault: Json) => onAgents({ path: '/agents/**', times: null, ...fault })

  const SILENCES: readonly (readonly [string, () => Promise<Inputs | undefined>, RegExp])[] = [
    ['404', async () => void (await everywhere({ action: 'status', status: 404 })), /returned 404/],
    ['418', async () => void (await everywhere({ action: 'status', status: 418 })), /returned 418/],
    [
      'a refused connection',
      async () => ({ 'custom-url': `http://127.0.0.1:${await freePort()}` }),
      /failed \(.*connect ECONNREFUSED/
    ],
    ['a cut connection', async () => void (await everywhere({ action: 'cut' })), /failed \(the connection was cut\)/],
    [
      'no response in time',
      async () => {
        hurryQuestions()
        await everywhere({ action: 'hang' })
        return undefined
      },
      /failed \(no response in time\)/
    ]
  ]

  test.each(SILENCES)('warns once after a minute of %s', async (_, arrange, words) => {
    const run = await deploy(await arrange())
    expect(run.runner.outputs.status).toBe('deployed')
    expect(run.runner.texts('warning')).toEqual([
      expect.stringMatching(/^The revision is deployed, but its health check was inconclusive: GET \S+\/ok /)
    ])
    const [warning = ''] = run.runner.texts('warning')
    expect(warning).toMatch(words)
    expect(warning).toMatch(/`health-check: false`.*`health-path`/)
    expect(secondsOf(run)).toBeGreaterThanOrEqual(60)
    expect(secondsOf(run)).toBeLessThan(90)
    expect(said(run)).not.toContain('Health check passed')
  })

  test.each(SILENCES)('fails after three minutes of %s with health-check: true', async (_, arrange, words) => {
    const run = await deploy({ 'health-check': 'true', ...(await arrange()) })
    expect(run.runner.outputs.status).toBe('failed')
    expect(errorOf(run)).toMatch(/its health check failed for 3 min(?: \d s)?: GET \S+\/ok /)
    expect(errorOf(run)).toMatch(words)
    expect(run.runner.texts('warning')).toEqual([])
    expect(secondsOf(run)).toBeGreaterThanOrEqual(180)
    expect(secondsOf(run)).toBeLessThan(215)
  })

  test('does not follow redirects', async () => {
    const other = await startServer(inTurn({ json: { ok: true } }))
    await everywhere({ action: 'redirect', location: `${other.url}/ok` })
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('deployed')
    expect(run.runner.texts('warning')).toEqual([expect.stringContaining('returned 307')])
    expect(other.requests).toEqual([])
  })

  test('passes without a warning after a good response', async () => {
    await onAgents({ path: '/agents/*/ok', times: 3, action: 'cut' })
    const run = await deploy()
    expect(run.runner.texts('warning')).toEqual([])
    expect(await asked()).toEqual([OK, OK, OK, OK, INFO])
  })

  /** Sets faults in turn. Each fault counts all requests, so each begins where the previous one ends. */
  const inTurns = (...turns: readonly (readonly [times: number, fault: Json])[]) => {
    let until = 0
    return onAgents(
      ...turns.map(([times, fault]) => {
        until += times
        return { ...fault, times: until }
      }),
      { ...ON_OK, action: 'cut' }
    )
  }

  test.each(['auto', 'true'])(
    'fails after three minutes of 503 with occasional connection errors, with health-check: %s',
    async (check) => {
      let nth = 0
      world.clock.duringPauses(async () => {
        nth += 1
        await onAgents(nth % 3 === 2 ? { ...ON_OK, action: 'cut' } : answering(503))
      })
      const run = await deploy({ 'health-check': check })
      expect(run.runner.outputs.status).toBe('failed')
      expect(errorOf(run)).toMatch(/for 3 min(?: \d s)?: GET \S+\/ok never succeeded: it returned 503, or it failed \(/)
      expect(run.runner.texts('warning')).toEqual([])
      expect(await askedForMs()).toBeGreaterThanOrEqual(180_000)
      expect(await askedForMs()).toBeLessThan(195_000)
    }
  )

  test.each(['auto', 'true'])('fails after one 503 and then no response, with health-check: %s', async (check) => {
    await inTurns([1, answering(503)])
    const run = await deploy({ 'health-check': check })
    expect(run.runner.outputs.status).toBe('failed')
    expect(await askedForMs()).toBeGreaterThanOrEqual(180_000)
    expect(await askedForMs()).toBeLessThan(195_000)
  })

  test('passes if 503 begins late and a good response follows', async () => {
    await onAgents({ path: '/agents/*/ok', times: 15, action: 'cut' }, { ...answering(503), times: 20 })
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('deployed')
    expect(run.runner.texts('warning')).toEqual([])
    expect(await askedForMs()).toBeGreaterThan(60_000)
  })

  test('fails after three minutes in total if 503 begins late', async () => {
    await onAgents({ path: '/agents/*/ok', times: 15, action: 'cut' }, answering(503))
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('failed')
    expect(await askedForMs()).toBeGreaterThanOrEqual(180_000)
    expect(await askedForMs()).toBeLessThan(195_000)
  })
})

describe('health-check', () => {
  test('false sends no request', async () => {
    await scenario({ revisions: [{ ok: [503] }] })
    const run = await deploy({ 'health-check': 'false' })
    expect(run.runner.outputs.status).toBe('deployed')
    expect(await asked()).toEqual([])
  })

  test('sends no request with wait: false', async () => {
    const run = await deploy({ wait: 'false', 'health-check': 'true' })
    expect(run.runner.outputs.status).toBe('started')
    expect(await asked()).toEqual([])
  })

  test.each(['CREATE_FAILED', 'DEPLOY_FAILED'])('sends no request for a revision that is %s', async (final) => {
    await world.images(OLD_IMAGE)
    await scenario({ revisions: [{ final }] })
    const run = await deploy({ 'health-check': 'true' })
    expect(run.runner.outputs.status).toBe('failed')
    expect(await asked()).toEqual([])
  })

  test('sends no request without a change, for a delete, or in a dry run', async () => {
    await world.images(OLD_IMAGE)
    await deploy({ 'dry-run': 'true', 'health-check': 'true' })
    await runMain(world, { command: 'delete' })
    expect(await asked()).toEqual([])
  })

  test.each([
    ['yes', /^Invalid `health-check`: expected `auto`, `true` or `false`, got "yes"\. Did you mean `true`\?/],
    ['1', /`health-check`/]
  ])('"%s" is rejected', async (written, words) => {
    const run = await deploy({ 'health-check': written })
    expect(errorOf(run)).toMatch(words)
    expect(await world.requests()).toEqual([])
  })

  describe('for a URL on another machine', () => {
    const behindProxy = async (customUrl: string, check: string) => {
      const agent = await startServer(inTurn({ json: { ok: true } }))
      const proxy = await startProxy(agent.port)
      const variables = { HTTP_PROXY: proxy.url }
      const run = await deploy({ 'custom-url': customUrl, 'health-check': check }, { variables })
      return { run, agent, proxy }
    }

    test.each(['agent.example.com', 'evil-langgraph.app', 'langgraph.app.example.com'])(
      'auto skips %s with a message',
      async (host) => {
        const { run, proxy } = await behindProxy(`http://${host}`, 'auto')
        expect(proxy.targets).toEqual([])
        expect(run.passed).toBe(true)
        expect(run.runner.texts('warning')).toEqual([])
        expect(said(run)).toMatch(new RegExp(`${host} may not be reachable.*\`health-check: true\``))
      }
    )

    test('auto names the host to allow in the proxy, and does not advise another path', async () => {
      const proxy = await startProxy(1, () => 403)
      const inputs = { 'custom-url': 'https://my-agent-1a2b.us.langgraph.app' }
      const run = await deploy(inputs, { variables: { HTTPS_PROXY: proxy.url } })
      const [warning = ''] = run.runner.texts('warning')
      expect(warning).toMatch(/returned 403\)\. Allow \*\.langgraph\.app in the proxy, or set `health-check: false`\.$/)
      expect(warning).not.toContain('health-path')
    })

    test('auto checks langgraph.app, which is public', async () => {
      const { run, agent, proxy } = await behindProxy('http://my-agent-1a2b.us.langgraph.app', 'auto')
      expect(new Set(proxy.targets)).toEqual(new Set(['my-agent-1a2b.us.langgraph.app:80']))
      expect(agent.requests.map(({ path }) => path)).toEqual(['/ok', '/info', '/metrics'])
      expect(agent.requests.flatMap(({ headers }) => Object.keys(headers))).not.toContain('x-api-key')
      expect(said(run)).toContain('Health check passed: GET http://my-agent-1a2b.us.langgraph.app/ok returned 200; ')
    })

    test('true checks every URL', async () => {
      const { run, agent } = await behindProxy('http://agent.example.com', 'true')
      expect(agent.requests.map(({ path }) => path)).toEqual(['/ok', '/info', '/metrics'])
      expect(run.runner.outputs.status).toBe('deployed')
    })
  })

  describe('for a deployment without a URL', () => {
    /** The emulator without the URL in the first responses of a DEPLOYED deployment. */
    const addressless = async (times = Number.POSITIVE_INFINITY): Promise<string> => {
      let left = times
      const server = createServer(async (request, response) => {
        const body = await buffer(request)
        const { host: _, connection: __, ...headers } = request.headers
        const answer = await fetch(world.api.emulator.url + request.url, {
          method: request.method ?? 'GET',
          headers: headers as Record<string, string>,
          ...(body.length > 0 ? { body } : {})
        })
        const json = JSON.parse(await answer.text())
        if (at(json, 'active_revision_id') && left > 0) {
          left -= 1
          json.source_config.custom_url = null
        }
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
      })
      const { port } = await listen(server, 0)
      afterThisTest(() => stop(server))
      return `http://127.0.0.1:${port}`
    }

    test('true fails with advice', async () => {
      const run = await deploy({ 'health-check': 'true', 'control-plane-url': await addressless() })
      expect(run.runner.outputs).toMatchObject({ status: 'failed', 'revision-status': 'DEPLOYED' })
      expect(errorOf(run)).toContain('the deployment has no URL for the health check')
      expect(errorOf(run)).toContain('Set `custom-url`, or omit `health-check: true`.')
    })

    test('auto passes with a warning about the skipped check', async () => {
      const run = await deploy({ 'control-plane-url': await addressless() })
      expect(run.runner.outputs.status).toBe('deployed')
      expect(run.runner.outputs['deployment-url']).toBeUndefined()
      expect(run.runner.texts('warning')).toEqual([
        expect.stringMatching(
          /reports no URL for the deployment, so the health check could not run.*`health-check: false`/
        )
      ])
      expect(await asked()).toEqual([])
    })

    test('false passes without a warning', async () => {
      const run = await deploy({ 'control-plane-url': await addressless(), 'health-check': 'false' })
      expect(run.runner.outputs.status).toBe('deployed')
      expect(run.runner.texts('warning')).toEqual([])
      expect(said(run)).toContain('`health-check` is `false`')
    })

    test('true checks a URL that appears seconds after DEPLOYED', async () => {
      const run = await deploy({ 'health-check': 'true', 'control-plane-url': await addressless(3) })
      expect(run.runner.outputs.status).toBe('deployed')
      expect(await asked()).toEqual([OK, INFO])
    })
  })
})

describe('the URL of a GitHub deployment', () => {
  test.each([[true], [false]])('is checked and is an output if it is in `url` (only there: %p)', async (url_only) => {
    await scenario({ server: { url_only }, revisions: [{ commit: COMMIT }] })
    await world.github()
    const run = await runMain(world, {})
    expect(run.runner.outputs).toMatchObject({
      status: 'deployed',
      'deployment-url': expect.stringMatching(/\/agents\/[0-9a-f-]{36}$/)
    })
    expect(await asked()).toEqual([OK, INFO])
    expect(run.runner.texts('warning')).toEqual([])
  })

  test('fails the run after 503 if it is only in `url`', async () => {
    await world.github()
    await scenario({ server: { url_only: true }, faults: [answering(503)] })
    const run = await runMain(world, {})
    expect(run.runner.outputs.status).toBe('failed')
  })
})

describe('health-path', () => {
  test.each([
    ['', '/health', ['/health', '/info', '/metrics']],
    ['', '/mounted/ok', ['/mounted/ok', '/mounted/info', '/mounted/metrics']],
    ['/agents/a', '/ok', ['/agents/a/ok', '/agents/a/info', '/agents/a/metrics']],
    ['/agents/a/', '/ok', ['/agents/a/ok', '/agents/a/info', '/agents/a/metrics']],
    ['/agents/a', '/v1/ok', ['/agents/a/v1/ok', '/agents/a/v1/info', '/agents/a/v1/metrics']],
    ['', '/ok?check_db=1', ['/ok?check_db=1', '/info', '/metrics']]
  ])('requests, for a URL with path "%s" and input %s, the paths %j', async (base, path, paths) => {
    const agent = await startServer(inTurn({ json: {} }))
    const run = await deploy({ 'custom-url': agent.url + base, 'health-path': path })
    expect(run.runner.outputs.status).toBe('deployed')
    expect(agent.requests.map((request) => request.path)).toEqual(paths)
  })

  // LangSmith's own auth returns 403 for every unknown path.
  test('that does not exist and is refused without a key does not pass', async () => {
    const run = await deploy({ 'health-path': '/okay' })
    expect(run.runner.outputs.status).toBe('deployed')
    expect(run.runner.texts('warning').join()).toMatch(
      /GET \S+\/okay returned 403, like every protected path\..*`health-path`/
    )
    const strict = await deploy({ 'health-path': '/okay', 'health-check': 'true', 'image-uri': 'a:3' })
    expect(strict.runner.outputs.status).toBe('failed')
  })

  test('that custom auth protects passes', async () => {
    await scenario({ agent: { auth: { kind: 'custom', everywhere: true } } })
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('deployed')
    expect(run.runner.texts('warning')).toEqual([])
  })

  test.each(['ok', 'https://example.com/ok', '/ok#x', '/ok me'])('"%s" is rejected', async (path) => {
    const run = await deploy({ 'health-path': path })
    expect(errorOf(run)).toContain(
      `Invalid \`health-path\`: expected a path such as \`/ok\` or \`/agents/ok\`, got "${path}".`
    )
    expect(await world.requests()).toEqual([])
  })

  test('with two leading slashes stays on its host', async () => {
    const agent = await startServer(inTurn({ json: {} }))
    await deploy({ 'custom-url': agent.url, 'health-path': '//example.com' })
    expect(agent.requests.map((request) => request.path)).toEqual(['//example.com', '/info', '/metrics'])
  })
})

describe('the revision that the Agent Server reports', () => {
  const overOlder = async (rule: Json) => {
    const id = await world.images(OLD_IMAGE)
    await scenario({ revisions: [rule] })
    return { id, older: idsOf(await world.revisions(id))[0] ?? '' }
  }

  test('can become ours late', async () => {
    const { older } = await overOlder({ info_after_ms: 100_000 })
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('deployed')
    expect(run.runner.texts('warning')).toEqual([])
    expect(said(run)).toContain(`returned 200, but /info still reports revision ${older}; retrying.`)
    expect(await askedForMs()).toBeGreaterThanOrEqual(100_000)
    expect(await askedForMs()).toBeLessThan(115_000)
  })

  test.each([['200 s', 200_000] as const, ['ever', null] as const])(
    'fails the run if it is another one for %s',
    async (_, info_after_ms) => {
      const { older } = await overOlder({ info_after_ms })
      const run = await deploy()
      expect(run.runner.outputs.status).toBe('failed')
      expect(errorOf(run)).toMatch(
        new RegExp(`for 3 min(?: \\d s)?: GET \\S+/ok returned 200, but /info still reports revision ${older}\\.`)
      )
      expect(await askedForMs()).toBeGreaterThanOrEqual(180_000)
    }
  )

  test.each<[string, Json, string]>([
    ['reports none', { info_after_ms: null }, 'returned 200; the server does not report its revision.'],
    ['has no /info', { info: false }, 'returned 200, and /metrics reports this revision.']
  ])('is not required if the server %s', async (_, rule, words) => {
    await scenario({ revisions: [rule] })
    const run = await deploy({ 'health-check': 'true' })
    expect(run.runner.outputs.status).toBe('deployed')
    expect(run.runner.texts('warning')).toEqual([])
    expect(await asked()).toEqual([OK, INFO, METRICS])
    expect(said(run)).toContain(words)
  })

  test.each<[string, Reply]>([
    ['is the build of the server', { json: { host: { revision_id: '52ab87d' } } }],
    ['is the build of the server, as a UUID', { json: { host: { revision_id: UUID } } }],
    ['has another type', { json: { host: { revision_id: 7, host_revision_id: null } } }],
    ['is not in JSON', { text: '<html></html>' }],
    ['is in an incomplete response', 'half'],
    ['comes with an error', { status: 500, json: { host: { revision_id: UUID } } }]
  ])('is ignored if it %s', async (_, reply) => {
    const agent = await startServer(({ path }) => (path === '/info' ? reply : { json: { ok: true } }))
    const run = await deploy({ 'custom-url': agent.url })
    expect(run.runner.outputs.status).toBe('deployed')
    expect(agent.requests.slice(0, 2).map(({ path }) => path)).toEqual(['/ok', '/info'])
  })

  test('is read from `host_revision_id`', async () => {
    const agent = await startServer(({ path }) =>
      path === '/info' ? { json: { host: { revision_id: undefined, host_revision_id: UUID } } } : { json: {} }
    )
    const run = await deploy({ 'custom-url': agent.url })
    expect(run.runner.outputs.status).toBe('failed')
    expect(errorOf(run)).toContain(`still reports revision ${UUID}`)
  })
})

describe('a newer revision that becomes active during the health check', () => {
  test.each([
    ['warn', true],
    ['fail', false]
  ])('supersedes ours, with on-superseded: %s', async (onSuperseded, passes) => {
    const id = await world.images(OLD_IMAGE)
    await scenario({ revisions: [{ nth: 2, ok: [503] }] })
    pushWhileAsked(id)
    const run = await deploy({ 'on-superseded': onSuperseded })
    const [newest, ours] = idsOf(await world.revisions(id))
    expect(run.passed).toBe(passes)
    expect(run.runner.outputs).toMatchObject({
      status: 'superseded',
      'revision-id': ours,
      'active-revision-id': newest
    })
    expect(run.runner.texts(passes ? 'warning' : 'error').join()).toContain(
      `The revision was deployed, but a newer revision is now active: ${newest}.`
    )
  })

  test('is followed with on-superseded: follow', async () => {
    const id = await world.images(OLD_IMAGE)
    await scenario({ revisions: [{ nth: 2, ok: [503] }] })
    pushWhileAsked(id)
    const run = await deploy({ 'on-superseded': 'follow' })
    const [newest] = idsOf(await world.revisions(id))
    expect(run.runner.outputs).toMatchObject({
      status: 'deployed',
      'revision-id': newest,
      'active-revision-id': newest,
      'image-uri': 'a:3'
    })
    expect(run.runner.texts('warning')).toEqual([
      `The revision was deployed, but a newer revision is now active: ${newest}. Following the newest revision instead.`
    ])
  })

  test('is followed to its own failure with on-superseded: follow', async () => {
    const id = await world.images(OLD_IMAGE)
    await onAgents(answering(503))
    pushWhileAsked(id)
    const run = await deploy({ 'on-superseded': 'follow' })
    const [newest] = idsOf(await world.revisions(id))
    expect(run.runner.outputs).toMatchObject({ status: 'failed', 'revision-id': newest })
    // The newer revision gets its own three minutes.
    expect(await askedForMs()).toBeGreaterThanOrEqual(360_000)
  })

  test('supersedes ours if it becomes active while only the list of revisions is read again', async () => {
    const id = await world.images(OLD_IMAGE)
    await scenario({ revisions: [{ nth: 2, ok: [503, 200] }] })
    const lists = async () => (await world.requests()).filter((request) => /\/revisions$/.test(request)).length
    let before = 0
    world.clock.onceInPause(
      async () => (await asked()).includes(OK),
      async () => {
        before = await lists()
        const fault = { method: 'GET', path: '/v2/deployments/*/revisions', times: 7, action: 'status', status: 503 }
        await scenario({ revisions: [{ nth: 2, ok: [200] }], faults: [fault] })
        world.clock.onceInPause(
          async () => (await lists()) > before,
          () => world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: 'a:3' } })
        )
      }
    )
    const { runner } = await deploy()
    const [newest] = idsOf(await world.revisions(id))
    expect(runner.outputs).toMatchObject({ status: 'superseded', 'active-revision-id': newest })
  })

  test('is not followed if an even newer one exists', async () => {
    const id = await world.images(OLD_IMAGE)
    await scenario({ revisions: [{ nth: 2, ok: [503] }, { nth: 3 }, { nth: 4, step_ms: 100_000 }] })
    const due = [
      { afterMs: 20_000, image_uri: 'a:3' },
      { afterMs: 150_000, image_uri: 'a:4' }
    ]
    world.clock.duringPauses(async () => {
      const [next] = due
      if (!next || !(await asked()).includes(OK) || (await askedForMs()) < next.afterMs) return
      due.shift()
      await world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, {
        source_revision_config: { image_uri: next.image_uri }
      })
    })
    const run = await deploy({ 'on-superseded': 'follow' })
    const [newest, active] = await world.revisions(id)
    expect(run.runner.outputs).toMatchObject({
      status: 'deployed',
      'revision-id': newest?.id,
      'revision-status': 'DEPLOYED',
      'image-uri': 'a:4'
    })
    expect(run.runner.texts('warning')).toEqual([expect.stringContaining(`now active: ${active?.id}. Following`)])
  })

  test.each(['auto', 'true'])('supersedes ours after an inconclusive check, with health-check: %s', async (check) => {
    const id = await world.images(OLD_IMAGE)
    await onAgents(answering(404))
    pushWhileAsked(id)
    const run = await deploy({ 'health-check': check })
    expect(run.passed).toBe(true)
    expect(run.runner.outputs.status).toBe('superseded')
    expect(run.runner.texts('warning')).toEqual([expect.stringContaining('a newer revision is now active')])
  })

  test.each([
    [503, 'failed'],
    [404, 'deployed']
  ])('cannot be detected if the key is refused, so %d makes ours %s', async (code, status) => {
    await world.images(OLD_IMAGE)
    await onAgents(answering(code))
    const refusal: Json = { method: 'GET', path: '/v2/deployments/*', times: null, action: 'status', status: 403 }
    world.clock.duringPauses(async () => {
      if ((await asked()).length >= 3) await onAgents(answering(code), refusal)
    })
    const run = await deploy()
    expect(run.runner.outputs.status).toBe(status)
  })

  test('is not searched if ours passes at once', async () => {
    await world.images(OLD_IMAGE)
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('deployed')
    expect((await world.requests()).slice(-2)).toEqual([OK, INFO])
  })

  test.each<[string, Json, Json]>([
    ['does not report its revision', { info: false }, { info: false }],
    ['reports ours from an old instance', {}, { info_after_ms: 600_000 }]
  ])('is searched after a recovery if the server %s', async (_, ours, theirs) => {
    const id = await world.images(OLD_IMAGE)
    await scenario({
      revisions: [
        { nth: 2, ok: [503], ...ours },
        { nth: 3, ...theirs }
      ]
    })
    pushWhileAsked(id, 2)
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('superseded')
  })
})

describe('a deadline during the health check', () => {
  test('ends as timed-out with the last response', async () => {
    await onAgents(answering(503))
    const run = await deploy({ timeout: '1m' })
    expect(run.runner.outputs).toMatchObject({ status: 'timed-out', 'revision-status': 'DEPLOYED' })
    expect(errorOf(run)).toMatch(
      /The revision is deployed, but the timeout expired before its health check passed: GET \S+\/ok returned 503\./
    )
    expect(errorOf(run)).toMatch(/Read the deploy log of the revision.*Raise `timeout`/)
    expect(secondsOf(run)).toBeGreaterThanOrEqual(60)
    expect(secondsOf(run)).toBeLessThan(63)
  })

  test('after only 404 ends as timed-out with health-check: true', async () => {
    await onAgents(answering(404))
    const run = await deploy({ timeout: '30s', 'health-check': 'true' })
    expect(run.runner.outputs.status).toBe('timed-out')
    expect(run.runner.texts('error')).toEqual([
      expect.stringMatching(/its health check passed: GET \S+\/ok returned 404\./)
    ])
    expect(secondsOf(run)).toBeLessThan(33)
  })

  test('after only 404 passes with health-check: auto', async () => {
    await onAgents(answering(404))
    const run = await deploy({ timeout: '30s' })
    expect(run.runner.outputs.status).toBe('deployed')
    expect(run.runner.texts('warning')).toEqual([expect.stringContaining('returned 404')])
    expect(secondsOf(run)).toBeLessThan(33)
  })

  test('after 503 and then no response ends as timed-out with 503', async () => {
    await onAgents(answering(503))
    world.clock.duringPauses(async () => {
      if ((await asked()).length > 0 && (await askedForMs()) > 20_000) await onAgents({ ...ON_OK, action: 'cut' })
    })
    const run = await deploy({ timeout: '1m' })
    expect(run.runner.outputs.status).toBe('timed-out')
    expect(errorOf(run)).toMatch(/expired before its health check passed: GET \S+\/ok returned 503\./)
  })

  test('that cuts a request after 404 passes with 404', async () => {
    const agent = await startServer((_, nth) => {
      if (nth < 4) return { status: 404 }
      // The deadline passes during the request.
      world.clock.skip(60_000)
      return 'cut'
    })
    const run = await deploy({ timeout: '1m', 'custom-url': agent.url })
    expect(run.runner.outputs.status).toBe('deployed')
    expect(run.runner.texts('warning')).toEqual([expect.stringContaining('/ok returned 404.')])
    expect(agent.requests).toHaveLength(4)
  })

  test('after 503 and then 404 ends as timed-out with 503', async () => {
    await onAgents({ ...answering(503), times: 3 }, answering(404))
    const run = await deploy({ timeout: '40s' })
    expect(run.runner.outputs.status).toBe('timed-out')
    expect(errorOf(run)).toMatch(/expired before its health check passed: GET \S+\/ok returned 503\./)
    expect(run.runner.texts('warning')).toEqual([])
  })

  test.each(['true', 'auto'])(
    'in the first request ends as timed-out without a result, with health-check: %s',
    async (check) => {
      const agent = await startServer(() => {
        world.clock.skip(60_000)
        return 'cut'
      })
      const run = await deploy({ timeout: '1m', 'custom-url': agent.url, 'health-check': check })
      expect(run.runner.outputs.status).toBe('timed-out')
      expect(errorOf(run)).toMatch(/expired before its health check passed: GET \S+\/ok did not respond in time\./)
    }
  )

  test('sends no request for newer revisions', async () => {
    const id = await world.images(OLD_IMAGE)
    await scenario({ revisions: [{ nth: 2, ok: [503] }] })
    pushWhileAsked(id)
    const run = await deploy({ timeout: '1m', 'on-superseded': 'follow' })
    expect(run.runner.outputs.status).toBe('timed-out')
    expect(errorOf(run)).toMatch(/its health check passed: GET \S+\/ok /)
    const requests = (await world.requests()).filter((request) => !request.endsWith('/logs'))
    expect(requests.at(-1)).toMatch(/^GET \/agents\//)
  })

  test('does not interrupt a DEPLOYED revision', async () => {
    await onAgents(answering(503))
    const run = await deploy({ timeout: '1m', 'on-timeout': 'interrupt' })
    expect(run.runner.outputs.status).toBe('timed-out')
    expect(await world.writes()).toEqual(['POST /v2/deployments'])
  })

  test('ends a request without a response', async () => {
    let end = () => {}
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    const agent = await startServer((_, nth) => (nth === 1 ? { status: 503 } : 'hang'))
    const startedAt = world.clock.now()
    // This pause lasts 1 s, which leaves 300 ms for the next request.
    const shorten = () => world.clock.skip(startedAt + 60_000 - world.clock.now() - 1_300)
    world.clock.onceInPause(() => agent.requests.length > 0, shorten)
    const running = deploy(
      { timeout: '1m', 'custom-url': agent.url },
      { meanwhile: ({ cancellation }) => afterThisTest(cancellation.cancel) }
    ).then((run) => {
      end()
      return run
    })
    await Promise.race([ended, delay(1_500)])
    const status = await Promise.race([running.then(({ runner }) => runner.outputs.status), delay(1, 'still asking')])
    expect(status).toBe('timed-out')
  })
})

describe('a cancellation during the health check', () => {
  test('ends the run, keeps the DEPLOYED revision, and reports its state', async () => {
    await onAgents(answering(503))
    const run = await deploy(
      { 'on-cancel': 'interrupt' },
      {
        meanwhile: ({ cancellation }) =>
          world.clock.duringPauses(async () => {
            if ((await asked()).length >= 3) cancellation.cancel()
          })
      }
    )
    expect(run.runner.outputs).toMatchObject({
      status: 'cancelled',
      'revision-status': 'DEPLOYED',
      'deployment-url': expect.stringContaining('/agents/')
    })
    expect(await asked()).toHaveLength(3)
    expect(run.runner.texts('summary')).toHaveLength(1)
    expect(await world.writes()).toEqual(['POST /v2/deployments'])
  })

  test('ends a request without a response at once', async () => {
    let cancel = () => {}
    const agent = await startServer(() => {
      cancel()
      return 'hang'
    })
    const running = deploy(
      { 'custom-url': agent.url },
      {
        meanwhile: ({ cancellation }) => {
          cancel = cancellation.cancel
        }
      }
    )
    expect(await lasts(running)).toBeLessThan(1_000)
    expect((await running).runner.outputs.status).toBe('cancelled')
    expect(agent.requests).toHaveLength(1)
  })
})

test('a cancellation during the last request of the health check ends the run as cancelled', async () => {
  let cancel = () => {}
  const agent = await startServer((_, nth) => {
    if (nth === 1) return { status: 404 }
    // The minute ends with this response.
    world.clock.skip(60_000)
    cancel()
    return 'hang'
  })
  const run = await deploy(
    { 'custom-url': agent.url },
    {
      meanwhile: ({ cancellation }) => {
        cancel = cancellation.cancel
      }
    }
  )
  expect(run.runner.outputs.status).toBe('cancelled')
})

describe('the warning about a revision that did not become active', () => {
  const INACTIVE = { revisions: [{ active_after_ms: null }] }

  test('remains if the health check passes', async () => {
    await scenario(INACTIVE)
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('deployed')
    expect(run.runner.texts('warning')).toEqual([expect.stringContaining('reports no active revision')])
    expect(await asked()).toEqual([OK, INFO, METRICS])
  })

  test('is shown beside the warning about an inconclusive health check', async () => {
    await scenario({ ...INACTIVE, faults: [answering(404)] })
    const run = await deploy()
    expect(run.runner.texts('warning')).toEqual([
      expect.stringMatching(/reports no active revision.*\n.*its health check was inconclusive.*returned 404/)
    ])
  })

  test('is replaced by the failure if /info still reports the older revision, which does not supersede ours', async () => {
    const id = await world.images(OLD_IMAGE)
    await scenario(INACTIVE)
    const run = await deploy()
    const [, older] = idsOf(await world.revisions(id))
    expect(run.runner.outputs).toMatchObject({ status: 'failed', 'active-revision-id': older })
    expect(errorOf(run)).toContain(`/info still reports revision ${older}.`)
  })

  test('prevents a failure message that calls the revision active', async () => {
    await world.images(OLD_IMAGE)
    await scenario(INACTIVE)
    expect(errorOf(await deploy())).toMatch(/^The revision is deployed, but its health check failed /)
  })

  test('prevents the advice to redeploy, which would roll back too far', async () => {
    const id = await world.images('a:0', OLD_IMAGE)
    await scenario(INACTIVE)
    const run = await deploy()
    expect(run.runner.outputs).toMatchObject({
      status: 'failed',
      'active-revision-id': idsOf(await world.revisions(id))[1]
    })
    expect(errorOf(run)).not.toContain('`command: redeploy`')
  })
})

const FOLLOWING = choicesOf('command').filter((one) => one !== 'deploy' && isUsedBy(one, 'health-check'))

describe.each(FOLLOWING)('command: %s', (command) => {
  /** Creates a deployment whose next or awaited revision follows this rule. */
  const arrange = async (rule: Json): Promise<string> => {
    if (command === 'redeploy') {
      const id = await world.images('a:1', 'a:2')
      await scenario({ revisions: [rule] })
      return id
    }
    await scenario({ revisions: [rule] })
    return create(world.api, dockerBody({ name: 'agent' }))
  }
  const play = (inputs: Inputs = {}, options: RunOptions = {}) => runMain(world, { command, ...inputs }, options)

  test('checks the Agent Server until it works', async () => {
    await arrange({ ok: [503, 503, 200] })
    const run = await play()
    expect(run.runner.outputs.status).toBe('deployed')
    expect(await asked()).toEqual([OK, OK, OK, INFO])
  })

  test('fails after three minutes of 503, and shows the end of the deploy log', async () => {
    await arrange({ ok: [503], deploy_log: ['Traceback: it broke'] })
    const run = await play()
    expect(run.runner.outputs.status).toBe('failed')
    expect(errorOf(run)).toMatch(/for 3 min(?: \d s)?: GET \S+\/ok returned 503\./)
    expect(run.runner.texts('group').join()).toContain('Traceback: it broke')
  })

  test('sends no request with health-check: false', async () => {
    await arrange({ ok: [503] })
    const run = await play({ 'health-check': 'false' })
    expect(run.runner.outputs.status).toBe('deployed')
    expect(await asked()).toEqual([])
  })

  test('respects the deadline and `health-path`', async () => {
    // Without auth, because LangSmith's own auth returns 403 for every unknown path.
    await arrange({ ok: [503], agent: { auth: { kind: 'none' } } })
    const run = await play({ timeout: '1m', 'health-path': '/alive', 'health-check': 'true' })
    expect(run.runner.outputs.status).toBe('timed-out')
    expect(new Set(await asked())).toEqual(new Set(['GET /agents/:id/alive']))
    expect(errorOf(run)).toContain('/alive returned 404')
  })
})

test('command: redeploy with wait: false sends no request to the Agent Server', async () => {
  await world.images('a:1', 'a:2')
  const run = await runMain(world, { command: 'redeploy', wait: 'false', 'health-check': 'true' })
  expect(run.runner.outputs.status).toBe('started')
  expect(await asked()).toEqual([])
})

test('command: wait for a revision that was replaced long ago sends no request to the Agent Server', async () => {
  const id = await world.images('a:1', 'a:2')
  world.clock.skip(LIFETIME_MS)
  const [, older = ''] = idsOf(await world.revisions(id))
  const run = await runMain(world, { command: 'wait', 'revision-id': older })
  expect(run.runner.outputs.status).toBe('superseded')
  expect(await asked()).toEqual([])
  expect(records((await world.api.ask(200, 'GET', '/v2/deployments')).resources)).toHaveLength(1)
})

describe('an unchanged deployment', () => {
  const skipping = { 'image-uri': DIGEST, 'skip-unchanged': 'true' }
  const again = (inputs: Inputs = {}) => deploy({ ...skipping, ...inputs })
  const PATCH = 'PATCH /v2/deployments/:id'

  test('is checked, and ends as unchanged without an annotation', async () => {
    await world.images(DIGEST)
    const run = await again()
    expect(run.runner.outputs.status).toBe('unchanged')
    expect(run.runner.texts('warning')).toEqual([])
    expect(await asked()).toEqual([OK, INFO])
    expect(said(run)).toContain('Already up to date; no new revision was created.')
  })

  test.each([
    ['', {}, []],
    [' after a change of a setting', { 'display-name': 'Support agent' }, [PATCH]],
    [' without a revision to roll back to', { 'rollback-on-failure': 'true' }, []]
  ])('fails if the server returns 503%s', async (_, inputs, writes) => {
    const id = await world.images(OLD_IMAGE, DIGEST)
    await onAgents(answering(503))
    const run = await again(inputs)
    expect(run.runner.outputs).toMatchObject({ status: 'failed', 'revision-status': 'DEPLOYED' })
    expect(errorOf(run)).toContain('The revision is deployed, but its health check failed')
    expect(await world.writes()).toEqual(writes)
    expect(await world.revisions(id)).toHaveLength(2)
  })

  test('warns if the server returns 404, or fails with health-check: true', async () => {
    await world.images(DIGEST)
    await onAgents(answering(404))
    const run = await again()
    expect(run.runner.outputs.status).toBe('unchanged')
    expect(run.runner.texts('warning')).toEqual([expect.stringContaining('its health check was inconclusive')])
    expect((await again({ 'health-check': 'true' })).runner.outputs.status).toBe('failed')
  })

  test.each([
    ['health-check: false', { 'health-check': 'false' }, 'unchanged'],
    ['wait: false', { wait: 'false' }, 'unchanged'],
    ['dry-run: true', { 'dry-run': 'true' }, 'planned']
  ])('is not checked with %s', async (_, inputs, status) => {
    await world.images(DIGEST)
    await onAgents(answering(503))
    expect((await again(inputs)).runner.outputs.status).toBe(status)
    expect(await asked()).toEqual([])
  })
})
