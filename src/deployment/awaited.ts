import type { Revision } from '../control-plane/resources.ts'
import { hasLasted, lengthen, type Streak } from '../run/streak.ts'
import { commitOf, hasEnded, isSameCommit } from './revision.ts'

/** A revision as the choice sees it. */
export interface Listed {
  readonly id: string
  readonly status: string
  /** Nothing while LangSmith does not tell it, which can be until the revision is built, or for good. */
  readonly commit: string | undefined
}

/** How a commit lies to ours in the history, as GitHub tells it; `unrelated` where neither holds the other, or nobody knows. */
export type Lineage = 'newer' | 'older' | 'unrelated'

/** What was seen of the list so far. Moments are milliseconds of the run's clock. */
export interface ListMemory {
  readonly looks: Streak
  readonly now: number
  /** Each revision at the look that listed it first. */
  readonly first: ReadonlyMap<string, { readonly at: number; readonly look: number; readonly status: string }>
  /** Looks, without a break, at which nothing was going that may still turn out to be ours. */
  readonly quiet: Streak | undefined
}

/** The commit that is waited for. */
export interface Wanted {
  readonly commit: string
  /** Whether LangSmith makes a revision of each push by itself. */
  readonly buildsOnPush: boolean
  /** What is known of other commits. */
  readonly lineage: ReadonlyMap<string, Lineage>
}

export type Choice =
  | { readonly kind: 'wait' }
  /** This is the revision of our commit. */
  | { readonly kind: 'take'; readonly id: string }
  /** Ours is not built any more: this one of a newer commit was deployed in its place. */
  | { readonly kind: 'superseded'; readonly by: string }
  /** Nothing will build our commit; this revision of another one stands there. */
  | { readonly kind: 'foreign'; readonly id: string }
  /** There never was a revision. */
  | { readonly kind: 'none' }

/** How long a push may take to be listed as a revision. It came before the run that it started. */
const LISTED_AFTER_PUSH_MS = 120_000
/** How long a revision that somebody asked for may take to be listed, as after a write of our own. */
const LISTED_AFTER_WRITE_MS = 30_000
/** Looks at a list without ours that a later revision has to follow, whatever the clock says. */
const LOOKS_BEFORE_LATER = 10

/** What the choice needs of a revision. */
export function toListed(revision: Revision): Listed {
  return { id: revision.id, status: revision.status, commit: commitOf(revision) }
}

/** The memory after one more look at the list, newest first. */
export function remember(memory: ListMemory | undefined, list: readonly Listed[], now: number): ListMemory {
  const looks = lengthen(memory?.looks, now)
  const first = new Map(memory?.first)
  for (const { id, status } of list) if (!first.has(id)) first.set(id, { at: now, look: looks.looks, status })
  return { looks, now, first, quiet: list.some(mayBecomeOurs) ? undefined : lengthen(memory?.quiet, now) }
}

/** The commit that GitHub is to be asked about: of the newest revision that was deployed, unless it is ours. */
export function commitInPlace(list: readonly Listed[], commit: string): string | undefined {
  const built = list.find(isDeployedCommit)?.commit
  return built && !isSameCommit(built, commit) ? built : undefined
}

/**
 * Which revision is the one of our commit, and what it means when none is. The list comes newest first, as the API
 * documents it, and only what is listed above the place of ours can take over from it. That place is known where ours is
 * listed; where GitHub says how the commits lie to each other; and, once ours had time enough to be listed, where a
 * revision that never told its commit was skipped, or a later one appeared. In all other cases it is waited for ours:
 * a rollout that is missed is told as such at the timeout, and a wrong "superseded" would pass.
 *
 * @param memory after this very look
 */
export function choose(list: readonly Listed[], wanted: Wanted, memory: ListMemory): Choice {
  const ours = list.find(({ commit }) => commit !== undefined && isSameCommit(commit, wanted.commit))
  if (ours) return { kind: 'take', id: ours.id }

  const patienceMs = wanted.buildsOnPush ? LISTED_AFTER_PUSH_MS : LISTED_AFTER_WRITE_MS
  const isOverdue = memory.quiet !== undefined && hasLasted(memory.quiet, memory.now, patienceMs)
  const [newest] = list
  if (!newest) return { kind: isOverdue ? 'none' : 'wait' }

  const place = list.findIndex(isDeployedCommit)
  const deployed = list[place]
  if (deployed && !list.slice(0, place).some(mayBecomeOurs)) {
    const lineage = wanted.lineage.get(deployed.commit ?? '')
    const isNewer =
      lineage === 'newer' || (lineage !== 'older' && isOverdue && isAboveOurs(list, place, memory, patienceMs))
    if (isNewer) return { kind: 'superseded', by: deployed.id }
  }
  if (wanted.buildsOnPush || !isOverdue) return { kind: 'wait' }
  return { kind: 'foreign', id: (deployed ?? newest).id }
}

/**
 * Whether the list alone proves that a DEPLOYED revision came after the place of ours, which is not listed by its commit
 * and had the time to be.
 */
function isAboveOurs(list: readonly Listed[], place: number, memory: ListMemory, patienceMs: number): boolean {
  const [above, below] = [list.slice(0, place), list.slice(place + 1)]
  const deployed = list[place]
  const first = deployed && memory.first.get(deployed.id)
  if (!first || isFromBefore(memory, deployed.id, (status) => status === 'DEPLOYED')) return false
  // A failed one above may be ours.
  if (above.some(({ commit }) => !commit)) return false
  // A roll back brings back a commit that was there before ours.
  if (below.some(({ status, commit }) => status === 'DEPLOYED' && commit === deployed.commit)) return false

  const nameless = below.filter(({ id, commit }) => !commit && !isFromBefore(memory, id, hasEnded))
  // One that failed may be ours, and then this run has failed.
  if (nameless.some(({ status }) => status !== 'SKIPPED' && status !== 'DEPLOYED')) return false
  const isLater = first.look > LOOKS_BEFORE_LATER && first.at - memory.looks.since >= patienceMs
  return nameless.length > 0 || isLater
}

/** Whether the first look of all listed a revision already, with such a status. */
function isFromBefore({ first }: ListMemory, id: string, isSuch: (status: string) => boolean): boolean {
  const seen = first.get(id)
  return seen?.look === 1 && isSuch(seen.status)
}

function isDeployedCommit({ status, commit }: Listed): boolean {
  return status === 'DEPLOYED' && commit !== undefined
}

/** Still going, and its commit unknown. */
function mayBecomeOurs({ status, commit }: Listed): boolean {
  return commit === undefined && !hasEnded(status)
}
