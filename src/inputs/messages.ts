import type { Place } from '../run/place.ts'

/** What has to be said once, at the start of a run, because of its inputs. */
export interface Messages {
  readonly notices: readonly string[]
  /** With a place, if it is about a file of the workspace. */
  readonly warnings: readonly (string | { readonly text: string; readonly place: Place })[]
  /** For the log alone. */
  readonly remarks: readonly string[]
}

/** The messages of several parts, each kind in the order of the parts. */
export function joinMessages(...parts: readonly Partial<Messages>[]): Messages {
  return {
    notices: parts.flatMap(({ notices = [] }) => notices),
    warnings: parts.flatMap(({ warnings = [] }) => warnings),
    remarks: parts.flatMap(({ remarks = [] }) => remarks)
  }
}
