import { describe, expect, test } from '@jest/globals'
import type { Revision } from '../../src/control-plane/resources.ts'
import { usualTime } from '../../src/deployment/usual-time.ts'
import { runMain, said, secondsOf } from '../support/run.ts'
import { FROM_IMAGE, OLD_IMAGE, useWorld } from '../support/world.ts'
import { revisionWith } from './samples.ts'

/** Returns a revision whose rollout took this many seconds. */
function took(seconds: number, more: Partial<Revision> = {}): Revision {
  const at = (ms: number) => new Date(Date.UTC(2026, 10, 27) + ms).toISOString()
  return revisionWith({ created_at: at(0), updated_at: at(seconds * 1_000), ...more })
}

describe('usualTime', () => {
  test.each<[string, readonly Revision[], number | undefined]>([
    ['returns the median of the last five', [300, 100, 200, 150, 250, 9, 9].map((seconds) => took(seconds)), 200],
    ['ignores failed revisions', [took(5, { status: 'BUILD_FAILED' }), took(100), took(100)], 100],
    ['ignores other sources', [took(5, { source: 'internal_source' }), took(100), took(100)], 100],
    ['treats a missing source as the same', [took(90, { source: null }), took(90, { source: null })], 90],
    ['ignores impossible times', [took(-5), took(0), took(90_000), took(100), took(100)], 100],
    ['returns nothing for one revision', [took(100)], undefined],
    ['returns nothing for revisions without times', [revisionWith(), revisionWith()], undefined],
    ['returns nothing without revisions', [], undefined]
  ])('%s', (_, revisions, seconds) => {
    expect(usualTime(revisions, 'github')).toBe(seconds === undefined ? undefined : seconds * 1_000)
  })
})

describe('the usual time', () => {
  const world = useWorld()
  const LIFE = { durations: { DEPLOYING: 190_000 } }
  const requestsOfRun = async () => (await world.requests()).filter((request) => request.endsWith('/revisions')).length

  test('appears at the start and in the heartbeat, without extra requests', async () => {
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
    // One request before the write, and one for the new revision.
    expect(await requestsOfRun()).toBe(2)
  })

  test.each(['wait', 'redeploy'])('appears with command: %s', async (command) => {
    await world.api.scenario({ revisions: [LIFE] })
    const id = await world.images(OLD_IMAGE)
    world.clock.skip(300_000)
    for (const tag of ['a:2', 'a:3']) {
      await world.patch(id, { source_revision_config: { image_uri: tag } })
      if (tag !== 'a:3' || command !== 'wait') world.clock.skip(300_000)
    }
    expect(said(await runMain(world, { command }))).toContain('usually takes 3 min')
  })

  test('does not appear for the first rollout', async () => {
    const run = await runMain(world, FROM_IMAGE)
    expect(said(run)).not.toContain('usually')
  })
})
