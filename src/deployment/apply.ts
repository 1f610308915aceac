import type { ControlPlaneClient } from '../control-plane/client.ts'
import { ApiError } from '../control-plane/errors.ts'
import type { Deployment, JsonObject, Revision } from '../control-plane/resources.ts'
import type { Written } from '../control-plane/transport.ts'
import { CancelledError, DeadlineError, type Limits, pause } from '../limits.ts'
import { object } from '../object.ts'
import { growingPauses, lookRepeatedly } from '../run/poll.ts'
import { isGoing } from './find.ts'
import type { PatchPlan, Plan } from './plan.ts'
import type { Intent, Progress } from './progress.ts'
import { createFailed, deploymentGoing, rolloutInProgress, writeLost } from './refusals.ts'
import { sentAgain } from './revision.ts'
import { respelled, typeOf, typeRefused } from './sources/deployment-type.ts'
import type { SentRevision } from './sources/source.ts'
import { carries, type Effect, findCandidates, findEffect, type Recall } from './trace.ts'

/** What exists in LangSmith right before a write. */
export interface Situation {
  readonly deployment: Deployment | undefined
  /** Newest first. */
  readonly revisions: readonly Revision[]
}

/** Makes a new revision from an earlier one. */
export interface RedeployPlan {
  readonly kind: 'redeploy'
  readonly deployment: Deployment
  readonly target: Revision
}

/** A situation and the plan for it. */
export interface Decision<P extends Plan | RedeployPlan = Plan> {
  readonly situation: Situation
  readonly plan: P
  /** When the situation was read, in milliseconds of the run's clock. */
  readonly readAt: number
}

/** What came of a write. */
export type Applied =
  | {
      readonly kind: 'revision'
      readonly deployment: Deployment
      readonly revision: Revision
    }
  | { readonly kind: 'no-revision'; readonly deployment: Deployment }
  /** The write was accepted, and no revision of ours appeared in time; `other`: the one that the answer named. */
  | { readonly kind: 'missing'; readonly deployment: Deployment; readonly other: Revision | undefined }

export interface ApplyContext {
  readonly client: ControlPlaneClient
  readonly limits: Limits
  readonly progress: Progress
}

/** What is to be written, and how it is decided. */
export interface Wanted<P extends Plan | RedeployPlan = Plan> {
  readonly name: string
  /** Read at each send, for an archive gets its address late. */
  readonly sent: SentRevision
  /** See `Intent.isUnique`. */
  readonly isUnique?: boolean
  /** The commit that the new revision is to be built from, if it is known. */
  readonly commit?: string | undefined
  /** Reads what exists now and plans for it. A plan that differs from the one before is told by it. */
  readonly decide: () => Promise<Decision<P>>
}

/** How often one write is sent in all, and again only after no effect of it could be found. */
const MOST_SENDS = 3
/** A server can commit long after it answered 504; so long its effect is looked for before anything is sent again. */
const DOUBT_MS = 90_000
/** With less time than this before the deadline, half of what is left is spent on that. */
const SHORT_OF_TIME_MS = 180_000
/** How long another rollout may answer 409 to ours. */
const BUSY_MS = 120_000
const FIRST_BUSY_PAUSE_MS = 5_000
/** How long a revision may take to appear after the write was answered. */
const APPEARS_WITHIN_MS = 30_000
const APPEARS_PAUSE_MS = 1_000
/** Pauses between looks when a conflict says that something was made, in milliseconds: a list can lag behind it. */
const LATE_PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000]
/** How many of these looks what a create conflicts with may take to be listed. */
const CONFLICT_LOOKS = 4
/** A situation older than this, in milliseconds, is read again before anything is sent: its secrets are sent along. */
export const FRESH_MS = 2_000

/**
 * Carries a plan out once, also when an answer is lost. After a doubt, the effect of the write is looked for; the write is
 * sent again only if none was found, and always from a situation that was read right before.
 *
 * @returns our deployment and our revision, which need not be the newest of the list
 * @throws {ApiError} when the server refuses
 * @throws {RefusalError} when no effect can be found after three sends, or what exists by then does not allow the plan
 */
export async function apply<P extends Plan | RedeployPlan>(
  context: ApplyContext,
  wanted: Wanted<P>,
  first: Decision<P>
): Promise<Applied> {
  const { limits, progress } = context
  const busyPauses = [...growingPauses(BUSY_MS, FIRST_BUSY_PAUSE_MS)]
  let decision = first
  let isFresh = limits.clock.now() - first.readAt <= FRESH_MS
  /** The first send in doubt: whatever appears from then on can be its effect. */
  let doubt: Attempt | undefined
  let unanswered: Error | undefined
  let conflict: ApiError | undefined
  /** The type in the spelling that the server asked for. */
  let spelling: string | undefined

  for (let doubts = 0; ; isFresh = false) {
    if (!isFresh) {
      const next = await reconsider(context, wanted, doubt)
      if (next.found) return next.found
      decision = next.decision
      doubt = next.doubt
    }
    const { plan, situation } = decision
    if (plan.kind === 'nothing') return { kind: 'no-revision', deployment: plan.deployment }
    if (plan.kind === 'create' && conflict) {
      const going = (await context.client.deploymentsGoing(wanted.name)).find(isGoing)
      throw going ? deploymentGoing(going) : createFailed(wanted.name, conflict)
    }
    if (unanswered && doubts >= MOST_SENDS) throw lost(wanted.name, plan, unanswered)

    const attempt = attemptOf(context, wanted, withSpelling(plan, spelling), situation, doubt)
    const answer = await send(context, attempt)
    if (answer.kind === 'answered') return settle(context, attempt, answer.value)
    if (answer.kind === 'not-taken') continue

    if (answer.kind === 'in-doubt') {
      doubts += 1
      unanswered = answer.error
      if (attempt.leavesTrace) doubt ??= attempt
      const found = await searchInDoubt(context, attempt, answer.error)
      if (found) return found
      continue
    }
    // An earlier send may have acted and caused the refusal; so may this one, if something on the way repeats or rewrites.
    const { error } = answer
    const found = doubt
      ? await search(context, doubt, error.status === 409 ? LATE_PAUSES_MS : [])
      : await findCause(context, attempt, wanted.commit, error)
    if (found) return found
    if (error.status !== 409) {
      if (plan.kind !== 'create') throw error
      const other = spelling === undefined ? respelled(attempt.body, error) : undefined
      if (!other) throw typeRefused(attempt.body, shownType(plan), error) ?? error
      spelling = typeOf(other)
      progress.note(`The control plane takes this deployment type as ${spelling}; sending the create again with that.`)
      continue
    }
    if (attempt.what === 'create') conflict = error
    else await waitForOtherRollout(context, attempt, error, busyPauses.shift())
  }
}

/** What leads to a write. */
type Sendable = Exclude<Plan, { kind: 'nothing' }> | RedeployPlan

/** A create with its type in another spelling of it. */
function withSpelling(plan: Sendable, spelling: string | undefined): Sendable {
  if (plan.kind !== 'create' || spelling === undefined) return plan
  const config = object(plan.body.source_config) as JsonObject | undefined
  return { ...plan, body: { ...plan.body, source_config: { ...config, deployment_type: spelling } } }
}

/** The type as the plan shows it. */
function shownType({ rows }: Plan): string | undefined {
  const row = rows.find((each) => each.about === 'field' && each.name === 'deployment_type')
  return row && 'value' in row ? textOf(row.value) : undefined
}

type Next<P extends Plan | RedeployPlan> =
  | { readonly found: Applied }
  | { readonly found?: undefined; readonly decision: Decision<P>; readonly doubt: Attempt | undefined }

/** Decides anew. An earlier send in doubt can have acted before that, so its effect is looked for after it. */
async function reconsider<P extends Plan | RedeployPlan>(
  context: ApplyContext,
  wanted: Wanted<P>,
  doubt: Attempt | undefined
): Promise<Next<P>> {
  const decision = await wanted.decide()
  if (!doubt) return { decision, doubt }
  if (doubt.what !== 'create' || !decision.situation.deployment) {
    const found = await recover(context, doubt)
    return found ? { found } : { decision, doubt }
  }
  // A deployment has the name now. If it is not ours, the create has failed and can never take effect.
  const found = await search(context, doubt, LATE_PAUSES_MS)
  return found ? { found } : { decision: await wanted.decide(), doubt: undefined }
}

/** @param ms the next pause; nothing if there was time enough for the other rollout */
async function waitForOtherRollout(
  { limits, progress }: ApplyContext,
  { what, intent }: Attempt,
  error: ApiError,
  ms: number | undefined
): Promise<void> {
  if (ms === undefined) throw rolloutInProgress(intent.name, error)
  progress.note(
    `LangSmith returned 409 for the ${what}: another rollout may be in progress. Trying again in ${Math.round(ms / 1_000)} s.`
  )
  await pause(limits, ms).catch((reason: unknown) => {
    const said = error.detail ? `: ${error.detail}` : ''
    throw reason instanceof DeadlineError ? new DeadlineError(`the ${what} (answered 409${said})`) : reason
  })
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
): Promise<Applied> {
  const { client, limits } = context
  const plan: RedeployPlan = { kind: 'redeploy', deployment, target }
  const decide = async () => {
    const { resources } = await client.revisions(deployment.id)
    return { situation: { deployment, revisions: resources }, plan, readAt: limits.clock.now() }
  }
  const first = { situation: { deployment, revisions }, plan, readAt: limits.clock.now() }
  return apply(context, { name: deployment.name, sent: sentAgain(target), decide }, first)
}

/** One send of one write. */
interface Attempt {
  readonly what: 'create' | 'patch' | 'redeploy'
  readonly intent: Intent
  /** IDs of the revisions that existed right before it; with those of earlier sends in doubt. */
  readonly seen: readonly string[]
  /** Whether its effect can be recognized; a patch that makes no revision is simply planned again. */
  readonly leavesTrace: boolean
  readonly makesRevision: boolean
  /** Whether an earlier send was in doubt: then the newest revision that agrees is ours. */
  readonly isRepeated: boolean
  readonly body: JsonObject
  readonly post: () => Promise<Written<Deployment>>
  readonly plan?: PatchPlan
}

function attemptOf(
  { client, limits }: ApplyContext,
  { name, sent, isUnique: isOnlyOurs = false }: Wanted<Plan | RedeployPlan>,
  plan: Sendable,
  situation: Situation,
  doubt: Attempt | undefined
): Attempt {
  // Once a send is in doubt, whatever appears can be its effect.
  const seen = knownIds(situation)
  const known = doubt?.intent.known ?? seen
  const isRepeated = doubt !== undefined
  const isUnique = isOnlyOurs && !isRepeated
  if (plan.kind === 'create') {
    const { body, makesRevision } = plan
    const secrets = Array.isArray(body.secrets) ? body.secrets : []
    const created = {
      source: String(body.source),
      repoUrl: textOf(object(body.source_config)?.repo_url),
      secretNames: secrets.map((secret) => String(object(secret)?.name)),
      makesRevision,
      sentAt: limits.clock.now()
    }
    const intent = { name, deploymentId: undefined, known, sent, isUnique, created }
    const post = () => client.createDeployment(body)
    return { what: 'create', intent, seen, leavesTrace: true, makesRevision, isRepeated, body, post }
  }
  const { deployment } = plan
  const intent = { name, deploymentId: deployment.id, known, sent, isUnique }
  if (plan.kind === 'redeploy') {
    const post = () => client.redeploy(deployment.id, plan.target.id)
    return { what: 'redeploy', intent, seen, leavesTrace: true, makesRevision: true, isRepeated, body: {}, post }
  }
  const { body, makesRevision } = plan
  const post = () => client.patchDeployment(deployment.id, body)
  return { what: 'patch', intent, seen, leavesTrace: makesRevision, makesRevision, isRepeated, body, post, plan }
}

/** Every revision that is known to exist, even if a lagging list does not show it. */
function knownIds({ deployment, revisions }: Situation): readonly string[] {
  const ids = [deployment?.latest_revision_id, deployment?.active_revision_id, ...revisions.map(({ id }) => id)]
  return [...new Set(ids.filter((id) => typeof id === 'string'))]
}

type Answer = Written<Deployment> | { readonly kind: 'refused'; readonly error: ApiError }

async function send({ progress }: ApplyContext, { intent, makesRevision, post, plan }: Attempt): Promise<Answer> {
  // A create that makes no revision leaves nothing that could be interrupted.
  if (makesRevision) progress.aboutToWrite(intent, plan)
  try {
    return await post()
  } catch (error) {
    if (error instanceof ApiError) return { kind: 'refused', error }
    throw error
  }
}

/** Looks for the effect of a write in doubt: at once, then with growing pauses, in the time that the deadline leaves. */
async function searchInDoubt(context: ApplyContext, attempt: Attempt, error: Error): Promise<Applied | undefined> {
  const { limits, progress } = context
  if (!attempt.leavesTrace) {
    progress.note(`The ${attempt.what} was not answered (${error.message}); reading the deployment again.`)
    return undefined
  }
  const left = limits.deadline - limits.clock.now()
  const forMs = Math.max(0, left < SHORT_OF_TIME_MS ? left / 2 : DOUBT_MS)
  progress.note(
    `The ${attempt.what} got no clear answer (${error.message}). Checking for up to ${Math.round(forMs / 1_000)} s whether it took effect before it is sent again.`
  )
  return search(context, attempt, growingPauses(forMs))
}

/** Looks for the effect of a write at once and after each of the pauses, in milliseconds. What is only likely to be it comes last. */
async function search(
  context: ApplyContext,
  attempt: Attempt,
  pauses: readonly number[]
): Promise<Applied | undefined> {
  let likely: Effect | undefined
  const found = await lookRepeatedly(context.limits, pauses, async () => {
    const seen = await look(context, attempt)
    if (seen === 'other' || seen?.isConfirmed) return seen
    likely = seen
    return undefined
  })
  if (found === 'other') return undefined
  const effect = found ?? likely
  return effect && adopt(context, attempt, effect)
}

/** One look for the effect of an earlier send. */
async function recover(context: ApplyContext, attempt: Attempt): Promise<Applied | undefined> {
  const seen = await look(context, attempt)
  return seen && seen !== 'other' ? adopt(context, attempt, seen) : undefined
}

/**
 * Looks whether a refused write has acted all the same: something on the way can have sent it twice, or have replaced the
 * answer. What is found is ours only if it is exactly what was sent. One look; more where a list can lag behind a
 * conflict, a page tells of a proxy, or what was found does not tell its commit yet.
 */
async function findCause(
  context: ApplyContext,
  attempt: Attempt,
  commit: string | undefined,
  error: ApiError
): Promise<Applied | undefined> {
  if (!attempt.leavesTrace) return undefined
  // From here on a replica may lag behind what has been made.
  if (error.status === 409) context.client.awaitRollout()
  const conflict = { commit: commit ?? attempt.intent.sent.repo_commit_sha ?? undefined }
  const isSomethingThere = error.status === 409 && attempt.what === 'create'
  const blindLooks = error.isHtml ? LATE_PAUSES_MS.length + 1 : isSomethingThere ? CONFLICT_LOOKS : 1
  let looks = 0
  const found = await lookRepeatedly(context.limits, LATE_PAUSES_MS, async () => {
    looks += 1
    const seen = await look(context, attempt, conflict).catch((reason: unknown) => {
      // The refusal tells more than that nothing could be looked for after it.
      if (reason instanceof CancelledError || reason instanceof DeadlineError) throw reason
    })
    if (seen === 'other' || seen?.isConfirmed) return seen
    return !seen && looks >= blindLooks ? 'nothing' : undefined
  })
  return typeof found === 'object' ? adopt(context, attempt, found, error) : undefined
}

function look(
  { client }: ApplyContext,
  { intent, body }: Attempt,
  conflict?: Recall['conflict']
): Promise<Effect | 'other' | undefined> {
  return findEffect(client, intent, conflict ? { body, conflict } : { body })
}

/**
 * Goes on from what was found.
 *
 * @param refusal the answer to the write, if it was not lost
 */
function adopt(
  { progress }: ApplyContext,
  attempt: Attempt,
  { deployment, revision }: Effect,
  refusal?: ApiError
): Applied {
  progress.note(
    refusal
      ? `The ${attempt.what} was answered ${refusal.status}, but exactly what this run sent is there; going on with it.`
      : `The ${attempt.what} took effect; only its answer was lost.`
  )
  // A conflict says that somebody has created it, which need not have been this run.
  progress.deployment(deployment, ...(attempt.what === 'create' ? [refusal?.status !== 409] : []))
  if (!revision) return { kind: 'no-revision', deployment }
  progress.made(revision, { isCertain: attempt.intent.isUnique })
  return { kind: 'revision', deployment, revision }
}

/** Goes on from the answer: waits until our revision appears, where the write makes one. */
async function settle(context: ApplyContext, attempt: Attempt, answer: Deployment): Promise<Applied> {
  const { client, limits, progress } = context
  const { intent, makesRevision, seen } = attempt
  progress.deployment(answer, ...(attempt.what === 'create' ? [true] : []))
  if (!makesRevision) return { kind: 'no-revision', deployment: answer }

  const since = limits.clock.now()
  const named = answer.latest_revision_id
  let namesOurs = named !== null && !seen.includes(named)
  if (named !== null && namesOurs) progress.named(named)
  for (;;) {
    // What the answer does not name is judged by the deployment as it is by then, read before the list.
    const current = namesOurs ? answer : await client.deployment(answer.id)
    const candidates = await findCandidates(client, current, intent, seen)
    const revision = chooseOurs(attempt, current, candidates.ours, namesOurs ? named : null)
    const isNamed = namesOurs && revision !== undefined && revision.id === named
    const isClear = isNamed || !(namesOurs || candidates.isNamedMissing || candidates.isAhead)
    const isOver = limits.clock.now() - since >= APPEARS_WITHIN_MS
    if (revision && (isClear || (isOver && !namesOurs))) {
      // A stale answer can name a push that came right before the write.
      const isCertain = intent.isUnique || (isNamed && candidates.ours.length === 1)
      progress.made(revision, { isCertain })
      return { kind: 'revision', deployment: answer, revision }
    }
    if (isOver) return { kind: 'missing', deployment: answer, other: candidates.named }
    // It is there and holds something else: somebody else's, made before the answer was written.
    const isElse = namesOurs && candidates.named !== undefined && !isNamed && tellsItsCode(candidates.named)
    if (isElse) namesOurs = false
    else await pause(limits, APPEARS_PAUSE_MS)
  }
}

/** Whether a server has filled in by now what the revision is made from. */
function tellsItsCode({ source_revision_config: code }: Revision): boolean {
  return (code.repo_ref ?? code.image_uri ?? code.source_tarball_path) !== null
}

/** Which of the revisions that agree is ours; nothing if the deployment shows that none is. */
function chooseOurs(
  { what, intent, body, isRepeated }: Attempt,
  current: Deployment,
  ours: readonly Revision[],
  named: string | null
): Revision | undefined {
  // Before the create there was no revision, so its own is the first.
  const first = what === 'create' || intent.isUnique ? ours.at(-1) : undefined
  const chosen = first ?? ours.find(({ id }) => id === named) ?? ours.at(isRepeated ? 0 : -1)
  // What the answer names needs no further proof; a server may hide the secrets.
  const isDubious = chosen !== undefined && chosen.id !== named && chosen.id === current.latest_revision_id
  return isDubious && !carries(current, body) ? undefined : chosen
}

function lost(name: string, { kind }: Plan | RedeployPlan, behind: Error): Error {
  return kind === 'create' ? createFailed(name, behind) : writeLost(`The ${kind}`, behind)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
