import { visibleRevisions } from '../answers.ts'
import { presentDeployment, presentRevision } from '../deployments.ts'
import { type Answer, type Route, readBody, readQuery, type WorkspaceCall } from '../http.ts'
import { type LogKind, type LogPage, type LogRequest, logPage } from '../logs.ts'
import { deploymentLogsQuery, logsQuery, revisionLogsQuery, v1LogsRequest } from '../requests.ts'
import type { Deployment, Revision } from '../state.ts'
import { deploymentOf } from './deployments.ts'
import { revisionOf } from './revisions.ts'

/** Parameters of a log request, by the names that the v2 and v1 routes share. */
interface Asked extends Omit<LogRequest, 'cursor'> {
  readonly offset: string | null
}

function answerLogs({ entries, next }: LogPage): Answer {
  return { status: 200, body: { logs: entries, next_offset: next } }
}

function readLogs(
  call: WorkspaceCall,
  deployment: Deployment,
  revisions: readonly Revision[],
  kind: LogKind,
  asked: Asked
): Answer {
  return answerLogs(logPage(deployment, revisions, kind, { ...asked, cursor: asked.offset }, call.now))
}

function revisionLogs(call: WorkspaceCall): Answer {
  const asked = readQuery(revisionLogsQuery, call)
  const [deployment, revision] = revisionOf(call)
  return readLogs(call, deployment, [revision], asked.type, asked)
}

function deploymentLogs(call: WorkspaceCall): Answer {
  const asked = readQuery(logsQuery, call)
  const deployment = deploymentOf(call)
  return readLogs(call, deployment, visibleRevisions(deployment, call.now), 'deploy', asked)
}

function logEntries(call: WorkspaceCall): Answer {
  const asked = readQuery(deploymentLogsQuery, call)
  const deployment = presentDeployment(call, asked.deployment_id)
  const revisions = asked.revision_id
    ? [presentRevision(call, deployment, asked.revision_id)]
    : visibleRevisions(deployment, call.now)
  const request = { ...asked, order: asked.sort_order, limit: asked.page_size }
  const kind = asked.log_type === 'BUILD' ? 'build' : 'deploy'
  const { entries, next } = logPage(deployment, revisions, kind, request, call.now)
  return { status: 200, body: { items: entries, next_cursor: next } }
}

const EMPTY = { kind: 'json', value: {}, text: '{}', size: 2 } as const

function askedByBody(call: WorkspaceCall): Asked {
  // An empty body requests all lines.
  return call.payload.kind === 'none'
    ? readBody(v1LogsRequest, { ...call, payload: EMPTY })
    : readBody(v1LogsRequest, call)
}

function v1RevisionLogs(kind: LogKind): Route['handle'] {
  return (call) => {
    const asked = askedByBody(call)
    const [deployment, revision] = revisionOf(call, 'project_id')
    return readLogs(call, deployment, [revision], kind, asked)
  }
}

function v1DeploymentLogs(call: WorkspaceCall): Answer {
  const asked = askedByBody(call)
  const deployment = deploymentOf(call, 'project_id')
  return readLogs(call, deployment, visibleRevisions(deployment, call.now), 'deploy', asked)
}

export const logRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v2/deployments/:deployment_id/revisions/:revision_id/logs',
    handle: revisionLogs,
    query: revisionLogsQuery
  },
  { method: 'GET', path: '/v2/deployments/:deployment_id/logs', handle: deploymentLogs, query: logsQuery },
  { method: 'GET', path: '/v2/deployment-logs', handle: logEntries, query: deploymentLogsQuery },
  { method: 'POST', path: '/v1/projects/:project_id/deploy_logs', handle: v1DeploymentLogs, body: v1LogsRequest },
  {
    method: 'POST',
    path: '/v1/projects/:project_id/revisions/:revision_id/build_logs',
    handle: v1RevisionLogs('build'),
    body: v1LogsRequest
  },
  {
    method: 'POST',
    path: '/v1/projects/:project_id/revisions/:revision_id/deploy_logs',
    handle: v1RevisionLogs('deploy'),
    body: v1LogsRequest
  }
]
