import type { Deployment, Revision } from '../control-plane/resources.ts'
import type { Intent } from '../run/intent.ts'
import type { Plan } from './plan.ts'

/**
 * Receives each event when it happens, so that outputs and saved state are correct even if the run is killed right
 * afterwards. The domain reports through this interface and does not depend on the log or the runner.
 */
export interface Progress {
  planned(plan: Plan): void
  /** `created` is set as soon as it is known whether this run created the deployment. */
  deployment(deployment: Deployment, created?: boolean | undefined): void
  /** The control plane no longer has the deployment, so there is no address and no active revision. */
  gone(): void
  /** `stored`: names of the variables and settings that this write and earlier ones change. */
  aboutToWrite(intent: Intent, stored: readonly string[]): void
  /** The response to a write names the revision that the write created, which might not be readable yet. */
  named(revisionId: string): void
  /**
   * This run created the revision. The run may interrupt it only if `isCertain`: the server named it, or no other run
   * can have created it.
   */
  made(revision: Revision, how: { readonly isCertain: boolean }): void
  /** The revision that this run created (`own`) or waits for. Called again at every change of its status. */
  revision(revision: Revision, whose: { readonly own: boolean }): void
  note(text: string): void
  warn(text: string): void
}
