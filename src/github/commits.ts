import { isNotFound, UnusableAnswer } from './failure.ts'
import type { GithubSession, Question } from './session.ts'

/** Distance between two commits in the history, in commits. */
export interface Comparison {
  /** Commits that the compared commit has and the base lacks. */
  readonly ahead: number
  /** Commits that the base has and the compared commit lacks; 0 if the compared commit contains the base. */
  readonly behind: number
}

/** Tells if the compared commit contains the base and further commits. */
export function isAhead(comparison: Comparison | 'unknown' | undefined): comparison is Comparison {
  return comparison !== undefined && comparison !== 'unknown' && comparison.ahead > 0 && comparison.behind === 0
}

/**
 * Compares two commits through GitHub's REST API (`GET /repos/{owner}/{repo}/compare/{basehead}`).
 *
 * @param failure start of the warning if GitHub returns no usable response; if absent, no warning is issued
 * @returns `commit` compared with `base`; `unknown` if the repository lacks one of them; `undefined` without a usable
 * response
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
      const asked = { ...target, basehead, ...WITHOUT_FILES }
      const { data } = await octokit.rest.repos.compareCommitsWithBasehead(asked)
      const { ahead_by: ahead, behind_by: behind } = data
      if (!Number.isInteger(ahead) || !Number.isInteger(behind)) throw new UnusableAnswer('not a comparison')
      return { ahead, behind }
    } catch (error) {
      if (isNotFound(error)) return 'unknown'
      throw error
    }
  })
}

/** Skips the first page, which alone lists the changed files: their patches can be megabytes. */
const WITHOUT_FILES = { page: 2, per_page: 1 }
