import { describe, expect, test } from '@jest/globals'
import { create, dockerBody, githubBody, type Json, UNKNOWN_ID } from '../emulator/support.ts'
import { COMMIT } from '../inputs/environment.ts'
import { failureOf } from '../support/failure.ts'
import { useGithubServer } from '../support/github-server.ts'
import { IMAGE, idsOf, OLD_IMAGE, REPOSITORY, useWorld } from '../support/world.ts'

const world = useWorld({ deleteMs: 3_600_000 })

const OLDEST = '0000000000000000000000000000000000000000'
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
    expect(verdict).toMatchObject({ status: 'failed', reason: 'Deployment "agent" has no revision to wait for.' })
    expect(world.clock.now() - since).toBeGreaterThanOrEqual(30_000)
    expect(world.clock.now() - since).toBeLessThan(35_000)
  })
})

/** Deletes a deployment during the fifth pause. @returns when that was */
async function deletedDuringPauses(id: string): Promise<() => number> {
  let deletedAt = 0
  world.clock.duringPauses(async (nth) => {
    if (nth !== 5) return
    deletedAt = world.clock.now()
    await world.api.ask(204, 'DELETE', `/v2/deployments/${id}`)
  })
  return () => deletedAt
}

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
    expect(facts.revision).toMatchObject({ status: 'DEPLOYED', commit: COMMIT })
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
      const since = world.clock.now()
      // By then ours is listed, if it ever will be: its push came before the run.
      const isDue = () => world.clock.now() - since >= 130_000
      world.clock.onceInPause(isDue, () => push(id))
      const { verdict, facts, runner } = await wait({ 'on-superseded': onSuperseded })
      expect(verdict).toMatchObject(expected)
      const told = 'reason' in verdict ? [verdict.reason] : runner.texts('warning')
      expect(told).toEqual([expect.stringMatching(new RegExp(`${COMMIT}.*${NEWER}`))])
      if (onSuperseded === 'follow') expect(facts.revision?.id).toBe(idsOf(await world.revisions(id))[0])
    }
  )

  test('never takes an older DEPLOYED revision, but waits to the end', async () => {
    await pushed([OLDER])
    const { verdict, runner } = await wait({ timeout: '10m' })
    expect(verdict).toMatchObject({
      status: 'timed-out',
      reason: expect.stringContaining(`expired before LangSmith listed a revision of commit ${COMMIT}.`)
    })
    const beats = runner.texts('info').filter((text) => text.includes('Still waiting for a revision of commit')).length
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

  test('is not overtaken by an older push that is deployed while ours is going, and fails with ours', async () => {
    await world.api.scenario({
      revisions: [
        { nth: 1, commit: NEWER },
        { nth: 2, commit: OLDER },
        { nth: 3, commit: COMMIT, commit_from: 'BUILD_FAILED', final: 'BUILD_FAILED', step_ms: 20_000 }
      ]
    })
    const id = await world.github({ build_on_push: true })
    world.clock.duringPauses(async (nth) => {
      // Both pushes come within seconds, after the first look.
      if (nth === 2 || nth === 3) await push(id)
    })
    const { verdict, facts } = await wait()
    expect(verdict).toMatchObject({ status: 'failed', reason: expect.stringContaining('BUILD_FAILED') })
    expect(facts.revision?.commit).toBe(COMMIT)
  })

  test('does not pass because of an older push when its own revision failed and never told its commit', async () => {
    await world.api.scenario({
      revisions: [
        { nth: 1, commit: NEWER },
        { nth: 2, commit: OLDER },
        { nth: 3, commit: COMMIT, commit_from: 'DEPLOYED', final: 'BUILD_FAILED' }
      ]
    })
    const id = await world.github({ build_on_push: true })
    world.clock.duringPauses(async (nth) => {
      if (nth === 2 || nth === 3) await push(id)
    })
    const { verdict } = await wait({ timeout: '10m' })
    const [ours] = idsOf(await world.revisions(id))
    expect(verdict).toMatchObject({
      status: 'timed-out',
      reason: expect.stringContaining(`Revision ${ours} (BUILD_FAILED) does not report its commit`)
    })
  })

  test('bears a server that stumbles while it waits', async () => {
    await world.api.scenario({
      revisions: [{ nth: 1, commit: OLDER }, { commit: COMMIT }],
      faults: [
        { path: '/v2/deployments/*/revisions', nth: 2, times: 8, action: 'status', status: 503 },
        { path: '/v2/deployments/*/revisions', nth: 12, action: 'status', status: 404 }
      ]
    })
    const id = await world.github({ build_on_push: true })
    world.clock.duringPauses(async (nth) => {
      if (nth === 15) await push(id)
    })
    expect((await wait()).verdict).toEqual({ status: 'deployed' })
  })

  test('says at the timeout that the list had no good answer, where that is so', async () => {
    await pushed([OLDER])
    await world.api.scenario({
      faults: [{ path: '/v2/deployments/*/revisions', nth: 3, times: null, action: 'status', status: 503 }]
    })
    const error = await failureOf(wait({ timeout: '5m' }))
    expect(error).toMatchObject({ name: 'DeadlineError', unanswered: expect.stringContaining('503') })
  })

  test('goes on without the looks at the deployment where those fail', async () => {
    const id = await pushed([OLDER, COMMIT])
    await world.api.scenario({
      revisions: [{ commit: COMMIT }],
      faults: [{ method: 'GET', path: '/v2/deployments/*', nth: 1, times: 4, action: 'status', status: 503 }]
    })
    const since = world.clock.now()
    world.clock.duringPauses(async (nth) => {
      if (nth === 40) await push(id)
    })
    expect((await wait()).verdict).toEqual({ status: 'deployed' })
    expect(world.clock.now() - since).toBeLessThan(150_000)
  })

  test('ends when the deployment is deleted while it waits', async () => {
    const id = await pushed([OLDER])
    const deletedAt = await deletedDuringPauses(id)
    const { verdict } = await wait()
    expect(verdict).toMatchObject({ status: 'failed', reason: expect.stringContaining('is being deleted') })
    expect(world.clock.now() - deletedAt()).toBeLessThanOrEqual(45_000)
  })

  test('ends when the deployment is deleted while the rollout is followed', async () => {
    const id = await pushed([OLDER])
    await world.api.scenario({ revisions: [{ commit: COMMIT, statuses: ['BUILDING'], final: null }] })
    await push(id)
    const deletedAt = await deletedDuringPauses(id)
    const { verdict } = await wait()
    expect(verdict).toMatchObject({ status: 'failed', reason: expect.stringContaining('is being deleted') })
    expect(world.clock.now() - deletedAt()).toBeLessThanOrEqual(45_000)
  })

  test('ends when it has no revision at all, and gets none within two minutes', async () => {
    await world.api.scenario({ revisions: [{ appear_after_ms: 3_600_000 }] })
    await world.github({ build_on_push: true })
    const since = world.clock.now()
    expect((await wait()).verdict).toMatchObject({ status: 'failed', reason: expect.stringContaining('no revision') })
    expect(world.clock.now() - since).toBeLessThan(135_000)
  })

  test('waits for its newest revision with `revision-id: latest`', async () => {
    const id = await pushed([OLDER])
    const { verdict, facts } = await wait({ 'revision-id': 'latest' })
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
    expect((await world.requests()).length).toBeLessThan(310)
  })

  test('of another repository waits for its newest revision', async () => {
    const id = await world.github({ build_on_push: true, repo_url: 'https://github.com/acme/other' })
    const { verdict, facts } = await wait()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts.revision?.id).toBe(idsOf(await world.revisions(id))[0])
  })
})

describe('a deployment of this repository without build-on-push', () => {
  test('is known by its source where the server does not tell the repository', async () => {
    await world.api.scenario({ revisions: [{ nth: 1, commit: OLDER }] })
    const id = await world.github()
    const { source_config, ...deployment } = await world.deployment(id)
    const body = { ...deployment, source_config: { ...(source_config as object), repo_url: null } }
    const answer = { method: 'GET', action: 'status', status: 200, times: null }
    await world.api.scenario({
      faults: [
        { ...answer, path: '/v2/deployments/*', body },
        { ...answer, path: '/v2/deployments', body: { resources: [body], offset: 1 } }
      ]
    })
    await expect(failureOf(wait())).resolves.toMatchObject({ name: 'RefusalError' })
  })

  const built = async (...commits: readonly string[]) => {
    await world.api.scenario({ revisions: commits.map((commit, index) => ({ nth: index + 1, commit })) })
    return world.github()
  }

  test('that serves another commit is an error, which names both and says what to do', async () => {
    const id = await built(OLDER)
    const since = world.clock.now()
    const error = await failureOf(wait())
    expect(error).toMatchObject({
      name: 'RefusalError',
      advice: expect.stringMatching(/command: deploy.*build-on-push: true.*revision-id: latest/)
    })
    expect(String(error)).toMatch(
      new RegExp(`${COMMIT}.*${idsOf(await world.revisions(id))[0]} .*${OLDER}.*build-on-push`)
    )
    expect(world.clock.now() - since).toBeLessThan(35_000)
  })

  test('that serves the commit of the run is deployed', async () => {
    const id = await built(COMMIT)
    const { verdict, facts } = await wait()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts.revision?.id).toBe(idsOf(await world.revisions(id))[0])
  })

  test('whose revision of the commit of the run is only listed late is waited for', async () => {
    const id = await built(OLDER, COMMIT)
    world.clock.duringPauses(async (nth) => {
      if (nth === 5) await push(id)
    })
    const { verdict, facts } = await wait()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts.revision?.commit).toBe(COMMIT)
  })

  test('whose revision turns out to hold another commit once it is built is an error', async () => {
    await world.api.scenario({
      revisions: [
        { nth: 1, commit: OLDER },
        { commit: NEWER, commit_from: 'DEPLOYED' }
      ]
    })
    const id = await world.github()
    await push(id)
    expect(String(await failureOf(wait()))).toMatch(new RegExp(`${COMMIT}.*${NEWER}`))
  })

  test('that never tells a commit is not taken for the answer', async () => {
    await world.api.scenario({ revisions: [{ commit: COMMIT, commit_from: 'UNKNOWN' }] })
    await world.github()
    expect(String(await failureOf(wait()))).toContain('does not report its commit')
  })

  test('is waited for by its newest revision with `revision-id: latest`', async () => {
    const id = await built(OLDER)
    const { verdict, facts } = await wait({ 'revision-id': 'latest' })
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts.revision?.id).toBe(idsOf(await world.revisions(id))[0])
  })
})

const server = await useGithubServer({ repository: REPOSITORY })

describe('with a token, GitHub says how the commits lie to each other, so that', () => {
  const asking = (inputs: Readonly<Record<string, string>> = {}) =>
    world.play(
      { command: 'wait', ...inputs },
      { github: { token: server.token, repository: REPOSITORY, apiUrl: server.url } }
    )

  test.each([
    ['with build-on-push', true],
    ['without build-on-push', false]
  ])('a newer commit that was deployed before the run looked supersedes it, %s', async (_, buildOnPush) => {
    server.history(OLDER, COMMIT, NEWER)
    await world.api.scenario({ revisions: [{ commit: NEWER }] })
    await world.github({ build_on_push: buildOnPush })
    expect((await asking()).verdict).toMatchObject({
      status: 'superseded',
      reason: expect.stringMatching(new RegExp(`${COMMIT}.*${NEWER}`))
    })
  })

  test('an older one never does, however late it comes', async () => {
    server.history(OLDEST, OLDER, COMMIT)
    const id = await pushed([OLDEST, OLDER])
    const since = world.clock.now()
    const isDue = () => world.clock.now() - since >= 200_000
    world.clock.onceInPause(isDue, () => push(id))
    expect((await asking({ timeout: '15m' })).verdict.status).toBe('timed-out')
    // GitHub is asked once about each commit, however often the list is looked at.
    expect(server.requests().length).toBeLessThanOrEqual(2)
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

  test('is waited for although a replica of the control plane does not know it yet', async () => {
    const id = await world.images(OLD_IMAGE)
    const [revision] = idsOf(await world.revisions(id))
    await world.api.scenario({
      faults: [{ path: '/v2/deployments/*/revisions/*', action: 'status', status: 404, body: { detail: 'Not here' } }]
    })
    expect((await wait({ 'revision-id': String(revision) })).verdict).toEqual({ status: 'deployed' })
  })

  test('and is not there is told with the deployment that was asked, after half a minute', async () => {
    await world.images(OLD_IMAGE)
    const error = await failureOf(wait({ 'revision-id': UNKNOWN_ID }))
    expect(error).toMatchObject({
      name: 'RefusalError',
      message: expect.stringMatching(new RegExp(`"agent" .+ has no revision ${UNKNOWN_ID}\\. Newest revisions: `))
    })
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
      message: 'Deployment "agent" does not exist in this workspace.'
    })
  })

  test('must not be on its way out', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.api.ask(204, 'DELETE', `/v2/deployments/${id}`)
    const error = await failureOf(wait())
    expect(error).toMatchObject({ name: 'RefusalError', message: expect.stringContaining('reserved for up to a week') })
  })
})
