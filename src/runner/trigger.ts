import { object } from '../object.ts'

/** What started the run, as far as a deployment cares. */
export interface Trigger {
  readonly eventName: string
  /** `owner/name`. */
  readonly repository: string
  /** Address of the repository on its GitHub server. */
  readonly repositoryUrl: string
  /** The branch by its name, a tag as `refs/tags/…`; of a pull request its head branch. */
  readonly ref: string | undefined
  /** Full commit that the run is about: of a pull request its head, not the merge that GitHub tries; of an archive what was packed. */
  readonly commit: string | undefined
  /** The repository that the code comes from, when it is not this one: anybody can have written it. */
  readonly foreignHead: string | undefined
  /** Number of the pull request that the run is about. */
  readonly pullRequest: number | undefined
  /** Whether the payload says that it is closed. */
  readonly isClosed: boolean
  /** Runs of forks and of Dependabot get no secrets from GitHub. */
  readonly withoutSecrets: 'fork' | 'dependabot' | undefined
  /** Page of this run; nothing outside of a workflow. */
  readonly runUrl: string | undefined
  /** The run as GitHub shows it, such as `Preview #12`. */
  readonly runName: string | undefined
}

type Variables = Readonly<Record<string, string | undefined>>

/**
 * Reads the trigger from the runner's variables and the event's payload. Events without the fields are borne.
 * Source: docs.github.com, "Events that trigger workflows" and "Webhook events and payloads".
 */
export function readTrigger(variables: Variables, event: unknown): Trigger {
  const repository = variables.GITHUB_REPOSITORY ?? ''
  const payload = object(event)
  const pullRequest = object(payload?.pull_request)
  const workflowRun = object(payload?.workflow_run)
  const head = pullRequest ? object(pullRequest.head) : undefined
  const foreignHead = foreign(repository, head, pullRequest, workflowRun)
  const server = variables.GITHUB_SERVER_URL || 'https://github.com'
  const isDependabot = [object(pullRequest?.user)?.login, object(payload?.sender)?.login].includes('dependabot[bot]')
  return {
    eventName: variables.GITHUB_EVENT_NAME ?? '',
    repository,
    repositoryUrl: repository ? `${server}/${repository}` : '',
    ref: text(head?.ref) ?? text(workflowRun?.head_branch) ?? ownRef(variables, payload),
    commit: text(head?.sha) ?? text(workflowRun?.head_sha) ?? (variables.GITHUB_SHA || undefined),
    foreignHead,
    pullRequest: pullRequestNumber(payload, repository),
    isClosed: (pullRequest ?? object(payload?.issue))?.state === 'closed',
    // Under pull_request_target the run is the base branch's, and gets its secrets.
    withoutSecrets: isDependabot
      ? 'dependabot'
      : pullRequest && foreignHead && variables.GITHUB_EVENT_NAME !== 'pull_request_target'
        ? 'fork'
        : undefined,
    runUrl: runUrl(variables, server, repository),
    runName: runName(variables)
  }
}

/** Of the pull request itself, of a comment on one, or of the only one that a finished workflow belongs to. */
function pullRequestNumber(
  payload: Readonly<Record<string, unknown>> | undefined,
  repository: string
): number | undefined {
  const issue = object(payload?.issue)
  const ofRun = object(payload?.workflow_run)?.pull_requests
  const [only, another] = Array.isArray(ofRun) ? ofRun.filter((one) => isInto(one, repository)) : []
  const holder =
    object(payload?.pull_request) ?? (object(issue?.pull_request) ? issue : another ? undefined : object(only))
  const number = holder?.number
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : undefined
}

/** A run can belong to pull requests of other repositories too, whose numbers mean nothing here. */
function isInto(pullRequest: unknown, repository: string): boolean {
  const url = text(object(object(object(pullRequest)?.base)?.repo)?.url)
  return url === undefined || url.toLowerCase().endsWith(`/repos/${repository.toLowerCase()}`)
}

function runName({ GITHUB_WORKFLOW: workflow, GITHUB_RUN_NUMBER: number }: Variables): string | undefined {
  return [workflow, number && `#${number}`].filter(Boolean).join(' ') || undefined
}

function runUrl(variables: Variables, server: string, repository: string): string | undefined {
  const { GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt } = variables
  if (!repository || !id) return undefined
  const url = `${server}/${repository}/actions/runs/${id}`
  return attempt && attempt !== '1' ? `${url}/attempts/${attempt}` : url
}

/** A comment on a pull request runs on the default branch, which is not what the comment is about. */
function ownRef(variables: Variables, payload: Readonly<Record<string, unknown>> | undefined): string | undefined {
  return object(object(payload?.issue)?.pull_request) ? undefined : branchOrTag(variables.GITHUB_REF)
}

/** `refs/heads/x` as `x`; a tag as it stands; nothing for what is neither. */
export function branchOrTag(ref: string | undefined): string | undefined {
  if (!ref) return undefined
  if (ref.startsWith('refs/heads/')) return ref.slice('refs/heads/'.length)
  return ref.startsWith('refs/') && !ref.startsWith('refs/tags/') ? undefined : ref
}

function foreign(
  repository: string,
  head: Readonly<Record<string, unknown>> | undefined,
  pullRequest: unknown,
  workflowRun: Readonly<Record<string, unknown>> | undefined
): string | undefined {
  const owner = pullRequest ? object(head?.repo) : object(workflowRun?.head_repository)
  if (!pullRequest && !workflowRun) return undefined
  // The payload names no head repository when the fork was deleted: whose code it is cannot be told any more.
  const name = text(owner?.full_name) ?? (pullRequest ? 'a deleted fork' : repository)
  return name.toLowerCase() === repository.toLowerCase() ? undefined : name
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
