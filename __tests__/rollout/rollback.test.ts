import { describe, expect, test } from '@jest/globals'
import type { Json } from '../emulator/support.ts'
import { PATCH, REDEPLOY } from '../support/expected.ts'
import {
  errorOf,
  type Inputs,
  onceRescueIsAsked,
  type Run,
  type RunOptions,
  runMain,
  runPost,
  secondsOf
} from '../support/run.ts'
import { at, DIGEST, IMAGE, idsOf, OLD_IMAGE, useWorld } from '../support/world.ts'

const world = useWorld()

const ROLL_BACK = { 'rollback-on-failure': 'true' }
/** Our revision is the second one of the deployment: it is rolled out, and does not serve. */
const BROKEN = { nth: 2, ok: [503] }
const onRedeploy = (fault: Json): Json => ({ method: 'POST', path: '**/redeploy', ...fault })

const deploy = (inputs: Inputs = {}, options: RunOptions = {}) =>
  runMain(world, { 'image-uri': IMAGE, ...ROLL_BACK, ...inputs }, options)

/** A deployment that serves, and how its next revisions live. */
async function arrange(...revisions: readonly Json[]): Promise<string> {
  const id = await world.images(OLD_IMAGE)
  await world.api.scenario({ revisions })
  return id
}

/**
 * The same with agents that let everybody in: LangSmith's own auth answers 403 for whatever path it does not know.
 */
async function arrangeOpen(...revisions: readonly Json[]): Promise<void> {
  await arrange()
  await world.api.scenario({ revisions, agent: { auth: { kind: 'none' } } })
}

/** In the first pause after the roll back was begun. */
const whileRollingBack = (action: () => unknown) =>
  world.clock.onceInPause(async () => (await world.writes()).includes(REDEPLOY), action)

/** While the list is read for the revision to go back to: the first try does not succeed. */
const whileLookingBehind = (action: () => unknown) => {
  let stage: 'before' | 'arranged' | 'done' = 'before'
  world.clock.duringPauses(async () => {
    const last = (await world.api.requests()).at(-1)
    if (stage === 'before' && String(last?.path).endsWith('/ok')) {
      stage = 'arranged'
      // The first reading is for a newer revision that took over.
      await world.api.scenario({ faults: [{ ...LIST, nth: 2, action: 'status', status: 503 }] })
    } else if (stage === 'arranged' && last?.status === 503 && String(last.path).endsWith('/revisions')) {
      stage = 'done'
      await action()
    }
  })
}
const LIST = { method: 'GET', path: '/v2/deployments/*/revisions' }

const pushAnother = (id: string) =>
  world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: 'a:pushed' } })

/** Once our revision has been asked three times, somebody else pushes. */
const pushWhileAsked = (id: string) =>
  world.clock.onceInPause(
    async () => (await world.requests()).filter((request) => request.endsWith('/ok')).length >= 3,
    () => pushAnother(id)
  )

describe('a revision that was rolled out and does not serve', () => {
  test('is rolled back, and the run has failed all the same', async () => {
    const id = await arrange(BROKEN)
    const run = await deploy()
    const [rescue, ours, previous] = idsOf(await world.revisions(id))
    expect(run.runner.outputs).toMatchObject({
      status: 'failed',
      'revision-id': ours,
      'revision-status': 'DEPLOYED',
      'image-uri': IMAGE,
      'previous-revision-id': previous,
      'rolled-back-to': previous,
      'active-revision-id': rescue
    })
    expect(await world.imagesOf(id)).toEqual([OLD_IMAGE, IMAGE, OLD_IMAGE])
    expect((await world.deployment(id)).active_revision_id).toBe(rescue)
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
  })

  test('and was rolled back is told in one error, with both revisions and the cause', async () => {
    const id = await arrange({ ...BROKEN, deploy_log: ['Traceback: it broke'] })
    const run = await deploy()
    const [rescue, , previous] = idsOf(await world.revisions(id))
    expect(run.runner.texts('error')).toHaveLength(1)
    expect(errorOf(run)).toMatch(/its health check failed for 3 min(?: \d s)?: GET \S+\/ok returned 503\./)
    expect(errorOf(run)).toContain(
      `\nRolled back to the code of revision ${previous}.\nActive now: revision ${rescue}, created from ${previous}.\n`
    )
    expect(errorOf(run)).toContain('Traceback: it broke')
    expect(run.runner.texts('warning')).toEqual([])
    expect(run.runner.texts('info')).toContain(`Rolling back to revision ${previous}.`)
    expect(run.runner.texts('summary').join()).toMatch(new RegExp(`Rolled back to.*${previous}`))
  })

  test('is not rolled back to a revision of the same code, where nothing else was changed', async () => {
    const id = await world.images(OLD_IMAGE, DIGEST)
    await world.api.scenario({ revisions: [{ nth: 3, ok: [503] }, { nth: 4 }] })
    const run = await deploy({ 'image-uri': DIGEST })
    const [, ours, same, good] = idsOf(await world.revisions(id))
    expect(run.runner.outputs).toMatchObject({ status: 'failed', 'revision-id': ours, 'rolled-back-to': good })
    expect(run.runner.texts('info')).toContain(
      `Skipped revision ${same}, because it has the code of ${ours}, which failed its proof.`
    )
    expect(await world.imagesOf(id)).toEqual([OLD_IMAGE, DIGEST, DIGEST, OLD_IMAGE])
  })

  test('says why it is not rolled back where all that served before has the same code', async () => {
    await world.images(DIGEST)
    await world.api.scenario({ revisions: [BROKEN] })
    const run = await deploy({ 'image-uri': DIGEST })
    expect(errorOf(run)).toMatch(
      /Skipped the rollback: no other revision was active before \S+\. Skipped revision \S+, because it has the code of/
    )
    expect(await world.writes()).toEqual([PATCH])
  })

  test('is rolled back where the deployment does not say which revision is its latest', async () => {
    const id = await arrange(BROKEN)
    const isAsked = async () => (await world.requests()).some((request) => request.endsWith('/ok'))
    world.clock.onceInPause(isAsked, async () => {
      const body = { ...(await world.deployment(id)), latest_revision_id: null }
      // The look for a newer revision, and the one before the roll back.
      const fault = { method: 'GET', path: '/v2/deployments/*', action: 'status', status: 200, times: 2, body }
      await world.api.scenario({ faults: [fault] })
    })
    const run = await deploy()
    expect(run.runner.outputs['rolled-back-to']).toBe(idsOf(await world.revisions(id))[2])
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
  })

  test('and is rolled back to a branch that has moved on meanwhile says which commit serves', async () => {
    const [GOOD, BAD] = ['a'.repeat(40), 'b'.repeat(40)]
    await world.api.scenario({
      revisions: [
        { nth: 1, commit: GOOD },
        { ...BROKEN, commit: BAD },
        { nth: 3, commit: BAD, commit_from: 'AWAITING_DEPLOY', ok: [200] }
      ]
    })
    const id = await world.github()
    const run = await runMain(world, { ...ROLL_BACK }, { variables: { GITHUB_SHA: BAD } })
    const [, , good] = idsOf(await world.revisions(id))
    expect(errorOf(run)).toContain(`built from commit ${BAD}, not from commit ${GOOD} of ${good}`)
  })

  test('is not rolled back when it is not the health check that failed: its deployment was deleted', async () => {
    const id = await arrange({ nth: 2 })
    world.clock.onceInPause(
      async () => (await world.revisions(id))[0]?.status === 'DEPLOYED' && (await world.writes()).length > 0,
      () => world.api.ask(204, 'DELETE', `/v2/deployments/${id}?delete_tracing_project=false`)
    )
    const run = await deploy()
    expect(await world.writes()).not.toContain(REDEPLOY)
    expect(run.runner.texts('info').join('\n')).not.toContain('Rolling back')
  })

  test('and was rolled back does not come with the advice to redeploy, which would bring it back', async () => {
    await arrange(BROKEN)
    const error = errorOf(await deploy())
    expect(error).not.toContain('`command: redeploy`')
    expect(error).toMatch(/\nRead the deploy log of the revision in LangSmith\.$/)
  })

  test('is not said to be mended where the one before does not serve any more either', async () => {
    const id = await arrange(BROKEN, { nth: 3, ok: [503] })
    const run = await deploy()
    const [rescue, ours, previous] = idsOf(await world.revisions(id))
    expect(run.runner.outputs).toMatchObject({ status: 'failed', 'revision-id': ours, 'active-revision-id': rescue })
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(run.runner.texts('error')).toHaveLength(1)
    expect(errorOf(run)).toContain(
      `\nRolled back to revision ${previous}, but revision ${rescue}, created from it, did not pass its checks either.\n`
    )
    expect(errorOf(run)).not.toMatch(/is active now|`command: redeploy`/)
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
  })

  test('is not said to be replaced where what it was rolled back to never becomes the active one', async () => {
    const id = await arrange(BROKEN, { nth: 3, active_after_ms: null })
    const run = await deploy()
    const [rescue, ours, previous] = idsOf(await world.revisions(id))
    expect(run.runner.outputs).toMatchObject({ status: 'failed', 'revision-id': ours, 'active-revision-id': ours })
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(errorOf(run)).toContain(
      `\nRolled back to revision ${previous}, but revision ${rescue}, created from it, did not become active.\n`
    )
  })

  test('has what it was rolled back to asked as well, until it serves', async () => {
    const id = await arrange(BROKEN, { nth: 3, ok: [503, 503, 200] })
    const run = await deploy()
    const [rescue, , previous] = idsOf(await world.revisions(id))
    expect(run.runner.outputs).toMatchObject({ 'rolled-back-to': previous, 'active-revision-id': rescue })
    const requests = await world.requests()
    expect(requests.slice(requests.indexOf(REDEPLOY)).filter((request) => request.endsWith('/ok'))).toHaveLength(3)
  })

  test('is not said to be mended where what it was rolled back to could not be asked in time', async () => {
    // The roll back has 200 s as well, and of these its revision takes most.
    const id = await arrange(BROKEN, { nth: 3, ok: [503], step_ms: 44_000 })
    const run = await deploy({ timeout: '200s' })
    const [rescue, , previous] = idsOf(await world.revisions(id))
    expect(run.runner.outputs.status).toBe('failed')
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(errorOf(run)).toContain(
      `Rolled back to revision ${previous}, but revision ${rescue}, created from it, did not pass`
    )
  })

  test('is not rolled back over one that takes over from what it was rolled back to', async () => {
    const id = await arrange(BROKEN, { nth: 3, ok: [503] })
    onceRescueIsAsked(world, 3, () => pushAnother(id))
    const run = await deploy({ 'on-superseded': 'follow' })
    const [newest, , ours, previous] = idsOf(await world.revisions(id))
    expect(run.runner.outputs).toMatchObject({ status: 'failed', 'revision-id': ours, 'active-revision-id': newest })
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(errorOf(run)).toContain(`Rolled back to revision ${previous}, but a newer revision is now active.`)
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
  })

  test('and what it was rolled back to could not be reached, is mended as far as can be told', async () => {
    const id = await arrange(BROKEN)
    const faults = [{ path: '/agents/**', action: 'status', status: 404, times: null }]
    whileRollingBack(() => world.api.scenario({ faults }))
    const run = await deploy()
    const [rescue, , previous] = idsOf(await world.revisions(id))
    expect(run.runner.outputs).toMatchObject({ 'rolled-back-to': previous, 'active-revision-id': rescue })
    expect(errorOf(run)).toContain('Active now: revision ')
  })

  test('is replaced by the one that was active before this run, not by the newest before it', async () => {
    await world.api.scenario({ revisions: [{ nth: 3, final: 'DEPLOY_FAILED' }] })
    const id = await world.images('a:1', 'a:2', 'a:3')
    await world.api.scenario({ revisions: [{ nth: 4, ok: [503] }] })
    const run = await deploy()
    expect(await world.imagesOf(id)).toEqual(['a:2', IMAGE, 'a:3', 'a:2', 'a:1'])
    expect(run.runner.outputs['rolled-back-to']).toBe(idsOf(await world.revisions(id))[3])
  })

  test('is replaced by the one that went live after this run began', async () => {
    const id = await arrange({ nth: 3, ok: [503] })
    // It is on its way when the run begins, and serves before ours does.
    await pushAnother(id)
    const run = await deploy()
    const [rescue, ours, between, first] = idsOf(await world.revisions(id))
    expect(await world.imagesOf(id)).toEqual(['a:pushed', IMAGE, 'a:pushed', OLD_IMAGE])
    expect(run.runner.outputs).toMatchObject({
      status: 'failed',
      'revision-id': ours,
      'previous-revision-id': first,
      'rolled-back-to': between,
      'active-revision-id': rescue
    })
  })

  test('is replaced by the one before also where that was made by a roll back', async () => {
    const id = await arrange(BROKEN)
    await deploy()
    await world.api.scenario({ revisions: [{ nth: 4, ok: [503] }] })
    const run = await deploy({ 'image-uri': 'a:4' })
    expect(await world.imagesOf(id)).toEqual([OLD_IMAGE, 'a:4', OLD_IMAGE, IMAGE, OLD_IMAGE])
    expect(run.runner.outputs['rolled-back-to']).toBe(idsOf(await world.revisions(id))[2])
  })

  test('is replaced by the one that served last also where a hundred failed since', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.api.scenario({ revisions: [{ nth: 105, ok: [503] }, { nth: 106 }, { statuses: ['CREATE_FAILED'] }] })
    const [first] = idsOf(await world.revisions(id))
    for (let nth = 2; nth < 105; nth += 1) await pushAnother(id)
    const run = await deploy()
    expect(run.runner.outputs).toMatchObject({ status: 'failed', 'rolled-back-to': first })
    expect((await world.imagesOf(id)).slice(0, 3)).toEqual([OLD_IMAGE, IMAGE, 'a:pushed'])
  })

  test('is rolled back also when it is not the one that answers', async () => {
    await arrange({ nth: 2, info_after_ms: null })
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('failed')
    expect(run.runner.outputs['rolled-back-to']).toBe(run.runner.outputs['previous-revision-id'])
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
  })

  test('is rolled back also when it its health check was inconclusive, and that is insisted on', async () => {
    await arrangeOpen({ nth: 2 })
    const run = await deploy({ 'health-check': 'true', 'health-path': '/alive' })
    expect(run.runner.outputs.status).toBe('failed')
    // The one before has no such path either.
    expect(errorOf(run)).toContain('did not pass its checks either.')
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
  })

  test.each([
    ['as it is not asked for', { 'rollback-on-failure': 'false' }],
    ['as its health is not asked for', { 'health-check': 'false' }],
    ['as it is not waited for', { wait: 'false' }]
  ])('stays where it is, %s', async (_, inputs) => {
    await arrange(BROKEN)
    const run = await deploy(inputs)
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(await world.writes()).toEqual([PATCH])
  })

  test('and only could not be reached, stays where it is: that is a warning', async () => {
    await arrangeOpen()
    const run = await deploy({ 'health-path': '/alive' })
    expect(run.runner.outputs.status).toBe('deployed')
    expect(await world.writes()).toEqual([PATCH])
  })

  test('is rolled back from GitHub to the commit before', async () => {
    const commit = '1'.repeat(40)
    await world.api.scenario({ revisions: [{ nth: 1, commit }] })
    const id = await world.github()
    await world.api.scenario({
      server: { resolve_ref: true },
      revisions: [{ nth: 2, commit: '2'.repeat(40), ok: [503] }]
    })
    const run = await runMain(world, ROLL_BACK)
    const [rescue, , previous] = await world.revisions(id)
    expect(run.runner.outputs).toMatchObject({
      status: 'failed',
      'rolled-back-to': previous?.id,
      'active-revision-id': rescue?.id,
      'commit-sha': '2'.repeat(40)
    })
    expect(at(rescue, 'source_revision_config', 'repo_commit_sha')).toBe(commit)
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
  })
})

describe('the time for a roll back', () => {
  test('is the whole timeout once more, though the run is nearly over', async () => {
    const id = await arrange(BROKEN, { nth: 3, step_ms: 40_000 })
    const run = await deploy({ timeout: '200s' })
    const [rescue, , previous] = idsOf(await world.revisions(id))
    expect(run.runner.outputs).toMatchObject({
      status: 'failed',
      'rolled-back-to': previous,
      'active-revision-id': rescue
    })
    expect(secondsOf(run)).toBeGreaterThan(330)
    expect(secondsOf(run)).toBeLessThan(390)
  })

  test.each(['leave', 'interrupt'])(
    'ends too, and what goes on is left alone with on-timeout: %s',
    async (onTimeout) => {
      const id = await arrange(BROKEN, { nth: 3, final: null })
      const run = await deploy({ timeout: '200s', 'on-timeout': onTimeout })
      const [rescue, ours, previous] = await world.revisions(id)
      expect(run.runner.outputs).toMatchObject({ status: 'failed', 'revision-id': ours?.id })
      expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
      expect(errorOf(run)).toContain(
        `\nA rollback to revision ${previous?.id} is still in progress; the timeout expired.\n`
      )
      expect(errorOf(run)).not.toContain('The rollback failed')
      expect(rescue?.status).toBe('DEPLOYING')
      expect(secondsOf(run)).toBeGreaterThanOrEqual(380)
      expect(secondsOf(run)).toBeLessThan(405)
      expect(await world.writes()).toEqual([PATCH, REDEPLOY])
    }
  )

  test('that ends does not come with the advice to redeploy, for the roll back goes on', async () => {
    await arrange(BROKEN, { nth: 3, final: null })
    const error = errorOf(await deploy({ timeout: '200s' }))
    expect(error).toContain('is still in progress')
    expect(error).not.toContain('`command: redeploy`')
  })

  test('that passes before anything was written is not said to leave a roll back under way', async () => {
    await arrange(BROKEN)
    whileLookingBehind(() => world.clock.skip(600_000))
    const run = await deploy({ timeout: '10m' })
    expect(run.runner.outputs.status).toBe('failed')
    expect(errorOf(run)).toContain('\nThe rollback failed: the timeout expired.\n')
    expect(errorOf(run)).not.toContain('under way')
    expect(await world.writes()).toEqual([PATCH])
  })
})

describe('nothing is rolled back', () => {
  test.each(['CREATE_FAILED', 'DEPLOY_FAILED', 'INTERRUPTED'])(
    'after %s: the one before still serves',
    async (final) => {
      const id = await arrange({ nth: 2, final })
      const { active_revision_id: before } = await world.deployment(id)
      const run = await deploy()
      expect(run.runner.outputs).toMatchObject({ status: 'failed', 'revision-status': final })
      expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
      expect(errorOf(run)).not.toMatch(/rolled back to|the rollback failed/i)
      expect((await world.deployment(id)).active_revision_id).toBe(before)
      expect(await world.writes()).toEqual([PATCH])
    }
  )

  test.each(['auto', 'true'])('after a timeout, for it may still come up, with health-check: %s', async (check) => {
    await arrange(BROKEN)
    const run = await deploy({ timeout: '1m', 'health-check': check })
    expect(run.runner.outputs).toMatchObject({ status: 'timed-out', 'revision-status': 'DEPLOYED' })
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(errorOf(run)).not.toMatch(/rolled back to|the rollback failed/i)
    expect(await world.writes()).toEqual([PATCH])
    expect(secondsOf(run)).toBeLessThan(63)
  })

  test('after a timeout with health-check: true, where it gave no answer', async () => {
    await arrangeOpen()
    const run = await deploy({ timeout: '1m', 'health-check': 'true', 'health-path': '/alive' })
    expect(run.runner.outputs.status).toBe('timed-out')
    expect(await world.writes()).toEqual([PATCH])
  })

  test('when somebody pushes right before the redeploy would be sent', async () => {
    const id = await arrange(BROKEN)
    let isPushed = false
    whileLookingBehind(async () => {
      isPushed = true
      await pushAnother(id)
    })
    const run = await deploy()
    expect(isPushed).toBe(true)
    expect(run.runner.outputs.status).toBe('failed')
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(errorOf(run)).toContain('\nSkipped the rollback: another revision is now active or in progress.\n')
    expect(await world.writes()).toEqual([PATCH])
    expect(await world.revisions(id)).toHaveLength(3)
  })

  test('after BUILD_FAILED', async () => {
    await world.github()
    await world.api.scenario({ revisions: [{ nth: 2, final: 'BUILD_FAILED' }] })
    const run = await runMain(world, ROLL_BACK)
    expect(run.runner.outputs).toMatchObject({ status: 'failed', 'revision-status': 'BUILD_FAILED' })
    expect(await world.writes()).toEqual([PATCH])
  })

  test('while another revision is under way', async () => {
    const id = await arrange(BROKEN, { nth: 3, final: null })
    pushWhileAsked(id)
    const run = await deploy()
    expect(run.runner.outputs).toMatchObject({
      status: 'failed',
      'revision-id': idsOf(await world.revisions(id))[1]
    })
    expect(errorOf(run)).toContain('Skipped the rollback: another revision is now active or in progress.')
    expect(await world.writes()).toEqual([PATCH])
    expect(await world.revisions(id)).toHaveLength(3)
  })

  test('when another revision is latest, even one that failed', async () => {
    const id = await arrange(BROKEN, { nth: 3, final: 'DEPLOY_FAILED' })
    pushWhileAsked(id)
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('failed')
    expect(await world.writes()).toEqual([PATCH])
  })

  test('when another revision is active', async () => {
    const id = await arrange(BROKEN, { nth: 3, ok: [503], info_after_ms: null })
    pushWhileAsked(id)
    const run = await deploy({ timeout: '1m' })
    expect(['timed-out', 'superseded']).toContain(run.runner.outputs.status)
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(await world.writes()).toEqual([PATCH])
    expect((await world.deployment(id)).active_revision_id).toBe(idsOf(await world.revisions(id))[0])
  })

  test('when ours never became the active one: the one before serves', async () => {
    await arrange({ nth: 2, active_after_ms: null })
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('failed')
    expect(await world.writes()).toEqual([PATCH])
  })

  test('when ours is superseded', async () => {
    const id = await arrange(BROKEN)
    pushWhileAsked(id)
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('superseded')
    expect(await world.writes()).toEqual([PATCH])
  })

  test('of a first deployment, for there is nothing to go back to', async () => {
    await world.api.scenario({ revisions: [{ ok: [503] }] })
    const run = await deploy()
    expect(run.runner.outputs).toMatchObject({ status: 'failed', created: 'true' })
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(errorOf(run)).toMatch(/Skipped the rollback: no revision was active before \S+\./)
    expect(await world.writes()).toEqual(['POST /v2/deployments'])
  })

  test('of a deployment none of whose revisions has served', async () => {
    await world.api.scenario({ revisions: [{ nth: 1, final: 'DEPLOY_FAILED' }, BROKEN] })
    await world.images(OLD_IMAGE)
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('failed')
    expect(errorOf(run)).toContain('no revision was active before ')
    expect(await world.writes()).toEqual([PATCH])
  })

  test('by `wait`, which says that it does not use the input', async () => {
    await pushAnother(await arrange(BROKEN))
    const run = await runMain(world, { command: 'wait', ...ROLL_BACK })
    expect(run.runner.outputs.status).toBe('failed')
    expect(run.runner.texts('notice')).toEqual([
      expect.stringMatching(/^Ignored `rollback-on-failure`: not used by `command: wait`\./)
    ])
    expect(await world.writes()).toEqual([])
  })

  test('of a revision that somebody else made and that is followed', async () => {
    const id = await arrange({ nth: 2, final: 'SKIPPED', push: { at: 'QUEUED' } }, { nth: 3, ok: [503] })
    const run = await deploy({ 'on-superseded': 'follow' })
    expect(run.runner.outputs).toMatchObject({ status: 'failed', 'revision-id': idsOf(await world.revisions(id))[0] })
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(await world.writes()).toEqual([PATCH])
  })

  test('of a revision that took over while ours was asked, and is followed', async () => {
    const id = await arrange(BROKEN, { nth: 3, ok: [503] })
    pushWhileAsked(id)
    const run = await deploy({ 'on-superseded': 'follow' })
    expect(run.runner.outputs).toMatchObject({ status: 'failed', 'revision-id': idsOf(await world.revisions(id))[0] })
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(await world.writes()).toEqual([PATCH])
  })
})

describe('a roll back that does not succeed', () => {
  const expectOurs = async (run: Run, id: string) => {
    const ours = idsOf(await world.revisions(id)).at(-2)
    expect(run.runner.outputs).toMatchObject({ status: 'failed', 'revision-id': ours, 'active-revision-id': ours })
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(run.runner.texts('error')).toHaveLength(1)
    expect(errorOf(run)).toMatch(/its health check failed for 3 min(?: \d s)?: GET/)
  }

  test('as its revision fails says so', async () => {
    const id = await arrange(BROKEN, { nth: 3, final: 'DEPLOY_FAILED' })
    const run = await deploy()
    await expectOurs(run, id)
    const previous = idsOf(await world.revisions(id)).at(-1)
    const [rescue, ours] = idsOf(await world.revisions(id))
    expect(errorOf(run)).toMatch(
      new RegExp(`The rollback to ${previous} failed in revision ${rescue}: .*DEPLOY_FAILED`)
    )
    expect(errorOf(run)).toContain(`\nRevision ${ours} is still active.\n`)
    expect(errorOf(run)).toMatch(/Deploy a corrected version, or roll back with `command: redeploy`/)
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
  })

  test('as its revision never appears says so', async () => {
    const id = await arrange(BROKEN, { nth: 3, appear_after_ms: 3_600_000 })
    const run = await deploy()
    await expectOurs(run, id)
    expect(errorOf(run)).toMatch(/The rollback failed: no revision created from \S+ appeared\./)
  })

  test('as its revision is skipped for a newer one says so', async () => {
    const id = await arrange(BROKEN, { nth: 3, final: 'SKIPPED', push: { at: 'QUEUED' } })
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('failed')
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(errorOf(run)).toMatch(/failed in revision \S+: The revision was skipped \(SKIPPED\)/)
    expect(await world.revisions(id)).toHaveLength(4)
  })

  test('as the server is out of order was sent three times', async () => {
    const id = await arrange(BROKEN)
    await world.api.scenario({
      revisions: [BROKEN],
      faults: [onRedeploy({ action: 'status', status: 503, times: null })]
    })
    const run = await deploy()
    await expectOurs(run, id)
    expect(errorOf(run)).toContain('The rollback failed: The redeploy request was sent three times')
    expect(await world.writes()).toEqual([PATCH, REDEPLOY, REDEPLOY, REDEPLOY])
  })

  test.each([403, 404])('as it is refused with %d was sent once', async (status) => {
    const id = await arrange(BROKEN)
    await world.api.scenario({ revisions: [BROKEN], faults: [onRedeploy({ action: 'status', status, times: null })] })
    const run = await deploy()
    await expectOurs(run, id)
    expect(errorOf(run)).toMatch(
      new RegExp(
        `The rollback failed: LangSmith returned ${status} for POST \\S+/redeploy\\.\nRevision \\S+ is still active\\.`
      )
    )
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
  })

  test.each<[string, Json]>([
    ['the connection is cut', { action: 'cut', commit: true }],
    ['503 is answered', { action: 'status', status: 503, commit: true }],
    ['504 is answered 5 s before it', { action: 'status', status: 504, commit: { after_ms: 5_000 } }]
  ])('does so all the same, once, when only its answer is lost: %s', async (_, fault) => {
    const id = await arrange(BROKEN)
    await world.api.scenario({ revisions: [BROKEN], faults: [onRedeploy(fault)] })
    const run = await deploy()
    const [rescue, ours, previous] = idsOf(await world.revisions(id))
    expect(run.runner.outputs).toMatchObject({
      status: 'failed',
      'revision-id': ours,
      'rolled-back-to': previous,
      'active-revision-id': rescue
    })
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
  })
})

describe('a cancellation during a roll back', () => {
  const interrupting = { 'on-cancel': 'interrupt' }

  test.each<[string, Json]>([
    ['while it is waited for', {}],
    ['while its lost answer is looked for', { faults: [onRedeploy({ action: 'cut', commit: { after_ms: 5_000 } })] }]
  ])('%s interrupts nothing: it is the cure', async (_, more) => {
    const id = await arrange()
    await world.api.scenario({ revisions: [BROKEN, { nth: 3, final: null }], ...more })
    const run = await deploy(interrupting, { meanwhile: ({ cancellation }) => whileRollingBack(cancellation.cancel) })
    world.clock.restart()
    world.clock.skip(10_000)
    const ours = idsOf(await world.revisions(id)).at(-2)
    expect(run.runner.outputs).toMatchObject({
      status: 'cancelled',
      'revision-id': ours,
      'revision-status': 'DEPLOYED'
    })
    await runPost(world, { 'image-uri': IMAGE, ...interrupting }, run.runner.saved)
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
    expect((await world.revisions(id)).map(({ status }) => status)).toEqual(['DEPLOYING', 'DEPLOYED', 'DEPLOYED'])
  })

  test('by which the run was killed, interrupts nothing either', async () => {
    const id = await arrange(BROKEN, { nth: 3, final: null })
    let saved: Readonly<Record<string, string>> = {}
    await deploy(interrupting, {
      meanwhile: ({ runner, cancellation }) =>
        whileRollingBack(() => {
          saved = runner.saved
          cancellation.cancel()
        })
    })
    world.clock.restart()
    expect(JSON.parse(saved.memory ?? '')).toMatchObject({ done: false, interrupt: true })
    const post = await runPost(world, { 'image-uri': IMAGE, ...interrupting }, saved)
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
    world.clock.skip(10_000)
    expect((await world.revisions(id))[0]?.status).toBe('DEPLOYING')
    expect(post.texts('warning')).toEqual([])
  })

  test('says what is under way, and why', async () => {
    const id = await arrange(BROKEN, { nth: 3, final: null })
    const run = await deploy(interrupting, { meanwhile: ({ cancellation }) => whileRollingBack(cancellation.cancel) })
    world.clock.restart()
    const previous = idsOf(await world.revisions(id)).at(-1)
    expect(run.runner.texts('error')).toHaveLength(1)
    expect(errorOf(run)).toMatch(
      /^The job was cancelled\.\nThe revision is DEPLOYED, but its health check failed for 3 min(?: \d s)?: GET \S+\/ok returned 503\. /
    )
    expect(errorOf(run)).toContain(` A rollback to revision ${previous} was in progress and continues.`)
  })

  test('before it was begun does not say that it is under way', async () => {
    await arrange(BROKEN)
    const run = await deploy(interrupting, { meanwhile: ({ cancellation }) => whileLookingBehind(cancellation.cancel) })
    expect(run.runner.outputs.status).toBe('cancelled')
    expect(await world.writes()).toEqual([PATCH])
    expect(errorOf(run)).toContain('The revision is DEPLOYED')
    expect(errorOf(run)).not.toContain('under way')
  })
})

describe('a redeploy that does not serve', () => {
  test('is rolled back to the one that it had replaced', async () => {
    const id = await world.images('a:1', 'a:2', 'a:3')
    await world.api.scenario({ revisions: [{ nth: 4, ok: [503] }] })
    const run = await runMain(world, { command: 'redeploy', ...ROLL_BACK })
    const [rescue, ours, previous] = idsOf(await world.revisions(id))
    expect(run.runner.outputs).toMatchObject({
      status: 'failed',
      'revision-id': ours,
      'rolled-back-to': previous,
      'active-revision-id': rescue
    })
    expect(await world.imagesOf(id)).toEqual(['a:3', 'a:2', 'a:3', 'a:2', 'a:1'])
    expect(await world.writes()).toEqual([REDEPLOY, REDEPLOY])
  })

  test('is not rolled back after DEPLOY_FAILED', async () => {
    await world.images('a:1', 'a:2')
    await world.api.scenario({ revisions: [{ nth: 3, final: 'DEPLOY_FAILED' }] })
    const run = await runMain(world, { command: 'redeploy', ...ROLL_BACK })
    expect(run.runner.outputs.status).toBe('failed')
    expect(await world.writes()).toEqual([REDEPLOY])
  })
})
