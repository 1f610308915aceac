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

/** What a revision is made from; the same names as in the API. */
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

/** How a revision will live, drawn up at its birth. */
export interface Script {
  readonly rule: RevisionRule | null
  readonly steps: readonly { readonly status: string; readonly ms: number }[]
  /** Why it fails, and which log says so, where what was sent is itself the cause. */
  readonly fault?: { readonly log: 'build' | 'deploy'; readonly message: string } | undefined
}

/** A line that the Agent Server itself logged, and the run that it is about. */
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
  /** The image that a build will have made; null where none is built. */
  readonly builtImage: string | null
  readonly script: Script
  /** The rule whose push made this revision: it does not push again. */
  readonly pushedBy: RevisionRule | null
  readonly createdAt: number
  /** Not listed and not found before this moment. */
  readonly appearsAt: number
  updatedAt: number
  status: string
  step: number
  /** Every status so far, with the moment it began. */
  readonly history: { readonly status: string; readonly at: number }[]
  /** Stands in the queue, its time in it being over. */
  waiting: boolean
  /** The graphs of an uploaded configuration; null where none can be read. */
  readonly graphs: readonly string[] | null
  readonly serverLog: ServerLine[]
  /** How often `/ok` was asked while it was the active one. */
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
  /** What the next revision starts from: the newest revision's, or what the create said. */
  config: RevisionConfig
  secrets: readonly Secret[]
  secretReferences: readonly SecretReference[]
  tiers: Tiers
  /** Oldest first. */
  readonly revisions: Revision[]
  /** The one that is being built and rolled out; all others wait for it. */
  running: Revision | null
  active: Revision | null
  /** Every revision that became the active one, and when (epoch milliseconds), in this order. */
  readonly activations: { readonly revision: Revision; readonly at: number }[]
  readonly tracerSessionId: string
  /** The tracing project exists; its deletion can be asked for with that of the deployment. */
  hasTraces: boolean
  routeThroughGateway: boolean | null
  /** The one whose replicas answer at the agent's address: `active`, or one before while old replicas still do. */
  answering: Revision | null
  /** Something was DEPLOYED, so the agent's address answers. */
  serves: boolean
  /** When the delete came, and when the API stops answering for it. */
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

/** One source archive: announced by upload-url, then uploaded once. */
export interface Upload {
  readonly objectPath: string
  readonly signature: string
  readonly tenantId: string
  readonly deploymentId: string
  /** What the upload has to carry in place of the size range; null where nobody asked for it. */
  readonly headers: Readonly<Record<string, string>> | null
  /** Epoch milliseconds. */
  readonly announcedAt: number
  uploaded: { readonly at: number; readonly archive: Archive } | null
}

/** What one workspace sees; no other workspace sees any of it. */
export interface World {
  readonly tenantId: string
  /** Also the deleted ones: their names stay taken. */
  readonly deployments: Deployment[]
  readonly listeners: Listener[]
}

export interface Settings {
  readonly stepMs: number
  readonly deleteMs: number
  readonly hosting: Hosting
  /** `OWNER/NAME`. */
  readonly repositories: readonly string[]
  /** The one valid key; without it nearly any is. */
  readonly key?: string
  /** Time passes by hand only. */
  readonly manual?: boolean
  /** Takes one line about each request that is over. */
  readonly log?: (line: string) => void
  /** How many requests the journal keeps, if not the usual number. */
  readonly journal?: number | undefined
}

export interface State {
  readonly settings: Settings
  /** Origin of this server, known once it listens. */
  ownUrl: string
  /** Origin for everybody, whatever a client calls it. */
  publicUrl: string | null
  /** Origin as the call under way named this server; the addresses in its answer begin with it. */
  url: string
  readonly clock: EmulatorClock
  readonly agenda: Agenda
  readonly worlds: Map<string, World>
  readonly uploads: Map<string, Upload>
  readonly journal: Journal
  readonly faults: FaultCounters
  /** Runs of deployed agents, oldest first. */
  readonly runs: AgentRun[]
  /** When each agent was last asked, and since when it is up (epoch milliseconds); by the deployment's ID. */
  readonly asked: Map<string, { readonly revision: Revision | null; readonly at: number; readonly awakeAt: number }>
  /** What a reset restores. */
  readonly beginnings: ((state: State) => void)[]
  scenario: Scenario
  /** The same as it was sent. */
  scenarioSent: unknown
  /** How many revisions each rule scripted. */
  readonly scripted: Map<RevisionRule, number>
  /** When the scenario was put, in epoch milliseconds. */
  scenarioAt: number
  /** The last moment given out, in epoch microseconds: no two things are made at the same one. */
  lastMicros: number
}

// The same in every emulator, so that examples can be copied and a restarted one is still the same workspace.
export const ORGANIZATION_ID = '2f90c1d7-84ab-4e36-a1f5-7c3d0b6e8a04'
export const WORKSPACE_ID = '5b7e2c84-61d3-4f0a-9c8e-2a1f4d6b9e01'
export const INTEGRATION_ID = 'c1d9a3f6-7e42-4b58-8a06-9f3b5e7c2d02'
export const LISTENER_ID = '8e4f6a20-3c97-4d1b-b5e2-60a7d8c19f03'
export const INSTALLATION_ID = 40_210_077

/** When all that exists from the start was made, in epoch microseconds. */
export const BEGINNING = Date.UTC(2026, 0, 1) * 1000

/** An emulator's whole memory, in the state that a reset restores. */
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

/** Forgets everything but the settings, the ids, and what the emulator was started with. */
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

/** Replaces the scenario; nothing of it has fired yet. */
export function putScenario(state: State, scenario: Scenario, sent: unknown, now: number): void {
  state.scenario = scenario
  state.scenarioSent = sent
  state.scenarioAt = now
  state.scripted.clear()
  state.faults.clear()
}

/** The world of a workspace; a workspace never heard of has an empty one. */
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

/** A moment in epoch microseconds, at or just after `now` (epoch milliseconds), later than any given out before. */
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
