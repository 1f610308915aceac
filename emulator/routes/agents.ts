import { isPresent } from '../answers.ts'
import { AGENT_SERVER_VERSION } from '../artifacts.ts'
import { type Answer, type Call, type OpenRoute, refusal } from '../http.ts'
import { type Deployment, findDeployment } from '../state.ts'

/** The deployment whose agent answers at this address. @throws a refusal: 404 without one, 503 before it serves */
function servingDeployment({ state, params, now }: Call): Deployment {
  const deployment = findDeployment(state, params.deployment_id?.toLowerCase() ?? '')
  if (!deployment || !isPresent(deployment, now)) throw refusal(404, 'Not Found')
  if (!deployment.serves) throw refusal(503, 'The agent server is not up yet.')
  return deployment
}

function info(call: Call): Answer {
  const deployment = servingDeployment(call)
  return {
    status: 200,
    body: {
      version: AGENT_SERVER_VERSION,
      langgraph_py_version: '1.1.3',
      flags: { assistants: true, crons: true, langsmith: true, langsmith_tracing_replicas: true },
      host: {
        kind: deployment.source === 'external_docker' ? 'self-hosted' : 'saas',
        project_id: deployment.id,
        revision_id: deployment.active?.id ?? null,
        tenant_id: deployment.tenantId
      }
    }
  }
}

function ok(call: Call): Answer {
  servingDeployment(call)
  return { status: 200, body: { ok: true } }
}

/** What a deployed agent answers itself: without a key, and at the root only. */
export const agentRoutes: readonly OpenRoute[] = [
  { method: 'GET', path: '/agents/:deployment_id/ok', open: ok },
  { method: 'GET', path: '/agents/:deployment_id/info', open: info }
]
