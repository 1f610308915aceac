import { checkLimits, type Limits } from '../../run/limits.ts'
import { pauseAfter, poll } from '../../run/poll.ts'
import type { AgentServer, Probe } from './probe.ts'

/** The result of the health check of an Agent Server. */
export type Health = Serving | HealthFault

/** The server answers; `note` tells its answer. */
interface Serving {
  readonly kind: 'serving'
  readonly note: string
  /** Whether it was broken before: then a newer revision may serve, and `/info` may come from an old instance. */
  readonly wasBroken: boolean
}

/** One check that did not show that the server serves. */
interface LookFault {
  /**
   * `broken`: the server answers with an error, or names another revision. `unclear`: no answer tells whether it
   * serves; the server may be private, asleep, or have another health path.
   */
  readonly kind: 'broken' | 'unclear'
  readonly reason: string
}

/** All checks together: a server that was broken in any check is broken, also when it did not answer in others. */
export interface HealthFault extends LookFault {
  /** How long it was checked, in milliseconds. */
  readonly forMs: number
}

/** The state of the health check between two checks. */
export interface HealthState {
  readonly looks: number
  /** Whether the server has named its revision in any check. */
  readonly isNamed: boolean
  /** How long it has been checked, in milliseconds; a gap counts up to the time that a check can take. */
  readonly lookedMs: number
  /** The time of the last check, in milliseconds of the clock; `undefined` before the first. */
  readonly at?: number | undefined
  readonly last?: LookFault | undefined
  /** Its last answer that was broken. */
  readonly broken?: string | undefined
  /** Its last behavior that was unclear. */
  readonly unclear?: string | undefined
}

/** One check: the answer on the health path, and the revision that the server names. */
export interface HealthLook {
  readonly probe: Probe
  /** `undefined`: the server names none, or was not asked; `null`: it did not answer. */
  readonly revisionId: string | null | undefined
  /** Where it names it. */
  readonly namedBy?: '/info' | '/metrics'
}

/** How long a server may be broken until the check ends. */
const BROKEN_FOR_MS = 180_000
/** How long a server may be unclear until the check ends, when it need not be reachable from the runner. */
const UNCLEAR_FOR_MS = 60_000
/** The check does not end after fewer checks than these, however much time has passed. */
const FEWEST_LOOKS = 5
/** A pause is this share of the time waited so far: a check is over sooner than a rollout. */
const CHECK_PAUSE_SHARE = 0.2
/**
 * The longest time from one check to the next: a pause and two requests of at most 10 s each. When more time has
 * passed, the clock was set or the machine slept, and the server was not checked in that time.
 */
const LONGEST_GAP_MS = 30_000

/** The state before the first check. */
export const BEFORE_FIRST_LOOK: HealthState = { looks: 0, isNamed: false, lookedMs: 0 }

/**
 * The next state, or the result. Pure: `now` is the time in milliseconds.
 *
 * One answer that shows that the server serves ends the check. A missing answer does not reset "broken": a server that
 * was broken in any check is `broken` after three minutes.
 *
 * @param wanted the revision that is to serve
 * @param isRequired whether the user requires an answer; then the check waits as long for a silent server as for a
 * broken one
 */
export function stepHealth(
  state: HealthState,
  look: HealthLook,
  wanted: string,
  isRequired: boolean,
  now: number
): HealthState | Health {
  const seen = judgeLook(look, wanted, state.isNamed)
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
  return healthFault(next) ?? next
}

/** The result of all checks so far; `undefined` before the first. */
export function healthFault({ broken, unclear, lookedMs: forMs }: HealthState): HealthFault | undefined {
  if (broken !== undefined) {
    const reason = unclear === undefined ? broken : `never succeeded: it ${broken}, or it ${unclear}`
    return { kind: 'broken', reason, forMs }
  }
  return unclear === undefined ? undefined : { kind: 'unclear', reason: unclear, forMs }
}

function judgeLook(
  { probe, revisionId, namedBy = '/info' }: HealthLook,
  wanted: string,
  isNamed: boolean
): Omit<Serving, 'wasBroken'> | LookFault {
  if (probe.kind === 'unreachable') return { kind: 'unclear', reason: `could not be reached (${probe.reason})` }
  const { status } = probe
  if (status >= 500) return { kind: 'broken', reason: `returned ${status}` }
  // A server that asks for authentication works.
  const isServing = (status >= 200 && status < 300) || status === 401 || status === 403
  if (!isServing) return { kind: 'unclear', reason: `returned ${status}` }
  if (probe.isAnyPath) {
    return { kind: 'unclear', reason: `returned ${status}, as for any protected path` }
  }
  // It named another revision before, so without a name this may still be that revision.
  if (typeof revisionId !== 'string' && isNamed) {
    return { kind: 'unclear', reason: `returned ${status}, but /info reports no revision` }
  }
  if (typeof revisionId === 'string' && revisionId.toLowerCase() !== wanted.toLowerCase()) {
    return { kind: 'broken', reason: `returned ${status}, but ${namedBy} still reports revision ${revisionId}` }
  }
  return { kind: 'serving', note: `returned ${status}${whoseAnswer(status, revisionId, namedBy)}` }
}

/** What is known of the revision that answers; only after a success it is asked for. */
function whoseAnswer(status: number, revisionId: HealthLook['revisionId'], namedBy: string): string {
  if (status >= 300) return ''
  if (typeof revisionId === 'string') return `, and ${namedBy} reports this revision`
  return revisionId === null ? '; /info did not respond' : '; the server does not report its revision'
}

/**
 * Checks an Agent Server until it serves, or until it is clear that it does not.
 *
 * @param onLook called after each check that did not show that the server serves
 * @throws {DeadlineError} when the deadline comes first, {CancelledError} when the job is cancelled
 */
export async function checkHealth(
  server: Pick<AgentServer, 'health' | 'revision' | 'revisionOfMetrics'>,
  limits: Limits,
  wanted: string,
  isRequired: boolean,
  onLook: (state: HealthState) => void
): Promise<Health> {
  const { clock } = limits
  let state = BEFORE_FIRST_LOOK
  const pauseMs = (waitedMs: number) => pauseAfter(waitedMs, { share: CHECK_PAUSE_SHARE })
  return poll(limits, { pauseMs }, async () => {
    const probe = await server.health()
    const asks = probe.kind === 'answered' && probe.status < 300
    const inInfo = asks ? await server.revision().catch(() => null) : undefined
    // An app of the agent's own may have an /info of its own; the metrics come before it.
    const inMetrics = asks && inInfo === undefined ? await server.revisionOfMetrics().catch(() => undefined) : undefined
    const revisionId = inMetrics ?? inInfo
    // A request that was cut short from here says nothing of the server.
    const isCut = probe.kind === 'unreachable' || revisionId === null
    if (isCut || limits.cancelled.aborted) checkLimits(limits)
    const namedBy = inMetrics === undefined ? '/info' : '/metrics'
    const next = stepHealth(state, { probe, revisionId, namedBy }, wanted, isRequired, clock.now())
    if ('kind' in next) return next
    state = next
    onLook(state)
    return undefined
  })
}
