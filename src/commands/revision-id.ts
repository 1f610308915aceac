import type { ControlPlaneClient } from '../control-plane/client.ts'
import { RefusalError } from '../control-plane/errors.ts'
import { isMissing } from '../control-plane/patience.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { commitOf } from '../deployment/revision.ts'
import type { CommandContext } from '../rollout/context.ts'
import { lookRepeatedly } from '../run/poll.ts'

/**
 * Reads the revision of `revision-id`.
 *
 * @throws {RefusalError} if the deployment has no revision with this ID
 */
export async function readRevision(client: ControlPlaneClient, deployment: Deployment, id: string): Promise<Revision> {
  try {
    return await client.revision(deployment.id, id)
  } catch (error) {
    if (!isMissing(error)) throw error
    const { resources } = await client.revisions(deployment.id)
    const newest = resources.slice(0, MOST_LISTED).map(describeRevision).join('; ')
    throw new RefusalError(
      'Revision not found',
      `\`revision-id\`: deployment "${deployment.name}" (${deployment.id}) has no revision ${id}.${newest ? ` Newest revisions: ${newest}.` : ' It has no revisions.'}`,
      'Set `revision-id` to one of its revisions, or set `name` or `deployment-id` to the deployment of that revision. The output `revision-id` of a run and the page of the deployment in LangSmith show the ID.'
    )
  }
}

/** Pauses before a 404 for a new revision is checked again, in milliseconds: a replica can lag behind. */
const APPEARS_AFTER_MS = [1_000, 2_000, 4_000]

/**
 * Like `readRevision`, for a revision that another run or step may just have created.
 *
 * @throws {RefusalError} if the deployment still has no revision with this ID after a few seconds
 */
export async function readNewRevision(
  { client, limits, progress }: CommandContext,
  deployment: Deployment,
  id: string
): Promise<Revision> {
  let isNoted = false
  const found = await lookRepeatedly(limits, APPEARS_AFTER_MS, async () => {
    try {
      return await client.revision(deployment.id, id)
    } catch (error) {
      if (!isMissing(error)) throw error
      if (!isNoted) progress.note(`Revision ${id} was not found; checking again for a few seconds, as it may be new.`)
      isNoted = true
      return undefined
    }
  })
  return found ?? readRevision(client, deployment, id)
}

const MOST_LISTED = 3

function describeRevision(revision: Revision): string {
  const { id, status, created_at } = revision
  const commit = commitOf(revision)
  const facts = [status, commit && `commit ${commit.slice(0, 7)}`, created_at?.slice(0, 10)]
  return `${id} (${facts.filter(Boolean).join(', ')})`
}
