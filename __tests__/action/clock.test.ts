import { describe, expect, test } from '@jest/globals'
import { CREATE, expectOutcome, FROM_IMAGE, withPlane } from './support.ts'

/** Changes the wall clock of the process by the given time after half a second, like a time service. */
const jumpBy = (ms: number) => {
  const program = `const now = Date.now; Date.now = () => now() + (process.uptime() > 0.5 ? ${ms} : 0)`
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(program)}` }
}

describe('a wall clock that changes during a run', () => {
  test.concurrent.each([
    ['on', 200_000],
    ['back', -200_000]
  ])('set %s, changes neither its end nor its reported duration', (_, ms) =>
    withPlane(async (plane) => {
      await plane.scenario({ revisions: [{ durations: { DEPLOYING: 1_500 } }] })
      const outcome = await plane.run({ ...FROM_IMAGE, timeout: '2m' }, { env: jumpBy(ms) })
      expectOutcome(outcome, { status: 'deployed', writes: [CREATE] })
      expect(Number(outcome.run.outputs['duration-seconds'])).toBeLessThan(20)
    })
  )
})
