import { FRESH_MS } from '../deployment/apply.ts'
import { findByName, isGoing } from '../deployment/find.ts'
import { type PullRequestNow, pullRequestNow, READ_PULL_REQUESTS } from '../github/pull-requests.ts'
import type { DeleteConfig, DeployConfig } from '../inputs/config.ts'
import type { CommandContext } from '../rollout/context.ts'
import { pause } from '../run/limits.ts'
import type { Verdict } from '../run/verdict.ts'

/** The pull request of a preview has been closed, or has a new head commit. */
export class StaleError extends Error {
  override readonly name = 'StaleError'
  readonly verdict: Verdict & { readonly reason: string }
  constructor(verdict: StaleError['verdict']) {
    super(verdict.reason)
    this.verdict = verdict
  }
}

/**
 * Reads the current state of the pull request of a preview. `head`: the pull request is open, and its head is the
 * commit of the run. `unknown`: the state is unknown, or the run has no pull request.
 *
 * @throws {StaleError} if the deploy of this run is obsolete
 */
export type LookAtPullRequest = () => Promise<'head' | 'unknown'>

/** Creates the check of a run, called before each plan of a write. It reuses a result of the last 2 seconds. */
export function createLook(context: CommandContext, config: DeployConfig): LookAtPullRequest {
  const { trigger, target } = config
  const { pullRequest } = trigger
  if (!target.previewNames || pullRequest === undefined) return async () => 'unknown'
  const { limits } = context
  const read = createPullRequestReader(context, pullRequest)
  const look = async () => {
    const now = await read()
    const found = now ? standingOf(config, pullRequest, now) : 'unknown'
    if (!now || !(found instanceof StaleError)) return found
    // Right after a push, GitHub can still return the previous head.
    await pause(limits, LOOK_AGAIN_AFTER_MS)
    return standingOf(config, pullRequest, (await read()) ?? now)
  }
  let last: { readonly at: number; readonly found: Awaited<ReturnType<typeof look>> } | undefined
  return async () => {
    if (!last || limits.clock.now() - last.at > FRESH_MS) {
      const found = await look()
      last = { at: limits.clock.now(), found }
    }
    if (last.found instanceof StaleError) throw last.found
    return last.found
  }
}

/** The pause before the second read of a pull request that is closed or has a new head, in milliseconds. */
const LOOK_AGAIN_AFTER_MS = 3_000

/**
 * Creates a function that reads the state of the pull request. If it cannot, it returns `undefined` and warns once per
 * run.
 */
function createPullRequestReader(
  { github, progress }: CommandContext,
  pullRequest: number
): () => Promise<PullRequestNow | undefined> {
  const failure = `Could not check whether pull request ${pullRequest} is open and still at the commit of this run; continuing`
  let hasWarned = false
  const warnOnce = (why: string) => {
    if (!hasWarned) progress.warn(`${failure}: ${why}`)
    hasWarned = true
  }
  return async () => {
    if (!github) {
      warnOnce("`github-token` is empty. Omit it to use the job's token.")
      return undefined
    }
    const now = await pullRequestNow(github, pullRequest, failure)
    if (now !== 'unknown') return now
    warnOnce(`GitHub returned 404 for the pull request. The job's token needs \`permissions: ${READ_PULL_REQUESTS}\`.`)
    return undefined
  }
}

/** Judges the run by the state of the pull request. */
function standingOf(
  { trigger, onSuperseded, allowDowngrade }: DeployConfig,
  pullRequest: number,
  now: PullRequestNow
): 'head' | 'unknown' | StaleError {
  if (now.state !== 'open') {
    const reason = `Nothing was deployed: pull request ${pullRequest} is now ${now.state}, and a preview deployed now would never be deleted.`
    return new StaleError({ status: 'skipped', reason })
  }
  const ours = trigger.headCommit
  // The event of a comment has no head commit, and `allow-downgrade` requests this commit.
  if (!ours || allowDowngrade) return 'unknown'
  if (now.head.toLowerCase() === ours.toLowerCase()) return 'head'
  const reason = `Nothing was deployed: the head of pull request ${pullRequest} is now commit ${now.head}, and this run is for ${ours}. The run for the new head deploys the preview. Set \`allow-downgrade: true\` to deploy the older commit anyway.`
  return new StaleError({ status: 'superseded', reason, passes: onSuperseded !== 'fail' })
}

/**
 * The verdict of a run whose preview was deleted during the rollout, because its pull request was closed. Not a
 * failure.
 *
 * @returns `undefined` if the preview still exists, or if the pull request is open
 */
export async function deletedMeanwhile(
  { client }: CommandContext,
  { target: { name = '' }, trigger: { pullRequest } }: DeployConfig,
  look: LookAtPullRequest
): Promise<Verdict | undefined> {
  if (!(await isClosedByNow(look))) return undefined
  // If the lookup fails, the run keeps its failure.
  const isThere = await findByName(client, name).then(
    (found) => found !== undefined && !isGoing(found),
    () => true
  )
  if (isThere) return undefined
  const reason = `The preview of pull request ${pullRequest} was deleted during the rollout, because the pull request is closed.`
  return { status: 'skipped', reason }
}

async function isClosedByNow(look: LookAtPullRequest): Promise<boolean> {
  try {
    await look()
    return false
  } catch (error) {
    // A deadline that passes during the check must not change the failure.
    return error instanceof StaleError && error.verdict.status === 'skipped'
  }
}

/**
 * The verdict of a run that would delete the preview of a closed pull request that is open again: the run can start
 * late, or be a rerun. If the lookup fails, the event decides.
 *
 * @returns `undefined` if the preview is to be deleted
 */
export async function reopenedMeanwhile(
  { github, limits }: CommandContext,
  { target, trigger: { about, pullRequest }, dryRun }: DeleteConfig
): Promise<Verdict | undefined> {
  const isOver = about.kind === 'pull-request' && about.state !== 'open'
  if (!target.previewNames || !isOver || !github || pullRequest === undefined) return undefined
  const isOpen = async () => {
    const now = await pullRequestNow(github, pullRequest)
    return now !== undefined && now !== 'unknown' && now.state === 'open'
  }
  if (!(await isOpen())) return undefined
  // Right after it is closed, GitHub can still return it as open.
  await pause(limits, LOOK_AGAIN_AFTER_MS)
  if (!(await isOpen())) return undefined
  const reason = `Pull request ${pullRequest} is open again, so its preview stays; nothing was deleted.`
  return dryRun ? { status: 'planned', reason, changes: 0 } : { status: 'skipped', reason }
}

/** The verdict of an obsolete run. */
export function verdictOfStale({ dryRun }: DeployConfig, { verdict }: StaleError): Verdict {
  if (!dryRun) return verdict
  return { status: 'planned', reason: `This run would be ${verdict.status}. ${verdict.reason}`, changes: 0 }
}
