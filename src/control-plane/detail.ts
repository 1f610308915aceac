import { object } from '../run/object.ts'

/**
 * Keys of a reason, the likeliest first: FastAPI (`detail`), gateways and proxies (`message`, `error`), OAuth
 * (`error_description`), JSON:API (`errors`), RFC 9457 (`title`), Kubernetes (`reason`), Apigee (`fault.faultstring`).
 */
const REASONS = [
  'detail',
  'message',
  'Message',
  'msg',
  'error_description',
  'errors',
  'error',
  'description',
  'reason',
  'title',
  'fault',
  'faultstring'
]
/** Keys under which a server repeats the request, including its secrets. */
const REPEATED = /^(input|ctx|body|data|payload|request|received|given|secrets?|values?)$/i
/** Maximum depth of a reason. */
const DEEPEST = 6

/**
 * Returns the reason for an error as one text, from any of the formats of servers and gateways.
 *
 * @param body the parsed response
 * @returns text from outside; empty if there is no reason
 */
export function reasonIn(body: unknown): string {
  return reasonOf(object(body) ?? (Array.isArray(body) ? body : undefined), 0)
}

function reasonOf(value: unknown, depth: number): string {
  if (typeof value === 'string') return value
  if (depth > DEEPEST) return ''
  if (Array.isArray(value)) return joined(value.map((entry) => reasonOf(entry, depth + 1)))
  const record = object(value)
  if (!record) return ''
  if (Array.isArray(record.loc)) return validationText(record.loc, reasonOf(record.msg, depth + 1))
  for (const key of REASONS) {
    const reason = reasonOf(record[key], depth + 1)
    if (reason) return withName(reason, key, record)
  }
  // The fields of the request with their errors, or facts such as a quota.
  return depth === 0 ? '' : joined(Object.entries(record).map(([key, entry]) => factText(key, entry, depth)))
}

/** Adds the kind of the reason: `title` and `code`, or `error` for a description of OAuth. */
function withName(reason: string, key: string, { title, code, error }: Readonly<Record<string, unknown>>): string {
  const name = key === 'error_description' ? error : title
  const named = typeof name === 'string' && name && name !== reason ? `${name}: ${reason}` : reason
  return typeof code === 'string' && code && !named.includes(code) ? `${named} (${code})` : named
}

function factText(key: string, value: unknown, depth: number): string {
  if (REPEATED.test(key)) return ''
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : reasonOf(value, depth + 1)
  return text && `${key}: ${text}`
}

/** Formats FastAPI's entry for one field in a 422 response. */
function validationText(loc: readonly unknown[], message: string): string {
  const where = loc.filter((part) => part !== 'body').join('.')
  return [where, message].filter(Boolean).join(': ')
}

function joined(texts: readonly string[]): string {
  return texts.filter(Boolean).join('; ')
}
