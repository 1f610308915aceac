/** A line of a file of the workspace, at which an annotation points. */
export interface Place {
  /** Seen from the workspace, with forward slashes. */
  readonly file: string
  /** From 1. */
  readonly line: number
}
