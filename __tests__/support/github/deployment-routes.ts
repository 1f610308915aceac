import type { getOctokit } from '@actions/github'
import type { Deployment, DeploymentRequest, DeploymentStatus, Deployments, StatusRequest } from './deployments.ts'
import { nodeIdOf } from './graphql.ts'
import { type Call, notFound, paged, type Route, readBody, refusal, type UserCall } from './http.ts'
import { simpleUser } from './users.ts'

/** @param find returns the SHA of a known ref */
export function deploymentRoutes(
  deployments: Deployments,
  find: (ref: string) => string | undefined,
  pageSize: () => number
): readonly Route[] {
  const path = '/repos/:owner/:repo/deployments'
  const named = ({ params }: Call) => {
    const found = deployments.all().find(({ id }) => String(id) === params.id)
    if (!found) throw notFound()
    return found
  }
  const create = (call: UserCall) => {
    const request = readBody<DeploymentRequest>(call, DEPLOYMENT_FIELDS, 'ref')
    // A test does not need to register the commit that it deploys.
    const sha = find(request.ref) ?? /^[0-9a-f]{40}$/.exec(request.ref)?.[0]
    if (!sha) throw refusal(422, `No ref found for: ${request.ref}`)
    return { status: 201, body: published(deployments.create(request, sha, call.user.login), call) }
  }
  const list = (call: Call) => {
    const found = deployments.all().filter((one) => isAskedFor(one, call))
    return paged(
      call,
      newestFirst(found, (one) => published(one, call)),
      pageSize()
    )
  }
  const createStatus = (call: UserCall) => {
    const deployment = named(call)
    const request = readBody<StatusRequest>(call, STATUS_FIELDS, 'state')
    const status = deployments.setStatus(deployment, request, call.user.login)
    return { status: 201, body: publishedStatus(status, deployment, call) }
  }
  const listStatuses = (call: Call) => {
    const deployment = named(call)
    return paged(
      call,
      newestFirst(deployment.statuses, (one) => publishedStatus(one, deployment, call))
    )
  }
  return [
    { method: 'POST', path, handle: create },
    { method: 'GET', path, handle: list },
    { method: 'GET', path: `${path}/:id`, handle: (call) => ({ status: 200, body: published(named(call), call) }) },
    { method: 'POST', path: `${path}/:id/statuses`, handle: createStatus },
    { method: 'GET', path: `${path}/:id/statuses`, handle: listStatuses }
  ]
}

const DEPLOYMENT_FIELDS = {
  ref: ['string'],
  task: ['string'],
  auto_merge: ['boolean'],
  required_contexts: ['array'],
  payload: ['object', 'string'],
  environment: ['string'],
  description: ['string', 'null'],
  transient_environment: ['boolean'],
  production_environment: ['boolean']
} as const

const STATUS_FIELDS = {
  state: ['string'],
  target_url: ['string'],
  log_url: ['string'],
  description: ['string'],
  environment: ['string'],
  environment_url: ['string'],
  auto_inactive: ['boolean']
} as const

const FILTERS = ['sha', 'ref', 'task', 'environment'] as const

function isAskedFor(deployment: Deployment, { query }: Call): boolean {
  return FILTERS.every((name) => (query.get(name) ?? deployment[name]) === deployment[name])
}

function newestFirst<T>(items: readonly T[], show: (item: T) => unknown): readonly unknown[] {
  return items.toReversed().map(show)
}

// The compiler checks the names of published fields against GitHub's own types.
type Repositories = ReturnType<typeof getOctokit>['rest']['repos']
type Names<T> = Exclude<keyof T, 'message' | 'performed_via_github_app'>
type DeploymentNames = Names<Awaited<ReturnType<Repositories['getDeployment']>>['data']>
type StatusNames = Names<Awaited<ReturnType<Repositories['getDeploymentStatus']>>['data']>

function published(deployment: Deployment, call: Call) {
  const { login, auto_merge, required_contexts, statuses, ...shown } = deployment
  const urls = urlsOf(deployment, call)
  return {
    ...shown,
    url: urls.deployment_url,
    node_id: nodeIdOf(shown),
    creator: simpleUser(login, call),
    updated_at: statuses.at(-1)?.created_at ?? shown.created_at,
    statuses_url: `${urls.deployment_url}/statuses`,
    repository_url: urls.repository_url
  } satisfies Record<DeploymentNames, unknown>
}

function publishedStatus({ login, ...shown }: DeploymentStatus, deployment: Deployment, call: Call) {
  const urls = urlsOf(deployment, call)
  return {
    ...shown,
    ...urls,
    url: `${urls.deployment_url}/statuses/${shown.id}`,
    node_id: `DES_${shown.id}`,
    creator: simpleUser(login, call),
    target_url: shown.log_url,
    updated_at: shown.created_at
  } satisfies Record<StatusNames, unknown>
}

function urlsOf({ id }: Deployment, { api, params }: Call) {
  const repository_url = `${api}/repos/${params.owner}/${params.repo}`
  return { repository_url, deployment_url: `${repository_url}/deployments/${id}` }
}
