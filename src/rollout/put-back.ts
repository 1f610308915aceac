import type { Deployment, Revision } from '../control-plane/resources.ts'
import { addressOf } from '../deployment/address.ts'
import { apply, type Decision } from '../deployment/apply.ts'
import type { PatchPlan, Plan } from '../deployment/plan.ts'
import { planRestore, type Restoration } from '../deployment/restore.ts'
import type { Leftover } from '../deployment/restore-outcome.ts'
import { errorMessage } from '../run/error-message.ts'
import { CancelledError, checkLimits, DeadlineError } from '../run/limits.ts'
import { midSentence, sentence } from '../run/sentence.ts'
import { listed } from '../runner/words.ts'
import type { CommandContext } from './context.ts'
import { activeNow, type RollbackConfig, type RollbackOutcome, rollOut, type Story } from './roll-out.ts'
import { proveServing } from './serving.ts'

/** The result of a rollback, and the changes to restore. */
interface RolledBack {
  readonly deployment: Deployment
  /** The revision that was rolled back to. */
  readonly target: Revision
  /** The revision that the rollback created from it; `undefined` if a newer revision is active. */
  readonly latest: Revision | undefined
  /** True if `latest` passed its checks. */
  readonly isServing: boolean
  /** The changes that this run wrote before. */
  readonly written: readonly PatchPlan[]
}

/**
 * Restores the variables and settings that this run changed, in one write. If the write creates a revision, it has the
 * code of `target` and is followed until it is active. The story lists what cannot be restored.
 *
 * @throws {CancelledError} if the job is canceled; {DeadlineError} at a deadline after the write
 */
export async function putBack(
  context: CommandContext,
  config: RollbackConfig,
  rolledBack: RolledBack,
  story: Story
): Promise<void> {
  try {
    await restore(context, config, rolledBack, story)
  } catch (error) {
    if (error instanceof CancelledError || (error instanceof DeadlineError && story.underWay)) throw error
    const why = error instanceof DeadlineError ? 'the timeout expired' : errorMessage(error)
    story.done.push(
      story.isPutBack
        ? sentence(`The settings that this run changed were restored, but the result could not be checked: ${why}`)
        : sentence(`The settings that this run changed could not be restored: ${why}`)
    )
  }
}

async function restore(
  context: CommandContext,
  config: RollbackConfig,
  rolledBack: RolledBack,
  story: Story
): Promise<void> {
  const { progress } = context
  const decide = () => decideRestore(context, rolledBack, story)
  const decision = await decide()
  const { plan, restoration } = decision
  const { others, back, leftovers, sent, makesRevision } = restoration
  if (others.length > 0) progress.note(`Left unchanged, because somebody else changed the value: ${listed(others)}.`)
  if (plan.kind === 'nothing') return
  const names = listed(back)
  progress.note(`Restoring the settings that this run changed: ${names}.`)
  const followUp = progress.followUp('Restore', () => {
    story.underWay = `The request that restores ${names}`
  })
  const restoring = { ...context, progress: followUp }
  const applied = await apply(restoring, { name: rolledBack.deployment.name, sent, decide }, decision)
  // From here on, the deployment has these values, even if the revision fails.
  story.isPutBack = true
  story.leftovers = leftoverWords(leftovers)
  if (!makesRevision) {
    story.underWay = undefined
    story.done.push(`Restored: ${names}.`)
    await proveNewAddress(restoring, config, rolledBack, [plan.deployment, applied.deployment], story)
    return
  }
  const came = await rollOut(restoring, config, applied)
  story.underWay = undefined
  story.done.push([`Restored: ${names}.`, outcome(came, rolledBack.target)].filter(Boolean).join(' '))
  tellState(progress, came, rolledBack.target, story)
}

interface RestoreDecision extends Decision {
  readonly plan: Exclude<Plan, { readonly kind: 'create' }>
  readonly restoration: Restoration
}

/** Reads the current state and plans the restoration. @throws {Error} if another run has changed the deployment */
async function decideRestore(
  { client, limits }: CommandContext,
  { deployment, target, latest, written }: RolledBack,
  story: Story
): Promise<RestoreDecision> {
  checkLimits(limits)
  const { resources: revisions } = await client.revisions(deployment.id)
  const now = await client.deployment(deployment.id)
  const readAt = limits.clock.now()
  const restoration = planRestore(written, now, target)
  const { leftovers, back } = restoration
  // Valid until the restoration.
  story.leftovers = leftoverWords([...leftovers, ...back.map((name) => ({ name, why: '' }))])
  // A newer revision belongs to another run, including its values.
  const isOurs = latest && revisions[0]?.id === latest.id && [null, latest.id].includes(now.latest_revision_id)
  if (!isOurs && back.length > 0) throw new Error('another revision is now in progress or active')
  const plan = asPlan(restoration, now)
  return { current: { deployment: now, revisions }, plan, readAt, restoration }
}

/** Records the active revision after the restoration, if known. */
function tellState(progress: CommandContext['progress'], came: RollbackOutcome, target: Revision, story: Story): void {
  if (came.kind === 'serving') {
    progress.rolledBack(target.id, came.revision.id)
    story.state = activeNow(came.revision, `${target.id} with the previous values`)
    story.advice = undefined
  } else if (came.kind === 'silent' || came.kind === 'overtaken') {
    story.state = ''
    story.advice = undefined
  }
}

function asPlan({ body, makesRevision, back }: Restoration, deployment: Deployment): RestoreDecision['plan'] {
  return back.length === 0
    ? { kind: 'nothing', deployment, rows: [] }
    : { kind: 'patch', deployment, body, makesRevision, rows: [] }
}

function outcome(came: RollbackOutcome, target: Revision): string {
  const made =
    'revision' in came
      ? `Revision ${came.revision.id}, created from revision ${target.id} with the previous values`
      : ''
  switch (came.kind) {
    case 'serving':
      return ''
    case 'silent':
      return `${made}, is active now but did not pass its checks.`
    case 'inactive':
      return `${made}, did not become active.`
    case 'failed':
    case 'superseded':
      return `${made}, failed: ${midSentence(came.reason)}`
    case 'missing':
      return 'No revision with the previous values appeared.'
    case 'overtaken':
      return 'A newer revision is now active.'
  }
}

/** Checks a revision again if it did not pass its checks and the restoration changed its URL. */
async function proveNewAddress(
  restoring: CommandContext,
  config: RollbackConfig,
  { target, latest, isServing }: Pick<RolledBack, 'target' | 'latest' | 'isServing'>,
  [before, after]: readonly [Deployment, Deployment],
  story: Story
): Promise<void> {
  if (isServing || !latest || addressOf(before) === addressOf(after)) return
  const rolledOut = { deployment: after, revision: latest, own: true, hasPredecessor: true }
  const proof = await proveServing(restoring, config, { status: 'deployed' }, rolledOut)
  if ('overtakenBy' in proof || proof.verdict.status !== 'deployed') return
  restoring.progress.rolledBack(target.id, latest.id)
  story.state = activeNow(latest, target.id)
}

/** Describes the changes that remain from this run, by name and reason; empty if nothing remains. */
export function leftoverWords(leftovers: readonly Leftover[]): string {
  const reasons = [...new Set(leftovers.map(({ why }) => why))]
  const groups = reasons.map((reason) => {
    const names = listed(leftovers.filter(({ why }) => why === reason).map(({ name }) => name))
    return reason ? `${names} (${reason})` : names
  })
  return groups.length > 0 ? `Not restored: ${groups.join('; ')}.` : ''
}
