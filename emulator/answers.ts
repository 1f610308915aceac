import type { AgentTraits } from './agents/scenario.ts'
import { AGENT_SERVER_VERSION } from './artifacts.ts'
import type { Deployment, Listener, Revision, RevisionConfig, State } from './state.ts'

/** Formats a time as the API does. @param micros epoch microseconds */
export function timestamp(micros: number): string {
  const rest = String(micros % 1000).padStart(3, '0')
  return new Date(Math.floor(micros / 1000)).toISOString().replace('Z', `${rest}Z`)
}

/** The revisions that are visible at `now` (epoch milliseconds), newest first. */
export function visibleRevisions(deployment: Deployment, now: number): Revision[] {
  return deployment.revisions.filter((revision) => isVisible(revision, now)).reverse()
}

export function isVisible(revision: Revision, now: number): boolean {
  return !revision.vanished && revision.appearsAt <= now
}

/** Tells if the API still returns a deployment; it does while the deletion is in progress. */
export function isPresent(deployment: Deployment, now: number): boolean {
  return deployment.deleted === null || (now < deployment.deleted.goneAt && !deployment.deleted.purged)
}

function deploymentStatus(state: State, deployment: Deployment, now: number): string {
  if (deployment.deleted) return 'AWAITING_DELETE'
  return now * 1000 < deployment.createdAt + state.settings.stepMs * 1000 ? 'AWAITING_DATABASE' : 'READY'
}

/**
 * Formats the secrets. `hide` omits them, or replaces each value with a text; `{first4}` and `{last4}` are parts of the
 * value.
 */
function shownSecrets({ secrets }: Deployment, hide: boolean | string | null): readonly DeployedSecret[] {
  if (hide === false) return secrets
  if (hide === 'list') return []
  const shown = hide === true ? '********' : hide
  return secrets.map(({ name, value }) => ({
    name,
    value: shown?.replace('{first4}', () => value.slice(0, 4)).replace('{last4}', () => value.slice(-4)) ?? null
  }))
}

interface DeployedSecret {
  readonly name: string
  readonly value: string | null
}

/**
 * A Deployment resource.
 *
 * @param now epoch milliseconds
 * @param latest the revision to return as the latest
 */
export function showDeployment(
  state: State,
  deployment: Deployment,
  now: number,
  latest: Revision | undefined = visibleRevisions(deployment, now)[0]
): Record<string, unknown> {
  const config = latest ? revisionConfig(state, latest) : answeredConfig(deployment.config)
  return answered(state, {
    name: deployment.name,
    source: deployment.source,
    source_config: showSourceConfig(state, deployment, latest),
    url: isOnCloud(deployment) ? servingUrl(state, deployment) : null,
    source_revision_config: config,
    secrets: shownSecrets(deployment, state.scenario.server.hide_secrets),
    secret_references: deployment.secretReferences,
    id: deployment.id,
    tenant_id: deployment.tenantId,
    created_at: timestamp(deployment.createdAt),
    updated_at: timestamp(deployment.updatedAt),
    status: deploymentStatus(state, deployment, now),
    latest_revision_id: latest?.id ?? null,
    active_revision_id: deployment.active?.id ?? null,
    image_version: imageVersion(deployment),
    tracer_session_id: deployment.hasTraces ? tracerSessionId(state, deployment) : null,
    route_through_gateway: deployment.routeThroughGateway,
    display_name: deployment.displayName,
    ...deployment.tiers,
    agent: deployment.agent,
    is_preview: state.scenario.server.own_previews.includes(deployment.name),
    is_managed_deep_agent: false,
    shareable: false,
    tag_value_ids: []
  })
}

/** A resource without the fields that this control plane version lacks. */
function answered(state: State, resource: Record<string, unknown>): Record<string, unknown> {
  const { leaves_out: unknown } = state.scenario.server
  if (unknown.length === 0) return resource
  return Object.fromEntries(Object.entries(resource).filter(([key]) => !unknown.some((name) => name === key)))
}

/** The ID of a deployment's tracing project; a scenario can set it. */
export function tracerSessionId({ scenario }: State, { name, tracerSessionId: own }: Deployment): string {
  return scenario.sessions.find((rule) => rule.name === name)?.id ?? own
}

/** The Agent Server version of the deployed revision; null before the first one. */
export function imageVersion(deployment: Deployment): string | null {
  return deployment.serves ? versionOf(deployment.active) : null
}

/** The Agent Server version of a revision. */
export function versionOf(revision: Revision | null): string {
  return revision?.script.rule?.image_version ?? AGENT_SERVER_VERSION
}

/** The scripted Agent Server of a revision. */
export function agentTraits(state: State, revision: Revision | null): AgentTraits {
  return revision?.script.rule?.agent ?? state.scenario.agent
}

/** The address of this deployment's Agent Server: on this emulator, unless the deployment has a custom address. */
function agentUrl(state: State, deployment: Deployment): string {
  return agentTraits(state, deployment.active).url ?? `${state.url}/agents/${deployment.id}`
}

/** Tells if LangSmith itself builds and runs the sources of the deployment. */
function isOnCloud({ source }: Deployment): boolean {
  return source !== 'external_docker'
}

function servingUrl(state: State, deployment: Deployment): string | null {
  return deployment.serves ? agentUrl(state, deployment) : null
}

function showSourceConfig(state: State, deployment: Deployment, latest: Revision | undefined): Record<string, unknown> {
  const { server } = state.scenario
  const config = deployment.sourceConfig
  const ownUrl = server.url_only && isOnCloud(deployment) ? null : servingUrl(state, deployment)
  const branch = server.resolve_ref && deployment.source === 'github' ? (latest?.config.repo_ref ?? null) : null
  return {
    ...config,
    custom_url: config.custom_url ?? ownUrl,
    listener_id: server.hide_listener ? null : config.listener_id,
    listener_config: server.hide_listener ? null : config.listener_config,
    repo_branch: branch?.startsWith('refs/') ? null : branch
  }
}

/** A Revision resource. */
export function showRevision(state: State, revision: Revision): Record<string, unknown> {
  return answered(state, {
    id: revision.id,
    created_at: timestamp(revision.createdAt),
    updated_at: timestamp(revision.updatedAt),
    status: revision.status,
    source: revision.source,
    source_revision_config: revisionConfig(state, revision),
    image_version: hasReached(revision, 'DEPLOYED') ? versionOf(revision) : null,
    status_message: statusMessage(revision),
    is_preview: false,
    resource_tier: null
  })
}

/** The scripted reason; null before the end of the revision, and for a deployed revision. */
function statusMessage({ ended, status, script }: Revision): string | null {
  return ended && status !== 'DEPLOYED' ? (script.rule?.status_message ?? null) : null
}

/** The revision's own fields; the commit, and the image of a build, may become known later. */
function revisionConfig(state: State, revision: Revision): Record<string, unknown> {
  const from = revision.script.rule?.commit_from ?? null
  const commit = from === null || hasReached(revision, from) ? revision.config.repo_commit_sha : null
  const imageFrom = from ?? 'AWAITING_DEPLOY'
  const image = hasReached(revision, imageFrom) || hasReached(revision, 'DEPLOYED') ? revision.builtImage : null
  const resolved = state.scenario.server.resolve_ref && revision.source === 'github' ? commit : null
  return {
    ...answeredConfig(revision.config),
    repo_ref: resolved ?? revision.config.repo_ref,
    image_uri: revision.builtImage === null ? revision.config.image_uri : image,
    repo_commit_sha: commit
  }
}

function answeredConfig(config: RevisionConfig): Record<string, unknown> {
  return { ...config, deepagents_version: null }
}

export function hasReached(revision: Revision, status: string): boolean {
  return revision.history.some((entry) => entry.status === status)
}

/** A Listener resource. */
export function showListener(listener: Listener): Record<string, unknown> {
  const { createdAt, updatedAt, ...shown } = listener
  return { ...shown, created_at: timestamp(createdAt), updated_at: timestamp(updatedAt) }
}
