import type { CommandContext } from './commands/context.ts'
import { ApiError } from './control-plane/errors.ts'
import { hasEnded } from './deployment/revision.ts'
import type { Verdict } from './deployment/verdict.ts'
import type { Config } from './inputs.ts'
import { CANCEL_GRACE_MS } from './limits.ts'
import { isWriteOpen, type MemoryKeeper } from './memory.ts'
import type { Cancellation } from './runner/signals.ts'

/** What became of our revision, told in a sentence. */
export interface Interruption {
  readonly kind: 'none' | 'left' | 'interrupted' | 'unanswered'
  readonly text: string
}

/** With less left than this a request is not begun; the post step has more time. */
const SHORTEST_BUDGET_MS = 100

/**
 * Interrupts the revision that this run made, if there is one still going and the user wishes it.
 *
 * @param cancelledAt when the job was cancelled, in milliseconds since the epoch; the grace counts from there
 */
export async function interruptOwn(
  { client, limits, progress }: CommandContext,
  cancelledAt: number | undefined,
  wished: boolean
): Promise<Interruption> {
  const { deployment, revision, own, interruptible } = progress.facts
  if (!deployment || !revision || !own || hasEnded(revision.status)) return { kind: 'none', text: '' }
  if (wished && revision.id !== interruptible) return { kind: 'left', text: notCertain(revision.id) }
  if (!wished) return { kind: 'left', text: `Revision ${revision.id} was left as it is (${revision.status}).` }

  const until = (cancelledAt ?? limits.clock.now()) + CANCEL_GRACE_MS
  const timeLeft = () => {
    const ms = until - limits.clock.now()
    if (ms < SHORTEST_BUDGET_MS) throw new Error('no time left')
    return ms
  }
  try {
    // What was seen last can be old, and one that is active by now must not be interrupted.
    const now = await client.lastRevision(deployment.id, revision.id, timeLeft() / 2)
    if (hasEnded(now.status)) {
      progress.revision(now, true)
      return { kind: 'left', text: `Revision ${revision.id} was not interrupted: it is ${now.status} by now.` }
    }
    await client.interrupt(deployment.id, revision.id, timeLeft())
    return { kind: 'interrupted', text: `Revision ${revision.id} was interrupted.` }
  } catch (error) {
    if (error instanceof ApiError && error.status < 500 && ![408, 429].includes(error.status)) {
      return { kind: 'left', text: `Revision ${revision.id} could not be interrupted: ${error.message}.` }
    }
    return {
      kind: 'unanswered',
      text: `The interruption of revision ${revision.id} got no answer; the post step tries again.`
    }
  }
}

/** Why a revision is not interrupted although the user asks for it. */
export function notCertain(revisionId: string): string {
  return `Revision ${revisionId} was not interrupted: LangSmith did not confirm that this run made it, so it may belong to another run. If it is yours, interrupt it in LangSmith.`
}

/**
 * After a timeout or a cancellation: interrupts our revision where that is asked for, says what was left, and leaves
 * to the post step what got no answer.
 */
export async function settleOpenEnds(
  context: CommandContext,
  config: Config,
  cancellation: Cancellation,
  memory: MemoryKeeper,
  verdict: Verdict
): Promise<Verdict> {
  const isCutShort = verdict.status === 'cancelled' || verdict.status === 'timed-out'
  if (verdict.status === 'error' && isWriteOpen(memory.current())) {
    memory.leaveOpen(false)
    const reason = `${verdict.reason}\nA write may have taken effect before that; the post step looks for what it made.`
    return { ...verdict, reason }
  }
  if (!isCutShort) {
    memory.close()
    return verdict
  }
  const wish = 'onCancel' in config ? (verdict.status === 'cancelled' ? config.onCancel : config.onTimeout) : 'leave'
  const interrupt = wish === 'interrupt'
  if (isWriteOpen(memory.current())) {
    memory.leaveOpen(interrupt)
    return { ...verdict, reason: `${verdict.reason} A write was under way; the post step looks for what it made.` }
  }
  const interruption = await interruptOwn(context, cancellation.at(), interrupt)
  if (interruption.kind === 'unanswered') memory.leaveOpen(true)
  else memory.close()
  const reason = [verdict.reason, interruption.text].filter(Boolean).join(' ')
  return verdict.status === 'timed-out' && interruption.kind === 'interrupted'
    ? { ...verdict, reason, advice: 'Raise `timeout` if it needs longer; a first deployment can take 15 minutes.' }
    : { ...verdict, reason }
}
