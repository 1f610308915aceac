import type { CommandContext } from './commands/context.ts'
import { deleteDeployment } from './commands/delete.ts'
import { deploy } from './commands/deploy.ts'
import { redeploy } from './commands/redeploy.ts'
import { wait } from './commands/wait.ts'
import { createClient } from './control-plane/client.ts'
import { cloudControlPlane, isLoopback } from './control-plane/hosts.ts'
import { createTransport } from './control-plane/transport.ts'
import { sourceOf } from './deployment/sources/index.ts'
import { passes, type Verdict } from './deployment/verdict.ts'
import { verdictOf } from './failure.ts'
import { InputError } from './inputs/reader.ts'
import { type Config, readConfig, readKeys } from './inputs.ts'
import { settleOpenEnds } from './interruption.ts'
import { type Clock, type Limits, systemClock } from './limits.ts'
import { createMemory } from './memory.ts'
import { createReporter } from './report/reporter.ts'
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
  const values = config.command === 'deploy' ? config.secrets.secrets.map(({ value }) => value) : []
  const addressLike = values.filter(isAddressLike)
  runner.mask(
    values.filter((value) => !isAddressLike(value)),
    publicTexts
  )
  runner.keepSecret(addressLike)
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
    addressLike,
    remember: memory.add
  })
  const limits: Limits = { clock, cancelled: cancellation.signal, deadline: startedAt + config.timeoutMs }
  const transport = createTransport({
    connection: config.connection,
    limits,
    onRetry: runner.info,
    onWrite: memory.writing
  })
  const context: CommandContext = { client: createClient(transport, reporter.conceal), limits, progress: reporter }

  runner.info(headline(config))
  const outcome = await runCommand(context, config).catch((error: unknown) =>
    verdictOf(error, config, reporter.facts, runner)
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

/** What goes into outputs, and so must not be masked. */
function publicTextsOf({ controlPlane, target, trigger, ...config }: Config): readonly string[] {
  const texts = [controlPlane.url, controlPlane.dashboard, target.name, target.deploymentId, trigger.commit]
  if (config.command === 'deploy' && config.source.type === 'external_docker') {
    texts.push(config.source.imageUri, config.source.customUrl)
  }
  return texts.filter((text) => text !== undefined)
}

/**
 * Whether a value may be the address at which the deployment itself will serve, which agents are often told: a bare
 * address or host name, with a path only on this machine. To mask it before that is known could lose `deployment-url`.
 */
function isAddressLike(value: string): boolean {
  const url = /^https?:\/\//.test(value) && URL.canParse(value) ? new URL(value) : undefined
  if (!url) return /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$/i.test(value)
  const isBare = !url.username && !url.password && !url.search && !url.hash
  return isBare && (url.pathname === '/' || isLoopback(url.hostname))
}
