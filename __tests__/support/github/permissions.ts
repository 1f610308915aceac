import { refusal, type UserCall } from './http.ts'

/** As a workflow names them under `permissions`. */
export type Permission = 'deployments' | 'pull-requests' | 'contents'

interface Need {
  readonly permission: Permission
  readonly path: RegExp
  /** In the API's words; any one of them will do. */
  readonly accepted: string
}

const WRITES: readonly Need[] = [
  { permission: 'deployments', path: /\/deployments\b/, accepted: 'deployments=write' },
  { permission: 'pull-requests', path: /\/(issues|pulls)\//, accepted: 'issues=write; pull_requests=write' }
]
const READS: readonly Need[] = [
  { permission: 'contents', path: /\/(compare|git\/ref)\//, accepted: 'contents=read' },
  { permission: 'pull-requests', path: /\/pulls\/\d+$/, accepted: 'pull_requests=read' }
]

/** @throws a refusal: 403, when the call needs a permission that is denied */
export function checkPermission(call: UserCall, denied: ReadonlySet<Permission>): void {
  const needs = call.method === 'GET' ? READS : WRITES
  const need = needs.find(({ permission, path }) => denied.has(permission) && path.test(call.path))
  if (need) throw inaccessible(call, { 'x-accepted-github-permissions': need.accepted })
}

/** An error to throw: the token is a good one, and not for this. */
export function inaccessible({ user }: UserCall, headers: Readonly<Record<string, string>> = {}) {
  return refusal(403, `Resource not accessible by ${user.kind}`, { headers })
}
