import { at } from '../json.ts'
import type { Answer, Handle, Route } from './http.ts'

/** Changes of a pull request without the API. */
export interface GivenPullRequest {
  /** Default: unchanged. */
  readonly state?: 'open' | 'closed' | 'merged'
  /** The commit at its head; default: the commit from `emulate`. */
  readonly head?: string
}

export interface Pulls {
  change(number: number, given: GivenPullRequest): void
  find(number: number): GivenPullRequest | undefined
  clear(): void
}

export function createPulls(): Pulls {
  const changed = new Map<number, GivenPullRequest>()
  return {
    change: (number, given) => {
      changed.set(number, { ...changed.get(number), ...given })
    },
    find: (number) => changed.get(number),
    clear: () => changed.clear()
  }
}

/** Returns a pull request of `emulate` with the changes. */
export function pullRoute(pulls: Pulls, otherwise: Handle): Route {
  return {
    method: 'GET',
    path: '/repos/:owner/:repo/pulls/:number',
    handle: async (call) => withChange(await otherwise(call), pulls.find(Number(call.params.number)))
  }
}

function withChange(answer: Answer, given: GivenPullRequest | undefined): Answer {
  const { body } = answer
  if (answer.status !== 200 || !given || typeof body !== 'object' || body === null) return answer
  const { state, head } = given
  const isMerged = state === 'merged'
  const past = new Date().toISOString().replace(/\.\d+/, '')
  return {
    ...answer,
    body: {
      ...body,
      ...(state && { state: state === 'open' ? 'open' : 'closed', merged: isMerged }),
      ...(state && { merged_at: isMerged ? past : null, closed_at: state === 'open' ? null : past }),
      ...(head && { head: { ...(at(body, 'head') ?? {}), sha: head } })
    }
  }
}
