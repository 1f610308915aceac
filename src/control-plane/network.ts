import { Agent, buildConnector, type Dispatcher, Pool, ProxyAgent } from 'undici'
import { object } from '../run/object.ts'
import { UnreachableError } from './errors.ts'
import { type FaultContext, isCertificateCode, wordsFor } from './faults.ts'
import { type Proxies, proxyFor } from './proxies.ts'
import { readExtraCertificates } from './trust.ts'

/** The headers of every request, and the proxies of the environment. */
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
  /** Returns the dispatcher for the next request. */
  current(): Dispatcher
  /** Opens new connections for all later requests, because the open ones may be dead. Requests in progress continue. */
  renew(): void
  close(): Promise<void>
}

/** Opens connections to an address on demand. */
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
 * Creates the agent for an address. It never follows redirects, so that requests stay on their host. It uses HTTP/1.1
 * only, also with the proxy: over HTTP/2, undici reuses a dead session after a timeout.
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

/** Errors from the setup of a connection, its TLS or a proxy tunnel, with their context. */
const faultsOfConnecting = new WeakMap<object, FaultContext>()

/** Creates a pool that records the errors that occurred before a request could be sent. */
function createPool(origin: string | URL, options: Pool.Options, context: FaultContext): Pool {
  const connect: Connect =
    typeof options.connect === 'function' ? options.connect : buildConnector({ allowH2: false, ...options.connect })
  const remembering: Connect = (target, callback) =>
    connect(target, (...result) => {
      const [error] = result
      // The connection to a proxy is opened within that of the tunnel, so both report its error.
      if (error && !faultsOfConnecting.has(error)) faultsOfConnecting.set(error, context)
      callback(...result)
    })
  return new Pool(origin, { ...options, connect: remembering })
}

/**
 * Converts a failure to get a response to an error in the user's terms.
 *
 * @param origin origin of the request, if it is not the control plane
 */
export function unreachable(error: unknown, origin?: string): UnreachableError {
  const causes = error instanceof AggregateError && error.errors.length > 0 ? error.errors : [error]
  // undici wraps errors of the connection to a proxy.
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
    // Before there is a tunnel, only a proxy can have responded.
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

/** Returns the hosts of a certificate from a text such as `DNS:example.com, IP Address:10.0.0.1`. */
function certifiedHosts(subjectAltName: unknown): readonly string[] {
  if (typeof subjectAltName !== 'string') return []
  return subjectAltName.split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''))
}

function errorCode(error: unknown): string {
  const { code, name } = object(error) ?? {}
  if (typeof code === 'string') return code
  // The parser reports no code for errors in the first line.
  return name === 'HTTPParserError' ? 'HPE_INVALID' : ''
}

function isTimeout(error: unknown): boolean {
  return object(error)?.name === 'TimeoutError' || /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test(errorCode(error))
}
