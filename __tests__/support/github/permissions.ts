import { refusal, type UserCall } from './http.ts'

/** A permission, named as under `permissions` in a workflow. */
export type Permission = 'deployments' | 'pull-requests' | 'contents'

/** Denied permissions of the tokens, and other reasons that a write is rejected. */
export interface Denials {
  deny(permission: Permission, what: 'all' | 'write'): void
  /** Makes the repository read-only. */
  archive(): void
  /** Locks the conversation of a pull request. */
  lock(number: number): void
  isDenied(permission: Permission, what: 'read' | 'write'): boolean
  isArchived(): boolean
  isLocked(number: number): boolean
  clear(): void
}

export function createDenials(): Denials {
  const denied = new Map<Permission, 'all' | 'write'>()
  const locked = new Set<number>()
  let archived = false
  return {
    deny: (permission, what) => {
      denied.set(permission, what)
    },
    archive: () => {
      archived = true
    },
    lock: (number) => {
      locked.add(number)
    },
    isDenied: (permission, what) => denied.get(permission) === 'all' || denied.get(permission) === what,
    isArchived: () => archived,
    isLocked: (number) => locked.has(number),
    clear: () => {
      denied.clear()
      locked.clear()
      archived = false
    }
  }
}

interface Need {
  readonly permission: Permission
  readonly path: RegExp
  /** Accepted permissions in the format of the API. One of them is sufficient. */
  readonly accepted: (what: 'read' | 'write') => string
}

const NEEDS: readonly Need[] = [
  { permission: 'deployments', path: /\/deployments\b/, accepted: (what) => `deployments=${what}` },
  {
    permission: 'pull-requests',
    path: /\/(issues|pulls)\//,
    accepted: (what) => `issues=${what}; pull_requests=${what}`
  },
  { permission: 'contents', path: /\/(compare|git\/ref)\//, accepted: (what) => `contents=${what}` }
]

/** @throws a refusal: 403, when a permission is denied, or when nobody is allowed to make the call */
export function checkPermission(call: UserCall, denied: Denials): void {
  const what = call.method === 'GET' ? 'read' : 'write'
  const need = NEEDS.find(({ path }) => path.test(call.path))
  const headers = need ? { 'x-accepted-github-permissions': need.accepted(what) } : {}
  if (need && denied.isDenied(need.permission, what)) throw inaccessible(call, headers)
  if (what === 'read') return
  if (denied.isArchived()) throw refusal(403, 'Repository was archived so is read-only.', { headers })
  const [, number] = /\/issues\/(\d+)\/comments$/.exec(call.path) ?? []
  if (number && denied.isLocked(Number(number))) {
    throw refusal(403, 'Unable to create comment because issue is locked.', { headers })
  }
}

/** Returns the error for a valid token without the permission. */
export function inaccessible({ user }: UserCall, headers: Readonly<Record<string, string>> = {}) {
  return refusal(403, `Resource not accessible by ${user.kind}`, { headers })
}
