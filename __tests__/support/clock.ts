import type { Clock } from '../../src/run/limits.ts'

/** A clock with the real time, except that pauses end at once and only move the clock. */
export interface SkippingClock extends Clock {
  /** Every pause so far, in milliseconds. */
  readonly pauses: readonly number[]
  /** Moves the clock forward. */
  skip(ms: number): void
  /** Runs an action during each later pause; `nth` starts at 1. */
  duringPauses(action: (nth: number) => unknown): void
  /** Runs an action once, during the first later pause in which it is due. */
  onceInPause(isDue: () => boolean | Promise<boolean>, act: () => unknown): void
  /** Removes pauses and actions. The time never goes back. */
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
    // Not `Date.now()`, because a test may have replaced it with this clock.
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
