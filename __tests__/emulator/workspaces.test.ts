import { describe, expect, test } from '@jest/globals'
import { isUuid } from '../../emulator/validation.ts'
import { at, type Json, type Options, records, UNKNOWN_ID, useEmulator } from './support.ts'

const client = useEmulator()
const PATH = '/api/v1/workspaces'
const ORGANIZATION = '2f90c1d7-84ab-4e36-a1f5-7c3d0b6e8a04'
const OTHER_ORGANIZATION = 'a7c1e5f0-5b5d-4c2e-9d5f-0e6b8a1c3d77'

async function listed(options: Options = {}): Promise<Json[]> {
  const reply = await client.call('GET', PATH, options)
  expect(reply.status).toBe(200)
  return records(reply.value)
}

async function names(options: Options = {}): Promise<unknown[]> {
  return (await listed(options)).map((workspace) => workspace.display_name)
}

test('the default workspace has every field that clients read', async () => {
  expect(await listed()).toEqual([
    {
      id: client.emulator.workspaceId,
      organization_id: ORGANIZATION,
      created_at: '2026-01-01T00:00:00.000000Z',
      display_name: 'Default',
      is_personal: false,
      is_deleted: false,
      tenant_handle: null,
      data_plane_url: null,
      read_only: false,
      role_id: null,
      role_name: null,
      permissions: null
    }
  ])
})

test.each([
  ['none', null, 401, /missing/],
  ['an empty one', '', 401, /missing/],
  ['an invalid one', 'lsv2_emulator_invalid_key', 401, /Invalid/],
  ["a workspace's", 'lsv2_emulator_workspace_key', 200, /undefined/],
  ["an organization's", 'lsv2_emulator_organization_key', 200, /undefined/],
  ['one without the product', 'lsv2_emulator_not_enabled_key', 200, /undefined/]
])('the list needs a key: %s', async (_, key, status, detail) => {
  const reply = await client.call('GET', PATH, { key })
  expect(reply.status).toBe(status)
  expect(String(reply.body.detail)).toMatch(detail)
})

test('the list needs no workspace and ignores it', async () => {
  for (const tenant of [client.emulator.workspaceId, UNKNOWN_ID, 'no UUID']) {
    expect(await names({ headers: { 'X-Tenant-Id': tenant } })).toEqual(['Default'])
  }
})

test('the list is at the root only', async () => {
  await client.ask(404, 'GET', `/api-host${PATH}`)
  await client.ask(405, 'POST', PATH, {})
})

test('the list is in the journal and subject to faults', async () => {
  await client.scenario({ faults: [{ path: PATH, action: 'status', status: 502 }] })
  await client.ask(502, 'GET', PATH)
  expect(await names()).toEqual(['Default'])
  expect(await client.requests()).toMatchObject([
    { method: 'GET', path: PATH, status: 502 },
    { method: 'GET', path: PATH, status: 200 }
  ])
})

describe('the workspaces of a scenario', () => {
  const id = 'D5F7A9B1-0000-4000-8000-00000000000A'

  test('follow the default one until the next scenario', async () => {
    await client.scenario({ workspaces: [{ display_name: 'Team', id }, { display_name: 'Lab' }] })
    expect(await listed()).toMatchObject([
      { display_name: 'Default' },
      { display_name: 'Team', id: id.toLowerCase(), organization_id: ORGANIZATION },
      { display_name: 'Lab', organization_id: ORGANIZATION }
    ])
    await client.scenario({})
    expect(await names()).toEqual(['Default'])
  })

  test('have an ID that is always the same for a name in an organization', async () => {
    const ids = []
    for (const organization_id of [ORGANIZATION, undefined, OTHER_ORGANIZATION]) {
      await client.scenario({ workspaces: [{ display_name: 'Team', organization_id }, { display_name: 'Lab' }] })
      const [, team, lab] = await listed()
      ids.push(team?.id)
      expect(isUuid(String(team?.id))).toBe(true)
      expect(lab?.id).not.toBe(team?.id)
    }
    expect(ids[1]).toBe(ids[0])
    expect(ids[2]).not.toBe(ids[0])
  })

  test.each<[string, string[]]>([
    [ORGANIZATION, ['Default', 'Team']],
    [OTHER_ORGANIZATION.toUpperCase(), ['Team', 'Lab']],
    [UNKNOWN_ID, []],
    ['', ['Default', 'Team', 'Team', 'Lab']]
  ])('with X-Organization-Id %j are %j, whatever the key is', async (organization, expected) => {
    const organization_id = OTHER_ORGANIZATION
    await client.scenario({
      workspaces: [
        { display_name: 'Team' },
        { display_name: 'Team', organization_id },
        { display_name: 'Lab', organization_id: organization_id.toUpperCase() }
      ]
    })
    const headers = { 'X-Organization-ID': organization }
    for (const key of ['lsv2_emulator_organization_key', 'lsv2_some_key']) {
      expect(await names({ headers, key })).toEqual(expected)
    }
  })

  test('can be entered by a derived ID', async () => {
    await client.scenario({ workspaces: [{ display_name: 'Team' }] })
    const headers = { 'X-Tenant-Id': String(at(await listed(), 1, 'id')) }
    expect((await client.call('GET', '/v2/deployments', { headers })).status).toBe(200)
  })
})
