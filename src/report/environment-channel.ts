import type { Verdict } from '../deployment/verdict.ts'
import {
  createDeployment,
  type DeploymentState,
  type DeploymentStatus,
  findUnanswered,
  retireDeployments,
  setStatus
} from '../github/deployments.ts'
import { inWords } from './duration.ts'
import type { Channel, ChannelContext, EndedRun } from './feedback.ts'

/** Shows the run as a GitHub deployment of an environment. */
export function createEnvironmentChannel(context: ChannelContext, environment: string): Channel {
  const { session, plan, trigger, cancelled, material, mark, state, save } = context
  const status = (state: DeploymentState, description: string, url?: string): DeploymentStatus => {
    return { state, description, environmentUrl: url, logUrl: trigger.runUrl }
  }

  const make = async (ref: string): Promise<number | undefined> => {
    const { outputs, commit } = material()
    const id = await createDeployment(session, {
      environment,
      ref,
      transient: plan.isPreview,
      mark: mark(),
      commit,
      folder: plan.folder,
      deploymentId: outputs.get('deployment-id'),
      revisionId: outputs.get('revision-id')
    })
    if (id !== undefined) save({ deployment: id })
    return id
  }

  /** The one whose making was not answered, else a new one, unless there is nothing any more that it could tell. */
  const makeAfterAll = async (verdict: Verdict['status']): Promise<number | undefined> => {
    const { commit: ref } = plan
    if (!ref) return undefined
    const unanswered = await findUnanswered(session, { environment, ref, mark: mark() })
    return unanswered ?? (verdict === 'cancelled' ? undefined : make(ref))
  }

  return {
    begin: async () => {
      if (!plan.commit) return
      const id = await make(plan.commit)
      if (id !== undefined) await setStatus(session, id, status('in_progress', `Deploying ${mark().name}`))
    },
    following: async ({ id }) => {
      const { deployment } = state()
      if (deployment === undefined) return
      await setStatus(session, deployment, status('in_progress', `Revision ${id} is rolled out`))
    },
    finish: async (ended) => {
      if (ended.status === 'deleted') {
        return retireDeployments(session, environment, mark(), undefined, 'The deployment was deleted')
      }
      if (!state().begun) return true
      const id = state().deployment ?? (await makeAfterAll(ended.status))
      if (id === undefined) return !cancelled.aborted
      const next = STATES[ended.status]
      const isTold = await setStatus(session, id, status(next, describe(ended), ended.outputs.get('deployment-url')))
      if (isTold && next === 'success') {
        await retireDeployments(session, environment, mark(), id, 'A newer revision serves')
      }
      return isTold
    }
  }
}

const STATES: Readonly<Record<Verdict['status'], DeploymentState>> = {
  deployed: 'success',
  failed: 'failure',
  'timed-out': 'failure',
  error: 'failure',
  superseded: 'inactive',
  cancelled: 'inactive',
  // Not waited for: it is the last thing that is known of it.
  started: 'in_progress',
  // These come about without a deployment, or after one turned out not to be needed.
  unchanged: 'inactive',
  planned: 'inactive',
  deleted: 'inactive',
  skipped: 'inactive'
}

/** Our revision first, by which a later run finds out what was deployed; then how it ended. */
function describe({ status, facts, outputs }: EndedRun): string {
  const revision = facts.own ? outputs.get('revision-id') : undefined
  const seconds = outputs.get('duration-seconds')
  return [
    revision ? `Revision ${revision}: ${status}` : `${status.charAt(0).toUpperCase()}${status.slice(1)}`,
    seconds && `after ${inWords(Number(seconds) * 1000)}`
  ]
    .filter(Boolean)
    .join(' ')
}
