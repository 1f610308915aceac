import { CancelledError, DeadlineError, type Limits } from '../limits.ts'
import { pauseAfter, poll } from '../run/poll.ts'
import type { AgentServer, Probe } from './probe.ts'

/** What is known of an Agent Server at the end of its health check. */
export type Health = Serving | Faulty

/** It answers; `note` says with what. */
interface Serving {
  readonly kind: 'serving'
  readonly note: string
  /** Whether it was broken before: then it may be a newer revision that serves, and `/info` that of an old instance. */
  readonly wasBroken: boolean
}

/** What a look showed of a server that was not seen to serve. */
interface Fault {
  /**
   * `broken`: it answers that it is, or that it is another revision. `unclear`: it gives no answer that says either; it
   * may be private, asleep, or behind another path.
   */
  readonly kind: 'broken' | 'unclear'
  readonly reason: string
}

/** What all looks together showed: one that was ever broken is broken, however silent it is between. */
export interface Faulty extends Fault {
  /** For how long it was looked at, in milliseconds. */
  readonly forMs: number
}

/** What the check remembers between two looks. */
export interface HealthState {
  readonly looks: number
  /** Whether it has named its revision in any of them. */
  readonly isNamed: boolean
  /** For how long it has been looked at, in milliseconds; of the time between two looks only so much as a look can take. */
  readonly lookedMs: number
  /** The moment of the last look, in the clock's milliseconds; nothing before the first. */
  readonly at: number | undefined
  readonly last: Fault | undefined
  /** What it answered the last time that it was broken. */
  readonly broken: string | undefined
  /** What it did the last time that it was unclear. */
  readonly unclear: string | undefined
}

/** What one look showed: the answer on the health path, and the revision that the server names, if it serves. */
export interface HealthLook {
  readonly probe: Probe
  /** `undefined`: it names none, or was not asked; `null`: it did not answer that. */
  readonly revisionId: string | null | undefined
}

/** How long a server is looked at without one answer that shows that it serves, until it counts as broken. */
const BROKEN_FOR_MS = 180_000
/** How long one may be silent, or say nothing that helps, where it need not be reachable from here. */
const UNCLEAR_FOR_MS = 60_000
/** Fewer looks than these decide nothing, however much time has passed between them. */
const FEWEST_LOOKS = 5
/** A pause is this share of the time waited so far: a check is over sooner than a rollout. */
const PAUSE_SHARE = 0.2
/**
 * From one look to the next: a pause and two requests of at most 10 s each. Where more time has passed, the clock was set
 * or the machine slept, and the server was not looked at.
 */
const LONGEST_GAP_MS = 30_000

/** The state before the first look. */
export const BEFORE_FIRST_LOOK: HealthState = {
  looks: 0,
  isNamed: false,
  lookedMs: 0,
  at: undefined,
  last: undefined,
  broken: undefined,
  unclear: undefined
}

/**
 * What follows from one look. Pure: time comes in as `now`, in milliseconds.
 *
 * One answer that shows that it serves ends the check. Without one, silence does not end a streak of "broken": a server
 * that was broken in any of the looks is `broken` after three minutes.
 *
 * @param wanted the revision that is to serve
 * @param isRequired whether the user insists on an answer; then a silent one is waited for as long as a broken one is
 */
export function stepHealth(
  state: HealthState,
  look: HealthLook,
  wanted: string,
  isRequired: boolean,
  now: number
): HealthState | Health {
  const seen = judge(look, wanted, state.isNamed)
  if (seen.kind === 'serving') {
    return { ...seen, wasBroken: state.broken !== undefined }
  }
  const gapMs = Math.min(LONGEST_GAP_MS, Math.max(0, now - (state.at ?? now)))
  const next: HealthState = {
    ...state,
    looks: state.looks + 1,
    lookedMs: state.lookedMs + gapMs,
    at: now,
    last: seen,
    isNamed: state.isNamed || typeof look.revisionId === 'string',
    [seen.kind]: seen.reason
  }
  const patience = next.broken !== undefined || isRequired ? BROKEN_FOR_MS : UNCLEAR_FOR_MS
  if (next.looks < FEWEST_LOOKS || next.lookedMs < patience) return next
  return faultOf(next) ?? next
}

/** What the looks so far show, all together; nothing before the first. */
export function faultOf({ broken, unclear, lookedMs: forMs }: HealthState): Faulty | undefined {
  if (broken !== undefined) {
    const reason = unclear === undefined ? broken : `never succeeded: it ${broken}, or it ${unclear}`
    return { kind: 'broken', reason, forMs }
  }
  return unclear === undefined ? undefined : { kind: 'unclear', reason: unclear, forMs }
}

function judge(
  { probe, revisionId }: HealthLook,
  wanted: string,
  isNamed: boolean
): Omit<Serving, 'wasBroken'> | Fault {
  if (probe.kind === 'unreachable') return { kind: 'unclear', reason: `could not be reached (${probe.reason})` }
  const { status } = probe
  if (status >= 500) return { kind: 'broken', reason: `answered ${status}` }
  // A server that wants to know who asks is one that works.
  const isServing = (status >= 200 && status < 300) || status === 401 || status === 403
  if (!isServing) return { kind: 'unclear', reason: `answered ${status}` }
  // It named another revision a moment ago, so without its word this one may still be that.
  if (typeof revisionId !== 'string' && isNamed) {
    return { kind: 'unclear', reason: `answered ${status}, but /info does not say by which revision` }
  }
  if (typeof revisionId === 'string' && revisionId.toLowerCase() !== wanted.toLowerCase()) {
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
  let state = BEFORE_FIRST_LOOK
  const pauseMs = (waitedMs: number) => pauseAfter(waitedMs, { share: PAUSE_SHARE })
  return poll(limits, { pauseMs }, async () => {
    const probe = await server.health()
    const asks = probe.kind === 'answered' && probe.status < 300
    const revisionId = asks ? await server.revision().catch(() => null) : undefined
    // A request that was cut short from here says nothing of the server.
    if (limits.cancelled.aborted) throw new CancelledError()
    const isCut = probe.kind === 'unreachable' || revisionId === null
    if (isCut && clock.now() >= limits.deadline) throw new DeadlineError()
    const next = stepHealth(state, { probe, revisionId }, wanted, isRequired, clock.now())
    if ('kind' in next) return next
    state = next
    onLook(state)
    return undefined
  })
}
