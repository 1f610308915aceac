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

/** The path and the query of each request of the action. */
async function journal(): Promise<readonly (readonly [unknown, unknown])[]> {
  return (await world.api.requests()).map(({ method, path, query }) => [`${method} ${path}`, query] as const)
}

describe('a page of deployments', () => {
  test('is asked for by both filters, and rows of other names stay undecoded', async () => {
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

  test('is read although rows of other names lack everything', async () => {
    const rows = [null, 7, {}, { name: 'other' }, { id: 'an-id', name: 'agent', source: 'github' }]
    const server = await startServer(inTurn({ json: { resources: rows, offset: 5 } }))
    const { resources } = await openLine(server.url).client.deploymentsNamed(['agent'], 0)
    expect(resources.map((row) => row?.id)).toEqual([undefined, undefined, undefined, undefined, 'an-id'])
  })

  test.each<[string, unknown]>([
    ['no list', { items: [] }],
    ['no object', []],
    ['a row of this name without an ID', { resources: [{ name: 'agent', source: 'github' }] }],
    ['a row of this name without a source', { resources: [{ name: 'agent', id: 'x' }] }]
  ])('that holds %s is an answer that cannot be used', async (_, json) => {
    const server = await startServer(inTurn({ json }))
    const error = await failureOf(openLine(server.url).client.deploymentsNamed(['agent'], 0))
    expect(error).toMatchObject({ name: 'AnswerError', fault: 'shape' })
    expect(server.requests).toHaveLength(1)
  })
})

describe('the next page', () => {
  const rows = Array<number>(PAGE_SIZE).fill(0)
  test.each<[string, { resources: number[]; offset: number | null }, number, number | undefined]>([
    ['begins where the answer says', { resources: rows, offset: 300 }, 100, 300],
    ['begins behind this one when the answer does not say', { resources: rows, offset: null }, 100, 200],
    ['does not come after a short one', { resources: rows.slice(1), offset: 199 }, 100, undefined],
    ['does not come after an empty one', { resources: [], offset: 100 }, 100, undefined],
    ['does not come when the offset stands still', { resources: rows, offset: 100 }, 100, undefined],
    ['does not come when the offset runs back', { resources: rows, offset: 0 }, 100, undefined]
  ])('%s', (_, page, offset, expected) => {
    expect(nextOffset(page, offset)).toBe(expected)
  })
})

describe('listeners', () => {
  test('are read over all pages', async () => {
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

  test.each([404, 405])('are none where their route is answered %d', async (status) => {
    await world.api.scenario({ faults: [{ path: '/v2/listeners', action: 'status', status }] })
    const { client } = world.line()
    // The very first read of a run is another one.
    await client.deploymentsNamed(['agent'], 0)
    await expect(client.listeners()).resolves.toEqual([])
  })

  test('without namespaces have none', async () => {
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

  test('whose pages never end are read to an end', async () => {
    const resources = Array.from({ length: PAGE_SIZE }, () => ({ id: 'x' }))
    const server = await startServer((_, nth) => ({ json: { resources, offset: nth * PAGE_SIZE } }))
    await openLine(server.url).client.listeners()
    expect(server.requests).toHaveLength(1_000)
  })
})

describe('GitHub integrations and their repositories', () => {
  const whole = (all: readonly { readonly url: string }[]) => new Set(all.map(({ url }) => url)).size

  test('come from the v1 routes, in one answer', async () => {
    const { client } = world.line()
    const [integration] = await client.githubIntegrations()
    expect(integration).toEqual({ id: world.api.emulator.integrationId, name: 'acme' })
    expect(whole(await client.githubRepositories(world.api.emulator.integrationId))).toBe(250)
    expect(await world.requests()).toEqual([`GET ${V1}`, 'GET /v1/integrations/github/:id/repos'])
  })

  test.each([404, 405])('come from the v2 routes, page by page, where those of v1 are answered %d', async (status) => {
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

  test('are not asked for at v2 when v1 says no for another reason', async () => {
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

  test('end when a cursor repeats itself', async () => {
    const { server, client } = await v2((nth) => ({ items: [{ id: `${nth}` }], next_cursor: 'again' }))
    expect(await client.githubIntegrations()).toHaveLength(2)
    expect(server.requests).toHaveLength(3)
  })

  test('end when cursors never do', async () => {
    const { server, client } = await v2((nth) => ({ items: [], next_cursor: `${nth}` }))
    expect(await client.githubIntegrations()).toEqual([])
    expect(server.requests).toHaveLength(1_001)
  })

  test.each<[string, unknown]>([
    ['an object', { items: [] }],
    ['rows without an ID', [{ name: 'acme' }]],
    ['rows that are no objects', ['acme']]
  ])('are not made of %s', async (_, json) => {
    const server = await startServer(inTurn({ json }))
    const error = await failureOf(openLine(server.url).client.githubIntegrations())
    expect(error).toMatchObject({ name: 'AnswerError', fault: 'shape' })
  })
})

describe('a row that cannot be read', () => {
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
    ['one without an ID', { status: 'DEPLOYED' }],
    ['one whose ID is a number', { id: 7, status: 'DEPLOYED' }]
  ])('among revisions is passed over and told once: %s', async (_, odd) => {
    const { client, notes } = await serve({ resources: [revision('r3'), odd, revision('r1')], offset: 3 })
    for (let nth = 1; nth <= 3; nth += 1) expect(idsOf((await client.revisions('d')).resources)).toEqual(['r3', 'r1'])
    expect(notes).toEqual([expect.stringMatching(/^Skipped a row in the list of revisions: /)])
  })

  test('is kept where it has an ID, or a revision that is there would be taken for a new one later', async () => {
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

  test('is passed over among listeners, integrations and repositories', async () => {
    expect(idsOf(await (await serve({ resources: [null, { id: 'l' }] })).client.listeners())).toEqual(['l'])
    expect(idsOf(await (await serve([{}, { id: 'i' }])).client.githubIntegrations())).toEqual(['i'])
    expect(await (await serve([{ url: 'u' }, 7])).client.githubRepositories('i')).toEqual([
      { url: 'u', default_branch: null }
    ])
  })

  test('is an error where it is all there is, or the one thing that was asked for', async () => {
    const { client } = await serve({ resources: [null, {}], offset: null })
    await expect(failureOf(client.revisions('d'))).resolves.toMatchObject({ name: 'AnswerError', fault: 'shape' })
    const single = await serve({ id: 'r' })
    await expect(failureOf(single.client.revision('d', 'r'))).resolves.toMatchObject({ fault: 'shape' })
    await expect(failureOf(single.client.deployment('r'))).resolves.toMatchObject({ fault: 'shape' })
  })
})

describe('each operation', () => {
  test('finds its route, and its answer is read', async () => {
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
  ])('interrupts by the older name where a server does not know the newer: %s', async (_, reply, names) => {
    const server = await startServer(inTurn(reply, { json: {} }))
    const interrupting = openLine(server.url).client.interrupt('a', 'b', 1_000)
    if (names.length > 1) await interrupting
    else await failureOf(interrupting)
    expect(server.requests.map(({ path }) => path)).toEqual(
      names.map((name) => `/v2/deployments/a/revisions/b/${name}`)
    )
  })

  test('has every deployment that is read concealed', async () => {
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

  test('takes an empty environment for an unknown one where the same deployment had secrets before', async () => {
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

  test.each([true, false])('says at a delete whether the tracing project goes too: %s', async (withTracingProject) => {
    const id = await create(world.api)
    await world.line().client.deleteDeployment(id, { withTracingProject })
    expect((await journal()).at(-1)).toEqual([
      `DELETE /v2/deployments/${id}`,
      { delete_tracing_project: `${withTracingProject}` }
    ])
  })

  test('puts nothing of an ID into the path that leads elsewhere', async () => {
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

  test('takes no answer that is about another revision', async () => {
    const server = await startServer(inTurn({ json: { id: 'other', status: 'DEPLOYED' } }))
    const { client } = openLine(server.url, { timeoutMs: 0 })
    await expect(client.revision('d', 'r')).rejects.toThrow()
    expect(await client.glanceRevision('d', 'r').catch(() => undefined)).toBeUndefined()
    await expect(client.lastRevision('d', 'r', 1_000)).rejects.toThrow('the response is revision other, not r')
  })

  test('reads an answer that says no more than it must', async () => {
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
