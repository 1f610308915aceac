import { Agent, buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici'
import { object } from '../object.ts'
import { UnreachableError } from './errors.ts'
import { isLoopback } from './hosts.ts'

/** What every request carries, and the proxies of the environment. */
export interface Connection {
  /** Base address of the control plane, without a trailing slash. */
  readonly url: string
  readonly apiKey: string
  readonly workspaceId?: string | undefined
  readonly organizationId?: string | undefined
  readonly proxy: Proxy
}

export interface Proxy {
  readonly http?: string | undefined
  readonly https?: string | undefined
  /** Hosts that are reached directly, as in NO_PROXY. */
  readonly except?: string | undefined
}

/** The connections to one address. */
export interface RenewableDispatcher {
  /** What sends the next request. */
  current(): Dispatcher
  /** Sends no later request on a connection that is open now, for it may be dead; what is under way goes on. */
  renew(): void
  close(): Promise<void>
}

/** Opens connections to an address as they are needed. */
export function createRenewableDispatcher(address: Pick<Connection, 'url' | 'proxy'>): RenewableDispatcher {
  let current = createDispatcher(address)
  let isClosed = false
  const old = new Set<Dispatcher>()
  return {
    current: () => current,
    renew: () => {
      if (isClosed) return
      const last = current
      current = createDispatcher(address)
      old.add(last)
      const forget = () => old.delete(last)
      last.close().then(forget, forget)
    },
    close: async () => {
      isClosed = true
      await Promise.all([current, ...old].map((dispatcher) => dispatcher.destroy()))
    }
  }
}

/**
 * The agent for an address. It never follows redirects, so what is sent stays with its host. It speaks HTTP/1.1 alone,
 * with the proxy too: over HTTP/2 undici would use a session that has died again after a time-out.
 */
export function createDispatcher({ url, proxy }: Pick<Connection, 'url' | 'proxy'>): Dispatcher {
  const { protocol, hostname } = new URL(url)
  const uri = protocol === 'https:' ? proxy.https : proxy.http
  const options = { allowH2: false, factory: createPool }
  if (!uri || isLoopback(hostname)) return new Agent(options)
  return new EnvHttpProxyAgent({
    ...options,
    httpProxy: uri,
    httpsProxy: uri,
    noProxy: proxy.except ?? '',
    proxyTls: { allowH2: false }
  })
}

type Connect = buildConnector.connector

/** Errors with which a connection, its TLS or the tunnel of a proxy could not be set up. */
const faultsOfConnecting = new WeakSet<object>()

/** A pool that remembers which errors came before there was a connection on which a request could leave. */
function createPool(origin: string | URL, options: Pool.Options): Pool {
  const connect: Connect =
    typeof options.connect === 'function' ? options.connect : buildConnector({ allowH2: false, ...options.connect })
  const remembering: Connect = (target, callback) =>
    connect(target, (...result) => {
      if (result[0]) faultsOfConnecting.add(result[0])
      callback(...result)
    })
  return new Pool(origin, { ...options, connect: remembering })
}

/** A failure to get any answer, in words that a user knows. */
export function unreachable(error: unknown): UnreachableError {
  const causes = error instanceof AggregateError && error.errors.length > 0 ? error.errors : [error]
  const cause = causes[0]
  const code = codeOf(cause) || codeOf(error)
  const isCut = /^(UND_ERR_SOCKET|ECONNRESET|EPIPE)$/.test(code)
  const message = isCut
    ? 'the connection was cut'
    : cause instanceof Error && cause.message
      ? cause.message
      : String(error)
  return new UnreachableError(isTimeout(error) ? 'no answer in time' : message, code, !isFaultOfConnecting(error))
}

function codeOf(error: unknown): string {
  const code = object(error)?.code
  return typeof code === 'string' ? code : ''
}

function isTimeout(error: unknown): boolean {
  return object(error)?.name === 'TimeoutError' || /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test(codeOf(error))
}

/** Whether it failed before there was a connection, so that not a byte of the request can have reached the server. */
function isFaultOfConnecting(error: unknown): boolean {
  return typeof error === 'object' && error !== null && faultsOfConnecting.has(error)
}
