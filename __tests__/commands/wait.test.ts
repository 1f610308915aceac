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

/** Creates a revision like LangSmith after a push, with the commit of the scenario. */
const push = (id: string) =>
  world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { repo_ref: 'main' } })

/** A deployment of this repository with build-on-push, whose revisions get these commits in turn. One is deployed. */
async function pushed(commits: readonly string[], rule: Json = {}): Promise<string> {
  await world.api.scenario({
    revisions: commits.map((commit, index) => ({ nth: index + 1, commit, ...(index === 0 ? {} : rule) }))
  })
  return world.github({ build_on_push: true })
}

describe('command: wait for a deployment without build-on-push', () => {
  test('waits for the newest revision', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: IMAGE } })
    const { verdict, facts } = await wait()
    const [newest] = idsOf(await world.revisions(id))
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts).toMatchObject({ own: false, created: false, revision: { id: newest, status: 'DEPLOYED' } })
    expect((await world.deployment(id)).active_revision_id).toBe(newest)
    expect(await world.writes()).toEqual([])
  })

  test('does not accept an older DEPLOYED revision', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.api.scenario({ revisions: [{ final: 'DEPLOY_FAILED' }] })
    await world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: IMAGE } })
    const { verdict, facts } = await wait()
    expect(verdict).toMatchObject({ status: 'failed', reason: expect.stringContaining('DEPLOY_FAILED') })
    expect(facts.revision?.id).toBe(idsOf(await world.revisions(id))[0])
  })

  test('does not advise a rerun for an interrupted revision, which a rerun would find again', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.api.scenario({ revisions: [{ statuses: ['DEPLOYING'], final: 'INTERRUPTED' }] })
    await world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: IMAGE } })
    const { verdict } = await wait()
    expect(verdict).toMatchObject({
      status: 'failed',
      advice:
        'The interruption came from LangSmith, or from another run with `command: interrupt`, `on-cancel: interrupt` or `on-timeout: interrupt`; deploy again with `command: deploy`.'
    })
  })

  test('waits 30 seconds for the first revision', async () => {
    await world.api.scenario({ revisions: [{ appear_after_ms: 25_000 }] })
    await create(world.api, dockerBody({ name: 'agent' }))
    expect((await wait()).verdict).toEqual({ status: 'deployed' })
  })

  test('fails without a revision after 30 seconds', async () => {
    await create(world.api, { ...dockerBody({ name: 'agent' }), source: 'internal_docker' })
    const since = world.clock.now()
    const { verdict } = await wait()
    expect(verdict).toMatchObject({ status: 'failed', reason: 'Deployment "agent" has no revision to wait for.' })
    expect(world.clock.now() - since).toBeGreaterThanOrEqual(30_000)
    expect(world.clock.now() - since).toBeLessThan(35_000)
  })
})

/** Deletes a deployment during the fifth pause. @returns the time of the deletion */
async function deletedDuringPauses(id: string): Promise<() => number> {
  let deletedAt = 0
  world.clock.duringPauses(async (nth) => {
    if (nth !== 5) return
    deletedAt = world.clock.now()
    await world.api.ask(204, 'DELETE', `/v2/deployments/${id}`)
  })
  return () => deletedAt
}

describe('command: wait for a deployment with build-on-push', () => {
  test('waits until the revision of the commit of the run appears and is active', async () => {
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

  test('waits for a revision whose commit is known late', async () => {
    const id = await pushed([OLDER, COMMIT], { commit_from: 'DEPLOYED' })
    await push(id)
    const { verdict, facts } = await wait()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts.revision?.id).toBe(idsOf(await world.revisions(id))[0])
  })

  test('recognizes the commit on a server that returns it instead of the ref', async () => {
    const id = await pushed([COMMIT])
    await world.api.scenario({ server: { resolve_ref: true } })
    const { verdict, facts } = await wait()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts.revision?.id).toBe(idsOf(await world.revisions(id))[0])
  })

  test('fails if the build of the commit fails', async () => {
    const id = await pushed([OLDER, COMMIT], { final: 'BUILD_FAILED' })
    await push(id)
    expect((await wait()).verdict).toMatchObject({ status: 'failed', reason: expect.stringContaining('BUILD_FAILED') })
  })

  test.each([
    ['warn', { status: 'superseded', passes: true }],
    ['fail', { status: 'superseded', passes: false }],
    ['follow', { status: 'deployed' }]
  ])(
    'is superseded by a newer commit that is deployed instead, with on-superseded: %s',
    async (onSuperseded, expected) => {
      const id = await pushed([OLDER, NEWER])
      const since = world.clock.now()
      // Ours must be listed by now, because its push came before the run.
      const isDue = () => world.clock.now() - since >= 130_000
      world.clock.onceInPause(isDue, () => push(id))
      const { verdict, facts, runner } = await wait({ 'on-superseded': onSuperseded })
      expect(verdict).toMatchObject(expected)
      const told = 'reason' in verdict ? [verdict.reason] : runner.texts('warning')
      expect(told).toEqual([expect.stringMatching(new RegExp(`${COMMIT}.*${NEWER}`))])
      if (onSuperseded === 'follow') expect(facts.revision?.id).toBe(idsOf(await world.revisions(id))[0])
    }
  )

  test('does not accept an older DEPLOYED revision until the timeout', async () => {
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

  test('is not superseded by a revision that was in progress before', async () => {
    const id = await pushed([OLDER, NEWER, COMMIT])
    await push(id)
    world.clock.duringPauses(async (nth) => {
      if (nth === 30) await push(id)
    })
    const { verdict, facts } = await wait()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts.revision?.id).toBe(idsOf(await world.revisions(id))[0])
  })

  test('is not superseded by an older push that is deployed first, and fails if ours fails', async () => {
    await world.api.scenario({
      revisions: [
        { nth: 1, commit: NEWER },
        { nth: 2, commit: OLDER },
        { nth: 3, commit: COMMIT, commit_from: 'BUILD_FAILED', final: 'BUILD_FAILED', step_ms: 20_000 }
      ]
    })
    const id = await world.github({ build_on_push: true })
    world.clock.duringPauses(async (nth) => {
      // Both pushes come within seconds after the first read.
      if (nth === 2 || nth === 3) await push(id)
    })
    const { verdict, facts } = await wait()
    expect(verdict).toMatchObject({ status: 'failed', reason: expect.stringContaining('BUILD_FAILED') })
    expect(facts.revision?.commit).toBe(COMMIT)
  })

  test('does not pass with an older push if ours failed and its commit is unknown', async () => {
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

  test('tolerates temporary server errors', async () => {
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

  test('reports at the timeout that the list had no good response', async () => {
    await pushed([OLDER])
    await world.api.scenario({
      faults: [{ path: '/v2/deployments/*/revisions', nth: 3, times: null, action: 'status', status: 503 }]
    })
    const error = await failureOf(wait({ timeout: '5m' }))
    expect(error).toMatchObject({ name: 'DeadlineError', unanswered: expect.stringContaining('503') })
  })

  test('continues if the reads of the deployment fail', async () => {
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

  test('ends if the deployment is deleted during the search', async () => {
    const id = await pushed([OLDER])
    const deletedAt = await deletedDuringPauses(id)
    const { verdict } = await wait()
    expect(verdict).toMatchObject({ status: 'failed', reason: expect.stringContaining('is being deleted') })
    expect(world.clock.now() - deletedAt()).toBeLessThanOrEqual(45_000)
  })

  test('ends if the deployment is deleted during the rollout', async () => {
    const id = await pushed([OLDER])
    await world.api.scenario({ revisions: [{ commit: COMMIT, statuses: ['BUILDING'], final: null }] })
    await push(id)
    const deletedAt = await deletedDuringPauses(id)
    const { verdict } = await wait()
    expect(verdict).toMatchObject({ status: 'failed', reason: expect.stringContaining('is being deleted') })
    expect(world.clock.now() - deletedAt()).toBeLessThanOrEqual(45_000)
  })

  test('ends without any revision after two minutes', async () => {
    await world.api.scenario({ revisions: [{ appear_after_ms: 3_600_000 }] })
    await world.github({ build_on_push: true })
    const since = world.clock.now()
    expect((await wait()).verdict).toMatchObject({ status: 'failed', reason: expect.stringContaining('no revision') })
    expect(world.clock.now() - since).toBeLessThan(135_000)
  })

  test('waits for the newest revision with `revision-id: latest`', async () => {
    const id = await pushed([OLDER])
    const { verdict, facts } = await wait({ 'revision-id': 'latest' })
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts.revision?.id).toBe(idsOf(await world.revisions(id))[0])
  })

  test('is superseded by an earlier revision in progress above a skipped revision of unknown commit', async () => {
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

  test('does not poll more often over time', async () => {
    await pushed([OLDER])
    await wait({ timeout: '30m' })
    expect(Math.max(...world.clock.pauses)).toBeLessThanOrEqual(10_000)
    expect(world.clock.pauses.slice(0, 5).every((ms) => ms >= 900 && ms <= 1_000)).toBe(true)
    expect((await world.requests()).length).toBeLessThan(310)
  })

  test('waits for the newest revision of another repository', async () => {
    const id = await world.github({ build_on_push: true, repo_url: 'https://github.com/acme/other' })
    const { verdict, facts } = await wait()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts.revision?.id).toBe(idsOf(await world.revisions(id))[0])
  })
})

describe('command: wait for a deployment of this repository without build-on-push', () => {
  test('recognizes the repository by the source if the server does not report it', async () => {
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

  test('fails with another active commit, names both and gives advice', async () => {
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

  test('passes if the commit of the run is active', async () => {
    const id = await built(COMMIT)
    const { verdict, facts } = await wait()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts.revision?.id).toBe(idsOf(await world.revisions(id))[0])
  })

  test('waits for a revision of the commit that is listed late', async () => {
    const id = await built(OLDER, COMMIT)
    world.clock.duringPauses(async (nth) => {
      if (nth === 5) await push(id)
    })
    const { verdict, facts } = await wait()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts.revision?.commit).toBe(COMMIT)
  })

  test('fails if the revision turns out to be of another commit', async () => {
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

  test('does not accept a revision that never reports a commit', async () => {
    await world.api.scenario({ revisions: [{ commit: COMMIT, commit_from: 'UNKNOWN' }] })
    await world.github()
    expect(String(await failureOf(wait()))).toContain('does not report its commit')
  })

  test('waits for the newest revision with `revision-id: latest`', async () => {
    const id = await built(OLDER)
    const { verdict, facts } = await wait({ 'revision-id': 'latest' })
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts.revision?.id).toBe(idsOf(await world.revisions(id))[0])
  })
})

const server = await useGithubServer({ repository: REPOSITORY })

describe('command: wait with the history on GitHub', () => {
  const asking = (inputs: Readonly<Record<string, string>> = {}) =>
    world.play(
      { command: 'wait', ...inputs },
      { github: { token: server.token, repository: REPOSITORY, apiUrl: server.url } }
    )

  test.each([
    ['with build-on-push', true],
    ['without build-on-push', false]
  ])('is superseded by a newer commit that was deployed before the first read, %s', async (_, buildOnPush) => {
    server.history(OLDER, COMMIT, NEWER)
    await world.api.scenario({ revisions: [{ commit: NEWER }] })
    await world.github({ build_on_push: buildOnPush })
    expect((await asking()).verdict).toMatchObject({
      status: 'superseded',
      reason: expect.stringMatching(new RegExp(`${COMMIT}.*${NEWER}`))
    })
  })

  test('is never superseded by an older commit, even if it appears late', async () => {
    server.history(OLDEST, OLDER, COMMIT)
    const id = await pushed([OLDEST, OLDER])
    const since = world.clock.now()
    const isDue = () => world.clock.now() - since >= 200_000
    world.clock.onceInPause(isDue, () => push(id))
    expect((await asking({ timeout: '15m' })).verdict.status).toBe('timed-out')
    // Each commit is compared once, even after many reads of the list.
    expect(server.requests().length).toBeLessThanOrEqual(2)
  })
})

describe('command: wait with a revision-id', () => {
  test('waits for that revision', async () => {
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

  test('waits for that revision instead of the commit of the run', async () => {
    const id = await pushed([OLDER])
    const [revision] = idsOf(await world.revisions(id))
    expect((await wait({ 'revision-id': String(revision) })).verdict).toEqual({ status: 'deployed' })
  })

  test('ends as superseded if that revision was replaced by a newer one', async () => {
    const id = await world.images(OLD_IMAGE, IMAGE)
    const [, older] = idsOf(await world.revisions(id))
    expect((await wait({ 'revision-id': String(older) })).verdict).toMatchObject({ status: 'superseded', passes: true })
  })

  test('waits for that revision if a replica of the control plane lacks it', async () => {
    const id = await world.images(OLD_IMAGE)
    const [revision] = idsOf(await world.revisions(id))
    await world.api.scenario({
      faults: [
        { path: '/v2/deployments/*/revisions/*', action: 'status', status: 404, body: { detail: 'Not here' }, times: 3 }
      ]
    })
    const { verdict, runner } = await wait({ 'revision-id': String(revision) })
    expect(verdict).toEqual({ status: 'deployed' })
    expect(runner.texts('info').filter((text) => /404|not found/.test(text))).toEqual([
      `Revision ${revision} was not found; checking again for a few seconds, as it may be new.`
    ])
  })

  test('reports an unknown revision with its deployment after a few seconds', async () => {
    await world.images(OLD_IMAGE)
    const since = world.clock.now()
    const error = await failureOf(wait({ 'revision-id': UNKNOWN_ID }))
    expect(error).toMatchObject({
      name: 'RefusalError',
      message: expect.stringMatching(new RegExp(`"agent" .+ has no revision ${UNKNOWN_ID}\\. Newest revisions: `))
    })
    expect(world.clock.now() - since).toBeLessThan(10_000)
    expect((await world.requests()).filter((request) => request.includes('/revisions/:id')).length).toBeLessThan(6)
  })
})

describe('the deployment of command: wait', () => {
  test('must exist', async () => {
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

  test('must not be in deletion', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.api.ask(204, 'DELETE', `/v2/deployments/${id}`)
    const error = await failureOf(wait())
    expect(error).toMatchObject({ name: 'RefusalError', message: expect.stringContaining('reserved for up to a week') })
  })
})
