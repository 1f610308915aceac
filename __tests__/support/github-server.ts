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
  /** Numbers of the open pull requests, low ones, for all below are taken first; default 7. */
  readonly pullRequests?: readonly number[]
  /** Who else may have commented or deployed; default `octocat` and `dependabot[bot]`. */
  readonly users?: readonly string[]
}

/** GitHub's API on loopback, as far as the action needs it, for a single repository. */
export interface GithubServer {
  /** As GITHUB_API_URL has it on github.com, without a slash at the end; GraphQL is at `/graphql`. */
  readonly url: string
  /** The same as an Enterprise Server has it, with `/api/v3` at the end; GraphQL is at `/api/graphql`. */
  readonly enterpriseUrl: string
  /** An installation token of `github-actions[bot]`, as GITHUB_TOKEN is; it may not ask `/user` who it is. */
  readonly token: string
  /** A personal access token of `monalisa`. */
  readonly personalToken: string
  readonly repository: string
  /** All since the start or the last clearing, in the order in which they came in. */
  requests(): readonly Readonly<GithubRequest>[]
  clearRequests(): void
  /** The comments of a pull request, oldest first. */
  comments(number: number): Promise<IssueComment[]>
  /**
   * Adds a comment past the API.
   *
   * @param login the owner of a token, or one of the `users`
   * @returns the ID
   * @throws Error when there is no such user or no such pull request
   */
  addComment(number: number, body: string, login: string): Promise<number>
  /** Closes, merges or pushes to a pull request past the API. */
  changePullRequest(number: number, given: GivenPullRequest): void
  /** Oldest first. */
  deployments(): readonly Deployment[]
  /** Adds a deployment past the API. @param login default `octocat` @returns the ID */
  addDeployment(given: GivenDeployment, login?: string): number
  /** Makes a straight line of commits known, oldest first. @throws Error when one is no whole SHA */
  history(...commits: readonly string[]): void
  /** Makes a line of commits known whose oldest one follows `from`. @throws Error when `from` is not known */
  branchOff(from: string, ...commits: readonly string[]): void
  /** Gives a commit a name, as tags and branches do. */
  tag(name: string, sha: string): void
  /** Makes a branch or a tag known by its full name, such as `refs/tags/v1`. */
  ref(name: string, sha: string): void
  /** Takes a permission from both tokens. @param what `write` leaves them that to read; default `all` */
  deny(permission: Permission, what?: 'all' | 'write'): void
  /** Makes the repository one that can only be read. */
  archive(): void
  /** Locks the conversation of a pull request. */
  lock(number: number): void
  /** Has no page of a list hold more rows than this, whatever is asked for. */
  shortenPages(rows: number): void
  /** What was asked or answered that GitHub's description of its API does not allow. */
  violations(): readonly string[]
  /** Lets something happen to the requests that match. */
  fault(rule: FaultRule): void
  /** Makes all as it was at the start: nothing was asked, said, deployed, committed, denied or set up to fail. */
  reset(): Promise<void>
  /** Ends the server and cuts every connection, also those that wait for an answer. */
  close(): Promise<void>
}

const TOKEN = 'ghs_installationTokenOfTheTests'
const PERSONAL_TOKEN = 'ghp_personalTokenOfTheTests'
const OWNERS: ReadonlyMap<string, User> = new Map([
  [TOKEN, { login: 'github-actions[bot]', kind: 'integration' }],
  [PERSONAL_TOKEN, { login: 'monalisa', kind: 'personal access token' }]
])

/**
 * Starts it on a free port of 127.0.0.1.
 *
 * Pull requests, comments and users are those of the package `emulate`. It has no deployments, no GraphQL, and no
 * commits but its own; these are made here, as https://docs.github.com/rest describes them.
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

/** A server for the tests of a file; each test finds it as it began. */
export async function useGithubServer(options: GithubServerOptions = {}): Promise<GithubServer> {
  const server = await startGithubServer(options)
  beforeEach(() => server.reset())
  afterEach(() => {
    expect(server.violations()).toEqual([])
  })
  afterAll(() => server.close())
  return server
}

/** Those that callers have, and one for each of the others, by which nobody is let in. */
function tokensFor(others: readonly string[]): ReadonlyMap<string, string> {
  return new Map([
    ...[...OWNERS].map(([token, { login }]) => [token, login] as const),
    ...others.map((login) => [`token of ${login}`, login] as const)
  ])
}

/** An installation is no user, so GitHub does not say who it is. */
function showUser(show: Handle): Handle {
  return (call) => {
    if (call.user.kind === 'integration') throw inaccessible(call)
    return show(call)
  }
}
