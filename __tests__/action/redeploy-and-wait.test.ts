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

/** Three revisions, of which the newest ended as given. */
async function latestFailed(plane: Plane, final: string) {
  await plane.scenario({ revisions: [{ nth: 3, final }] })
  return threeImages(plane)
}

/** Makes a revision as somebody else would, and does not wait for it. */
async function push(plane: Plane, id: string, config: Inputs): Promise<void> {
  await plane.api('PATCH', `/v2/deployments/${id}`, { source_revision_config: config })
}

describe('redeploy', () => {
  test.concurrent('goes back to the last revision that served before the active one', () =>
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

  test.concurrent('passes over revisions that never served', () =>
    withPlane(async (plane) => {
      await plane.scenario({ revisions: [{ nth: 2, final: 'DEPLOY_FAILED' }] })
      await threeImages(plane)
      const outcome = await plane.run({ command: 'redeploy' })
      expectOutcome(outcome, { ...DEPLOYED, writes: [REDEPLOY], outputs: { 'image-uri': OLDEST } })
    }))

  test.concurrent('takes the revision that is named, however old it is', () =>
    withPlane(async (plane) => {
      const { revisions } = await threeImages(plane)
      const outcome = await plane.run({ command: 'redeploy', 'revision-id': revisions[2] ?? '' })
      expectOutcome(outcome, { ...DEPLOYED, writes: [REDEPLOY], outputs: { 'image-uri': OLDEST } })
      expect(pathOfWrite(outcome.journal)).toContain(revisions[2])
    }))

  test.concurrent.each(['BUILD_FAILED', 'DEPLOY_FAILED', 'SKIPPED', 'INTERRUPTED'])(
    'leaves it at what serves when the latest revision ended as %s',
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

  test.concurrent('goes further back all the same when a revision is named', () =>
    withPlane(async (plane) => {
      const { revisions } = await latestFailed(plane, 'DEPLOY_FAILED')
      const outcome = await plane.run({ command: 'redeploy', 'revision-id': revisions[2] ?? '' })
      expectOutcome(outcome, { ...DEPLOYED, writes: [REDEPLOY], outputs: { 'image-uri': OLDEST } })
    }))

  test.concurrent('fails when the old revision does not come up any more', () =>
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

  test.concurrent('of a deployment from GitHub makes a revision of the old commit', () =>
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
  test.concurrent('follows the newest revision, which somebody else made', () =>
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

  test.concurrent('fails when that revision fails', () =>
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

  test.concurrent('for a named revision that another one has replaced is superseded', () =>
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

    test.concurrent('waits until the commit of the run appears, and takes no older revision for it', () =>
      withPlane(async (plane) => {
        const { id, revisions } = await plane.seed('agent', BUILDS_ON_PUSH)
        await plane.scenario({ revisions: [{ nth: 2, commit: COMMIT }] })
        const outcome = await plane.run({ command: 'wait' }, onceItWaits(plane, id))
        expectOutcome(outcome, { ...DEPLOYED, writes: [], outputs: { 'commit-sha': COMMIT } })
        expect(outcome.run.outputs['revision-id']).not.toBe(revisions[0])
      }))

    test.concurrent('knows the revision again that tells its commit only while it is built', () =>
      withPlane(async (plane) => {
        const { id } = await plane.seed('agent', BUILDS_ON_PUSH)
        await plane.scenario({ revisions: [{ commit: COMMIT, commit_from: 'BUILDING', step_ms: 400 }] })
        await push(plane, id, { repo_ref: 'main' })
        const outcome = await plane.run({ command: 'wait' })
        expectOutcome(outcome, { ...DEPLOYED, writes: [], outputs: { 'commit-sha': COMMIT } })
      }))

    test.concurrent('follows the commit of the run although a newer one is listed above it', () =>
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
    ])(
      'is superseded by a newer commit that is deployed meanwhile, with $onSuperseded',
      ({ onSuperseded, level, ...verdict }) =>
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

    test.concurrent('is not superseded by an older push that is deployed while its own is going, and fails with that', () =>
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

    test.concurrent('gives up at the timeout when the commit never comes', () =>
      withPlane(async (plane) => {
        await plane.seed('agent', BUILDS_ON_PUSH)
        const outcome = await plane.run({ command: 'wait', timeout: '2s' })
        expectOutcome(outcome, { status: 'timed-out', writes: [] })
        expect(outcome.run.outputs['revision-id']).toBeUndefined()
      }))
  })
})

/** Pushes as soon as the run has looked and found nothing of its commit. */
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
