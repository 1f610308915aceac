import type { ControlPlaneClient } from '../control-plane/client.ts'
import type { Deployment } from '../control-plane/resources.ts'
import { findByName, findIfAny, findPreviews, isAnswered404, isGoing } from '../deployment/find.ts'
import type { DeleteConfig } from '../inputs/config.ts'
import type { CommandContext } from '../rollout/context.ts'
import { lookRepeatedly } from '../run/poll.ts'
import type { Verdict } from '../run/verdict.ts'
import { loadAhead } from './ahead.ts'
import { reopenedMeanwhile } from './stale.ts'

/** Deletes the deployment. Safe to repeat: a deployment that is deleted, or is being deleted, is a success. */
export async function deleteDeployment(context: CommandContext, config: DeleteConfig): Promise<Verdict> {
  const { progress } = context
  const reopened = await reopenedMeanwhile(context, config)
  if (reopened) return reopened
  const { previewNames } = config.target
  const label = config.target.name ? `"${config.target.name}"` : (config.target.deploymentId ?? '')
  const found = await findAll(context, config)
  if (found.length === 0 && config.dryRun) {
    return {
      status: 'planned',
      reason: `Deployment ${label} does not exist${orOthers(previewNames)}; there is nothing to delete.`,
      changes: 0
    }
  }
  if (found.length === 0) {
    const reason = `Deployment ${label} does not exist${orOthers(previewNames)}; nothing was deleted.`
    // The user can misspell a name. The name of a preview is generated, and the preview may never have been created.
    if (!previewNames) progress.remark(reason)
    return { status: 'deleted', reason }
  }

  const standing = found.filter((deployment) => !isGoing(deployment))
  for (const deployment of standing.length > 0 ? standing : found) progress.leaving(deployment)
  if (standing.length === 0) {
    return { status: 'deleted', reason: `Deployment ${label} is already being deleted.` }
  }
  const several = standing.length > 1
  const projects = several ? ' and their tracing projects' : ' and its tracing project'
  const project = config.deleteTracingProject ? projects : ''
  if (config.dryRun) {
    const all = standing.map(({ name, id }) => `"${name}" (${id})`).join(', ')
    return {
      status: 'planned',
      reason: `This run would delete deployment${several ? 's' : ''} ${all}${project}.`,
      changes: standing.length
    }
  }
  await loadAhead(config)
  for (const deployment of standing) await removeDeployment(context, config, deployment)
  const names = standing.map(({ name }) => `"${name}"`).join(', ')
  return {
    status: 'deleted',
    reason: `LangSmith is deleting deployment${several ? 's' : ''} ${names}${project}. ${several ? 'Their names stay' : 'Its name stays'} reserved for up to a week.`
  }
}

/** The other names that the search for a preview covered. */
function orOthers(previewNames: readonly string[] | undefined): string {
  const [, second, ...rest] = previewNames ?? []
  return second === undefined ? '' : ` (also checked: "${second}" to "${rest.at(-1) ?? second}")`
}

/** Pauses before a repeated delete, if the API returned 404 for a listed deployment: a list can lag behind a delete. */
const DELETE_AGAIN_AFTER_MS = [4_000, 8_000, 12_000]

/** Deletes one deployment that the API listed. */
export async function removeDeployment(
  { client, limits }: CommandContext,
  config: Pick<DeleteConfig, 'deleteTracingProject'>,
  deployment: Deployment
): Promise<void> {
  const { id } = deployment
  await lookRepeatedly(limits, DELETE_AGAIN_AFTER_MS, async (isLast) => {
    try {
      await client.deleteDeployment(id, { withTracingProject: config.deleteTracingProject })
      return true
    } catch (error) {
      if (!isAnswered404(error)) throw error
      // Either an earlier delete succeeded and its response was lost, or the 404 is not about this deployment.
      if (await isGone(client, deployment)) return true
      if (isLast) throw error
      return undefined
    }
  })
}

/** Tells if the list of deployments lacks it too. A 404 alone can come from a proxy. */
async function isGone(client: ControlPlaneClient, { id, name }: Deployment): Promise<boolean> {
  const listed = await findByName(client, name)
  return listed?.id !== id || isGoing(listed)
}

/** Finds the target: one deployment, or each deployment with a name of the preview. */
async function findAll({ client, limits }: CommandContext, { target }: DeleteConfig): Promise<readonly Deployment[]> {
  if (target.previewNames) return findPreviews(client, target.previewNames)
  const found = await findIfAny(client, limits, target)
  return found ? [found] : []
}
