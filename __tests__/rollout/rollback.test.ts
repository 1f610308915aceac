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
/** Our revision, the second one of the deployment, is rolled out and does not work. */
const BROKEN = { nth: 2, ok: [503] }
const onRedeploy = (fault: Json): Json => ({ method: 'POST', path: '**/redeploy', ...fault })

const deploy = (inputs: Inputs = {}, options: RunOptions = {}) =>
  runMain(world, { 'image-uri': IMAGE, ...ROLL_BACK, ...inputs }, options)

/** Creates a working deployment, and scripts its next revisions. */
async function arrange(...revisions: readonly Json[]): Promise<string> {
  const id = await world.images(OLD_IMAGE)
  await world.api.scenario({ revisions })
  return id
}

/**
 * The same with agents without auth: LangSmith's own auth returns 403 for every unknown path.
 */
async function arrangeOpen(...revisions: readonly Json[]): Promise<void> {
  await arrange()
  await world.api.scenario({ revisions, agent: { auth: { kind: 'none' } } })
}

/** Calls in the first pause after the start of the rollback. */
const whileRollingBack = (action: () => unknown) =>
  world.clock.onceInPause(async () => (await world.writes()).includes(REDEPLOY), action)

/** Calls during the read of the list for the rollback target. The first read fails. */
const whileLookingBehind = (action: () => unknown) => {
  let stage: 'before' | 'arranged' | 'done' = 'before'
  world.clock.duringPauses(async () => {
    const last = (await world.api.requests()).at(-1)
    if (stage === 'before' && String(last?.path).endsWith('/ok')) {
      stage = 'arranged'
      // The first read searches for a newer active revision.
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

/** Pushes another revision after three health checks of ours. */
const pushWhileAsked = (id: string) =>
  world.clock.onceInPause(
    async () => (await world.requests()).filter((request) => request.endsWith('/ok')).length >= 3,
    () => pushAnother(id)
  )

describe('a rollout whose revision does not work', () => {
  test('is rolled back and fails', async () => {
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

  test('reports the rollback in one error with both revisions and the cause', async () => {
    const id = await arrange({ ...BROKEN, deploy_log: ['Traceback: it broke'] })
    const run = await deploy()
    const [rescue, , previous] = idsOf(await world.revisions(id))
    expect(run.runner.texts('error')).toHaveLength(1)
    expect(errorOf(run)).toMatch(/its health check failed for 3 min(?: \d s)?: GET \S+\/ok returned 503\./)
    expect(errorOf(run)).toContain(
      `\nRolled back to the code of revision ${previous}.\nActive now: revision ${rescue}, created from revision ${previous}.\n`
    )
    expect(errorOf(run)).toContain('Traceback: it broke')
    expect(run.runner.texts('warning')).toEqual([])
    expect(run.runner.texts('info')).toContain(`Rolling back to revision ${previous}.`)
    expect(run.runner.texts('summary').join()).toMatch(new RegExp(`Rolled back to.*${previous}`))
  })

  test('skips a target with the same code if nothing else changed', async () => {
    const id = await world.images(OLD_IMAGE, DIGEST)
    await world.api.scenario({ revisions: [{ nth: 3, ok: [503] }, { nth: 4 }] })
    const run = await deploy({ 'image-uri': DIGEST })
    const [, ours, same, good] = idsOf(await world.revisions(id))
    expect(run.runner.outputs).toMatchObject({ status: 'failed', 'revision-id': ours, 'rolled-back-to': good })
    expect(run.runner.texts('info')).toContain(
      `Skipped revision ${same}, because it has the code of revision ${ours}, and that revision failed the proof.`
    )
    expect(await world.imagesOf(id)).toEqual([OLD_IMAGE, DIGEST, DIGEST, OLD_IMAGE])
  })

  test('explains a skipped rollback if all earlier revisions have the same code', async () => {
    await world.images(DIGEST)
    await world.api.scenario({ revisions: [BROKEN] })
    const run = await deploy({ 'image-uri': DIGEST })
    expect(errorOf(run)).toMatch(
      /Skipped the rollback: no other revision was active before revision \S+\. Skipped revision \S+, because it has the code of/
    )
    expect(await world.writes()).toEqual([PATCH])
  })

  test('is rolled back if the deployment does not report its latest revision', async () => {
    const id = await arrange(BROKEN)
    const isAsked = async () => (await world.requests()).some((request) => request.endsWith('/ok'))
    world.clock.onceInPause(isAsked, async () => {
      const body = { ...(await world.deployment(id)), latest_revision_id: null }
      // The read for a newer revision, and the read before the rollback.
      const fault = { method: 'GET', path: '/v2/deployments/*', action: 'status', status: 200, times: 2, body }
      await world.api.scenario({ faults: [fault] })
    })
    const run = await deploy()
    expect(run.runner.outputs['rolled-back-to']).toBe(idsOf(await world.revisions(id))[2])
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
  })

  test('reports the built commit if the branch of the target has moved', async () => {
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
    expect(errorOf(run)).toContain(`built from commit ${BAD}, not from commit ${GOOD} of revision ${good}`)
  })

  test('is not rolled back if the deployment was deleted', async () => {
    const id = await arrange({ nth: 2 })
    world.clock.onceInPause(
      async () => (await world.revisions(id))[0]?.status === 'DEPLOYED' && (await world.writes()).length > 0,
      () => world.api.ask(204, 'DELETE', `/v2/deployments/${id}?delete_tracing_project=false`)
    )
    const run = await deploy()
    expect(await world.writes()).not.toContain(REDEPLOY)
    expect(run.runner.texts('info').join('\n')).not.toContain('Rolling back')
  })

  test('is rolled back without the advice to redeploy, which would restore it', async () => {
    await arrange(BROKEN)
    const error = errorOf(await deploy())
    expect(error).not.toContain('`command: redeploy`')
    expect(error).toMatch(/\nRead the deploy log of the revision in LangSmith\.$/)
  })

  test('reports a target that does not work either', async () => {
    const id = await arrange(BROKEN, { nth: 3, ok: [503] })
    const run = await deploy()
    const [rescue, ours, previous] = idsOf(await world.revisions(id))
    expect(run.runner.outputs).toMatchObject({ status: 'failed', 'revision-id': ours, 'active-revision-id': rescue })
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(run.runner.texts('error')).toHaveLength(1)
    expect(errorOf(run)).toContain(
      `\nThe rollback created revision ${rescue} from revision ${previous}, but revision ${rescue} did not pass its checks either.\n`
    )
    expect(errorOf(run)).not.toMatch(/Active now|`command: redeploy`/)
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
  })

  test('reports a target that does not become active', async () => {
    const id = await arrange(BROKEN, { nth: 3, active_after_ms: null })
    const run = await deploy()
    const [rescue, ours, previous] = idsOf(await world.revisions(id))
    expect(run.runner.outputs).toMatchObject({ status: 'failed', 'revision-id': ours, 'active-revision-id': ours })
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(errorOf(run)).toContain(
      `\nThe rollback created revision ${rescue} from revision ${previous}, but revision ${rescue} did not become active.\n`
    )
  })

  test('checks the target until it works', async () => {
    const id = await arrange(BROKEN, { nth: 3, ok: [503, 503, 200] })
    const run = await deploy()
    const [rescue, , previous] = idsOf(await world.revisions(id))
    expect(run.runner.outputs).toMatchObject({ 'rolled-back-to': previous, 'active-revision-id': rescue })
    const requests = await world.requests()
    expect(requests.slice(requests.indexOf(REDEPLOY)).filter((request) => request.endsWith('/ok'))).toHaveLength(3)
  })

  test('reports a target that could not be checked in time', async () => {
    // The rollback also has 200 s, most of which its revision takes.
    const id = await arrange(BROKEN, { nth: 3, ok: [503], step_ms: 44_000 })
    const run = await deploy({ timeout: '200s' })
    const [rescue, , previous] = idsOf(await world.revisions(id))
    expect(run.runner.outputs.status).toBe('failed')
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(errorOf(run)).toContain(
      `The rollback created revision ${rescue} from revision ${previous}, but revision ${rescue} did not pass`
    )
  })

  test('is not rolled back over a newer revision that replaces the target', async () => {
    const id = await arrange(BROKEN, { nth: 3, ok: [503] })
    onceRescueIsAsked(world, 3, () => pushAnother(id))
    const run = await deploy({ 'on-superseded': 'follow' })
    const [newest, , ours, previous] = idsOf(await world.revisions(id))
    expect(run.runner.outputs).toMatchObject({ status: 'failed', 'revision-id': ours, 'active-revision-id': newest })
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(errorOf(run)).toContain(`Rolled back to revision ${previous}, but a newer revision is now active.`)
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
  })

  test('is rolled back to an unreachable target, which counts as working', async () => {
    const id = await arrange(BROKEN)
    const faults = [{ path: '/agents/**', action: 'status', status: 404, times: null }]
    whileRollingBack(() => world.api.scenario({ faults }))
    const run = await deploy()
    const [rescue, , previous] = idsOf(await world.revisions(id))
    expect(run.runner.outputs).toMatchObject({ 'rolled-back-to': previous, 'active-revision-id': rescue })
    expect(errorOf(run)).toContain('Active now: revision ')
  })

  test('is rolled back to the revision that was active before the run, not to the newest one', async () => {
    await world.api.scenario({ revisions: [{ nth: 3, final: 'DEPLOY_FAILED' }] })
    const id = await world.images('a:1', 'a:2', 'a:3')
    await world.api.scenario({ revisions: [{ nth: 4, ok: [503] }] })
    const run = await deploy()
    expect(await world.imagesOf(id)).toEqual(['a:2', IMAGE, 'a:3', 'a:2', 'a:1'])
    expect(run.runner.outputs['rolled-back-to']).toBe(idsOf(await world.revisions(id))[3])
  })

  test('is rolled back to a revision that became active after the start of the run', async () => {
    const id = await arrange({ nth: 3, ok: [503] })
    // It is in progress at the start of the run, and becomes active before ours.
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

  test('is rolled back to a revision that a rollback created', async () => {
    const id = await arrange(BROKEN)
    await deploy()
    await world.api.scenario({ revisions: [{ nth: 4, ok: [503] }] })
    const run = await deploy({ 'image-uri': 'a:4' })
    expect(await world.imagesOf(id)).toEqual([OLD_IMAGE, 'a:4', OLD_IMAGE, IMAGE, OLD_IMAGE])
    expect(run.runner.outputs['rolled-back-to']).toBe(idsOf(await world.revisions(id))[2])
  })

  test('is rolled back to the last active revision, even if 100 failed since', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.api.scenario({ revisions: [{ nth: 105, ok: [503] }, { nth: 106 }, { statuses: ['CREATE_FAILED'] }] })
    const [first] = idsOf(await world.revisions(id))
    for (let nth = 2; nth < 105; nth += 1) await pushAnother(id)
    const run = await deploy()
    expect(run.runner.outputs).toMatchObject({ status: 'failed', 'rolled-back-to': first })
    expect((await world.imagesOf(id)).slice(0, 3)).toEqual([OLD_IMAGE, IMAGE, 'a:pushed'])
  })

  test('is rolled back if another revision responds', async () => {
    await arrange({ nth: 2, info_after_ms: null })
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('failed')
    expect(run.runner.outputs['rolled-back-to']).toBe(run.runner.outputs['previous-revision-id'])
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
  })

  test('is rolled back after an inconclusive health check with health-check: true', async () => {
    await arrangeOpen({ nth: 2 })
    const run = await deploy({ 'health-check': 'true', 'health-path': '/alive' })
    expect(run.runner.outputs.status).toBe('failed')
    // The previous revision lacks the path, too.
    expect(errorOf(run)).toContain('did not pass its checks either.')
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
  })

  test.each([
    ['without `rollback-on-failure`', { 'rollback-on-failure': 'false' }],
    ['with health-check: false', { 'health-check': 'false' }],
    ['with wait: false', { wait: 'false' }]
  ])('is not rolled back %s', async (_, inputs) => {
    await arrange(BROKEN)
    const run = await deploy(inputs)
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(await world.writes()).toEqual([PATCH])
  })

  test('is not rolled back if the server is unreachable, which is a warning', async () => {
    await arrangeOpen()
    const run = await deploy({ 'health-path': '/alive' })
    expect(run.runner.outputs.status).toBe('deployed')
    expect(await world.writes()).toEqual([PATCH])
  })

  test('of a GitHub source is rolled back to the previous commit', async () => {
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

describe('the time limit of a rollback', () => {
  test('is a whole `timeout`, even at the end of the run', async () => {
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
    'ends the wait, and the rollback continues with on-timeout: %s',
    async (onTimeout) => {
      const id = await arrange(BROKEN, { nth: 3, final: null })
      const run = await deploy({ timeout: '200s', 'on-timeout': onTimeout })
      const [rescue, ours, previous] = await world.revisions(id)
      expect(run.runner.outputs).toMatchObject({ status: 'failed', 'revision-id': ours?.id })
      expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
      expect(errorOf(run)).toContain(
        `\nA rollback to revision ${previous?.id} was in progress when the timeout expired, and continues.\n`
      )
      expect(errorOf(run)).not.toContain('The rollback failed')
      expect(rescue?.status).toBe('DEPLOYING')
      expect(secondsOf(run)).toBeGreaterThanOrEqual(380)
      expect(secondsOf(run)).toBeLessThan(405)
      expect(await world.writes()).toEqual([PATCH, REDEPLOY])
    }
  )

  test('ends without the advice to redeploy, because the rollback continues', async () => {
    await arrange(BROKEN, { nth: 3, final: null })
    const error = errorOf(await deploy({ timeout: '200s' }))
    expect(error).toContain('was in progress when the timeout expired, and continues')
    expect(error).not.toContain('`command: redeploy`')
  })

  test('before the first write reports no rollback in progress', async () => {
    await arrange(BROKEN)
    whileLookingBehind(() => world.clock.skip(600_000))
    const run = await deploy({ timeout: '10m' })
    expect(run.runner.outputs.status).toBe('failed')
    expect(errorOf(run)).toContain('\nThe rollback failed: the timeout expired.\n')
    expect(errorOf(run)).not.toContain('in progress')
    expect(await world.writes()).toEqual([PATCH])
  })
})

describe('the rollback is skipped', () => {
  test.each(['CREATE_FAILED', 'DEPLOY_FAILED', 'INTERRUPTED'])(
    'after %s, because the previous revision is still active',
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

  test.each(['auto', 'true'])(
    'after a timeout, because the revision may still start, with health-check: %s',
    async (check) => {
      await arrange(BROKEN)
      const run = await deploy({ timeout: '1m', 'health-check': check })
      expect(run.runner.outputs).toMatchObject({ status: 'timed-out', 'revision-status': 'DEPLOYED' })
      expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
      expect(errorOf(run)).not.toMatch(/rolled back to|the rollback failed/i)
      expect(await world.writes()).toEqual([PATCH])
      expect(secondsOf(run)).toBeLessThan(63)
    }
  )

  test('after a timeout without a response, with health-check: true', async () => {
    await arrangeOpen()
    const run = await deploy({ timeout: '1m', 'health-check': 'true', 'health-path': '/alive' })
    expect(run.runner.outputs.status).toBe('timed-out')
    expect(await world.writes()).toEqual([PATCH])
  })

  test('if another push arrives right before the redeploy', async () => {
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

  test('if another revision is in progress', async () => {
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

  test('if another revision is the latest one, even a failed one', async () => {
    const id = await arrange(BROKEN, { nth: 3, final: 'DEPLOY_FAILED' })
    pushWhileAsked(id)
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('failed')
    expect(await world.writes()).toEqual([PATCH])
  })

  test('if another revision is active', async () => {
    const id = await arrange(BROKEN, { nth: 3, ok: [503], info_after_ms: null })
    pushWhileAsked(id)
    const run = await deploy({ timeout: '1m' })
    expect(['timed-out', 'superseded']).toContain(run.runner.outputs.status)
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(await world.writes()).toEqual([PATCH])
    expect((await world.deployment(id)).active_revision_id).toBe(idsOf(await world.revisions(id))[0])
  })

  test('if ours never became active', async () => {
    await arrange({ nth: 2, active_after_ms: null })
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('failed')
    expect(await world.writes()).toEqual([PATCH])
  })

  test('if ours is superseded', async () => {
    const id = await arrange(BROKEN)
    pushWhileAsked(id)
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('superseded')
    expect(await world.writes()).toEqual([PATCH])
  })

  test('for a first deployment', async () => {
    await world.api.scenario({ revisions: [{ ok: [503] }] })
    const run = await deploy()
    expect(run.runner.outputs).toMatchObject({ status: 'failed', created: 'true' })
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(errorOf(run)).toMatch(/Skipped the rollback: no revision was active before revision \S+\./)
    expect(await world.writes()).toEqual(['POST /v2/deployments'])
  })

  test('if no earlier revision was active', async () => {
    await world.api.scenario({ revisions: [{ nth: 1, final: 'DEPLOY_FAILED' }, BROKEN] })
    await world.images(OLD_IMAGE)
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('failed')
    expect(errorOf(run)).toContain('no revision was active before ')
    expect(await world.writes()).toEqual([PATCH])
  })

  test('for `command: wait`, which reports the unused input', async () => {
    await pushAnother(await arrange(BROKEN))
    const run = await runMain(world, { command: 'wait', ...ROLL_BACK })
    expect(run.runner.outputs.status).toBe('failed')
    expect(run.runner.texts('notice')).toEqual([
      expect.stringMatching(/^Ignored `rollback-on-failure`: not used by `command: wait`\./)
    ])
    expect(await world.writes()).toEqual([])
  })

  test('for a followed revision of another run', async () => {
    const id = await arrange({ nth: 2, final: 'SKIPPED', push: { at: 'QUEUED' } }, { nth: 3, ok: [503] })
    const run = await deploy({ 'on-superseded': 'follow' })
    expect(run.runner.outputs).toMatchObject({ status: 'failed', 'revision-id': idsOf(await world.revisions(id))[0] })
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(await world.writes()).toEqual([PATCH])
  })

  test('for a newer revision that is followed after the health check', async () => {
    const id = await arrange(BROKEN, { nth: 3, ok: [503] })
    pushWhileAsked(id)
    const run = await deploy({ 'on-superseded': 'follow' })
    expect(run.runner.outputs).toMatchObject({ status: 'failed', 'revision-id': idsOf(await world.revisions(id))[0] })
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(await world.writes()).toEqual([PATCH])
  })
})

describe('a failed rollback', () => {
  const expectOurs = async (run: Run, id: string) => {
    const ours = idsOf(await world.revisions(id)).at(-2)
    expect(run.runner.outputs).toMatchObject({ status: 'failed', 'revision-id': ours, 'active-revision-id': ours })
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(run.runner.texts('error')).toHaveLength(1)
    expect(errorOf(run)).toMatch(/its health check failed for 3 min(?: \d s)?: GET/)
  }

  test('reports that its revision failed', async () => {
    const id = await arrange(BROKEN, { nth: 3, final: 'DEPLOY_FAILED' })
    const run = await deploy()
    await expectOurs(run, id)
    const previous = idsOf(await world.revisions(id)).at(-1)
    const [rescue, ours] = idsOf(await world.revisions(id))
    expect(errorOf(run)).toMatch(
      new RegExp(`The rollback to revision ${previous} failed in revision ${rescue}: .*DEPLOY_FAILED`)
    )
    expect(errorOf(run)).toContain(`\nRevision ${ours} is still active.\n`)
    expect(errorOf(run)).toMatch(/Deploy a corrected version, or roll back with `command: redeploy`/)
    expect(await world.writes()).toEqual([PATCH, REDEPLOY])
  })

  test('reports that its revision never appeared', async () => {
    const id = await arrange(BROKEN, { nth: 3, appear_after_ms: 3_600_000 })
    const run = await deploy()
    await expectOurs(run, id)
    expect(errorOf(run)).toMatch(/The rollback failed: no revision created from revision \S+ appeared\./)
  })

  test('reports that its revision was skipped', async () => {
    const id = await arrange(BROKEN, { nth: 3, final: 'SKIPPED', push: { at: 'QUEUED' } })
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('failed')
    expect(run.runner.outputs['rolled-back-to']).toBeUndefined()
    expect(errorOf(run)).toMatch(/failed in revision \S+: the revision was skipped \(SKIPPED\)/)
    expect(await world.revisions(id)).toHaveLength(4)
  })

  test('is reported after three requests to a server with errors', async () => {
    const id = await arrange(BROKEN)
    await world.api.scenario({
      revisions: [BROKEN],
      faults: [onRedeploy({ action: 'status', status: 503, times: null })]
    })
    const run = await deploy()
    await expectOurs(run, id)
    expect(errorOf(run)).toContain('The rollback failed: the redeploy request was sent three times')
    expect(await world.writes()).toEqual([PATCH, REDEPLOY, REDEPLOY, REDEPLOY])
  })

  test.each([403, 404])('is reported after one request that returns %d', async (status) => {
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
    ['the server returns 503', { action: 'status', status: 503, commit: true }],
    ['the server returns 504 and commits 5 s later', { action: 'status', status: 504, commit: { after_ms: 5_000 } }]
  ])('that only lost its response succeeds with one request: %s', async (_, fault) => {
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

describe('a cancellation during a rollback', () => {
  const interrupting = { 'on-cancel': 'interrupt' }

  test.each<[string, Json]>([
    ['while its revision is polled', {}],
    [
      'while the effect of its lost request is searched',
      { faults: [onRedeploy({ action: 'cut', commit: { after_ms: 5_000 } })] }
    ]
  ])('%s does not interrupt the rollback', async (_, more) => {
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

  test('that kills the run does not interrupt the rollback', async () => {
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

  test('reports the rollback in progress and its cause', async () => {
    const id = await arrange(BROKEN, { nth: 3, final: null })
    const run = await deploy(interrupting, { meanwhile: ({ cancellation }) => whileRollingBack(cancellation.cancel) })
    world.clock.restart()
    const previous = idsOf(await world.revisions(id)).at(-1)
    expect(run.runner.texts('error')).toHaveLength(1)
    expect(errorOf(run)).toMatch(
      /^The job was canceled\.\nThe revision is deployed, but its health check failed for 3 min(?: \d s)?: GET \S+\/ok returned 503\. /
    )
    expect(errorOf(run)).toContain(` A rollback to revision ${previous} was in progress and continues.`)
  })

  test('before the first write reports no rollback in progress', async () => {
    await arrange(BROKEN)
    const run = await deploy(interrupting, { meanwhile: ({ cancellation }) => whileLookingBehind(cancellation.cancel) })
    expect(run.runner.outputs.status).toBe('cancelled')
    expect(await world.writes()).toEqual([PATCH])
    expect(errorOf(run)).toContain('The revision is deployed')
    expect(errorOf(run)).not.toContain('in progress')
  })
})

describe('a redeploy whose revision does not work', () => {
  test('is rolled back to the revision that it replaced', async () => {
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
