import { resourceSpec } from './resource-spec.ts'
import { SOURCES } from './state.ts'
import {
  integer,
  integerText,
  list,
  moment,
  object,
  oneOf,
  optional,
  type Parsed,
  text,
  truth,
  uuid,
  withDefault
} from './validation.ts'

/** The values of the API: those of the published enum, and two that only occur in responses. */
export const WIRE_TYPES = ['dev_free', 'dev', 'prod', 'dev_zero', 'dev_free_zero'] as const
/** Also with the display names, which no known control plane accepts. */
export const DEPLOYMENT_TYPES = [...WIRE_TYPES, 'serverless', 'dedicated'] as const

const TIERS = ['SERVERLESS_S', 'SERVERLESS_M', 'SERVERLESS_L', 'DEDICATED_S', 'DEDICATED_M', 'DEDICATED_L'] as const

export const secrets = list(object({ name: text(), value: text() }))
export const secretReferences = list(object({ name: text(), secret_name: text(), secret_key: text() }))
const environment = oneOf(['development', 'staging', 'production'])
const agent = object({ agent_id: text(1), environment })

export const sourceConfig = object({
  integration_id: optional(uuid),
  repo_url: optional(text()),
  deployment_type: optional(oneOf(DEPLOYMENT_TYPES)),
  build_on_push: optional(truth),
  custom_url: optional(text()),
  resource_spec: optional(resourceSpec),
  listener_id: optional(uuid),
  listener_config: optional(object({ k8s_namespace: optional(text()) })),
  install_command: optional(text()),
  build_command: optional(text()),
  template_id: optional(text())
})

const sourceRevisionConfig = object({
  repo_ref: optional(text()),
  langgraph_config_path: optional(text()),
  image_uri: optional(text()),
  source_tarball_path: optional(text())
})

export type SentSourceConfig = Parsed<typeof sourceConfig>
export type SentRevisionConfig = Parsed<typeof sourceRevisionConfig>

const createFields = {
  source: oneOf(SOURCES),
  source_config: sourceConfig,
  source_revision_config: sourceRevisionConfig,
  secrets,
  secret_references: optional(secretReferences),
  route_through_gateway: optional(truth)
}

/** `POST /v2/deployments`: by name, or by agent (private beta). */
export const createByName = object({ name: text(1), ...createFields, agent: optional(agent) })
export const createByAgent = object({ name: optional(text(1)), ...createFields, agent })
export type CreateRequest = Parsed<typeof createByName> | Parsed<typeof createByAgent>

/** `PATCH /v2/deployments/{id}`. */
export const patchRequest = object({
  revision_source: optional(oneOf(['github', 'internal_docker', 'internal_source'])),
  source_config: optional(sourceConfig),
  source_revision_config: optional(sourceRevisionConfig),
  secrets: optional(secrets),
  secret_references: optional(secretReferences),
  display_name: optional(text(1)),
  route_through_gateway: optional(truth),
  tracked_packages: optional(list(text()))
})
export type PatchRequest = Parsed<typeof patchRequest>

/** `POST /v2/deployments/{id}/revisions`. */
export const revisionRequest = object({
  source_revision_config: sourceRevisionConfig,
  source_config: optional(sourceConfig),
  secrets: optional(secrets),
  secret_references: optional(secretReferences)
})

/** Client capabilities that `upload-url` and `push-token` read; they ignore other fields. */
export const abilities = object({
  supports_upload_headers: withDefault(truth, false),
  supports_registry_username: withDefault(truth, false)
})

export const deploymentTierRequest = object({ deployment_tier: oneOf(TIERS) })
export const resourceTiersRequest = object({
  compute_tier: optional(oneOf(TIERS)),
  database_tier: optional(oneOf(TIERS))
})

const computeConfig = object({ k8s_namespaces: optional(list(text())) })
export const listenerRequest = object({
  version: optional(text()),
  compute_type: oneOf(['k8s']),
  compute_id: text(),
  compute_config: computeConfig
})
export const listenerPatchRequest = object({ version: optional(text()), compute_config: optional(computeConfig) })

const paging = {
  limit: withDefault(integerText({ min: 1, max: 100 }), 20),
  offset: withDefault(integerText({ min: 0 }), 0)
}

export const pageQuery = object(paging)
export const deploymentsQuery = object({
  ...paging,
  name: optional(text()),
  name_contains: optional(text()),
  status: optional(text()),
  remote_reconciled: optional(truth),
  tag_value_ids: optional(text()),
  image_version: optional(text()),
  deployment_type: optional(oneOf(DEPLOYMENT_TYPES)),
  deployment_ids: optional(text()),
  agent_id: optional(text()),
  agent_environment: optional(environment)
})
export const revisionsQuery = object({ ...paging, status: optional(text()), remote_reconciled: optional(truth) })
export const deleteQuery = object({
  delete_tracing_project: withDefault(truth, false),
  force: withDefault(truth, false)
})
export const cursorQuery = object({
  page_size: withDefault(integerText({ min: 1, max: 100 }), 20),
  cursor: optional(text())
})

const stats = { include_stats: withDefault(truth, false), stats_start_time: optional(moment) }
/** `GET /api/v1/sessions/{id}` of LangSmith's own API, and its v2 counterpart. */
export const sessionQuery = object(stats)
const sessionFilter = {
  ...stats,
  name: optional(text()),
  name_contains: optional(text()),
  metadata: optional(text())
}
export const sessionsV1Query = object({
  ...sessionFilter,
  reference_free: optional(truth),
  limit: withDefault(integerText({ min: 1, max: 100 }), 100),
  offset: withDefault(integerText({ min: 0 }), 0)
})
export const sessionsV2Query = object({ ...sessionFilter, type: optional(oneOf(['PROJECT', 'AGENT', 'EXPERIMENT'])) })

const level = optional(oneOf(['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL']))
const order = withDefault(oneOf(['asc', 'desc']), 'asc')
const logFilter = {
  level,
  query: optional(text()),
  run_id: optional(text()),
  start_time: optional(moment),
  end_time: optional(moment)
}
const logFields = {
  ...logFilter,
  order,
  limit: withDefault(integerText({ min: 1, max: 1000 }), 50),
  offset: optional(text())
}

export const logsQuery = object(logFields)
export const revisionLogsQuery = object({ ...logFields, type: oneOf(['build', 'deploy']) })
export const deploymentLogsQuery = object({
  ...logFilter,
  deployment_id: uuid,
  revision_id: optional(uuid),
  log_type: withDefault(oneOf(['BUILD', 'DEPLOY']), 'DEPLOY'),
  sort_order: order,
  page_size: withDefault(integerText({ min: 1, max: 100 }), 20),
  cursor: optional(text())
})
export const v1LogsRequest = object({ ...logFields, limit: withDefault(integer({ min: 1 }), 50) })
