import { createHash } from 'node:crypto'
import type { Deployment, RevisionConfig, Source } from './state.ts'

/** Version that deployed Agent Servers give for themselves. */
export const AGENT_SERVER_VERSION = '0.8.4'

/** A registry that cannot exist: names below `.invalid` are reserved for that. */
export const REGISTRY = 'registry.langsmith-emulator.invalid'

function digest(algorithm: 'sha1' | 'sha256', ...parts: readonly (string | null)[]): string {
  return createHash(algorithm).update(JSON.stringify(parts)).digest('hex')
}

/** The commit that a ref of a repository stands at: always the same one, 40 hex digits; null for other sources. */
export function commitOf(
  deployment: Pick<Deployment, 'sourceConfig'>,
  { source, config }: { source: Source; config: RevisionConfig }
): string | null {
  return source === 'github' ? digest('sha1', deployment.sourceConfig.repo_url, config.repo_ref) : null
}

/** The id of a workspace to which nobody gave one: always the same for a name in an organization. */
export function workspaceIdFor(organizationId: string, displayName: string): string {
  const hex = digest('sha1', organizationId, displayName)
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-'
  )
}

/** Where the image of a build lies; null for sources that bring their own. */
export function builtImage(
  deployment: Pick<Deployment, 'id' | 'name'>,
  source: Source,
  revisionId: string
): string | null {
  if (source === 'external_docker' || source === 'internal_docker') return null
  return `${REGISTRY}/${deployment.id}/${deployment.name.toLowerCase()}@sha256:${digest('sha256', revisionId)}`
}
