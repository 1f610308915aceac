import { describe, expect, test } from '@jest/globals'
import { makeFolder, makeTree, SMALLEST, type Tree } from '../archive/support.ts'
import { create, dockerBody, type Json, records } from '../emulator/support.ts'
import { PATCH, REDEPLOY } from '../support/expected.ts'
import { namedValues } from '../support/json.ts'
import { errorOf, type Inputs, onceRescueIsAsked, type Run, type RunOptions, runMain, runPost } from '../support/run.ts'
import { at, IMAGE, idsOf, LIFETIME_MS, OLD_IMAGE, useWorld } from '../support/world.ts'

const world = useWorld()

const ROLL_BACK = { 'rollback-on-failure': 'true' }
/** Our revision, the second one of the deployment, is rolled out and does not work. */
const BROKEN = { nth: 2, ok: [503] }
const OLD_KEY = 'sk-old-Zq81mmKx02'
const NEW_KEY = 'sk-new-Pw77aaLr93'
const BEFORE = namedValues({ OPENAI_API_KEY: OLD_KEY, DATABASE: 'postgres-of-before' })
const NEW_SECRETS = { secrets: `OPENAI_API_KEY=${NEW_KEY}\nADDED=something-new` }
const onPatch = (fault: Json): Json => ({ method: 'PATCH', path: '/v2/deployments/*', ...fault })

const deploy = (inputs: Inputs = {}, options: RunOptions = {}) =>
  runMain(world, { 'image-uri': IMAGE, ...ROLL_BACK, ...inputs }, options)
const summaryOf = ({ runner }: Run) => runner.texts('summary').join('\n')
const everythingOf = ({ runner }: Run) =>
  runner.told
    .filter(({ kind }) => kind !== 'mask')
    .map(({ text }) => text)
    .join('\n')
const secretsOf = async (id: string) =>
  new Map(records((await world.deployment(id)).secrets).map(({ name, value }) => [name, value]))
const asMap = (secrets: readonly Json[]) => new Map(secrets.map(({ name, value }) => [name, value]))

/** Creates a deployment from an image, with environment variables, and scripts its next revisions. */
async function arrange(body: Json = {}, ...revisions: readonly Json[]): Promise<string> {
  const id = await create(
    world.api,
    dockerBody({ name: 'agent', source_revision_config: { image_uri: OLD_IMAGE }, secrets: BEFORE, ...body })
  )
  world.clock.skip(LIFETIME_MS)
  await world.api.scenario({ revisions: [BROKEN, ...revisions] })
  return id
}

/** Calls once, in the first pause after a number of writes. */
const afterWrites = (count: number, action: () => unknown) =>
  world.clock.onceInPause(async () => (await world.writes()).length >= count, action)

describe('the restoration after a rollback', () => {
  test('restores secrets, resource spec and display name, with the image of the target', async () => {
    const id = await arrange({ source_config: { resource_spec: { cpu: 1, max_scale: 3 } } })
    await world.patch(id, { display_name: 'Agent of before' })
    const before = await world.deployment(id)
    const run = await deploy({ ...NEW_SECRETS, 'resource-spec': 'cpu: 0.25\nmax_scale: 5', 'display-name': 'Other' })
    const [restored, rescue, ours, good] = idsOf(await world.revisions(id))
    const after = await world.deployment(id)

    expect(await secretsOf(id)).toEqual(asMap(BEFORE))
    expect(after.display_name).toBe('Agent of before')
    expect(at(after, 'source_config')).toEqual(at(before, 'source_config'))
    expect(await world.imagesOf(id)).toEqual([OLD_IMAGE, OLD_IMAGE, IMAGE, OLD_IMAGE])
    expect(await world.writes()).toEqual([PATCH, REDEPLOY, PATCH])
    expect((await world.bodies())[2]).toMatchObject({ source_revision_config: { image_uri: OLD_IMAGE } })
    expect((await world.bodies())[2]).not.toHaveProperty('revision_source')

    expect(run.runner.outputs).toMatchObject({
      status: 'failed',
      'revision-id': ours,
      'rolled-back-to': good,
      'active-revision-id': restored
    })
    expect(after.active_revision_id).toBe(restored)
    const names =
      '`display-name`, `resource-spec.cpu`, `resource-spec.max_scale`, environment variables OPENAI_API_KEY, ADDED'
    const sorted = (text: string) => text.split(', ').sort()
    const told = /Restored: ([^.]+(?:\.\w+[^.]*)*)\.\n/.exec(errorOf(run))?.[1] ?? ''
    expect(sorted(told)).toEqual(sorted(names))
    expect(errorOf(run)).toContain(`Rolled back to the code of revision ${good}.`)
    // Only the final state is reported.
    expect(errorOf(run)).not.toContain(String(rescue))
    expect(errorOf(run).match(/active now/gi)).toHaveLength(1)
    expect(errorOf(run)).toContain(
      `Active now: revision ${restored}, created from revision ${good} with the previous values.`
    )
    expect(errorOf(run)).not.toContain('Not restored')
    expect(run.runner.texts('error')).toHaveLength(1)
    expect(run.runner.texts('warning')).toEqual([])
    expect(run.runner.texts('info')).toContainEqual(
      expect.stringMatching(/^Restoring the settings that this run changed: /)
    )
    expect(summaryOf(run)).toContain('Restored:')
    for (const value of [OLD_KEY, NEW_KEY, 'postgres-of-before', 'something-new']) {
      expect(everythingOf(run)).not.toContain(value)
    }
  })

  test('writes nothing if only the code changed', async () => {
    const id = await arrange()
    const run = await deploy({ secrets: `OPENAI_API_KEY=${OLD_KEY}` })
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
    expect(await world.revisions(id)).toHaveLength(3)
    expect(errorOf(run)).not.toMatch(/restored/i)
  })

  test('restores removed secrets', async () => {
    const id = await arrange()
    const run = await deploy({ secrets: 'ONLY=this', 'secrets-mode': 'replace' })
    expect(await secretsOf(id)).toEqual(asMap(BEFORE))
    expect(errorOf(run)).toMatch(/Restored: environment variables .*\bOPENAI_API_KEY\b/)
  })

  test('restores settings that need no revision without one', async () => {
    const id = await arrange({ source_config: { resource_spec: {}, custom_url: '127.0.0.1:9' } })
    await world.patch(id, { display_name: 'Agent of before' })
    const run = await deploy({ 'display-name': 'Other', 'health-check': 'true' })
    expect((await world.deployment(id)).display_name).toBe('Agent of before')
    expect(await world.writes()).toEqual([PATCH, REDEPLOY, PATCH])
    expect((await world.bodies())[2]).toEqual({ display_name: 'Agent of before' })
    expect(await world.revisions(id)).toHaveLength(3)
    expect(errorOf(run)).toContain('Restored: `display-name`.')
  })

  test('restores a URL, and checks the target there', async () => {
    const id = await arrange()
    await world.patch(id, { source_config: { custom_url: `${world.api.emulator.url}/agents/${id}` } })
    await world.api.scenario({})
    const run = await deploy({ 'custom-url': `${world.api.emulator.url}/agents/wrong`, 'health-check': 'true' })
    const [rescue, , good] = idsOf(await world.revisions(id))
    expect(run.runner.outputs).toMatchObject({
      status: 'failed',
      'rolled-back-to': good,
      'active-revision-id': rescue,
      'deployment-url': `${world.api.emulator.url}/agents/${id}`
    })
    expect(errorOf(run)).toContain('did not pass its checks either.')
    expect(errorOf(run)).toContain('Restored: `custom-url`.')
    expect(errorOf(run)).toContain(`\nActive now: revision ${rescue}, created from revision `)
  })

  test('follows a redeploy that does not work because of the new secrets', async () => {
    const id = await arrange({}, { nth: 3, ok: [503] })
    const run = await deploy(NEW_SECRETS)
    const [restored, rescue, , good] = idsOf(await world.revisions(id))
    expect(await secretsOf(id)).toEqual(asMap(BEFORE))
    expect(run.runner.outputs).toMatchObject({
      status: 'failed',
      'rolled-back-to': good,
      'active-revision-id': restored
    })
    expect(errorOf(run)).toContain(`but revision ${rescue} did not pass its checks either.`)
    expect(errorOf(run)).toContain(
      `Active now: revision ${restored}, created from revision ${good} with the previous values.`
    )
  })

  test('follows a redeploy that does not start because of the new secrets', async () => {
    const id = await arrange({}, { nth: 3, final: 'DEPLOY_FAILED' })
    const run = await deploy(NEW_SECRETS)
    const [restored, , , good] = idsOf(await world.revisions(id))
    expect(await secretsOf(id)).toEqual(asMap(BEFORE))
    expect(run.runner.outputs).toMatchObject({
      status: 'failed',
      'rolled-back-to': good,
      'active-revision-id': restored
    })
    expect(errorOf(run)).toContain('failed in revision')
  })

  test.each<[string, Json, RegExp]>([
    ['does not work', { nth: 4, ok: [503] }, /with the previous values, is active now but did not pass its checks\./],
    ['does not start', { nth: 4, final: 'DEPLOY_FAILED' }, /with the previous values, failed: .*DEPLOY_FAILED/],
    ['never appears', { nth: 4, appear_after_ms: 3_600_000 }, /No revision with the previous values appeared\./]
  ])('is reported if the revision with the previous values %s', async (_, rule, words) => {
    await arrange({}, rule)
    const run = await deploy(NEW_SECRETS)
    expect(run.runner.outputs.status).toBe('failed')
    expect(errorOf(run)).toMatch(words)
    expect(errorOf(run)).not.toMatch(/Active now:.*with the previous values/)
    expect(await world.writes()).toEqual([PATCH, REDEPLOY, PATCH])
  })

  test.each<[string, Json]>([
    ['the connection is cut', { action: 'cut', commit: true }],
    ['the server returns 503', { action: 'status', status: 503, commit: true }]
  ])('is sent once if its response is lost: %s', async (_, fault) => {
    const id = await arrange()
    await world.api.scenario({ revisions: [BROKEN], faults: [onPatch({ nth: 2, ...fault })] })
    const run = await deploy(NEW_SECRETS)
    expect(await world.writes()).toEqual([PATCH, REDEPLOY, PATCH])
    expect(await secretsOf(id)).toEqual(asMap(BEFORE))
    expect(errorOf(run)).toMatch(/Active now: .* with the previous values\./)
  })

  test('of an archive uses the archive of the target', async () => {
    const workspace = (tree: Tree) => ({ variables: { GITHUB_WORKSPACE: makeTree(tree), RUNNER_TEMP: makeFolder() } })
    const play = (inputs: Inputs, tree: Tree = SMALLEST) =>
      runMain(world, { 'source-type': 'internal_source', ...ROLL_BACK, ...inputs }, workspace(tree))
    const first = await play({ secrets: `OPENAI_API_KEY=${OLD_KEY}` })
    const id = first.runner.outputs['deployment-id'] ?? ''
    await world.api.scenario({ revisions: [BROKEN] })
    const run = await play(
      { ...NEW_SECRETS, 'langgraph-config': 'app/langgraph.json' },
      { 'app/langgraph.json': SMALLEST['langgraph.json'] ?? '', 'app/agent.py': 'broken = 1\n' }
    )
    const revisions = await world.revisions(id)
    const codeOf = (revision: Json | undefined) => [
      at(revision, 'source_revision_config', 'source_tarball_path'),
      at(revision, 'source_revision_config', 'langgraph_config_path')
    ]
    expect(revisions.map(codeOf)).toEqual([3, 3, 2, 3].map((place) => codeOf(revisions[place])))
    expect(codeOf(revisions[2])).not.toEqual(codeOf(revisions[3]))
    expect((await world.bodies()).at(-1)).toMatchObject({ revision_source: 'internal_source' })
    expect(await secretsOf(id)).toEqual(new Map([['OPENAI_API_KEY', OLD_KEY]]))
    expect(run.runner.outputs).toMatchObject({
      status: 'failed',
      'rolled-back-to': revisions[3]?.id,
      'active-revision-id': revisions[0]?.id
    })
    expect(errorOf(run)).not.toContain('Not restored')
  })
})

describe('the restoration of a GitHub deployment whose branch has moved', () => {
  const [GOOD, BAD] = ['1'.repeat(40), '2'.repeat(40)]
  const arrangeGithub = async () => {
    await world.api.scenario({ revisions: [{ nth: 1, commit: GOOD }] })
    const id = await world.github({ install_command: 'yarn' })
    await world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { display_name: 'Agent of before' })
    // A new build of the branch builds the broken commit.
    await world.api.scenario({ revisions: [{ nth: 2, commit: BAD, ok: [503] }, { nth: 3 }, { commit: BAD }] })
    return id
  }

  test('restores only settings that need no revision, because a revision would have the broken commit', async () => {
    const id = await arrangeGithub()
    const run = await runMain(world, {
      ...ROLL_BACK,
      ...NEW_SECRETS,
      'build-on-push': 'true',
      'install-command': 'pnpm i',
      'display-name': 'Other'
    })
    const [rescue, , good] = idsOf(await world.revisions(id))
    const commits = (await world.revisions(id)).map((one) => at(one, 'source_revision_config', 'repo_commit_sha'))
    expect(commits).toEqual([GOOD, BAD, GOOD])
    expect(await world.writes()).toEqual([PATCH, REDEPLOY, PATCH])
    expect((await world.bodies())[2]).toEqual({
      source_config: { build_on_push: false },
      display_name: 'Agent of before'
    })
    expect(run.runner.outputs).toMatchObject({ status: 'failed', 'rolled-back-to': good, 'active-revision-id': rescue })
    expect(errorOf(run)).toMatch(/Restored: (`build-on-push`, `display-name`|`display-name`, `build-on-push`)\./)
    const leftovers = /Not restored: .*/.exec(errorOf(run))?.[0] ?? ''
    for (const name of ['environment variables OPENAI_API_KEY, ADDED', '`install-command`'])
      expect(leftovers).toContain(name)
    expect(leftovers).toContain('would build the head of the branch again')
    expect(summaryOf(run)).toContain('Not restored')
    expect(everythingOf(run)).not.toContain(NEW_KEY)
  })

  test('writes nothing if all settings need a revision', async () => {
    const id = await arrangeGithub()
    const run = await runMain(world, { ...ROLL_BACK, ...NEW_SECRETS })
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
    expect(await world.revisions(id)).toHaveLength(3)
    expect(errorOf(run)).toMatch(/Not restored: environment variables OPENAI_API_KEY, ADDED \(/)
  })
})

describe('the message about values that cannot be restored', () => {
  test('names the last secrets, which cannot be removed', async () => {
    const id = await arrange({ secrets: [] })
    const run = await deploy(NEW_SECRETS)
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
    expect(await secretsOf(id)).toEqual(asMap(namedValues({ OPENAI_API_KEY: NEW_KEY, ADDED: 'something-new' })))
    expect(errorOf(run)).toMatch(
      /Not restored: environment variables OPENAI_API_KEY, ADDED \(.*cannot remove the last one\)\./
    )
  })

  test('names secrets whose values the server does not return', async () => {
    await arrange()
    await world.api.scenario({ server: { hide_secrets: true }, revisions: [BROKEN] })
    const run = await deploy({ ...NEW_SECRETS, 'secrets-mode': 'replace' })
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
    expect(errorOf(run)).toMatch(/Not restored: .*environment variables? OPENAI_API_KEY.*LangSmith hides/)
  })

  test('names a display name that did not exist before', async () => {
    await arrange()
    const run = await deploy({ 'display-name': 'Other' })
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
    expect(errorOf(run)).toContain('Not restored: `display-name` (it had no value before')
  })

  test.each([400, 403, 422])('names values that the server refuses with %d', async (status) => {
    const id = await arrange()
    await world.api.scenario({
      revisions: [BROKEN],
      faults: [onPatch({ nth: 2, times: null, action: 'status', status })]
    })
    const run = await deploy(NEW_SECRETS)
    const [rescue, , good] = idsOf(await world.revisions(id))
    expect(run.runner.outputs).toMatchObject({ status: 'failed', 'rolled-back-to': good, 'active-revision-id': rescue })
    expect(errorOf(run)).toMatch(new RegExp(`could not be restored: LangSmith returned ${status} for PATCH \\S+`))
    expect(errorOf(run)).toContain('Not restored: environment variables OPENAI_API_KEY, ADDED.')
    expect(await world.writes()).toEqual([PATCH, REDEPLOY, PATCH])
  })

  test('names all values after a failed rollback', async () => {
    await arrange()
    await world.api.scenario({
      revisions: [BROKEN],
      faults: [{ method: 'POST', path: '**/redeploy', times: null, action: 'status', status: 403 }]
    })
    const run = await deploy(NEW_SECRETS)
    expect(errorOf(run)).toContain('The rollback failed: ')
    expect(errorOf(run)).toContain('Not restored: environment variables OPENAI_API_KEY, ADDED.')
  })

  test.each<[string, readonly { name: string; value: string }[], string]>([
    [
      'names the remaining value of ours',
      [...BEFORE, { name: 'ADDED', value: 'something-new' }],
      'Not restored: environment variable ADDED.'
    ],
    ['names nothing if no value of ours remains', [{ name: 'OPENAI_API_KEY', value: 'sk-of-somebody-else' }], '']
  ])('after a push by another run %s', async (_, theirs, words) => {
    const id = await arrange()
    // During the health check of the redeploy, after the last check for a newer revision.
    await world.api.scenario({ revisions: [BROKEN, { nth: 3, ok: [503, 503, 503, 200] }, { nth: 4, final: null }] })
    onceRescueIsAsked(world, 2, () => world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { secrets: theirs }))
    const run = await deploy(NEW_SECRETS)
    expect(await secretsOf(id)).toEqual(asMap(theirs))
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
    expect(errorOf(run).includes('could not be restored: another revision is now')).toBe(words !== '')
    expect(/Not restored: .*/.exec(errorOf(run))?.[0] ?? '').toBe(words)
    expect(everythingOf(run)).not.toContain('sk-of-somebody-else')
  })

  test('omits values that another run has changed since', async () => {
    const id = await arrange()
    await world.patch(id, { display_name: 'Agent of before' })
    afterWrites(2, () => world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { display_name: 'Theirs' }))
    const run = await deploy({ ...NEW_SECRETS, 'display-name': 'Other' })
    expect((await world.deployment(id)).display_name).toBe('Theirs')
    expect(await secretsOf(id)).toEqual(asMap(BEFORE))
    expect(errorOf(run)).not.toContain('display-name')
    expect(run.runner.texts('info')).toContain(
      'Left unchanged, because somebody else changed the value: `display-name`.'
    )
  })
})

test('a long list of remaining changes leaves room for the cause in the annotation', async () => {
  await arrange()
  await world.api.scenario({
    revisions: [{ ...BROKEN, deploy_log: Array.from({ length: 80 }, (_, n) => `Traceback ${n} ${'x'.repeat(60)}`) }],
    faults: [onPatch({ nth: 2, times: null, action: 'status', status: 403 })]
  })
  const names = Array.from({ length: 60 }, (_, nth) => `SOME_RATHER_LONG_NAME_${nth}`)
  const run = await deploy({ secrets: names.map((name) => `${name}=value-of-${name}`).join('\n') })
  expect(errorOf(run)).toContain(', SOME_RATHER_LONG_NAME_39, 20 more.')
  expect(errorOf(run).length).toBeLessThan(4_096)
  expect(errorOf(run)).toMatch(/Read the deploy log of the revision in LangSmith\.$/)
})

describe('the restoration at the end of the run', () => {
  test('continues on the server after a deadline that follows the write', async () => {
    await arrange({}, { nth: 4, final: null })
    const run = await deploy({ ...NEW_SECRETS, timeout: '300s' })
    expect(run.runner.outputs.status).toBe('failed')
    expect(errorOf(run)).toMatch(
      /The request that restores environment variables OPENAI_API_KEY, ADDED was in progress when the timeout expired, and continues\./
    )
    expect(await world.writes()).toEqual([PATCH, REDEPLOY, PATCH])
  })

  test('is reported as missing after a deadline before the write', async () => {
    await arrange({}, { nth: 3, ok: [503], step_ms: 44_000 })
    const run = await deploy({ ...NEW_SECRETS, timeout: '200s' })
    expect(run.runner.outputs.status).toBe('failed')
    expect(errorOf(run)).toContain('could not be restored: the timeout expired.')
    expect(errorOf(run)).toContain('Not restored: environment variables OPENAI_API_KEY, ADDED.')
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
  })

  test('does not begin after a cancellation during the rollback, which is reported', async () => {
    const id = await arrange({}, { nth: 3, final: null })
    const run = await deploy(NEW_SECRETS, { meanwhile: ({ cancellation }) => afterWrites(2, cancellation.cancel) })
    world.clock.restart()
    expect(run.runner.outputs.status).toBe('cancelled')
    expect(errorOf(run)).toContain('was in progress and continues.')
    expect(errorOf(run)).toContain('Not restored: environment variables OPENAI_API_KEY, ADDED.')
    await runPost(world, { 'image-uri': IMAGE }, run.runner.saved)
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
    expect(await world.revisions(id)).toHaveLength(3)
  })

  test('is not interrupted by a cancellation after the write', async () => {
    const id = await arrange({}, { nth: 4, final: null })
    const inputs = { ...NEW_SECRETS, 'on-cancel': 'interrupt' }
    const run = await deploy(inputs, { meanwhile: ({ cancellation }) => afterWrites(3, cancellation.cancel) })
    world.clock.restart()
    expect(run.runner.outputs.status).toBe('cancelled')
    expect(errorOf(run)).toMatch(/Rolled back to the code of revision .* The request that restores .* was in progress/)
    await runPost(world, { 'image-uri': IMAGE, ...inputs }, run.runner.saved)
    expect(await world.writes()).toEqual([PATCH, REDEPLOY, PATCH])
    expect(await world.revisions(id)).toHaveLength(4)
  })
})

describe('without a rollback, the remaining changes are reported', () => {
  const STORED =
    'This run stored environment variables OPENAI_API_KEY, ADDED in the deployment; the next revision gets them.'
  const without = { ...NEW_SECRETS, 'rollback-on-failure': 'false' }

  test('after a failed rollout', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.api.scenario({ revisions: [{ nth: 2, final: 'DEPLOY_FAILED' }] })
    const run = await deploy(without)
    const [, before] = idsOf(await world.revisions(id))
    expect(errorOf(run)).toContain(`\nRevision ${before} is still active.\n${STORED}\n`)
  })

  test('with the advice that a redeploy does not restore them', async () => {
    await arrange({})
    const error = errorOf(await deploy(without))
    expect(error).toContain(`\n${STORED}\n`)
    expect(error).toContain('leaves environment variables and settings unchanged.')
  })

  test.each(['leave', 'interrupt'])(
    'after a cancellation during the health check, with on-cancel: %s',
    async (onCancel) => {
      const id = await arrange({})
      const run = await deploy(
        { ...NEW_SECRETS, 'on-cancel': onCancel },
        {
          meanwhile: ({ cancellation }) =>
            world.clock.duringPauses(async () => {
              if ((await world.requests()).some((request) => request.endsWith('/ok'))) cancellation.cancel()
            })
        }
      )
      world.clock.restart()
      const [ours] = idsOf(await world.revisions(id))
      expect(errorOf(run)).toBe(
        `The job was canceled. Revision ${ours} is active and can no longer be interrupted. Its health check had not passed, and the revision was not rolled back. ${STORED}`
      )
      expect(await world.writes()).toEqual([PATCH])
    }
  )
})
