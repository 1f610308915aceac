import { COMMIT, KEY, pullRequest } from '../__tests__/inputs/environment.ts'
import type { SourceType } from '../src/deployment/sources/kinds.ts'
import type { Command } from '../src/inputs/table.ts'
import { drawFaults, type FaultPlan } from './faults.ts'
import { HIDINGS, type Hiding } from './hidden.ts'
import { createRandom, type Random } from './random.ts'

/** Weights of the commands. A sweep reads pull requests from GitHub, which a case does not have. */
const COMMANDS: Readonly<Record<Command, number>> = {
  deploy: 60,
  wait: 12,
  redeploy: 16,
  delete: 12,
  status: 5,
  logs: 5,
  interrupt: 8,
  sweep: 0
}
/** Weights of the sources. Pushing an image needs tools that a case does not have. */
type DrawnSource = Exclude<SourceType, 'internal_docker'>
const SOURCES: Readonly<Record<DrawnSource, number>> = { github: 35, external_docker: 40, internal_source: 25 }

export const NAME = 'agent'
export const REPOSITORY = 'acme/Support_Agent'
export const API_KEY = KEY
export const RUN_COMMIT = COMMIT
export const NEW_IMAGE = 'ghcr.io/acme/agent:new'

/** Concurrent actions of other users. */
export interface Rival {
  readonly at: Moment & { readonly kind: 'request' | 'time' }
  /**
   * `twin`: pushes the same code as this run; `push`: other code; `secret`: adds or changes one variable;
   * `interrupt`: interrupts the current rollout.
   */
  readonly kind: 'create' | 'push' | 'twin' | 'secret' | 'delete' | 'redeploy' | 'interrupt'
  /** Distinguishes the names and values of this rival. */
  readonly tag: string
}

/**
 * Time of an event: when the n-th request of the run arrives or has been processed, a number of milliseconds after the
 * start, or right after the n-th saved state.
 */
export type Moment =
  | { readonly kind: 'request'; readonly n: number; readonly committed: boolean }
  | { readonly kind: 'time'; readonly ms: number }
  | { readonly kind: 'state'; readonly n: number }

/** The complete plan of a seed. */
export interface ChaosCase {
  readonly seed: number
  readonly command: Command
  readonly source: DrawnSource
  readonly inputs: Readonly<Record<string, string>>
  readonly variables: Readonly<Record<string, string>>
  readonly event: unknown
  readonly timeoutMs: number
  /** Name by which the run finds the deployment. */
  readonly name: string
  /** Number of earlier revisions; 0 means that the deployment does not exist. */
  readonly revisionsBefore: number
  /** Commit of the earlier revisions, if they come from GitHub. */
  readonly commitBefore: string
  /** Environment of the earlier deployment. */
  readonly environmentBefore: Readonly<Record<string, string>>
  /** Variables in the inputs of this run. */
  readonly ownSecrets: Readonly<Record<string, string>>
  /** Parts of those values that must stay secret too. */
  readonly secretParts: readonly string[]
  /** Method by which the server hides values. */
  readonly hiding: Hiding | undefined
  readonly stepMs: number
  /** Scenario for the emulator. */
  readonly scenario: Readonly<Record<string, unknown>>
  readonly rivals: readonly Rival[]
  readonly faults: FaultPlan
  readonly cancel: Moment | undefined
  readonly kill: Moment | undefined
  readonly failingSummary: boolean
}

/** Generates the case of a seed; the same seed gives the same case. */
export function drawCase(seed: number): ChaosCase {
  const random = createRandom(seed, 'case')
  const command = random.weighted(COMMANDS)
  const source = random.weighted(SOURCES)
  const isPreview = command === 'deploy' && source !== 'internal_source' && random.chance(0.1)
  const password = `pw-${random.hex(24)}`
  const ownSecrets = command === 'deploy' ? drawSecrets(random, password) : {}
  const secretParts = Object.values(ownSecrets).some((each) => each.includes(password)) ? [password] : []
  const exists = random.chance(command === 'deploy' ? 0.65 : 0.96)
  const revisionsBefore = exists ? random.between(1, 3) : 0
  const environmentBefore = exists && random.chance(0.6) ? drawEnvironment(random, ownSecrets) : {}
  const timeout = random.weighted({ '90s': 1, '3m': 2, '10m': 3, '30m': 4 })
  const inputs = {
    ...commonInputs(random, command),
    ...(command === 'deploy' ? deployInputs(random, source, ownSecrets, revisionsBefore) : {}),
    name: NAME,
    command,
    timeout,
    ...(isPreview ? { preview: 'true' } : {})
  }
  const ending = random.weighted({ none: 70, cancel: 15, kill: 15 })
  const moment = drawMoment(random, ending === 'kill')
  return {
    seed,
    command,
    source,
    inputs,
    variables: isPreview ? { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge' } : {},
    event: isPreview ? pullRequest(REPOSITORY) : undefined,
    timeoutMs: { '90s': 90_000, '3m': 180_000, '10m': 600_000, '30m': 1_800_000 }[timeout],
    name: isPreview ? `${NAME}-pr-7` : NAME,
    revisionsBefore,
    commitBefore: random.chance(0.4) ? RUN_COMMIT : random.hex(40),
    environmentBefore,
    ownSecrets,
    secretParts,
    hiding: random.chance(0.08) ? random.pick(HIDINGS) : undefined,
    stepMs: random.pick([500, 1_000, 3_000, 8_000]),
    scenario: drawScenario(random, source, [
      ...Object.values(ownSecrets).filter((each) => each.startsWith('sk-')),
      ...Object.values(environmentBefore),
      ...secretParts
    ]),
    rivals: drawRivals(random, command, exists),
    faults: drawFaults(createRandom(seed, 'faults')),
    cancel: ending === 'cancel' ? moment : undefined,
    kill: ending === 'kill' ? moment : undefined,
    failingSummary: random.chance(0.05)
  }
}

function drawMoment(random: Random, mayBeState: boolean): Moment {
  const kind = random.weighted({ request: 5, time: 4, ...(mayBeState ? { state: 2 } : {}) })
  if (kind === 'request') return { kind, n: random.between(1, 14), committed: random.chance(0.5) }
  if (kind === 'time') return { kind, ms: random.between(0, 90_000) }
  return { kind, n: random.between(1, 6) }
}

function value(random: Random): string {
  return `sk-${random.hex(28)}`
}

/** Secrets of several kinds: keys, a key look-alike, and a value that contains a password. */
function drawSecrets(random: Random, password: string): Record<string, string> {
  const keys = Array.from({ length: random.pick([0, 1, 2, 3]) }, (_, n) => [`OWN_KEY_${n}`, value(random)])
  const plain = Object.entries(PLAIN).filter(() => random.chance(0.1))
  const holding = Object.entries({
    DATABASE_URL: `postgres://agent:${password}@db.example.com:5432/agent`,
    DATABASE: `{"host":"db.example.com","user":"agent","password":"${password}"}`,
    STORAGE: `AccountName=agent;AccountKey=${password};EndpointSuffix=example.com`
  })
  return Object.fromEntries([
    ...keys,
    ...plain,
    ...(random.chance(0.3) ? [random.pick(holding as [[string, string]])] : [])
  ])
}

/** Variables whose values occur in outputs, or are ordinary words. */
const PLAIN: Readonly<Record<string, string>> = {
  WORKSPACE: '5b7e2c84-61d3-4f0a-9c8e-2a1f4d6b9e01',
  EXPECTED: 'deployed',
  ROUTE: 'agents',
  LOG_LEVEL: 'error',
  RETRIES: '1'
}

/** Includes some variables of this run, with the same or another value. */
function drawEnvironment(random: Random, own: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(own).flatMap(([name, same]) =>
    random.chance(0.4) ? [[name, random.chance(0.5) ? same : value(random)] as const] : []
  )
  const others = Array.from({ length: random.between(1, 3) }, (_, n) => [`OLD_KEY_${n}`, value(random)] as const)
  return Object.fromEntries([...kept, ...others])
}

function commonInputs(random: Random, command: Command): Record<string, string> {
  if (command === 'delete') return random.chance(0.2) ? { 'delete-tracing-project': 'true' } : {}
  if (command === 'status') return {}
  if (command === 'logs') return random.chance(0.3) ? { 'log-level': random.pick(['info', 'error']) } : {}
  if (command === 'interrupt') return random.chance(0.1) ? { 'dry-run': 'true' } : {}
  const inputs: Record<string, string> = {
    'on-superseded': random.pick(['warn', 'fail', 'follow']),
    logs: random.pick(['on-failure', 'stream', 'off'])
  }
  if (random.chance(0.35)) inputs['health-check'] = random.pick(['true', 'false'])
  if (command === 'wait') return inputs
  inputs['on-cancel'] = random.pick(['leave', 'interrupt'])
  inputs['on-timeout'] = random.pick(['leave', 'interrupt'])
  if (random.chance(0.12)) inputs.wait = 'false'
  if (random.chance(0.35)) inputs['rollback-on-failure'] = 'true'
  if (random.chance(0.04)) inputs['dry-run'] = 'true'
  return inputs
}

function deployInputs(
  random: Random,
  source: DrawnSource,
  secrets: Readonly<Record<string, string>>,
  before: number
): Record<string, string> {
  const inputs: Record<string, string> = {}
  const lines = Object.entries(secrets).map(([name, text]) => `${name}=${text}`)
  if (lines.length > 0) {
    inputs.secrets = lines.join('\n')
    if (random.chance(0.3)) inputs['secrets-mode'] = 'replace'
  }
  if (random.chance(0.25)) inputs['display-name'] = 'Support agent'
  if (random.chance(0.25)) inputs['skip-unchanged'] = 'true'
  if (source === 'external_docker') inputs['image-uri'] = random.chance(0.75) ? NEW_IMAGE : imageNumber(before)
  if (source === 'internal_source') inputs['source-type'] = 'internal_source'
  if (source === 'github' && random.chance(0.15)) inputs['build-on-push'] = 'true'
  return inputs
}

/** Image of the n-th earlier revision. */
export function imageNumber(n: number): string {
  return `ghcr.io/acme/agent@sha256:${String(n % 10).repeat(64)}`
}

function drawScenario(random: Random, source: DrawnSource, secrets: readonly string[]): Record<string, unknown> {
  const server = {
    resolve_ref: random.chance(0.3),
    no_latest_in_patch_answer: random.chance(0.15),
    ignore_name_filter: random.chance(0.1)
  }
  return { server, revisions: [1, 2, 3, 4, 5, 6, 7].map((nth) => drawLife(random, source, nth, secrets)) }
}

function drawLife(
  random: Random,
  source: DrawnSource,
  nth: number,
  secrets: readonly string[]
): Record<string, unknown> {
  const rule: Record<string, unknown> = { nth }
  const fate = random.weighted({ usual: 60, failed: 14, stuck: 3, broken: 10, warming: 8, flapping: 5 })
  if (fate === 'failed') {
    const fails =
      source === 'external_docker' ? (['DEPLOY_FAILED'] as const) : (['BUILD_FAILED', 'DEPLOY_FAILED'] as const)
    rule.final = random.pick<string>(fails)
  }
  if (fate === 'stuck') rule.final = null
  if (fate === 'broken') rule.ok = [503]
  if (fate === 'warming') rule.ok = [503, 503, 200]
  if (fate === 'flapping') rule.statuses = ['CREATING', 'QUEUED', 'DEPLOYING', 'UNKNOWN', 'DEPLOYING', 'DEPLOYED']
  if (random.chance(0.15)) rule.appear_after_ms = random.between(500, 15_000)
  if (random.chance(0.15)) rule.active_after_ms = random.between(500, 40_000)
  if (random.chance(0.15)) rule.info_after_ms = random.between(500, 20_000)
  if (random.chance(0.2)) rule.durations = { DEPLOYING: random.between(10_000, 120_000) }
  if (source === 'github') {
    // A branch moves: most revisions are built from the commit of the run, some from another commit.
    rule.commit = random.chance(0.7) ? RUN_COMMIT : random.hex(40)
    if (random.chance(0.3)) rule.commit_from = 'BUILDING'
  }
  const secret = secrets.length > 0 ? random.pick(secrets as [string, ...string[]]) : 'nothing'
  rule.build_log = ['Step 1/3', `ENV TOKEN=${secret}`, '::add-mask::step']
  rule.deploy_log = ['Starting', { message: `could not connect with ${secret} to redis://db`, level: 'ERROR' }]
  return rule
}

function drawRivals(random: Random, command: Command, exists: boolean): readonly Rival[] {
  const count = random.weighted({ 0: 50, 1: 30, 2: 15, 3: 5 })
  const rivals = Array.from({ length: Number(count) }, (_, n): Rival => {
    const kind = random.weighted<Rival['kind']>({
      push: 8,
      twin: 4,
      secret: 6,
      delete: command === 'delete' ? 2 : 1.5,
      redeploy: 2,
      interrupt: 1,
      ...(exists ? {} : { create: 8 })
    })
    // The most critical times: right before and right after a request.
    const at: Rival['at'] = random.chance(0.5)
      ? { kind: 'request', n: random.between(1, 10), committed: random.chance(0.5) }
      : { kind: 'time', ms: random.between(0, random.pick([12_000, 120_000])) }
    return { at, kind, tag: `${n}` }
  })
  // Another user creates the revision that `wait` waits for.
  const awaited: Rival = { at: { kind: 'time', ms: random.between(0, 40_000) }, kind: 'twin', tag: 'awaited' }
  // Gives `interrupt` a revision in progress, and `logs` a log that is still growing.
  const underWay: Rival = { at: { kind: 'request', n: 1, committed: false }, kind: 'push', tag: 'under-way' }
  if (['interrupt', 'logs'].includes(command)) return random.chance(0.8) ? [...rivals, underWay] : rivals
  return command === 'wait' && random.chance(0.8) ? [...rivals, awaited] : rivals
}
