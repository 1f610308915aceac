import type { Call } from './http.ts'
import type { KeptRequest } from './journal.ts'
import type { Outcome } from './outcome.ts'
import { findDeployment, type State } from './state.ts'
import { isRecord } from './validation.ts'
import type { WebReply } from './web.ts'

/** Logs one line about a request when its response has ended. */
export function logRequest(state: State, call: Call, outcome: Outcome, entry: KeptRequest, { raw }: WebReply): void {
  const { log } = state.settings
  if (!log) return
  const about = requestLine(call, outcome)
  const begin = performance.now()
  raw.once('close', () => log(about(entry.status, Math.round(performance.now() - begin))))
}

/**
 * Returns a function that formats the line: from the status that the client received (null if the response was cut) and
 * the duration in milliseconds.
 */
function requestLine(call: Call, outcome: Outcome): (status: number | null, ms: number) => string {
  const path = `${call.prefixed ? '/api-host' : ''}${shortened(call.path)}`
  const detail = outcome.kind === 'cut' || outcome.kind === 'hang' ? undefined : detailOf(call, outcome.answer.body)
  const end = detail === undefined ? '' : ` -> ${detail}`
  return (status, ms) => `${call.method} ${path} ${status ?? 'cut'} ${ms} ms${end}`
}

const UUID = /([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi
const MOST = 200

/** Replaces control characters, so that a path cannot control the terminal. */
function shortened(text: string): string {
  const line = text.replace(UUID, '$1…').replace(/[^\x20-\x7e…]/g, '?')
  return line.length > MOST ? `${line.slice(0, MOST)}…` : line
}

/** Summary of a response: its error, or the status of its revision. */
function detailOf({ state, params }: Call, body: unknown): string | undefined {
  if (!isRecord(body)) return undefined
  if (body.detail !== undefined) return shortened(problemOf(body.detail))
  const deployment = findDeployment(state, String(params.deployment_id ?? params.project_id ?? body.id))
  const revision = deployment?.revisions.find(({ id }) => id === (body.latest_revision_id ?? body.id))
  return revision && `revision ${revision.number} ${revision.status}`
}

function problemOf(detail: unknown): string {
  const first: unknown = Array.isArray(detail) ? detail[0] : detail
  return isRecord(first) ? `${[first.loc].flat().join('.')}: ${String(first.msg)}` : String(first)
}
