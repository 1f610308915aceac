import type { Clock } from '../src/run/limits.ts'
import type { Check } from './output.ts'

/** Result of a wait. */
export interface Waited {
  /** Time at which the client knew the end, in milliseconds of the clock. */
  readonly endedAt: number
  readonly requests: number
}

/** LangSmith's documentation waits for a revision in this manner: a poll, then 60 seconds of sleep. */
export const DOCS_INTERVAL_MS = 60_000
/** The fast loop that users write themselves. */
export const EAGER_INTERVAL_MS = 1_000

/**
 * Waits for the end of a rollout with a simple loop: polls immediately, then every `intervalMs`.
 *
 * @param hasEnded makes one request
 * @param mostLooks maximum number of polls
 * @throws Error if that many polls did not see the end
 */
export async function pollEvery(
  intervalMs: number,
  hasEnded: () => Promise<boolean>,
  clock: Clock,
  mostLooks: number
): Promise<Waited> {
  for (let requests = 1; requests <= mostLooks; requests += 1) {
    if (await hasEnded()) return { endedAt: clock.now(), requests }
    await clock.sleep(intervalMs)
  }
  throw new Error(`The rollout had not ended after ${mostLooks} polls`)
}

/** Lag of a client in one rollout. */
export interface Lag {
  readonly lagMs: number
  readonly lengthMs: number
}

/** Maximum lag of a rollout: 1 s or 5 % of its duration, whichever is longer, plus half a second for the requests. */
function lagLimit(lengthMs: number): number {
  return Math.max(1_000, lengthMs * 0.05) + 500
}

/** Checks the lag that is closest to its limit or furthest beyond it; `undefined` without a measurement. */
export function judgeLag(claim: string, lags: readonly Lag[]): readonly Check[] {
  const share = ({ lagMs, lengthMs }: Lag) => lagMs / lagLimit(lengthMs)
  const worst = lags.toSorted((a, b) => share(b) - share(a))[0]
  if (!worst) return []
  const limit = lagLimit(worst.lengthMs)
  return [
    {
      claim,
      measured: `${(worst.lagMs / 1_000).toFixed(2)} s`,
      limit: `<= ${(limit / 1_000).toFixed(2)} s`,
      aim: '',
      holds: worst.lagMs <= limit
    }
  ]
}
