import type { CommandContext } from './commands/context.ts'
import { ApiError } from './control-plane/errors.ts'
import { isRefusal } from './control-plane/patience.ts'
import { isGoing } from './deployment/find.ts'
import { hasEnded } from './deployment/revision.ts'
import type { Verdict } from './deployment/verdict.ts'
import type { Config } from './inputs.ts'
import { CANCEL_GRACE_MS } from './limits.ts'
import { isWriteOpen, type Memory, type MemoryKeeper } from './memory.ts'
import type { Facts } from './report/facts.ts'
import { storedWords } from './report/message.ts'
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
  if (!deployment || !revision || !own) return { kind: 'none', text: '' }
  if (hasEnded(revision.status)) return { kind: 'none', text: endedWords(progress.facts) }
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
      return { kind: 'left', text: endedWords(progress.facts) }
    }
    await client.interrupt(deployment.id, revision.id, timeLeft())
    progress.revision({ ...revision, status: 'INTERRUPTED' }, true)
    const text = [`Revision ${revision.id} was interrupted.`, storedWords(progress.facts)].filter(Boolean).join(' ')
    return { kind: 'interrupted', text }
  } catch (error) {
    if (isRefusal(error)) {
      return { kind: 'left', text: `Revision ${revision.id} could not be interrupted: ${error.message}.` }
    }
    return {
      kind: 'unanswered',
      text: `The interruption of revision ${revision.id} ${failure(error)}; the post step tries again.`
    }
  }
}

/** What holds where there is nothing left to interrupt, and the run was not seen to its end. */
function endedWords(facts: Readonly<Facts>): string {
  const { deployment, revision, health } = facts
  if (!revision) return ''
  const { id, status } = revision
  const stored = storedWords(facts)
  if (status !== 'DEPLOYED') return [`Revision ${id} has ended (${status}).`, stored].filter(Boolean).join(' ')
  const isActive = deployment?.active_revision_id === id ? ' and active' : ''
  const seen = health ? '' : ' It was not yet seen to serve, and was not rolled back.'
  return [`Revision ${id} is DEPLOYED${isActive}, and can no longer be interrupted.${seen}`, stored]
    .filter(Boolean)
    .join(' ')
}

function failure(error: unknown): string {
  return error instanceof ApiError ? `failed (answered ${error.status})` : 'got no answer'
}

/** What a run left that was broken off without a write in doubt and without a revision of its own. */
function withoutRevision({ progress }: CommandContext, config: Config, { intent, mayHaveActed }: Memory): string {
  const { deployment } = progress.facts
  if (config.command === 'wait') return ''
  if (config.command === 'delete') {
    return deployment && !isGoing(deployment) && !config.dryRun
      ? `The delete of "${deployment.name}" may have been carried out. Look at it in LangSmith, or run this again: a delete may be repeated.`
      : 'Nothing was written.'
  }
  return intent === undefined && !mayHaveActed ? 'Nothing was written.' : ''
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
  // A roll back has told what became of the revision and of what was changed.
  if ('isRolledBack' in verdict) {
    memory.close()
    return verdict
  }
  const { revision, own } = context.progress.facts
  const isWithout = !revision || !own
  const interruption: Interruption = isWithout
    ? { kind: 'none', text: withoutRevision(context, config, memory.current()) }
    : await interruptOwn(context, cancellation.at(), interrupt)
  if (interruption.kind === 'unanswered') memory.leaveOpen(true)
  else memory.close()
  const reason = [verdict.reason, interruption.text].filter(Boolean).join(' ')
  return verdict.status === 'timed-out' && interruption.kind === 'interrupted'
    ? { ...verdict, reason, advice: 'Raise `timeout` if it needs longer; a first deployment can take 15 minutes.' }
    : { ...verdict, reason }
}
