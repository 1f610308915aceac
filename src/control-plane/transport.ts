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
import { object } from '../object.ts'
import { VERSION } from '../version.ts'
import { AnswerError, ApiError, isCertificateCode, UnreachableError } from './errors.ts'
import { type Connection, createDispatcher, unreachable } from './network.ts'
import { type UploadFile, uploadFile } from './upload.ts'

/** How a write ended: answered, or in doubt, when it may or may not have taken effect. */
export type Written<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'in-doubt'; readonly error: Error }

export type Decode<T> = (body: unknown) => T

/** Sends requests by the rules for reads and writes; every retry of this action is decided here. */
export interface Transport {
  /** Reads until a good answer, inside the limits of the run; before a write six errors in a row end it. */
  read<T>(path: string, decode: Decode<T>): Promise<T>
  /** Like `read`, but `undefined` where the server does not know the route (404, 405): older installations lack some. */
  readIfServed<T>(path: string, decode: Decode<T>): Promise<T | undefined>
  /** Sends a write at most once, as far as the server can tell. */
  write<T>(method: 'POST' | 'PATCH', path: string, body: unknown, decode: Decode<T>): Promise<Written<T>>
  /** Sends a write that may be repeated freely, by the rules for reads. */
  repeat<T>(method: 'DELETE' | 'POST', path: string, decode: Decode<T>): Promise<T>
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
  lastCall(method: 'POST', path: string, budgetMs: number): Promise<void>
  /** From now on only the deadline ends the reads: a rollout is awaited. A write does this by itself. */
  awaitRollout(): void
  close(): Promise<void>
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
const FIRST_BACKOFF_MS = 500
const LONGEST_BACKOFF_MS = 30_000
const THROTTLED_MS = { least: 15_000, most: 30_000 }
/** A server that says "at once" again and again is not to be asked without a pause. */
const LEAST_RETRY_AFTER_MS = 1_000
/** Errors in a row that end a run which has not written anything. */
const ERRORS_BEFORE_WRITE = 6
/** Answers 401 or 403 in a row that end the wait for a rollout: a key can be refused for a moment, not three times. */
const REFUSALS_WHILE_WAITING = 3
/** How long 404 is borne while a rollout is awaited: replicas of the control plane may lag behind. */
const MISSING_MS = 30_000
/** No list of 100 deployments comes near; more is not the control plane talking. */
const LONGEST_BODY = 64 * 1024 * 1024

/**
 * A transport to one control plane. It remembers for the whole run whether anything was answered or written, and how many
 * errors came in a row, for its patience depends on that. To be closed at the end.
 */
export function createTransport({
  connection,
  limits,
  onRetry = () => {},
  onWrite = () => {},
  random = Math.random
}: TransportOptions): Transport {
  const dispatcher = createDispatcher(connection)
  const { clock } = limits
  let answeredOnce = false
  let waitsForRollout = false
  let errorsInARow = 0

  async function read<T>(path: string, decode: Decode<T>): Promise<T> {
    return readWith('GET', path, decode)
  }

  async function readWith<T>(method: 'GET' | 'DELETE' | 'POST', path: string, decode: Decode<T>): Promise<T> {
    const asked = `${method} ${path.split('?')[0]}`
    let refusals = 0
    let missingSince: number | undefined
    for (;;) {
      checkLimits(limits)
      const result = await tryOnce(method, path, undefined, {
        timeoutMs: READ_TIMEOUT_MS,
        signals: [limits.cancelled, signalAt(limits.deadline - clock.now())]
      }).then((answer) => judge(answer, asked, decode, clock.now()), failureOf)
      checkCancelled()
      if (result.kind === 'good') {
        errorsInARow = 0
        answeredOnce = true
        return result.value
      }
      const { error, retryAfterMs } = result
      if (error instanceof ApiError) error.isFirstAnswer = !answeredOnce
      // A try that the deadline cut short says nothing of the server.
      if (clock.now() >= limits.deadline) throw new DeadlineError(`${asked} (${describe(error)})`)
      if (!answeredOnce && isWrongHost(error)) throw error
      if (error instanceof ApiError) answeredOnce = true

      const status = waitsForRollout && error instanceof ApiError ? error.status : undefined
      refusals = status === 401 || status === 403 ? refusals + 1 : 0
      missingSince = status === 404 ? (missingSince ?? clock.now()) : undefined
      const isBorne =
        (refusals > 0 && refusals < REFUSALS_WHILE_WAITING) ||
        (missingSince !== undefined && clock.now() - missingSince < MISSING_MS)
      if (!isBorne && !isWorthAnotherTry(error, waitsForRollout)) throw error
      await backOff(error, asked, retryAfterMs)
    }
  }

  /** Waits before the next try; counts errors in a row, and throws the error once there were too many. */
  async function backOff(error: Error, asked: string, retryAfterMs: number | undefined): Promise<void> {
    const throttled = error instanceof ApiError && error.status === 429
    if (!throttled) {
      errorsInARow += 1
      if (!waitsForRollout && errorsInARow >= ERRORS_BEFORE_WRITE) throw error
    }
    const ceiling = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(Math.max(0, errorsInARow - 1), 10))
    const ms =
      (retryAfterMs === undefined ? undefined : Math.max(LEAST_RETRY_AFTER_MS, retryAfterMs)) ??
      (throttled
        ? THROTTLED_MS.least + random() * (THROTTLED_MS.most - THROTTLED_MS.least)
        : Math.max(50, random() * ceiling))
    onRetry(`${asked}: ${describe(error)}; trying again in ${(ms / 1000).toFixed(1)} s`)
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
    for (;;) {
      checkLimits(limits)
      const grace = delayedSignal(limits.cancelled, CANCEL_GRACE_MS)
      onWrite(true)
      const result = await tryOnce(method, path, body, { timeoutMs: WRITE_TIMEOUT_MS, signals: [grace.signal] })
        .then((answer) => judge(answer, asked, decode, clock.now()), failureOf)
        .finally(grace.release)
      if (result.kind === 'good') {
        waitsForRollout = true
        errorsInARow = 0
        return { kind: 'answered', value: result.value }
      }
      const { error, retryAfterMs } = result
      if (error instanceof ApiError) error.isFirstAnswer = !answeredOnce
      if (didNothing(error)) {
        onWrite(false)
        if (error instanceof UnreachableError && isCertificateCode(error.code)) throw error
        await backOff(error, asked, retryAfterMs)
        continue
      }
      if (error instanceof ApiError && !isDoubtful(error)) {
        onWrite(false)
        throw error
      }
      waitsForRollout = true
      checkCancelled()
      return { kind: 'in-doubt', error }
    }
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
    const response = await request(connection.url + path, {
      dispatcher,
      method: method as Dispatcher.HttpMethod,
      headers: headersFor(connection, body !== undefined),
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.any([...signals, AbortSignal.timeout(Math.ceil(timeoutMs))])
    })
    return {
      status: response.statusCode,
      headers: response.headers,
      text: await readText(response.body)
    }
  }

  return {
    read,
    readIfServed: async (path, decode) => {
      try {
        return await read(path, decode)
      } catch (error) {
        if (error instanceof ApiError && (error.status === 404 || error.status === 405)) return undefined
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
    lastCall: async (method, path, budgetMs) => {
      const answer = await tryOnce(method, path, undefined, { timeoutMs: budgetMs, signals: [] })
      if (answer.status >= 300) throw apiError(answer, `${method} ${path}`)
    },
    awaitRollout: () => {
      waitsForRollout = true
    },
    close: () => dispatcher.destroy()
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
    const retryAfterMs = retryAfter(first(answer.headers['retry-after']), now)
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

/**
 * The server's reason as one text: `detail` is a string, or at 422 a list of `{loc, msg}`. The `input` of such an entry
 * is left out on purpose: it can hold what we sent, secrets among it.
 */
function detailOf(answer: Answer): string {
  if (answer.status >= 300 && answer.status < 400) return `redirect to ${hostOf(first(answer.headers.location))}`
  if (isHtml(answer)) return ''
  try {
    const body = object(JSON.parse(answer.text))
    const detail = body?.detail ?? body?.message ?? body?.error
    if (typeof detail === 'string') return detail
    if (Array.isArray(detail)) return detail.map(validationText).join('; ')
  } catch {
    return answer.text.trim()
  }
  return ''
}

function validationText(entry: unknown): string {
  const { loc, msg } = object(entry) ?? {}
  const where = Array.isArray(loc) ? loc.filter((part) => part !== 'body').join('.') : ''
  return [where, typeof msg === 'string' ? msg : ''].filter(Boolean).join(': ')
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

/** Milliseconds that Retry-After asks for: seconds, or the time until a date. */
function retryAfter(value: string | undefined, now: number): number | undefined {
  if (!value) return undefined
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

function failureOf(error: unknown): Result<never> {
  return { kind: 'bad', error: unreachable(error) }
}

function didNothing(error: Error): boolean {
  return error instanceof UnreachableError ? !error.reached : error instanceof ApiError && error.status === 429
}

function isDoubtful(error: ApiError): boolean {
  return error.status === 408 || error.status >= 500
}

/** HTML or 405 in answer to the very first request: this is no control plane. */
function isWrongHost(error: Error): boolean {
  if (error instanceof AnswerError) return error.fault === 'html'
  return error instanceof ApiError && error.isWrongHost
}

function isWorthAnotherTry(error: Error, waitsForRollout: boolean): boolean {
  if (error instanceof UnreachableError) return !isCertificateCode(error.code)
  if (error instanceof AnswerError) return error.fault !== 'shape' || waitsForRollout
  return error instanceof ApiError && (isDoubtful(error) || error.status === 429)
}

function describe(error: Error): string {
  return error instanceof ApiError ? `answered ${error.status}` : error.message
}

function headersFor(connection: Connection, hasBody: boolean): Record<string, string> {
  return {
    accept: 'application/json',
    'user-agent': `langsmith-deploy-action/${VERSION}`,
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
