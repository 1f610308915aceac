import { jest } from '@jest/globals'
import { afterThisTest } from './after-this-test.ts'

/** Returns the real milliseconds until a promise settles. */
export async function lasts(promise: Promise<unknown>): Promise<number> {
  const since = performance.now()
  await promise.catch(() => undefined)
  return performance.now() - since
}

/**
 * Work that ends at once, or at a limit of a second or two, ends within this time even on a busy machine. All other
 * limits are 30 s or more.
 */
export const SOON_MS = 5_000

/**
 * Divides the time limits of single requests by `factor` in this test, because they use the real time.
 *
 * @returns the original limits that are set from now on, in milliseconds
 */
export function hurryTimeouts(factor = 100): readonly number[] {
  const limits: number[] = []
  const usual = AbortSignal.timeout.bind(AbortSignal)
  const spy = jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    limits.push(ms)
    return usual(Math.ceil(ms / factor))
  })
  afterThisTest(() => spy.mockRestore())
  return limits
}
