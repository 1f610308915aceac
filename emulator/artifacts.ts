import { createHash } from 'node:crypto'
import type { Deployment, RevisionConfig, Source } from './state.ts'

/** Version that deployed Agent Servers report. */
export const AGENT_SERVER_VERSION = '0.16.7'
/** The revision of the Agent Server's own source, not of the deployment. */
export const SERVER_BUILD = '52ab87d'

/** A registry that cannot exist: names below `.invalid` are reserved. */
export const REGISTRY = 'registry.langsmith-emulator.invalid'

function digest(algorithm: 'sha1' | 'sha256', ...parts: readonly (string | null)[]): string {
  return createHash(algorithm).update(JSON.stringify(parts)).digest('hex')
}

/** The commit of a ref of a repository: always the same 40 hex digits; null for other sources. */
export function commitOf(
  deployment: Pick<Deployment, 'sourceConfig'>,
  { source, config }: { source: Source; config: RevisionConfig }
): string | null {
  return source === 'github' ? digest('sha1', deployment.sourceConfig.repo_url, config.repo_ref) : null
}

/** The ID of a workspace without an explicit ID: always the same for a name in an organization. */
export function workspaceIdFor(organizationId: string, displayName: string): string {
  const hex = digest('sha1', organizationId, displayName)
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-'
  )
}

/** The UUID namespace from which Agent Servers derive the IDs of assistants. */
const GRAPHS = '6ba7b8219dad11d180b400c04fd430c8'

/** The ID of the assistant of a graph (a UUID of version 5), or of an additional one that a user created. */
export function assistantIdFor(graphId: string, name = ''): string {
  const hash = createHash('sha1')
    .update(Buffer.from(GRAPHS, 'hex'))
    .update(graphId + name)
  return uuidFrom(hash.digest('hex'), '5')
}

/** The ID of a session without an ID in the scenario: always the same for a name. */
export function sessionIdFor(name: string): string {
  return uuidFrom(digest('sha1', 'session', name), '5')
}

function uuidFrom(hex: string, version: string): string {
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `${version}${hex.slice(13, 16)}`,
    `${variant}${hex.slice(18, 20)}`,
    hex.slice(20, 32)
  ].join('-')
}

/** Location of the image of a build; null for sources that bring their own image. */
export function builtImage(
  deployment: Pick<Deployment, 'id' | 'name'>,
  source: Source,
  revisionId: string
): string | null {
  if (source === 'external_docker' || source === 'internal_docker') return null
  return `${REGISTRY}/${deployment.id}/${deployment.name.toLowerCase()}@sha256:${digest('sha256', revisionId)}`
}
