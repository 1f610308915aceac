/*
 * Describes why there was no response. This module does no I/O. Codes are those of Node and undici; OpenSSL's own
 * messages name its source files, which does not help users.
 */

/** The result of NODE_EXTRA_CA_CERTS in this process. */
export type ExtraCertificates =
  | { readonly kind: 'none' }
  /** The variable contains the certificate instead of a path; no message repeats it. */
  | { readonly kind: 'pasted' }
  | { readonly kind: 'missing' | 'unreadable' | 'not-pem'; readonly file: string }
  | { readonly kind: 'loaded'; readonly file: string; readonly count: number }

/** Facts about a failed connection besides its code. */
export interface FaultContext {
  /** The origin of the request, if it is not the control plane. */
  readonly origin?: string | undefined
  /** The proxy for the request, as `host:port`. */
  readonly via?: string | undefined
  /** True if the connection to the proxy itself failed. */
  readonly isOfProxy?: boolean
  /** The status that the proxy returned for the CONNECT request. */
  readonly proxyStatus?: number | undefined
  /** The hosts that the certificate is issued for. */
  readonly names?: readonly string[]
  readonly extra?: ExtraCertificates | undefined
  /** The time of this machine. */
  readonly clock?: string | undefined
}

/** A short text for each kind of error; it follows the name of the host. */
export const FAULT_WORDS = {
  expired: 'its certificate has expired',
  'not-yet-valid': 'its certificate is not valid yet',
  'other-host': 'its certificate is for another host',
  'self-signed': 'its certificate is self-signed',
  'unknown-issuer': 'its certificate has an issuer that Node does not trust',
  'no-intermediate': 'the server did not send the intermediate certificates',
  certificate: 'its certificate is invalid',
  'client-certificate': 'the server requires a client certificate, or rejected the one that it received',
  'no-tls': 'the server does not support TLS (https)',
  'tls-version': 'the server and Node have no TLS version in common',
  tls: 'the TLS handshake failed',
  'no-http': 'the server does not support HTTP',
  'no-name': 'the host name was not found',
  'no-name-server': 'the DNS server did not respond',
  refused: 'the connection was refused',
  'timed-out': 'the connection timed out',
  'no-route': 'there is no route to the host',
  cut: 'the connection was cut',
  other: ''
}

export type FaultKind = keyof typeof FAULT_WORDS

/** The first match counts. */
const KINDS: readonly (readonly [RegExp, FaultKind])[] = [
  [/^ERR_SSL_.*ALERT_(CERTIFICATE_REQUIRED|(BAD|UNKNOWN|UNSUPPORTED)_CERTIFICATE|UNKNOWN_CA)$/, 'client-certificate'],
  [/^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|HTTPS_PROXY_REQUEST)$/, 'no-tls'],
  [/^ERR_SSL_.*(PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL)|^ERR_SSL_NO_PROTOCOLS_AVAILABLE$/, 'tls-version'],
  [/^(ERR_SSL_|EPROTO$)/, 'tls'],
  [/^CERT_HAS_EXPIRED$/, 'expired'],
  [/^CERT_NOT_YET_VALID$/, 'not-yet-valid'],
  [/^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/, 'other-host'],
  [/^DEPTH_ZERO_SELF_SIGNED_CERT$/, 'self-signed'],
  [/^UNABLE_TO_VERIFY_LEAF_SIGNATURE$/, 'no-intermediate'],
  [/^(SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?)$/, 'unknown-issuer'],
  [/CERT|CRL|^(INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)$/, 'certificate'],
  [/^HPE_/, 'no-http'],
  [/^ENOTFOUND$/, 'no-name'],
  [/^EAI_/, 'no-name-server'],
  [/^ECONNREFUSED$/, 'refused'],
  [/^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/, 'timed-out'],
  [/^(EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL)$/, 'no-route'],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_PRX_CONN)$/, 'cut']
]

/** Returns the kind of an error by the code of Node or undici. */
export function faultKind(code: string): FaultKind {
  return KINDS.find(([form]) => form.test(code))?.[1] ?? 'other'
}

/** Returns true for the codes with which TLS rejects a certificate. */
export function isCertificateCode(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|CRL/.test(code)
}

/** Returns true if the certificate of the other side was rejected. */
export function isAboutCertificate(kind: FaultKind): boolean {
  return CERTIFICATE_KINDS.has(kind)
}

const CERTIFICATE_KINDS: ReadonlySet<FaultKind> = new Set([
  'expired',
  'not-yet-valid',
  'other-host',
  'self-signed',
  'unknown-issuer',
  'no-intermediate',
  'certificate'
])

/**
 * Returns a short text such as `the connection was refused (connect ECONNREFUSED 10.0.0.1:443)`.
 *
 * @param said the message of the error; quoted only if it is a system error of Node, which contains no secret
 */
export function wordsFor(code: string, said: string, { via, isOfProxy, proxyStatus }: FaultContext): string {
  if (proxyStatus) return `the proxy ${via ?? ''} returned ${proxyStatus}`.replace('  ', ' ')
  const kind = faultKind(code)
  const isOfSystem = /^(connect|getaddrinfo|read|write) E/.test(said)
  const detail = kind === 'cut' ? '' : isOfSystem ? said : code
  const fault = kind === 'other' ? said || code : `${FAULT_WORDS[kind]}${detail ? ` (${detail})` : ''}`
  return isOfProxy && via ? `the proxy ${via}: ${fault}` : fault
}

/** Returns true if the text reports that the proxy itself rejected the tunnel. */
export function isRefusedByProxy(words: string): boolean {
  return /\bthe proxy (\S+ )?returned 40[1357]\b/.test(words)
}
