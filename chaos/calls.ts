/** Tells if a request changes a deployment; an upload, a reading POST and an interruption do not. */
export function changesSomething(method: string, path: string): boolean {
  if (method === 'PATCH' || method === 'DELETE') return true
  return method === 'POST' && /\/v2\/deployments($|\/[^/]+\/revisions($|\/[^/]+\/redeploy$))/.test(path)
}
