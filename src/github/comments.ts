import type { CommentMark } from './comment-mark.ts'
import { isNotFound, UnusableAnswer } from './failure.ts'
import type { GithubSession, Question } from './session.ts'

const QUESTION: Question = {
  failure: 'Could not write the comment on the pull request',
  permission: 'pull-requests: write',
  repeatable: true
}

/** Creates the comment. @returns its ID; `undefined` if it could not be created */
export async function createComment(
  session: GithubSession,
  { pullRequest }: Pick<CommentMark, 'pullRequest'>,
  body: string
): Promise<number | undefined> {
  return session.ask({ ...QUESTION, repeatable: false }, async ({ octokit, target }) => {
    const { data } = await octokit.rest.issues.createComment({ ...target, issue_number: pullRequest, body })
    if (!Number.isSafeInteger(data?.id)) throw new UnusableAnswer('not a comment')
    return data.id
  })
}

/** Replaces the text of a comment. @returns whether GitHub accepted it; `gone` if the comment was deleted */
export async function writeComment(session: GithubSession, id: number, body: string): Promise<boolean | 'gone'> {
  const done = await session.ask(QUESTION, async ({ octokit, target }) => {
    try {
      await octokit.rest.issues.updateComment({ ...target, comment_id: id, body })
      return true
    } catch (error) {
      if (isNotFound(error)) return 'gone'
      throw error
    }
  })
  return done ?? false
}

/** Deletes a comment, for example a duplicate of the comment of a concurrent run. */
export async function deleteComment(session: GithubSession, id: number): Promise<void> {
  await session.ask(QUESTION, ({ octokit, target }) => octokit.rest.issues.deleteComment({ ...target, comment_id: id }))
}
