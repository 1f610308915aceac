import type { Connection } from './control-plane/network.ts'
import { shownSecrets } from './deployment/hidden.ts'
import { settingTexts } from './deployment/texts.ts'
import { createGithubSession, type GithubAccess } from './github/session.ts'
import { type Access, type MissingKey, readAccess, readKeys } from './inputs/access.ts'
import { openControlPlane, openFeedback } from './open.ts'
import { explain } from './report/explain.ts'
import { markdownProse, markdownText } from './report/markdown.ts'
import { summaryOf } from './report/summary.ts'
import { errorMessage } from './run/error-message.ts'
import { type Clock, DeadlineError, type Limits, systemClock } from './run/limits.ts'
import { hasOpenEnds, next, type OpenFeedback, type RunRecord } from './run/record.ts'
import { createRecorder } from './run/recorder.ts'
import { parseSaved, STATE } from './run/saved-state.ts'
import { sentence } from './run/sentence.ts'
import { createRunner, type Runner } from './runner/runner.ts'
import { settleLater } from './settle.ts'

/** Total time of the post step, in milliseconds. */
const POST_MS = 18_000
/** Share of that time for requests to GitHub, in milliseconds. */
const GITHUB_MS = 10_000
/** The post step is never canceled; it has its own time limit. */
const NEVER = new AbortController().signal

/** Finishes the work that a canceled or killed run left open. Never fails the job, which already has its verdict. */
export async function post(runner: Runner = createRunner(), clock: Clock = systemClock): Promise<void> {
  runner.maskKeys(readKeys(runner.variables))
  try {
    const saved = parseSaved(runner.state(STATE))
    if (!saved || !(hasOpenEnds(saved) || saved.feedback)) return
    const { feedback, destination } = saved
    if (!destination) throw new Error('the destination of the run was not saved')
    const access = readAccess(runner, destination)
    const left = hasOpenEnds(saved) ? access.connection : undefined
    const github = feedback && access.github
    const missing = [left, github].filter((one) => one !== undefined && 'fault' in one)
    if (missing.length > 0) runner.warning(missingKeys(missing, saved))
    const [outcome] = await Promise.all([
      left && !('fault' in left) ? settleLeft(runner, clock, access, left, saved) : undefined,
      feedback && !(github && 'fault' in github)
        ? finishFeedback(runner, clock, access, github, killed(saved, KILLED), feedback).catch((error: unknown) => {
            runner.warning(sentence(`Could not report the end of the run to GitHub: ${errorMessage(error)}`))
          })
        : undefined
    ])
    if (!saved.verdict) {
      await runner.summary(summaryOf(killed(saved, outcome === undefined ? KILLED : `${NO_VERDICT} ${outcome}`)))
    } else if (outcome !== undefined) {
      // The summary of the run announced this result.
      await runner.summary(`After the run of ${markdownText(saved.about.name)}: ${markdownProse(outcome)}`)
    }
  } catch (error) {
    runner.warning(
      `${sentence(`The run ended early, and its cleanup failed: ${errorMessage(error)}`)} Check the deployment in LangSmith.`
    )
  }
}

const NO_VERDICT = 'The run ended without a verdict.'
const KILLED = `${NO_VERDICT} The log lists what the run left behind.`

/** Returns the record with a verdict: the run's own, or the verdict of a killed run. */
function killed(saved: RunRecord, reason: string): RunRecord {
  return saved.verdict ? saved : next(saved, { kind: 'killed', reason }, 0)
}

/** Returns the warning about the work that the post step cannot do without a key. */
function missingKeys(missing: readonly MissingKey[], saved: RunRecord): string {
  const whys = missing.map(({ input, fault }) => `\`${input}\` ${fault}`)
  const { deploymentId, revisionId, intent } = saved
  const left =
    revisionId && deploymentId
      ? `Revision ${revisionId} of deployment ${deploymentId} may still be in progress, and the post step could not check the revision.`
      : `The run ended during a request for ${deploymentId ?? intent?.deploymentId ?? `"${intent?.name}"`}, and the post step could not check the effect of the request.`
  const losses = missing.map(({ input }) =>
    input === 'api-key'
      ? `${left} Check the deployment in LangSmith.`
      : 'The end of the run was not reported to GitHub.'
  )
  return `GitHub evaluates the inputs again for the post step, and this time ${whys.join(' and ')}. ${losses.join(' ')}`
}

/** Settles the revision that the run left. @returns the result as a sentence */
async function settleLeft(
  runner: Runner,
  clock: Clock,
  access: Access,
  connection: Connection,
  saved: RunRecord
): Promise<string> {
  const limits: Limits = { clock, cancelled: NEVER, deadline: clock.now() + POST_MS }
  const recorder = createRecorder(saved, clock.now, [])
  const { client, close } = openControlPlane({
    connection,
    limits,
    recorder,
    note: runner.info,
    // Redacted here but not masked: the runner drops outputs that contain a masked text, and which outputs the run set
    // is not known here.
    conceal: (deployment) => {
      runner.keepSecret(shownSecrets(deployment.secrets))
      runner.keepSecretParts(settingTexts(deployment))
    }
  })
  try {
    const { level, text } = await settleLater({ client, limits, recorder }, runner.info)
    runner[level](`The run ended early. ${text}`)
    return text
  } catch (error) {
    const text = warningOf(runner, access, connection, error)
    runner.warning(`The run ended early. ${text}`)
    return text
  } finally {
    await close()
  }
}

/** Reports the end of the run on GitHub if the main step did not: its verdict, or else a cancellation. */
async function finishFeedback(
  runner: Runner,
  clock: Clock,
  { proxy, trigger }: Access,
  access: GithubAccess | undefined,
  record: RunRecord,
  { plan, state }: OpenFeedback
): Promise<void> {
  // The main step has already warned if it could not report the end.
  const warn = state.isWarned ? runner.info : runner.warning
  const github =
    access &&
    createGithubSession({
      access,
      proxy,
      clock,
      cancelled: NEVER,
      cancelledAt: () => undefined,
      warn,
      budgetMs: GITHUB_MS
    })
  const recorder = createRecorder(record, clock.now, [])
  const { info: note } = runner
  const feedback = await openFeedback({ plan, recorder, github, trigger, clock, cancelled: NEVER, warn, note })
  await feedback.finish()
}

function warningOf(runner: Runner, { controlPlane }: Access, connection: Connection, error: unknown): string {
  if (error instanceof DeadlineError)
    return 'The post step could not check the effect of the last request in time. Check the deployment in LangSmith.'
  const { text } = explain(error, {
    controlPlane,
    workspaceGiven: connection.workspaceId !== undefined,
    apiKey: connection.apiKey,
    proxy: connection.proxy,
    redact: runner.redact
  })
  // The main step may have reported the same refusal in full.
  runner.info(text)
  const [reason = ''] = text.split('\n')
  return `The post step could not check what the run changed (${reason.replace(/\.$/, '')}). Check the deployment in LangSmith.`
}
