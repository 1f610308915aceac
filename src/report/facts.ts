import type { LogKind } from '../control-plane/logs.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import type { PatchPlan, Plan } from '../deployment/plan.ts'
import type { Intent } from '../deployment/progress.ts'

/** A status of the revision and when it was first seen, in milliseconds since the epoch. */
export interface Phase {
  readonly status: string
  readonly at: number
}

/** What is known of the run so far; the report of any ending is made from it. */
export interface Facts {
  plan?: Plan
  /** The changes that were sent, with what was there before, in their order. */
  readonly written: PatchPlan[]
  deployment?: Deployment
  /** Active before this run wrote anything; `null` when none was. */
  previousRevisionId?: string | null
  created: boolean
  revision?: Revision
  /** Whether this run made the revision. */
  own: boolean
  /** ID of the revision that certainly is this run's own, so that it may be interrupted. */
  interruptible?: string
  readonly phases: Phase[]
  /** How it was seen to serve, such as `/ok answered 200`. */
  health?: string
  /** The earlier revision that a roll back went to, and the new one that was made from it and serves. */
  rolledBack?: { readonly to: string; readonly by: string }
  /** End of the log of the phase that failed, or was not over when the timeout passed; oldest line first; without secrets. */
  failureLog?: {
    readonly kind: LogKind
    readonly revisionId: string | undefined
    readonly lines: readonly string[]
    readonly telling: readonly string[]
    /** Whether the telling lines read like a cause; else they are the last ones. */
    readonly isTelling: boolean
    /** Whether they are those of a known cause, which the first of them names. */
    readonly isCause: boolean
    /** Whether that cause may be only what follows from another one, or passes by itself. */
    readonly isVague?: boolean | undefined
    /** What to do about the cause that it tells; empty where that is not known. */
    readonly advice: string
  }
}

/** Facts of a run that knows nothing yet. */
export function noFacts(): Facts {
  return { written: [], created: false, own: false, phases: [] }
}

/** What the run tells of itself while it goes on. */
export interface Reminder {
  readonly intent?: Intent
  readonly deploymentId?: string
  readonly revisionId?: string
  readonly namedId?: string
  /** Whether that revision certainly is this run's own. */
  readonly isCertain?: boolean
}
