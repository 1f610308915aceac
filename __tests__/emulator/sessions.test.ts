import { describe, expect, test } from '@jest/globals'
import {
  at,
  create,
  dockerBody,
  githubBody,
  type Json,
  records,
  UNKNOWN_ID,
  useEmulator,
  useSkippedTime
} from './support.ts'

const client = useEmulator()
const skip = useSkippedTime()
const LIFETIME_MS = 60_000
const DATASET = '6c1f7b2e-0d3a-4c5e-9f80-1a2b3c4d5e6f'

async function listed(path: string): Promise<Json[]> {
  const { status, value, text } = await client.call('GET', path)
  expect({ status, text: status === 200 ? '' : text }).toEqual({ status: 200, text: '' })
  return records(Array.isArray(value) ? value : at(value, 'items'))
}

const named = async (path: string) => (await listed(path)).map(({ name }) => name)

describe('the sessions API', () => {
  test.each(['/api/v1/sessions', '/v1/sessions', '/sessions', '/api/sessions', '/api/v2/sessions', '/v2/sessions'])(
    'is at %s, as a list and by ID',
    async (path) => {
      await client.scenario({ sessions: [{ name: 'one' }, { name: 'two' }] })
      const [one, ...others] = await listed(`${path}?name=one`)
      expect(others).toEqual([])
      expect(one).toMatchObject({ name: 'one', extra: { metadata: {} }, reference_dataset_id: null })
      expect(await client.ask(200, 'GET', `${path}/${one?.id}`)).toEqual(one)
      expect(one).toMatchObject({ run_count: null, feedback_stats: null })
      await client.ask(404, 'GET', `${path}/${UNKNOWN_ID}`)
      await client.ask(422, 'GET', `${path}/one`)
      expect((await client.call('GET', path, { key: null })).status).toBe(401)
    }
  )

  test.each([
    ['an older server', { sessions_v2: 404 }, 'v2', 404, 'v1'],
    ['another older server', { sessions_v2: 405 }, 'v2', 405, 'v1'],
    ['a newer server', { sessions_v1: 404 }, 'v1', 404, 'v2'],
    ['another newer server', { sessions_v1: 405 }, 'v1', 405, 'v2']
  ])('%s', async (_, server, lacking, status, other) => {
    await client.scenario({ server, sessions: [{ name: 'one' }] })
    const [one] = await listed(`/api/${other}/sessions`)
    await client.ask(status, 'GET', `/api/${lacking}/sessions`)
    await client.ask(status, 'GET', `/api/${lacking}/sessions/${one?.id}`)
    await client.ask(200, 'GET', `/api/${other}/sessions/${one?.id}`)
  })

  test('exists for every organization, with the sessions of each workspace', async () => {
    await client.scenario({ sessions: [{ name: 'one' }] })
    const count = async (headers: Record<string, string>) =>
      records((await client.call('GET', '/api/v1/sessions', { key: null, headers })).value).length
    expect(await count({ 'X-Api-Key': 'lsv2_emulator_not_enabled_key' })).toBe(1)
    expect(await count({ 'X-Api-Key': 'k', 'X-Tenant-Id': UNKNOWN_ID })).toBe(0)
    const organization = { 'X-Api-Key': 'lsv2_emulator_organization_key' }
    expect((await client.call('GET', '/api/v1/sessions', { key: null, headers: organization })).status).toBe(403)
  })
})

describe('the list of sessions', () => {
  const experiments = [
    { name: 'agent-eval-1a2b3c4d', reference_dataset_id: DATASET, metadata: { git: { commit: 'abc', dirty: false } } },
    { name: 'agent-eval-5e6f7a8b', reference_dataset_id: DATASET },
    { name: 'production' }
  ]

  test.each([
    ['v1', 'name=production', ['production']],
    ['v1', 'name_contains=EVAL', ['agent-eval-1a2b3c4d', 'agent-eval-5e6f7a8b']],
    ['v1', `reference_dataset=${DATASET}`, ['agent-eval-1a2b3c4d', 'agent-eval-5e6f7a8b']],
    ['v1', 'reference_free=true', ['production']],
    ['v1', `metadata=${encodeURIComponent('{"git":{"commit":"abc"}}')}`, ['agent-eval-1a2b3c4d']],
    ['v1', 'limit=1&offset=2', ['production']],
    ['v2', 'type=EXPERIMENT', ['agent-eval-1a2b3c4d', 'agent-eval-5e6f7a8b']],
    ['v2', 'type=PROJECT', ['production']],
    ['v2', 'type=AGENT', []],
    ['v2', `reference_dataset_id=${DATASET}&name=agent-eval-5e6f7a8b`, ['agent-eval-5e6f7a8b']],
    ['v2', `metadata=${encodeURIComponent('{"git":{"commit":"none"}}')}`, []]
  ])('%s: %s', async (version, query, names) => {
    await client.scenario({ sessions: experiments })
    expect(await named(`/api/${version}/sessions?${query}`)).toEqual(names)
  })

  test('is paged by cursor in v2', async () => {
    await client.scenario({ sessions: experiments })
    const first = await client.ask(200, 'GET', '/api/v2/sessions?page_size=2')
    expect(records(first.items)).toHaveLength(2)
    const second = await client.ask(200, 'GET', `/api/v2/sessions?page_size=2&cursor=${first.next_cursor}`)
    expect(second).toMatchObject({ items: [{ name: 'production' }], next_cursor: null })
  })

  test('contains the commit of an experiment in its metadata', async () => {
    await client.scenario({ sessions: experiments })
    const [one] = await listed('/api/v2/sessions?name=agent-eval-1a2b3c4d')
    expect(one).toMatchObject({ extra: { metadata: { git: { commit: 'abc' } } }, reference_dataset_id: DATASET })
  })
})

describe('statistics', () => {
  const samples = [
    { at_ms: -7_200_000, count: 98, latency: 1, cost: 0.01, tokens: 10, feedback: { correctness: 1, tone: 'good' } },
    { at_ms: -60_000, latency: 3, feedback: { correctness: 0, tone: 'bad' } },
    { at_ms: -30_000, latency: 9, error: true, feedback: {} }
  ]

  test.each(['v1', 'v2'])("%s: include all samples, and accept the Python SDK's True", async (version) => {
    await client.scenario({ sessions: [{ name: 'one', samples }] })
    const [one] = await listed(`/api/${version}/sessions?include_stats=True`)
    expect(one).toMatchObject({
      run_count: 100,
      error_rate: 0.01,
      latency_p50: 1,
      latency_p99: 3.06,
      total_tokens: 980,
      total_cost: '0.98',
      last_run_start_time: expect.stringMatching(/^2.*Z$/),
      feedback_stats: {
        correctness: { n: 99, avg: 98 / 99 },
        tone: { n: 99, avg: null, values: { good: 98, bad: 1 } }
      },
      session_feedback_stats: {},
      experiment_progress: null
    })
    const correctness = at(one, 'feedback_stats', 'correctness')
    if (version === 'v1') expect(Object.keys(Object(correctness)).sort()).toEqual(['avg', 'n', 'values'])
    else expect(correctness).toMatchObject({ errors: 0, median: 1, min: 0, max: 1, stdev: expect.any(Number) })
  })

  test('depend on the window, and are null in an empty one', async () => {
    await client.scenario({ sessions: [{ name: 'one', samples }] })
    const since = async (ms: number) => {
      const start = encodeURIComponent(new Date(Date.now() - ms).toISOString())
      return (await listed(`/api/v1/sessions?include_stats=true&stats_start_time=${start}`))[0]
    }
    expect(await since(3_600_000)).toMatchObject({ run_count: 2, error_rate: 0.5, latency_p99: 8.94, total_cost: null })
    expect(await since(1_000)).toMatchObject({ run_count: 0, error_rate: null, latency_p50: null, feedback_stats: {} })
  })

  test('have a window of at most 31 days', async () => {
    const day = 86_400_000
    await client.scenario({ sessions: [{ name: 'one', samples: [{ at_ms: -40 * day }, { at_ms: -30 * day }] }] })
    const [one] = await listed('/api/v1/sessions?include_stats=true&stats_start_time=2020-01-01T00:00:00Z')
    expect(one).toMatchObject({ run_count: 1 })
  })

  test('include samples from their time on, with the delay of traces', async () => {
    const later = [{ at_ms: 5_000 }, { at_ms: 10_000 }]
    await client.scenario({ server: { traces_delay_ms: 30_000 }, sessions: [{ name: 'one', samples: later }] })
    const count = async () => (await listed('/api/v2/sessions?include_stats=true'))[0]?.run_count
    const counts = []
    for (const ms of [6_000, 28_999, 5_001]) {
      counts.push(await count())
      skip(ms)
    }
    expect([...counts, await count()]).toEqual([0, 0, 1, 2])
  })

  test('can be scripted, and change over time', async () => {
    const stats = {
      total_cost: 1.25,
      session_feedback_stats: { accuracy: { n: 1, avg: 0.75 } },
      experiment_progress: { expected_run_count: 20, run_progress: 0.5, evaluator_progress: { correctness: 0.25 } }
    }
    const done = { expected_run_count: 20, run_progress: 1, evaluator_progress: { correctness: 1 } }
    await client.scenario({
      sessions: [{ name: 'one', samples, stats, later: [{ after_ms: 60_000, stats: { experiment_progress: done } }] }]
    })
    for (const version of ['v1', 'v2']) {
      const [one] = await listed(`/api/${version}/sessions?include_stats=true`)
      expect(one).toMatchObject({ run_count: 100, ...stats })
    }
    skip(60_000)
    expect((await listed('/api/v2/sessions?include_stats=true'))[0]).toMatchObject({
      ...stats,
      experiment_progress: done
    })
  })
})

describe('the tracing project of a deployment', () => {
  async function projectOf(id: string): Promise<string> {
    return String((await client.ask(200, 'GET', `/v2/deployments/${id}`)).tracer_session_id)
  }

  async function stats(session: string, since?: number): Promise<Json> {
    const window = since === undefined ? '' : `&stats_start_time=${encodeURIComponent(new Date(since).toISOString())}`
    return client.ask(200, 'GET', `/api/v2/sessions/${session}?include_stats=true${window}`)
  }

  test('has its name and the type AGENT, and is deleted only on request', async () => {
    const kept = await create(client, githubBody())
    const gone = await create(client, dockerBody({ name: 'gone' }))
    skip(LIFETIME_MS)
    const [first, second] = [await projectOf(kept), await projectOf(gone)]
    expect(await stats(first)).toMatchObject({ id: first, name: 'my-agent', run_count: 0 })
    expect(await named('/api/v2/sessions?type=AGENT')).toEqual(['gone', 'my-agent'])
    await client.ask(204, 'DELETE', `/v2/deployments/${kept}`)
    await client.ask(204, 'DELETE', `/v2/deployments/${gone}?delete_tracing_project=true`)
    await stats(first)
    await client.ask(404, 'GET', `/api/v2/sessions/${second}`)
  })

  test('contains the runs of its agent', async () => {
    await client.scenario({ agent: { graphs: { agent: { runs: [{}, { error: { type: 'ValueError' } }] } } } })
    const id = await create(client)
    skip(LIFETIME_MS)
    const body = { assistant_id: 'agent', input: {} }
    for (let nth = 0; nth < 2; nth++) await client.ask(200, 'POST', `/agents/${id}/runs/wait`, body)
    expect(await stats(await projectOf(id))).toMatchObject({ run_count: 2, error_rate: 0.5 })
  })

  test('contains the traffic of each revision, so windows before and after a rollout differ', async () => {
    await client.scenario({
      revisions: [
        { nth: 1, traffic: { per_minute: 60, latencies: [1], cost: 0.5 } },
        { nth: 2, traffic: { per_minute: 120, error_rate: 0.1, latencies: [1, 1, 1, 8], feedback: { thumbs: 1 } } }
      ]
    })
    const id = await create(client)
    skip(LIFETIME_MS)
    await client.call('GET', '/v2/deployments')
    skip(600_000)
    const session = await projectOf(id)
    const before = await stats(session)
    expect(before).toMatchObject({ error_rate: 0, latency_p99: 1 })
    expect(Math.abs(Number(before.run_count) - 660)).toBeLessThan(3)
    await client.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: 'next' } })
    skip(1_000)
    await client.call('GET', '/v2/deployments')
    const rolledOut = Date.now()
    skip(300_000)
    const after = await stats(session, rolledOut)
    expect(Math.abs(Number(after.run_count) - 600)).toBeLessThan(3)
    expect(Number(after.error_rate)).toBeCloseTo(0.1, 2)
    expect(after).toMatchObject({ latency_p99: 8, feedback_stats: { thumbs: { avg: 1 } } })
  })

  test('has the ID in the scenario, which the deployment returns too', async () => {
    const id = await create(client)
    const session = '6c1f7b2e-0d3a-4c5e-9f80-1a2b3c4d5e6f'
    await client.scenario({ sessions: [{ name: 'my-agent', id: session }] })
    expect(await client.ask(200, 'GET', `/v2/deployments/${id}`)).toMatchObject({ tracer_session_id: session })
    expect(await client.ask(200, 'GET', `/api/v1/sessions/${session}`)).toMatchObject({ name: 'my-agent' })
  })

  test('accepts scripted statistics by its name', async () => {
    await client.scenario({ sessions: [{ name: 'my-agent', stats: { run_count: 7, error_rate: 0.25 } }] })
    const id = await create(client)
    const found = await listed('/api/v1/sessions?name=my-agent&include_stats=true')
    expect(found).toMatchObject([{ id: await projectOf(id), run_count: 7, error_rate: 0.25 }])
  })
})
