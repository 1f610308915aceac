import { type ControlPlaneClient, pagesOf } from '../control-plane/client.ts'
import type { Revision } from '../control-plane/resources.ts'
import { isByTag, sameImage } from './image.ts'
import { commitOf, isSameCommit } from './revision.ts'
import { kindOf } from './sources/kinds.ts'

/*
 * Which revision is gone back to. The API does not say whether a revision served well: a replaced one stays DEPLOYED,
 * also where it was rolled back from. That can only be seen in the order of the list and in the code of the revisions.
 */

/** Where to go back to. */
export interface WayBack {
  /** The newest revision that served before and is not known to be broken; nothing where there is none. */
  readonly before: Revision | undefined
  /** Newer ones that were DEPLOYED too, and why they are not gone back to. */
  readonly passedOver: readonly PassedOver[]
}

/** What is known of a revision that does not serve. */
interface NotServing {
  /** Whether nothing but its code can be the reason, so that another revision of the same code would fail too. */
  readonly hasNewCodeOnly: boolean
}

interface PassedOver {
  readonly id: string
  /** A clause, such as `it was rolled back from`. */
  readonly why: string
}

/**
 * Reads the list of revisions, over its pages, as far as is needed to tell which one to go back to.
 *
 * @param revisionId the revision to go back from
 * @param broken given where that one does not serve
 * @returns the way back, and `newest`: the first page of the list, newest first
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
    // The one behind it tells whether it was rolled back from.
    if (way.before && deployedBehind(revisions, way.before.id).length > 0) break
  }
  return { newest: pages[0] ?? [], ...way }
}

/**
 * The newest DEPLOYED revision that is older than the given one, without those that are known to be broken. The order of
 * the list tells which of them served last.
 *
 * @param revisions newest first
 * @param broken given where that one does not serve, so that the way to it says nothing against what it replaced
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
        ? `it has the code of ${from.id}, which failed its proof`
        : undefined
    if (why === undefined) return { before: revision, passedOver }
    passedOver.push({ id, why })
  }
  return { before: undefined, passedOver }
}

/** Why revisions were passed over, one sentence each. */
export function passedOverWords(passedOver: readonly PassedOver[]): string[] {
  return passedOver.map(({ id, why }) => `Skipped revision ${id}, because ${why}.`)
}

function deployedBehind(revisions: readonly Revision[], revisionId: string): readonly Revision[] {
  const place = revisions.findIndex(({ id }) => id === revisionId)
  return place < 0 ? [] : revisions.slice(place + 1).filter(({ status }) => status === 'DEPLOYED')
}

/** By which revision one was replaced, and whose code that one brought back. */
interface Return {
  readonly replacement: string
  readonly target: string
}

/**
 * The revisions that were rolled back from, by their ID: between one and a later one of the same code are others. Code
 * that comes back after it was rolled back from is tried again, which says nothing against what served in between.
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

/** Whether two revisions are known to be made from the same code, as far as what they name has not changed since. */
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

/** What a built revision names as its image is what was built. */
function isImage({ source, source_revision_config: config }: Revision): boolean {
  const { code } = kindOf(source)
  return code === 'image' || (code === 'unknown' && config.image_uri !== null && config.source_tarball_path === null)
}

/** Whether what a revision names cannot be something else later, as a tag can. */
export function isFixedCode(revision: Revision): boolean {
  return !isImage(revision) || !isByTag(revision.source_revision_config.image_uri ?? '')
}
