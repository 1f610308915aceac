import { incompleteFiles } from './incomplete.ts'

/** The advice for an error that this action does not expect. */
export const UNEXPECTED_ADVICE =
  'Rerun this job with debug logging. If it fails again, report the error and the log in the repository of this action.'

/** Returns the message of any thrown value. Files of the action that are missing or cut off have their own message. */
export function errorMessage(error: unknown): string {
  return incompleteFiles(error) ?? (error instanceof Error ? error.message : String(error))
}
