import { randomUUID } from 'node:crypto'
import { type Answer, type Call, readBody, refusal } from '../http.ts'
import { findDeployment } from '../state.ts'
import { list, object, uuid } from '../validation.ts'
import { logLine as lineSchema } from './scenario.ts'
import type { Serving } from './serving.ts'

/** The ID of a request: the client's own, or a new one. */
export function requestIdOf({ headers }: Call): string {
  return headers['x-request-id'] ?? randomUUID()
}

/** Adds a line to the server's own log, which is part of the deploy log. @param at epoch milliseconds */
export function logLine(
  { deployment, revision }: Pick<Serving, 'deployment' | 'revision'>,
  line: { readonly at: number; readonly level: string; readonly message: string; readonly runId?: string }
): void {
  const whose = revision ?? deployment.revisions.findLast(({ status }) => status === 'DEPLOYED')
  whose?.serverLog.push({ runId: null, ...line })
}

/**
 * Logs a failed request and, for a 5xx, the reason, which the response omits. As on the real server, neither contains
 * the request's ID.
 */
export function logRequest(call: Call, serving: Serving, status: number, at: number, reason: string): void {
  const level = status >= 500 ? 'ERROR' : 'WARNING'
  const path = call.path.replace(/^\/agents\/[^/]+/, '')
  const message = `${call.method} ${path} ${status} ${at - call.now}ms [langgraph_api.server] run_id=None`
  logLine(serving, { at, level, message })
  if (status >= 500) logLine(serving, { at, level, message: `Exception in ASGI application\n${reason}` })
}

const addedLines = object({ deployment_id: uuid, lines: list(lineSchema) }, { closed: true })

/** Adds the log lines of an external Agent Server to the active revision. */
export function addLines(call: Call): Answer {
  const { deployment_id, lines } = readBody(addedLines, call)
  const deployment = findDeployment(call.state, deployment_id)
  if (!deployment) throw refusal(404, 'Not Found')
  for (const line of lines) {
    const { level, message } = typeof line === 'string' ? { level: 'INFO', message: line } : line
    const [, runId] = /\brun_id=([0-9a-f-]{36})/.exec(message) ?? []
    logLine({ deployment, revision: deployment.active }, { at: call.now, level, message, ...(runId ? { runId } : {}) })
  }
  return { status: 204 }
}
