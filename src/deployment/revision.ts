import type { Deployment, Revision } from '../control-plane/resources.ts'
import { mayBeSameImage } from './image.ts'
import { kindOf } from './sources/kinds.ts'
import type { SentRevision } from './sources/source.ts'

/** The commit that a revision was built from, as far as the API says it. */
export function commitOf({
  source_revision_config: config
}: Pick<Revision, 'source_revision_config'>): string | undefined {
  if (config.repo_commit_sha) return config.repo_commit_sha
  // Real servers have been seen to put the resolved commit into `repo_ref`.
  return isCommit(config.repo_ref) ? config.repo_ref : undefined
}

const ENDED = new Set(['DEPLOYED', 'CREATE_FAILED', 'BUILD_FAILED', 'DEPLOY_FAILED', 'SKIPPED', 'INTERRUPTED'])

/** Whether there is nothing left to interrupt. */
export function hasEnded(status: string): boolean {
  return ENDED.has(status)
}

/** Whether a text is a full commit: 40 hex digits, or 64 in a repository with SHA-256. */
export function isCommit(text: string | null | undefined): text is string {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(text ?? '')
}

/** Whether two commits are one, where one of them may be shortened. */
export function isSameCommit(left: string, right: string): boolean {
  const [short, long] = left.length < right.length ? [left, right] : [right, left]
  return long.toLowerCase().startsWith(short.toLowerCase())
}

/**
 * Whether a revision can have come of what was sent. The newest revision in the list can be anybody's, so this is
 * asked of every one that might be ours. Two values that are both known and differ never agree.
 */
export function agrees(
  sent: SentRevision,
  revision: Pick<Revision, 'id' | 'source_revision_config'>,
  deployment: Pick<Deployment, 'source_config' | 'latest_revision_id'>
): boolean {
  const actual = revision.source_revision_config
  if (sent.image_uri !== null) return actual.image_uri !== null && mayBeSameImage(actual.image_uri, sent.image_uri)
  if (sent.source_tarball_path !== null && actual.source_tarball_path !== sent.source_tarball_path) return false
  // A deployment from GitHub can get a revision of an archive too.
  if (sent.source_tarball_path === null && sent.repo_ref !== null && actual.source_tarball_path !== null) return false
  if (sent.langgraph_config_path !== null && differ(actual.langgraph_config_path, sent.langgraph_config_path))
    return false
  const commit = commitOf(revision)
  if (sent.repo_commit_sha && commit && !isSameCommit(commit, sent.repo_commit_sha)) return false
  if (sent.repo_ref === null) return true
  const isTag = sent.repo_ref.startsWith('refs/tags/')
  if (isCommit(sent.repo_ref)) {
    return actual.repo_ref === sent.repo_ref || commit === undefined || isSameCommit(commit, sent.repo_ref)
  }
  if (actual.repo_ref !== null && !isCommit(actual.repo_ref)) return sameRef(actual.repo_ref, sent.repo_ref)
  // Only a commit is told, or nothing. The deployment names the branch, but only that of its latest revision is certain.
  const branch = deployment.source_config.repo_branch
  const isLatest = revision.id === deployment.latest_revision_id
  if (branch !== null && sameRef(branch, sent.repo_ref)) return true
  return actual.repo_ref !== null && (branch === null || !isLatest || isTag)
}

function sameRef(left: string, right: string): boolean {
  const bare = (ref: string) => ref.replace(/^refs\/heads\//, '')
  return bare(left) === bare(right)
}

/** What a redeployed revision will look like: the same code as the given one. */
export function sentAgain(revision: Revision): SentRevision {
  const { source, source_revision_config: config } = revision
  const isImage = kindOf(source).code === 'image'
  return {
    repo_ref: isImage ? null : config.repo_ref,
    langgraph_config_path: isImage ? null : config.langgraph_config_path,
    // Built sources carry the image that was built; a redeploy may build it again.
    image_uri: isImage ? config.image_uri : null,
    source_tarball_path: isImage ? null : config.source_tarball_path,
    repo_commit_sha: isImage ? null : (commitOf(revision) ?? null)
  }
}

/** What a server does not tell is no difference. */
function differ(actual: string | null, sent: string): boolean {
  return actual !== null && actual !== sent
}
