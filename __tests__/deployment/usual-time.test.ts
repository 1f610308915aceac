import { describe, expect, test } from '@jest/globals'
import type { Revision } from '../../src/control-plane/resources.ts'
import { usualTime } from '../../src/deployment/usual-time.ts'
import { runMain, said, secondsOf } from '../support/run.ts'
import { FROM_IMAGE, OLD_IMAGE, useWorld } from '../support/world.ts'
import { revisionWith } from './samples.ts'

/** A revision whose rollout took so many seconds. */
function took(seconds: number, more: Partial<Revision> = {}): Revision {
  const at = (ms: number) => new Date(Date.UTC(2026, 10, 27) + ms).toISOString()
  return revisionWith({ created_at: at(0), updated_at: at(seconds * 1_000), ...more })
}

describe('how long a rollout usually takes', () => {
  test.each<[string, readonly Revision[], number | undefined]>([
    ['is the median of the last five', [300, 100, 200, 150, 250, 9, 9].map((seconds) => took(seconds)), 200],
    ['passes over what failed', [took(5, { status: 'BUILD_FAILED' }), took(100), took(100)], 100],
    ['passes over other sources', [took(5, { source: 'internal_source' }), took(100), took(100)], 100],
    ['takes a source that is not told for the same', [took(90, { source: null }), took(90, { source: null })], 90],
    ['passes over times that cannot be', [took(-5), took(0), took(90_000), took(100), took(100)], 100],
    ['is not told by one alone', [took(100)], undefined],
    ['is not told without times', [revisionWith(), revisionWith()], undefined],
    ['is not told of nothing', [], undefined]
  ])('%s', (_, revisions, seconds) => {
    expect(usualTime(revisions, 'github')).toBe(seconds === undefined ? undefined : seconds * 1_000)
  })
})

describe('a run', () => {
  const world = useWorld()
  const LIFE = { durations: { DEPLOYING: 190_000 } }
  const requestsOfRun = async () => (await world.requests()).filter((request) => request.endsWith('/revisions')).length

  test('tells it at the start and in the heartbeat, and asks no more for it', async () => {
    await world.api.scenario({ revisions: [LIFE] })
    const id = await world.images(OLD_IMAGE)
    world.clock.skip(300_000)
    await world.patch(id, { source_revision_config: { image_uri: 'a:2' } })
    world.clock.skip(300_000)
    const run = await runMain(world, FROM_IMAGE)
    expect(run.runner.outputs.status).toBe('deployed')
    expect(secondsOf(run)).toBeGreaterThan(190)
    const [, usual] = /A rollout of this deployment usually takes (3 min 1\d s)\./.exec(said(run)) ?? []
    expect(usual).toBeDefined()
    expect(said(run)).toContain(`Still DEPLOYING after 1 min (a rollout usually takes ${usual}).`)
    // Before the write, and for what it made.
    expect(await requestsOfRun()).toBe(2)
  })

  test.each(['wait', 'redeploy'])('tells it with command: %s', async (command) => {
    await world.api.scenario({ revisions: [LIFE] })
    const id = await world.images(OLD_IMAGE)
    world.clock.skip(300_000)
    for (const tag of ['a:2', 'a:3']) {
      await world.patch(id, { source_revision_config: { image_uri: tag } })
      if (tag !== 'a:3' || command !== 'wait') world.clock.skip(300_000)
    }
    expect(said(await runMain(world, { command }))).toContain('usually takes 3 min')
  })

  test('says nothing of it for the first rollouts', async () => {
    const run = await runMain(world, FROM_IMAGE)
    expect(said(run)).not.toContain('usually')
  })
})
