import { describe, expect, test } from '@jest/globals'
import { create, dockerBody, UNKNOWN_ID } from '../emulator/support.ts'
import { type Run, runMain, said } from '../support/run.ts'
import { at, IMAGE, idsOf, OLD_IMAGE, useWorld } from '../support/world.ts'

const COMMIT = '0123456789abcdef0123456789abcdef01234567'

describe('command: status', () => {
  const world = useWorld()
  const status = (inputs: Readonly<Record<string, string>> = {}) => runMain(world, { command: 'status', ...inputs })
  const annotations = ({ runner }: Run) =>
    ['notice', 'warning', 'error'].flatMap((kind) => runner.texts(kind as 'notice'))

  test('reports the active revision with two reads', async () => {
    const id = await world.images(OLD_IMAGE, IMAGE)
    const [newest] = idsOf(await world.revisions(id))
    const run = await status()
    expect(run.runner.outputs).toMatchObject({
      status: 'found',
      'deployment-id': id,
      'deployment-name': 'agent',
      'deployment-url': expect.stringContaining(`/agents/${id}`),
      'active-revision-id': newest,
      'revision-id': newest,
      'revision-status': 'DEPLOYED',
      'image-uri': IMAGE,
      'agent-server-version': '0.16.7',
      queue: '[]'
    })
    expect(await world.requests()).toEqual(['GET /v2/deployments', 'GET /v2/deployments/:id/revisions'])
    expect(annotations(run)).toEqual([])
    expect(said(run)).toContain(
      `Verdict: found. Revision ${newest} of "agent" is active (${IMAGE}; Agent Server 0.16.7). No revision is in progress.`
    )
    expect(run.runner.texts('summary').join()).toContain('agent: found')
    expect(run.runner.saved).toEqual({})
  })

  test('reports the built commit', async () => {
    await world.api.scenario({ revisions: [{ commit: COMMIT }] })
    await world.github()
    const { runner } = await status()
    expect(runner.outputs).toMatchObject({ status: 'found', 'commit-sha': COMMIT })
  })

  test('lists the revisions in progress, oldest first', async () => {
    await world.api.scenario({ revisions: [{ nth: 2, statuses: ['BUILDING'], final: null }] })
    const id = await world.images(OLD_IMAGE)
    for (const tag of ['b:1', 'b:2']) await world.patch(id, { source_revision_config: { image_uri: tag } })
    const [last, building, served] = await world.revisions(id)
    const run = await status()
    expect(JSON.parse(run.runner.outputs.queue ?? '')).toEqual([
      { id: at(building, 'id'), status: 'BUILDING', created_at: at(building, 'created_at') },
      { id: at(last, 'id'), status: 'QUEUED', created_at: at(last, 'created_at') }
    ])
    expect(run.runner.outputs['revision-id']).toBe(at(served, 'id'))
    expect(said(run)).toContain(`In progress: ${at(building, 'id')} (BUILDING), ${at(last, 'id')} (QUEUED).`)
    expect(run.runner.texts('summary').join()).toMatch(/In progress.*BUILDING, .* QUEUED/)
  })

  test('reports the failure of the newest revision in the words of LangSmith', async () => {
    const why = 'Timeout: Deployment is not ready after 300 seconds.'
    await world.api.scenario({ revisions: [{ nth: 2, final: 'DEPLOY_FAILED', status_message: why }] })
    const [newest] = idsOf(await world.revisions(await world.images(OLD_IMAGE, IMAGE)))
    expect(said(await status())).toContain(
      `The newest revision, ${newest}, ended with status DEPLOY_FAILED ("${why.slice(0, -1)}").`
    )
  })

  test('masks secrets in the words of LangSmith', async () => {
    const secret = 'sk-proj-Zq8Lw2Xr5Tn7Vb4Ym9Kc3Jd6'
    await world.api.scenario({
      revisions: [{ nth: 2, final: 'DEPLOY_FAILED', status_message: `bad OPENAI_API_KEY ${secret}` }]
    })
    const id = await create(world.api, {
      ...dockerBody({ name: 'agent' }),
      secrets: [{ name: 'OPENAI_API_KEY', value: secret }]
    })
    world.clock.skip(60_000)
    await world.patch(id, { source_revision_config: { image_uri: IMAGE } })
    const { runner } = await status()
    expect(said({ runner })).toContain('DEPLOY_FAILED ("bad OPENAI_API_KEY ***")')
    const told = runner.told.filter(({ kind }) => kind !== 'mask')
    expect(JSON.stringify(told)).not.toContain(secret)
  })

  test('finds a deployment without an active revision', async () => {
    await world.api.scenario({ revisions: [{ statuses: ['BUILDING'], final: null }] })
    await world.images(IMAGE)
    const { runner } = await status()
    expect(runner.outputs).toMatchObject({ status: 'found' })
    expect(runner.outputs['active-revision-id']).toBeUndefined()
    expect(runner.outputs['revision-id']).toBeUndefined()
    expect(said({ runner })).toContain('Deployment "agent" has no active revision. In progress: ')
  })

  test.each([
    ['with this name', { name: 'agent' }, 'Deployment "agent" does not exist.'],
    ['with this ID', { name: '', 'deployment-id': UNKNOWN_ID }, `Deployment ${UNKNOWN_ID} does not exist.`]
  ])('passes with `none` if no deployment exists %s', async (_, inputs, says) => {
    const run = await status(inputs)
    expect(run.passed).toBe(true)
    expect(run.runner.outputs).toMatchObject({ status: 'none' })
    expect(said(run)).toContain(`Verdict: none. ${says}`)
    expect(annotations(run)).toEqual([])
  })

  test('finds the preview of the pull request', async () => {
    const id = await create(world.api, dockerBody({ name: 'agent-pr-7' }))
    world.clock.skip(60_000)
    const event = { pull_request: { number: 7, head: { sha: COMMIT } } }
    const given = { event, variables: { GITHUB_EVENT_NAME: 'pull_request' } }
    const { runner } = await runMain(world, { command: 'status', preview: 'true' }, given)
    expect(runner.outputs).toMatchObject({ status: 'found', 'deployment-id': id, 'deployment-name': 'agent-pr-7' })
  })

  test('fails with a wrong control-plane URL instead of a missing deployment', async () => {
    const address = `${world.api.emulator.url}/nowhere`
    const inputs = { name: '', 'deployment-id': UNKNOWN_ID, 'control-plane-url': address }
    expect((await status(inputs)).runner.outputs).toMatchObject({ status: 'error' })
  })

  test('ignores `environment` and `comment` with one notice', async () => {
    await world.images(IMAGE)
    const { runner } = await status({ environment: 'production', comment: 'true' })
    expect(runner.texts('notice')).toEqual(['Ignored `environment`, `comment`: not used by `command: status`.'])
  })
})

describe('command: status on a server that deletes slowly', () => {
  const world = useWorld({ deleteMs: 3_600_000 })

  test('reports `none` for a deployment in deletion', async () => {
    await world.images(IMAGE)
    await runMain(world, { command: 'delete' })
    const { runner } = await runMain(world, { command: 'status' })
    expect(runner.outputs).toMatchObject({ status: 'none', 'deployment-name': 'agent' })
    expect(runner.outputs['deployment-url'] ?? '').toBe('')
    expect(said({ runner })).toContain('Deployment "agent" is being deleted (AWAITING_DELETE).')
  })
})
