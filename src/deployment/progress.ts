import type { Deployment, Revision } from '../control-plane/resources.ts'
import type { Plan } from './plan.ts'
import type { SentRevision } from './sources/source.ts'

/** What a write is about to do, saved before it is sent: whoever cleans up after a killed run knows what to look for. */
export interface Intent {
  readonly name: string
  /** `undefined` for a create. */
  readonly deploymentId: string | undefined
  /** IDs of the revisions that stood there before. */
  readonly known: readonly string[]
  readonly sent: SentRevision
  /** Of a create: what the deployment is known by, besides its name. */
  readonly created?: { readonly source: string; readonly secretNames: readonly string[] }
}

/**
 * Told what happens at the moment it does, so that outputs and saved state are right even if the run ends in the next.
 * The domain speaks through this and knows neither log nor runner.
 */
export interface Progress {
  planned(plan: Plan): void
  /** `created` is given once it is known whether this run's own create made it. */
  deployment(deployment: Deployment, created?: boolean): void
  aboutToWrite(intent: Intent): void
  /** The revision that this run made (`own`), or the one that it waits for; again at every change of its status. */
  revision(revision: Revision, own: boolean): void
  note(text: string): void
  warn(text: string): void
}
