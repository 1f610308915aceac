import { STATUS_CODES } from 'node:http'
import { isPresent } from '../answers.ts'
import { AGENT_SERVER_VERSION } from '../artifacts.ts'
import { type Answer, type Call, type OpenRoute, refusal } from '../http.ts'
import { type Deployment, findDeployment, type Revision } from '../state.ts'

/** The deployment whose agent answers at this address. @throws a refusal: 404 without one, 503 before it serves */
function servingDeployment({ state, params, now }: Call): Deployment {
  const deployment = findDeployment(state, params.deployment_id?.toLowerCase() ?? '')
  if (!deployment || !isPresent(deployment, now)) throw refusal(404, 'Not Found')
  if (!deployment.serves) throw refusal(503, 'The agent server is not up yet.')
  return deployment
}

function info(call: Call): Answer {
  const deployment = servingDeployment(call)
  if (deployment.active?.script.rule?.info === false) throw refusal(404, 'Not Found')
  const revisionId = deployment.answering?.id ?? null
  return {
    status: 200,
    body: {
      version: AGENT_SERVER_VERSION,
      langgraph_py_version: '1.1.3',
      flags: { assistants: true, crons: true, langsmith: true, langsmith_tracing_replicas: true },
      host: {
        kind: deployment.source === 'external_docker' ? 'self-hosted' : 'saas',
        project_id: deployment.id,
        host_revision_id: revisionId,
        revision_id: revisionId,
        tenant_id: deployment.tenantId
      }
    }
  }
}

function ok(call: Call): Answer {
  const { active } = servingDeployment(call)
  const status = active ? nextStatus(active) : 200
  return { status, body: status === 200 ? { ok: true } : { detail: STATUS_CODES[status] ?? 'Error' } }
}

/** The scripted statuses one after the other, the last one for good. */
function nextStatus(active: Revision): number {
  const statuses = active.script.rule?.ok ?? []
  const status = statuses[active.okCalls] ?? statuses.at(-1) ?? 200
  active.okCalls++
  return status
}

/** What a deployed agent answers itself: without a key, and at the root only. */
export const agentRoutes: readonly OpenRoute[] = [
  { method: 'GET', path: '/agents/:deployment_id/ok', open: ok },
  { method: 'GET', path: '/agents/:deployment_id/info', open: info }
]
