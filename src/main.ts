import type { CommandContext } from './commands/context.ts'
import { deleteDeployment } from './commands/delete.ts'
import { deploy } from './commands/deploy.ts'
import { redeploy } from './commands/redeploy.ts'
import { wait } from './commands/wait.ts'
import { createClient } from './control-plane/client.ts'
import { explain } from './control-plane/errors.ts'
import { cloudControlPlane } from './control-plane/hosts.ts'
import { createTransport } from './control-plane/transport.ts'
import { sourceOf } from './deployment/sources/index.ts'
import { passes, type Verdict } from './deployment/verdict.ts'
import { InputError } from './inputs/reader.ts'
import { type Config, readConfig, readKeys } from './inputs.ts'
import { interruptOwn } from './interruption.ts'
import { CancelledError, type Clock, DeadlineError, type Limits, systemClock } from './limits.ts'
import { createMemory, isWriteOpen, type MemoryKeeper } from './memory.ts'
import { createReporter, type Reporter } from './report/reporter.ts'
import { inWords } from './report/summary.ts'
import { createRunner, type Runner } from './runner/runner.ts'
import { type Cancellation, listenForCancellation } from './runner/signals.ts'

/**
 * A run from its inputs to its verdict.
 *
 * @returns whether the job goes on
 */
export async function main(
  runner: Runner = createRunner(),
  cancellation: Cancellation = listenForCancellation(),
  clock: Clock = systemClock
): Promise<boolean> {
  const startedAt = clock.now()
  runner.mask(readKeys(runner.variables), [])
  try {
    const config = await readOrReport(runner, clock, startedAt)
    if (!config) return false
    return await runConfig(runner, cancellation, clock, startedAt, config)
  } finally {
    cancellation.release()
  }
}

async function readOrReport(runner: Runner, clock: Clock, startedAt: number): Promise<Config | undefined> {
  try {
    return await readConfig(runner)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    const count = error.problems.length
    const reporter = createReporter({
      runner,
      clock,
      startedAt,
      // Nothing of LangSmith is known, so no link is made from this.
      controlPlane: cloudControlPlane('us'),
      name: 'LangSmith Deployment',
      publicTexts: [],
      remember: () => {}
    })
    await reporter.finish({
      status: 'error',
      title:
        count === 1 ? 'An input is not right; nothing was sent' : `${count} inputs are not right; nothing was sent`,
      reason: error.message
    })
    return undefined
  }
}

async function runConfig(
  runner: Runner,
  cancellation: Cancellation,
  clock: Clock,
  startedAt: number,
  config: Config
): Promise<boolean> {
  const publicTexts = publicTextsOf(config)
  if (config.command === 'deploy')
    runner.mask(
      config.secrets.secrets.map(({ value }) => value),
      publicTexts
    )
  for (const notice of config.notices) runner.notice(notice)
  for (const warning of config.warnings) runner.warning(warning)

  const memory = createMemory(runner, 'onCancel' in config && config.onCancel === 'interrupt')
  const reporter = createReporter({
    runner,
    clock,
    startedAt,
    controlPlane: config.controlPlane,
    name: config.target.name ?? config.target.deploymentId ?? '',
    publicTexts,
    remember: memory.add
  })
  const limits: Limits = { clock, cancelled: cancellation.signal, deadline: startedAt + config.timeoutMs }
  const transport = createTransport({ connection: config.connection, limits, onRetry: runner.info })
  const context: CommandContext = { client: createClient(transport), limits, progress: reporter }

  runner.info(headline(config))
  const outcome = await runCommand(context, config).catch((error: unknown) =>
    verdictOf(runner, config, reporter, error)
  )
  const verdict = await settleOpenEnds(context, config, cancellation, memory, outcome)
  await reporter.finish(verdict)
  await transport.close()
  return passes(verdict)
}

function runCommand(context: CommandContext, config: Config): Promise<Verdict> {
  switch (config.command) {
    case 'deploy':
      return deploy(context, config)
    case 'wait':
      return wait(context, config)
    case 'redeploy':
      return redeploy(context, config)
    case 'delete':
      return deleteDeployment(context, config)
  }
}

/** What the run is about, before anything is sent. */
function headline(config: Config): string {
  const { name, deploymentId } = config.target
  const deployment = name ? `"${name}"` : `deployment ${deploymentId}`
  const doing = { wait: 'Waiting for', redeploy: 'Redeploying', delete: 'Deleting' } as const
  const start = config.command === 'deploy' ? `Deploying ${sourceOf(config.source).label} to` : doing[config.command]
  return `${start} ${deployment} on ${config.controlPlane.url} (timeout ${inWords(config.timeoutMs)})`
}

function verdictOf(runner: Runner, config: Config, { facts }: Reporter, error: unknown): Verdict {
  if (error instanceof CancelledError) return { status: 'cancelled', reason: 'The job was cancelled.' }
  if (error instanceof DeadlineError) {
    const { revision } = facts
    const passed = `The timeout of ${inWords(config.timeoutMs)} passed`
    return {
      status: 'timed-out',
      reason: revision
        ? `${passed} while revision ${revision.id} was ${revision.status}.`
        : `${passed} before there was a revision to wait for.`,
      advice: revision
        ? 'It may still come up: look at it in LangSmith, or wait on with `command: wait` and its `revision-id`. A first deployment can take 15 minutes; raise `timeout` if this happens again.'
        : 'Raise `timeout`, or look in LangSmith for what holds it up.'
    }
  }
  if (error instanceof Error && error.stack) runner.debug(error.stack)
  const { title, text } = explain(error, {
    controlPlane: config.controlPlane,
    workspaceGiven: config.connection.workspaceId !== undefined,
    redact: runner.redact
  })
  return { status: 'error', title, reason: text }
}

/**
 * After a timeout or a cancellation: interrupts our revision where that is asked for, says what was left, and leaves
 * to the post step what got no answer.
 */
async function settleOpenEnds(
  context: CommandContext,
  config: Config,
  cancellation: Cancellation,
  memory: MemoryKeeper,
  verdict: Verdict
): Promise<Verdict> {
  if (verdict.status !== 'cancelled' && verdict.status !== 'timed-out') {
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

/** What goes into outputs, and so must not be masked. */
function publicTextsOf({ controlPlane, target, ...config }: Config): readonly string[] {
  const texts = [controlPlane.url, controlPlane.dashboard, target.name, target.deploymentId]
  if (config.command === 'deploy' && config.source.type === 'external_docker') {
    texts.push(config.source.imageUri, config.source.customUrl)
  }
  return texts.filter((text) => text !== undefined)
}
