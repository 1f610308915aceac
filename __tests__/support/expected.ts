/** The writes of a run, in the form of `World.writes`. */
export const CREATE = 'POST /v2/deployments'
export const PATCH = 'PATCH /v2/deployments/:id'
export const DELETE = 'DELETE /v2/deployments/:id'
export const UPLOAD = 'POST /v2/deployments/:id/upload-url'
export const INTERRUPT = 'POST /v2/deployments/:id/revisions/:id/interruption'
export const REDEPLOY = 'POST /v2/deployments/:id/revisions/:id/redeploy'

const PASSING: readonly string[] =
  'deployed started unchanged planned deleted skipped found none interrupted swept'.split(' ')

/** True if the job continues after a run with this status. Not for `superseded`, which depends on an input. */
export function passesWith(status: string): boolean {
  return PASSING.includes(status)
}
