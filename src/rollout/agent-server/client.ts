import { randomUUID } from 'node:crypto'
import { type Dispatcher, request } from 'undici'
import { readUpTo } from '../../control-plane/answer.ts'
import { reasonIn } from '../../control-plane/detail.ts'
import { type Connection, createRenewableDispatcher, unreachable } from '../../control-plane/network.ts'
import { checkLimits, DeadlineError, type Limits } from '../../run/limits.ts'
import type { Json } from '../../run/object.ts'
import { USER_AGENT } from '../../version.ts'

/** The response of an Agent Server, or the reason for its absence. */
export type AgentAnswer = Answered | Unanswered

export interface Answered {
  readonly kind: 'answered'
  readonly status: number
  readonly text: string
  /** The body as JSON; `undefined` if it is not JSON. */
  readonly json: Json | undefined
  readonly isHtml: boolean
  /** The offset of the next page of a list. */
  readonly next: string | undefined
  /** ID of the started run. */
  readonly runId: string | undefined
  readonly requestId: string
  readonly ms: number
}

export interface Unanswered {
  /**
   * `unreachable`: no response, and the server may not have received the request. `late`: no response within the time
   * of the request. `cut`: an incomplete response.
   */
  readonly kind: 'unreachable' | 'late' | 'cut'
  readonly reason: string
  readonly runId: string | undefined
  readonly requestId: string
  readonly ms: number
}

interface AgentRequest {
  readonly method: 'GET' | 'POST'
  /** Relative to the URL of the deployment. */
  readonly path: string
  readonly body?: Json
  /** The longest time until the end of the response, in milliseconds. */
  readonly timeoutMs: number
}

/** The API of an Agent Server, with its key. Follows no redirects, so that the key is only sent to this URL. */
export interface AgentClient {
  /** Sends one request. @throws {DeadlineError} at the deadline; {CancelledError} if the job is canceled */
  ask(request: AgentRequest): Promise<AgentAnswer>
  close(): Promise<void>
}

interface AgentAddress {
  /** Base URL, including the mount prefix of the server. */
  readonly url: string
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  readonly proxy: Connection['proxy']
}

/** The most bytes of a response: the response of a run contains the whole state of the agent. */
const LONGEST_ANSWER = 16 * 1024 * 1024

/** Creates the client of the Agent Server at a URL. */
export function createAgentClient({ url, headers, proxy }: AgentAddress, limits: Limits): AgentClient {
  const connections = createRenewableDispatcher({ url, proxy })
  const base = url.replace(/\/+$/, '')
  const ask = async ({ method, path, body, timeoutMs }: AgentRequest): Promise<AgentAnswer> => {
    checkLimits(limits)
    const { clock, cancelled, deadline } = limits
    const begun = clock.now()
    const requestId = randomUUID()
    const ms = Math.ceil(Math.max(1, Math.min(timeoutMs, deadline - begun)))
    const timeout = AbortSignal.timeout(ms)
    let head: Dispatcher.ResponseData | undefined
    try {
      head = await request(base + path, {
        dispatcher: connections.current(),
        method,
        headers: {
          accept: 'application/json',
          'user-agent': USER_AGENT,
          'x-request-id': requestId,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), value]))
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        headersTimeout: 0,
        bodyTimeout: 0,
        signal: AbortSignal.any([cancelled, timeout])
      })
      const text = await readUpTo(LONGEST_ANSWER, head.body)
      if (text !== undefined) return answered(head, text, requestId, clock.now() - begun)
      return {
        kind: 'cut',
        reason: 'the response is larger than 16 MiB',
        runId: runIdIn(head),
        requestId,
        ms: clock.now() - begun
      }
    } catch (error) {
      connections.renew()
      if (cancelled.aborted) checkLimits(limits)
      // If the deadline shortened the time, the server is not at fault.
      if (timeout.aborted && ms < timeoutMs) throw new DeadlineError()
      const kind = timeout.aborted ? 'late' : head ? 'cut' : 'unreachable'
      const reason = unreachable(error).message
      return { kind, reason, runId: head && runIdIn(head), requestId, ms: clock.now() - begun }
    }
  }
  return { ask, close: connections.close }
}

function answered(head: Dispatcher.ResponseData, text: string, requestId: string, ms: number): Answered {
  const { statusCode: status, headers } = head
  const isHtml = /text\/html/i.test(String(headers['content-type'])) || /^\s*<(!doctype|html|head|body)/i.test(text)
  return {
    kind: 'answered',
    status,
    text,
    json: isHtml ? undefined : jsonIn(text),
    isHtml,
    next: headers['x-pagination-next']?.toString(),
    runId: runIdIn(head),
    requestId,
    ms
  }
}

/** The run ID in the header: `/threads/T/runs/R`, or `/runs/R` from a JavaScript server. */
function runIdIn({ headers }: Dispatcher.ResponseData): string | undefined {
  return /\/runs\/([0-9a-f-]{36})(?:$|[/?])/i.exec(String(headers['content-location']))?.[1]
}

/** The deepest accepted JSON. Recursion into deeper values could overflow the stack. */
const DEEPEST = 200

function jsonIn(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text)
    return isTooDeep(value) ? undefined : value
  } catch {
    return undefined
  }
}

function isTooDeep(value: Json): boolean {
  let level: readonly unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return false
}

/** Describes a response in a few words, including untrusted text from the server. */
export function answerWords(answer: AgentAnswer): string {
  if (answer.kind !== 'answered') return answer.kind === 'late' ? 'no response in time' : answer.reason
  const { status, isHtml, json, text } = answer
  if (isHtml) return `${status}, an HTML page`
  const said = status >= 200 && status < 300 ? '' : (json === undefined ? text : reasonIn(json)).trim()
  return said === '' ? `${status}` : `${status}: ${said}`
}

/** Describes a response without any text from the server. */
export function briefWords(answer: AgentAnswer): string {
  if (answer.kind === 'answered') return `returned ${answer.status}`
  return { late: 'did not respond in time', cut: 'returned a partial response', unreachable: 'could not be sent' }[
    answer.kind
  ]
}
