import { describe, expect, test } from '@jest/globals'
import { ORGANIZATION_ID, WORKSPACE_ID } from '../../emulator/state.ts'
import { type Command, choicesOf } from '../../src/inputs/table.ts'
import { type Json, records } from '../emulator/support.ts'
import { KEY } from '../inputs/environment.ts'
import { hurryTimeouts } from '../support/real-time.ts'
import { errorOf, type Inputs, memoryOf, type RunOptions, runMain, runPost } from '../support/run.ts'
import { at, IMAGE, idsOf, useWorld } from '../support/world.ts'

const OTHER_COMMANDS = choicesOf('command').filter((command) => command !== 'deploy')

const world = useWorld()

const TEAM = '00000000-0000-4000-8000-00000000000a'
const OTHER = '00000000-0000-4000-8000-00000000000b'
const ORGANIZATION = '00000000-0000-4000-8000-00000000000c'
const ORGANIZATION_KEY = 'lsv2_emulator_organization_key'
const LIST = 'GET /api/v1/workspaces'
const onList = (fault: Json): Json => ({ path: '/api/v1/workspaces', times: null, ...fault })

const run = (inputs: Inputs, options: RunOptions = {}) => runMain(world, { 'image-uri': IMAGE, ...inputs }, options)
const workspaces = (...list: readonly Json[]) => world.api.scenario({ workspaces: list })

/** Requests to the control plane, without the Agent Server: method, path, and the relevant headers. */
async function calls() {
  return (await world.api.requests())
    .filter(({ headers }) => String(at(headers, 'user-agent')).startsWith('langsmith-deploy-action/'))
    .filter(({ path }) => !String(path).startsWith('/agents/'))
    .map(({ method, path, headers }) => ({
      what: `${method} ${path}`,
      key: at(headers, 'x-api-key'),
      workspace: at(headers, 'x-tenant-id'),
      organization: at(headers, 'x-organization-id')
    }))
}

/** Names of the deployments in a workspace. */
async function namesIn(workspaceId: string): Promise<readonly unknown[]> {
  const { value } = await world.api.call('GET', '/v2/deployments', { headers: { 'X-Tenant-Id': workspaceId } })
  return records(at(value, 'resources')).map(({ name }) => name)
}

describe('a workspace set by name', () => {
  test('is looked up first, and gets all later requests', async () => {
    await workspaces({ display_name: 'Team', id: TEAM }, { display_name: 'Other', id: OTHER })
    const ended = await run({ 'workspace-id': 'Team' })
    const [list, ...others] = await calls()
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(list).toEqual({ what: LIST, key: KEY, workspace: undefined, organization: undefined })
    expect(others.map(({ what }) => what)).toContain('POST /v2/deployments')
    expect(others.map(({ what }) => what)).not.toContain(LIST)
    expect(new Set(others.map(({ workspace }) => workspace))).toEqual(new Set([TEAM]))
    expect(ended.runner.texts('info')).toContain(`Workspace "Team" is ${TEAM}.`)
    expect(ended.runner.outputs['dashboard-url']).toContain(`/o/${TEAM}/`)
    expect(await namesIn(TEAM)).toEqual(['agent'])
    expect(await namesIn(WORKSPACE_ID)).toEqual([])
  })

  test.each([
    ['in another case', 'tEAM', [{ display_name: 'Team', id: TEAM }]],
    ['with surrounding white space', '  Team ', [{ display_name: 'Team', id: TEAM }]],
    [
      'in the same case before another case',
      'Team',
      [
        { display_name: 'TEAM', id: OTHER },
        { display_name: 'Team', id: TEAM }
      ]
    ],
    ['with several words', 'Team – Süd (prod)', [{ display_name: 'Team – Süd (prod)', id: TEAM }]]
  ])('is found %s', async (_, written, list) => {
    await workspaces(...list)
    const ended = await run({ 'workspace-id': written, wait: 'false' })
    expect(ended.runner.outputs.status).toBe('started')
    expect(await namesIn(TEAM)).toEqual(['agent'])
  })

  test('is not found by a part of its name', async () => {
    await workspaces({ display_name: 'Team North', id: TEAM })
    expect((await run({ 'workspace-id': 'Team' })).runner.outputs.status).toBe('error')
  })

  test('that is unknown fails the run with the list of workspaces', async () => {
    await workspaces({ display_name: 'Team', id: TEAM })
    const ended = await run({ 'workspace-id': 'Staging' })
    expect(ended.runner.outputs.status).toBe('error')
    expect(errorOf(ended)).toBe(
      `\`workspace-id\`: the API key cannot access a workspace named "Staging".\nThe key can access Default (${WORKSPACE_ID}), Team (${TEAM}). Set \`workspace-id\` to the name or ID of one of these.`
    )
    expect((await calls()).map(({ what }) => what)).toEqual([LIST])
  })

  test('that exists twice fails the run with both', async () => {
    await workspaces({ display_name: 'Team', id: TEAM }, { display_name: 'Team', id: OTHER })
    const ended = await run({ 'workspace-id': 'Team' })
    expect(errorOf(ended)).toContain(
      `the API key can access 2 workspaces named "Team": Team (${TEAM}), Team (${OTHER}).\nSet \`workspace-id\` to the ID of one of them.`
    )
    expect((await calls()).map(({ what }) => what)).toEqual([LIST])
  })

  test('that exists twice except for upper and lower case fails the run', async () => {
    await workspaces({ display_name: 'TEAM', id: TEAM }, { display_name: 'team', id: OTHER })
    expect(errorOf(await run({ 'workspace-id': 'Team' }))).toContain('2 workspaces named "Team"')
  })

  test('is reported with up to twenty names', async () => {
    await workspaces(...Array.from({ length: 30 }, (_, index) => ({ display_name: `Team ${index}` })))
    const text = errorOf(await run({ 'workspace-id': 'Team' }))
    expect(text).toContain('Team 18 (')
    expect(text).not.toContain('Team 19 (')
    expect(text).toContain(', and 11 more.')
  })

  test('is found in the set organization', async () => {
    await workspaces(
      { display_name: 'Team', id: OTHER },
      { display_name: 'Team', id: TEAM, organization_id: ORGANIZATION }
    )
    const ended = await run({ 'workspace-id': 'Team', 'organization-id': ORGANIZATION })
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(new Set((await calls()).map(({ organization }) => organization))).toEqual(new Set([ORGANIZATION]))
    expect(new Set((await calls()).slice(1).map(({ workspace }) => workspace))).toEqual(new Set([TEAM]))
    expect(await namesIn(TEAM)).toEqual(['agent'])
  })

  test('is not found in another organization', async () => {
    await workspaces({ display_name: 'Team', id: TEAM, organization_id: ORGANIZATION })
    const text = errorOf(await run({ 'workspace-id': 'Team', 'organization-id': ORGANIZATION_ID }))
    expect(text).toContain('cannot access a workspace named "Team"')
    expect(text).not.toContain(TEAM)
  })

  test('in an organization without workspaces fails with advice', async () => {
    const text = errorOf(await run({ 'workspace-id': 'Team', 'organization-id': ORGANIZATION }))
    expect(text).toMatch(/The key cannot access any workspace; check .*`organization-id`/)
  })

  test('is enough for the key of an organization', async () => {
    await workspaces({ display_name: 'Team', id: TEAM })
    const ended = await run({ 'api-key': ORGANIZATION_KEY, 'workspace-id': 'Team' })
    expect(ended.runner.outputs.status).toBe('deployed')
    expect((await calls())[0]).toEqual({
      what: LIST,
      key: ORGANIZATION_KEY,
      workspace: undefined,
      organization: undefined
    })
  })

  test('is looked up beside /api-host, not below it', async () => {
    await workspaces({ display_name: 'Team', id: TEAM })
    const ended = await run({ 'workspace-id': 'Team', 'control-plane-url': `${world.api.emulator.url}/api-host` })
    const [list, ...others] = await calls()
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(list?.what).toBe(LIST)
    expect(others.every(({ what }) => / \/api-host\/v2\//.test(what))).toBe(true)
  })

  const ENDINGS: Readonly<Record<Command, string>> = {
    deploy: 'deployed',
    wait: 'deployed',
    redeploy: 'deployed',
    delete: 'deleted',
    status: 'found',
    logs: 'found',
    interrupt: 'unchanged',
    sweep: 'swept'
  }

  test.each(OTHER_COMMANDS)('gets the requests of `%s`', async (command) => {
    await workspaces({ display_name: 'Team', id: TEAM })
    await run({ 'workspace-id': 'Team' })
    await run({ 'workspace-id': 'Team', 'image-uri': 'a:2' })
    await world.images(IMAGE)
    const before = (await calls()).length
    const ended = await runMain(world, { command, 'workspace-id': 'Team', 'github-token': 'ghs_token' })
    const [list, ...others] = (await calls()).slice(before)
    expect(ended.runner.outputs.status).toBe(ENDINGS[command])
    expect(list).toMatchObject({ what: LIST, workspace: undefined })
    expect(new Set(others.map(({ workspace }) => workspace))).toEqual(new Set([TEAM]))
    expect(await namesIn(WORKSPACE_ID)).toEqual(['agent'])
  })

  test.each([
    ['by its name', { 'workspace-id': 'Team' }, true],
    ['by its ID', { 'workspace-id': TEAM }, true],
    ['not at all', {}, false]
  ])('that is set %s changes the advice after a 403', async (_, inputs, counts) => {
    await world.api.scenario({
      workspaces: [{ display_name: 'Team', id: TEAM }],
      faults: [{ method: 'POST', path: '/v2/deployments', action: 'status', status: 403, body: { detail: 'No.' } }]
    })
    const ended = await run(inputs)
    expect(ended.runner.outputs.status).toBe('error')
    expect(errorOf(ended)).toMatch(/(?:its role|the role of the key) is Editor or Admin/)
    expect(errorOf(ended).includes('Check that the key has access to the workspace in `workspace-id`')).toBe(counts)
  })

  test('is looked up once per run, and never with an ID', async () => {
    await run({ 'workspace-id': TEAM })
    expect((await calls()).map(({ what }) => what)).not.toContain(LIST)
    expect(new Set((await calls()).map(({ workspace }) => workspace))).toEqual(new Set([TEAM]))
  })
})

describe('an unreadable list of workspaces', () => {
  test.each<[string, Json, RegExp]>([
    ['the route does not exist', { action: 'status', status: 404 }, /returned 404/],
    ['the key may not read it', { action: 'status', status: 403, body: { detail: 'No.' } }, /returned 403 .*: No\./],
    ['the server returns an error', { action: 'status', status: 503 }, /returned 503/],
    ['the connection is cut', { action: 'cut' }, /the connection was cut/],
    ['the response is HTML', { action: 'html' }, /HTML/],
    ['the response is not a list', { action: 'status', status: 200, body: { workspaces: [] } }, /a list of workspaces/]
  ])('fails the run with advice: %s', async (_, fault, words) => {
    await world.api.scenario({ faults: [onList(fault)] })
    const ended = await run({ 'workspace-id': 'Team' })
    expect(ended.runner.outputs.status).toBe('error')
    expect(errorOf(ended)).toContain(
      `\`workspace-id\` is not an ID, and the workspace name "Team" could not be looked up at ${world.api.emulator.url}.`
    )
    expect(errorOf(ended)).toMatch(words)
    expect(errorOf(ended)).toMatch(/Set `workspace-id` to the ID of the workspace/)
    expect(new Set((await calls()).map(({ what }) => what))).toEqual(new Set([LIST]))
    expect((await calls()).length).toBeLessThanOrEqual(6)
  })

  test('because of a refused key is reported as such', async () => {
    const ended = await run({ 'api-key': 'lsv2_emulator_invalid_key', 'workspace-id': 'Team' })
    expect(errorOf(ended)).toMatch(/rejected the API key/)
    expect(await calls()).toHaveLength(1)
  })

  test('that is unreadable at first is read again', async () => {
    await world.api.scenario({
      workspaces: [{ display_name: 'Team', id: TEAM }],
      faults: [{ ...onList({ action: 'status', status: 503 }), times: 3 }]
    })
    const ended = await run({ 'workspace-id': 'Team' })
    expect(ended.runner.outputs.status).toBe('deployed')
    expect((await calls()).filter(({ what }) => what === LIST)).toHaveLength(4)
  })

  test('does not delay a cancellation', async () => {
    await world.api.scenario({ faults: [onList({ action: 'status', status: 503 })] })
    const ended = await run(
      { 'workspace-id': 'Team' },
      { meanwhile: ({ cancellation }) => world.clock.duringPauses(cancellation.cancel) }
    )
    expect(ended.runner.outputs.status).toBe('cancelled')
    expect(await calls()).toHaveLength(1)
  })

  test('until the deadline ends as timed-out', async () => {
    await world.api.scenario({ faults: [onList({ action: 'status', status: 429, headers: { 'Retry-After': '30' } })] })
    const ended = await run({ 'workspace-id': 'Team', timeout: '1m' })
    expect(ended.runner.outputs.status).toBe('timed-out')
    expect(errorOf(ended)).toContain('GET /api/v1/workspaces')
  })
})

describe('a workspace ID that the key cannot access', () => {
  const SEEN = `The key can access Default (${WORKSPACE_ID}), Team (${TEAM}).`
  const told = `\`workspace-id\`: the API key cannot access workspace ${OTHER}. ${SEEN}`

  test.each<[string, Inputs, Json | undefined]>([
    ['no deployment is found', { command: 'wait' }, undefined],
    ['creation is not permitted', { 'if-missing': 'fail' }, undefined],
    ['the ID does not exist', { command: 'wait', name: '', 'deployment-id': TEAM }, undefined],
    ['the request is refused', {}, { path: '/v2/deployments', action: 'status', status: 403, times: null }],
    [
      'the list returns 404',
      {},
      { path: '/v2/deployments', action: 'status', status: 404, body: { detail: 'No such tenant' }, times: null }
    ],
    ['the name is taken', {}, { method: 'POST', path: '/v2/deployments', action: 'status', status: 409, times: null }]
  ])('is reported with the accessible workspaces if %s', async (_, inputs, fault) => {
    await world.api.scenario({
      workspaces: [{ display_name: 'Team', id: TEAM }],
      ...(fault ? { faults: [fault] } : {})
    })
    const ended = await run({ 'workspace-id': OTHER, ...inputs })
    expect(errorOf(ended)).toContain(told)
    expect((await calls()).filter(({ what }) => what === LIST)).toHaveLength(1)
  })

  test('is not mentioned if the key can access it', async () => {
    await workspaces({ display_name: 'Team', id: TEAM })
    const ended = await run({ 'workspace-id': WORKSPACE_ID.toUpperCase(), command: 'wait' })
    expect(ended.passed).toBe(false)
    expect(errorOf(ended)).not.toContain('can access')
    expect(errorOf(ended)).not.toContain('cannot access')
  })
})

describe('a key that requires a workspace', () => {
  const withoutWorkspace = (inputs: Inputs = {}) => run({ 'api-key': ORGANIZATION_KEY, ...inputs })

  test('gets an error with the accessible workspaces', async () => {
    await workspaces({ display_name: 'Team', id: TEAM })
    const ended = await withoutWorkspace()
    expect(ended.runner.texts('error')).toHaveLength(1)
    expect(errorOf(ended)).toMatch(/requires workspace specification/)
    expect(errorOf(ended)).toMatch(/set `workspace-id` to the name or ID of the workspace/)
    expect(errorOf(ended)).toContain(`The API key can access Default (${WORKSPACE_ID}), Team (${TEAM}).`)
    expect((await calls()).map(({ what }) => what)).toEqual(['GET /v2/deployments', LIST])
    expect((await calls()).at(-1)).toMatchObject({ key: ORGANIZATION_KEY, workspace: undefined })
  })

  test('gets an error with the workspaces of the set organization', async () => {
    await workspaces({ display_name: 'Team', id: TEAM, organization_id: ORGANIZATION })
    const ended = await withoutWorkspace({ 'organization-id': ORGANIZATION })
    expect(errorOf(ended)).toContain(`The API key can access Team (${TEAM}).`)
  })

  test.each(OTHER_COMMANDS)('gets the error with `%s`', async (command) => {
    const ended = await runMain(world, { 'api-key': ORGANIZATION_KEY, command, 'github-token': 'ghs_token' })
    expect(errorOf(ended)).toContain(`The API key can access Default (${WORKSPACE_ID}).`)
  })

  test.each<[string, Json]>([
    ['missing', { action: 'status', status: 404 }],
    ['broken', { action: 'status', status: 503 }],
    ['cut', { action: 'cut' }],
    ['HTML', { action: 'html' }]
  ])('gets the rest of the error soon if the list is %s', async (_, fault) => {
    await world.api.scenario({ faults: [onList(fault)] })
    const ended = await withoutWorkspace()
    expect(errorOf(ended)).toMatch(/requires workspace specification/)
    expect(errorOf(ended)).toMatch(/set `workspace-id`/)
    expect(errorOf(ended)).not.toContain('can access')
    expect(Number(ended.runner.outputs['duration-seconds'])).toBeLessThanOrEqual(6)
  })

  test('gets the rest of the error if the list never arrives', async () => {
    hurryTimeouts()
    await world.api.scenario({ faults: [onList({ action: 'hang' })] })
    const ended = await withoutWorkspace()
    expect(errorOf(ended)).toMatch(/requires workspace specification/)
    expect(errorOf(ended)).not.toContain('can access')
  })

  test('that lacks the product gets no error about workspaces', async () => {
    const ended = await run({ 'api-key': 'lsv2_emulator_not_enabled_key' })
    expect(errorOf(ended)).toContain('not enabled')
    expect((await calls()).map(({ what }) => what)).not.toContain(LIST)
  })
})

describe('the post step of a run with a workspace set by name', () => {
  const INPUTS = { 'image-uri': IMAGE, 'workspace-id': 'Team', 'on-cancel': 'interrupt' }
  const statusIn = async (workspaceId: string, id: string) => {
    const { value } = await world.api.call('GET', `/v2/deployments/${id}/revisions`, {
      headers: { 'X-Tenant-Id': workspaceId }
    })
    return records(at(value, 'resources'))[0]?.status
  }
  const deploymentIn = async (workspaceId: string) => {
    const { value } = await world.api.call('GET', '/v2/deployments', { headers: { 'X-Tenant-Id': workspaceId } })
    return idsOf(records(at(value, 'resources')))[0] ?? ''
  }

  test('searches there after a canceled write, and reports the result', async () => {
    await world.api.scenario({
      workspaces: [{ display_name: 'Team', id: TEAM }],
      revisions: [{ final: null }],
      faults: [
        { method: 'POST', path: '/v2/deployments', action: 'cut', commit: true },
        { method: 'GET', path: '/v2/deployments', nth: 2, action: 'status', status: 503 }
      ]
    })
    const { runner } = await runMain(world, INPUTS, {
      meanwhile: ({ cancellation }) => world.clock.duringPauses(cancellation.cancel)
    })
    world.clock.restart()
    expect(runner.outputs.status).toBe('cancelled')
    expect(memoryOf(runner)).toMatchObject({ done: false, destination: { workspaceId: TEAM } })

    const before = (await calls()).length
    const post = await runPost(world, INPUTS, runner.saved)
    const after = (await calls()).slice(before)
    expect(after.map(({ what }) => what)).not.toContain(LIST)
    expect(new Set(after.map(({ workspace }) => workspace))).toEqual(new Set([TEAM]))
    expect(await statusIn(TEAM, await deploymentIn(TEAM))).toBe('CREATING')
    expect(post.texts('warning')).toEqual([expect.stringContaining('was not interrupted')])
  })

  test('interrupts there after a run that was killed while it waited', async () => {
    await world.api.scenario({ workspaces: [{ display_name: 'Team', id: TEAM }], revisions: [{ final: null }] })
    let saved: Inputs = {}
    await runMain(world, INPUTS, {
      meanwhile: ({ runner, cancellation }) =>
        world.clock.duringPauses((nth) => {
          if (nth < 3) return
          // The content of the state file at this time. The end of the run does not matter.
          if (!saved.memory) saved = runner.saved
          cancellation.cancel()
        })
    })
    world.clock.restart()
    const id = await deploymentIn(TEAM)
    const before = (await calls()).length
    await runPost(world, INPUTS, saved)
    expect(JSON.parse(saved.memory ?? '')).toMatchObject({
      destination: { workspaceId: TEAM },
      deploymentId: id,
      done: false
    })
    expect((await calls()).slice(before).map(({ workspace }) => workspace)).not.toContain(undefined)
  })
})
