import { isOrdinary } from './secret-shape.ts'

/*
 * Names of environment variables: which are valid, which LangSmith reserves, which the runner sets, and which can be
 * printed.
 */

/** Names that LangSmith reserves with any hosting. Source: the list in LangSmith's own command line tool. */
const RESERVED_EVERYWHERE = new Set(
  `LANGCHAIN_TRACING_V2 LANGSMITH_TRACING_V2 LANGCHAIN_ENDPOINT LANGCHAIN_PROJECT LANGSMITH_PROJECT
   LANGSMITH_LANGGRAPH_GIT_REPO LANGGRAPH_GIT_REPO_PATH LANGCHAIN_API_KEY LANGSMITH_CONTROL_PLANE_API_KEY POSTGRES_URI
   POSTGRES_PASSWORD DATABASE_URI LANGSMITH_LANGGRAPH_GIT_REF LANGSMITH_LANGGRAPH_GIT_REF_SHA LANGGRAPH_AUTH_TYPE
   LANGSMITH_AUTH_ENDPOINT LANGSMITH_TENANT_ID LANGSMITH_AUTH_VERIFY_TENANT_ID LANGSMITH_HOST_PROJECT_ID
   LANGSMITH_HOST_PROJECT_NAME LANGSMITH_HOST_REVISION_ID LOG_JSON LOG_DICT_TRACEBACKS REDIS_URI
   LANGCHAIN_CALLBACKS_BACKGROUND DD_TRACE_PSYCOPG_ENABLED DD_TRACE_REDIS_ENABLED LANGSMITH_DEPLOYMENT_NAME
   LANGGRAPH_CLOUD_LICENSE_KEY`.split(/\s+/)
)

/** Reserved names that LangSmith sets. Source: LangSmith's documentation. */
const SET_BY_PLATFORM = new Set(
  `LANGCHAIN_TRACING_V2 LANGSMITH_TRACING_V2 LANGCHAIN_ENDPOINT LANGSMITH_ENDPOINT LANGCHAIN_PROJECT LANGSMITH_PROJECT
   LANGCHAIN_API_KEY LANGSMITH_API_KEY POSTGRES_URI DATABASE_URI REDIS_URI PORT`.split(/\s+/)
)

/** Variable with which an env file names its deployment. Source: langgraph-cli. */
export const DEPLOYMENT_NAME = 'LANGSMITH_DEPLOYMENT_NAME'

/** Variable from which only the official tools read the deployment key. */
const DEPLOY_KEY = 'LANGGRAPH_HOST_API_KEY'

/**
 * Names that LangSmith also reserves on Cloud. The operator of a self-hosted data plane can set them. Source: the list
 * in LangSmith's own command line tool.
 */
const RESERVED_ON_CLOUD = new Set(
  `LANGSMITH_API_KEY LANGSMITH_ENDPOINT POSTGRES_URI_CUSTOM REDIS_URI_CUSTOM PATH PORT MOUNT_PREFIX LSD_ENV
   LSD_DD_API_KEY LSD_DD_ENDPOINT LSD_DEPLOYMENT_TYPE`.split(/\s+/)
)

/**
 * Variables that the runner sets, by prefix or by name. Other names that begin with GITHUB_ belong to the agent, such
 * as GITHUB_APP_ID and GITHUB_WEBHOOK_SECRET. Source: GitHub's list of default environment variables.
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

/** Tells if the runner sets a variable of this name. */
export function isRunnerVariable(name: string): boolean {
  return RUNNER_PREFIX.test(name) || RUNNER_NAMES.has(name)
}

/**
 * Returns why a name cannot be a variable of the agent; `undefined` if it can. `onCloud`: LangSmith runs the
 * deployment, and reserves more names.
 */
export function whyReserved(name: string, { onCloud }: { readonly onCloud: boolean }): string | undefined {
  if (name === DEPLOY_KEY) return 'it is the deployment key, which the agent does not need'
  if (name === DEPLOYMENT_NAME) return 'it sets the name of the deployment, not a variable of the agent'
  if (!RESERVED_EVERYWHERE.has(name) && !(onCloud && RESERVED_ON_CLOUD.has(name))) return undefined
  return SET_BY_PLATFORM.has(name) ? 'LangSmith sets this variable' : 'LangSmith reserves this name'
}

/** Tells if a deployment can have a variable of this name. */
export function isVariableName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
}

/**
 * Tells if a name can be printed because it cannot be a piece of a secret. A line of a key mixes digits and letters of
 * both cases.
 */
export function isPlainName(name: string): boolean {
  return /^([A-Z0-9_.-]{1,64}|[a-z0-9_.-]{1,40}|[A-Za-z_.-]{1,24})$/.test(name)
}

/**
 * Tells if a name consists of words in capitals, such as `OPENAI_API_KEY` and `OAUTH2_CLIENT_ID`, but not
 * `AKIAIOSFODNN7EXAMPLE`.
 */
export function isSpelledName(name: string): boolean {
  if (!/^[A-Z][A-Z0-9_]{0,63}$/.test(name)) return false
  const digits = name.replace(/\D/g, '').length
  return isOrdinary(name) || (name.includes('_') && digits <= MOST_DIGITS && isOrdinary(name.replace(/\d/g, '')))
}

const MOST_DIGITS = 4
