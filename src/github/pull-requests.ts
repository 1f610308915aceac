import { object } from '../run/object.ts'
import { isNotFound, UnusableAnswer } from './failure.ts'
import type { GithubSession, Question } from './session.ts'

/** The present state of a pull request. */
export interface PullRequestNow {
  readonly state: 'open' | 'merged' | 'closed'
  /** Its head commit. */
  readonly head: string
}

/**
 * Reads the present state of a pull request through GitHub's REST API (`GET
 * /repos/{owner}/{repo}/pulls/{pull_number}`).
 *
 * @param failure start of the warning if GitHub returns no usable response; if absent, no warning is issued
 * @returns `unknown` if GitHub returns 404: the pull request does not exist, or the token cannot read it; `undefined`
 * without a usable response
 */
export async function pullRequestNow(
  session: GithubSession,
  number: number,
  failure?: string
): Promise<PullRequestNow | 'unknown' | undefined> {
  const question: Question = { permission: READ_PULL_REQUESTS, repeatable: true, ...(failure ? { failure } : {}) }
  return session.ask(question, async ({ octokit, target }) => {
    try {
      const { data } = await octokit.rest.pulls.get({ ...target, pull_number: number })
      return toPullRequest(data, number)
    } catch (error) {
      if (isNotFound(error)) return 'unknown'
      throw error
    }
  })
}

/** The permission that the token needs to read pull requests, in workflow syntax. */
export const READ_PULL_REQUESTS = 'pull-requests: read'

/** Validates the response: a proxy's page or another pull request must not count. */
function toPullRequest(data: unknown, number: number): PullRequestNow {
  const answer = object(data)
  const head = object(answer?.head)?.sha
  if (answer?.number !== number || typeof head !== 'string' || (answer.state !== 'open' && answer.state !== 'closed')) {
    throw new UnusableAnswer('not a pull request')
  }
  const isMerged = answer.merged === true || typeof answer.merged_at === 'string'
  return { state: answer.state === 'open' ? 'open' : isMerged ? 'merged' : 'closed', head }
}
