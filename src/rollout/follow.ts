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
import { clause } from '../run/sentence.ts'
import type { Verdict } from '../run/verdict.ts'
import type { CommandContext } from './context.ts'
import type { createLogStream } from './log-stream.ts'
import { createQueueWatch } from './queue-watch.ts'
import { rollBack } from './rollback.ts'
import { loadEvidence, type Proof, proveServing, type RolledOut } from './serving.ts'
import { type Watched, watch } from './watch.ts'

// The only imports of these files: for another one, the bundle can contain a second copy in another file.
const loadBake = () => import('./bake.ts')
const loadLogStream = () => import('./log-stream.ts')

/**
 * Imports the files that the rollout of this run's revision needs, in parallel, so that a run of an incomplete action
 * ends before its first write. Only the files that the inputs request. The file for the log of a failure is not
 * included, because it only completes a message.
 */
export async function loadChecks(
  { sessions }: Pick<CommandContext, 'sessions'>,
  { wait, proof, bake, logs }: OwnRevision
): Promise<void> {
  if (!wait) return
  await Promise.all([
    proof && loadEvidence(),
    bake && loadBake(),
    bake && sessions(),
    logs === 'stream' && loadLogStream()
  ])
}

/** The end of a rollout, with the last seen state. The revision may be a newer one than the first. */
export interface Followed extends RolledOut {
  readonly verdict: Verdict
  /** True if the proof failed only because the agent could not be checked. */
  readonly isUnasked?: boolean
}

/**
 * Follows a revision that this run created to its verdict, unless `wait` is `false`. Rolls back if requested.
 *
 * @param earlier revisions from before the write, newest first, which show the usual duration
 */
export async function followOwn(
  context: CommandContext,
  config: OwnRevision & Pick<Config, 'command' | 'connection' | 'timeoutMs' | 'workspaceName'>,
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
    return { ...outcome, verdict: { ...verdict, advice: `${NOT_ROLLED_BACK} ${verdict.advice}`.trimEnd() } }
  }
  if (config.rollbackOnFailure && verdict.status === 'timed-out' && outcome.revision.status === 'DEPLOYED') {
    return { ...outcome, verdict: { ...verdict, advice: `${NOT_JUDGED} ${verdict.advice}` } }
  }
  // After a timeout, the revision may still start. A revision whose rollout failed was never active.
  if (!config.rollbackOnFailure || verdict.status !== 'failed' || !verdict.isBroken || !outcome.own) return outcome
  return { ...outcome, verdict: await rollBack(context, config, { ...outcome, written }, verdict) }
}

const NOT_JUDGED = 'Skipped the rollback, because the timeout expired before a check failed.'

const NOT_ROLLED_BACK = 'Skipped the rollback, because no check showed a problem in the agent itself.'

/**
 * Follows a revision that this run did not create.
 *
 * @param listed revisions, newest first, which show the usual duration
 */
export async function followOther(
  context: CommandContext,
  config: Following & Pick<Config, 'command' | 'connection' | 'workspaceName'>,
  deployment: Deployment,
  revision: Revision,
  listed: readonly Revision[] = []
): Promise<Verdict> {
  const other = { deployment, revision, own: false, hasPredecessor: true }
  return (await follow(context, config, other, listed)).verdict
}

/** Proves that the revision that was active before this run works. It is never rolled back. */
export async function proveActive(
  context: CommandContext,
  config: OwnRevision & Pick<Config, 'command' | 'connection' | 'workspaceName'>,
  deployment: Deployment,
  revision: Revision
): Promise<Verdict> {
  const active: Followed = { deployment, revision, own: false, hasPredecessor: false, verdict: { status: 'deployed' } }
  // A run that does not wait sends no request to the Agent Server, even if it created no revision.
  if (!config.wait) return active.verdict
  const showLog: ShowLog = (latest, how) =>
    config.logs === 'off'
      ? undefined
      : showEndOfLog(context, deployment, { revision: latest, stream: undefined, ...how })
  return (await conclude(context, config, active, showLog)).verdict
}

/** Follows a revision to its verdict, and shows its logs as the input `logs` requests. */
async function follow(
  context: CommandContext,
  config: Following & Pick<Config, 'command' | 'connection' | 'workspaceName'>,
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
    usualMs,
    again: config.command === 'wait' ? 'deploy' : 'rerun'
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

/** Reads the figures of the previous revision, if a bake compares with them. */
async function readBefore(
  context: CommandContext,
  { bake }: Following,
  followed: RolledOut
): Promise<TracerSession | undefined> {
  if (!bake) return undefined
  const { figuresBefore } = await loadBake()
  return figuresBefore(context, bake, followed)
}

type ShowLog = (revision: Revision, how: Pick<LogEnd, 'isOverdue' | 'ids'>) => Promise<void> | undefined

/** Proves a deployed revision, and shows the log if it fails or times out. */
async function conclude(
  context: CommandContext,
  config: Following & Pick<Config, 'command' | 'connection' | 'workspaceName'>,
  ended: Followed,
  showLog: ShowLog,
  before?: TracerSession
): Promise<Followed> {
  const proof = await prove(context, config, ended, before)
  if ('overtakenBy' in proof) return makeWay(context, config, ended, proof)
  const { verdict, ids } = proof
  // If the agent could not be checked, its log does not show why.
  const isUnasked = ids !== undefined && verdict.status === 'failed' && !verdict.isBroken
  if ((verdict.status === 'failed' && !isUnasked) || verdict.status === 'timed-out') {
    await showLog(ended.revision, { isOverdue: verdict.status === 'timed-out', ids })
  }
  return { ...ended, verdict, isUnasked }
}

async function prove(
  context: CommandContext,
  config: Following & Pick<Config, 'command' | 'connection' | 'workspaceName'>,
  { verdict, ...rolledOut }: Followed,
  before: TracerSession | undefined
): Promise<Proof> {
  if (verdict.status !== 'deployed') return { verdict }
  const serving = () => proveServing(context, config, verdict, rolledOut)
  if (!config.bake) return serving()
  const { proveAndBake } = await loadBake()
  return proveAndBake(context, config.bake, { rolledOut, before }, serving)
}

type LogStream = ReturnType<typeof createLogStream>

/** Creates the log stream of a deployment. */
async function openStream({ client, limits, progress }: CommandContext, { id }: Deployment): Promise<LogStream> {
  const { createLogStream } = await loadLogStream()
  return createLogStream(client.readLogs, progress, id, limits.clock)
}

/** Ends the rollout of a revision that a newer one replaced after its rollout, or follows the newer one. */
async function makeWay(
  context: CommandContext,
  config: Following & Pick<Config, 'command' | 'connection' | 'workspaceName'>,
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

/** Reads the deployment again if the verdict does not depend on the active revision, or if the URL is missing. */
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
      // The verdict does not depend on this read.
      break
    }
  }
  return deployment
}

/** Most reads: the URL of a new deployment can appear seconds after the deployment is active. */
const ADDRESS_LOOKS = 4
const ADDRESS_PAUSE_MS = 2_000

/** The log to show to its end. */
interface LogEnd {
  readonly revision: Revision
  /** `undefined` if the log was not streamed. */
  readonly stream: LogStream | undefined
  /** True if the deadline passed and nothing failed. */
  readonly isOverdue: boolean
  /** IDs of requests and runs that failed. */
  readonly ids?: readonly string[] | undefined
}

/** The time after the deadline to read the log of a failure or a delay, in milliseconds. */
const LOG_GRACE_MS = 10_000

/**
 * Shows the end of the log of the phase that failed, or that was in progress at the deadline. An unreadable log never
 * changes the verdict: after a failure it is a warning, after a delay it is ignored.
 *
 * @throws {CancelledError} if the job is canceled during the read of the log of a delay
 */
async function showEndOfLog(
  { client, limits, progress }: CommandContext,
  deployment: Deployment,
  { revision, stream, isOverdue, ids = [] }: LogEnd
): Promise<void> {
  try {
    await withGrace(limits, LOG_GRACE_MS, async () => {
      // Imported on demand: most runs read no log.
      const { readLogOfFailure } = await import('./logs.ts')
      const log = await readLogOfFailure({
        readLogs: client.readLogs,
        clock: limits.clock,
        deploymentId: deployment.id,
        revision,
        // At the deadline, the stream may be incomplete.
        ...(stream && !isOverdue ? { known: stream.end } : {}),
        names: [deployment.name],
        ids,
        wait: (ms) => pause(limits, ms)
      })
      // Streamed lines are already shown.
      if (log) await progress.endOfLog(log, { isShown: !stream })
    })
  } catch (error) {
    if (error instanceof CancelledError && isOverdue) throw error
    // A missing log was deleted with its revision or deployment.
    if (isOverdue || endsRun(error) || isMissing(error)) return
    progress.warn(
      `The log of the failure could not be read (${clause(errorMessage(error))}); continuing without the log.`
    )
  }
}
