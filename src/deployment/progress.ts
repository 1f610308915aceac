import type { Deployment, Revision } from '../control-plane/resources.ts'
import type { Intent } from '../run/intent.ts'
import type { Plan } from './plan.ts'

export type { CreatedTraits, Intent } from '../run/intent.ts'

/**
 * Gets each event when it happens, so that outputs and saved state are right even if the run is killed right after it.
 * The domain reports through this interface and does not know the log or the runner.
 */
export interface Progress {
  planned(plan: Plan): void
  /** `created` is given as soon as it is known whether this run created the deployment. */
  deployment(deployment: Deployment, created?: boolean | undefined): void
  /** The control plane does not know the deployment any more: it has no address and no active revision. */
  gone(): void
  /** `stored`: variables and settings that this write and those before it change, by name. */
  aboutToWrite(intent: Intent, stored: readonly string[]): void
  /** The answer to a write names the revision that the write made; it may not be readable yet. */
  named(revisionId: string): void
  /**
   * This run has made the revision. It may be interrupted only if that is certain: the server named it, or no other run
   * can have made it.
   */
  made(revision: Revision, how: { readonly isCertain: boolean }): void
  /** The revision that this run made (`own`), or the one that it waits for; again at every change of its status. */
  revision(revision: Revision, whose: { readonly own: boolean }): void
  note(text: string): void
  warn(text: string): void
}
