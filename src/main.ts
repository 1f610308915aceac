import { headline, runCommand } from './commands/table.ts'
import type { Connection } from './control-plane/network.ts'
import { passes } from './deployment/verdict.ts'
import { findWorkspace } from './deployment/workspace.ts'
import { verdictOf } from './failure.ts'
import { destinationOf, readKeys } from './inputs/access.ts'
import type { Config } from './inputs.ts'
import { type Clock, createDeadline, systemClock } from './limits.ts'
import { openReport, openRun } from './open.ts'
import { readRun } from './read-run.ts'
import { errorMessage } from './run/error-message.ts'
import type { Recorder } from './run/recorder.ts'
import { createRunner, type Runner } from './runner/runner.ts'
import { type Cancellation, listenForCancellation } from './runner/signals.ts'
import { settle } from './settle.ts'
import { feedbackPlanOf, publicTextsOf, subjectOf } from './subject.ts'

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
    const config = await readRun(runner)
    if (!('verdict' in config)) return await run(runner, cancellation, clock, startedAt, config)
    const { finish } = openReport({ runner, clock, about: { name: 'LangSmith Deployment', startedAt } })
    await finish(config.verdict)
    return passes(config.verdict)
  } finally {
    cancellation.release()
  }
}

/** Tells an error that no verdict covers. */
export function tellCrash(error: unknown, runner: Runner = createRunner()): void {
  runner.output('status', 'error')
  runner.error('The action stopped at an unexpected error', errorMessage(error))
}

async function run(
  runner: Runner,
  cancellation: Cancellation,
  clock: Clock,
  startedAt: number,
  config: Config
): Promise<boolean> {
  const publicTexts = publicTextsOf(config)
  const { secrets, variables } = config.command === 'deploy' ? config.secrets : NO_SECRETS
  runner.maskGiven(secrets, publicTexts)
  tellRemarks(runner, config)

  const about = subjectOf(config, startedAt)
  const interrupt = 'onCancel' in config && config.onCancel === 'interrupt'
  const report = openReport({
    runner,
    clock,
    about,
    destination: destinationOf(config),
    interrupt,
    publicTexts,
    variables
  })
  const { recorder, finish } = report
  const limits = createDeadline({ clock, cancelled: cancellation.signal, deadline: startedAt + config.timeoutMs })
  const broken = (error: unknown) => verdictOf(error, config, recorder.record(), { limits, runner })

  runner.info(headline(config))
  const { github: access, trigger } = config
  const opened = await enterWorkspace(config, limits, runner, recorder).then(
    (connection) =>
      openRun({
        report,
        limits,
        cancellation,
        connection,
        access,
        trigger,
        plan: feedbackPlanOf(config, connection, startedAt)
      }),
    broken
  )
  if ('status' in opened) {
    await finish(opened)
    return passes(opened)
  }
  const ended = await runCommand(opened, config).catch(broken)
  const verdict = await settle({ ...opened, recorder }, config, cancellation.at(), ended)
  await opened.close()
  await finish(verdict)
  await opened.feedback.finish()
  return passes(verdict)
}

const NO_SECRETS = { secrets: [], variables: [] }

/** What the inputs are worth a word for. */
function tellRemarks(runner: Runner, { notices, warnings, remarks }: Config): void {
  for (const notice of notices) runner.notice(notice)
  for (const warning of warnings) {
    if (typeof warning === 'string') runner.warning(warning)
    else runner.warning(warning.text, warning.place)
  }
  for (const remark of remarks) runner.info(remark)
}

/** The way into the workspace that the user named; nothing is asked where that is an ID already. */
async function enterWorkspace(
  { connection, controlPlane, workspaceName }: Config,
  limits: Parameters<typeof findWorkspace>[1]['limits'],
  runner: Runner,
  { tell }: Recorder
): Promise<Connection> {
  if (!workspaceName) return connection
  const workspaceId = await findWorkspace(controlPlane, { connection, limits, onRetry: runner.info }, workspaceName)
  runner.info(`Workspace "${workspaceName}" is ${workspaceId}.`)
  tell({ kind: 'workspace', id: workspaceId })
  return { ...connection, workspaceId }
}
