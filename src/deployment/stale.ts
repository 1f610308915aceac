import type { Deployment, Revision } from '../control-plane/resources.ts'
import { commitOf, hasEnded } from './revision.ts'
import { kindOf } from './sources/kinds.ts'

/**
 * The commit that the tag of an image holds, in 7 to 40 hex digits that form a word, or in the 64 of a repository with
 * SHA-256, such as in `sha-1a2b3c4` or `main-1a2b3c4`; the longest, where there are several.
 */
export function commitOfImage(image: string | null | undefined): string | undefined {
  const [reference = ''] = (image ?? '').split('@')
  // A colon before the last slash belongs to the port of the registry.
  const tag = /:([\w.-]+)$/.exec(reference)?.[1] ?? ''
  // Digits and nothing else are a date or the number of a build.
  if (/^\d+$/.test(tag)) return undefined
  // Behind `sha256-` is the digest of an image that a signature belongs to.
  const candidates = tag.match(/(?<![0-9A-Za-z]|sha256-)([0-9a-fA-F]{7,40}|[0-9a-fA-F]{64})(?![0-9A-Za-z])/g) ?? []
  return [...candidates].sort((left, right) => right.length - left.length)[0]?.toLowerCase()
}

/** The newest revision that serves or may come to serve; those that failed, were skipped or stopped never will. */
export function newestAlive(revisions: readonly Revision[]): Revision | undefined {
  return revisions.find(({ status }) => status === 'DEPLOYED' || !hasEnded(status))
}

/** The commit of a revision, as far as LangSmith or the tag of its image tells it. */
export function toldCommit(deployment: Deployment, revision: Revision): string | undefined {
  // A revision can have another source than its deployment.
  const { code } = kindOf(revision.source ?? deployment.source)
  return code === 'image' ? commitOfImage(revision.source_revision_config.image_uri) : commitOf(revision)
}
