import { setTimeout as delay } from 'node:timers/promises'

/** Time as the run sees it; tests hand in a virtual one. */
export interface Clock {
  /** Milliseconds since the epoch when the process began, and on from there evenly: it never jumps. */
  now(): number
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  // Not the wall clock, which a runner's virtual machine sets right by minutes in the middle of a job.
  now: () => Math.floor(performance.timeOrigin + performance.now()),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, signal ? { signal } : {})
  }
}

/** What bounds a run: the deadline of its `timeout` and the job's cancellation. */
export interface Limits {
  readonly clock: Clock
  /** Aborted when the job is cancelled. */
  readonly cancelled: AbortSignal
  /** Moment, in the clock's milliseconds, after which nothing new is begun. It can be moved: see `Deadline`. */
  readonly deadline: number
}

/** The limits of a whole run, whose deadline moves for what is not the user's time. */
export interface Deadline extends Limits {
  /** Puts the deadline off by `ms` milliseconds. */
  extend(ms: number): void
  /** Gives a task of its own `ms` milliseconds from now on. */
  restart(ms: number): void
}

/** Limits whose deadline can be moved. @param deadline the first one, in the clock's milliseconds */
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

/** Carries out some work whose time comes on top of the deadline. */
export async function withGrace<T>(deadline: Deadline, ms: number, work: () => Promise<T>): Promise<T> {
  deadline.extend(ms)
  try {
    return await work()
  } finally {
    deadline.extend(-ms)
  }
}

/** The run's `timeout` has passed. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError'
  /** What was waited for, when a request went without a good answer. */
  readonly unanswered: string | undefined
  constructor(unanswered?: string) {
    super('The timeout expired.')
    this.unanswered = unanswered
  }
}

/** The job was cancelled. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError'
  constructor() {
    super('The job was cancelled.')
  }
}

/** Whether an error is the end of the run itself, which no caller may take for the failure of one request. */
export function endsRun(error: unknown): error is CancelledError | DeadlineError {
  return error instanceof CancelledError || error instanceof DeadlineError
}

/** How long a write in flight, or one interruption, may go on after the job was cancelled, in milliseconds. */
export const CANCEL_GRACE_MS = 1_500

/**
 * Ends the run where its limits say so.
 *
 * @throws {CancelledError} when the job was cancelled
 * @throws {DeadlineError} when the deadline has passed
 */
export function checkLimits(limits: Limits): void {
  if (limits.cancelled.aborted) throw new CancelledError()
  if (limits.clock.now() >= limits.deadline) throw new DeadlineError()
}

/**
 * Waits `ms` milliseconds inside the limits: it never sleeps past the deadline.
 *
 * @throws {CancelledError} at once when the job is cancelled
 * @throws {DeadlineError} at the deadline, when that comes first
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

/** A signal that follows another one `graceMs` milliseconds later, and a function that forgets it. */
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
