import type { Deployment, Revision } from '../control-plane/resources.ts'
import { addressOf } from '../deployment/address.ts'
import { apply, type Decision } from '../deployment/apply.ts'
import type { PatchPlan, Plan } from '../deployment/plan.ts'
import { planRestore, type Restoration } from '../deployment/restore.ts'
import type { Leftover } from '../deployment/restore-code.ts'
import { CancelledError, checkLimits, DeadlineError } from '../limits.ts'
import { errorMessage } from '../run/error-message.ts'
import type { CommandContext } from './context.ts'
import { activeNow, followingUp, type RollbackConfig, rollOut, type Story } from './roll-out.ts'
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
 * good one, and is followed until it serves. What cannot be put back is told by name.
 *
 * @throws {CancelledError} when the job is cancelled, {DeadlineError} when the deadline comes after the write
 */
export async function putBack(
  context: CommandContext,
  config: RollbackConfig,
  { deployment, target, latest, isServing, written }: RolledBack,
  story: Story
): Promise<void> {
  const { client, limits, progress } = context
  let restoration: Restoration | undefined
  let isWritten = false
  const decide = async (): Promise<Decision & { readonly before: Deployment }> => {
    checkLimits(limits)
    const { resources: revisions } = await client.revisions(deployment.id)
    const now = await client.deployment(deployment.id)
    const readAt = limits.clock.now()
    restoration = planRestore(written, now, target)
    const { leftovers, back } = restoration
    // Until it is put back.
    story.leftovers = leftoverWords([...leftovers, ...back.map((name) => ({ name, why: '' }))])
    // What somebody else makes of the deployment from here on is theirs, values and all.
    const isOurs = latest && revisions[0]?.id === latest.id && [null, latest.id].includes(now.latest_revision_id)
    if (!isOurs && back.length > 0) throw new Error('by now another revision is under way, or active')
    return { current: { deployment: now, revisions }, plan: asPlan(restoration, now), readAt, before: now }
  }

  try {
    const decision = await decide()
    const { plan } = decision
    const planned = restoration
    if (planned?.others.length)
      progress.note(`Left as it is, since somebody else has changed it: ${listed(planned.others)}.`)
    if (plan.kind === 'nothing' || !planned) return
    const names = listed(planned.back)
    progress.note(`Putting back what this run changed: ${names}.`)
    const restoring = followingUp(context, 'Putting back', () => {
      story.underWay = `The change that puts back ${names}`
    })
    const applied = await apply(restoring, { name: deployment.name, sent: planned.sent, decide }, decision)
    // From here on the deployment has these values, whatever becomes of the revision.
    isWritten = true
    story.leftovers = leftoverWords(planned.leftovers)
    if (!planned.makesRevision) {
      story.underWay = undefined
      story.done.push(`Put back: ${names}.`)
      await proveNewAddress(
        restoring,
        config,
        { target, latest, isServing },
        [decision.before, applied.deployment],
        story
      )
      return
    }
    const came = await rollOut(restoring, config, applied)
    story.underWay = undefined
    story.done.push([`Put back: ${names}.`, outcome(came, target)].filter(Boolean).join(' '))
    if (came.kind === 'serving') {
      progress.rolledBack(target.id, came.revision.id)
      story.state = activeNow(came.revision, `${target.id} with the values from before`)
      story.advice = undefined
    } else if (came.kind === 'silent' || came.kind === 'overtaken') {
      story.state = ''
      story.advice = undefined
    }
  } catch (error) {
    if (error instanceof CancelledError || (error instanceof DeadlineError && story.underWay)) throw error
    const why = error instanceof DeadlineError ? 'the timeout passed' : errorMessage(error)
    story.done.push(
      isWritten
        ? `What this run changed was put back, but what came of that could not be seen: ${why}.`
        : `What this run changed besides the code could not be put back: ${why}.`
    )
  }
}

function asPlan({ body, makesRevision, back }: Restoration, deployment: Deployment): Plan {
  return back.length === 0
    ? { kind: 'nothing', deployment, rows: [] }
    : { kind: 'patch', deployment, body, makesRevision, rows: [] }
}

function outcome(came: Awaited<ReturnType<typeof rollOut>>, target: Revision): string {
  const made =
    'revision' in came ? `Revision ${came.revision.id}, made from ${target.id} with the values from before` : ''
  switch (came.kind) {
    case 'serving':
      return ''
    case 'silent':
      return `${made}, is active now, and was not seen to serve.`
    case 'inactive':
      return `${made}, has not become the active one.`
    case 'failed':
    case 'superseded':
      return `${made}, did not come up: ${came.reason}`
    case 'missing':
      return 'No revision with the values from before appeared.'
    case 'overtaken':
      return 'A newer revision is active by now.'
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
  return groups.length > 0 ? `Still in place from this run: ${groups.join('; ')}.` : ''
}

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMES
  return [...names.slice(0, MOST_NAMES), ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

/** An annotation holds 4,096 characters, and has more to say. */
const MOST_NAMES = 40
