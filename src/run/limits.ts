import { setTimeout as delay } from 'node:timers/promises'

/** The clock of a run. Tests use a virtual one. */
export interface Clock {
  /** Milliseconds since the epoch. Never jumps: only the start of the process comes from the system time. */
  now(): number
  /** Resolves after `ms` milliseconds. Rejects with the signal's reason as soon as the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  // Not `Date.now()`: the virtual machine of a runner may correct the system time by minutes during a job.
  now: () => Math.floor(performance.timeOrigin + performance.now()),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, signal ? { signal } : {})
  }
}

/** Limits of a run: the deadline from its `timeout`, and the cancellation of the job. */
export interface Limits {
  readonly clock: Clock
  /** Aborted when the job is canceled. */
  readonly cancelled: AbortSignal
  /** Time after which the run starts nothing new, in the clock's milliseconds. It can move, see `Deadline`. */
  readonly deadline: number
}

/** Limits of a whole run. The deadline moves by time that does not count toward `timeout`. */
export interface Deadline extends Limits {
  /** Postpones the deadline by `ms` milliseconds. */
  extend(ms: number): void
  /** Sets the deadline to `ms` milliseconds from now, for a separate task. */
  restart(ms: number): void
}

/** Returns limits with a movable deadline. @param deadline the first deadline, in the clock's milliseconds */
export function createDeadline({ clock, cancelled, deadline: first }: Limits): Deadline {
  let deadline = first
  return {
    clock,
    cancelled,
    get deadline() {
      return deadline
    },
    extend: (ms) => {
      deadline += ms
    },
    restart: (ms) => {
      deadline = clock.now() + ms
    }
  }
}

/** Runs work with a deadline that is `ms` milliseconds later. */
export async function withGrace<T>(deadline: Deadline, ms: number, work: () => Promise<T>): Promise<T> {
  deadline.extend(ms)
  try {
    return await work()
  } finally {
    deadline.extend(-ms)
  }
}

/** The `timeout` of the run has expired. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError'
  /** The request that had no usable response, if the run was waiting for one. */
  readonly unanswered: string | undefined
  constructor(unanswered?: string) {
    super('The timeout expired.')
    this.unanswered = unanswered
  }
}

/** The job was canceled. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError'
  constructor() {
    super('The job was canceled.')
  }
}

/** True if an error ends the run itself. Callers must not treat it as the failure of one request. */
export function endsRun(error: unknown): error is CancelledError | DeadlineError {
  return error instanceof CancelledError || error instanceof DeadlineError
}

/** Time that a pending write or an interruption may take after the job is canceled, in milliseconds. */
export const CANCEL_GRACE_MS = 1_500

/**
 * Throws when the run has reached one of its limits.
 *
 * @throws {CancelledError} when the job was canceled
 * @throws {DeadlineError} when the deadline has passed
 */
export function checkLimits(limits: Limits): void {
  if (limits.cancelled.aborted) throw new CancelledError()
  if (limits.clock.now() >= limits.deadline) throw new DeadlineError()
}

/**
 * Waits `ms` milliseconds within the limits. Never sleeps past the deadline.
 *
 * @throws {CancelledError} at once when the job is canceled
 * @throws {DeadlineError} at the deadline, if the deadline comes first
 */
export async function pause(limits: Limits, ms: number): Promise<void> {
  checkLimits(limits)
  const left = limits.deadline - limits.clock.now()
  try {
    await limits.clock.sleep(Math.min(ms, left), limits.cancelled)
  } catch (error) {
    if (limits.cancelled.aborted) throw new CancelledError()
    throw error
  }
  if (ms >= left) throw new DeadlineError()
}

/** Returns a signal that follows another one after `graceMs` milliseconds, and a function that disconnects the two. */
export function delayedSignal(signal: AbortSignal, graceMs: number): { signal: AbortSignal; release(): void } {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const start = () => {
    timer = setTimeout(() => controller.abort(), graceMs)
  }
  if (signal.aborted) start()
  else signal.addEventListener('abort', start, { once: true })
  return {
    signal: controller.signal,
    release: () => {
      signal.removeEventListener('abort', start)
      clearTimeout(timer)
    }
  }
}
