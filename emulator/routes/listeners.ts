import { randomUUID } from 'node:crypto'
import { showListener } from '../answers.ts'
import { type Answer, type Route, readBody, readQuery, refusal, type WorkspaceCall } from '../http.ts'
import { page } from '../paging.ts'
import { listenerPatchRequest, listenerRequest, pageQuery } from '../requests.ts'
import { type Listener, stamp } from '../state.ts'
import { pathId } from './deployments.ts'

function listenerOf(call: WorkspaceCall): Listener {
  const id = pathId(call, 'listener_id')
  const found = call.world.listeners.find((listener) => listener.id === id)
  if (found) return found
  throw refusal(404, `Listener ID ${id} not found.`)
}

/** A workspace on Cloud without a plan for its own compute cannot create or change listeners. */
function checkPlan({ state, world }: WorkspaceCall): void {
  if (state.settings.hosting !== 'cloud') return
  throw refusal(
    403,
    `Listeners cannot be created for LangSmith workspace ID '${world.tenantId}'. Creating listeners is only allowed ` +
      'for LangSmith organizations with self-hosted enterprise plans.'
  )
}

function listListeners(call: WorkspaceCall): Answer {
  return page(call.world.listeners, readQuery(pageQuery, call), showListener)
}

function createListener(call: WorkspaceCall): Answer {
  const request = readBody(listenerRequest, call)
  checkPlan(call)
  const { tenantId, listeners } = call.world
  if (listeners.some((listener) => listener.compute_id === request.compute_id)) {
    const detail = `Listener for LangSmith workspace ID '${tenantId}' and compute ID '${request.compute_id}' already exists.`
    throw refusal(409, detail)
  }
  const createdAt = stamp(call.state, call.now)
  const listener: Listener = { ...request, id: randomUUID(), createdAt, updatedAt: createdAt }
  listeners.push(listener)
  return { status: 201, body: showListener(listener) }
}

function patchListener(call: WorkspaceCall): Answer {
  pathId(call, 'listener_id')
  const request = readBody(listenerPatchRequest, call)
  const listener = listenerOf(call)
  listener.version = request.version ?? listener.version
  listener.compute_config = request.compute_config ?? listener.compute_config
  listener.updatedAt = stamp(call.state, call.now)
  return { status: 200, body: showListener(listener) }
}

function deleteListener(call: WorkspaceCall): Answer {
  const { listeners } = call.world
  listeners.splice(listeners.indexOf(listenerOf(call)), 1)
  return { status: 204 }
}

export const listenerRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2/listeners', handle: listListeners, query: pageQuery },
  { method: 'POST', path: '/v2/listeners', handle: createListener, body: listenerRequest, status: 201 },
  {
    method: 'GET',
    path: '/v2/listeners/:listener_id',
    handle: (call) => ({ status: 200, body: showListener(listenerOf(call)) })
  },
  { method: 'PATCH', path: '/v2/listeners/:listener_id', handle: patchListener, body: listenerPatchRequest },
  { method: 'DELETE', path: '/v2/listeners/:listener_id', handle: deleteListener, status: 204 }
]
