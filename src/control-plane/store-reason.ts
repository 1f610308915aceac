import { isPassingStatus } from './patience.ts'

/*
 * Reads the errors of object stores: XML in the format that S3, Google Cloud Storage, Azure and compatible stores
 * share. Besides the reason, an error may repeat the signed URL and the signed request, which must not be printed.
 */

/** The kinds of errors of a store that need different advice. */
export type StoreFault = 'signature' | 'expired' | 'clock' | 'size' | 'denied' | 'busy' | 'proxy' | 'other'

const LONGEST_MESSAGE = 200

/**
 * Returns the reason in the response of a store, as `Code: message`; text from outside.
 *
 * @param header the header in which Azure also returns the code
 * @param url the signed URL; a message that contains a part of it is omitted
 * @returns empty if the response has no code
 */
export function storeReason(body: string, header: string | readonly string[] | undefined, url: string): string {
  const code = asCode(elementOf(body, 'Code')) || asCode(String(header ?? ''))
  if (!code) return ''
  // Azure appends its request ID and the time in further lines.
  const [message = ''] = elementOf(body, 'Message')
    .trim()
    .split(/[\r\n]/)
  if (!message || revealsUrl(message, url)) return code
  return `${code}: ${message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)} …` : message}`
}

/** Returns the code of a reason from `storeReason`. */
export function storeCode(reason: string): string {
  return /^[A-Za-z][\w.-]*(?=: |$)/.exec(reason)?.[0] ?? ''
}

/** Returns the kind of an error of a store. */
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

/** Returns true for a message with any URL, or with a long part of this one. */
function revealsUrl(message: string, url: string): boolean {
  const { pathname, searchParams } = new URL(url)
  const parts = [...pathname.split('/'), ...searchParams.values()].filter((part) => part.length >= 8)
  const lower = message.toLowerCase()
  const isAddress = /:\/\/|\b(?:sig|signature|token|credential)=/i.test(message)
  return (
    isAddress ||
    parts.some((part) => [part, encodeURIComponent(part)].some((form) => lower.includes(form.toLowerCase())))
  )
}
