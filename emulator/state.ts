import { type Agenda, createAgenda } from './agenda.ts'
import type { AgentRun } from './agents/runs.ts'
import { createClock, type EmulatorClock } from './clock.ts'
import { createFaultCounters, type FaultCounters } from './faults.ts'
import { createJournal, type Journal } from './journal.ts'
import { EMPTY_SCENARIO, type RevisionRule, type Scenario } from './scenario.ts'
import type { Archive } from './tar.ts'

export type Hosting = 'any' | 'cloud' | 'hybrid' | 'self-hosted'
export const HOSTINGS: readonly Hosting[] = ['any', 'cloud', 'hybrid', 'self-hosted']

export const SOURCES = ['github', 'external_docker', 'internal_docker', 'internal_source', 'internal_template'] as const
export type Source = (typeof SOURCES)[number]

/** The fields from which a revision is made, by their API names. */
export interface RevisionConfig {
  readonly repo_ref: string | null
  readonly langgraph_config_path: string | null
  readonly image_uri: string | null
  readonly source_tarball_path: string | null
  readonly repo_commit_sha: string | null
  readonly tracked_packages: readonly string[] | null
}

export const EMPTY_CONFIG: RevisionConfig = {
  repo_ref: null,
  langgraph_config_path: null,
  image_uri: null,
  source_tarball_path: null,
  repo_commit_sha: null,
  tracked_packages: null
}

export interface LogLine {
  readonly level: string
  readonly message: string
}

/** The planned life of a revision, written when it is created. */
export interface Script {
  readonly rule: RevisionRule | null
  readonly steps: readonly { readonly status: string; readonly ms: number }[]
  /** Reason of a failure that the sent data causes, and the log that contains it. */
  readonly fault?: { readonly log: 'build' | 'deploy'; readonly message: string } | undefined
}

/** A line that the Agent Server itself logged, and the run to which it belongs. */
export interface ServerLine extends LogLine {
  /** Epoch milliseconds. */
  readonly at: number
  readonly runId: string | null
}

export interface Revision {
  readonly id: string
  /** Position among the revisions of its deployment, from 1. */
  readonly number: number
  readonly source: Source
  readonly config: RevisionConfig
  /** The image that the build creates; null if there is no build. */
  readonly builtImage: string | null
  readonly script: Script
  /** The rule whose push created this revision, and that does not push again for it. */
  readonly pushedBy: RevisionRule | null
  readonly createdAt: number
  /** Hidden before this time. */
  readonly appearsAt: number
  updatedAt: number
  status: string
  step: number
  /** Every status so far, with its start time. */
  readonly history: { readonly status: string; readonly at: number }[]
  /** True while the revision waits in the queue for its turn, after the duration of the status. */
  waiting: boolean
  /** The graphs of an uploaded configuration; null if it is not readable. */
  readonly graphs: readonly string[] | null
  readonly serverLog: ServerLine[]
  /** Number of `/ok` requests while it was active. */
  okCalls: number
  ended: boolean
  vanished: boolean
}

export interface Secret {
  readonly name: string
  readonly value: string
}

export interface SecretReference {
  readonly name: string
  readonly secret_name: string
  readonly secret_key: string
}

export interface SourceConfig {
  readonly integration_id: string | null
  readonly repo_url: string | null
  readonly deployment_type: string | null
  readonly build_on_push: boolean
  readonly custom_url: string | null
  readonly resource_spec: Readonly<Record<string, unknown>> | null
  readonly listener_id: string | null
  readonly listener_config: { readonly k8s_namespace: string | null } | null
  readonly install_command: string | null
  readonly build_command: string | null
  readonly template_id: string | null
}

export interface Tiers {
  readonly deployment_tier: string | null
  readonly compute_tier: string | null
  readonly database_tier: string | null
}

export interface Agent {
  readonly agent_id: string
  readonly environment: string
}

export interface Deployment {
  readonly id: string
  readonly tenantId: string
  readonly name: string
  readonly source: Source
  readonly agent: Agent | null
  readonly createdAt: number
  updatedAt: number
  displayName: string | null
  sourceConfig: SourceConfig
  /** Configuration that the next revision starts from: the newest revision's, or that of the creation. */
  config: RevisionConfig
  secrets: readonly Secret[]
  secretReferences: readonly SecretReference[]
  tiers: Tiers
  /** Oldest first. */
  readonly revisions: Revision[]
  /** The revision that is being built and rolled out; all others wait for it. */
  running: Revision | null
  active: Revision | null
  /** Every revision that became active, with the time (epoch milliseconds), in order. */
  readonly activations: { readonly revision: Revision; readonly at: number }[]
  readonly tracerSessionId: string
  /** True if the tracing project exists; it can be deleted together with the deployment. */
  hasTraces: boolean
  routeThroughGateway: boolean | null
  /** The revision whose replicas respond: `active`, or an older one while old replicas still run. */
  answering: Revision | null
  /** True after the first DEPLOYED revision, when the agent's address responds. */
  serves: boolean
  /** Time of the deletion, and time from which the API no longer returns the deployment. */
  deleted: { readonly at: number; readonly goneAt: number; purged: boolean } | null
}

export interface Listener {
  readonly id: string
  readonly compute_type: 'k8s'
  readonly compute_id: string
  readonly createdAt: number
  updatedAt: number
  version: string | null
  compute_config: { readonly k8s_namespaces: readonly string[] | null }
}

/** One source archive: announced by `upload-url`, then uploaded once. */
export interface Upload {
  readonly objectPath: string
  readonly signature: string
  readonly tenantId: string
  readonly deploymentId: string
  /** Headers that the upload must send instead of the size range; null if the client does not support them. */
  readonly headers: Readonly<Record<string, string>> | null
  /** Epoch milliseconds. */
  readonly announcedAt: number
  uploaded: { readonly at: number; readonly archive: Archive } | null
}

/** State of one workspace, invisible to other workspaces. */
export interface World {
  readonly tenantId: string
  /** Includes deleted deployments, because their names stay taken. */
  readonly deployments: Deployment[]
  readonly listeners: Listener[]
}

export interface Settings {
  readonly stepMs: number
  readonly deleteMs: number
  readonly hosting: Hosting
  /** `OWNER/NAME`. */
  readonly repositories: readonly string[]
  /** The only valid key; if absent, nearly every key is valid. */
  readonly key?: string
  /** True if time passes only on request. */
  readonly manual?: boolean
  /** Receives one line about each completed request. */
  readonly log?: (line: string) => void
  /** Maximum number of requests in the journal, if not the default. */
  readonly journal?: number | undefined
}

export interface State {
  readonly settings: Settings
  /** Origin of this server, set when it listens. */
  ownUrl: string
  /** Origin for all clients, whatever origin they use. */
  publicUrl: string | null
  /** Origin that the present call used; URLs in its response start with it. */
  url: string
  readonly clock: EmulatorClock
  readonly agenda: Agenda
  readonly worlds: Map<string, World>
  readonly uploads: Map<string, Upload>
  readonly journal: Journal
  readonly faults: FaultCounters
  /** Runs of deployed agents, oldest first. */
  readonly runs: AgentRun[]
  /** Start time, and time of the last request, of each agent (epoch milliseconds), by the deployment's ID. */
  readonly asked: Map<string, { readonly revision: Revision | null; readonly at: number; readonly awakeAt: number }>
  /** State to restore on a reset. */
  readonly beginnings: ((state: State) => void)[]
  scenario: Scenario
  /** The scenario as sent. */
  scenarioSent: unknown
  /** Number of revisions that each rule scripted. */
  readonly scripted: Map<RevisionRule, number>
  /** Time at which the scenario was set, in epoch milliseconds. */
  scenarioAt: number
  /** The last timestamp, in epoch microseconds; each timestamp is unique. */
  lastMicros: number
}

// The same in every emulator, so that examples can be copied and a restart keeps the workspace.
export const ORGANIZATION_ID = '2f90c1d7-84ab-4e36-a1f5-7c3d0b6e8a04'
export const WORKSPACE_ID = '5b7e2c84-61d3-4f0a-9c8e-2a1f4d6b9e01'
export const INTEGRATION_ID = 'c1d9a3f6-7e42-4b58-8a06-9f3b5e7c2d02'
export const LISTENER_ID = '8e4f6a20-3c97-4d1b-b5e2-60a7d8c19f03'
export const INSTALLATION_ID = 40_210_077

/** Creation time of the initial resources, in epoch microseconds. */
export const BEGINNING = Date.UTC(2026, 0, 1) * 1000

/** Creates the state of an emulator, the same as after a reset. */
export function createState(settings: Settings): State {
  const state: State = {
    settings,
    ownUrl: '',
    url: '',
    publicUrl: null,
    clock: createClock(settings.manual === true),
    agenda: createAgenda(),
    worlds: new Map(),
    uploads: new Map(),
    journal: createJournal(settings.journal),
    faults: createFaultCounters(),
    runs: [],
    asked: new Map(),
    beginnings: [],
    scenario: EMPTY_SCENARIO,
    scenarioSent: {},
    scripted: new Map(),
    scenarioAt: 0,
    lastMicros: 0
  }
  resetState(state)
  return state
}

/** Resets everything except the settings, the IDs and the initial state. */
export function resetState(state: State): void {
  state.agenda.clear()
  state.worlds.clear()
  state.uploads.clear()
  state.journal.clear()
  state.runs.length = 0
  state.asked.clear()
  putScenario(state, EMPTY_SCENARIO, {}, state.clock.now())
  for (const begin of state.beginnings) begin(state)
}

/** Replaces the scenario and resets its counters. */
export function putScenario(state: State, scenario: Scenario, sent: unknown, now: number): void {
  state.scenario = scenario
  state.scenarioSent = sent
  state.scenarioAt = now
  state.scripted.clear()
  state.faults.clear()
}

/** Returns the state of a workspace; an unknown workspace is empty. */
export function worldOf(state: State, tenantId: string): World {
  const known = state.worlds.get(tenantId)
  if (known) return known
  const world: World = { tenantId, deployments: [], listeners: [] }
  if (tenantId === WORKSPACE_ID && ['any', 'hybrid'].includes(state.settings.hosting))
    world.listeners.push(ownListener())
  state.worlds.set(tenantId, world)
  return world
}

function ownListener(): Listener {
  return {
    id: LISTENER_ID,
    compute_type: 'k8s',
    compute_id: 'emulator-cluster',
    createdAt: BEGINNING,
    updatedAt: BEGINNING,
    version: '0.13.0',
    compute_config: { k8s_namespaces: ['default'] }
  }
}

/**
 * Returns a unique timestamp in epoch microseconds, at or just after `now` (epoch milliseconds), later than all
 * previous ones.
 */
export function stamp(state: State, now: number): number {
  state.lastMicros = Math.max(now * 1000, state.lastMicros + 1)
  return state.lastMicros
}

export function findDeployment(state: State, id: string): Deployment | undefined {
  for (const world of state.worlds.values()) {
    const found = world.deployments.find((deployment) => deployment.id === id)
    if (found) return found
  }
  return undefined
}
