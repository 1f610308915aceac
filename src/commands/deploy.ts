import { isDeepStrictEqual } from 'node:util'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { apply, type Decision, type Sends, type Wanted } from '../deployment/apply.ts'
import type { CurrentState } from '../deployment/attempt.ts'
import type { Applied } from '../deployment/outcome.ts'
import { changesOf, type Plan } from '../deployment/plan.ts'
import { commitOf } from '../deployment/revision.ts'
import { isMadeFrom, sourceOf } from '../deployment/sources/index.ts'
import { kindOf } from '../deployment/sources/kinds.ts'
import type { Source } from '../deployment/sources/source.ts'
import { compareCommits } from '../github/commits.ts'
import type { DeployConfig } from '../inputs/config.ts'
import type { CommandContext } from '../rollout/context.ts'
import { mayServe, type Verdict } from '../run/verdict.ts'
import { loadAhead } from './ahead.ts'
import { namingBeside } from './display-name.ts'
import { OlderError, yieldTo } from './guard.ts'
import { heedOrWarn, withClearRef, withDefaultBranch, withSoundName } from './origin.ts'
import { createPlanner, deployedAndActive, type Planner } from './planner.ts'
import { withPreviewName } from './preview.ts'
import { type Remark, remarkOnCommit, remarkOnEnvironment, remarksOn } from './remarks.ts'
import { createLook, deletedMeanwhile, type LookAtPullRequest, StaleError, verdictOfStale } from './stale.ts'

/**
 * Deploys what the inputs describe: finds the deployment, plans, creates or patches in one write, follows the new
 * revision.
 */
export async function deploy(context: CommandContext, given: DeployConfig): Promise<Verdict> {
  const clear = await withClearRef(context, given)
  // If LangSmith does not build the code, the check needs no deployment and can precede the packing.
  if (!isMadeFrom('repository', clear.source)) heedOrWarn(context, clear, undefined)
  const config = await withDefaultBranch(context, await withSoundName(context, clear))
  const source = sourceOf(config.source)
  await source.prepare?.(context)
  const { previewNames } = config.target
  const checks = { gate: createGate(context, config), look: createLook(context, config) }
  return previewNames
    ? withPreviewName(context, previewNames, (target) => deployTo(context, { ...config, target }, source, checks))
    : deployTo(context, config, source, checks)
}

/** The checks before a write, shared by all names of a preview. */
interface Checks {
  readonly gate: Gate
  readonly look: LookAtPullRequest
}

/** Checks once whether the run may write. @returns the verdict of a run that must stop; `undefined` if it may write */
type Gate = () => Promise<Verdict | undefined>

/** Creates the gate of a run, shared by all names of a preview. */
function createGate(context: CommandContext, config: DeployConfig): Gate {
  const { gate } = config
  if (!gate) return async () => undefined
  let result: Promise<Verdict | undefined> | undefined
  return () => {
    // Imported on demand: most runs require no experiment.
    result ??= import('./gate.ts').then(({ passGate }) => passGate(context, gate, evaluatedCommit(config)))
    return result
  }
}

/** The commit that the experiment should have evaluated; unknown for an image. */
function evaluatedCommit({ source, trigger }: DeployConfig): string | undefined {
  if (isMadeFrom('image', source)) return undefined
  return isMadeFrom('repository', source) ? source.runCommit : trigger.commit
}

async function deployTo(
  context: CommandContext,
  config: DeployConfig,
  source: Source,
  checks: Checks
): Promise<Verdict> {
  try {
    const verdict = await bringAndFollow(context, config, source, checks)
    return verdict.status === 'failed' ? ((await deletedMeanwhile(context, config, checks.look)) ?? verdict) : verdict
  } catch (error) {
    if (error instanceof StaleError) return verdictOfStale(config, error)
    if (error instanceof OlderError) return yieldTo(context, config, error)
    throw error
  }
}

/** @throws {OlderError} if a newer commit is active or in progress @throws {StaleError} */
async function bringAndFollow(
  context: CommandContext,
  config: DeployConfig,
  source: Source,
  { gate, look }: Checks
): Promise<Verdict> {
  const { feedback, progress } = context
  const planner = createPlanner(context, config, source, look)
  const decision = await planner.decide()
  const { plan, current } = decision
  progress.planned(plan)
  tell(progress, remarksOn(config, decision))
  const rejected = plan.kind === 'nothing' ? undefined : await gate()
  if (rejected) return rejected
  if (config.dryRun) return { status: 'planned', reason: '', changes: changesOf(plan) }
  // Unchanged code needs no upload.
  if (source.upload && plan.kind === 'nothing') {
    return alreadyActive(context, config, { kind: 'no-revision', deployment: plan.deployment, did: 'nothing' }, current)
  }

  // Loaded only here: the first request need not wait for it, and nothing is written where it cannot be loaded.
  const { followOwn, loadChecks } = await import('../rollout/follow.ts')
  await Promise.all([loadAhead(config), loadChecks(context, config)])
  if (source.upload || (plan.kind !== 'nothing' && plan.makesRevision)) await feedback.begin()
  const applied = await bring(context, source, planner, decision)
  const onEnvironment = remarkOnEnvironment(config, plan, applied.deployment)
  if (onEnvironment) tell(progress, [onEnvironment])
  if (applied.kind === 'no-revision' && applied.did !== 'create')
    return alreadyActive(context, config, applied, current)
  if (applied.kind !== 'revision') return changeNeverAppeared(applied)

  const { deployment } = applied
  // A create cannot set the display name; a patch already did.
  const isNamed = plan.kind !== 'create' || source.upload || deployment.display_name === config.displayName
  const displayName = isNamed ? undefined : config.displayName
  const outcome = await namingBeside(context, deployment, displayName, () =>
    followOwn(context, config, applied, current.revisions)
  )
  if (mayServe(outcome.verdict)) await compareWithBuilt(context, config, outcome.revision)
  return outcome.verdict
}

/** Carries out the plan, after the upload if the source has one. */
async function bring(
  context: CommandContext,
  source: Source,
  planner: Planner,
  decision: Decision
): Promise<Applied & Sends> {
  const { progress } = context
  const { current, plan } = decision
  const name = plannedName(plan)
  const decide = tellingOfChanges(progress, source, plan, planner.decide)
  const wanted: Wanted = {
    name,
    get sent() {
      return source.sent
    },
    isUnique: kindOf(source.type).code === 'archive',
    commit: source.commit,
    decide
  }
  if (!source.upload) return apply(context, wanted, decision)
  const { deployment, created } = current.deployment
    ? { deployment: current.deployment, created: false }
    : await createEmpty(context, wanted, decision)
  try {
    planner.pin(deployment)
    await source.upload(context, deployment)
    // The plan after the upload was shown before it, as the plan of the create.
    return await apply(context, wanted, await planner.decide())
  } catch (error) {
    if (created && !(error instanceof OlderError)) progress.warn(emptyLeftBehind(name))
    throw error
  }
}

function plannedName(plan: Plan): string {
  return plan.kind === 'create' ? String(plan.body.name) : plan.deployment.name
}

/**
 * Shows a new plan if it differs from the one shown before. The name that an upload gave the code (`lateField`) is
 * ignored.
 */
function tellingOfChanges(
  progress: CommandContext['progress'],
  { lateField }: Source,
  first: Plan,
  decide: Planner['decide']
): Planner['decide'] {
  const rowsOf = ({ rows }: Plan) => rows.filter(({ name }) => name !== lateField)
  let told = first
  return async () => {
    const decision = await decide()
    const { plan } = decision
    if (!isDeepStrictEqual(rowsOf(plan), rowsOf(told))) progress.planned(plan)
    told = plan
    return decision
  }
}

/** Creates the deployment without a revision, because the upload of the code needs an existing deployment. */
async function createEmpty(
  context: CommandContext,
  wanted: Wanted,
  decision: Decision
): Promise<{ readonly deployment: Deployment; readonly created: boolean }> {
  const applied = await apply(context, { ...wanted, decide: creatingOnly(wanted.decide) }, decision)
  return { deployment: applied.deployment, created: applied.kind === 'no-revision' && applied.did === 'create' }
}

/** Replaces a patch with no change: another run may have created the deployment in the meantime. */
function creatingOnly(decide: Wanted['decide']): Wanted['decide'] {
  return async () => {
    const decision = await decide()
    const { plan } = decision
    if (plan.kind !== 'patch') return decision
    return { ...decision, plan: { kind: 'nothing', deployment: plan.deployment, rows: plan.rows } }
  }
}

function emptyLeftBehind(name: string): string {
  return `This run created deployment "${name}", which has no revision yet. The next run reuses it; to remove it, use \`command: delete\`.`
}

/** Ends a run that created no revision. The active revision must pass the same proof as a new one. */
async function alreadyActive(
  context: CommandContext,
  config: DeployConfig,
  { deployment, did }: Applied & { readonly kind: 'no-revision' },
  { revisions }: CurrentState
): Promise<Verdict> {
  const reason =
    did === 'nothing'
      ? 'Already up to date; no new revision was created.'
      : 'The settings were updated; no new revision was created.'
  const active = deployedAndActive(deployment, revisions)
  if (!active) return { status: 'unchanged', reason }
  context.progress.revision(active, { own: false })
  const { proveActive } = await import('../rollout/follow.ts')
  const verdict = await proveActive(context, config, deployment, active)
  if (verdict.status !== 'deployed') return verdict
  return { status: 'unchanged', reason, ...(verdict.warning && { warning: verdict.warning }) }
}

function changeNeverAppeared(applied: Exclude<Applied, { kind: 'revision' }>): Verdict {
  const { name, id } = applied.deployment
  const other = applied.kind === 'missing' && applied.other
  return {
    status: 'failed',
    reason: other
      ? `LangSmith accepted the change to "${name}" (${id}), but returned revision ${other.id}, which has different content.`
      : `LangSmith accepted the change to "${name}" (${id}), but no new revision appeared within 30 seconds.`,
    advice: 'Check the revisions of the deployment in LangSmith; if none contains this change, rerun this job.'
  }
}

/** Reports a built commit that differs from the commit of the run. */
async function compareWithBuilt(
  { github, progress }: CommandContext,
  { source }: DeployConfig,
  revision: Revision
): Promise<void> {
  const wanted = isMadeFrom('repository', source) ? source.runCommit : undefined
  const built = commitOf(revision)
  if (!wanted || !built || built === wanted) return
  const comparison = github && (await compareCommits(github, wanted, built))
  tell(progress, [remarkOnCommit(source, wanted, { built, status: revision.status }, comparison)])
}

function tell(progress: CommandContext['progress'], remarks: readonly Remark[]): void {
  for (const { level, text } of remarks) progress[level](text)
}
