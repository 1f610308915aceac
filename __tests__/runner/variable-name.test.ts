import { describe, expect, test } from '@jest/globals'
import { isRunnerVariable, whyReserved } from '../../src/runner/variable-name.ts'
import { words } from '../support/words.ts'

const EVERYWHERE = `LANGCHAIN_TRACING_V2 LANGSMITH_TRACING_V2 LANGCHAIN_ENDPOINT LANGCHAIN_PROJECT LANGSMITH_PROJECT
  LANGSMITH_LANGGRAPH_GIT_REPO LANGGRAPH_GIT_REPO_PATH LANGCHAIN_API_KEY LANGSMITH_CONTROL_PLANE_API_KEY POSTGRES_URI
  POSTGRES_PASSWORD DATABASE_URI LANGSMITH_LANGGRAPH_GIT_REF LANGSMITH_LANGGRAPH_GIT_REF_SHA LANGGRAPH_AUTH_TYPE
  LANGSMITH_AUTH_ENDPOINT LANGSMITH_TENANT_ID LANGSMITH_AUTH_VERIFY_TENANT_ID LANGSMITH_HOST_PROJECT_ID
  LANGSMITH_HOST_PROJECT_NAME LANGSMITH_HOST_REVISION_ID LOG_JSON LOG_DICT_TRACEBACKS REDIS_URI
  LANGCHAIN_CALLBACKS_BACKGROUND DD_TRACE_PSYCOPG_ENABLED DD_TRACE_REDIS_ENABLED LANGSMITH_DEPLOYMENT_NAME
  LANGGRAPH_CLOUD_LICENSE_KEY`.split(/\s+/)
const CLOUD_ONLY = `LANGSMITH_API_KEY LANGSMITH_ENDPOINT POSTGRES_URI_CUSTOM REDIS_URI_CUSTOM PATH PORT MOUNT_PREFIX
  LSD_ENV LSD_DD_API_KEY LSD_DD_ENDPOINT LSD_DEPLOYMENT_TYPE`.split(/\s+/)

const REASON = expect.stringMatching(
  /^(LangSmith sets this variable|LangSmith reserves this name|it sets the name of the deployment)/
)

describe('the name of a variable', () => {
  test('is reserved in 29 cases everywhere and in 11 more on Cloud', () => {
    expect([EVERYWHERE.length, CLOUD_ONLY.length]).toEqual([29, 11])
  })

  test.each(EVERYWHERE)('%s is reserved everywhere', (name) => {
    expect([whyReserved(name, { onCloud: false }), whyReserved(name, { onCloud: true })]).toEqual([REASON, REASON])
  })

  test.each(CLOUD_ONLY)('%s is reserved on Cloud only', (name) => {
    expect([whyReserved(name, { onCloud: false }), whyReserved(name, { onCloud: true })]).toEqual([undefined, REASON])
  })

  test.each([
    // The user does not need to set what the platform sets; other reserved names cannot be set at all.
    ['LANGSMITH_API_KEY', 'LangSmith sets this variable'],
    ['LANGCHAIN_TRACING_V2', 'LangSmith sets this variable'],
    ['POSTGRES_URI_CUSTOM', 'LangSmith reserves this name'],
    ['LOG_JSON', 'LangSmith reserves this name'],
    ['LANGSMITH_DEPLOYMENT_NAME', 'it sets the name of the deployment, not a variable of the agent'],
    ['LANGGRAPH_HOST_API_KEY', 'it is the deployment key, which the agent does not need'],
    ['OPENAI_API_KEY', undefined]
  ])('%s is omitted because: %s', (name, why) => {
    expect(whyReserved(name, { onCloud: true })).toBe(why)
  })

  test.each([false, true])('of the deployment key is never passed to the agent, on Cloud: %s', (onCloud) => {
    expect(whyReserved('LANGGRAPH_HOST_API_KEY', { onCloud })).toBeDefined()
  })

  test.each([
    'GITHUB_SHA',
    'GITHUB_REPOSITORY',
    'GITHUB_ACTIONS',
    'RUNNER_TEMP',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'INPUT_NAME'
  ])('%s belongs to the runner', (name) => {
    expect(isRunnerVariable(name)).toBe(true)
  })

  // GITHUB_APP_ID and similar names are in the env files of agents that work on GitHub, such as LangChain's own.
  const FREE = words(`
    OPENAI_API_KEY GITHUB GITHUB_TOKEN GITHUB_APP_ID GITHUB_APP_PRIVATE_KEY GITHUB_WEBHOOK_SECRET
    GITHUB_PERSONAL_ACCESS_TOKEN MY_GITHUB_TOKEN PORTS LANGSMITH ACTIONSX_Y LANGCHAIN_API_KEY_2 LANGSMITH_API_KEY_PROD
  `)
  test.each(FREE)('%s is not reserved', (name) => {
    expect([whyReserved(name, { onCloud: true }), isRunnerVariable(name)]).toEqual([undefined, false])
  })
})
