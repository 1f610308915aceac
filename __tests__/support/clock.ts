import type { Clock } from '../../src/run/limits.ts'

/** Time that runs as usual but for pauses, which are over at once and seen on the clock only. */
export interface SkippingClock extends Clock {
  /** Every pause so far, in milliseconds. */
  readonly pauses: readonly number[]
  /** Lets time pass. */
  skip(ms: number): void
  /** Does something in the middle of every pause from here on; `nth` counts from 1. */
  duringPauses(action: (nth: number) => unknown): void
  /** Does something in the first pause from here on in which it is due. */
  onceInPause(isDue: () => boolean | Promise<boolean>, act: () => unknown): void
  /** Forgets pauses and actions; time never runs back. */
  restart(): void
}

export function skippingClock(): SkippingClock {
  let skipped = 0
  let pauses: number[] = []
  const nothing = () => {}
  let action: (nth: number) => unknown = nothing
  return {
    get pauses() {
      return pauses
    },
    // Not Date.now(), which a test may have set to this very clock.
    now: () => Math.floor(performance.timeOrigin + performance.now() + skipped),
    sleep: async (ms, signal) => {
      signal?.throwIfAborted()
      pauses.push(ms)
      await action(pauses.length)
      signal?.throwIfAborted()
      skipped += ms
      await new Promise((resolve) => setImmediate(resolve))
      signal?.throwIfAborted()
    },
    skip: (ms) => {
      skipped += ms
    },
    duringPauses: (next) => {
      action = next
    },
    onceInPause: (isDue, act) => {
      action = async () => {
        if (!(await isDue())) return
        action = nothing
        await act()
      }
    },
    restart: () => {
      pauses = []
      action = nothing
    }
  }
}
