import { createHash } from 'node:crypto'
import type { CommandContext } from './commands/context.ts'
import { headline, runCommand } from './commands/table.ts'
import { createClient } from './control-plane/client.ts'
import { cloudControlPlane } from './control-plane/hosts.ts'
import type { Connection } from './control-plane/network.ts'
import { createTransport } from './control-plane/transport.ts'
import { isMadeFrom, sourceOf } from './deployment/sources/index.ts'
import { passes, type Verdict } from './deployment/verdict.ts'
import { findWorkspace } from './deployment/workspace.ts'
import { verdictOf } from './failure.ts'
import { createGithubSession, type GithubAccess, type GithubSession } from './github/session.ts'
import { destinationOf, readKeys } from './inputs/access.ts'
import { InputError } from './inputs/reader.ts'
import { type Absence, type Config, readAbsence, readConfig } from './inputs.ts'
import { settleOpenEnds } from './interruption.ts'
import { type Clock, type Limits, systemClock } from './limits.ts'
import { createMemory, type MemoryKeeper } from './memory.ts'
import { type Feedback, type FeedbackPlan, noFeedback } from './report/feedback.ts'
import { createReporter, type Reporter } from './report/reporter.ts'
import { errorMessage } from './run/error-message.ts'
import { createRunner, type Runner } from './runner/runner.ts'
import { type Cancellation, listenForCancellation } from './runner/signals.ts'
import type { Trigger } from './runner/trigger.ts'

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
  runner.maskKeys(readKeys(runner.variables))
  try {
    if (!(await checkFiles(runner, clock, startedAt))) return false
    const absence = readAbsence(runner)
    if (absence) return await skip(runner, clock, startedAt, absence)
    const config = await readOrReport(runner, clock, startedAt)
    if (!config) return false
    return await runConfig(runner, cancellation, clock, startedAt, config)
  } finally {
    cancellation.release()
  }
}

/** Tells an error that no verdict covers. */
export function tellCrash(error: unknown, runner: Runner = createRunner()): void {
  runner.output('status', 'error')
  runner.error('The action stopped at an unexpected error', errorMessage(error))
}

/**
 * Whether what later steps and the post step need of this run can be written. If not, that is the verdict: a run that
 * could not tell what it did is not begun. The summary is for readers alone, and worth no more than a warning.
 */
async function checkFiles(runner: Runner, clock: Clock, startedAt: number): Promise<boolean> {
  const unwritable = runner.unwritableFiles()
  if (unwritable.every(({ file }) => file === 'GITHUB_STEP_SUMMARY')) {
    for (const { text } of unwritable) runner.warning(text)
    return true
  }
  await reporterOfNothing(runner, clock, startedAt).finish({
    status: 'error',
    title: 'The results of this run could not be handed on; nothing was sent',
    reason: unwritable.map(({ text }) => text).join('\n')
  })
  return false
}

async function readOrReport(runner: Runner, clock: Clock, startedAt: number): Promise<Config | undefined> {
  try {
    return await readConfig(runner)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    await reporterOfNothing(runner, clock, startedAt).finish({
      status: 'error',
      title: `${error.title}; nothing was sent`,
      reason: error.message,
      place: error.place
    })
    return undefined
  }
}

/** A run that has nothing to do: the verdict tells that, and a warning what the user should change. */
async function skip(runner: Runner, clock: Clock, startedAt: number, { level, reason }: Absence): Promise<boolean> {
  if (level === 'warning') runner.warning(reason)
  const verdict: Verdict = { status: 'skipped', reason }
  await reporterOfNothing(runner, clock, startedAt).finish(verdict)
  return passes(verdict)
}

/** A reporter for runs that never get to LangSmith, and so have no link to it. */
function reporterOfNothing(runner: Runner, clock: Clock, startedAt: number): Reporter {
  return createReporter({
    runner,
    clock,
    startedAt,
    controlPlane: cloudControlPlane('us'),
    name: 'LangSmith Deployment',
    publicTexts: [],
    remember: () => {}
  })
}

async function runConfig(
  runner: Runner,
  cancellation: Cancellation,
  clock: Clock,
  startedAt: number,
  config: Config
): Promise<boolean> {
  const publicTexts = publicTextsOf(config)
  if (config.command === 'deploy') runner.maskGiven(config.secrets.secrets, publicTexts)
  for (const notice of config.notices) runner.notice(notice)
  for (const warning of config.warnings) {
    if (typeof warning === 'string') runner.warning(warning)
    else runner.warning(warning.text, warning.place)
  }
  for (const remark of config.remarks) runner.info(remark)

  const memory = createMemory(runner, destinationOf(config), 'onCancel' in config && config.onCancel === 'interrupt')
  const reporter = createReporter({
    runner,
    clock,
    startedAt,
    controlPlane: config.controlPlane,
    name: config.target.name ?? config.target.deploymentId ?? '',
    publicTexts,
    variables: config.command === 'deploy' ? config.secrets.variables : [],
    trigger: config.trigger,
    commit: commitOf(config),
    remember: memory.add
  })
  const limits: Limits = { clock, cancelled: cancellation.signal, deadline: startedAt + config.timeoutMs }
  const github = config.github && openGithub(config.github, config.connection.proxy, limits, cancellation, reporter)
  const tellGithub = (connection: Connection) =>
    openFeedback(planFeedback(config, connection, startedAt), config.trigger, {
      github,
      clock,
      cancellation,
      memory,
      reporter
    })
  const tellFailure = (error: unknown) => verdictOf(error, config, reporter.facts, { limits, runner })

  runner.info(headline(config))
  let feedback = await tellGithub(config.connection)
  const verdict = await enterWorkspace(config, limits, runner, memory).then(async (connection) => {
    feedback = await tellGithub(connection)
    const transport = createTransport({ connection, limits, onRetry: runner.info, onWrite: memory.writing })
    const client = createClient(transport, reporter.conceal, runner.info)
    const context: CommandContext = { client, limits, progress: reporter, github, feedback }
    const outcome = await runCommand(context, config).catch(tellFailure)
    const settled = await settleOpenEnds(context, config, cancellation, memory, outcome)
    await transport.close()
    return settled
  }, tellFailure)
  memory.verdict(verdict.status)
  const ended = await reporter.finish(verdict)
  await feedback.finish({ ...ended, status: verdict.status })
  return passes(verdict)
}

/** The way into the workspace that the user named; nothing is asked where that is an ID already. */
async function enterWorkspace(
  { connection, controlPlane, workspaceName }: Config,
  limits: Limits,
  runner: Runner,
  memory: MemoryKeeper
): Promise<Connection> {
  if (!workspaceName) return connection
  const workspaceId = await findWorkspace(controlPlane, { connection, limits, onRetry: runner.info }, workspaceName)
  runner.info(`Workspace "${workspaceName}" is ${workspaceId}.`)
  memory.workspace(workspaceId)
  return { ...connection, workspaceId }
}

function openGithub(
  access: GithubAccess,
  proxy: Connection['proxy'],
  limits: Limits,
  cancellation: Cancellation,
  { warn }: Reporter
): GithubSession {
  return createGithubSession({
    access,
    proxy,
    clock: limits.clock,
    cancelled: cancellation.signal,
    cancelledAt: cancellation.at,
    warn,
    // A slow GitHub must not cost the rollout its time.
    onWait: (ms) => {
      limits.deadline += ms
    }
  })
}

const NOTHING_TO_TELL = { environment: undefined, commentOn: undefined }

/** What the run is to tell GitHub, by its inputs and the workspace that it works in. */
function planFeedback(config: Config, { url, workspaceId }: Connection, startedAt: number): FeedbackPlan {
  const { target, workspaceName, environment, commentOn, trigger } = config
  const place = `${new URL(url).host}/${(workspaceId ?? '').toLowerCase()}`
  return {
    asked: target.name ?? target.deploymentId ?? '',
    isId: target.name === undefined,
    place: createHash('sha256').update(place).digest('hex').slice(0, 12),
    isPreview: target.previewNames !== undefined,
    // Before it is known which workspace a name means, nothing could be found again.
    ...(workspaceName && !workspaceId ? NOTHING_TO_TELL : { environment, commentOn }),
    commit: trigger.commit,
    folder: 'place' in config ? config.place?.folder : undefined,
    startedAt
  }
}

async function openFeedback(
  plan: FeedbackPlan,
  trigger: Trigger,
  {
    github: session,
    clock,
    cancellation,
    memory,
    reporter
  }: {
    readonly github: GithubSession | undefined
    readonly clock: Clock
    readonly cancellation: Cancellation
    readonly memory: MemoryKeeper
    readonly reporter: Reporter
  }
): Promise<Feedback> {
  const isAsked = plan.environment !== undefined || plan.commentOn !== undefined
  if (!session || !isAsked) return noFeedback({ name: plan.asked, place: plan.place })
  // Loaded only here: most runs tell GitHub nothing.
  const { createFeedback } = await import('./report/channels.ts')
  return createFeedback({
    session,
    plan,
    trigger,
    cancelled: cancellation.signal,
    now: clock.now,
    material: reporter.material,
    remember: (state) => memory.feedback(state && { plan, state })
  })
}

/** The commit that the run deploys, where it is that of the run; the one of an image is not known. */
function commitOf(config: Config): string | undefined {
  if (config.command !== 'deploy' || isMadeFrom('image', config.source)) return undefined
  return isMadeFrom('repository', config.source) ? config.source.runCommit : config.trigger.commit
}

/** What is part of outputs, of ours or of other steps, as far as the inputs tell; it must not be masked. */
function publicTextsOf({ controlPlane, connection, target, trigger, ...config }: Config): readonly string[] {
  const names = target.previewNames ?? [target.name]
  const { repository, repositoryUrl, ref, commit, runUrl } = trigger
  const texts = [controlPlane.url, controlPlane.dashboard, connection.workspaceId, ...names, target.deploymentId]
  texts.push(repository, repositoryUrl, ref, commit, runUrl)
  if (config.command === 'deploy') texts.push(...(sourceOf(config.source).publicTexts ?? []))
  return texts.filter((text) => text !== undefined)
}
