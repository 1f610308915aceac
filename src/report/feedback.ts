import type { Revision } from '../control-plane/resources.ts'
import type { Verdict } from '../deployment/verdict.ts'
import {
  type CommentMark,
  createComment,
  findComment,
  updateComment,
  withMark,
  writeComment
} from '../github/comments.ts'
import {
  createDeployment,
  type DeploymentMark,
  type DeploymentState,
  type DeploymentStatus,
  findUnanswered,
  retireDeployments,
  setStatus
} from '../github/deployments.ts'
import type { GithubSession } from '../github/session.ts'
import type { Config } from '../inputs.ts'
import type { Trigger } from '../runner/trigger.ts'
import { type CommentMaterial, commentMarkdown } from './comment.ts'
import { inWords } from './duration.ts'
import { words } from './message.ts'
import type { OutputName } from './outputs.ts'

/** What a run tells GitHub of itself, as its inputs ask for; it is saved for the post step. */
export interface FeedbackPlan {
  readonly mark: DeploymentMark
  readonly environment: string | undefined
  /** Whether the environment goes away with a pull request. */
  readonly isPreview: boolean
  readonly comment: CommentMark | undefined
  /** When the run began, in milliseconds since the epoch. */
  readonly startedAt: number
}

/** How far it has come; saved for the post step too. */
export interface FeedbackState {
  /** Whether it was told that the run deploys something. */
  readonly begun: boolean
  /** What was to be told at the end, once that is known. */
  readonly ended?: SavedEnd
  /** ID of the GitHub deployment. */
  readonly deployment?: number
  /** ID of the comment. */
  readonly comment?: number
}

/** What is known of the run at the moment. */
export type FeedbackMaterial = Pick<CommentMaterial, 'facts' | 'outputs' | 'dashboard' | 'name' | 'commit'>

/** A run that has come to its verdict. */
export type EndedRun = FeedbackMaterial &
  Pick<CommentMaterial, 'words' | 'endedAt'> & { readonly status: Verdict['status'] }

/** The end of a run as it can be saved. */
export interface SavedEnd extends Pick<EndedRun, 'dashboard' | 'name' | 'commit' | 'words' | 'endedAt'> {
  readonly outputs: Readonly<Partial<Record<OutputName, string>>>
}

/** Tells GitHub of a run: a deployment of an environment, and a comment on the pull request. */
export interface Feedback {
  readonly mark: DeploymentMark
  /** To be called before the write. */
  begin(): Promise<void>
  /** To be called once the revision is known that is followed. */
  following(revision: Revision): Promise<void>
  /** Tells the verdict. */
  finish(ended: EndedRun): Promise<void>
}

export interface FeedbackOptions {
  readonly session: GithubSession
  readonly plan: FeedbackPlan
  readonly state?: FeedbackState
  readonly trigger: Trigger
  readonly cancelled: AbortSignal
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** What is known so far. */
  readonly material: () => FeedbackMaterial
  /** Told of what the post step would have to finish; nothing when there is nothing left. */
  readonly remember: (state: FeedbackState | undefined) => void
}

/** What a run is to tell, by its inputs. */
export function planFeedback(config: Config, startedAt: number): FeedbackPlan {
  const { target, controlPlane, connection, workspaceName, environment, commentOn: pullRequest } = config
  const name = target.name ?? target.deploymentId ?? ''
  const { host } = new URL(controlPlane.url)
  const place = [host, connection.workspaceId ?? workspaceName].filter(Boolean).join('/')
  return {
    mark: { name, place },
    environment,
    isPreview: target.previewNames !== undefined,
    comment: pullRequest === undefined ? undefined : { name, place, pullRequest },
    startedAt
  }
}

/** A run that tells GitHub nothing. */
export function noFeedback(mark: DeploymentMark): Feedback {
  return { mark, begin: async () => {}, following: async () => {}, finish: async () => {} }
}

export function createFeedback({
  session,
  plan,
  state: before = { begun: false },
  trigger,
  cancelled,
  now,
  material,
  remember
}: FeedbackOptions): Feedback {
  const { mark, environment, comment, startedAt } = plan
  let state = before
  const save = (change: Partial<FeedbackState>) => {
    state = { ...state, ...change }
    remember(state)
  }

  const status = (state: DeploymentState, description: string, url?: string): DeploymentStatus => {
    return { state, description, environmentUrl: url, logUrl: trigger.runUrl }
  }

  const makeDeployment = async (): Promise<number | undefined> => {
    if (!environment || !trigger.commit) return undefined
    const { outputs } = material()
    const id = await createDeployment(session, {
      environment,
      ref: trigger.commit,
      transient: plan.isPreview,
      mark,
      commit: material().commit,
      deploymentId: outputs.get('deployment-id'),
      revisionId: outputs.get('revision-id')
    })
    if (id !== undefined) save({ deployment: id })
    return id
  }

  const beginDeployment = async () => {
    const id = await makeDeployment()
    if (id !== undefined) await setStatus(session, id, status('in_progress', `Deploying ${mark.name}`))
  }

  const bodyOf = (told: Omit<CommentMaterial, 'trigger'>, of: CommentMark) =>
    withMark(commentMarkdown({ ...told, trigger }), of, startedAt)

  const bodyNow = (of: CommentMark) =>
    bodyOf({ ...material(), status: 'deploying', words: words(UNDER_WAY), endedAt: now() }, of)

  const beginComment = async () => {
    if (!comment) return
    const found = await findComment(session, comment)
    if (!found) return
    const body = bodyNow(comment)
    if (found === 'none') {
      const id = await createComment(session, comment.pullRequest, body)
      if (id !== undefined) save({ comment: id })
    } else if (found.writtenBy <= startedAt) {
      save({ comment: found.id })
      await writeComment(session, found.id, body)
    }
  }

  /** The one whose making was not answered, else a new one, unless there is nothing any more that it could tell. */
  const deploymentAfterAll = async (verdict: Verdict['status']): Promise<number | undefined> => {
    if (!environment || !trigger.commit) return undefined
    const unanswered = await findUnanswered(session, { environment, ref: trigger.commit, mark })
    return unanswered ?? (verdict === 'cancelled' ? undefined : makeDeployment())
  }

  const finishDeployment = async (ended: EndedRun): Promise<boolean> => {
    if (!environment) return true
    if (ended.status === 'deleted') {
      return retireDeployments(session, environment, mark, undefined, 'The deployment was deleted')
    }
    if (!state.begun) return true
    const id = state.deployment ?? (await deploymentAfterAll(ended.status))
    if (id === undefined) return !cancelled.aborted
    const next = STATES[ended.status]
    const isTold = await setStatus(session, id, status(next, describe(ended), ended.outputs.get('deployment-url')))
    if (isTold && next === 'success') {
      await retireDeployments(session, environment, mark, id, 'A newer revision serves')
    }
    return isTold
  }

  const finishComment = async (ended: EndedRun): Promise<boolean> => {
    // A run that was not to deploy anything leaves the word to the one that did.
    const isSilent = !state.begun && (ended.status === 'superseded' || ended.status === 'cancelled')
    if (!comment || isSilent) return true
    const body = bodyOf(ended, comment)
    const updated = state.comment === undefined ? 'gone' : await updateComment(session, state.comment, body, startedAt)
    if (updated !== 'gone') return updated
    const found = await findComment(session, comment)
    if (!found) return false
    if (found === 'none') return (await createComment(session, comment.pullRequest, body)) !== undefined
    return found.writtenBy > startedAt || writeComment(session, found.id, body)
  }

  return {
    mark,
    begin: async () => {
      if (state.begun) return
      save({ begun: true })
      await Promise.all([beginDeployment(), beginComment()])
    },
    following: async ({ id }) => {
      const rollsOut = status('in_progress', `Revision ${id} is rolled out`)
      await Promise.all([
        state.deployment === undefined ? undefined : setStatus(session, state.deployment, rollsOut),
        state.comment === undefined || !comment
          ? undefined
          : updateComment(session, state.comment, bodyNow(comment), startedAt)
      ])
    },
    finish: async (ended) => {
      const { dashboard, name, commit, words, endedAt } = ended
      const outputs = Object.fromEntries(ended.outputs)
      save({ ended: { dashboard, name, commit, words, endedAt, outputs } })
      const told = await Promise.all([finishDeployment(ended), finishComment(ended)])
      // What GitHub refuses, it refuses the post step too; only what there was no time for is left to it.
      if (told.every(Boolean) || !cancelled.aborted) remember(undefined)
    }
  }
}

const UNDER_WAY = 'This comment is written anew when the run ends.'

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
