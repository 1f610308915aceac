import { type ControlPlaneClient, PAGE_SIZE } from '../control-plane/client.ts'
import { ApiError } from '../control-plane/errors.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { type Limits, pause } from '../limits.ts'
import type { Progress } from './progress.ts'
import type { Verdict } from './verdict.ts'

/** What happens when a newer revision took over. */
export type OnSuperseded = 'warn' | 'fail' | 'follow'

/** What the next look is at. */
type Look = 'revision' | 'deployment' | 'revisions'

/** What a look showed. */
export type Observation =
  | { readonly kind: 'revision'; readonly revision: Revision }
  | { readonly kind: 'deployment'; readonly deployment: Deployment }
  /** Newest first. */
  | { readonly kind: 'revisions'; readonly ids: readonly string[] }
  | { readonly kind: 'vanished' }

/** All that the wait remembers. Moments are milliseconds of the run's clock. */
export interface WatchState {
  readonly revisionId: string
  readonly onSuperseded: OnSuperseded
  readonly look: Look
  readonly status: string | undefined
  /** Since when the revision is INTERRUPTED without a break. */
  readonly interruptedSince: number | undefined
  /** Since when the revision is DEPLOYED, while it is not the active one. */
  readonly deployedSince: number | undefined
  /** The active revision when it is another one; whether it is older or newer has to be asked. */
  readonly otherActive: string | undefined
  /** Revisions that are known to be older than ours. */
  readonly older: readonly string[]
  readonly warnedOfUnknown: boolean
}

export interface Step {
  readonly state: WatchState
  readonly verdict?: Verdict
  readonly warning?: string
  /** Whether the next look follows at once, because this one only half answered the question. */
  readonly atOnce: boolean
}

/** INTERRUPTED can still go on; only one that stays so is an end. */
const INTERRUPTED_FOR_MS = 60_000
/** How long the deployment may take to name our DEPLOYED revision as its active one. */
const ACTIVE_WITHIN_MS = 120_000

const GOING = new Set(['CREATING', 'QUEUED', 'AWAITING_BUILD', 'BUILDING', 'AWAITING_DEPLOY', 'DEPLOYING'])

const FAILURES: Readonly<Record<string, { readonly reason: string; readonly advice: string }>> = {
  CREATE_FAILED: {
    reason: 'The deployment could not be set up (CREATE_FAILED).',
    advice: 'Open the revision in LangSmith; if it shows no cause, run this again.'
  },
  BUILD_FAILED: {
    reason: 'The build failed (BUILD_FAILED).',
    advice: 'Read the build log of the revision in LangSmith.'
  },
  DEPLOY_FAILED: {
    reason: 'The build is done, but the new revision did not come up (DEPLOY_FAILED).',
    advice:
      'Read the deploy log of the revision in LangSmith; an import that fails or a secret that is missing are the usual causes.'
  }
}

/** The state before the first look. */
export function beginWatch(revisionId: string, onSuperseded: OnSuperseded): WatchState {
  return {
    revisionId,
    onSuperseded,
    look: 'revision',
    status: undefined,
    interruptedSince: undefined,
    deployedSince: undefined,
    otherActive: undefined,
    older: [],
    warnedOfUnknown: false
  }
}

/** What follows from one look. Pure: time comes in as `now`, in milliseconds. */
export function step(state: WatchState, seen: Observation, now: number): Step {
  switch (seen.kind) {
    case 'vanished':
      return {
        state,
        atOnce: false,
        verdict: {
          status: 'failed',
          reason: `The revision ${state.revisionId} is gone: the control plane does not know it any more.`,
          advice: 'Somebody may have deleted the deployment meanwhile. Look for it in LangSmith.'
        }
      }
    case 'revision':
      return seeRevision({ ...state, status: seen.revision.status }, now)
    case 'deployment':
      return seeDeployment(state, seen.deployment, now)
    case 'revisions':
      return seeRevisions(state, seen.ids, now)
  }
}

function seeRevision(state: WatchState, now: number): Step {
  const status = state.status ?? ''
  const failure = FAILURES[status]
  if (failure) return { state, atOnce: false, verdict: { status: 'failed', ...failure } }
  if (status === 'DEPLOYED') {
    return { state: { ...state, look: 'deployment', deployedSince: state.deployedSince ?? now }, atOnce: true }
  }
  if (status === 'SKIPPED') return { state: { ...state, look: 'revisions' }, atOnce: true }
  if (status === 'INTERRUPTED') {
    const interruptedSince = state.interruptedSince ?? now
    if (now - interruptedSince < INTERRUPTED_FOR_MS) return { state: { ...state, interruptedSince }, atOnce: false }
    return {
      state,
      atOnce: false,
      verdict: {
        status: 'failed',
        reason: 'The revision was interrupted and has stayed so for a minute (INTERRUPTED).',
        advice:
          'Somebody stopped it, in LangSmith or by `on-cancel: interrupt` of another run. Run this again to deploy.'
      }
    }
  }
  const going = { ...state, interruptedSince: undefined }
  if (GOING.has(status) || state.warnedOfUnknown) return { state: going, atOnce: false }
  return {
    state: { ...going, warnedOfUnknown: true },
    atOnce: false,
    warning: `The revision has a status that says neither success nor failure: ${status}. It counts as still going.`
  }
}

function seeDeployment(state: WatchState, deployment: Deployment, now: number): Step {
  const active = deployment.active_revision_id
  if (active === state.revisionId) return { state, atOnce: false, verdict: { status: 'deployed' } }
  if (active && !state.older.includes(active)) {
    return { state: { ...state, look: 'revisions', otherActive: active }, atOnce: true }
  }
  return awaitActive(state, active ?? undefined, now)
}

function seeRevisions(state: WatchState, ids: readonly string[], now: number): Step {
  const newest = ids[0]
  if (state.status === 'SKIPPED') {
    if (!newest || newest === state.revisionId) {
      return superseded(state, undefined, 'The revision was skipped (SKIPPED), and no newer one is listed.')
    }
    return superseded(state, newest, `The revision was skipped (SKIPPED) in favour of a newer one, ${newest}.`)
  }
  const active = state.otherActive ?? ''
  const place = ids.indexOf(active)
  if (place >= 0 && place < rank(ids, state.revisionId)) {
    return superseded(state, newest, `The revision was deployed, but a newer one is active by now, ${active}.`)
  }
  // One that is not listed may be newer than the list; it is asked for again.
  const isKnown = place >= 0 && ids.includes(state.revisionId)
  const older = isKnown ? [...state.older, active] : state.older
  return awaitActive({ ...state, look: 'deployment', older }, active, now)
}

/** Our revision is DEPLOYED and no newer one is active: it is given two minutes to become the active one. */
function awaitActive(state: WatchState, active: string | undefined, now: number): Step {
  if (now - (state.deployedSince ?? now) < ACTIVE_WITHIN_MS) return { state, atOnce: false }
  const instead = active ? `still names ${active}` : 'names none'
  return {
    state,
    atOnce: false,
    verdict: {
      status: 'deployed',
      warning: `The revision is DEPLOYED, but after two minutes the deployment ${instead} as its active revision. Check that the new code serves.`
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
    const followed = beginWatch(successor, 'follow')
    return {
      state: { ...followed, warnedOfUnknown: state.warnedOfUnknown },
      atOnce: true,
      warning: `${reason} Following the newest from here.`
    }
  }
  return { state, atOnce: false, verdict: { status: 'superseded', reason, passes: state.onSuperseded === 'warn' } }
}

export interface WatchContext {
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

const SHORTEST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 10_000
/** A pause is this share of the time waited so far, so that the lag after the end stays in proportion. */
const PAUSE_SHARE = 0.05
/** Pauses are shortened by up to this share at random, so that runs begun together do not ask together. */
const JITTER_SHARE = 0.1
const HEARTBEAT_MS = 60_000

/** The pause after `waitedMs` of waiting, in milliseconds. */
export function pauseAfter(waitedMs: number, longestMs: number = LONGEST_PAUSE_MS, random: number = 0): number {
  const ms = Math.min(longestMs, Math.max(SHORTEST_PAUSE_MS, waitedMs * PAUSE_SHARE))
  return ms * (1 - JITTER_SHARE * random)
}

/**
 * Follows a revision until it serves or fails: a thin loop around `step`, with one request a look.
 *
 * @param own whether this run made the revision
 * @throws {DeadlineError} when the deadline comes first, {CancelledError} when the job is cancelled
 * @throws {ApiError} when the key is refused for good
 */
export async function watch(
  context: WatchContext,
  deployment: Deployment,
  revision: Revision,
  { onSuperseded, own }: { readonly onSuperseded: OnSuperseded; readonly own: boolean }
): Promise<Verdict> {
  const { client, limits, progress, pollIntervalMs, afterLook, random = Math.random } = context
  const { clock } = limits
  const since = clock.now()
  let state = beginWatch(revision.id, onSuperseded)
  let lastWords = since
  client.awaitRollout()

  for (;;) {
    const seen = await look(client, deployment.id, state)
    if (seen.kind === 'deployment') progress.deployment(seen.deployment)
    if (seen.kind === 'revision' && seen.revision.status !== state.status) {
      progress.revision(seen.revision, own && seen.revision.id === revision.id)
      lastWords = clock.now()
    }
    if (seen.kind === 'revision') await afterLook?.(seen.revision)

    const next = step(state, seen, clock.now())
    state = next.state
    if (next.warning) progress.warn(next.warning)
    if (next.verdict) return next.verdict
    if (next.atOnce) continue

    if (clock.now() - lastWords >= HEARTBEAT_MS) {
      lastWords = clock.now()
      progress.note(`Still ${state.status ?? 'waiting'} after ${Math.round((clock.now() - since) / 60_000)} min.`)
    }
    await pause(limits, pauseAfter(clock.now() - since, pollIntervalMs, random()))
  }
}

async function look(client: ControlPlaneClient, deploymentId: string, state: WatchState): Promise<Observation> {
  try {
    switch (state.look) {
      case 'revision':
        return { kind: 'revision', revision: await client.revision(deploymentId, state.revisionId) }
      case 'deployment':
        return { kind: 'deployment', deployment: await client.deployment(deploymentId) }
      case 'revisions':
        return { kind: 'revisions', ids: (await client.revisions(deploymentId)).resources.map(({ id }) => id) }
    }
  } catch (error) {
    // The transport has borne 404 for half a minute by now.
    if (error instanceof ApiError && error.status === 404) return { kind: 'vanished' }
    throw error
  }
}
