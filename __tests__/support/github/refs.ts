import { notFound, type Route } from './http.ts'

/** Branches and tags by full name. */
export interface Refs {
  add(ref: string, sha: string): void
  find(ref: string): string | undefined
  clear(): void
}

export function createRefs(): Refs {
  const refs = new Map<string, string>()
  return {
    add: (ref, sha) => {
      refs.set(ref, sha)
    },
    find: (ref) => refs.get(ref),
    clear: () => refs.clear()
  }
}

/** Returns one ref by its exact name. Source: https://docs.github.com/rest/git/refs#get-a-reference. */
export function refRoute({ find }: Refs): Route {
  return {
    method: 'GET',
    path: '/repos/:owner/:repo/git/ref/*',
    handle: ({ api, params }) => {
      const ref = `refs/${params['*']}`
      const sha = find(ref)
      if (!sha) throw notFound()
      const git = `${api}/repos/${params.owner}/${params.repo}/git`
      const object = { type: 'commit', sha, url: `${git}/commits/${sha}` }
      return { status: 200, body: { ref, node_id: `REF_${sha}`, url: `${git}/${ref}`, object } }
    }
  }
}
