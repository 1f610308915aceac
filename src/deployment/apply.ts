import type { ApiError } from '../control-plane/errors.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { DeadlineError, pause } from '../run/limits.ts'
import type { Json } from '../run/object.ts'
import { growingPauses } from '../run/poll.ts'
import {
  type ApplyContext,
  type Attempt,
  attemptOf,
  type CurrentState,
  type Identity,
  leavesTrace,
  type RedeployPlan,
  requestWord,
  type Sendable,
  type SendResult,
  send,
  type WritePlan
} from './attempt.ts'
import { isGoing } from './find.ts'
import { asObject } from './json.ts'
import { type Applied, awaitOurs, findDespiteRefusal, LATE_PAUSES_MS, search, searchInDoubt } from './outcome.ts'
import type { PatchPlan, Plan } from './plan.ts'
import { createFailed, deploymentGoing, rolloutInProgress, writeLost } from './refusals.ts'
import { namesChanged } from './restore.ts'
import { sentAgain } from './revision.ts'
import { respelled, typeRefused } from './sources/deployment-type.ts'

/** The current state, and the plan for it. */
export interface Decision<P extends WritePlan = Plan> {
  readonly current: CurrentState
  readonly plan: P
  /** Time at which the state was read, in milliseconds of the run's clock. */
  readonly readAt: number
}

/** A write, and the function that plans it. `sent` is read at each send, because an archive gets its address late. */
export interface Wanted extends Identity {
  /** The commit to build the new revision from, if known. */
  readonly commit?: string | undefined
  /** Reads the current state and plans for it. Also reports a plan that differs from the previous one. */
  readonly decide: () => Promise<Decision<WritePlan>>
}

/** Maximum number of sends of one write. A write is repeated only if no effect of it was found. */
const MOST_SENDS = 3
/** Time for which a 409 is retried while another rollout may be in progress. */
const BUSY_MS = 120_000
const FIRST_BUSY_PAUSE_MS = 5_000
/** Maximum age of the state before a send, in milliseconds. An older state is read again: its secrets are sent too. */
export const FRESH_MS = 2_000

/** Results of the earlier sends of one write. */
interface History {
  /** The first send in doubt. Anything that appears after it can be its effect. */
  doubt?: Attempt | undefined
  /** Number of sends in doubt. */
  doubts: number
  /** Reason that the last of them was in doubt. */
  unanswered?: Error
  /** The 409 returned for a create. */
  conflict?: ApiError
  /** The deployment type in the spelling that the server requires. */
  spelling?: string
  /** Remaining pauses while another rollout may be in progress, in milliseconds. */
  readonly busyPauses: number[]
  /** Sent changes that create a revision. */
  readonly written: PatchPlan[]
  /** The revision that was active right before the first send that creates a revision; `null` when none was. */
  activeBefore?: string | null
}

/** The sends of one write. */
export interface Sends {
  /** Sent changes in order, each with the state before it. */
  readonly written: readonly PatchPlan[]
  /** The revision that was active right before the first send; `null` when none was. */
  readonly activeBefore: string | null
}

/**
 * Carries out a plan exactly once, even when a response is lost. After a send in doubt, it searches for the effect of
 * the write. It sends the write again only if it found no effect, and reads the state right before each send.
 *
 * @returns the deployment, and the revision of this run, which need not be the newest of the list
 * @throws {ApiError} when the server refuses the write
 * @throws {RefusalError} when three sends had no visible effect, or when the state no longer allows the plan
 */
export async function apply(
  context: ApplyContext,
  wanted: Wanted,
  first: Decision<WritePlan>
): Promise<Applied & Sends> {
  const history: History = { doubts: 0, busyPauses: [...growingPauses(BUSY_MS, FIRST_BUSY_PAUSE_MS)], written: [] }
  const applied = await sendUntilClear(context, wanted, first, history)
  return { ...applied, written: history.written, activeBefore: history.activeBefore ?? null }
}

async function sendUntilClear(
  context: ApplyContext,
  wanted: Wanted,
  first: Decision<WritePlan>,
  history: History
): Promise<Applied> {
  const isFresh = context.limits.clock.now() - first.readAt <= FRESH_MS
  let next = isFresh ? first : await reconsider(context, wanted, history)
  for (;;) {
    if ('kind' in next) return next
    const { plan, current } = next
    if (plan.kind === 'nothing') return { kind: 'no-revision', deployment: plan.deployment, did: 'nothing' }
    await checkHistory(context, wanted, plan, history)
    const attempt = attemptOf(context, wanted, withSpelling(plan, history.spelling), current, history.doubt)
    const answer = await send(context, attempt, noteSend(history, attempt, current))
    const applied = await afterAnswer(context, wanted, attempt, answer, history)
    if (applied) return applied
    next = await reconsider(context, wanted, history)
  }
}

/** Records a send before it is made. @returns names of the values that this send and earlier ones change */
function noteSend(history: History, { plan }: Attempt, { deployment }: CurrentState): readonly string[] {
  if (plan.makesRevision) {
    if (history.activeBefore === undefined) history.activeBefore = deployment?.active_revision_id ?? null
    if (plan.kind === 'patch') history.written.push(plan)
  }
  return namesChanged(history.written)
}

/**
 * Creates a new revision from an earlier one, with the same handling of lost responses. Every send has the same target.
 *
 * @param revisions the revisions before the write, newest first
 */
export function applyRedeploy(
  context: ApplyContext,
  deployment: Deployment,
  target: Revision,
  revisions: readonly Revision[]
): Promise<Applied & Sends> {
  const { client, limits } = context
  const plan: RedeployPlan = { kind: 'redeploy', deployment, target, body: {}, makesRevision: true }
  const decide = async () => {
    const { resources } = await client.revisions(deployment.id)
    return { current: { deployment, revisions: resources }, plan, readAt: limits.clock.now() }
  }
  const first = { current: { deployment, revisions }, plan, readAt: limits.clock.now() }
  return apply(context, { name: deployment.name, sent: sentAgain(target), decide }, first)
}

/** @throws {RefusalError} when the results of earlier sends do not allow another one */
async function checkHistory(
  { client }: ApplyContext,
  { name }: Wanted,
  { kind }: Sendable,
  { doubts, unanswered, conflict }: History
): Promise<void> {
  if (kind === 'create' && conflict) {
    const going = (await client.deploymentsGoing(name)).find(isGoing)
    throw going ? deploymentGoing(going) : createFailed(name, conflict)
  }
  if (!unanswered || doubts < MOST_SENDS) return
  throw kind === 'create' ? createFailed(name, unanswered) : writeLost(`The ${kind} request`, unanswered)
}

/** Plans again, then searches for the effect of an earlier send, which may have taken effect before the plan. */
async function reconsider(
  context: ApplyContext,
  { decide }: Wanted,
  history: History
): Promise<Applied | Decision<WritePlan>> {
  const decision = await decide()
  const { doubt } = history
  if (!doubt) return decision
  const isNameTaken = doubt.plan.kind === 'create' && decision.current.deployment !== undefined
  const found = await search(context, doubt, isNameTaken ? LATE_PAUSES_MS : [])
  if (found || !isNameTaken) return found ?? decision
  // This run did not create the deployment that has the name, so its create failed and can no longer take effect.
  history.doubt = undefined
  return decide()
}

/**
 * Handles the result of a send and records it in the history.
 *
 * @returns the result of the write; `undefined` when it must be sent again
 * @throws {ApiError} when the refusal is final
 */
async function afterAnswer(
  context: ApplyContext,
  wanted: Wanted,
  attempt: Attempt,
  answer: SendResult,
  history: History
): Promise<Applied | undefined> {
  switch (answer.kind) {
    case 'answered':
      return awaitOurs(context, attempt, answer.value)
    case 'not-taken':
      return undefined
    case 'in-doubt':
      history.doubts += 1
      history.unanswered = answer.error
      if (leavesTrace(attempt)) history.doubt ??= attempt
      return searchInDoubt(context, attempt, answer.error)
    case 'refused':
      return afterRefusal(context, wanted, attempt, answer.error, history)
  }
}

async function afterRefusal(
  context: ApplyContext,
  wanted: Wanted,
  attempt: Attempt,
  error: ApiError,
  history: History
): Promise<Applied | undefined> {
  const { plan } = attempt
  // An earlier send may have taken effect and caused the refusal. So may this one if a proxy repeated the request or
  // replaced the response.
  const found = history.doubt
    ? await search(context, history.doubt, error.status === 409 ? LATE_PAUSES_MS : [])
    : await findDespiteRefusal(context, attempt, wanted.commit, error)
  if (found) return found
  if (error.status !== 409) history.spelling = respell(context, plan, error, history.spelling)
  else if (plan.kind === 'create') history.conflict = error
  else await waitForOtherRollout(context, attempt, error, history.busyPauses.shift())
  return undefined
}

/**
 * Returns the type of a refused create in the spelling that the server requires.
 *
 * @param tried the other spelling, if it was already sent
 * @throws the refusal, if it has another reason
 */
function respell({ progress }: ApplyContext, plan: Sendable, error: ApiError, tried: string | undefined): string {
  if (plan.kind !== 'create') throw error
  const other = tried === undefined ? respelled(plan.body, error) : undefined
  if (other === undefined) throw typeRefused(plan.body, shownType(plan), error) ?? error
  progress.note(
    `The control plane uses ${other} for this deployment type; repeating the create request with that value.`
  )
  return other
}

/** Replaces the deployment type of a create by its other spelling. */
function withSpelling(plan: Sendable, spelling: string | undefined): Sendable {
  if (plan.kind !== 'create' || spelling === undefined) return plan
  const config = asObject(plan.body.source_config)
  return { ...plan, body: { ...plan.body, source_config: { ...config, deployment_type: spelling } } }
}

/** Returns the deployment type as the plan shows it. */
function shownType({ rows }: Plan): string | undefined {
  const row = rows.find((each) => each.about === 'field' && each.name === 'deployment_type')
  const value: Json = row && 'value' in row ? row.value : null
  return typeof value === 'string' ? value : undefined
}

/** @param ms the next pause; `undefined` when the time for the other rollout is over */
async function waitForOtherRollout(
  { limits, progress }: ApplyContext,
  { plan, intent }: Attempt,
  error: ApiError,
  ms: number | undefined
): Promise<void> {
  if (ms === undefined) throw rolloutInProgress(intent.name, error)
  progress.note(
    `LangSmith returned 409 for the ${requestWord(plan)} request: another rollout may be in progress. Retrying in ${Math.round(ms / 1_000)} s.`
  )
  await pause(limits, ms).catch((reason: unknown) => {
    const said = error.detail ? `: ${error.detail}` : ''
    throw reason instanceof DeadlineError
      ? new DeadlineError(`the ${requestWord(plan)} request (returned 409${said})`)
      : reason
  })
}
