import { describe, expect, test } from '@jest/globals'
import { type RunOptions, runJob, type StepRun } from '../../demo/runner.ts'
import { withProxy } from '../support/proxy.ts'
import {
  annotated,
  ENDLESS,
  expectClean,
  FROM_IMAGE,
  INTERRUPT,
  type Inputs,
  type Plane,
  routeOf,
  withPlane
} from './support.ts'

const KILLED: RunOptions = { signals: [{ signal: 'SIGKILL', when: /BUILDING/ }] }
const ON_CANCEL: Inputs = { ...FROM_IMAGE, 'on-cancel': 'interrupt' }
/** Inputs of an inner action in the post step of a nested composite action: all of them can be empty. */
const EMPTY: Inputs = Object.fromEntries(
  ['control-plane-url', 'region', 'name', 'workspace-id', 'image-uri', 'on-cancel', 'github-token'].map((name) => [
    name,
    ''
  ])
)

const SELF_HOSTED = { path: '/api-host' }

async function isInterrupted(plane: Plane): Promise<void> {
  const [deployment] = await plane.deployments()
  const [ours] = await plane.revisions(String(deployment?.id))
  expect(ours?.status).toBe('INTERRUPTED')
}

describe('a killed self-hosted run with empty inputs in the post step', () => {
  test.concurrent('is settled on its own host, without requests to others', () =>
    withPlane(async (plane) => {
      await plane.scenario(ENDLESS)
      await withProxy(Number(new URL(plane.url).port), async (proxy) => {
        const outcome = await plane.run(ON_CANCEL, { ...KILLED, postWith: EMPTY, env: { HTTPS_PROXY: proxy.url } })
        expect(outcome.run.signal).toBe('SIGKILL')
        expect(proxy.targets).toEqual([])
        expect(outcome.writes).toEqual(['POST /v2/deployments', INTERRUPT])
        expect(outcome.journal.every(({ path }) => path.startsWith('/api-host/'))).toBe(true)
        await isInterrupted(plane)
        if (outcome.run.post) expectClean(outcome.run.post)
      })
    }, SELF_HOSTED))

  test.concurrent('without its API key is reported in one warning', () =>
    withPlane(async (plane) => {
      await plane.scenario(ENDLESS)
      const { run, writes } = await plane.run(ON_CANCEL, { ...KILLED, postWith: { ...EMPTY, 'api-key': '' } })
      expect(writes).toEqual(['POST /v2/deployments'])
      expect(run.post?.exitCode).toBe(0)
      expect(run.post?.annotations.map(({ level }) => level)).toEqual(['warning'])
      expect(run.post && annotated(run.post)).toMatch(
        /`api-key` is empty\. Revision \S+ of deployment \S+ may still be in progress/
      )
    }, SELF_HOSTED))
})

describe('two uses of the action in one job', () => {
  /** Both are killed; in the post steps, the inputs of the first are those of the second. */
  const both = async (first: Plane, second: Plane, change: Inputs = {}): Promise<readonly (StepRun | undefined)[]> => {
    for (const plane of [first, second]) await plane.scenario(ENDLESS)
    const { with: postWith = {}, ...options } = second.options({ ...ON_CANCEL, ...change }, KILLED)
    const runs = await runJob([
      { ...first.options(ON_CANCEL, KILLED), postWith },
      { ...options, with: postWith }
    ])
    return runs.map(({ post }) => post)
  }

  test.concurrent('are settled on their own hosts, the last one first', () =>
    withPlane((first) =>
      withPlane(async (second) => {
        const order: string[] = []
        const posts = await both(first, second)
        for (const [plane, post] of [
          [first, posts[0]],
          [second, posts[1]]
        ] as const) {
          await isInterrupted(plane)
          expect((await plane.journal()).map(routeOf).filter((request) => request === INTERRUPT)).toHaveLength(1)
          const [deployment] = await plane.deployments()
          expect(post && annotated(post)).toContain(String(deployment?.id))
        }
        for (const plane of [second, first]) {
          const interruption = (await plane.journal()).find((entry) => routeOf(entry) === INTERRUPT)
          order.push(String(interruption?.at))
        }
        expect(order).toEqual(order.toSorted())
      })
    ))

  test.concurrent('never send the API key of one to the host of the other', () =>
    withPlane((first) =>
      withPlane(async (second) => {
        const posts = await both(first, second, { 'api-key': 'lsv2_of_the_second' })
        const sent = (await first.journal()).map(({ headers }) => headers['x-api-key'])
        expect(sent).not.toContain('lsv2_of_the_second')
        expect(posts[0] && annotated(posts[0])).toMatch(/`api-key` differs from the value that the run used/)
        await isInterrupted(second)
      })
    ))
})
