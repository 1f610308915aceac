import { type Clock, type Limits, pause } from './limits.ts'

/*
 * Polling: read, pause, read again. Source: "Waiting" in the design.
 */

const SHORTEST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 10_000
/** A pause is this share of the time waited so far, so that the delay after the end stays in proportion. */
const PAUSE_SHARE = 0.05
/** Pauses are shortened at random by up to this share, so that runs that start together do not poll together. */
const JITTER_SHARE = 0.1
const HEARTBEAT_MS = 60_000
/** Maximum pause in a series of growing pauses. */
const LONGEST_GROWN_PAUSE_MS = 30_000

/** Options of a pause. */
interface PauseTraits {
  /** Maximum pause, in milliseconds. */
  readonly longestMs?: number | undefined
  /** Share of the time waited so far. */
  readonly share?: number
  /** From 0 to less than 1; 0 results in the longest pause. */
  readonly random?: number
}

/** Returns the pause after `waitedMs` of waiting, in milliseconds. */
export function pauseAfter(
  waitedMs: number,
  { longestMs = LONGEST_PAUSE_MS, share = PAUSE_SHARE, random = 0 }: PauseTraits = {}
): number {
  return Math.min(longestMs, Math.max(SHORTEST_PAUSE_MS, waitedMs * share)) * (1 - JITTER_SHARE * random)
}

/** Returns pauses with the sum `totalMs`, in milliseconds. Each is twice as long as the previous one, at most 30 s. */
export function growingPauses(totalMs: number, firstMs = 1_000): readonly number[] {
  const pauses: number[] = []
  for (let left = totalMs, ms = firstMs; left > 0; left -= ms, ms = Math.min(LONGEST_GROWN_PAUSE_MS, ms * 2)) {
    pauses.push(Math.min(ms, left))
  }
  return pauses
}

/** Reports once a minute that a wait is in progress. */
interface Heartbeat {
  /** Reports the wait if there was no report for a minute. */
  beat(): void
  /** Starts the minute again after another report. */
  reset(): void
}

/** @param report called with the time since the start, in milliseconds */
export function createHeartbeat(clock: Clock, report: (waitedMs: number) => void): Heartbeat {
  const since = clock.now()
  let reportedAt = since
  const reset = () => {
    reportedAt = clock.now()
  }
  return {
    beat: () => {
      if (clock.now() - reportedAt < HEARTBEAT_MS) return
      reset()
      report(clock.now() - since)
    },
    reset
  }
}

/**
 * Calls `look` until it returns a value, as long as the limits of the run allow. The first call has no pause before it.
 *
 * @param pauseMs returns the next pause after this many milliseconds of waiting
 * @throws {DeadlineError} at the deadline, {CancelledError} when the job is canceled, and any error of `look`
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
 * Calls `look` at once and after each of the pauses, in milliseconds, until it returns a value.
 *
 * @param look `isLast`: no call follows
 * @returns `undefined` when no call returned a value
 * @throws {DeadlineError} at the deadline, {CancelledError} when the job is canceled, and any error of `look`
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
