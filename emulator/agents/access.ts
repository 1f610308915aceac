import { isValidKey, ORGANIZATION_KEY } from '../access.ts'
import { type Call, refusal, refusalWith } from '../http.ts'
import { WORKSPACE_ID } from '../state.ts'
import type { AgentAuth } from './scenario.ts'
import type { Serving } from './serving.ts'

/** Starlette's response to an unhandled exception. */
export const SERVER_ERROR = {
  status: 500,
  text: 'Internal Server Error',
  headers: { 'content-type': 'text/plain; charset=utf-8' }
}

/** Authorizes a call of a protected route. @throws a refusal: 401, 403, or 500 if LangSmith's auth API is down */
export function admitCaller(call: Call, serving: Serving): void {
  const { auth } = serving.traits
  switch (auth.kind) {
    case 'none':
      return
    case 'down':
      throw refusalWith('The auth API is down', { ...SERVER_ERROR, notBefore: call.now + auth.after_ms })
    case 'langsmith':
      checkLangsmithKey(call, serving)
      return
    case 'custom':
      checkCustom(call, serving, auth)
  }
}

function checkLangsmithKey({ headers, state }: Call, { deployment }: Serving): void {
  const key = headers['x-api-key']?.trim() ?? ''
  if (key === '') throw refusal(403, 'Missing authentication headers')
  if (!isValidKey(state, key)) throw refusal(403, 'Invalid token')
  const given = headers['x-tenant-id']?.toLowerCase() ?? ''
  const tenantId = given === '' && key !== ORGANIZATION_KEY ? WORKSPACE_ID : given
  if (tenantId !== deployment.tenantId) throw refusal(403, 'Invalid tenant ID')
}

/**
 * Custom auth of the agent. It accepts a LangSmith key only if the caller sets the scheme or the agent allows such
 * keys.
 */
function checkCustom(call: Call, serving: Serving, auth: AgentAuth): void {
  const { headers } = call
  const isStudio = auth.studio && headers['x-auth-scheme']?.toLowerCase() === 'langsmith'
  const wanted = Object.entries(auth.headers)
  const isKnown = wanted.length > 0 && wanted.every(([name, value]) => headers[name.toLowerCase()] === value)
  const mayUseKey = isStudio || (auth.allow_langsmith_api_keys && headers['x-api-key'] !== undefined)
  if (isKnown && !isStudio) return
  if (!mayUseKey) throw refusal(auth.status, auth.detail)
  checkLangsmithKey(call, serving)
}

/** Checks custom auth for access to the assistants. @throws a refusal: 403 if it denies by default */
export function seesAssistants({ traits }: Serving): boolean {
  if (traits.auth.assistants === 'denied') throw refusal(403, 'Forbidden')
  return traits.auth.assistants === 'all'
}
