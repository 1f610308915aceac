/** An observation that was repeated without interruption. */
export interface Streak {
  /** Milliseconds of the run's clock. */
  readonly since: number
  readonly looks: number
}

/** Minimum number of observations. If the clock jumps, any two observations can be far apart. */
const LEAST_LOOKS = 3

/** Adds an observation to a streak. */
export function lengthen(streak: Streak | undefined, now: number): Streak {
  return { since: streak?.since ?? now, looks: (streak?.looks ?? 0) + 1 }
}

/** True if a streak has lasted `ms` milliseconds, with enough observations to trust the clock. */
export function hasLasted({ since, looks }: Streak, now: number, ms: number): boolean {
  return now - since >= ms && looks >= LEAST_LOOKS
}
