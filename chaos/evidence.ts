import type { Told } from '../__tests__/support/fake-runner.ts'
import type { ChaosCase, Rival } from './case.ts'
import type { FaultKind } from './faults.ts'

/**
 * Everything observed in one seed: on the wire, in the server, and at the runner. Plain data, so that tests can modify
 * it. All times are in milliseconds of virtual time.
 */
export interface Evidence {
  readonly chaos: ChaosCase
  readonly secrets: Secrets
  readonly startedAt: number
  readonly main: MainEnd
  readonly post: PostEnd | undefined
  readonly cancelledAt: number | undefined
  /** In the order of their arrival. */
  readonly requests: readonly Sent[]
  /** Actions of rivals, with their times. */
  readonly acts: readonly { readonly at: number; readonly rival: Rival }[]
  readonly deployments: readonly DeploymentTruth[]
  readonly interruptions: readonly Interruption[]
  readonly secretWrites: readonly SecretWrite[]
  /** Complete requests to a host other than the control plane, as text. */
  readonly strayRequests: readonly string[]
  /** Uncaught errors. */
  readonly uncaught: readonly string[]
  /** Real duration of the whole seed, in milliseconds. */
  readonly realMs: number
}

/** Texts that must stay secret. */
export interface Secrets {
  readonly key: string
  readonly values: readonly string[]
}

export interface MainEnd {
  readonly kind: 'returned' | 'killed' | 'threw' | 'hung'
  readonly passed: boolean
  readonly endedAt: number
  readonly told: readonly Told[]
  readonly outputs: Readonly<Record<string, string>>
  readonly states: Readonly<Record<string, string>>
  readonly error: string
}

export interface PostEnd {
  readonly kind: 'returned' | 'threw' | 'hung'
  readonly startedAt: number
  readonly endedAt: number
  readonly told: readonly Told[]
  readonly error: string
}

/** Origin of an action. `duplicate`: the proxy repeated a request of the run. */
export type Doer = 'seed' | 'run' | 'post' | 'duplicate' | 'rival'

export interface Sent {
  readonly n: number
  readonly by: 'run' | 'post'
  readonly at: number
  readonly method: string
  /** Including the query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  fault: FaultKind | undefined
  /** True if the response came from a lagging replica. */
  lagged: boolean
  /** Time at which the server processed it; undefined if it never did. */
  carriedOutAt: number | undefined
  /** The complete response that the client received. */
  heard: { readonly at: number; readonly status: number; readonly text: string } | undefined
  /** Time at which the client received the response, or knew that there would be none. */
  endedAt: number | undefined
}

export interface RevisionTruth {
  readonly id: string
  /** Position among the revisions of its deployment, from 1. */
  readonly number: number
  readonly madeBy: Doer
  /** Number of the request that created it. */
  readonly request: number | undefined
  readonly madeAt: number
  readonly source: string
  readonly image: string | null
  readonly ref: string | null
  readonly tarball: string | null
  readonly commit: string | null
  /** Each status with its start time. */
  readonly history: readonly { readonly status: string; readonly at: number }[]
  /** Time at which it became active; undefined if it never did. */
  readonly activeAt: number | undefined
  /** True if its agent returns only 5xx. */
  readonly broken: boolean
}

export interface DeploymentTruth {
  readonly id: string
  readonly name: string
  readonly madeBy: Doer
  readonly request: number | undefined
  readonly madeAt: number
  readonly deletedBy: Doer | undefined
  readonly deletedAt: number | undefined
  /** Oldest first. */
  readonly revisions: readonly RevisionTruth[]
  /** Variables at the end of the seed. */
  readonly secrets: Readonly<Record<string, string>>
}

export interface Interruption {
  readonly by: Doer
  readonly at: number
  readonly revisionId: string
}

/** A write of a deployment's environment. */
export interface SecretWrite {
  readonly by: Doer
  readonly at: number
  readonly request: number | undefined
  readonly deploymentId: string
  readonly before: Readonly<Record<string, string>>
  readonly after: Readonly<Record<string, string>>
}
