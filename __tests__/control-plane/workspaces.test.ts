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

/** The way to the control plane below `/api-host` of a server. */
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

/** How a failure of the look-up is told. */
function told(url: string, error: unknown): string {
  const { controlPlane } = wayTo(url)
  return explain(error, { controlPlane, workspaceGiven: false, redact: (words) => words }).text
}

describe('the workspaces that a key can see', () => {
  test('are asked for beside /api-host, with key and organization and without a workspace', async () => {
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

  test('are those of all organizations where none is given, and no header names one', async () => {
    await world.api.scenario({ workspaces: [{ ...TEAM, organization_id: ORGANIZATION }] })
    const found = await list(world.api.emulator.url, { apiKey: ORGANIZATION_KEY })
    expect(found).toEqual([
      { id: world.api.emulator.workspaceId, name: 'Default' },
      { id: TEAM.id, name: 'Team' }
    ])
    const request = (await world.api.requests()).at(-1)
    expect(at(request, 'headers')).not.toHaveProperty('x-organization-id')
  })

  test('are only those rows that have an ID and a name', async () => {
    const rows = [null, 7, 'x', {}, { id: 'a' }, { display_name: 'b' }, { id: 1, display_name: 'c' }, TEAM]
    const server = await startServer(inTurn({ json: rows }))
    expect(await list(server.url)).toEqual([{ id: TEAM.id, name: 'Team' }])
  })

  test.each([{}, { workspaces: [] }, 'x', null])('are not to be had from an answer of %j', async (json) => {
    const server = await startServer(inTurn({ json }))
    expect(await failureOf(list(server.url))).toMatchObject({ name: 'AnswerError', fault: 'shape' })
    expect(server.requests).toHaveLength(1)
  })

  test('are asked for again after a failure that passes', async () => {
    const server = await startServer(inTurn({ status: 503 }, 'cut', { status: 429 }, { json: [TEAM] }))
    expect(await list(server.url)).toHaveLength(1)
  })
})

describe('a workspace of a name', () => {
  const DEFAULT: Workspace = { id: 'id-1', name: 'Default' }
  const LOWER: Workspace = { id: 'id-2', name: 'team' }
  const UPPER: Workspace = { id: 'id-3', name: 'Team' }

  test.each<[string, string, readonly Workspace[], Workspace]>([
    ['is the one that bears it', 'team', [DEFAULT, LOWER], LOWER],
    ['is the one that bears it letter by letter', 'Team', [LOWER, UPPER], UPPER],
    ['is the only one that bears it in another case', 'DEFAULT', [DEFAULT, LOWER], DEFAULT]
  ])('%s', (_, name, workspaces, expected) => {
    expect(workspaceNamed(name, workspaces)).toBe(expected)
  })

  const refusal = async (name: string, workspaces: readonly Workspace[]) =>
    failureOf(Promise.resolve().then(() => workspaceNamed(name, workspaces)))

  test.each<[string, string, readonly Workspace[], RegExp, RegExp]>([
    [
      'bears it twice',
      'team',
      [LOWER, DEFAULT, { ...LOWER, id: 'id-4' }],
      /2 workspaces named "team": team \(id-2\), team \(id-4\)\.$/,
      /^Set `workspace-id` to the ID/
    ],
    [
      'bears it in two other cases',
      'TEAM',
      [LOWER, UPPER],
      /2 workspaces named "TEAM": team \(id-2\), Team \(id-3\)\.$/,
      /^Set `workspace-id` to the ID/
    ],
    [
      'is missing',
      'Prod',
      [DEFAULT, LOWER],
      /a workspace named "Prod"\.$/,
      /Default \(id-1\), team \(id-2\)\. Set one of these/
    ],
    ['is a part of another', 'Tea', [UPPER], /a workspace named "Tea"\.$/, /Team \(id-3\)/],
    [
      'cannot be seen, nor any other',
      'Prod',
      [],
      /a workspace named "Prod"\.$/,
      /cannot access any workspace.*`organization-id`/
    ]
  ])('that %s is refused, with what there is', async (_, name, workspaces, message, advice) => {
    expect(await refusal(name, workspaces)).toMatchObject({
      name: 'RefusalError',
      message: expect.stringMatching(/^`workspace-id`: /),
      advice: expect.stringMatching(advice)
    })
    expect(await refusal(name, workspaces)).toMatchObject({ message: expect.stringMatching(message) })
  })

  test('is found in whatever order they are listed, by its name in whatever case', () => {
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
  ])('among %d is told with as many as can be read', (count, words) => {
    expect(workspaceList(Array.from({ length: count }, (_, index) => ({ id: `${index}`, name: `W${index}` })))).toMatch(
      words
    )
  })
})

describe('the look-up of a workspace', () => {
  test('ends in its ID', async () => {
    await world.api.scenario({ workspaces: [TEAM] })
    expect(await find(world.api.emulator.url, 'team', { apiKey: ORGANIZATION_KEY })).toBe(TEAM.id)
  })

  test('in the wrong organization says what can be seen there', async () => {
    await world.api.scenario({ workspaces: [TEAM, { display_name: 'Lab', organization_id: ORGANIZATION }] })
    const error = await failureOf(find(world.api.emulator.url, 'Team', { organizationId: ORGANIZATION }))
    expect(told(world.api.emulator.url, error)).toMatch(
      /cannot access a workspace named "Team"\.\nIt can access Lab \(/
    )
  })

  test('with a key that is none is told as everywhere else', async () => {
    const { url } = world.api.emulator
    const error = await failureOf(find(url, 'Team', { apiKey: INVALID_KEY }))
    expect(error).toMatchObject({ name: 'ApiError', status: 401 })
    expect(told(url, error)).toMatch(
      /^LangSmith returned 401 for GET \/api\/v1\/workspaces\.\n.*Invalid API key\n.*`api-key`/
    )
  })

  test.each<[string, Reply, RegExp]>([
    ['is forbidden', { status: 403, json: { detail: 'Forbidden: no' } }, /returned 403 .*: Forbidden: no/],
    ['is not known', { status: 404, json: { detail: 'Not Found' } }, /returned 404/],
    ['is not allowed', { status: 405, json: {} }, /returned 405/],
    ['is a page', { headers: { 'content-type': 'text/html' }, text: PAGE }, /HTML/],
    ['is no list', { json: {} }, /expected a list of workspaces/],
    ['is broken six times', { status: 500 }, /returned 500/],
    ['is cut six times', 'cut', /connection was cut/]
  ])('whose answer %s says where it asked, and the way out', async (_, reply, why) => {
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

  test('at a server that is not there says so', async () => {
    const url = `http://127.0.0.1:${await freePort()}`
    expect(told(url, await failureOf(find(url, 'Team')))).toMatch(
      /looked up at http.*\n.*ECONNREFUSED.*\nSet `workspace-id` to the ID/
    )
  })

  test('ends with the deadline, which is no fault of the server', async () => {
    const server = await startServer(inTurn({ status: 503 }))
    const { controlPlane, options, line } = wayTo(server.url)
    line.limits.restart(1_000)
    expect(await failureOf(findWorkspace(controlPlane, options, 'Team'))).toMatchObject({ name: 'DeadlineError' })
  })

  test('ends at once when the job is cancelled', async () => {
    const { controlPlane, options, line } = wayTo((await startServer(inTurn('hang'))).url)
    const looking = findWorkspace(controlPlane, options, 'Team')
    line.cancel()
    expect(await failureOf(looking)).toMatchObject({ name: 'CancelledError' })
  })
})
