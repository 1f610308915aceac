import type { ControlPlaneClient } from '../control-plane/client.ts'
import { ApiError } from '../control-plane/errors.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import type { Written } from '../control-plane/transport.ts'
import type { Limits } from '../run/limits.ts'
import type { JsonObject } from '../run/object.ts'
import { object } from '../run/object.ts'
import type { Plan } from './plan.ts'
import type { CreatedTraits, Intent, Progress } from './progress.ts'
import { secretsIn } from './secrets.ts'
import type { SentRevision } from './sources/source.ts'

/** What writes work with. */
export interface ApplyContext {
  readonly client: ControlPlaneClient
  readonly limits: Limits
  readonly progress: Progress
}

/** What exists in LangSmith right before a write. */
export interface CurrentState {
  readonly deployment: Deployment | undefined
  /** Newest first. */
  readonly revisions: readonly Revision[]
}

/** Makes a new revision from an earlier one. */
export interface RedeployPlan {
  readonly kind: 'redeploy'
  readonly deployment: Deployment
  readonly target: Revision
  /** The request has none. */
  readonly body: JsonObject
  readonly makesRevision: true
}

/** Any plan that `apply` carries out. */
export type WritePlan = Plan | RedeployPlan

/** A plan that leads to a write. */
export type Sendable = Exclude<WritePlan, { readonly kind: 'nothing' }>

/** One send of one write. */
export interface Attempt {
  readonly plan: Sendable
  readonly intent: Intent
  /** IDs of the revisions that existed right before it; with those of earlier sends in doubt. */
  readonly seen: readonly string[]
  /** Whether an earlier send was in doubt: then the newest revision that agrees is ours. */
  readonly isRepeated: boolean
}

/** What a write is known by. */
export interface Identity {
  readonly name: string
  readonly sent: SentRevision
  /** See `Intent.isUnique`. */
  readonly isUnique?: boolean
}

/**
 * The next send of a plan.
 *
 * @param doubt the first earlier send in doubt: whatever appears from then on can be its effect
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

/** Every revision that is known to exist, even if a lagging list does not show it. */
function knownIds({ deployment, revisions }: CurrentState): readonly string[] {
  const ids = [deployment?.latest_revision_id, deployment?.active_revision_id, ...revisions.map(({ id }) => id)]
  return [...new Set(ids.filter((id) => typeof id === 'string'))]
}

/** Whether the effect of a send can be recognized; a patch that makes no revision is simply planned again. */
export function leavesTrace({ plan }: Attempt): boolean {
  return plan.kind === 'create' || plan.makesRevision
}

/** What became of a send. */
export type SendResult = Written<Deployment> | { readonly kind: 'refused'; readonly error: ApiError }

/** Sends the write once, and tells of it before. @param stored what this write and earlier ones change, by name */
export async function send(
  { client, progress }: ApplyContext,
  { plan, intent }: Attempt,
  stored: readonly string[]
): Promise<SendResult> {
  // A create that makes no revision leaves nothing that could be interrupted.
  if (plan.makesRevision) progress.aboutToWrite(intent, stored)
  try {
    return await request(client, plan)
  } catch (error) {
    if (error instanceof ApiError) return { kind: 'refused', error }
    throw error
  }
}
