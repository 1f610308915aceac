import type { Deployment, Revision } from '../control-plane/resources.ts'
import { addressOf } from '../deployment/address.ts'
import type { createLogStream } from '../deployment/log-stream.ts'
import type { Verdict } from '../deployment/verdict.ts'
import { watch } from '../deployment/watch.ts'
import type { Config, Following, OwnRevision } from '../inputs.ts'
import { CancelledError, DeadlineError, pause } from '../limits.ts'
import { errorMessage } from '../run/error-message.ts'
import type { CommandContext } from './context.ts'
import { rollBack } from './rollback.ts'
import { proveServing } from './serving.ts'

/** Follows a revision that this run made to its verdict, unless the user does not want to wait. */
export async function followOwn(
  context: CommandContext,
  config: OwnRevision & Pick<Config, 'connection' | 'timeoutMs'>,
  deployment: Deployment,
  revision: Revision
): Promise<Verdict> {
  await context.feedback.following(revision)
  if (!config.wait) return { status: 'started' }
  const verdict = await follow(context, config, deployment, revision, true)
  const { revision: latest, own } = context.progress.facts
  // One that timed out may still come up; what failed to be rolled out never served.
  if (!config.rollbackOnFailure || verdict.status !== 'failed' || !verdict.isBroken || !own || !latest) return verdict
  return rollBack(context, config, deployment, latest, verdict)
}

/** Follows a revision to its verdict, and shows of its logs what the user asked for. */
export async function follow(
  context: CommandContext,
  config: Following & Pick<Config, 'connection'>,
  deployment: Deployment,
  revision: Revision,
  own: boolean
): Promise<Verdict> {
  const { progress } = context
  const { onSuperseded, pollIntervalMs, logs } = config
  const stream = logs === 'stream' ? await openStream(context, deployment) : undefined
  const afterLook = stream ? { afterLook: stream.look } : {}
  const showLog = (isOverdue: boolean) =>
    logs === 'off' ? undefined : showEndOfLog(context, deployment, stream, isOverdue)
  const verdict = await watch({ ...context, pollIntervalMs, ...afterLook }, deployment, revision, {
    onSuperseded,
    own
  }).catch(async (error: unknown) => {
    progress.endLog()
    if (error instanceof DeadlineError) await showLog(true)
    throw error
  })
  await stream?.finish()
  progress.endLog()
  await seeWhatServes(context, deployment, verdict)
  const rolledOut = { deployment, revision: progress.facts.revision ?? revision }
  const proof = verdict.status === 'deployed' ? await proveServing(context, config, verdict, rolledOut) : { verdict }
  if ('overtakenBy' in proof) return makeWay(context, config, deployment, proof)
  const proven = proof.verdict
  if (proven.status === 'failed' || proven.status === 'timed-out') await showLog(proven.status === 'timed-out')
  return proven
}

type LogStream = ReturnType<typeof createLogStream>

/** Loaded only where it is asked for. */
async function openStream({ client, limits, progress }: CommandContext, { id }: Deployment): Promise<LogStream> {
  const { createLogStream } = await import('../deployment/log-stream.ts')
  return createLogStream(client.readLogs, progress, id, limits.clock)
}

/** The end of a run whose revision was overtaken after it had been rolled out. */
async function makeWay(
  context: CommandContext,
  config: Following & Pick<Config, 'connection'>,
  deployment: Deployment,
  { overtakenBy, reason }: { readonly overtakenBy: Revision; readonly reason: string }
): Promise<Verdict> {
  if (config.onSuperseded !== 'follow') {
    return { status: 'superseded', reason, passes: config.onSuperseded === 'warn' }
  }
  context.progress.warn(`${reason} Following the newest from here.`)
  context.progress.revision(overtakenBy, false)
  return follow(context, config, deployment, overtakenBy, false)
}

/** Looks at the deployment once more where the verdict does not rest on what is active there, or its address is late. */
async function seeWhatServes(
  { client, limits, progress }: CommandContext,
  { id }: Deployment,
  verdict: Verdict
): Promise<void> {
  for (let looks = 0; looks < ADDRESS_LOOKS; looks += 1) {
    const { deployment } = progress.facts
    const isAddressKnown = deployment !== undefined && addressOf(deployment) !== undefined
    if (verdict.status === 'deployed' ? isAddressKnown : looks > 0) return
    try {
      if (looks > 0) await pause(limits, ADDRESS_PAUSE_MS)
      progress.deployment(await client.glance(id))
    } catch {
      // Worth a look, not a failure: the verdict stands.
      return
    }
  }
}

/** The address of a first deployment has been seen to come seconds after it serves. */
const ADDRESS_LOOKS = 4
const ADDRESS_PAUSE_MS = 2_000

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
  stream: LogStream | undefined,
  isOverdue: boolean
): Promise<void> {
  const { revision } = progress.facts
  if (!revision) return
  limits.deadline += LOG_GRACE_MS
  try {
    // Loaded only here: most runs read no log.
    const { readLogOfFailure } = await import('../deployment/logs.ts')
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
    if (log) await progress.endOfLog(log, !stream)
  } catch (error) {
    if (error instanceof CancelledError && isOverdue) throw error
    if (isOverdue || error instanceof CancelledError || error instanceof DeadlineError) return
    progress.warn(`The log of the failure could not be read: ${errorMessage(error)}`)
  } finally {
    limits.deadline -= LOG_GRACE_MS
  }
}
