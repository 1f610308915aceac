import { describe, expect, test } from '@jest/globals'
import type { RunOptions } from '../../demo/runner.ts'
import { startGithubServer } from '../support/github-server.ts'
import {
  COMMIT,
  expectOutcome,
  githubBody,
  IMAGE,
  type Inputs,
  OTHER_COMMIT,
  type Plane,
  REDEPLOY,
  routeOf,
  withPlane
} from './support.ts'

const DEPLOYED = { status: 'deployed' } as const
const OLDEST = 'ghcr.io/acme/agent:0'
const OLD = 'ghcr.io/acme/agent:1'

const threeImages = (plane: Plane) => plane.seed('agent', { images: [OLDEST, OLD, IMAGE] })

/** Creates three revisions, the newest with the given final status. */
async function latestFailed(plane: Plane, final: string) {
  await plane.scenario({ revisions: [{ nth: 3, final }] })
  return threeImages(plane)
}

/** Creates a revision like another client, without waiting for it. */
async function push(plane: Plane, id: string, config: Inputs): Promise<void> {
  await plane.api('PATCH', `/v2/deployments/${id}`, { source_revision_config: config })
}

describe('redeploy', () => {
  test.concurrent('rolls back to the last revision that was active before the current one', () =>
    withPlane(async (plane) => {
      const { id, revisions } = await threeImages(plane)
      const outcome = await plane.run({ command: 'redeploy' })
      const [ours] = await plane.revisions(id)
      expectOutcome(outcome, {
        ...DEPLOYED,
        writes: [REDEPLOY],
        outputs: {
          created: 'false',
          'image-uri': OLD,
          'previous-revision-id': revisions[0],
          'revision-id': ours?.id,
          'active-revision-id': ours?.id
        }
      })
      expect(revisions).not.toContain(ours?.id)
      expect(pathOfWrite(outcome.journal)).toContain(revisions[1])
    }))

  test.concurrent('skips revisions that were never active', () =>
    withPlane(async (plane) => {
      await plane.scenario({ revisions: [{ nth: 2, final: 'DEPLOY_FAILED' }] })
      await threeImages(plane)
      const outcome = await plane.run({ command: 'redeploy' })
      expectOutcome(outcome, { ...DEPLOYED, writes: [REDEPLOY], outputs: { 'image-uri': OLDEST } })
    }))

  test.concurrent('uses the specified revision, regardless of its age', () =>
    withPlane(async (plane) => {
      const { revisions } = await threeImages(plane)
      const outcome = await plane.run({ command: 'redeploy', 'revision-id': revisions[2] ?? '' })
      expectOutcome(outcome, { ...DEPLOYED, writes: [REDEPLOY], outputs: { 'image-uri': OLDEST } })
      expect(pathOfWrite(outcome.journal)).toContain(revisions[2])
    }))

  test.concurrent.each(['BUILD_FAILED', 'DEPLOY_FAILED', 'SKIPPED', 'INTERRUPTED'])(
    'keeps the active revision if the latest one ended as %s',
    (final) =>
      withPlane(async (plane) => {
        const { revisions } = await latestFailed(plane, final)
        expectOutcome(await plane.run({ command: 'redeploy' }), {
          status: 'unchanged',
          writes: [],
          outputs: { 'revision-id': revisions[1], 'active-revision-id': revisions[1], 'image-uri': OLD }
        })
      })
  )

  test.concurrent('rolls back further if a revision is specified', () =>
    withPlane(async (plane) => {
      const { revisions } = await latestFailed(plane, 'DEPLOY_FAILED')
      const outcome = await plane.run({ command: 'redeploy', 'revision-id': revisions[2] ?? '' })
      expectOutcome(outcome, { ...DEPLOYED, writes: [REDEPLOY], outputs: { 'image-uri': OLDEST } })
    }))

  test.concurrent('fails if the old revision does not become active again', () =>
    withPlane(async (plane) => {
      const { revisions } = await threeImages(plane)
      await plane.scenario({ revisions: [{ nth: 4, final: 'DEPLOY_FAILED' }] })
      expectOutcome(await plane.run({ command: 'redeploy' }), {
        status: 'failed',
        writes: [REDEPLOY],
        says: ['DEPLOY_FAILED', revisions[0] ?? '-'],
        outputs: { 'active-revision-id': revisions[0] }
      })
    }))

  test.concurrent('of a deployment from GitHub creates a revision of the old commit', () =>
    withPlane(async (plane) => {
      await plane.scenario({
        revisions: [
          { nth: 1, commit: COMMIT },
          { nth: 2, commit: OTHER_COMMIT }
        ]
      })
      const { id } = await plane.seed('agent', { body: githubBody() })
      await push(plane, id, { repo_ref: 'main' })
      const latest = { command: 'wait', 'revision-id': 'latest' }
      expectOutcome(await plane.run(latest), { ...DEPLOYED, writes: [], outputs: { 'commit-sha': OTHER_COMMIT } })
      const outcome = await plane.run({ command: 'redeploy' })
      expectOutcome(outcome, { ...DEPLOYED, writes: [REDEPLOY], outputs: { 'commit-sha': COMMIT } })
    }))
})

describe('wait', () => {
  test.concurrent('follows the newest revision of another client', () =>
    withPlane(async (plane) => {
      const { id, revisions } = await plane.seed('agent')
      await plane.scenario({ revisions: [{ step_ms: 300 }] })
      await push(plane, id, { image_uri: IMAGE })
      const outcome = await plane.run({ command: 'wait' })
      expectOutcome(outcome, {
        ...DEPLOYED,
        writes: [],
        outputs: { created: 'false', 'image-uri': IMAGE, 'revision-status': 'DEPLOYED' }
      })
      expect(revisions).not.toContain(outcome.run.outputs['revision-id'])
    }))

  test.concurrent('fails if the revision fails', () =>
    withPlane(async (plane) => {
      const { id } = await plane.seed('agent')
      await plane.scenario({ revisions: [{ final: 'BUILD_FAILED', step_ms: 100 }] })
      await push(plane, id, { image_uri: IMAGE })
      expectOutcome(await plane.run({ command: 'wait' }), {
        status: 'failed',
        writes: [],
        says: ['BUILD_FAILED']
      })
    }))

  test.concurrent('for a specified revision that another one replaced is superseded', () =>
    withPlane(async (plane) => {
      const { revisions } = await threeImages(plane)
      expectOutcome(await plane.run({ command: 'wait', 'revision-id': revisions[1] ?? '' }), {
        status: 'superseded',
        passes: true,
        writes: [],
        annotations: ['warning'],
        says: [revisions[0] ?? '-'],
        outputs: { 'revision-id': revisions[1] }
      })
    }))

  describe('with build-on-push', () => {
    const BUILDS_ON_PUSH = { body: githubBody({ build_on_push: true }) }

    test.concurrent('waits until the commit of the run appears, and ignores older revisions', () =>
      withPlane(async (plane) => {
        const { id, revisions } = await plane.seed('agent', BUILDS_ON_PUSH)
        await plane.scenario({ revisions: [{ nth: 2, commit: COMMIT }] })
        const outcome = await plane.run({ command: 'wait' }, onceItWaits(plane, id))
        expectOutcome(outcome, { ...DEPLOYED, writes: [], outputs: { 'commit-sha': COMMIT } })
        expect(outcome.run.outputs['revision-id']).not.toBe(revisions[0])
      }))

    test.concurrent('recognizes a revision that contains its commit only during the build', () =>
      withPlane(async (plane) => {
        const { id } = await plane.seed('agent', BUILDS_ON_PUSH)
        await plane.scenario({ revisions: [{ commit: COMMIT, commit_from: 'BUILDING', step_ms: 400 }] })
        await push(plane, id, { repo_ref: 'main' })
        const outcome = await plane.run({ command: 'wait' })
        expectOutcome(outcome, { ...DEPLOYED, writes: [], outputs: { 'commit-sha': COMMIT } })
      }))

    test.concurrent('follows the commit of the run although a newer revision is listed first', () =>
      withPlane(async (plane) => {
        const { id } = await plane.seed('agent', BUILDS_ON_PUSH)
        await plane.scenario({
          revisions: [
            { nth: 2, commit: COMMIT, final: 'BUILD_FAILED' },
            { nth: 3, commit: OTHER_COMMIT }
          ]
        })
        await push(plane, id, { repo_ref: 'main' })
        await push(plane, id, { repo_ref: 'main' })
        expectOutcome(await plane.run({ command: 'wait' }), {
          status: 'failed',
          writes: [],
          says: ['BUILD_FAILED'],
          outputs: { 'commit-sha': COMMIT }
        })
      }))

    test.concurrent.each([
      { onSuperseded: 'warn', status: 'superseded', passes: true, level: 'warning' },
      { onSuperseded: 'fail', status: 'superseded', passes: false, level: 'error' }
    ])('is superseded by a newer commit in the meantime, with $onSuperseded', ({ onSuperseded, level, ...verdict }) =>
      withPlane(async (plane) => {
        const github = await startGithubServer()
        try {
          github.history(COMMIT, OTHER_COMMIT)
          const { id } = await plane.seed('agent', BUILDS_ON_PUSH)
          await plane.scenario({ revisions: [{ nth: 2, commit: OTHER_COMMIT }] })
          const inputs = { command: 'wait', 'on-superseded': onSuperseded, 'github-token': github.token }
          const options = { ...onceItWaits(plane, id), env: { GITHUB_API_URL: github.url } }
          expectOutcome(await plane.run(inputs, options), {
            ...verdict,
            writes: [],
            annotations: [level],
            says: [COMMIT, OTHER_COMMIT]
          })
        } finally {
          await github.close()
        }
      })
    )

    test.concurrent('is not superseded by an older push during its own rollout, and fails with its own revision', () =>
      withPlane(async (plane) => {
        const { id } = await plane.seed('agent', BUILDS_ON_PUSH)
        await plane.scenario({
          revisions: [
            { nth: 2, commit: OTHER_COMMIT },
            { nth: 3, commit: COMMIT, commit_from: 'BUILD_FAILED', final: 'BUILD_FAILED', step_ms: 400 }
          ]
        })
        const pushTwice = async () => {
          await push(plane, id, { repo_ref: 'main' })
          await push(plane, id, { repo_ref: 'main' })
        }
        expectOutcome(await plane.run({ command: 'wait' }, onceItWaits(plane, id, pushTwice)), {
          status: 'failed',
          writes: [],
          says: ['BUILD_FAILED'],
          outputs: { 'commit-sha': COMMIT }
        })
      }))

    test.concurrent('of another repository waits for the newest revision', () =>
      withPlane(async (plane) => {
        await plane.seed('agent', {
          body: githubBody({ build_on_push: true, repo_url: 'https://github.com/acme/others' })
        })
        expectOutcome(await plane.run({ command: 'wait', timeout: '10s' }), { ...DEPLOYED, writes: [] })
      }))

    test.concurrent('times out if the commit never appears', () =>
      withPlane(async (plane) => {
        await plane.seed('agent', BUILDS_ON_PUSH)
        const outcome = await plane.run({ command: 'wait', timeout: '2s' })
        expectOutcome(outcome, { status: 'timed-out', writes: [] })
        expect(outcome.run.outputs['revision-id']).toBeUndefined()
      }))
  })
})

/** Pushes as soon as the run has found no revision of its commit. */
function onceItWaits(
  plane: Plane,
  id: string,
  act: () => Promise<void> = () => push(plane, id, { repo_ref: 'main' })
): Pick<RunOptions, 'onLine'> {
  return {
    onLine: async (line) => {
      if (!line.includes(`revision of commit ${COMMIT}`)) return
      const hasLooked = async () => (await plane.journal()).some(({ path }) => path.includes(`${id}/revisions`))
      while (!(await hasLooked())) await new Promise((resolve) => setTimeout(resolve, 20))
      await act()
    }
  }
}

function pathOfWrite(journal: readonly { method: string; path: string }[]): string | undefined {
  return journal.find((entry) => routeOf(entry) === REDEPLOY)?.path
}
