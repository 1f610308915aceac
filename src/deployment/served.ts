import { type ControlPlaneClient, MOST_PAGES, nextOffset } from '../control-plane/client.ts'
import type { Revision } from '../control-plane/resources.ts'

/** The revisions of a deployment that a rollback needs. */
export interface ServedRevisions {
  /** The first page of the list, newest first. */
  readonly newest: readonly Revision[]
  /** The revision to go back to; `undefined` when none was DEPLOYED before. */
  readonly before: Revision | undefined
}

/**
 * Reads the list of revisions, over its pages, up to the newest DEPLOYED one that is older than the given revision.
 *
 * @param revisionId the revision to go back from
 */
export async function readServedBefore(
  client: Pick<ControlPlaneClient, 'revisions'>,
  deploymentId: string,
  revisionId: string
): Promise<ServedRevisions> {
  const listed: Revision[] = []
  let newest: readonly Revision[] = []
  let offset: number | undefined = 0
  for (let page = 0; offset !== undefined && page < MOST_PAGES; page += 1) {
    const answer = await client.revisions(deploymentId, offset)
    if (page === 0) newest = answer.resources
    listed.push(...answer.resources)
    const before = servedBefore(listed, revisionId)
    if (before) return { newest, before }
    offset = nextOffset(answer, offset)
  }
  return { newest, before: undefined }
}

/**
 * The newest DEPLOYED revision that is older than the given one. A replaced revision stays DEPLOYED, so the order of
 * the list tells which of them served last.
 *
 * @returns `undefined` when there is none, or when the given revision is not listed
 * @param revisions newest first
 */
export function servedBefore(revisions: readonly Revision[], revisionId: string): Revision | undefined {
  const place = revisions.findIndex(({ id }) => id === revisionId)
  return place < 0 ? undefined : revisions.slice(place + 1).find(({ status }) => status === 'DEPLOYED')
}
