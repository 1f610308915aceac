import type { Deployment, Revision } from '../control-plane/resources.ts'
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

/** Whether a text is a full commit: 40 hex digits. */
export function isCommit(text: string | null | undefined): text is string {
  return /^[0-9a-f]{40}$/i.test(text ?? '')
}

/**
 * Whether a revision can have come of what was sent. The newest revision in the list can be anybody's, so this is
 * asked of every one that might be ours.
 */
export function agrees(
  sent: SentRevision,
  revision: Pick<Revision, 'source_revision_config'>,
  deployment: Pick<Deployment, 'source_config'>
): boolean {
  const actual = revision.source_revision_config
  if (sent.image_uri !== null) return actual.image_uri === sent.image_uri
  if (sent.source_tarball_path !== null && actual.source_tarball_path !== sent.source_tarball_path) return false
  if (sent.langgraph_config_path !== null && differ(actual.langgraph_config_path, sent.langgraph_config_path))
    return false
  if (sent.repo_ref === null) return true
  return (
    actual.repo_ref === sent.repo_ref ||
    deployment.source_config.repo_branch === sent.repo_ref ||
    // A ref is told as the commit that it was resolved to, on some servers and from some moment on.
    isCommit(actual.repo_ref) ||
    isCommit(sent.repo_ref)
  )
}

/** What a redeployed revision will look like: the same code as the given one. */
export function sentAgain({ source, source_revision_config: config }: Revision): SentRevision {
  const isImage = source === 'external_docker' || source === 'internal_docker'
  return {
    repo_ref: isImage ? null : config.repo_ref,
    langgraph_config_path: isImage ? null : config.langgraph_config_path,
    // Built sources carry the image that was built; a redeploy may build it again.
    image_uri: isImage ? config.image_uri : null,
    source_tarball_path: isImage ? null : config.source_tarball_path
  }
}

/** What a server does not tell is no difference. */
function differ(actual: string | null, sent: string): boolean {
  return actual !== null && actual !== sent
}
