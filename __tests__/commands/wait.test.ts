import { describe, expect, test } from '@jest/globals'
import { create, dockerBody, githubBody, type Json, UNKNOWN_ID } from '../emulator/support.ts'
import { COMMIT } from '../inputs/environment.ts'
import { failureOf } from '../support/failure.ts'
import { IMAGE, idsOf, OLD_IMAGE, REPOSITORY, useWorld } from '../support/world.ts'

const world = useWorld({ deleteMs: 3_600_000 })

const OLDER = '1111111111111111111111111111111111111111'
const NEWER = '9999999999999999999999999999999999999999'

const wait = (inputs: Readonly<Record<string, string>> = {}) => world.play({ command: 'wait', ...inputs })

/** What LangSmith does at a push: a revision of the same branch, whose commit the scenario tells. */
const push = (id: string) =>
  world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { repo_ref: 'main' } })

/** A deployment of this repository with build-on-push, whose revisions get these commits in turn; one is deployed. */
async function pushed(commits: readonly string[], rule: Json = {}): Promise<string> {
  await world.api.scenario({
    revisions: commits.map((commit, index) => ({ nth: index + 1, commit, ...(index === 0 ? {} : rule) }))
  })
  return world.github({ build_on_push: true })
}

describe('a deployment without build-on-push', () => {
  test('waits for its newest revision', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: IMAGE } })
    const { verdict, facts } = await wait()
    const [newest] = idsOf(await world.revisions(id))
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts).toMatchObject({ own: false, created: false, revision: { id: newest, status: 'DEPLOYED' } })
    expect((await world.deployment(id)).active_revision_id).toBe(newest)
    expect(await world.writes()).toEqual([])
  })

  test('never takes an older DEPLOYED revision for the answer', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.api.scenario({ revisions: [{ final: 'DEPLOY_FAILED' }] })
    await world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: IMAGE } })
    const { verdict, facts } = await wait()
    expect(verdict).toMatchObject({ status: 'failed', reason: expect.stringContaining('DEPLOY_FAILED') })
    expect(facts.revision?.id).toBe(idsOf(await world.revisions(id))[0])
  })

  test('has half a minute to get its first revision', async () => {
    await world.api.scenario({ revisions: [{ appear_after_ms: 25_000 }] })
    await create(world.api, dockerBody({ name: 'agent' }))
    expect((await wait()).verdict).toEqual({ status: 'deployed' })
  })

  test('fails when there is no revision after half a minute', async () => {
    await create(world.api, { ...dockerBody({ name: 'agent' }), source: 'internal_docker' })
    const since = world.clock.now()
    const { verdict } = await wait()
    expect(verdict).toMatchObject({ status: 'failed', reason: 'The deployment "agent" has no revision to wait for.' })
    expect(world.clock.now() - since).toBeGreaterThanOrEqual(30_000)
    expect(world.clock.now() - since).toBeLessThan(35_000)
  })
})

describe('a deployment with build-on-push', () => {
  test('waits for the revision of the commit of the run until it appears, and then until it serves', async () => {
    const id = await pushed([OLDER, COMMIT])
    let before: readonly string[] = []
    world.clock.duringPauses(async (nth) => {
      if (nth !== 20) return
      before = idsOf(await world.revisions(id))
      await push(id)
    })
    const { verdict, facts } = await wait()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(before).not.toContain(facts.revision?.id)
    expect(facts.revision).toMatchObject({ status: 'DEPLOYED', source_revision_config: { repo_commit_sha: COMMIT } })
    expect(await world.writes()).toEqual([])
  })

  test('waits for a revision that tells its commit only late', async () => {
    const id = await pushed([OLDER, COMMIT], { commit_from: 'DEPLOYED' })
    await push(id)
    const { verdict, facts } = await wait()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts.revision?.id).toBe(idsOf(await world.revisions(id))[0])
  })

  test('knows the commit on a server that answers it in place of the ref', async () => {
    const id = await pushed([COMMIT])
    await world.api.scenario({ server: { resolve_ref: true } })
    const { verdict, facts } = await wait()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts.revision?.id).toBe(idsOf(await world.revisions(id))[0])
  })

  test('fails when the build of the commit fails', async () => {
    const id = await pushed([OLDER, COMMIT], { final: 'BUILD_FAILED' })
    await push(id)
    expect((await wait()).verdict).toMatchObject({ status: 'failed', reason: expect.stringContaining('BUILD_FAILED') })
  })

  test.each([
    ['warn', { status: 'superseded', passes: true }],
    ['fail', { status: 'superseded', passes: false }],
    ['follow', { status: 'deployed' }]
  ])(
    'is overtaken by a newer commit that is deployed instead, with on-superseded: %s',
    async (onSuperseded, expected) => {
      const id = await pushed([OLDER, NEWER])
      world.clock.duringPauses(async (nth) => {
        if (nth === 3) await push(id)
      })
      const { verdict, facts } = await wait({ 'on-superseded': onSuperseded })
      expect(verdict).toMatchObject(expected)
      if ('reason' in verdict) expect(verdict.reason).toMatch(new RegExp(`${COMMIT}.*${NEWER}`))
      else expect(facts.revision?.id).toBe(idsOf(await world.revisions(id))[0])
    }
  )

  test('never takes an older DEPLOYED revision, but waits to the end', async () => {
    await pushed([OLDER])
    const { verdict, runner } = await wait({ timeout: '10m' })
    expect(verdict).toMatchObject({
      status: 'timed-out',
      reason: expect.stringContaining(`never listed a revision of commit ${COMMIT}.`)
    })
    const beats = runner.texts('info').filter((text) => text.includes('is listed yet')).length
    expect(beats).toBeGreaterThanOrEqual(8)
    expect(beats).toBeLessThanOrEqual(10)
  })

  test('is not overtaken by a revision that was under way before, when that is deployed', async () => {
    const id = await pushed([OLDER, NEWER, COMMIT])
    await push(id)
    world.clock.duringPauses(async (nth) => {
      if (nth === 30) await push(id)
    })
    const { verdict, facts } = await wait()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts.revision?.id).toBe(idsOf(await world.revisions(id))[0])
  })

  test('is overtaken by one that was under way before, when one below it was skipped that never told its commit', async () => {
    await world.api.scenario({
      revisions: [
        { nth: 1, commit: OLDER },
        { nth: 2, commit: COMMIT, commit_from: 'DEPLOYED', final: 'SKIPPED' },
        { nth: 3, commit: NEWER }
      ]
    })
    const id = await world.github({ build_on_push: true })
    await push(id)
    await push(id)
    const { verdict } = await wait()
    expect(verdict).toMatchObject({ status: 'superseded', passes: true, reason: expect.stringContaining(NEWER) })
  })

  test('looks no more often the longer it waits', async () => {
    await pushed([OLDER])
    await wait({ timeout: '30m' })
    expect(Math.max(...world.clock.pauses)).toBeLessThanOrEqual(10_000)
    expect(world.clock.pauses.slice(0, 5).every((ms) => ms >= 900 && ms <= 1_000)).toBe(true)
    expect((await world.requests()).length).toBeLessThan(280)
  })

  test('of another repository waits for its newest revision', async () => {
    const id = await world.github({ build_on_push: true, repo_url: 'https://github.com/acme/other' })
    const { verdict, facts } = await wait()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts.revision?.id).toBe(idsOf(await world.revisions(id))[0])
  })
})

describe('a revision that is named', () => {
  test('is waited for', async () => {
    const id = await world.images(OLD_IMAGE)
    const rules = [{ nth: 2, final: 'DEPLOY_FAILED' }]
    await world.api.scenario({ revisions: rules })
    await world.patch(id, { source_revision_config: { image_uri: IMAGE } })
    const [failed, served] = idsOf(await world.revisions(id))
    expect((await wait({ 'revision-id': String(failed) })).verdict.status).toBe('failed')
    const { verdict, facts } = await wait({ 'revision-id': String(served) })
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts.revision?.id).toBe(served)
  })

  test('is waited for in place of the commit of the run', async () => {
    const id = await pushed([OLDER])
    const [revision] = idsOf(await world.revisions(id))
    expect((await wait({ 'revision-id': String(revision) })).verdict).toEqual({ status: 'deployed' })
  })

  test('and was replaced by a newer one is superseded', async () => {
    const id = await world.images(OLD_IMAGE, IMAGE)
    const [, older] = idsOf(await world.revisions(id))
    expect((await wait({ 'revision-id': String(older) })).verdict).toMatchObject({ status: 'superseded', passes: true })
  })

  test('and is not there is an answer 404', async () => {
    await world.images(OLD_IMAGE)
    const error = await failureOf(wait({ 'revision-id': UNKNOWN_ID }))
    expect(error).toMatchObject({ name: 'ApiError', status: 404, detail: expect.stringContaining(UNKNOWN_ID) })
  })
})

describe('a deployment to wait for', () => {
  test('must be there', async () => {
    await create(
      world.api,
      githubBody({
        name: 'agent-2',
        source_config: { ...(githubBody().source_config as Json), repo_url: `https://github.com/${REPOSITORY}` }
      })
    )
    await expect(failureOf(wait())).resolves.toMatchObject({
      name: 'RefusalError',
      message: 'There is no deployment named "agent" in this workspace.'
    })
  })

  test('must not be on its way out', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.api.ask(204, 'DELETE', `/v2/deployments/${id}`)
    const error = await failureOf(wait())
    expect(error).toMatchObject({ name: 'RefusalError', message: expect.stringContaining('reserved for up to a week') })
  })
})
