import { request } from 'node:http'
import { afterEach, describe, expect, test } from '@jest/globals'
import { givenScenario } from '../../emulator/routes/control.ts'
import { seedSchema } from '../../emulator/seed.ts'
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/server.ts'
import type { Field, Problem } from '../../emulator/validation.ts'
import {
  at,
  type Client,
  clientOf,
  create,
  dockerBody,
  githubBody,
  type Json,
  records,
  revisionsOf
} from './support.ts'

const emulators: Emulator[] = []
afterEach(async () => {
  for (const emulator of emulators.splice(0)) await emulator.close()
})

async function start(options: EmulatorOptions = {}): Promise<Client> {
  const emulator = await startEmulator({ stepMs: 1000, manual: true, ...options })
  emulators.push(emulator)
  return clientOf(() => emulator)
}

function parsed<T>(schema: Field<T>, value: unknown): T {
  const problems: Problem[] = []
  const result = schema.parse(value, [], problems)
  expect(problems).toEqual([])
  return result
}

const advance = (client: Client, body: Json, status = 200) => client.ask(status, 'POST', '/_emulator/advance', body)
const statuses = async (client: Client, id: string) => (await revisionsOf(client, id)).map(({ status }) => status)

describe('a manual clock', () => {
  test('stops, and advances by milliseconds', async () => {
    const client = await start()
    const id = await create(client)
    expect(await statuses(client, id)).toEqual(['CREATING'])
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(await statuses(client, id)).toEqual(['CREATING'])
    expect(await advance(client, { ms: 999 })).toEqual({ now: expect.stringMatching(/Z$/), advanced_ms: 999 })
    expect(await statuses(client, id)).toEqual(['CREATING'])
    await advance(client, { ms: 1 })
    expect(await statuses(client, id)).toEqual(['QUEUED'])
  })

  test('advances to a status: a rollout of ten minutes takes no time and has the times of the clock', async () => {
    const client = await start()
    await client.scenario({ revisions: [{ durations: { DEPLOYING: 600_000 } }] })
    const id = await create(client)
    expect(await advance(client, { until: 'DEPLOYED' })).toMatchObject({ advanced_ms: 603_000 })
    const [revision] = await revisionsOf(client, id)
    expect(revision?.status).toBe('DEPLOYED')
    const { now } = await advance(client, { ms: 0 })
    expect(Date.parse(String(revision?.updated_at))).toBe(Date.parse(String(now)))
  })

  test('finds a status without duration, and the status of a named deployment', async () => {
    const client = await start({ stepMs: 0 })
    const id = await create(client)
    expect(await advance(client, { until: 'DEPLOYING' })).toMatchObject({ advanced_ms: 0 })
    await create(client, dockerBody({ name: 'other' }))
    await advance(client, { until: 'DEPLOYED', deployment: 'my-agent' })
    await advance(client, { until: 'DEPLOYED', deployment: id })
  })

  test.each<[string, Json, number, RegExp]>([
    ['a status that does not come', { until: 'BUILD_FAILED' }, 409, /is DEPLOYED and does not reach BUILD_FAILED/],
    ['no revision', { until: 'DEPLOYED', deployment: 'none' }, 404, /no revision of a deployment 'none'/],
    ['both', { ms: 1, until: 'DEPLOYED' }, 422, /either 'ms' or 'until'/],
    ['neither', {}, 422, /either/],
    ['time that runs back', { ms: -1 }, 422, /greater than or equal to 0/],
    ['another key', { minutes: 1 }, 422, /not a known key/],
    ['more than a year', { ms: 366 * 86_400_000 + 1 }, 422, /less than or equal to/]
  ])('refuses %s', async (_, body, status, detail) => {
    const client = await start()
    await create(client)
    await advance(client, { until: 'DEPLOYED' })
    const answer = await advance(client, body, status)
    expect(JSON.stringify(answer.detail)).toMatch(detail)
  })

  test('does not loop forever for an endless revision', async () => {
    const client = await start()
    await client.scenario({ revisions: [{ step_ms: 0, push: { at: 'CREATING' }, final: null }] })
    await create(client)
    await advance(client, { until: 'DEPLOYED' }, 409)
  })

  test('advances at most to the year 2200, where times are still exact', async () => {
    const client = await start()
    let last: Json = {}
    for (let year = 0; year < 200 && !('detail' in last); year++) {
      const reply = await client.call('POST', '/_emulator/advance', { body: { ms: 366 * 86_400_000 } })
      expect([200, 409]).toContain(reply.status)
      last = reply.body
    }
    expect(last.detail).toMatch(/cannot pass the year 2200/)
    const [first, second] = [await create(client), await create(client, dockerBody({ name: 'other' }))]
    const created = async (id: string) => (await client.ask(200, 'GET', `/v2/deployments/${id}`)).created_at
    expect(await created(first)).toMatch(/^2(199|200)-/)
    expect(await created(second)).not.toBe(await created(first))
    await advance(client, { until: 'DEPLOYED' })
  })

  test('ends a deletion of one week after a week', async () => {
    const client = await start({ deleteMs: 7 * 86_400_000 })
    const id = await create(client)
    await client.ask(204, 'DELETE', `/v2/deployments/${id}`)
    await advance(client, { ms: 7 * 86_400_000 - 1 })
    expect(await client.ask(200, 'GET', `/v2/deployments/${id}`)).toMatchObject({ status: 'AWAITING_DELETE' })
    await advance(client, { ms: 1 })
    await client.ask(404, 'GET', `/v2/deployments/${id}`)
  })

  test.each([
    ['gcs', 400, /ExpiredToken/],
    ['s3', 403, /AccessDenied.*Request has expired/s],
    ['azure', 403, /AuthenticationFailed.*expired/s]
  ])('lets an upload address of %s expire after 15 minutes', async (store, status, text) => {
    const client = await start()
    await client.scenario({ server: { store } })
    const id = await create(client, githubBody())
    const { upload_url } = await client.ask(200, 'POST', `/v2/deployments/${id}/upload-url`)
    await advance(client, { ms: 900_000 })
    const headers = { 'Content-Type': 'application/gzip', 'X-Goog-Content-Length-Range': '0,209715200' }
    const answer = await fetch(String(upload_url), { method: 'PUT', headers, body: 'x' })
    expect(answer.status).toBe(status)
    expect(await answer.text()).toMatch(text)
  })

  test('releases held responses and delays on request', async () => {
    const client = await start()
    await client.scenario({ faults: [{ path: '/v2/deployments', action: 'delay', ms: 60_000 }] })
    let isThere = false
    const answer = client.call('GET', '/v2/deployments').then((reply) => {
      isThere = true
      return reply
    })
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(isThere).toBe(false)
    await advance(client, { ms: 60_000 })
    expect((await answer).status).toBe(200)
  })

  test('is optional: a running clock can be moved forward too', async () => {
    const client = await start({ manual: false, stepMs: 100_000 })
    const id = await create(client)
    await advance(client, { until: 'DEPLOYED' })
    expect(await statuses(client, id)).toEqual(['DEPLOYED'])
  })
})

/** Sets the Host header, which `fetch` does not allow. */
function postTo(
  client: Client,
  path: string,
  host: string,
  body?: unknown,
  more: Record<string, string> = {}
): Promise<Json> {
  const { hostname, port } = new URL(client.emulator.url)
  const headers = { host, 'x-api-key': 'k', 'content-type': 'application/json', ...more }
  return new Promise((done, fail) => {
    const sent = request({ hostname, port, path, method: body === undefined ? 'GET' : 'POST', headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece
      })
      response.on('end', () => done(Object(JSON.parse(text))))
    })
    sent.on('error', fail)
    sent.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

describe('addresses', () => {
  const addresses = async (client: Client, host: string) => {
    const id = await create(client, githubBody())
    await advance(client, { until: 'DEPLOYED' })
    const { upload_url } = await postTo(client, `/v2/deployments/${id}/upload-url`, host, {})
    const { url, source_config } = await postTo(client, `/api-host/v2/deployments/${id}`, host)
    const identity = await postTo(client, '/_emulator', host)
    return [identity.url, url, at(source_config, 'custom_url'), upload_url].map((each) => new URL(String(each)).origin)
  }

  test.each(['emulator:8124', 'localhost:9', '[::1]:8124', 'plane.example'])('follow the Host %s', async (host) => {
    expect(await addresses(await start(), host)).toEqual(Array(4).fill(`http://${host}`))
  })

  test('ignore an invalid Host', async () => {
    const client = await start()
    expect(await addresses(client, 'a b"<')).toEqual(Array(4).fill(client.emulator.url))
  })

  test.each([
    ['https', 'https://plane.example'],
    ['http', 'http://plane.example'],
    ['javascript', 'http://plane.example']
  ])('follow a proxy with %s', async (scheme, origin) => {
    const answer = await postTo(await start(), '/_emulator', 'plane.example', undefined, {
      'x-forwarded-proto': scheme
    })
    expect(answer.url).toBe(origin)
  })

  test('are those of --public-url for all clients', async () => {
    const client = await start({ publicUrl: 'https://plane.example' })
    expect(await addresses(client, 'other:1')).toEqual(Array(4).fill('https://plane.example'))
    expect(client.emulator.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })
})

describe('--key', () => {
  test('is the only valid key, for agents too', async () => {
    const client = await start({ key: 'lsv2_mine' })
    expect(client.emulator.apiKey).toBe('lsv2_mine')
    const call = (key: string | null, path = '/v2/deployments') => client.call('GET', path, { key })
    expect((await call('lsv2_mine')).status).toBe(200)
    for (const key of [null, 'lsv2_other', 'lsv2_emulator_workspace_key']) {
      expect((await call(key)).status).toBe(401)
      expect((await call(key, '/api/v1/sessions')).status).toBe(401)
    }
    const mine = { 'X-Api-Key': 'lsv2_mine' }
    const { body } = await client.call('POST', '/v2/deployments', { body: dockerBody(), headers: mine })
    await advance(client, { until: 'DEPLOYED' })
    const search = (headers: Record<string, string>) =>
      client.call('POST', `/agents/${body.id}/assistants/search`, { body: {}, headers })
    expect((await search({})).status).toBe(403)
    expect((await search(mine)).status).toBe(200)
    expect(await client.ask(200, 'GET', '/_emulator')).toMatchObject({ api_key: 'lsv2_mine' })
  })
})

describe('a seed', () => {
  test('restores the exported state without changes', async () => {
    const first = await start()
    const id = await create(first, githubBody())
    await create(first, dockerBody({ name: 'other', secrets: [{ name: 'A', value: 'b' }] }))
    await first.ask(201, 'POST', '/v2/listeners', { compute_type: 'k8s', compute_id: 'mine', compute_config: {} })
    await advance(first, { until: 'DEPLOYED', deployment: 'my-agent' })
    await first.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { repo_ref: 'next' } })
    await advance(first, { ms: 2000 })
    await first.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { repo_ref: 'more' } })
    await advance(first, { ms: 1000 })
    expect(await statuses(first, id)).toEqual(['QUEUED', 'BUILDING', 'DEPLOYED'])
    const state = await first.ask(200, 'GET', '/_emulator/state')

    const second = await start({ seed: parsed(seedSchema, state) })
    const { now: _, ...again } = await second.ask(200, 'GET', '/_emulator/state')
    const { now: __, ...before } = state
    // The clock of the first emulator was ahead, so the second shifts all times back.
    const untimed = (value: unknown) => JSON.stringify(value).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '')
    expect(untimed(again)).toBe(untimed(before))

    expect(await statuses(second, id)).toEqual(['QUEUED', 'BUILDING', 'DEPLOYED'])
    const shown = await second.ask(200, 'GET', `/v2/deployments/${id}`)
    expect(shown).toMatchObject({ status: 'READY', secrets: [{ name: 'TOKEN', value: 'in clear' }] })
    expect(shown.active_revision_id).toBe((await revisionsOf(second, id))[2]?.id)
    expect((await second.call('GET', `/agents/${id}/ok`)).status).toBe(200)
    await advance(second, { until: 'DEPLOYED', deployment: 'my-agent' })
    expect(await statuses(second, id)).toEqual(['DEPLOYED', 'DEPLOYED', 'DEPLOYED'])
    expect(records((await second.ask(200, 'GET', '/v2/listeners')).resources)).toHaveLength(2)
  })

  test('contains the initial listener, used or not', async () => {
    const first = await start()
    const state = await first.ask(200, 'GET', '/_emulator/state')
    const second = await start({ seed: parsed(seedSchema, state) })
    const { resources } = await second.ask(200, 'GET', '/v2/listeners')
    expect(records(resources)).toMatchObject([{ id: second.emulator.listenerId }])
  })

  const ID = '11111111-1111-4111-8111-111111111111'
  test.each<[string, Json, (string | number)[], RegExp]>([
    [
      'two deployments with the same name',
      { deployments: [{ name: 'a' }, { name: 'b' }, { name: 'a' }] },
      ['deployments', 2, 'name'],
      /not unique in its workspace/
    ],
    [
      'a repeated ID',
      {
        deployments: [
          { name: 'a', id: ID },
          { name: 'b', revisions: [{ id: ID }] }
        ]
      },
      ['deployments', 1, 'revisions', 0, 'id'],
      /not unique/
    ],
    [
      'a missing active revision',
      { deployments: [{ name: 'a', active_revision_id: ID, revisions: [{}] }] },
      ['deployments', 0, 'active_revision_id'],
      /Not the ID of a revision/
    ]
  ])('refuses %s', (_, seed, loc, msg) => {
    const problems: Problem[] = []
    seedSchema.parse(seed, [], problems)
    expect(problems).toMatchObject([{ loc, msg: expect.stringMatching(msg) }])
  })

  test('accepts one name in two workspaces', () => {
    parsed(seedSchema, { deployments: [{ name: 'a' }, { name: 'a', tenant_id: ID }] })
  })

  test('can be one handwritten line, and is restored by a reset', async () => {
    const seed = parsed(seedSchema, { deployments: [{ name: 'my-agent', revisions: [{}] }] })
    const client = await start({ seed })
    const [deployment] = records((await client.ask(200, 'GET', '/v2/deployments')).resources)
    expect(deployment).toMatchObject({
      name: 'my-agent',
      source: 'external_docker',
      tracer_session_id: expect.any(String)
    })
    expect(await statuses(client, String(deployment?.id))).toEqual(['DEPLOYED'])
    await client.ask(204, 'DELETE', `/v2/deployments/${deployment?.id}`)
    await client.ask(204, 'POST', '/_emulator/reset')
    expect(records((await client.ask(200, 'GET', '/v2/deployments')).resources)).toHaveLength(1)
  })

  test('changes like resources that calls created', async () => {
    const seed = parsed(seedSchema, {
      deployments: [{ name: 'my-agent', revisions: [{}, { status: 'DEPLOY_FAILED' }] }]
    })
    const client = await start({ seed })
    const [deployment] = records((await client.ask(200, 'GET', '/v2/deployments')).resources)
    const path = `/v2/deployments/${deployment?.id}`
    await client.ask(200, 'PATCH', path, { source_revision_config: { image_uri: 'images.example/agent:2' } })
    await advance(client, { until: 'DEPLOYED' })
    expect(await statuses(client, String(deployment?.id))).toEqual(['DEPLOYED', 'DEPLOY_FAILED', 'DEPLOYED'])
  })
})

describe('a scenario from the start', () => {
  test('applies immediately and after a reset', async () => {
    const client = await start({ scenario: parsed(givenScenario, { revisions: [{ final: 'DEPLOY_FAILED' }] }) })
    for (const _ of [1, 2]) {
      const id = await create(client)
      await advance(client, { until: 'DEPLOY_FAILED' })
      expect(await statuses(client, id)).toEqual(['DEPLOY_FAILED'])
      await client.ask(204, 'POST', '/_emulator/reset')
    }
  })
})

describe('the log of requests', () => {
  test('has one line for each request, with its result and duration', async () => {
    const lines: string[] = []
    const client = await start({ log: (line) => lines.push(line.replace(/\d+ ms/, 'N ms')) })
    const id = await create(client)
    await client.ask(200, 'PATCH', `/api-host/v2/deployments/${id}`, { source_revision_config: { image_uri: 'b:2' } })
    const [newest] = await revisionsOf(client, id)
    await client.ask(200, 'GET', `/v2/deployments/${id}/revisions/${newest?.id}`)
    await client.ask(422, 'POST', '/v2/deployments', { name: 1 })
    await client.call('GET', '/v2/\u001b[31mred%1b', { key: null })
    await client.scenario({ faults: [{ action: 'cut' }] })
    await expect(client.call('GET', '/v2/listeners')).rejects.toThrow()
    await client.ask(200, 'GET', '/v2/listeners')
    const short = `${id.slice(0, 8)}…`
    expect(lines).toEqual([
      'POST /v2/deployments 201 N ms -> revision 1 CREATING',
      `PATCH /api-host/v2/deployments/${short} 200 N ms -> revision 2 CREATING`,
      `GET /v2/deployments/${short}/revisions 200 N ms`,
      `GET /v2/deployments/${short}/revisions/${String(newest?.id).slice(0, 8)}… 200 N ms -> revision 2 CREATING`,
      'POST /v2/deployments 422 N ms -> body.name: Input should be a valid string',
      'GET /v2/%1B[31mred%1b 404 N ms -> Not Found',
      'GET /v2/listeners cut N ms',
      'GET /v2/listeners 200 N ms'
    ])
    expect(lines.join('')).not.toContain('lsv2_some_key')
  })
})
