import { type Clock, type Limits, pause } from './limits.ts'

/*
 * How the action waits for something that it can only look at: look, pause, look again. Source: "Waiting" in the design.
 */

const SHORTEST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 10_000
/** A pause is this share of the time waited so far, so that the lag after the end stays in proportion. */
const PAUSE_SHARE = 0.05
/** Pauses are shortened by up to this share at random, so that runs begun together do not ask together. */
const JITTER_SHARE = 0.1
const HEARTBEAT_MS = 60_000
/** No pause of a series that grows is longer. */
const LONGEST_GROWN_PAUSE_MS = 30_000

/** What a pause depends on besides the time waited; the policy's own where it is not given. */
interface PauseTraits {
  /** In milliseconds. */
  readonly longestMs?: number | undefined
  /** Of the time waited. */
  readonly share?: number
  /** At least 0, less than 1; 0 makes the longest pause. */
  readonly random?: number
}

/** The pause after `waitedMs` of waiting, in milliseconds. */
export function pauseAfter(
  waitedMs: number,
  { longestMs = LONGEST_PAUSE_MS, share = PAUSE_SHARE, random = 0 }: PauseTraits = {}
): number {
  return Math.min(longestMs, Math.max(SHORTEST_PAUSE_MS, waitedMs * share)) * (1 - JITTER_SHARE * random)
}

/** Growing pauses whose sum is `totalMs`, in milliseconds: each is twice the one before, 30 s at most. */
export function growingPauses(totalMs: number, firstMs = 1_000): readonly number[] {
  const pauses: number[] = []
  for (let left = totalMs, ms = firstMs; left > 0; left -= ms, ms = Math.min(LONGEST_GROWN_PAUSE_MS, ms * 2)) {
    pauses.push(Math.min(ms, left))
  }
  return pauses
}

/** Tells once a minute that a wait goes on. */
interface Heartbeat {
  /** Tells it if nothing was told for a minute. */
  beat(): void
  /** Something else was told. */
  reset(): void
}

/** @param tell called with the time since the beginning, in milliseconds */
export function createHeartbeat(clock: Clock, tell: (waitedMs: number) => void): Heartbeat {
  const since = clock.now()
  let told = since
  const reset = () => {
    told = clock.now()
  }
  return {
    beat: () => {
      if (clock.now() - told < HEARTBEAT_MS) return
      reset()
      tell(clock.now() - since)
    },
    reset
  }
}

/**
 * Looks until a look finds something, as long as the limits of the run allow. The first look is made at once.
 *
 * @param pauseMs from one look to the next, after so many milliseconds of waiting
 * @throws {DeadlineError} at the deadline, {CancelledError} when the job is cancelled, and whatever a look throws
 */
export async function poll<T>(
  limits: Limits,
  { pauseMs, heartbeat }: { readonly pauseMs: (waitedMs: number) => number; readonly heartbeat?: Heartbeat },
  look: () => Promise<T | undefined>
): Promise<T> {
  const { clock } = limits
  const since = clock.now()
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    heartbeat?.beat()
    await pause(limits, pauseMs(clock.now() - since))
  }
}

/**
 * Looks at once and after each of the pauses, in milliseconds, until a look finds something.
 *
 * @param look `isLast`: no look follows
 * @returns nothing when no look found anything
 * @throws {DeadlineError} at the deadline, {CancelledError} when the job is cancelled, and whatever a look throws
 */
export async function lookRepeatedly<T>(
  limits: Limits,
  pauses: readonly number[],
  look: (isLast: boolean) => Promise<T | undefined>
): Promise<T | undefined> {
  for (const [index, ms] of [0, ...pauses].entries()) {
    if (ms > 0) await pause(limits, ms)
    const found = await look(index === pauses.length)
    if (found !== undefined) return found
  }
  return undefined
}
