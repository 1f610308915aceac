import { jest } from '@jest/globals'
import { afterThisTest } from './after-this-test.ts'

/** Real milliseconds that something takes, however it ends. */
export async function lasts(promise: Promise<unknown>): Promise<number> {
  const since = performance.now()
  await promise.catch(() => undefined)
  return performance.now() - since
}

/**
 * What ends at once, or at a limit of a second or two, has ended by then, on a busy machine too; whatever else would end it
 * takes 30 s and more.
 */
export const SOON_MS = 5_000

/**
 * Lets the limits of single requests, which are counted in real time, pass so many times faster in this test.
 *
 * @returns the limits that were set from here on, in milliseconds as they are without hurry
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
