import { STATUS_CODES } from 'node:http'
import { keyFor, worldFor } from './access.ts'
import { type Answer, type Call, isRefusal, type KeyRoute, type OpenRoute, type Route } from './http.ts'
import type { FaultRule } from './scenario.ts'

/** Result of a call on the wire. */
export type Outcome =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly delayMs: number }
  /** Sends headers and the first half of the body, then closes the connection. */
  | { readonly kind: 'half'; readonly answer: Answer }
  | { readonly kind: 'cut' }
  | { readonly kind: 'hang' }

/** Performs a call. */
export type Perform = (call: Call) => Answer

/** Creates the function that performs a route's calls: checks the key if needed, and turns refusals into responses. */
export function performer(route: Route | KeyRoute | OpenRoute): Perform {
  return (call) => {
    try {
      return admit(route, call)
    } catch (error) {
      if (isRefusal(error)) return error.answer
      throw error
    }
  }
}

function admit(route: Route | KeyRoute | OpenRoute, call: Call): Answer {
  if ('open' in route) return route.open(call)
  if ('handle' in route) return route.handle({ ...call, world: worldFor(call.state, call.headers) })
  keyFor(call.state, call.headers)
  return route.keyed(call)
}

/** Performs a call, or applies a fault, which determines if and when the call is performed. */
export function outcomeOf(call: Call, perform: Perform, rule: FaultRule | undefined): Outcome {
  if (!rule) return { kind: 'answer', answer: perform(call), delayMs: 0 }
  if (rule.action === 'delay') return { kind: 'answer', answer: perform(call), delayMs: rule.ms ?? 0 }
  if (rule.action === 'cut_body') return { kind: 'half', answer: perform(call) }
  commit(call, perform, rule.commit)
  if (rule.action === 'cut' || rule.action === 'hang') return { kind: rule.action }
  return { kind: 'answer', answer: inventedAnswer(rule), delayMs: 0 }
}

function commit(call: Call, perform: Perform, when: FaultRule['commit']): void {
  if (when === true) performUnseen(call, perform)
  else if (when) call.state.agenda.add(call.now + when.after_ms, (now) => performUnseen({ ...call, now }, perform))
}

/** The response is not sent, so a stream that the call opened has no client. */
function performUnseen(call: Call, perform: Perform): void {
  perform(call).stream?.left(call.now)
}

const PAGE = '<!DOCTYPE html><html><head><title>LangSmith</title></head><body><div id="root"></div></body></html>\n'

function inventedAnswer(rule: FaultRule): Answer {
  const { headers } = rule
  switch (rule.action) {
    case 'html':
      return {
        status: rule.status ?? 200,
        text: rule.text ?? PAGE,
        headers: { 'content-type': 'text/html', ...headers }
      }
    case 'redirect':
      return { status: rule.status ?? 307, headers: { location: rule.location ?? '/', ...headers } }
    case 'empty':
      return { status: rule.status ?? 200, headers }
    default:
      return statusAnswer(rule.status ?? 500, rule)
  }
}

function statusAnswer(status: number, { body, text, headers }: FaultRule): Answer {
  if (text !== null) {
    const type = text.trimStart().startsWith('<') ? 'text/html' : 'text/plain'
    return { status, text, headers: { 'content-type': type, ...headers } }
  }
  const usual = status === 204 ? undefined : { detail: STATUS_CODES[status] ?? 'Error' }
  return { status, body: body === undefined ? usual : body, headers }
}
