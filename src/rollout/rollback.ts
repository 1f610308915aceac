import { ApiError } from '../control-plane/errors.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { applyRedeploy } from '../deployment/apply.ts'
import type { PatchPlan } from '../deployment/plan.ts'
import { namesChanged } from '../deployment/restore.ts'
import { commitOf, isSameCommit } from '../deployment/revision.ts'
import { passedOverWords, readServedBefore } from '../deployment/served.ts'
import { errorMessage } from '../run/error-message.ts'
import { CancelledError, DeadlineError } from '../run/limits.ts'
import { midSentence, sentence } from '../run/sentence.ts'
import type { Verdict } from '../run/verdict.ts'
import type { CommandContext } from './context.ts'
import { leftoverWords, putBack } from './put-back.ts'
import { activeNow, type RollbackConfig, type RollbackOutcome, rollOut, type Story } from './roll-out.ts'
import { READ_DEPLOY_LOG } from './serving.ts'

type Broken = Verdict & { readonly status: 'failed' }

/** A rollout that ended with a broken revision. */
interface BrokenRollout {
  readonly deployment: Deployment
  readonly revision: Revision
  /** The changes that created the revision. */
  readonly written: readonly PatchPlan[]
}

/**
 * Rolls back a broken revision to the revision that was active before, and restores the variables and settings that
 * this run changed. Only if the broken revision is both the active and the latest one: otherwise another revision is
 * active or in progress.
 *
 * @returns the verdict of the broken revision, with the result of the rollback
 */
export async function rollBack(
  context: CommandContext,
  config: RollbackConfig,
  rollout: BrokenRollout,
  broken: Broken
): Promise<Verdict> {
  // The rollback has its own time limit.
  context.limits.restart(config.timeoutMs)
  const story: Story = {
    isBegun: false,
    done: [],
    state: '',
    underWay: undefined,
    isPutBack: false,
    leftovers: '',
    advice: undefined
  }
  try {
    const obstacle = await goBack(context, config, rollout, story)
    return obstacle === undefined
      ? toldBy(story, broken, [...story.done, story.state], story.advice)
      : toldBy(story, broken, [obstacle])
  } catch (error) {
    return brokenOff(error, rollout.revision, story, broken)
  }
}

/** @returns the reason if the rollback was skipped */
async function goBack(
  context: CommandContext,
  config: RollbackConfig,
  rollout: BrokenRollout,
  story: Story
): Promise<string | undefined> {
  const { deployment, revision, written } = rollout
  const { client, progress } = context
  const now = await client.deployment(deployment.id)
  progress.deployment(now)
  // If the deployment reports no latest revision, the list of revisions does.
  const isLatest = [null, revision.id].includes(now.latest_revision_id)
  if (now.active_revision_id !== revision.id || !isLatest) return NOT_OURS
  const { newest, before, passedOver } = await readServedBefore(client, deployment.id, revision.id, {
    hasNewCodeOnly: namesChanged(written).length === 0
  })
  if (newest[0]?.id !== revision.id) return NOT_OURS
  const why = passedOverWords(passedOver)
  if (!before) {
    const other = why.length > 0 ? 'other ' : ''
    return [`Skipped the rollback: no ${other}revision was active before revision ${revision.id}.`, ...why].join(' ')
  }

  story.isBegun = true
  for (const sentence of why) progress.note(sentence)
  progress.note(`Rolling back to revision ${before.id}.`)
  story.leftovers = leftoverWords(namesChanged(written).map((name) => ({ name, why: '' })))
  await carryOut(context, config, { ...rollout, deployment: now, newest, target: before }, story)
  return undefined
}

/** @param advice without `command: redeploy`, which could now redeploy our revision or replace another run's */
function toldBy(
  { isBegun, leftovers }: Story,
  broken: Broken,
  words: readonly string[],
  advice = READ_DEPLOY_LOG
): Broken {
  const reason = [broken.reason, ...words, leftovers].filter(Boolean).join('\n')
  return { ...broken, reason, advice, ...(isBegun ? { isRolledBack: true } : {}) }
}

/** The verdict of a rollback that an error ended. */
function brokenOff(error: unknown, revision: Revision, story: Story, broken: Broken): Verdict {
  const { isBegun, underWay, done, state, leftovers } = story
  if (error instanceof CancelledError) {
    const going = underWay && `${underWay} was in progress and continues.`
    const told = [broken.reason, ...done, state, going].filter(Boolean).join(' ')
    return {
      status: 'cancelled',
      reason: ['The job was canceled.', told, leftovers].filter(Boolean).join('\n'),
      ...(isBegun ? { isRolledBack: true } : {})
    }
  }
  if (error instanceof DeadlineError && underWay) {
    return toldBy(story, broken, [
      ...done,
      state,
      `${underWay} was in progress when the timeout expired, and continues.`
    ])
  }
  const why = error instanceof DeadlineError ? 'the timeout expired' : errorMessage(error)
  // A refused POST changed nothing. After any other sent request, our revision may no longer be active.
  const isOurs = isBegun && (!underWay || (error instanceof ApiError && error.request.startsWith('POST ')))
  return toldBy(
    story,
    broken,
    [sentence(`The rollback failed: ${midSentence(why)}`), isOurs ? stillBroken(revision) : ''],
    broken.advice
  )
}

function stillBroken({ id }: Revision): string {
  return `Revision ${id} is still active.`
}

const NOT_OURS = 'Skipped the rollback: another revision is now active or in progress.'

const FIX_ADVICE =
  'Deploy a corrected version, or roll back with `command: redeploy` and the `revision-id` of a revision that worked.'

/** A broken rollout and its target, with the deployment as read right before the rollback. */
interface RollbackTarget extends BrokenRollout {
  /** Newest first, beginning with ours. */
  readonly newest: readonly Revision[]
  readonly target: Revision
}

/** Redeploys the code of the target, and then restores the other changes of this run. */
async function carryOut(
  context: CommandContext,
  config: RollbackConfig,
  aim: RollbackTarget,
  story: Story
): Promise<void> {
  const { deployment, newest, target, written } = aim
  const progress = context.progress.followUp('Rollback', () => {
    story.underWay = `A rollback to revision ${target.id}`
  })
  const rolling = { ...context, progress }
  const applied = await applyRedeploy(rolling, deployment, target, newest)
  const came = await rollOut(rolling, config, applied)
  story.underWay = undefined
  tellRollout(came, aim, story)
  if (came.kind === 'missing') return
  if (came.kind === 'serving') {
    context.progress.rolledBack(target.id, came.revision.id)
    story.done.push(...(await otherCommit(context, deployment.id, target, came.revision)))
  }
  if (written.length > 0) {
    // If a newer revision is active, nothing is written, and the story lists the remaining changes.
    const latest = came.kind === 'overtaken' || came.kind === 'superseded' ? undefined : came.revision
    await putBack(context, config, { deployment, target, latest, isServing: came.kind === 'serving', written }, story)
  }
}

/** Records the outcome of the revision created from the target. */
function tellRollout(came: RollbackOutcome, { revision: ours, target }: RollbackTarget, story: Story): void {
  switch (came.kind) {
    case 'missing':
      story.done.push(`The rollback failed: no revision created from revision ${target.id} appeared.`)
      story.state = came.other
        ? `Revision ${came.other.id} appeared instead, with different content.`
        : stillBroken(ours)
      story.advice = FIX_ADVICE
      return
    case 'overtaken':
      story.done.push(`Rolled back to revision ${target.id}, but a newer revision is now active.`)
      return
    case 'superseded':
    case 'failed':
      story.done.push(
        `The rollback to revision ${target.id} failed in revision ${came.revision.id}: ${midSentence(came.reason)}`
      )
      if (came.kind === 'superseded') return
      story.state = stillBroken(ours)
      story.advice = `Read the logs of revisions ${ours.id} and ${came.revision.id} in LangSmith. ${FIX_ADVICE}`
      return
    case 'silent':
      story.done.push(
        `The rollback created revision ${came.revision.id} from revision ${target.id}, but revision ${came.revision.id} did not pass its checks either.`
      )
      return
    case 'inactive':
      story.done.push(
        `The rollback created revision ${came.revision.id} from revision ${target.id}, but revision ${came.revision.id} did not become active.`
      )
      return
    case 'serving':
      story.done.push(`Rolled back to the code of revision ${target.id}.`)
      story.state = activeNow(came.revision, target.id)
  }
}

/**
 * Reports a new revision with another commit than its target: the head of a branch can change before the second build.
 */
async function otherCommit(
  { client }: CommandContext,
  deploymentId: string,
  target: Revision,
  { id }: Revision
): Promise<readonly string[]> {
  const made = await client.glanceRevision(deploymentId, id)
  const [wanted, built] = [commitOf(target), made && commitOf(made)]
  if (!wanted || !built || isSameCommit(wanted, built)) return []
  return [
    `Revision ${id} was built from commit ${built}, not from commit ${wanted} of revision ${target.id}. Check the code of the active revision.`
  ]
}
