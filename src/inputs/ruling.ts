import type { SourceInputs } from '../deployment/sources/index.ts'
import type { Command } from '../inputs.ts'
import type { Trigger } from '../runner/trigger.ts'

/** What the inputs say that decides about a trigger. */
export interface Wish {
  readonly command: Command
  /** Nothing where it cannot be told; `wait` learns it from the deployment. */
  readonly sourceType: SourceInputs['type'] | undefined
  /** Whether the user says what is meant: `repo-ref` for `deploy`, `revision-id` for `wait`. */
  readonly isRefWritten: boolean
  readonly isPreview: boolean
  readonly isDryRun: boolean
  /** Whether `repo-url` is this repository. */
  readonly isOwnRepository: boolean
  /** `name`, where it is written. */
  readonly name: string | undefined
  /** Whether `name` or `deployment-id` is written. */
  readonly isNamed: boolean
}

/** What a trigger means for a run. */
export type Ruling =
  | {
      readonly kind: 'go'
      /** The branch or tag that a `github` deployment is built from; nothing where the run needs none. */
      readonly ref: string | undefined
      /** Whether only GitHub can tell if that is a branch or a tag. */
      readonly isRefUnclear: boolean
      /** What is decided once the deployment is known. */
      readonly caution: Caution | undefined
      readonly warnings: readonly string[]
    }
  | { readonly kind: 'skipped'; readonly level: 'notice' | 'warning'; readonly reason: string }
  | { readonly kind: 'error'; readonly input: string; readonly text: string }

/** Code that nobody may have reviewed is on its way to a deployment that may not be its own. */
export interface Caution {
  /** A `github` deployment that is built from this branch already is meant; nothing where there is no such branch. */
  readonly branch: string | undefined
  /** Whether a deployment of another source is meant, since the user wrote which one. */
  readonly isNamed: boolean
  readonly reason: string
  readonly advice: string
}

/**
 * Decides what the trigger of a run means: which branch or tag is deployed, that nothing is, or that the user must say it.
 * `deploy` and `wait` depend on it; every other command does what its inputs say. Nothing is asked and nothing is read.
 *
 * Source: docs.github.com, "Events that trigger workflows".
 */
export function rule(trigger: Trigger, wish: Wish): Ruling {
  if (wish.command !== 'deploy' && wish.command !== 'wait') return go(trigger.ref)
  const skipped = skip(trigger, wish)
  if (skipped) return skipped
  if (wish.isRefWritten) return go(trigger.ref)
  if (wish.command === 'wait') return go(trigger.ref, { caution: cautionOfWait(trigger, wish) })
  return wish.sourceType === 'external_docker' || wish.sourceType === 'internal_source'
    ? ruleBuilt(trigger, wish, wish.sourceType)
    : ruleGithub(trigger, wish)
}

function go(ref: string | undefined, more: Partial<Ruling & { readonly kind: 'go' }> = {}): Ruling {
  return { kind: 'go', ref, isRefUnclear: false, caution: undefined, warnings: [], ...more }
}

/** Events after which there is nothing to deploy. */
function skip({ about, endedRun, foreignHead, repository }: Trigger, wish: Wish): Ruling | undefined {
  const isOver = about.kind === 'pull-request' && about.state !== 'open'
  const notice = (reason: string): Ruling => ({ kind: 'skipped', level: 'notice', reason })
  if (isOver && wish.isPreview && (wish.command === 'deploy' || !wish.isRefWritten)) {
    return notice('This pull request is closed, and nobody would delete a preview of it; nothing was deployed.')
  }
  if (wish.isRefWritten) return undefined
  if (about.kind === 'pull-request' && about.state === 'closed') {
    return notice('This pull request was closed and not merged; nothing was deployed.')
  }
  if (about.kind === 'deleted-ref') {
    return notice(`This run was started by the deletion of ${about.ref || 'a branch or tag'}; nothing was deployed.`)
  }
  if (endedRun && foreignHead) {
    return notice(
      `The workflow that started this run ran for code of ${foreignHead}, not of ${repository}; nothing was deployed.`
    )
  }
  const { conclusion } = endedRun ?? {}
  if (conclusion === undefined || conclusion === 'success') return undefined
  const how = conclusion === null ? 'has not ended' : `ended with "${conclusion}"`
  return {
    kind: 'skipped',
    level: 'warning',
    reason: `The workflow that started this run ${how}; nothing was deployed. Write \`if: github.event.workflow_run.conclusion == 'success'\` at the job, so that it starts after a success only${wayPast(wish)}.`
  }
}

/** How to say that such a run is meant all the same; of an image or an archive only the workflow can say it. */
function wayPast({ command, sourceType }: Wish): string {
  if (command === 'wait') return ', or `revision-id` to wait all the same'
  return sourceType === 'github' ? ', or `repo-ref` to deploy all the same' : ''
}

/** LangSmith builds a branch or a tag of this repository. */
function ruleGithub(trigger: Trigger, wish: Wish): Ruling {
  const { about, foreignHead, repository, ref } = trigger
  const refuse = (text: string): Ruling => ({ kind: 'error', input: 'repo-ref', text })
  if (!wish.isOwnRepository) {
    return refuse(
      'is missing: `repo-url` names another repository, where the ref of this run means nothing. Write a branch or tag of that one, or remove `repo-url`.'
    )
  }
  const isOpen = about.kind === 'pull-request' && about.state === 'open'
  if (isOpen && wish.isDryRun && !wish.isPreview && about.base) return go(about.base)
  if (foreignHead && isOpen) {
    return refuse(
      `has no default here: the code of this run comes from ${foreignHead}, not from ${repository}. Write the branch of ${repository} to deploy, or skip the step for forks.`
    )
  }
  if (about.kind === 'merge-group') {
    return refuse(
      `has no default here: this run is for a merge queue, whose branch is deleted after the test. Deploy on \`push\`, which follows the merge, or write \`repo-ref\`.`
    )
  }
  if (about.kind === 'bare-commit') {
    return refuse(
      'has no default here: the GitHub deployment was made for a commit, but LangSmith builds branches and tags. Make the GitHub deployment for a branch or a tag, or write `repo-ref`.'
    )
  }
  if (about.kind === 'pull-request' && !ref) {
    const way =
      wish.isPreview || !isOpen ? 'Write `repo-ref`.' : 'Write `preview: true` with `repo-ref`, or `repo-ref` alone.'
    return refuse(
      `has no default here: this run is about pull request ${trigger.pullRequest ?? ''}, and the event does not tell its branch. ${way}`
    )
  }
  if (!ref) return refuse('has no default here: this event has neither a branch nor a tag. Write `repo-ref`.')
  if (isOpen && !wish.isPreview) return go(ref, { caution: cautionOfDeploy(trigger) })
  return go(ref, { isRefUnclear: trigger.isRefUnclear })
}

/** What an earlier step built, or what is checked out. */
function ruleBuilt(trigger: Trigger, wish: Wish, source: 'external_docker' | 'internal_source'): Ruling {
  const subject = unreviewed(trigger)
  if (!subject || wish.isPreview || wish.isDryRun) return go(trigger.ref)
  if (!wish.isNamed) {
    const [code, namer] =
      source === 'internal_source'
        ? ['the code', 'the repository, or by LANGSMITH_DEPLOYMENT_NAME']
        : ['the image', 'the repository']
    return {
      kind: 'error',
      input: 'name',
      text: `has no default here: this run would deploy ${code} of ${subject.what} to the deployment that is named after ${namer}. ${subject.preview}Write \`name\` or \`deployment-id\` if a certain deployment is meant.`
    }
  }
  if (source === 'external_docker' || holdsNumber(wish.name, trigger.pullRequest)) return go(trigger.ref)
  const target = wish.name ? `"${wish.name}"` : 'the deployment with `deployment-id`'
  return go(trigger.ref, {
    warnings: [
      `This run deploys the code of ${subject.what} to ${target}, before it is merged. ${subject.preview}${trigger.pullRequest ? `Write \`name\` with the number ${trigger.pullRequest} in it if that deployment belongs to this pull request.` : ''}`.trim()
    ]
  })
}

function cautionOfDeploy(trigger: Trigger): Caution {
  return {
    branch: trigger.ref,
    isNamed: false,
    reason: `${nameOf(trigger)} would take over the deployment: it would be built from the branch "${trigger.ref}" from then on.`,
    advice:
      'Write `preview: true` for a deployment of its own, `dry-run: true` to see what merging deploys, or `repo-ref` if this branch is meant.'
  }
}

function cautionOfWait(trigger: Trigger, wish: Wish): Caution | undefined {
  const subject = unreviewed(trigger)
  if (!subject || wish.isPreview) return undefined
  return {
    branch: trigger.about.kind === 'pull-request' ? trigger.ref : undefined,
    isNamed: wish.isNamed,
    reason: `This run is about ${subject.what}, and the deployment is not built from its branch.`,
    advice: `${subject.preview}Write \`revision-id: latest\` to wait for the newest revision, whatever it holds.`
  }
}

/** What a run is about that is not merged yet, in words. */
function unreviewed(trigger: Trigger): { readonly what: string; readonly preview: string } | undefined {
  const { about } = trigger
  if (about.kind === 'merge-group')
    return { what: 'a merge queue', preview: 'Deploy on `push`, which follows the merge. ' }
  if (about.kind !== 'pull-request' || about.state !== 'open') return undefined
  const name = nameOf(trigger)
  return {
    what: name.charAt(0).toLowerCase() + name.slice(1),
    preview: 'Write `preview: true` for a deployment of its own. '
  }
}

function nameOf({ pullRequest }: Trigger): string {
  return pullRequest === undefined ? 'A pull request' : `Pull request ${pullRequest}`
}

function holdsNumber(name: string | undefined, number: number | undefined): boolean {
  return number !== undefined && (name ?? '').split(/\D+/).includes(String(number))
}
