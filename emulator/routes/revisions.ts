import { showRevision, visibleRevisions } from '../answers.ts'
import { forceRevision, presentDeployment, presentRevision, redeploy } from '../deployments.ts'
import { type Answer, type Route, readBody, readQuery, type WorkspaceCall } from '../http.ts'
import { interrupt } from '../life.ts'
import { page } from '../paging.ts'
import { revisionRequest, revisionsQuery } from '../requests.ts'
import type { Deployment, Revision } from '../state.ts'
import { answerChange, deploymentOf, pathId } from './deployments.ts'

/** Returns the deployment and the revision in a path. @throws a refusal: 404 or 422 */
export function revisionOf(call: WorkspaceCall, parent = 'deployment_id'): [Deployment, Revision] {
  const id = pathId(call, 'revision_id')
  const deployment = deploymentOf(call, parent)
  return [deployment, presentRevision(call, deployment, id)]
}

function listRevisions(call: WorkspaceCall): Answer {
  const id = pathId(call, 'deployment_id')
  const query = readQuery(revisionsQuery, call)
  const deployment = presentDeployment(call, id)
  const statuses = query.status ? query.status.split(',').map((status) => status.trim()) : null
  const found = visibleRevisions(deployment, call.now).filter(({ status }) => statuses?.includes(status) ?? true)
  return page(found, query, (revision) => showRevision(call.state, revision))
}

function getRevision(call: WorkspaceCall): Answer {
  const [, revision] = revisionOf(call)
  return { status: 200, body: showRevision(call.state, revision) }
}

function createRevision(call: WorkspaceCall): Answer {
  const id = pathId(call, 'deployment_id')
  const request = readBody(revisionRequest, call)
  const revision = forceRevision(call, presentDeployment(call, id), request)
  return { status: 201, body: showRevision(call.state, revision) }
}

function redeployRevision(call: WorkspaceCall): Answer {
  const [deployment, revision] = revisionOf(call)
  return answerChange(call, deployment, () => redeploy(call, deployment, revision))
}

/** The body of this response is not published; the revision is the most useful one. */
function interruptRevision(call: WorkspaceCall): Answer {
  const [deployment, revision] = revisionOf(call)
  interrupt(call.state, deployment, revision, call.now)
  return { status: 200, body: showRevision(call.state, revision) }
}

const ALL = '/v2/deployments/:deployment_id/revisions'
const ONE = `${ALL}/:revision_id`

export const revisionRoutes: readonly Route[] = [
  { method: 'GET', path: ALL, handle: listRevisions, query: revisionsQuery },
  { method: 'POST', path: ALL, handle: createRevision, body: revisionRequest, status: 201 },
  { method: 'GET', path: ONE, handle: getRevision },
  { method: 'POST', path: `${ONE}/redeploy`, handle: redeployRevision },
  { method: 'POST', path: `${ONE}/interruption`, handle: interruptRevision },
  { method: 'POST', path: `${ONE}/interrupt`, handle: interruptRevision }
]
