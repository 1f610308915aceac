import { describe, expect, test } from '@jest/globals'
import { startEmulator } from '../../emulator/server.ts'
import { clientOf, type Json, UNKNOWN_ID, useEmulator } from './support.ts'

const client = useEmulator({ repositories: ['acme/agents', 'acme/more', 'other/third'] })

describe('integrations', () => {
  const id = 'c1d9a3f6-7e42-4b58-8a06-9f3b5e7c2d02'
  const installation = { id, installation_id: expect.any(Number), name: 'acme' }
  const repository = {
    host_integration_id: id,
    id: expect.any(Number),
    name: 'agents',
    owner: 'acme',
    url: 'https://github.com/acme/agents',
    default_branch: 'main'
  }

  test.each(['/v1/integrations/github', '/v1/integrations/forge/github'])('v1: %s returns arrays', async (path) => {
    expect((await client.call('GET', `${path}/install`)).value).toEqual([installation])
    const { value } = await client.call('GET', `${path}/${id}/repos`)
    expect(value).toEqual([repository, expect.anything(), expect.objectContaining({ owner: 'other', name: 'third' })])
  })

  test.each(['/v2/integrations/github', '/v2/integrations/forge-github'])('v2: %s is paged by cursor', async (path) => {
    const { items, next_cursor } = await client.ask(200, 'GET', `${path}/installations`)
    expect(items).toEqual([expect.objectContaining(installation)])
    expect(next_cursor).toBeNull()
    const repositories = `${path}/installations/${id}/repositories?page_size=2`
    const first = await client.ask(200, 'GET', repositories)
    expect(first).toEqual({ items: [repository, expect.anything()], next_cursor: expect.any(String) })
    const second = await client.ask(200, 'GET', `${repositories}&cursor=${first.next_cursor}`)
    expect(second).toMatchObject({ items: [{ name: 'third' }], next_cursor: null })
    await client.ask(422, 'GET', `${repositories}&cursor=nonsense`)
    await client.ask(422, 'GET', `${path}/installations?page_size=0`)
  })

  test('the installation link is returned', async () => {
    const link = await client.ask(200, 'POST', '/v2/integrations/github/installation-link')
    expect(link).toEqual({ install_url: expect.stringMatching(/^https:/), oauth_reuse_url: null })
  })

  test.each([
    '/v1/integrations/github/ID/repos',
    '/v1/integrations/forge/github/ID/repos',
    '/v2/integrations/github/installations/ID/repositories',
    '/v2/integrations/forge-github/installations/ID/repositories'
  ])('%s: an unknown one is 404, an invalid ID 422', async (path) => {
    await client.ask(404, 'GET', path.replace('ID', UNKNOWN_ID))
    expect(await client.ask(422, 'GET', path)).toMatchObject({ detail: [{ loc: ['path', 'integration_id'] }] })
  })
})

describe('listeners', () => {
  const body: Json = { compute_type: 'k8s', compute_id: 'mine', compute_config: { k8s_namespaces: ['a', 'b'] } }

  test('can be created, read, changed and deleted', async () => {
    const made = await client.ask(201, 'POST', '/v2/listeners', body)
    expect(made).toMatchObject({ ...body, id: expect.any(String), version: null, created_at: expect.any(String) })
    const path = `/v2/listeners/${made.id}`
    expect(await client.ask(200, 'GET', path)).toEqual(made)
    expect(await client.ask(200, 'PATCH', path, { version: '1' })).toMatchObject({ ...body, version: '1' })
    const compute_config = { k8s_namespaces: ['c'] }
    expect(await client.ask(200, 'PATCH', path, { version: null, compute_config })).toMatchObject({
      version: '1',
      compute_config
    })
    expect(await client.ask(200, 'GET', '/v2/listeners')).toMatchObject({
      resources: [{ id: client.emulator.listenerId, compute_config: { k8s_namespaces: ['default'] } }, { id: made.id }],
      offset: 2
    })
    expect(await client.ask(200, 'GET', '/v2/listeners?limit=1&offset=1')).toMatchObject({
      resources: [{ id: made.id }]
    })
    await client.ask(204, 'DELETE', path)
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const sent = method === 'PATCH' ? {} : undefined
      expect(await client.ask(404, method, path, sent)).toEqual({ detail: `Listener ID ${made.id} not found.` })
    }
  })

  test('are unique for a compute ID', async () => {
    await client.ask(201, 'POST', '/v2/listeners', body)
    expect(await client.ask(409, 'POST', '/v2/listeners', body)).toEqual({
      detail: `Listener for LangSmith workspace ID '${client.emulator.workspaceId}' and compute ID 'mine' already exists.`
    })
  })

  test.each([
    [{ compute_id: undefined }, 'missing', ['compute_id']],
    [{ compute_type: 'vm' }, 'enum', ['compute_type']],
    [{ compute_config: { k8s_namespaces: 'a' } }, 'list_type', ['compute_config', 'k8s_namespaces']]
  ])('refuse %j with 422', async (overrides, type, loc) => {
    const { detail } = await client.ask(422, 'POST', '/v2/listeners', { ...body, ...overrides })
    expect(detail).toMatchObject([{ type, loc: ['body', ...loc] }])
    await client.ask(422, 'GET', '/v2/listeners/nonsense')
  })
})

test('two emulators are independent', async () => {
  const other = await startEmulator()
  try {
    const body = { compute_type: 'k8s', compute_id: 'mine', compute_config: {} }
    await client.ask(201, 'POST', '/v2/listeners', body)
    expect(await clientOf(() => other).ask(200, 'GET', '/v2/listeners')).toMatchObject({ offset: 1 })
  } finally {
    await other.close()
  }
})
