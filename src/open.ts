import { createHash } from 'node:crypto'
import { type ControlPlaneClient, createClient } from './control-plane/client.ts'
import type { Connection } from './control-plane/network.ts'
import type { Deployment, Secret } from './control-plane/resources.ts'
import type { SessionClient } from './control-plane/sessions.ts'
import { createTransport } from './control-plane/transport.ts'
import { findWorkspace } from './deployment/workspace.ts'
import { type Feedback, noFeedback } from './feedback/feedback.ts'
import { createGithubSession, type GithubSession } from './github/session.ts'
import type { Config } from './inputs/config.ts'
import { createLog } from './report/log.ts'
import { createMasks } from './report/masks.ts'
import { createOutputWriter } from './report/outputs.ts'
import { createReporter, type Reporter } from './report/reporter.ts'
import { createSaver } from './report/saved.ts'
import { summaryOf } from './report/summary.ts'
import { errorMessage } from './run/error-message.ts'
import type { Clock, Deadline, Limits } from './run/limits.ts'
import { type FeedbackPlan, firstRecord, type RunRecord, type Subject } from './run/record.ts'
import { createRecorder, type Recorder } from './run/recorder.ts'
import type { Verdict } from './run/verdict.ts'
import type { Runner } from './runner/runner.ts'
import type { Cancellation } from './runner/signals.ts'
import type { Trigger } from './runner/trigger.ts'

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
  /** Writes the last outputs, the annotation and the summary. */
  finish(verdict: Verdict): Promise<void>
}

/** The record of a new run, with saved state, outputs, masks and log as its listeners. */
export function openReport(options: ReportOptions): Report {
  const { runner, clock, about, destination, interrupt = false, publicTexts = [], variables = [] } = options
  const log = createLog(runner)
  const masks = createMasks({ runner, record: () => recorder.record(), publicTexts, variables })
  const recorder: Recorder = createRecorder(firstRecord(about, { destination, interrupt }), clock.now, [
    createSaver(runner),
    createOutputWriter(runner),
    masks.listen,
    log.listen
  ])
  return {
    recorder,
    reporter: createReporter(recorder, log, runner),
    conceal: masks.conceal,
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

interface ControlPlaneOptions extends Pick<Report, 'recorder' | 'conceal'> {
  readonly connection: Connection
  readonly limits: Limits
  readonly note: (text: string) => void
  /** Between 0 and 1; tests hand in their own. */
  readonly random?: (() => number) | undefined
}

interface OpenControlPlane {
  readonly client: ControlPlaneClient
  close(): Promise<void>
}

/** The way to the control plane, on which each write is recorded. */
export function openControlPlane(options: ControlPlaneOptions): OpenControlPlane {
  const { connection, limits, recorder, conceal, note, random } = options
  const transport = createTransport({
    connection,
    limits,
    onRetry: note,
    onWrite: (mayHaveActed) => recorder.tell({ kind: 'writing', mayHaveActed }),
    ...(random ? { random } : {})
  })
  return { client: createClient(transport, conceal, note), close: transport.close }
}

interface FeedbackParts {
  readonly recorder: Recorder
  /** Nothing when the run has no token for GitHub. */
  readonly github: GithubSession | undefined
  readonly trigger: Trigger
  readonly clock: Clock
  readonly cancelled: AbortSignal
}

/** The feedback of a run; one that tells nobody where none is asked for. */
export async function openFeedback(plan: FeedbackPlan, { clock, ...parts }: FeedbackParts): Promise<Feedback> {
  const { channels, asked, place } = plan
  if (Object.values(channels).every((channel) => channel === undefined)) return noFeedback({ name: asked, place })
  // Loaded only here: most runs ask for none.
  const { createFeedback } = await import('./feedback/channels.ts')
  return createFeedback({ ...parts, plan, now: clock.now })
}

interface RunOptions {
  readonly report: Report
  readonly limits: Deadline
  readonly cancellation: Pick<Cancellation, 'signal' | 'at'>
  readonly random?: () => number
}

/** What a command works with. */
interface OpenRun {
  readonly client: ControlPlaneClient
  readonly sessions: () => Promise<SessionClient>
  readonly limits: Deadline
  readonly progress: Reporter
  readonly github: GithubSession | undefined
  readonly feedback: Feedback
  close(): Promise<void>
}

/**
 * Everything between a command and the outside.
 *
 * @throws {RefusalError} when there is no workspace of the name that the user wrote
 */
export async function openRun(config: Config, options: RunOptions): Promise<OpenRun> {
  const { report, limits, cancellation, random } = options
  const { recorder, reporter, conceal } = report
  const { clock, cancelled } = limits
  const connection = await enterWorkspace(config, limits, report)
  const github =
    config.github &&
    createGithubSession({
      access: config.github,
      proxy: connection.proxy,
      clock,
      cancelled,
      cancelledAt: cancellation.at,
      warn: reporter.warn,
      // A slow GitHub must not cost the rollout its time.
      onWait: limits.extend
    })
  const controlPlane = openControlPlane({ connection, limits, recorder, conceal, note: reporter.note, random })
  const plan = feedbackPlanOf(config, connection, recorder.record().about.startedAt)
  const feedback = await openFeedback(plan, { recorder, github, trigger: config.trigger, clock, cancelled })
  const { sessions, closeSessions } = openSessionsOnce(config, { connection, limits, onRetry: reporter.note, random })
  const close = async () => {
    await Promise.all([controlPlane.close(), closeSessions()])
  }
  return { ...controlPlane, close, sessions, limits, progress: reporter, github, feedback }
}

/** The LangSmith API, which only some runs ask. */
function openSessionsOnce(
  { controlPlane }: Config,
  {
    random,
    ...options
  }: Pick<ControlPlaneOptions, 'connection' | 'limits' | 'random'> & { readonly onRetry: (text: string) => void }
): { sessions(): Promise<SessionClient>; closeSessions(): Promise<void> } {
  let opened: Promise<SessionClient> | undefined
  return {
    sessions: () => {
      opened ??= import('./control-plane/sessions.ts').then(({ openSessions }) =>
        openSessions(controlPlane, { ...options, ...(random ? { random } : {}) })
      )
      return opened
    },
    closeSessions: async () => {
      await (await opened)?.close()
    }
  }
}

/** The way into the workspace that the user named; nothing is asked where that is an ID already. */
async function enterWorkspace(
  { connection, controlPlane, workspaceName }: Config,
  limits: Limits,
  { recorder, reporter }: Report
): Promise<Connection> {
  if (!workspaceName) return connection
  const workspaceId = await findWorkspace(controlPlane, { connection, limits, onRetry: reporter.note }, workspaceName)
  reporter.note(`Workspace "${workspaceName}" is ${workspaceId}.`)
  recorder.tell({ kind: 'workspace', id: workspaceId })
  return { ...connection, workspaceId }
}

/** What the run is to tell elsewhere, by its inputs and the workspace that it works in. */
function feedbackPlanOf(config: Config, { url, workspaceId }: Connection, startedAt: number): FeedbackPlan {
  const { target, environment, commentOn, trigger } = config
  const place = `${new URL(url).host}/${(workspaceId ?? '').toLowerCase()}`
  return {
    asked: target.name ?? target.deploymentId ?? '',
    isId: target.name === undefined,
    place: createHash('sha256').update(place).digest('hex').slice(0, 12),
    isPreview: target.previewNames !== undefined,
    channels: { environment, comment: commentOn },
    commit: trigger.commit,
    folder: 'place' in config ? config.place?.folder : undefined,
    startedAt
  }
}
