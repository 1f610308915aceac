import { describe, expect, test } from '@jest/globals'
import type { LogQuery } from '../../src/control-plane/logs.ts'
import { DEPLOYMENT_ID, REVISION_ID } from '../deployment/samples.ts'
import { failureOf } from '../support/failure.ts'
import { inTurn, type Reply, startServer } from '../support/http-server.ts'
import { openLine } from '../support/line.ts'

const QUERY: LogQuery = { kind: 'build', order: 'asc', limit: 1_000, offset: undefined }
const V2 = `/v2/deployments/${DEPLOYMENT_ID}/revisions/${REVISION_ID}/logs`
const V1 = `/v1/projects/${DEPLOYMENT_ID}/revisions/${REVISION_ID}`
const EMPTY = { json: { logs: [], next_offset: null } }

async function serve(...replies: readonly Reply[]) {
  const server = await startServer(inTurn(...replies))
  const line = openLine(server.url)
  const read = (query: Partial<LogQuery> = {}) =>
    line.client.readLogs(DEPLOYMENT_ID, REVISION_ID, { ...QUERY, ...query })
  return { server, line, read }
}

describe('a page of a log', () => {
  test('is requested with all parameters of the route', async () => {
    const { server, read } = await serve(EMPTY)
    await read()
    await read({ kind: 'deploy', order: 'desc', limit: 50, offset: 'a cursor&+' })
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET ${V2}?type=build&order=asc&limit=1000`,
      `GET ${V2}?type=deploy&order=desc&limit=50&offset=a+cursor%26%2B`
    ])
  })

  test('is requested with a text filter on both routes', async () => {
    const { server, read } = await serve(EMPTY)
    await read({ query: 'a b' })
    expect(server.requests[0]?.path).toBe(`${V2}?type=build&order=asc&limit=1000&query=a+b`)
    const older = await serve({ status: 404, json: { detail: 'Not Found' } }, EMPTY)
    await older.read({ query: 'a b' })
    expect(older.server.requests[1]?.body).toEqual({ order: 'asc', limit: 1_000, query: 'a b' })
  })

  test('is requested with a level filter on both routes', async () => {
    const missing: Reply = { status: 404, json: { detail: 'Not Found' } }
    const { server, read } = await serve(EMPTY)
    await read({ level: 'ERROR' })
    expect(server.requests[0]?.path).toBe(`${V2}?type=build&order=asc&limit=1000&level=ERROR`)
    const older = await serve(missing, EMPTY)
    await older.read({ level: 'ERROR' })
    expect(older.server.requests[1]).toMatchObject({ method: 'POST', path: `${V1}/build_logs` })
    expect(older.server.requests[1]?.body).toEqual({ order: 'asc', limit: 1_000, level: 'ERROR' })
  })

  test.each<[string, unknown, object]>([
    [
      'with IDs, levels and a cursor',
      { logs: [{ id: 'a', timestamp: 1, level: 'INFO', message: 'm' }], next_offset: 'c' },
      { entries: [{ id: 'a', level: 'INFO', message: 'm', time: '1970-01-01T00:00:00.001Z' }], next: 'c' }
    ],
    [
      'of a bare list',
      [{ message: 'm' }],
      { entries: [{ id: undefined, level: undefined, message: 'm' }], next: undefined }
    ],
    [
      'of bare texts',
      { logs: ['m', ''], next_offset: null },
      { entries: ['m', ''].map((message) => ({ id: undefined, level: undefined, message })), next: undefined }
    ],
    [
      'of entries without a message',
      { logs: [{ text: 'm' }, null, 7], next_offset: '' },
      {
        entries: ['{"text":"m"}', 'null', '7'].map((message) => ({ id: undefined, level: undefined, message })),
        next: undefined
      }
    ],
    [
      'of entries with fields of other types',
      { logs: [{ id: 1, level: null, message: 'm' }], next_offset: 3 },
      { entries: [{ id: undefined, level: undefined, message: 'm' }], next: undefined }
    ]
  ])('%s is decoded', async (_, json, expected) => {
    const { read } = await serve({ json })
    expect(await read()).toEqual(expected)
  })

  test.each<[string, Reply]>([
    ['has no logs', { json: {} }],
    ['has logs that are not a list', { json: { logs: 'x' } }],
    ['is HTML', { text: '<!doctype html>', headers: { 'content-type': 'text/html' } }],
    ['is empty', { text: '' }],
    ['is truncated', 'half']
  ])('that %s is an error, and is not requested again', async (_, reply) => {
    const { server, read } = await serve(reply)
    expect(await failureOf(read())).toBeInstanceOf(Error)
    expect(server.requests).toHaveLength(1)
  })

  test.each([401, 403, 429, 500, 503])('with status %d is requested once, and on no other route', async (status) => {
    const { server, line, read } = await serve({ status })
    await expect(failureOf(read())).resolves.toMatchObject({ name: 'ApiError', status })
    expect(server.requests).toHaveLength(1)
    expect(line.retries).toEqual([])
    expect(line.clock.pauses).toEqual([])
  })

  test('does not add to the errors that end a run', async () => {
    const { line, read } = await serve(...Array.from({ length: 8 }, (): Reply => ({ status: 500 })), { json: {} })
    for (let nth = 0; nth < 8; nth += 1) await failureOf(read())
    await expect(line.transport.read('/thing', () => 'good')).resolves.toBe('good')
  })

  test('is canceled with the job', async () => {
    const { line, read } = await serve('hang')
    const reading = failureOf(read())
    setTimeout(line.cancel, 30)
    await expect(reading).resolves.toMatchObject({ name: 'CancelledError' })
  })
})

const NO_ROUTE: readonly (readonly [string, Reply])[] = [
  ["404 with FastAPI's default text", { status: 404, json: { detail: 'Not Found' } }],
  ['404 without a body', { status: 404 }],
  ['405', { status: 405, json: { detail: 'Method Not Allowed' } }]
]

describe('a server without the v2 route', () => {
  test.each(NO_ROUTE)('returns %s twice and then gets requests on the v1 routes only', async (_, missing) => {
    const { server, read } = await serve(missing, EMPTY, missing, EMPTY)
    await read()
    await read()
    await read({ kind: 'deploy', order: 'desc', limit: 50, offset: 'c' })
    expect(server.requests.map(({ method, path, body }) => [`${method} ${path.split('?')[0]}`, body])).toEqual([
      [`GET ${V2}`, undefined],
      [`POST ${V1}/build_logs`, { order: 'asc', limit: 1_000 }],
      [`GET ${V2}`, undefined],
      [`POST ${V1}/build_logs`, { order: 'asc', limit: 1_000 }],
      [`POST ${V1}/deploy_logs`, { order: 'desc', limit: 50, offset: 'c' }]
    ])
  })

  test('and without the v1 routes causes an error, and both routes are tried again', async () => {
    const { server, read } = await serve({ status: 404 })
    for (let nth = 1; nth <= 3; nth += 1) {
      await expect(failureOf(read())).resolves.toMatchObject({
        name: 'ApiError',
        status: 404,
        request: `POST ${V1}/build_logs`
      })
    }
    expect(server.requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET', 'POST', 'GET', 'POST'])
  })
})

describe('the v2 route stays in use', () => {
  const lagging: Reply = { status: 404, json: { detail: `Revision ID ${REVISION_ID} not found.` } }

  test('after a lagging replica does not find the revision three times', async () => {
    const { server, read } = await serve(lagging, lagging, lagging, EMPTY)
    for (let nth = 1; nth <= 3; nth += 1) await expect(failureOf(read())).resolves.toMatchObject({ status: 404 })
    await read()
    expect(new Set(server.requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`))).toEqual(
      new Set([`GET ${V2}`])
    )
  })

  test.each(NO_ROUTE)('after one success, even if the server returns %s twice later', async (_, missing) => {
    const { server, read } = await serve(EMPTY, missing, missing, EMPTY)
    await read()
    for (let nth = 1; nth <= 2; nth += 1) await expect(failureOf(read())).resolves.toMatchObject({ name: 'ApiError' })
    await read()
    expect(server.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'GET'])
  })
})
