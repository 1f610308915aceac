import { type ControlPlaneClient, pagesOf } from '../control-plane/client.ts'
import type { Revision } from '../control-plane/resources.ts'

/**
 * Reads the list of revisions, over its pages, up to the newest DEPLOYED one that is older than the given revision.
 *
 * @param revisionId the revision to go back from
 * @returns `newest`: the first page of the list, newest first; `before`: the revision to go back to; `undefined` when
 * none was DEPLOYED before
 */
export async function readServedBefore(
  client: Pick<ControlPlaneClient, 'revisions'>,
  deploymentId: string,
  revisionId: string
): Promise<{ readonly newest: readonly Revision[]; readonly before: Revision | undefined }> {
  const pages: (readonly Revision[])[] = []
  for await (const { resources } of pagesOf((offset) => client.revisions(deploymentId, offset))) {
    pages.push(resources)
    const before = servedBefore(pages.flat(), revisionId)
    if (before) return { newest: pages[0] ?? [], before }
  }
  return { newest: pages[0] ?? [], before: undefined }
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
