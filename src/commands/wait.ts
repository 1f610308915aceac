import { orNothing } from '../control-plane/client.ts'
import { RefusalError } from '../control-plane/errors.ts'
import { isMissing } from '../control-plane/patience.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { findExisting, isGoing } from '../deployment/find.ts'
import { deploymentGoing } from '../deployment/refusals.ts'
import { commitOf } from '../deployment/revision.ts'
import { sameRepository } from '../deployment/sources/github.ts'
import { kindOf } from '../deployment/sources/kinds.ts'
import { compareCommits } from '../github/commits.ts'
import type { WaitConfig } from '../inputs/config.ts'
import { LATEST } from '../inputs/following.ts'
import { seenRevision } from '../report/seen.ts'
import { chooseAwaited, commitInPlace, type Lineage, type ListMemory, remember } from '../rollout/awaited.ts'
import type { CommandContext } from '../rollout/context.ts'
import { followOther } from '../rollout/follow.ts'
import { deploymentDeleted, goneVerdict, isDeploymentDue } from '../rollout/watch.ts'
import { DeadlineError } from '../run/limits.ts'
import { createHeartbeat, pauseAfter, poll } from '../run/poll.ts'
import { hasLasted, lengthen, type Streak } from '../run/streak.ts'
import type { Verdict } from '../run/verdict.ts'
import { heed } from './origin.ts'
import { readNewRevision } from './revision-id.ts'

/** How long the first revision of a deployment may take to appear, in milliseconds. */
const FIRST_REVISION_WITHIN_MS = 30_000

/** The result of a search. */
type SearchResult =
  | { readonly revision: Revision; readonly listed?: readonly Revision[] }
  | { readonly verdict: Verdict }

/** A search in the list of revisions. */
interface RevisionSearch {
  /** Logged once a minute. */
  readonly heartbeat: string
  /**
   * Judges one list of revisions.
   *
   * @param deployment as last read
   * @returns `undefined` if the search continues
   * @throws {RefusalError} if the search cannot succeed
   */
  judge(revisions: readonly Revision[], deployment: Deployment): Promise<SearchResult | undefined>
  /** The verdict at the deadline; without it, the usual one. */
  overdue?(): Verdict
}

/**
 * Waits for a revision that was started elsewhere: the one of `revision-id`, the one of the run's commit if LangSmith
 * builds this repository, else the newest one.
 *
 * @throws {RefusalError} if nothing will build the commit of the run
 */
export async function wait(context: CommandContext, config: WaitConfig): Promise<Verdict> {
  const { client, progress } = context
  const deployment = await findExisting(client, config.target)
  progress.deployment(deployment)
  if (isGoing(deployment)) throw deploymentGoing(deployment)
  heed(config.caution, deployment, { isBuiltHere: isBuiltHere(config, deployment) })

  const known = await readKnown(context, config, deployment)
  // From here on, one bad response, or a replica that lacks the revision, does not end the wait.
  client.awaitRollout()
  const found = known ?? (await chooseRevision(context, config, deployment))
  if ('verdict' in found) return found.verdict
  progress.revision(found.revision, { own: false })
  await context.feedback.begin()
  return followOther(context, config, deployment, found.revision, found.listed)
}

/** Reads the revision of `revision-id`, if that is an ID. Before the rollout is awaited, because a wrong ID never appears. */
async function readKnown(
  context: CommandContext,
  { revisionId }: WaitConfig,
  deployment: Deployment
): Promise<SearchResult | undefined> {
  if (revisionId === undefined || revisionId === LATEST) return undefined
  return { revision: await readNewRevision(context, deployment, revisionId) }
}

/** Chooses from the list of revisions. */
async function chooseRevision(
  context: CommandContext,
  config: WaitConfig,
  deployment: Deployment
): Promise<SearchResult> {
  const { revisionId } = config
  // The commit of the run matters only if LangSmith builds this repository.
  const commit = revisionId === undefined && isBuiltHere(config, deployment) ? config.awaitedCommit : undefined
  const search = commit ? searchCommit(context, config, commit) : searchNewest(context, deployment)
  return searchList(context, config, deployment, search)
}

function isBuiltHere({ trigger }: WaitConfig, { source, source_config }: Deployment): boolean {
  const { repo_url } = source_config
  return kindOf(source).code === 'repository' && (repo_url === null || sameRepository(repo_url, trigger.repositoryUrl))
}

/**
 * Polls the list of revisions until the search ends, and checks every 30 seconds if the deployment is being deleted.
 */
async function searchList(
  { client, limits, progress }: CommandContext,
  { pollIntervalMs }: WaitConfig,
  found: Deployment,
  search: RevisionSearch
): Promise<SearchResult> {
  const { clock } = limits
  let deployment = found
  let deploymentSeenAt = clock.now()
  const heartbeat = createHeartbeat(clock, () => progress.note(search.heartbeat))
  const pauseMs = (waitedMs: number) => pauseAfter(waitedMs, { longestMs: pollIntervalMs, random: Math.random() })
  try {
    return await poll(limits, { pauseMs, heartbeat }, async (): Promise<SearchResult | undefined> => {
      const { resources } = await client.revisions(deployment.id)
      const awaited = await search.judge(resources, deployment)
      if (awaited) return 'revision' in awaited ? { ...awaited, listed: resources } : awaited
      if (!isDeploymentDue(deploymentSeenAt, clock.now())) return undefined
      deployment = (await orNothing(client.glance(deployment.id))) ?? deployment
      deploymentSeenAt = clock.now()
      progress.deployment(deployment)
      return isGoing(deployment) ? { verdict: deploymentDeleted(deployment) } : undefined
    })
  } catch (error) {
    // The client has already retried for half a minute.
    if (isMissing(error)) {
      progress.gone()
      return { verdict: goneVerdict(`The deployment "${deployment.name}"`) }
    }
    const isOverdue = error instanceof DeadlineError && error.unanswered === undefined
    if (isOverdue && search.overdue) return { verdict: search.overdue() }
    throw error
  }
}

/** A search for the newest revision of any commit. */
function searchNewest({ limits }: CommandContext, { name }: Deployment): RevisionSearch {
  let empty: Streak | undefined
  return {
    heartbeat: 'Still waiting for the first revision.',
    judge: async ([newest]) => {
      if (newest) return { revision: newest }
      empty = lengthen(empty, limits.clock.now())
      return hasLasted(empty, limits.clock.now(), FIRST_REVISION_WITHIN_MS) ? { verdict: noRevision(name) } : undefined
    }
  }
}

/** A search for the revision of a commit. The commit of a revision in progress may be unknown. */
function searchCommit(context: CommandContext, { onSuperseded }: WaitConfig, commit: string): RevisionSearch {
  const { limits, progress } = context
  const lineage = new Map<string, Lineage>()
  let memory: ListMemory | undefined
  let seen: readonly Revision[] = []
  progress.note(`Waiting for a revision of commit ${commit}.`)
  return {
    heartbeat: `Still waiting for a revision of commit ${commit}.`,
    judge: async (revisions, deployment) => {
      seen = revisions
      const list = revisions.map((each) => seenRevision(each))
      memory = remember(memory, list, limits.clock.now())
      const inPlace = commitInPlace(list, commit)
      if (inPlace && !lineage.has(inPlace)) lineage.set(inPlace, await lineageOf(context, commit, inPlace))
      const buildsOnPush = deployment.source_config.build_on_push === true
      const choice = chooseAwaited(list, { commit, buildsOnPush, lineage }, memory)
      const chosen = 'id' in choice ? revisions.find(({ id }) => id === choice.id) : undefined
      if (!chosen) return choice.kind === 'none' ? { verdict: noRevision(deployment.name) } : undefined
      if (choice.kind === 'foreign') throw nothingBuilds(deployment, commit, chosen)
      if (choice.kind === 'take') return { revision: chosen }
      const reason = `Commit ${commit} was not deployed: revision ${chosen.id} of the newer commit ${commitOf(chosen)} was deployed instead.`
      if (onSuperseded !== 'follow') {
        return { verdict: { status: 'superseded', reason, passes: onSuperseded === 'warn' } }
      }
      progress.warn(`${reason} Following revision ${chosen.id}.`)
      return { revision: chosen }
    },
    overdue: () => neverListed(commit, seen)
  }
}

/** Compares another commit with the commit of the run on GitHub. `unrelated` also if unknown: then the list decides. */
async function lineageOf({ github }: CommandContext, ours: string, theirs: string): Promise<Lineage> {
  const comparison = github && (await compareCommits(github, ours, theirs))
  if (!comparison || comparison === 'unknown') return 'unrelated'
  const { ahead, behind } = comparison
  if (ahead > 0) return behind === 0 ? 'newer' : 'unrelated'
  return behind > 0 ? 'older' : 'unrelated'
}

/** The refusal of a run whose commit has no revision and will not get one. */
function nothingBuilds({ name }: Deployment, commit: string, revision: Revision): RefusalError {
  const built = commitOf(revision)
  const holds = built ? `was built from commit ${built}` : 'does not report its commit'
  return new RefusalError(
    'No revision for this commit',
    `No revision of "${name}" was built from commit ${commit} of this run: revision ${revision.id} (${revision.status}) ${holds}, and LangSmith does not build pushes, because \`build-on-push\` is \`false\` for this deployment.`,
    'Use `command: deploy` to build this commit, deploy once with `build-on-push: true`, or set `revision-id: latest` to wait for the newest revision of any commit.'
  )
}

function neverListed(commit: string, seen: readonly Revision[]): Verdict {
  const nameless = seen.find((revision) => !commitOf(revision))
  const perhaps = nameless
    ? ` Revision ${nameless.id} (${nameless.status}) does not report its commit; it may be built from this commit.`
    : ''
  return {
    status: 'timed-out',
    reason: `The timeout expired before LangSmith listed a revision of commit ${commit}.${perhaps}`,
    advice:
      'Check in LangSmith which branch the deployment builds on push and whether LangSmith can read this commit, or raise `timeout`.'
  }
}

function noRevision(name: string): Verdict {
  return {
    status: 'failed',
    reason: `Deployment "${name}" has no revision to wait for.`,
    advice: 'Deploy first; `command: wait` only follows a rollout that was started elsewhere.'
  }
}
