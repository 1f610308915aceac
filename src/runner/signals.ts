import { systemClock } from '../run/limits.ts'

/** Cancellation of the job. The runner sends SIGINT, and SIGTERM 7.5 seconds later. */
export interface Cancellation {
  readonly signal: AbortSignal
  /** Returns the time of the first signal, in milliseconds of `systemClock`. */
  at(): number | undefined
  /** Stops listening, so that Node handles the signals again. */
  release(): void
}

/** Listens for the runner's signals. */
export function listenForCancellation(): Cancellation {
  const controller = new AbortController()
  let at: number | undefined
  const cancel = () => {
    at ??= systemClock.now()
    controller.abort()
  }
  process.on('SIGINT', cancel)
  process.on('SIGTERM', cancel)
  return {
    signal: controller.signal,
    at: () => at,
    release: () => {
      process.off('SIGINT', cancel)
      process.off('SIGTERM', cancel)
    }
  }
}
