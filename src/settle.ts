import type { ControlPlaneClient } from './control-plane/client.ts'
import { ApiError } from './control-plane/errors.ts'
import { isRefusal } from './control-plane/patience.ts'
import type { Revision } from './control-plane/resources.ts'
import { hasEnded } from './deployment/revision.ts'
import type { Command } from './inputs/table.ts'
import { storedWords } from './report/message.ts'
import { seenRevision } from './report/reporter.ts'
import { errorMessage } from './run/error-message.ts'
import { CANCEL_GRACE_MS, type Limits, pause } from './run/limits.ts'
import { isWriteOpen, type RunRecord } from './run/record.ts'
import type { Recorder } from './run/recorder.ts'
import type { Verdict } from './run/verdict.ts'

/*
 * What a run left open in LangSmith is interrupted where the user asks for it, else told. The main step has what is left
 * of the grace after a cancellation, and one try; the post step has longer, and tries again.
 */

export interface SettleContext {
  readonly client: Pick<ControlPlaneClient, 'revision' | 'lastRevision' | 'interrupt'>
  readonly limits: Limits
  readonly recorder: Recorder
}

/** What the inputs say of a run that ends early. */
interface EarlyEnd {
  readonly command: Command
  readonly dryRun?: boolean
  readonly onCancel?: 'leave' | 'interrupt'
  readonly onTimeout?: 'leave' | 'interrupt'
}

/**
 * After a timeout or a cancellation: interrupts our revision where that is asked for, says what was left, and leaves
 * to the post step what got no answer.
 *
 * @param cancelledAt when the job was cancelled, in milliseconds since the epoch; the grace counts from there
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
    const reason = `${verdict.reason}\nA write may have taken effect before that; the post step looks for what it made.`
    return { ...verdict, reason }
  }
  if (verdict.status !== 'cancelled' && verdict.status !== 'timed-out') {
    recorder.tell({ kind: 'settled' })
    return verdict
  }
  const wish = verdict.status === 'cancelled' ? inputs.onCancel : inputs.onTimeout
  if (isWriteOpen(record)) {
    recorder.tell({ kind: 'left-open', interrupt: wish === 'interrupt' })
    return { ...verdict, reason: `${verdict.reason} A write was under way; the post step looks for what it made.` }
  }
  // A roll back has told what became of the revision and of what was changed.
  if ('isRolledBack' in verdict) {
    recorder.tell({ kind: 'settled' })
    return verdict
  }
  const { kind, text } =
    record.revision && record.own
      ? await interruptOwn(context, { cancelledAt, isWished: wish === 'interrupt' })
      : { kind: 'none', text: withoutRevision(record, inputs) }
  recorder.tell(kind === 'unanswered' ? { kind: 'left-open', interrupt: true } : { kind: 'settled' })
  const reason = [verdict.reason, text].filter(Boolean).join(' ')
  return verdict.status === 'timed-out' && kind === 'interrupted'
    ? { ...verdict, reason, advice: 'Raise `timeout` if it needs longer; a first deployment can take 15 minutes.' }
    : { ...verdict, reason }
}

/** What became of our revision, told in a sentence. */
interface Interruption {
  readonly kind: 'none' | 'left' | 'interrupted' | 'unanswered'
  readonly text: string
}

/** With less left than this a request is not begun; the post step has more time. */
const SHORTEST_BUDGET_MS = 100

/** Interrupts the revision that this run made, if there is one still going and the user wishes it. */
export async function interruptOwn(
  { client, limits, recorder }: SettleContext,
  { cancelledAt, isWished }: { readonly cancelledAt: number | undefined; readonly isWished: boolean }
): Promise<Interruption> {
  const record = recorder.record()
  const { deployment, revision, own } = record
  if (!deployment || deployment.state === 'gone' || !revision || !own) return { kind: 'none', text: '' }
  if (hasEnded(revision.status)) return { kind: 'none', text: endedWords(record) }
  if (!isWished) return { kind: 'left', text: `Revision ${revision.id} was left as it is (${revision.status}).` }
  if (revision.id !== record.revisionId || !record.isCertain) return { kind: 'left', text: notCertain(revision.id) }

  const until = (cancelledAt ?? limits.clock.now()) + CANCEL_GRACE_MS
  const timeLeft = () => {
    const ms = until - limits.clock.now()
    if (ms < SHORTEST_BUDGET_MS) throw new Error('no time left')
    return ms
  }
  try {
    const answer = await interrupt(client, deployment.id, revision.id, {
      look: () => client.lastRevision(deployment.id, revision.id, timeLeft() / 2),
      timeLeft,
      isWorthAnother: async () => false
    })
    if (answer.kind === 'unanswered') return unanswered(revision.id, answer.error)
    const now = answer.kind === 'ended' ? seenRevision(answer.revision) : { ...revision, status: 'INTERRUPTED' }
    recorder.tell({ kind: 'revision', revision: now, own: true })
    const after = recorder.record()
    if (answer.kind === 'ended') return { kind: 'left', text: endedWords(after) }
    const text = [`Revision ${revision.id} was interrupted.`, storedWords(after)].filter(Boolean).join(' ')
    return { kind: 'interrupted', text }
  } catch (error) {
    if (isRefusal(error)) {
      return { kind: 'left', text: `Revision ${revision.id} could not be interrupted: ${error.message}.` }
    }
    return unanswered(revision.id, error)
  }
}

function unanswered(id: string, error: unknown): Interruption {
  const failure = error instanceof ApiError ? `failed (answered ${error.status})` : 'got no answer'
  return { kind: 'unanswered', text: `The interruption of revision ${id} ${failure}; the post step tries again.` }
}

/** What came of asking for an interruption; `ended`: there was nothing to interrupt any more. */
type Answer =
  | { readonly kind: 'ended'; readonly revision: Revision }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'unanswered'; readonly error: unknown }

/** The time that an interruption has, and how it is used. */
interface Budget {
  /** What was seen last can be old, and one that is active by now must not be interrupted. */
  look(): Promise<Revision>
  /** In milliseconds, for one try. @throws when nothing is left */
  timeLeft(): number
  /** Whether to try again after a failure; waits until then. */
  isWorthAnother(error: unknown): Promise<boolean>
}

/**
 * Asks for the interruption of a revision, which may be repeated freely.
 *
 * @throws {ApiError} when it is refused for good; and what the look failed of
 */
async function interrupt(
  client: SettleContext['client'],
  deploymentId: string,
  revisionId: string,
  { look, timeLeft, isWorthAnother }: Budget
): Promise<Answer> {
  const seen = await look()
  if (hasEnded(seen.status)) return { kind: 'ended', revision: seen }
  for (;;) {
    try {
      await client.interrupt(deploymentId, revisionId, timeLeft())
      return { kind: 'interrupted' }
    } catch (error) {
      if (isRefusal(error)) throw error
      if (!(await isWorthAnother(error))) return { kind: 'unanswered', error }
    }
  }
}

/** What holds where there is nothing left to interrupt, and the run was not seen to its end. */
function endedWords(record: RunRecord): string {
  const { deployment, revision, health } = record
  if (!revision) return ''
  const { id, status } = revision
  const stored = storedWords(record)
  if (status !== 'DEPLOYED') return [`Revision ${id} has ended (${status}).`, stored].filter(Boolean).join(' ')
  const isActive = deployment?.activeRevisionId === id ? ' and active' : ''
  const seen = health ? '' : ' It was not yet seen to serve, and was not rolled back.'
  return [`Revision ${id} is DEPLOYED${isActive}, and can no longer be interrupted.${seen}`, stored]
    .filter(Boolean)
    .join(' ')
}

/** What a run left that was broken off without a write in doubt and without a revision of its own. */
function withoutRevision({ deployment, intent, mayHaveActed }: RunRecord, { command, dryRun }: EarlyEnd): string {
  if (command === 'wait' || command === 'status' || command === 'logs') return ''
  if (command === 'interrupt') return dryRun ? 'Nothing was written.' : INTERRUPTION_UNCLEAR
  if (command === 'delete') {
    return deployment?.state === 'present' && !dryRun
      ? `The delete of "${deployment.name}" may have been carried out. Look at it in LangSmith, or run this again: a delete may be repeated.`
      : 'Nothing was written.'
  }
  return intent === undefined && !mayHaveActed ? 'Nothing was written.' : ''
}

const INTERRUPTION_UNCLEAR =
  'The interruption may have been carried out. Look at the revision in LangSmith, or run this again: an interruption may be repeated.'

/** Why a revision is not interrupted although the user asks for it. */
function notCertain(revisionId: string): string {
  return `Revision ${revisionId} was not interrupted: LangSmith did not confirm that this run made it, so it may belong to another run. If it is yours, interrupt it in LangSmith.`
}

/** A revision that a run left behind. */
export interface LeftBehind {
  readonly deploymentId: string
  readonly revisionId: string
  readonly isCertain: boolean
}

/** What became of it, and how loudly that is told. */
export interface Outcome {
  readonly level: 'info' | 'notice' | 'warning'
  readonly text: string
}

/** How long one interruption of the post step may take. */
const LATE_TRY_MS = 5_000
const LATE_PAUSE_MS = 1_000

/** After the job: interrupts the revision that a run left behind, where that was asked for. */
export async function settleLater(
  { client, limits, recorder }: SettleContext,
  { deploymentId, revisionId, isCertain }: LeftBehind,
  note: (text: string) => void
): Promise<Outcome> {
  const { intent, interrupt: isWished } = recorder.record()
  const deployment = intent?.name ? `deployment "${intent.name}" (${deploymentId})` : `deployment ${deploymentId}`
  const what = `${revisionId} of ${deployment}`
  if (!isWished) return { level: 'warning', text: `It left revision ${what} behind. Look at it in LangSmith.` }
  if (!isCertain) return { level: 'warning', text: `${notCertain(revisionId)} It is in ${deployment}.` }
  const timeLeft = () => limits.deadline - limits.clock.now()
  const answer = await interrupt(client, deploymentId, revisionId, {
    look: () => client.revision(deploymentId, revisionId),
    timeLeft: () => Math.max(1, Math.min(LATE_TRY_MS, timeLeft())),
    isWorthAnother: async (error) => {
      note(`The interruption failed (${errorMessage(error)}); trying again.`)
      await pause(limits, LATE_PAUSE_MS).catch(() => {})
      return timeLeft() > 0
    }
  })
  switch (answer.kind) {
    case 'ended':
      return { level: 'info', text: `Revision ${what} has ended by itself meanwhile (${answer.revision.status}).` }
    case 'interrupted':
      // This is what the user asked for.
      return { level: 'notice', text: `Revision ${what} was interrupted.` }
    case 'unanswered':
      return {
        level: 'warning',
        text: `Revision ${what} could not be interrupted in time; it goes on. Look at it in LangSmith.`
      }
  }
}
