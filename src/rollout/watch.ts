import { type ControlPlaneClient, orNothing, PAGE_SIZE } from '../control-plane/client.ts'
import { isMissing } from '../control-plane/patience.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { isGoing } from '../deployment/find.ts'
import type { Progress } from '../deployment/progress.ts'
import { inWords } from '../run/duration.ts'
import { CancelledError, type Limits } from '../run/limits.ts'
import { createHeartbeat, pauseAfter, poll } from '../run/poll.ts'
import { hasLasted, lengthen, type Streak } from '../run/streak.ts'
import type { OnSuperseded, Verdict } from '../run/verdict.ts'

/** What the next look is at. */
type Look = 'revision' | 'deployment' | 'revisions' | 'deletion'

/** What a look showed. */
export type Observation =
  | { readonly kind: 'revision'; readonly revision: Revision }
  | { readonly kind: 'deployment'; readonly deployment: Deployment }
  /** Newest first. */
  | { readonly kind: 'revisions'; readonly ids: readonly string[] }
  /** The deployment, seen only to learn whether it is being deleted; nothing when that look failed. */
  | { readonly kind: 'deletion'; readonly deployment: Deployment | undefined }
  /** What the control plane does not know any more; without its deployment the revision is gone too. */
  | { readonly kind: 'vanished'; readonly what: 'revision' | 'deployment' }

/** All that the wait remembers. Moments are milliseconds of the run's clock. */
export interface WatchState {
  readonly revisionId: string
  readonly onSuperseded: OnSuperseded
  readonly look: Look
  readonly status?: string | undefined
  /** When the deployment was last looked at; `undefined` before the first look. */
  readonly deploymentSeenAt?: number | undefined
  /** Looks at which the revision was INTERRUPTED. */
  readonly interrupted?: Streak | undefined
  /** Looks at which the revision was DEPLOYED, but not the active one. */
  readonly inactive?: Streak | undefined
  /** Looks at a list that named no newer revision than ours, which was SKIPPED. */
  readonly unreplaced?: Streak | undefined
  /** The active revision when it is another one; whether it is older or newer has to be asked. */
  readonly otherActive?: string | undefined
  /** Revisions that are known to be older than ours. */
  readonly older: readonly string[]
  readonly warnedOfUnknown: boolean
}

export interface Step {
  readonly state: WatchState
  readonly verdict?: Verdict
  readonly warning?: string
  /** The next look follows at once, because this one only half answered the question. */
  readonly atOnce?: true
}

/** INTERRUPTED can still go on; only one that stays so is an end. */
const INTERRUPTED_FOR_MS = 60_000
/** How long the deployment may take to name our DEPLOYED revision as its active one. */
const ACTIVE_WITHIN_MS = 120_000
/** How long the list may take to name the revision that ours was skipped for: replicas of the control plane lag behind. */
const REPLACED_WITHIN_MS = 30_000
/** Only the deployment tells that it is being deleted. With pauses of at most 10 s that is known within 45 s. */
const DEPLOYMENT_LOOK_MS = 30_000

const GOING = new Set(['CREATING', 'QUEUED', 'AWAITING_BUILD', 'BUILDING', 'AWAITING_DEPLOY', 'DEPLOYING'])

const FAILURES: Readonly<Record<string, { readonly reason: string; readonly advice: string }>> = {
  CREATE_FAILED: {
    reason: 'The deployment could not be set up (CREATE_FAILED).',
    advice: 'Open the revision in LangSmith; if it shows no cause, rerun this job.'
  },
  BUILD_FAILED: {
    reason: 'The build failed (BUILD_FAILED).',
    advice: 'Read the build log of the revision in LangSmith.'
  },
  DEPLOY_FAILED: {
    reason: 'The build succeeded, but the new revision did not start (DEPLOY_FAILED).',
    advice: 'Read the deploy log of the revision in LangSmith.'
  }
}

/** The state before the first look. */
export function beginWatch(revisionId: string, onSuperseded: OnSuperseded): WatchState {
  return { revisionId, onSuperseded, look: 'revision', older: [], warnedOfUnknown: false }
}

/** Whether the deployment is to be looked at again, because it may be being deleted. Moments in milliseconds. */
export function isDeploymentDue(seenAt: number, now: number): boolean {
  return now - seenAt >= DEPLOYMENT_LOOK_MS
}

/** The verdict of a wait whose deployment is being deleted. */
export function deploymentDeleted({ name, status }: Pick<Deployment, 'name' | 'status'>): Verdict {
  return {
    status: 'failed',
    reason: `Deployment "${name}" is being deleted (${status}), so no revision of it will be deployed.`,
    advice: 'It was deleted during the rollout. Its name stays reserved for up to a week; deploy under another `name`.'
  }
}

/** The verdict of a wait whose deployment the control plane does not know any more. */
export function goneVerdict(what: string): Verdict {
  return {
    status: 'failed',
    reason: `${what} no longer exists in the control plane.`,
    advice: 'The deployment may have been deleted during the rollout. Check it in LangSmith.'
  }
}

function revisionGone(id: string): Verdict {
  return {
    status: 'failed',
    reason: `Revision ${id} no longer exists in the control plane, but the deployment still exists.`,
    advice: 'Check the revisions of the deployment in LangSmith, and rerun this job to deploy.'
  }
}

/** What follows from one look. Pure: time comes in as `now`, in milliseconds. */
export function stepWatch(state: WatchState, seen: Observation, now: number): Step {
  switch (seen.kind) {
    case 'vanished': {
      const verdict = seen.what === 'deployment' ? goneVerdict('The deployment') : revisionGone(state.revisionId)
      return { state, verdict }
    }
    case 'revision':
      return withDeletion(seeRevision({ ...state, status: seen.revision.status }, now), now)
    case 'deployment':
      return seeDeployment({ ...state, deploymentSeenAt: now }, seen.deployment, now)
    case 'deletion':
      return seeDeletion({ ...state, deploymentSeenAt: now }, seen.deployment)
    case 'revisions':
      return seeRevisions(state, seen.ids, now)
  }
}

function seeRevision(state: WatchState, now: number): Step {
  const status = state.status ?? ''
  const failure = FAILURES[status]
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
        advice: 'It was stopped in LangSmith, or by another run with `on-cancel: interrupt`. Rerun this job to deploy.'
      }
    }
  }
  const going = { ...state, interrupted: undefined }
  if (GOING.has(status) || state.warnedOfUnknown) return { state: going }
  return {
    state: { ...going, warnedOfUnknown: true },
    warning: `The revision has an unknown status, ${status}, which is treated as in progress.`
  }
}

/**
 * Adds a look at the deployment where the rollout goes on and none was made for a while. It is made beside the one at
 * the revision and not in its place, so that the end of the rollout is seen as early as without it.
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
      return superseded(state, newest, `The revision was skipped (SKIPPED) in favor of a newer one, ${newest}.`)
    }
    const unreplaced = lengthen(state.unreplaced, now)
    if (!hasLasted(unreplaced, now, REPLACED_WITHIN_MS)) return { state: { ...state, unreplaced } }
    return superseded(state, undefined, SKIPPED_FOR_NONE)
  }
  const active = state.otherActive ?? ''
  const place = ids.indexOf(active)
  if (place >= 0 && place < ownPlace) {
    return superseded(state, newest, `The revision was deployed, but a newer revision is now active: ${active}.`)
  }
  // One that is not listed may be newer than the list; it is asked for again.
  const isKnown = place >= 0 && ids.includes(state.revisionId)
  const older = isKnown ? [...state.older, active] : state.older
  return awaitActive({ ...state, look: 'deployment', older }, active, now)
}

const SKIPPED_FOR_NONE =
  'The revision was skipped (SKIPPED), and no newer one is listed. The code of this run is not active. Check the revisions of the deployment in LangSmith, and rerun this job to deploy.'

/** Our revision is DEPLOYED and no newer one is active: it is given two minutes to become the active one. */
function awaitActive(state: WatchState, active: string | undefined, now: number): Step {
  const inactive = lengthen(state.inactive, now)
  if (!hasLasted(inactive, now, ACTIVE_WITHIN_MS)) return { state: { ...state, inactive } }
  const instead = active ? `still reports ${active}` : 'reports none'
  return {
    state,
    verdict: {
      status: 'deployed',
      warning: `The revision is DEPLOYED, but after two minutes the deployment ${instead} as its active revision. Check that the new code is active.`
    }
  }
}

/** Our place in the list. Pushed off a full page it is behind everything; a short list without it is one that lags. */
function rank(ids: readonly string[], id: string): number {
  const index = ids.indexOf(id)
  if (index >= 0) return index
  return ids.length >= PAGE_SIZE ? ids.length : -1
}

function superseded(state: WatchState, successor: string | undefined, reason: string): Step {
  if (state.onSuperseded === 'follow' && successor) {
    const { warnedOfUnknown, deploymentSeenAt } = state
    return {
      state: { ...beginWatch(successor, 'follow'), warnedOfUnknown, deploymentSeenAt },
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
  /** Longest pause between two looks in milliseconds; the policy's own 10 s when not given. */
  readonly pollIntervalMs: number | undefined
  /** Called after each look at the revision, such as to read its log; does not throw but at the limits of the run. */
  readonly afterLook?: (revision: Revision) => Promise<void>
  /** Between 0 and 1; tests hand in their own. */
  readonly random?: () => number
}

interface WatchOptions {
  readonly onSuperseded: OnSuperseded
  /** Whether this run made the revision. */
  readonly own: boolean
  /** How long it usually takes, in milliseconds, if that is known. */
  readonly usualMs?: number | undefined
}

/** How a wait ended. */
export interface Watched {
  readonly verdict: Verdict
  /** As it was seen last. */
  readonly deployment: Deployment
  /** The one that was followed to the verdict, as it was seen last. */
  readonly revision: Revision
}

/**
 * Follows a revision until it serves or fails: looks around `stepWatch`, with one request a look, and one more at the
 * deployment each half minute.
 *
 * @throws {DeadlineError} when the deadline comes first, {CancelledError} when the job is cancelled
 * @throws {ApiError} when the key is refused for good
 */
export async function watch(
  context: WatchContext,
  deployment: Deployment,
  revision: Revision,
  { onSuperseded, own, usualMs }: WatchOptions
): Promise<Watched> {
  const { client, limits, progress, pollIntervalMs, afterLook, random = Math.random } = context
  const { clock } = limits
  let state = beginWatch(revision.id, onSuperseded)
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
    // A look that is only made beside the one at the rollout does not delay the next one there.
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
    // The transport has asked again for half a minute by now.
    if (!isMissing(error)) throw error
    const isDeployment = state.look === 'deployment' || (await isDeploymentGone(client, deploymentId))
    return { kind: 'vanished', what: isDeployment ? 'deployment' : 'revision' }
  }
}

/** Whether the revision went with its deployment. */
async function isDeploymentGone(client: ControlPlaneClient, deploymentId: string): Promise<boolean> {
  try {
    return isGoing(await client.glance(deploymentId))
  } catch (error) {
    if (error instanceof CancelledError) throw error
    return isMissing(error)
  }
}
