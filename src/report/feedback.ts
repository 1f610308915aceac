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
  /** Which places are told. */
  readonly channels: AskedChannels
  /** The commit of the run, at which the GitHub deployment is made. */
  readonly commit: string | undefined
  /** The folder that an archive is packed from, by which a later run tells two projects of one repository apart. */
  readonly folder?: string | undefined
  /** When the run began, in milliseconds since the epoch. */
  readonly startedAt: number
}

/** What the inputs say of each place that can be told; nothing where it is not to be told. */
export interface AskedChannels {
  /** The environment of GitHub that gets a deployment. */
  readonly environment?: string | undefined
  /** The pull request that gets a comment. */
  readonly comment?: number | undefined
}

/** By what a later run knows again what this one told. */
export interface Mark {
  /** The deployment in LangSmith by its name; a preview by the first that it may bear. */
  readonly name: string
  /** Control plane and workspace, as a digest: one name can be in several. */
  readonly place: string
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
  mark(): Mark
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

/** Makes a channel of what the inputs say of it; nothing where it cannot be reached. */
export type ChannelKind<Asked> = (context: ChannelContext, asked: Asked) => Channel | undefined

export interface FeedbackOptions {
  readonly plan: FeedbackPlan
  /** Nothing when the run has no token for it. */
  readonly github: GithubSession | undefined
  readonly trigger: Trigger
  readonly cancelled: AbortSignal
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly recorder: Recorder
}

/** What a channel works with. */
export interface ChannelContext extends Omit<FeedbackOptions, 'recorder'> {
  readonly mark: () => Mark
  readonly state: () => FeedbackState
  readonly save: (change: Partial<FeedbackState>) => void
}

/** A run that tells nobody. */
export function noFeedback(mark: Mark): Feedback {
  return { mark: () => mark, begin: async () => {}, following: async () => {}, finish: async () => {} }
}
