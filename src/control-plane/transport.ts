import { type Dispatcher, request } from 'undici'
import {
  CANCEL_GRACE_MS,
  CancelledError,
  checkLimits,
  DeadlineError,
  delayedSignal,
  type Limits,
  pause
} from '../limits.ts'
import { inWords } from '../report/duration.ts'
import { USER_AGENT } from '../version.ts'
import { reasonIn } from './detail.ts'
import { AnswerError, ApiError, UnreachableError } from './errors.ts'
import { type Connection, createRenewableDispatcher, unreachable } from './network.ts'
import {
  afterAnswer,
  afterFailedRead,
  afterFailedWrite,
  FRESH,
  isRouteMissing,
  MOST_ASKED_MS,
  NO_STREAK,
  parseRetryAfter
} from './patience.ts'
import { type UploadFile, uploadFile } from './upload.ts'

/**
 * How a write ended: answered; in doubt, when it may or may not have taken effect; or not taken, when it certainly did
 * nothing and may be sent again. Before that, what it is made from has to be read again.
 */
export type Written<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'in-doubt'; readonly error: Error }
  | { readonly kind: 'not-taken'; readonly error: Error }

export type Decode<T> = (body: unknown) => T

/** Sends requests by the rules for reads and writes, which are decided in `patience.ts`. */
export interface Transport {
  /** Reads until a good answer, inside the limits of the run; before a write six errors in a row end it. */
  read<T>(path: string, decode: Decode<T>): Promise<T>
  /** Like `read`, but `undefined` where the server does not know the route: older installations lack some. */
  readIfServed<T>(path: string, decode: Decode<T>): Promise<T | undefined>
  /** Sends a write once. After a try that did nothing it waits, and leaves it to the caller to read again and to send again. */
  write<T>(method: 'POST' | 'PATCH', path: string, body: unknown, decode: Decode<T>): Promise<Written<T>>
  /** Sends a write that may be repeated freely, by the rules for reads. */
  repeat<T>(method: 'DELETE' | 'POST', path: string, decode: Decode<T>, options?: RepeatOptions): Promise<T>
  /**
   * One try of a request whose failure matters little, inside the limits of the run and within `budgetMs` milliseconds,
   * 10 s where that is not given. A PATCH sent this way is not told to `onWrite`: it must make no revision.
   */
  readOnce<T>(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    body: unknown,
    decode: Decode<T>,
    budgetMs?: number
  ): Promise<T>
  /** Sends a file to an address that the control plane gave out. The key does not go there. */
  upload(file: UploadFile): Promise<void>
  /** One try that outlives deadline and cancellation; rejects when it fails or takes longer than `budgetMs`. */
  lastCall<T>(method: 'GET' | 'POST', path: string, budgetMs: number, decode: Decode<T>): Promise<T>
  /** From now on only the deadline ends the reads: a rollout is awaited. A write does this by itself. */
  awaitRollout(): void
  close(): Promise<void>
}

export interface RepeatOptions {
  readonly body?: unknown
  /** Whether nothing rolls out yet that would be worth waiting for, though this run may have written. */
  readonly isBeforeRollout?: boolean
}

export interface TransportOptions {
  readonly connection: Connection
  readonly limits: Limits
  /** Told before a write is sent (`true`), and when it is certain that it did nothing (`false`). */
  readonly onWrite?: (mayHaveActed: boolean) => void
  /** Told of every try that failed and will be made again. */
  readonly onRetry?: (message: string) => void
  /** Between 0 and 1; tests hand in their own. */
  readonly random?: () => number
}

const READ_TIMEOUT_MS = 30_000
const READ_ONCE_TIMEOUT_MS = 10_000
const WRITE_TIMEOUT_MS = 60_000
/** No list of 100 deployments comes near; more is not the control plane talking. */
const LONGEST_BODY = 64 * 1024 * 1024

/**
 * A transport to one control plane. It remembers what the requests of the run have met, for its patience depends on that.
 * To be closed at the end.
 */
export function createTransport({
  connection,
  limits,
  onRetry = () => {},
  onWrite = () => {},
  random = Math.random
}: TransportOptions): Transport {
  const connections = createRenewableDispatcher(connection)
  const { clock } = limits
  let patience = FRESH

  async function read<T>(path: string, decode: Decode<T>): Promise<T> {
    return readWith('GET', path, decode)
  }

  async function readWith<T>(
    method: 'GET' | 'DELETE' | 'POST',
    path: string,
    decode: Decode<T>,
    { body, ...traits }: RepeatOptions & { readonly isOptional?: boolean } = {}
  ): Promise<T> {
    const asked = `${method} ${path.split('?')[0]}`
    let streak = NO_STREAK
    for (;;) {
      checkLimits(limits)
      const result = await tryOnce(method, path, body, {
        timeoutMs: READ_TIMEOUT_MS,
        signals: [limits.cancelled, signalAt(limits.deadline - clock.now())]
      }).then((answer) => judge(answer, asked, decode, clock.now()), failureOf)
      checkCancelled()
      if (result.kind === 'good') {
        patience = afterAnswer(patience)
        return result.value
      }
      const { error } = result
      if (error instanceof ApiError) error.isFirstAnswer = !patience.hasAnswer
      const moment = { now: clock.now(), deadline: limits.deadline, random: random() }
      const next = afterFailedRead({ ...result, ...traits }, patience, streak, moment)
      patience = next.patience
      streak = next.streak
      if (next.decision.kind === 'deadline') throw new DeadlineError(`${asked} (${describe(error)})`)
      if (next.decision.kind === 'end') throw error
      await waitAfter(error, asked, next.decision.afterMs, result.retryAfterMs)
    }
  }

  async function waitAfter(error: Error, asked: string, ms: number, wishedMs = 0): Promise<void> {
    const cut =
      wishedMs > MOST_ASKED_MS
        ? ` (the server asks for ${inWords(wishedMs)}; this action waits ${inWords(MOST_ASKED_MS)} at most)`
        : ''
    onRetry(`${asked}: ${describe(error)}; trying again in ${(ms / 1000).toFixed(1)} s${cut}`)
    await pause(limits, ms).catch((reason: unknown) => {
      throw reason instanceof DeadlineError ? new DeadlineError(`${asked} (${describe(error)})`) : reason
    })
  }

  async function write<T>(
    method: 'POST' | 'PATCH',
    path: string,
    body: unknown,
    decode: Decode<T>
  ): Promise<Written<T>> {
    const asked = `${method} ${path}`
    checkLimits(limits)
    const grace = delayedSignal(limits.cancelled, CANCEL_GRACE_MS)
    // A connection that was idle may have died unnoticed; the write would be in doubt for nothing.
    connections.renew()
    onWrite(true)
    const result = await tryOnce(method, path, body, { timeoutMs: WRITE_TIMEOUT_MS, signals: [grace.signal] })
      .then((answer) => judge(answer, asked, decode, clock.now()), failureOf)
      .finally(grace.release)
    if (result.kind === 'good') {
      patience = { ...afterAnswer(patience), awaitsRollout: true }
      return { kind: 'answered', value: result.value }
    }
    const { error } = result
    if (error instanceof ApiError) error.isFirstAnswer = !patience.hasAnswer
    const next = afterFailedWrite(result, patience, { random: random() })
    patience = next.patience
    if (next.decision.kind === 'in-doubt') {
      checkCancelled()
      return { kind: 'in-doubt', error }
    }
    onWrite(false)
    if (next.decision.kind === 'end') throw error
    await waitAfter(error, asked, next.decision.afterMs, result.retryAfterMs)
    return { kind: 'not-taken', error }
  }

  function checkCancelled(): void {
    if (limits.cancelled.aborted) throw new CancelledError()
  }

  async function tryOnce(
    method: string,
    path: string,
    body: unknown,
    { timeoutMs, signals }: { timeoutMs: number; signals: readonly AbortSignal[] }
  ): Promise<Answer> {
    try {
      const response = await request(connection.url + path, {
        dispatcher: connections.current(),
        method: method as Dispatcher.HttpMethod,
        headers: headersFor(connection, body !== undefined),
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.any([...signals, AbortSignal.timeout(Math.ceil(timeoutMs))])
      })
      return { status: response.statusCode, headers: response.headers, text: await readText(response.body) }
    } catch (error) {
      // After a time-out or a cut, no other connection that was open then is to be trusted.
      connections.renew()
      throw error
    }
  }

  return {
    read,
    readIfServed: async (path, decode) => {
      try {
        return await readWith('GET', path, decode, { isOptional: true })
      } catch (error) {
        if (isRouteMissing(error)) return undefined
        throw error
      }
    },
    write,
    repeat: readWith,
    readOnce: async (method, path, body, decode, budgetMs = READ_ONCE_TIMEOUT_MS) => {
      checkLimits(limits)
      const result = await tryOnce(method, path, body, {
        timeoutMs: budgetMs,
        signals: [limits.cancelled, signalAt(limits.deadline - clock.now())]
      }).then((answer) => judge(answer, `${method} ${path.split('?')[0]}`, decode, clock.now()), failureOf)
      checkCancelled()
      if (result.kind === 'bad') throw result.error
      return result.value
    },
    upload: (file) => uploadFile(connection, limits, file),
    lastCall: async (method, path, budgetMs, decode) => {
      const answer = await tryOnce(method, path, undefined, { timeoutMs: budgetMs, signals: [] })
      const result = judge(answer, `${method} ${path}`, decode, clock.now())
      if (result.kind === 'bad') throw result.error
      return result.value
    },
    awaitRollout: () => {
      patience = { ...patience, awaitsRollout: true }
    },
    close: connections.close
  }
}

/** For answers of which only the status counts, such as the 204 of a DELETE. */
export const NO_BODY: Decode<void> = () => {}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

type Result<T> =
  | { readonly kind: 'good'; readonly value: T }
  | { readonly kind: 'bad'; readonly error: Error; readonly retryAfterMs?: number | undefined }

function judge<T>(answer: Answer, asked: string, decode: Decode<T>, now: number): Result<T> {
  if (answer.status < 200 || answer.status >= 300) {
    const retryAfterMs = parseRetryAfter(first(answer.headers['retry-after']), now)
    return { kind: 'bad', error: apiError(answer, asked), retryAfterMs }
  }
  try {
    return { kind: 'good', value: decode(decode === NO_BODY && !isHtml(answer) ? undefined : parseJson(answer)) }
  } catch (error) {
    if (error instanceof AnswerError) {
      return {
        kind: 'bad',
        error: new AnswerError(error.fault, `${asked} was answered ${answer.status}, but ${error.message}`)
      }
    }
    throw error
  }
}

function parseJson(answer: Answer): unknown {
  if (isHtml(answer)) throw new AnswerError('html', 'with a page of HTML instead of JSON')
  if (answer.text === '') throw new AnswerError('empty', 'the body is empty')
  try {
    return JSON.parse(answer.text)
  } catch {
    throw new AnswerError('not-json', 'the body is no whole JSON')
  }
}

function apiError(answer: Answer, asked: string): ApiError {
  const requestId = ['x-request-id', 'x-amzn-requestid', 'x-cloud-trace-context', 'cf-ray']
    .map((name) => first(answer.headers[name]))
    .find(Boolean)
  return new ApiError({
    status: answer.status,
    detail: detailOf(answer),
    html: isHtml(answer),
    request: asked,
    requestId
  })
}

/** The server's reason as one text; empty when it gave none. */
function detailOf(answer: Answer): string {
  if (answer.status >= 300 && answer.status < 400) return `redirect to ${hostOf(first(answer.headers.location))}`
  if (isHtml(answer)) return ''
  try {
    return reasonIn(JSON.parse(answer.text))
  } catch {
    return answer.text.trim()
  }
}

function hostOf(location: string | undefined): string {
  try {
    return new URL(location ?? '').host
  } catch {
    return 'another path'
  }
}

function isHtml(answer: Answer): boolean {
  return (
    /text\/html/i.test(first(answer.headers['content-type']) ?? '') ||
    /^\s*<(!doctype|html|head|body)/i.test(answer.text)
  )
}

function failureOf(error: unknown): Result<never> {
  return { kind: 'bad', error: unreachable(error) }
}

function describe(error: Error): string {
  return error instanceof ApiError ? `answered ${error.status}` : error.message
}

function headersFor(connection: Connection, hasBody: boolean): Record<string, string> {
  return {
    accept: 'application/json',
    'user-agent': USER_AGENT,
    'x-api-key': connection.apiKey,
    ...(connection.workspaceId ? { 'x-tenant-id': connection.workspaceId } : {}),
    ...(connection.organizationId ? { 'x-organization-id': connection.organizationId } : {}),
    ...(hasBody ? { 'content-type': 'application/json' } : {})
  }
}

/** A signal for the deadline. Timers hold at most 2^31-1 ms; nothing runs that long. */
function signalAt(ms: number): AbortSignal {
  return AbortSignal.timeout(Math.min(Math.max(0, Math.ceil(ms)), 2 ** 31 - 1))
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    length += chunk.length
    if (length > LONGEST_BODY) throw new UnreachableError('the answer is longer than 64 MiB', '', true)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
