import { ApiError, RefusalError } from '../control-plane/errors.ts'
import type { TransportOptions } from '../control-plane/transport.ts'
import { listWorkspaces, type Workspace } from '../control-plane/workspaces.ts'
import type { ControlPlane } from '../run/destination.ts'
import { endsRun } from '../run/limits.ts'

/**
 * Returns the workspace with this name. Ignores case if no name matches exactly.
 *
 * @throws {RefusalError} when no workspace or several workspaces match
 */
export function workspaceNamed(name: string, workspaces: readonly Workspace[]): Workspace {
  const exact = workspaces.filter((workspace) => workspace.name === name)
  const alike = workspaces.filter((workspace) => workspace.name.toLowerCase() === name.toLowerCase())
  const found = exact.length > 0 ? exact : alike
  const [only, another] = found
  if (only && !another) return only
  throw only
    ? new RefusalError(
        'Multiple workspaces match',
        `\`workspace-id\`: the API key can access ${found.length} workspaces named "${name}": ${workspaceList(found)}.`,
        'Set `workspace-id` to the ID of one of them.'
      )
    : new RefusalError(
        'Workspace not found',
        `\`workspace-id\`: the API key cannot access a workspace named "${name}".`,
        workspaces.length > 0
          ? `The key can access ${workspaceList(workspaces)}. Set \`workspace-id\` to the name or ID of one of these.`
          : 'The key cannot access any workspace; check that the key belongs to the right organization, and check `organization-id`.'
      )
}

/**
 * Returns the ID of the workspace that the user named.
 *
 * @throws {RefusalError} when there is no such workspace, or the list cannot be read
 */
export async function findWorkspace(
  controlPlane: ControlPlane,
  options: TransportOptions,
  name: string
): Promise<string> {
  const workspaces = await listWorkspaces(controlPlane, options).catch((error: unknown) => {
    // A 401 gets the same explanation here as everywhere else.
    const isEnd = !(error instanceof Error) || endsRun(error)
    throw isEnd || (error instanceof ApiError && error.status === 401) ? error : lookUpFailed(controlPlane, name, error)
  })
  return workspaceNamed(name, workspaces).id
}

function lookUpFailed({ dataApi }: ControlPlane, name: string, behind: Error): RefusalError {
  return new RefusalError(
    'Workspace lookup failed',
    `\`workspace-id\` is not an ID, and the workspace name "${name}" could not be looked up at ${dataApi}.`,
    'Set `workspace-id` to the ID of the workspace (LangSmith, Settings, Workspaces), which needs no lookup.',
    behind
  )
}

/** Lists names and IDs in one line, such as `Default (f7c6…), Staging (0a1b…)`. */
export function workspaceList(workspaces: readonly Workspace[]): string {
  const shown = workspaces.slice(0, MOST_SHOWN).map(({ id, name }) => `${name} (${id})`)
  const more = workspaces.length - shown.length
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(', ')
}

/** Maximum length of a list that is easy to read. */
const MOST_SHOWN = 20
