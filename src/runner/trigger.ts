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
  /** Full commit that the run is about: of a pull request its head, not the merge that GitHub tries. */
  readonly commit: string | undefined
  /** The repository that the code comes from, when it is not this one: anybody can have written it. */
  readonly foreignHead: string | undefined
  /** Runs of forks and of Dependabot get no secrets from GitHub. */
  readonly withoutSecrets: 'fork' | 'dependabot' | undefined
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
  const isDependabot = [object(pullRequest?.user)?.login, object(payload?.sender)?.login].includes('dependabot[bot]')
  return {
    eventName: variables.GITHUB_EVENT_NAME ?? '',
    repository,
    repositoryUrl: repository ? `${variables.GITHUB_SERVER_URL || 'https://github.com'}/${repository}` : '',
    ref: text(head?.ref) ?? text(workflowRun?.head_branch) ?? branchOrTag(variables.GITHUB_REF),
    commit: text(head?.sha) ?? text(workflowRun?.head_sha) ?? (variables.GITHUB_SHA || undefined),
    foreignHead,
    // Under pull_request_target the run is the base branch's, and gets its secrets.
    withoutSecrets: isDependabot
      ? 'dependabot'
      : pullRequest && foreignHead && variables.GITHUB_EVENT_NAME !== 'pull_request_target'
        ? 'fork'
        : undefined
  }
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
