import { randomUUID } from 'node:crypto'
import type { Call } from '../http.ts'
import type { Serving } from './serving.ts'

/** The ID of a request: the client's own, else one that the server makes up. */
export function requestIdOf({ headers }: Call): string {
  return headers['x-request-id'] ?? randomUUID()
}

/** Adds a line to what the server itself has logged, which the deploy log shows. @param at epoch milliseconds */
export function logLine(
  { deployment, revision }: Pick<Serving, 'deployment' | 'revision'>,
  line: { readonly at: number; readonly level: string; readonly message: string; readonly runId?: string }
): void {
  const whose = revision ?? deployment.revisions.findLast(({ status }) => status === 'DEPLOYED')
  whose?.serverLog.push({ runId: null, ...line })
}

/** Logs a failed request and, for a 5xx, the reason, which the answer leaves out. */
export function logRequest(call: Call, serving: Serving, status: number, at: number, reason: string): void {
  const level = status >= 500 ? 'ERROR' : 'WARNING'
  const path = call.path.replace(/^\/agents\/[^/]+/, '')
  const message = `${call.method} ${path} ${status} ${at - call.now}ms [langgraph_api.server] request_id=${requestIdOf(call)}`
  logLine(serving, { at, level, message })
  if (status >= 500) logLine(serving, { at, level, message: reason })
}
