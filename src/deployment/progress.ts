import type { Deployment, Revision } from '../control-plane/resources.ts'
import type { Plan } from './plan.ts'
import type { SentRevision } from './sources/source.ts'

/** A write that is about to be sent. It is saved before, so that the post step of a killed run knows what to look for. */
export interface Intent {
  readonly name: string
  /** `undefined` for a create. */
  readonly deploymentId: string | undefined
  /** IDs of the revisions that existed before. */
  readonly known: readonly string[]
  readonly sent: SentRevision
  /** Whether no other run can have sent the same, such as an archive that only this run has uploaded. */
  readonly isUnique: boolean
  /** Only of a create. */
  readonly created?: CreatedTraits
}

/** By what a deployment is known that a create has made, besides its name. No secret values: this is saved. */
export interface CreatedTraits {
  readonly source: string
  readonly repoUrl: string | undefined
  readonly secretNames: readonly string[]
  readonly makesRevision: boolean
  /** Milliseconds since the epoch. */
  readonly sentAt: number
}

/**
 * Told what happens at the moment it does, so that outputs and saved state are right even if the run ends in the next.
 * The domain speaks through this and knows neither log nor runner.
 */
export interface Progress {
  planned(plan: Plan): void
  /** `created` is given once it is known whether this run's own create made it. */
  deployment(deployment: Deployment, created?: boolean | undefined): void
  /** The control plane does not know the deployment any more: it has no address, and nothing of it is active. */
  gone(): void
  /** `stored`: variables and settings that this write and those before it change, by name. */
  aboutToWrite(intent: Intent, stored: readonly string[]): void
  /** The answer to a write names the revision that it made, which need not be readable yet. */
  named(revisionId: string): void
  /**
   * This run has made the revision. It may be interrupted only if that is certain: the server named it, or no other run
   * can have made it.
   */
  made(revision: Revision, how: { readonly isCertain: boolean }): void
  /** The revision that this run made (`own`), or the one that it waits for; again at every change of its status. */
  revision(revision: Revision, own: boolean): void
  note(text: string): void
  warn(text: string): void
}
