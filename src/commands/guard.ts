import type { Deployment, Revision } from '../control-plane/resources.ts'
import type { CurrentState } from '../deployment/attempt.ts'
import { commitOfImage, isSameCommit, knownCommit, newestAlive } from '../deployment/revision.ts'
import { sameRepository } from '../deployment/sources/github.ts'
import { isMadeFrom } from '../deployment/sources/index.ts'
import { compareCommits, isAhead } from '../github/commits.ts'
import { commitOfRevision } from '../github/history.ts'
import type { DeployConfig } from '../inputs/config.ts'
import type { CommandContext } from '../rollout/context.ts'
import type { Verdict } from '../run/verdict.ts'

/** A revision with a newer commit than the commit of this run. */
interface Newer {
  readonly deployment: Deployment
  readonly revision: Revision
  readonly reason: string
}

/** The commit of this run is older than the commit of the active revision, or of a revision in progress. */
export class OlderError extends Error {
  override readonly name = 'OlderError'
  readonly newer: Newer
  constructor(newer: Newer) {
    super(newer.reason)
    this.newer = newer
  }
}

/**
 * Creates the guard of a run, which checks before each plan of a write: an upload can take place between two plans.
 * Each revision is compared once.
 *
 * @returns a function that throws OlderError
 */
export function createGuard(context: CommandContext, config: DeployConfig): (current: CurrentState) => Promise<void> {
  const compared = new Set<string>()
  const noted = new Set<string>()
  const noteOnce = (text: string) => {
    if (!noted.has(text)) context.progress.note(text)
    noted.add(text)
  }
  return async ({ deployment, revisions }) => {
    const revision = newestAlive(revisions)
    if (!deployment || !revision || compared.has(revision.id)) return
    const found = await compare(context, config, { deployment, revision }, noteOnce)
    if (found === 'unknown') return
    compared.add(revision.id)
    if (found !== 'not-newer') throw new OlderError(found)
  }
}

/**
 * Tells if the commit of the newest revision is strictly ahead of the commit of this run. Not needed for a branch of a
 * `github` deployment, because LangSmith builds its head.
 *
 * @param note called with the reason if the result is `unknown`
 */
async function compare(
  context: CommandContext,
  config: DeployConfig,
  { deployment, revision }: Pick<Newer, 'deployment' | 'revision'>,
  note: (text: string) => void
): Promise<Newer | 'not-newer' | 'unknown'> {
  const { github } = context
  const ours = config.allowDowngrade ? undefined : commitToDeploy(config)
  if (!ours || !github) return 'unknown'

  const theirs = knownCommit(deployment, revision) ?? (await recordedCommit(context, config, revision, note))
  if (!theirs) return 'unknown'
  if (isSameCommit(ours, theirs)) return 'not-newer'
  const comparison = await compareCommits(
    github,
    ours,
    theirs,
    `Could not determine whether revision ${revision.id} (commit ${theirs}) is newer than this run; continuing`
  )
  if (comparison === 'unknown') {
    note(`GitHub did not find ${ours} or ${theirs}, so the newer of the two is unknown.`)
  }
  if (!comparison || comparison === 'unknown') return 'unknown'
  if (!isAhead(comparison)) return 'not-newer'
  return {
    deployment,
    revision,
    reason: `Nothing was deployed: commit ${theirs} of revision ${revision.id} (${revision.status}) is ${commits(comparison.ahead)} ahead of commit ${ours} of this run. Set \`allow-downgrade: true\` to deploy an older commit on purpose.`
  }
}

/** The verdict of a superseded run, according to `on-superseded`. */
export async function yieldTo(context: CommandContext, config: DeployConfig, { newer }: OlderError): Promise<Verdict> {
  const { deployment, revision, reason } = newer
  context.progress.revision(revision, { own: false })
  if (config.dryRun) return { status: 'planned', reason: `This run would be superseded. ${reason}`, changes: 0 }
  if (config.onSuperseded !== 'follow' || !config.wait) {
    return { status: 'superseded', reason, passes: config.onSuperseded !== 'fail' }
  }
  context.progress.warn(`${reason} Following revision ${revision.id} instead.`)
  // Loaded only where it is asked for.
  const { followOther } = await import('../rollout/follow.ts')
  const verdict = await followOther(context, config, deployment, revision)
  return verdict.status === 'deployed' ? { ...verdict, ofOther: true } : verdict
}

/** The commit to deploy, or a tag that GitHub can resolve; `undefined` if the source has no fixed commit. */
function commitToDeploy({ source, trigger }: DeployConfig): string | undefined {
  if (isMadeFrom('image', source)) return commitOfImage(source.imageUri)
  if (isMadeFrom('archive', source)) return trigger.commit
  const [, tag] = /^refs\/tags\/(.+)$/.exec(source.repoRef) ?? []
  const isOwn = sameRepository(source.repoUrl, trigger.repositoryUrl)
  return tag && isOwn ? (source.runCommit ?? tag) : undefined
}

/** Reads the commit of an uploaded archive from the GitHub deployments, because LangSmith does not store it. */
async function recordedCommit(
  { github, feedback }: CommandContext,
  { source, environment }: DeployConfig,
  { id }: Revision,
  note: (text: string) => void
): Promise<string | undefined> {
  if (!github || !environment || !isMadeFrom('archive', source)) return undefined
  const commit = await commitOfRevision(
    github,
    { environment, mark: feedback.mark() },
    id,
    `Could not determine whether revision ${id} is newer than this run; continuing`
  )
  if (commit === 'unknown') {
    note(`No GitHub deployment records the commit of revision ${id}; the revision may be newer than this run.`)
  }
  return commit === 'unknown' ? undefined : commit
}

/** Formats a number of commits, such as `2 commits`. */
export function commits(count: number): string {
  return count === 1 ? '1 commit' : `${count} commits`
}
