import { type ControlPlaneClient, pagesOf } from '../control-plane/client.ts'
import type { Revision } from '../control-plane/resources.ts'
import { isByTag, sameImage } from './image.ts'
import { commitOf, isSameCommit } from './revision.ts'
import { kindOf } from './sources/kinds.ts'

/*
 * Chooses the revision to roll back to. The API does not report whether a revision worked: a replaced revision stays
 * DEPLOYED, even if it was rolled back. Only the order of the list and the code of the revisions show a rollback.
 */

/** The revision to roll back to. */
export interface WayBack {
  /** The newest earlier revision that was active and is not known to be broken; `undefined` when there is none. */
  readonly before: Revision | undefined
  /** Newer DEPLOYED revisions that were skipped, and the reasons. */
  readonly passedOver: readonly PassedOver[]
}

/** Details of a revision that does not work. */
interface NotServing {
  /** True if only its code can be the reason, so another revision with the same code would fail too. */
  readonly hasNewCodeOnly: boolean
}

interface PassedOver {
  readonly id: string
  /** A clause, such as `it has the code of revision …, and that revision failed the proof`. */
  readonly why: string
}

/**
 * Chooses the revision to roll back to. Reads as many pages of the revision list as needed.
 *
 * @param revisionId the revision to roll back from
 * @param broken set if that revision does not work
 * @returns the choice, and `newest`: the first page of the list, newest first
 */
export async function readServedBefore(
  client: Pick<ControlPlaneClient, 'revisions'>,
  deploymentId: string,
  revisionId: string,
  broken?: NotServing
): Promise<WayBack & { readonly newest: readonly Revision[] }> {
  const pages: (readonly Revision[])[] = []
  let way: WayBack = { before: undefined, passedOver: [] }
  for await (const { resources } of pagesOf((offset) => client.revisions(deploymentId, offset))) {
    pages.push(resources)
    const revisions = pages.flat()
    way = servedBefore(revisions, revisionId, broken)
    // The next older revision shows whether this one was rolled back.
    if (way.before && deployedBehind(revisions, way.before.id).length > 0) break
  }
  return { newest: pages[0] ?? [], ...way }
}

/**
 * Returns the newest DEPLOYED revision that is older than the given one and is not known to be broken. The order of the
 * list shows which revision was active last.
 *
 * @param revisions newest first
 * @param broken set if that revision does not work; a rollback to it then proves nothing about the revisions it
 * replaced
 */
export function servedBefore(revisions: readonly Revision[], revisionId: string, broken?: NotServing): WayBack {
  const from = revisions.find(({ id }) => id === revisionId)
  if (!from) return { before: undefined, passedOver: [] }
  const older = deployedBehind(revisions, revisionId)
  const left = leftBehind(broken ? older : [from, ...older])
  const passedOver: PassedOver[] = []
  for (const revision of older) {
    const { id } = revision
    const by = left.get(id)
    const why = by
      ? `it was rolled back: the later revision ${by.replacement} has the code of the earlier revision ${by.target}`
      : broken?.hasNewCodeOnly && hasSameCode(revision, from) && isFixedCode(revision)
        ? `it has the code of revision ${from.id}, and that revision failed the proof`
        : undefined
    if (why === undefined) return { before: revision, passedOver }
    passedOver.push({ id, why })
  }
  return { before: undefined, passedOver }
}

/** Explains why revisions were skipped, in one sentence each. */
export function passedOverWords(passedOver: readonly PassedOver[]): string[] {
  return passedOver.map(({ id, why }) => `Skipped revision ${id}, because ${why}.`)
}

function deployedBehind(revisions: readonly Revision[], revisionId: string): readonly Revision[] {
  const place = revisions.findIndex(({ id }) => id === revisionId)
  return place < 0 ? [] : revisions.slice(place + 1).filter(({ status }) => status === 'DEPLOYED')
}

/** A rollback: the revision that it created, and the earlier revision with the same code. */
interface Return {
  readonly replacement: string
  readonly target: string
}

/**
 * Returns the revisions that were rolled back, by ID: they are between an earlier and a later revision with the same
 * code. If rolled-back code returns, it is a new attempt, which proves nothing about the revisions in between.
 *
 * @param deployed newest first
 */
function leftBehind(deployed: readonly Revision[]): ReadonlyMap<string, Return> {
  const left = new Map<string, Return>()
  const before: Revision[] = []
  for (const revision of deployed.toReversed()) {
    const place = before.findLastIndex((one) => !left.has(one.id) && hasSameCode(one, revision))
    const target = before[place]
    for (const one of target ? before.slice(place + 1) : []) {
      if (!left.has(one.id)) left.set(one.id, { replacement: revision.id, target: target?.id ?? '' })
    }
    before.push(revision)
  }
  return left
}

/** True if two revisions name the same code. A tag that both name may have moved between them. */
export function hasSameCode(left: Revision, right: Revision): boolean {
  const [one, other] = [left.source_revision_config, right.source_revision_config]
  if (isImage(left) || isImage(right)) {
    return one.image_uri !== null && other.image_uri !== null && sameImage(one.image_uri, other.image_uri)
  }
  if (one.source_tarball_path ?? other.source_tarball_path) return one.source_tarball_path === other.source_tarball_path
  const [commit, otherCommit] = [commitOf(left), commitOf(right)]
  if (commit === undefined || otherCommit === undefined || !isSameCommit(commit, otherCommit)) return false
  return one.langgraph_config_path === other.langgraph_config_path
}

/** True if a revision was deployed from an image. The image of a built revision is the result of the build. */
function isImage({ source, source_revision_config: config }: Revision): boolean {
  const { code } = kindOf(source)
  return code === 'image' || (code === 'unknown' && config.image_uri !== null && config.source_tarball_path === null)
}

/** True if the code that a revision names cannot change later. A tag can move to another image. */
export function isFixedCode(revision: Revision): boolean {
  return !isImage(revision) || !isByTag(revision.source_revision_config.image_uri ?? '')
}
