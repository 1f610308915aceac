import { type ControlPlaneClient, createClient } from './control-plane/client.ts'
import type { Connection } from './control-plane/network.ts'
import type { Deployment, Secret } from './control-plane/resources.ts'
import { createTransport } from './control-plane/transport.ts'
import type { Verdict } from './deployment/verdict.ts'
import { createGithubSession, type GithubAccess, type GithubSession } from './github/session.ts'
import type { Clock, Deadline, Limits } from './limits.ts'
import { type Feedback, type FeedbackPlan, noFeedback } from './report/feedback.ts'
import { createLog } from './report/log.ts'
import { createMasks } from './report/masks.ts'
import { createOutputWriter } from './report/outputs.ts'
import { createReporter, type Reporter } from './report/reporter.ts'
import { summaryOf } from './report/summary.ts'
import { errorMessage } from './run/error-message.ts'
import { firstRecord, type RunRecord, type Subject } from './run/record.ts'
import { createRecorder, type Recorder } from './run/recorder.ts'
import type { Runner } from './runner/runner.ts'
import type { Cancellation } from './runner/signals.ts'
import type { Trigger } from './runner/trigger.ts'
import { createSaver } from './saved.ts'

/*
 * The parts of a run, put together in one place: for the main step, the post step, tests and benchmarks.
 */

export interface ReportOptions {
  readonly runner: Runner
  readonly clock: Pick<Clock, 'now'>
  readonly about: Subject
  /** Nothing of a run that never gets to LangSmith. */
  readonly destination?: RunRecord['destination']
  /** What becomes of our revision when the process is killed. */
  readonly interrupt?: boolean
  /** Texts of the inputs that outputs will hold, and which are therefore not masked. */
  readonly publicTexts?: readonly string[]
  /** What the run puts into the environment for anybody to read. */
  readonly variables?: readonly Secret[]
}

/** What is known of a run, and whoever tells it to the user. */
export interface Report {
  readonly recorder: Recorder
  readonly reporter: Reporter
  /** Keeps the secrets of a deployment from being printed. */
  conceal(deployment: Deployment): void
  /** Keeps what the run was given for its own use from being printed. */
  concealTexts(texts: readonly string[]): void
  /** Writes the last outputs, the annotation and the summary. */
  finish(verdict: Verdict): Promise<void>
}

/** The record of a new run, with saved state, outputs, masks and log as its listeners. */
export function openReport(options: ReportOptions): Report {
  const { runner, clock, about, destination, interrupt = false, publicTexts = [], variables = [] } = options
  const log = createLog(runner)
  const masks = createMasks({ runner, record: () => recorder.record(), publicTexts, variables })
  const recorder: Recorder = createRecorder(firstRecord(about, destination, interrupt), clock.now, [
    createSaver(runner),
    createOutputWriter(runner),
    masks.listen,
    log.listen
  ])
  return {
    recorder,
    reporter: createReporter(recorder, log, runner),
    conceal: masks.conceal,
    concealTexts: runner.maskKeys,
    finish: async (verdict) => {
      recorder.tell({ kind: 'ended', verdict })
      try {
        await runner.summary(summaryOf(recorder.record()))
      } catch (error) {
        runner.warning(`The job summary could not be written: ${errorMessage(error)}`)
      }
    }
  }
}

export interface ControlPlaneOptions
  extends Pick<Report, 'recorder' | 'conceal'>,
    Partial<Pick<Report, 'concealTexts'>> {
  readonly connection: Connection
  readonly limits: Limits
  readonly note: (text: string) => void
  /** Between 0 and 1; tests hand in their own. */
  readonly random?: (() => number) | undefined
}

export interface OpenControlPlane {
  readonly client: ControlPlaneClient
  close(): Promise<void>
}

/** The way to the control plane, on which each write is recorded. */
export function openControlPlane(options: ControlPlaneOptions): OpenControlPlane {
  const { connection, limits, recorder, conceal, concealTexts, note, random } = options
  const transport = createTransport({
    connection,
    limits,
    onRetry: note,
    onWrite: (mayHaveActed) => recorder.tell({ kind: 'writing', mayHaveActed }),
    ...(random ? { random } : {})
  })
  return { client: createClient(transport, conceal, note, concealTexts), close: transport.close }
}

export interface FeedbackParts {
  readonly recorder: Recorder
  /** Nothing when the run has no token for GitHub. */
  readonly session: GithubSession | undefined
  readonly trigger: Trigger
  readonly clock: Clock
  readonly cancelled: AbortSignal
}

/** The feedback of a run; one that tells nobody where none is asked for. */
export async function openFeedback(plan: FeedbackPlan, { clock, ...parts }: FeedbackParts): Promise<Feedback> {
  const { environment, commentOn, asked, place } = plan
  if (environment === undefined && commentOn === undefined) return noFeedback({ name: asked, place })
  // Loaded only here: most runs ask for none.
  const { createFeedback } = await import('./report/channels.ts')
  return createFeedback({ ...parts, plan, now: clock.now })
}

export interface RunOptions {
  readonly report: Report
  readonly limits: Deadline
  readonly cancellation: Pick<Cancellation, 'signal' | 'at'>
  readonly connection: Connection
  /** Nothing when there is no token. */
  readonly access: GithubAccess | undefined
  readonly plan: FeedbackPlan
  readonly trigger: Trigger
  readonly random?: () => number
}

/** What a command works with. */
export interface OpenRun {
  readonly client: ControlPlaneClient
  readonly limits: Deadline
  readonly progress: Reporter
  readonly github: GithubSession | undefined
  readonly feedback: Feedback
  close(): Promise<void>
}

/** Everything between a command and the outside. */
export async function openRun(options: RunOptions): Promise<OpenRun> {
  const { report, limits, cancellation, connection, access, plan, trigger, random } = options
  const { recorder, reporter, conceal, concealTexts } = report
  const { clock, cancelled } = limits
  const github =
    access &&
    createGithubSession({
      access,
      proxy: connection.proxy,
      clock,
      cancelled,
      cancelledAt: cancellation.at,
      warn: reporter.warn,
      // A slow GitHub must not cost the rollout its time.
      onWait: limits.extend
    })
  const { note } = reporter
  const controlPlane = openControlPlane({ connection, limits, recorder, conceal, concealTexts, note, random })
  const feedback = await openFeedback(plan, { recorder, session: github, trigger, clock, cancelled })
  return { ...controlPlane, limits, progress: reporter, github, feedback }
}
