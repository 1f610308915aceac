import type { ControlPlaneClient } from './control-plane/client.ts'
import { ApiError } from './control-plane/errors.ts'
import { isRefusal } from './control-plane/patience.ts'
import { hasEnded } from './deployment/revision.ts'
import { findAnswered, findEffect } from './deployment/trace.ts'
import type { Command } from './inputs/table.ts'
import { storedWords } from './report/message.ts'
import { seenRevision } from './report/seen.ts'
import { errorMessage } from './run/error-message.ts'
import { CANCEL_GRACE_MS, type Limits, pause } from './run/limits.ts'
import { growingPauses, lookRepeatedly } from './run/poll.ts'
import { isWriteOpen, type RunRecord } from './run/record.ts'
import type { Recorder } from './run/recorder.ts'
import { sentence } from './run/sentence.ts'
import type { Verdict } from './run/verdict.ts'

/*
 * Interrupts or reports the revision that a run left open in LangSmith, depending on the inputs. The main step has one
 * try within the grace period after a cancellation; the post step has more time, and retries.
 */

export interface SettleContext {
  readonly client: Pick<ControlPlaneClient, 'revision' | 'lastRevision' | 'interrupt'>
  readonly limits: Limits
  readonly recorder: Recorder
}

/** The inputs that control an early end of the run. */
interface EarlyEnd {
  readonly command: Command
  readonly dryRun?: boolean
  readonly onCancel?: 'leave' | 'interrupt'
  readonly onTimeout?: 'leave' | 'interrupt'
}

/**
 * Settles a run after a timeout or a cancellation: interrupts its revision if the inputs request it, completes the
 * reason of the verdict, and leaves requests without a response to the post step.
 *
 * @param cancelledAt time of the cancellation, in milliseconds since the epoch, at which the grace period starts
 */
export async function settle(
  context: SettleContext,
  inputs: EarlyEnd,
  cancelledAt: number | undefined,
  verdict: Verdict
): Promise<Verdict> {
  const { recorder } = context
  const record = recorder.record()
  if (verdict.status === 'error' && isWriteOpen(record)) {
    recorder.tell({ kind: 'left-open', interrupt: false })
    const reason = `${verdict.reason}\nA request may have taken effect before the error; the post step checks its effect.`
    return { ...verdict, reason }
  }
  if (verdict.status !== 'cancelled' && verdict.status !== 'timed-out') {
    recorder.tell({ kind: 'settled' })
    return verdict
  }
  const isWished = (verdict.status === 'cancelled' ? inputs.onCancel : inputs.onTimeout) === 'interrupt'
  if (isWriteOpen(record)) {
    recorder.tell({ kind: 'left-open', interrupt: isWished })
    return { ...verdict, reason: `${verdict.reason} A request was in progress; the post step checks its effect.` }
  }
  // The verdict of a rollback already describes the revision and the changes.
  if ('isRolledBack' in verdict) {
    recorder.tell({ kind: 'settled' })
    return verdict
  }
  const { kind, text } =
    record.revision && record.own
      ? await interruptOwn(context, { cancelledAt, isWished, isTimeout: verdict.status === 'timed-out' })
      : { kind: 'none', text: withoutRevision(record, inputs) }
  recorder.tell(kind === 'unanswered' ? { kind: 'left-open', interrupt: true } : { kind: 'settled' })
  const reason = [verdict.reason, text].filter(Boolean).join(' ')
  return verdict.status === 'timed-out' && kind === 'interrupted'
    ? {
        ...verdict,
        reason,
        advice: 'Raise `timeout` if the rollout needs more time; a first deployment can take 15 minutes.'
      }
    : { ...verdict, reason }
}

/** Result for this run's revision, as a sentence. */
interface Interruption {
  readonly kind: 'none' | 'left' | 'interrupted' | 'unanswered'
  readonly text: string
}

/** Minimum time for a request; with less left, the post step makes it instead. */
const SHORTEST_BUDGET_MS = 100

/** Interrupts the revision of this run if it has not ended and the inputs request it. */
export async function interruptOwn(
  { client, limits, recorder }: SettleContext,
  {
    cancelledAt,
    isWished,
    isTimeout = false
  }: { readonly cancelledAt: number | undefined; readonly isWished: boolean; readonly isTimeout?: boolean }
): Promise<Interruption> {
  const record = recorder.record()
  const { deployment, revision, own } = record
  if (!deployment || deployment.state === 'gone' || !revision || !own) return { kind: 'none', text: '' }
  const ended = () => (isTimeout ? endedInTime(recorder.record(), isWished) : endedWords(recorder.record()))
  if (hasEnded(revision.status)) return { kind: 'none', text: ended() }
  if (!isWished)
    return {
      kind: 'left',
      text: `Revision ${revision.id} was not interrupted${isTimeout ? '' : ` (${revision.status})`}.`
    }
  if (revision.id !== record.revisionId || !record.isCertain) return { kind: 'left', text: notCertain(revision.id) }

  const until = (cancelledAt ?? limits.clock.now()) + CANCEL_GRACE_MS
  const timeLeft = () => {
    const ms = until - limits.clock.now()
    if (ms < SHORTEST_BUDGET_MS) throw new Error('no time left')
    return ms
  }
  try {
    // The last known status can be outdated, and a revision that is now active must not be interrupted.
    const seen = await client.lastRevision(deployment.id, revision.id, timeLeft() / 2)
    if (hasEnded(seen.status)) {
      recorder.tell({ kind: 'revision', revision: seenRevision(seen), own: true })
      return { kind: 'left', text: ended() }
    }
    await client.interrupt(deployment.id, revision.id, timeLeft())
    recorder.tell({ kind: 'revision', revision: { ...revision, status: 'INTERRUPTED' }, own: true })
    const text = [`Revision ${revision.id} was interrupted.`, storedWords(recorder.record())].filter(Boolean).join(' ')
    return { kind: 'interrupted', text }
  } catch (error) {
    if (isRefusal(error)) {
      return { kind: 'left', text: sentence(`Revision ${revision.id} could not be interrupted: ${error.message}`) }
    }
    const failure = error instanceof ApiError ? `failed (LangSmith returned ${error.status})` : 'got no response'
    const text = `The interruption of revision ${revision.id} ${failure}; the post step tries again.`
    return { kind: 'unanswered', text }
  }
}

/** Describes a revision that ended before it could be interrupted. */
function endedWords(record: RunRecord): string {
  const { deployment, revision, proof } = record
  if (!revision) return ''
  const { id, status } = revision
  const state = deployment?.activeRevisionId === id ? 'active' : 'deployed'
  const isSeen = proof.some(({ about, outcome }) => about === 'health' && outcome === 'passed')
  const seen = isSeen ? '' : ' Its health check had not passed, and the revision was not rolled back.'
  const ended =
    status === 'DEPLOYED'
      ? `Revision ${id} is ${state} and can no longer be interrupted.${seen}`
      : `Revision ${id} has ended (${status}).`
  return [ended, storedWords(record)].filter(Boolean).join(' ')
}

/** Describes a revision that ended before a timeout. The verdict of a timeout already contains its state and its checks. */
function endedInTime(record: RunRecord, isWished: boolean): string {
  const { revision } = record
  if (revision?.status !== 'DEPLOYED') return endedWords(record)
  const late = isWished ? `Revision ${revision.id} can no longer be interrupted.` : ''
  return [late, storedWords(record)].filter(Boolean).join(' ')
}

/** Describes what a run changed that ended early without a pending write and without its own revision. */
function withoutRevision({ deployment, intent, mayHaveActed }: RunRecord, { command, dryRun }: EarlyEnd): string {
  if (command === 'wait' || command === 'status' || command === 'logs') return ''
  if (command === 'interrupt') return dryRun ? 'No changes were made.' : INTERRUPTION_UNCLEAR
  if (command === 'delete') {
    return deployment?.state === 'present' && !dryRun
      ? `Deployment "${deployment.name}" may have been deleted. Check it in LangSmith, or rerun this job; deleting again is safe.`
      : 'No changes were made.'
  }
  return intent === undefined && !mayHaveActed ? 'No changes were made.' : ''
}

const INTERRUPTION_UNCLEAR =
  'The revision may have been interrupted. Check it in LangSmith, or rerun this job; interrupting again is safe.'

/** Explains why a revision is not interrupted although the inputs request it. */
function notCertain(revision: string): string {
  return `Revision ${revision} was not interrupted, because LangSmith did not confirm that this run created it. The revision may belong to another run. If it belongs to this run, interrupt it in LangSmith.`
}

/** Time in which the post step searches for the effect of a write. */
const LOOK_MS = 10_000
/** Time limit for one interruption in the post step. */
const LATE_TRY_MS = 5_000
const LATE_PAUSE_MS = 1_000

/**
 * Finds the revision that a run left behind, and interrupts it if the inputs request it. Called by the post step.
 *
 * @returns the result as a sentence, and the level at which to report it
 */
export async function settleLater(
  { client, limits, recorder }: SettleContext & { readonly client: ControlPlaneClient },
  note: (text: string) => void
): Promise<{ readonly level: 'info' | 'notice' | 'warning'; readonly text: string }> {
  const { intent, interrupt: isWished, ...saved } = recorder.record()
  const left = saved.revisionId ? saved : await findLastEffect(client, limits, { ...saved, intent })
  const { deploymentId, revisionId } = left ?? {}
  if (!left || !deploymentId || !revisionId) {
    return { level: 'info', text: 'The post step found no effect of the last request of the run.' }
  }
  const deployment = intent?.name ? `deployment "${intent.name}" (${deploymentId})` : `deployment ${deploymentId}`
  const what = `${revisionId} of ${deployment}`
  if (!isWished)
    return {
      level: 'warning',
      text: `Revision ${what} was not interrupted and may still be in progress. Check the revision in LangSmith.`
    }
  if (!left.isCertain) return { level: 'warning', text: notCertain(what) }
  const { status } = await client.revision(deploymentId, revisionId)
  if (hasEnded(status)) return { level: 'info', text: `Revision ${what} has since ended (${status}).` }
  const timeLeft = () => limits.deadline - limits.clock.now()
  do {
    try {
      await client.interrupt(deploymentId, revisionId, Math.max(1, Math.min(LATE_TRY_MS, timeLeft())))
      // The inputs requested the interruption, so this is not a warning.
      return { level: 'notice', text: `Revision ${what} was interrupted.` }
    } catch (error) {
      if (isRefusal(error)) throw error
      note(`The interruption failed (${errorMessage(error)}); retrying.`)
      await pause(limits, LATE_PAUSE_MS).catch(() => {})
    }
  } while (timeLeft() > 0)
  const text = `Revision ${what} could not be interrupted in time and continues. Check the revision in LangSmith.`
  return { level: 'warning', text }
}

/** Finds the effect of the last write, whose response was lost. */
async function findLastEffect(
  client: ControlPlaneClient,
  limits: Limits,
  { intent, deploymentId, namedId }: Pick<RunRecord, 'intent' | 'deploymentId' | 'namedId'>
): Promise<Pick<RunRecord, 'deploymentId' | 'revisionId' | 'isCertain'> | undefined> {
  if (!intent) return undefined
  const effect = await lookRepeatedly(limits, growingPauses(LOOK_MS), async () => {
    const seen = deploymentId
      ? await findAnswered(client, deploymentId, intent, namedId)
      : await findEffect(client, intent)
    return seen === 'other' || seen?.revision ? seen : undefined
  })
  if (effect === undefined || effect === 'other' || !effect.revision) return undefined
  const { deployment, revision } = effect
  const isCertain = intent.isUnique || revision.id === namedId
  return { deploymentId: deployment.id, revisionId: revision.id, isCertain }
}
