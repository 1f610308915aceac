import { jest } from '@jest/globals'
import { afterThisTest } from './after-this-test.ts'

/** Real milliseconds that something takes, however it ends. */
export async function lasts(promise: Promise<unknown>): Promise<number> {
  const since = performance.now()
  await promise.catch(() => undefined)
  return performance.now() - since
}

/** Lets the limits of single requests, which are counted in real time, pass a hundred times faster in this test. */
export function hurryTimeouts(): void {
  const usual = AbortSignal.timeout.bind(AbortSignal)
  const spy = jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => usual(Math.ceil(ms / 100)))
  afterThisTest(() => spy.mockRestore())
}
