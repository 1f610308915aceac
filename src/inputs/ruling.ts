import { kindOf, type SourceType } from '../deployment/sources/kinds.ts'
import type { Trigger } from '../runner/trigger.ts'
import type { Command, InputName } from './table.ts'

/** Inputs that affect the ruling on a trigger. */
export interface RulingInputs {
  readonly command: Command
  /** `undefined` if it cannot be determined, and for `wait`, where it comes from the deployment. */
  readonly sourceType: SourceType | undefined
  /** True if the user set `repo-ref` for `deploy`, or `revision-id` for `wait`. */
  readonly isRefWritten: boolean
  readonly isPreview: boolean
  readonly isDryRun: boolean
  /** True if `repo-url` is this repository. */
  readonly isOwnRepository: boolean
  /** Value of `name`, if set. */
  readonly name: string | undefined
  /** True if `name` or `deployment-id` is set. */
  readonly isNamed: boolean
  /** Commit of the checkout, if it is known to differ from the commit of the run. */
  readonly packed?: string | undefined
}

/** Reason that a run has nothing to do, and the level of its message. */
export interface Absence {
  readonly level: 'info' | 'warning'
  readonly reason: string
}

/** Consequence of a trigger for a run. */
export type Ruling =
  | {
      readonly kind: 'go'
      /** Branch or tag from which a `github` deployment is built; `undefined` if the run needs none. */
      readonly ref: string | undefined
      /** True if only GitHub can tell whether `ref` is a branch or a tag. */
      readonly isRefUnclear: boolean
      /** Dropped if the ref turns out to be a tag. */
      readonly caution: Caution | undefined
      /** Dropped if the ref turns out to be a tag. */
      readonly warnings: readonly string[]
    }
  | ({ readonly kind: 'skipped' } & Absence)
  | { readonly kind: 'error'; readonly input: InputName; readonly text: string }

/**
 * Caution about a run that would deploy the code of a branch that the user did not choose. The deployment decides if
 * the run continues.
 */
export interface Caution {
  /**
   * The run continues for a `github` deployment that is already built from this branch; `undefined` if there is no such
   * branch.
   */
  readonly branch: string | undefined
  /** True if the run may create a `github` deployment. */
  readonly mayCreate: boolean
  /** True if the run continues for a deployment with another source, because the user named it. */
  readonly isNamed: boolean
  readonly reason: string
  readonly advice: string
}

/**
 * Decides the consequence of a trigger: the branch or tag to deploy, a skipped run, or an input that the user must set.
 * It affects `deploy` and `wait`; other commands depend only on their inputs. A pure function.
 *
 * Source: docs.github.com, "Events that trigger workflows".
 */
export function rule(trigger: Trigger, asked: RulingInputs): Ruling {
  if (asked.command !== 'deploy' && asked.command !== 'wait') return go(trigger.ref)
  const skipped = whySkipped(trigger, asked)
  if (skipped) return { kind: 'skipped', ...skipped }
  if (asked.isRefWritten) return go(trigger.ref)
  if (asked.command === 'wait') return go(trigger.ref, { caution: cautionOfWait(trigger, asked) })
  const { code } = kindOf(asked.sourceType)
  return code === 'image' || code === 'archive' ? ruleBuilt(trigger, asked, code) : ruleGithub(trigger, asked)
}

function go(ref: string | undefined, more: Partial<Ruling & { readonly kind: 'go' }> = {}): Ruling {
  return { kind: 'go', ref, isRefUnclear: false, caution: undefined, warnings: [], ...more }
}

/** Returns why the event leads to no deployment; `undefined` if it does. */
function whySkipped(trigger: Trigger, asked: RulingInputs): Absence | undefined {
  const { about, endedRun, foreignHead, repository } = trigger
  const isOver = about.kind === 'pull-request' && about.state !== 'open'
  const skipping = `Skipped ${stepOf(asked.command)}: `
  const skipped = (cause: string): Absence => ({ level: 'info', reason: `${skipping}${cause}` })
  if (isOver && asked.isPreview && (asked.command === 'deploy' || !asked.isRefWritten)) {
    return skipped('this pull request is closed, so no later run would delete its preview.')
  }
  if (asked.isRefWritten) return undefined
  if (about.kind === 'pull-request' && about.state === 'closed') {
    return skipped('this pull request was closed without being merged.')
  }
  if (about.kind === 'deleted-ref') {
    return skipped(`this run was started by the deletion of ${about.ref || 'a branch or tag'}.`)
  }
  if (about.kind === 'withheld-release') {
    const fate = about.why === 'draft' ? 'is a draft' : `was ${about.why}`
    return skipped(`the release ${about.tag} that started this run ${fate}.`)
  }
  if (endedRun && foreignHead) {
    return skipped(`the workflow that started this run ran for code from ${foreignHead}, not from ${repository}.`)
  }
  const failed = noSuccess(trigger)
  if (!failed) return undefined
  return {
    level: 'warning',
    reason: `${skipping}${failed.what}. Set \`if: ${failed.field} == 'success'\` on the job to run it only after a success${wayPast(asked)}.`
  }
}

/** Returns the purpose of a command, as the object of `Skipped`. */
export function stepOf(command: Command | undefined): string {
  if (command === 'deploy') return 'the deployment'
  if (command === 'delete' || command === 'sweep') return 'the deletion'
  return command ? `\`command: ${command}\`` : 'this run'
}

/**
 * Returns the unsuccessful workflow or GitHub deployment that started the run, and the field of the event that contains
 * its result.
 */
function noSuccess({
  endedRun,
  deploymentState
}: Trigger): { readonly what: string; readonly field: string } | undefined {
  const { conclusion } = endedRun ?? {}
  if (conclusion !== undefined && conclusion !== 'success') {
    const how = conclusion === null ? 'has not ended' : `ended with "${conclusion}"`
    return { what: `the workflow that started this run ${how}`, field: 'github.event.workflow_run.conclusion' }
  }
  if (deploymentState !== undefined && deploymentState !== 'success') {
    return {
      what: `the state of the GitHub deployment that started this run is "${deploymentState}"`,
      field: 'github.event.deployment_status.state'
    }
  }
  return undefined
}

/** Returns the input that lets such a run continue. An image or an archive has no such input. */
function wayPast({ command, sourceType }: RulingInputs): string {
  if (command === 'wait') return ', or set `revision-id` to wait anyway'
  return kindOf(sourceType).code === 'repository' ? ', or set `repo-ref` to deploy anyway' : ''
}

/** Rules on a source that LangSmith builds from a branch or tag of this repository. */
function ruleGithub(trigger: Trigger, asked: RulingInputs): Ruling {
  const { about, foreignHead, repository, ref } = trigger
  const refuse = (text: string): Ruling => ({ kind: 'error', input: 'repo-ref', text })
  if (!asked.isOwnRepository) {
    // LangSmith then uses the default branch of the other repository. An event about a pull request requires
    // `repo-ref`.
    if (about.kind === 'ref') return go(undefined)
    return refuse(
      'is required: `repo-url` is another repository, so the ref of this run does not apply. Set `repo-ref` to a branch or tag of that repository, or remove `repo-url`.'
    )
  }
  const isOpen = about.kind === 'pull-request' && about.state === 'open' && !isOfNamedBranch(trigger, asked)
  if (isOpen && asked.isDryRun && !asked.isPreview && about.base) return go(about.base)
  if (foreignHead && isOpen) {
    return refuse(
      `is required: the code of this run comes from ${foreignHead}, not from ${repository}. Set \`repo-ref\` to the branch of ${repository} to deploy, or skip the step for forks.`
    )
  }
  if (about.kind === 'merge-group') {
    return refuse(
      `is required: this run is for a merge queue, whose branch is deleted after the tests. Deploy on \`push\` after the merge, or set \`repo-ref\`.`
    )
  }
  if (about.kind === 'bare-commit') {
    return refuse(
      'is required: the GitHub deployment was created for a commit, but LangSmith builds branches and tags only. Create the GitHub deployment for a branch or tag, or set `repo-ref`.'
    )
  }
  if (about.kind === 'pull-request' && !ref) {
    const way =
      asked.isPreview || !isOpen ? 'Set `repo-ref`.' : 'Set `preview: true` and `repo-ref`, or `repo-ref` alone.'
    return refuse(
      `is required: this run is for pull request ${trigger.pullRequest ?? ''}, but the event does not include its branch. ${way}`
    )
  }
  if (!ref) return refuse('is required: this event has no branch or tag. Set `repo-ref`.')
  if (isOpen && !asked.isPreview) return go(ref, { caution: cautionOfDeploy(trigger) })
  return go(ref, { isRefUnclear: trigger.isRefUnclear, caution: cautionOfSideBranch(trigger, asked) })
}

/** Rules on an image of an earlier step, or on the checkout. */
function ruleBuilt(trigger: Trigger, asked: RulingInputs, made: 'image' | 'archive'): Ruling {
  const { previewEnvironment } = trigger
  const pending = unreviewed(trigger)
  const subject = pending ?? unchosen(trigger)
  // A dry run before the merge shows what the merge would deploy.
  if (!subject || asked.isPreview || (pending && asked.isDryRun)) return go(trigger.ref)
  if (!asked.isNamed) return ruleNameless(trigger, asked, made, subject)
  const isMeant = pending
    ? holdsNumber(asked.name, trigger.pullRequest) || isOfNamedBranch(trigger, asked)
    : holdsBranch(asked.name, sideBranch(trigger) ?? previewEnvironment)
  // The branch of a bare commit is unknown, but its environment may be known.
  const isKnown = trigger.about.kind !== 'bare-commit' || previewEnvironment !== undefined
  if (isMeant || !isKnown || asked.isDryRun) return go(trigger.ref)
  const target = asked.name ? `"${asked.name}"` : 'the deployment with `deployment-id`'
  const deploys = `This run deploys ${describeCode(nounOf(made), subject.what, asked)} to ${target}`
  if (pending) {
    const advice = trigger.pullRequest
      ? `If that deployment belongs to this pull request, include the number ${trigger.pullRequest} in \`name\`.`
      : ''
    const when = asked.packed ? '' : ' before the merge'
    return go(trigger.ref, { warnings: [`${deploys}${when}. ${subject.preview}${advice}`.trim()] })
  }
  if (trigger.about.kind === 'bare-commit') {
    const warning = `${deploys}, but the GitHub deployment that started this run is for "${previewEnvironment}", not for production. Set \`if: github.event.deployment.environment == 'Production'\` on the job. If that deployment belongs to this environment, include the name of the environment in \`name\`.`
    return go(trigger.ref, { warnings: [warning] })
  }
  const warning = `${deploys}, but the default branch is "${trigger.defaultBranch}". ${filterOf(trigger)}. If that deployment belongs to this branch, include the name of the branch in \`name\`.`
  return go(trigger.ref, { isRefUnclear: trigger.isRefUnclear, warnings: [warning] })
}

/** Rejects code that the user did not choose for the deployment named after the repository. */
function ruleNameless(
  trigger: Trigger,
  asked: RulingInputs,
  made: 'image' | 'archive',
  { what, preview }: SubjectInWords
): Ruling {
  const namer = made === 'archive' ? 'the repository or by LANGSMITH_DEPLOYMENT_NAME' : 'the repository'
  const doing = `would deploy ${describeCode(nounOf(made), what, asked)} to the deployment named after ${namer}.`
  const advice = `${preview}To choose a deployment, set \`name\` or \`deployment-id\`.`
  if (asked.isDryRun || trigger.isRefUnclear) {
    const caution = cautionOf({ branch: sideBranch(trigger), reason: `This run ${doing}`, advice })
    return go(trigger.ref, { isRefUnclear: trigger.isRefUnclear, caution })
  }
  return { kind: 'error', input: 'name', text: `is required: without it, this run ${doing} ${advice}` }
}

function nounOf(made: 'image' | 'archive'): string {
  return made === 'archive' ? 'the code' : 'the image'
}

/** Describes the code to deploy: the checked-out commit if it is known to differ from that of the run. */
function describeCode(code: string, what: string, { packed }: RulingInputs): string {
  return packed ? `the checked-out commit ${packed} (this run is for ${what})` : `${code} of ${what}`
}

function cautionOf(caution: Pick<Caution, 'branch' | 'reason' | 'advice'> & Partial<Caution>): Caution {
  return { mayCreate: false, isNamed: false, ...caution }
}

function cautionOfDeploy(trigger: Trigger): Caution {
  return cautionOf({
    branch: trigger.ref,
    reason: `${pullRequestName(trigger)} would switch the deployment to the branch "${trigger.ref}".`,
    advice:
      'Set `preview: true` to deploy a preview, `dry-run: true` to see what the merge would deploy, or `repo-ref` to deploy this branch.'
  })
}

/**
 * A run for a branch other than the default one must not switch a deployment to this branch, unless the user names the
 * branch or the deployment.
 */
function cautionOfSideBranch(trigger: Trigger, asked: RulingInputs): Caution | undefined {
  const branch = sideBranch(trigger)
  if (branch === undefined || holdsBranch(asked.name, branch)) return undefined
  return cautionOf({
    branch,
    mayCreate: asked.name !== undefined,
    reason: `This run would switch the deployment to the branch "${branch}"; the default branch is "${trigger.defaultBranch}".`,
    advice: `${filterOf(trigger)}, \`repo-ref\` to deploy this branch, or \`name\` to use another deployment.`
  })
}

/** Returns the setting that limits a workflow to the default branch. */
function filterOf({ eventName, endedRun, defaultBranch }: Trigger): string {
  if (eventName === 'create') return "Set `if: github.event.ref_type == 'tag'` on the job to deploy only new tags"
  if (endedRun)
    return `Set \`branches: [${defaultBranch}]\` under \`on: workflow_run\` to deploy only the default branch`
  const field = eventName === 'deployment_status' ? 'github.event.deployment.ref' : 'github.event.pull_request.base.ref'
  return `Set \`if: ${field} == '${defaultBranch}'\` on the job to deploy only the default branch`
}

/**
 * Returns the branch of an event that occurs for any branch, if it is not the default branch. Such an event names the
 * branch that was tested, deployed, created or merged into, not the one to deploy. The name may be that of a tag.
 */
function sideBranch({ about, eventName, endedRun, ref, defaultBranch }: Trigger): string | undefined {
  const isMerged = about.kind === 'pull-request' && about.state === 'merged'
  const isFollowing = endedRun !== undefined || eventName === 'deployment_status' || eventName === 'create'
  const follows = about.kind === 'ref' && isFollowing
  if (!(isMerged || follows) || defaultBranch === undefined || ref === defaultBranch) return undefined
  return ref?.startsWith('refs/tags/') ? undefined : ref
}

function cautionOfWait(trigger: Trigger, asked: RulingInputs): Caution | undefined {
  const subject = unreviewed(trigger, { preview: 'To wait for the preview', merged: 'Run this step' })
  if (!subject || asked.isPreview) return undefined
  return cautionOf({
    branch: trigger.about.kind === 'pull-request' ? trigger.ref : undefined,
    isNamed: asked.isNamed,
    reason: `This run is for ${subject.what}, but the deployment is not built from its branch.`,
    advice: `${subject.preview}To wait for the newest revision, set \`revision-id: latest\`.`
  })
}

/** Description of the subject of a run, and the advice to deploy it separately. */
interface SubjectInWords {
  readonly what: string
  readonly preview: string
}

/** Returns a subject that the user did not choose: a branch other than the default one, or a bare commit. */
function unchosen(trigger: Trigger): SubjectInWords | undefined {
  if (trigger.about.kind === 'bare-commit') return { what: `commit ${trigger.commit}`, preview: '' }
  const branch = sideBranch(trigger)
  return branch === undefined ? undefined : { what: `the branch "${branch}"`, preview: '' }
}

/** Returns a subject that is not merged yet. */
function unreviewed(
  trigger: Trigger,
  aim = { preview: 'To deploy a preview', merged: 'Deploy' }
): SubjectInWords | undefined {
  const { about } = trigger
  if (about.kind === 'merge-group')
    return { what: 'a merge queue', preview: `${aim.merged} on \`push\` after the merge. ` }
  if (about.kind !== 'pull-request' || about.state !== 'open') return undefined
  const name = pullRequestName(trigger)
  return {
    what: name.charAt(0).toLowerCase() + name.slice(1),
    preview: `${aim.preview}, set \`preview: true\`. `
  }
}

function pullRequestName({ pullRequest }: Trigger): string {
  return pullRequest === undefined ? 'A pull request' : `Pull request ${pullRequest}`
}

/**
 * Tells if a name contains the number as a separate word, or after `pr` or `pull`. The 2 in `agent-v2` is a version.
 */
function holdsNumber(name: string | undefined, number: number | undefined): boolean {
  const words = (name ?? '').toLowerCase().split(/[-_.]+/)
  return number !== undefined && words.some((word) => word.replace(/^(pr|pull)(?=\d)/, '') === String(number))
}

/**
 * Tells if another workflow ran for a push to a branch that the name contains. A pull request from that branch is then
 * irrelevant.
 */
function isOfNamedBranch({ endedRun, ref }: Trigger, { name }: RulingInputs): boolean {
  return endedRun?.isOfRef === true && holdsBranch(name, ref)
}

/** Tells if a name contains the branch name as words: `agent-staging` is for `staging`. */
function holdsBranch(name: string | undefined, branch: string | undefined): boolean {
  const inWords = (text: string) =>
    `-${text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')}-`
  return branch !== undefined && inWords(name ?? '').includes(inWords(branch))
}
