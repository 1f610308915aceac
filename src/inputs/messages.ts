import type { Place } from '../place.ts'

/** What has to be said once, at the start of a run, because of its inputs. */
export interface Messages {
  readonly notices: readonly string[]
  readonly warnings: readonly (string | PlacedWarning)[]
  /** For the log alone. */
  readonly remarks: readonly string[]
}

/** A warning about a file of the workspace. */
export interface PlacedWarning {
  readonly text: string
  readonly place: Place
}

/** The messages of several parts, each kind in the order of the parts. */
export function joinMessages(...parts: readonly Partial<Messages>[]): Messages {
  return {
    notices: parts.flatMap(({ notices = [] }) => notices),
    warnings: parts.flatMap(({ warnings = [] }) => warnings),
    remarks: parts.flatMap(({ remarks = [] }) => remarks)
  }
}
