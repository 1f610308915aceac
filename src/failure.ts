import { RefusalError } from './control-plane/errors.ts'
import { listWorkspaces } from './control-plane/workspaces.ts'
import { workspaceList } from './deployment/workspace.ts'
import type { Config } from './inputs/config.ts'
import { explain, isWorkspaceMissing, mayBeWrongWorkspace } from './report/explain.ts'
import { inWords } from './run/duration.ts'
import { CancelledError, DeadlineError, type Limits } from './run/limits.ts'
import type { RunRecord } from './run/record.ts'
import type { Verdict } from './run/verdict.ts'
import type { Runner } from './runner/runner.ts'

const MAY_STILL_COME_UP =
  'The revision may still become active. Check it in LangSmith, or wait for it with `command: wait` and its `revision-id`. A first deployment can take 15 minutes; raise `timeout` if this happens again.'

const HELD_UP =
  'Another revision blocked the queue; the log above names it. Keep waiting with `command: wait`, or stop that revision with `command: interrupt` if it is stuck.'

/** Returns the verdict of a run that an error ended, in the user's terms. */
export async function verdictOf(
  error: unknown,
  config: Config,
  { revision }: Pick<RunRecord, 'revision'>,
  { limits, runner }: { readonly limits: Limits; readonly runner: Runner }
): Promise<Verdict> {
  if (error instanceof CancelledError) return { status: 'cancelled', reason: 'The job was canceled.' }
  if (error instanceof DeadlineError) return overdue(error, config, revision, runner)
  if (error instanceof Error && error.stack) runner.debug(error.stack)
  const { title, text } = explain(error, {
    controlPlane: config.controlPlane,
    workspaceGiven: (config.connection.workspaceId ?? config.workspaceName) !== undefined,
    apiKey: config.connection.apiKey,
    proxy: config.connection.proxy,
    redact: runner.redact
  })
  const choice = await workspaceAdvice(error, config, limits)
  const place = error instanceof RefusalError ? error.place : undefined
  return { status: 'error', title, reason: choice ? `${text}\n${choice}` : text, ...(place ? { place } : {}) }
}

function overdue(
  { unanswered }: DeadlineError,
  config: Config,
  revision: RunRecord['revision'],
  { redact }: Pick<Runner, 'redact'>
): Verdict {
  const passed = `The timeout of ${inWords(config.timeoutMs)} expired`
  const last = unanswered ? ` The last request got no usable response: ${redact(unanswered)}.` : ''
  const look = last
    ? 'Rerun this job. If it fails again, raise `timeout`, or check whether LangSmith has an outage.'
    : 'Raise `timeout`, or check the deployment in LangSmith.'
  if (!('onSuperseded' in config)) {
    return {
      status: 'timed-out',
      reason: `${passed} before \`command: ${config.command}\` finished.${last}`,
      advice: look
    }
  }
  if (!revision) {
    return { status: 'timed-out', reason: `${passed} before a revision appeared.${last}`, advice: look }
  }
  return {
    status: 'timed-out',
    reason: `${passed} while revision ${revision.id} was ${revision.status}.${last}`,
    advice: revision.status === 'QUEUED' ? HELD_UP : MAY_STILL_COME_UP
  }
}

/** Time limit for the list of workspaces, which only completes the advice. */
const CHOICE_MS = 5_000

/** Advice from the list of workspaces; `undefined` if the list does not explain the failure. */
async function workspaceAdvice(error: unknown, config: Config, limits: Limits): Promise<string | undefined> {
  const { controlPlane, connection } = config
  const { workspaceId } = connection
  const isMissing = isWorkspaceMissing(error)
  if (!isMissing && !(workspaceId && mayBeWrongWorkspace(error))) return undefined
  const briefly = { ...limits, deadline: Math.min(limits.deadline, limits.clock.now() + CHOICE_MS) }
  const workspaces = await listWorkspaces(controlPlane, { connection, limits: briefly }).catch(() => [])
  if (workspaces.length === 0) return undefined
  if (isMissing || !workspaceId) return `The API key can access ${workspaceList(workspaces)}.`
  return workspaces.some(({ id }) => id.toLowerCase() === workspaceId.toLowerCase())
    ? undefined
    : `\`workspace-id\`: the API key cannot access workspace ${workspaceId}. The key can access ${workspaceList(workspaces)}.`
}
