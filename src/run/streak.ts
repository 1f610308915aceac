/** Something that was seen again and again, without a break. */
export interface Streak {
  /** Milliseconds of the run's clock. */
  readonly since: number
  readonly looks: number
}

/** A streak needs as many looks, for a clock that jumps makes any two looks far apart. */
const LEAST_LOOKS = 3

/** A streak that was seen once more. */
export function lengthen(streak: Streak | undefined, now: number): Streak {
  return { since: streak?.since ?? now, looks: (streak?.looks ?? 0) + 1 }
}

/** Whether a streak has lasted `ms` milliseconds, and was seen often enough to believe the clock. */
export function hasLasted({ since, looks }: Streak, now: number, ms: number): boolean {
  return now - since >= ms && looks >= LEAST_LOOKS
}
