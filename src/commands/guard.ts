import type { Deployment, Revision } from '../control-plane/resources.ts'
import type { CurrentState } from '../deployment/attempt.ts'
import { isSameCommit } from '../deployment/revision.ts'
import { sameRepository } from '../deployment/sources/github.ts'
import { isMadeFrom } from '../deployment/sources/index.ts'
import { commitOfImage, newestAlive, toldCommit } from '../deployment/stale.ts'
import type { Verdict } from '../deployment/verdict.ts'
import { compareCommits, isAhead } from '../github/commits.ts'
import { commitOfRevision } from '../github/deployments.ts'
import type { DeployConfig } from '../inputs.ts'
import type { CommandContext } from './context.ts'
import { followOther } from './follow.ts'

/** A revision that holds a newer commit than the one that this run would deploy. */
interface Newer {
  readonly deployment: Deployment
  readonly revision: Revision
  readonly reason: string
}

/** What this run would deploy is older than what stands there. */
export class OlderError extends Error {
  override readonly name = 'OlderError'
  readonly newer: Newer
  constructor(newer: Newer) {
    super(newer.reason)
    this.newer = newer
  }
}

/**
 * A guard for one run, asked before each plan of a write: between the first and the last there can be an upload. A revision
 * that was compared with ours is not compared again.
 *
 * @returns a function that throws OlderError
 */
export function createGuard(context: CommandContext, config: DeployConfig): (current: CurrentState) => Promise<void> {
  const seen = new Set<string>()
  const said = new Set<string>()
  const once = { ...context, progress: { ...context.progress, note: noteOnce } }
  function noteOnce(text: string): void {
    if (!said.has(text)) context.progress.note(text)
    said.add(text)
  }
  return async (current) => {
    const revision = newestAlive(current.revisions)
    if (!revision || seen.has(revision.id)) return
    const newer = await findNewer(once, config, current.deployment, revision, () => seen.add(revision.id))
    if (newer) throw new OlderError(newer)
  }
}

/**
 * Keeps an older run from going over a newer one: looks whether what serves, or is about to, comes from a commit that is
 * strictly ahead of ours. A branch of a `github` deployment is built at its head, so there it cannot happen.
 *
 * @returns nothing when there is no such revision, or it cannot be told; that is said then
 */
async function findNewer(
  context: CommandContext,
  config: DeployConfig,
  deployment: Deployment | undefined,
  revision: Revision,
  onCompared: () => void
): Promise<Newer | undefined> {
  const { github, progress } = context
  const ours = config.allowDowngrade ? undefined : commitToDeploy(config)
  if (!deployment || !ours || !github) return undefined

  const theirs = toldCommit(deployment, revision) ?? (await recordedCommit(context, config, revision))
  if (!theirs) return undefined
  if (isSameCommit(ours, theirs)) {
    onCompared()
    return undefined
  }
  const comparison = await compareCommits(
    github,
    ours,
    theirs,
    `It could not be told whether revision ${revision.id} (commit ${theirs}) is newer than this run; it goes on`
  )
  if (comparison === 'unknown') {
    progress.note(`GitHub does not know ${ours} or ${theirs}, so it cannot be told which of the two is newer.`)
  }
  if (comparison && comparison !== 'unknown') onCompared()
  if (!isAhead(comparison)) return undefined
  const doing = revision.status === 'DEPLOYED' ? 'was deployed' : `is under way (${revision.status})`
  return {
    deployment,
    revision,
    reason: `Nothing was deployed: revision ${revision.id} of commit ${theirs} ${doing}, and it is ahead of ${ours} of this run by ${commits(comparison.ahead)}. Write \`allow-downgrade: true\` to deploy an older commit on purpose.`
  }
}

/** The verdict of a run that came too late, by the user's wish for such runs. */
export async function yieldTo(context: CommandContext, config: DeployConfig, { newer }: OlderError): Promise<Verdict> {
  const { deployment, revision, reason } = newer
  context.progress.revision(revision, false)
  if (config.dryRun) return { status: 'planned', reason: `This run would be superseded. ${reason}` }
  if (config.onSuperseded !== 'follow' || !config.wait) {
    return { status: 'superseded', reason, passes: config.onSuperseded !== 'fail' }
  }
  context.progress.warn(`${reason} Following that revision.`)
  return followOther(context, config, deployment, revision)
}

/** A commit, or a tag that GitHub can resolve to one; nothing where what is built is no fixed commit. */
function commitToDeploy({ source, trigger }: DeployConfig): string | undefined {
  if (isMadeFrom('image', source)) return commitOfImage(source.imageUri)
  if (isMadeFrom('archive', source)) return trigger.commit
  const [, tag] = /^refs\/tags\/(.+)$/.exec(source.repoRef) ?? []
  const isOwn = sameRepository(source.repoUrl, trigger.repositoryUrl)
  return tag && isOwn ? (source.runCommit ?? tag) : undefined
}

/** LangSmith keeps no commit of an uploaded archive; where GitHub deployments are written, they tell it. */
async function recordedCommit(
  { github, feedback, progress }: CommandContext,
  { source, environment }: DeployConfig,
  { id }: Revision
): Promise<string | undefined> {
  if (!github || !environment || !isMadeFrom('archive', source)) return undefined
  const commit = await commitOfRevision(
    github,
    environment,
    feedback.mark(),
    id,
    `It could not be looked up from which commit revision ${id} was deployed, so it cannot be told whether that is newer`
  )
  if (commit === 'unknown') {
    progress.note(
      `No GitHub deployment says from which commit revision ${id} was deployed; it may be newer than this run.`
    )
  }
  return commit === 'unknown' ? undefined : commit
}

/** A number of commits in words. */
export function commits(count: number): string {
  return count === 1 ? '1 commit' : `${count} commits`
}
