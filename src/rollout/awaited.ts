import { hasEnded, isSameCommit } from '../deployment/revision.ts'
import type { SeenRevision } from '../run/record.ts'
import { hasLasted, lengthen, type Streak } from '../run/streak.ts'

/** How another commit is related to ours, as GitHub says; `unrelated` if neither contains the other, or if nobody knows. */
export type Lineage = 'newer' | 'older' | 'unrelated'

/** What the looks at the list showed so far. Moments are milliseconds of the run's clock. */
export interface ListMemory {
  readonly looks: Streak
  readonly now: number
  /** Each revision at the look that listed it first. */
  readonly first: ReadonlyMap<string, { readonly at: number; readonly look: number; readonly status: string }>
  /** Looks in a row at which no revision was under way that may turn out to be ours. */
  readonly quiet: Streak | undefined
}

/** The commit that is waited for. */
interface AwaitedCommit {
  readonly commit: string
  /** Whether LangSmith makes a revision of each push by itself. */
  readonly buildsOnPush: boolean
  /** What is known of other commits. */
  readonly lineage: ReadonlyMap<string, Lineage>
}

/**
 * `take`: this is the revision of our commit. `superseded`: ours will not be built, and this one of a newer commit was
 * deployed instead. `foreign`: nothing will build our commit, and there is this revision of another one. `none`: there
 * never was a revision.
 */
export type Choice =
  | { readonly kind: 'wait' | 'none' }
  | { readonly kind: 'take' | 'superseded' | 'foreign'; readonly id: string }

/** How long a push may take to be listed as a revision. It came before the run that it started. */
const LISTED_AFTER_PUSH_MS = 120_000
/** How long a revision may take to be listed after somebody asked for it, as after a write of our own. */
const LISTED_AFTER_WRITE_MS = 30_000
/** Looks at a list without ours that a later revision has to follow, whatever the clock says. */
const LOOKS_BEFORE_LATER = 10

/** The memory after one more look at the list, newest first. */
export function remember(memory: ListMemory | undefined, list: readonly SeenRevision[], now: number): ListMemory {
  const looks = lengthen(memory?.looks, now)
  const first = new Map(memory?.first)
  for (const { id, status } of list) if (!first.has(id)) first.set(id, { at: now, look: looks.looks, status })
  return { looks, now, first, quiet: list.some(mayBecomeOurs) ? undefined : lengthen(memory?.quiet, now) }
}

/** The commit that GitHub is to be asked about: of the newest revision that was deployed, unless it is ours. */
export function commitInPlace(list: readonly SeenRevision[], commit: string): string | undefined {
  const built = list.find(isDeployedCommit)?.commit
  return built && !isSameCommit(built, commit) ? built : undefined
}

/**
 * Chooses the revision of our commit, or says what it means that there is none. The list comes newest first, as the API
 * documents it, and only a revision above the place of ours can supersede it. That place is known if ours is listed; if
 * GitHub says how the commits are related; and, once ours had enough time to be listed, if a revision whose commit was
 * never known was skipped, or a later one appeared. Otherwise the wait goes on: a rollout that is missed ends in a
 * timeout, which fails, but a wrong "superseded" would pass.
 *
 * @param memory after this very look
 */
export function chooseAwaited(list: readonly SeenRevision[], wanted: AwaitedCommit, memory: ListMemory): Choice {
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
    if (isNewer) return { kind: 'superseded', id: deployed.id }
  }
  if (wanted.buildsOnPush || !isOverdue) return { kind: 'wait' }
  return { kind: 'foreign', id: (deployed ?? newest).id }
}

/** Whether the list alone proves that a DEPLOYED revision is newer than ours, which had time to appear in it. */
function isAboveOurs(list: readonly SeenRevision[], place: number, memory: ListMemory, patienceMs: number): boolean {
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

function isDeployedCommit({ status, commit }: SeenRevision): boolean {
  return status === 'DEPLOYED' && commit !== undefined
}

/** Still going, and its commit unknown. */
function mayBecomeOurs({ status, commit }: SeenRevision): boolean {
  return commit === undefined && !hasEnded(status)
}
