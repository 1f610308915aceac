import { timestamp } from '../answers.ts'
import { workspaceIdFor } from '../artifacts.ts'
import type { Answer, Call, KeyRoute } from '../http.ts'
import type { NamedWorkspace } from '../scenario.ts'
import { BEGINNING, ORGANIZATION_ID, type State, WORKSPACE_ID } from '../state.ts'

interface Workspace {
  readonly id: string
  readonly displayName: string
  readonly organizationId: string
}

const DEFAULT_WORKSPACE: Workspace = {
  id: WORKSPACE_ID,
  displayName: 'Default',
  organizationId: ORGANIZATION_ID
}

function listWorkspaces({ state, headers }: Call): Answer {
  const organizationId = headers['x-organization-id']?.trim().toLowerCase() ?? ''
  const listed = workspacesOf(state).filter((one) => organizationId === '' || one.organizationId === organizationId)
  return { status: 200, body: listed.map(showWorkspace) }
}

function workspacesOf({ scenario }: State): Workspace[] {
  return [DEFAULT_WORKSPACE, ...scenario.workspaces.map(asWorkspace)]
}

function asWorkspace({ id, display_name: displayName, organization_id }: NamedWorkspace): Workspace {
  const organizationId = organization_id ?? ORGANIZATION_ID
  return { id: id ?? workspaceIdFor(organizationId, displayName), displayName, organizationId }
}

/** One entry of the list, with every field that LangSmith's own clients read; there are no roles. */
function showWorkspace({ id, displayName, organizationId }: Workspace): Record<string, unknown> {
  return {
    id,
    organization_id: organizationId,
    created_at: timestamp(BEGINNING),
    display_name: displayName,
    is_personal: false,
    is_deleted: false,
    tenant_handle: null,
    data_plane_url: null,
    read_only: false,
    role_id: null,
    role_name: null,
    permissions: null
  }
}

/**
 * Part of LangSmith's data API, which a self-hosted host serves next to `/api-host`; so this route is at the root only.
 */
export const workspaceRoutes: readonly KeyRoute[] = [
  { method: 'GET', path: '/api/v1/workspaces', keyed: listWorkspaces }
]
