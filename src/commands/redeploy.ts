import type { ControlPlaneClient } from '../control-plane/client.ts'
import { RefusalError } from '../control-plane/errors.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { applyRedeploy } from '../deployment/apply.ts'
import { findExisting, isGoing } from '../deployment/find.ts'
import type { Applied } from '../deployment/outcome.ts'
import { deploymentGoing } from '../deployment/refusals.ts'
import { commitOf, isSameCommit } from '../deployment/revision.ts'
import { readServedBefore } from '../deployment/served.ts'
import type { RedeployConfig } from '../inputs/config.ts'
import type { CommandContext } from '../rollout/context.ts'
import { type Followed, followOwn } from '../rollout/follow.ts'
import { mayServe, type Verdict } from '../run/verdict.ts'
import { readRevision } from './revision-id.ts'

const FAILED = new Set(['CREATE_FAILED', 'BUILD_FAILED', 'DEPLOY_FAILED', 'SKIPPED', 'INTERRUPTED'])

/** Makes an earlier revision serve again: the one named, or the last one that served before the active one. */
export async function redeploy(context: CommandContext, config: RedeployConfig): Promise<Verdict> {
  const { client, progress } = context
  const found = await findExisting(client, config.target)
  const deployment = await client.deployment(found.id)
  progress.deployment(deployment)
  progress.activeBefore(deployment)
  if (isGoing(deployment)) throw deploymentGoing(deployment)

  // Those that a write is told from; older ones are only looked through for one to go back to.
  const revisions = (await client.revisions(deployment.id)).resources
  const target = config.revisionId ? await readRevision(client, deployment, config.revisionId) : undefined
  if (!target) {
    const latest = neverServed(deployment, revisions)
    if (latest && config.dryRun)
      return { status: 'planned', reason: 'What serves is what a roll back would go to.', changes: 0 }
    if (latest) return stillServes(context, deployment, revisions, latest)
  }
  const chosen = target ?? (await lastServed(client, deployment))
  if (config.dryRun)
    return { status: 'planned', reason: `It would make a new revision from ${revisionLabel(chosen)}.`, changes: 1 }
  progress.note(`Making a new revision from ${revisionLabel(chosen)}.`)
  progress.note('Secrets stay as they are.')

  await context.feedback.begin()
  const applied = await applyRedeploy(context, deployment, chosen, revisions)
  if (applied.kind !== 'revision') return redeployNeverAppeared(chosen, applied)
  const outcome = await followOwn(context, config, applied, revisions)
  if (mayServe(outcome.verdict)) warnOfOtherCommit(context, chosen, outcome)
  return outcome.verdict
}

function redeployNeverAppeared(target: Revision, applied: Applied): Verdict {
  const other = applied.kind === 'missing' ? applied.other : undefined
  return {
    status: 'failed',
    reason: other
      ? `LangSmith accepted the redeploy of ${target.id}, but answered with revision ${revisionLabel(other)}, which was made from something else.`
      : `LangSmith accepted the redeploy of ${target.id}, but no new revision of it appeared within 30 seconds.`,
    advice: 'Check the revisions of the deployment in LangSmith before you run this again.'
  }
}

/** The commit of the new revision may be told only once it is built. */
function warnOfOtherCommit({ progress }: CommandContext, target: Revision, { revision, own }: Followed): void {
  const wanted = commitOf(target)
  const built = own ? commitOf(revision) : undefined
  if (!wanted || !built || isSameCommit(wanted, built)) return
  progress.warn(
    `The redeploy of revision ${target.id} was built from commit ${built}, not from its commit ${wanted}. Check that the expected code serves.`
  )
}

/** The latest revision, when it never came to serve: then no way back is needed, the one before serves all along. */
function neverServed({ active_revision_id }: Deployment, [latest]: readonly Revision[]): Revision | undefined {
  return latest && active_revision_id && latest.id !== active_revision_id && FAILED.has(latest.status)
    ? latest
    : undefined
}

function stillServes(
  { progress }: CommandContext,
  { active_revision_id }: Deployment,
  revisions: readonly Revision[],
  latest: Revision
): Verdict {
  const serving = revisions.find(({ id }) => id === active_revision_id)
  if (serving) progress.revision(serving, { own: false })
  return {
    status: 'unchanged',
    reason: `The latest revision ${latest.id} ended as ${latest.status} and never served; ${active_revision_id} still does. To go back further, write \`revision-id\`.`
  }
}

async function lastServed(client: ControlPlaneClient, { id, name, active_revision_id }: Deployment): Promise<Revision> {
  if (!active_revision_id) {
    throw new RefusalError(
      'No active revision',
      `The deployment "${name}" has no active revision, so there is nothing to go back from.`,
      'Deploy first, or write the `revision-id` to redeploy.'
    )
  }
  const { before } = await readServedBefore(client, id, active_revision_id)
  if (before) return before
  throw new RefusalError(
    'No revision to go back to',
    `No revision of "${name}" served before the active one, ${active_revision_id}.`,
    'Write the `revision-id` to redeploy, or deploy a corrected version.'
  )
}

function revisionLabel(revision: Revision): string {
  const commit = commitOf(revision)
  const what = commit ? `commit ${commit.slice(0, 7)}` : revision.source_revision_config.image_uri
  const made = revision.created_at && `made on ${revision.created_at.slice(0, 16).replace('T', ' ')} UTC`
  return [[revision.id, what && `(${what})`].filter(Boolean).join(' '), made].filter(Boolean).join(', ')
}
