import type { Place } from '../place.ts'

/**
 * How a run ended. The `status` output is one of these words. `isRolledBack`: a rollback was begun, and the reason
 * tells its outcome and the state of everything that this run changed.
 */
export type Verdict =
  | { readonly status: 'deployed'; readonly warning?: string }
  | {
      readonly status: 'failed'
      readonly reason: string
      readonly advice: string
      /** The revision was rolled out, but its Agent Server did not answer that it serves. */
      readonly isBroken?: true
      readonly isRolledBack?: true
    }
  | { readonly status: 'superseded'; readonly reason: string; readonly passes: boolean }
  | { readonly status: 'timed-out'; readonly reason: string; readonly advice: string }
  | { readonly status: 'cancelled'; readonly reason: string; readonly isRolledBack?: true }
  | { readonly status: 'unchanged'; readonly reason: string }
  | { readonly status: 'planned'; readonly reason: string }
  | { readonly status: 'started' }
  | { readonly status: 'deleted'; readonly reason: string }
  | { readonly status: 'skipped'; readonly reason: string }
  | {
      readonly status: 'error'
      readonly title: string
      readonly reason: string
      /** The place of the cause, when it is in a file of the workspace. */
      readonly place?: Place | undefined
    }

/** Whether the job goes on after this verdict. */
export function passes(verdict: Verdict): boolean {
  switch (verdict.status) {
    case 'deployed':
    case 'unchanged':
    case 'planned':
    case 'started':
    case 'deleted':
    case 'skipped':
      return true
    case 'superseded':
      return verdict.passes
    default:
      return false
  }
}
