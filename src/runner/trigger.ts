import { object } from '../run/object.ts'

/** Subject of an event. */
type About =
  /** A branch, a tag, or only the ref of the run. */
  | { readonly kind: 'ref' }
  | {
      readonly kind: 'pull-request'
      readonly state: 'open' | 'merged' | 'closed'
      /** Target branch; `undefined` if the payload does not contain it. */
      readonly base: string | undefined
    }
  /** Branch that GitHub's merge queue tests and deletes. */
  | { readonly kind: 'merge-group' }
  | { readonly kind: 'deleted-ref'; readonly ref: string }
  /** Release that is not published, so there is nothing to deploy. */
  | { readonly kind: 'withheld-release'; readonly tag: string; readonly why: 'deleted' | 'unpublished' | 'draft' }
  /** GitHub deployment of a commit, without a branch or a tag. */
  | { readonly kind: 'bare-commit' }

/** Workflow run that a `workflow_run` event reports. */
interface FinishedWorkflow {
  /** `null` while the workflow runs; `undefined` if the payload does not contain it. */
  readonly conclusion: string | null | undefined
  /** True if it ran for a branch or a tag. False for a pull request, although its branch has the same name. */
  readonly isOfRef: boolean
}

/** What started the run, as far as it matters for a deployment. */
export interface Trigger {
  readonly about: About
  /**
   * Name of the branch, or a tag as `refs/tags/…`, always of this repository: the head branch of an open pull request,
   * the base branch of a merged one.
   */
  readonly ref: string | undefined
  /** True if `ref` is a bare name, which the payload calls a branch even for a tag. */
  readonly isRefUnclear: boolean
  /** Full commit: the head of a pull request, not GitHub's trial merge; the merge commit once it is merged. */
  readonly commit: string | undefined
  /** Head of the pull request, merged or not. */
  readonly headCommit: string | undefined
  readonly endedRun: FinishedWorkflow | undefined
  readonly eventName: string
  /** `owner/name`. */
  readonly repository: string
  /** URL of the repository on its GitHub server. */
  readonly repositoryUrl: string
  /** GitHub's trial merge of an open pull request, if actions/checkout uses it. */
  readonly trialMerge: string | undefined
  /** Repository of the code, if it is not this one: anyone may have written the code. Undefined after the merge. */
  readonly foreignHead: string | undefined
  /** Number of the pull request of the run. */
  readonly pullRequest: number | undefined
  /**
   * True if the event may be about the code of a pull request although no other field shows this: its ref, or checks of
   * its head. A finished workflow that a comment started does not reveal the subject of the comment.
   */
  readonly mayBeOfPullRequest: boolean
  /** State of the GitHub deployment for `deployment_status`; `undefined` if the payload does not contain it. */
  readonly deploymentState: string | undefined
  /** Environment of a GitHub deployment that is not for production; `undefined` for all others. */
  readonly previewEnvironment: string | undefined
  /** Default branch of this repository; `undefined` if the payload does not contain it. */
  readonly defaultBranch: string | undefined
  /** True if this repository is a fork. */
  readonly isInFork: boolean
  /** Set for runs of forks and of Dependabot, to which GitHub does not pass secrets. */
  readonly withoutSecrets: 'fork' | 'dependabot' | undefined
  /** Run of the workflow; `undefined` outside of a workflow. */
  readonly run: { readonly id: number; readonly attempt: number } | undefined
  /** URL of this run; `undefined` outside of a workflow. */
  readonly runUrl: string | undefined
  /** Name of the run on GitHub, such as `Preview #12`. */
  readonly runName: string | undefined
}

type RunnerVariables = Readonly<Record<string, string | undefined>>
type Payload = Readonly<Record<string, unknown>> | undefined

/** Reads the trigger from the runner's variables and the event's payload. The payload may lack fields. */
export function readTrigger(variables: RunnerVariables, event: unknown): Trigger {
  const repository = variables.GITHUB_REPOSITORY ?? ''
  const eventName = variables.GITHUB_EVENT_NAME ?? ''
  const payload = object(event)
  const pullRequest = object(payload?.pull_request)
  const isOfDeployment = eventName.startsWith('deployment')
  const deployment = isOfDeployment ? object(payload?.deployment) : undefined
  // The payload of a GitHub deployment contains the workflow that created it, which is not the subject of the event.
  const workflowRun = isOfDeployment ? undefined : object(payload?.workflow_run)
  const foreignHead = foreignRepository(repository, pullRequest, workflowRun)
  const server = variables.GITHUB_SERVER_URL || 'https://github.com'
  const isOfStatus = eventName === 'deployment_status'
  const isDependabot = [object(pullRequest?.user)?.login, object(payload?.sender)?.login].includes('dependabot[bot]')
  const subject = eventSubject(variables, payload, { deployment, workflowRun, foreignHead })
  const isMerged = subject.about.kind === 'pull-request' && subject.about.state === 'merged'
  return {
    eventName,
    repository,
    repositoryUrl: repository ? `${server}/${repository}` : '',
    trialMerge: /^refs\/pull\/\d+\/merge$/.test(variables.GITHUB_REF ?? '') ? variables.GITHUB_SHA : undefined,
    deploymentState: isOfStatus ? textIn(object(payload?.deployment_status)?.state) : undefined,
    previewEnvironment: previewEnvironment(deployment),
    defaultBranch: textIn(object(payload?.repository)?.default_branch),
    isRefUnclear: false,
    headCommit: undefined,
    endedRun: undefined,
    ...subject,
    foreignHead: isMerged ? undefined : foreignHead,
    pullRequest: pullRequestNumber(payload, workflowRun, repository),
    mayBeOfPullRequest: mayBeOfPullRequest(variables, payload, workflowRun),
    isInFork: object(payload?.repository)?.fork === true,
    // A pull_request_target run belongs to the base branch, and receives its secrets.
    withoutSecrets: isDependabot
      ? 'dependabot'
      : pullRequest && foreignHead && eventName !== 'pull_request_target'
        ? 'fork'
        : undefined,
    run: runOf(variables),
    runUrl: runUrl(variables, server, repository),
    runName: runName(variables)
  }
}

/** Returns the pull request of the event: itself, that of a comment, or the only one of a finished workflow. */
function pullRequestNumber(payload: Payload, workflowRun: Payload, repository: string): number | undefined {
  const issue = object(payload?.issue)
  const ofRun = workflowRun?.pull_requests
  const [only, another] = Array.isArray(ofRun) ? ofRun.filter((one) => isInto(one, repository)) : []
  const holder =
    object(payload?.pull_request) ?? (object(issue?.pull_request) ? issue : another ? undefined : object(only))
  const number = holder?.number
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : undefined
}

function mayBeOfPullRequest({ GITHUB_REF: ref }: RunnerVariables, payload: Payload, workflowRun: Payload): boolean {
  const run = object(payload?.check_run)
  const checks = [object(payload?.check_suite), run, object(run?.check_suite)]
  const isOfChecks = checks.some((one) => Array.isArray(one?.pull_requests) && one.pull_requests.length > 0)
  return isOfChecks || workflowRun?.event === 'issue_comment' || (ref?.startsWith('refs/pull/') ?? false)
}

/**
 * Returns the environment of a GitHub deployment that is not for production. GitHub sets `production_environment` by
 * itself only if the name is exactly `production`.
 */
function previewEnvironment(deployment: Payload): string | undefined {
  const environment = textIn(deployment?.environment)
  const isPreview = deployment?.transient_environment === true || deployment?.production_environment === false
  return isPreview && environment?.toLowerCase() !== 'production' ? environment : undefined
}

function runName({ GITHUB_WORKFLOW: workflow, GITHUB_RUN_NUMBER: number }: RunnerVariables): string | undefined {
  return [workflow, number && `#${number}`].filter(Boolean).join(' ') || undefined
}

function runOf({ GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt = '1' }: RunnerVariables): Trigger['run'] {
  const run = { id: Number(id), attempt: Number(attempt) }
  return id && Number.isSafeInteger(run.id) && Number.isSafeInteger(run.attempt) ? run : undefined
}

function runUrl(variables: RunnerVariables, server: string, repository: string): string | undefined {
  const { GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt } = variables
  if (!repository || !id) return undefined
  const url = `${server}/${repository}/actions/runs/${id}`
  return attempt && attempt !== '1' ? `${url}/attempts/${attempt}` : url
}

/** Tells if the event contains the commit of its subject. A comment does not contain that of its pull request. */
export function tellsCommit({ about, ref, headCommit }: Trigger): boolean {
  return about.kind !== 'pull-request' || (ref ?? headCommit) !== undefined
}

/** Returns the repository of the code, if it is not this one. */
function foreignRepository(repository: string, pullRequest: Payload, workflowRun: Payload): string | undefined {
  if (!pullRequest && !workflowRun) return undefined
  const owner = pullRequest ? object(object(pullRequest.head)?.repo) : object(workflowRun?.head_repository)
  // After the deletion of a fork, the payload has no head repository, so the owner of the code is unknown.
  const isGone = pullRequest !== undefined || workflowRun?.head_repository === null
  const name = textIn(owner?.full_name) ?? (isGone ? 'a deleted fork' : repository)
  return name.toLowerCase() === repository.toLowerCase() ? undefined : name
}

/** Fields that depend on the kind of event; the other fields have their defaults. */
type EventSubject = Pick<Trigger, 'about' | 'ref' | 'commit'> &
  Partial<Pick<Trigger, 'isRefUnclear' | 'headCommit' | 'endedRun'>>

/**
 * Returns the branch, tag, commit or pull request that is the subject of the event.
 * Source: docs.github.com, "Events that trigger workflows" and "Webhook events and payloads".
 *
 * @param foreignHead other repository of the code, whose branches are not those of this one
 */
function eventSubject(
  variables: RunnerVariables,
  payload: Payload,
  {
    deployment,
    workflowRun,
    foreignHead
  }: {
    readonly deployment: Payload
    readonly workflowRun: Payload
    readonly foreignHead: string | undefined
  }
): EventSubject {
  const eventName = variables.GITHUB_EVENT_NAME ?? ''
  const own = { ref: branchOrTag(variables.GITHUB_REF), commit: variables.GITHUB_SHA || undefined }
  const pullRequest = object(payload?.pull_request)
  const issue = object(payload?.issue)
  if (pullRequest) return ofPullRequest(pullRequest, own, foreignHead)
  if (issue && object(issue.pull_request)) return ofComment(issue, own)
  if (workflowRun) return ofWorkflowRun(workflowRun, object(payload?.repository), own, foreignHead)
  if (deployment) return ofDeployment(deployment, variables)
  const isDeleted = eventName === 'delete' || (eventName === 'push' && payload?.deleted === true)
  if (isDeleted) return { ...own, about: { kind: 'deleted-ref', ref: textIn(payload?.ref) ?? '' } }
  const release = eventName === 'release' ? object(payload?.release) : undefined
  const why = release && whyWithheld(payload?.action, release)
  if (why) return { ...own, about: { kind: 'withheld-release', tag: textIn(release.tag_name) ?? '', why } }
  const group = object(payload?.merge_group)
  if (group || isOfMergeQueue(own.ref)) {
    return { ref: own.ref, commit: textIn(group?.head_sha) ?? own.commit, about: { kind: 'merge-group' } }
  }
  return { ...own, about: { kind: 'ref' } }
}

/** Ref and commit of the run itself. */
type RunRef = Pick<Trigger, 'ref' | 'commit'>

function ofPullRequest(pullRequest: NonNullable<Payload>, own: RunRef, foreignHead: string | undefined): EventSubject {
  const head = object(pullRequest.head)
  const headCommit = textIn(head?.sha)
  const base = textIn(object(pullRequest.base)?.ref)
  const state = stateOf(pullRequest.state, pullRequest.merged === true || textIn(pullRequest.merged_at) !== undefined)
  const about = { kind: 'pull-request', state, base } as const
  if (state === 'merged') return { about, headCommit, ref: base, commit: textIn(pullRequest.merge_commit_sha) }
  return {
    about,
    headCommit,
    ref: foreignHead ? undefined : (textIn(head?.ref) ?? own.ref),
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

/** Returns the subject of a comment. The run is on the default branch, but is about the pull request. */
function ofComment(issue: NonNullable<Payload>, own: RunRef): EventSubject {
  const isMerged = textIn(object(issue.pull_request)?.merged_at) !== undefined
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

/**
 * Returns the subject of a finished workflow. The ref of the run is the default branch; `head_branch` is the branch or
 * tag of the other workflow.
 */
function ofWorkflowRun(
  workflowRun: NonNullable<Payload>,
  repository: Payload,
  own: RunRef,
  foreignHead: string | undefined
): EventSubject {
  const isForeign = foreignHead !== undefined
  const { event, conclusion } = workflowRun
  const branch = textIn(workflowRun.head_branch)
  const startedBy = textIn(event) ?? ''
  const isOfPullRequest = startedBy.startsWith('pull_request')
  const listed = Array.isArray(workflowRun.pull_requests) ? workflowRun.pull_requests.map(object) : []
  const fact = {
    ref: isForeign ? undefined : (branch ?? own.ref),
    commit: textIn(workflowRun.head_sha) ?? own.commit,
    endedRun: { conclusion: conclusion === null ? null : textIn(conclusion), isOfRef: !isOfPullRequest }
  }
  const isDefault = branch === textIn(repository?.default_branch)
  // A push to the branch of a pull request is also about that pull request, because tests often run `on: push` for all
  // branches.
  const candidates = isForeign || isDefault ? [] : listed.filter((one) => isFromBranch(one, branch, repository))
  const [pullRequest, another] = isOfPullRequest ? listed : candidates
  if (isOfPullRequest || pullRequest) {
    const base = another ? undefined : textIn(object(pullRequest?.base)?.ref)
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
  return object(pullRequest?.head)?.ref === branch && isInto(pullRequest, textIn(repository?.full_name) ?? '')
}

/**
 * Returns the subject of a GitHub deployment. GITHUB_REF is its branch or tag; it is empty for a deployment of a
 * commit.
 */
function ofDeployment(deployment: NonNullable<Payload>, variables: RunnerVariables): EventSubject {
  const commit = textIn(deployment.sha) ?? (variables.GITHUB_SHA || undefined)
  const ref = variables.GITHUB_REF || textIn(deployment.ref)
  if (ref?.startsWith('refs/')) return { ref: branchOrTag(ref), commit, about: { kind: 'ref' } }
  const isCommit = ref !== undefined && /^[0-9a-f]{7,64}$/i.test(ref) && commit?.startsWith(ref.toLowerCase())
  if (isCommit) return { ref: undefined, commit, about: { kind: 'bare-commit' } }
  return { ref, commit, isRefUnclear: ref !== undefined, about: { kind: 'ref' } }
}

/** Tells if the merge queue created a branch for its tests. It deletes such a branch after them. */
function isOfMergeQueue(branch: string | undefined): boolean {
  return branch?.startsWith('gh-readonly-queue/') ?? false
}

/**
 * Tells if a pull request targets this repository. A run can also belong to pull requests of other repositories, whose
 * numbers do not apply here.
 */
function isInto(pullRequest: unknown, repository: string): boolean {
  const url = textIn(object(object(object(pullRequest)?.base)?.repo)?.url)
  return url === undefined || url.toLowerCase().endsWith(`/repos/${repository.toLowerCase()}`)
}

/**
 * Returns the branch `x` for `refs/heads/x`, and a tag unchanged; `undefined` for other refs, such as that of a pull
 * request.
 */
export function branchOrTag(ref: string | undefined): string | undefined {
  if (!ref) return undefined
  if (ref.startsWith('refs/heads/')) return ref.slice('refs/heads/'.length)
  return ref.startsWith('refs/') && !ref.startsWith('refs/tags/') ? undefined : ref
}

/** Returns a text of a payload; `undefined` if it is missing, empty or not a text. */
function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
