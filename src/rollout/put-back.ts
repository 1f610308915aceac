import type { Deployment, Revision } from '../control-plane/resources.ts'
import { addressOf } from '../deployment/address.ts'
import { apply, type Decision } from '../deployment/apply.ts'
import type { PatchPlan, Plan } from '../deployment/plan.ts'
import { planRestore, type Restoration } from '../deployment/restore.ts'
import type { Leftover } from '../deployment/restore-outcome.ts'
import { errorMessage } from '../run/error-message.ts'
import { CancelledError, checkLimits, DeadlineError } from '../run/limits.ts'
import { sentence } from '../run/sentence.ts'
import { listed } from '../runner/words.ts'
import type { CommandContext } from './context.ts'
import { activeNow, type RollbackConfig, type RollbackOutcome, rollOut, type Story } from './roll-out.ts'
import { proveServing } from './serving.ts'

/** What was rolled back, and what is to follow. */
interface RolledBack {
  readonly deployment: Deployment
  /** The good revision. */
  readonly target: Revision
  /** The revision that the roll back made from it; nothing when a newer one has taken over. */
  readonly latest: Revision | undefined
  /** Whether that one was seen to serve. */
  readonly isServing: boolean
  /** What this run wrote before. */
  readonly written: readonly PatchPlan[]
}

/**
 * Puts back the variables and settings that this run changed, in one write. What makes a revision carries the code of the
 * good one, and is followed until it serves. The story names what cannot be put back.
 *
 * @throws {CancelledError} when the job is cancelled, {DeadlineError} when the deadline comes after the write
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
  if (others.length > 0) progress.note(`Left unchanged, because someone else changed it: ${listed(others)}.`)
  if (plan.kind === 'nothing') return
  const names = listed(back)
  progress.note(`Restoring what this run changed: ${names}.`)
  const followUp = progress.followUp('Restore', () => {
    story.underWay = `The request that restores ${names}`
  })
  const restoring = { ...context, progress: followUp }
  const applied = await apply(restoring, { name: rolledBack.deployment.name, sent, decide }, decision)
  // From here on the deployment has these values, whatever becomes of the revision.
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

/** Reads what exists now, and plans what is put back. @throws when the deployment is somebody else's by now */
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
  // Until it is put back.
  story.leftovers = leftoverWords([...leftovers, ...back.map((name) => ({ name, why: '' }))])
  // What somebody else makes of the deployment from here on is theirs, values and all.
  const isOurs = latest && revisions[0]?.id === latest.id && [null, latest.id].includes(now.latest_revision_id)
  if (!isOurs && back.length > 0) throw new Error('another revision is now in progress or active')
  const plan = asPlan(restoration, now)
  return { current: { deployment: now, revisions }, plan, readAt, restoration }
}

/** Says what is active after the values were put back, where that is known. */
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
    'revision' in came ? `Revision ${came.revision.id}, created from ${target.id} with the previous values` : ''
  switch (came.kind) {
    case 'serving':
      return ''
    case 'silent':
      return `${made}, is active now but did not pass its checks.`
    case 'inactive':
      return `${made}, did not become active.`
    case 'failed':
    case 'superseded':
      return `${made}, failed: ${came.reason}`
    case 'missing':
      return 'No revision with the previous values appeared.'
    case 'overtaken':
      return 'A newer revision is now active.'
  }
}

/** A revision that was not seen to serve at the address of this run is asked once more at the address from before. */
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

/** What is left from this run, by name and with the reasons; empty when there is nothing. */
export function leftoverWords(leftovers: readonly Leftover[]): string {
  const reasons = [...new Set(leftovers.map(({ why }) => why))]
  const groups = reasons.map((reason) => {
    const names = listed(leftovers.filter(({ why }) => why === reason).map(({ name }) => name))
    return reason ? `${names} (${reason})` : names
  })
  return groups.length > 0 ? `Not restored: ${groups.join('; ')}.` : ''
}
