import type { ApiError } from '../control-plane/errors.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { endsRun, pause } from '../run/limits.ts'
import { growingPauses, lookRepeatedly } from '../run/poll.ts'
import { type ApplyContext, type Attempt, leavesTrace, requestWord } from './attempt.ts'
import { carries, type Effect, findCandidates, findEffect } from './trace.ts'

/*
 * The result of a send: the revision that belongs to the response or, if the response is lost, the effect of the write.
 */

/** Result of a write. */
export type Applied =
  | { readonly kind: 'revision'; readonly deployment: Deployment; readonly revision: Revision }
  /** `did`: the effect of this run on the deployment. */
  | { readonly kind: 'no-revision'; readonly deployment: Deployment; readonly did: 'nothing' | 'change' | 'create' }
  /** The write was accepted, but its revision did not appear in time. `other`: the revision that the response names. */
  | { readonly kind: 'missing'; readonly deployment: Deployment; readonly other: Revision | undefined }

/** Time to search for the effect before a write is repeated: a server can commit long after it returned 504. */
const DOUBT_MS = 90_000
/** If less time than this is left before the deadline, the search uses half of it. */
const SHORT_OF_TIME_MS = 180_000
/** Time within which a revision must appear after the response to the write. */
const APPEARS_WITHIN_MS = 30_000
const APPEARS_PAUSE_MS = 1_000
/** Pauses between searches after a conflict, in milliseconds: the list can lag behind the conflicting object. */
export const LATE_PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000]
/** Number of these searches within which the deployment that conflicts with a create must appear. */
const CONFLICT_SEARCHES = 4

/** Searches for the effect of a write in doubt: at once, then after growing pauses, as long as the deadline allows. */
export async function searchInDoubt(
  context: ApplyContext,
  attempt: Attempt,
  error: Error
): Promise<Applied | undefined> {
  const { limits, progress } = context
  if (!leavesTrace(attempt)) {
    progress.note(
      `The ${requestWord(attempt.plan)} request got no response (${error.message}); reading the deployment again.`
    )
    return undefined
  }
  const left = limits.deadline - limits.clock.now()
  const forMs = Math.max(0, left < SHORT_OF_TIME_MS ? left / 2 : DOUBT_MS)
  progress.note(
    `The ${requestWord(attempt.plan)} request got no clear response (${error.message}). Checking for up to ${Math.round(forMs / 1_000)} s whether it took effect before retrying.`
  )
  return search(context, attempt, growingPauses(forMs))
}

/**
 * Searches for the effect of a write at once and after each pause. Uses an unconfirmed effect only if the searches find
 * no confirmed one.
 *
 * @param pauses in milliseconds
 */
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
 * Searches for the effect of a refused write: a proxy may have sent it twice or replaced the response. The effect
 * belongs to this run only if it is exactly what was sent. Searches once. Searches several times if a list can lag
 * behind a conflict, if an HTML response suggests a proxy, or if the effect does not report its commit yet.
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
  // A replica may lag behind the write from here on.
  if (error.status === 409) client.awaitRollout()
  const conflict = { commit: commit ?? intent.sent.repo_commit_sha ?? undefined }
  const isSomethingThere = error.status === 409 && plan.kind === 'create'
  const emptySearches = error.isHtml ? LATE_PAUSES_MS.length + 1 : isSomethingThere ? CONFLICT_SEARCHES : 1
  let searches = 0
  const found = await lookRepeatedly(limits, LATE_PAUSES_MS, async () => {
    searches += 1
    const seen = await findEffect(client, intent, { body: plan.body, conflict }).catch((reason: unknown) => {
      // The refusal is more useful to the user than the error of this search.
      if (endsRun(reason)) throw reason
    })
    if (seen === 'other' || seen?.isConfirmed) return seen
    return !seen && searches >= emptySearches ? 'nothing' : undefined
  })
  return typeof found === 'object' ? adopt(context, attempt, found, error) : undefined
}

/** Continues with the effect that was found. @param refusal the error response to the write, if it was not lost */
function adopt(
  { progress }: ApplyContext,
  attempt: Attempt,
  { deployment, revision }: Effect,
  refusal?: ApiError
): Applied {
  progress.note(
    refusal
      ? `The ${requestWord(attempt.plan)} request returned ${refusal.status}, but the deployment has exactly what this run sent; continuing.`
      : `The ${requestWord(attempt.plan)} request took effect; only its response was lost.`
  )
  // After a 409, the deployment exists, but another run may have created it.
  const isCreate = attempt.plan.kind === 'create'
  const created = isCreate ? refusal?.status !== 409 : undefined
  progress.deployment(deployment, created)
  if (!revision) {
    return { kind: 'no-revision', deployment, did: created ? 'create' : isCreate ? 'nothing' : 'change' }
  }
  progress.made(revision, { isCertain: attempt.intent.isUnique })
  return { kind: 'revision', deployment, revision }
}

/** Continues with the response: waits until the revision of this run appears, if the write creates one. */
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
  // Does not use `poll`, because the next read may follow without a pause.
  for (;;) {
    // If the response does not name the revision, the current deployment counts. It is read before the list.
    const current = namesOurs ? answer : await client.deployment(answer.id)
    const candidates = await findCandidates(client, current, intent, seen)
    const revision = chooseOurs(attempt, current, candidates.ours, namesOurs ? named : null)
    const isNamed = namesOurs && revision !== undefined && revision.id === named
    const isClear = isNamed || !(namesOurs || candidates.isNamedMissing || candidates.isAhead)
    const isOver = limits.clock.now() - since >= APPEARS_WITHIN_MS
    if (revision && (isClear || (isOver && !namesOurs))) {
      // A stale response can name a revision that a push created right before the write.
      const isCertain = intent.isUnique || (isNamed && candidates.ours.length === 1)
      progress.made(revision, { isCertain })
      return { kind: 'revision', deployment: answer, revision }
    }
    if (isOver) return { kind: 'missing', deployment: answer, other: candidates.named }
    // The named revision has other code: another run created it before the server wrote the response.
    const isElse = namesOurs && candidates.named !== undefined && !isNamed && tellsItsCode(candidates.named)
    if (isElse) namesOurs = false
    else await pause(limits, APPEARS_PAUSE_MS)
  }
}

/** True if the server already reports the code of a revision. */
function tellsItsCode({ source_revision_config: code }: Revision): boolean {
  return (code.repo_ref ?? code.image_uri ?? code.source_tarball_path) !== null
}

/** Returns the revision of this run among the matching ones; `undefined` if the deployment shows that there is none. */
function chooseOurs(
  { plan, intent, isRepeated }: Attempt,
  current: Deployment,
  ours: readonly Revision[],
  named: string | null
): Revision | undefined {
  // A deployment has no revision before its create, so the first revision belongs to the create.
  const first = plan.kind === 'create' || intent.isUnique ? ours.at(-1) : undefined
  const chosen = first ?? ours.find(({ id }) => id === named) ?? ours.at(isRepeated ? 0 : -1)
  // A revision that the response names needs no further check. Hidden secrets count as equal.
  const isDubious = chosen !== undefined && chosen.id !== named && chosen.id === current.latest_revision_id
  return isDubious && !carries(current, plan.body) ? undefined : chosen
}
