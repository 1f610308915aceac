import { notFound, type Route, refusal } from './http.ts'

/** Commits without content, in lines that part and never meet: all that a comparison goes by. */
export interface Commits {
  history(...commits: readonly string[]): void
  branchOff(from: string, ...commits: readonly string[]): void
  tag(name: string, sha: string): void
  /** The whole SHA for a name, a SHA, or at least 7 characters that only one SHA begins with. */
  find(ref: string): string | undefined
  /** A commit and all before it, newest first. */
  lineOf(sha: string): readonly string[]
  clear(): void
}

export function createCommits(): Commits {
  const parents = new Map<string, string | undefined>()
  const names = new Map<string, string>()
  const history = (...commits: readonly string[]) => {
    for (const [index, sha] of commits.entries()) {
      if (!/^[0-9a-f]{40}$/.test(sha)) throw new Error(`${sha} is no whole SHA.`)
      parents.set(sha, commits[index - 1] ?? parents.get(sha))
    }
  }
  const lineOf = (sha: string | undefined): readonly string[] => (sha ? [sha, ...lineOf(parents.get(sha))] : [])
  return {
    history,
    branchOff: (from, ...commits) => {
      if (!parents.has(from)) throw new Error(`There is no commit ${from} to branch off from.`)
      history(from, ...commits)
    },
    tag: (name, sha) => {
      names.set(name, sha)
    },
    find: (ref) => {
      const named = names.get(ref.replace(/^refs\/(heads|tags)\//, ''))
      const [sha, ...more] = [...parents.keys()].filter((one) => ref.length >= 7 && one.startsWith(ref))
      return named ?? (more.length === 0 ? sha : undefined)
    },
    lineOf,
    clear: () => {
      parents.clear()
      names.clear()
    }
  }
}

/**
 * Compares two commits.
 *
 * `emulate` does so too, but only commits that it made itself and whose SHAs it chose; a test says which commit is which.
 */
export function compareRoute({ find, lineOf }: Commits): Route {
  return {
    method: 'GET',
    path: '/repos/:owner/:repo/compare/*',
    handle: ({ api, params }) => {
      const { owner, repo, '*': basehead = '' } = params
      const [base, head] = basehead.split('...').map(find)
      if (!base || !head) throw notFound()
      const [bases, heads] = [lineOf(base), lineOf(head)]
      const common = heads.find((sha) => bases.includes(sha))
      if (!common) throw refusal(404, `No common ancestor between ${basehead.replace('...', ' and ')}.`)
      const [ahead_by, behind_by] = [heads.indexOf(common), bases.indexOf(common)]
      const counts = { status: statusOf(ahead_by, behind_by), ahead_by, behind_by, total_commits: ahead_by }
      const url = `${api}/repos/${owner}/${repo}/compare/${basehead}`
      const ends = { base_commit: { sha: base }, merge_base_commit: { sha: common } }
      return { status: 200, body: { url, ...ends, ...counts, commits: [] } }
    }
  }
}

function statusOf(ahead: number, behind: number): string {
  if (ahead > 0) return behind > 0 ? 'diverged' : 'ahead'
  return behind > 0 ? 'behind' : 'identical'
}
