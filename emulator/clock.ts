/** The clock of an emulator, in epoch milliseconds. */
export interface EmulatorClock {
  /** True if time passes only on request. */
  readonly manual: boolean
  now(): number
  /** Moves the clock forward. @param ms milliseconds, 0 or more */
  advance(ms: number): void
}

/** Creates a clock that follows `Date.now()`, or one that starts there and stops. Both can be moved forward. */
export function createClock(manual: boolean): EmulatorClock {
  const beginning = Date.now()
  let ahead = 0
  return {
    manual,
    now: () => (manual ? beginning : Date.now()) + ahead,
    advance(ms) {
      ahead += ms
    }
  }
}
