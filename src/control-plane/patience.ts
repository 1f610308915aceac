import { AnswerError, ApiError, UnreachableError } from './errors.ts'
import { isCertificateCode } from './faults.ts'

/*
 * When a request that failed is made again, and when it is not. Nothing here waits, sends or reads a clock. Source:
 * "Reads" and "Writes" in the design, and RFC 9110 for what a status and Retry-After mean.
 */

/** What the requests of a run have met so far. A new run starts with `FRESH`. */
export interface Patience {
  /** Whether a rollout is awaited; then a read bears what would end a run that has not written anything. */
  readonly awaitsRollout: boolean
  /** Whether anything was answered; an answer that no control plane gives is then a passing fault. */
  readonly hasAnswer: boolean
  /** Errors in a row over all requests; 429 and refusals that are borne do not count. */
  readonly errors: number
}

export const FRESH: Patience = { awaitsRollout: false, hasAnswer: false, errors: 0 }

/** What one read has met so far, try after try. A new read starts with `NO_STREAK`. */
export interface Streak {
  /** Refusals in a row, 404 aside. */
  readonly refusals: number
  /** Answers 404 in a row, and the moment of the first one. */
  readonly missing: { readonly looks: number; readonly since: number } | undefined
}

export const NO_STREAK: Streak = { refusals: 0, missing: undefined }

/** A try that had no good answer. */
export interface FailedTry {
  readonly error: Error
  /** What Retry-After asked for, in milliseconds. */
  readonly retryAfterMs?: number | undefined
  /** Whether the caller can do without the route; then the answer that it is missing is final. */
  readonly isOptional?: boolean
  /** Whether it comes before anything rolls out, also where this run has written already; then six errors in a row end it. */
  readonly isBeforeRollout?: boolean
}

/** When a decision is taken. */
export interface Moment {
  /** In the milliseconds of a clock that never jumps. */
  readonly now: number
  /** By the same clock. */
  readonly deadline: number
  /** At least 0, less than 1. */
  readonly random: number
}

export type ReadDecision =
  | { readonly kind: 'again'; readonly afterMs: number }
  | { readonly kind: 'end' }
  /** The deadline has passed, so the failure says nothing of the server. */
  | { readonly kind: 'deadline' }

export type WriteDecision =
  | { readonly kind: 'again'; readonly afterMs: number }
  /** The write did nothing, and will not be sent again. */
  | { readonly kind: 'end' }
  /** The write may have acted. */
  | { readonly kind: 'in-doubt' }

const FIRST_BACKOFF_MS = 500
const LEAST_BACKOFF_MS = 50
const LONGEST_BACKOFF_MS = 30_000
const THROTTLED_MS = { least: 15_000, most: 30_000 }
/** A server that says "at once" again and again is not to be asked without a pause; one that says "tomorrow" is asked today. */
const RETRY_AFTER_MS = { least: 1_000, most: 60_000 }
/** The longest pause that a server is granted, in milliseconds. */
export const MOST_ASKED_MS = RETRY_AFTER_MS.most
/** Errors in a row that end a run which has not written anything. */
const ERRORS_BEFORE_WRITE = 6
/** Pauses after refusals in a row while a rollout is awaited; one more refusal ends the run. A proxy can restart in that time. */
const REFUSAL_PAUSES_MS = [5_000, 15_000, 30_000]
/** How long 404 is borne while a rollout is awaited, and in how many looks at least: replicas of the control plane lag. */
const MISSING = { ms: 30_000, looks: 3 }
/** So much time is left for the last look when a pause would pass the deadline. */
const LAST_LOOK_MS = 5_000

/** A good answer ends every streak. */
export function afterAnswer(patience: Patience): Patience {
  return { ...patience, hasAnswer: true, errors: 0 }
}

/** Decides what follows a read, or a write that may be repeated freely, that failed. */
export function afterFailedRead(
  { error, retryAfterMs, isOptional = false, isBeforeRollout = false }: FailedTry,
  patience: Patience,
  streak: Streak,
  moment: Moment
): { readonly decision: ReadDecision; readonly patience: Patience; readonly streak: Streak } {
  const heard = { ...patience, hasAnswer: patience.hasAnswer || error instanceof ApiError }
  const end = (kind: 'end' | 'deadline') => ({ decision: { kind }, patience: heard, streak })
  const again = (wantedMs: number, next: Patience, nextStreak: Streak) => ({
    decision: { kind: 'again' as const, afterMs: beforeDeadline(wantedMs, moment) },
    patience: next,
    streak: nextStreak
  })
  if (moment.now >= moment.deadline) return end('deadline')
  if (!patience.hasAnswer && isWrongHost(error)) return end('end')
  if (isOptional && isRouteMissing(error)) return end('end')
  if (isThrottled(error)) return again(throttledMs(retryAfterMs, moment.random), heard, streak)

  const counted = { ...heard, errors: heard.errors + 1 }
  const backOff = (nextStreak: Streak) =>
    again(backOffMs(counted.errors, retryAfterMs, moment.random), counted, nextStreak)
  if (isPassing(error, patience)) {
    return (isBeforeRollout || !patience.awaitsRollout) && counted.errors >= ERRORS_BEFORE_WRITE
      ? end('end')
      : backOff(NO_STREAK)
  }
  const isSettledFault = error instanceof UnreachableError
  if (!patience.awaitsRollout || !(error instanceof ApiError || isSettledFault)) return end('end')

  // An ingress that reloads may answer in the place of the control plane; its 404 says nothing of a revision.
  if (isMissing(error)) {
    const { looks, since } = streak.missing ?? { looks: 0, since: moment.now }
    const missing = { looks: looks + 1, since }
    const isBorne = missing.looks < MISSING.looks || moment.now - since < MISSING.ms
    return isBorne ? backOff({ refusals: 0, missing }) : end('end')
  }
  const pauseMs = REFUSAL_PAUSES_MS[streak.refusals]
  // No proxy gives 422, and it stays: the control plane did not take the request itself.
  if (pauseMs === undefined || (error instanceof ApiError && error.status === 422)) return end('end')
  const nextStreak = { refusals: streak.refusals + 1, missing: undefined }
  return again(Math.max(pauseMs, askedMs(retryAfterMs) ?? 0), heard, nextStreak)
}

/**
 * Decides what follows a write that failed. It is sent again only when it did nothing: it never left this machine, or the
 * server says so by 429. Every other refusal is an answer.
 */
export function afterFailedWrite(
  { error, retryAfterMs }: FailedTry,
  patience: Patience,
  { random }: Pick<Moment, 'random'>
): { readonly decision: WriteDecision; readonly patience: Patience } {
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

/** What Retry-After asks for, between a second and a minute: beyond that the answer of tomorrow may come in a moment. */
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

const REQUEST_TIMEOUT = 408
const TOO_MANY_REQUESTS = 429

function isThrottled(error: Error): boolean {
  return error instanceof ApiError && error.status === TOO_MANY_REQUESTS
}

function isFault(status: number): boolean {
  return status === REQUEST_TIMEOUT || status >= 500
}

/** Whether the next try may have a good answer though nothing is done about the failure. */
function isPassing(error: Error, { awaitsRollout }: Patience): boolean {
  if (error instanceof UnreachableError) return !isSettled(error)
  if (error instanceof AnswerError) return error.fault !== 'shape' || awaitsRollout
  return error instanceof ApiError && isFault(error.status)
}

/** HTML or 405 in answer to the very first request: this is no control plane. */
function isWrongHost(error: Error): boolean {
  if (error instanceof AnswerError) return error.fault === 'html'
  return error instanceof ApiError && error.isWrongHost
}

/**
 * Whether no answer came for a reason that another try does not mend: a certificate, or a proxy that refuses this runner.
 */
function isSettled({ code, surroundings: { proxyStatus } }: UnreachableError): boolean {
  return isCertificateCode(code) || proxyStatus === 401 || proxyStatus === 403 || proxyStatus === 407
}
