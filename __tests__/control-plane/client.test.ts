import { describe, expect, test } from '@jest/globals'
import { createClient, nextOffset, PAGE_SIZE } from '../../src/control-plane/client.ts'
import type { JsonObject } from '../../src/run/object.ts'
import { create, dockerBody, githubBody, UNKNOWN_ID } from '../emulator/support.ts'
import { failureOf } from '../support/failure.ts'
import { inTurn, type Reply, startServer } from '../support/http-server.ts'
import { openLine } from '../support/line.ts'
import { idsOf, useWorld } from '../support/world.ts'

const world = useWorld({ repositories: Array.from({ length: 250 }, (_, index) => `acme/agents-${index}`) })

const V1 = '/v1/integrations/github/install'
const INSTALLATIONS = '/v2/integrations/github/installations'

/** Returns the method and path, and the query, of each request. */
async function journal(): Promise<readonly (readonly [unknown, unknown])[]> {
  return (await world.api.requests()).map(({ method, path, query }) => [`${method} ${path}`, query] as const)
}

describe('deploymentsNamed', () => {
  test('requests both filters, and does not decode rows with other names', async () => {
    const name = 'my agent & co'
    const id = await create(world.api, dockerBody({ name }))
    await create(world.api, dockerBody({ name: `${name} 2` }))
    await world.api.scenario({ server: { ignore_name_filter: true } })
    const { resources } = await world.line().client.deploymentsNamed([name], 0)
    expect(resources).toEqual([undefined, expect.objectContaining({ id, name })])
    expect((await journal()).at(-1)).toEqual([
      'GET /v2/deployments',
      { name, name_contains: name, limit: '100', offset: '0' }
    ])
  })

  test('accepts incomplete rows with other names', async () => {
    const rows = [null, 7, {}, { name: 'other' }, { id: 'an-id', name: 'agent', source: 'github' }]
    const server = await startServer(inTurn({ json: { resources: rows, offset: 5 } }))
    const { resources } = await openLine(server.url).client.deploymentsNamed(['agent'], 0)
    expect(resources.map((row) => row?.id)).toEqual([undefined, undefined, undefined, undefined, 'an-id'])
  })

  test.each<[string, unknown]>([
    ['no list of resources', { items: [] }],
    ['an array instead of an object', []],
    ['a row of this name without an ID', { resources: [{ name: 'agent', source: 'github' }] }],
    ['a row of this name without a source', { resources: [{ name: 'agent', id: 'x' }] }]
  ])('rejects a response with %s', async (_, json) => {
    const server = await startServer(inTurn({ json }))
    const error = await failureOf(openLine(server.url).client.deploymentsNamed(['agent'], 0))
    expect(error).toMatchObject({ name: 'AnswerError', fault: 'shape' })
    expect(server.requests).toHaveLength(1)
  })
})

describe('nextOffset', () => {
  const rows = Array<number>(PAGE_SIZE).fill(0)
  test.each<[string, { resources: number[]; offset: number | null }, number, number | undefined]>([
    ['returns the offset in the response', { resources: rows, offset: 300 }, 100, 300],
    ['returns the end of this page if the response has no offset', { resources: rows, offset: null }, 100, 200],
    ['returns nothing after a short page', { resources: rows.slice(1), offset: 199 }, 100, undefined],
    ['returns nothing after an empty page', { resources: [], offset: 100 }, 100, undefined],
    ['returns nothing if the offset stays the same', { resources: rows, offset: 100 }, 100, undefined],
    ['returns nothing if the offset decreases', { resources: rows, offset: 0 }, 100, undefined]
  ])('%s', (_, page, offset, expected) => {
    expect(nextOffset(page, offset)).toBe(expected)
  })
})

describe('listeners', () => {
  test('reads all pages', async () => {
    for (let index = 0; index < 249; index += 1) {
      const compute_config = { k8s_namespaces: ['a', 'b'] }
      await world.api.ask(201, 'POST', '/v2/listeners', {
        compute_type: 'k8s',
        compute_id: `c-${index}`,
        compute_config
      })
    }
    const all = await world.line().client.listeners()
    expect(new Set(idsOf(all)).size).toBe(250)
    expect(all.at(-1)).toEqual({ id: expect.any(String), compute_id: 'c-248', k8s_namespaces: ['a', 'b'] })
    expect((await journal()).slice(-3).map(([, query]) => query)).toEqual(
      ['0', '100', '200'].map((offset) => ({ limit: '100', offset }))
    )
  })

  test.each([404, 405])('returns an empty list if the route returns %d', async (status) => {
    await world.api.scenario({ faults: [{ path: '/v2/listeners', action: 'status', status }] })
    const { client } = world.line()
    // The very first read of a run follows another rule.
    await client.deploymentsNamed(['agent'], 0)
    await expect(client.listeners()).resolves.toEqual([])
  })

  test('accepts listeners without namespaces', async () => {
    const json = {
      resources: [
        { id: 'a', compute_config: { k8s_namespaces: null } },
        { id: 'b', compute_id: 'c' }
      ]
    }
    const server = await startServer(inTurn({ json }))
    await expect(openLine(server.url).client.listeners()).resolves.toEqual([
      { id: 'a', compute_id: '', k8s_namespaces: [] },
      { id: 'b', compute_id: 'c', k8s_namespaces: [] }
    ])
  })

  test('stops after 1,000 pages', async () => {
    const resources = Array.from({ length: PAGE_SIZE }, () => ({ id: 'x' }))
    const server = await startServer((_, nth) => ({ json: { resources, offset: nth * PAGE_SIZE } }))
    await openLine(server.url).client.listeners()
    expect(server.requests).toHaveLength(1_000)
  })
})

describe('GitHub integrations and repositories', () => {
  const whole = (all: readonly { readonly url: string }[]) => new Set(all.map(({ url }) => url)).size

  test('come from the v1 routes, in one response', async () => {
    const { client } = world.line()
    const [integration] = await client.githubIntegrations()
    expect(integration).toEqual({ id: world.api.emulator.integrationId, name: 'acme' })
    expect(whole(await client.githubRepositories(world.api.emulator.integrationId))).toBe(250)
    expect(await world.requests()).toEqual([`GET ${V1}`, 'GET /v1/integrations/github/:id/repos'])
  })

  test.each([404, 405])('come from the v2 routes, page by page, if the v1 routes return %d', async (status) => {
    await world.api.scenario({ faults: [{ path: '/v1/**', action: 'status', status, times: null }] })
    const { client } = world.line()
    await client.deploymentsNamed(['agent'], 0)
    expect(await client.githubIntegrations()).toEqual([{ id: world.api.emulator.integrationId, name: 'acme' }])
    expect(whole(await client.githubRepositories(world.api.emulator.integrationId))).toBe(250)
    const repositories = `GET ${INSTALLATIONS}/:id/repositories`
    expect((await world.requests()).slice(1)).toEqual([
      `GET ${V1}`,
      `GET ${INSTALLATIONS}`,
      'GET /v1/integrations/github/:id/repos',
      repositories,
      repositories,
      repositories
    ])
  })

  test('are not requested from v2 if v1 returns another error', async () => {
    await world.api.scenario({ faults: [{ path: '/v1/**', action: 'status', status: 403 }] })
    await expect(failureOf(world.line().client.githubIntegrations())).resolves.toMatchObject({ status: 403 })
    expect(await world.requests()).toEqual([`GET ${V1}`])
  })

  const v2 = async (page: (nth: number) => unknown) => {
    const server = await startServer(
      ({ path }, nth): Reply => (path.startsWith('/v1') ? { status: 404, json: {} } : { json: page(nth) })
    )
    return { server, client: openLine(server.url).client }
  }

  test('end at a repeated cursor', async () => {
    const { server, client } = await v2((nth) => ({ items: [{ id: `${nth}` }], next_cursor: 'again' }))
    expect(await client.githubIntegrations()).toHaveLength(2)
    expect(server.requests).toHaveLength(3)
  })

  test('end after 1,000 cursors', async () => {
    const { server, client } = await v2((nth) => ({ items: [], next_cursor: `${nth}` }))
    expect(await client.githubIntegrations()).toEqual([])
    expect(server.requests).toHaveLength(1_001)
  })

  test.each<[string, unknown]>([
    ['an object', { items: [] }],
    ['rows without an ID', [{ name: 'acme' }]],
    ['rows that are not objects', ['acme']]
  ])('are not read from %s', async (_, json) => {
    const server = await startServer(inTurn({ json }))
    const error = await failureOf(openLine(server.url).client.githubIntegrations())
    expect(error).toMatchObject({ name: 'AnswerError', fault: 'shape' })
  })
})

describe('an invalid row', () => {
  const revision = (id: string) => ({ id, status: 'DEPLOYED', source: 'github' })
  const serve = async (json: unknown) => {
    const server = await startServer(inTurn({ json }))
    const { transport } = openLine(server.url)
    const notes: string[] = []
    return { notes, client: createClient(transport, undefined, (text) => notes.push(text)) }
  }

  test.each<[string, unknown]>([
    ['null', null],
    ['a text', 'r2'],
    ['a row without an ID', { status: 'DEPLOYED' }],
    ['a row with a number as ID', { id: 7, status: 'DEPLOYED' }]
  ])('in a list of revisions is skipped, with one note: %s', async (_, odd) => {
    const { client, notes } = await serve({ resources: [revision('r3'), odd, revision('r1')], offset: 3 })
    for (let nth = 1; nth <= 3; nth += 1) expect(idsOf((await client.revisions('d')).resources)).toEqual(['r3', 'r1'])
    expect(notes).toEqual([expect.stringMatching(/^Skipped a row in the list of revisions: /)])
  })

  test('is kept if it has an ID, so that an existing revision is not treated as new later', async () => {
    const { client, notes } = await serve({ resources: [{ id: 'r2', status: null }, revision('r1')], offset: 2 })
    const { resources } = await client.revisions('d')
    expect(resources.map(({ id, status }) => [id, status])).toEqual([
      ['r2', 'UNKNOWN'],
      ['r1', 'DEPLOYED']
    ])
    expect(notes).toEqual([])
  })

  test('does not end the list before its last page', async () => {
    const full = Array.from({ length: PAGE_SIZE }, (_, index) => (index === 5 ? null : { id: `l${index}` }))
    const server = await startServer((_, nth) => ({
      json: nth === 1 ? { resources: full, offset: PAGE_SIZE } : { resources: [{ id: 'last' }], offset: null }
    }))
    const all = await openLine(server.url).client.listeners()
    expect(all).toHaveLength(PAGE_SIZE)
    expect(all.at(-1)?.id).toBe('last')
  })

  test('is skipped in lists of listeners, integrations and repositories', async () => {
    expect(idsOf(await (await serve({ resources: [null, { id: 'l' }] })).client.listeners())).toEqual(['l'])
    expect(idsOf(await (await serve([{}, { id: 'i' }])).client.githubIntegrations())).toEqual(['i'])
    expect(await (await serve([{ url: 'u' }, 7])).client.githubRepositories('i')).toEqual([
      { url: 'u', default_branch: null }
    ])
  })

  test('is an error if all rows are invalid, or if it is a single resource', async () => {
    const { client } = await serve({ resources: [null, {}], offset: null })
    await expect(failureOf(client.revisions('d'))).resolves.toMatchObject({ name: 'AnswerError', fault: 'shape' })
    const single = await serve({ id: 'r' })
    await expect(failureOf(single.client.revision('d', 'r'))).resolves.toMatchObject({ fault: 'shape' })
    await expect(failureOf(single.client.deployment('r'))).resolves.toMatchObject({ fault: 'shape' })
  })
})

describe('the control plane client', () => {
  test('has a working route for each operation', async () => {
    const { client } = world.line()
    const created = await client.createDeployment({ ...githubBody(), name: 'agent' } as JsonObject)
    if (created.kind !== 'answered') throw created.error
    const { id } = created.value
    expect(created.value).toMatchObject({
      name: 'agent',
      source: 'github',
      secrets: [{ name: 'TOKEN', value: 'in clear' }]
    })
    const [first] = (await client.revisions(id)).resources
    expect(first).toEqual(await client.revision(id, String(first?.id)))
    expect(first).toMatchObject({ status: 'CREATING', source: 'github', source_revision_config: { repo_ref: 'main' } })

    await client.interrupt(id, String(first?.id), 1_000)
    expect((await client.revision(id, String(first?.id))).status).toBe('INTERRUPTED')
    const patched = await client.patchDeployment(id, { display_name: 'Agent' })
    expect(patched).toMatchObject({ kind: 'answered', value: { id, display_name: 'Agent' } })
    const again = await client.redeploy(id, String(first?.id))
    expect(again).toMatchObject({ kind: 'answered', value: { id } })
    expect((await client.revisions(id)).resources).toHaveLength(2)

    await client.deleteDeployment(id, { withTracingProject: true })
    await expect(failureOf(client.deployment(UNKNOWN_ID))).resolves.toMatchObject({ name: 'ApiError', status: 404 })
  })

  test.each<[string, Reply, readonly string[]]>([
    ['404 of the route', { status: 404, json: { detail: 'Not Found' } }, ['interruption', 'interrupt']],
    ['405', { status: 405, json: { detail: 'Method Not Allowed' } }, ['interruption', 'interrupt']],
    ['404 of the revision', { status: 404, json: { detail: 'Revision b not found.' } }, ['interruption']],
    ['403', { status: 403, json: {} }, ['interruption']]
  ])('interrupts with the older route only if the newer one is missing: %s', async (_, reply, names) => {
    const server = await startServer(inTurn(reply, { json: {} }))
    const interrupting = openLine(server.url).client.interrupt('a', 'b', 1_000)
    if (names.length > 1) await interrupting
    else await failureOf(interrupting)
    expect(server.requests.map(({ path }) => path)).toEqual(
      names.map((name) => `/v2/deployments/a/revisions/b/${name}`)
    )
  })

  test('conceals each deployment that it reads', async () => {
    const json = { id: 'a', name: 'b', source: 'c', secrets: [{ name: 'TOKEN', value: 'in clear' }] }
    const server = await startServer(inTurn({ json: { resources: [json] } }, { json }))
    const concealed: unknown[] = []
    const client = createClient(openLine(server.url).transport, ({ secrets }) => concealed.push(secrets))
    await client.deploymentsNamed(['b'], 0)
    await client.deployment('a')
    await client.glance('a')
    await client.createDeployment({})
    await client.patchDeployment('a', {})
    await client.redeploy('a', 'r')
    expect(concealed).toEqual(Array.from({ length: 6 }, () => json.secrets))
  })

  test('treats an empty environment as unknown if the deployment had secrets before', async () => {
    const row = { id: 'a', name: 'b', source: 'c', secrets: [{ name: 'TOKEN', value: 'x' }] }
    const server = await startServer(
      inTurn(
        { json: { ...row, secrets: [] } },
        { json: { resources: [row] } },
        { json: { ...row, secrets: [] } },
        { json: { ...row, id: 'other', secrets: [] } }
      )
    )
    const { client } = openLine(server.url)
    expect((await client.deployment('a')).secrets).toEqual([])
    await client.deploymentsNamed(['b'], 0)
    expect((await client.deployment('a')).secrets).toBeNull()
    expect((await client.deployment('other')).secrets).toEqual([])
  })

  test.each([true, false])('sends whether the tracing project is also deleted: %s', async (withTracingProject) => {
    const id = await create(world.api)
    await world.line().client.deleteDeployment(id, { withTracingProject })
    expect((await journal()).at(-1)).toEqual([
      `DELETE /v2/deployments/${id}`,
      { delete_tracing_project: `${withTracingProject}` }
    ])
  })

  test('escapes IDs in paths', async () => {
    const server = await startServer(
      inTurn({ json: { id: 'x', name: 'x', source: 'x', status: 'x' } }, { json: { id: 'c/../d', status: 'x' } })
    )
    const { client } = openLine(server.url)
    await client.deployment('../../a?b#c')
    await client.revision('a/b', 'c/../d')
    expect(server.requests.map(({ path }) => path)).toEqual([
      '/v2/deployments/..%2F..%2Fa%3Fb%23c',
      '/v2/deployments/a%2Fb/revisions/c%2F..%2Fd'
    ])
  })

  test('rejects a response about another revision', async () => {
    const server = await startServer(inTurn({ json: { id: 'other', status: 'DEPLOYED' } }))
    const { client } = openLine(server.url, { timeoutMs: 0 })
    await expect(client.revision('d', 'r')).rejects.toThrow()
    expect(await client.glanceRevision('d', 'r').catch(() => undefined)).toBeUndefined()
    await expect(client.lastRevision('d', 'r', 1_000)).rejects.toThrow('the response is revision other, not r')
  })

  test('accepts a response with only the required fields', async () => {
    const server = await startServer(
      inTurn({ json: { id: 'a', name: 'b', source: 'c', secrets: 'hidden' } }, { json: { id: 'r', status: 'ODD' } })
    )
    const { client } = openLine(server.url)
    expect(await client.deployment('a')).toMatchObject({
      status: 'UNKNOWN',
      tenant_id: null,
      active_revision_id: null,
      secrets: null,
      source_config: { custom_url: null, resource_spec: null, listener_config: null, build_on_push: null },
      source_revision_config: { image_uri: null }
    })
    expect(await client.revision('a', 'r')).toMatchObject({ id: 'r', status: 'ODD', source: null, created_at: null })
  })
})
