import { object } from '../object.ts'

/*
 * The branch, tag, commit or pull request that an event is about.
 * Source: docs.github.com, "Events that trigger workflows" and "Webhook events and payloads".
 */

/** What an event is about. */
type About =
  /** A branch, a tag, or nothing that says more than the ref of the run. */
  | { readonly kind: 'ref' }
  | {
      readonly kind: 'pull-request'
      readonly state: 'open' | 'merged' | 'closed'
      /** The branch that it goes into; `undefined` when the payload does not tell it. */
      readonly base: string | undefined
    }
  /** The branch that GitHub's merge queue tests and deletes. */
  | { readonly kind: 'merge-group' }
  | { readonly kind: 'deleted-ref'; readonly ref: string }
  /** A release that nobody can get, so there is nothing to deploy. */
  | { readonly kind: 'withheld-release'; readonly tag: string; readonly why: 'deleted' | 'unpublished' | 'draft' }
  /** A GitHub deployment that was made for a commit without a branch or a tag. */
  | { readonly kind: 'bare-commit' }

/** The workflow run that a `workflow_run` event reports. */
interface FinishedWorkflow {
  /** `null` while the workflow still runs; `undefined` when the payload does not tell it. */
  readonly conclusion: string | null | undefined
  /** Whether it ran for a branch or a tag. A run for a pull request did not, though its branch has the same name. */
  readonly isOfRef: boolean
}

/** The part of a trigger that depends on the kind of the event. */
export interface EventSubject {
  readonly about: About
  /**
   * The branch by its name, a tag as `refs/tags/…`, always of this repository: for an open pull request its head
   * branch, for a merged one its base branch.
   */
  readonly ref: string | undefined
  /** Whether `ref` is a bare name that the payload calls a branch even when it is a tag. */
  readonly isRefUnclear: boolean
  /** The full commit: for a pull request its head, not GitHub's trial merge; once it is merged, the merge commit. */
  readonly commit: string | undefined
  /** The head of the pull request, merged or not. */
  readonly headCommit: string | undefined
  readonly endedRun: FinishedWorkflow | undefined
}

export type RunnerVariables = Readonly<Record<string, string | undefined>>
export type Payload = Readonly<Record<string, unknown>> | undefined

/** What one kind of event tells; the other fields have their defaults. */
type PartialSubject = Pick<EventSubject, 'about' | 'ref' | 'commit'> & Partial<EventSubject>

/**
 * What the event is about.
 *
 * @param foreignHead the other repository that the code comes from, whose branches are not those of this one
 */
export function eventSubject(
  variables: RunnerVariables,
  payload: Payload,
  foreignHead: string | undefined
): PartialSubject {
  const eventName = variables.GITHUB_EVENT_NAME ?? ''
  const own = { ref: branchOrTag(variables.GITHUB_REF), commit: variables.GITHUB_SHA || undefined }
  const pullRequest = object(payload?.pull_request)
  const issue = object(payload?.issue)
  const workflowRun = workflowRunOf(eventName, payload)
  const deployment = eventName.startsWith('deployment') ? object(payload?.deployment) : undefined
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

/** The payload of a GitHub deployment names the workflow that made it; the event is not about that workflow. */
export function workflowRunOf(eventName: string, payload: Payload): Payload {
  return eventName.startsWith('deployment') ? undefined : object(payload?.workflow_run)
}

/** The ref and the commit of the run itself. */
type RunRef = Pick<EventSubject, 'ref' | 'commit'>

function ofPullRequest(
  pullRequest: NonNullable<Payload>,
  own: RunRef,
  foreignHead: string | undefined
): PartialSubject {
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

/** A comment on a pull request starts a run on the default branch, but is about the pull request. */
function ofComment(issue: NonNullable<Payload>, own: RunRef): PartialSubject {
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

/** The ref of the run is the default branch. `head_branch` is what the other workflow ran for, which can be a tag. */
function ofWorkflowRun(
  workflowRun: NonNullable<Payload>,
  repository: Payload,
  own: RunRef,
  foreignHead: string | undefined
): PartialSubject {
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
  // A push to the branch of a pull request is about that pull request too: `on: push` for all branches is the usual
  // test.
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

/** GITHUB_REF is the branch or tag of the GitHub deployment; it is empty when the deployment was made for a commit. */
function ofDeployment(deployment: NonNullable<Payload>, variables: RunnerVariables): PartialSubject {
  const commit = textIn(deployment.sha) ?? (variables.GITHUB_SHA || undefined)
  const ref = variables.GITHUB_REF || textIn(deployment.ref)
  if (ref?.startsWith('refs/')) return { ref: branchOrTag(ref), commit, about: { kind: 'ref' } }
  const isCommit = ref !== undefined && /^[0-9a-f]{7,64}$/i.test(ref) && commit?.startsWith(ref.toLowerCase())
  if (isCommit) return { ref: undefined, commit, about: { kind: 'bare-commit' } }
  return { ref, commit, isRefUnclear: ref !== undefined, about: { kind: 'ref' } }
}

/** The merge queue makes such branches for its tests, and deletes them right after. */
function isOfMergeQueue(branch: string | undefined): boolean {
  return branch?.startsWith('gh-readonly-queue/') ?? false
}

/** A run can belong to pull requests of other repositories too; their numbers mean nothing here. */
export function isInto(pullRequest: unknown, repository: string): boolean {
  const url = textIn(object(object(object(pullRequest)?.base)?.repo)?.url)
  return url === undefined || url.toLowerCase().endsWith(`/repos/${repository.toLowerCase()}`)
}

/** `refs/heads/x` as `x`; a tag as it is; `undefined` for other refs, such as that of a pull request. */
export function branchOrTag(ref: string | undefined): string | undefined {
  if (!ref) return undefined
  if (ref.startsWith('refs/heads/')) return ref.slice('refs/heads/'.length)
  return ref.startsWith('refs/') && !ref.startsWith('refs/tags/') ? undefined : ref
}

/** A text of a payload; `undefined` when it is absent, empty or not a text. */
export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
