import { checkLimits, type Limits } from '../../run/limits.ts'
import { pauseAfter, poll } from '../../run/poll.ts'
import type { AgentServer, Probe } from './probe.ts'

/** The result of the health check of an Agent Server. */
export type Health = Serving | HealthFault

/** The server works; `note` describes its response. */
interface Serving {
  readonly kind: 'serving'
  readonly note: string
  /**
   * True if an earlier check found it broken: a newer revision may be active now, or `/info` may be from an old
   * instance.
   */
  readonly wasBroken: boolean
}

/** A check that did not show that the server works. */
interface LookFault {
  /**
   * `broken`: the server returns an error, or reports another revision. `unclear`: no response shows if the server
   * works. It may be private, asleep, or have another health path.
   */
  readonly kind: 'broken' | 'unclear'
  readonly reason: string
}

/** The result of all checks: a server that was broken in any check is broken, even if other checks got no response. */
export interface HealthFault extends LookFault {
  /** Duration of the health check, in milliseconds. */
  readonly forMs: number
}

/** The state of the health check between two checks. */
export interface HealthState {
  readonly looks: number
  /** True if the server reported its revision in any check. */
  readonly isNamed: boolean
  /** Duration so far, in milliseconds. A gap between two checks counts up to `LONGEST_GAP_MS`. */
  readonly lookedMs: number
  /** The time of the last check, in milliseconds of the clock; `undefined` before the first. */
  readonly at?: number | undefined
  readonly last?: LookFault | undefined
  /** The reason of the last check that was `broken`. */
  readonly broken?: string | undefined
  /** The reason of the last check that was `unclear`. */
  readonly unclear?: string | undefined
}

/** One check: the response on the health path, and the revision that the server reports. */
export interface HealthLook {
  readonly probe: Probe
  /** `undefined`: the server reports no revision, or was not queried; `null`: no response. */
  readonly revisionId: string | null | undefined
  /** The path that reports the revision. */
  readonly namedBy?: '/info' | '/metrics'
}

/** How long a server may be broken before the health check ends. */
const BROKEN_FOR_MS = 180_000
/** How long a server may be unclear before the health check ends, unless the user requires a response. */
const UNCLEAR_FOR_MS = 60_000
/** The minimum number of checks, even if the time has passed. */
const FEWEST_LOOKS = 5
/** The pause as a share of the time waited so far. Larger than for a rollout, because a health check is shorter. */
const CHECK_PAUSE_SHARE = 0.2
/**
 * The longest time between two checks: a pause and two requests of up to 10 s each. If more time has passed, the clock
 * was set or the machine slept, so that the server was not checked in that time.
 */
const LONGEST_GAP_MS = 30_000

/** The state before the first check. */
export const BEFORE_FIRST_LOOK: HealthState = { looks: 0, isNamed: false, lookedMs: 0 }

/**
 * Returns the next state, or the result. Pure: `now` is the time in milliseconds.
 *
 * One good response ends the health check. A missing response does not reset `broken`: a server that was broken in any
 * check is `broken` after three minutes.
 *
 * @param wanted the expected revision
 * @param isRequired true if the user requires a response; then the check waits as long for a silent server as for a
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
  if (probe.kind === 'unreachable') return { kind: 'unclear', reason: `failed (${probe.reason})` }
  const { status } = probe
  if (status >= 500) return { kind: 'broken', reason: `returned ${status}` }
  // A server that requires authentication works.
  const isServing = (status >= 200 && status < 300) || status === 401 || status === 403
  if (!isServing) return { kind: 'unclear', reason: `returned ${status}` }
  if (probe.isAnyPath) {
    return { kind: 'unclear', reason: `returned ${status}, like every protected path` }
  }
  // It reported another revision before, so a response without a revision may still come from that one.
  if (typeof revisionId !== 'string' && isNamed) {
    return { kind: 'unclear', reason: `returned ${status}, but /info reports no revision` }
  }
  if (typeof revisionId === 'string' && revisionId.toLowerCase() !== wanted.toLowerCase()) {
    return { kind: 'broken', reason: `returned ${status}, but ${namedBy} still reports revision ${revisionId}` }
  }
  return { kind: 'serving', note: `returned ${status}${whoseAnswer(status, revisionId, namedBy)}` }
}

/** Describes the revision that responded, which is only queried after a success. */
function whoseAnswer(status: number, revisionId: HealthLook['revisionId'], namedBy: string): string {
  if (status >= 300) return ''
  if (typeof revisionId === 'string') return `, and ${namedBy} reports this revision`
  return revisionId === null ? '; /info did not respond' : '; the server does not report its revision'
}

/**
 * Checks an Agent Server until it works, or until its patience ends.
 *
 * @param onLook called after each check that did not show that the server works
 * @throws {DeadlineError} at the deadline; {CancelledError} if the job is canceled
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
    // A custom app of the agent can replace /info, but not the metrics.
    const inMetrics = asks && inInfo === undefined ? await server.revisionOfMetrics().catch(() => undefined) : undefined
    const revisionId = inMetrics ?? inInfo
    // A request that the run itself ended says nothing about the server.
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
