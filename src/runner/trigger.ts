import { object } from '../object.ts'
import {
  type EventSubject,
  eventSubject,
  isInto,
  type Payload,
  type RunnerVariables,
  textIn,
  workflowRunOf
} from './event-subject.ts'

/** What started the run, as far as a deployment depends on it. */
export interface Trigger extends EventSubject {
  readonly eventName: string
  /** `owner/name`. */
  readonly repository: string
  /** Address of the repository on its GitHub server. */
  readonly repositoryUrl: string
  /** GitHub's trial merge of an open pull request, when actions/checkout takes it. */
  readonly trialMerge: string | undefined
  /**
   * The repository of the code, when it is not this one: anybody can have written the code. Absent once it is merged.
   */
  readonly foreignHead: string | undefined
  /** Number of the pull request that the run is about. */
  readonly pullRequest: number | undefined
  /** Of `deployment_status`: the state of the GitHub deployment; `undefined` when the payload does not tell it. */
  readonly deploymentState: string | undefined
  /** The environment of a GitHub deployment that is not for production; `undefined` for every other one. */
  readonly previewEnvironment: string | undefined
  /** The default branch of this repository; `undefined` when the payload does not tell it. */
  readonly defaultBranch: string | undefined
  /** Whether this repository is itself a fork of another one. */
  readonly isInFork: boolean
  /** Runs of forks and of Dependabot get no secrets from GitHub. */
  readonly withoutSecrets: 'fork' | 'dependabot' | undefined
  /** Page of this run; `undefined` outside of a workflow. */
  readonly runUrl: string | undefined
  /** The run as GitHub shows it, such as `Preview #12`. */
  readonly runName: string | undefined
}

/** Reads the trigger from the runner's variables and the event's payload. Fields may be absent from the payload. */
export function readTrigger(variables: RunnerVariables, event: unknown): Trigger {
  const repository = variables.GITHUB_REPOSITORY ?? ''
  const eventName = variables.GITHUB_EVENT_NAME ?? ''
  const payload = object(event)
  const pullRequest = object(payload?.pull_request)
  const workflowRun = workflowRunOf(eventName, payload)
  const foreignHead = foreignRepository(repository, pullRequest, workflowRun)
  const server = variables.GITHUB_SERVER_URL || 'https://github.com'
  const isOfStatus = eventName === 'deployment_status'
  const isDependabot = [object(pullRequest?.user)?.login, object(payload?.sender)?.login].includes('dependabot[bot]')
  const subject = eventSubject(variables, payload, foreignHead)
  const isMerged = subject.about.kind === 'pull-request' && subject.about.state === 'merged'
  return {
    eventName,
    repository,
    repositoryUrl: repository ? `${server}/${repository}` : '',
    trialMerge: /^refs\/pull\/\d+\/merge$/.test(variables.GITHUB_REF ?? '') ? variables.GITHUB_SHA : undefined,
    deploymentState: isOfStatus ? textIn(object(payload?.deployment_status)?.state) : undefined,
    previewEnvironment: eventName.startsWith('deployment')
      ? previewEnvironment(object(payload?.deployment))
      : undefined,
    defaultBranch: textIn(object(payload?.repository)?.default_branch),
    isRefUnclear: false,
    headCommit: undefined,
    endedRun: undefined,
    ...subject,
    foreignHead: isMerged ? undefined : foreignHead,
    pullRequest: pullRequestNumber(payload, workflowRun, repository),
    isInFork: object(payload?.repository)?.fork === true,
    // A pull_request_target run belongs to the base branch, and gets its secrets.
    withoutSecrets: isDependabot
      ? 'dependabot'
      : pullRequest && foreignHead && eventName !== 'pull_request_target'
        ? 'fork'
        : undefined,
    runUrl: runUrl(variables, server, repository),
    runName: runName(variables)
  }
}

/** The pull request of the event: itself, the one that a comment is on, or the only one of a finished workflow. */
function pullRequestNumber(payload: Payload, workflowRun: Payload, repository: string): number | undefined {
  const issue = object(payload?.issue)
  const ofRun = workflowRun?.pull_requests
  const [only, another] = Array.isArray(ofRun) ? ofRun.filter((one) => isInto(one, repository)) : []
  const holder =
    object(payload?.pull_request) ?? (object(issue?.pull_request) ? issue : another ? undefined : object(only))
  const number = holder?.number
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : undefined
}

/** GitHub sets `production_environment` by itself only when the name is exactly `production`. */
function previewEnvironment(deployment: Payload): string | undefined {
  const environment = textIn(deployment?.environment)
  const isPreview = deployment?.transient_environment === true || deployment?.production_environment === false
  return isPreview && environment?.toLowerCase() !== 'production' ? environment : undefined
}

function runName({ GITHUB_WORKFLOW: workflow, GITHUB_RUN_NUMBER: number }: RunnerVariables): string | undefined {
  return [workflow, number && `#${number}`].filter(Boolean).join(' ') || undefined
}

function runUrl(variables: RunnerVariables, server: string, repository: string): string | undefined {
  const { GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt } = variables
  if (!repository || !id) return undefined
  const url = `${server}/${repository}/actions/runs/${id}`
  return attempt && attempt !== '1' ? `${url}/attempts/${attempt}` : url
}

/** Whether the event tells the commit of its subject: a comment does not tell that of its pull request. */
export function tellsCommit({ about, ref, headCommit }: Trigger): boolean {
  return about.kind !== 'pull-request' || (ref ?? headCommit) !== undefined
}

/** The repository that the code comes from, when it is not this one. */
function foreignRepository(repository: string, pullRequest: Payload, workflowRun: Payload): string | undefined {
  if (!pullRequest && !workflowRun) return undefined
  const owner = pullRequest ? object(object(pullRequest.head)?.repo) : object(workflowRun?.head_repository)
  // The payload names no head repository when the fork was deleted; then the owner of the code is not known.
  const isGone = pullRequest !== undefined || workflowRun?.head_repository === null
  const name = textIn(owner?.full_name) ?? (isGone ? 'a deleted fork' : repository)
  return name.toLowerCase() === repository.toLowerCase() ? undefined : name
}
