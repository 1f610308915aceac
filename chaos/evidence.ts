import type { Told } from '../__tests__/support/fake-runner.ts'
import type { ChaosCase, Rival } from './case.ts'
import type { FaultKind } from './faults.ts'

/**
 * What happened in one seed, as seen from outside: on the wire, in the server, and at the runner. Plain data, so that a
 * test can doctor it. All moments are in milliseconds of virtual time.
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
  /** What others did, and when. */
  readonly acts: readonly { readonly at: number; readonly rival: Rival }[]
  readonly deployments: readonly DeploymentTruth[]
  readonly interruptions: readonly Interruption[]
  readonly secretWrites: readonly SecretWrite[]
  /** What came in at a host that is not the control plane: all of it, as text. */
  readonly strayRequests: readonly string[]
  /** Errors that nobody caught. */
  readonly uncaught: readonly string[]
  /** Real milliseconds of the whole seed. */
  readonly realMs: number
}

/** What must never be seen. */
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

/** Who did something. `duplicate`: the line carried a request of the run out once more than it was sent. */
export type Doer = 'seed' | 'run' | 'post' | 'duplicate' | 'rival'

export interface Sent {
  readonly n: number
  readonly by: 'run' | 'post'
  readonly at: number
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  fault: FaultKind | undefined
  /** Whether the answer came from a replica that lags. */
  lagged: boolean
  /** When the server carried it out; nothing when it never did. */
  carriedOutAt: number | undefined
  /** What the client got whole. */
  heard: { readonly at: number; readonly status: number; readonly text: string } | undefined
  /** When the client got that, or could know that it would get nothing. */
  endedAt: number | undefined
}

export interface RevisionTruth {
  readonly id: string
  /** Place among the revisions of its deployment, from 1. */
  readonly number: number
  readonly madeBy: Doer
  /** Number of the request that made it. */
  readonly request: number | undefined
  readonly madeAt: number
  readonly source: string
  readonly image: string | null
  readonly ref: string | null
  readonly tarball: string | null
  readonly commit: string | null
  /** Each status, and when it began. */
  readonly history: readonly { readonly status: string; readonly at: number }[]
  /** When it became the active one by itself; nothing when it never did. */
  readonly activeAt: number | undefined
  /** Whether its agent answers only 5xx. */
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
  /** At the end of the seed. */
  readonly secrets: Readonly<Record<string, string>>
}

export interface Interruption {
  readonly by: Doer
  readonly at: number
  readonly revisionId: string
}

/** The environment of a deployment was written. */
export interface SecretWrite {
  readonly by: Doer
  readonly at: number
  readonly request: number | undefined
  readonly deploymentId: string
  readonly before: Readonly<Record<string, string>>
  readonly after: Readonly<Record<string, string>>
}
