import { readFileSync } from 'node:fs'
import { buildSchema, GraphQLError, type GraphQLFormattedError, graphql } from 'graphql'
import { at } from '../json.ts'
import type { Deployment, Deployments } from './deployments.ts'
import { type Answer, type Handle, isRefusal, type UserCall } from './http.ts'
import type { Issues } from './issues.ts'
import { checkPermission, type Denials } from './permissions.ts'

/*
 * GitHub's GraphQL API, as far as the action uses it. The reference implementation executes documents against a part of
 * GitHub's own schema, which `scripts/github-schemas.ts` extracts.
 */

const SCHEMA = buildSchema(readFileSync(new URL('schema.graphql', import.meta.url), 'utf8'))

interface Ground {
  readonly deployments: Deployments
  readonly issues: Pick<Issues, 'comments' | 'forward'>
  readonly denied: Denials
  /** `OWNER/NAME` */
  readonly repository: string
  /** Maximum number of rows per page. */
  readonly pageSize: () => number
}

/** Executes documents. */
export function graphqlHandle(ground: Ground): Handle {
  return async (call) => {
    const source = at(call.body, 'query')
    const variableValues = at(call.body, 'variables') as Readonly<Record<string, unknown>> | undefined
    const { data, errors } = await graphql({
      schema: SCHEMA,
      source: String(source),
      rootValue: rootOf(ground, call),
      variableValues: variableValues ?? {},
      typeResolver: (value) => String(at(value, '__typename'))
    })
    // `data` is missing if the document itself is invalid.
    return { status: 200, body: { ...(data ? { data } : {}), ...(errors ? { errors: errors.map(shown) } : {}) } }
  }
}

function shown({ message, path, locations, extensions }: GraphQLError): GraphQLFormattedError & { type?: unknown } {
  const { type, ...others } = extensions
  return {
    ...(type ? { type } : {}),
    ...(path ? { path } : {}),
    ...(Object.keys(others).length > 0 ? { extensions: others } : {}),
    ...(locations ? { locations } : {}),
    message
  }
}

/** Converts an error of REST to an error of GraphQL, which has a type. */
async function guarded<T>(act: () => T | Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (!isRefusal(error)) throw error
    const { status } = error.answer
    const type = status === 404 ? 'NOT_FOUND' : status === 403 ? 'FORBIDDEN' : 'UNPROCESSABLE'
    throw new GraphQLError(error.message, { extensions: { type } })
  }
}

function missing(what: string): GraphQLError {
  return new GraphQLError(`Could not resolve to a ${what}.`, { extensions: { type: 'NOT_FOUND' } })
}

function rootOf(ground: Ground, call: UserCall) {
  const { deployments, denied, repository } = ground
  const as = (method: string, rest: string): UserCall => ({ ...call, method, path: `/repos/${repository}${rest}` })
  const deploymentOf = (id: string) => deployments.all().find((one) => nodeIdOf(one) === id)
  return {
    viewer: { __typename: 'User', id: 'U_1', login: call.user.login },
    repository: ({ owner, name }: { owner: string; name: string }) => {
      if (`${owner}/${name}` !== repository) throw missing(`Repository with the name '${owner}/${name}'`)
      return { id: 'R_1', pullRequest: ({ number }: { number: number }) => pullRequestOf(ground, as, call, number) }
    },
    nodes: ({ ids }: { ids: readonly string[] }) =>
      ids.map((id) =>
        guarded(() => {
          checkPermission(as('GET', '/deployments'), denied)
          const found = deploymentOf(id)
          if (!found) throw missing(`node with the global id of '${id}'`)
          return shownDeployment(found, ground.pageSize())
        })
      ),
    createDeploymentStatus: ({ input }: { input: StatusInput }) =>
      guarded(() => {
        checkPermission(as('POST', '/deployments'), denied)
        const deployment = deploymentOf(input.deploymentId)
        if (!deployment) throw missing(`node with the global id of '${input.deploymentId}'`)
        const status = deployments.setStatus(deployment, requestOf(input), call.user.login)
        return { deploymentStatus: { ...status, id: `DES_${status.id}`, state: status.state.toUpperCase() } }
      }),
    updateIssueComment: ({ input }: { input: { readonly id: string; readonly body: string } }) =>
      guarded(async () => {
        const change = as('PATCH', `/issues/comments/${input.id.replace('IC_', '')}`)
        checkPermission(change, denied)
        const { status, body } = await ground.issues.forward({ ...change, body: { body: input.body } })
        if (status !== 200) throw missing(`node with the global id of '${input.id}'`)
        return { issueComment: { id: input.id, body: at(body, 'body') } }
      })
  }
}

interface StatusInput {
  readonly deploymentId: string
  readonly state: string
  readonly description: string
  readonly logUrl: string
  readonly environmentUrl: string
  readonly autoInactive: boolean
}

function requestOf({ state, description, logUrl, environmentUrl, autoInactive }: StatusInput) {
  return {
    state: state.toLowerCase(),
    description,
    log_url: logUrl,
    environment_url: environmentUrl,
    auto_inactive: autoInactive
  }
}

/** Returns the GraphQL ID of a deployment. */
export function nodeIdOf({ id }: Pick<Deployment, 'id'>): string {
  return `DE_${id}`
}

function shownDeployment(deployment: Deployment, pageSize: number) {
  const newestFirst = deployment.statuses.toReversed().map(({ id, state, description }) => {
    return { id: `DES_${id}`, state: state.toUpperCase(), description }
  })
  return {
    __typename: 'Deployment',
    id: nodeIdOf(deployment),
    latestStatus: newestFirst[0] ?? null,
    statuses: ({ first = pageSize }: { first?: number }) => ({ nodes: newestFirst.slice(0, first) })
  }
}

async function pullRequestOf(
  { issues, denied, pageSize }: Ground,
  as: (method: string, rest: string) => UserCall,
  { user }: Pick<UserCall, 'user'>,
  number: number
) {
  return guarded(async () => {
    checkPermission(as('GET', `/pulls/${number}`), denied)
    const found = await issues.comments(number)
    const comments = ({ first = 100, after }: { first?: number; after?: string | null }) => {
      const from = Number(after ?? 0)
      const to = from + Math.min(first, pageSize())
      const nodes = found.slice(from, to).map(({ id, body, login }) => ({
        id: `IC_${id}`,
        fullDatabaseId: String(id),
        body,
        viewerDidAuthor: login === user.login,
        // As in GitHub's GraphQL, the login of a bot has no `[bot]` suffix.
        author: {
          __typename: login.endsWith('[bot]') ? 'Bot' : 'User',
          id: `U_${login}`,
          login: login.replace('[bot]', '')
        }
      }))
      return { nodes, pageInfo: { endCursor: String(to), hasNextPage: to < found.length } }
    }
    return { id: `PR_${number}`, comments }
  })
}

/** GraphQL response when the token has reached its rate limit. */
export const GRAPHQL_LIMIT: Answer = {
  status: 200,
  body: { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded for installation ID 1.' }] }
}
