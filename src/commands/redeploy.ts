import { type ControlPlaneClient, MOST_PAGES, nextOffset } from '../control-plane/client.ts'
import { deploymentGoing, RefusalError } from '../control-plane/errors.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { applyRedeploy } from '../deployment/apply.ts'
import { findExisting, isGoing } from '../deployment/find.ts'
import { commitOf } from '../deployment/revision.ts'
import type { Verdict } from '../deployment/verdict.ts'
import type { RedeployConfig } from '../inputs.ts'
import type { CommandContext } from './context.ts'
import { follow } from './follow.ts'

const FAILED = new Set(['CREATE_FAILED', 'BUILD_FAILED', 'DEPLOY_FAILED', 'SKIPPED', 'INTERRUPTED'])

/** Makes an earlier revision serve again: the one named, or the last one that served before the active one. */
export async function redeploy(context: CommandContext, config: RedeployConfig): Promise<Verdict> {
  const { client, progress } = context
  const found = await findExisting(client, config.target)
  const deployment = await client.deployment(found.id)
  progress.conceal(deployment)
  progress.deployment(deployment)
  progress.before(deployment)
  if (isGoing(deployment)) throw deploymentGoing(deployment.name)

  const revisions = await allRevisions(client, deployment.id)
  const target = config.revisionId ? await client.revision(deployment.id, config.revisionId) : undefined
  if (!target) {
    const latest = neverServed(deployment, revisions)
    if (latest) return unchanged(context, deployment, revisions, latest)
  }
  const chosen = target ?? lastServed(deployment, revisions)
  if (config.dryRun) return { status: 'planned', reason: `It would make a new revision from ${describe(chosen)}.` }
  progress.note(`Making a new revision from ${describe(chosen)}.`)

  const applied = await applyRedeploy(context, deployment, chosen, revisions)
  if (applied.kind !== 'revision') {
    return {
      status: 'failed',
      reason: `The control plane took the redeploy of ${chosen.id}, but no new revision appeared within 30 seconds.`,
      advice: 'Look at the deployment in LangSmith; if there is no new revision, run this again.'
    }
  }
  return follow(context, config, applied.deployment, applied.revision)
}

async function allRevisions(client: ControlPlaneClient, deploymentId: string): Promise<readonly Revision[]> {
  const all: Revision[] = []
  let offset: number | undefined = 0
  for (let page = 0; offset !== undefined && page < MOST_PAGES; page += 1) {
    const answer = await client.revisions(deploymentId, offset)
    all.push(...answer.resources)
    offset = nextOffset(answer, offset)
  }
  return all
}

/** The latest revision, when it never came to serve: then no way back is needed, the one before serves all along. */
function neverServed({ active_revision_id }: Deployment, [latest]: readonly Revision[]): Revision | undefined {
  return latest && active_revision_id && latest.id !== active_revision_id && FAILED.has(latest.status)
    ? latest
    : undefined
}

function unchanged(
  { progress }: CommandContext,
  { active_revision_id }: Deployment,
  revisions: readonly Revision[],
  latest: Revision
): Verdict {
  const serving = revisions.find(({ id }) => id === active_revision_id)
  if (serving) progress.revision(serving, false)
  return {
    status: 'unchanged',
    reason: `The latest revision ${latest.id} ended as ${latest.status} and never served; ${active_revision_id} still does. To go back further, write \`revision-id\`.`
  }
}

/** Replaced revisions stay DEPLOYED, so the one before the active one is found by its place in the list. */
function lastServed(deployment: Deployment, revisions: readonly Revision[]): Revision {
  const active = deployment.active_revision_id
  const place = revisions.findIndex(({ id }) => id === active)
  if (!active || place < 0) {
    throw new RefusalError(
      `The deployment "${deployment.name}" has no active revision, so there is nothing to go back from.`,
      'Deploy first, or write the `revision-id` to redeploy.'
    )
  }
  const earlier = revisions.slice(place + 1).find(({ status }) => status === 'DEPLOYED')
  if (!earlier) {
    throw new RefusalError(
      `No revision of "${deployment.name}" served before the active one, ${active}.`,
      'Write the `revision-id` to redeploy, or deploy a corrected version.'
    )
  }
  return earlier
}

function describe(revision: Revision): string {
  const what = commitOf(revision) ?? revision.source_revision_config.image_uri
  return [revision.id, what && `(${what})`, revision.created_at && `of ${revision.created_at.slice(0, 19)}`]
    .filter(Boolean)
    .join(' ')
}
