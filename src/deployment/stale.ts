import type { Deployment, Revision } from '../control-plane/resources.ts'
import { commitOf, hasEnded } from './revision.ts'
import { kindOf } from './sources/kinds.ts'

/**
 * The commit in the tag of an image, such as in `sha-1a2b3c4` or `main-1a2b3c4`: 7 to 40 hex digits that form a word,
 * or 64 in a repository with SHA-256. Of several, the longest.
 */
export function commitOfImage(image: string | null | undefined): string | undefined {
  const [reference = ''] = (image ?? '').split('@')
  // A colon before the last slash belongs to the port of the registry.
  const tag = /:([\w.-]+)$/.exec(reference)?.[1] ?? ''
  // A tag of digits only is a date or a build number.
  if (/^\d+$/.test(tag)) return undefined
  // After `sha256-` comes the digest of the image that a signature belongs to.
  const candidates = tag.match(/(?<![0-9A-Za-z]|sha256-)([0-9a-fA-F]{7,40}|[0-9a-fA-F]{64})(?![0-9A-Za-z])/g) ?? []
  return [...candidates].sort((left, right) => right.length - left.length)[0]?.toLowerCase()
}

/** The newest revision that serves or may serve later; one that failed, was skipped or was stopped never will. */
export function newestAlive(revisions: readonly Revision[]): Revision | undefined {
  return revisions.find(({ status }) => status === 'DEPLOYED' || !hasEnded(status))
}

/** The commit of a revision, when LangSmith or the tag of its image tells it. */
export function knownCommit(deployment: Deployment, revision: Revision): string | undefined {
  // A revision can have another source than its deployment.
  const { code } = kindOf(revision.source ?? deployment.source)
  return code === 'image' ? commitOfImage(revision.source_revision_config.image_uri) : commitOf(revision)
}
