import type { GithubAccess } from '../github/session.ts'
import type { Trigger } from '../runner/trigger.ts'
import type { InputEnvironment, Reader } from './reader.ts'
import { type Command, isUsedBy } from './table.ts'

export interface FeedbackInputs {
  /** Undefined without a token. */
  readonly github: GithubAccess | undefined
  /** GitHub environment for the GitHub deployment of this run. */
  readonly environment: string | undefined
  /** Number of the pull request to comment on. */
  readonly commentOn: number | undefined
  /** True if comments are updated, on any pull request. */
  readonly comments: boolean
  readonly remarks: readonly string[]
}

/** Reads what the run reports to GitHub: a GitHub deployment and a comment. */
export function readFeedback(
  inputs: Reader,
  command: Command,
  trigger: Trigger,
  variables: InputEnvironment['variables']
): FeedbackInputs {
  const { repository } = trigger
  const token = inputs.text('github-token')
  const apiUrl = variables.GITHUB_API_URL || 'https://api.github.com'
  const github = token ? { token, repository, apiUrl } : undefined
  const environment = isUsedBy(command, 'environment') ? inputs.text('environment') : undefined
  const comment = isUsedBy(command, 'comment') && inputs.flag('comment')
  if (environment && environment.length > LONGEST_ENVIRONMENT) {
    inputs.problem(
      'environment',
      `has ${environment.length} characters, but GitHub allows at most ${LONGEST_ENVIRONMENT}.`
    )
  }
  if (!github && (environment || comment)) {
    inputs.problem(
      'github-token',
      `is empty, but ${environment ? '`environment`' : '`comment: true`'} requires it. Remove \`github-token\` to use the job's token, or remove ${environment ? '`environment`' : '`comment`'}.`
    )
  }
  const isOfAny = command === 'sweep'
  const hasPlace = !comment || isOfAny || trigger.pullRequest !== undefined
  return {
    github,
    environment,
    commentOn: comment && !isOfAny ? trigger.pullRequest : undefined,
    comments: comment,
    // The same step can run for pushes and for pull requests.
    remarks: hasPlace
      ? []
      : [`Skipped the comment: this run has no pull request (event: ${trigger.eventName || 'none'}).`]
  }
}

const LONGEST_ENVIRONMENT = 255
