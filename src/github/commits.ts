import { isMissing } from './failure.ts'
import type { GithubSession, Question } from './session.ts'

/** How a commit lies to another one in the history, in commits. */
export interface Comparison {
  /** Commits that it has and the other one lacks. */
  readonly ahead: number
  /** Commits that the other one has and it lacks; 0 means that it holds the other one. */
  readonly behind: number
}

/** Whether a commit holds the other one and more. */
export function isAhead(comparison: Comparison | 'unknown' | undefined): comparison is Comparison {
  return comparison !== undefined && comparison !== 'unknown' && comparison.ahead > 0 && comparison.behind === 0
}

/**
 * Compares two commits through GitHub's REST API (`GET /repos/{owner}/{repo}/compare/{basehead}`).
 *
 * @param failure what is lost when GitHub does not say, for the warning; none is given without it
 * @returns how `commit` lies to `base`, `unknown` when the repository lacks one of them; nothing when GitHub does not say
 */
export async function compareCommits(
  session: GithubSession,
  base: string,
  commit: string,
  failure?: string
): Promise<Comparison | 'unknown' | undefined> {
  const question: Question = { permission: 'contents: read', repeatable: true, ...(failure ? { failure } : {}) }
  return session.ask(question, async ({ octokit, target }) => {
    try {
      const basehead = `${base}...${commit}`
      const { data } = await octokit.rest.repos.compareCommitsWithBasehead({ ...target, basehead, per_page: 1 })
      return { ahead: data.ahead_by, behind: data.behind_by }
    } catch (error) {
      if (isMissing(error)) return 'unknown'
      throw error
    }
  })
}
