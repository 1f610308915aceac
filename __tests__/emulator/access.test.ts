import { describe, expect, test } from '@jest/globals'
import { create, UNKNOWN_ID, useEmulator } from './support.ts'

const client = useEmulator()
const ORGANIZATION_KEY = 'lsv2_emulator_organization_key'
const NEEDS_WORKSPACE =
  "This API key is org-scoped and requires workspace specification. Please provide 'X-Tenant-ID' header."

describe('keys', () => {
  test.each([
    ['no key', {}, 401, /missing/],
    ['an empty key', { 'X-Api-Key': '' }, 401, /missing/],
    ['an empty bearer token', { Authorization: 'Bearer ' }, 401, /missing/],
    ['the invalid key', { 'X-Api-Key': 'lsv2_emulator_invalid_key' }, 401, /Invalid/],
    ['the invalid key as bearer', { authorization: 'bearer lsv2_emulator_invalid_key' }, 401, /Invalid/],
    ['the organization key alone', { 'x-api-key': ORGANIZATION_KEY }, 403, NEEDS_WORKSPACE],
    [
      'the key of an organization without the product',
      { 'X-Api-Key': 'lsv2_emulator_not_enabled_key' },
      403,
      'LangSmith Deployment is not enabled for this organization'
    ],
    ['a tenant ID that is not a UUID', { 'X-Api-Key': 'k', 'X-Tenant-Id': 'main' }, 403, /main/]
  ])('%s', async (_, headers: Record<string, string>, status, text) => {
    for (const [method, path] of [
      ['GET', '/v2/deployments'],
      ['PATCH', `/api-host/v2/deployments/${UNKNOWN_ID}`]
    ] as const) {
      const { body, ...reply } = await client.call(method, path, { key: null, headers })
      expect(reply.status).toBe(status)
      if (typeof text === 'string') expect(body).toEqual({ detail: text })
      else expect(body.detail).toMatch(text)
    }
  })

  test.each([
    ['any key', () => ({ 'X-API-KEY': 'whatever' })],
    ['a bearer token', () => ({ Authorization: 'Bearer token' })],
    [
      'the organization key with a workspace',
      (workspace: string) => ({ 'x-api-key': ORGANIZATION_KEY, 'X-Tenant-ID': workspace })
    ],
    [
      'the workspace in upper case',
      (workspace: string) => ({ 'X-Api-Key': 'k', 'x-tenant-id': workspace.toUpperCase() })
    ]
  ])('the header %s opens the default workspace', async (_, headersFor) => {
    const id = await create(client)
    const headers: Record<string, string> = headersFor(client.emulator.workspaceId)
    const reply = await client.call('GET', '/v2/deployments', { key: null, headers })
    expect(reply).toMatchObject({ status: 200, body: { resources: [{ id, tenant_id: client.emulator.workspaceId }] } })
  })
})

describe('workspaces', () => {
  const other = { headers: { 'X-Tenant-Id': UNKNOWN_ID } }

  test('another workspace is empty', async () => {
    const id = await create(client)
    for (const path of ['/v2/deployments', '/v2/listeners']) {
      expect((await client.call('GET', path, other)).body).toEqual({ resources: [], offset: 0 })
    }
    expect((await client.call('GET', '/v1/integrations/github/install', other)).value).toEqual([])
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['GET', '/revisions'],
      ['POST', '/upload-url']
    ]) {
      const reply = await client.call(String(method), `/v2/deployments/${id}${path}`, other)
      expect(reply).toMatchObject({ status: 404, body: { detail: `Deployment ID ${id} not found.` } })
    }
    const { listenerId, integrationId } = client.emulator
    expect((await client.call('GET', `/v2/listeners/${listenerId}`, other)).status).toBe(404)
    expect((await client.call('GET', `/v1/integrations/github/${integrationId}/repos`, other)).status).toBe(404)
  })

  test('a name that is taken in one workspace is free in another', async () => {
    await create(client)
    const body = {
      name: 'my-agent',
      source: 'internal_source',
      source_config: {},
      source_revision_config: {},
      secrets: []
    }
    const reply = await client.call('POST', '/v2/deployments', { body, ...other })
    expect(reply).toMatchObject({ status: 201, body: { tenant_id: UNKNOWN_ID } })
  })
})
