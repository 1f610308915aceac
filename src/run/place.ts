/** A line of a file in the workspace that an annotation points to. */
export interface Place {
  /** Relative to the workspace, with forward slashes. */
  readonly file: string
  /** Starts at 1. */
  readonly line: number
}
