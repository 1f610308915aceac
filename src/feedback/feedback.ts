import type { Change } from '../github/changes.ts'
import type { GithubSession } from '../github/session.ts'
import type { SoughtStanding, Standing } from '../github/standing.ts'
import type { Clock } from '../run/limits.ts'
import type { FeedbackPlan, FeedbackState, RunRecord } from '../run/record.ts'
import type { Recorder } from '../run/recorder.ts'
import type { Verdict } from '../run/verdict.ts'
import type { Trigger } from '../runner/trigger.ts'

/** Identifies the reports of one deployment, so that a later run finds them. */
interface Mark {
  /** Name of the deployment in LangSmith; for a preview, the first of its possible names. */
  readonly name: string
  /** Digest of control plane and workspace: the same name can exist in several. */
  readonly place: string
}

/** Reports a run on GitHub. */
export interface Feedback {
  mark(): Mark
  /** Reports the start of the run; call it before the first write. */
  begin(): Promise<void>
  /** Reports the rollout; call it as soon as the revision is known. */
  following(): Promise<void>
  /** Reports the verdict. */
  finish(): Promise<void>
}

/** One kind of report, made from the record. An error of a channel is a warning of the run. */
export interface Channel {
  begin(record: RunRecord): Promise<void>
  following(record: RunRecord): Promise<void>
  /** The parts of the state on GitHub that `finish` needs. */
  wants?(record: RunRecord): SoughtStanding
  /**
   * Reports the end of the run.
   *
   * @param standing the parts of the state that `wants` requested
   * @returns the remaining changes, or whether the report is complete; after `false`, the post step calls `finish` of
   * each channel again
   */
  finish(record: RunRecord, standing: Standing): Promise<boolean | Ending>
}

/** The final changes of a channel, made in one request with the changes of the other channels. */
export interface Ending {
  readonly changes: readonly Change[]
  /** Tells if the report is complete after these changes. */
  isTold(made: ReadonlySet<Change>): boolean
}

export interface FeedbackOptions {
  readonly plan: FeedbackPlan
  /** `undefined` if the run has no GitHub token. */
  readonly github: GithubSession | undefined
  readonly trigger: Trigger
  readonly cancelled: AbortSignal
  readonly clock: Pick<Clock, 'now'>
  readonly recorder: Recorder
  /** Warns the user that a channel failed. */
  readonly warn: (text: string) => void
  /** Writes a line to the log. */
  readonly note: (text: string) => void
}

/** Dependencies of a channel. */
export interface ChannelContext extends Omit<FeedbackOptions, 'recorder' | 'warn'> {
  readonly mark: () => Mark
  readonly state: () => FeedbackState
  readonly save: (change: Partial<FeedbackState>) => void
}

/** The verdict of a run; a killed run, which has none, counts as canceled. */
export function endStatus({ verdict }: Pick<RunRecord, 'verdict'>): Verdict['status'] {
  return verdict?.status ?? 'cancelled'
}
