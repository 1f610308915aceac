import { describe, expect, test } from '@jest/globals'
import { packed } from './archives.ts'
import {
  at,
  create,
  dockerBody,
  githubBody,
  type Json,
  type Options,
  type Reply,
  records,
  useEmulator,
  useSkippedTime
} from './support.ts'

const client = useEmulator()
const skip = useSkippedTime()
/** Longer than the life of any revision here. */
const LIFETIME_MS = 60_000
/** A fixed UUID: every Agent Server gives it to its graph `agent`. */
const AGENT_ID = 'fe096781-5601-53d2-b2f6-0d3403f7e9ca'
const UNKNOWN_ID = '11111111-1111-4111-8111-111111111111'

type Ask = (method: string, path: string, options?: Options) => Promise<Reply>

/** Creates a deployment with a scripted agent, and functions that call it. */
async function agent(traits: Json = {}, body: Json = dockerBody()): Promise<{ id: string; ask: Ask }> {
  await client.scenario({ agent: traits })
  const id = await create(client, body)
  skip(LIFETIME_MS)
  return { id, ask: (method, path, options) => client.call(method, `/agents/${id}${path}`, options) }
}

const graphs = (graph: Json, others: Json = {}) => ({ graphs: { agent: graph, ...others } })
const nothing = { key: null }

describe('public routes', () => {
  test('/ok, /info and /metrics need no key, and name the revision', async () => {
    const { id, ask } = await agent()
    const { active_revision_id: revision } = await client.ask(200, 'GET', `/v2/deployments/${id}`)
    expect(await ask('GET', '/ok?check_db=1', nothing)).toMatchObject({ status: 200, body: { ok: true, services: {} } })
    expect(await ask('GET', '/info', nothing)).toMatchObject({
      status: 200,
      body: { version: '0.16.7', host: { host_revision_id: revision, project_id: id, revision_id: '52ab87d' } }
    })
    const metrics = await ask('GET', '/metrics', nothing)
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(metrics.text).toContain(`{project_id="${id}",revision_id="${revision}"} 0.0\n`)
  })

  test('a server before 0.14 returns no services in /ok, and /info returns the version of the revision', async () => {
    await client.scenario({ revisions: [{ nth: 1, image_version: '0.13.2' }] })
    const id = await create(client)
    skip(LIFETIME_MS)
    expect((await client.ask(200, 'GET', `/agents/${id}/info`)).version).toBe('0.13.2')
    expect(await client.ask(200, 'GET', `/agents/${id}/ok`)).toEqual({ ok: true })
  })

  test('disable_meta keeps /ok', async () => {
    const { ask } = await agent({ disable_meta: true })
    const statuses = []
    for (const path of ['/ok', '/info', '/metrics']) statuses.push((await ask('GET', path)).status)
    expect(statuses).toEqual([200, 404, 404])
  })
})

describe('a search for assistants', () => {
  const search = (ask: Ask, body: Json = {}) => ask('POST', '/assistants/search', { body })

  test('lists them newest first, one for each graph', async () => {
    const { ask } = await agent(graphs({}, { support: {} }))
    const { status, value, headers } = await search(ask)
    expect(status).toBe(200)
    expect(value).toMatchObject([
      { graph_id: 'support', metadata: { created_by: 'system' } },
      { graph_id: 'agent', assistant_id: AGENT_ID, name: 'agent', version: 1 }
    ])
    expect(headers.get('x-pagination-total')).toBe('2')
    expect(headers.has('x-pagination-next')).toBe(false)
  })

  test('returns pages of ten, with a next page while there is one and no exact total', async () => {
    const names = Array.from({ length: 13 }, (_, index) => `graph-${index}`)
    const { ask } = await agent({ graphs: Object.fromEntries(names.map((name) => [name, {}])) })
    const seen: unknown[] = []
    for (const [offset, total, next] of [
      [0, '11', '10'],
      [10, '13', null]
    ] as const) {
      const { value, headers } = await search(ask, { offset })
      expect([headers.get('x-pagination-total'), headers.get('x-pagination-next')]).toEqual([total, next])
      seen.push(...records(value).map(({ graph_id }) => graph_id))
    }
    expect(seen).toEqual(names.reverse())
  })

  test.each([
    [{ limit: 1001 }, '1001 is greater than the maximum of 1000'],
    [{ limit: 0 }, '0 is less than the minimum of 1'],
    [{ limit: 'x' }, '"x" is not of type "integer"'],
    [{ metadata: 7 }, '7 is not of type "object"'],
    [[], '[] is not of type "object"'],
    ['{', 'Invalid JSON in request body'],
    [undefined, 'Invalid JSON in request body']
  ])('refuses %j', async (body, detail) => {
    const { ask } = await agent()
    expect(await ask('POST', '/assistants/search', { body })).toMatchObject({ status: 422, body: { detail } })
  })

  test('filters by graph and by metadata, including user-defined ones', async () => {
    const { ask } = await agent({
      graphs: { agent: {}, support: {} },
      assistants: [{ graph_id: 'agent', name: 'Mine', metadata: { created_by: 'system', team: 'x' } }]
    })
    const found = async (body: Json) => records((await search(ask, body)).value).map(({ name }) => name)
    expect(await found({ graph_id: 'agent' })).toEqual(['Mine', 'agent'])
    expect(await found({ metadata: { created_by: 'system' } })).toEqual(['Mine', 'support', 'agent'])
    expect(await found({ metadata: { team: 'x' } })).toEqual(['Mine'])
    expect(await search(ask, { graph_id: 'other' })).toMatchObject({
      status: 404,
      body: { detail: "Graph 'other' not found. Expected one of: ['agent', 'support']" }
    })
  })

  test('lists a graph whose factory fails, and a removed graph only if the server keeps stale ones', async () => {
    const { ask } = await agent(
      graphs({ load: 'error' }, { gone: { load: 'removed' }, stale: { load: 'removed', listed: true } })
    )
    expect(records((await search(ask)).value).map(({ graph_id }) => graph_id)).toEqual(['stale', 'agent'])
  })
})

describe('the drawing of a graph', () => {
  const DRAWN = { nodes: [{ id: '__start__' }, { id: 'agent' }, { id: '__end__' }], edges: [{}, {}] }
  const gone = "Graph 'agent' not found. Expected one of: ['other']"

  test.each<[string, Json, number, number, unknown]>([
    ['is valid', {}, 200, 200, DRAWN],
    ['raises a KeyError', { load: 'error' }, 500, 500, 'Internal Server Error'],
    ['raises a ValueError', { load: 'value-error', message: 'KEY must be set' }, 400, 400, 'KEY must be set'],
    ['is not a graph', { load: 'no-graph' }, 424, 424, "Graph 'agent' is not valid. Review graph registration. None"],
    ['raises an HTTPException', { load: 418, message: 'teapot' }, 418, 418, 'teapot'],
    ['cannot be drawn', { load: 'not-drawable' }, 422, 422, 'The graph does not support visualization'],
    ['was removed', { load: 'removed', listed: true }, 404, 422, gone]
  ])('has the status of a graph that %s', async (_, graph, byId, byName, expected) => {
    const { ask } = await agent(graphs(graph, { other: {} }))
    for (const [given, status] of [
      [AGENT_ID, byId],
      ['agent', byName]
    ] as const) {
      const reply = await ask('GET', `/assistants/${given}/graph`)
      const detail = byName !== byId && given === 'agent' ? 'Invalid assistant ID: must be a UUID' : expected
      expect(reply.status).toBe(status)
      if (status === 200) expect(reply.body).toMatchObject(DRAWN)
      else if (status === 500)
        expect([reply.text, reply.headers.get('content-type')]).toEqual([
          expected,
          expect.stringMatching(/^text\/plain/)
        ])
      else expect(reply.body).toEqual({ detail })
    }
  })

  test.each([
    ['/assistants/other/graph', 422, 'Invalid assistant ID: must be a UUID'],
    [`/assistants/${UNKNOWN_ID}/graph`, 404, 'Not Found'],
    ['/assistants/agent/schemas', 422, 'Invalid assistant ID: must be a UUID'],
    ['/assistants/agent', 422, 'Invalid assistant ID: must be a UUID']
  ])('%s returns %i', async (path, status, detail) => {
    const { ask } = await agent()
    expect(await ask('GET', path)).toMatchObject({ status, body: { detail } })
  })

  test('schemas need a UUID, and exist for graphs that cannot be drawn', async () => {
    const { ask } = await agent(graphs({ load: 'not-drawable' }))
    expect(await ask('GET', `/assistants/${AGENT_ID}/schemas`)).toMatchObject({
      status: 200,
      body: { graph_id: 'agent' }
    })
    expect(await ask('GET', `/assistants/${AGENT_ID}`)).toMatchObject({ status: 200, body: { name: 'agent' } })
  })

  test('a slow factory delays the whole response', async () => {
    const { ask } = await agent(graphs({ load_ms: 12_000 }))
    let answered = false
    const reply = ask('GET', '/assistants/agent/graph').finally(() => {
      answered = true
    })
    await realPause(40)
    expect(answered).toBe(false)
    skip(12_000)
    expect((await reply).status).toBe(200)
  })

  test('the reason of a failed factory is in the deploy log, without the ID of the request', async () => {
    const { id, ask } = await agent(graphs({ load: 'error' }))
    await ask('GET', '/assistants/agent/graph', { headers: { 'X-Request-Id': 'seven' } })
    const { logs } = await client.ask(200, 'GET', `/v2/deployments/${id}/logs?level=ERROR`)
    expect(records(logs).map(({ message }) => message)).toEqual([
      expect.stringMatching(/^GET \/assistants\/agent\/graph 500 \d+ms /),
      "Exception in ASGI application\nKeyError: 'OPENAI_API_KEY'"
    ])
    expect(JSON.stringify(logs)).not.toContain('seven')
  })

  test('an external Agent Server adds lines to the deploy log', async () => {
    const { id } = await agent({ url: 'http://127.0.0.1:2024' })
    const run = '01a21b6f-4bd0-71cb-85b4-8119d4b80a80'
    const lines = ['Server started', { level: 'ERROR', message: `Run failed run_id=${run}` }]
    await client.ask(204, 'POST', '/_emulator/logs', { deployment_id: id, lines })
    const { logs } = await client.ask(200, 'GET', `/v2/deployments/${id}/logs?order=asc`)
    expect(records(logs).slice(-2)).toMatchObject([{ level: 'INFO', message: 'Server started' }, lines[1]])
    const ofRun = await client.ask(200, 'GET', `/v2/deployments/${id}/logs?run_id=${run}`)
    expect(records(ofRun.logs)).toMatchObject([lines[1]])
    await client.ask(404, 'POST', '/_emulator/logs', { deployment_id: UNKNOWN_ID, lines })
    await client.ask(422, 'POST', '/_emulator/logs', { deployment_id: id })
  })
})

describe('the graphs of a deployment', () => {
  const names = async (ask: Ask) =>
    records((await ask('POST', '/assistants/search', { body: {} })).value)
      .map(({ graph_id }) => graph_id)
      .reverse()

  test.each([
    ['those of the uploaded langgraph.json', 'langgraph.json', { b: './b.py:graph', a: './b.py:graph' }, ['b', 'a']],
    ['those of another path', 'agents/langgraph.json', { mine: { path: './b.py:graph' } }, ['mine']]
  ])('are %s', async (_, path, graphsOfFile, expected) => {
    const folder = path.replace('langgraph.json', '')
    const archive = packed({ [path]: JSON.stringify({ graphs: graphsOfFile }), [`${folder}b.py`]: 'graph = None' })
    const id = await create(client, {
      ...githubBody({ source: 'internal_source', source_config: {}, source_revision_config: {} })
    })
    const { upload_url, object_path } = await client.ask(200, 'POST', `/v2/deployments/${id}/upload-url`)
    const headers = { 'content-type': 'application/gzip', 'x-goog-content-length-range': '0,209715200' }
    expect((await fetch(String(upload_url), { method: 'PUT', headers, body: archive })).status).toBe(200)
    const config = { source_tarball_path: object_path, langgraph_config_path: path }
    await client.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: config })
    skip(LIFETIME_MS)
    expect(await names((method, route, options) => client.call(method, `/agents/${id}${route}`, options))).toEqual(
      expected
    )
  })

  test('are one graph named agent for images and repositories', async () => {
    expect(await names((await agent()).ask)).toEqual(['agent'])
    expect(await names((await agent({}, githubBody({ name: 'b' }))).ask)).toEqual(['agent'])
  })

  test('differ for each revision, and responses come from the replicas', async () => {
    const broken = { agent: graphs({ load: 'error' }) }
    await client.scenario({ revisions: [{ nth: 2, ...broken, info_after_ms: 100_000 }] })
    const id = await create(client)
    skip(LIFETIME_MS)
    await client.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: 'next' } })
    skip(LIFETIME_MS)
    const path = `/agents/${id}/assistants/agent/graph`
    await client.ask(200, 'GET', path)
    skip(100_000)
    await client.call('GET', '/v2/deployments')
    expect((await client.call('GET', path)).status).toBe(500)
  })
})

describe('authorization', () => {
  const search = (ask: Ask, headers: Record<string, string> = {}, key: string | null = null) =>
    ask('POST', '/assistants/search', { key, headers, body: {} })

  test.each([
    ['no key', {}, 403, 'Missing authentication headers'],
    ['a bad key', { 'X-Api-Key': 'lsv2_emulator_invalid_key' }, 403, 'Invalid token'],
    ['another workspace', { 'X-Api-Key': 'k', 'X-Tenant-Id': UNKNOWN_ID }, 403, 'Invalid tenant ID'],
    ['a key that needs a workspace', { 'X-Api-Key': 'lsv2_emulator_organization_key' }, 403, 'Invalid tenant ID'],
    ['a key', { 'X-Api-Key': 'k' }, 200, undefined],
    [
      'a key and its workspace',
      { 'X-Api-Key': 'k', 'X-Tenant-Id': '5b7e2c84-61d3-4f0a-9c8e-2a1f4d6b9e01' },
      200,
      undefined
    ]
  ])('by LangSmith: %s', async (_, headers, status, detail) => {
    const { ask } = await agent()
    const reply = await search(ask, headers)
    expect([reply.status, reply.body.detail]).toEqual([status, detail])
    expect((await ask('GET', '/nowhere', { key: null, headers })).status).toBe(status === 200 ? 404 : status)
  })

  test('by LangSmith during an outage returns 500 for protected routes, after a delay', async () => {
    const { ask } = await agent({ auth: { kind: 'down', after_ms: 10_000 } })
    expect((await ask('GET', '/ok')).status).toBe(200)
    const replies = Promise.all([search(ask, {}, 'k'), ask('GET', '/assistants/agent/graph')])
    await realPause(20)
    skip(10_000)
    expect((await replies).map(({ status, text }) => [status, text])).toEqual([
      [500, 'Internal Server Error'],
      [500, 'Internal Server Error']
    ])
  })

  const custom = { kind: 'custom', headers: { Authorization: 'Bearer good' }, detail: 'Bad token' }

  test.each([
    ['nothing', custom, {}, 401],
    ['its 403', { ...custom, status: 403 }, {}, 403],
    ['its own header', custom, { Authorization: 'Bearer good' }, 200],
    ['a LangSmith key', custom, { 'X-Api-Key': 'k' }, 401],
    ['a LangSmith key with its scheme', custom, { 'X-Api-Key': 'k', 'X-Auth-Scheme': 'langsmith' }, 200],
    [
      'a LangSmith key with its scheme, without Studio',
      { ...custom, studio: false },
      { 'X-Api-Key': 'k', 'X-Auth-Scheme': 'langsmith' },
      401
    ],
    [
      'a LangSmith key if the agent allows them',
      { ...custom, allow_langsmith_api_keys: true },
      { 'X-Api-Key': 'k' },
      200
    ]
  ])('by custom auth: %s', async (_, auth, headers, status) => {
    const { ask } = await agent({ auth })
    const reply = await search(ask, headers)
    expect(reply.status).toBe(status)
    if (status !== 200) expect(reply.body).toEqual({ detail: 'Bad token' })
    expect((await ask('GET', '/ok', { key: null })).status).toBe(200)
  })

  test('for all routes includes /ok and /info', async () => {
    const { ask } = await agent({ auth: { ...custom, everywhere: true } })
    expect((await ask('GET', '/ok', nothing)).status).toBe(401)
    expect((await ask('GET', '/info', nothing)).status).toBe(401)
  })

  // Observed on langgraph-api 0.16.7 with the documented handlers.
  test.each<[string, Json, number, unknown, number, number, number]>([
    ['an owner filter', { assistants: 'owner' }, 200, [], 404, 422, 200],
    ['deny by default', { assistants: 'denied', deny_runs: true }, 403, null, 403, 422, 403],
    ['handlers for runs only', { assistants: 'denied' }, 403, null, 403, 422, 200]
  ])('%s hides graphs', async (_, hiding, searched, list, known, unknown, runs) => {
    const { ask } = await agent({ auth: { ...custom, ...hiding } })
    const headers = { Authorization: 'Bearer good' }
    const reply = await search(ask, headers)
    expect(reply.status).toBe(searched)
    if (searched === 200) expect(reply.value).toEqual(list)
    const statusOf = async (path: string) => (await ask('GET', path, { headers })).status
    expect(await statusOf('/assistants/agent/graph')).toBe(known)
    expect(await statusOf(`/assistants/${AGENT_ID}/graph`)).toBe(known)
    expect(await statusOf('/assistants/other/graph')).toBe(unknown)
    const named = await ask('POST', '/assistants/search', { headers, body: { graph_id: 'other' } })
    expect(named).toMatchObject({ status: 404, body: { detail: expect.stringContaining("['agent']") } })
    const body = { assistant_id: 'agent', input: {} }
    expect((await ask('POST', '/runs/wait', { headers, body })).status).toBe(runs)
  })

  test('disable_assistants keeps the runs', async () => {
    const { ask } = await agent({ disable_assistants: true })
    expect((await search(ask, {}, 'k')).status).toBe(404)
    expect((await ask('GET', '/assistants/agent/graph')).status).toBe(404)
    expect((await ask('POST', '/runs/wait', { body: { assistant_id: 'agent' } })).status).toBe(200)
  })

  test('a catch-all page replaces /info and every graph, broken or not', async () => {
    const { ask } = await agent({ catch_all_page: true, ...graphs({ load: 'error' }) })
    for (const path of ['/info', '/assistants/agent/graph', '/nowhere', '/']) {
      const { status, headers } = await ask('GET', path, nothing)
      expect([path, status, headers.get('content-type')]).toEqual([path, 200, 'text/html; charset=utf-8'])
    }
    expect((await ask('GET', '/ok')).body).toEqual({ ok: true, services: {} })
    expect(records((await search(ask, {}, 'k')).value)).toHaveLength(1)
  })
})

describe('a server that scales to zero', () => {
  test('responds late at first, and again after a time without requests', async () => {
    const { ask } = await agent({ cold_start_ms: 20_000, idle_ms: 60_000 })
    const slow = async () => {
      let answered = false
      const reply = ask('GET', '/ok').finally(() => {
        answered = true
      })
      await realPause(30)
      const wasSlow = !answered
      skip(20_000)
      expect((await reply).status).toBe(200)
      return wasSlow
    }
    expect(await slow()).toBe(true)
    expect((await ask('GET', '/ok')).status).toBe(200)
    skip(70_000)
    expect(await slow()).toBe(true)
  })
})

test('paths and methods', async () => {
  const { ask } = await agent()
  expect((await ask('GET', '/nowhere')).body).toEqual({ detail: 'Not Found' })
  expect((await ask('GET', '/runs/wait')).status).toBe(405)
  expect((await ask('POST', '/assistants/agent/graph')).status).toBe(405)
  expect((await ask('POST', '/info')).status).toBe(404)
  expect((await ask('POST', '/nowhere')).status).toBe(404)
  expect(at((await ask('GET', '/nowhere', nothing)).body, 'detail')).toBe('Missing authentication headers')
})

/** Time in which a wrong response would arrive. */
function realPause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
