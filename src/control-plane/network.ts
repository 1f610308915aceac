import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici'
import { object } from '../object.ts'
import { isCertificateCode, UnreachableError } from './errors.ts'
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

/** The agent for an address. Neither follows redirects, so what is sent stays with its host. */
export function createDispatcher({ url, proxy }: Pick<Connection, 'url' | 'proxy'>): Dispatcher {
  const { protocol, hostname } = new URL(url)
  const uri = protocol === 'https:' ? proxy.https : proxy.http
  if (!uri || isLoopback(hostname)) return new Agent()
  return new EnvHttpProxyAgent({ httpProxy: uri, httpsProxy: uri, noProxy: proxy.except ?? '' })
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
  const reached = !causes.every(neverLeft)
  return new UnreachableError(isTimeout(error) ? 'no answer in time' : message, code, reached)
}

function codeOf(error: unknown): string {
  const code = object(error)?.code
  return typeof code === 'string' ? code : ''
}

function isTimeout(error: unknown): boolean {
  return object(error)?.name === 'TimeoutError' || /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test(codeOf(error))
}

/** Failures of name look-up, connection, proxy and TLS: not a byte of the request reached the server. */
function neverLeft(error: unknown): boolean {
  const code = codeOf(error)
  return (
    object(error)?.syscall === 'connect' ||
    /^(ECONNREFUSED|ENOTFOUND|EAI_|UND_ERR_CONNECT_TIMEOUT|UND_ERR_PRX_TLS|EPROTO|ERR_SSL_|ERR_TLS_)/.test(code) ||
    isCertificateCode(code) ||
    // undici has no code of its own for a proxy that refuses the tunnel
    (error instanceof Error && error.message.startsWith('Proxy response ('))
  )
}
