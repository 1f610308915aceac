import { createHash } from 'node:crypto'
import type { Connection } from './control-plane/network.ts'
import type { Deployment, Secret } from './control-plane/resources.ts'
import type { SessionClient } from './control-plane/sessions.ts'
import type { TransportOptions } from './control-plane/transport.ts'
import { isMadeFrom, sourceOf } from './deployment/sources/index.ts'
import { findWorkspace } from './deployment/workspace.ts'
import type { FeedbackOptions } from './feedback/feedback.ts'
import { createGithubSession } from './github/session.ts'
import { destinationOf } from './inputs/access.ts'
import type { Config } from './inputs/config.ts'
import { openControlPlane, openFeedback } from './open.ts'
import { createLog } from './report/log.ts'
import { createMasks } from './report/masks.ts'
import { createOutputWriter } from './report/outputs.ts'
import { createReporter, type Reporter } from './report/reporter.ts'
import { createSaver } from './report/saved.ts'
import { seenDeployment } from './report/seen.ts'
import { summaryOf } from './report/summary.ts'
import type { CommandContext, DeletedPreview } from './rollout/context.ts'
import { errorMessage } from './run/error-message.ts'
import type { Clock, Deadline, Limits } from './run/limits.ts'
import { type FeedbackPlan, firstRecord, type RunRecord, type Subject } from './run/record.ts'
import { createRecorder, type Recorder } from './run/recorder.ts'
import { sentence } from './run/sentence.ts'
import type { Verdict } from './run/verdict.ts'
import type { Runner } from './runner/runner.ts'
import type { Cancellation } from './runner/signals.ts'

/*
 * Assembles the parts of a run for the main step, the tests and the benchmarks.
 */

interface ReportOptions {
  readonly runner: Runner
  readonly clock: Pick<Clock, 'now'>
  readonly about: Subject
  /** `undefined` for a run that makes no request to LangSmith. */
  readonly destination?: RunRecord['destination']
  /** True if the post step interrupts the revision of a killed run. */
  readonly interrupt?: boolean
  /** Texts of the inputs that outputs contain, and that are therefore not masked. */
  readonly publicTexts?: readonly string[]
  /** Environment variables of the deployment that are not secret. */
  readonly variables?: readonly Secret[]
}

/** Returns the inputs that the report of a run needs. @param startedAt in milliseconds of the run's clock */
export function subjectOf(config: Config, startedAt: number): Omit<ReportOptions, 'runner' | 'clock'> {
  const { target, trigger } = config
  const { commit, repositoryUrl } = trigger
  return {
    about: {
      name: target.name ?? target.deploymentId ?? '',
      startedAt,
      commit: deployedCommit(config),
      trigger: { commit, repositoryUrl }
    },
    destination: destinationOf(config),
    interrupt: 'onCancel' in config && config.onCancel === 'interrupt',
    publicTexts: publicTextsOf(config),
    variables: config.command === 'deploy' ? config.secrets.variables : []
  }
}

/** The commit that the run deploys, if known; the commit of an image is not. */
function deployedCommit(config: Config): string | undefined {
  if (config.command !== 'deploy' || isMadeFrom('image', config.source)) return undefined
  return isMadeFrom('repository', config.source) ? config.source.runCommit : config.trigger.commit
}

/** Headers with public values: a common word, and IDs that are part of outputs. */
const PUBLIC_HEADERS = /^x-(?:auth-scheme|tenant-id|organization-id)$/i

/**
 * The secrets in the inputs, except the API keys: secrets of the deployment, and headers that authorize requests to its
 * agent.
 */
export function secretsOf(config: Config): readonly Secret[] {
  const all = 'proof' in config ? (config.proof?.headers ?? []) : []
  const headers = all.filter(({ name }) => !PUBLIC_HEADERS.test(name))
  // The text after the scheme is itself a secret, such as a bearer token.
  const ofHeaders = headers.flatMap(({ name, value }) => {
    const token = /^\S+ +(\S.*)$/.exec(value)?.[1]
    return [{ name, value }, ...(token ? [{ name, value: token }] : [])]
  })
  return [...(config.command === 'deploy' ? config.secrets.secrets : []), ...ofHeaders]
}

/** Texts of the inputs that outputs of this or another step contain, and that must therefore not be masked. */
export function publicTextsOf({ controlPlane, connection, target, trigger, ...config }: Config): readonly string[] {
  const names = target.previewNames ?? [target.name]
  const { repository, repositoryUrl, ref, commit, runUrl } = trigger
  const texts = [controlPlane.url, controlPlane.dashboard, connection.workspaceId, ...names, target.deploymentId]
  texts.push(repository, repositoryUrl, ref, commit, runUrl)
  if (config.command === 'deploy') texts.push(...(sourceOf(config.source).publicTexts ?? []))
  return texts.filter((text) => text !== undefined)
}

/** The record of a run, and the functions that report it to the user. */
export interface Report {
  readonly recorder: Recorder
  readonly reporter: Reporter
  /** Keeps the secrets of a deployment from being printed. */
  conceal(deployment: Deployment): void
  /** Keeps texts that LangSmith returned for the run itself from being printed. */
  concealTexts(texts: readonly string[]): void
  /** Writes the last outputs, the annotation and the summary. */
  finish(verdict: Verdict): Promise<void>
}

/** Creates the record of a new run, with saved state, outputs, masks and log as listeners. */
export function openReport(options: ReportOptions): Report {
  const { runner, clock, about, destination, interrupt = false, publicTexts = [], variables = [] } = options
  const log = createLog(runner)
  const masks = createMasks(runner, () => recorder.record(), { publicTexts, variables })
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
    concealTexts: runner.maskKeys,
    finish: async (verdict) => {
      recorder.tell({ kind: 'ended', verdict })
      try {
        await runner.summary(summaryOf(recorder.record()))
      } catch (error) {
        runner.warning(sentence(`The job summary could not be written: ${errorMessage(error)}`))
      }
    }
  }
}

interface RunOptions {
  readonly report: Report
  readonly limits: Deadline
  readonly cancellation: Pick<Cancellation, 'signal' | 'at'>
  readonly random?: () => number
}

/**
 * Opens the connections that a command needs.
 *
 * @throws {RefusalError} if no workspace has the name in `workspace-id`
 */
export async function openRun(
  config: Config,
  { report, limits, cancellation, random }: RunOptions
): Promise<CommandContext & { close(): Promise<void> }> {
  const { recorder, reporter } = report
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
      ...(config.command === 'sweep'
        ? // A sweep makes requests for each pull request and has no rollout, so it can use the time of the run.
          { budgetMs: config.timeoutMs }
        : // A slow GitHub must not cost the rollout its time.
          { onWait: limits.extend })
    })
  const controlPlane = openControlPlane({ ...report, connection, limits, note: reporter.note, random })
  const plan = feedbackPlanOf(config, connection)
  const { trigger } = config
  const toldOf = { github, trigger, clock, cancelled, warn: reporter.warn, note: reporter.note }
  const feedback = await openFeedback({ plan, recorder, ...toldOf })
  const tellDeleted = (preview: DeletedPreview) => tellOfDeleted(config, plan, preview, toldOf)
  const { sessions, closeSessions } = openSessionsOnce(config, {
    connection,
    limits,
    onRetry: reporter.note,
    ...(random ? { random } : {})
  })
  const close = async () => {
    await Promise.all([controlPlane.close(), closeSessions()])
  }
  return { ...controlPlane, close, sessions, limits, progress: reporter, github, feedback, tellDeleted }
}

/** Reports the deletion of a preview, the same as the run that deletes it when its pull request is closed. */
async function tellOfDeleted(
  { environment, comments }: Config,
  plan: FeedbackPlan,
  { deployment, firstName, pullRequest, reason }: DeletedPreview,
  toldOf: Omit<FeedbackOptions, 'plan' | 'recorder'>
): Promise<void> {
  const { clock } = toldOf
  const recorder = createRecorder(firstRecord({ name: firstName, startedAt: clock.now() }), clock.now, [])
  recorder.tell({ kind: 'leaving', deployment: seenDeployment(deployment) })
  recorder.tell({ kind: 'ended', verdict: { status: 'deleted', reason } })
  const channels = { environment, comment: comments ? pullRequest : undefined }
  const ofPreview = { ...plan, asked: firstName, isId: false, removes: true, isPreview: true, channels }
  const feedback = await openFeedback({ ...toldOf, plan: ofPreview, recorder })
  await feedback.finish()
}

/** Opens the LangSmith API at its first use: only some runs need it. */
function openSessionsOnce(
  { controlPlane }: Config,
  options: TransportOptions
): { sessions(): Promise<SessionClient>; closeSessions(): Promise<void> } {
  let opened: Promise<SessionClient> | undefined
  return {
    sessions: () => {
      opened ??= import('./control-plane/sessions.ts').then(({ openSessions }) => openSessions(controlPlane, options))
      return opened
    },
    closeSessions: async () => {
      await (await opened)?.close()
    }
  }
}

/** Returns the connection to the workspace; makes requests only if the input is a name and not an ID. */
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

const NO_CHANNELS = { environment: undefined, comment: undefined }

/** The feedback plan, from the inputs and the workspace of the run. */
function feedbackPlanOf(config: Config, { url, workspaceId }: Connection): FeedbackPlan {
  const { target, environment, commentOn, trigger } = config
  const place = `${new URL(url).host}/${(workspaceId ?? '').toLowerCase()}`
  return {
    asked: target.name ?? target.deploymentId ?? '',
    isId: target.name === undefined,
    place: createHash('sha256').update(place).digest('hex').slice(0, 12),
    removes: config.command === 'delete',
    isPreview: target.previewNames !== undefined,
    // A sweep reports each preview separately.
    channels: config.command === 'sweep' ? NO_CHANNELS : { environment, comment: commentOn },
    commit: trigger.commit,
    folder: 'place' in config ? config.place?.folder : undefined,
    run: trigger.run
  }
}
