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
      /** True if the refusal applies to each protected path, even to one that does not exist. */
      readonly isAnyPath?: true
    }
  /** `reason` is a text such as `connect ECONNREFUSED …`. */
  | { readonly kind: 'unreachable'; readonly reason: string }

/** The open paths of an Agent Server. Sends no key and follows no redirects. */
export interface AgentServer {
  /** Sends one `GET` to the health path. */
  health(): Promise<Probe>
  /** Returns the revision that `/info` reports, if any. @throws {UnreachableError} without a response */
  revision(): Promise<string | undefined>
  /** Returns the revision that `/metrics` reports, if any. @throws {UnreachableError} without a response */
  revisionOfMetrics(): Promise<string | undefined>
  close(): Promise<void>
}

const PROBE_MS = 10_000
/** The most bytes of `/info` and `/metrics` to read, far more than a real server returns for `/info`. */
const LONGEST_INFO = 1024 * 1024

/**
 * Creates the probe of the Agent Server at a URL.
 *
 * @param url base URL from LangSmith
 * @param healthPath path relative to the URL; `/info` has the same parent
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

/** Returns the mount prefix of the API in a health path: `/agents` for `/agents/ok?check_db=1`; else empty. */
export function mountPrefix(healthPath: string): string {
  return /^(.*)\/ok\/?(?:\?.*)?$/.exec(healthPath)?.[1] ?? ''
}

/**
 * The words of LangSmith's own auth to a caller without a key. It protects each path except open ones such as `/ok`.
 */
const NO_KEY = 'Missing authentication headers'
/** The most bytes of a refusal to read. */
const LONGEST_REFUSAL = 64 * 1024

/**
 * Tells if a refusal says nothing about the path. Auth precedes the routes, so paths that do not exist are refused too.
 * Only `/ok` certainly exists, and custom auth can protect it.
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
    // A page of the agent or of a proxy reports no revision.
    return undefined
  }
  // The field `revision_id` is the build of the server itself.
  const id = host?.host_revision_id
  return typeof id === 'string' && isUuid(id) ? id : undefined
}

/** The revision in the metrics, each of which has the same label. */
function revisionInMetrics(metrics: string): string | undefined {
  const ids = new Set([...metrics.matchAll(/[{,]revision_id="([^"]*)"/g)].map(([, id]) => id))
  const [id] = ids
  return ids.size === 1 && id !== undefined && isUuid(id) ? id : undefined
}
