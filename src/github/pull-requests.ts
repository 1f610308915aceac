import { object } from '../run/object.ts'
import { isNotFound, UnusableAnswer } from './failure.ts'
import type { GithubSession, Question } from './session.ts'

/** A pull request as GitHub has it at this moment. */
export interface PullRequestNow {
  readonly state: 'open' | 'merged' | 'closed'
  /** The commit at its head. */
  readonly head: string
}

/**
 * Reads the present state of a pull request through GitHub's REST API (`GET /repos/{owner}/{repo}/pulls/{pull_number}`).
 *
 * @param failure what could not be done without an answer, for the warning; absent: there is no warning
 * @returns `unknown` when GitHub answers 404: there is none, or the token may not read it; `undefined` without an answer
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

/** What the token needs, as a workflow writes it. */
export const READ_PULL_REQUESTS = 'pull-requests: read'

/** The page of a proxy is no pull request; nor may what it says of another one count. */
function toPullRequest(data: unknown, number: number): PullRequestNow {
  const answer = object(data)
  const head = object(answer?.head)?.sha
  if (answer?.number !== number || typeof head !== 'string' || (answer.state !== 'open' && answer.state !== 'closed')) {
    throw new UnusableAnswer('not a pull request')
  }
  const isMerged = answer.merged === true || typeof answer.merged_at === 'string'
  return { state: answer.state === 'open' ? 'open' : isMerged ? 'merged' : 'closed', head }
}
