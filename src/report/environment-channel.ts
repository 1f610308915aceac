import { VERDICTS, type Verdict } from '../deployment/verdict.ts'
import {
  createDeployment,
  type DeploymentState,
  type DeploymentStatus,
  findUnanswered,
  retireDeployments,
  setStatus
} from '../github/deployments.ts'
import type { RunRecord } from '../run/record.ts'
import { inWords } from './duration.ts'
import type { Channel, ChannelContext } from './feedback.ts'
import { materialOf } from './material.ts'
import { type Outputs, outputsOf } from './outputs.ts'

/** Shows the run as a GitHub deployment of an environment. */
export function environmentChannel(context: ChannelContext, environment: string): Channel | undefined {
  const { github: session, plan, trigger, cancelled, now, mark, state, save } = context
  if (!session) return undefined
  const status = (state: DeploymentState, description: string, url?: string): DeploymentStatus => {
    return { state, description, environmentUrl: url, logUrl: trigger.runUrl }
  }

  const make = async (ref: string, record: RunRecord): Promise<number | undefined> => {
    const { outputs, commit } = materialOf(record, now())
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
  const makeAfterAll = async (record: RunRecord, verdict: Verdict['status']): Promise<number | undefined> => {
    const { commit: ref } = plan
    if (!ref) return undefined
    const unanswered = await findUnanswered(session, { environment, ref, mark: mark() })
    return unanswered ?? (verdict === 'cancelled' ? undefined : make(ref, record))
  }

  return {
    begin: async (record) => {
      if (!plan.commit) return
      const id = await make(plan.commit, record)
      if (id !== undefined) await setStatus(session, id, status('in_progress', `Deploying ${mark().name}`))
    },
    following: async ({ revision }) => {
      const { deployment } = state()
      if (deployment === undefined || !revision) return
      await setStatus(session, deployment, status('in_progress', `Revision ${revision.id} is rolled out`))
    },
    finish: async (record) => {
      const verdict = record.verdict?.status ?? 'cancelled'
      const outputs = outputsOf(record)
      if (verdict === 'deleted') {
        return retireDeployments(session, environment, mark(), undefined, 'The deployment was deleted')
      }
      if (!state().begun) return true
      const id = state().deployment ?? (await makeAfterAll(record, verdict))
      if (id === undefined) return !cancelled.aborted
      const next = VERDICTS[verdict].githubState
      const isTold = await setStatus(
        session,
        id,
        status(next, describe(verdict, record, outputs), outputs.get('deployment-url'))
      )
      if (isTold && next === 'success') {
        await retireDeployments(session, environment, mark(), id, 'A newer revision serves')
      }
      return isTold
    }
  }
}

/** Our revision first, by which a later run finds out what was deployed; then how it ended. */
function describe(status: Verdict['status'], { revisionId }: RunRecord, outputs: Outputs): string {
  const told = outputs.get('revision-id')
  const revision = told === revisionId ? told : undefined
  const seconds = outputs.get('duration-seconds')
  return [
    revision ? `Revision ${revision}: ${status}` : `${status.charAt(0).toUpperCase()}${status.slice(1)}`,
    seconds && `after ${inWords(Number(seconds) * 1000)}`
  ]
    .filter(Boolean)
    .join(' ')
}
