import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { INVALID_KEY, ORGANIZATION_KEY } from '../../emulator/access.ts'
import { controlPlaneAt } from '../../src/control-plane/hosts.ts'
import type { Connection } from '../../src/control-plane/network.ts'
import type { TransportOptions } from '../../src/control-plane/transport.ts'
import { listWorkspaces, type Workspace } from '../../src/control-plane/workspaces.ts'
import { findWorkspace, workspaceList, workspaceNamed } from '../../src/deployment/workspace.ts'
import { explain } from '../../src/report/explain.ts'
import type { ControlPlane } from '../../src/run/destination.ts'
import { failureOf } from '../support/failure.ts'
import { freePort, inTurn, type Reply, startServer } from '../support/http-server.ts'
import type { Line } from '../support/line.ts'
import { at, useWorld } from '../support/world.ts'

const world = useWorld()

const PATH = '/api/v1/workspaces'
const ORGANIZATION = 'a7c1e5f0-5b5d-4c2e-9d5f-0e6b8a1c3d77'
const TEAM = { display_name: 'Team', id: 'd5f7a9b1-0000-4000-8000-00000000000a' }
const PAGE = '<!DOCTYPE html><html><body>LangSmith</body></html>'

interface Way {
  readonly controlPlane: ControlPlane
  readonly options: TransportOptions
  readonly line: Line
}

/** Returns the control plane below `/api-host` of a server, and the options to reach it. */
function wayTo(url: string, connection: Partial<Connection> = {}): Way {
  const controlPlane = controlPlaneAt(new URL(`${url}/api-host`))
  const line = world.line()
  const base = { url: controlPlane.url, apiKey: 'lsv2_test_key', workspaceId: undefined, proxy: {} }
  return {
    controlPlane,
    line,
    options: { connection: { ...base, ...connection }, limits: line.limits, random: () => 0.5 }
  }
}

const list = (url: string, connection: Partial<Connection> = {}) => {
  const { controlPlane, options } = wayTo(url, connection)
  return listWorkspaces(controlPlane, options)
}
const find = (url: string, name: string, connection: Partial<Connection> = {}) => {
  const { controlPlane, options } = wayTo(url, connection)
  return findWorkspace(controlPlane, options, name)
}

/** Returns the message for a failed lookup. */
function told(url: string, error: unknown): string {
  const { controlPlane } = wayTo(url)
  return explain(error, { controlPlane, workspaceGiven: false, redact: (words) => words }).text
}

describe('listWorkspaces', () => {
  test('requests the list beside /api-host, with key and organization and without a workspace', async () => {
    await world.api.scenario({
      workspaces: [{ ...TEAM, organization_id: ORGANIZATION }, { display_name: 'Elsewhere' }]
    })
    const { workspaceId } = world.api.emulator
    const found = await list(world.api.emulator.url, { organizationId: ORGANIZATION, workspaceId })
    expect(found).toEqual([{ id: TEAM.id, name: 'Team' }])
    const [request, ...more] = await world.api.requests()
    expect(more).toEqual([])
    expect(request).toMatchObject({ method: 'GET', path: PATH })
    expect(at(request, 'headers')).toMatchObject({
      'x-api-key': 'lsv2_test_key',
      'x-organization-id': ORGANIZATION
    })
    expect(at(request, 'headers')).not.toHaveProperty('x-tenant-id')
  })

  test('returns the workspaces of all organizations if none is set', async () => {
    await world.api.scenario({ workspaces: [{ ...TEAM, organization_id: ORGANIZATION }] })
    const found = await list(world.api.emulator.url, { apiKey: ORGANIZATION_KEY })
    expect(found).toEqual([
      { id: world.api.emulator.workspaceId, name: 'Default' },
      { id: TEAM.id, name: 'Team' }
    ])
    const request = (await world.api.requests()).at(-1)
    expect(at(request, 'headers')).not.toHaveProperty('x-organization-id')
  })

  test('skips rows without an ID or a name', async () => {
    const rows = [null, 7, 'x', {}, { id: 'a' }, { display_name: 'b' }, { id: 1, display_name: 'c' }, TEAM]
    const server = await startServer(inTurn({ json: rows }))
    expect(await list(server.url)).toEqual([{ id: TEAM.id, name: 'Team' }])
  })

  test.each([{}, { workspaces: [] }, 'x', null])('rejects a response of %j', async (json) => {
    const server = await startServer(inTurn({ json }))
    expect(await failureOf(list(server.url))).toMatchObject({ name: 'AnswerError', fault: 'shape' })
    expect(server.requests).toHaveLength(1)
  })

  test('repeats the request after temporary errors', async () => {
    const server = await startServer(inTurn({ status: 503 }, 'cut', { status: 429 }, { json: [TEAM] }))
    expect(await list(server.url)).toHaveLength(1)
  })
})

describe('workspaceNamed', () => {
  const DEFAULT: Workspace = { id: 'id-1', name: 'Default' }
  const LOWER: Workspace = { id: 'id-2', name: 'team' }
  const UPPER: Workspace = { id: 'id-3', name: 'Team' }

  test.each<[string, string, readonly Workspace[], Workspace]>([
    ['the workspace with this name', 'team', [DEFAULT, LOWER], LOWER],
    ['the exact match before one in another case', 'Team', [LOWER, UPPER], UPPER],
    ['the only match in another case', 'DEFAULT', [DEFAULT, LOWER], DEFAULT]
  ])('returns %s', (_, name, workspaces, expected) => {
    expect(workspaceNamed(name, workspaces)).toBe(expected)
  })

  const refusal = async (name: string, workspaces: readonly Workspace[]) =>
    failureOf(Promise.resolve().then(() => workspaceNamed(name, workspaces)))

  test.each<[string, string, readonly Workspace[], RegExp, RegExp]>([
    [
      'two workspaces have',
      'team',
      [LOWER, DEFAULT, { ...LOWER, id: 'id-4' }],
      /2 workspaces named "team": team \(id-2\), team \(id-4\)\.$/,
      /^Set `workspace-id` to the ID/
    ],
    [
      'two workspaces have in another case',
      'TEAM',
      [LOWER, UPPER],
      /2 workspaces named "TEAM": team \(id-2\), Team \(id-3\)\.$/,
      /^Set `workspace-id` to the ID/
    ],
    [
      'no workspace has',
      'Prod',
      [DEFAULT, LOWER],
      /a workspace named "Prod"\.$/,
      /Default \(id-1\), team \(id-2\)\. Set `workspace-id` to the name or ID of one of these/
    ],
    ['is only a part of another name', 'Tea', [UPPER], /a workspace named "Tea"\.$/, /Team \(id-3\)/],
    [
      'no workspace has, if the key can access none',
      'Prod',
      [],
      /a workspace named "Prod"\.$/,
      /cannot access any workspace.*`organization-id`/
    ]
  ])('rejects a name that %s, and lists the candidates', async (_, name, workspaces, message, advice) => {
    expect(await refusal(name, workspaces)).toMatchObject({
      name: 'RefusalError',
      message: expect.stringMatching(/^`workspace-id`: /),
      advice: expect.stringMatching(advice)
    })
    expect(await refusal(name, workspaces)).toMatchObject({ message: expect.stringMatching(message) })
  })

  test('finds each name in any order of the list and in any case', () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1 }), {
      minLength: 1,
      selector: (name) => name.toLowerCase(),
      comparator: 'SameValue'
    })
    fc.assert(
      fc.property(names, fc.nat(), (all, nth) => {
        const workspaces = all.map((name, index) => ({ id: `${index}`, name }))
        const one = workspaces[nth % workspaces.length]
        expect(workspaceNamed(one?.name ?? '', workspaces)).toBe(one)
        expect(workspaceNamed((one?.name ?? '').toLowerCase(), workspaces)).toBe(one)
      })
    )
  })

  test.each([
    [20, /^W0 \(0\), .*, W19 \(19\)$/],
    [23, /^W0 \(0\), .*, W19 \(19\), and 3 more$/]
  ])('the list of %d workspaces shows at most 20 names', (count, words) => {
    expect(workspaceList(Array.from({ length: count }, (_, index) => ({ id: `${index}`, name: `W${index}` })))).toMatch(
      words
    )
  })
})

describe('findWorkspace', () => {
  test('returns the ID', async () => {
    await world.api.scenario({ workspaces: [TEAM] })
    expect(await find(world.api.emulator.url, 'team', { apiKey: ORGANIZATION_KEY })).toBe(TEAM.id)
  })

  test('names the workspaces of the organization if the name is not among them', async () => {
    await world.api.scenario({ workspaces: [TEAM, { display_name: 'Lab', organization_id: ORGANIZATION }] })
    const error = await failureOf(find(world.api.emulator.url, 'Team', { organizationId: ORGANIZATION }))
    expect(told(world.api.emulator.url, error)).toMatch(
      /cannot access a workspace named "Team"\.\nThe key can access Lab \(/
    )
  })

  test('reports an invalid key in the usual way', async () => {
    const { url } = world.api.emulator
    const error = await failureOf(find(url, 'Team', { apiKey: INVALID_KEY }))
    expect(error).toMatchObject({ name: 'ApiError', status: 401 })
    expect(told(url, error)).toMatch(
      /^LangSmith returned 401 for GET \/api\/v1\/workspaces\.\n.*Invalid API key\n.*`api-key`/
    )
  })

  test.each<[string, Reply, RegExp]>([
    ['has status 403', { status: 403, json: { detail: 'Forbidden: no' } }, /returned 403 .*: Forbidden: no/],
    ['has status 404', { status: 404, json: { detail: 'Not Found' } }, /returned 404/],
    ['has status 405', { status: 405, json: {} }, /returned 405/],
    ['is an HTML page', { headers: { 'content-type': 'text/html' }, text: PAGE }, /HTML/],
    ['is not a list', { json: {} }, /the response is not a list of workspaces/],
    ['has status 500 six times', { status: 500 }, /returned 500/],
    ['is cut six times', 'cut', /connection was cut/]
  ])('reports the host and the remedy if the response %s', async (_, reply, why) => {
    const server = await startServer(inTurn(reply))
    const error = await failureOf(find(server.url, 'Team'))
    expect(error).toMatchObject({ name: 'RefusalError' })
    const [what, last, advice, ...more] = told(server.url, error).split('\n')
    expect(what).toBe(
      `\`workspace-id\` is not an ID, and the workspace name "Team" could not be looked up at ${server.url}.`
    )
    expect(last).toMatch(why)
    expect(advice).toMatch(/^Set `workspace-id` to the ID of the workspace/)
    expect(more).toEqual([])
    expect(server.requests.length).toBeLessThanOrEqual(6)
  })

  test('reports a server that is not running', async () => {
    const url = `http://127.0.0.1:${await freePort()}`
    expect(told(url, await failureOf(find(url, 'Team')))).toMatch(
      /looked up at http.*\n.*ECONNREFUSED.*\nSet `workspace-id` to the ID/
    )
  })

  test('ends at the deadline, which is not an error of the server', async () => {
    const server = await startServer(inTurn({ status: 503 }))
    const { controlPlane, options, line } = wayTo(server.url)
    line.limits.restart(1_000)
    expect(await failureOf(findWorkspace(controlPlane, options, 'Team'))).toMatchObject({ name: 'DeadlineError' })
  })

  test('ends immediately when the job is canceled', async () => {
    const { controlPlane, options, line } = wayTo((await startServer(inTurn('hang'))).url)
    const looking = findWorkspace(controlPlane, options, 'Team')
    line.cancel()
    expect(await failureOf(looking)).toMatchObject({ name: 'CancelledError' })
  })
})
