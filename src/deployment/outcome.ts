import type { ApiError } from '../control-plane/errors.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { endsRun, pause } from '../run/limits.ts'
import { growingPauses, lookRepeatedly } from '../run/poll.ts'
import { type ApplyContext, type Attempt, leavesTrace } from './attempt.ts'
import { carries, type Effect, findCandidates, findEffect } from './trace.ts'

/*
 * What came of a send: the revision that the answer leads to, or the effect that is looked for when there is no answer.
 */

/** What came of a write. */
export type Applied =
  | { readonly kind: 'revision'; readonly deployment: Deployment; readonly revision: Revision }
  /** `did`: what this run did to the deployment. */
  | { readonly kind: 'no-revision'; readonly deployment: Deployment; readonly did: 'nothing' | 'change' | 'create' }
  /** The write was accepted, and no revision of ours appeared in time; `other`: the one that the answer named. */
  | { readonly kind: 'missing'; readonly deployment: Deployment; readonly other: Revision | undefined }

/** A server can commit long after it answered 504; so long its effect is looked for before anything is sent again. */
const DOUBT_MS = 90_000
/** With less time than this before the deadline, half of what is left is spent on that. */
const SHORT_OF_TIME_MS = 180_000
/** How long a revision may take to appear after the write was answered. */
const APPEARS_WITHIN_MS = 30_000
const APPEARS_PAUSE_MS = 1_000
/** Pauses between looks when a conflict says that something was made, in milliseconds: a list can lag behind it. */
export const LATE_PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000]
/** How many of these looks what a create conflicts with may take to be listed. */
const CONFLICT_LOOKS = 4

/** Looks for the effect of a write in doubt: at once, then with growing pauses, in the time that the deadline leaves. */
export async function searchInDoubt(
  context: ApplyContext,
  attempt: Attempt,
  error: Error
): Promise<Applied | undefined> {
  const { limits, progress } = context
  if (!leavesTrace(attempt)) {
    progress.note(`The ${attempt.plan.kind} request got no response (${error.message}); reading the deployment again.`)
    return undefined
  }
  const left = limits.deadline - limits.clock.now()
  const forMs = Math.max(0, left < SHORT_OF_TIME_MS ? left / 2 : DOUBT_MS)
  progress.note(
    `The ${attempt.plan.kind} request got no clear response (${error.message}). Checking for up to ${Math.round(forMs / 1_000)} s whether it took effect before retrying.`
  )
  return search(context, attempt, growingPauses(forMs))
}

/** Looks for the effect of a write at once and after each of the pauses, in milliseconds. What is only likely to be it comes last. */
export async function search(
  context: ApplyContext,
  attempt: Attempt,
  pauses: readonly number[]
): Promise<Applied | undefined> {
  let likely: Effect | undefined
  const found = await lookRepeatedly(context.limits, pauses, async () => {
    const seen = await findEffect(context.client, attempt.intent, { body: attempt.plan.body })
    if (seen === 'other' || seen?.isConfirmed) return seen
    likely = seen
    return undefined
  })
  if (found === 'other') return undefined
  const effect = found ?? likely
  return effect && adopt(context, attempt, effect)
}

/**
 * Looks whether a refused write has acted all the same: something on the way can have sent it twice, or have replaced the
 * answer. What is found is ours only if it is exactly what was sent. One look; more where a list can lag behind a
 * conflict, a page tells of a proxy, or what was found does not tell its commit yet.
 */
export async function findDespiteRefusal(
  context: ApplyContext,
  attempt: Attempt,
  commit: string | undefined,
  error: ApiError
): Promise<Applied | undefined> {
  if (!leavesTrace(attempt)) return undefined
  const { client, limits } = context
  const { intent, plan } = attempt
  // From here on a replica may lag behind what has been made.
  if (error.status === 409) client.awaitRollout()
  const conflict = { commit: commit ?? intent.sent.repo_commit_sha ?? undefined }
  const isSomethingThere = error.status === 409 && plan.kind === 'create'
  const blindLooks = error.isHtml ? LATE_PAUSES_MS.length + 1 : isSomethingThere ? CONFLICT_LOOKS : 1
  let looks = 0
  const found = await lookRepeatedly(limits, LATE_PAUSES_MS, async () => {
    looks += 1
    const seen = await findEffect(client, intent, { body: plan.body, conflict }).catch((reason: unknown) => {
      // The refusal tells more than that nothing could be looked for after it.
      if (endsRun(reason)) throw reason
    })
    if (seen === 'other' || seen?.isConfirmed) return seen
    return !seen && looks >= blindLooks ? 'nothing' : undefined
  })
  return typeof found === 'object' ? adopt(context, attempt, found, error) : undefined
}

/** Goes on from what was found. @param refusal the answer to the write, if it was not lost */
function adopt(
  { progress }: ApplyContext,
  attempt: Attempt,
  { deployment, revision }: Effect,
  refusal?: ApiError
): Applied {
  progress.note(
    refusal
      ? `The ${attempt.plan.kind} request returned ${refusal.status}, but the deployment has exactly what this run sent; continuing.`
      : `The ${attempt.plan.kind} request took effect; only its response was lost.`
  )
  // A conflict says that somebody has created it, which need not have been this run.
  const isCreate = attempt.plan.kind === 'create'
  const created = isCreate ? refusal?.status !== 409 : undefined
  progress.deployment(deployment, created)
  if (!revision) {
    return { kind: 'no-revision', deployment, did: created ? 'create' : isCreate ? 'nothing' : 'change' }
  }
  progress.made(revision, { isCertain: attempt.intent.isUnique })
  return { kind: 'revision', deployment, revision }
}

/** Goes on from the answer: waits until our revision appears, where the write makes one. */
export async function awaitOurs(context: ApplyContext, attempt: Attempt, answer: Deployment): Promise<Applied> {
  const { client, limits, progress } = context
  const { intent, plan, seen } = attempt
  const isCreate = plan.kind === 'create'
  progress.deployment(answer, isCreate || undefined)
  if (!plan.makesRevision) return { kind: 'no-revision', deployment: answer, did: isCreate ? 'create' : 'change' }

  const since = limits.clock.now()
  const named = answer.latest_revision_id
  let namesOurs = named !== null && !seen.includes(named)
  if (named !== null && namesOurs) progress.named(named)
  // Not by `poll`: a look can follow at once.
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
  { plan, intent, isRepeated }: Attempt,
  current: Deployment,
  ours: readonly Revision[],
  named: string | null
): Revision | undefined {
  // Before the create there was no revision, so its own is the first.
  const first = plan.kind === 'create' || intent.isUnique ? ours.at(-1) : undefined
  const chosen = first ?? ours.find(({ id }) => id === named) ?? ours.at(isRepeated ? 0 : -1)
  // What the answer names needs no further proof; a server may hide the secrets.
  const isDubious = chosen !== undefined && chosen.id !== named && chosen.id === current.latest_revision_id
  return isDubious && !carries(current, plan.body) ? undefined : chosen
}
