import { FRESH_MS } from '../deployment/apply.ts'
import { findByName, isGoing } from '../deployment/find.ts'
import { type PullRequestNow, pullRequestNow, READ_PULL_REQUESTS } from '../github/pull-requests.ts'
import type { DeployConfig } from '../inputs/config.ts'
import type { CommandContext } from '../rollout/context.ts'
import { pause } from '../run/limits.ts'
import type { Verdict } from '../run/verdict.ts'

/** The pull request of a preview is closed by now, or its head is another commit. */
export class StaleError extends Error {
  override readonly name = 'StaleError'
  readonly verdict: Verdict & { readonly reason: string }
  constructor(verdict: StaleError['verdict']) {
    super(verdict.reason)
    this.verdict = verdict
  }
}

/**
 * Looks at the pull request of a preview as it is now. `head`: it is open, and the run's commit is its head; `unknown`:
 * that could not be seen, or there is none to look at.
 *
 * @throws {StaleError} when nobody wants any more what the run would deploy
 */
export type LookAtPullRequest = () => Promise<'head' | 'unknown'>

/** A look for one run, asked before each plan of a write; GitHub is not asked again right after an answer. */
export function createLook(context: CommandContext, config: DeployConfig): LookAtPullRequest {
  const { trigger, target } = config
  const { pullRequest } = trigger
  if (!target.previewNames || pullRequest === undefined) return async () => 'unknown'
  const { limits } = context
  const ask = createQuestion(context, pullRequest)
  const look = async () => {
    const now = await ask()
    const found = now ? standingOf(config, pullRequest, now) : 'unknown'
    if (!now || !(found instanceof StaleError)) return found
    // Right after a push GitHub can still show the head before it.
    await pause(limits, LOOK_AGAIN_AFTER_MS)
    return standingOf(config, pullRequest, (await ask()) ?? now)
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

/** After how long a pull request that seems to be closed or to have moved on is looked at once more. */
const LOOK_AGAIN_AFTER_MS = 3_000

/** The state of the pull request; nothing where GitHub cannot be asked, which is one warning in a run. */
function createQuestion(
  { github, progress }: CommandContext,
  pullRequest: number
): () => Promise<PullRequestNow | undefined> {
  const failure = `It could not be seen whether pull request ${pullRequest} is still open at the commit of this run, which goes on`
  let isTold = false
  const tell = (why: string) => {
    if (!isTold) progress.warn(`${failure}: ${why}`)
    isTold = true
  }
  return async () => {
    if (!github) {
      tell("`github-token` is empty. Remove it to use the job's own.")
      return undefined
    }
    const now = await pullRequestNow(github, pullRequest, failure)
    if (now !== 'unknown') return now
    tell(`GitHub returned 404 for it. The job's token needs \`permissions: ${READ_PULL_REQUESTS}\`.`)
    return undefined
  }
}

/** What the state of the pull request means for the run. */
function standingOf(
  { trigger, onSuperseded, allowDowngrade }: DeployConfig,
  pullRequest: number,
  now: PullRequestNow
): 'head' | 'unknown' | StaleError {
  if (now.state !== 'open') {
    const reason = `Pull request ${pullRequest} is ${now.state} by now, and nobody would delete a preview of it; nothing was deployed.`
    return new StaleError({ status: 'skipped', reason })
  }
  const ours = trigger.headCommit
  // A comment does not tell it, and who allows a downgrade means this commit.
  if (!ours || allowDowngrade) return 'unknown'
  if (now.head.toLowerCase() === ours.toLowerCase()) return 'head'
  const reason = `Nothing was deployed: the head of pull request ${pullRequest} is commit ${now.head} by now, and this run is about ${ours}. The run for that commit deploys it; write \`allow-downgrade: true\` to deploy this one all the same.`
  return new StaleError({ status: 'superseded', reason, passes: onSuperseded !== 'fail' })
}

/**
 * The verdict where a preview was deleted while it was rolled out, since its pull request was closed: that is no failure.
 *
 * @returns nothing where it is there, or the pull request is open
 */
export async function deletedMeanwhile(
  { client }: CommandContext,
  { target: { name = '' }, trigger: { pullRequest } }: DeployConfig,
  look: LookAtPullRequest
): Promise<Verdict | undefined> {
  if (!(await isClosedByNow(look))) return undefined
  // Without an answer it has failed, as it seemed.
  const isThere = await findByName(client, name).then(
    (found) => found !== undefined && !isGoing(found),
    () => true
  )
  if (isThere) return undefined
  const reason = `The preview of pull request ${pullRequest} was deleted while this run rolled it out, since the pull request is closed.`
  return { status: 'skipped', reason }
}

async function isClosedByNow(look: LookAtPullRequest): Promise<boolean> {
  try {
    await look()
    return false
  } catch (error) {
    // A deadline that passes meanwhile makes no other verdict of a failure.
    return error instanceof StaleError && error.verdict.status === 'skipped'
  }
}

/** The verdict of a run that came too late. */
export function verdictOfStale({ dryRun }: DeployConfig, { verdict }: StaleError): Verdict {
  if (!dryRun) return verdict
  return { status: 'planned', reason: `This run would be ${verdict.status}. ${verdict.reason}`, changes: 0 }
}
