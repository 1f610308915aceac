import { afterAll, afterEach, beforeEach, expect } from '@jest/globals'
import { createApp, ENTERPRISE_PREFIX, type GithubRequest } from './github/app.ts'
import { compareRoute, createCommits } from './github/commits.ts'
import { deploymentRoutes } from './github/deployment-routes.ts'
import { createDeployments, type Deployment, type GivenDeployment } from './github/deployments.ts'
import { createFaults, type FaultRule } from './github/faults.ts'
import { graphqlHandle } from './github/graphql.ts'
import type { Handle, User } from './github/http.ts'
import { type IssueComment, startIssues } from './github/issues.ts'
import { createDenials, inaccessible, type Permission } from './github/permissions.ts'
import { createPulls, type GivenPullRequest, pullRoute } from './github/pulls.ts'
import { createRefs, refRoute } from './github/refs.ts'

export interface GithubServerOptions {
  /** `OWNER/NAME` of the only repository; default `acme/agents`. */
  readonly repository?: string
  /** Numbers of the open pull requests; default 7. Use low numbers, because the server fills all lower ones first. */
  readonly pullRequests?: readonly number[]
  /** Other users with comments or deployments; default `octocat` and `dependabot[bot]`. */
  readonly users?: readonly string[]
}

/** GitHub's API on loopback for a single repository, as far as the action uses it. */
export interface GithubServer {
  /** Like GITHUB_API_URL on github.com, without a trailing slash. GraphQL is at `/graphql`. */
  readonly url: string
  /** Like GITHUB_API_URL on an Enterprise Server, which ends with `/api/v3`. GraphQL is at `/api/graphql`. */
  readonly enterpriseUrl: string
  /** An installation token of `github-actions[bot]`, like GITHUB_TOKEN. It has no access to `/user`. */
  readonly token: string
  /** A personal access token of `monalisa`. */
  readonly personalToken: string
  readonly repository: string
  /** All requests since the start or the last `clearRequests`, in order. */
  requests(): readonly Readonly<GithubRequest>[]
  clearRequests(): void
  /** The comments of a pull request, oldest first. */
  comments(number: number): Promise<IssueComment[]>
  /**
   * Adds a comment without the API.
   *
   * @param login the owner of a token, or one of the `users`
   * @returns the ID
   * @throws Error when the user or the pull request does not exist
   */
  addComment(number: number, body: string, login: string): Promise<number>
  /** Closes, merges or pushes to a pull request without the API. */
  changePullRequest(number: number, given: GivenPullRequest): void
  /** Oldest first. */
  deployments(): readonly Deployment[]
  /** Adds a deployment without the API. @param login default `octocat` @returns the ID */
  addDeployment(given: GivenDeployment, login?: string): number
  /** Adds a line of commits, oldest first. @throws Error when a commit is not a full SHA */
  history(...commits: readonly string[]): void
  /** Adds a line of commits that starts after `from`. @throws Error when `from` does not exist */
  branchOff(from: string, ...commits: readonly string[]): void
  /** Gives a commit the name of a tag or branch. */
  tag(name: string, sha: string): void
  /** Adds a branch or tag with its full name, such as `refs/tags/v1`. */
  ref(name: string, sha: string): void
  /** Denies a permission to both tokens. @param what `write` keeps the read permission; default `all` */
  deny(permission: Permission, what?: 'all' | 'write'): void
  /** Makes the repository read-only. */
  archive(): void
  /** Locks the conversation of a pull request. */
  lock(number: number): void
  /** Limits the rows per page of all lists. */
  shortenPages(rows: number): void
  /** Requests and responses that GitHub's OpenAPI description does not allow. */
  violations(): readonly string[]
  /** Adds a fault for matching requests. */
  fault(rule: FaultRule): void
  /** Restores the initial state. */
  reset(): Promise<void>
  /** Stops the server and cuts all connections, including those with a pending response. */
  close(): Promise<void>
}

const TOKEN = 'ghs_installationTokenOfTheTests'
const PERSONAL_TOKEN = 'ghp_personalTokenOfTheTests'
const OWNERS: ReadonlyMap<string, User> = new Map([
  [TOKEN, { login: 'github-actions[bot]', kind: 'integration' }],
  [PERSONAL_TOKEN, { login: 'monalisa', kind: 'personal access token' }]
])

/**
 * Starts the server on a free port of 127.0.0.1.
 *
 * The package `emulate` provides pull requests, comments and users. It has no deployments, no GraphQL, and only its own
 * commits; this server provides them according to https://docs.github.com/rest.
 */
export async function startGithubServer(options: GithubServerOptions = {}): Promise<GithubServer> {
  const { repository = 'acme/agents', pullRequests = [7], users = ['octocat', 'dependabot[bot]'] } = options
  const issues = await startIssues({ repository, pullRequests, tokens: tokensFor(users) })
  const commits = createCommits()
  const deployments = createDeployments()
  const refs = createRefs()
  const pulls = createPulls()
  const faults = createFaults()
  const denied = createDenials()
  const violations: string[] = []
  let pageSize = 100
  const requests: GithubRequest[] = []
  const otherwise: Handle = issues.forward
  const app = createApp({
    repository,
    routes: [
      ...deploymentRoutes(deployments, commits.find, () => pageSize),
      compareRoute(commits),
      refRoute(refs),
      pullRoute(pulls, otherwise),
      { method: 'GET', path: '/user', handle: showUser(otherwise) }
    ],
    graphql: graphqlHandle({ deployments, issues, denied, repository, pageSize: () => pageSize }),
    otherwise,
    users: OWNERS,
    denied,
    faults,
    requests,
    violations
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const clearRequests = () => {
    requests.length = 0
  }
  return {
    url,
    enterpriseUrl: url + ENTERPRISE_PREFIX,
    token: TOKEN,
    personalToken: PERSONAL_TOKEN,
    repository,
    requests: () => [...requests],
    clearRequests,
    comments: issues.comments,
    addComment: issues.addComment,
    changePullRequest: pulls.change,
    deployments: deployments.all,
    addDeployment: (given, login = 'octocat') => deployments.add(given, login),
    history: commits.history,
    branchOff: commits.branchOff,
    tag: commits.tag,
    ref: refs.add,
    deny: (permission, what = 'all') => denied.deny(permission, what),
    archive: denied.archive,
    lock: denied.lock,
    shortenPages: (rows) => {
      pageSize = rows
    },
    violations: () => [...violations],
    fault: faults.add,
    reset: () => {
      clearRequests()
      violations.length = 0
      pageSize = 100
      for (const one of [faults, denied, commits, deployments, refs, pulls]) one.clear()
      return issues.reset()
    },
    close: async () => {
      await Promise.all([app.close(), issues.close()])
    }
  }
}

/** Starts a server for the tests of a file, and resets it before each test. */
export async function useGithubServer(options: GithubServerOptions = {}): Promise<GithubServer> {
  const server = await startGithubServer(options)
  beforeEach(() => server.reset())
  afterEach(() => {
    expect(server.violations()).toEqual([])
  })
  afterAll(() => server.close())
  return server
}

/** Returns the tokens of `OWNERS`, and one for each other user, which the server does not accept from callers. */
function tokensFor(others: readonly string[]): ReadonlyMap<string, string> {
  return new Map([
    ...[...OWNERS].map(([token, { login }]) => [token, login] as const),
    ...others.map((login) => [`token of ${login}`, login] as const)
  ])
}

/** GitHub does not return a user for an installation token. */
function showUser(show: Handle): Handle {
  return (call) => {
    if (call.user.kind === 'integration') throw inaccessible(call)
    return show(call)
  }
}
