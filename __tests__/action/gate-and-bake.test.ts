import { expect, test } from '@jest/globals'
import { expectOutcome, FROM_IMAGE, PATCH, type Plane, REDEPLOY, withoutReferences, withPlane } from './support.ts'

const GATE = { ...FROM_IMAGE, 'require-experiment': 'eval-1a2b3c4d', thresholds: 'correctness >= 0.8' }
const evaluated = (plane: Plane, correctness: number) =>
  plane.scenario({
    sessions: [
      {
        name: 'eval-1a2b3c4d',
        reference_dataset_id: '6c1f7b2e-0d3a-4c5e-9f80-1a2b3c4d5e6f',
        samples: [{ at_ms: -1, count: 20, feedback: { correctness } }]
      }
    ]
  })

test.concurrent('an experiment that meets its thresholds lets the bundle deploy, without an annotation', () =>
  withPlane(async (plane) => {
    await plane.seed('agent')
    await evaluated(plane, 0.9)
    const outcome = await plane.run(GATE)
    expectOutcome(outcome, { status: 'deployed', writes: [PATCH] })
    expect(withoutReferences(outcome.run.summary)).toContain('| ✅ | <code>correctness</code> | >= 0.8 | 0.9 |')
  }))

test.concurrent('an experiment below its thresholds ends the run as rejected', () =>
  withPlane(async (plane) => {
    await plane.seed('agent')
    await evaluated(plane, 0.7)
    expectOutcome(await plane.run(GATE), {
      status: 'rejected',
      writes: [],
      says: ['Thresholds not met; no changes were made', 'correctness is 0.7; the threshold is >= 0.8.']
    })
  }))

test.concurrent('a bake over its limit fails and rolls back', () =>
  withPlane(async (plane) => {
    await plane.scenario({ revisions: [{ nth: 2, traffic: { per_minute: 6000, error_rate: 0.5 } }] })
    await plane.seed('agent')
    const outcome = await plane.run({
      ...FROM_IMAGE,
      bake: '20s',
      'max-error-rate': '5%',
      'rollback-on-failure': 'true'
    })
    expectOutcome(outcome, {
      status: 'failed',
      writes: [PATCH, REDEPLOY],
      says: [/exceeded a limit of `bake` after 1 s/, /Rolled back to the code of revision/]
    })
  }))
