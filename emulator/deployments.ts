import { randomUUID } from 'node:crypto'
import { isPresent, isVisible } from './answers.ts'
import { read, refusal } from './http.ts'
import { abandon, addRevision } from './life.ts'
import { type CreateRequest, type PatchRequest, type SentSourceConfig, WIRE_TYPES } from './requests.ts'
import { completeSpec } from './resource-spec.ts'
import { checkChange, checkComplete, checkNewSource, checkSpec, isCloud, ownFields, sourceProblem } from './sources.ts'
import {
  type Deployment,
  EMPTY_CONFIG,
  type Hosting,
  type Revision,
  type SourceConfig,
  type State,
  stamp,
  type Tiers,
  type World
} from './state.ts'
import { oneOf } from './validation.ts'

/** The caller, and the time of the call (epoch milliseconds). */
export interface Moment {
  readonly state: State
  readonly world: World
  readonly now: number
}

/** Finds a visible deployment. @throws a refusal with status 404 */
export function presentDeployment({ world, now }: Moment, id: string): Deployment {
  const found = world.deployments.find((deployment) => deployment.id === id)
  if (found && isPresent(found, now)) return found
  throw refusal(404, `Deployment ID ${id} not found.`)
}

/** Finds a visible revision. @throws a refusal with status 404 */
export function presentRevision(moment: Moment, deployment: Deployment, id: string): Revision {
  const found = deployment.revisions.find((revision) => revision.id === id)
  if (found && isVisible(found, moment.now)) return found
  throw refusal(404, `Revision ID ${id} not found.`)
}

/** Sources whose creation includes a first revision; the internal sources need a push or an upload first. */
const BUILT_AT_CREATE = ['github', 'external_docker', 'internal_template']

/** Creates a deployment, and its first revision if the source has one. @throws a refusal: 400, 409 or 422 */
export function createDeployment(moment: Moment, request: CreateRequest): Deployment {
  const { state, world, now } = moment
  const { source, source_config: sent } = request
  const name = request.name ?? `${request.agent?.agent_id}-${request.agent?.environment}`
  checkType(state.settings.hosting, sent)
  checkName(state.settings.hosting, name)
  checkNewSource(state.settings, world, { source, config: sent, revision: request.source_revision_config })
  const sourceConfig = newSourceConfig(source, sent)
  if (sourceConfig.resource_spec) {
    checkSpec(state.settings.hosting, sourceConfig.resource_spec, sourceConfig.deployment_type)
  }
  checkScale(state, sourceConfig)
  checkFree(moment, name, request)
  checkQuota(state, sourceConfig)
  const createdAt = stamp(state, now)
  const deployment: Deployment = {
    id: randomUUID(),
    tenantId: world.tenantId,
    name,
    source,
    agent: request.agent,
    createdAt,
    updatedAt: createdAt,
    displayName: null,
    sourceConfig,
    config: { ...EMPTY_CONFIG, ...ownFields(source, request.source_revision_config) },
    secrets: request.secrets,
    secretReferences: request.secret_references ?? [],
    tiers: { deployment_tier: null, compute_tier: null, database_tier: null },
    revisions: [],
    running: null,
    active: null,
    activations: [],
    tracerSessionId: randomUUID(),
    hasTraces: true,
    routeThroughGateway: request.route_through_gateway,
    answering: null,
    serves: false,
    deleted: null
  }
  world.deployments.push(deployment)
  if (BUILT_AT_CREATE.includes(source)) addRevision(state, deployment, { source, config: deployment.config }, now)
  return deployment
}

function newSourceConfig(source: Deployment['source'], sent: SentSourceConfig): SourceConfig {
  const docker = source === 'external_docker'
  const spec = sent.resource_spec ?? (docker ? {} : null)
  return {
    integration_id: source === 'github' ? sent.integration_id : null,
    repo_url: source === 'github' ? sent.repo_url : null,
    deployment_type: sent.deployment_type ?? (docker ? 'prod' : 'dev'),
    build_on_push: source === 'github' && sent.build_on_push === true,
    custom_url: docker ? sent.custom_url : null,
    resource_spec: spec && completeSpec(spec),
    listener_id: docker ? sent.listener_id : null,
    listener_config: docker && sent.listener_config ? { k8s_namespace: sent.listener_config.k8s_namespace } : null,
    install_command: sent.install_command,
    build_command: sent.build_command,
    template_id: source === 'internal_template' ? sent.template_id : null
  }
}

/** Cloud does not accept the display names of deployment types. @throws a refusal with status 422 */
function checkType(hosting: Hosting, sent: SentSourceConfig | null): void {
  if (!isCloud(hosting) || !sent || sent.deployment_type === null) return
  read(oneOf(WIRE_TYPES), sent.deployment_type, ['body', 'source_config', 'deployment_type'])
}

const NAME = /^[A-Za-z][A-Za-z0-9-]*$/

function checkName(hosting: Hosting, name: string): void {
  if (hosting === 'any' || NAME.test(name)) return
  const msg = 'Name must contain only letters, digits and dashes, and start with a letter'
  throw refusal(422, [{ type: 'value_error', loc: ['body', 'name'], msg, input: name }])
}

/** A name is taken permanently: a deleted deployment keeps it, and so does its tracing project. */
function checkFree({ world }: Moment, name: string, { agent }: CreateRequest): void {
  const sameAgent = world.deployments.some(
    (other) =>
      agent &&
      !other.deleted &&
      other.agent?.agent_id === agent.agent_id &&
      other.agent.environment === agent.environment
  )
  if (sameAgent) throw refusal(409, 'A deployment already exists for this agent environment')
  if (world.deployments.some((other) => other.name === name)) {
    throw refusal(409, `A deployment or tracing project named '${name}' already exists in this workspace.`)
  }
}

const ZERO_TYPES = ['dev_zero', 'dev_free_zero', 'serverless']

function checkScale({ scenario }: State, { deployment_type: type }: SourceConfig): void {
  if (!scenario.server.on_aws || !ZERO_TYPES.includes(type ?? '')) return
  throw refusal(400, 'Scale to zero deployments are not supported in AWS environments')
}

const FREE_TYPES = ['dev_free', 'dev_free_zero']

/** Number of free deployments in all workspaces of the organization. */
export function freeDeployments(state: State): number {
  return [...state.worlds.values()]
    .flatMap((world) => world.deployments)
    .filter(({ deleted, sourceConfig }) => !deleted && FREE_TYPES.includes(sourceConfig.deployment_type ?? '')).length
}

function checkQuota(state: State, { deployment_type: type }: SourceConfig): void {
  if (state.settings.hosting === 'any' || !FREE_TYPES.includes(type ?? '') || freeDeployments(state) === 0) return
  throw refusal(400, 'Limit of 1 free Development deployment type(s) per organization exceeded.')
}

/** Changes a deployment, and creates a revision if the change needs one. @throws a refusal: 400 */
export function patchDeployment(moment: Moment, deployment: Deployment, patch: PatchRequest): Revision | null {
  return change(moment, deployment, patch, triggersRevision(deployment, patch))
}

/** Creates a revision for any change. @throws a refusal: 400 */
export function forceRevision(
  moment: Moment,
  deployment: Deployment,
  request: Pick<PatchRequest, 'source_config' | 'source_revision_config' | 'secrets' | 'secret_references'>
): Revision {
  const patch: PatchRequest = {
    ...request,
    revision_source: null,
    display_name: null,
    tracked_packages: null,
    route_through_gateway: null
  }
  const revision = change(moment, deployment, patch, true)
  if (!revision) throw new Error('A forced revision was not created')
  return revision
}

function change(moment: Moment, deployment: Deployment, patch: PatchRequest, withRevision: boolean): Revision | null {
  const { state, now } = moment
  const { hosting } = state.settings
  refuseDeleted(deployment)
  checkType(hosting, patch.source_config)
  const source = patch.revision_source ?? deployment.source
  const sent = patch.source_config
  const config = {
    ...deployment.config,
    repo_commit_sha: null,
    tracked_packages: patch.tracked_packages ?? deployment.config.tracked_packages,
    ...ownFields(source, patch.source_revision_config)
  }
  const sourceConfig = changedSourceConfig(deployment, sent)
  const { build_on_push: buildOnPush, resource_spec: spec } = sourceConfig
  checkChange(hosting, deployment.source, { source, sent, revision: patch.source_revision_config, buildOnPush, config })
  if (sent?.resource_spec && spec) checkSpec(hosting, spec, sourceConfig.deployment_type)
  if (withRevision) {
    checkArchive(moment, deployment, patch.source_revision_config?.source_tarball_path ?? null)
    checkComplete(source, config, sourceConfig)
  }
  deployment.sourceConfig = sourceConfig
  deployment.displayName = patch.display_name ?? deployment.displayName
  deployment.routeThroughGateway = patch.route_through_gateway ?? deployment.routeThroughGateway
  if (patch.secrets?.length) deployment.secrets = patch.secrets
  deployment.secretReferences = patch.secret_references ?? deployment.secretReferences
  deployment.updatedAt = stamp(state, now)
  return withRevision ? addRevision(state, deployment, { source, config }, now) : null
}

/**
 * Any field of source_revision_config counts as a change, even with its present value; an empty list of secrets does
 * not.
 */
function triggersRevision(deployment: Deployment, patch: PatchRequest): boolean {
  const sent = patch.source_config
  const now = deployment.sourceConfig
  return [
    Object.values(patch.source_revision_config ?? {}).some((value) => value !== null),
    (patch.secrets ?? []).length > 0,
    (patch.secret_references ?? []).length > 0,
    patch.secret_references !== null && deployment.secretReferences.length > 0,
    sent?.resource_spec != null,
    sent?.install_command != null && sent.install_command !== now.install_command,
    sent?.build_command != null && sent.build_command !== now.build_command
  ].some(Boolean)
}

/** Ignores immutable fields: the behavior of the real server is unknown. */
function changedSourceConfig({ source, sourceConfig: now }: Deployment, sent: SentSourceConfig | null): SourceConfig {
  if (!sent) return now
  return {
    ...now,
    build_on_push: source === 'github' ? (sent.build_on_push ?? now.build_on_push) : now.build_on_push,
    custom_url: source === 'external_docker' ? (sent.custom_url ?? now.custom_url) : now.custom_url,
    resource_spec: sent.resource_spec ? completeSpec(sent.resource_spec) : now.resource_spec,
    install_command: sent.install_command ?? now.install_command,
    build_command: sent.build_command ?? now.build_command
  }
}

function checkArchive({ state }: Moment, deployment: Deployment, path: string | null): void {
  if (path === null || state.uploads.get(path)?.deploymentId === deployment.id) return
  throw sourceProblem(
    "'source_revision_config.source_tarball_path' is not a path that upload-url returned for this deployment"
  )
}

function refuseDeleted(deployment: Deployment): void {
  if (deployment.deleted) throw refusal(400, `Deployment ID ${deployment.id} is being deleted.`)
}

/** Creates a revision with the source, commit and image of an older one; the deployment keeps its secrets. */
export function redeploy({ state, now }: Moment, deployment: Deployment, from: Revision): Revision {
  refuseDeleted(deployment)
  return addRevision(state, deployment, { source: from.source, config: from.config, from }, now)
}

/** Changes the size, and rolls out a new revision if the deployment has one. @throws a refusal: 400 */
export function changeTiers(moment: Moment, deployment: Deployment, tiers: Partial<Tiers>): void {
  const { state, now } = moment
  refuseDeleted(deployment)
  const dedicated = ['dedicated', 'prod'].includes(deployment.sourceConfig.deployment_type ?? '')
  const family = dedicated ? 'DEDICATED_' : 'SERVERLESS_'
  if (deployment.source === 'external_docker') {
    throw refusal(400, "Resource tiers are not available for 'external_docker' source deployments")
  }
  if (!dedicated && tiers.database_tier)
    throw refusal(400, "'database_tier' is only available for dedicated deployments")
  for (const [key, tier] of Object.entries(tiers)) {
    if (tier !== null && !tier.startsWith(family))
      throw refusal(400, `'${key}' must be one of ${family}S, ${family}M, ${family}L`)
  }
  const given = Object.fromEntries(Object.entries(tiers).filter(([, tier]) => tier !== null))
  deployment.tiers = { ...deployment.tiers, ...given }
  const source = deployment.revisions.at(-1)?.source
  const config = { ...deployment.config, repo_commit_sha: null }
  if (source) addRevision(state, deployment, { source, config }, now)
}

/**
 * Deletes a deployment. Its name stays taken, and its record stays until it is purged.
 * @param how `force` purges a deleted deployment; its tracing project stays unless the call also deletes it
 * @throws a refusal: 400 to force a live one, 404
 */
export function deleteDeployment(
  moment: Moment,
  id: string,
  { force, delete_tracing_project: withTraces }: { readonly force: boolean; readonly delete_tracing_project: boolean }
): void {
  const { state, world, now } = moment
  const known = world.deployments.find((deployment) => deployment.id === id)
  if (force && known?.deleted && !known.deleted.purged) {
    known.deleted.purged = true
    return
  }
  const deployment = presentDeployment(moment, id)
  if (force) throw refusal(400, `Deployment ID ${id} is not deleted. Delete it first to force its deletion.`)
  if (deployment.deleted) return
  deployment.deleted = { at: now, goneAt: now + state.settings.deleteMs, purged: false }
  deployment.updatedAt = stamp(state, now)
  if (withTraces) deployment.hasTraces = false
  abandon(deployment)
}
