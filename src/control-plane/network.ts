import { Agent, buildConnector, type Dispatcher, Pool, ProxyAgent } from 'undici'
import { object } from '../run/object.ts'
import { UnreachableError } from './errors.ts'
import { type FaultContext, isCertificateCode, wordsFor } from './faults.ts'
import { type Proxies, proxyFor } from './proxies.ts'
import { readExtraCertificates } from './trust.ts'

/** What every request carries, and the proxies of the environment. */
export interface Connection {
  /** Base address of the control plane, without a trailing slash. */
  readonly url: string
  readonly apiKey: string
  readonly workspaceId?: string | undefined
  readonly organizationId?: string | undefined
  readonly proxy: Proxies
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
  const uri = proxyFor(url, proxy)
  const via = uri === undefined ? undefined : new URL(uri)
  const factory = (origin: string | URL, options: Pool.Options) => {
    const isToProxy = via !== undefined && new URL(origin).origin === via.origin
    return createPool(origin, options, { via: via?.host, isOfProxy: isToProxy })
  }
  if (!via) return new Agent({ allowH2: false, factory })
  return new ProxyAgent({
    uri: via.href,
    allowH2: false,
    factory,
    clientFactory: factory,
    proxyTls: { allowH2: false }
  })
}

type Connect = buildConnector.connector

/** Errors with which a connection, its TLS or the tunnel of a proxy could not be set up, and where. */
const faultsOfConnecting = new WeakMap<object, FaultContext>()

/** A pool that remembers which errors came before there was a connection on which a request could leave. */
function createPool(origin: string | URL, options: Pool.Options, context: FaultContext): Pool {
  const connect: Connect =
    typeof options.connect === 'function' ? options.connect : buildConnector({ allowH2: false, ...options.connect })
  const remembering: Connect = (target, callback) =>
    connect(target, (...result) => {
      const [error] = result
      // The connection to a proxy is made inside that of a tunnel, and its fault comes by both.
      if (error && !faultsOfConnecting.has(error)) faultsOfConnecting.set(error, context)
      callback(...result)
    })
  return new Pool(origin, { ...options, connect: remembering })
}

/**
 * A failure to get any answer, in words that a user knows.
 *
 * @param origin of what was asked, where it is not the control plane
 */
export function unreachable(error: unknown, origin?: string): UnreachableError {
  const causes = error instanceof AggregateError && error.errors.length > 0 ? error.errors : [error]
  // undici wraps what happens between it and a proxy.
  const cause = /^UND_ERR_PRX/.test(errorCode(causes[0])) ? (object(causes[0])?.cause ?? causes[0]) : causes[0]
  const message = object(cause)?.message
  const said = typeof message === 'string' && message ? message : String(cause)
  const code = errorCode(cause) || errorCode(error)
  const proxyStatus = Number(/^Proxy (?:response \(|Authentication Required \()(\d{3})\)/.exec(said)?.[1]) || undefined
  const context = faultContext(error, cause, proxyStatus)
  return new UnreachableError(
    isTimeout(error) ? 'no response in time' : wordsFor(code, said, context),
    code,
    context.connected,
    { ...context, origin }
  )
}

function faultContext(
  error: unknown,
  cause: unknown,
  proxyStatus: number | undefined
): FaultContext & { readonly connected: boolean } {
  const found = [error, cause].map((one) => (object(one) ? faultsOfConnecting.get(Object(one)) : undefined))
  const known = found[1] ?? found[0]
  const isCertificate = isCertificateCode(errorCode(cause))
  const isOfProxy =
    known?.isOfProxy === true ||
    /^UND_ERR_PRX/.test(errorCode(error)) ||
    // Nothing but a proxy has answered before there is a tunnel.
    (known?.via !== undefined && object(cause)?.name === 'HTTPParserError')
  return {
    via: known?.via,
    isOfProxy,
    proxyStatus,
    connected: known === undefined && proxyStatus === undefined,
    names: certifiedHosts(object(object(cause)?.cert)?.subjectaltname),
    ...(isCertificate ? { extra: readExtraCertificates(), clock: `${new Date().toISOString().slice(0, 16)}Z` } : {})
  }
}

/** The hosts of a certificate, such as in `DNS:example.com, IP Address:10.0.0.1`. */
function certifiedHosts(subjectAltName: unknown): readonly string[] {
  if (typeof subjectAltName !== 'string') return []
  return subjectAltName.split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''))
}

function errorCode(error: unknown): string {
  const { code, name } = object(error) ?? {}
  if (typeof code === 'string') return code
  // Of its faults of the first line, the parser tells no code.
  return name === 'HTTPParserError' ? 'HPE_INVALID' : ''
}

function isTimeout(error: unknown): boolean {
  return object(error)?.name === 'TimeoutError' || /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test(errorCode(error))
}
