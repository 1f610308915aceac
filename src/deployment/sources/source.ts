import type { ControlPlaneClient } from '../../control-plane/client.ts'
import type { Deployment, Revision } from '../../control-plane/resources.ts'
import type { ControlPlane } from '../../run/destination.ts'
import type { SentRevision } from '../../run/intent.ts'
import type { Limits } from '../../run/limits.ts'
import type { Json } from '../../run/object.ts'
import type { SourceType } from './kinds.ts'

/** One field of a request, with its wanted and current values. */
export interface Setting {
  /** Section of the body. `deployment` is its top level. */
  readonly section: 'source_config' | 'source_revision_config' | 'deployment'
  readonly field: string
  readonly wanted: Json
  /** Value in LangSmith; `null` when there is no value, or no deployment yet. */
  readonly current: Json
  /** Values that the plan shows instead. */
  readonly shown?: { readonly wanted: Json; readonly current: Json }
  /** `place`: changes in place. `revision`: a change creates a revision. `always`: sent with every revision. */
  readonly effect: 'place' | 'revision' | 'always'
}

/** A field of a create request, with its value. */
export interface FixedSetting {
  readonly field: string
  readonly wanted: Json
  /** Value that the plan shows if the API uses another word than the user. */
  readonly shown?: Json
}

/** The code fields of a revision, all unset. */
export const NO_CODE: SentRevision = {
  repo_ref: null,
  langgraph_config_path: null,
  image_uri: null,
  source_tarball_path: null
}

/** Dependencies of `prepare` and `upload`. */
export interface UploadContext {
  readonly client: ControlPlaneClient
  readonly limits: Limits
  /** `note` writes a line of the log, `remark` a notice on the page of the run, `warn` a warning on that page. */
  readonly progress: { note(text: string): void; remark(text: string): void; warn(text: string): void }
}

/** Default path of the LangGraph configuration, as in the official tools. */
export const DEFAULT_CONFIG_PATH = 'langgraph.json'

/** One kind of source: the fields that it sends at create and with a new revision. Each has one file in this folder. */
export interface Source {
  readonly type: SourceType
  /** A few words for messages, such as `image ghcr.io/acme/agent:1`. */
  readonly label: string
  readonly sent: SentRevision
  /** Texts of inputs that appear in outputs of this action or other steps, and so must not be masked. */
  readonly publicTexts?: readonly (string | undefined)[]
  /** The commit to build a new revision from, if known. */
  readonly commit?: string | undefined
  /** True if each of its revisions names its source, as with the official clients. */
  readonly namesRevisionSource?: boolean
  /** Does the work before the first request to the control plane, such as packing an archive. */
  prepare?(context: UploadContext): Promise<void>
  /**
   * Sends the code to the server. Then `sent` and `settings` refer to it. A source with this method starts empty: its
   * create makes no revision, and a patch after the upload creates the first one.
   */
  upload?(context: UploadContext, deployment: Pick<Deployment, 'id' | 'name'>): Promise<void>
  /**
   * Returns the fields that only a create accepts. Looks up the values that the user omitted.
   * @throws {RefusalError} when no value matches, or several values do
   */
  fixedSettings(client: ControlPlaneClient, controlPlane: ControlPlane): Promise<readonly FixedSetting[]>
  /** @throws {RefusalError} when the inputs differ from the deployment in a field that cannot change after creation */
  checkFixed(deployment: Deployment): void
  /** Returns the fields that can change after creation. */
  settings(deployment: Deployment | undefined): readonly Setting[]
  /** Fields that a separate change sets after an empty create. The plan of the create shows them. */
  readonly afterCreate?: readonly FixedSetting[]
  /**
   * Field of a revision that is set only after the upload. A plan that differs only in this field is not shown again.
   */
  readonly lateField?: string
  /** True if a revision has exactly the wanted code: the same digest, or the commit of the run. */
  isServedBy(revision: Revision): boolean
}

/** True if both values are set and differ. */
export function differs(actual: string | null | undefined, wanted: string | undefined): actual is string {
  return Boolean(actual) && Boolean(wanted) && actual !== wanted
}

/** Returns a setting of built sources that is sent only if the user sets it. */
export function optional(
  field: string,
  wanted: string | undefined,
  current: string | null | undefined
): readonly Setting[] {
  if (wanted === undefined) return []
  return [{ section: 'source_config', field, wanted, current: current ?? null, effect: 'revision' }]
}
