import { randomUUID } from 'node:crypto'
import { isPresent, timestamp } from './answers.ts'
import { builtImage, commitOf } from './artifacts.ts'
import { resume } from './life.ts'
import { secretReferences, secrets, sourceConfig } from './requests.ts'
import { isTerminal, writeScript } from './script.ts'
import {
  type Deployment,
  EMPTY_CONFIG,
  type Listener,
  type Revision,
  SOURCES,
  type State,
  stamp,
  WORKSPACE_ID,
  worldOf
} from './state.ts'
import {
  defaultsOf,
  type Field,
  type Location,
  list,
  moment,
  object,
  oneOf,
  optional,
  type Parsed,
  type Problem,
  text,
  truth,
  uuid,
  withDefault
} from './validation.ts'

/*
 * The initial state of an emulator, as a file: `GET /_emulator/state` returns it and `--seed` reads it. A handwritten
 * file can be as short as `{"deployments": [{"name": "my-agent", "revisions": [{}]}]}`.
 */

const closed = { closed: true }
const config = object(
  {
    repo_ref: optional(text()),
    langgraph_config_path: optional(text()),
    image_uri: optional(text()),
    source_tarball_path: optional(text()),
    repo_commit_sha: optional(text()),
    tracked_packages: optional(list(text()))
  },
  closed
)
const revisionSeed = object(
  {
    id: optional(uuid),
    status: withDefault(text(1), 'DEPLOYED'),
    source: optional(oneOf(SOURCES)),
    source_revision_config: withDefault(config, defaultsOf(config)),
    built_image: optional(text(1)),
    graphs: optional(list(text(1))),
    created_at: optional(moment),
    history: withDefault(list(object({ status: text(1), at: moment }, closed)), [])
  },
  closed
)
const deploymentSeed = object(
  {
    id: optional(uuid),
    tenant_id: withDefault(uuid, WORKSPACE_ID),
    name: text(1),
    source: withDefault(oneOf(SOURCES), 'external_docker'),
    display_name: optional(text(1)),
    created_at: optional(moment),
    source_config: withDefault(sourceConfig, defaultsOf(sourceConfig)),
    source_revision_config: optional(config),
    secrets: withDefault(secrets, []),
    secret_references: withDefault(secretReferences, []),
    deployment_tier: optional(text(1)),
    compute_tier: optional(text(1)),
    database_tier: optional(text(1)),
    agent: optional(object({ agent_id: text(1), environment: text(1) }, closed)),
    route_through_gateway: optional(truth),
    tracer_session_id: optional(uuid),
    active_revision_id: optional(uuid),
    deleted: optional(object({ at: moment, gone_at: moment, purged: withDefault(truth, false) }, closed)),
    revisions: withDefault(list(revisionSeed), [])
  },
  closed
)
const listenerSeed = object(
  {
    id: optional(uuid),
    tenant_id: withDefault(uuid, WORKSPACE_ID),
    compute_id: text(1),
    version: optional(text()),
    k8s_namespaces: optional(list(text(1)))
  },
  closed
)

const seedFields = object(
  {
    now: optional(moment),
    deployments: withDefault(list(deploymentSeed), []),
    /** All listeners of the workspaces in the list; if omitted, the default listeners. */
    listeners: optional(list(listenerSeed))
  },
  closed
)
export type Seed = Parsed<typeof seedFields>

/** The schema of `--seed`. Refuses unknown keys and contradictions. */
export const seedSchema: Field<Seed> = {
  ...seedFields,
  parse(value, loc, problems) {
    const before = problems.length
    const seed = seedFields.parse(value, loc, problems)
    if (problems.length === before) problems.push(...contradictions(seed, loc))
    return seed
  }
}

interface Named {
  readonly loc: Location
  readonly value: string | null
}

/** Finds repeated IDs and names, and active revisions that do not exist. */
function contradictions({ deployments, listeners }: Seed, loc: Location): Problem[] {
  const problem = (at: Location, msg: string, input: unknown) => ({ type: 'value_error', loc: at, msg, input })
  const of = deployments.map((deployment, index) => ({ deployment, at: [...loc, 'deployments', index] }))
  const ids: Named[] = [
    ...of.map(({ deployment, at }) => ({ loc: [...at, 'id'], value: deployment.id })),
    ...of.flatMap(({ deployment, at }) =>
      deployment.revisions.map(({ id }, index) => ({ loc: [...at, 'revisions', index, 'id'], value: id }))
    ),
    ...(listeners ?? []).map(({ id }, index) => ({ loc: [...loc, 'listeners', index, 'id'], value: id }))
  ]
  const names = of.map(({ deployment, at }) => ({
    loc: [...at, 'name'],
    value: `${deployment.name} ${deployment.tenant_id}`
  }))
  const absent = of.filter(
    ({ deployment: { active_revision_id: active, revisions } }) =>
      active !== null && !revisions.some(({ id }) => id === active)
  )
  return [
    ...repeated(ids).map(({ loc: at, value }) => problem(at, 'This ID is not unique', value)),
    ...repeated(names).map(({ loc: at, value }) => problem(at, 'This name is not unique in its workspace', value)),
    ...absent.map(({ deployment: { active_revision_id: id }, at }) =>
      problem([...at, 'active_revision_id'], 'Not the ID of a revision of this deployment', id)
    )
  ]
}

/** Returns the entries that repeat the value of an earlier one. */
function repeated(all: readonly Named[]): Named[] {
  const seen = new Set<string>()
  return all.filter(({ value }) => {
    if (value === null) return false
    const isRepeated = seen.has(value)
    seen.add(value)
    return isRepeated
  })
}
type DeploymentSeed = Seed['deployments'][number]
type RevisionSeed = DeploymentSeed['revisions'][number]

const iso = (millis: number) => new Date(millis).toISOString()

/** Exports the complete state in the format of `--seed`. @param now epoch milliseconds */
export function exportState(state: State, now: number): Record<string, unknown> {
  const { worlds } = state
  // Creates the default workspace, so that its listener is exported even before any request.
  worldOf(state, WORKSPACE_ID)
  const all = [...worlds.values()]
  return {
    now: iso(now),
    deployments: all.flatMap((world) => world.deployments.map(exportDeployment)),
    listeners: all.flatMap(({ tenantId, listeners }) =>
      listeners.map(({ id, compute_id, version, compute_config }) => ({
        id,
        tenant_id: tenantId,
        compute_id,
        version,
        k8s_namespaces: compute_config.k8s_namespaces
      }))
    )
  }
}

function exportDeployment(deployment: Deployment): Record<string, unknown> {
  const { deleted } = deployment
  return {
    id: deployment.id,
    tenant_id: deployment.tenantId,
    name: deployment.name,
    source: deployment.source,
    display_name: deployment.displayName,
    created_at: timestamp(deployment.createdAt),
    source_config: deployment.sourceConfig,
    source_revision_config: deployment.config,
    secrets: deployment.secrets,
    secret_references: deployment.secretReferences,
    ...deployment.tiers,
    agent: deployment.agent,
    route_through_gateway: deployment.routeThroughGateway,
    tracer_session_id: deployment.hasTraces ? deployment.tracerSessionId : null,
    active_revision_id: deployment.active?.id ?? null,
    deleted: deleted && { at: iso(deleted.at), gone_at: iso(deleted.goneAt), purged: deleted.purged },
    revisions: deployment.revisions.map((revision) => ({
      id: revision.id,
      status: revision.status,
      source: revision.source,
      source_revision_config: revision.config,
      built_image: revision.builtImage,
      graphs: revision.graphs,
      created_at: timestamp(revision.createdAt),
      history: revision.history.map(({ status, at }) => ({ status, at: iso(at) }))
    }))
  }
}

/** Loads a seed, and resumes the rollouts in it. @param now epoch milliseconds */
export function plant(state: State, seed: Seed, now: number): void {
  // The clock of the exporting emulator may have been ahead; no time may be in the future.
  const shift = seed.now === null ? 0 : Math.min(0, now - seed.now)
  for (const { tenantId, listener } of listenersOf(state, seed, now)) worldOf(state, tenantId).listeners.push(listener)
  for (const given of seed.deployments) plantDeployment(state, given, shift, now)
}

function listenersOf(state: State, { listeners }: Seed, now: number): { tenantId: string; listener: Listener }[] {
  if (!listeners) return []
  for (const tenantId of [WORKSPACE_ID, ...listeners.map(({ tenant_id }) => tenant_id)]) {
    worldOf(state, tenantId).listeners.length = 0
  }
  return listeners.map(({ id, tenant_id: tenantId, compute_id, version, k8s_namespaces }) => {
    const at = stamp(state, now)
    const about = { id: id ?? randomUUID(), compute_type: 'k8s' as const, compute_id, createdAt: at, updatedAt: at }
    return { tenantId, listener: { ...about, version, compute_config: { k8s_namespaces } } }
  })
}

function plantDeployment(state: State, given: DeploymentSeed, shift: number, now: number): void {
  const { source, source_config: sent, agent, deleted } = given
  const createdAt = microsOf(state, given.created_at, shift, now)
  const docker = source === 'external_docker'
  const deployment: Deployment = {
    id: given.id ?? randomUUID(),
    tenantId: given.tenant_id,
    name: given.name,
    source,
    agent,
    createdAt,
    updatedAt: createdAt,
    displayName: given.display_name,
    sourceConfig: {
      ...sent,
      deployment_type: sent.deployment_type ?? (docker ? 'prod' : 'dev'),
      build_on_push: sent.build_on_push === true,
      resource_spec: sent.resource_spec ?? (docker ? {} : null)
    },
    config: given.source_revision_config ?? given.revisions.at(-1)?.source_revision_config ?? EMPTY_CONFIG,
    secrets: given.secrets,
    secretReferences: given.secret_references,
    tiers: {
      deployment_tier: given.deployment_tier,
      compute_tier: given.compute_tier,
      database_tier: given.database_tier
    },
    revisions: [],
    running: null,
    active: null,
    activations: [],
    tracerSessionId: given.tracer_session_id ?? randomUUID(),
    // A handwritten file names no tracing project, but its deployments have one.
    hasTraces: given.tracer_session_id !== null || given.id === null,
    routeThroughGateway: given.route_through_gateway,
    answering: null,
    serves: false,
    deleted: deleted && { at: deleted.at + shift, goneAt: deleted.gone_at + shift, purged: deleted.purged }
  }
  worldOf(state, given.tenant_id).deployments.push(deployment)
  for (const each of given.revisions) plantRevision(state, deployment, each, shift, now)
  activate(deployment, given.active_revision_id)
  if (!isPresent(deployment, now)) return
  const [queued, others] = [true, false].map((is) =>
    deployment.revisions.filter(({ status }) => is === (status === 'QUEUED'))
  )
  for (const revision of [...(others ?? []), ...(queued ?? [])]) resume(state, deployment, revision, now)
}

function plantRevision(state: State, deployment: Deployment, given: RevisionSeed, shift: number, now: number): void {
  const id = given.id ?? randomUUID()
  const source = given.source ?? deployment.source
  const number = deployment.revisions.length + 1
  const script = writeScript(state.scenario, { deployment: deployment.name, number, source }, state.settings.stepMs)
  const createdAt = microsOf(state, given.created_at, shift, now)
  const revision: Revision = {
    id,
    number,
    source,
    config: given.source_revision_config,
    builtImage: given.built_image ?? builtImage(deployment, source, id),
    script,
    pushedBy: null,
    createdAt,
    appearsAt: 0,
    updatedAt: createdAt,
    status: given.status,
    step: Math.max(
      0,
      script.steps.findIndex(({ status }) => status === given.status)
    ),
    history: historyOf(given, script, Math.floor(createdAt / 1000), shift),
    waiting: false,
    graphs: given.graphs,
    serverLog: [],
    okCalls: 0,
    ended: isTerminal(given.status),
    vanished: false
  }
  const commit = given.source_revision_config.repo_commit_sha ?? commitOf(deployment, revision)
  deployment.revisions.push({ ...revision, config: { ...revision.config, repo_commit_sha: commit } })
}

/** Without a history, the revision reached its status without delay. */
function historyOf(given: RevisionSeed, { steps }: Revision['script'], at: number, shift: number): Revision['history'] {
  if (given.history.length > 0) return given.history.map(({ status, at: then }) => ({ status, at: then + shift }))
  const before = steps.slice(
    0,
    Math.max(
      0,
      steps.findIndex(({ status }) => status === given.status)
    )
  )
  return [...before.map(({ status }) => status), given.status].map((status) => ({ status, at }))
}

function activate(deployment: Deployment, id: string | null): void {
  for (const revision of deployment.revisions.filter(({ status }) => status === 'DEPLOYED')) {
    deployment.serves = true
    if (id !== null && revision.number > (deployment.revisions.find((one) => one.id === id)?.number ?? 0)) continue
    deployment.active = revision
    deployment.answering = revision
    deployment.activations.push({ revision, at: revision.history.at(-1)?.at ?? 0 })
  }
}

function microsOf(state: State, given: number | null, shift: number, now: number): number {
  return given === null ? stamp(state, now) : (given + shift) * 1000
}
