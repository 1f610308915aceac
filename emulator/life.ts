import { randomUUID } from 'node:crypto'
import { builtImage, commitOf } from './artifacts.ts'
import { archiveFault, graphsIn } from './build.ts'
import { imageFault } from './image.ts'
import type { RevisionRule } from './scenario.ts'
import { endsUnstarted, isTerminal, writeScript } from './script.ts'
import { foreignTo, onlyOwn } from './sources.ts'
import {
  type Deployment,
  type Revision,
  type RevisionConfig,
  type Script,
  type Source,
  type State,
  stamp
} from './state.ts'

interface Birth {
  readonly source: Source
  readonly config: RevisionConfig
  /** The rule that scripted the push; null for an API call. */
  readonly pushedBy?: Revision['pushedBy']
  /** The revision to copy, with its commit and image, in a redeploy. */
  readonly from?: Revision
}

/** Adds a revision and starts its life at `now` (epoch milliseconds). */
export function addRevision(state: State, deployment: Deployment, birth: Birth, now: number): Revision {
  const number = deployment.revisions.length + 1
  const script = writeScript(
    state.scenario,
    { deployment: deployment.name, number, source: birth.source },
    state.settings.stepMs
  )
  if (script.rule) state.scripted.set(script.rule, (state.scripted.get(script.rule) ?? 0) + 1)
  const commit = script.rule?.commit ?? birth.config.repo_commit_sha ?? commitOf(deployment, birth)
  const config = onlyOwn(birth.source, { ...birth.config, repo_commit_sha: commit })
  const id = randomUUID()
  const createdAt = stamp(state, now)
  const revision: Revision = {
    id,
    number,
    source: birth.source,
    config,
    builtImage: birth.from?.builtImage ?? builtImage(deployment, birth.source, id),
    script: failed(script, faultOf(state, birth)),
    pushedBy: birth.pushedBy ?? null,
    createdAt,
    appearsAt: now + (script.rule?.appear_after_ms ?? 0),
    updatedAt: createdAt,
    status: 'CREATING',
    step: 0,
    history: [],
    waiting: false,
    graphs: birth.from?.graphs ?? graphNames(state, birth),
    serverLog: [],
    okCalls: 0,
    ended: false,
    vanished: false
  }
  deployment.revisions.push(revision)
  deployment.config = { ...config, ...foreignTo(birth.source, deployment.config) }
  deployment.updatedAt = createdAt
  enter({ state, deployment, revision }, 0, now)
  return revision
}

/** Interrupts a revision; an ended one stays as it is. */
export function interrupt(state: State, deployment: Deployment, revision: Revision, now: number): void {
  if (!revision.ended) end({ state, deployment, revision }, 'INTERRUPTED', now)
}

/**
 * Resumes a revision of a seed, which is in the deployment with its status.
 *
 * @param now time of the continuation, in epoch milliseconds
 */
export function resume(state: State, deployment: Deployment, revision: Revision, now: number): void {
  const { steps } = revision.script
  const step = steps[revision.step]
  if (revision.ended || step?.status !== revision.status) return
  // A queued revision takes its turn after the running one.
  if (revision.status === 'QUEUED' && deployment.running && deployment.running !== revision) {
    revision.waiting = true
    return
  }
  if (revision.status !== 'CREATING') deployment.running = revision
  if (revision.step < steps.length - 1) {
    state.agenda.add(now + step.ms, (at) => goOn({ state, deployment, revision }, revision.step, at))
  }
}

/** Ends all revisions of a deleted deployment, without a status change. */
export function abandon(deployment: Deployment): void {
  for (const revision of deployment.revisions) revision.ended = true
  deployment.running = null
}

interface Life {
  readonly state: State
  readonly deployment: Deployment
  readonly revision: Revision
}

/** Enters the given step of the script, or the queue if it is not this revision's turn. */
function enter(life: Life, step: number, now: number): void {
  const { deployment, revision } = life
  const next = revision.script.steps[step]
  if (!next) return
  if (needsTurn(next.status) && !takesTurn(deployment, revision)) {
    revision.step = step - 1
    revision.waiting = true
    if (revision.status !== 'QUEUED') setStatus(life, 'QUEUED', now)
    return
  }
  revision.waiting = false
  revision.step = step
  const last = step === revision.script.steps.length - 1
  if (last && isTerminal(next.status)) {
    end(life, next.status, now)
    return
  }
  setStatus(life, next.status, now)
  // The first revision in an empty queue has its turn immediately; later ones wait for it.
  if (next.status === 'QUEUED' && !revision.ended) takesTurn(deployment, revision)
  if (!last) life.state.agenda.add(now + next.ms, (at) => goOn(life, step, at))
}

function goOn(life: Life, step: number, now: number): void {
  if (!life.revision.ended && life.revision.step === step) enter(life, step + 1, now)
}

function needsTurn(status: string): boolean {
  return status !== 'CREATING' && status !== 'QUEUED' && !endsUnstarted(status)
}

function takesTurn(deployment: Deployment, revision: Revision): boolean {
  deployment.running ??= revision
  return deployment.running === revision
}

function end(life: Life, status: string, now: number): void {
  life.revision.ended = true
  setStatus(life, status, now)
  passTurn(life, now)
}

/** Passes the turn to the newest revision in the queue; the others are skipped. */
function passTurn({ state, deployment, revision }: Life, now: number): void {
  if (deployment.running !== revision) return
  deployment.running = null
  const queue = deployment.revisions.filter((other) => !other.ended && other.status === 'QUEUED')
  const chosen = queue.pop()
  for (const other of queue) end({ state, deployment, revision: other }, 'SKIPPED', now)
  if (!chosen) return
  deployment.running = chosen
  if (chosen.waiting) enter({ state, deployment, revision: chosen }, chosen.step + 1, now)
}

function setStatus(life: Life, status: string, now: number): void {
  const { state, revision } = life
  const first = !revision.history.some((entry) => entry.status === status)
  revision.status = status
  revision.updatedAt = stamp(state, now)
  revision.history.push({ status, at: now })
  if (status === 'DEPLOYED') deployed(life, now)
  const rule = revision.script.rule
  if (rule?.vanish_at === status) vanish(life, now)
  if (first && rule?.push?.at === status && revision.pushedBy !== rule) pushAnother(life, now)
}

function deployed(life: Life, now: number): void {
  life.deployment.serves = true
  const { active_after_ms: delay = 0 } = life.revision.script.rule ?? {}
  after(life.state, delay, now, (at) => activate(life, at))
}

function activate({ state, deployment, revision }: Life, now: number): void {
  if (!replaces(revision, deployment.active)) return
  deployment.active = revision
  deployment.activations.push({ revision, at: now })
  const { info_after_ms: delay = 0 } = revision.script.rule ?? {}
  after(state, delay, now, () => {
    if (replaces(revision, deployment.answering)) deployment.answering = revision
  })
}

/** Runs a function after `delay` milliseconds; 0 is immediately, null is never. */
function after(state: State, delay: number | null, now: number, run: (at: number) => void): void {
  if (delay === 0) run(now)
  else if (delay !== null) state.agenda.add(now + delay, run)
}

/** A revision never replaces a newer one, however late its turn is. */
function replaces(revision: Revision, current: Revision | null): boolean {
  return current === null || current.number < revision.number
}

function vanish(life: Life, now: number): void {
  life.revision.vanished = true
  life.revision.ended = true
  passTurn(life, now)
}

/** A scripted push by another user: the same source, with the changes in the scenario. */
function pushAnother({ state, deployment, revision }: Life, now: number): void {
  const rule = revision.script.rule
  if (!rule?.push) return
  const given = Object.entries(rule.push.source_revision_config ?? {}).filter(([, value]) => value !== null)
  const config = { ...deployment.config, repo_commit_sha: null, ...Object.fromEntries(given) }
  addRevision(state, deployment, { source: revision.source, config, pushedBy: rule }, now)
}

/** The graphs in an uploaded configuration. */
function graphNames(state: State, { source, config }: Birth): readonly string[] | null {
  if (source !== 'internal_source' || config.source_tarball_path === null) return null
  const upload = state.uploads.get(config.source_tarball_path)
  return graphsIn(upload?.uploaded?.archive, config.langgraph_config_path ?? 'langgraph.json')
}

/**
 * The reason that a new revision cannot be built or rolled out; `undefined` for code that is not read, or was already
 * built.
 */
function faultOf(state: State, { source, config, from }: Birth): Script['fault'] {
  if (source === 'external_docker' || source === 'internal_docker') {
    const message = config.image_uri === null ? undefined : imageFault(config.image_uri)
    return message === undefined ? undefined : { log: 'deploy', message }
  }
  if (source !== 'internal_source' || from || config.source_tarball_path === null) return undefined
  const upload = state.uploads.get(config.source_tarball_path)
  const message = upload && archiveFault(upload.uploaded?.archive, config.langgraph_config_path ?? 'langgraph.json')
  return message === undefined ? undefined : { log: 'build', message }
}

const FAILING = {
  build: { at: 'BUILDING', end: 'BUILD_FAILED' },
  deploy: { at: 'DEPLOYING', end: 'DEPLOY_FAILED' }
} as const

/** A revision fails at its fault, unless a scenario scripts its end. */
function failed(script: Script, fault: Script['fault']): Script {
  if (fault === undefined || (script.rule && saysEnd(script.rule))) return script
  const { at, end: last } = FAILING[fault.log]
  const step = script.steps.findIndex(({ status }) => status === at)
  return step === -1
    ? script
    : { ...script, fault, steps: [...script.steps.slice(0, step + 1), { status: last, ms: 0 }] }
}

function saysEnd({ final, statuses }: RevisionRule): boolean {
  return final !== 'usual' || (statuses ?? []).length > 0
}
