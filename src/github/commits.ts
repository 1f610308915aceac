/** Where GitHub's REST API is, and the token for it. */
export interface GithubAccess {
  readonly apiUrl: string
  readonly token: string
  /** `owner/name`. */
  readonly repository: string
}

/** How a commit lies to another one in the history, in commits. */
export interface Comparison {
  /** Commits that it has and the other one lacks. */
  readonly ahead: number
  /** Commits that the other one has and it lacks; 0 means that it holds the other one. */
  readonly behind: number
}

/** Nobody waits longer than this for a remark. */
const TIMEOUT_MS = 10_000

/**
 * Compares two commits through GitHub's REST API (`GET /repos/{owner}/{repo}/compare/{basehead}`).
 *
 * @param budgetMs what is left of the run's time
 * @returns how `commit` lies to `base`; nothing when GitHub does not say, whatever the reason
 */
export async function compareCommits(
  { apiUrl, token, repository }: GithubAccess,
  base: string,
  commit: string,
  cancelled: AbortSignal,
  budgetMs: number
): Promise<Comparison | undefined> {
  const [owner, repo] = repository.split('/')
  if (!owner || !repo) return undefined
  try {
    // Loaded only here: most runs never ask GitHub anything.
    const { getOctokit } = await import('@actions/github')
    const signal = AbortSignal.any([cancelled, AbortSignal.timeout(Math.ceil(Math.min(TIMEOUT_MS, budgetMs)))])
    const { data } = await getOctokit(token, { baseUrl: apiUrl }).rest.repos.compareCommitsWithBasehead({
      owner,
      repo,
      basehead: `${base}...${commit}`,
      per_page: 1,
      request: { signal }
    })
    return { ahead: data.ahead_by, behind: data.behind_by }
  } catch {
    return undefined
  }
}
