import { isPassingStatus } from './patience.ts'

/*
 * What an object store says when it refuses: XML of the form that S3, Google Cloud Storage, Azure and their likes share.
 * Beside the reason it may repeat the signed address and what was signed, which nobody else is to see.
 */

/** Why a store refused, as far as it matters for what to do. */
export type StoreFault = 'signature' | 'expired' | 'clock' | 'size' | 'denied' | 'busy' | 'proxy' | 'other'

const LONGEST_MESSAGE = 200

/**
 * The reason in the answer of a store, as `Code: message`; words from outside.
 *
 * @param header Azure gives the code in a header too
 * @param url the signed address; a message that holds a part of it is left out
 * @returns empty where there is no code in it
 */
export function storeReason(body: string, header: string | readonly string[] | undefined, url: string): string {
  const code = asCode(elementOf(body, 'Code')) || asCode(String(header ?? ''))
  if (!code) return ''
  // Azure writes its request ID and the time into further lines.
  const [message = ''] = elementOf(body, 'Message')
    .trim()
    .split(/[\r\n]/)
  if (!message || tellsTheAddress(message, url)) return code
  return `${code}: ${message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)} …` : message}`
}

/** The code of a reason that `storeReason` made. */
export function storeCode(reason: string): string {
  return /^[A-Za-z][\w.-]*(?=: |$)/.exec(reason)?.[0] ?? ''
}

/** Which kind of fault the answer of a store tells. */
export function storeFault({ status, detail }: { readonly status: number; readonly detail: string }): StoreFault {
  const code = storeCode(detail)
  if (status === 413 || /^(EntityTooLarge|RequestBodyTooLarge|MaxMessageLengthExceeded)$/.test(code)) return 'size'
  if (/TimeTooSkewed/.test(code)) return 'clock'
  if (/Expired/.test(code) || /\bexpired\b/i.test(detail)) return 'expired'
  if (/^(SignatureDoesNotMatch|AuthenticationFailed|InvalidSecurity|MalformedSecurityHeader)$/.test(code)) {
    return 'signature'
  }
  if (isPassingStatus(status)) return 'busy'
  if (!code) return 'proxy'
  return status === 401 || status === 403 ? 'denied' : 'other'
}

function asCode(text: string): string {
  return /^[A-Za-z][\w.-]{0,63}$/.test(text.trim()) ? text.trim() : ''
}

function elementOf(xml: string, name: string): string {
  const start = xml.indexOf(`<${name}>`)
  const end = start < 0 ? -1 : xml.indexOf(`</${name}>`, start)
  return end < 0 ? '' : unescaped(xml.slice(start + name.length + 2, end))
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
}

/** Addresses of any kind, and each part of this one that is longer than a word. */
function tellsTheAddress(message: string, url: string): boolean {
  const { pathname, searchParams } = new URL(url)
  const parts = [...pathname.split('/'), ...searchParams.values()].filter((part) => part.length >= 8)
  const lower = message.toLowerCase()
  const isAddress = /:\/\/|\b(?:sig|signature|token|credential)=/i.test(message)
  return (
    isAddress ||
    parts.some((part) => [part, encodeURIComponent(part)].some((form) => lower.includes(form.toLowerCase())))
  )
}
