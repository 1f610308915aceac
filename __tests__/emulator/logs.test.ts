import { describe, expect, test } from '@jest/globals'
import { read } from '../../emulator/http.ts'
import { moment } from '../../emulator/validation.ts'
import { create, githubBody, type Json, records, UNKNOWN_ID, until, untilStatuses, useEmulator } from './support.ts'

const client = useEmulator()
const SCRIPTED = {
  build_log: ['one', { message: 'two', level: 'WARNING' }, { message: 'three', level: 'ERROR' }, 'four', 'five'],
  deploy_log: ['up']
}

interface Logged {
  readonly id: string
  readonly revision: string
}

async function deployed(rule: Json = SCRIPTED): Promise<Logged> {
  await client.scenario({ revisions: [rule] })
  const id = await create(client, githubBody())
  const [revision] = await untilStatuses(client, id, ['DEPLOYED'])
  return { id, revision: String(revision?.id) }
}

const messages = (lines: unknown) => records(lines).map(({ message }) => message)

/** The routes, with their names of parameters and fields. */
interface Dialect {
  readonly lines: string
  readonly next: string
  read(logged: Logged, asked: Json): Promise<Json>
}

function query(fields: Json): string {
  return new URLSearchParams(
    Object.entries(fields).map(([key, value]): [string, string] => [key, String(value)])
  ).toString()
}

const dialects: Record<string, Dialect> = {
  'v2 of a revision': {
    lines: 'logs',
    next: 'next_offset',
    read: ({ id, revision }, asked) =>
      client.ask(200, 'GET', `/v2/deployments/${id}/revisions/${revision}/logs?${query({ type: 'build', ...asked })}`)
  },
  'v2 by cursor': {
    lines: 'items',
    next: 'next_cursor',
    read: ({ id, revision }, { limit = 20, order = 'asc', offset, ...asked }) => {
      const fields = {
        deployment_id: id,
        revision_id: revision,
        log_type: 'BUILD',
        page_size: limit,
        sort_order: order
      }
      return client.ask(
        200,
        'GET',
        `/v2/deployment-logs?${query({ ...fields, ...(offset ? { cursor: offset } : {}), ...asked })}`
      )
    }
  },
  v1: {
    lines: 'logs',
    next: 'next_offset',
    read: ({ id, revision }, asked) =>
      client.ask(200, 'POST', `/v1/projects/${id}/revisions/${revision}/build_logs`, asked)
  }
}

describe.each(Object.entries(dialects))('%s', (_, { lines, next, read }) => {
  test('contain lines with an ID, a time in milliseconds, a level and a message', async () => {
    const logged = await deployed()
    const answer = await read(logged, {})
    expect(Object.keys(answer).sort()).toEqual([lines, next].sort())
    expect(answer[next]).toBeNull()
    const [first, second] = records(answer[lines])
    expect(first).toMatchObject({
      id: expect.any(String),
      timestamp: expect.any(Number),
      level: 'INFO',
      message: 'one'
    })
    expect(Math.abs(Date.now() - Number(first?.timestamp))).toBeLessThan(60_000)
    expect(second).toMatchObject({ level: 'WARNING', message: 'two' })
    expect(second?.id).not.toBe(first?.id)
  })

  test.each([
    ['asc', [['one', 'two'], ['three', 'four'], ['five']]],
    ['desc', [['five', 'four'], ['three', 'two'], ['one']]]
  ])('are paged by cursor, %s', async (order, pages) => {
    const logged = await deployed()
    const seen: unknown[] = []
    let offset: unknown = null
    do {
      const answer: Json = await read(logged, { limit: 2, order, ...(offset ? { offset } : {}) })
      seen.push(messages(answer[lines]))
      offset = answer[next]
    } while (offset !== null)
    expect(seen).toEqual(pages)
  })

  test('can be filtered', async () => {
    const logged = await deployed()
    const soon = Date.now() + 60_000
    for (const [asked, expected] of [
      [{ level: 'ERROR' }, ['three']],
      [{ query: 'TWO' }, ['two']],
      [{ run_id: 'x' }, []],
      [{ start_time: new Date(soon).toISOString() }, []],
      [{ start_time: 1000, end_time: soon, query: 'f' }, ['four', 'five']]
    ] as const) {
      expect([asked, messages((await read(logged, asked))[lines])]).toEqual([asked, expected])
    }
  })
})

test('exist for one revision and for all, for deploys', async () => {
  const { id, revision } = await deployed({ deploy_log: ['up'] })
  await client.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { repo_ref: 'next' } })
  await untilStatuses(client, id, ['DEPLOYED', 'DEPLOYED'])
  const of = async (method: string, path: string, key = 'logs', body?: unknown) =>
    messages((await client.ask(200, method, path, body))[key])
  const v2 = `/v2/deployments/${id}`
  const v1 = `/v1/projects/${id}`
  expect(await of('GET', `${v2}/revisions/${revision}/logs?type=deploy`)).toEqual(['up'])
  expect(await of('POST', `${v1}/revisions/${revision}/deploy_logs`, 'logs', { limit: 100, order: 'desc' })).toEqual([
    'up'
  ])
  expect(await of('GET', `${v2}/logs`)).toEqual(['up', 'up'])
  expect(await of('POST', `${v1}/deploy_logs`)).toEqual(['up', 'up'])
  expect(await of('GET', `/v2/deployment-logs?deployment_id=${id}`, 'items')).toEqual(['up', 'up'])
})

describe('the unscripted log', () => {
  test.each([
    ['DEPLOYED', 'build', 'INFO', 'Pushing image'],
    ['DEPLOYED', 'deploy', 'INFO', 'Waiting for the health check'],
    ['BUILD_FAILED', 'build', 'ERROR', 'Build failed: the build step ended with exit code 1'],
    ['DEPLOY_FAILED', 'deploy', 'ERROR', 'Timeout: Deployment is not ready after 300 seconds.']
  ])('%s: the last line of the %s log', async (final, type, level, message) => {
    await client.scenario({ revisions: [{ final }] })
    const id = await create(client, githubBody())
    const [revision] = await untilStatuses(client, id, [final])
    const { logs } = await client.ask(
      200,
      'GET',
      `/v2/deployments/${id}/revisions/${revision?.id}/logs?type=${type}&order=desc`
    )
    expect(records(logs)[0]).toMatchObject({ level, message })
    expect(records(logs).length).toBeGreaterThan(3)
  })

  test('is empty before its phase', async () => {
    await client.scenario({ revisions: [{ statuses: ['CREATING', 'BUILDING'] }] })
    const id = await create(client, githubBody())
    const [revision] = await untilStatuses(client, id, ['BUILDING'])
    const path = `/v2/deployments/${id}/revisions/${revision?.id}/logs?type=`
    expect(records((await client.ask(200, 'GET', `${path}build`)).logs).length).toBeGreaterThan(3)
    expect(await client.ask(200, 'GET', `${path}deploy`)).toEqual({ logs: [], next_offset: null })
  })
})

test('lines that appear over time are returned once to a client that keeps the last cursor', async () => {
  const build_log = Array.from({ length: 12 }, (_, index) => `line ${index}`)
  await client.scenario({ revisions: [{ build_log, log_line_ms: 25, statuses: ['BUILDING'] }] })
  const id = await create(client, githubBody())
  const [revision] = await untilStatuses(client, id, ['BUILDING'])
  const seen = new Map<unknown, unknown>()
  let offset: unknown = null
  let partial = false
  await until(async () => {
    const body = { order: 'asc', limit: 3, ...(offset ? { offset } : {}) }
    const { logs, next_offset } = await client.ask(
      200,
      'POST',
      `/v1/projects/${id}/revisions/${revision?.id}/build_logs`,
      body
    )
    for (const line of records(logs)) seen.set(line.id, line.message)
    offset = next_offset ?? offset
    partial ||= seen.size > 0 && seen.size < 12
    return seen.size === 12
  })
  expect([...seen.values()]).toEqual(build_log)
  expect(partial).toBe(true)
})

describe('a log request is refused', () => {
  test.each([
    ['/v2/deployments/ID/revisions/REV/logs', 'missing', 'type'],
    ['/v2/deployments/ID/revisions/REV/logs?type=run', 'enum', 'type'],
    ['/v2/deployments/ID/revisions/REV/logs?type=build&limit=1001', 'less_than_equal', 'limit'],
    ['/v2/deployments/ID/logs?order=up', 'enum', 'order'],
    ['/v2/deployments/ID/logs?level=LOUD', 'enum', 'level'],
    ['/v2/deployments/ID/logs?start_time=soon', 'datetime_from_date_parsing', 'start_time'],
    ['/v2/deployments/ID/logs?start_time=foo 1', 'datetime_from_date_parsing', 'start_time'],
    ['/v2/deployments/ID/logs?end_time=2026-02-30', 'datetime_from_date_parsing', 'end_time'],
    ['/v2/deployments/ID/logs?end_time=1e300', 'datetime_from_date_parsing', 'end_time'],
    ['/v2/deployments/ID/logs?offset=x', 'value_error', 'cursor'],
    ['/v2/deployment-logs', 'missing', 'deployment_id'],
    ['/v2/deployment-logs?deployment_id=ID&page_size=101', 'less_than_equal', 'page_size'],
    ['/v2/deployment-logs?deployment_id=ID&log_type=build', 'enum', 'log_type']
  ])('for %s', async (path, type, key) => {
    const id = await create(client)
    const { latest_revision_id } = await client.ask(200, 'GET', `/v2/deployments/${id}`)
    const { detail } = await client.ask(422, 'GET', path.replace('ID', id).replace('REV', String(latest_revision_id)))
    expect(detail).toMatchObject([{ type, loc: ['query', key] }])
  })

  test('an empty cursor counts as absent', async () => {
    const id = await create(client)
    await client.ask(200, 'GET', `/v2/deployments/${id}/logs?offset=`)
    await client.ask(200, 'GET', `/v2/deployment-logs?deployment_id=${id}&cursor=`)
    await client.ask(200, 'POST', `/v1/projects/${id}/deploy_logs`, { offset: '' })
    await client.ask(200, 'GET', '/v2/integrations/github/installations?cursor=')
  })

  test('for unknown cursors and unknown deployments', async () => {
    const id = await create(client)
    for (const cursor of ['x', Buffer.from('[1]').toString('base64url')]) {
      await client.ask(422, 'GET', `/v2/deployments/${id}/logs?offset=${cursor}`)
    }
    await client.ask(422, 'POST', `/v1/projects/${id}/deploy_logs`, { order: 'up' })
    await client.ask(404, 'GET', `/v2/deployment-logs?deployment_id=${UNKNOWN_ID}`)
    await client.ask(404, 'GET', `/v2/deployment-logs?deployment_id=${id}&revision_id=${UNKNOWN_ID}`)
    expect(await client.ask(404, 'POST', `/v1/projects/${UNKNOWN_ID}/deploy_logs`, {})).toEqual({
      detail: `Deployment ID ${UNKNOWN_ID} not found.`
    })
  })
})

test.each([
  ['2026-11-27T08:00:00Z', 1_795_766_400_000],
  ['2026-11-27t08:00:00.123456z', 1_795_766_400_123],
  ['2026-11-27 08:00', 1_795_766_400_000],
  ['2026-11-27T10:00:00+0200', 1_795_766_400_000],
  ['2026-11-27', 1_795_737_600_000],
  ['1795766400', 1_795_766_400_000],
  ['1795766400.5', 1_795_766_400_500],
  ['1795766400000', 1_795_766_400_000],
  [1_795_766_400, 1_795_766_400_000]
])('a time can be written %s', (text, expected) => {
  expect(read(moment, text, [])).toBe(expected)
})
