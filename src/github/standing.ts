import { object } from '../run/object.ts'
import { type CommentMark, isMarked, type StandingComment, writerOf } from './comment-mark.ts'
import { listOwn, type OwnDeployment, type OwnFilter, WRITE_DEPLOYMENTS } from './deployments.ts'
import { UnusableAnswer } from './failure.ts'
import { askGraphql, fieldAt, type GraphqlAnswer, objectsIn } from './graphql.ts'
import type { GithubCall, GithubSession, Question } from './session.ts'

/** A GitHub deployment of this action with its statuses. */
export interface StandingDeployment extends OwnDeployment {
  /** True if its newest status reports a success, or a rollout that has not ended. */
  readonly isOpen: boolean
  readonly statuses: readonly { readonly isSuccess: boolean; readonly description: string }[]
}

/** What to read from GitHub. */
export interface SoughtStanding {
  readonly deployments?: Pick<OwnFilter, 'mark' | 'environment'> | undefined
  readonly comment?: CommentMark | undefined
}

/**
 * The present state on GitHub; a field is `undefined` if it was not requested, or if the request failed with a warning.
 */
export interface Standing {
  /** Newest first, down to one that succeeded: it has already set the older ones to inactive. */
  readonly deployments: readonly StandingDeployment[] | undefined
  readonly comment: StandingComment | 'none' | undefined
}

export const NOTHING_SEEN: Standing = { deployments: undefined, comment: undefined }

const RETIREMENT: Question = {
  failure: 'Could not set older GitHub deployments to inactive',
  permission: WRITE_DEPLOYMENTS,
  repeatable: true
}
const COMMENT: Question = {
  failure: 'Could not write the comment on the pull request',
  permission: 'pull-requests: write',
  repeatable: true
}

/** Reads all requested parts of the state in one query; only further pages of a list take more queries. */
export async function lookAtStanding(
  session: GithubSession,
  { deployments: filter, comment: mark }: SoughtStanding
): Promise<Standing> {
  const first = filter && (await session.ask(RETIREMENT, (call) => listOwn(call, filter)))
  const query = shared((call) => queryStanding(call, { own: first?.own ?? [], pullRequest: mark?.pullRequest }))
  const [deployments, comment] = await Promise.all([
    filter && first && session.ask(RETIREMENT, (call) => standingIn(call, filter, first, query)),
    mark && session.ask(COMMENT, async (call) => commentIn(call, mark, await query(call)))
  ])
  return { deployments, comment }
}

/** Shares one request between two callers; after a failure, their retries share the next request. */
function shared<T>(ask: (call: GithubCall) => Promise<T>): (call: GithubCall) => Promise<T> {
  let pending: Promise<T> | undefined
  return async (call) => {
    pending ??= ask(call)
    const asked = pending
    try {
      return await asked
    } catch (error) {
      if (pending === asked) pending = undefined
      throw error
    }
  }
}

type OwnPage = Awaited<ReturnType<typeof listOwn>>

async function standingIn(
  call: GithubCall,
  filter: OwnFilter,
  first: OwnPage,
  query: (call: GithubCall) => Promise<GraphqlAnswer>
): Promise<readonly StandingDeployment[]> {
  const found = first.own.length > 0 ? [...withStatuses(first.own, await query(call))] : []
  let { hasMore } = first
  for (let page = 2; hasMore && !found.some(hasSucceeded); page += 1) {
    const next = await listOwn(call, filter, page)
    found.push(...(await readStatuses(call, next.own)))
    hasMore = next.hasMore
  }
  return found
}

/** Tells if one of the statuses is a success: that run has already set the older deployments to inactive. */
export function hasSucceeded({ statuses }: StandingDeployment): boolean {
  return statuses.some(({ isSuccess }) => isSuccess)
}

/** Reads the statuses of deployments in one query. */
export async function readStatuses(
  call: GithubCall,
  own: readonly OwnDeployment[]
): Promise<readonly StandingDeployment[]> {
  return own.length > 0 ? withStatuses(own, await queryStanding(call, { own })) : []
}

const OPEN_STATES = new Set(['SUCCESS', 'PENDING', 'QUEUED', 'WAITING', 'IN_PROGRESS'])

function withStatuses(own: readonly OwnDeployment[], answer: GraphqlAnswer): readonly StandingDeployment[] {
  const nodes = fieldAt(answer, 'nodes')
  if (!Array.isArray(nodes)) throw new UnusableAnswer('the deployments are missing')
  const byId = new Map(objectsIn(nodes).map((node) => [node.id, node]))
  return own.flatMap((deployment) => {
    const node = byId.get(deployment.nodeId)
    // It may have been deleted in the meantime.
    if (!node) return []
    const latest = object(node.latestStatus)?.state ?? 'PENDING'
    const statuses = objectsIn(object(node.statuses)?.nodes).map(({ state, description }) => ({
      isSuccess: state === 'SUCCESS',
      description: typeof description === 'string' ? description : ''
    }))
    return [{ ...deployment, isOpen: OPEN_STATES.has(String(latest)), statuses }]
  })
}

/** The first comment with the mark by the token's own account: any user can copy a mark into a comment. */
async function commentIn(call: GithubCall, mark: CommentMark, first: GraphqlAnswer): Promise<StandingComment | 'none'> {
  for (let answer = first; ; ) {
    const login = object(fieldAt(answer, 'viewer'))?.login
    const comments = object(fieldAt(answer, 'repository', 'pullRequest', 'comments'))
    if (typeof login !== 'string' || !Array.isArray(comments?.nodes)) {
      throw new UnusableAnswer('the comments of the pull request are missing')
    }
    const found = objectsIn(comments.nodes).find((one) => isMarked(String(one.body), mark) && isBy(login, one))
    if (found) return { id: Number(found.fullDatabaseId), nodeId: String(found.id), ...writerOf(String(found.body)) }
    const { hasNextPage, endCursor } = object(comments.pageInfo) ?? {}
    if (hasNextPage !== true || typeof endCursor !== 'string') return 'none'
    answer = await queryStanding(call, { own: [], pullRequest: mark.pullRequest, after: endCursor })
  }
}

/** Tells if an account wrote a comment. Comments name a bot without the suffix `[bot]`, which its account has. */
function isBy(login: string, { viewerDidAuthor, author }: Readonly<Record<string, unknown>>): boolean {
  const { __typename: kind, login: name } = object(author) ?? {}
  return viewerDidAuthor === true || (kind === 'Bot' && login === `${name}[bot]`)
}

/** Sends the query. @param asked.after the cursor after which comments are listed */
function queryStanding(
  call: GithubCall,
  asked: { readonly own: readonly OwnDeployment[]; readonly pullRequest?: number | undefined; readonly after?: string }
): Promise<GraphqlAnswer> {
  const { owner, repo } = call.target
  return askGraphql(call, STANDING, {
    owner,
    name: repo,
    ids: asked.own.map(({ nodeId }) => nodeId),
    withComments: asked.pullRequest !== undefined,
    pullRequest: asked.pullRequest ?? 0,
    after: asked.after
  })
}

const STANDING = `query Standing($owner: String!, $name: String!, $ids: [ID!]!, $withComments: Boolean!, $pullRequest: Int!, $after: String) {
  viewer {
    login
  }
  repository(owner: $owner, name: $name) @include(if: $withComments) {
    pullRequest(number: $pullRequest) {
      comments(first: 100, after: $after) {
        nodes {
          id
          fullDatabaseId
          body
          viewerDidAuthor
          author {
            __typename
            login
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
  nodes(ids: $ids) {
    ... on Deployment {
      id
      latestStatus {
        state
      }
      statuses(first: 20) {
        nodes {
          state
          description
        }
      }
    }
  }
}`
