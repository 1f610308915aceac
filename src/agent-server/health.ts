import { CancelledError, DeadlineError, type Limits, pause } from '../limits.ts'
import type { AgentServer, Probe } from './probe.ts'

/** What is known of an Agent Server at the end of its health check. */
export type Health = Serving | Faulty

/** It answers; `note` says with what. */
interface Serving {
  readonly kind: 'serving'
  readonly note: string
}

/**
 * `broken`: it answers that it is, or that it is another revision. `unclear`: it gives no answer that says either; it may
 * be private, asleep, or behind another path.
 */
export interface Faulty {
  readonly kind: 'broken' | 'unclear'
  readonly reason: string
  /** For how long it has been nothing but this, in milliseconds. */
  readonly forMs: number
}

/** What the check remembers between two looks. */
export interface HealthState {
  /** When the check began, in the clock's milliseconds. */
  readonly since: number
  /** What the last looks showed, all of one kind, and since when; nothing before the first. */
  readonly last: (Faulty & { readonly since: number }) | undefined
  /** The last time that it answered to be broken, if ever. */
  readonly broken: Faulty | undefined
}

/** What one look showed: the answer on the health path, and the revision that the server names, if it serves. */
export interface HealthLook {
  readonly probe: Probe
  readonly revisionId: string | undefined
}

/** How long a server may be broken, without a break, until it counts as such. */
const BROKEN_FOR_MS = 180_000
/** How long one may be silent, or say nothing that helps, where it need not be reachable from here. */
const UNCLEAR_FOR_MS = 60_000
/** One that is now this and now that is not waited for any longer; what it is stays unclear. */
const LONGEST_MS = 360_000
const SHORTEST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 10_000
/** A pause is this share of the time waited so far. */
const PAUSE_SHARE = 0.2

/** The state before the first look. @param now the clock's milliseconds */
export function beginHealth(now: number): HealthState {
  return { since: now, last: undefined, broken: undefined }
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
  const since = state.last?.kind === seen.kind ? state.last.since : now
  const faulty: Faulty = { ...seen, forMs: now - since }
  const patience = seen.kind === 'broken' || isRequired ? BROKEN_FOR_MS : UNCLEAR_FOR_MS
  if (faulty.forMs >= patience) return faulty
  const allMs = now - state.since
  if (allMs >= LONGEST_MS) return { kind: 'unclear', reason: `${seen.reason} now and again`, forMs: allMs }
  return { ...state, last: { ...faulty, since }, broken: seen.kind === 'broken' ? faulty : state.broken }
}

function judge(probe: Probe, revisionId: string | undefined, wanted: string): Serving | Omit<Faulty, 'forMs'> {
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
  onLook: (state: HealthState) => void
): Promise<Health> {
  const { clock } = limits
  const since = clock.now()
  let state = beginHealth(since)
  for (;;) {
    const probe = await server.health()
    const revisionId = probe.kind === 'answered' && probe.status < 300 ? await server.revision() : undefined
    // A request that was cut short from here says nothing of the server.
    if (limits.cancelled.aborted) throw new CancelledError()
    if (probe.kind === 'unreachable' && clock.now() >= limits.deadline) throw new DeadlineError()
    const next = stepHealth(state, { probe, revisionId }, wanted, isRequired, clock.now())
    if ('kind' in next) return next
    state = next
    onLook(state)
    const waited = clock.now() - since
    await pause(limits, Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, waited * PAUSE_SHARE)))
  }
}
