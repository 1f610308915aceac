import type { Clock } from '../src/run/limits.ts'
import type { Check } from './output.ts'

/** How a wait went. */
export interface Waited {
  /** When the client knew the end, in the clock's milliseconds. */
  readonly endedAt: number
  readonly requests: number
}

/** LangSmith's documentation waits for a revision so: a look, then 60 seconds of sleep. */
export const DOCS_INTERVAL_MS = 60_000
/** The eager loop that people write themselves. */
export const EAGER_INTERVAL_MS = 1_000

/**
 * Waits for the end of a rollout as a plain loop does: a look at once, then one after every `intervalMs`.
 *
 * @param hasEnded one request
 * @param mostLooks bounds the loop
 * @throws Error when that many looks did not see the end
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
  throw new Error(`The rollout had not ended after ${mostLooks} looks`)
}

/** How late a client was for one rollout. */
export interface Lag {
  readonly lagMs: number
  readonly lengthMs: number
}

/** The lag that a rollout may have: 1 s or 5 % of its length, whichever is more, and half a second for the requests. */
function lagLimit(lengthMs: number): number {
  return Math.max(1_000, lengthMs * 0.05) + 500
}

/** Judges the lag that came closest to its limit, or went furthest beyond it; nothing where nothing was measured. */
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
