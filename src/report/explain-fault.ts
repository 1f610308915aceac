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
 * What to do where no answer came: the host, the proxy, the certificate. Nothing here does I/O.
 */

/** What the advice depends on. */
interface AskedAddress {
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
  context: FaultContext,
  asked: AskedAddress
): { readonly what: string; readonly advice: string } {
  const { via, isOfProxy } = context
  const kind = faultKind(code)
  const owner = isOfProxy && via ? `the proxy ${via}` : asked.url
  const what = isAboutCertificate(kind)
    ? `The certificate of ${owner} was not accepted (${code}): ${FAULT_WORDS[kind].replace(/^its certificate/, 'it')}.`
    : sentence(`${asked.url} could not be reached: ${message}`)
  return { what, advice: faultAdvice(kind, context, asked) }
}

function faultAdvice(kind: FaultKind, context: FaultContext, asked: AskedAddress): string {
  const { via, isOfProxy = false, proxyStatus } = context
  const variable = asked.url.startsWith('http:') ? 'HTTP_PROXY' : 'HTTPS_PROXY'
  if (proxyStatus) return proxyStatusAdvice(proxyStatus, new URL(asked.url).host, variable)
  if (isAboutCertificate(kind)) return certificateAdvice(kind, context, asked)
  if (isOfProxy) return proxyAdvice(kind, variable)
  const through = via ? ` The request went through the proxy ${via}; hosts that need none belong in NO_PROXY.` : ''
  // What is known of the environment comes before what may be.
  const unused = via || !asked.whyDirect ? '' : `${asked.whyDirect} `
  const needsProxy = unused
    ? ''
    : `, and whether ${asked.isGivenOut ? 'it' : 'this runner'} needs a proxy (HTTPS_PROXY, NO_PROXY)`
  const generally = asked.isGivenOut
    ? `Check that this runner may reach ${new URL(asked.url).host}`
    : `Check ${asked.isCloud ? 'https://status.smith.langchain.com' : '`control-plane-url`'}`
  return `${unused}${firstStep(kind, asked)}${generally}${needsProxy}.${through}`
}

function firstStep(kind: FaultKind, { url, isCloud }: AskedAddress): string {
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

function proxyStatusAdvice(status: number, host: string, variable: string): string {
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

function proxyAdvice(kind: FaultKind, variable: string): string {
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

function certificateAdvice(
  kind: FaultKind,
  { names = [], clock, extra, via, isOfProxy }: FaultContext,
  asked: AskedAddress
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

/**
 * Why an address is reached directly though the environment names a proxy, and what to write instead: whole sentences.
 *
 * @returns nothing where a proxy is used, where none is named, and where NO_PROXY keeps nothing from one
 */
export function whyDirect(address: string, { http, https, except = '', hasAll }: Proxies): string | undefined {
  const url = new URL(address)
  if (isLoopback(url.hostname)) return undefined
  const [used, name, other, otherName] =
    url.protocol === 'https:' ? [https, 'HTTPS_PROXY', http, 'HTTP_PROXY'] : [http, 'HTTP_PROXY', https, 'HTTPS_PROXY']
  const exception = exceptionFor(url, except)
  if (exception !== undefined) {
    return used
      ? `NO_PROXY (\`${exception}\`) keeps ${url.host} from the proxy of ${name}. Remove that entry if the host is reached through the proxy.`
      : undefined
  }
  if (used) return undefined
  if (other) {
    return `${otherName} is set, which counts for ${name === 'HTTPS_PROXY' ? 'http' : 'https'}:// alone; write ${name} too.`
  }
  return hasAll ? `ALL_PROXY is set, which is not read; write ${name}.` : undefined
}
