import type { ControlPlaneClient } from '../control-plane/client.ts'
import type { Deployment } from '../control-plane/resources.ts'
import { findByName, findIfAny, findPreviews, isAnswered404, isGoing } from '../deployment/find.ts'
import type { DeleteConfig } from '../inputs/config.ts'
import type { CommandContext } from '../rollout/context.ts'
import { lookRepeatedly } from '../run/poll.ts'
import type { Verdict } from '../run/verdict.ts'

/** Deletes the deployment; safe to repeat, since one that is gone or going is what was asked for. */
export async function deleteDeployment(context: CommandContext, config: DeleteConfig): Promise<Verdict> {
  const { progress } = context
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
    // A name can be misspelt; that of a preview is not written by hand, and one may never have been made.
    if (!previewNames) progress.remark(reason)
    return { status: 'deleted', reason }
  }

  const standing = found.filter((deployment) => !isGoing(deployment))
  for (const deployment of standing.length > 0 ? standing : found) progress.leaving(deployment)
  if (standing.length === 0) {
    return { status: 'deleted', reason: `Deployment ${label} is already being deleted.` }
  }
  const project = config.deleteTracingProject ? ' and its tracing project' : ''
  if (config.dryRun) {
    const all = standing.map(({ name, id }) => `"${name}" (${id})`).join(', ')
    return { status: 'planned', reason: `This run would delete deployment ${all}${project}.`, changes: standing.length }
  }
  for (const deployment of standing) await removeDeployment(context, config, deployment)
  const names = standing.map(({ name }) => `"${name}"`).join(', ')
  const several = standing.length > 1
  return {
    status: 'deleted',
    reason: `LangSmith is deleting deployment${several ? 's' : ''} ${names}${project}. ${several ? 'Their names stay' : 'Its name stays'} reserved for up to a week.`
  }
}

/** The further names that a preview was looked for under. */
function orOthers(previewNames: readonly string[] | undefined): string {
  const [, second, ...rest] = previewNames ?? []
  return second === undefined ? '' : ` (also checked: "${second}" to "${rest.at(-1) ?? second}")`
}

/** Pauses before a delete is sent again that was answered 404 though the deployment is listed: a list can lag behind a delete. */
const DELETE_AGAIN_AFTER_MS = [4_000, 8_000, 12_000]

/** Deletes one deployment, which is there by the list. */
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
      // Either an earlier delete whose answer was lost has done it, or the 404 is not about this deployment.
      if (await isGone(client, deployment)) return true
      if (isLast) throw error
      return undefined
    }
  })
}

/** Whether the list of deployments lacks it too: no stray 404 of a proxy can say that. */
async function isGone(client: ControlPlaneClient, { id, name }: Deployment): Promise<boolean> {
  const listed = await findByName(client, name)
  return listed?.id !== id || isGoing(listed)
}

/** The deployment that is meant; of a preview each one that bears one of its names. */
async function findAll({ client, limits }: CommandContext, { target }: DeleteConfig): Promise<readonly Deployment[]> {
  if (target.previewNames) return findPreviews(client, target.previewNames)
  const found = await findIfAny(client, limits, target)
  return found ? [found] : []
}
