import type { GithubAccess } from '../github/session.ts'
import type { Trigger } from '../runner/trigger.ts'
import type { InputEnvironment, Reader } from './reader.ts'
import { type Command, isUsedBy } from './table.ts'

export interface FeedbackInputs {
  /** Nothing if there is no token. */
  readonly github: GithubAccess | undefined
  /** The environment whose GitHub deployments this run writes. */
  readonly environment: string | undefined
  /** The pull request that gets a comment. */
  readonly commentOn: number | undefined
  /** Whether comments are rewritten, of whichever pull request. */
  readonly comments: boolean
  readonly remarks: readonly string[]
}

/** What the run tells GitHub of itself. */
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
    // One step may serve pushes and pull requests.
    remarks: hasPlace
      ? []
      : [`Skipped the comment: this run has no pull request (event: ${trigger.eventName || 'none'}).`]
  }
}

const LONGEST_ENVIRONMENT = 255
