import type { ControlPlaneClient } from '../../control-plane/client.ts'
import type { Deployment, Revision } from '../../control-plane/resources.ts'
import type { ControlPlane } from '../../run/destination.ts'
import type { SentRevision } from '../../run/intent.ts'
import type { Limits } from '../../run/limits.ts'
import type { Json } from '../../run/object.ts'
import type { SourceType } from './kinds.ts'

/** One field of a request, with what it is to be and what it is. */
export interface Setting {
  /** Where it is in the body; `deployment` is the top of it. */
  readonly section: 'source_config' | 'source_revision_config' | 'deployment'
  readonly field: string
  readonly wanted: Json
  /** What LangSmith has; `null` for nothing, or for a deployment that is yet to be made. */
  readonly current: Json
  /** What the plan shows in their place. */
  readonly shown?: { readonly wanted: Json; readonly current: Json }
  /** `place`: changes in place. `revision`: a change needs a revision. `always`: goes with every revision, changed or not. */
  readonly effect: 'place' | 'revision' | 'always'
}

/** A field of a create with its value. */
export interface FixedSetting {
  readonly field: string
  readonly wanted: Json
  /** What the plan shows where the API has another word for what the user wrote. */
  readonly shown?: Json
}

/** What is sent of a source that says nothing of its code. */
export const NO_CODE: SentRevision = {
  repo_ref: null,
  langgraph_config_path: null,
  image_uri: null,
  source_tarball_path: null
}

/** What a source works with that has something to bring along. */
export interface UploadContext {
  readonly client: ControlPlaneClient
  readonly limits: Limits
  /** `note` is a line of the log, `remark` a notice on the page of the run, `warn` a warning there. */
  readonly progress: { note(text: string): void; remark(text: string): void; warn(text: string): void }
}

/** Where the LangGraph configuration is when nothing is chosen, as in the official tools. */
export const DEFAULT_CONFIG_PATH = 'langgraph.json'

/** One kind of source: what it sends at create and at a new revision. Made by one file of this folder each. */
export interface Source {
  readonly type: SourceType
  /** A few words for messages, such as `image ghcr.io/acme/agent:1`. */
  readonly label: string
  readonly sent: SentRevision
  /** What the inputs say that becomes part of outputs, of ours or of other steps, and so must not be masked. */
  readonly publicTexts?: readonly (string | undefined)[]
  /** The commit that a new revision is to be built from, where it is known. */
  readonly commit?: string | undefined
  /** Whether each of its revisions names its source, as those of the official clients do. */
  readonly namesRevisionSource?: boolean
  /** What can be done before anything is read or written, such as packing an archive. */
  prepare?(context: UploadContext): Promise<void>
  /**
   * Brings the code to the server; from then on `sent` and `settings` refer to it. A source that has this begins empty:
   * its create makes no revision, and the first one takes a patch after the upload.
   */
  upload?(context: UploadContext, deployment: Pick<Deployment, 'id' | 'name'>): Promise<void>
  /**
   * The fields that only a create takes; what the user left open is looked up here.
   * @throws {RefusalError} when there is nothing to choose, or more than one
   */
  fixedSettings(client: ControlPlaneClient, controlPlane: ControlPlane): Promise<readonly FixedSetting[]>
  /** @throws {RefusalError} when the deployment cannot become what is wanted, since the field is fixed at create */
  checkFixed(deployment: Deployment): void
  /** The fields that can change later too. */
  settings(deployment: Deployment | undefined): readonly Setting[]
  /** What follows a create that begins empty, in a change of its own; the plan of the create shows it. */
  readonly afterCreate?: readonly FixedSetting[]
  /** The field of a revision whose value is known after the upload only, and then tells nobody more. */
  readonly lateField?: string
  /** Whether this revision was made from exactly the code that is wanted: the same digest, or the run's own commit. */
  isServedBy(revision: Revision): boolean
}

/** The deployment or revision says something else, and it says something. */
export function differs(actual: string | null | undefined, wanted: string | undefined): actual is string {
  return Boolean(actual) && Boolean(wanted) && actual !== wanted
}

/** A setting of built sources that is only sent where the user wrote it. */
export function optional(
  field: string,
  wanted: string | undefined,
  current: string | null | undefined
): readonly Setting[] {
  if (wanted === undefined) return []
  return [{ section: 'source_config', field, wanted, current: current ?? null, effect: 'revision' }]
}
