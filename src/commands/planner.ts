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

/** Reads what exists and plans for it. */
export interface Planner {
  /** Asked right before each send, since a plan carries the secrets along. @throws {OlderError} @throws {StaleError} */
  decide(): Promise<Decision>
  /** From now on this deployment is read by its ID: a list of names can lag behind and lack it. */
  pin(deployment: Deployment): void
}

/** A planner for one deploy, which refuses what must not be written. @param look at the pull request of a preview */
export function createPlanner(
  context: CommandContext,
  config: DeployConfig,
  source: Source,
  look: LookAtPullRequest
): Planner {
  const { client, limits, progress } = context
  const compareWith = createGuard(context, config)
  const checkName = createNameGuard(context, config)
  // Found once, it is read by its ID from then on.
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
      // Of a pull request its present head is wanted, whichever commit is ahead: a branch can be set back.
      const guard = (await look()) === 'head' ? async () => {} : compareWith
      await guard(before)
      // GitHub may have taken its time to compare commits, so what was read before is read again.
      const current = limits.clock.now() - since > FRESH_MS ? await read() : before
      const readAt = current === before ? since : limits.clock.now()
      if (newestAlive(current.revisions)?.id !== newestAlive(before.revisions)?.id) await guard(current)
      return { current, plan: await makePlan(context, config, source, current), readAt }
    }
  }
}

/** How often the list of revisions is read again while it lacks the latest one, and the pause between, in milliseconds. */
const MOST_LIST_READS = 3
const LIST_PAUSE_MS = 1_000

/** The deployment is read after its revisions: a patch is made from its secrets, which must be fresh. */
async function readState(
  { client, limits, progress }: CommandContext,
  { id, name }: Deployment
): Promise<CurrentState & { readonly deployment: Deployment }> {
  try {
    // Not by `lookRepeatedly`: the last read counts even if it is not whole.
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

/** The revision that is latest and active and DEPLOYED at once: only then is nothing under way. */
export function deployedAndActive(deployment: Deployment, revisions: readonly Revision[]): Revision | undefined {
  const [latest] = revisions
  return latest?.status === 'DEPLOYED' && latest.id === deployment.active_revision_id ? latest : undefined
}
