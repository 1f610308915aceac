import { notFound, type Route, refusal } from './http.ts'

/** Commits without content, in lines that branch but never merge. A comparison needs nothing else. */
export interface Commits {
  history(...commits: readonly string[]): void
  branchOff(from: string, ...commits: readonly string[]): void
  tag(name: string, sha: string): void
  /** Returns the full SHA for a name, a SHA, or a unique short SHA of at least 7 characters. */
  find(ref: string): string | undefined
  /** Returns a commit and its ancestors, newest first. */
  lineOf(sha: string): readonly string[]
  clear(): void
}

export function createCommits(): Commits {
  const parents = new Map<string, string | undefined>()
  const names = new Map<string, string>()
  const history = (...commits: readonly string[]) => {
    for (const [index, sha] of commits.entries()) {
      if (!/^[0-9a-f]{40}$/.test(sha)) throw new Error(`Invalid SHA: ${sha}`)
      parents.set(sha, commits[index - 1] ?? parents.get(sha))
    }
  }
  const lineOf = (sha: string | undefined): readonly string[] => (sha ? [sha, ...lineOf(parents.get(sha))] : [])
  return {
    history,
    branchOff: (from, ...commits) => {
      if (!parents.has(from)) throw new Error(`Unknown commit to branch off from: ${from}`)
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
 * `emulate` also compares commits, but only those that it created with its own SHAs. Tests choose the SHAs.
 */
export function compareRoute({ find, lineOf }: Commits): Route {
  return {
    method: 'GET',
    path: '/repos/:owner/:repo/compare/*',
    handle: ({ api, params, query }) => {
      const { owner, repo, '*': basehead = '' } = params
      const [base, head] = basehead.split('...').map(find)
      if (!base || !head) throw notFound()
      const [bases, heads] = [lineOf(base), lineOf(head)]
      const common = heads.find((sha) => bases.includes(sha))
      if (!common) throw refusal(404, `No common ancestor between ${basehead.replace('...', ' and ')}.`)
      const [ahead_by, behind_by] = [heads.indexOf(common), bases.indexOf(common)]
      const counts = { status: statusOf(ahead_by, behind_by), ahead_by, behind_by, total_commits: ahead_by }
      const repository = `${api}/repos/${owner}/${repo}`
      const page = `${new URL(api).origin}/${owner}/${repo}`
      const compare_url = `${page}/compare/${basehead}`
      const addresses = {
        url: `${repository}/compare/${basehead}`,
        html_url: compare_url,
        permalink_url: compare_url,
        diff_url: `${compare_url}.diff`,
        patch_url: `${compare_url}.patch`
      }
      const show = (sha: string) => shownCommit(sha, repository, page)
      const ends = { base_commit: show(base), merge_base_commit: show(common) }
      // Only the first page has the list of files.
      const files = Number(query.get('page') ?? 1) === 1 ? { files: [changedFile(repository, page, head)] } : {}
      return { status: 200, body: { ...addresses, ...ends, ...counts, commits: [], ...files } }
    }
  }
}

function shownCommit(sha: string, repository: string, page: string) {
  const who = { name: 'Mona', email: 'mona@example.com', date: '2026-11-01T00:00:00Z' }
  const url = `${repository}/commits/${sha}`
  return {
    url,
    sha,
    node_id: `C_${sha}`,
    html_url: `${page}/commit/${sha}`,
    comments_url: `${url}/comments`,
    commit: {
      url: `${repository}/git/commits/${sha}`,
      author: who,
      committer: who,
      message: 'A change',
      comment_count: 0,
      tree: { sha, url: `${repository}/git/trees/${sha}` }
    },
    author: null,
    committer: null,
    parents: []
  }
}

function changedFile(repository: string, page: string, sha: string) {
  return {
    sha,
    filename: 'agent.py',
    status: 'modified',
    additions: 1,
    deletions: 1,
    changes: 2,
    blob_url: `${page}/blob/${sha}/agent.py`,
    raw_url: `${page}/raw/${sha}/agent.py`,
    contents_url: `${repository}/contents/agent.py?ref=${sha}`,
    patch: '@@ -1 +1 @@'
  }
}

function statusOf(ahead: number, behind: number): string {
  if (ahead > 0) return behind > 0 ? 'diverged' : 'ahead'
  return behind > 0 ? 'behind' : 'identical'
}
