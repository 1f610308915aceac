import { ApiError } from '../control-plane/errors.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { applyRedeploy } from '../deployment/apply.ts'
import type { PatchPlan } from '../deployment/plan.ts'
import { namesChanged } from '../deployment/restore.ts'
import { commitOf, isSameCommit } from '../deployment/revision.ts'
import { passedOverWords, readServedBefore } from '../deployment/served.ts'
import { errorMessage } from '../run/error-message.ts'
import { CancelledError, DeadlineError } from '../run/limits.ts'
import { sentence } from '../run/sentence.ts'
import type { Verdict } from '../run/verdict.ts'
import type { CommandContext } from './context.ts'
import { leftoverWords, putBack } from './put-back.ts'
import { activeNow, type RollbackConfig, type RollbackOutcome, rollOut, type Story } from './roll-out.ts'
import { READ_DEPLOY_LOG } from './serving.ts'

type Broken = Verdict & { readonly status: 'failed' }

/** A revision that does not serve. */
interface BrokenRollout {
  readonly deployment: Deployment
  readonly revision: Revision
  /** What this run wrote to make it. */
  readonly written: readonly PatchPlan[]
}

/**
 * Makes the revision serve again that was listed as DEPLOYED behind ours, which was rolled out and does not serve; then
 * puts back the variables and settings that this run changed. Only while ours is both the active and the latest one:
 * otherwise another one serves, or somebody else deploys already.
 *
 * @returns the verdict of ours, with what became of the roll back
 */
export async function rollBack(
  context: CommandContext,
  config: RollbackConfig,
  rollout: BrokenRollout,
  broken: Broken
): Promise<Verdict> {
  // It has a time of its own, however long the rollout took.
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

/** @returns why it was not begun, if it was not */
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
  // The list of revisions tells which is the latest where the deployment does not.
  const isLatest = [null, revision.id].includes(now.latest_revision_id)
  if (now.active_revision_id !== revision.id || !isLatest) return NOT_OURS
  const { newest, before, passedOver } = await readServedBefore(client, deployment.id, revision.id, {
    hasNewCodeOnly: namesChanged(written).length === 0
  })
  if (newest[0]?.id !== revision.id) return NOT_OURS
  const why = passedOverWords(passedOver)
  if (!before) {
    const other = why.length > 0 ? 'other ' : ''
    return [`It was not rolled back: no ${other}revision was active before it.`, ...why].join(' ')
  }

  story.isBegun = true
  for (const sentence of why) progress.note(sentence)
  progress.note(`Rolling back to revision ${before.id}.`)
  story.leftovers = leftoverWords(namesChanged(written).map((name) => ({ name, why: '' })))
  await carryOut(context, config, { ...rollout, deployment: now, newest, target: before }, story)
  return undefined
}

/** @param advice to redeploy "the one before" may bring ours back from here on, or take away somebody else's */
function toldBy(
  { isBegun, leftovers }: Story,
  broken: Broken,
  words: readonly string[],
  advice = READ_DEPLOY_LOG
): Broken {
  const reason = [broken.reason, ...words, leftovers].filter(Boolean).join('\n')
  return { ...broken, reason, advice, ...(isBegun ? { isRolledBack: true } : {}) }
}

/** The verdict of a roll back that an error ended. */
function brokenOff(error: unknown, revision: Revision, story: Story, broken: Broken): Verdict {
  const { isBegun, underWay, done, state, leftovers } = story
  if (error instanceof CancelledError) {
    const going = underWay && `${underWay} was in progress and continues.`
    const told = [broken.reason, ...done, state, going].filter(Boolean).join(' ')
    return {
      status: 'cancelled',
      reason: ['The job was cancelled.', told, leftovers].filter(Boolean).join('\n'),
      ...(isBegun ? { isRolledBack: true } : {})
    }
  }
  if (error instanceof DeadlineError && underWay) {
    return toldBy(story, broken, [...done, state, `${underWay} is still in progress; the timeout expired.`])
  }
  const why = error instanceof DeadlineError ? 'the timeout expired' : errorMessage(error)
  // A refusal says that the roll back was not begun; what was sent otherwise may have replaced ours by now.
  const isOurs = isBegun && (!underWay || (error instanceof ApiError && error.request.startsWith('POST ')))
  return toldBy(
    story,
    broken,
    [sentence(`It could not be rolled back: ${why}`), isOurs ? stillBroken(revision) : ''],
    broken.advice
  )
}

function stillBroken({ id }: Revision): string {
  return `Revision ${id} is still active.`
}

const NOT_OURS = 'It was not rolled back: another revision is now active or in progress.'

const MEND =
  'Deploy a corrected version, or roll back with `command: redeploy` and the `revision-id` of a revision that worked.'

/** The deployment is as it was right before the roll back. */
interface RollbackTarget extends BrokenRollout {
  /** Newest first; ours is the first. */
  readonly newest: readonly Revision[]
  readonly target: Revision
}

/** The redeploy first, which brings back the code; then what else this run changed. */
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
    // After a newer revision has taken over, nothing is written; the story says what is left.
    const latest = came.kind === 'overtaken' || came.kind === 'superseded' ? undefined : came.revision
    await putBack(context, config, { deployment, target, latest, isServing: came.kind === 'serving', written }, story)
  }
}

/** Says what came of the revision that was made from the good one. */
function tellRollout(came: RollbackOutcome, { revision: ours, target }: RollbackTarget, story: Story): void {
  switch (came.kind) {
    case 'missing':
      story.done.push(`It could not be rolled back: no revision created from ${target.id} appeared.`)
      story.state = came.other
        ? `Revision ${came.other.id} appeared instead, with different content.`
        : stillBroken(ours)
      story.advice = MEND
      return
    case 'overtaken':
      story.done.push(`Rolled back to revision ${target.id}, but a newer revision is now active.`)
      return
    case 'superseded':
    case 'failed':
      story.done.push(`The rollback to ${target.id} failed in revision ${came.revision.id}: ${came.reason}`)
      if (came.kind === 'superseded') return
      story.state = stillBroken(ours)
      story.advice = `Read the logs of revisions ${ours.id} and ${came.revision.id} in LangSmith. ${MEND}`
      return
    case 'silent':
      story.done.push(
        `Rolled back to revision ${target.id}, but revision ${came.revision.id}, created from it, did not pass its checks either.`
      )
      return
    case 'inactive':
      story.done.push(
        `Rolled back to revision ${target.id}, but revision ${came.revision.id}, created from it, did not become active.`
      )
      return
    case 'serving':
      story.done.push(`Rolled back to the code of revision ${target.id}.`)
      story.state = activeNow(came.revision, target.id)
  }
}

/** A branch that is built once more can have moved on. */
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
    `But it was built from commit ${built}, not from commit ${wanted} of ${target.id}; check the code of the active revision.`
  ]
}
