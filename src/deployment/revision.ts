import type { Deployment, Revision } from '../control-plane/resources.ts'
import { inWords } from '../run/duration.ts'
import type { SentRevision } from '../run/intent.ts'
import { mayBeSameImage } from './image.ts'
import { splitReference } from './image-reference.ts'
import { kindOf } from './sources/kinds.ts'
import { NO_CODE } from './sources/source.ts'

/** The commit that a revision was built from, when the API tells it. */
export function commitOf({
  source_revision_config: config
}: Pick<Revision, 'source_revision_config'>): string | undefined {
  if (config.repo_commit_sha) return config.repo_commit_sha
  // Real servers put the resolved commit into `repo_ref`.
  return isCommit(config.repo_ref) ? config.repo_ref : undefined
}

const ENDED_STATUSES = new Set(['DEPLOYED', 'CREATE_FAILED', 'BUILD_FAILED', 'DEPLOY_FAILED', 'SKIPPED', 'INTERRUPTED'])

/** Whether a revision with this status has ended, so that it cannot be interrupted. */
export function hasEnded(status: string): boolean {
  return ENDED_STATUSES.has(status)
}

/** Of a list, newest first, the revisions that are under way, oldest first: the first of them holds up the others. */
export function queueOf(revisions: readonly Revision[]): readonly Revision[] {
  return revisions.filter(({ status }) => !hasEnded(status)).reverse()
}

/**
 * How long ago a revision was made, in words; nothing where that is not told.
 *
 * @param now in milliseconds since the epoch
 */
export function timeUnderWay({ created_at }: Pick<Revision, 'created_at'>, now: number): string | undefined {
  const ms = now - Date.parse(created_at ?? '')
  return ms >= 0 ? inWords(ms) : undefined
}

/** Whether a text is a full commit: 40 hex digits, or 64 in a repository with SHA-256. */
export function isCommit(text: string | null | undefined): text is string {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(text ?? '')
}

/** Whether a ref is that of a tag, in full; a branch goes by its bare name. */
export function isTag(ref: string): boolean {
  return ref.startsWith('refs/tags/')
}

/** Whether two commits are the same; one of them may be shortened. */
export function isSameCommit(left: string, right: string): boolean {
  const [short, long] = left.length < right.length ? [left, right] : [right, left]
  return long.toLowerCase().startsWith(short.toLowerCase())
}

/**
 * Whether two paths can be those of one configuration file. The root of an archive can be any folder of a repository,
 * so one of the paths may lack folders at its start.
 */
export function isSameConfigPath(left: string, right: string): boolean {
  const [longer, shorter] = left.length >= right.length ? [left, right] : [right, left]
  return longer === shorter || longer.endsWith(`/${shorter}`)
}

/**
 * Whether a revision can be the result of what was sent. Any revision of the list can be somebody else's, so each
 * candidate is checked. Two known values that differ never agree.
 */
export function agrees(
  sent: SentRevision,
  revision: Pick<Revision, 'id' | 'source_revision_config'>,
  deployment: Pick<Deployment, 'source_config' | 'latest_revision_id'>
): boolean {
  const actual = revision.source_revision_config
  if (sent.image_uri !== null) return actual.image_uri !== null && mayBeSameImage(actual.image_uri, sent.image_uri)
  if (sent.source_tarball_path !== null && actual.source_tarball_path !== sent.source_tarball_path) return false
  // A deployment from GitHub can have a revision of an archive too.
  if (sent.source_tarball_path === null && sent.repo_ref !== null && actual.source_tarball_path !== null) return false
  // A path that the server does not tell does not differ.
  const path = actual.langgraph_config_path ?? sent.langgraph_config_path
  if (sent.langgraph_config_path !== null && path !== sent.langgraph_config_path) return false
  const commit = commitOf(revision)
  if (sent.repo_commit_sha && commit && !isSameCommit(commit, sent.repo_commit_sha)) return false
  if (sent.repo_ref === null) return true
  if (isCommit(sent.repo_ref)) {
    return actual.repo_ref === sent.repo_ref || commit === undefined || isSameCommit(commit, sent.repo_ref)
  }
  if (actual.repo_ref !== null && !isCommit(actual.repo_ref)) return sameRef(actual.repo_ref, sent.repo_ref)
  // The revision names a commit or nothing. The deployment names a branch, but surely only that of its latest revision.
  const branch = deployment.source_config.repo_branch
  const isLatest = revision.id === deployment.latest_revision_id
  if (branch !== null && sameRef(branch, sent.repo_ref)) return true
  return actual.repo_ref !== null && (branch === null || !isLatest || isTag(sent.repo_ref))
}

function sameRef(left: string, right: string): boolean {
  const bare = (ref: string) => ref.replace(/^refs\/heads\//, '')
  return bare(left) === bare(right)
}

/** What a redeploy of the given revision sends: the same code. */
export function sentAgain(revision: Revision): SentRevision {
  const { source, source_revision_config: config } = revision
  if (kindOf(source).code === 'image') return { ...NO_CODE, image_uri: config.image_uri, repo_commit_sha: null }
  // A built revision also names the image that was built; a redeploy may build another one.
  return { ...config, image_uri: null, repo_commit_sha: commitOf(revision) ?? null }
}

/**
 * The commit in the tag of an image, such as in `sha-1a2b3c4` or `main-1a2b3c4`: 7 to 40 hex digits that form a word,
 * or 64 in a repository with SHA-256. Of several, the longest.
 */
export function commitOfImage(image: string | null | undefined): string | undefined {
  const { tag = '' } = splitReference(image ?? '')
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
