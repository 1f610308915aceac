import type { Change } from '../github/changes.ts'
import type { GithubSession } from '../github/session.ts'
import type { SoughtStanding, Standing } from '../github/standing.ts'
import type { Clock } from '../run/limits.ts'
import type { FeedbackPlan, FeedbackState, RunRecord } from '../run/record.ts'
import type { Recorder } from '../run/recorder.ts'
import type { Verdict } from '../run/verdict.ts'
import type { Trigger } from '../runner/trigger.ts'

/** By what a later run knows again what this one told. */
interface Mark {
  /** The deployment in LangSmith by its name; a preview by the first that it may bear. */
  readonly name: string
  /** Control plane and workspace, as a digest: one name can be in several. */
  readonly place: string
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

/** One of the places that are told. What it tells, it makes from the record. An error of a channel is a warning of the run. */
export interface Channel {
  begin(record: RunRecord): Promise<void>
  following(record: RunRecord): Promise<void>
  /** What `finish` has to know of what stands at GitHub. */
  wants?(record: RunRecord): SoughtStanding
  /**
   * @param standing what `wants` asked for
   * @returns whether nothing is left to tell, or what is to be written for that; after `false` the post step calls `finish`
   * of each channel again
   */
  finish(record: RunRecord, standing: Standing): Promise<boolean | Ending>
}

/** What a channel writes at the end, together with the other channels. */
export interface Ending {
  readonly changes: readonly Change[]
  /** Whether nothing is left to tell once these changes were made. */
  isTold(made: ReadonlySet<Change>): boolean
}

export interface FeedbackOptions {
  readonly plan: FeedbackPlan
  /** Nothing when the run has no token for it. */
  readonly github: GithubSession | undefined
  readonly trigger: Trigger
  readonly cancelled: AbortSignal
  readonly clock: Pick<Clock, 'now'>
  readonly recorder: Recorder
  /** Tells the user that a channel failed. */
  readonly warn: (text: string) => void
  /** Writes a line into the log. */
  readonly note: (text: string) => void
}

/** What a channel works with. */
export interface ChannelContext extends Omit<FeedbackOptions, 'recorder' | 'warn'> {
  readonly mark: () => Mark
  readonly state: () => FeedbackState
  readonly save: (change: Partial<FeedbackState>) => void
}

/** How a run ended; one that came to no verdict was killed. */
export function endStatus({ verdict }: Pick<RunRecord, 'verdict'>): Verdict['status'] {
  return verdict?.status ?? 'cancelled'
}
