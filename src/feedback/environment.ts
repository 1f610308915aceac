import {
  createDeployment,
  type DeploymentState,
  type DeploymentStatus,
  findUnanswered,
  retireDeployments,
  setStatus
} from '../github/deployments.ts'
import type { GithubSession } from '../github/session.ts'
import { materialOf } from '../report/material.ts'
import { type Outputs, outputsOf } from '../report/outputs.ts'
import { durationOf } from '../report/summary.ts'
import type { RunRecord } from '../run/record.ts'
import { VERDICTS, type Verdict } from '../run/verdict.ts'
import type { Channel, ChannelContext } from './feedback.ts'

/** Shows the run as a GitHub deployment of an environment. */
export function environmentChannel(context: ChannelContext, environment: string): Channel | undefined {
  const { github, plan, trigger, cancelled, mark, state } = context
  if (!github) return undefined
  const place: GithubPlace = { github, environment }
  const status = (state: DeploymentState, description: string, url?: string): DeploymentStatus => {
    return { state, description, environmentUrl: url, logUrl: trigger.runUrl }
  }
  const retire = (but: number | undefined, why: string) => retireDeployments(github, environment, mark(), but, why)
  return {
    begin: async (record) => {
      if (!plan.commit) return
      const id = await make(context, place, plan.commit, record)
      if (id !== undefined) await setStatus(github, id, status('in_progress', `Deploying ${mark().name}`))
    },
    following: async ({ revision }) => {
      const { deployment } = state()
      if (deployment === undefined || !revision) return
      await setStatus(github, deployment, status('in_progress', `Revision ${revision.id} is rolled out`))
    },
    finish: async (record) => {
      const verdict = record.verdict?.status ?? 'cancelled'
      if (verdict === 'deleted') return retire(undefined, 'The deployment was deleted')
      if (!state().begun) return true
      const id = state().deployment ?? (await findOrMake(context, place, record, verdict))
      if (id === undefined) return !cancelled.aborted
      const outputs = outputsOf(record)
      const end = VERDICTS[verdict].githubState
      const description = descriptionOf(verdict, record, outputs)
      const isTold = await setStatus(github, id, status(end, description, outputs.get('deployment-url')))
      if (isTold && end === 'success') await retire(id, 'A newer revision serves')
      return isTold
    }
  }
}

interface GithubPlace {
  readonly github: GithubSession
  readonly environment: string
}

/** @param ref the commit at which the GitHub deployment is made */
async function make(
  { plan, mark, clock, save }: ChannelContext,
  { github, environment }: GithubPlace,
  ref: string,
  record: RunRecord
): Promise<number | undefined> {
  const { outputs, commit } = materialOf(record, clock.now())
  const id = await createDeployment(github, {
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

/** The one whose making was not answered, else a new one; a cancelled run makes none, which would have nothing to tell. */
async function findOrMake(
  context: ChannelContext,
  place: GithubPlace,
  record: RunRecord,
  verdict: Verdict['status']
): Promise<number | undefined> {
  const { commit: ref } = context.plan
  if (!ref) return undefined
  const unanswered = await findUnanswered(place.github, { environment: place.environment, ref, mark: context.mark() })
  return unanswered ?? (verdict === 'cancelled' ? undefined : make(context, place, ref, record))
}

/** Our revision first, by which a later run finds out what was deployed; then how it ended. */
function descriptionOf(status: Verdict['status'], { revisionId }: RunRecord, outputs: Outputs): string {
  const told = outputs.get('revision-id')
  const revision = told === revisionId ? told : undefined
  const took = durationOf(outputs)
  return [
    revision ? `Revision ${revision}: ${status}` : `${status.charAt(0).toUpperCase()}${status.slice(1)}`,
    took && `after ${took}`
  ]
    .filter(Boolean)
    .join(' ')
}
