import { describe, expect, test } from '@jest/globals'
import { runMain } from '../support/run.ts'
import { DIGEST, IMAGE, idsOf, OLD_IMAGE, useWorld } from '../support/world.ts'

type Inputs = Readonly<Record<string, string>>

describe('the output `plan-changes` of a dry run', () => {
  const world = useWorld()
  const changes = async (inputs: Inputs) => {
    const { runner } = await runMain(world, { 'dry-run': 'true', ...inputs })
    expect(runner.outputs.status).toBe('planned')
    return runner.outputs['plan-changes']
  }

  test.each<[string, string, Inputs]>([
    ['is 0 without changes', '0', { 'image-uri': DIGEST, 'skip-unchanged': 'true' }],
    ['counts a new revision without changes', '1', { 'image-uri': DIGEST }],
    ['counts each field and variable', '3', { 'image-uri': IMAGE, variables: 'A=1\nB=2' }],
    [
      'counts a setting that needs no revision',
      '1',
      { 'image-uri': DIGEST, 'skip-unchanged': 'true', 'display-name': 'A' }
    ],
    ['of a redeploy counts the revision', '1', { command: 'redeploy' }],
    ['of a delete counts the deployment', '1', { command: 'delete' }],
    ['of an interruption without a revision is 0', '0', { command: 'interrupt' }]
  ])('%s', async (_, count, inputs) => {
    await world.images(OLD_IMAGE, DIGEST)
    expect(await changes(inputs)).toBe(count)
    expect(await world.writes()).toEqual([])
  })

  test('of a delete without a deployment is 0', async () => {
    expect(await changes({ command: 'delete' })).toBe('0')
  })

  test('of a redeploy of the active code is 0', async () => {
    await world.api.scenario({ revisions: [{ nth: 2, final: 'DEPLOY_FAILED' }] })
    expect(idsOf(await world.revisions(await world.images(OLD_IMAGE, IMAGE)))).toHaveLength(2)
    expect(await changes({ command: 'redeploy' })).toBe('0')
  })

  test('is not set by a run that writes', async () => {
    expect((await runMain(world, { 'image-uri': IMAGE })).runner.outputs).not.toHaveProperty('plan-changes')
  })
})
