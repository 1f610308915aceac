import { STATUS_CODES } from 'node:http'
import { admitCaller } from '../agents/access.ts'
import { searchAssistants, showOne } from '../agents/assistants.ts'
import { drawGraph, showSchemas } from '../agents/graphs.ts'
import { addLines } from '../agents/logs.ts'
import { showRun, waitForRun } from '../agents/runs.ts'
import { awakeAt, type Serving, servingAgent } from '../agents/serving.ts'
import { versionOf } from '../answers.ts'
import { SERVER_BUILD } from '../artifacts.ts'
import { type Answer, type Call, isRefusal, type OpenRoute, refusal, refusalWith } from '../http.ts'
import { jsonList } from '../paging.ts'
import type { Revision } from '../state.ts'
import { isRecord } from '../validation.ts'

function info(_: Call, { deployment, revision }: Serving): Answer {
  if (deployment.active?.script.rule?.info === false) throw refusal(404, 'Not Found')
  return {
    status: 200,
    body: {
      version: versionOf(revision),
      langgraph_py_version: '1.2.24',
      flags: {
        assistants: true,
        crons: true,
        langsmith: true,
        langsmith_tracing_replicas: true,
        langsmith_tracing_session_on_runs: true
      },
      host: {
        kind: deployment.source === 'external_docker' ? 'self-hosted' : 'saas',
        project_id: deployment.id,
        host_revision_id: deployment.answering?.id ?? null,
        revision_id: SERVER_BUILD,
        tenant_id: deployment.tenantId
      }
    }
  }
}

function ok(_: Call, { deployment, revision }: Serving): Answer {
  const { active } = deployment
  const status = active ? nextStatus(active) : 200
  if (status !== 200) return { status, body: { detail: STATUS_CODES[status] ?? 'Error' } }
  return { status, body: hasServices(versionOf(revision)) ? { ok: true, services: {} } : { ok: true } }
}

/** The scripted statuses in order; the last one repeats. */
function nextStatus(active: Revision): number {
  const statuses = active.script.rule?.ok ?? []
  const status = statuses[active.okCalls] ?? statuses.at(-1) ?? 200
  active.okCalls++
  return status
}

/** Servers before 0.14 do not return services. */
function hasServices(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 0 || minor >= 14
}

/** One of the many metrics; all metrics of the server itself carry these labels. */
function metrics({ state }: Call, { deployment }: Serving): Answer {
  const running = state.runs.filter((run) => run.deployment === deployment && run.status === 'running').length
  const labels = `project_id="${deployment.id}",revision_id="${deployment.answering?.id ?? ''}"`
  return {
    status: 200,
    text: `# HELP lg_api_num_running_runs The number of runs that are running\n# TYPE lg_api_num_running_runs gauge\nlg_api_num_running_runs{${labels}} ${running}.0\n`,
    headers: { 'content-type': 'text/plain; version=1.0.0; charset=utf-8' }
  }
}

const PAGE = '<!DOCTYPE html><html><head><title>Agent</title></head><body><div id="root"></div></body></html>\n'

type Part = 'health' | 'meta' | 'assistants' | 'runs' | 'rest'

/**
 * Creates a route of an Agent Server.
 *
 * The order is the server's own: a response waits until the server is up; a custom app of the agent handles every GET
 * except `/ok` and `/metrics`; the key of a protected or unknown path is checked first.
 */
function agentRoute(
  method: OpenRoute['method'],
  path: string,
  part: Part,
  handle: (call: Call, serving: Serving, awake: number) => Answer
): OpenRoute {
  const isBeforeApp = path === '/ok' || path === '/metrics'
  const open = (call: Call): Answer => {
    const serving = servingAgent(call)
    const { traits } = serving
    const awake = awakeAt(call.state, serving, call.now)
    try {
      const isOpen = part === 'health' || part === 'meta'
      if (traits.auth.everywhere) admitCaller(call, serving)
      if (traits.catch_all_page && method === 'GET' && !isBeforeApp) {
        return { status: 200, text: PAGE, headers: { 'content-type': 'text/html; charset=utf-8' }, notBefore: awake }
      }
      if (!isOpen) admitCaller(call, serving)
      const isOff = part === 'meta' ? traits.disable_meta : part === 'assistants' && traits.disable_assistants
      if (isOff) throw refusal(404, 'Not Found')
      return late(handle(call, serving, awake), awake)
    } catch (error) {
      if (isRefusal(error)) throw refusalWith(error.message, late(inWordsOfAgents(error.answer), awake))
      throw error
    }
  }
  return { method, path: `/agents/:deployment_id${path}`, open }
}

function late(answer: Answer, awake: number): Answer {
  return { ...answer, notBefore: Math.max(awake, answer.notBefore ?? 0) }
}

/** Converts the error list of a 422 to text: the Agent Server does not use FastAPI. */
function inWordsOfAgents(answer: Answer): Answer {
  const detail = isRecord(answer.body) ? answer.body.detail : undefined
  const first: unknown = Array.isArray(detail) ? detail[0] : undefined
  return isRecord(first) ? { ...answer, body: { detail: wordsOf(first) } } : answer
}

function wordsOf({ type, loc, msg, input, ctx }: Record<string, unknown>): string {
  const name = Array.isArray(loc) ? String(loc.at(-1)) : ''
  const bounds = isRecord(ctx) ? ctx : {}
  switch (type) {
    case 'missing':
      return name === 'body' ? 'Invalid JSON in request body' : `"${name}" is a required property`
    case 'json_invalid':
      return 'Invalid JSON in request body'
    case 'int_type':
      return `${JSON.stringify(input)} is not of type "integer"`
    case 'model_attributes_type':
    case 'dict_type':
      return `${JSON.stringify(input)} is not of type "object"`
    case 'greater_than_equal':
      return `${JSON.stringify(input)} is less than the minimum of ${String(bounds.ge)}`
    case 'less_than_equal':
      return `${JSON.stringify(input)} is greater than the maximum of ${String(bounds.le)}`
    case 'enum':
      return `${JSON.stringify(input)} is not one of ${String(bounds.expected).replaceAll("'", '"')}`
    default:
      return `${JSON.stringify(input)}: ${String(msg)}`
  }
}

function unknown(call: Call): Answer {
  const path = call.path.replace(/^\/agents\/[^/]+/, '')
  const known = path === '/runs/wait' || path === '/assistants/search'
  return known
    ? { status: 405, body: { detail: 'Method Not Allowed' }, headers: { allow: 'POST' } }
    : { status: 404, body: { detail: 'Not Found' } }
}

/** Routes that a deployed agent handles itself, at the root only. */
export const agentRoutes: readonly OpenRoute[] = [
  agentRoute('GET', '/ok', 'health', ok),
  agentRoute('GET', '/info', 'meta', info),
  agentRoute('GET', '/metrics', 'meta', metrics),
  agentRoute('POST', '/assistants/search', 'assistants', searchAssistants),
  agentRoute('GET', '/assistants/:assistant_id', 'assistants', showOne),
  agentRoute('GET', '/assistants/:assistant_id/graph', 'assistants', drawGraph),
  agentRoute('GET', '/assistants/:assistant_id/schemas', 'assistants', showSchemas),
  agentRoute('POST', '/runs/wait', 'runs', waitForRun),
  agentRoute('GET', '/*', 'rest', unknown),
  {
    method: 'GET',
    path: '/_emulator/runs',
    open: ({ state }) => jsonList(state.runs.map((run) => () => JSON.stringify(showRun(run))))
  },
  { method: 'POST', path: '/_emulator/logs', open: addLines }
]
