import { systemClock } from '../run/limits.ts'

/** The cancellation of the job. The runner sends SIGINT, and SIGTERM 7.5 seconds later. */
export interface Cancellation {
  readonly signal: AbortSignal
  /** When the first signal came, in the milliseconds of `systemClock`. */
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
