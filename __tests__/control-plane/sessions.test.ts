import { describe, expect, test } from '@jest/globals'
import { controlPlaneAt } from '../../src/control-plane/hosts.ts'
import type { Connection } from '../../src/control-plane/network.ts'
import { openSessions, type SessionClient, toSession } from '../../src/control-plane/sessions.ts'
import { afterThisTest } from '../support/after-this-test.ts'
import { failureOf } from '../support/failure.ts'
import { type Reply, type Seen, startServer } from '../support/http-server.ts'
import { openLine } from '../support/line.ts'

const ID = '0f1e2d3c-4b5a-4978-8a6b-5c4d3e2f1a0b'
const NOT_FOUND = { status: 404, json: { detail: 'Project not found' } }
const NO_ROUTE = { status: 404, json: { detail: 'Not Found' } }
const session = (name: string, rest: object = {}) => ({ id: ID, name, ...rest })
const several = (count: number) => Array.from({ length: count }, (_, nth) => session(`other-${nth}`))

interface Asked {
  readonly client: SessionClient
  readonly requests: readonly Seen[]
  /** Returns the path of each request, with the query. */
  paths(): readonly string[]
}

/** Opens a client for the LangSmith API of a self-hosted installation. */
async function ask(reply: (path: string) => Reply, connection: Partial<Connection> = {}): Promise<Asked> {
  const { url, requests } = await startServer(({ path }) => reply(path))
  const { limits } = openLine(url)
  const controlPlane = controlPlaneAt(new URL(`${url}/api-host`))
  const client = openSessions(controlPlane, {
    connection: { url: controlPlane.url, apiKey: 'lsv2_test_key', proxy: {}, ...connection },
    limits,
    random: () => 0.5
  })
  afterThisTest(client.close)
  return { client, requests, paths: () => requests.map(({ path }) => path) }
}

describe('the session client', () => {
  test('requests /api beside /api-host, with the key, the workspace and the start time', async () => {
    const { client, requests } = await ask(() => ({ json: session('a', { run_count: 3 }) }), { workspaceId: ID })
    expect(await client.session(ID, Date.UTC(2026, 10, 27))).toMatchObject({ id: ID, figures: { run_count: 3 } })
    expect(requests).toMatchObject([
      {
        method: 'GET',
        path: `/api/v2/sessions/${ID}?include_stats=true&stats_start_time=2026-11-27T00%3A00%3A00.000Z`,
        headers: { 'x-api-key': 'lsv2_test_key', 'x-tenant-id': ID }
      }
    ])
  })

  test.each([
    ['404', NO_ROUTE],
    ['404 without a body', { status: 404, text: '' }],
    ['404 for the session', NOT_FOUND],
    ['405', { status: 405, json: { detail: 'Method Not Allowed' } }]
  ])('reads from v1 if v2 returns %s, and does not request v2 again', async (_, missing) => {
    const { client, paths } = await ask((path) => (path.startsWith('/api/v2') ? missing : { json: session('a') }))
    for (let nth = 0; nth < 2; nth += 1) expect(await client.session(ID)).toMatchObject({ name: 'a' })
    expect(paths().map((path) => path.slice(0, 8))).toEqual(['/api/v2/', '/api/v1/', '/api/v1/'])
  })

  test('returns nothing if neither version has the session', async () => {
    const { client } = await ask(() => NOT_FOUND)
    expect(await client.session(ID)).toBeUndefined()
  })

  test('finds a session by its exact name, even if the server ignores the filter', async () => {
    const pages: Readonly<Record<string, Reply>> = {
      first: { json: { items: several(100), next_cursor: 'second' } },
      second: { json: { items: [session('agent-2'), session('agent')], next_cursor: null } }
    }
    const { client, paths } = await ask(
      (path) => pages[new URLSearchParams(path.split('?')[1]).get('cursor') ?? 'first'] ?? NOT_FOUND
    )
    expect(await client.named('agent')).toMatchObject({ name: 'agent' })
    expect(paths()).toEqual([
      '/api/v2/sessions?name=agent&page_size=100',
      '/api/v2/sessions?name=agent&page_size=100&cursor=second'
    ])
    expect(await client.named('Agent')).toBeUndefined()
  })

  test('pages through v1 by offset', async () => {
    const { client, paths } = await ask((path) => {
      if (path.startsWith('/api/v2')) return NO_ROUTE
      return { json: path.includes('offset=0') ? several(100) : [session('agent')] }
    })
    expect(await client.named('agent')).toMatchObject({ name: 'agent' })
    expect(paths().at(-1)).toBe('/api/v1/sessions?name=agent&limit=100&offset=100')
  })

  test('stops after 20 pages', async () => {
    const { client, paths } = await ask(() => ({ json: { items: several(100), next_cursor: 'again' } }))
    expect(await client.named('agent')).toBeUndefined()
    expect(paths()).toHaveLength(20)
  })

  test('throws if the server has neither version', async () => {
    const { client } = await ask(() => NO_ROUTE)
    expect(String(await failureOf(client.named('agent')))).toMatch(/neither .*v2.* nor .*v1/)
  })

  test('returns experiments, newest first, without tracing projects', async () => {
    const { client, paths } = await ask(() => ({
      json: {
        items: [
          session('old', { reference_dataset_id: ID, start_time: '2026-01-01T00:00:00' }),
          session('project', { start_time: '2026-03-01T00:00:00' }),
          session('new', { reference_dataset_id: ID, start_time: '2026-02-01T00:00:00' })
        ]
      }
    }))
    expect((await client.experiments()).map(({ name }) => name)).toEqual(['new', 'old'])
    expect(paths()).toEqual(['/api/v2/sessions?type=EXPERIMENT&page_size=100'])
  })

  test('follows no redirect, so that the key is sent to no other host', async () => {
    const elsewhere = await startServer(() => ({ json: session('a') }))
    const { client } = await ask(() => ({
      status: 307,
      headers: { location: `${elsewhere.url}/api/v2/sessions/${ID}` }
    }))
    expect(await failureOf(client.session(ID))).toMatchObject({ status: 307 })
    expect(elsewhere.requests).toEqual([])
  })
})

describe('toSession', () => {
  test('parses numbers from texts, and omits values that are not numbers', () => {
    const read = toSession({
      ...session('a'),
      tenant_id: ID,
      reference_dataset_id: ID,
      start_time: '2026-01-01T00:00:00',
      extra: { metadata: { git: { commit: 'abc' } } },
      total_cost: '1.25',
      error_rate: 0,
      latency_p99: null,
      run_count: 'many',
      feedback_stats: {
        correctness: { n: 2, avg: '0.5', values: {} },
        tone: { n: 2, avg: null, values: { good: 2 } },
        broken: { n: 0, avg: null, errors: 2 },
        nothing: { n: 0, avg: null, values: {} },
        odd: 'text'
      },
      session_feedback_stats: { accuracy: { avg: 0.75 }, correctness: { avg: 0.1 } },
      experiment_progress: {
        expected_run_count: 2,
        run_progress: 1,
        evaluator_progress: { correctness: 0.5, odd: null }
      }
    })
    expect(read).toEqual({
      id: ID,
      name: 'a',
      tenantId: ID,
      datasetId: ID,
      startTime: '2026-01-01T00:00:00',
      commit: 'abc',
      figures: { total_cost: 1.25, error_rate: 0 },
      feedback: {
        accuracy: { average: 0.75, labels: [], errors: 0 },
        correctness: { average: 0.5, labels: [], errors: 0, ofRuns: 2 },
        tone: { average: undefined, labels: [{ label: 'good', count: 2 }], errors: 0, ofRuns: 2 },
        broken: { average: undefined, labels: [], errors: 2, ofRuns: 0 }
      },
      progress: { expectedRuns: 2, runs: 1, evaluators: { correctness: 0.5 } }
    })
  })

  test.each([null, [], {}, { id: ID }, 'text'])('rejects %j', (body) => {
    expect(() => toSession(body)).toThrow('has no ID or name')
  })
})
