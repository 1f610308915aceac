import type { Deployment, Revision } from '../control-plane/resources.ts'
import { addressOf } from '../deployment/address.ts'
import type { Sends } from '../deployment/apply.ts'
import type { Applied } from '../deployment/outcome.ts'
import type { Config } from '../inputs/config.ts'
import type { Following, OwnRevision } from '../inputs/following.ts'
import { errorMessage } from '../run/error-message.ts'
import { CancelledError, DeadlineError, pause, withGrace } from '../run/limits.ts'
import type { Verdict } from '../run/verdict.ts'
import type { CommandContext } from './context.ts'
import type { createLogStream } from './log-stream.ts'
import { rollBack } from './rollback.ts'
import { type Proof, proveServing, type RolledOut } from './serving.ts'
import { type Watched, watch } from './watch.ts'

/** How it ended, with what was seen last: a newer revision may have been followed in its place. */
export interface Followed extends RolledOut {
  readonly verdict: Verdict
}

/** Follows a revision that this run made to its verdict, unless the user does not want to wait. */
export async function followOwn(
  context: CommandContext,
  config: OwnRevision & Pick<Config, 'connection' | 'timeoutMs'>,
  applied: Applied & Sends & { readonly kind: 'revision' }
): Promise<Followed> {
  const { deployment, revision, written, activeBefore } = applied
  const ours = { deployment, revision, own: true, hasPredecessor: activeBefore !== null }
  await context.feedback.following()
  if (!config.wait) return { ...ours, verdict: { status: 'started' } }
  const outcome = await follow(context, config, ours)
  const { verdict } = outcome
  // One that timed out may still come up; what failed to be rolled out never served.
  if (!config.rollbackOnFailure || verdict.status !== 'failed' || !verdict.isBroken || !outcome.own) return outcome
  return { ...outcome, verdict: await rollBack(context, config, { ...outcome, written }, verdict) }
}

/** Follows a revision that this run waits for, though it did not make it. */
export async function followOther(
  context: CommandContext,
  config: Following & Pick<Config, 'connection'>,
  deployment: Deployment,
  revision: Revision
): Promise<Verdict> {
  const other = { deployment, revision, own: false, hasPredecessor: false }
  return (await follow(context, config, other)).verdict
}

/** Follows a revision to its verdict, and shows of its logs what the user asked for. */
async function follow(
  context: CommandContext,
  config: Following & Pick<Config, 'connection'>,
  followed: RolledOut
): Promise<Followed> {
  const { progress } = context
  const { onSuperseded, pollIntervalMs, logs } = config
  const { deployment, revision, own } = followed
  const stream = logs === 'stream' ? await openStream(context, deployment) : undefined
  let seen = revision
  const afterLook = async (looked: Revision) => {
    seen = looked
    await stream?.look(looked)
  }
  const showLog = (latest: Revision, { isOverdue }: { readonly isOverdue: boolean }) =>
    logs === 'off' ? undefined : showEndOfLog(context, deployment, { revision: latest, stream, isOverdue })
  const watched = await watch({ ...context, pollIntervalMs, afterLook }, deployment, revision, {
    onSuperseded,
    own
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
    deployment: await seeWhatServes(context, watched)
  }
  const proof = await prove(context, config, ended)
  if ('overtakenBy' in proof) return makeWay(context, config, ended, proof)
  const { verdict } = proof
  if (verdict.status === 'failed' || verdict.status === 'timed-out') {
    await showLog(ended.revision, { isOverdue: verdict.status === 'timed-out' })
  }
  return { ...ended, verdict }
}

async function prove(
  context: CommandContext,
  config: Following & Pick<Config, 'connection'>,
  { verdict, ...rolledOut }: Followed
): Promise<Proof> {
  if (verdict.status !== 'deployed') return { verdict }
  const serving = () => proveServing(context, config, verdict, rolledOut)
  if (!config.bake) return serving()
  // Loaded only where it is asked for.
  const { proveAndBake } = await import('./bake.ts')
  return proveAndBake(context, config.bake, rolledOut, serving)
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
  config: Following & Pick<Config, 'connection'>,
  outcome: Followed,
  { overtakenBy, reason }: { readonly overtakenBy: Revision; readonly reason: string }
): Promise<Followed> {
  if (config.onSuperseded !== 'follow') {
    return { ...outcome, verdict: { status: 'superseded', reason, passes: config.onSuperseded === 'warn' } }
  }
  context.progress.warn(`${reason} Following the newest from here.`)
  context.progress.revision(overtakenBy, { own: false })
  return follow(context, config, { ...outcome, revision: overtakenBy, own: false })
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
  { revision, stream, isOverdue }: LogEnd
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
        names: [deployment.name]
      })
      // What was streamed is shown already.
      if (log) await progress.endOfLog(log, { isShown: !stream })
    })
  } catch (error) {
    if (error instanceof CancelledError && isOverdue) throw error
    if (isOverdue || error instanceof CancelledError || error instanceof DeadlineError) return
    progress.warn(`The log of the failure could not be read: ${errorMessage(error)}`)
  }
}
