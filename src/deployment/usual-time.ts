import type { Revision } from '../control-plane/resources.ts'

/** Maximum number of rollouts in the median. */
const MOST_SAMPLES = 5
/** Minimum number of rollouts in the median. */
const LEAST_SAMPLES = 2
/** A longer time between creation and last update is not the time of a rollout, in milliseconds. */
const LONGEST_ROLLOUT_MS = 2 * 3_600_000

/**
 * Returns the usual time of a rollout, in milliseconds: the median of the last rollouts from the same source. Returns
 * `undefined` when there are too few.
 *
 * @param revisions newest first
 * @param source source of the revision that the run waits for; `null` when the API does not report it
 */
export function usualTime(revisions: readonly Revision[], source: string | null | undefined): number | undefined {
  const times = revisions
    .filter((revision) => revision.status === 'DEPLOYED' && (revision.source ?? source) === (source ?? revision.source))
    .map(({ created_at, updated_at }) => Date.parse(updated_at ?? '') - Date.parse(created_at ?? ''))
    .filter((ms) => ms > 0 && ms <= LONGEST_ROLLOUT_MS)
    .slice(0, MOST_SAMPLES)
    .sort((left, right) => left - right)
  return times.length < LEAST_SAMPLES ? undefined : times[Math.floor(times.length / 2)]
}
