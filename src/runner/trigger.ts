import { object } from '../object.ts'

/** What started the run, as far as a deployment cares. */
export interface Trigger {
  readonly eventName: string
  /** `owner/name`. */
  readonly repository: string
  /** Address of the repository on its GitHub server. */
  readonly repositoryUrl: string
  /** What the event is about. */
  readonly about: About
  /**
   * The branch by its name, a tag as `refs/tags/…`, always of this repository: of an open pull request its head branch, of
   * a merged one its base branch.
   */
  readonly ref: string | undefined
  /** Whether `ref` is a bare name that the payload calls a branch also where it is a tag. */
  readonly isRefUnclear: boolean
  /** Full commit that the run is about: of a pull request its head, not the merge that GitHub tries; once merged, the merge. */
  readonly commit: string | undefined
  /** The merge that GitHub tries of an open pull request, where actions/checkout takes that. */
  readonly trialMerge: string | undefined
  /** The head of the pull request, whether it was merged or not. */
  readonly headCommit: string | undefined
  /** The repository that the code comes from, when it is not this one: anybody can have written it. Once merged it is this one's. */
  readonly foreignHead: string | undefined
  /** Number of the pull request that the run is about. */
  readonly pullRequest: number | undefined
  /** Of `workflow_run`: how the other workflow ended. */
  readonly endedRun: EndedRun | undefined
  /** Of `deployment_status`: what became of the GitHub deployment; nothing where the payload does not tell it. */
  readonly deploymentState: string | undefined
  /** The environment of a GitHub deployment that is told not to be for production; nothing of every other one. */
  readonly previewEnvironment: string | undefined
  /** The default branch of this repository; nothing where the payload does not tell it. */
  readonly defaultBranch: string | undefined
  /** Whether this repository is itself a fork of another one. */
  readonly isInFork: boolean
  /** Runs of forks and of Dependabot get no secrets from GitHub. */
  readonly withoutSecrets: 'fork' | 'dependabot' | undefined
  /** Page of this run; nothing outside of a workflow. */
  readonly runUrl: string | undefined
  /** The run as GitHub shows it, such as `Preview #12`. */
  readonly runName: string | undefined
}

/** What an event is about. */
export type About =
  /** A branch, a tag, or nothing that says more than the ref of the run. */
  | { readonly kind: 'ref' }
  | {
      readonly kind: 'pull-request'
      readonly state: 'open' | 'merged' | 'closed'
      /** The branch that it goes into; nothing where the payload does not tell it. */
      readonly base: string | undefined
    }
  /** The branch that GitHub's merge queue tests and deletes. */
  | { readonly kind: 'merge-group' }
  | { readonly kind: 'deleted-ref'; readonly ref: string }
  /** A release that nobody can get: there is nothing to deploy of it. */
  | { readonly kind: 'withheld-release'; readonly tag: string; readonly why: 'deleted' | 'unpublished' | 'draft' }
  /** A GitHub deployment that was made for a commit without a branch or a tag. */
  | { readonly kind: 'bare-commit' }

/** `conclusion` is `null` while the workflow still runs, and nothing where the payload does not tell it. */
export interface EndedRun {
  readonly conclusion: string | null | undefined
  /** Whether it ran for a branch or a tag, and not for a pull request, which can be open for that branch all the same. */
  readonly isOfRef: boolean
}

type Variables = Readonly<Record<string, string | undefined>>
type Payload = Readonly<Record<string, unknown>> | undefined

/** The part of a trigger that depends on the kind of the event. */
type Subject = Pick<Trigger, 'about' | 'ref' | 'commit'> &
  Partial<Pick<Trigger, 'isRefUnclear' | 'headCommit' | 'endedRun'>>

/**
 * Reads the trigger from the runner's variables and the event's payload. Events without the fields are borne.
 * Source: docs.github.com, "Events that trigger workflows" and "Webhook events and payloads".
 */
export function readTrigger(variables: Variables, event: unknown): Trigger {
  const repository = variables.GITHUB_REPOSITORY ?? ''
  const eventName = variables.GITHUB_EVENT_NAME ?? ''
  const payload = object(event)
  const pullRequest = object(payload?.pull_request)
  const workflowRun = workflowRunOf(eventName, payload)
  const foreignHead = foreign(repository, pullRequest, workflowRun)
  const server = variables.GITHUB_SERVER_URL || 'https://github.com'
  const isOfStatus = eventName === 'deployment_status'
  const isDependabot = [object(pullRequest?.user)?.login, object(payload?.sender)?.login].includes('dependabot[bot]')
  const subject = subjectOf(variables, payload, foreignHead !== undefined)
  const isMerged = subject.about.kind === 'pull-request' && subject.about.state === 'merged'
  return {
    eventName,
    repository,
    repositoryUrl: repository ? `${server}/${repository}` : '',
    isRefUnclear: false,
    headCommit: undefined,
    trialMerge: /^refs\/pull\/\d+\/merge$/.test(variables.GITHUB_REF ?? '') ? variables.GITHUB_SHA : undefined,
    endedRun: undefined,
    deploymentState: isOfStatus ? text(object(payload?.deployment_status)?.state) : undefined,
    previewEnvironment: eventName.startsWith('deployment')
      ? previewEnvironment(object(payload?.deployment))
      : undefined,
    defaultBranch: text(object(payload?.repository)?.default_branch),
    ...subject,
    foreignHead: isMerged ? undefined : foreignHead,
    pullRequest: pullRequestNumber(payload, workflowRun, repository),
    isInFork: object(payload?.repository)?.fork === true,
    // Under pull_request_target the run is the base branch's, and gets its secrets.
    withoutSecrets: isDependabot
      ? 'dependabot'
      : pullRequest && foreignHead && eventName !== 'pull_request_target'
        ? 'fork'
        : undefined,
    runUrl: runUrl(variables, server, repository),
    runName: runName(variables)
  }
}

/** The payload of a GitHub deployment names the workflow that made it, which is not what the event is about. */
function workflowRunOf(eventName: string, payload: Payload): Payload {
  return eventName.startsWith('deployment') ? undefined : object(payload?.workflow_run)
}

/** @param isForeign whether the code comes from another repository, whose branches are not those of this one */
function subjectOf(variables: Variables, payload: Payload, isForeign: boolean): Subject {
  const eventName = variables.GITHUB_EVENT_NAME ?? ''
  const own = { ref: branchOrTag(variables.GITHUB_REF), commit: variables.GITHUB_SHA || undefined }
  const pullRequest = object(payload?.pull_request)
  const issue = object(payload?.issue)
  const workflowRun = workflowRunOf(eventName, payload)
  const deployment = eventName.startsWith('deployment') ? object(payload?.deployment) : undefined
  if (pullRequest) return ofPullRequest(pullRequest, own, isForeign)
  if (issue && object(issue.pull_request)) return ofComment(issue, own)
  if (workflowRun) return ofWorkflowRun(workflowRun, object(payload?.repository), own, isForeign)
  if (deployment) return ofDeployment(deployment, variables)
  const isDeleted = eventName === 'delete' || (eventName === 'push' && payload?.deleted === true)
  if (isDeleted) return { ...own, about: { kind: 'deleted-ref', ref: text(payload?.ref) ?? '' } }
  const release = eventName === 'release' ? object(payload?.release) : undefined
  const why = release && whyWithheld(payload?.action, release)
  if (why) return { ...own, about: { kind: 'withheld-release', tag: text(release.tag_name) ?? '', why } }
  const group = object(payload?.merge_group)
  if (group || isOfMergeQueue(own.ref)) {
    return { ref: own.ref, commit: text(group?.head_sha) ?? own.commit, about: { kind: 'merge-group' } }
  }
  return { ...own, about: { kind: 'ref' } }
}

type Own = Pick<Trigger, 'ref' | 'commit'>

function ofPullRequest(pullRequest: NonNullable<Payload>, own: Own, isForeign: boolean): Subject {
  const head = object(pullRequest.head)
  const headCommit = text(head?.sha)
  const base = text(object(pullRequest.base)?.ref)
  const state = stateOf(pullRequest.state, pullRequest.merged === true || text(pullRequest.merged_at) !== undefined)
  const about = { kind: 'pull-request', state, base } as const
  if (state === 'merged') return { about, headCommit, ref: base, commit: text(pullRequest.merge_commit_sha) }
  return {
    about,
    headCommit,
    ref: isForeign ? undefined : (text(head?.ref) ?? own.ref),
    commit: headCommit ?? own.commit
  }
}

function whyWithheld(
  action: unknown,
  { draft }: NonNullable<Payload>
): 'deleted' | 'unpublished' | 'draft' | undefined {
  if (action === 'deleted' || action === 'unpublished') return action
  return draft === true ? 'draft' : undefined
}

/** A comment on a pull request runs on the default branch, which is not what the comment is about. */
function ofComment(issue: NonNullable<Payload>, own: Own): Subject {
  const isMerged = text(object(issue.pull_request)?.merged_at) !== undefined
  return {
    about: { kind: 'pull-request', state: stateOf(issue.state, isMerged), base: undefined },
    ref: undefined,
    commit: own.commit
  }
}

function stateOf(state: unknown, isMerged: boolean): 'open' | 'merged' | 'closed' {
  if (state !== 'closed') return 'open'
  return isMerged ? 'merged' : 'closed'
}

/** The ref of the run is the default branch here. `head_branch` is what the other workflow ran for, which can be a tag. */
function ofWorkflowRun(workflowRun: NonNullable<Payload>, repository: Payload, own: Own, isForeign: boolean): Subject {
  const { event, conclusion } = workflowRun
  const branch = text(workflowRun.head_branch)
  const startedBy = text(event) ?? ''
  const isOfPullRequest = startedBy.startsWith('pull_request')
  const listed = Array.isArray(workflowRun.pull_requests) ? workflowRun.pull_requests.map(object) : []
  const fact = {
    ref: isForeign ? undefined : (branch ?? own.ref),
    commit: text(workflowRun.head_sha) ?? own.commit,
    endedRun: { conclusion: conclusion === null ? null : text(conclusion), isOfRef: !isOfPullRequest }
  }
  const isDefault = branch === text(repository?.default_branch)
  // A push to the branch of a pull request is about that, too: `on: push` of all branches is the usual test.
  const candidates = isForeign || isDefault ? [] : listed.filter((one) => isFromBranch(one, branch, repository))
  const [pullRequest, another] = isOfPullRequest ? listed : candidates
  if (isOfPullRequest || pullRequest) {
    const base = another ? undefined : text(object(pullRequest?.base)?.ref)
    return { ...fact, headCommit: fact.commit, about: { kind: 'pull-request', state: 'open', base } }
  }
  if (startedBy === 'merge_group' || isOfMergeQueue(branch)) return { ...fact, about: { kind: 'merge-group' } }
  if (startedBy === 'release' && branch && !isForeign) {
    return { ...fact, ref: `refs/tags/${branch}`, about: { kind: 'ref' } }
  }
  const isBranch =
    isForeign ||
    branch === undefined ||
    startedBy === 'schedule' ||
    isDefault ||
    listed.some((one) => object(one?.head)?.ref === branch)
  return { ...fact, isRefUnclear: !isBranch, about: { kind: 'ref' } }
}

function isFromBranch(pullRequest: Payload, branch: string | undefined, repository: Payload): boolean {
  return object(pullRequest?.head)?.ref === branch && isInto(pullRequest, text(repository?.full_name) ?? '')
}

/** GITHUB_REF is the branch or tag of the GitHub deployment, and empty when it was made for a commit. */
function ofDeployment(deployment: NonNullable<Payload>, variables: Variables): Subject {
  const commit = text(deployment.sha) ?? (variables.GITHUB_SHA || undefined)
  const ref = variables.GITHUB_REF || text(deployment.ref)
  if (ref?.startsWith('refs/')) return { ref: branchOrTag(ref), commit, about: { kind: 'ref' } }
  const isCommit = ref !== undefined && /^[0-9a-f]{7,64}$/i.test(ref) && commit?.startsWith(ref.toLowerCase())
  if (isCommit) return { ref: undefined, commit, about: { kind: 'bare-commit' } }
  return { ref, commit, isRefUnclear: ref !== undefined, about: { kind: 'ref' } }
}

/** GitHub sets `production_environment` by itself only where the name is exactly `production`. */
function previewEnvironment(deployment: Payload): string | undefined {
  const environment = text(deployment?.environment)
  const isPreview = deployment?.transient_environment === true || deployment?.production_environment === false
  return isPreview && environment?.toLowerCase() !== 'production' ? environment : undefined
}

/** Such branches are made for a test of the queue and deleted right after it. */
function isOfMergeQueue(branch: string | undefined): boolean {
  return branch?.startsWith('gh-readonly-queue/') ?? false
}

/** Of the pull request itself, of a comment on one, or of the only one that a finished workflow belongs to. */
function pullRequestNumber(payload: Payload, workflowRun: Payload, repository: string): number | undefined {
  const issue = object(payload?.issue)
  const ofRun = workflowRun?.pull_requests
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

/** Whether the event tells which commit it is about: a comment does not tell that of its pull request. */
export function tellsCommit({ about, ref, headCommit }: Trigger): boolean {
  return about.kind !== 'pull-request' || (ref ?? headCommit) !== undefined
}

/** `refs/heads/x` as `x`; a tag as it stands; nothing for what is neither. */
export function branchOrTag(ref: string | undefined): string | undefined {
  if (!ref) return undefined
  if (ref.startsWith('refs/heads/')) return ref.slice('refs/heads/'.length)
  return ref.startsWith('refs/') && !ref.startsWith('refs/tags/') ? undefined : ref
}

function foreign(repository: string, pullRequest: Payload, workflowRun: Payload): string | undefined {
  if (!pullRequest && !workflowRun) return undefined
  const owner = pullRequest ? object(object(pullRequest.head)?.repo) : object(workflowRun?.head_repository)
  // The payload names no head repository when the fork was deleted: whose code it is cannot be told any more.
  const isGone = pullRequest !== undefined || workflowRun?.head_repository === null
  const name = text(owner?.full_name) ?? (isGone ? 'a deleted fork' : repository)
  return name.toLowerCase() === repository.toLowerCase() ? undefined : name
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
