import { imageVersion, isPresent, showDeployment } from '../answers.ts'
import {
  changeTiers,
  createDeployment,
  deleteDeployment,
  freeDeployments,
  patchDeployment,
  presentDeployment
} from '../deployments.ts'
import { type Answer, isRefusal, type Route, read, readBody, readQuery, refusal, type WorkspaceCall } from '../http.ts'
import { page } from '../paging.ts'
import {
  createByAgent,
  createByName,
  deleteQuery,
  deploymentsQuery,
  deploymentTierRequest,
  patchRequest,
  resourceTiersRequest
} from '../requests.ts'
import type { Deployment, Revision, Tiers } from '../state.ts'
import { either, isRecord, list, object, type Parsed, uuid } from '../validation.ts'

/** Returns the UUID in a path. @throws a refusal with status 422 */
export function pathId(call: WorkspaceCall, name: string): string {
  return read(uuid, call.params[name], ['path', name])
}

/** Returns the deployment in a path. @throws a refusal: 404 or 422 */
export function deploymentOf(call: WorkspaceCall, name = 'deployment_id'): Deployment {
  return presentDeployment(call, pathId(call, name))
}

/** Returns a response with a Deployment. */
export function answerDeployment(call: WorkspaceCall, deployment: Deployment, status = 200): Answer {
  return { status, body: showDeployment(call.state, deployment, call.now) }
}

/**
 * Changes a deployment and returns it. The response names the new revision, even if a scenario hides it from lists for
 * a while.
 *
 * A scenario can make the response name the previous latest revision instead.
 */
export function answerChange(call: WorkspaceCall, deployment: Deployment, act: () => unknown): Answer {
  const before = showDeployment(call.state, deployment, call.now).latest_revision_id
  const count = deployment.revisions.length
  act()
  const body = showDeployment(call.state, deployment, call.now, madeSince(deployment, count))
  const stale = call.state.scenario.server.no_latest_in_patch_answer
  return { status: 200, body: stale ? { ...body, latest_revision_id: before } : body }
}

/** Returns the revision that was added since there were `count` revisions. */
function madeSince(deployment: Deployment, count: number): Revision | undefined {
  return deployment.revisions.length > count ? deployment.revisions.at(-1) : undefined
}

function listDeployments(call: WorkspaceCall): Answer {
  const query = readQuery(deploymentsQuery, call)
  const found = call.world.deployments.filter(
    (deployment) => isPresent(deployment, call.now) && fits(call, deployment, query)
  )
  return page(found.reverse(), query, (deployment) => showDeployment(call.state, deployment, call.now))
}

function fits(call: WorkspaceCall, deployment: Deployment, query: Parsed<typeof deploymentsQuery>): boolean {
  const byName = call.state.scenario.server.ignore_name_filter ? null : query.name
  const shown = showDeployment(call.state, deployment, call.now)
  return [
    !byName || deployment.name === byName,
    deployment.name.toLowerCase().includes(query.name_contains?.toLowerCase() ?? ''),
    !query.status || query.status.split(',').includes(String(shown.status)),
    // No deployment here has tags.
    !query.tag_value_ids,
    !query.image_version || imageVersion(deployment) === query.image_version,
    query.deployment_type === null || deployment.sourceConfig.deployment_type === query.deployment_type,
    !query.deployment_ids || query.deployment_ids.toLowerCase().split(',').includes(deployment.id),
    !query.agent_id || deployment.agent?.agent_id === query.agent_id,
    !query.agent_environment || deployment.agent?.environment === query.agent_environment
  ].every(Boolean)
}

function create(call: WorkspaceCall): Answer {
  const byAgent = call.payload.kind === 'json' && isRecord(call.payload.value) && isRecord(call.payload.value.agent)
  const request = byAgent ? readBody(createByAgent, call) : readBody(createByName, call)
  const deployment = createDeployment(call, request)
  return { status: 201, body: showDeployment(call.state, deployment, call.now, madeSince(deployment, 0)) }
}

function patch(call: WorkspaceCall): Answer {
  const id = pathId(call, 'deployment_id')
  const request = readBody(patchRequest, call)
  const deployment = presentDeployment(call, id)
  return answerChange(call, deployment, () => patchDeployment(call, deployment, request))
}

function remove(call: WorkspaceCall): Answer {
  deleteDeployment(call, pathId(call, 'deployment_id'), readQuery(deleteQuery, call))
  return { status: 204 }
}

const MOST_AT_ONCE = 100

function removeSeveral(call: WorkspaceCall): Answer {
  const loc = ['query', 'deployment_ids']
  const given = call.query.getAll('deployment_ids')
  if (given.length === 0) throw refusal(422, [{ type: 'missing', loc, msg: 'Field required', input: null }])
  const ids = read(list(uuid), given, loc)
  if (ids.length > MOST_AT_ONCE) {
    const msg = `List should have at most ${MOST_AT_ONCE} items after validation, not ${ids.length}`
    throw refusal(422, [{ type: 'too_long', loc, msg, input: given, ctx: { max_length: MOST_AT_ONCE } }])
  }
  const failed = ids.flatMap((id) => failureToDelete(call, id))
  const deleted = ids.filter((id) => !failed.some((failure) => failure.deployment_id === id))
  if (deleted.length === 0) throw refusal(404, failed[0]?.detail ?? '')
  return { status: failed.length === 0 ? 200 : 207, body: { deleted, failed } }
}

function failureToDelete(call: WorkspaceCall, id: string): { deployment_id: string; detail: string }[] {
  try {
    deleteDeployment(call, id, { force: false, delete_tracing_project: false })
    return []
  } catch (error) {
    if (isRefusal(error)) return [{ deployment_id: id, detail: `Deployment ID ${id} not found.` }]
    throw error
  }
}

function patchDeploymentTier(call: WorkspaceCall): Answer {
  const id = pathId(call, 'deployment_id')
  const { deployment_tier: tier } = readBody(deploymentTierRequest, call)
  const database = tier.startsWith('DEDICATED_') ? tier : null
  return patchTiers(call, presentDeployment(call, id), {
    deployment_tier: tier,
    compute_tier: tier,
    database_tier: database
  })
}

function patchResourceTiers(call: WorkspaceCall): Answer {
  const id = pathId(call, 'deployment_id')
  const tiers = readBody(resourceTiersRequest, call)
  if (tiers.compute_tier === null && tiers.database_tier === null) {
    const msg = 'Value error, at least one of compute_tier or database_tier must be provided'
    throw refusal(422, [{ type: 'value_error', loc: ['body'], msg, input: tiers }])
  }
  return patchTiers(call, presentDeployment(call, id), tiers)
}

function patchTiers(call: WorkspaceCall, deployment: Deployment, tiers: Partial<Tiers>): Answer {
  return answerChange(call, deployment, () => changeTiers(call, deployment, tiers))
}

export const deploymentRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2/deployments', handle: listDeployments, query: deploymentsQuery },
  { method: 'POST', path: '/v2/deployments', handle: create, body: either(createByName, createByAgent), status: 201 },
  { method: 'DELETE', path: '/v2/deployments', handle: removeSeveral, query: object({ deployment_ids: list(uuid) }) },
  {
    method: 'GET',
    path: '/v2/deployments/free-count',
    handle: (call) => ({ status: 200, body: { count: freeDeployments(call.state) } })
  },
  {
    method: 'GET',
    path: '/v2/deployments/:deployment_id',
    handle: (call) => answerDeployment(call, deploymentOf(call))
  },
  { method: 'PATCH', path: '/v2/deployments/:deployment_id', handle: patch, body: patchRequest },
  { method: 'DELETE', path: '/v2/deployments/:deployment_id', handle: remove, query: deleteQuery, status: 204 },
  {
    method: 'PATCH',
    path: '/v2/deployments/:deployment_id/deployment-tier',
    handle: patchDeploymentTier,
    body: deploymentTierRequest
  },
  {
    method: 'PATCH',
    path: '/v2/deployments/:deployment_id/resource-tiers',
    handle: patchResourceTiers,
    body: resourceTiersRequest
  }
]
