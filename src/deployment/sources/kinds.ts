import type { LogKind } from '../../run/record.ts'

/** What holds of every deployment and revision of one source, whatever its inputs are. */
export interface SourceKind {
  /** What a revision is made from: a branch or tag that LangSmith fetches, an archive that is uploaded, or an image that was built before. */
  readonly code: 'repository' | 'archive' | 'image' | 'unknown'
  /**
   * Whether it runs on the servers of LangSmith Cloud and nowhere else. A deployment of such a source takes a revision of
   * another one, which the revision then names. Source: `revision_source` of the published PATCH schema.
   */
  readonly isCloudOnly: boolean
  /** The logs that a revision has, in their order. */
  readonly logs: readonly LogKind[]
}

/** One row for each source that the API knows. */
const KINDS = {
  github: { code: 'repository', isCloudOnly: true, logs: ['build', 'deploy'] },
  external_docker: { code: 'image', isCloudOnly: false, logs: ['deploy'] },
  internal_source: { code: 'archive', isCloudOnly: true, logs: ['build', 'deploy'] },
  internal_docker: { code: 'image', isCloudOnly: true, logs: ['build', 'deploy'] }
} as const satisfies Readonly<Record<string, SourceKind>>

/** The sources that this action deploys. The compiler names the tables that lack one of them. */
export const SOURCE_TYPES = [
  'github',
  'external_docker',
  'internal_source',
  'internal_docker'
] as const satisfies (keyof typeof KINDS)[]

/** A source that this action deploys, as the API spells it. */
export type SourceType = (typeof SOURCE_TYPES)[number]

/** The source types that are made from one kind of code. */
export type TypeMadeFrom<C extends SourceKind['code']> = {
  [T in SourceType]: (typeof KINDS)[T]['code'] extends C ? T : never
}[SourceType]

const UNKNOWN: SourceKind = { code: 'unknown', isCloudOnly: false, logs: ['build', 'deploy'] }

/** The row of a source, in the words of a server; of one that is newer than this action, or not told, nothing is assumed. */
export function kindOf(source: string | null | undefined): SourceKind {
  return source && Object.hasOwn(KINDS, source) ? KINDS[source as keyof typeof KINDS] : UNKNOWN
}
