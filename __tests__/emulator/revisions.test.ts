import { describe, expect, test } from '@jest/globals'
import { at, create, githubBody, type Json, revisionsOf, UNKNOWN_ID, untilStatuses, useEmulator } from './support.ts'

const client = useEmulator()

async function push(id: string, image: string): Promise<string> {
  const body = { source_revision_config: { image_uri: image } }
  return String((await client.ask(200, 'PATCH', `/v2/deployments/${id}`, body)).latest_revision_id)
}

describe('the queue', () => {
  test('continues with the newest revision and skips the others', async () => {
    await client.scenario({ revisions: [{ nth: 1, final: null }] })
    const id = await create(client)
    for (const tag of ['2', '3', '4']) await push(id, tag)
    const queued = await untilStatuses(client, id, ['QUEUED', 'QUEUED', 'QUEUED', 'DEPLOYING'])
    await client.ask(200, 'POST', `/v2/deployments/${id}/revisions/${queued[3]?.id}/interruption`)
    const revisions = await untilStatuses(client, id, ['DEPLOYED', 'SKIPPED', 'SKIPPED', 'INTERRUPTED'])
    expect(at(revisions, 0, 'source_revision_config', 'image_uri')).toBe('4')
    const { latest_revision_id, active_revision_id } = await client.ask(200, 'GET', `/v2/deployments/${id}`)
    expect([latest_revision_id, active_revision_id]).toEqual([revisions[0]?.id, revisions[0]?.id])
  })

  test('keeps the old revision active after a failure, and continues', async () => {
    await client.scenario({ revisions: [{ nth: 2, final: 'DEPLOY_FAILED' }] })
    const id = await create(client)
    const [first] = await untilStatuses(client, id, ['DEPLOYED'])
    await push(id, '2')
    await untilStatuses(client, id, ['DEPLOY_FAILED', 'DEPLOYED'])
    expect(await client.ask(200, 'GET', `/v2/deployments/${id}`)).toMatchObject({ active_revision_id: first?.id })
    await push(id, '3')
    await untilStatuses(client, id, ['DEPLOYED', 'DEPLOY_FAILED', 'DEPLOYED'])
  })
})

describe('list and get', () => {
  test('return pages and filter by several statuses', async () => {
    await client.scenario({
      revisions: [
        { nth: 2, final: 'CREATE_FAILED' },
        { nth: 3, final: null }
      ]
    })
    const id = await create(client)
    for (const tag of ['2', '3']) await push(id, tag)
    await untilStatuses(client, id, ['DEPLOYING', 'CREATE_FAILED', 'DEPLOYED'])
    const statuses = async (query: string) => {
      const { resources, offset } = await client.ask(200, 'GET', `/v2/deployments/${id}/revisions?${query}`)
      return [(resources as Json[]).map(({ status }) => status), offset]
    }
    expect(await statuses('limit=1')).toEqual([['DEPLOYING'], 1])
    expect(await statuses('limit=2&offset=1')).toEqual([['CREATE_FAILED', 'DEPLOYED'], 3])
    expect(await statuses('status=DEPLOYED,%20CREATE_FAILED')).toEqual([['CREATE_FAILED', 'DEPLOYED'], 2])
    expect(await statuses('status=')).toEqual([['DEPLOYING', 'CREATE_FAILED', 'DEPLOYED'], 3])
    await client.ask(422, 'GET', `/v2/deployments/${id}/revisions?limit=101`)
  })

  test('return one by ID', async () => {
    const id = await create(client)
    const [revision] = await revisionsOf(client, id)
    expect(revision).toMatchObject({
      source: 'external_docker',
      source_revision_config: { image_uri: 'images.example/agent:1', repo_ref: null, repo_commit_sha: null },
      created_at: expect.stringMatching(/^\d{4}-.*Z$/)
    })
    expect(await client.ask(200, 'GET', `/v2/deployments/${id}/revisions/${revision?.id}`)).toMatchObject({
      id: revision?.id
    })
  })

  test.each([
    ['GET', ''],
    ['POST', '/redeploy'],
    ['POST', '/interruption'],
    ['POST', '/interrupt'],
    ['GET', '/logs?type=build']
  ])('%s of an unknown revision%s is 404, of an invalid ID 422', async (method, rest) => {
    const path = `/v2/deployments/${await create(client)}/revisions`
    expect(await client.ask(404, method, `${path}/${UNKNOWN_ID}${rest}`)).toEqual({
      detail: `Revision ID ${UNKNOWN_ID} not found.`
    })
    expect(await client.ask(422, method, `${path}/x${rest}`)).toMatchObject({
      detail: [{ loc: ['path', 'revision_id'] }]
    })
  })
})

describe('create', () => {
  test('always creates a revision from the last configuration', async () => {
    const id = await create(client, githubBody())
    const revision = await client.ask(201, 'POST', `/v2/deployments/${id}/revisions`, {
      source_revision_config: {},
      secrets: []
    })
    expect(revision).toMatchObject({ status: 'CREATING', source_revision_config: { repo_ref: 'main' } })
    expect(await client.ask(200, 'GET', `/v2/deployments/${id}`)).toMatchObject({
      latest_revision_id: revision.id,
      secrets: [{ name: 'TOKEN' }]
    })
  })

  test.each([
    [{}, 'missing'],
    [{ source_revision_config: null }, 'model_attributes_type']
  ])('refuses %j with 422', async (body, type) => {
    const { detail } = await client.ask(422, 'POST', `/v2/deployments/${await create(client)}/revisions`, body)
    expect(detail).toMatchObject([{ type, loc: ['body', 'source_revision_config'] }])
  })
})

test('a redeploy copies the old inputs and keeps the secrets', async () => {
  const id = await create(client, githubBody())
  const [first] = await untilStatuses(client, id, ['DEPLOYED'])
  const secrets = [{ name: 'A', value: 'new' }]
  await client.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { repo_ref: 'next' }, secrets })
  const answer = await client.ask(200, 'POST', `/v2/deployments/${id}/revisions/${first?.id}/redeploy`)
  const [newest] = await revisionsOf(client, id)
  expect(answer).toMatchObject({ id, latest_revision_id: newest?.id, secrets })
  expect(newest?.id).not.toBe(first?.id)
  const revisions = await untilStatuses(client, id, ['DEPLOYED', 'DEPLOYED', 'DEPLOYED'])
  expect(revisions[0]?.source_revision_config).toEqual(first?.source_revision_config)
})

describe('interruption', () => {
  test.each(['interruption', 'interrupt'])(
    'by %s ends a revision, continues the queue, and can be repeated',
    async (word) => {
      await client.scenario({ revisions: [{ nth: 1, final: null }] })
      const id = await create(client)
      await push(id, '2')
      const [, first] = await untilStatuses(client, id, ['QUEUED', 'DEPLOYING'])
      for (let twice = 0; twice < 2; twice++) {
        const path = `/v2/deployments/${id}/revisions/${first?.id}/${word}`
        expect(await client.ask(200, 'POST', path)).toMatchObject({ id: first?.id, status: 'INTERRUPTED' })
      }
      await untilStatuses(client, id, ['DEPLOYED', 'INTERRUPTED'])
    }
  )

  test('does not change an ended revision, and removes a queued one from the queue', async () => {
    await client.scenario({ revisions: [{ nth: 2, final: null }] })
    const id = await create(client)
    const [first] = await untilStatuses(client, id, ['DEPLOYED'])
    const path = (revision: unknown) => `/v2/deployments/${id}/revisions/${revision}/interruption`
    expect(await client.ask(200, 'POST', path(first?.id))).toMatchObject({ status: 'DEPLOYED' })
    const second = await push(id, '2')
    const third = await push(id, '3')
    await untilStatuses(client, id, ['QUEUED', 'DEPLOYING', 'DEPLOYED'])
    expect(await client.ask(200, 'POST', path(third))).toMatchObject({ status: 'INTERRUPTED' })
    expect(await client.ask(200, 'POST', path(second))).toMatchObject({ status: 'INTERRUPTED' })
    await untilStatuses(client, id, ['INTERRUPTED', 'INTERRUPTED', 'DEPLOYED'])
  })
})

describe('the agent', () => {
  test('responds at its own address after the first DEPLOYED, and names its revision', async () => {
    await client.scenario({ revisions: [{ nth: 1, statuses: ['CREATING'] }] })
    const id = await create(client)
    const agent = `/agents/${id}`
    expect((await client.call('GET', `${agent}/ok`, { key: null })).status).toBe(503)
    expect((await client.call('GET', `${agent}/info`, { key: null })).status).toBe(503)
    for (const statuses of [
      ['DEPLOYED', 'CREATING'],
      ['DEPLOYED', 'DEPLOYED', 'CREATING']
    ]) {
      const revision_id = await push(id, '2')
      await untilStatuses(client, id, statuses)
      expect(await client.call('GET', `${agent}/ok`, { key: null })).toMatchObject({ status: 200, body: { ok: true } })
      expect(await client.ask(200, 'GET', `${agent}/info`)).toMatchObject({
        version: expect.any(String),
        flags: { assistants: true },
        host: { host_revision_id: revision_id, revision_id: '52ab87d', project_id: id }
      })
    }
    await client.ask(204, 'DELETE', `/v2/deployments/${id}`)
    await client.ask(404, 'GET', `${agent}/ok`)
    await client.ask(404, 'GET', `/agents/${UNKNOWN_ID}/ok`)
  })

  async function healths(id: string, calls: number): Promise<number[]> {
    const statuses = []
    for (let call = 0; call < calls; call++) statuses.push((await client.call('GET', `/agents/${id}/ok`)).status)
    return statuses
  }

  test('returns the scripted health of the active revision, which counts separately', async () => {
    await client.scenario({
      revisions: [
        { nth: 1, ok: [503, 502, 200] },
        { nth: 2, ok: [500] },
        { nth: 3, ok: [] }
      ]
    })
    const id = await create(client)
    const deployed = ['DEPLOYED']
    for (const statuses of [
      [503, 502, 200, 200],
      [500, 500, 500],
      [200, 200],
      [200, 200]
    ]) {
      await untilStatuses(client, id, deployed)
      expect(await healths(id, statuses.length)).toEqual(statuses)
      await push(id, 'next')
      deployed.push('DEPLOYED')
    }
  })

  test('does not count calls that were not performed, and reports errors', async () => {
    await client.scenario({
      revisions: [{ ok: [503, 200] }],
      faults: [{ path: '/agents/**', action: 'status', status: 504 }]
    })
    const id = await create(client)
    await untilStatuses(client, id, ['DEPLOYED'])
    expect(await healths(id, 1)).toEqual([504])
    expect(await client.ask(503, 'GET', `/agents/${id}/ok`)).toEqual({ detail: 'Service Unavailable' })
    expect(await client.ask(200, 'GET', `/agents/${id}/ok`)).toEqual({ ok: true, services: {} })
  })

  test('names the previous revision while old replicas respond, and none if it has no /info', async () => {
    await client.scenario({
      revisions: [
        { nth: 2, info_after_ms: null },
        { nth: 3, info: false }
      ]
    })
    const id = await create(client)
    const [first] = await untilStatuses(client, id, ['DEPLOYED'])
    await push(id, '2')
    await untilStatuses(client, id, ['DEPLOYED', 'DEPLOYED'])
    expect(await client.ask(200, 'GET', `/agents/${id}/info`)).toMatchObject({ host: { host_revision_id: first?.id } })
    await push(id, '3')
    await untilStatuses(client, id, ['DEPLOYED', 'DEPLOYED', 'DEPLOYED'])
    await client.ask(404, 'GET', `/agents/${id}/info`)
    expect(await healths(id, 1)).toEqual([200])
    const fourth = await push(id, '4')
    await untilStatuses(client, id, Array(4).fill('DEPLOYED'))
    expect(await client.ask(200, 'GET', `/agents/${id}/info`)).toMatchObject({ host: { host_revision_id: fourth } })
  })
})
