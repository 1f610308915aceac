import type { Revision } from '../control-plane/resources.ts'

/** Of so many earlier rollouts the median is taken, and from so many on it says what is usual. */
const MOST_SAMPLES = 5
const LEAST_SAMPLES = 2
/** A revision that was touched later than this after it was made says nothing of its rollout, in milliseconds. */
const LONGEST_ROLLOUT_MS = 2 * 3_600_000

/**
 * How long rollouts of a deployment usually take, in milliseconds: the median of the last ones that were made from the
 * same source. Nothing where there are too few.
 *
 * @param revisions newest first
 * @param source of the revision that is waited for; `null` when it is not told
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
