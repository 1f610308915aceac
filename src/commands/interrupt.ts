import { RefusalError } from '../control-plane/errors.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { findExisting } from '../deployment/find.ts'
import { hasEnded, queueOf, timeUnderWay } from '../deployment/revision.ts'
import type { InterruptConfig } from '../inputs/config.ts'
import type { CommandContext } from '../rollout/context.ts'
import { inWords } from '../run/duration.ts'
import { growingPauses, lookRepeatedly } from '../run/poll.ts'
import type { Verdict } from '../run/verdict.ts'
import { loadAhead } from './ahead.ts'
import { readRevision } from './revision-id.ts'

/** How long the action polls a revision after the interruption, in milliseconds. */
const ENDS_WITHIN_MS = 30_000

/**
 * Stops a revision in progress: the revision of `revision-id`, or the revision that blocks the queue. Anyone may have
 * created that revision. A revision that is or was active is never stopped.
 *
 * @throws {RefusalError} if the revision of `revision-id` is active
 */
export async function interruptRevision(context: CommandContext, config: InterruptConfig): Promise<Verdict> {
  const { client, limits, progress } = context
  const deployment = await findExisting(client, config.target)
  progress.deployment(deployment)
  const { resources } = await client.revisions(deployment.id)
  progress.listed(resources)
  const chosen = config.revisionId
    ? await readRevision(client, deployment, config.revisionId)
    : queueOf(resources).find(({ id }) => id !== deployment.active_revision_id)
  if (!chosen) return nothingToDo(config, `No revision of "${deployment.name}" is in progress.`)
  if (chosen.id === deployment.active_revision_id) throw isActive(deployment, chosen)
  progress.revision(chosen, { own: false })
  if (hasEnded(chosen.status)) return nothingToDo(config, endedBefore(chosen))
  const since = timeUnderWay(chosen, limits.clock.now())
  const what = `revision ${chosen.id} of "${deployment.name}" (${[chosen.status, since && `for ${since}`].filter(Boolean).join(', ')})`
  if (config.dryRun) return { status: 'planned', reason: `This run would interrupt ${what}.`, changes: 1 }

  await loadAhead(config)
  progress.note(`Interrupting ${what}.`)
  // The list can be old, and a revision that has become active must not be stopped.
  const now = await client.revision(deployment.id, chosen.id)
  if (hasEnded(now.status)) return nothingToDo(config, endedBefore(now))
  await client.stop(deployment.id, chosen.id)
  return tellEffect(context, deployment, chosen)
}

/** Polls the revision after LangSmith accepted the interruption, because the effect is not documented. */
async function tellEffect(
  { client, limits, progress }: CommandContext,
  deployment: Deployment,
  { id, status }: Revision
): Promise<Verdict> {
  let seen: Revision | undefined
  await lookRepeatedly(limits, growingPauses(ENDS_WITHIN_MS), async () => {
    seen = await client.revision(deployment.id, id)
    return hasEnded(seen.status) || undefined
  })
  if (seen) progress.revision(seen, { own: false })
  progress.listed((await client.revisions(deployment.id)).resources)
  const now = seen?.status ?? status
  if (now === 'INTERRUPTED') {
    return { status: 'interrupted', reason: `Revision ${id} was interrupted while it was ${status}.` }
  }
  if (hasEnded(now)) {
    return { status: 'unchanged', reason: `Revision ${id} ended as ${now} before it could be interrupted.` }
  }
  progress.warn(
    `LangSmith accepted the interruption of revision ${id}, but the revision continues after ${inWords(ENDS_WITHIN_MS)}. Check it in LangSmith.`
  )
  return {
    status: 'interrupted',
    reason: `LangSmith accepted the interruption of revision ${id}, which is still ${now}.`
  }
}

function nothingToDo({ dryRun }: InterruptConfig, reason: string): Verdict {
  return dryRun ? { status: 'planned', reason, changes: 0 } : { status: 'unchanged', reason }
}

function endedBefore({ id, status }: Revision): string {
  return `Revision ${id} has already ended (${status}); there is nothing to interrupt.`
}

function isActive({ name }: Deployment, { id }: Revision): RefusalError {
  return new RefusalError(
    'Revision is active',
    `Revision ${id} is the active revision of "${name}", and an active revision is never interrupted.`,
    'Omit `revision-id` to interrupt the revision that blocks the queue, or roll back with `command: redeploy`.'
  )
}
