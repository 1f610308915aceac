import { nameInvalid } from '../control-plane/errors.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { type Applied, apply, type Situation } from '../deployment/apply.ts'
import { find } from '../deployment/find.ts'
import { isValidName, normaliseName } from '../deployment/name.ts'
import { type Plan, planCreate, planPatch, type Wish } from '../deployment/plan.ts'
import { LONGEST_SELF_HOSTED_NAME } from '../deployment/preview.ts'
import { commitOf } from '../deployment/revision.ts'
import { sourceOf } from '../deployment/sources/index.ts'
import type { Source } from '../deployment/sources/source.ts'
import type { Verdict } from '../deployment/verdict.ts'
import { type Comparison, compareCommits } from '../github/commits.ts'
import type { DeployConfig } from '../inputs.ts'
import type { CommandContext } from './context.ts'
import { namingBeside } from './display-name.ts'
import { followOwn } from './follow.ts'
import { commits, createGuard, OlderError, yieldTo } from './guard.ts'
import { withPreviewName } from './preview.ts'

/**
 * Brings the deployment to what the inputs say: find it, plan, create or patch in one write, follow our own revision.
 */
export async function deploy(context: CommandContext, config: DeployConfig): Promise<Verdict> {
  const source = sourceOf(config.source)
  await source.prepare?.(context)
  const { previewNames } = config.target
  return previewNames
    ? withPreviewName(context, previewNames, (target) => deployTo(context, { ...config, target }, source))
    : deployTo(context, config, source)
}

async function deployTo(context: CommandContext, config: DeployConfig, source: Source): Promise<Verdict> {
  try {
    return await bringAndFollow(context, config, source)
  } catch (error) {
    if (error instanceof OlderError) return yieldTo(context, config, error)
    throw error
  }
}

/** @throws {OlderError} when what stands there is newer */
async function bringAndFollow(context: CommandContext, config: DeployConfig, source: Source): Promise<Verdict> {
  const { feedback, progress } = context
  const guard = createGuard(context, config)
  const survey = () => surveyDeployment(context, config)
  const situation = await survey()
  const wish = toWish(config, source, situation.deployment)
  const decide = async (now: Situation) => {
    await guard(now)
    return makePlan(context, config, wish, now)
  }
  const decideAndTell = async (now: Situation) => {
    const plan = await decide(now)
    progress.planned(plan)
    return plan
  }

  const plan = await decideAndTell(situation)
  if (config.dryRun) return { status: 'planned', reason: '' }

  if (source.upload || (plan.kind !== 'nothing' && plan.makesRevision)) await feedback.begin()
  const applied = await bring(context, config, wish, { survey, decide, decideAndTell }, { situation, plan })
  if (applied.kind === 'no-revision') return unchanged(context, applied, situation)
  if (applied.kind === 'missing') return neverAppeared(applied.deployment)

  const { deployment, revision } = applied
  const displayName = progress.facts.created && !source.beginsEmpty ? wish.displayName : undefined
  const verdict = await namingBeside(context, deployment, displayName, () =>
    followOwn(context, config, deployment, revision)
  )
  await warnOfOtherCommit(context, config)
  return verdict
}

/** How what stands there is looked at, and what follows from it; a plan is told where it is news. */
interface Deciding {
  readonly survey: () => Promise<Situation>
  readonly decide: (situation: Situation) => Promise<Plan>
  readonly decideAndTell: (situation: Situation) => Promise<Plan>
}

interface Ready {
  readonly situation: Situation
  readonly plan: Plan
}

/** Carries the plan out; code that has to be at the server first is brought there before. */
async function bring(
  context: CommandContext,
  config: DeployConfig,
  wish: Wish,
  deciding: Deciding,
  ready: Ready
): Promise<Applied> {
  const { progress } = context
  const { source, name } = wish
  const { survey, decideAndTell: decide } = deciding
  if (!source.upload) return apply(context, { name, sent: source.sent, survey, decide }, ready)
  try {
    const uploaded = await uploadFirst(context, config, wish, deciding, ready)
    return await apply(context, { name, sent: source.sent, survey, decide }, uploaded)
  } catch (error) {
    const isEmpty = progress.facts.created && !progress.facts.revision && !(error instanceof OlderError)
    if (isEmpty) progress.warn(emptyLeftBehind(name))
    throw error
  }
}

/**
 * Makes the deployment if there is none, and brings the code to it: a revision can only be made from what is there.
 *
 * @returns what stands there then, and the plan that refers to the code
 */
async function uploadFirst(
  context: CommandContext,
  config: DeployConfig,
  wish: Wish,
  { survey, decide }: Deciding,
  { situation, plan }: Ready
): Promise<Ready> {
  // Somebody else may have been first: their deployment is taken as it is, and gets its revision after the upload.
  const decideToMake = async (now: Situation): Promise<Plan> => {
    const next = await makePlan(context, config, wish, now)
    return next.kind === 'patch' ? { kind: 'nothing', deployment: next.deployment, rows: next.rows } : next
  }
  const { name, source } = wish
  const empty = { name, sent: source.sent, survey, decide: decideToMake }
  const { id } = situation.deployment ?? (await apply(context, empty, { situation, plan })).deployment
  await source.upload?.(context, id)
  const now = await survey()
  return { situation: now, plan: await decide(now) }
}

function emptyLeftBehind(name: string): string {
  return `This run made the deployment "${name}", and it is still empty. The next run goes on with it; to remove it, use \`command: delete\`.`
}

/** What stands there now. The deployment is read last: a patch is made from its secrets, which must be fresh. */
async function surveyDeployment({ client, progress }: CommandContext, config: DeployConfig): Promise<Situation> {
  const found = await find(client, config.target)
  if (!found) return { deployment: undefined, revisions: [] }
  const { resources } = await client.revisions(found.id)
  const deployment = await client.deployment(found.id)
  progress.deployment(deployment)
  progress.before(deployment)
  return { deployment, revisions: resources }
}

function toWish(config: DeployConfig, source: Source, existing: Deployment | undefined): Wish {
  return {
    name: existing?.name ?? config.target.name ?? '',
    source,
    secrets: config.secrets,
    displayName: config.displayName
  }
}

async function makePlan(
  { client, progress }: CommandContext,
  config: DeployConfig,
  wish: Wish,
  { deployment, revisions }: Situation
): Promise<Plan> {
  if (deployment) {
    const plan = planPatch(wish, deployment, config.skipUnchanged ? servingRevision(deployment, revisions) : undefined)
    noteBuildOnPush(progress, config, deployment)
    return plan
  }
  if (!isValidName(wish.name)) throw nameInvalid(wish.name, normaliseName(wish.name))
  if (config.controlPlane.hosting === 'self-hosted' && wish.name.length > LONGEST_SELF_HOSTED_NAME) {
    progress.warn(
      `The name "${wish.name}" has ${wish.name.length} characters. On self-hosted control planes deployments with more than ${LONGEST_SELF_HOSTED_NAME} have been seen never to become ready; prefer a shorter \`name\`.`
    )
  }
  return planCreate(wish, await wish.source.fixedSettings(client, config.controlPlane.hosting))
}

/** The revision that is latest and active and DEPLOYED at once: only then is nothing under way. */
function servingRevision(deployment: Deployment, revisions: readonly Revision[]): Revision | undefined {
  const [latest] = revisions
  return latest?.status === 'DEPLOYED' && latest.id === deployment.active_revision_id ? latest : undefined
}

function noteBuildOnPush(progress: CommandContext['progress'], { source }: DeployConfig, deployment: Deployment): void {
  if (source.type !== 'github' || source.buildOnPush || !deployment.source_config.build_on_push) return
  progress.note(
    'LangSmith built every push of this deployment by itself; that is switched off, since this action starts the builds. Write `build-on-push: true` to keep both.'
  )
}

function unchanged(context: CommandContext, { deployment }: Applied, { revisions }: Situation): Verdict {
  const serving = servingRevision(deployment, revisions)
  if (serving) context.progress.revision(serving, false)
  const settled = context.progress.facts.plan?.kind === 'nothing' ? '' : ' Settings were changed in place.'
  return {
    status: 'unchanged',
    reason: `What serves already is what was asked for; no new revision was made.${settled}`
  }
}

function neverAppeared({ name, id }: Deployment): Verdict {
  return {
    status: 'failed',
    reason: `The control plane took the change of "${name}" (${id}), but no revision of it appeared within 30 seconds.`,
    advice: 'Look at the deployment in LangSmith; if there is no new revision, run this again.'
  }
}

/** A branch is built as it stands when the server gets to it, which can be later than this run's commit. */
async function warnOfOtherCommit({ github, progress }: CommandContext, { source }: DeployConfig): Promise<void> {
  const wanted = source.type === 'github' ? source.runCommit : undefined
  const built = progress.facts.revision && commitOf(progress.facts.revision)
  if (!wanted || !built || built === wanted) return
  const comparison = github && (await compareCommits(github, wanted, built))
  progress.warn(
    `The revision was built from commit ${built}, but this run is about ${wanted}: LangSmith builds the head of the branch. ${inHistory(comparison)}`
  )
}

function inHistory(comparison: Comparison | 'unknown' | undefined): string {
  if (!comparison || comparison === 'unknown') return 'Check that what serves holds the commit of this run.'
  const { ahead, behind } = comparison
  return behind === 0
    ? `What was built is ahead by ${commits(ahead)} and holds that of this run.`
    : `What was built lacks ${commits(behind)} that this run has.`
}
