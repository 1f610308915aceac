/*
 * Which names variables can have, and which of them the platform or the runner keeps for itself. Pure, and of no layer:
 * the inputs, the files of a project and the environment of a deployment go by the same names.
 */

/** Whether a deployment can have a variable of this name. */
export function isVariableName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
}

/** Whether a name cannot be a piece of a secret. A line of a key mixes digits and letters of both cases. */
export function isPlainName(name: string): boolean {
  return /^([A-Z0-9_.-]{1,64}|[a-z0-9_.-]{1,40}|[A-Za-z_.-]{1,24})$/.test(name)
}

/** Names that the platform reserves, whatever the hosting. Source: the list in LangSmith's own command line tool. */
const RESERVED_EVERYWHERE = new Set(
  `LANGCHAIN_TRACING_V2 LANGSMITH_TRACING_V2 LANGCHAIN_ENDPOINT LANGCHAIN_PROJECT LANGSMITH_PROJECT
   LANGSMITH_LANGGRAPH_GIT_REPO LANGGRAPH_GIT_REPO_PATH LANGCHAIN_API_KEY LANGSMITH_CONTROL_PLANE_API_KEY POSTGRES_URI
   POSTGRES_PASSWORD DATABASE_URI LANGSMITH_LANGGRAPH_GIT_REF LANGSMITH_LANGGRAPH_GIT_REF_SHA LANGGRAPH_AUTH_TYPE
   LANGSMITH_AUTH_ENDPOINT LANGSMITH_TENANT_ID LANGSMITH_AUTH_VERIFY_TENANT_ID LANGSMITH_HOST_PROJECT_ID
   LANGSMITH_HOST_PROJECT_NAME LANGSMITH_HOST_REVISION_ID LOG_JSON LOG_DICT_TRACEBACKS REDIS_URI
   LANGCHAIN_CALLBACKS_BACKGROUND DD_TRACE_PSYCOPG_ENABLED DD_TRACE_REDIS_ENABLED LANGSMITH_DEPLOYMENT_NAME
   LANGGRAPH_CLOUD_LICENSE_KEY`.split(/\s+/)
)

/** The reserved names that the platform is known to set; the others it only reserves. Source: LangSmith's documentation. */
const SET_BY_PLATFORM = new Set(
  `LANGCHAIN_TRACING_V2 LANGSMITH_TRACING_V2 LANGCHAIN_ENDPOINT LANGSMITH_ENDPOINT LANGCHAIN_PROJECT LANGSMITH_PROJECT
   LANGCHAIN_API_KEY LANGSMITH_API_KEY POSTGRES_URI DATABASE_URI REDIS_URI PORT`.split(/\s+/)
)

/** The variable in which a project names its deployment. Source: langgraph-cli. */
export const DEPLOYMENT_NAME = 'LANGSMITH_DEPLOYMENT_NAME'

/** The key with which the official tools deploy; nothing else reads it. */
const KEY_TO_DEPLOY = 'LANGGRAPH_HOST_API_KEY'

/** Names that only a self-hosted data plane leaves to its operator. Same source. */
const RESERVED_ON_CLOUD = new Set(
  `LANGSMITH_API_KEY LANGSMITH_ENDPOINT POSTGRES_URI_CUSTOM REDIS_URI_CUSTOM PATH PORT MOUNT_PREFIX LSD_ENV
   LSD_DD_API_KEY LSD_DD_ENDPOINT LSD_DEPLOYMENT_TYPE`.split(/\s+/)
)

/**
 * What the runner sets, by prefix or by name. Other names that begin with GITHUB_ are an agent's own: GITHUB_APP_ID,
 * GITHUB_WEBHOOK_SECRET. Source: GitHub's list of default environment variables.
 */
const RUNNER_PREFIX = /^(RUNNER|ACTIONS|INPUT)_/
const RUNNER_NAMES = new Set(
  `ACTION ACTION_PATH ACTION_REF ACTION_REPOSITORY ACTIONS ACTOR ACTOR_ID API_URL BASE_REF ENV EVENT_NAME EVENT_PATH
   GRAPHQL_URL HEAD_REF JOB OUTPUT PATH REF REF_NAME REF_PROTECTED REF_TYPE REPOSITORY REPOSITORY_ID REPOSITORY_OWNER
   REPOSITORY_OWNER_ID RETENTION_DAYS RUN_ATTEMPT RUN_ID RUN_NUMBER SERVER_URL SHA STATE STEP_SUMMARY
   TRIGGERING_ACTOR WORKFLOW WORKFLOW_REF WORKFLOW_SHA WORKSPACE`
    .split(/\s+/)
    .map((name) => `GITHUB_${name}`)
)

/** Whether the runner sets a variable of this name. */
export function isOfRunner(name: string): boolean {
  return RUNNER_PREFIX.test(name) || RUNNER_NAMES.has(name)
}

/**
 * Why a name cannot be a variable of the agent, or nothing.
 *
 * @param given.onCloud the platform runs the deployment, so more names are reserved
 */
export function whyReserved(name: string, given: { readonly onCloud: boolean }): string | undefined {
  if (name === KEY_TO_DEPLOY) return 'it is the key with which tools deploy, and the agent does not need it'
  if (name === DEPLOYMENT_NAME) return 'it says how the deployment is called, and is not a variable of the agent'
  if (!RESERVED_EVERYWHERE.has(name) && !(given.onCloud && RESERVED_ON_CLOUD.has(name))) return undefined
  return SET_BY_PLATFORM.has(name) ? 'LangSmith sets it itself' : 'LangSmith reserves this name'
}
