import { type ControlPlaneClient, orNothing, PAGE_SIZE } from '../control-plane/client.ts'
import { isMissing } from '../control-plane/patience.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { isGoing } from '../deployment/find.ts'
import type { Progress } from '../deployment/progress.ts'
import { isStatusWord } from '../deployment/revision.ts'
import { kindOf } from '../deployment/sources/kinds.ts'
import { inWords } from '../run/duration.ts'
import { CancelledError, type Limits } from '../run/limits.ts'
import { createHeartbeat, pauseAfter, poll } from '../run/poll.ts'
import { hasLasted, lengthen, type Streak } from '../run/streak.ts'
import type { OnSuperseded, Verdict } from '../run/verdict.ts'

/** The object of the next read. */
type Look = 'revision' | 'deployment' | 'revisions' | 'deletion'

/** The result of one read. */
export type Observation =
  | { readonly kind: 'revision'; readonly revision: Revision }
  | { readonly kind: 'deployment'; readonly deployment: Deployment }
  /** Newest first. */
  | { readonly kind: 'revisions'; readonly ids: readonly string[] }
  /** The deployment, read only to detect a deletion; `undefined` if the read failed. */
  | { readonly kind: 'deletion'; readonly deployment: Deployment | undefined }
  /** An object that the control plane no longer has. A deployment takes its revisions along. */
  | { readonly kind: 'vanished'; readonly what: 'revision' | 'deployment' }

/** The state of the wait. Times are milliseconds of the run's clock. */
export interface WatchState {
  readonly revisionId: string
  readonly onSuperseded: OnSuperseded
  readonly again: DeployAgain
  readonly look: Look
  readonly status?: string | undefined
  /** Time of the last read of the deployment; `undefined` before the first. */
  readonly deploymentSeenAt?: number | undefined
  /** Reads of an INTERRUPTED revision. */
  readonly interrupted?: Streak | undefined
  /** Reads of a revision that was DEPLOYED but not active. */
  readonly inactive?: Streak | undefined
  /** Reads of a list without a newer revision, while ours was SKIPPED. */
  readonly unreplaced?: Streak | undefined
  /** The active revision, if it is another one. The list shows if it is older or newer. */
  readonly otherActive?: string | undefined
  /** Revisions known to be older than ours. */
  readonly older: readonly string[]
  readonly warnedOfUnknown: boolean
}

export interface Step {
  readonly state: WatchState
  readonly verdict?: Verdict
  readonly warning?: string
  /** Requests the next read without a pause, because this read was not sufficient. */
  readonly atOnce?: true
}

/** How long a revision must stay INTERRUPTED to count as ended, because it can resume. */
const INTERRUPTED_FOR_MS = 60_000
/** How long a DEPLOYED revision may take to become the active one. */
const ACTIVE_WITHIN_MS = 120_000
/** How long the list may lack the successor of a SKIPPED revision, because replicas of the control plane lag behind. */
const REPLACED_WITHIN_MS = 30_000
/**
 * The time between two reads of the deployment, the only object that shows a deletion. With pauses of up to 10 s, a
 * deletion is detected within 45 s.
 */
const DEPLOYMENT_LOOK_MS = 30_000

const GOING = new Set(['CREATING', 'QUEUED', 'AWAITING_BUILD', 'BUILDING', 'AWAITING_DEPLOY', 'DEPLOYING'])

/** How the user deploys again: a rerun of `command: wait` finds the same revision. */
export type DeployAgain = 'rerun' | 'deploy'

const AGAIN: Readonly<Record<DeployAgain, string>> = {
  rerun: 'rerun this job to deploy',
  deploy: 'deploy again with `command: deploy`'
}

/** The failure that a status reports; `undefined` for any other status. */
function failureOf({ status, source }: Revision, again: DeployAgain): Pick<Failed, 'reason' | 'advice'> | undefined {
  switch (status) {
    case 'CREATE_FAILED':
      return {
        reason: 'The deployment could not be set up (CREATE_FAILED).',
        advice: `Open the revision in LangSmith; if it shows no cause, ${AGAIN[again]}.`
      }
    case 'BUILD_FAILED':
      return { reason: 'The build failed (BUILD_FAILED).', advice: 'Read the build log of the revision in LangSmith.' }
    case 'DEPLOY_FAILED': {
      const { code } = kindOf(source)
      const isBuilt = code === 'repository' || code === 'archive'
      return {
        reason: `${isBuilt ? 'The build succeeded, but the' : 'The'} new revision did not start (DEPLOY_FAILED).`,
        advice: 'Read the deploy log of the revision in LangSmith.'
      }
    }
    default:
      return undefined
  }
}

type Failed = Verdict & { readonly status: 'failed' }

/** The state before the first read. */
export function beginWatch(revisionId: string, onSuperseded: OnSuperseded, again: DeployAgain = 'rerun'): WatchState {
  return { revisionId, onSuperseded, again, look: 'revision', older: [], warnedOfUnknown: false }
}

/** Tells if the deployment is due for another read, which detects a deletion. Times in milliseconds. */
export function isDeploymentDue(seenAt: number, now: number): boolean {
  return now - seenAt >= DEPLOYMENT_LOOK_MS
}

/** The verdict of a wait whose deployment is being deleted. */
export function deploymentDeleted({ name, status }: Pick<Deployment, 'name' | 'status'>): Verdict {
  return {
    status: 'failed',
    reason: `Deployment "${name}" is being deleted (${status}), so its revisions will not become active.`,
    advice:
      'The deployment was deleted during the rollout. Its name stays reserved for up to a week; deploy under another `name`.'
  }
}

/** The verdict of a wait whose deployment or revision the control plane no longer has. */
export function goneVerdict(what: string): Verdict {
  return {
    status: 'failed',
    reason: `${what} no longer exists in the control plane.`,
    advice:
      'The deployment may have been deleted during the rollout. Check the deployments of the workspace in LangSmith.'
  }
}

function revisionGone({ revisionId: id, again }: WatchState): Verdict {
  return {
    status: 'failed',
    reason: `Revision ${id} no longer exists in the control plane, but the deployment still exists.`,
    advice: `Check the revisions of the deployment in LangSmith, and ${AGAIN[again]}.`
  }
}

/** Returns the next state after one read. Pure: `now` is the time in milliseconds. */
export function stepWatch(state: WatchState, seen: Observation, now: number): Step {
  switch (seen.kind) {
    case 'vanished': {
      const verdict = seen.what === 'deployment' ? goneVerdict('The deployment') : revisionGone(state)
      return { state, verdict }
    }
    case 'revision':
      return withDeletion(seeRevision({ ...state, status: seen.revision.status }, seen.revision, now), now)
    case 'deployment':
      return seeDeployment({ ...state, deploymentSeenAt: now }, seen.deployment, now)
    case 'deletion':
      return seeDeletion({ ...state, deploymentSeenAt: now }, seen.deployment)
    case 'revisions':
      return seeRevisions(state, seen.ids, now)
  }
}

function seeRevision(state: WatchState, revision: Revision, now: number): Step {
  const { status } = revision
  const failure = failureOf(revision, state.again)
  if (failure) return { state, verdict: { status: 'failed', ...failure } }
  if (status === 'DEPLOYED') {
    return {
      state: { ...state, look: 'deployment', inactive: state.inactive ?? { since: now, looks: 0 } },
      atOnce: true
    }
  }
  if (status === 'SKIPPED') return { state: { ...state, look: 'revisions' }, atOnce: true }
  if (status === 'INTERRUPTED') {
    const interrupted = lengthen(state.interrupted, now)
    if (!hasLasted(interrupted, now, INTERRUPTED_FOR_MS)) return { state: { ...state, interrupted } }
    return {
      state,
      verdict: {
        status: 'failed',
        reason: 'The revision was interrupted and did not resume within a minute (INTERRUPTED).',
        advice: `The interruption came from LangSmith, or from another run with \`command: interrupt\`, \`on-cancel: interrupt\` or \`on-timeout: interrupt\`; ${AGAIN[state.again]}.`
      }
    }
  }
  const going = { ...state, interrupted: undefined }
  if (GOING.has(status) || state.warnedOfUnknown) return { state: going }
  const warned = { ...going, warnedOfUnknown: true }
  // A status that is not a word is reported as an invalid value of the output `revision-status`.
  if (status !== '' && !isStatusWord(status)) return { state: warned }
  return {
    state: warned,
    warning: `The revision has an unknown status, ${status}, which is treated as in progress.`
  }
}

/**
 * Adds a read of the deployment if the rollout is in progress and the last such read is too old. It is additional to
 * the read of the revision, so that it does not delay the detection of the end.
 */
function withDeletion(step: Step, now: number): Step {
  const seenAt = step.state.deploymentSeenAt ?? now
  const state = { ...step.state, deploymentSeenAt: seenAt }
  if (step.verdict || step.atOnce || !isDeploymentDue(seenAt, now)) return { ...step, state }
  return { ...step, state: { ...state, look: 'deletion' }, atOnce: true }
}

function seeDeletion(state: WatchState, deployment: Deployment | undefined): Step {
  if (deployment && isGoing(deployment)) return { state, verdict: deploymentDeleted(deployment) }
  return { state: { ...state, look: 'revision' } }
}

function seeDeployment(state: WatchState, deployment: Deployment, now: number): Step {
  if (isGoing(deployment)) return { state, verdict: deploymentDeleted(deployment) }
  const active = deployment.active_revision_id
  if (active === state.revisionId) return { state, verdict: { status: 'deployed' } }
  if (active && !state.older.includes(active)) {
    return { state: { ...state, look: 'revisions', otherActive: active }, atOnce: true }
  }
  return awaitActive(state, active ?? undefined, now)
}

function seeRevisions(state: WatchState, ids: readonly string[], now: number): Step {
  const newest = ids[0]
  const ownPlace = rank(ids, state.revisionId)
  if (state.status === 'SKIPPED') {
    if (newest && ownPlace > 0) {
      return superseded(state, newest, `The revision was skipped (SKIPPED) in favor of the newer revision ${newest}.`)
    }
    const unreplaced = lengthen(state.unreplaced, now)
    if (!hasLasted(unreplaced, now, REPLACED_WITHIN_MS)) return { state: { ...state, unreplaced } }
    return superseded(state, undefined, skippedForNone(state))
  }
  const active = state.otherActive ?? ''
  const place = ids.indexOf(active)
  if (place >= 0 && place < ownPlace) {
    return superseded(state, newest, `The revision was deployed, but a newer revision is now active: ${active}.`)
  }
  // An unlisted revision may be newer than the list, so the list is read again.
  const isKnown = place >= 0 && ids.includes(state.revisionId)
  const older = isKnown ? [...state.older, active] : state.older
  return awaitActive({ ...state, look: 'deployment', older }, active, now)
}

function skippedForNone({ again }: WatchState): string {
  return `The revision was skipped (SKIPPED), and no newer revision is listed. The code of this run is not active. Check the revisions of the deployment in LangSmith, and ${AGAIN[again]}.`
}

/** Waits up to two minutes for our DEPLOYED revision to become active, while no newer one is active. */
function awaitActive(state: WatchState, active: string | undefined, now: number): Step {
  const inactive = lengthen(state.inactive, now)
  if (!hasLasted(inactive, now, ACTIVE_WITHIN_MS)) return { state: { ...state, inactive } }
  const instead = active ? `still reports ${active} as its active revision` : 'reports no active revision'
  return {
    state,
    verdict: {
      status: 'deployed',
      warning: `The revision is deployed, but after two minutes the deployment ${instead}. Check that the new code is active.`
    }
  }
}

/** The position of our revision in the list: the end if a full page lacks it, -1 if a short list lacks it (a lag). */
function rank(ids: readonly string[], id: string): number {
  const index = ids.indexOf(id)
  if (index >= 0) return index
  return ids.length >= PAGE_SIZE ? ids.length : -1
}

function superseded(state: WatchState, successor: string | undefined, reason: string): Step {
  if (state.onSuperseded === 'follow' && successor) {
    const { warnedOfUnknown, deploymentSeenAt, again } = state
    return {
      state: { ...beginWatch(successor, 'follow', again), warnedOfUnknown, deploymentSeenAt },
      atOnce: true,
      warning: `${reason} Following the newest revision instead.`
    }
  }
  return { state, verdict: { status: 'superseded', reason, passes: state.onSuperseded === 'warn' } }
}

interface WatchContext {
  readonly client: ControlPlaneClient
  readonly limits: Limits
  readonly progress: Progress
  /** Maximum polling interval in milliseconds; 10 s by default. */
  readonly pollIntervalMs: number | undefined
  /** Called after each read of the revision, such as to read its log. Throws only at the limits of the run. */
  readonly afterLook?: (revision: Revision) => Promise<void>
  /** Returns a number between 0 and 1. Tests pass their own. */
  readonly random?: () => number
}

interface WatchOptions {
  readonly onSuperseded: OnSuperseded
  /** True if this run created the revision. */
  readonly own: boolean
  /** The usual duration of a rollout, in milliseconds, if known. */
  readonly usualMs?: number | undefined
  /** `rerun` by default. */
  readonly again?: DeployAgain
}

/** The result of a wait. */
export interface Watched {
  readonly verdict: Verdict
  /** As last read. */
  readonly deployment: Deployment
  /** The revision of the verdict, as last read. */
  readonly revision: Revision
}

/**
 * Polls a revision until it is active or fails. Sends one request per read, plus one for the deployment every 30
 * seconds. `stepWatch` makes the decisions.
 *
 * @throws {DeadlineError} at the deadline; {CancelledError} if the job is canceled
 * @throws {ApiError} if the key is permanently refused
 */
export async function watch(
  context: WatchContext,
  deployment: Deployment,
  revision: Revision,
  { onSuperseded, own, usualMs, again }: WatchOptions
): Promise<Watched> {
  const { client, limits, progress, pollIntervalMs, afterLook, random = Math.random } = context
  const { clock } = limits
  let state = beginWatch(revision.id, onSuperseded, again)
  let last = { deployment, revision }
  let besideMs = 0
  const usual = usualMs === undefined ? '' : ` (a rollout usually takes ${inWords(usualMs)})`
  const heartbeat = createHeartbeat(clock, (waitedMs) =>
    progress.note(`Still ${state.status ?? 'waiting'} after ${Math.round(waitedMs / 60_000)} min${usual}.`)
  )
  const pauseMs = (waitedMs: number) =>
    Math.max(0, pauseAfter(waitedMs, { longestMs: pollIntervalMs, random: random() }) - besideMs)
  const lookOnce = async (): Promise<Step> => {
    const askedAt = clock.now()
    const seen = await lookAt(client, deployment.id, state)
    // The additional read of the deployment must not delay the next read of the revision.
    besideMs = seen.kind === 'deletion' ? clock.now() - askedAt : 0
    if ((seen.kind === 'deployment' || seen.kind === 'deletion') && seen.deployment) {
      last = { ...last, deployment: seen.deployment }
      progress.deployment(seen.deployment)
    }
    if (seen.kind === 'revision') {
      last = { ...last, revision: seen.revision }
      if (seen.revision.status !== state.status) {
        progress.revision(seen.revision, { own: own && seen.revision.id === revision.id })
        heartbeat.reset()
      }
      await afterLook?.(seen.revision)
    }
    const next = stepWatch(state, seen, clock.now())
    state = next.state
    if (next.warning) progress.warn(next.warning)
    if (seen.kind === 'vanished' && seen.what === 'deployment') progress.gone()
    return next
  }

  client.awaitRollout()
  const verdict = await poll(limits, { pauseMs, heartbeat }, async () => {
    let next = await lookOnce()
    while (next.atOnce) next = await lookOnce()
    return next.verdict
  })
  return { ...last, verdict }
}

async function lookAt(client: ControlPlaneClient, deploymentId: string, state: WatchState): Promise<Observation> {
  try {
    switch (state.look) {
      case 'revision':
        return { kind: 'revision', revision: await client.revision(deploymentId, state.revisionId) }
      case 'deployment':
        return { kind: 'deployment', deployment: await client.deployment(deploymentId) }
      case 'revisions':
        return { kind: 'revisions', ids: (await client.revisions(deploymentId)).resources.map(({ id }) => id) }
      case 'deletion':
        return { kind: 'deletion', deployment: await orNothing(client.glance(deploymentId)) }
    }
  } catch (error) {
    // The client has already retried for half a minute.
    if (!isMissing(error)) throw error
    const isDeployment = state.look === 'deployment' || (await isDeploymentGone(client, deploymentId))
    return { kind: 'vanished', what: isDeployment ? 'deployment' : 'revision' }
  }
}

/** Tells if the deployment of a missing revision is deleted, too. */
async function isDeploymentGone(client: ControlPlaneClient, deploymentId: string): Promise<boolean> {
  try {
    return isGoing(await client.glance(deploymentId))
  } catch (error) {
    if (error instanceof CancelledError) throw error
    return isMissing(error)
  }
}
