import { isMissing } from '../control-plane/patience.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import type { TracerSession } from '../control-plane/sessions.ts'
import { addressOf } from '../deployment/address.ts'
import type { Sends } from '../deployment/apply.ts'
import type { Applied } from '../deployment/outcome.ts'
import { hasEnded } from '../deployment/revision.ts'
import { usualTime } from '../deployment/usual-time.ts'
import type { Config } from '../inputs/config.ts'
import type { Following, OwnRevision } from '../inputs/following.ts'
import { inWords } from '../run/duration.ts'
import { errorMessage } from '../run/error-message.ts'
import { CancelledError, DeadlineError, endsRun, pause, withGrace } from '../run/limits.ts'
import type { Verdict } from '../run/verdict.ts'
import type { CommandContext } from './context.ts'
import type { createLogStream } from './log-stream.ts'
import { createQueueWatch } from './queue-watch.ts'
import { rollBack } from './rollback.ts'
import { type Proof, proveServing, type RolledOut } from './serving.ts'
import { type Watched, watch } from './watch.ts'

/** How it ended, with what was seen last: a newer revision may have been followed in its place. */
export interface Followed extends RolledOut {
  readonly verdict: Verdict
  /** Whether it failed because its agent could not be asked, and nothing is known to be wrong with it. */
  readonly isUnasked?: boolean
}

/**
 * Follows a revision that this run made to its verdict, unless the user does not want to wait.
 *
 * @param earlier revisions that were there before, newest first, by which it is told how long it usually takes
 */
export async function followOwn(
  context: CommandContext,
  config: OwnRevision & Pick<Config, 'connection' | 'timeoutMs' | 'workspaceName'>,
  applied: Applied & Sends & { readonly kind: 'revision' },
  earlier: readonly Revision[]
): Promise<Followed> {
  const { deployment, revision, written, activeBefore } = applied
  const ours = { deployment, revision, own: true, hasPredecessor: activeBefore !== null }
  await context.feedback.following()
  if (!config.wait) return { ...ours, verdict: { status: 'started' } }
  const outcome = await follow(context, config, ours, earlier)
  const { verdict } = outcome
  if (config.rollbackOnFailure && outcome.isUnasked && verdict.status === 'failed') {
    return { ...outcome, verdict: { ...verdict, advice: `${NOT_ROLLED_BACK} ${verdict.advice}` } }
  }
  if (config.rollbackOnFailure && verdict.status === 'timed-out' && outcome.revision.status === 'DEPLOYED') {
    return { ...outcome, verdict: { ...verdict, advice: `${NOT_JUDGED} ${verdict.advice}` } }
  }
  // One that timed out may still come up; what failed to be rolled out never served.
  if (!config.rollbackOnFailure || verdict.status !== 'failed' || !verdict.isBroken || !outcome.own) return outcome
  return { ...outcome, verdict: await rollBack(context, config, { ...outcome, written }, verdict) }
}

const NOT_JUDGED =
  'It was not rolled back, although `rollback-on-failure` is set: the timeout expired before a check failed.'

const NOT_ROLLED_BACK = 'It was not rolled back, because no check showed a fault in the agent itself.'

/** Follows a revision that this run waits for, though it did not make it. @param listed with other revisions, newest first */
export async function followOther(
  context: CommandContext,
  config: Following & Pick<Config, 'connection' | 'workspaceName'>,
  deployment: Deployment,
  revision: Revision,
  listed: readonly Revision[] = []
): Promise<Verdict> {
  const other = { deployment, revision, own: false, hasPredecessor: true }
  return (await follow(context, config, other, listed)).verdict
}

/** Proves that a revision serves that was deployed and active before this run; it is never rolled back. */
export async function proveActive(
  context: CommandContext,
  config: OwnRevision & Pick<Config, 'connection' | 'workspaceName'>,
  deployment: Deployment,
  revision: Revision
): Promise<Verdict> {
  const active: Followed = { deployment, revision, own: false, hasPredecessor: false, verdict: { status: 'deployed' } }
  // A run that does not wait asks no Agent Server, whether it makes a revision or not.
  if (!config.wait) return active.verdict
  const showLog: ShowLog = (latest, how) =>
    config.logs === 'off'
      ? undefined
      : showEndOfLog(context, deployment, { revision: latest, stream: undefined, ...how })
  return (await conclude(context, config, active, showLog)).verdict
}

/** Follows a revision to its verdict, and shows of its logs what the user asked for. */
async function follow(
  context: CommandContext,
  config: Following & Pick<Config, 'connection' | 'workspaceName'>,
  followed: RolledOut,
  listed: readonly Revision[]
): Promise<Followed> {
  const { progress } = context
  const { onSuperseded, pollIntervalMs, logs } = config
  const { deployment, revision, own } = followed
  const before = await readBefore(context, config, followed)
  const usualMs = usualTime(listed, revision.source)
  if (usualMs !== undefined && !hasEnded(revision.status)) {
    progress.note(`A rollout of this deployment usually takes ${inWords(usualMs)}.`)
  }
  const stream = logs === 'stream' ? await openStream(context, deployment) : undefined
  let seen = revision
  const queue = createQueueWatch(context.client, progress, context.limits.clock, deployment.id)
  const afterLook = async (looked: Revision) => {
    seen = looked
    await queue.look(looked)
    await stream?.look(looked)
  }
  const showLog: ShowLog = (latest, how) =>
    logs === 'off' ? undefined : showEndOfLog(context, deployment, { revision: latest, stream, ...how })
  const watched = await watch({ ...context, pollIntervalMs, afterLook }, deployment, revision, {
    onSuperseded,
    own,
    usualMs
  }).catch(async (error: unknown) => {
    progress.endLog()
    if (error instanceof DeadlineError) await showLog(seen, { isOverdue: true })
    throw error
  })
  await stream?.finish()
  progress.endLog()
  const ended: Followed = {
    ...followed,
    ...watched,
    own: own && watched.revision.id === revision.id,
    hasPredecessor: followed.hasPredecessor || watched.revision.id !== revision.id,
    deployment: await seeWhatServes(context, watched)
  }
  return conclude(context, config, ended, showLog, before)
}

/** The figures of what serves until a revision is rolled out, where a bake compares with them. */
async function readBefore(
  context: CommandContext,
  { bake }: Following,
  followed: RolledOut
): Promise<TracerSession | undefined> {
  if (!bake) return undefined
  // Loaded only where it is asked for.
  const { figuresBefore } = await import('./bake.ts')
  return figuresBefore(context, bake, followed)
}

type ShowLog = (revision: Revision, how: Pick<LogEnd, 'isOverdue' | 'ids'>) => Promise<void> | undefined

/** Proves what is deployed, and shows the log of what is not proved. */
async function conclude(
  context: CommandContext,
  config: Following & Pick<Config, 'connection' | 'workspaceName'>,
  ended: Followed,
  showLog: ShowLog,
  before?: TracerSession
): Promise<Followed> {
  const proof = await prove(context, config, ended, before)
  if ('overtakenBy' in proof) return makeWay(context, config, ended, proof)
  const { verdict, ids } = proof
  // An agent that could not be asked has nothing of it in its log.
  const isUnasked = ids !== undefined && verdict.status === 'failed' && !verdict.isBroken
  if ((verdict.status === 'failed' && !isUnasked) || verdict.status === 'timed-out') {
    await showLog(ended.revision, { isOverdue: verdict.status === 'timed-out', ids })
  }
  return { ...ended, verdict, isUnasked }
}

async function prove(
  context: CommandContext,
  config: Following & Pick<Config, 'connection' | 'workspaceName'>,
  { verdict, ...rolledOut }: Followed,
  before: TracerSession | undefined
): Promise<Proof> {
  if (verdict.status !== 'deployed') return { verdict }
  const serving = () => proveServing(context, config, verdict, rolledOut)
  if (!config.bake) return serving()
  // Loaded only where it is asked for.
  const { proveAndBake } = await import('./bake.ts')
  return proveAndBake(context, config.bake, { rolledOut, before }, serving)
}

type LogStream = ReturnType<typeof createLogStream>

/** Loaded only where it is asked for. */
async function openStream({ client, limits, progress }: CommandContext, { id }: Deployment): Promise<LogStream> {
  const { createLogStream } = await import('./log-stream.ts')
  return createLogStream(client.readLogs, progress, id, limits.clock)
}

/** The end of a run whose revision was overtaken after it had been rolled out. */
async function makeWay(
  context: CommandContext,
  config: Following & Pick<Config, 'connection' | 'workspaceName'>,
  outcome: Followed,
  { overtakenBy, reason }: { readonly overtakenBy: Revision; readonly reason: string }
): Promise<Followed> {
  if (config.onSuperseded !== 'follow') {
    return { ...outcome, verdict: { status: 'superseded', reason, passes: config.onSuperseded === 'warn' } }
  }
  context.progress.warn(`${reason} Following the newest revision instead.`)
  context.progress.revision(overtakenBy, { own: false })
  return follow(context, config, { ...outcome, revision: overtakenBy, own: false, hasPredecessor: true }, [])
}

/** Looks at the deployment once more where the verdict does not rest on what is active there, or its address is late. */
async function seeWhatServes(
  { client, limits, progress }: CommandContext,
  { deployment: found, verdict }: Watched
): Promise<Deployment> {
  let deployment = found
  for (let looks = 0; looks < ADDRESS_LOOKS; looks += 1) {
    if (verdict.status === 'deployed' ? addressOf(deployment) !== undefined : looks > 0) break
    try {
      if (looks > 0) await pause(limits, ADDRESS_PAUSE_MS)
      deployment = await client.glance(found.id)
      progress.deployment(deployment)
    } catch {
      // The verdict does not depend on this look.
      break
    }
  }
  return deployment
}

/** The address of a first deployment has been seen to come seconds after it serves. */
const ADDRESS_LOOKS = 4
const ADDRESS_PAUSE_MS = 2_000

/** Which log is shown to its end. */
interface LogEnd {
  readonly revision: Revision
  /** Nothing where the log was not streamed. */
  readonly stream: LogStream | undefined
  /** Whether the deadline has passed, and nothing failed. */
  readonly isOverdue: boolean
  /** IDs of requests and runs that failed. */
  readonly ids?: readonly string[] | undefined
}

/** How long after the deadline the log of a failure, or of a delay, may still be read. */
const LOG_GRACE_MS = 10_000

/**
 * The end of the log of the phase that failed, or that was not over at the deadline. Failing to read it changes no
 * verdict; it is a warning where something failed, and nothing where the revision goes on.
 *
 * @throws {CancelledError} when the job is cancelled while the log of a delay is read
 */
async function showEndOfLog(
  { client, limits, progress }: CommandContext,
  deployment: Deployment,
  { revision, stream, isOverdue, ids = [] }: LogEnd
): Promise<void> {
  try {
    await withGrace(limits, LOG_GRACE_MS, async () => {
      // Loaded only here: most runs read no log.
      const { readLogOfFailure } = await import('./logs.ts')
      const log = await readLogOfFailure({
        readLogs: client.readLogs,
        clock: limits.clock,
        deploymentId: deployment.id,
        revision,
        // At the deadline the stream was not read to its end.
        ...(stream && !isOverdue ? { known: stream.end } : {}),
        names: [deployment.name],
        ids,
        wait: (ms) => pause(limits, ms)
      })
      // What was streamed is shown already.
      if (log) await progress.endOfLog(log, { isShown: !stream })
    })
  } catch (error) {
    if (error instanceof CancelledError && isOverdue) throw error
    // The log is gone with its revision or deployment.
    if (isOverdue || endsRun(error) || isMissing(error)) return
    progress.warn(`The log of the failure could not be read: ${errorMessage(error)}`)
  }
}
