import type { Revision } from '../control-plane/resources.ts'
import type { Verdict } from '../deployment/verdict.ts'
import type { DeploymentMark } from '../github/deployments.ts'
import type { GithubSession } from '../github/session.ts'
import type { Trigger } from '../runner/trigger.ts'
import type { CommentMaterial } from './comment.ts'
import type { OutputName } from './outputs.ts'

/** What a run tells GitHub of itself, as its inputs ask for; it is saved for the post step. */
export interface FeedbackPlan {
  /** The deployment in LangSmith as the workflow asks for it: its name, else its ID. */
  readonly asked: string
  /** Whether that is the ID, which is no name to be known by. */
  readonly isId: boolean
  /** Digest of control plane and workspace, whose names are nobody's business on GitHub. */
  readonly place: string
  /** Whether it is the preview of a pull request: then `asked` stands for all names that it may bear. */
  readonly isPreview: boolean
  readonly environment: string | undefined
  /** The pull request that gets a comment. */
  readonly commentOn: number | undefined
  /** The commit of the run, at which the GitHub deployment is made. */
  readonly commit: string | undefined
  /** The folder that an archive is packed from, by which a later run tells two projects of one repository apart. */
  readonly folder?: string | undefined
  /** When the run began, in milliseconds since the epoch. */
  readonly startedAt: number
}

/** How far it has come; saved for the post step too. */
export interface FeedbackState {
  /** Whether it was told that the run deploys something. */
  readonly begun: boolean
  /** The name by which it is known again, once that is certain. */
  readonly name?: string
  /** ID of the GitHub deployment. */
  readonly deployment?: number
  /** ID of the comment. */
  readonly comment?: number
  /** What was to be told at the end, once that is known. */
  readonly ended?: SavedEnd
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
  /** By what our deployments and comments are known again. */
  mark(): DeploymentMark
  /** To be called before the write. */
  begin(): Promise<void>
  /** To be called once the revision is known that is followed. */
  following(revision: Revision): Promise<void>
  /** Tells the verdict. */
  finish(ended: EndedRun): Promise<void>
}

/** One of the places that are told. */
export interface Channel {
  begin(): Promise<void>
  following(revision: Revision): Promise<void>
  /** @returns whether it is told, or there is nothing to tell */
  finish(ended: EndedRun): Promise<boolean>
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

/** What a channel works with. */
export interface ChannelContext extends Omit<FeedbackOptions, 'state' | 'remember'> {
  readonly mark: () => DeploymentMark
  readonly state: () => FeedbackState
  readonly save: (change: Partial<FeedbackState>) => void
}

/** A run that tells GitHub nothing. */
export function noFeedback(mark: DeploymentMark): Feedback {
  return { mark: () => mark, begin: async () => {}, following: async () => {}, finish: async () => {} }
}
