import { reasonIn } from './detail.ts'
import { AnswerError, ApiError, UnreachableError } from './errors.ts'
import { type FailedTry, parseRetryAfter } from './patience.ts'

/*
 * Evaluates the responses of the control plane. This module neither waits nor sends.
 */

/** Converts the JSON of a response. @throws {AnswerError} if the JSON has another shape */
export type Decode<T> = (body: unknown) => T

/** The decoder for responses whose status is sufficient, such as the 204 of a DELETE. */
export const NO_BODY: Decode<void> = () => {}

/** A response as received. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

/**
 * The request of a response: its method and path without the query, and whether it is the first one with a response.
 */
interface AnswerTo {
  readonly asked: string
  readonly isFirst: boolean
}

/** The result of one attempt. */
export type TryResult<T> = { readonly kind: 'good'; readonly value: T } | ({ readonly kind: 'bad' } & FailedTry)

/** A list of 100 deployments is far smaller; a longer body is not from a control plane. */
const LONGEST_BODY = 64 * 1024 * 1024

/**
 * Evaluates a response by its status and its body.
 *
 * @param now milliseconds since the epoch
 */
export function judgeAnswer<T>(answer: HttpAnswer, to: AnswerTo, decode: Decode<T>, now: number): TryResult<T> {
  const { status } = answer
  if (status < 200 || status >= 300) {
    const retryAfterMs = parseRetryAfter(first(answer.headers['retry-after']), now)
    return { kind: 'bad', error: apiError(answer, to), retryAfterMs }
  }
  try {
    return { kind: 'good', value: decode(decode === NO_BODY && !isHtml(answer) ? undefined : jsonOf(answer)) }
  } catch (error) {
    if (!(error instanceof AnswerError)) throw error
    const message = `LangSmith returned ${status} for ${to.asked}, but ${error.message}`
    return { kind: 'bad', error: new AnswerError(error.fault, message) }
  }
}

function jsonOf(answer: HttpAnswer): unknown {
  if (isHtml(answer)) throw new AnswerError('html', 'the body is HTML instead of JSON')
  if (answer.text === '') throw new AnswerError('empty', 'the body is empty')
  try {
    return JSON.parse(answer.text)
  } catch {
    throw new AnswerError('not-json', 'the body is not valid JSON')
  }
}

/** Returns the error for a response without a success status. */
function apiError(answer: HttpAnswer, { asked, isFirst }: AnswerTo): ApiError {
  const requestId = ['x-request-id', 'x-amzn-requestid', 'x-cloud-trace-context', 'cf-ray']
    .map((name) => first(answer.headers[name]))
    .find(Boolean)
  return new ApiError({
    status: answer.status,
    detail: detailOf(answer),
    html: isHtml(answer),
    request: asked,
    requestId,
    isFirst
  })
}

/** Returns the reason of the server as one text; empty if there is none. */
function detailOf(answer: HttpAnswer): string {
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

function isHtml(answer: HttpAnswer): boolean {
  return (
    /text\/html/i.test(first(answer.headers['content-type']) ?? '') ||
    /^\s*<(!doctype|html|head|body)/i.test(answer.text)
  )
}

/**
 * Returns the text of a body.
 *
 * @throws {UnreachableError} if the body is longer than any response of a control plane
 */
export async function readBody(body: AsyncIterable<Uint8Array>): Promise<string> {
  const text = await readUpTo(LONGEST_BODY, body)
  if (text === undefined) throw new UnreachableError('the response is larger than 64 MiB', '', true)
  return text
}

/** Returns the text of a body, or `undefined` if the body has more than `most` bytes. */
export async function readUpTo(most: number, body: AsyncIterable<Uint8Array>): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    length += chunk.length
    if (length > most) return undefined
  }
  return Buffer.concat(chunks).toString('utf8')
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
