import type { DeploymentMark } from '../github/deployments.ts'
import type { GithubSession } from '../github/session.ts'
import type { RunRecord } from '../run/record.ts'
import type { Recorder } from '../run/recorder.ts'
import type { Trigger } from '../runner/trigger.ts'

/** What a run tells other places of itself, as its inputs ask for; it is saved for the post step. */
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
}

/** Tells other places of a run. */
export interface Feedback {
  /** By what our deployments and comments are known again. */
  mark(): DeploymentMark
  /** To be called before the write. */
  begin(): Promise<void>
  /** To be called once the revision is known that is followed. */
  following(): Promise<void>
  /** Tells the verdict. */
  finish(): Promise<void>
}

/** One of the places that are told. What it tells, it makes from the record. */
export interface Channel {
  begin(record: RunRecord): Promise<void>
  following(record: RunRecord): Promise<void>
  /** @returns whether it is told, or there is nothing to tell */
  finish(record: RunRecord): Promise<boolean>
}

/** Makes a channel; nothing where the inputs ask for none, or it cannot be reached. */
export type ChannelKind = (context: ChannelContext) => Channel | undefined

export interface FeedbackOptions {
  readonly plan: FeedbackPlan
  /** Nothing when the run has no token for GitHub. */
  readonly session: GithubSession | undefined
  readonly trigger: Trigger
  readonly cancelled: AbortSignal
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly recorder: Recorder
}

/** What a channel works with. */
export interface ChannelContext extends Omit<FeedbackOptions, 'recorder'> {
  readonly mark: () => DeploymentMark
  readonly state: () => FeedbackState
  readonly save: (change: Partial<FeedbackState>) => void
}

/** A run that tells nobody. */
export function noFeedback(mark: DeploymentMark): Feedback {
  return { mark: () => mark, begin: async () => {}, following: async () => {}, finish: async () => {} }
}
