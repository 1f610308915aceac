import type { Place } from '../run/place.ts'

/** Messages about the inputs, printed once at the start of a run. */
export interface Messages {
  readonly notices: readonly string[]
  /** With a place for a warning about a file of the workspace. */
  readonly warnings: readonly (string | { readonly text: string; readonly place: Place })[]
  /** Lines for the log only. */
  readonly remarks: readonly string[]
}

/** Joins the messages of several parts. Each kind keeps the order of the parts. */
export function joinMessages(...parts: readonly Partial<Messages>[]): Messages {
  return {
    notices: parts.flatMap(({ notices = [] }) => notices),
    warnings: parts.flatMap(({ warnings = [] }) => warnings),
    remarks: parts.flatMap(({ remarks = [] }) => remarks)
  }
}
