import { hasEnded, isSameCommit } from '../deployment/revision.ts'
import type { SeenRevision } from '../run/record.ts'
import { hasLasted, lengthen, type Streak } from '../run/streak.ts'

/** The relation of another commit to ours. `unrelated` if neither contains the other, or if the relation is unknown. */
export type Lineage = 'newer' | 'older' | 'unrelated'

/** The results of all reads of the list so far. Times are milliseconds of the run's clock. */
export interface ListMemory {
  readonly looks: Streak
  readonly now: number
  /** Each revision as first listed, with the number of that read (`look`). */
  readonly first: ReadonlyMap<string, { readonly at: number; readonly look: number; readonly status: string }>
  /** Consecutive reads without a revision in progress that may be ours. */
  readonly quiet: Streak | undefined
}

/** The commit to wait for. */
interface AwaitedCommit {
  readonly commit: string
  /** True if LangSmith builds each push itself. */
  readonly buildsOnPush: boolean
  /** Known relations of other commits to ours. */
  readonly lineage: ReadonlyMap<string, Lineage>
}

/**
 * The result of one read of the list. `take`: the revision of our commit. `superseded`: our commit will not be built,
 * and the revision has a newer commit. `foreign`: nothing will build our commit, and the revision has another commit.
 * `none`: the deployment has no revision.
 */
export type Choice =
  | { readonly kind: 'wait' | 'none' }
  | { readonly kind: 'take' | 'superseded' | 'foreign'; readonly id: string }

/** How long a revision may take to be listed after a push. The push precedes the run that it starts. */
const LISTED_AFTER_PUSH_MS = 120_000
/** How long a revision may take to be listed after a write. */
const LISTED_AFTER_WRITE_MS = 30_000
/** The minimum number of reads before a new revision counts as later than ours, even if the clock jumps. */
const LOOKS_BEFORE_LATER = 10

/** The memory after one more read of the list, newest first. */
export function remember(memory: ListMemory | undefined, list: readonly SeenRevision[], now: number): ListMemory {
  const looks = lengthen(memory?.looks, now)
  const first = new Map(memory?.first)
  for (const { id, status } of list) if (!first.has(id)) first.set(id, { at: now, look: looks.looks, status })
  return { looks, now, first, quiet: list.some(mayBecomeOurs) ? undefined : lengthen(memory?.quiet, now) }
}

/** The commit to compare on GitHub: the commit of the newest DEPLOYED revision, unless it is ours. */
export function commitInPlace(list: readonly SeenRevision[], commit: string): string | undefined {
  const built = list.find(isDeployedCommit)?.commit
  return built && !isSameCommit(built, commit) ? built : undefined
}

/**
 * Chooses the revision of our commit, or interprets its absence. The API lists the newest revision first, and only a
 * revision above ours can supersede ours. The position of ours is known if it is listed, or if GitHub returned the
 * relation of the commits. After the time that ours may take to be listed, it is also known if a revision of unknown
 * commit was skipped, or if a later revision appeared. Otherwise the wait continues: a missed rollout ends in a
 * timeout, which fails, but a false "superseded" would pass.
 *
 * @param memory includes this list
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

/** Tells if the list alone proves that a DEPLOYED revision is newer than ours, which had enough time to be listed. */
function isAboveOurs(list: readonly SeenRevision[], place: number, memory: ListMemory, patienceMs: number): boolean {
  const [above, below] = [list.slice(0, place), list.slice(place + 1)]
  const deployed = list[place]
  const first = deployed && memory.first.get(deployed.id)
  if (!first || isFromBefore(memory, deployed.id, (status) => status === 'DEPLOYED')) return false
  // A failed revision above may be ours.
  if (above.some(({ commit }) => !commit)) return false
  // A rollback deploys a commit from before ours again.
  if (below.some(({ status, commit }) => status === 'DEPLOYED' && commit === deployed.commit)) return false

  const nameless = below.filter(({ id, commit }) => !commit && !isFromBefore(memory, id, hasEnded))
  // A failed revision may be ours; then this run has failed.
  if (nameless.some(({ status }) => status !== 'SKIPPED' && status !== 'DEPLOYED')) return false
  const isLater = first.look > LOOKS_BEFORE_LATER && first.at - memory.looks.since >= patienceMs
  return nameless.length > 0 || isLater
}

/** Tells if the very first read listed the revision, with a status that `isSuch` accepts. */
function isFromBefore({ first }: ListMemory, id: string, isSuch: (status: string) => boolean): boolean {
  const seen = first.get(id)
  return seen?.look === 1 && isSuch(seen.status)
}

function isDeployedCommit({ status, commit }: SeenRevision): boolean {
  return status === 'DEPLOYED' && commit !== undefined
}

/** Tells if a revision is in progress and its commit is unknown. */
function mayBecomeOurs({ status, commit }: SeenRevision): boolean {
  return commit === undefined && !hasEnded(status)
}
