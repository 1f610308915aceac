import { type Dispatcher, request } from 'undici'
import { type Connection, createRenewableDispatcher, unreachable } from '../control-plane/network.ts'
import { isUuid } from '../control-plane/resources.ts'
import type { Limits } from '../limits.ts'
import { object } from '../object.ts'
import { USER_AGENT } from '../version.ts'

/** What came of one question to an Agent Server. */
export type Probe =
  | { readonly kind: 'answered'; readonly status: number }
  /** `reason` in words, such as `connect ECONNREFUSED …`. */
  | { readonly kind: 'unreachable'; readonly reason: string }

/** An Agent Server as anybody can ask it: no key is sent, and no redirect is followed. */
export interface AgentServer {
  /** One `GET` of the health path. */
  health(): Promise<Probe>
  /** The revision that it says it runs; nothing when it does not say. @throws {UnreachableError} when it does not answer */
  revision(): Promise<string | undefined>
  close(): Promise<void>
}

const REQUEST_MS = 10_000
/** What an Agent Server says of itself fits into far less. */
const LONGEST_INFO = 1024 * 1024

/**
 * The Agent Server at an address.
 *
 * @param url base address, as LangSmith names it
 * @param healthPath path below it; `/info` is looked for beside it
 * @param limits end a request at once; those end in `unreachable`
 */
export function createAgentServer(
  url: string,
  healthPath: string,
  proxy: Connection['proxy'],
  { cancelled, clock, deadline }: Limits
): AgentServer {
  const connections = createRenewableDispatcher({ url, proxy })
  const base = url.replace(/\/+$/, '')
  const infoPath = /\/ok$/.test(healthPath) ? healthPath.replace(/ok$/, 'info') : '/info'
  const get = (path: string): Promise<Dispatcher.ResponseData> =>
    request(base + path, {
      dispatcher: connections.current(),
      method: 'GET',
      headers: { accept: 'application/json', 'user-agent': USER_AGENT },
      signal: AbortSignal.any([
        cancelled,
        AbortSignal.timeout(Math.ceil(Math.min(REQUEST_MS, Math.max(1, deadline - clock.now()))))
      ])
    })
  const read = async (path: string): Promise<{ readonly statusCode: number; readonly text: string }> => {
    try {
      const { statusCode, body } = await get(path)
      return { statusCode, text: await readText(body) }
    } catch (error) {
      connections.renew()
      throw unreachable(error)
    }
  }
  return {
    health: async () => {
      try {
        const { statusCode, body } = await get(healthPath)
        // The status is the answer; how the body goes on is nobody's concern.
        void body.dump({ limit: LONGEST_INFO }).catch(() => {})
        return { kind: 'answered', status: statusCode }
      } catch (error) {
        connections.renew()
        return { kind: 'unreachable', reason: unreachable(error).message }
      }
    },
    revision: async () => {
      const { statusCode, text } = await read(infoPath)
      const host = statusCode === 200 ? hostIn(text) : undefined
      // Newer servers name the revision of the deployment in the first; the second can be the build of the server.
      return [host?.host_revision_id, host?.revision_id].find(
        (id): id is string => typeof id === 'string' && isUuid(id)
      )
    },
    close: connections.close
  }
}

function hostIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return object(object(JSON.parse(text))?.host)
  } catch {
    // A page of the agent's own, or of a proxy: it names no revision.
    return undefined
  }
}

async function readText(body: Dispatcher.ResponseData['body']): Promise<string> {
  let text = ''
  for await (const chunk of body) {
    text += String(chunk)
    if (text.length > LONGEST_INFO) return ''
  }
  return text
}
