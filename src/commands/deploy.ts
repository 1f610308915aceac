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
import { namingBeside } from './display-name.ts'
import { OlderError, yieldTo } from './guard.ts'
import { heedOrWarn, withClearRef, withDefaultBranch, withSoundName } from './origin.ts'
import { createPlanner, deployedAndActive, type Planner } from './planner.ts'
import { withPreviewName } from './preview.ts'
import { type Remark, remarkOnCommit, remarksOn } from './remarks.ts'
import { createLook, deletedMeanwhile, type LookAtPullRequest, StaleError, verdictOfStale } from './stale.ts'

/** Brings the deployment to what the inputs say: find, plan, create or patch in one write, follow our own revision. */
export async function deploy(context: CommandContext, given: DeployConfig): Promise<Verdict> {
  const clear = await withClearRef(context, given)
  // What LangSmith does not build depends on no deployment, so it is refused before it is packed.
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

/** What is asked outside of LangSmith before a write, once for all names that a preview may bear. */
interface Checks {
  readonly gate: Gate
  readonly look: LookAtPullRequest
}

/** Asks once whether anything may be written. @returns the verdict of a run that must not go on */
type Gate = () => Promise<Verdict | undefined>

/** The gate of a run, which is the same for each name that a preview may bear. */
function createGate(context: CommandContext, config: DeployConfig): Gate {
  const { gate } = config
  if (!gate) return async () => undefined
  let asked: Promise<Verdict | undefined> | undefined
  return () => {
    // Loaded only here: most runs require no experiment.
    asked ??= import('./gate.ts').then(({ passGate }) => passGate(context, gate, evaluatedCommit(config)))
    return asked
  }
}

/** The commit that an experiment should be of; that of an image is not known. */
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

/** @throws {OlderError} when a newer commit serves, or is about to @throws {StaleError} */
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
  // What is there already need not be uploaded again.
  if (source.upload && plan.kind === 'nothing') {
    return alreadyActive(context, config, { kind: 'no-revision', deployment: plan.deployment, did: 'nothing' }, current)
  }

  // Loaded only here: the first request need not wait for it, and nothing is written where it cannot be loaded.
  const { followOwn } = await import('../rollout/follow.ts')
  if (source.upload || (plan.kind !== 'nothing' && plan.makesRevision)) await feedback.begin()
  const applied = await bring(context, source, planner, decision)
  if (applied.kind === 'no-revision' && applied.did !== 'create')
    return alreadyActive(context, config, applied, current)
  if (applied.kind !== 'revision') return changeNeverAppeared(applied)

  const { deployment } = applied
  // A create cannot set it; a change of a deployment has done so.
  const isNamed = plan.kind !== 'create' || source.upload || deployment.display_name === config.displayName
  const displayName = isNamed ? undefined : config.displayName
  const outcome = await namingBeside(context, deployment, displayName, () =>
    followOwn(context, config, applied, current.revisions)
  )
  if (mayServe(outcome.verdict)) await compareWithBuilt(context, config, outcome.revision)
  return outcome.verdict
}

/** Carries the plan out; code that has to be at the server first is uploaded before. */
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
    // The plan that follows an upload was told before it, as the plan of the create.
    return await apply(context, wanted, await planner.decide())
  } catch (error) {
    if (created && !(error instanceof OlderError)) progress.warn(emptyLeftBehind(name))
    throw error
  }
}

function plannedName(plan: Plan): string {
  return plan.kind === 'create' ? String(plan.body.name) : plan.deployment.name
}

/** A plan that differs from the one that was told is told too. What the upload gave the code for a name is not news to anybody. */
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

/** A revision can only be made from what is there, so the deployment is created without one. */
async function createEmpty(
  context: CommandContext,
  wanted: Wanted,
  decision: Decision
): Promise<{ readonly deployment: Deployment; readonly created: boolean }> {
  const applied = await apply(context, { ...wanted, decide: creatingOnly(wanted.decide) }, decision)
  return { deployment: applied.deployment, created: applied.kind === 'no-revision' && applied.did === 'create' }
}

/** A deployment that somebody else has created first is taken as it is. */
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

/** The end of a run that made no revision: what is active already must serve, as a revision of this run would have to. */
async function alreadyActive(
  context: CommandContext,
  config: DeployConfig,
  { deployment, did }: Applied & { readonly kind: 'no-revision' },
  { revisions }: CurrentState
): Promise<Verdict> {
  const inPlace = did === 'nothing' ? '' : ' Settings were updated in place.'
  const reason = `Already up to date; no new revision was created.${inPlace}`
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

/** Compares the commit of the run with the one that was built, where they differ. */
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
