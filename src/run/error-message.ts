/** The advice for an error that this action does not expect. */
export const UNEXPECTED_ADVICE =
  'Rerun this job with debug logging. If it fails again, report the error and the log in the repository of this action.'

/** Returns the message of any thrown value. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
