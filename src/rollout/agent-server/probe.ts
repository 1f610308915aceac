import { type Dispatcher, request } from 'undici'
import { readUpTo } from '../../control-plane/answer.ts'
import { type Connection, createRenewableDispatcher, unreachable } from '../../control-plane/network.ts'
import { isUuid } from '../../control-plane/resources.ts'
import { errorMessage } from '../../run/error-message.ts'
import type { Limits } from '../../run/limits.ts'
import { object } from '../../run/object.ts'
import { USER_AGENT } from '../../version.ts'

/** The result of one request to an Agent Server. */
export type Probe =
  | {
      readonly kind: 'answered'
      readonly status: number
      /** It refuses the caller as it does on each path that is not open, also on one that does not exist. */
      readonly isAnyPath?: true
    }
  /** `reason` is a text such as `connect ECONNREFUSED …`. */
  | { readonly kind: 'unreachable'; readonly reason: string }

/** An Agent Server without authentication: no key is sent, and no redirect is followed. */
export interface AgentServer {
  /** Sends one `GET` to the health path. */
  health(): Promise<Probe>
  /** The revision that the server names, if any. @throws {UnreachableError} without an answer */
  revision(): Promise<string | undefined>
  /** The revision that its metrics name, if any. @throws {UnreachableError} without an answer */
  revisionOfMetrics(): Promise<string | undefined>
  close(): Promise<void>
}

const PROBE_MS = 10_000
/** The `/info` of a real server is far shorter. */
const LONGEST_INFO = 1024 * 1024

/**
 * The Agent Server at an address.
 *
 * @param url base address, as LangSmith names it
 * @param healthPath path below it; `/info` is beside it
 * @param limits cancellation and deadline end a request at once, as `unreachable`
 */
export function createAgentServer(
  url: string,
  healthPath: string,
  proxy: Connection['proxy'],
  { cancelled, clock, deadline }: Limits
): AgentServer {
  const connections = createRenewableDispatcher({ url, proxy })
  const base = url.replace(/\/+$/, '')
  const infoPath = `${mountPrefix(healthPath)}/info`
  const ask = async <T>(path: string, read: (answer: Dispatcher.ResponseData) => Promise<T>): Promise<T> => {
    const ms = Math.ceil(Math.min(PROBE_MS, Math.max(1, deadline - clock.now())))
    try {
      const answer = await request(base + path, {
        dispatcher: connections.current(),
        method: 'GET',
        headers: { accept: 'application/json', 'user-agent': USER_AGENT },
        signal: AbortSignal.any([cancelled, AbortSignal.timeout(ms)])
      })
      return await read(answer)
    } catch (error) {
      connections.renew()
      throw unreachable(error)
    }
  }
  return {
    health: () =>
      ask<Probe>(healthPath, async ({ statusCode, body }) => {
        if (statusCode === 401 || statusCode === 403) {
          const isAnyPath = await refusesAnyPath(healthPath, body)
          return { kind: 'answered', status: statusCode, ...(isAnyPath ? { isAnyPath } : {}) }
        }
        // Only the status counts, so an error of the body does not matter.
        void body.dump({ limit: LONGEST_INFO }).catch(() => {})
        return { kind: 'answered', status: statusCode }
      }).catch((error: unknown) => ({ kind: 'unreachable', reason: errorMessage(error) })),
    revision: () =>
      ask(infoPath, async ({ statusCode, body }) => {
        const text = await readUpTo(LONGEST_INFO, body)
        return statusCode === 200 ? revisionIn(text ?? '') : undefined
      }),
    revisionOfMetrics: () =>
      ask(infoPath.replace(/info$/, 'metrics'), async ({ statusCode, body }) => {
        const text = await readUpTo(LONGEST_INFO, body)
        return statusCode === 200 ? revisionInMetrics(text ?? '') : undefined
      }),
    close: connections.close
  }
}

/** Where the API of a server is mounted, by its health path: `/agents` for `/agents/ok?check_db=1`; else empty. */
export function mountPrefix(healthPath: string): string {
  return /^(.*)\/ok\/?(?:\?.*)?$/.exec(healthPath)?.[1] ?? ''
}

/** What LangSmith's own auth says to a caller without a key, on each path but the open ones; `/ok` is open. */
const NO_KEY = 'Missing authentication headers'
/** A refusal is a sentence. */
const LONGEST_REFUSAL = 64 * 1024

/**
 * Whether a refusal says nothing of the path. Auth comes before the routes, so a path that does not exist is refused too:
 * only that of `/ok`, which custom auth may cover, is certain to exist.
 */
async function refusesAnyPath(path: string, body: AsyncIterable<Uint8Array>): Promise<boolean> {
  const text = await readUpTo(LONGEST_REFUSAL, body).catch(() => undefined)
  return !/\/ok(?:\?|$)/.test(path) || (text?.includes(NO_KEY) ?? false)
}

function revisionIn(info: string): string | undefined {
  let host: ReturnType<typeof object>
  try {
    host = object(object(JSON.parse(info))?.host)
  } catch {
    // A page of the agent or of a proxy names no revision.
    return undefined
  }
  // `revision_id` beside it is the build of the server itself.
  const id = host?.host_revision_id
  return typeof id === 'string' && isUuid(id) ? id : undefined
}

/** Each metric of the server has the same label. */
function revisionInMetrics(metrics: string): string | undefined {
  const ids = new Set([...metrics.matchAll(/[{,]revision_id="([^"]*)"/g)].map(([, id]) => id))
  const [id] = ids
  return ids.size === 1 && id !== undefined && isUuid(id) ? id : undefined
}
