import { headline, runCommand } from './commands/table.ts'
import { readKeys } from './inputs/access.ts'
import type { Config } from './inputs/config.ts'
import { readRun } from './inputs/read-run.ts'
import { openReport, openRun, publicTextsOf, secretsOf, subjectOf } from './open-run.ts'
import { errorMessage, UNEXPECTED_ADVICE } from './run/error-message.ts'
import { INCOMPLETE_TITLE, incompleteFiles } from './run/incomplete.ts'
import { type Clock, createDeadline, systemClock } from './run/limits.ts'
import { passes, type Verdict } from './run/verdict.ts'
import { createRunner, type Runner } from './runner/runner.ts'
import { type Cancellation, listenForCancellation } from './runner/signals.ts'
import { settle } from './settle.ts'

/**
 * Runs the action, from its inputs to its verdict.
 *
 * @returns whether the step passes
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

/** Reports an error that no verdict covers. */
export function tellCrash(error: unknown, runner: Runner = createRunner()): void {
  runner.output('status', 'error')
  const incomplete = incompleteFiles(error)
  if (incomplete) runner.error(INCOMPLETE_TITLE, incomplete)
  else runner.error('Unexpected error', `${errorMessage(error)}\n${UNEXPECTED_ADVICE}`)
}

async function run(
  runner: Runner,
  cancellation: Cancellation,
  clock: Clock,
  startedAt: number,
  config: Config
): Promise<boolean> {
  // First, before any of these texts is printed.
  runner.maskGiven(secretsOf(config), publicTextsOf(config))
  tellRemarks(runner, config)
  runner.info(headline(config))

  const report = openReport({ runner, clock, ...subjectOf(config, startedAt) })
  const { recorder, finish } = report
  const limits = createDeadline({ clock, cancelled: cancellation.signal, deadline: startedAt + config.timeoutMs })
  const asVerdict = async (error: unknown): Promise<Verdict> => {
    try {
      // Loaded only here and before a write: most runs end in order.
      const { verdictOf } = await import('./failure.ts')
      return await verdictOf(error, config, recorder.record(), { limits, runner })
    } catch (failure) {
      const incomplete = incompleteFiles(failure)
      if (!incomplete) throw failure
      return { status: 'error', title: INCOMPLETE_TITLE, reason: incomplete }
    }
  }
  const opened = await openRun(config, { report, limits, cancellation }).catch(asVerdict)
  if ('status' in opened) {
    await finish(opened)
    return passes(opened)
  }
  const ended = await runCommand(opened, config).catch(asVerdict)
  const verdict = await settle({ ...opened, recorder }, config, cancellation.at(), ended)
  await opened.close()
  await finish(verdict)
  await opened.feedback.finish()
  return passes(verdict)
}

/** Prints the notices, warnings and remarks about the inputs. */
function tellRemarks(runner: Runner, { notices, warnings, remarks }: Config): void {
  for (const notice of notices) runner.notice(notice)
  for (const warning of warnings) {
    if (typeof warning === 'string') runner.warning(warning)
    else runner.warning(warning.text, warning.place)
  }
  for (const remark of remarks) runner.info(remark)
}
