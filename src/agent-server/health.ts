import { CancelledError, type Limits, pause } from '../limits.ts'
import type { AgentServer, Probe } from './probe.ts'

/** What is known of an Agent Server at the end of its health check. */
export type Health =
  /** It answers; `note` says with what. */
  | { readonly kind: 'serving'; readonly note: string }
  /** It answered for the whole time that it is broken, or that it is another revision. */
  | { readonly kind: 'broken'; readonly reason: string }
  /** It gave no answer that says either: it may be private, asleep, or behind another path. */
  | { readonly kind: 'unclear'; readonly reason: string }

/** What the check remembers between two looks. */
export interface HealthState {
  /** What is to be said of it by now, when it was not seen to serve: silence takes back nothing of an answer before. */
  readonly last: (Health & { readonly kind: 'broken' | 'unclear' }) | undefined
  /** When the check began, in the clock's milliseconds. */
  readonly since: number
  /** When it first answered that it is broken, and how it did last. */
  readonly broken: { readonly since: number; readonly last: Health & { readonly kind: 'broken' } } | undefined
}

/** What one look showed: the answer on the health path, and the revision that the server names, if it serves. */
export interface HealthLook {
  readonly probe: Probe
  readonly revisionId: string | undefined
}

/** How long a server may take to come to its senses. */
const BROKEN_AFTER_MS = 180_000
/** How long one that has never answered is tried, where it need not be reachable from here. */
const SILENT_AFTER_MS = 60_000
const SHORTEST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 10_000
/** A pause is this share of the time waited so far. */
const PAUSE_SHARE = 0.2

export function beginHealth(now: number): HealthState {
  return { last: undefined, since: now, broken: undefined }
}

/**
 * What follows from one look. Pure: time comes in as `now`, in milliseconds.
 *
 * @param wanted the revision that is to serve
 * @param isRequired whether the user insists on an answer; then it is waited for as long as a broken one is
 */
export function stepHealth(
  state: HealthState,
  { probe, revisionId }: HealthLook,
  wanted: string,
  isRequired: boolean,
  now: number
): HealthState | Health {
  const seen = judge(probe, revisionId, wanted)
  if (seen.kind === 'serving') return seen
  const broken = seen.kind === 'broken' ? { since: state.broken?.since ?? now, last: seen } : state.broken
  const last = broken && probe.kind === 'unreachable' ? broken.last : seen
  const silentAfter = isRequired ? BROKEN_AFTER_MS : SILENT_AFTER_MS
  // One that has been broken gets its whole time to come to its senses, also where it falls silent meanwhile.
  const end = broken ? broken.since + BROKEN_AFTER_MS : state.since + silentAfter
  return now < end ? { ...state, last, broken } : last
}

function judge(probe: Probe, revisionId: string | undefined, wanted: string): Health {
  if (probe.kind === 'unreachable') return { kind: 'unclear', reason: `could not be reached (${probe.reason})` }
  const { status } = probe
  if (status >= 500) return { kind: 'broken', reason: `answered ${status}` }
  // A server that wants to know who asks is one that works.
  const isServing = (status >= 200 && status < 300) || status === 401 || status === 403
  if (!isServing) return { kind: 'unclear', reason: `answered ${status}` }
  if (revisionId !== undefined && revisionId.toLowerCase() !== wanted.toLowerCase()) {
    return { kind: 'broken', reason: `answered ${status}, but by /info it is still revision ${revisionId}` }
  }
  return { kind: 'serving', note: `answered ${status}` }
}

/**
 * Asks an Agent Server until it serves, or until it is plain that it does not.
 *
 * @param onLook told of each look that did not show that it serves
 * @throws {DeadlineError} when the deadline comes first, {CancelledError} when the job is cancelled
 */
export async function checkHealth(
  server: Pick<AgentServer, 'health' | 'revision'>,
  limits: Limits,
  wanted: string,
  isRequired: boolean,
  onLook: (seen: NonNullable<HealthState['last']>) => void
): Promise<Health> {
  const { clock } = limits
  const since = clock.now()
  let state = beginHealth(since)
  for (;;) {
    const probe = await server.health()
    const revisionId = probe.kind === 'answered' && probe.status < 300 ? await server.revision() : undefined
    // A request that the cancellation cut short says nothing of the server.
    if (limits.cancelled.aborted) throw new CancelledError()
    const next = stepHealth(state, { probe, revisionId }, wanted, isRequired, clock.now())
    if ('kind' in next) return next
    state = next
    if (state.last) onLook(state.last)
    const waited = clock.now() - since
    await pause(limits, Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, waited * PAUSE_SHARE)))
  }
}
