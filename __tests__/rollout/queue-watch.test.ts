import { describe, expect, test } from '@jest/globals'
import { holderOf } from '../../src/rollout/queue-watch.ts'
import { NEWER_ID, OLDER_ID, REVISION_ID, revisionWith } from '../deployment/samples.ts'
import { errorOf, runMain, said } from '../support/run.ts'
import { FROM_IMAGE, idsOf, OLD_IMAGE, useWorld } from '../support/world.ts'

describe('a queued revision', () => {
  const world = useWorld()
  /** Creates a deployment with an active revision, and one in progress for the given time. */
  const stuckFor = async (ms: number) => {
    await world.api.scenario({ revisions: [{ nth: 2, durations: { DEPLOYING: ms } }] })
    const id = await world.images(OLD_IMAGE, 'b:1')
    return idsOf(await world.revisions(id))[0]
  }

  test('reports the blocking revision once', async () => {
    const holder = await stuckFor(240_000)
    const run = await runMain(world, FROM_IMAGE)
    expect(run.runner.outputs.status).toBe('deployed')
    expect(said(run).match(/Waiting behind .+/g)).toEqual([
      expect.stringMatching(new RegExp(`^Waiting behind revision ${holder} \\(DEPLOYING, for 1 min( \\d+ s)?\\)\\.$`))
    ])
    expect(said(run)).not.toContain('command: interrupt')
    for (const kind of ['notice', 'warning', 'error'] as const) expect(run.runner.texts(kind)).toEqual([])
  })

  test('advises the command to interrupt it once, after ten minutes', async () => {
    const holder = await stuckFor(1_200_000)
    const run = await runMain(world, FROM_IMAGE)
    expect(said(run).match(/.*`command: interrupt`.*/g)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^Queued for 10 min behind revision ${holder} \\(DEPLOYING, for 1\\d min.*\`revision-id: ${holder}\``
        )
      )
    ])
  })

  test('advises the command at the timeout', async () => {
    await stuckFor(1_200_000)
    expect(errorOf(await runMain(world, { ...FROM_IMAGE, timeout: '5m' }))).toMatch(
      /was QUEUED\..+stop that revision with `command: interrupt` if it is stuck/s
    )
  })

  test('reads no list if it is queued for a moment', async () => {
    await world.images(OLD_IMAGE)
    await runMain(world, FROM_IMAGE)
    const all = await world.requests()
    const after = all.slice(all.indexOf('PATCH /v2/deployments/:id'))
    // This read searches for the new revision.
    expect(after.filter((request) => request === 'GET /v2/deployments/:id/revisions')).toHaveLength(1)
  })

  test('continues if the list cannot be read', async () => {
    await stuckFor(240_000)
    const path = '/v2/deployments/*/revisions'
    await world.api.scenario({
      revisions: [{ nth: 2, durations: { DEPLOYING: 240_000 } }],
      faults: [{ method: 'GET', path, nth: 3, times: null, action: 'status', status: 500 }]
    })
    expect((await runMain(world, FROM_IMAGE)).runner.outputs.status).toBe('deployed')
  })
})

test('holderOf returns the oldest revision in progress', () => {
  const going = (id: string) => revisionWith({ id, status: 'QUEUED' })
  const list = [going(NEWER_ID), going(REVISION_ID), revisionWith({ id: OLDER_ID, status: 'BUILDING' })]
  expect(holderOf(list, NEWER_ID)?.id).toBe(OLDER_ID)
  expect(holderOf(list, REVISION_ID)?.id).toBe(OLDER_ID)
  expect(holderOf(list, OLDER_ID)).toBeUndefined()
  expect(holderOf(list.slice(2), REVISION_ID)).toBeUndefined()
  expect(holderOf([], REVISION_ID)).toBeUndefined()
})
