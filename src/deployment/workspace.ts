import { ApiError, RefusalError } from '../control-plane/errors.ts'
import type { TransportOptions } from '../control-plane/transport.ts'
import { listWorkspaces, type Workspace } from '../control-plane/workspaces.ts'
import type { ControlPlane } from '../run/destination.ts'
import { endsRun } from '../run/limits.ts'

/** The one workspace of this name, in any case if no other fits. @throws {RefusalError} for none, or several */
export function workspaceNamed(name: string, workspaces: readonly Workspace[]): Workspace {
  const exact = workspaces.filter((workspace) => workspace.name === name)
  const alike = workspaces.filter((workspace) => workspace.name.toLowerCase() === name.toLowerCase())
  const found = exact.length > 0 ? exact : alike
  const [only, another] = found
  if (only && !another) return only
  throw only
    ? new RefusalError(
        'Several workspaces match',
        `\`workspace-id\`: the API key can access ${found.length} workspaces named "${name}": ${workspaceList(found)}.`,
        'Set `workspace-id` to the ID of one of them.'
      )
    : new RefusalError(
        'Workspace not found',
        `\`workspace-id\`: the API key cannot access a workspace named "${name}".`,
        workspaces.length > 0
          ? `It can access ${workspaceList(workspaces)}. Set one of these, by name or ID.`
          : 'It cannot access any workspace; check that the key belongs to the right organization, and check `organization-id`.'
      )
}

/**
 * The workspace that the user named, as its ID.
 *
 * @throws {RefusalError} when there is no such workspace, or the list cannot be read
 */
export async function findWorkspace(
  controlPlane: ControlPlane,
  options: TransportOptions,
  name: string
): Promise<string> {
  const workspaces = await listWorkspaces(controlPlane, options).catch((error: unknown) => {
    // What the key may not do is said best as everywhere else.
    const isOwnTale = !(error instanceof Error) || endsRun(error)
    throw isOwnTale || (error instanceof ApiError && error.status === 401)
      ? error
      : lookUpFailed(controlPlane, name, error)
  })
  return workspaceNamed(name, workspaces).id
}

function lookUpFailed({ dataApi }: ControlPlane, name: string, behind: Error): RefusalError {
  return new RefusalError(
    'Workspace not found',
    `\`workspace-id\` is not an ID, and the workspace name "${name}" could not be looked up at ${dataApi}.`,
    'Set `workspace-id` to the ID of the workspace (LangSmith, Settings, Workspaces), which needs no lookup.',
    behind
  )
}

/** Names and IDs in one line, such as `Default (f7c6…), Staging (0a1b…)`. */
export function workspaceList(workspaces: readonly Workspace[]): string {
  const shown = workspaces.slice(0, MOST_SHOWN).map(({ id, name }) => `${name} (${id})`)
  const more = workspaces.length - shown.length
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(', ')
}

/** A list this long can still be read. */
const MOST_SHOWN = 20
