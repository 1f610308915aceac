import type { ControlPlaneClient } from '../control-plane/client.ts'
import { RefusalError } from '../control-plane/errors.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { applyRedeploy } from '../deployment/apply.ts'
import { findExisting, isGoing } from '../deployment/find.ts'
import type { Applied } from '../deployment/outcome.ts'
import { deploymentGoing } from '../deployment/refusals.ts'
import { commitOf, isSameCommit } from '../deployment/revision.ts'
import { hasSameCode, isFixedCode, passedOverWords, readServedBefore } from '../deployment/served.ts'
import type { RedeployConfig } from '../inputs/config.ts'
import type { CommandContext } from '../rollout/context.ts'
import { type Followed, followOwn, loadChecks, proveActive } from '../rollout/follow.ts'
import { mayServe, type Verdict } from '../run/verdict.ts'
import { loadAhead } from './ahead.ts'
import { readRevision } from './revision-id.ts'

const FAILED = new Set(['CREATE_FAILED', 'BUILD_FAILED', 'DEPLOY_FAILED', 'SKIPPED', 'INTERRUPTED'])

/** Redeploys an earlier revision: the one of `revision-id`, or the last one that was active before the active one. */
export async function redeploy(context: CommandContext, config: RedeployConfig): Promise<Verdict> {
  const { client, progress } = context
  const found = await findExisting(client, config.target)
  const deployment = await client.deployment(found.id)
  progress.deployment(deployment)
  progress.activeBefore(deployment)
  if (isGoing(deployment)) throw deploymentGoing(deployment)

  // One page is enough to recognize a new revision; older pages matter only for the choice of the target.
  const revisions = (await client.revisions(deployment.id)).resources
  const target = config.revisionId ? await readRevision(client, deployment, config.revisionId) : undefined
  if (!target) {
    const latest = neverServed(deployment, revisions)
    if (latest && config.dryRun)
      return { status: 'planned', reason: 'A rollback would restore the revision that is already active.', changes: 0 }
    if (latest) return stillServes(context, config, deployment, revisions, latest)
  }
  const { chosen, why, serving } = target ? { chosen: target, why: [] } : await lastServed(client, deployment)
  for (const sentence of why) progress.note(sentence)
  if (serving && config.dryRun)
    return { status: 'planned', reason: [...why, hasCodeAlready(serving)].join(' '), changes: 0 }
  if (serving) return servesAlready(context, config, deployment, serving)
  if (config.dryRun) {
    const reason = [`This run would create a new revision from ${revisionLabel(chosen)}.`, ...why].join(' ')
    return { status: 'planned', reason, changes: 1 }
  }
  progress.note(`Creating a new revision from ${revisionLabel(chosen)}.`)
  progress.note('Secrets stay unchanged.')

  await Promise.all([loadAhead(config), loadChecks(context, config)])
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
      ? `LangSmith accepted the redeploy of ${target.id}, but returned revision ${revisionLabel(other)}, which has different content.`
      : `LangSmith accepted the redeploy of ${target.id}, but no new revision appeared within 30 seconds.`,
    advice: 'Check the revisions of the deployment in LangSmith before you rerun this job.'
  }
}

/** Warns if the new revision has another commit than its target. The commit may only be known after the build. */
function warnOfOtherCommit({ progress }: CommandContext, target: Revision, { revision, own }: Followed): void {
  const wanted = commitOf(target)
  const built = own ? commitOf(revision) : undefined
  if (!wanted || !built || isSameCommit(wanted, built)) return
  progress.warn(
    `The redeploy of revision ${target.id} was built from commit ${built} instead of ${wanted}. Check that the active revision has the expected code.`
  )
}

/** The latest revision if it failed before it became active: the revision before it is still active. */
function neverServed({ active_revision_id }: Deployment, [latest]: readonly Revision[]): Revision | undefined {
  return latest && active_revision_id && latest.id !== active_revision_id && FAILED.has(latest.status)
    ? latest
    : undefined
}

/** Ends a run whose target has the code of the active revision. That revision must pass the same proof as a new one. */
async function servesAlready(
  context: CommandContext,
  config: RedeployConfig,
  deployment: Deployment,
  serving: Revision
): Promise<Verdict> {
  const verdict = await proveServed(context, config, deployment, serving)
  if (verdict.status === 'failed') return { ...verdict, advice: `${verdict.advice} ${GO_FURTHER_THAN_ACTIVE}` }
  if (verdict.status !== 'deployed') return verdict
  return { status: 'unchanged', reason: hasCodeAlready(serving), ...(verdict.warning && { warning: verdict.warning }) }
}

function hasCodeAlready({ id }: Revision): string {
  return `Already rolled back: active revision ${id} has the code that a rollback would restore. To roll back further, set \`revision-id\`.`
}

const GO_FURTHER_THAN_ACTIVE =
  'Without `revision-id`, `command: redeploy` does not roll back further, because the active revision is already a rollback.'

/** Ends a run that needs no rollback. The active revision must pass the same proof as a new one. */
async function stillServes(
  context: CommandContext,
  config: RedeployConfig,
  deployment: Deployment,
  revisions: readonly Revision[],
  latest: Revision
): Promise<Verdict> {
  const { client } = context
  const active = deployment.active_revision_id ?? ''
  const serving = revisions.find(({ id }) => id === active) ?? (await client.glanceRevision(deployment.id, active))
  const ended = `The latest revision ${latest.id} ended as ${latest.status} and was never active`
  const verdict = serving && (await proveServed(context, config, deployment, serving))
  if (verdict?.status === 'failed') {
    return { ...verdict, reason: `${ended}. ${verdict.reason}`, advice: `${verdict.advice} ${GO_FURTHER}` }
  }
  if (verdict && verdict.status !== 'deployed') return verdict
  const state =
    serving && config.wait ? `revision ${active} is still active and works` : `revision ${active} is still active`
  return {
    status: 'unchanged',
    reason: `${ended}; ${state}. To roll back further, set \`revision-id\`.`,
    ...(verdict?.warning && { warning: verdict.warning })
  }
}

const GO_FURTHER =
  'Without `revision-id`, `command: redeploy` does not roll back further if the latest revision was never active.'

function proveServed(
  context: CommandContext,
  config: RedeployConfig,
  deployment: Deployment,
  serving: Revision
): Promise<Verdict> {
  context.progress.revision(serving, { own: false })
  return proveActive(context, config, deployment, serving)
}

/** The revision to roll back to, and the reasons for that choice. */
interface ChosenRevision {
  readonly chosen: Revision
  readonly why: readonly string[]
  /** The active revision, if it has the same code for certain and no newer revision is in progress. */
  readonly serving?: Revision | undefined
}

async function lastServed(
  client: ControlPlaneClient,
  { id, name, active_revision_id }: Deployment
): Promise<ChosenRevision> {
  if (!active_revision_id) {
    throw new RefusalError(
      'No active revision',
      `Deployment "${name}" has no active revision to roll back from.`,
      'Deploy first, or set `revision-id` to the revision to redeploy.'
    )
  }
  const { newest, before, passedOver } = await readServedBefore(client, id, active_revision_id)
  const why = passedOverWords(passedOver)
  const active = newest.find((revision) => revision.id === active_revision_id)
  if (before && active && hasSameCode(before, active)) {
    // Two builds of the same code can differ, a tag can move, and a newer revision can become active.
    const isBack = passedOver.length > 0
    const serves = isBack && isFixedCode(before) && active.id === newest[0]?.id
    if (serves) return { chosen: before, why, serving: active }
    why.push(sameAsActive(before, active))
  }
  if (before) return { chosen: before, why }
  const none = `No ${why.length > 0 ? 'other ' : ''}revision of "${name}" was active before ${active_revision_id}, the active one.`
  throw new RefusalError(
    'No revision to roll back to',
    [...why, none].join(' '),
    'Set `revision-id` to the revision to redeploy, or deploy a corrected version.'
  )
}

function sameAsActive(before: Revision, active: Revision): string {
  return `Revision ${before.id} has the same code as active revision ${active.id}. To roll back further, set \`revision-id\`.`
}

function revisionLabel(revision: Revision): string {
  const commit = commitOf(revision)
  const what = commit ? `commit ${commit.slice(0, 7)}` : revision.source_revision_config.image_uri
  const made = revision.created_at && `created on ${revision.created_at.slice(0, 16).replace('T', ' ')} UTC`
  return [[revision.id, what && `(${what})`].filter(Boolean).join(' '), made].filter(Boolean).join(', ')
}
