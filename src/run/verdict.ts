import type { Place } from './place.ts'

/**
 * Result of a run. The `status` output is one of these words. `isRolledBack`: a rollback was started, and the reason
 * states its outcome and the state of everything that this run changed.
 */
export type Verdict =
  /** `ofOther`: this run deployed nothing, and followed the revision of another run. */
  | { readonly status: 'deployed'; readonly warning?: string; readonly ofOther?: true }
  | {
      readonly status: 'failed'
      readonly reason: string
      readonly advice: string
      /** The revision was rolled out, but its proof failed. */
      readonly isBroken?: true
      readonly isRolledBack?: true
    }
  | { readonly status: 'superseded'; readonly reason: string; readonly passes: boolean }
  | { readonly status: 'timed-out'; readonly reason: string; readonly advice: string }
  | { readonly status: 'cancelled'; readonly reason: string; readonly isRolledBack?: true }
  | { readonly status: 'unchanged'; readonly reason: string; readonly warning?: string }
  /** `changes`: number of changes that the run would make. */
  | { readonly status: 'planned'; readonly reason: string; readonly changes: number }
  | { readonly status: 'started' }
  | { readonly status: 'deleted'; readonly reason: string }
  | { readonly status: 'skipped'; readonly reason: string }
  /** A revision was interrupted with `command: interrupt`. */
  | { readonly status: 'interrupted'; readonly reason: string }
  /** The previews of closed pull requests are deleted. */
  | { readonly status: 'swept'; readonly reason: string; readonly warning?: string }
  /** The requested object exists, or does not. */
  | { readonly status: 'found' | 'none'; readonly reason: string }
  /** The required experiment did not meet its thresholds (see the record), so nothing was written. */
  | { readonly status: 'rejected' }
  | {
      readonly status: 'error'
      readonly title: string
      readonly reason: string
      /** Location of the cause, if it is in a file of the workspace. */
      readonly place?: Place | undefined
    }

/** Consequences of a verdict. */
interface Meaning {
  /** True if the job continues. A `superseded` verdict has its own value. */
  readonly passes: boolean
  /** Emoji of the verdict. */
  readonly mark: string
  /** State of the GitHub deployment that the run started. */
  readonly githubState: 'in_progress' | 'success' | 'failure' | 'inactive'
}

export const VERDICTS: Readonly<Record<Verdict['status'], Meaning>> = {
  deployed: { passes: true, mark: '✅', githubState: 'success' },
  failed: { passes: false, mark: '❌', githubState: 'failure' },
  superseded: { passes: false, mark: '⏭️', githubState: 'inactive' },
  'timed-out': { passes: false, mark: '⌛', githubState: 'failure' },
  cancelled: { passes: false, mark: '🛑', githubState: 'inactive' },
  // These verdicts have no rollout, or one that was not needed.
  unchanged: { passes: true, mark: '✅', githubState: 'inactive' },
  planned: { passes: true, mark: '📝', githubState: 'inactive' },
  deleted: { passes: true, mark: '🗑️', githubState: 'inactive' },
  swept: { passes: true, mark: '🧹', githubState: 'inactive' },
  skipped: { passes: true, mark: '⏭️', githubState: 'inactive' },
  rejected: { passes: false, mark: '⛔', githubState: 'inactive' },
  interrupted: { passes: true, mark: '⏹️', githubState: 'inactive' },
  found: { passes: true, mark: '🔎', githubState: 'inactive' },
  none: { passes: true, mark: '🔎', githubState: 'inactive' },
  // The run does not wait for the rollout, so this is the last known state.
  started: { passes: true, mark: '🚀', githubState: 'in_progress' },
  error: { passes: false, mark: '❌', githubState: 'failure' }
}

/** True if the job continues after this verdict. */
export function passes(verdict: Verdict): boolean {
  return verdict.status === 'superseded' ? verdict.passes : VERDICTS[verdict.status].passes
}

/**
 * True if the run's own revision is active after this verdict, or may become active. Otherwise its content is
 * irrelevant.
 */
export function mayServe({ status }: Verdict): boolean {
  return status === 'deployed' || status === 'started' || status === 'timed-out'
}

/** Reaction to a newer revision that took over. */
export type OnSuperseded = 'warn' | 'fail' | 'follow'
