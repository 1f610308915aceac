import type { Deployment, Revision } from '../control-plane/resources.ts'
import { inWords } from '../run/duration.ts'
import type { SentRevision } from '../run/intent.ts'
import { mayBeSameImage } from './image.ts'
import { splitReference } from './image-reference.ts'
import { kindOf } from './sources/kinds.ts'
import { NO_CODE } from './sources/source.ts'

/** Returns the commit that a revision was built from, if the API reports it. */
export function commitOf({
  source_revision_config: config
}: Pick<Revision, 'source_revision_config'>): string | undefined {
  if (config.repo_commit_sha) return config.repo_commit_sha
  // Real servers put the resolved commit into `repo_ref`.
  return isCommit(config.repo_ref) ? config.repo_ref : undefined
}

const ENDED_STATUSES = new Set(['DEPLOYED', 'CREATE_FAILED', 'BUILD_FAILED', 'DEPLOY_FAILED', 'SKIPPED', 'INTERRUPTED'])

/** True if a revision with this status has ended, so it can no longer be interrupted. */
export function hasEnded(status: string): boolean {
  return ENDED_STATUSES.has(status)
}

/** Returns the revisions in progress, oldest first: the first one delays the others. @param revisions newest first */
export function queueOf(revisions: readonly Revision[]): readonly Revision[] {
  return revisions.filter(({ status }) => !hasEnded(status)).reverse()
}

/**
 * Returns the age of a revision in words; `undefined` if the API does not report its time of creation.
 *
 * @param now in milliseconds since the epoch
 */
export function timeUnderWay({ created_at }: Pick<Revision, 'created_at'>, now: number): string | undefined {
  const ms = now - Date.parse(created_at ?? '')
  return ms >= 0 ? inWords(ms) : undefined
}

/** True if a text is a full commit SHA: 40 hex digits, or 64 in a repository with SHA-256. */
export function isCommit(text: string | null | undefined): text is string {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(text ?? '')
}

/** True if a status is one word of the API's form, whether its meaning is known or not. */
export function isStatusWord(status: string): boolean {
  return /^[A-Z][A-Z_]{0,63}$/.test(status)
}

/** True if a ref is the full ref of a tag. A branch is given by its bare name. */
export function isTag(ref: string): boolean {
  return ref.startsWith('refs/tags/')
}

/** True if two commits are the same. One of them may be shortened. */
export function isSameCommit(left: string, right: string): boolean {
  const [short, long] = left.length < right.length ? [left, right] : [right, left]
  return long.toLowerCase().startsWith(short.toLowerCase())
}

/**
 * True if two paths can refer to the same configuration file. The root of an archive can be any folder of a repository,
 * so one of the paths may omit leading folders.
 */
export function isSameConfigPath(left: string, right: string): boolean {
  const [longer, shorter] = left.length >= right.length ? [left, right] : [right, left]
  return longer === shorter || longer.endsWith(`/${shorter}`)
}

/**
 * True if a revision can be the result of what was sent. Any revision in the list can come from another run, so each
 * candidate is checked. Two known values that differ never match.
 */
export function agrees(
  sent: SentRevision,
  revision: Pick<Revision, 'id' | 'source_revision_config'>,
  deployment: Pick<Deployment, 'source_config' | 'latest_revision_id'>
): boolean {
  const actual = revision.source_revision_config
  if (sent.image_uri !== null) return actual.image_uri !== null && mayBeSameImage(actual.image_uri, sent.image_uri)
  if (sent.source_tarball_path !== null && actual.source_tarball_path !== sent.source_tarball_path) return false
  // A deployment from GitHub can also have a revision from an archive.
  if (sent.source_tarball_path === null && sent.repo_ref !== null && actual.source_tarball_path !== null) return false
  // A path that the server omits counts as equal.
  const path = actual.langgraph_config_path ?? sent.langgraph_config_path
  if (sent.langgraph_config_path !== null && path !== sent.langgraph_config_path) return false
  const commit = commitOf(revision)
  if (sent.repo_commit_sha && commit && !isSameCommit(commit, sent.repo_commit_sha)) return false
  if (sent.repo_ref === null) return true
  if (isCommit(sent.repo_ref)) {
    return actual.repo_ref === sent.repo_ref || commit === undefined || isSameCommit(commit, sent.repo_ref)
  }
  if (actual.repo_ref !== null && !isCommit(actual.repo_ref)) return sameRef(actual.repo_ref, sent.repo_ref)
  // The revision has a commit or no ref. The branch of the deployment is reliable only for its latest revision.
  const branch = deployment.source_config.repo_branch
  const isLatest = revision.id === deployment.latest_revision_id
  if (branch !== null && sameRef(branch, sent.repo_ref)) return true
  return actual.repo_ref !== null && (branch === null || !isLatest || isTag(sent.repo_ref))
}

function sameRef(left: string, right: string): boolean {
  const bare = (ref: string) => ref.replace(/^refs\/heads\//, '')
  return bare(left) === bare(right)
}

/** Returns the fields that a redeploy of a revision sends, which are those of the same code. */
export function sentAgain(revision: Revision): SentRevision {
  const { source, source_revision_config: config } = revision
  if (kindOf(source).code === 'image') return { ...NO_CODE, image_uri: config.image_uri, repo_commit_sha: null }
  // A built revision also names its image, but a redeploy may build another one.
  return { ...config, image_uri: null, repo_commit_sha: commitOf(revision) ?? null }
}

/**
 * Returns the commit in the tag of an image, such as `sha-1a2b3c4` or `main-1a2b3c4`: a separate word of 7 to 40 hex
 * digits, or of 64 in a repository with SHA-256. If there are several, returns the longest one.
 */
export function commitOfImage(image: string | null | undefined): string | undefined {
  const { tag = '' } = splitReference(image ?? '')
  // A tag of digits only is a date or a build number.
  if (/^\d+$/.test(tag)) return undefined
  // In the tag of a signature, `sha256-` precedes the digest of the signed image.
  const candidates = tag.match(/(?<![0-9A-Za-z]|sha256-)([0-9a-fA-F]{7,40}|[0-9a-fA-F]{64})(?![0-9A-Za-z])/g) ?? []
  return [...candidates].sort((left, right) => right.length - left.length)[0]?.toLowerCase()
}

/** Returns the newest revision that is deployed or in progress. All others failed, or were skipped or interrupted. */
export function newestAlive(revisions: readonly Revision[]): Revision | undefined {
  return revisions.find(({ status }) => status === 'DEPLOYED' || !hasEnded(status))
}

/** Returns the commit of a revision, if LangSmith reports it or the tag of its image contains it. */
export function knownCommit(deployment: Deployment, revision: Revision): string | undefined {
  // A revision can have another source than its deployment.
  const { code } = kindOf(revision.source ?? deployment.source)
  return code === 'image' ? commitOfImage(revision.source_revision_config.image_uri) : commitOf(revision)
}
