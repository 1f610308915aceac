import { isDeepStrictEqual } from 'node:util'
import { isMissing } from '../control-plane/patience.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { type Applied, apply, type Decision, FRESH_MS, type Situation, type Wanted } from '../deployment/apply.ts'
import { find, type Target } from '../deployment/find.ts'
import { isByTag, isLatest, isTagless, mayBeSameImage } from '../deployment/image.ts'
import { type Plan, planCreate, planPatch, type Wish } from '../deployment/plan.ts'
import { LONGEST_SELF_HOSTED_NAME } from '../deployment/preview.ts'
import { deploymentMayNotBeCreated, deploymentVanished } from '../deployment/refusals.ts'
import { commitOf } from '../deployment/revision.ts'
import { chosenType, isOnAws, sameDeploymentType } from '../deployment/sources/deployment-type.ts'
import { sourceOf } from '../deployment/sources/index.ts'
import type { Source } from '../deployment/sources/source.ts'
import { newestAlive } from '../deployment/stale.ts'
import type { Verdict } from '../deployment/verdict.ts'
import { type Comparison, compareCommits } from '../github/commits.ts'
import type { DeployConfig } from '../inputs.ts'
import { pause } from '../limits.ts'
import type { CommandContext } from './context.ts'
import { namingBeside } from './display-name.ts'
import { followOwn } from './follow.ts'
import { commits, createGuard, OlderError, yieldTo } from './guard.ts'
import {
  createNameGuard,
  heedOrWarn,
  warnOfOtherBranch,
  withClearRef,
  withDefaultBranch,
  withSoundName
} from './origin.ts'
import { withPreviewName } from './preview.ts'

/**
 * Brings the deployment to what the inputs say: find it, plan, create or patch in one write, follow our own revision.
 */
export async function deploy(context: CommandContext, given: DeployConfig): Promise<Verdict> {
  const clear = await withClearRef(context, given)
  // What LangSmith does not build depends on no deployment, so it is refused before it is packed.
  if (clear.source.type !== 'github') heedOrWarn(context, clear, undefined)
  const config = await withDefaultBranch(context, await withSoundName(context, clear))
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

/** @throws {OlderError} when a newer commit serves, or is about to */
async function bringAndFollow(context: CommandContext, config: DeployConfig, source: Source): Promise<Verdict> {
  const { feedback, progress } = context
  const decider = createDecider(context, config, source)
  const decision = await decider.decide()
  const { plan, situation } = decision
  progress.planned(plan)
  warnOfTwoBuilds(progress, config, situation.deployment)
  warnOfOtherBranch(progress, config, situation.deployment)
  tellOfMissingVariables(progress, config, plan.kind === 'create')
  if (plan.kind === 'create') tellOfType(progress, config)
  if (situation.deployment) tellOfOtherType(progress, config, situation.deployment)
  tellOfMovableTag(progress, config, situation)
  if (config.dryRun) return { status: 'planned', reason: '' }

  if (source.upload || (plan.kind !== 'nothing' && plan.makesRevision)) await feedback.begin()
  const applied = await bring(context, source, decider, decision)
  if (applied.kind === 'no-revision' && !source.upload) return unchanged(context, applied, situation)
  if (applied.kind !== 'revision') return neverAppeared(applied)

  const { deployment, revision } = applied
  // A create cannot set it; a change of a deployment has done so.
  const isNamed = plan.kind !== 'create' || source.beginsEmpty || deployment.display_name === config.displayName
  const displayName = isNamed ? undefined : config.displayName
  const verdict = await namingBeside(context, deployment, displayName, () =>
    followOwn(context, config, deployment, revision)
  )
  await warnOfOtherCommit(context, config)
  return verdict
}

/**
 * A file of variables is never committed, so most runs have none, and a list of names never has values; they may be set in
 * LangSmith already. Only a new agent without any variable is worth a notice.
 */
function tellOfMissingVariables(
  progress: CommandContext['progress'],
  { source, secrets }: DeployConfig,
  isCreate: boolean
): void {
  if (source.type !== 'internal_source') return
  const { environmentNames, environmentFile, isEnvironmentMissing } = source.project
  const given = new Set([...secrets.secrets, ...secrets.variables].map(({ name }) => name))
  const lacking = environmentNames.filter((name) => !given.has(name))
  if (isCreate && given.size === 0 && (isEnvironmentMissing || lacking.length > 0)) {
    const cause = isEnvironmentMissing
      ? `its configuration names ${environmentFile}, which is not there`
      : `\`env\` of its configuration lists ${lacking.join(', ')} without values`
    progress.remark(
      `The new deployment gets no environment variables: ${cause}. Set them in \`secrets\`, \`variables\` or \`secrets-file\`.`
    )
  } else if (lacking.length > 0) {
    progress.note(
      `\`env\` of the configuration lists names without values, which this run does not set: ${lacking.join(', ')}.`
    )
  }
}

/** On AWS the default is another one than elsewhere. */
function tellOfType(progress: CommandContext['progress'], { source, controlPlane }: DeployConfig): void {
  if (source.type === 'external_docker' || source.deploymentType !== undefined || !isOnAws(controlPlane.url)) return
  progress.note(
    `\`deployment-type\` is not written, and deployments in AWS regions cannot scale to zero, so the new deployment gets the type ${chosenType(undefined, controlPlane.url)}.`
  )
}

/** A node that holds an image of this tag already need not pull it again, and then runs the older one. */
function tellOfMovableTag(
  progress: CommandContext['progress'],
  { source, skipUnchanged }: DeployConfig,
  { deployment, revisions }: Situation
): void {
  // With `skip-unchanged` a tag has a notice of its own, which asks for the digest as well.
  if (source.type !== 'external_docker' || skipUnchanged || !isByTag(source.imageUri)) return
  const { imageUri } = source
  const active = revisions.find(({ id }) => id === deployment?.active_revision_id)
  const isDeployed = [deployment, active].some((each) => {
    const image = each?.source_revision_config.image_uri
    return image && mayBeSameImage(image, imageUri)
  })
  if (!isDeployed && !isLatest(imageUri)) return
  progress.remark(
    `\`image-uri\` is ${imageUri}${isTagless(imageUri) ? ', which has no tag, which means `latest`' : ''}${isDeployed ? `${isTagless(imageUri) ? ', and' : ','} which is deployed already` : ''}: a node that holds an image of this tag may run that older one. Write the digest that the build gave: with docker/build-push-action, \`image-uri: <image>@\${{ steps.build.outputs.digest }}\`.`
  )
}

/** The type is set at creation only. */
function tellOfOtherType(progress: CommandContext['progress'], { source }: DeployConfig, deployment: Deployment): void {
  const wanted = source.deploymentType
  const actual = deployment.source_config.deployment_type
  if (!wanted || !actual || sameDeploymentType(wanted, actual)) return
  progress.remark(
    `\`deployment-type\` is ${wanted}, and the deployment has ${actual}. The type is set at creation only, so it stays. Remove \`deployment-type\`, or write the type that the deployment has.`
  )
}

/** Reads what exists and plans for it. */
interface Decider {
  /** Asked right before each send, since a plan carries the secrets along. @throws {OlderError} */
  decide(): Promise<Decision>
  /** From now on this deployment is read by its ID: a list of names can lag behind and lack it. */
  pin(deployment: Deployment): void
}

function createDecider(context: CommandContext, config: DeployConfig, source: Source): Decider {
  const { limits } = context
  const guard = createGuard(context, config)
  const nameGuard = createNameGuard(context, config)
  const { survey, pin } = createSurvey(context, config.target)
  return {
    pin,
    decide: async () => {
      const before = await survey()
      if (config.source.type === 'github') heedOrWarn(context, config, before.deployment)
      await nameGuard.check(before.deployment)
      const since = limits.clock.now()
      await guard(before)
      // GitHub may have taken its time to compare commits, so what was read before is read again.
      const situation = limits.clock.now() - since > FRESH_MS ? await survey() : before
      const readAt = situation === before ? since : limits.clock.now()
      if (newestAlive(situation.revisions)?.id !== newestAlive(before.revisions)?.id) await guard(situation)
      const wish = toWish(config, source, situation.deployment)
      return { situation, plan: await makePlan(context, config, wish, situation), readAt }
    }
  }
}

/** Carries the plan out; code that has to be at the server first is uploaded before. */
async function bring(
  context: CommandContext,
  source: Source,
  { decide, pin }: Decider,
  decision: Decision
): Promise<Applied> {
  const { progress } = context
  const { situation, plan } = decision
  const name = nameOf(plan)
  const wanted: Wanted = {
    name,
    get sent() {
      return source.sent
    },
    isUnique: source.upload !== undefined,
    commit: source.commit,
    decide: tellingOfChanges(progress, plan, decide)
  }
  if (!source.upload) return apply(context, wanted, decision)
  try {
    const deployment = situation.deployment ?? (await createEmpty(context, wanted, decision))
    pin(deployment)
    await source.upload(context, deployment.id)
    return await apply(context, wanted, await decide())
  } catch (error) {
    const isEmpty = progress.facts.created && !progress.facts.revision && !(error instanceof OlderError)
    if (isEmpty) progress.warn(emptyLeftBehind(name))
    throw error
  }
}

function nameOf(plan: Plan): string {
  return plan.kind === 'create' ? String(plan.body.name) : plan.deployment.name
}

/** A plan that differs from the one that was told is told too. The address of an archive is no news to anybody. */
function tellingOfChanges(
  progress: CommandContext['progress'],
  first: Plan,
  decide: Decider['decide']
): Decider['decide'] {
  const rowsOf = ({ rows }: Plan) => rows.filter(({ name }) => name !== 'source_tarball_path')
  let told = first
  return async () => {
    const decision = await decide()
    const { plan } = decision
    if (!isDeepStrictEqual(rowsOf(plan), rowsOf(told))) progress.planned(plan)
    told = plan
    return decision
  }
}

/**
 * Creates the deployment that an archive is uploaded to: a revision can only be made from what is there. A deployment
 * that somebody else has created first is taken as it is.
 */
async function createEmpty(context: CommandContext, wanted: Wanted, decision: Decision): Promise<Deployment> {
  const decide = async (): Promise<Decision> => {
    const next = await wanted.decide()
    const { plan } = next
    return plan.kind === 'patch'
      ? { ...next, plan: { kind: 'nothing', deployment: plan.deployment, rows: plan.rows } }
      : next
  }
  return (await apply(context, { ...wanted, decide }, decision)).deployment
}

function emptyLeftBehind(name: string): string {
  return `This run made the deployment "${name}", and it is still empty. The next run goes on with it; to remove it, use \`command: delete\`.`
}

/** How often the list of revisions is read again while it lacks the latest one, and the pause between, in milliseconds. */
const MOST_LIST_READS = 3
const LIST_PAUSE_MS = 1_000

/**
 * Reads what exists. A deployment that was found once is read by its ID from then on. It is read after its revisions: a
 * patch is made from its secrets, which must be fresh.
 */
function createSurvey(
  { client, limits, progress }: CommandContext,
  target: Target
): { readonly survey: () => Promise<Situation>; readonly pin: Decider['pin'] } {
  let pinned: Deployment | undefined
  const read = async ({ id, name }: Deployment): Promise<Situation & { readonly deployment: Deployment }> => {
    try {
      for (let reads = 1; ; reads += 1) {
        const { resources } = await client.revisions(id)
        const deployment = await client.deployment(id)
        const latest = deployment.latest_revision_id
        const isWhole = !latest || resources.some((revision) => revision.id === latest)
        if (isWhole || reads >= MOST_LIST_READS) return { deployment, revisions: resources }
        await pause(limits, LIST_PAUSE_MS)
      }
    } catch (error) {
      if (isMissing(error)) {
        progress.gone()
        throw deploymentVanished(name, id)
      }
      throw error
    }
  }
  return {
    pin: (deployment) => {
      pinned = deployment
    },
    survey: async () => {
      pinned ??= await find(client, target)
      if (!pinned) return { deployment: undefined, revisions: [] }
      const situation = await read(pinned)
      progress.deployment(situation.deployment)
      progress.before(situation.deployment)
      return situation
    }
  }
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
    return planPatch(wish, deployment, config.skipUnchanged ? servingRevision(deployment, revisions) : undefined)
  }
  if (config.ifMissing === 'fail') throw deploymentMayNotBeCreated(wish.name)
  if (config.controlPlane.hosting === 'self-hosted' && wish.name.length > LONGEST_SELF_HOSTED_NAME) {
    progress.warn(
      `The name "${wish.name}" has ${wish.name.length} characters. On self-hosted control planes deployments with more than ${LONGEST_SELF_HOSTED_NAME} have been seen never to become ready; prefer a shorter \`name\`.`
    )
  }
  return planCreate(wish, await wish.source.fixedSettings(client, config.controlPlane))
}

/** The revision that is latest and active and DEPLOYED at once: only then is nothing under way. */
function servingRevision(deployment: Deployment, revisions: readonly Revision[]): Revision | undefined {
  const [latest] = revisions
  return latest?.status === 'DEPLOYED' && latest.id === deployment.active_revision_id ? latest : undefined
}

/** Which of the two is meant only the user can say; until then what is set in LangSmith, or written, stays. */
function warnOfTwoBuilds(
  progress: CommandContext['progress'],
  { source, trigger }: DeployConfig,
  deployment: Deployment | undefined
): void {
  if (source.type !== 'github' || !(source.buildOnPush ?? deployment?.source_config.build_on_push)) return
  // A run that somebody or a schedule started builds no push, and neither does the deploy of another ref.
  if (trigger.eventName !== 'push' || !source.runCommit) return
  progress.warn(
    'LangSmith builds each push of this deployment (build on push), and so does this step: each push is built twice. Write `build-on-push: false` to let this action start the builds, or `command: wait` to wait for those that LangSmith starts.'
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

function neverAppeared(applied: Exclude<Applied, { kind: 'revision' }>): Verdict {
  const { name, id } = applied.deployment
  const other = applied.kind === 'missing' && applied.other
  return {
    status: 'failed',
    reason: other
      ? `LangSmith accepted the change of "${name}" (${id}), but answered with revision ${other.id}, which holds something else.`
      : `LangSmith accepted the change of "${name}" (${id}), but no revision of it appeared within 30 seconds.`,
    advice: 'Check the revisions of the deployment in LangSmith; if none holds this change, run this again.'
  }
}

/** A branch is built as it stands when the server gets to it, which can be later than this run's commit. */
async function warnOfOtherCommit({ github, progress }: CommandContext, { source }: DeployConfig): Promise<void> {
  const wanted = source.type === 'github' ? source.runCommit : undefined
  const built = progress.facts.revision && commitOf(progress.facts.revision)
  if (!wanted || !built || built === wanted) return
  const comparison = github && (await compareCommits(github, wanted, built))
  const tag = source.type === 'github' && /^refs\/tags\/(.+)/.exec(source.repoRef)?.[1]
  const text = tag
    ? `The tag ${tag} was moved: the revision was built from commit ${built}, where it is now, and this run is about ${wanted}. ${inHistory(comparison)}`
    : `The revision was built from commit ${built}, but this run is about ${wanted}: LangSmith builds the head of the branch. ${inHistory(comparison)}`
  // After two merges in a row the first run finds the second commit built, which is no fault.
  if (!tag && comparison && comparison !== 'unknown' && comparison.behind === 0) progress.note(text)
  else progress.warn(text)
}

function inHistory(comparison: Comparison | 'unknown' | undefined): string {
  if (!comparison || comparison === 'unknown') return 'Check that what serves holds the commit of this run.'
  const { ahead, behind } = comparison
  return behind === 0
    ? `What was built is ahead by ${commits(ahead)} and holds that of this run.`
    : `What was built lacks ${commits(behind)} that this run has.`
}
