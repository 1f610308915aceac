import { FRESH_MS } from '../deployment/apply.ts'
import { type PullRequestNow, pullRequestNow, READ_PULL_REQUESTS } from '../github/pull-requests.ts'
import type { DeployConfig } from '../inputs/config.ts'
import type { CommandContext } from '../rollout/context.ts'
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
  const { clock } = context.limits
  const ask = createQuestion(context, pullRequest)
  let last: { readonly at: number; readonly now: PullRequestNow | undefined } | undefined
  return async () => {
    if (!last || clock.now() - last.at > FRESH_MS) {
      const now = await ask()
      last = { at: clock.now(), now }
    }
    return last.now ? holdsHead(config, pullRequest, last.now) : 'unknown'
  }
}

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
    tell(`GitHub answered 404 for it. The job's token needs \`permissions: ${READ_PULL_REQUESTS}\`.`)
    return undefined
  }
}

/** @throws {StaleError} */
function holdsHead(
  { trigger, onSuperseded, ...config }: DeployConfig,
  pullRequest: number,
  now: PullRequestNow
): 'head' | 'unknown' {
  if (now.state !== 'open') {
    const reason = `Pull request ${pullRequest} is ${now.state} by now, and nobody would delete a preview of it; nothing was deployed.`
    throw new StaleError({ status: 'skipped', reason })
  }
  const ours = trigger.headCommit
  // A comment does not tell it, and who allows a downgrade means this commit.
  if (!ours || config.allowDowngrade) return 'unknown'
  if (now.head.toLowerCase() === ours.toLowerCase()) return 'head'
  const reason = `Nothing was deployed: the head of pull request ${pullRequest} is commit ${now.head} by now, and this run is about ${ours}. The run for that commit deploys it; write \`allow-downgrade: true\` to deploy this one all the same.`
  throw new StaleError({ status: 'superseded', reason, passes: onSuperseded !== 'fail' })
}

/** The verdict of a run that came too late. */
export function verdictOfStale({ dryRun }: DeployConfig, { verdict }: StaleError): Verdict {
  if (!dryRun) return verdict
  return { status: 'planned', reason: `This run would be ${verdict.status}. ${verdict.reason}`, changes: 0 }
}
