import { AnswerError, ApiError, UnreachableError } from './errors.ts'
import { isCertificateCode } from './faults.ts'

/*
 * Decides whether a failed request is repeated, and when. This module does not wait, send or read a clock. Source:
 * "Reads" and "Writes" in the design, and RFC 9110 for the meaning of statuses and Retry-After.
 */

/** The history of all requests of a run. A new run starts with `FRESH`. */
export interface Patience {
  /** True during a rollout: reads are then repeated after errors that would end a run that has not written anything. */
  readonly awaitsRollout: boolean
  /** True after the first response: a response that no control plane returns is then a temporary error. */
  readonly hasAnswer: boolean
  /** Errors in a row over all requests, without 429 and tolerated rejections. */
  readonly errors: number
}

export const FRESH: Patience = { awaitsRollout: false, hasAnswer: false, errors: 0 }

/** The history of one read over its attempts. A new read starts with `NO_HISTORY`. */
interface ReadHistory {
  /** Rejections in a row, without 404. */
  readonly refusals: number
  /** Responses 404 in a row, and the time of the first one. */
  readonly missing: { readonly tries: number; readonly since: number } | undefined
}

export const NO_HISTORY: ReadHistory = { refusals: 0, missing: undefined }

/** An attempt without a valid response. */
export interface FailedTry {
  readonly error: Error
  /** The value of Retry-After in milliseconds. */
  readonly retryAfterMs?: number | undefined
  /** True if the caller can continue without the route: the response that the route is missing is then final. */
  readonly isOptional?: boolean | undefined
  /** True for a request before the rollout, even if this run has already written: six errors in a row then end it. */
  readonly isBeforeRollout?: boolean | undefined
}

/** The time of a decision. */
interface Moment {
  /** In milliseconds of a monotonic clock. */
  readonly now: number
  /** In milliseconds of the same clock. */
  readonly deadline: number
  /** At least 0, less than 1. */
  readonly random: number
}

/** The request is repeated. */
interface Again {
  readonly kind: 'again'
  readonly afterMs: number
}

type ReadDecision =
  | Again
  | { readonly kind: 'end' }
  /** The deadline has passed, so the error is not evidence about the server. */
  | { readonly kind: 'deadline' }

const FIRST_BACKOFF_MS = 500
const LEAST_BACKOFF_MS = 50
const LONGEST_BACKOFF_MS = 30_000
const THROTTLED_MS = { least: 15_000, most: 30_000 }
/** Limits for the value of Retry-After: a minimum pause, and a maximum that does not miss the end of a short outage. */
const RETRY_AFTER_MS = { least: 1_000, most: 60_000 }
/** The longest pause that Retry-After can cause, in milliseconds. */
export const MOST_ASKED_MS = RETRY_AFTER_MS.most
/** Errors in a row that end a run that has not written anything. */
const ERRORS_BEFORE_WRITE = 6
/**
 * Pauses after rejections in a row during a rollout; a further rejection ends the run. A proxy can restart in this
 * time.
 */
const REFUSAL_PAUSES_MS = [5_000, 15_000, 30_000]
/** Minimum time and number of 404 responses during a rollout before 404 is final: replicas of the control plane lag. */
const MISSING = { ms: 30_000, tries: 3 }
/** Maximum number of uploads of an archive. */
const MOST_UPLOADS = 2
/**
 * Pauses before an image is pushed again, in milliseconds; a further failure ends the run. Three attempts in all, as in
 * the official client.
 */
const PUSH_PAUSES_MS = [2_000, 10_000]
/** Time for the last request, if a pause would pass the deadline. */
const LAST_TRY_MS = 5_000

/** Returns the history after a valid response, which ends each series of errors. */
export function afterGoodAnswer(patience: Patience): Patience {
  return { ...patience, hasAnswer: true, errors: 0 }
}

/** Decides whether to repeat a failed read, or a failed write that can be repeated safely. */
export function afterFailedRead(
  failed: FailedTry,
  patience: Patience,
  history: ReadHistory,
  moment: Moment
): { readonly decision: ReadDecision; readonly patience: Patience; readonly history: ReadHistory } {
  const heard = { ...patience, hasAnswer: patience.hasAnswer || failed.error instanceof ApiError }
  const reaction = reactTo(failed, patience, history, moment)
  if (reaction.kind !== 'again') return { decision: reaction, patience: heard, history }
  return {
    decision: { kind: 'again', afterMs: beforeDeadline(reaction.afterMs, moment) },
    patience: reaction.counts ? { ...heard, errors: heard.errors + 1 } : heard,
    history: reaction.history
  }
}

/** `counts` is true if the failure adds to the errors in a row. */
type Reaction = Exclude<ReadDecision, Again> | (Again & { readonly counts: boolean; readonly history: ReadHistory })

const END: Reaction = { kind: 'end' }

function reactTo(failed: FailedTry, patience: Patience, history: ReadHistory, moment: Moment): Reaction {
  const { error, retryAfterMs, isOptional = false } = failed
  if (moment.now >= moment.deadline) return { kind: 'deadline' }
  if (!patience.hasAnswer && isWrongHost(error)) return END
  if (isOptional && isRouteMissing(error)) return END
  if (isThrottled(error)) {
    return { kind: 'again', afterMs: throttledMs(retryAfterMs, moment.random), counts: false, history }
  }
  if (mayPass(error, patience)) return reactToFault(failed, patience, moment)
  if (!patience.awaitsRollout || !(error instanceof ApiError || error instanceof UnreachableError)) return END
  // A reloading ingress can respond instead of the control plane; its 404 is not about a revision.
  return isMissing(error) ? reactToMissing(failed, patience, history, moment) : reactToRefusal(failed, history)
}

/** Reacts to an error that may be temporary. */
function reactToFault(failed: FailedTry, patience: Patience, { random }: Moment): Reaction {
  const errors = patience.errors + 1
  const isEndless = patience.awaitsRollout && !failed.isBeforeRollout
  if (!isEndless && errors >= ERRORS_BEFORE_WRITE) return END
  const afterMs = backOffMs(errors, failed.retryAfterMs, random)
  return { kind: 'again', afterMs, counts: true, history: NO_HISTORY }
}

/** Reacts to a 404 of the control plane about a resource. */
function reactToMissing(
  { retryAfterMs }: FailedTry,
  { errors }: Patience,
  { missing }: ReadHistory,
  { now, random }: Moment
): Reaction {
  const tries = (missing?.tries ?? 0) + 1
  const since = missing?.since ?? now
  if (tries >= MISSING.tries && now - since >= MISSING.ms) return END
  const afterMs = backOffMs(errors + 1, retryAfterMs, random)
  return { kind: 'again', afterMs, counts: true, history: { refusals: 0, missing: { tries, since } } }
}

/** Reacts to a rejection during a rollout: a restarting proxy can reject requests. */
function reactToRefusal({ error, retryAfterMs }: FailedTry, { refusals }: ReadHistory): Reaction {
  const pauseMs = REFUSAL_PAUSES_MS[refusals]
  // Proxies do not return 422, so it is final: the control plane rejects the request.
  if (pauseMs === undefined || (error instanceof ApiError && error.status === 422)) return END
  const history = { refusals: refusals + 1, missing: undefined }
  return { kind: 'again', afterMs: Math.max(pauseMs, askedMs(retryAfterMs) ?? 0), counts: false, history }
}

/**
 * Decides whether to repeat a failed write. A write is repeated only if it certainly had no effect: it never left this
 * machine, or the server returned 429. Every other rejection is a final response.
 *
 * @returns `end`: the write had no effect, and is not repeated; `in-doubt`: the write may have had an effect
 */
export function afterFailedWrite(
  { error, retryAfterMs }: FailedTry,
  patience: Patience,
  { random }: Pick<Moment, 'random'>
): {
  readonly decision: Again | { readonly kind: 'end' } | { readonly kind: 'in-doubt' }
  readonly patience: Patience
} {
  if (isThrottled(error)) {
    return { decision: { kind: 'again', afterMs: throttledMs(retryAfterMs, random) }, patience }
  }
  if (error instanceof UnreachableError && !error.reached) {
    const counted = { ...patience, errors: patience.errors + 1 }
    const isEnd = isSettled(error) || (!patience.awaitsRollout && counted.errors >= ERRORS_BEFORE_WRITE)
    return isEnd
      ? { decision: { kind: 'end' }, patience: counted }
      : { decision: { kind: 'again', afterMs: backOffMs(counted.errors, undefined, random) }, patience: counted }
  }
  if (error instanceof ApiError && !isFault(error.status)) return { decision: { kind: 'end' }, patience }
  return { decision: { kind: 'in-doubt' }, patience: { ...patience, awaitsRollout: true } }
}

/**
 * Returns true if a failed upload is repeated. Each URL is valid once, so another attempt needs a new one.
 *
 * @param tries number of attempts so far
 * @param isTooLarge true if the store does not accept an archive of this size
 */
export function mayUploadAgain(
  error: unknown,
  { tries, isTooLarge }: { readonly tries: number; readonly isTooLarge: boolean }
): boolean {
  const isBroken = error instanceof UnreachableError || error instanceof ApiError
  return isBroken && !isTooLarge && tries < MOST_UPLOADS
}

/**
 * Returns the pause before an image is pushed again, in milliseconds, or `undefined` if it is not pushed again.
 *
 * @param tries number of attempts so far
 */
export function pushAgainAfterMs(tries: number): number | undefined {
  return PUSH_PAUSES_MS[tries - 1]
}

/**
 * Parses Retry-After: a number of seconds, or a date.
 *
 * @param now milliseconds since the epoch
 * @returns milliseconds from now, at least 0, or `undefined` for any other value
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  if (!value) return undefined
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

/** Limits the value of Retry-After to between a second and a minute, in milliseconds. */
export function askedMs(retryAfterMs: number | undefined): number | undefined {
  if (retryAfterMs === undefined) return undefined
  return Math.min(Math.max(retryAfterMs, RETRY_AFTER_MS.least), RETRY_AFTER_MS.most)
}

/**
 * Returns true if the server does not have the route. A 404 with a reason is about a resource instead, such as a
 * revision that a lagging replica does not have.
 */
export function isRouteMissing(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  return error.isWrongHost || (error.status === 404 && error.detail === '')
}

/**
 * Returns true if the control plane reports that the resource does not exist. A 404 from something else does not count.
 */
export function isMissing(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404 && !isRouteMissing(error)
}

/** Shortens a pause to leave time for a last request. The pause after that request ends at the deadline. */
function beforeDeadline(wantedMs: number, { now, deadline }: Moment): number {
  const left = deadline - now
  return left > LAST_TRY_MS ? Math.min(wantedMs, left - LAST_TRY_MS) : wantedMs
}

function throttledMs(retryAfterMs: number | undefined, random: number): number {
  return askedMs(retryAfterMs) ?? THROTTLED_MS.least + random * (THROTTLED_MS.most - THROTTLED_MS.least)
}

/** Full jitter, with a limit that doubles from half a second. */
function backOffMs(errors: number, retryAfterMs: number | undefined, random: number): number {
  const ceiling = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(errors - 1, 10))
  return askedMs(retryAfterMs) ?? Math.max(LEAST_BACKOFF_MS, random * ceiling)
}

/**
 * Returns true if a status is temporary, so that the same request may succeed later: an error of the server or of a
 * proxy in front of it, or too many requests.
 */
export function isPassingStatus(status: number): boolean {
  return isFault(status) || status === TOO_MANY_REQUESTS
}

/** Returns true if the server rejected the request and will reject it again. */
export function isRefusal(error: unknown): error is ApiError {
  return error instanceof ApiError && !isPassingStatus(error.status)
}

/** Returns true for the status that reports too many requests. */
export function saysTooOften(status: number): boolean {
  return status === TOO_MANY_REQUESTS
}

const REQUEST_TIMEOUT = 408
const TOO_MANY_REQUESTS = 429

function isThrottled(error: Error): boolean {
  return error instanceof ApiError && error.status === TOO_MANY_REQUESTS
}

function isFault(status: number): boolean {
  return status === REQUEST_TIMEOUT || status >= 500
}

/** Returns true if the next attempt may succeed without any change. */
function mayPass(error: Error, { awaitsRollout }: Patience): boolean {
  if (error instanceof UnreachableError) return !isSettled(error)
  if (error instanceof AnswerError) return error.fault !== 'shape' || awaitsRollout
  return error instanceof ApiError && isFault(error.status)
}

/** HTML or 405 in response to the very first request: the host is not a control plane. */
function isWrongHost(error: Error): boolean {
  if (error instanceof AnswerError) return error.fault === 'html'
  return error instanceof ApiError && error.isWrongHost
}

/** Returns true if the cause is permanent: a certificate, or a proxy that rejects this runner. */
function isSettled({ code, context: { proxyStatus } }: UnreachableError): boolean {
  return isCertificateCode(code) || proxyStatus === 401 || proxyStatus === 403 || proxyStatus === 407
}
