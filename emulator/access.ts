import { type Call, refusal } from './http.ts'
import { type State, WORKSPACE_ID, type World, worldOf } from './state.ts'
import { uuidIn } from './validation.ts'

/** The key used in examples. Any other non-empty key is also valid for the default workspace, except these three. */
export const API_KEY = 'lsv2_emulator_workspace_key'
export const INVALID_KEY = 'lsv2_emulator_invalid_key'
export const ORGANIZATION_KEY = 'lsv2_emulator_organization_key'
export const NOT_ENABLED_KEY = 'lsv2_emulator_not_enabled_key'

/** The key used in examples, or the only valid key if one is set. */
export function exampleKey({ settings }: State): string {
  return settings.key ?? API_KEY
}

export function isValidKey({ settings }: State, key: string): boolean {
  return settings.key === undefined ? key !== INVALID_KEY : key === settings.key
}

/** Returns the key of a call. @throws a refusal: 401 without a valid key */
export function keyFor(state: State, headers: Call['headers']): string {
  const key = keyOf(headers)
  if (key === '') throw refusal(401, "Not authenticated: the 'X-Api-Key' header is missing")
  if (!isValidKey(state, key)) throw refusal(401, 'Invalid API key')
  return key
}

/**
 * Returns the workspace that a control plane call can access.
 * @throws a refusal: 401 without a valid key, 403 if the key needs a workspace ID or cannot access the workspace
 */
export function worldFor(state: State, headers: Call['headers']): World {
  if (keyFor(state, headers) === NOT_ENABLED_KEY) {
    throw refusal(403, 'LangSmith Deployment is not enabled for this organization')
  }
  return workspaceFor(state, headers)
}

/** Returns the workspace for LangSmith's other APIs, which every organization has. @throws a refusal: 401 or 403 */
export function workspaceFor(state: State, headers: Call['headers']): World {
  const key = keyFor(state, headers)
  const tenantId = headers['x-tenant-id'] ?? ''
  const workspaceId = tenantId === '' ? WORKSPACE_ID : uuidIn(tenantId)
  if (workspaceId === undefined) throw refusal(403, `'${tenantId}' is not a workspace ID`)
  if (tenantId === '' && key === ORGANIZATION_KEY) {
    const detail =
      "This API key is org-scoped and requires workspace specification. Please provide 'X-Tenant-ID' header."
    throw refusal(403, detail)
  }
  return worldOf(state, workspaceId)
}

function keyOf(headers: Call['headers']): string {
  const key = headers['x-api-key']?.trim() ?? ''
  return key === '' ? (/^Bearer +(\S.*)$/i.exec(headers.authorization ?? '')?.[1] ?? '') : key
}
