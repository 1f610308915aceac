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

/** What exists, and the plan for it. */
export interface Decision<P extends WritePlan = Plan> {
  readonly current: CurrentState
  readonly plan: P
  /** When that was read, in milliseconds of the run's clock. */
  readonly readAt: number
}

/** What is to be written, and how it is decided. `sent` is read at each send, for an archive gets its address late. */
export interface Wanted extends Identity {
  /** The commit that the new revision is to be built from, if it is known. */
  readonly commit?: string | undefined
  /** Reads what exists now and plans for it. A plan that differs from the one before is told by it. */
  readonly decide: () => Promise<Decision<WritePlan>>
}

/** How often one write is sent in all, and again only after no effect of it could be found. */
const MOST_SENDS = 3
/** How long another rollout may answer 409 to ours. */
const BUSY_MS = 120_000
const FIRST_BUSY_PAUSE_MS = 5_000
/** What was read longer ago than this, in milliseconds, is read again before anything is sent: its secrets are sent along. */
export const FRESH_MS = 2_000

/** What the earlier sends of one write have left behind. */
interface History {
  /** The first send in doubt: whatever appears from then on can be its effect. */
  doubt?: Attempt | undefined
  /** How many sends were in doubt. */
  doubts: number
  /** Why the last of them was in doubt. */
  unanswered?: Error
  /** The answer to a create that conflicts with something. */
  conflict?: ApiError
  /** The type in the spelling that the server asked for. */
  spelling?: string
  /** The pauses that are left for another rollout, in milliseconds. */
  readonly busyPauses: number[]
  /** The changes that were sent and make a revision. */
  readonly written: PatchPlan[]
  /** Active right before the first of these sends, or of those of another kind. */
  activeBefore?: string | null
}

/** What was sent until something came of it. */
export interface Sends {
  /** The changes, with what was there before, in their order. */
  readonly written: readonly PatchPlan[]
  /** The revision that was active right before the first send; `null` when none was. */
  readonly activeBefore: string | null
}

/**
 * Carries a plan out once, also when an answer is lost. After a doubt, the effect of the write is looked for; the write is
 * sent again only if none was found, and always from what was read right before.
 *
 * @returns our deployment and our revision, which need not be the newest of the list
 * @throws {ApiError} when the server refuses
 * @throws {RefusalError} when no effect can be found after three sends, or what exists by then does not allow the plan
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

/** Notes a send that is about to be made. @returns what this and the earlier ones change, by name */
function noteSend(history: History, { plan }: Attempt, { deployment }: CurrentState): readonly string[] {
  if (plan.makesRevision) {
    if (history.activeBefore === undefined) history.activeBefore = deployment?.active_revision_id ?? null
    if (plan.kind === 'patch') history.written.push(plan)
  }
  return namesChanged(history.written)
}

/**
 * Makes a new revision from an earlier one with the same care for lost answers. The target stays the same at every send.
 *
 * @param revisions those that exist before the write, newest first
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

/** @throws {RefusalError} when the earlier sends do not allow another one */
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

/** Decides anew. An earlier send in doubt can have acted before that, so its effect is looked for after it. */
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
  // The deployment that has the name now is not ours: the create has failed and can never take effect.
  history.doubt = undefined
  return decide()
}

/**
 * Acts on what became of a send, and notes it in the history.
 *
 * @returns what came of the write; nothing when it is to be sent again
 * @throws {ApiError} when it is refused for good
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
  // An earlier send may have acted and caused the refusal; so may this one, if something on the way repeats or rewrites.
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
 * The type of a refused create in the spelling that the server asks for.
 *
 * @param tried the other spelling, if that was sent
 * @throws the refusal, if it has another reason
 */
function respell({ progress }: ApplyContext, plan: Sendable, error: ApiError, tried: string | undefined): string {
  if (plan.kind !== 'create') throw error
  const other = tried === undefined ? respelled(plan.body, error) : undefined
  if (other === undefined) throw typeRefused(plan.body, shownType(plan), error) ?? error
  progress.note(`The control plane calls this deployment type ${other}; repeating the create request with that value.`)
  return other
}

/** A create with its type in another spelling of it. */
function withSpelling(plan: Sendable, spelling: string | undefined): Sendable {
  if (plan.kind !== 'create' || spelling === undefined) return plan
  const config = asObject(plan.body.source_config)
  return { ...plan, body: { ...plan.body, source_config: { ...config, deployment_type: spelling } } }
}

/** The type as the plan shows it. */
function shownType({ rows }: Plan): string | undefined {
  const row = rows.find((each) => each.about === 'field' && each.name === 'deployment_type')
  const value: Json = row && 'value' in row ? row.value : null
  return typeof value === 'string' ? value : undefined
}

/** @param ms the next pause; nothing if there was time enough for the other rollout */
async function waitForOtherRollout(
  { limits, progress }: ApplyContext,
  { plan, intent }: Attempt,
  error: ApiError,
  ms: number | undefined
): Promise<void> {
  if (ms === undefined) throw rolloutInProgress(intent.name, error)
  progress.note(
    `LangSmith returned 409 for the ${plan.kind} request: another rollout may be in progress. Retrying in ${Math.round(ms / 1_000)} s.`
  )
  await pause(limits, ms).catch((reason: unknown) => {
    const said = error.detail ? `: ${error.detail}` : ''
    throw reason instanceof DeadlineError ? new DeadlineError(`the ${plan.kind} request (returned 409${said})`) : reason
  })
}
