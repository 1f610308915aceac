import { retirements, statusChange } from '../github/changes.ts'
import { createDeployment, type DeploymentState, type DeploymentStatus, setStatus } from '../github/deployments.ts'
import { findUnanswered } from '../github/history.ts'
import type { GithubSession } from '../github/session.ts'
import { lookAtStanding } from '../github/standing.ts'
import { materialOf } from '../report/material.ts'
import { type Outputs, outputsOf } from '../report/outputs.ts'
import { durationOf } from '../report/summary.ts'
import type { FeedbackPlan, RunRecord } from '../run/record.ts'
import { VERDICTS, type Verdict } from '../run/verdict.ts'
import { type Channel, type ChannelContext, endStatus } from './feedback.ts'

/** Shows the run as a GitHub deployment of an environment. */
export function environmentChannel(context: ChannelContext, environment: string): Channel | undefined {
  const { github, plan, trigger, cancelled, mark, state } = context
  if (!github) return undefined
  const place: GithubPlace = { github, environment }
  const status = (state: DeploymentState, description: string, url?: string): DeploymentStatus => {
    return { state, description, environmentUrl: url, logUrl: trigger.runUrl }
  }
  const sought = () => ({ deployments: { mark: mark(), environment } })
  return {
    // GitHub shows it as pending until there is a revision.
    begin: async (record) => {
      if (plan.commit) await make(context, place, plan.commit, record)
    },
    following: async ({ revision }) => {
      const { deployment } = state()
      if (deployment === undefined || !revision) return
      await setStatus(github, deployment, status('in_progress', `Rolling out revision ${revision.id}`))
    },
    wants: (record) => {
      const verdict = endStatus(record)
      const isOver = state().deployment !== undefined && VERDICTS[verdict].githubState === 'success'
      return verdict === 'deleted' || isOver ? sought() : {}
    },
    finish: async (record, { deployments: standing }) => {
      const verdict = endStatus(record)
      if (verdict === 'deleted') {
        const changes = retirements(standing ?? [], { description: 'The deployment was deleted' })
        return { changes, isTold: (made) => standing !== undefined && changes.every((change) => made.has(change)) }
      }
      if (!state().begun) return true
      const begun = state().deployment
      const id = begun ?? (await findOrMake(context, place, record, verdict))
      if (id === undefined) return !cancelled.aborted
      const outputs = outputsOf(record)
      const end = endStateOf(verdict, plan)
      // After a failure, the address leads to another revision than this deployment's.
      const url = end === 'failure' ? undefined : outputs.get('deployment-url')
      const last = status(end, descriptionOf(verdict, record, outputs), url)
      if (end !== 'success') return setStatus(github, id, last)
      const seen = begun === undefined ? (await lookAtStanding(github, sought())).deployments : standing
      const changes = retirements(seen ?? [], { before: id, description: 'A newer revision is active' })
      const own = seen?.find((one) => one.id === id)
      // GitHub may not list a new deployment immediately.
      if (!own) {
        const isTold = await setStatus(github, id, last)
        return { changes, isTold: () => isTold }
      }
      const ended = statusChange(own, last)
      return { changes: [ended, ...changes], isTold: (made) => made.has(ended) }
    }
  }
}

/**
 * The final state. A canceled preview is a failure: GitHub would show an inactive one as destroyed, which it is not.
 */
function endStateOf(verdict: Verdict['status'], { isPreview }: FeedbackPlan): DeploymentState {
  return verdict === 'cancelled' && isPreview ? 'failure' : VERDICTS[verdict].githubState
}

interface GithubPlace {
  readonly github: GithubSession
  readonly environment: string
}

/** Creates the GitHub deployment. @param ref its commit */
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

/** Finds the deployment whose creation got no response, or creates one. A canceled run has no need of a new one. */
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

/** The status description. It starts with this run's revision, by which a later run finds the deployed commit. */
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
