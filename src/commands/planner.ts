import { isMissing } from '../control-plane/patience.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { type Decision, FRESH_MS } from '../deployment/apply.ts'
import type { CurrentState } from '../deployment/attempt.ts'
import { find } from '../deployment/find.ts'
import { type Plan, planCreate, planPatch } from '../deployment/plan.ts'
import { deploymentMayNotBeCreated, deploymentVanished } from '../deployment/refusals.ts'
import { newestAlive } from '../deployment/revision.ts'
import { isMadeFrom } from '../deployment/sources/index.ts'
import type { Source } from '../deployment/sources/source.ts'
import type { DeployConfig } from '../inputs/config.ts'
import type { CommandContext } from '../rollout/context.ts'
import { pause } from '../run/limits.ts'
import { createGuard } from './guard.ts'
import { createNameGuard, heedOrWarn } from './origin.ts'
import type { LookAtPullRequest } from './stale.ts'

/** Reads the current state and plans the changes. */
export interface Planner {
  /**
   * Called right before each write, because the plan contains the secrets.
   *
   * @throws {OlderError}
   * @throws {StaleError}
   */
  decide(): Promise<Decision>
  /** Makes the planner read this deployment by ID, because a search by name can miss a new deployment. */
  pin(deployment: Deployment): void
}

/** Creates the planner of a deploy, which refuses invalid writes. @param look reads the pull request of a preview */
export function createPlanner(
  context: CommandContext,
  config: DeployConfig,
  source: Source,
  look: LookAtPullRequest
): Planner {
  const { client, limits, progress } = context
  const compareWith = createGuard(context, config)
  const checkName = createNameGuard(context, config)
  // After the first search, the deployment is read by ID.
  let pinned: Deployment | undefined
  const read = async (): Promise<CurrentState> => {
    pinned ??= await find(client, config.target)
    if (!pinned) return { deployment: undefined, revisions: [] }
    const current = await readState(context, pinned)
    progress.deployment(current.deployment)
    progress.activeBefore(current.deployment)
    return current
  }
  return {
    pin: (deployment) => {
      pinned = deployment
    },
    decide: async () => {
      const before = await read()
      if (isMadeFrom('repository', config.source)) heedOrWarn(context, config, before.deployment)
      await checkName(before.deployment)
      const since = limits.clock.now()
      // The head of a pull request is deployed even if its commit is older: a force push can reset the branch.
      const guard = (await look()) === 'head' ? async () => {} : compareWith
      await guard(before)
      // The comparison on GitHub may have taken long, so the state is read again.
      const current = limits.clock.now() - since > FRESH_MS ? await read() : before
      const readAt = current === before ? since : limits.clock.now()
      if (newestAlive(current.revisions)?.id !== newestAlive(before.revisions)?.id) await guard(current)
      return { current, plan: await makePlan(context, config, source, current), readAt }
    }
  }
}

/** The most reads of the list of revisions while it lacks the latest one. */
const MOST_LIST_READS = 3
/** The pause between these reads, in milliseconds. */
const LIST_PAUSE_MS = 1_000

/** Reads the revisions and then the deployment: a patch contains its secrets, which must be current. */
async function readState(
  { client, limits, progress }: CommandContext,
  { id, name }: Deployment
): Promise<CurrentState & { readonly deployment: Deployment }> {
  try {
    // Not with `lookRepeatedly`, because the last read counts even if it is incomplete.
    for (let reads = 1; ; reads += 1) {
      const { resources } = await client.revisions(id)
      const deployment = await client.deployment(id)
      const latest = deployment.latest_revision_id
      const isWhole = !latest || resources.some((revision) => revision.id === latest)
      if (isWhole || reads >= MOST_LIST_READS) return { deployment, revisions: resources }
      await pause(limits, LIST_PAUSE_MS)
    }
  } catch (error) {
    if (!isMissing(error)) throw error
    progress.gone()
    throw deploymentVanished(name, id)
  }
}

async function makePlan(
  { client }: CommandContext,
  config: DeployConfig,
  source: Source,
  { deployment, revisions }: CurrentState
): Promise<Plan> {
  const { secrets, displayName, routeThroughGateway, agent, target } = config
  const desired = {
    name: deployment?.name ?? target.name ?? '',
    source,
    secrets,
    displayName,
    routeThroughGateway,
    agent
  }
  if (deployment) {
    return planPatch(desired, deployment, config.skipUnchanged ? deployedAndActive(deployment, revisions) : undefined)
  }
  if (config.ifMissing === 'fail') throw deploymentMayNotBeCreated(desired.name)
  return planCreate(desired, await source.fixedSettings(client, config.controlPlane))
}

/** The latest revision if it is DEPLOYED and active; otherwise a rollout may be in progress. */
export function deployedAndActive(deployment: Deployment, revisions: readonly Revision[]): Revision | undefined {
  const [latest] = revisions
  return latest?.status === 'DEPLOYED' && latest.id === deployment.active_revision_id ? latest : undefined
}
