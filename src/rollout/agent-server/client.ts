import { randomUUID } from 'node:crypto'
import { type Dispatcher, request } from 'undici'
import { readUpTo } from '../../control-plane/answer.ts'
import { reasonIn } from '../../control-plane/detail.ts'
import { type Connection, createRenewableDispatcher, unreachable } from '../../control-plane/network.ts'
import { checkLimits, DeadlineError, type Limits } from '../../run/limits.ts'
import type { Json } from '../../run/object.ts'
import { USER_AGENT } from '../../version.ts'

/** What an Agent Server answered to one request, or why it did not. */
export type AgentAnswer = Answered | Unanswered

export interface Answered {
  readonly kind: 'answered'
  readonly status: number
  readonly text: string
  /** The body as JSON; nothing where it is none. */
  readonly json: Json | undefined
  readonly isHtml: boolean
  /** Where the next page of a list begins. */
  readonly next: string | undefined
  /** ID of the run that was started. */
  readonly runId: string | undefined
  readonly requestId: string
  readonly ms: number
}

export interface Unanswered {
  /**
   * `unreachable`: nothing came, and nothing may have been received. `late`: not within the time of the request. `cut`:
   * the answer began, and did not come to its end.
   */
  readonly kind: 'unreachable' | 'late' | 'cut'
  readonly reason: string
  readonly runId: string | undefined
  readonly requestId: string
  readonly ms: number
}

interface AgentRequest {
  readonly method: 'GET' | 'POST'
  /** Below the address of the deployment. */
  readonly path: string
  readonly body?: Json
  /** The longest time to the end of the answer, in milliseconds. */
  readonly timeoutMs: number
}

/** The API of an Agent Server, with its key. No redirect is followed, so the key stays with the address. */
export interface AgentClient {
  /** Sends one request. @throws {DeadlineError} at the deadline, {CancelledError} when the job is cancelled */
  ask(request: AgentRequest): Promise<AgentAnswer>
  close(): Promise<void>
}

interface AgentAddress {
  /** Base address, with the prefix that the server is mounted at. */
  readonly url: string
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  readonly proxy: Connection['proxy']
}

/** The answer of a run holds the whole state of the agent. */
const LONGEST_ANSWER = 16 * 1024 * 1024

/** The API of the Agent Server at an address. */
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
      // A time that the deadline cut short says nothing of the server.
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

/** `/threads/T/runs/R`, or `/runs/R` from a server for JavaScript. */
function runIdIn({ headers }: Dispatcher.ResponseData): string | undefined {
  return /\/runs\/([0-9a-f-]{36})(?:$|[/?])/i.exec(String(headers['content-location']))?.[1]
}

/** Deeper ones would take more stack than there is, to judge or to show them. */
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

/** An answer in a few words, with what the server said; its words come from outside. */
export function answerWords(answer: AgentAnswer): string {
  if (answer.kind !== 'answered') return answer.kind === 'late' ? 'no response in time' : answer.reason
  const { status, isHtml, json, text } = answer
  if (isHtml) return `${status}, an HTML page`
  const said = status >= 200 && status < 300 ? '' : (json === undefined ? text : reasonIn(json)).trim()
  return said === '' ? `${status}` : `${status}: ${said}`
}

/** What is seen of an answer, without any words from outside. */
export function briefWords(answer: AgentAnswer): string {
  if (answer.kind === 'answered') return `returned ${answer.status}`
  return { late: 'did not respond in time', cut: 'returned a partial response', unreachable: 'could not be sent' }[
    answer.kind
  ]
}
