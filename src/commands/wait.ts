import { deploymentGoing } from '../control-plane/errors.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { findExisting, isGoing } from '../deployment/find.ts'
import { commitOf } from '../deployment/revision.ts'
import { sameRepository } from '../deployment/sources/github.ts'
import type { Verdict } from '../deployment/verdict.ts'
import { pauseAfter } from '../deployment/watch.ts'
import { compareCommits, isAhead } from '../github/commits.ts'
import type { WaitConfig } from '../inputs.ts'
import { DeadlineError, pause } from '../limits.ts'
import type { CommandContext } from './context.ts'
import { follow } from './follow.ts'

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
  progress.deployment(deployment)
  if (isGoing(deployment)) throw deploymentGoing(deployment.name)

  const found = await chooseRevision(context, config, deployment)
  if ('verdict' in found) return found.verdict
  progress.revision(found.revision, false)
  await context.feedback.begin()
  return follow(context, config, deployment, found.revision, false)
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
  context: CommandContext,
  { pollIntervalMs, onSuperseded }: WaitConfig,
  deployment: Deployment,
  commit: string
): Promise<Awaited> {
  const { client, limits, progress } = context
  const since = limits.clock.now()
  let told = since
  let before: ReadonlyMap<string, string> | undefined
  progress.note(`Waiting for LangSmith to build commit ${commit}.`)
  for (;;) {
    const { resources } = await client.revisions(deployment.id)
    const ours = resources.find((revision) => commitOf(revision) === commit)
    if (ours) return { revision: ours }

    client.awaitRollout()
    const earlier = before ? undefined : await findAhead(context, resources, commit)
    before ??= new Map(resources.map(({ id, status }) => [id, status]))
    const overtaker = earlier ?? findOvertaker(resources, before)
    if (overtaker) {
      if (onSuperseded === 'follow') return { revision: overtaker }
      const reason = `Before commit ${commit} was built, revision ${overtaker.id} of commit ${commitOf(overtaker)} was deployed.`
      return { verdict: { status: 'superseded', reason, passes: onSuperseded === 'warn' } }
    }
    if (limits.clock.now() - told >= HEARTBEAT_MS) {
      told = limits.clock.now()
      progress.note(`No revision of commit ${commit} is listed yet.`)
    }
    try {
      await pause(limits, pauseAfter(limits.clock.now() - since, pollIntervalMs, Math.random()))
    } catch (error) {
      if (error instanceof DeadlineError) return { verdict: neverListed(commit) }
      throw error
    }
  }
}

const HEARTBEAT_MS = 60_000

/** The newest DEPLOYED revision, where it was there before we looked and holds our commit: ours is not built any more. */
async function findAhead(
  { github }: CommandContext,
  revisions: readonly Revision[],
  commit: string
): Promise<Revision | undefined> {
  const deployed = revisions.find(({ status }) => status === 'DEPLOYED')
  const built = deployed && commitOf(deployed)
  if (!built || !github) return undefined
  return isAhead(await compareCommits(github, commit, built)) ? deployed : undefined
}

/**
 * The revision of another commit that was DEPLOYED in place of ours: one that came after the first look, or one that was
 * under way then while a revision below it was skipped before it told its commit, which must have been ours.
 */
function findOvertaker(revisions: readonly Revision[], before: ReadonlyMap<string, string>): Revision | undefined {
  return revisions.find((revision, place) => {
    if (revision.status !== 'DEPLOYED' || !commitOf(revision)) return false
    if (!before.has(revision.id)) return true
    const isNew = before.get(revision.id) !== 'DEPLOYED'
    const skipped = revisions.slice(place + 1).some((other) => {
      return other.status === 'SKIPPED' && before.get(other.id) !== 'SKIPPED' && !commitOf(other)
    })
    return isNew && skipped
  })
}

function neverListed(commit: string): Verdict {
  return {
    status: 'timed-out',
    reason: `The timeout passed, and LangSmith never listed a revision of commit ${commit}.`,
    advice:
      'Check in LangSmith which branch the deployment builds on push, and that it could read this commit; or raise `timeout`.'
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
