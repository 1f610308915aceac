import type { Place } from './place.ts'

/**
 * How a run ended. The `status` output is one of these words. `isRolledBack`: a rollback was begun, and the reason
 * tells its outcome and the state of everything that this run changed.
 */
export type Verdict =
  /** `ofOther`: this run has deployed nothing, and followed the revision of another one. */
  | { readonly status: 'deployed'; readonly warning?: string; readonly ofOther?: true }
  | {
      readonly status: 'failed'
      readonly reason: string
      readonly advice: string
      /** The revision was rolled out, but the proof that it serves failed. */
      readonly isBroken?: true
      readonly isRolledBack?: true
    }
  | { readonly status: 'superseded'; readonly reason: string; readonly passes: boolean }
  | { readonly status: 'timed-out'; readonly reason: string; readonly advice: string }
  | { readonly status: 'cancelled'; readonly reason: string; readonly isRolledBack?: true }
  | { readonly status: 'unchanged'; readonly reason: string; readonly warning?: string }
  /** `changes`: how many things the run would change; 0 when it would do nothing. */
  | { readonly status: 'planned'; readonly reason: string; readonly changes: number }
  | { readonly status: 'started' }
  | { readonly status: 'deleted'; readonly reason: string }
  | { readonly status: 'skipped'; readonly reason: string }
  /** A revision was stopped because the user asked for that and nothing else. */
  | { readonly status: 'interrupted'; readonly reason: string }
  /** What was to be removed is removed. */
  | { readonly status: 'swept'; readonly reason: string; readonly warning?: string }
  /** What was looked at is there, or is not. */
  | { readonly status: 'found' | 'none'; readonly reason: string }
  /** The experiment that is required falls short, as the record tells; nothing was written. */
  | { readonly status: 'rejected' }
  | {
      readonly status: 'error'
      readonly title: string
      readonly reason: string
      /** The place of the cause, when it is in a file of the workspace. */
      readonly place?: Place | undefined
    }

/** What a verdict means to others. */
interface Meaning {
  /** Whether the job goes on; `superseded` says it itself. */
  readonly passes: boolean
  /** Its sign. */
  readonly mark: string
  /** The state of a GitHub deployment that a run has begun. */
  readonly githubState: 'in_progress' | 'success' | 'failure' | 'inactive'
}

export const VERDICTS: Readonly<Record<Verdict['status'], Meaning>> = {
  deployed: { passes: true, mark: '✅', githubState: 'success' },
  failed: { passes: false, mark: '❌', githubState: 'failure' },
  superseded: { passes: false, mark: '⏭️', githubState: 'inactive' },
  'timed-out': { passes: false, mark: '⌛', githubState: 'failure' },
  cancelled: { passes: false, mark: '🛑', githubState: 'inactive' },
  // These come about without a rollout, or after one turned out not to be needed.
  unchanged: { passes: true, mark: '✅', githubState: 'inactive' },
  planned: { passes: true, mark: '📝', githubState: 'inactive' },
  deleted: { passes: true, mark: '🗑️', githubState: 'inactive' },
  swept: { passes: true, mark: '🧹', githubState: 'inactive' },
  skipped: { passes: true, mark: '⏭️', githubState: 'inactive' },
  rejected: { passes: false, mark: '⛔', githubState: 'inactive' },
  interrupted: { passes: true, mark: '⏹️', githubState: 'inactive' },
  found: { passes: true, mark: '🔎', githubState: 'inactive' },
  none: { passes: true, mark: '🔎', githubState: 'inactive' },
  // Not waited for: it is the last thing that is known of it.
  started: { passes: true, mark: '🚀', githubState: 'in_progress' },
  error: { passes: false, mark: '❌', githubState: 'failure' }
}

/** Whether the job goes on after this verdict. */
export function passes(verdict: Verdict): boolean {
  return verdict.status === 'superseded' ? verdict.passes : VERDICTS[verdict.status].passes
}

/** Whether the run's own revision serves after this verdict, or may yet come to: only then does it matter what is in it. */
export function mayServe({ status }: Verdict): boolean {
  return status === 'deployed' || status === 'started' || status === 'timed-out'
}

/** What happens when a newer revision took over. */
export type OnSuperseded = 'warn' | 'fail' | 'follow'
