import { invalid } from './http.ts'

const STATES = ['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success'] as const

export interface DeploymentStatus {
  readonly id: number
  readonly login: string
  readonly state: (typeof STATES)[number]
  readonly description: string
  readonly log_url: string
  readonly environment_url: string
  readonly environment: string
  readonly created_at: string
}

export interface Deployment {
  readonly id: number
  readonly login: string
  readonly ref: string
  readonly sha: string
  readonly task: string
  readonly original_environment: string
  /** The environment of the latest status. */
  readonly environment: string
  /** An unchanged object or text. */
  readonly payload: unknown
  readonly description: string
  readonly transient_environment: boolean
  readonly production_environment: boolean
  readonly auto_merge: boolean
  /** Undefined means all existing contexts. */
  readonly required_contexts: readonly string[] | undefined
  readonly created_at: string
  /** Oldest first. */
  readonly statuses: readonly DeploymentStatus[]
}

/** The request for a new deployment. */
export interface DeploymentRequest {
  readonly ref: string
  readonly task?: string
  readonly auto_merge?: boolean
  readonly required_contexts?: readonly string[]
  readonly payload?: unknown
  readonly environment?: string
  readonly description?: string | null
  readonly transient_environment?: boolean
  readonly production_environment?: boolean
}

/** The request for a new status. */
export interface StatusRequest {
  readonly state: string
  readonly target_url?: string
  readonly log_url?: string
  readonly description?: string
  readonly environment?: string
  readonly environment_url?: string
  readonly auto_inactive?: boolean
}

/** A deployment that a test adds, with its statuses. */
export interface GivenDeployment extends Omit<DeploymentRequest, 'ref'> {
  readonly sha: string
  /** Default: the SHA. */
  readonly ref?: string
  /** Oldest first. */
  readonly statuses?: readonly (Omit<StatusRequest, 'state'> & Pick<DeploymentStatus, 'state'>)[]
}

export interface Deployments {
  /** Oldest first. */
  all(): readonly Deployment[]
  create(request: DeploymentRequest, sha: string, login: string): Deployment
  /** @throws a refusal: 422 */
  setStatus(deployment: Deployment, request: StatusRequest, login: string): DeploymentStatus
  /** Creates a deployment with its statuses. @returns the ID */
  add(given: GivenDeployment, login: string): number
  clear(): void
}

type Writable = { -readonly [K in keyof Deployment]: Deployment[K] }

export function createDeployments(): Deployments {
  const all: Writable[] = []
  let lastId = 0
  const nextId = () => ++lastId

  const create = (request: DeploymentRequest, sha: string, login: string) => {
    const created = { id: nextId(), login, created_at: now(), sha, ...withDefaults(request), statuses: [] }
    all.push(created)
    return created
  }
  const setStatus = (deployment: Writable, request: StatusRequest, login: string) => {
    const { environment = deployment.environment, auto_inactive = true } = request
    const status = { id: nextId(), login, created_at: now(), ...checked(request), environment }
    deployment.environment = environment
    deployment.statuses = [...deployment.statuses, status]
    if (status.state === 'success' && auto_inactive) {
      const earlier = all.slice(0, all.indexOf(deployment))
      for (const one of earlier.filter((one) => isReplaced(one, deployment)))
        setStatus(one, { state: 'inactive' }, login)
    }
    return status
  }
  return {
    all: () => [...all],
    create,
    setStatus,
    add: ({ statuses = [], ref, ...given }, login) => {
      const deployment = create({ ref: ref ?? given.sha, ...given }, given.sha, login)
      for (const status of statuses) setStatus(deployment, status, login)
      return deployment.id
    },
    clear: () => {
      all.length = 0
    }
  }
}

function withDefaults(request: DeploymentRequest) {
  const { environment = 'production' } = request
  return {
    ref: request.ref,
    task: request.task ?? 'deploy',
    original_environment: environment,
    environment,
    payload: request.payload ?? {},
    description: request.description ?? '',
    transient_environment: request.transient_environment ?? false,
    production_environment: request.production_environment ?? environment === 'production',
    auto_merge: request.auto_merge ?? true,
    required_contexts: request.required_contexts
  }
}

/** @throws a refusal: 422 */
function checked({ state: word, description = '', environment_url = '', ...urls }: StatusRequest) {
  const state = STATES.find((one) => one === word)
  if (!state) throw invalid('DeploymentStatus', 'state', 'state is not included in the list')
  if ([...description].length > 140) {
    throw invalid('DeploymentStatus', 'description', 'description is too long (maximum is 140 characters)')
  }
  const log_url = urls.log_url ?? urls.target_url ?? ''
  for (const [field, url] of Object.entries({ log_url, environment_url })) {
    if (!/^(https?:\/\/|$)/.test(url)) throw invalid('DeploymentStatus', field, `${field} must use http(s) scheme`)
  }
  return { state, description, log_url, environment_url }
}

/** True if the success of a later deployment makes a deployment inactive. */
function isReplaced(earlier: Deployment, later: Deployment): boolean {
  if (earlier.transient_environment || earlier.production_environment) return false
  return earlier.environment === later.environment && earlier.statuses.at(-1)?.state === 'success'
}

/** Returns the time without fractions of a second, as GitHub does. */
function now(): string {
  return new Date().toISOString().replace(/\.\d+/, '')
}
