import type { ControlPlaneClient } from '../control-plane/client.ts'
import { ApiError } from '../control-plane/errors.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import type { Written } from '../control-plane/transport.ts'
import type { CreatedTraits, Intent, SentRevision } from '../run/intent.ts'
import type { Limits } from '../run/limits.ts'
import type { JsonObject } from '../run/object.ts'
import { object } from '../run/object.ts'
import type { Plan } from './plan.ts'
import type { Progress } from './progress.ts'
import { secretsIn } from './secrets.ts'

/** Dependencies of a write. */
export interface ApplyContext {
  readonly client: ControlPlaneClient
  readonly limits: Limits
  readonly progress: Progress
}

/** The state in LangSmith right before a write. */
export interface CurrentState {
  readonly deployment: Deployment | undefined
  /** Newest first. */
  readonly revisions: readonly Revision[]
}

/** The plan to create a new revision from an earlier one. */
export interface RedeployPlan {
  readonly kind: 'redeploy'
  readonly deployment: Deployment
  readonly target: Revision
  /** Empty, because the request has no body. */
  readonly body: JsonObject
  readonly makesRevision: true
}

/** Any plan that `apply` carries out. */
export type WritePlan = Plan | RedeployPlan

/** A plan that leads to a write. */
export type Sendable = Exclude<WritePlan, { readonly kind: 'nothing' }>

/** One send of a write. */
export interface Attempt {
  readonly plan: Sendable
  readonly intent: Intent
  /** IDs of the revisions that existed right before this send, including those from earlier sends in doubt. */
  readonly seen: readonly string[]
  /** True if an earlier send was in doubt. The newest matching revision then belongs to this run. */
  readonly isRepeated: boolean
}

/** Properties that identify a write. */
export interface Identity {
  readonly name: string
  readonly sent: SentRevision
  /** See `Intent.isUnique`. */
  readonly isUnique?: boolean
}

/**
 * Returns the next send of a plan.
 *
 * @param doubt the first earlier send in doubt; anything that appears after it can be its effect
 */
export function attemptOf(
  { limits }: ApplyContext,
  { name, sent, isUnique = false }: Identity,
  plan: Sendable,
  current: CurrentState,
  doubt: Attempt | undefined
): Attempt {
  const seen = knownIds(current)
  const isRepeated = doubt !== undefined
  const identity = { name, known: doubt?.intent.known ?? seen, sent, isUnique: isUnique && !isRepeated }
  const intent: Intent =
    plan.kind === 'create'
      ? { ...identity, deploymentId: undefined, created: traitsOf(plan, limits.clock.now()) }
      : { ...identity, deploymentId: plan.deployment.id }
  return { plan, intent, seen, isRepeated }
}

function request(client: ControlPlaneClient, plan: Sendable): Promise<Written<Deployment>> {
  switch (plan.kind) {
    case 'create':
      return client.createDeployment(plan.body)
    case 'patch':
      return client.patchDeployment(plan.deployment.id, plan.body)
    case 'redeploy':
      return client.redeploy(plan.deployment.id, plan.target.id)
  }
}

function traitsOf({ body, makesRevision }: Sendable, sentAt: number): CreatedTraits {
  const repoUrl = object(body.source_config)?.repo_url
  return {
    source: String(body.source),
    repoUrl: typeof repoUrl === 'string' ? repoUrl : undefined,
    secretNames: secretsIn(body).map((secret) => secret.name),
    makesRevision,
    sentAt
  }
}

/** Returns the IDs of all revisions that are known to exist, including those that a lagging list omits. */
function knownIds({ deployment, revisions }: CurrentState): readonly string[] {
  const ids = [deployment?.latest_revision_id, deployment?.active_revision_id, ...revisions.map(({ id }) => id)]
  return [...new Set(ids.filter((id) => typeof id === 'string'))]
}

/** The word for the request of a plan in messages, because a user does not know the HTTP method. */
export function requestWord({ kind }: Attempt['plan']): string {
  return kind === 'patch' ? 'update' : kind
}

/** True if the effect of a send can be recognized. A patch that creates no revision is planned again instead. */
export function leavesTrace({ plan }: Attempt): boolean {
  return plan.kind === 'create' || plan.makesRevision
}

/** Result of a send. */
export type SendResult = Written<Deployment> | { readonly kind: 'refused'; readonly error: ApiError }

/** Reports the write and sends it once. @param stored names of the values that this write and earlier ones change */
export async function send(
  { client, progress }: ApplyContext,
  { plan, intent }: Attempt,
  stored: readonly string[]
): Promise<SendResult> {
  // A create without a revision leaves nothing to interrupt.
  if (plan.makesRevision) progress.aboutToWrite(intent, stored)
  try {
    return await request(client, plan)
  } catch (error) {
    if (error instanceof ApiError) return { kind: 'refused', error }
    throw error
  }
}
