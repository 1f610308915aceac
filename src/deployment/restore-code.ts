import type { Deployment, Revision } from '../control-plane/resources.ts'
import { kindOf } from './sources/kinds.ts'

/** A value that this run changed and that cannot be put back. */
export interface Leftover {
  /** Such as `environment variable OPENAI_API_KEY` or `resource_spec.cpu`. */
  readonly name: string
  /** Why not, as the end of a sentence. */
  readonly why: string
}

/** What becomes of the values that this run changed. Values that are as they were before are in none of the lists. */
export interface RestoredValues {
  /** Names of the values that are put back. */
  readonly back: readonly string[]
  readonly leftovers: readonly Leftover[]
  /** Names of the values that somebody else has changed since; they stay as they are. */
  readonly others: readonly string[]
}

/** The fields that make a new revision from the code of an older one, or why there are none. */
export type RevisionCode =
  | {
      readonly kind: 'known'
      readonly config: Readonly<Record<string, string>>
      readonly revisionSource: string | undefined
    }
  | { readonly kind: 'unknown'; readonly why: string }

/** The code of a revision of this deployment. */
export function codeOfRevision(
  { id, source, source_revision_config: config }: Revision,
  deployment: Deployment
): RevisionCode {
  const actual = source ?? deployment.source
  const { code, isCloudOnly } = kindOf(actual)
  const { image_uri, source_tarball_path, langgraph_config_path } = config
  if (code === 'image' && image_uri) {
    return { kind: 'known', config: { image_uri }, revisionSource: isCloudOnly ? actual : undefined }
  }
  if (code === 'archive' && source_tarball_path) {
    const path = langgraph_config_path ? { langgraph_config_path } : {}
    return { kind: 'known', config: { source_tarball_path, ...path }, revisionSource: actual }
  }
  return { kind: 'unknown', why: code === 'repository' ? WOULD_BUILD_HEAD : `the code of revision ${id} is not known` }
}

const WOULD_BUILD_HEAD =
  'putting them back would build the head of the branch again; the revision that serves now uses the new values'
