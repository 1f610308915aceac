import { ApiError } from '../control-plane/errors.ts'
import type { Deployment } from '../control-plane/resources.ts'
import { find, findPreviews, isGoing } from '../deployment/find.ts'
import type { Verdict } from '../deployment/verdict.ts'
import type { DeleteConfig } from '../inputs.ts'
import type { CommandContext } from './context.ts'

/** Deletes the deployment; safe to repeat, since one that is gone or going is what was asked for. */
export async function deleteDeployment(context: CommandContext, config: DeleteConfig): Promise<Verdict> {
  const { progress } = context
  const label = config.target.name ? `"${config.target.name}"` : (config.target.deploymentId ?? '')
  const found = await findAll(context, config)
  if (found.length === 0 && config.dryRun) {
    return { status: 'planned', reason: `There is no deployment ${label} to delete.` }
  }
  if (found.length === 0) return absent(context, label)

  const standing = found.filter((deployment) => !isGoing(deployment))
  for (const deployment of standing.length > 0 ? standing : found) progress.leaving(deployment)
  if (standing.length === 0) {
    return { status: 'deleted', reason: `The deployment ${label} is being deleted already.` }
  }
  const project = config.deleteTracingProject ? ' and its tracing project' : ''
  if (config.dryRun) {
    const all = standing.map(({ name, id }) => `"${name}" (${id})`).join(', ')
    return { status: 'planned', reason: `It would delete the deployment ${all}${project}.` }
  }
  for (const deployment of standing) await remove(context, config, deployment)
  const names = standing.map(({ name }) => `"${name}"`).join(', ')
  const several = standing.length > 1
  return {
    status: 'deleted',
    reason: `The deployment${several ? 's' : ''} ${names}${project} ${several || project ? 'are' : 'is'} deleted. LangSmith keeps ${several ? 'their names' : 'its name'} reserved for up to a week.`
  }
}

async function remove({ client }: CommandContext, config: DeleteConfig, { id }: Deployment): Promise<void> {
  try {
    await client.deleteDeployment(id, { withTracingProject: config.deleteTracingProject })
  } catch (error) {
    // It was there a moment ago: a repeated delete finds that the first one, whose answer was lost, had done it.
    if (!isMissing(error)) throw error
  }
}

/** The deployment that is meant; of a preview each one that bears one of its names. */
async function findAll({ client }: CommandContext, { target }: DeleteConfig): Promise<readonly Deployment[]> {
  if (target.previewNames) return findPreviews(client, target.previewNames)
  try {
    const found = await find(client, target)
    return found ? [found] : []
  } catch (error) {
    if (target.deploymentId && isMissing(error)) return []
    throw error
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404 && !error.isWrongHost
}

function absent({ progress }: CommandContext, label: string): Verdict {
  const reason = `There is no deployment ${label}; nothing had to be deleted.`
  progress.remark(reason)
  return { status: 'deleted', reason }
}
