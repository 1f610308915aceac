/*
 * Why no answer came, in words. Nothing here does I/O. Codes are those of Node and undici; OpenSSL's own text names files
 * of OpenSSL's source and helps nobody.
 */

/** What NODE_EXTRA_CA_CERTS came to in this process. */
export type ExtraCertificates =
  | { readonly kind: 'none' }
  /** It holds no path but the certificate, which no message repeats. */
  | { readonly kind: 'pasted' }
  | { readonly kind: 'missing' | 'unreadable' | 'not-pem'; readonly file: string }
  | { readonly kind: 'loaded'; readonly file: string; readonly count: number }

/** What is known of a failed connection besides its code. */
export interface Surroundings {
  /** The address that was asked, without a path, where it is not the one of the control plane. */
  readonly origin?: string | undefined
  /** The proxy that the request was to go through, as `host:port`. */
  readonly via?: string | undefined
  /** Whether it was the proxy itself that could not be used. */
  readonly isOfProxy?: boolean
  /** What the proxy answered when it was asked for a tunnel. */
  readonly proxyStatus?: number | undefined
  /** The hosts that a certificate is for. */
  readonly names?: readonly string[]
  readonly extra?: ExtraCertificates | undefined
  /** What the clock of this machine says. */
  readonly clock?: string | undefined
}

type Kind =
  | 'expired'
  | 'not-yet-valid'
  | 'other-host'
  | 'self-signed'
  | 'unknown-issuer'
  | 'no-intermediate'
  | 'certificate'
  | 'client-certificate'
  | 'no-tls'
  | 'tls-version'
  | 'tls'
  | 'no-http'
  | 'no-name'
  | 'no-name-server'
  | 'refused'
  | 'timed-out'
  | 'no-route'
  | 'cut'
  | 'other'

/** The first that fits counts. */
const KINDS: readonly (readonly [RegExp, Kind])[] = [
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

const WORDS: Readonly<Record<Kind, string>> = {
  expired: 'its certificate has expired',
  'not-yet-valid': 'its certificate is not valid yet',
  'other-host': 'its certificate is for another host',
  'self-signed': 'its certificate is signed by itself',
  'unknown-issuer': 'its certificate is signed by an issuer that Node does not trust',
  'no-intermediate': 'it sent a certificate without the ones that lead to a trusted root',
  certificate: 'its certificate does not pass the check',
  'client-certificate': 'it asks for a certificate of the client, or does not take it',
  'no-tls': 'what answered there does not speak TLS (https)',
  'tls-version': 'it has no version of TLS in common with Node',
  tls: 'TLS could not be agreed on',
  'no-http': 'what answered there does not speak HTTP',
  'no-name': 'the host name was not found',
  'no-name-server': 'the name server (DNS) gave no answer',
  refused: 'the connection was refused',
  'timed-out': 'no connection in time',
  'no-route': 'there is no way to its network',
  cut: 'the connection was cut',
  other: ''
}

function kindOf(code: string): Kind {
  return KINDS.find(([form]) => form.test(code))?.[1] ?? 'other'
}

/** The codes by which TLS says that it does not trust a certificate. */
export function isCertificateCode(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|CRL/.test(code)
}

/** Whether it is the certificate of the other side that was not accepted. */
function isAboutCertificate(kind: Kind): boolean {
  return isCertificateKind.has(kind)
}

const isCertificateKind: ReadonlySet<Kind> = new Set([
  'expired',
  'not-yet-valid',
  'other-host',
  'self-signed',
  'unknown-issuer',
  'no-intermediate',
  'certificate'
])

/**
 * A fault in a few words, such as `the connection was refused (connect ECONNREFUSED 10.0.0.1:443)`.
 *
 * @param said the text of the error, which is told where it is Node's own and no secret can stand in it
 */
export function wordsFor(code: string, said: string, { via, isOfProxy, proxyStatus }: Surroundings): string {
  if (proxyStatus) return `the proxy ${via ?? ''} answered ${proxyStatus}`.replace('  ', ' ')
  const kind = kindOf(code)
  const isOfSystem = /^(connect|getaddrinfo|read|write) E/.test(said)
  const detail = kind === 'cut' ? '' : isOfSystem ? said : code
  const fault = kind === 'other' ? said || code : `${WORDS[kind]}${detail ? ` (${detail})` : ''}`
  return isOfProxy && via ? `the proxy ${via}: ${fault}` : fault
}

/** Whether the words of a fault say that the proxy itself refused to open the way. */
export function isRefusedByProxy(words: string): boolean {
  return /\bthe proxy (\S+ )?answered 40[1357]\b/.test(words)
}

/** What the advice depends on. */
export interface Asked {
  /** Address that was to be reached. */
  readonly url: string
  readonly isCloud: boolean
  /** Whether it is an address that LangSmith gave out, and no input names. */
  readonly isGivenOut?: boolean
  /** Why a proxy of the environment was not used, and what to write: whole sentences. */
  readonly whyDirect?: string | undefined
}

/** A fault as it is told to the user, and the next step. */
export function explainFault(
  code: string,
  message: string,
  surroundings: Surroundings,
  asked: Asked
): { readonly what: string; readonly advice: string } {
  const { via, isOfProxy } = surroundings
  const kind = kindOf(code)
  const owner = isOfProxy && via ? `the proxy ${via}` : asked.url
  const what = isAboutCertificate(kind)
    ? `The certificate of ${owner} was not accepted (${code}): ${WORDS[kind].replace(/^its certificate/, 'it')}.`
    : `${asked.url} could not be reached: ${message}.`
  return { what, advice: adviceFor(kind, surroundings, asked) }
}

function adviceFor(kind: Kind, surroundings: Surroundings, asked: Asked): string {
  const { via, isOfProxy = false, proxyStatus } = surroundings
  const variable = asked.url.startsWith('http:') ? 'HTTP_PROXY' : 'HTTPS_PROXY'
  if (proxyStatus) return adviceForStatus(proxyStatus, new URL(asked.url).host, variable)
  if (isAboutCertificate(kind)) return adviceForCertificate(kind, surroundings, asked)
  if (isOfProxy) return adviceForProxy(kind, variable)
  const through = via ? ` The request went through the proxy ${via}; hosts that need none belong in NO_PROXY.` : ''
  // What is known of the environment comes before what may be.
  const unused = via || !asked.whyDirect ? '' : `${asked.whyDirect} `
  const needsProxy = unused
    ? ''
    : `, and whether ${asked.isGivenOut ? 'it' : 'this runner'} needs a proxy (HTTPS_PROXY, NO_PROXY)`
  const generally = asked.isGivenOut
    ? `Check that this runner may reach ${new URL(asked.url).host}`
    : `Check ${asked.isCloud ? 'https://status.smith.langchain.com' : '`control-plane-url`'}`
  return `${unused}${specific(kind, asked)}${generally}${needsProxy}.${through}`
}

function specific(kind: Kind, { url, isCloud }: Asked): string {
  const isPlain = url.startsWith('http:')
  switch (kind) {
    case 'no-name':
      return isCloud
        ? 'This runner cannot look up names of the internet. '
        : 'A name of an internal network is known only inside it: use a self-hosted runner there. '
    case 'no-name-server':
      return 'Run this again; if it stays, check the name server (DNS) of the runner. '
    case 'refused':
      return 'Nothing listens at that port, or a firewall turns the runner away. '
    case 'timed-out':
    case 'no-route':
      return isCloud
        ? 'A firewall may keep this runner from the internet. '
        : 'A firewall may be between, or the host is in a network that this runner is not in: use a self-hosted runner there. '
    case 'no-tls':
      return `The port is one for http, or a proxy answers there. ${isCloud ? '' : 'Check the port in `control-plane-url`; for a server without TLS write http and `allow-insecure-http: true`. '}`
    case 'tls-version':
      return 'Node 24 needs TLS 1.2 or newer, which whoever runs the server, or the proxy before it, has to switch on. '
    case 'tls':
      return 'Whoever runs the server, or a proxy that inspects TLS before it, has to offer TLS 1.2 or newer with current ciphers, and to ask for no certificate of the client. '
    case 'client-certificate':
      return 'This action has no certificate of its own: let this runner in without one, by another address. '
    case 'cut':
    case 'no-http':
      return isPlain
        ? `The server may want https: write \`control-plane-url: ${url.replace('http:', 'https:')}\`. `
        : kind === 'cut'
          ? 'A firewall or a proxy that inspects TLS may cut it. '
          : ''
    default:
      return ''
  }
}

function adviceForStatus(status: number, host: string, variable: string): string {
  switch (status) {
    case 407:
      return `The proxy wants a user name and a password, or does not take those that it got. Write \`http://USER:PASSWORD@HOST:PORT\` into ${variable}, from a secret and percent-encoded; only the Basic scheme is known, no NTLM or Kerberos.`
    case 401:
    case 403:
    case 405:
      return `The proxy does not let this runner reach ${host}. Ask whoever runs it to allow CONNECT to ${host}, or add the host to NO_PROXY if no proxy is needed.`
    case 502:
    case 503:
    case 504:
      return `The proxy is up, but could not reach ${host}. Run this again; if it stays, ask whoever runs the proxy, or add the host to NO_PROXY if no proxy is needed.`
    default:
      return `Check that ${variable} names an HTTP proxy that opens tunnels (CONNECT) to ${host}, or add the host to NO_PROXY.`
  }
}

function adviceForProxy(kind: Kind, variable: string): string {
  switch (kind) {
    case 'no-tls':
      return `The proxy is spoken to in plain http: write \`http://\` in place of \`https://\` in ${variable}. What goes through it stays encrypted.`
    case 'no-http':
      return `${variable} has to name an HTTP proxy; a SOCKS proxy or another service is none.`
    case 'cut':
      return `Check ${variable}: the proxy cut the connection before it opened a tunnel. It may want \`https://\` in the address, a user name, or be no HTTP proxy.`
    default:
      return `Check the host and the port in ${variable}; hosts that need no proxy belong in NO_PROXY.`
  }
}

const SYSTEM_CA = 'NODE_USE_SYSTEM_CA=1 makes Node trust what the system of the runner trusts.'

function adviceForCertificate(
  kind: Kind,
  { names = [], clock, extra, via, isOfProxy }: Surroundings,
  asked: Asked
): string {
  const keeper = isOfProxy
    ? 'whoever runs the proxy'
    : asked.isCloud
      ? 'whoever runs the proxy or firewall that answers in place of LangSmith'
      : 'whoever runs the server'
  const wholeChain = `If a public authority signed the certificate, ask ${keeper} to send the whole chain (the intermediate certificates too).`
  const now = clock ? ` The clock of this runner says ${clock}; if that is wrong, set it.` : ''
  switch (kind) {
    case 'expired':
      return `Ask ${keeper} to renew it.${now}`
    case 'not-yet-valid':
      return `${now.trim() || 'Check the clock of this runner.'} Otherwise ask ${keeper} for a certificate that is valid now.`
    case 'other-host':
      return [
        names.length > 0 ? `It is for ${names.slice(0, MOST_NAMES).join(', ')}.` : '',
        isOfProxy
          ? 'Write the name of the proxy that its certificate is for.'
          : asked.isCloud
            ? 'A proxy or a log-in page of the network answers in place of LangSmith: set HTTPS_PROXY, or ask for access.'
            : 'Write the host name that the certificate is for into `control-plane-url`, or have a certificate made for this one. NODE_EXTRA_CA_CERTS does not help here.'
      ]
        .filter(Boolean)
        .join(' ')
    case 'no-intermediate':
      // On Cloud without a proxy nobody signs for a company; elsewhere that is the usual cause.
      return (asked.isCloud && !via ? [wholeChain, trustAdvice(extra)] : [trustAdvice(extra), wholeChain]).join(' ')
    case 'certificate':
      return `Ask ${keeper} for another certificate.`
    default:
      return trustAdvice(extra)
  }
}

const MOST_NAMES = 5

/** How Node is made to trust an issuer, by what was tried already. */
function trustAdvice(extra: ExtraCertificates = { kind: 'none' }): string {
  switch (extra.kind) {
    case 'none':
      return `If your company signs its own certificates, or a proxy inspects TLS, set NODE_EXTRA_CA_CERTS in the job's \`env\` to the PEM file that holds its root certificate. Or: ${SYSTEM_CA}`
    case 'pasted':
      return `NODE_EXTRA_CA_CERTS holds the certificate itself, where Node needs the path of a file. Write the certificate to a file in an earlier step and give the path. Or: ${SYSTEM_CA}`
    case 'missing':
      return `NODE_EXTRA_CA_CERTS names ${extra.file}, which does not exist where this action runs${/[~$]/.test(extra.file) ? ' (`~` and variables are not expanded in `env`)' : ''}. Write the path of a PEM file on the runner; a job in a container sees only what is mounted there. Or: ${SYSTEM_CA}`
    case 'unreadable':
      return `NODE_EXTRA_CA_CERTS names ${extra.file}, which the user of the runner may not read, or which is no file. Make it readable. Or: ${SYSTEM_CA}`
    case 'not-pem':
      return `NODE_EXTRA_CA_CERTS names ${extra.file}, of which Node could load no certificate: it has to hold PEM (\`-----BEGIN CERTIFICATE-----\`). Convert a DER file with \`openssl x509 -inform der -in FILE -out ca.pem\`. Or: ${SYSTEM_CA}`
    case 'loaded':
      return `NODE_EXTRA_CA_CERTS was loaded from ${extra.file} (${extra.count === 1 ? '1 certificate' : `${extra.count} certificates`}), but the issuer of this one is not in it. Add the root certificate of whoever signed it. Or: ${SYSTEM_CA}`
  }
}
