import { describe, expect, test } from '@jest/globals'
import { create, dockerBody, type Json, UNKNOWN_ID } from '../emulator/support.ts'
import { REDEPLOY } from '../support/expected.ts'
import { failureOf } from '../support/failure.ts'
import { runMain } from '../support/run.ts'
import { at, IMAGE, idsOf, OLD_IMAGE, useWorld } from '../support/world.ts'

const world = useWorld({ deleteMs: 3_600_000 })

const onRedeploy = (fault: Json) => ({
  faults: [{ method: 'POST', path: '/v2/deployments/*/revisions/*/redeploy', ...fault }]
})

const redeploy = (inputs: Readonly<Record<string, string>> = {}) => world.play({ command: 'redeploy', ...inputs })

describe('command: redeploy without a revision-id', () => {
  test('redeploys the revision that was active before the active one', async () => {
    const id = await world.images('a:1', 'a:2', 'a:3')
    const [active] = idsOf(await world.revisions(id))
    const { verdict, facts } = await redeploy()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(await world.imagesOf(id)).toEqual(['a:2', 'a:3', 'a:2', 'a:1'])
    expect(facts).toMatchObject({ own: true, created: false, previousRevisionId: active })
    expect(facts.revision?.id).toBe((await world.deployment(id)).active_revision_id)
    expect(await world.writes()).toEqual([REDEPLOY])
  })

  test('skips failed revisions', async () => {
    await world.api.scenario({
      revisions: [
        { nth: 2, final: 'DEPLOY_FAILED' },
        { nth: 3, final: 'CREATE_FAILED' }
      ]
    })
    const id = await world.images('a:1', 'a:2', 'a:3', 'a:4')
    await redeploy()
    expect((await world.imagesOf(id))[0]).toBe('a:1')
  })

  test('skips a revision that was rolled back, with a note', async () => {
    const id = await world.images('a:1', 'a:2')
    await world.api.scenario({ revisions: [{ nth: 3, ok: [503] }] })
    await runMain(world, { 'image-uri': 'a:3', 'rollback-on-failure': 'true' })
    const [, broken, good] = idsOf(await world.revisions(id))
    expect(await world.imagesOf(id)).toEqual(['a:2', 'a:3', 'a:2', 'a:1'])
    const planned = await redeploy({ 'dry-run': 'true' })
    expect(planned.verdict).toMatchObject({ status: 'planned', reason: expect.stringMatching(`${good}.*${broken}`) })
    const { verdict, runner } = await redeploy()
    expect(verdict).toEqual({ status: 'deployed' })
    expect((await world.imagesOf(id))[0]).toBe('a:2')
    const info = runner.texts('info').join('\n')
    expect(info).toContain(`Skipped revision ${broken}, because it was rolled back: `)
    expect(info).toContain(`Revision ${good} has the same code as active revision `)
    expect(info).toContain(`Creating a new revision from ${good} (a:2)`)
    expect(runner.texts('warning')).toEqual([])
  })

  test('changes nothing if the active revision already has the code of the rollback', async () => {
    const digest = (character: string) => `ghcr.io/acme/agent@sha256:${character.repeat(64)}`
    const id = await world.images(digest('1'), digest('2'))
    await redeploy()
    const [active, broken, good] = idsOf(await world.revisions(id))
    expect(await world.writes()).toEqual([REDEPLOY])
    const planned = await redeploy({ 'dry-run': 'true' })
    expect(planned.verdict).toMatchObject({
      status: 'planned',
      changes: 0,
      reason: expect.stringContaining(`${active}`)
    })
    const { verdict, facts, runner } = await redeploy()
    expect(verdict).toEqual({
      status: 'unchanged',
      reason: `Already rolled back: active revision ${active} has the code that a rollback would restore. To roll back further, set \`revision-id\`.`
    })
    expect(facts).toMatchObject({ own: false, revision: { id: active } })
    expect(runner.texts('info').join('\n')).toContain(`Skipped revision ${broken}`)
    expect(runner.texts('info').join('\n')).toContain('Health check passed: GET ')
    expect(await world.writes()).toEqual([REDEPLOY])
    const again = await redeploy({ 'revision-id': `${good}` })
    expect(again.verdict).toEqual({ status: 'deployed' })
    // The revision in progress would become active, so a rollback makes sense.
    await world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: digest('3') } })
    expect((await redeploy({ wait: 'false' })).verdict).toEqual({ status: 'started' })
  })

  test('starts from the active revision while a newer one is in progress', async () => {
    const id = await world.images('a:1', 'a:2')
    await world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: 'a:3' } })
    await redeploy({ wait: 'false' })
    expect((await world.imagesOf(id))[0]).toBe('a:1')
  })

  test('finds the previous active revision on a later page', async () => {
    const id = await world.images('a:1', 'a:2')
    await world.api.scenario({ revisions: [{ final: 'DEPLOY_FAILED' }] })
    for (let nth = 3; nth <= 110; nth += 1) {
      await world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: `a:${nth}` } })
      world.clock.skip(60_000)
    }
    await world.api.scenario({ revisions: [{ final: null }] })
    await world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: 'a:111' } })
    await redeploy({ wait: 'false' })
    expect(await world.writes()).toEqual([REDEPLOY])
    expect((await world.imagesOf(id))[0]).toBe('a:1')
  })

  test.each(['CREATE_FAILED', 'DEPLOY_FAILED', 'BUILD_FAILED', 'SKIPPED', 'INTERRUPTED'])(
    'changes nothing if the latest revision ended as %s, because the previous one is still active',
    async (final) => {
      await world.api.scenario({ revisions: [{ nth: 3, final }] })
      const id = await world.images('a:1', 'a:2', 'a:3')
      const { verdict, facts } = await redeploy()
      const [latest, active] = idsOf(await world.revisions(id))
      expect(verdict).toMatchObject({
        status: 'unchanged',
        reason: expect.stringMatching(`${latest}.*${final}.*${active}`)
      })
      expect(facts).toMatchObject({ own: false, revision: { id: active } })
      expect(await world.writes()).toEqual([])
    }
  )

  test('checks the active revision after a failed latest one', async () => {
    await world.api.scenario({
      revisions: [
        { nth: 2, agent: { graphs: { agent: { load: 'error' } } } },
        { nth: 3, final: 'DEPLOY_FAILED' }
      ]
    })
    await world.images('a:1', 'a:2', 'a:3')
    const asked = await redeploy({ 'verify-graphs': 'true' })
    expect(asked.verdict).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(
        /DEPLOY_FAILED and was never active\. The revision is deployed, but 1 graph does not load/
      ),
      advice: expect.stringContaining('Without `revision-id`, ')
    })
    const idle = await redeploy({ 'verify-graphs': 'true', wait: 'false' })
    expect(idle.verdict).toMatchObject({ status: 'unchanged', reason: expect.stringContaining(' is still active. ') })
    expect((await world.writes()).filter((write) => !write.includes('/agents/'))).toEqual([])
  })

  test.each([
    ['no other revision was active before', 'DEPLOYED', /was active before \S+, the active one/],
    ['no revision is active', 'DEPLOY_FAILED', /has no active revision/]
  ])('fails if %s', async (_, final, message) => {
    await world.api.scenario({ revisions: [{ final }] })
    await world.images('a:1')
    await expect(failureOf(redeploy())).resolves.toMatchObject({
      name: 'RefusalError',
      message: expect.stringMatching(message),
      advice: expect.stringContaining('`revision-id`')
    })
    expect(await world.writes()).toEqual([])
  })
})

describe('command: redeploy with a revision-id', () => {
  test('redeploys that revision', async () => {
    const id = await world.images('a:1', 'a:2', 'a:3')
    const target = idsOf(await world.revisions(id)).at(-1)
    const { verdict, facts } = await redeploy({ 'revision-id': String(target) })
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts.revision?.id).not.toBe(target)
    expect(await world.imagesOf(id)).toEqual(['a:1', 'a:3', 'a:2', 'a:1'])
  })

  test('redeploys even if the latest revision failed', async () => {
    await world.api.scenario({ revisions: [{ nth: 3, final: 'DEPLOY_FAILED' }] })
    const id = await world.images('a:1', 'a:2', 'a:3')
    const target = idsOf(await world.revisions(id)).at(-1)
    expect((await redeploy({ 'revision-id': String(target) })).verdict).toEqual({ status: 'deployed' })
    expect((await world.imagesOf(id))[0]).toBe('a:1')
  })

  test('reports an unknown revision with the deployment and its newest revisions', async () => {
    const id = await world.images('a:1')
    const [revision] = idsOf(await world.revisions(id))
    await expect(failureOf(redeploy({ 'revision-id': UNKNOWN_ID }))).resolves.toMatchObject({
      name: 'RefusalError',
      title: 'Revision not found',
      message: expect.stringMatching(
        new RegExp(
          `deployment "agent" \\(${id}\\) has no revision ${UNKNOWN_ID}\\. Newest revisions: ${revision} \\(DEPLOYED, \\d{4}-\\d\\d-\\d\\d\\)\\.$`
        )
      ),
      advice: expect.stringContaining('`deployment-id` to the deployment of that revision')
    })
    expect(await world.writes()).toEqual([])
  })
})

test('command: redeploy reports the source revision and the unchanged secrets', async () => {
  const id = await world.github()
  const [target] = await world.revisions(id)
  await world.api.scenario({ revisions: [{ nth: 2 }] })
  const { runner } = await world.play({ command: 'redeploy', 'revision-id': String(target?.id) })
  const info = runner.texts('info')
  expect(info).toContainEqual(
    expect.stringMatching(
      /^Creating a new revision from \S+ \(commit [0-9a-f]{7}\), created on \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$/
    )
  )
  expect(info).toContain('Secrets stay unchanged.')
})

describe('the revision of a redeploy', () => {
  test.each<[string, Json]>([
    ['the connection is cut', { action: 'cut', commit: true }],
    ['the server returns 504', { action: 'status', status: 504, commit: true }],
    ['the connection is cut 9 s before the commit', { action: 'cut', commit: { after_ms: 9_000 } }]
  ])('is found after a lost response: %s', async (_, fault) => {
    const id = await world.images('a:1', 'a:2')
    await world.api.scenario(onRedeploy(fault))
    const { verdict, facts } = await redeploy()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts.revision?.id).toBe(idsOf(await world.revisions(id))[0])
    expect(await world.revisions(id)).toHaveLength(3)
    expect(await world.writes()).toEqual([REDEPLOY])
  })

  test('is requested again if two requests had no effect', async () => {
    const id = await world.images('a:1', 'a:2')
    await world.api.scenario(onRedeploy({ action: 'cut', times: 2 }))
    expect((await redeploy()).verdict).toEqual({ status: 'deployed' })
    expect(await world.revisions(id)).toHaveLength(3)
    expect(await world.writes()).toEqual([REDEPLOY, REDEPLOY, REDEPLOY])
  })

  test('is an error if three requests had no effect', async () => {
    await world.images('a:1', 'a:2')
    await world.api.scenario(onRedeploy({ action: 'status', status: 502, times: null }))
    await expect(failureOf(redeploy())).resolves.toMatchObject({ name: 'RefusalError', behind: { status: 502 } })
    expect(await world.writes()).toEqual([REDEPLOY, REDEPLOY, REDEPLOY])
  })

  test.each([400, 403, 404])('is not requested again after status %d', async (status) => {
    await world.images('a:1', 'a:2')
    await world.api.scenario(onRedeploy({ action: 'status', status, times: null }))
    await expect(failureOf(redeploy())).resolves.toMatchObject({ name: 'ApiError', status })
    expect(await world.writes()).toEqual([REDEPLOY])
  })

  test('that never appeared is not confused with a push of another commit, and is requested again from the same revision', async () => {
    const commits = ['a', 'b', 'c', 'd'].map((digit) => digit.repeat(40))
    await world.api.scenario({ server: { resolve_ref: true } })
    const id = await world.github()
    await world.patch(id, { source_revision_config: { repo_ref: 'main' } })
    const [, first] = await world.revisions(id)
    await world.api.scenario({
      server: { resolve_ref: true },
      revisions: [{ nth: 3, commit: commits[2] }],
      ...onRedeploy({ action: 'cut' })
    })
    world.clock.duringPauses((nth) => nth === 2 && world.patch(id, { source_revision_config: { repo_ref: 'main' } }))
    const { facts } = await world.play({ command: 'redeploy', 'revision-id': String(first?.id), wait: 'false' })
    const [ours, pushed] = await world.revisions(id)
    expect(at(pushed, 'source_revision_config', 'repo_commit_sha')).toBe(commits[2])
    expect(facts.revision?.id).toBe(ours?.id)
    expect(at(ours, 'source_revision_config', 'repo_commit_sha')).toBe(
      at(first, 'source_revision_config', 'repo_commit_sha')
    )
    expect(await world.writes()).toEqual([REDEPLOY, REDEPLOY])
  })

  test('that is built from another commit causes a warning with both commits', async () => {
    const [wanted, built] = ['a'.repeat(40), 'b'.repeat(40)]
    await world.api.scenario({
      revisions: [
        { nth: 1, commit: wanted },
        { nth: 3, commit: built, commit_from: 'BUILDING' }
      ]
    })
    const id = await world.github()
    await world.patch(id, { source_revision_config: { repo_ref: 'main' } })
    const { verdict, runner } = await redeploy()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(runner.texts('warning')).toEqual([
      expect.stringMatching(new RegExp(`from commit ${built} instead of .*${wanted}`))
    ])
  })

  test('is requested again after a 409 of another rollout', async () => {
    const id = await world.images('a:1', 'a:2')
    await world.api.scenario(onRedeploy({ action: 'status', status: 409, times: 3 }))
    const { verdict } = await redeploy()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(world.clock.pauses.slice(0, 3)).toEqual([5_000, 10_000, 20_000])
    expect(await world.writes()).toEqual([REDEPLOY, REDEPLOY, REDEPLOY, REDEPLOY])
    expect(await world.revisions(id)).toHaveLength(3)
  })

  test('is found even if the response has the previous revision', async () => {
    const id = await world.images('a:1', 'a:2')
    await world.api.scenario({ server: { no_latest_in_patch_answer: true } })
    const { facts } = await redeploy({ wait: 'false' })
    expect(facts.revision?.id).toBe(idsOf(await world.revisions(id))[0])
  })

  test.each([
    ['a build', {}],
    ['a build on a server that returns the commit instead of the ref', { resolve_ref: true }]
  ])('is found for %s', async (_, server) => {
    const id = await world.github()
    await world.patch(id, { source_revision_config: { repo_ref: 'release' } })
    await world.api.scenario({ server })
    const { verdict, facts } = await redeploy()
    const [ours, , first] = await world.revisions(id)
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts.revision?.id).toBe(ours?.id)
    expect(at(ours, 'source_revision_config', 'repo_commit_sha')).toBe(
      at(first, 'source_revision_config', 'repo_commit_sha')
    )
  })

  test('fails the run if it is not listed within 30 s', async () => {
    await world.images('a:1', 'a:2')
    await world.api.scenario({ revisions: [{ appear_after_ms: 60_000 }] })
    const { verdict } = await redeploy()
    expect(verdict).toMatchObject({ status: 'failed', reason: expect.stringContaining('30 seconds') })
  })

  test('fails the run if it fails', async () => {
    const id = await world.images('a:1', 'a:2')
    await world.api.scenario({ revisions: [{ final: 'DEPLOY_FAILED' }] })
    const { verdict, facts } = await redeploy()
    expect(verdict.status).toBe('failed')
    expect(facts.revision?.id).toBe(idsOf(await world.revisions(id))[0])
  })

  test('is not followed with wait: false', async () => {
    await world.images(OLD_IMAGE, IMAGE)
    await world.api.scenario({ revisions: [{ final: null }] })
    const { verdict, facts } = await redeploy({ wait: 'false' })
    expect(verdict).toEqual({ status: 'started' })
    expect(facts.own).toBe(true)
  })
})

describe('the deployment of a redeploy', () => {
  test('is only read in a dry run, which reports the revision', async () => {
    const id = await world.images('a:1', 'a:2')
    const { verdict } = await redeploy({ 'dry-run': 'true' })
    const [, earlier] = idsOf(await world.revisions(id))
    expect(verdict).toEqual({
      status: 'planned',
      reason: expect.stringMatching(new RegExp(`${earlier}.*a:1`)),
      changes: 1
    })
    expect((await world.requests()).filter((request) => !request.startsWith('GET '))).toEqual([])
  })

  test('must exist', async () => {
    await create(world.api, dockerBody({ name: 'agent-2' }))
    await expect(failureOf(redeploy())).resolves.toMatchObject({
      message: expect.stringContaining('Deployment "agent" does not exist')
    })
  })

  test('must not be in deletion', async () => {
    const id = await world.images('a:1', 'a:2')
    await world.api.ask(204, 'DELETE', `/v2/deployments/${id}`)
    const error = await failureOf(redeploy())
    expect(error).toMatchObject({ name: 'RefusalError', message: expect.stringContaining('reserved for up to a week') })
    expect(await world.writes()).toEqual([])
  })
})
