import { ApiError } from '../control-plane/errors.ts'
import type { Deployment } from '../control-plane/resources.ts'
import { find, isGoing } from '../deployment/find.ts'
import type { Verdict } from '../deployment/verdict.ts'
import type { DeleteConfig } from '../inputs.ts'
import type { CommandContext } from './context.ts'

/** Deletes the deployment; safe to repeat, since one that is gone or going is what was asked for. */
export async function deleteDeployment(context: CommandContext, config: DeleteConfig): Promise<Verdict> {
  const { client, progress } = context
  const label = config.target.name ? `"${config.target.name}"` : (config.target.deploymentId ?? '')
  const deployment = await findOrNone(context, config)
  if (!deployment && config.dryRun) return { status: 'planned', reason: `There is no deployment ${label} to delete.` }
  if (!deployment) return absent(context, label)
  progress.leaving(deployment)
  if (isGoing(deployment)) return { status: 'deleted', reason: `The deployment ${label} is being deleted already.` }

  const project = config.deleteTracingProject ? ' and its tracing project' : ''
  if (config.dryRun) {
    return {
      status: 'planned',
      reason: `It would delete the deployment "${deployment.name}" (${deployment.id})${project}.`
    }
  }
  try {
    await client.deleteDeployment(deployment.id, { withTracingProject: config.deleteTracingProject })
  } catch (error) {
    // It was there a moment ago: a repeated delete finds that the first one, whose answer was lost, had done it.
    if (!isMissing(error)) throw error
  }
  return {
    status: 'deleted',
    reason: `The deployment "${deployment.name}"${project} ${project ? 'are' : 'is'} deleted. LangSmith keeps its name reserved for up to a week.`
  }
}

async function findOrNone({ client }: CommandContext, { target }: DeleteConfig): Promise<Deployment | undefined> {
  try {
    return await find(client, target)
  } catch (error) {
    if (target.deploymentId && isMissing(error)) return undefined
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
