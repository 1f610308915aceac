import { object } from '../run/object.ts'

/**
 * Where the reason stands, the likeliest first: FastAPI (`detail`), gateways and proxies (`message`, `error`), OAuth
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
/** Under these a server repeats what was sent, secrets among it. */
const REPEATED = /^(input|ctx|body|data|payload|request|received|given|secrets?|values?)$/i
/** No reason lies deeper. */
const DEEPEST = 6

/**
 * The reason for a refusal as one text, from any of the forms that servers and gateways give it.
 *
 * @param body the parsed answer
 * @returns words from outside; empty when there is no reason in it
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
  // Fields of the request with what is wrong about each, or facts such as a quota.
  return depth === 0 ? '' : joined(Object.entries(record).map(([key, entry]) => factText(key, entry, depth)))
}

/** `title` and `code` say of which kind the reason is; `error` does beside the description of OAuth. */
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

/** FastAPI's entry for one field at 422. */
function validationText(loc: readonly unknown[], message: string): string {
  const where = loc.filter((part) => part !== 'body').join('.')
  return [where, message].filter(Boolean).join(': ')
}

function joined(texts: readonly string[]): string {
  return texts.filter(Boolean).join('; ')
}
