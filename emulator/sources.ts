import { refusal } from './http.ts'
import type { SentRevisionConfig, SentSourceConfig } from './requests.ts'
import { impossibleIn, specProblem } from './resource-spec.ts'
import {
  type Hosting,
  INTEGRATION_ID,
  type RevisionConfig,
  type Settings,
  type Source,
  type SourceConfig,
  type World
} from './state.ts'

/** The 400 for an invalid configuration of a source. */
export function sourceProblem(text: string): Error {
  return refusal(400, `Source configuration error: ${text}`)
}

const REQUIRED_AT_CREATE: Readonly<
  Record<Source, { config: readonly (keyof SentSourceConfig)[]; revision: readonly (keyof SentRevisionConfig)[] }>
> = {
  github: { config: ['integration_id', 'repo_url'], revision: ['repo_ref', 'langgraph_config_path'] },
  external_docker: { config: [], revision: ['image_uri'] },
  internal_docker: { config: [], revision: [] },
  internal_source: { config: [], revision: [] },
  internal_template: { config: ['template_id'], revision: [] }
}

/** Fields from which revisions of each source are made; the other fields must be null. */
const REVISION_FIELDS: Readonly<Record<Source, readonly (keyof SentRevisionConfig)[]>> = {
  github: ['repo_ref', 'langgraph_config_path'],
  external_docker: ['image_uri'],
  internal_docker: ['image_uri'],
  internal_source: ['source_tarball_path', 'langgraph_config_path'],
  internal_template: []
}

const FIELDS = ['repo_ref', 'langgraph_config_path', 'image_uri', 'source_tarball_path'] as const

export interface NewSource {
  readonly source: Source
  readonly config: SentSourceConfig
  readonly revision: SentRevisionConfig
}

/**
 * Validates a creation by the rules of its source and of the hosting.
 * @throws a refusal with status 400 for the first violated rule
 */
export function checkNewSource(settings: Settings, world: World, sent: NewSource): void {
  const { hosting } = settings
  checkHosting(hosting, world, sent.source)
  const required = REQUIRED_AT_CREATE[sent.source]
  for (const key of required.config) requireField(sent.config[key], `source_config.${key}`, sent.source)
  for (const key of required.revision) requireField(sent.revision[key], `source_revision_config.${key}`, sent.source)
  checkRevisionFields(hosting, sent.source, sent.revision)
  checkBuildOnPush(sent.source, sent.config.build_on_push ?? false, sent.revision.repo_ref)
  if (isCloud(hosting)) checkBuildOnPushGiven(sent.source, sent.config.build_on_push)
  if (hosting === 'any') return
  if (sent.source === 'external_docker') checkDocker(world, sent.config)
  else checkCloudSource(settings, sent)
}

/** Tells if the control plane is on Cloud; in `hybrid`, only the data plane is the user's. */
export function isCloud(hosting: Hosting): boolean {
  return hosting === 'cloud' || hosting === 'hybrid'
}

function requireField(value: unknown, name: string, source: Source): void {
  if (value === null || value === '') throw sourceProblem(`'${name}' is required for '${source}' source`)
}

function checkHosting(hosting: Hosting, world: World, source: Source): void {
  if (hosting === 'any') return
  if (source !== 'external_docker') {
    if (hosting === 'self-hosted')
      throw sourceProblem(`'${source}' source is only available for Cloud SaaS deployments`)
  } else if (hosting !== 'self-hosted' && world.listeners.length === 0) {
    throw sourceProblem("'external_docker' source needs a listener, and this workspace has none")
  }
}

function checkDocker(world: World, config: SentSourceConfig): void {
  checkListener(world, config)
  if (config.deployment_type !== null) {
    throw sourceProblem("'source_config.deployment_type' is not accepted for 'external_docker' source")
  }
  requireField(config.resource_spec, 'source_config.resource_spec', 'external_docker')
}

function checkListener(world: World, { listener_id: id, listener_config: config }: SentSourceConfig): void {
  if (world.listeners.length === 0) return
  const ids = world.listeners.map((listener) => `'${listener.id}'`).join(', ')
  if (id === null) {
    throw sourceProblem(`'source_config.listener_id' is required for workspace with available listener IDs: [${ids}]`)
  }
  const listener = world.listeners.find((candidate) => candidate.id === id)
  if (!listener) throw sourceProblem(`'source_config.listener_id' must be one of the available listener IDs: [${ids}]`)
  const namespace = config?.k8s_namespace ?? null
  const name = 'source_config.listener_config.k8s_namespace'
  if (namespace === null) throw sourceProblem(`'${name}' is required for a listener with compute type 'k8s'`)
  const namespaces = listener.compute_config.k8s_namespaces
  if (namespaces !== null && !namespaces.includes(namespace)) {
    throw sourceProblem(
      `'${name}' must be one of the listener's namespaces: [${namespaces.map((one) => `'${one}'`).join(', ')}]`
    )
  }
}

function checkCloudSource({ repositories }: Settings, { source, config }: NewSource): void {
  requireField(config.deployment_type, 'source_config.deployment_type', source)
  if (config.resource_spec !== null) throw onlyForDocker('resource_spec')
  if (config.custom_url !== null) throw onlyForDocker('custom_url')
  if (source !== 'github') return
  if (config.integration_id !== INTEGRATION_ID) {
    throw sourceProblem("'source_config.integration_id' is not an integration of this workspace")
  }
  const wanted = repositoryOf(config.repo_url ?? '')
  if (!repositories.some((repository) => repository.toLowerCase() === wanted)) {
    throw refusal(400, 'LangSmith Deployment does not have permission on your repo')
  }
}

function onlyForDocker(key: string): Error {
  return sourceProblem(`'source_config.${key}' is only applicable for 'external_docker' source`)
}

function repositoryOf(url: string): string {
  return url
    .replace(/^https?:\/\/[^/]+\//, '')
    .replace(/(\.git)?\/*$/, '')
    .toLowerCase()
}

/**
 * In `any` hosting, fields of another source are ignored, except the configuration path, which is refused everywhere,
 * as published.
 */
function checkRevisionFields(hosting: Hosting, source: Source, sent: SentRevisionConfig): void {
  const allowed = REVISION_FIELDS[source]
  for (const key of FIELDS) {
    const isIgnored = hosting === 'any' && key !== 'langgraph_config_path'
    if (sent[key] === null || allowed.includes(key) || isIgnored) continue
    throw sourceProblem(`'source_revision_config.${key}' must be null for '${source}' source`)
  }
}

function checkBuildOnPush(source: Source, buildOnPush: boolean, ref: string | null): void {
  if (source !== 'github' || !buildOnPush || !ref?.startsWith('refs/tags/')) return
  throw sourceProblem("'source_config.build_on_push' must be false when 'source_revision_config.repo_ref' is a tag")
}

/** Cloud requires the field for GitHub, and refuses it for other sources. Source: the Terraform provider. */
function checkBuildOnPushGiven(source: Source, buildOnPush: boolean | null): void {
  if (source === 'github' && buildOnPush === null) throw sourceProblem('build_on_push must be supplied')
  if (source !== 'github' && buildOnPush !== null) throw sourceProblem('build_on_push is only valid for GitHub')
}

export interface Change {
  /** Source of the new revision. */
  readonly source: Source
  readonly sent: SentSourceConfig | null
  readonly revision: SentRevisionConfig | null
  /** Values of the deployment after the change. */
  readonly buildOnPush: boolean
  readonly config: RevisionConfig
}

/** Sources that a revision can override; listed in the published schema. */
const OVERRIDABLE: readonly Source[] = ['github', 'internal_docker', 'internal_source']

/** Validates a change of a deployment. @throws a refusal with status 400 for the first violated rule */
export function checkChange(hosting: Hosting, deploymentSource: Source, change: Change): void {
  if (change.source !== deploymentSource && !OVERRIDABLE.includes(deploymentSource)) {
    throw sourceProblem(`'revision_source' is not available for '${deploymentSource}' source deployments`)
  }
  if (change.revision) checkRevisionFields(hosting, change.source, change.revision)
  checkBuildOnPush(deploymentSource, change.buildOnPush, change.config.repo_ref)
  if (isCloud(hosting) && deploymentSource !== 'github') {
    checkBuildOnPushGiven(deploymentSource, change.sent?.build_on_push ?? null)
  }
  if (hosting === 'any' || deploymentSource === 'external_docker' || !change.sent) return
  if (change.sent.resource_spec !== null) throw onlyForDocker('resource_spec')
  if (change.sent.custom_url !== null) throw onlyForDocker('custom_url')
}

/** Validates a complete resource spec. @throws a refusal with status 400 */
export function checkSpec(
  hosting: Hosting,
  spec: Readonly<Record<string, unknown>>,
  deploymentType: string | null
): void {
  const problem = impossibleIn(spec) ?? (hosting === 'any' ? null : specProblem(spec, deploymentType))
  if (problem) throw sourceProblem(`source_config.resource_spec: ${problem}`)
}

/** Validates that a revision has all required fields. @throws a refusal with status 400 */
export function checkComplete(source: Source, config: RevisionConfig, sourceConfig: SourceConfig): void {
  if (source === 'github') {
    // Both are set at creation and never change.
    for (const key of ['integration_id', 'repo_url'] as const)
      requireField(sourceConfig[key], `source_config.${key}`, source)
    for (const key of REVISION_FIELDS.github) requireField(config[key], `source_revision_config.${key}`, source)
  }
  if (source === 'internal_source')
    requireField(config.source_tarball_path, 'source_revision_config.source_tarball_path', source)
  if (source === 'internal_docker') requireField(config.image_uri, 'source_revision_config.image_uri', source)
}

/** Sets the fields of other sources to null. */
export function onlyOwn(source: Source, config: RevisionConfig): RevisionConfig {
  return { ...config, ...Object.fromEntries(foreignFields(source).map((key) => [key, null])) }
}

/** Returns the fields of other sources, which the next revision of such a source starts from. */
export function foreignTo(source: Source, config: RevisionConfig): Partial<RevisionConfig> {
  return Object.fromEntries(foreignFields(source).map((key) => [key, config[key]]))
}

function foreignFields(source: Source): readonly (keyof SentRevisionConfig)[] {
  return FIELDS.filter((key) => !REVISION_FIELDS[source].includes(key))
}

/** Returns the fields of a sent configuration that this source uses. */
export function ownFields(source: Source, sent: SentRevisionConfig | null): Partial<SentRevisionConfig> {
  if (!sent) return {}
  return Object.fromEntries(REVISION_FIELDS[source].filter((key) => sent[key] !== null).map((key) => [key, sent[key]]))
}
