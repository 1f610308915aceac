/** The time of an emulator, in epoch milliseconds. */
export interface EmulatorClock {
  /** Time passes only when somebody says so. */
  readonly manual: boolean
  now(): number
  /** Lets time pass at once. @param ms milliseconds, 0 or more */
  advance(ms: number): void
}

/** A clock that goes with `Date.now()`, or one that begins there and stands still. Both can be put forward. */
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
