import { BlockList, isIP } from 'node:net'
import { isLoopback } from './hosts.ts'

/** The proxies of the environment. */
export interface Proxies {
  readonly http?: string | undefined
  readonly https?: string | undefined
  /** Hosts that are reached directly, as in NO_PROXY. */
  readonly except?: string | undefined
  /** True if ALL_PROXY is set, which is not supported. */
  readonly hasAll?: boolean
}

/** A variable with a proxy: the URL for undici, or the error in its value. The value can contain a password. */
type ReadProxy = { readonly kind: 'sound'; readonly url: string } | { readonly kind: 'fault'; readonly text: string }

const EXAMPLE = 'Use a URL such as `http://proxy.example.com:3128`.'

/** Parses the address of a proxy. Without a scheme, the proxy uses http, as in curl. No message repeats the value. */
export function parseProxy(value: string): ReadProxy {
  const fault = (text: string): ReadProxy => ({ kind: 'fault', text })
  const written = value.trim()
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(written)?.[1]?.toLowerCase()
  if (/^socks/.test(scheme ?? '')) return fault(`names a SOCKS proxy; this action needs an HTTP proxy. ${EXAMPLE}`)
  if (scheme && !/^https?$/.test(scheme)) return fault(`is not an http or https URL. ${EXAMPLE}`)
  if (/^["'`]|["'`]$/.test(written)) return fault(`has quotes around the URL. Remove them. ${EXAMPLE}`)
  if (/\.pac$/i.test(written)) {
    return fault(`names a proxy auto-config (PAC) file, which is not supported. Set the proxy itself. ${EXAMPLE}`)
  }
  const url = scheme ? written : `http://${written}`
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  // A `/`, `?` or `#` in a password ends the host for a URL parser, which then treats the user name as the host.
  const isSplit = parsed && /@/.test(parsed.pathname + parsed.search + parsed.hash)
  const hasUser = written.includes('@')
  if (hasUser && (!parsed || isSplit || !isDecodable(parsed.username) || !isDecodable(parsed.password))) {
    return fault(
      'has a user name or password with a reserved character. Percent-encode it: `%23` for #, `%25` for %, `%2F` for /, `%3A` for :, `%3F` for ?, `%40` for @, `%5C` for \\.'
    )
  }
  return parsed ? { kind: 'sound', url } : fault(`is not a proxy URL. ${EXAMPLE}`)
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

/** Returns the proxy for an address, or `undefined` if the address is reached directly. */
export function proxyFor(address: string, { http, https, except = '' }: Proxies): string | undefined {
  const url = new URL(address)
  const proxy = url.protocol === 'https:' ? https : http
  return proxy && !isLoopback(url.hostname) && exceptionFor(url, except) === undefined ? proxy : undefined
}

/**
 * Returns the entry of NO_PROXY that matches the host of an address. The rules are those of undici's EnvHttpProxyAgent:
 * `*`; `example.com` and `.example.com` for the host and its subdomains; `*.example.com` for the subdomains only; each
 * with an optional port. A network such as `10.0.0.0/8` matches its addresses, as in curl, Go and Python.
 */
export function exceptionFor(url: URL, except: string): string | undefined {
  const host = bareHost(url.hostname)
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
  return except.split(/[,\s]+/).find((entry) => {
    if (entry === '') return false
    if (entry.includes('/')) return isInNetwork(host, entry)
    const parts = /^(\[.+\]|[^:]+):(\d+)$/.exec(entry)
    if (parts && Number(parts[2]) !== port) return false
    const written = bareHost(parts?.[1] ?? entry)
    if (written === '*') return true
    const name = written.replace(/^\*?\./, '')
    return (!written.startsWith('*') && host === name) || host.endsWith(`.${name}`)
  })
}

/** Returns a host name without the brackets of IPv6 and without a trailing dot. */
function bareHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.+)\]$/, '$1')
    .replace(/^(.+)\.$/, '$1')
}

function isInNetwork(host: string, network: string): boolean {
  const [address = '', bits = ''] = network.split('/')
  const family = (text: string) => (isIP(text) === 6 ? 'ipv6' : 'ipv4')
  const most = isIP(address) === 6 ? 128 : 32
  if (isIP(host) === 0 || isIP(address) === 0 || !/^\d+$/.test(bits) || Number(bits) > most) return false
  const list = new BlockList()
  list.addSubnet(address, Number(bits), family(address))
  return list.check(host, family(host))
}
