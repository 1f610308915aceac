import { deploymentGoing } from '../control-plane/errors.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { findExisting, isGoing } from '../deployment/find.ts'
import { commitOf } from '../deployment/revision.ts'
import { sameRepository } from '../deployment/sources/github.ts'
import type { Verdict } from '../deployment/verdict.ts'
import { pauseAfter, watch } from '../deployment/watch.ts'
import type { WaitConfig } from '../inputs.ts'
import { pause } from '../limits.ts'
import type { CommandContext } from './context.ts'

/** How long a deployment without any revision may take to get its first. */
const FIRST_REVISION_WITHIN_MS = 30_000

type Awaited = { readonly revision: Revision } | { readonly verdict: Verdict }

/**
 * Waits for a revision that something else makes: the one named; with build-on-push the one of the run's commit; else
 * the newest. A revision that was DEPLOYED before is never taken for the answer.
 */
export async function wait(context: CommandContext, config: WaitConfig): Promise<Verdict> {
  const { client, progress } = context
  const deployment = await findExisting(client, config.target)
  progress.conceal(deployment)
  progress.deployment(deployment)
  if (isGoing(deployment)) throw deploymentGoing(deployment.name)

  const found = await chooseRevision(context, config, deployment)
  if ('verdict' in found) return found.verdict
  progress.revision(found.revision, false)
  const { onSuperseded, pollIntervalMs } = config
  return watch({ ...context, pollIntervalMs }, deployment, found.revision, { onSuperseded, own: false })
}

async function chooseRevision(context: CommandContext, config: WaitConfig, deployment: Deployment): Promise<Awaited> {
  const { client } = context
  if (config.revisionId) return { revision: await client.revision(deployment.id, config.revisionId) }
  const commit = awaitedCommit(config, deployment)
  return commit ? awaitCommit(context, config, deployment, commit) : awaitNewest(context, deployment)
}

/** The run's commit, where LangSmith builds each push of this very repository. */
function awaitedCommit({ trigger }: WaitConfig, { source, source_config }: Deployment): string | undefined {
  const builds = source === 'github' && source_config.build_on_push === true
  return builds && source_config.repo_url && sameRepository(source_config.repo_url, trigger.repositoryUrl)
    ? trigger.commit
    : undefined
}

/** Looks until a revision of the commit is listed. One that is still going may tell its commit only later. */
async function awaitCommit(
  { client, limits, progress }: CommandContext,
  { pollIntervalMs, onSuperseded }: WaitConfig,
  deployment: Deployment,
  commit: string
): Promise<Awaited> {
  const since = limits.clock.now()
  let before: ReadonlySet<string> | undefined
  for (;;) {
    const { resources } = await client.revisions(deployment.id)
    const ours = resources.find((revision) => commitOf(revision) === commit)
    if (ours) return { revision: ours }

    if (!before) {
      before = new Set(resources.map(({ id }) => id))
      progress.note(`Waiting for LangSmith to build commit ${commit}.`)
      client.awaitRollout()
    }
    const known = before
    const overtaker = resources.find(({ id, status }) => status === 'DEPLOYED' && !known.has(id))
    const other = overtaker && commitOf(overtaker)
    if (overtaker && other) {
      if (onSuperseded === 'follow') return { revision: overtaker }
      const reason = `Before commit ${commit} was built, revision ${overtaker.id} of commit ${other} was deployed.`
      return { verdict: { status: 'superseded', reason, passes: onSuperseded === 'warn' } }
    }
    await pause(limits, pauseAfter(limits.clock.now() - since, pollIntervalMs))
  }
}

async function awaitNewest({ client, limits }: CommandContext, deployment: Deployment): Promise<Awaited> {
  const since = limits.clock.now()
  for (;;) {
    const [newest] = (await client.revisions(deployment.id)).resources
    if (newest) return { revision: newest }
    if (limits.clock.now() - since >= FIRST_REVISION_WITHIN_MS) {
      return {
        verdict: {
          status: 'failed',
          reason: `The deployment "${deployment.name}" has no revision to wait for.`,
          advice: 'Deploy first; `command: wait` follows what something else has started.'
        }
      }
    }
    await pause(limits, pauseAfter(0))
  }
}
