import type { LogKind } from '../../run/record.ts'

/** Properties of all deployments and revisions with the same source. */
export interface SourceKind {
  /** Form of the code: a branch or tag that LangSmith fetches, an archive that is uploaded, or an existing image. */
  readonly code: 'repository' | 'archive' | 'image' | 'unknown'
  /**
   * True if it runs only on LangSmith Cloud. A deployment of such a source accepts a revision of another such source,
   * and the revision then names its source. Source: `revision_source` of the published PATCH schema.
   */
  readonly isCloudOnly: boolean
  /** Logs of a revision, in order. */
  readonly logs: readonly LogKind[]
}

/** One entry for each source of the API. */
const KINDS = {
  github: { code: 'repository', isCloudOnly: true, logs: ['build', 'deploy'] },
  external_docker: { code: 'image', isCloudOnly: false, logs: ['deploy'] },
  internal_source: { code: 'archive', isCloudOnly: true, logs: ['build', 'deploy'] },
  internal_docker: { code: 'image', isCloudOnly: true, logs: ['build', 'deploy'] }
} as const satisfies Readonly<Record<string, SourceKind>>

/** The sources that this action deploys. A table that omits one of them does not compile. */
export const SOURCE_TYPES = [
  'github',
  'external_docker',
  'internal_source',
  'internal_docker'
] as const satisfies (keyof typeof KINDS)[]

/** A source that this action deploys, as the API spells it. */
export type SourceType = (typeof SOURCE_TYPES)[number]

/** The sources with one kind of code. */
export type TypeMadeFrom<C extends SourceKind['code']> = {
  [T in SourceType]: (typeof KINDS)[T]['code'] extends C ? T : never
}[SourceType]

const UNKNOWN: SourceKind = { code: 'unknown', isCloudOnly: false, logs: ['build', 'deploy'] }

/** Returns the properties of a source by its name in the API. Assumes nothing of an unknown or missing source. */
export function kindOf(source: string | null | undefined): SourceKind {
  return source && Object.hasOwn(KINDS, source) ? KINDS[source as keyof typeof KINDS] : UNKNOWN
}
