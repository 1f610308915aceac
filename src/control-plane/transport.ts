import { type Dispatcher, request } from 'undici'
import { inWords } from '../run/duration.ts'
import {
  CANCEL_GRACE_MS,
  CancelledError,
  checkLimits,
  DeadlineError,
  delayedSignal,
  type Limits,
  pause
} from '../run/limits.ts'
import { USER_AGENT } from '../version.ts'
import { type Decode, type HttpAnswer, judgeAnswer, readBody, type TryResult } from './answer.ts'
import { ApiError } from './errors.ts'
import { type Connection, createRenewableDispatcher, type RenewableDispatcher, unreachable } from './network.ts'
import {
  afterFailedRead,
  afterFailedWrite,
  afterGoodAnswer,
  type FailedTry,
  FRESH,
  isRouteMissing,
  MOST_ASKED_MS,
  NO_HISTORY,
  type Patience
} from './patience.ts'
import { type UploadFile, uploadFile } from './upload.ts'

/**
 * The result of a write: `answered`; `in-doubt`, if it may have had an effect; or `not-taken`, if it certainly had no
 * effect. After `not-taken`, the caller reads the current state again before it repeats the write.
 */
export type Written<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'in-doubt'; readonly error: Error }
  | { readonly kind: 'not-taken'; readonly error: Error }

/** Sends requests by the rules for reads and writes in `patience.ts`. */
export interface Transport {
  /**
   * Reads until there is a valid response, within the limits of the run. Before a write, six errors in a row end the
   * read.
   */
  read<T>(path: string, decode: Decode<T>): Promise<T>
  /** Like `read`, but returns `undefined` if the server does not have the route, as on older installations. */
  readIfServed<T>(path: string, decode: Decode<T>): Promise<T | undefined>
  /** Sends a write once. If the write had no effect, it pauses, and the caller reads again and sends again. */
  write<T>(method: 'POST' | 'PATCH', path: string, body: unknown, decode: Decode<T>): Promise<Written<T>>
  /** Sends a write that can be repeated safely, by the rules for reads. */
  repeat<T>(
    method: 'DELETE' | 'POST',
    path: string,
    decode: Decode<T>,
    options?: Pick<Call<T>, 'body' | 'isBeforeRollout'>
  ): Promise<T>
  /**
   * Sends a request once, for callers that can continue without the response, within the limits of the run and within
   * `budgetMs` milliseconds (10 s by default). `onWrite` is not called for a PATCH sent this way: it must not create a
   * revision.
   */
  readOnce<T>(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    body: unknown,
    decode: Decode<T>,
    budgetMs?: number
  ): Promise<T>
  /** Uploads a file to a URL that the control plane returned, without the API key. */
  upload(file: UploadFile): Promise<void>
  /**
   * Sends a request once, even after the deadline and cancellation. Rejects if it fails or takes longer than
   * `budgetMs`.
   */
  lastCall<T>(method: 'GET' | 'POST', path: string, budgetMs: number, decode: Decode<T>): Promise<T>
  /** From this call on, only the deadline ends reads, because a rollout is in progress. A write has the same effect. */
  awaitRollout(): void
  close(): Promise<void>
}

export interface TransportOptions {
  readonly connection: Connection
  readonly limits: Limits
  /** Called before a write is sent (`true`), and when it is certain that the write had no effect (`false`). */
  readonly onWrite?: (mayHaveActed: boolean) => void
  /** Called for each failed attempt that will be repeated. */
  readonly onRetry?: (message: string) => void
  /** Returns a number between 0 and 1; replaced in tests. */
  readonly random?: () => number
}

const READ_TIMEOUT_MS = 30_000
const READ_ONCE_TIMEOUT_MS = 10_000
const WRITE_TIMEOUT_MS = 60_000

/** State that the requests of a run share. */
interface Session extends Required<TransportOptions> {
  readonly connections: RenewableDispatcher
  /** The history of the requests, which the rules in `patience.ts` depend on. */
  patience: Patience
}

/** A request and the decoder of its response. */
interface Call<T> extends Pick<FailedTry, 'isOptional' | 'isBeforeRollout'> {
  readonly method: Dispatcher.HttpMethod
  readonly path: string
  readonly body?: unknown
  readonly decode: Decode<T>
}

/** The limits of one attempt. */
interface Ends {
  readonly timeoutMs: number
  readonly signals: readonly AbortSignal[]
}

/** Creates a transport to one control plane. The caller must close it. */
export function createTransport({
  connection,
  limits,
  onRetry = () => {},
  onWrite = () => {},
  random = Math.random
}: TransportOptions): Transport {
  const connections = createRenewableDispatcher(connection)
  const session: Session = { connection, limits, onRetry, onWrite, random, connections, patience: FRESH }
  return {
    read: (path, decode) => read(session, { method: 'GET', path, decode }),
    readIfServed: (path, decode) => readIfServed(session, { method: 'GET', path, decode }),
    write: (method, path, body, decode) => writeOnce(session, { method, path, body, decode }),
    repeat: (method, path, decode, options) => read(session, { method, path, decode, ...options }),
    readOnce: (method, path, body, decode, budgetMs) => readOnce(session, { method, path, body, decode }, budgetMs),
    upload: (file) => uploadFile(connection, limits, file),
    lastCall: async (method, path, timeoutMs, decode) =>
      orThrow(await tryOnce(session, { method, path, decode }, { timeoutMs, signals: [] })),
    awaitRollout: () => {
      session.patience = { ...session.patience, awaitsRollout: true }
    },
    close: connections.close
  }
}

/** Sends a request that can be repeated safely, until there is a valid response or the rules end it. */
async function read<T>(session: Session, call: Call<T>): Promise<T> {
  const { limits, random } = session
  let history = NO_HISTORY
  for (;;) {
    checkLimits(limits)
    const result = await tryOnce(session, call, { timeoutMs: READ_TIMEOUT_MS, signals: limitSignals(limits) })
    checkCancelled(limits)
    if (result.kind === 'good') {
      session.patience = afterGoodAnswer(session.patience)
      return result.value
    }
    const failed = { ...result, isOptional: call.isOptional, isBeforeRollout: call.isBeforeRollout }
    const moment = { now: limits.clock.now(), deadline: limits.deadline, random: random() }
    const next = afterFailedRead(failed, session.patience, history, moment)
    session.patience = next.patience
    history = next.history
    if (next.decision.kind === 'deadline') throw deadlineAfter(call, result.error)
    if (next.decision.kind === 'end') throw result.error
    await waitAfter(session, call, result, next.decision.afterMs)
  }
}

async function readIfServed<T>(session: Session, call: Call<T>): Promise<T | undefined> {
  try {
    return await read(session, { ...call, isOptional: true })
  } catch (error) {
    if (isRouteMissing(error)) return undefined
    throw error
  }
}

async function readOnce<T>(session: Session, call: Call<T>, timeoutMs = READ_ONCE_TIMEOUT_MS): Promise<T> {
  const { limits } = session
  checkLimits(limits)
  const result = await tryOnce(session, call, { timeoutMs, signals: limitSignals(limits) })
  checkCancelled(limits)
  return orThrow(result)
}

async function writeOnce<T>(session: Session, call: Call<T>): Promise<Written<T>> {
  const { limits, connections, onWrite, random } = session
  checkLimits(limits)
  const grace = delayedSignal(limits.cancelled, CANCEL_GRACE_MS)
  // An idle connection may have died unnoticed, which would leave the write in doubt.
  connections.renew()
  onWrite(true)
  const ends = { timeoutMs: WRITE_TIMEOUT_MS, signals: [grace.signal] }
  const result = await tryOnce(session, call, ends).finally(grace.release)
  if (result.kind === 'good') {
    session.patience = { ...afterGoodAnswer(session.patience), awaitsRollout: true }
    return { kind: 'answered', value: result.value }
  }
  const { error } = result
  const next = afterFailedWrite(result, session.patience, { random: random() })
  session.patience = next.patience
  if (next.decision.kind === 'in-doubt') {
    checkCancelled(limits)
    return { kind: 'in-doubt', error }
  }
  onWrite(false)
  if (next.decision.kind === 'end') throw error
  await waitAfter(session, call, result, next.decision.afterMs)
  return { kind: 'not-taken', error }
}

/** Sends a request once, and evaluates the response. */
async function tryOnce<T>(session: Session, call: Call<T>, ends: Ends): Promise<TryResult<T>> {
  let answer: HttpAnswer
  try {
    answer = await sendRequest(session, call, ends)
  } catch (error) {
    // After a timeout or a cut connection, the other open connections may also be dead.
    session.connections.renew()
    return { kind: 'bad', error: unreachable(error) }
  }
  const to = { asked: requestName(call), isFirst: !session.patience.hasAnswer }
  return judgeAnswer(answer, to, call.decode, session.limits.clock.now())
}

async function sendRequest(
  { connection, connections }: Session,
  { method, path, body }: Call<unknown>,
  { timeoutMs, signals }: Ends
): Promise<HttpAnswer> {
  const response = await request(connection.url + path, {
    dispatcher: connections.current(),
    method,
    headers: headersFor(connection, { hasBody: body !== undefined }),
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.any([...signals, AbortSignal.timeout(Math.ceil(timeoutMs))])
  })
  return { status: response.statusCode, headers: response.headers, text: await readBody(response.body) }
}

function orThrow<T>(result: TryResult<T>): T {
  if (result.kind === 'bad') throw result.error
  return result.value
}

async function waitAfter(
  { limits, onRetry }: Session,
  call: Call<unknown>,
  { error, retryAfterMs = 0 }: FailedTry,
  ms: number
): Promise<void> {
  const cut =
    retryAfterMs > MOST_ASKED_MS
      ? ` (the server requested ${inWords(retryAfterMs)}; this action waits at most ${inWords(MOST_ASKED_MS)})`
      : ''
  const words = failureWords(error)
  const failed = words.startsWith('returned ') ? words : `failed (${words})`
  onRetry(`${requestName(call)} ${failed}; retrying in ${(ms / 1000).toFixed(1)} s${cut}`)
  await pause(limits, ms).catch((reason: unknown) => {
    throw reason instanceof DeadlineError ? deadlineAfter(call, error) : reason
  })
}

function deadlineAfter(call: Call<unknown>, last: Error): DeadlineError {
  return new DeadlineError(`${requestName(call)} (${failureWords(last)})`)
}

/** Method and path, without the query, which can contain a name. */
function requestName({ method, path }: Call<unknown>): string {
  return `${method} ${path.split('?')[0]}`
}

function failureWords(error: Error): string {
  return error instanceof ApiError ? `returned ${error.status}` : error.message
}

function checkCancelled({ cancelled }: Limits): void {
  if (cancelled.aborted) throw new CancelledError()
}

/** Returns signals for the cancellation and the deadline. Timers are limited to 2^31-1 ms; no run is longer. */
function limitSignals({ cancelled, clock, deadline }: Limits): readonly AbortSignal[] {
  const ms = Math.min(Math.max(0, Math.ceil(deadline - clock.now())), 2 ** 31 - 1)
  return [cancelled, AbortSignal.timeout(ms)]
}

function headersFor(connection: Connection, { hasBody }: { readonly hasBody: boolean }): Record<string, string> {
  return {
    accept: 'application/json',
    'user-agent': USER_AGENT,
    'x-api-key': connection.apiKey,
    ...(connection.workspaceId ? { 'x-tenant-id': connection.workspaceId } : {}),
    ...(connection.organizationId ? { 'x-organization-id': connection.organizationId } : {}),
    ...(hasBody ? { 'content-type': 'application/json' } : {})
  }
}
