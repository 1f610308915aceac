import {
  type ExtraCertificates,
  FAULT_WORDS,
  type FaultContext,
  type FaultKind,
  faultKind,
  isAboutCertificate
} from '../control-plane/faults.ts'
import { isLoopback } from '../control-plane/hosts.ts'
import { exceptionFor, type Proxies } from '../control-plane/proxies.ts'
import { sentence } from '../run/sentence.ts'

/*
 * Advice for requests that got no response: host, proxy, certificate. This module does no I/O.
 */

/** The address of the request, and facts that the advice depends on. */
interface RequestTarget {
  /** The address of the request. */
  readonly url: string
  readonly isCloud: boolean
  /** True for an address that LangSmith returned, which no input sets. */
  readonly isGivenOut?: boolean
  /** The reason why the proxy of the environment was not used, with advice, in complete sentences. */
  readonly whyDirect?: string | undefined
}

/** Returns the description of a connection error, and the next step. */
export function explainFault(
  code: string,
  message: string,
  context: FaultContext,
  target: RequestTarget
): { readonly what: string; readonly advice: string } {
  const { via, isOfProxy } = context
  const kind = faultKind(code)
  const owner = isOfProxy && via ? `the proxy ${via}` : target.url
  const what = isAboutCertificate(kind)
    ? `The certificate of ${owner} was rejected (${code}): ${FAULT_WORDS[kind].replace(/^its certificate/, 'it')}.`
    : sentence(`${target.url} could not be reached: ${message}`)
  return { what, advice: faultAdvice(kind, context, target) }
}

function faultAdvice(kind: FaultKind, context: FaultContext, target: RequestTarget): string {
  const { via, isOfProxy = false, proxyStatus } = context
  const variable = target.url.startsWith('http:') ? 'HTTP_PROXY' : 'HTTPS_PROXY'
  if (proxyStatus) return proxyStatusAdvice(proxyStatus, new URL(target.url).host, variable)
  if (isAboutCertificate(kind)) return certificateAdvice(kind, context, target)
  if (isOfProxy) return proxyAdvice(kind, variable)
  const through = via ? ` The request went through the proxy ${via}. Add hosts that need no proxy to NO_PROXY.` : ''
  // Known problems of the environment come before possible ones.
  const unused = via || !target.whyDirect ? '' : `${target.whyDirect} `
  const needsProxy = unused
    ? ''
    : `, and whether ${target.isGivenOut ? 'it' : 'this runner'} needs a proxy (HTTPS_PROXY, NO_PROXY)`
  const generally = target.isGivenOut
    ? `Check that this runner can reach ${new URL(target.url).host}`
    : `Check ${target.isCloud ? 'https://status.smith.langchain.com' : '`control-plane-url`'}`
  return `${unused}${firstStep(kind, target)}${generally}${needsProxy}.${through}`
}

function firstStep(kind: FaultKind, { url, isCloud }: RequestTarget): string {
  const isPlain = url.startsWith('http:')
  switch (kind) {
    case 'no-name':
      return isCloud
        ? 'This runner cannot resolve public host names. '
        : 'An internal host name resolves only inside its network: use a self-hosted runner there. '
    case 'no-name-server':
      return 'Rerun this job. If the error persists, check the DNS server of the runner. '
    case 'refused':
      return 'No server listens on that port, or a firewall blocks this runner. '
    case 'timed-out':
    case 'no-route':
      return isCloud
        ? 'A firewall may block access to the internet from this runner. '
        : 'A firewall may block the connection, or the host is in a network that this runner cannot reach: use a self-hosted runner there. '
    case 'no-tls':
      return `The port does not use TLS, or a proxy responds on it. ${isCloud ? '' : 'Check the port in `control-plane-url`. For a server without TLS, use `http://` and set `allow-insecure-http: true`. '}`
    case 'tls-version':
      return 'Node 24 requires TLS 1.2 or newer: ask the administrator of the server, or of the proxy in front of it, to enable it. '
    case 'tls':
      return 'The server, or a proxy that inspects TLS in front of it, must offer TLS 1.2 or newer with current ciphers and must not require a client certificate. '
    case 'client-certificate':
      return 'This action does not support client certificates: use an address that does not require one. '
    case 'cut':
    case 'no-http':
      return isPlain
        ? `The server may require HTTPS: set \`control-plane-url: ${url.replace('http:', 'https:')}\`. `
        : kind === 'cut'
          ? 'A firewall or a proxy that inspects TLS may have closed the connection. '
          : ''
    default:
      return ''
  }
}

function proxyStatusAdvice(status: number, host: string, variable: string): string {
  switch (status) {
    case 407:
      return `The proxy requires a user name and a password, or rejected the ones it received. Set ${variable} to \`http://USER:PASSWORD@HOST:PORT\`, from a secret and percent-encoded. Only Basic authentication is supported, not NTLM or Kerberos.`
    case 401:
    case 403:
    case 405:
      return `The proxy blocks access to ${host} from this runner. Ask its administrator to allow CONNECT to ${host}, or add the host to NO_PROXY if no proxy is needed.`
    case 502:
    case 503:
    case 504:
      return `The proxy is running but could not reach ${host}. Rerun this job. If the error persists, ask the administrator of the proxy, or add the host to NO_PROXY if no proxy is needed.`
    default:
      return `Check that ${variable} is an HTTP proxy that allows tunnels (CONNECT) to ${host}, or add the host to NO_PROXY.`
  }
}

function proxyAdvice(kind: FaultKind, variable: string): string {
  switch (kind) {
    case 'no-tls':
      return `The proxy uses plain HTTP: use \`http://\` instead of \`https://\` in ${variable}. Requests through it stay encrypted.`
    case 'no-http':
      return `${variable} must be an HTTP proxy; SOCKS proxies and other services are not supported.`
    case 'cut':
      return `Check ${variable}: the proxy closed the connection before it opened a tunnel. The proxy may require \`https://\` in the address, or a user name. Or the address is not that of an HTTP proxy.`
    default:
      return `Check the host and the port in ${variable}. Add hosts that need no proxy to NO_PROXY.`
  }
}

const SYSTEM_CA = 'set NODE_USE_SYSTEM_CA=1 to trust the certificates in the system store of the runner.'

function certificateAdvice(
  kind: FaultKind,
  { names = [], clock, extra, via, isOfProxy }: FaultContext,
  target: RequestTarget
): string {
  const keeper = isOfProxy
    ? 'the administrator of the proxy'
    : target.isCloud
      ? 'the administrator of the proxy or firewall that responds instead of LangSmith'
      : 'the administrator of the server'
  const wholeChain = `If a public authority signed the certificate, ask ${keeper} to send the full chain, including the intermediate certificates.`
  const now = clock ? ` The clock of this runner shows ${clock}; correct the clock if it is wrong.` : ''
  switch (kind) {
    case 'expired':
      return `Ask ${keeper} to renew it.${now}`
    case 'not-yet-valid':
      return `${now.trim() || 'Check the clock of this runner.'} Otherwise, ask ${keeper} for a certificate that is valid now.`
    case 'other-host':
      return [
        names.length > 0 ? `The certificate is issued for ${names.slice(0, MOST_NAMES).join(', ')}.` : '',
        isOfProxy
          ? 'Use the host name of the proxy that the certificate is issued for.'
          : target.isCloud
            ? 'A proxy or a login page of your network responds instead of LangSmith: set HTTPS_PROXY, or ask your network administrator for access.'
            : 'Set `control-plane-url` to a host name that the certificate is issued for, or install a certificate for this host. NODE_EXTRA_CA_CERTS does not help here.'
      ]
        .filter(Boolean)
        .join(' ')
    case 'no-intermediate':
      // On Cloud without a proxy, no company certificate is involved; elsewhere it is the usual cause.
      return (target.isCloud && !via ? [wholeChain, trustAdvice(extra)] : [trustAdvice(extra), wholeChain]).join(' ')
    case 'certificate':
      return `Ask ${keeper} to replace the certificate.`
    default:
      return trustAdvice(extra)
  }
}

const MOST_NAMES = 5

/** Returns the advice that makes Node trust an issuer; it depends on the current value of NODE_EXTRA_CA_CERTS. */
function trustAdvice(extra: ExtraCertificates = { kind: 'none' }): string {
  switch (extra.kind) {
    case 'none':
      return `If your company signs its own certificates, or a proxy inspects TLS, set NODE_EXTRA_CA_CERTS in the job's \`env\` to the path of the PEM file with the root certificate. Or ${SYSTEM_CA}`
    case 'pasted':
      return `NODE_EXTRA_CA_CERTS contains the certificate itself, but Node requires the path of a file. Write the certificate to a file in an earlier step and set the path. Or ${SYSTEM_CA}`
    case 'missing':
      return `NODE_EXTRA_CA_CERTS is ${extra.file}, which does not exist where this action runs${/[~$]/.test(extra.file) ? ' (`~` and variables are not expanded in `env`)' : ''}. Set the path of a PEM file on the runner; a job in a container can only read files that are mounted there. Or ${SYSTEM_CA}`
    case 'unreadable':
      return `NODE_EXTRA_CA_CERTS is ${extra.file}, which is not a file or is not readable by the user of the runner. Set the path of a file that the user can read. Or ${SYSTEM_CA}`
    case 'not-pem':
      return `NODE_EXTRA_CA_CERTS is ${extra.file}, but Node could not load a certificate from it: the file must be PEM (\`-----BEGIN CERTIFICATE-----\`). Convert a DER file with \`openssl x509 -inform der -in FILE -out ca.pem\`. Or ${SYSTEM_CA}`
    case 'loaded':
      return `NODE_EXTRA_CA_CERTS was loaded from ${extra.file} (${extra.count === 1 ? '1 certificate' : `${extra.count} certificates`}), but it does not contain the issuer of this certificate. Add the root certificate of the issuer. Or ${SYSTEM_CA}`
  }
}

/**
 * Returns the reason why an address is reached directly although the environment sets a proxy, with advice, in complete
 * sentences.
 *
 * @returns `undefined` if a proxy is used, if no proxy is set, or if NO_PROXY excludes an address that has no proxy
 */
export function whyDirect(address: string, { http, https, except = '', hasAll }: Proxies): string | undefined {
  const url = new URL(address)
  if (isLoopback(url.hostname)) return undefined
  const [used, name, other, otherName] =
    url.protocol === 'https:' ? [https, 'HTTPS_PROXY', http, 'HTTP_PROXY'] : [http, 'HTTP_PROXY', https, 'HTTPS_PROXY']
  const exception = exceptionFor(url, except)
  if (exception !== undefined) {
    return used
      ? `NO_PROXY (\`${exception}\`) excludes ${url.host} from the proxy in ${name}. Remove that entry if the host requires the proxy.`
      : undefined
  }
  if (used) return undefined
  if (other) {
    return `${otherName} is set, but applies only to ${name === 'HTTPS_PROXY' ? 'http' : 'https'}://. Set ${name} too.`
  }
  return hasAll ? `ALL_PROXY is set, but is not supported. Set ${name}.` : undefined
}
