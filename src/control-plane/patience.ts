import { AnswerError, ApiError, UnreachableError } from './errors.ts'
import { isCertificateCode } from './faults.ts'

/*
 * When a request that failed is made again, and when it is not. Nothing here waits, sends or reads a clock. Source:
 * "Reads" and "Writes" in the design, and RFC 9110 for what a status and Retry-After mean.
 */

/** What the requests of a run have met so far. A new run starts with `FRESH`. */
export interface Patience {
  /** Whether a rollout is awaited; then a read is made again after errors that end a run that has not written anything. */
  readonly awaitsRollout: boolean
  /** Whether anything was answered; then an answer that no control plane gives is a passing fault. */
  readonly hasAnswer: boolean
  /** Errors in a row over all requests; 429 and refusals that are tolerated do not count. */
  readonly errors: number
}

export const FRESH: Patience = { awaitsRollout: false, hasAnswer: false, errors: 0 }

/** What one read has met so far, try after try. A new read starts with `NO_HISTORY`. */
interface ReadHistory {
  /** Refusals in a row, 404 aside. */
  readonly refusals: number
  /** Answers 404 in a row, and the moment of the first one. */
  readonly missing: { readonly looks: number; readonly since: number } | undefined
}

export const NO_HISTORY: ReadHistory = { refusals: 0, missing: undefined }

/** A try that had no good answer. */
export interface FailedTry {
  readonly error: Error
  /** What Retry-After asked for, in milliseconds. */
  readonly retryAfterMs?: number | undefined
  /** Whether the caller can do without the route; then the answer that it is missing is final. */
  readonly isOptional?: boolean | undefined
  /** Whether it comes before anything rolls out, also where this run has written already; then six errors in a row end it. */
  readonly isBeforeRollout?: boolean | undefined
}

/** When a decision is taken. */
interface Moment {
  /** In the milliseconds of a clock that never jumps. */
  readonly now: number
  /** By the same clock. */
  readonly deadline: number
  /** At least 0, less than 1. */
  readonly random: number
}

/** The request is made again. */
interface Again {
  readonly kind: 'again'
  readonly afterMs: number
}

type ReadDecision =
  | Again
  | { readonly kind: 'end' }
  /** The deadline has passed, so the failure says nothing about the server. */
  | { readonly kind: 'deadline' }

const FIRST_BACKOFF_MS = 500
const LEAST_BACKOFF_MS = 50
const LONGEST_BACKOFF_MS = 30_000
const THROTTLED_MS = { least: 15_000, most: 30_000 }
/** Limits of what Retry-After can ask for: never no pause at all, and never so long that a short outage is missed. */
const RETRY_AFTER_MS = { least: 1_000, most: 60_000 }
/** The longest pause that Retry-After can ask for, in milliseconds. */
export const MOST_ASKED_MS = RETRY_AFTER_MS.most
/** Errors in a row that end a run which has not written anything. */
const ERRORS_BEFORE_WRITE = 6
/** Pauses after refusals in a row while a rollout is awaited; one more refusal ends the run. A proxy can restart in that time. */
const REFUSAL_PAUSES_MS = [5_000, 15_000, 30_000]
/** How long 404 is tolerated while a rollout is awaited, and in how many looks at least: replicas of the control plane lag. */
const MISSING = { ms: 30_000, looks: 3 }
/** How often an archive is uploaded in all. */
const MOST_UPLOADS = 2
/**
 * Pauses before an image is pushed again, in milliseconds; one more push that fails ends the run. Three in all, as in the
 * official client.
 */
const PUSH_PAUSES_MS = [2_000, 10_000]
/** So much time is left for the last look when a pause would pass the deadline. */
const LAST_LOOK_MS = 5_000

/** A good answer ends every series of errors. */
export function afterGoodAnswer(patience: Patience): Patience {
  return { ...patience, hasAnswer: true, errors: 0 }
}

/** Decides what follows a read, or a write that may be repeated freely, that failed. */
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

/** `counts`: as one more of the errors in a row. */
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
  // An ingress that reloads may answer in place of the control plane; its 404 says nothing about a revision.
  return isMissing(error) ? reactToMissing(failed, patience, history, moment) : reactToRefusal(failed, history)
}

/** After a fault that may pass by itself. */
function reactToFault(failed: FailedTry, patience: Patience, { random }: Moment): Reaction {
  const errors = patience.errors + 1
  const isEndless = patience.awaitsRollout && !failed.isBeforeRollout
  if (!isEndless && errors >= ERRORS_BEFORE_WRITE) return END
  const afterMs = backOffMs(errors, failed.retryAfterMs, random)
  return { kind: 'again', afterMs, counts: true, history: NO_HISTORY }
}

/** After the control plane said that it does not know the thing. */
function reactToMissing(
  { retryAfterMs }: FailedTry,
  { errors }: Patience,
  { missing }: ReadHistory,
  { now, random }: Moment
): Reaction {
  const looks = (missing?.looks ?? 0) + 1
  const since = missing?.since ?? now
  if (looks >= MISSING.looks && now - since >= MISSING.ms) return END
  const afterMs = backOffMs(errors + 1, retryAfterMs, random)
  return { kind: 'again', afterMs, counts: true, history: { refusals: 0, missing: { looks, since } } }
}

/** After a refusal while a rollout is awaited: a proxy on the way may refuse while it restarts. */
function reactToRefusal({ error, retryAfterMs }: FailedTry, { refusals }: ReadHistory): Reaction {
  const pauseMs = REFUSAL_PAUSES_MS[refusals]
  // No proxy answers 422, and it is final: the control plane does not take the request.
  if (pauseMs === undefined || (error instanceof ApiError && error.status === 422)) return END
  const history = { refusals: refusals + 1, missing: undefined }
  return { kind: 'again', afterMs: Math.max(pauseMs, askedMs(retryAfterMs) ?? 0), counts: false, history }
}

/**
 * Decides what follows a write that failed. It is sent again only when it did nothing: it never left this machine, or the
 * server says so by 429. Every other refusal is an answer.
 *
 * @returns `end`: it did nothing, and will not be sent again; `in-doubt`: it may have acted
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
 * Whether an upload that failed is made again. Each address is good once, so that needs a fresh one.
 *
 * @param tries those made so far
 * @param isTooLarge whether the store takes no archive of this size
 */
export function mayUploadAgain(
  error: unknown,
  { tries, isTooLarge }: { readonly tries: number; readonly isTooLarge: boolean }
): boolean {
  const isBroken = error instanceof UnreachableError || error instanceof ApiError
  return isBroken && !isTooLarge && tries < MOST_UPLOADS
}

/**
 * How long to wait before an image is pushed again, in milliseconds; nothing where it is not.
 *
 * @param tries those made so far
 */
export function pushAgainAfterMs(tries: number): number | undefined {
  return PUSH_PAUSES_MS[tries - 1]
}

/**
 * Reads Retry-After: seconds, or a date.
 *
 * @param now milliseconds since the epoch
 * @returns milliseconds from now on, at least 0; nothing when it says neither
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  if (!value) return undefined
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

/** What Retry-After asks for, in milliseconds, held between a second and a minute. */
export function askedMs(retryAfterMs: number | undefined): number | undefined {
  if (retryAfterMs === undefined) return undefined
  return Math.min(Math.max(retryAfterMs, RETRY_AFTER_MS.least), RETRY_AFTER_MS.most)
}

/**
 * Whether the server does not know the route. A 404 that says something else is about a thing, such as a revision that
 * one of several replicas does not have yet.
 */
export function isRouteMissing(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  return error.isWrongHost || (error.status === 404 && error.detail === '')
}

/** Whether the control plane says that the thing is not there; a 404 that does not come from it cannot tell. */
export function isMissing(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404 && !isRouteMissing(error)
}

/** A pause that leaves time for one last look; the one after it ends at the deadline. */
function beforeDeadline(wantedMs: number, { now, deadline }: Moment): number {
  const left = deadline - now
  return left > LAST_LOOK_MS ? Math.min(wantedMs, left - LAST_LOOK_MS) : wantedMs
}

function throttledMs(retryAfterMs: number | undefined, random: number): number {
  return askedMs(retryAfterMs) ?? THROTTLED_MS.least + random * (THROTTLED_MS.most - THROTTLED_MS.least)
}

/** Full jitter under a ceiling that doubles from half a second. */
function backOffMs(errors: number, retryAfterMs: number | undefined, random: number): number {
  const ceiling = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(errors - 1, 10))
  return askedMs(retryAfterMs) ?? Math.max(LEAST_BACKOFF_MS, random * ceiling)
}

/**
 * Whether a status says nothing about the request, so that the same request may go well later: a fault of the server or
 * of a proxy before it, or too many requests.
 */
export function isPassingStatus(status: number): boolean {
  return isFault(status) || status === TOO_MANY_REQUESTS
}

/** Whether the server refused the request, and will refuse it again. */
export function isRefusal(error: unknown): error is ApiError {
  return error instanceof ApiError && !isPassingStatus(error.status)
}

/** Whether a status says that the server was asked too often. */
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

/** Whether the next try may be answered well although nobody does anything about the failure. */
function mayPass(error: Error, { awaitsRollout }: Patience): boolean {
  if (error instanceof UnreachableError) return !isSettled(error)
  if (error instanceof AnswerError) return error.fault !== 'shape' || awaitsRollout
  return error instanceof ApiError && isFault(error.status)
}

/** HTML or 405 in answer to the very first request: this is no control plane. */
function isWrongHost(error: Error): boolean {
  if (error instanceof AnswerError) return error.fault === 'html'
  return error instanceof ApiError && error.isWrongHost
}

/** Whether no answer came for a reason that lasts: a certificate, or a proxy that refuses this runner. */
function isSettled({ code, context: { proxyStatus } }: UnreachableError): boolean {
  return isCertificateCode(code) || proxyStatus === 401 || proxyStatus === 403 || proxyStatus === 407
}
