import { isBooleanLike, isOrdinary, isSecretName, isSecretShaped, type NamedValue } from './secret-shape.ts'

/*
 * The secrets inside a value: connection strings, addresses and JSON hold hosts, users and regions too, which stay
 * readable. The forms are those of the services' own documents; see the table in the tests.
 */

/**
 * The parts of a value that are secrets by themselves, however short, each once. Neither the whole value nor its lines
 * are among them.
 */
export function secretParts(value: string): readonly string[] {
  const parts = new Set(partsOf(value, 0))
  parts.delete('')
  parts.delete(value)
  return [...parts]
}

/** JSON in JSON in Base64 is real; an endless nest is not. */
const DEEPEST = 4
/** No line of a connection string is longer, and on longer ones the patterns would take their time. */
const LONGEST_LINE = 4_096

function partsOf(value: string, depth: number): readonly string[] {
  if (depth > DEEPEST) return []
  const json = parseJson(value)
  if (json !== undefined) return leavesOf('', json, depth)
  const decoded = fromBase64(value)
  if (decoded !== undefined) return partsOf(decoded, depth + 1)
  return [...addressParts(value), ...pairParts(value, depth), ...headerParts(value), ...pemLines(value)]
}

function parseJson(text: string): unknown {
  if (!/^\s*[[{"]/.test(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** Service accounts are often kept as Base64, for they have several lines. */
function fromBase64(text: string): string | undefined {
  const bare = text.trim()
  if (!/^(eyJ|ey[AIg]|ew[o0]|LS0tLS1C)[A-Za-z0-9+/\r\n]{20,}={0,2}$/.test(bare)) return undefined
  const decoded = Buffer.from(bare, 'base64').toString('utf8')
  return /^\s*\{|^-----BEGIN/.test(decoded) ? decoded : undefined
}

function leavesOf(name: string, value: unknown, depth: number): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => leavesOf(name, item, depth))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, item]) => leavesOf(key, item, depth))
  if (typeof value !== 'string' && typeof value !== 'number') return []
  return namedParts({ name, value: String(value) }, depth)
}

/** All of a value whose name says that it is a secret; of any other the parts that are. */
function namedParts({ name, value }: NamedValue, depth: number): readonly string[] {
  if (isSecretName(name) && !isBooleanLike(value))
    return [value, ...value.split(LINE_END), ...partsOf(value, depth + 1)].filter((part) => !isPemHeader(part))
  const lines = value.split(LINE_END)
  const whole = isSecretShaped(value) && !hasUser(value) ? [value] : []
  const random = lines.length > 1 ? lines.map((line) => line.trim()).filter(isSecretShaped) : []
  return [...whole, ...random, ...partsOf(value, depth + 1)]
}

/** Line ends, also as `\n` in two characters: keys are kept so in one line of an environment. */
const LINE_END = /\r\n|\r|\n|\\r\\n|\\n/

function pemLines(value: string): readonly string[] {
  if (!/-----BEGIN [A-Z0-9 ]+-----/.test(value)) return []
  return value
    .split(LINE_END)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !isPemHeader(line))
}

function isPemHeader(line: string): boolean {
  return /^\s*-{5}(BEGIN|END) [A-Z0-9 ]+-{5}\s*$/.test(line)
}

function hasUser(value: string): boolean {
  return /^[a-z][a-z0-9+.:-]*:\/\/[^/\s]*@/i.test(value)
}

/**
 * The password of an address, as it is written and decoded; a user without one where it is a key, as in
 * `https://KEY@sentry.io/1`; segments of the path that are random, as in webhooks.
 */
function addressParts(value: string): readonly string[] {
  return value.split(/[\s"'<>]+/).flatMap((word) => {
    if (word.length > LONGEST_LINE) return []
    const match = /^((?:jdbc:)?[a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(word) ?? /^()(.*@(?:tcp|udp|unix)\(.*)$/.exec(word)
    if (!match) return oracleParts(word)
    const [, scheme = '', rest = ''] = match
    const { user, passwords, behind } = splitUser(rest)
    const isSecretUser =
      user !== '' && (isSecretShaped(user) || (passwords.length === 0 && /^[0-9a-f]{32}$/.test(user)))
    // Who takes the user for the password gives nothing away by the name of the user.
    const secret = passwords.filter((password) => password !== user && password !== 'x-oauth-basic')
    const path = behind
      .replace(/[?#].*$/s, '')
      .split('/')
      .slice(1)
    return [
      ...(isSecretUser ? bothForms(user) : []),
      ...secret.flatMap(bothForms),
      ...(/^https?$/i.test(scheme) ? path.map(withoutBot).filter(isSecretShaped) : [])
    ]
  })
}

/**
 * A password may hold `@`, `/` and `#` that nobody escaped. Where it ends is not certain then: at the last `@` before the
 * path, or at a later one with a host behind it; both are taken for it.
 */
function splitUser(rest: string): { user: string; passwords: readonly string[]; behind: string } {
  const authority = rest.replace(/[/?#].*$/s, '')
  // A version may stand behind an `@` of the path, a host has a dot or a port where another `@` was found before it.
  const host = authority.includes('@') ? /@(?=[\w-]+(\.[\w-]+|:\d+))/g : /@(?=[\w-]+)/g
  const isPlain = /^[^:/?#@]*:(?!\d{1,5}\/)/.test(rest)
  const later = isPlain ? Math.max(-1, ...[...rest.replace(/\?.*$/s, '').matchAll(host)].map(({ index }) => index)) : -1
  const ends = [...new Set([authority.lastIndexOf('@'), later])].filter((end) => end >= 0)
  const users = ends.map((end) => rest.slice(0, end))
  return {
    user: users[0]?.replace(/:.*$/s, '') ?? '',
    passwords: users.filter((user) => user.includes(':')).map((user) => user.slice(user.indexOf(':') + 1)),
    behind: rest.slice((ends[0] ?? -1) + 1)
  }
}

/** Telegram writes the token right behind a word. */
function withoutBot(segment: string): string {
  return segment.replace(/^bot(?=\d+:)/, '')
}

/** `jdbc:oracle:thin:scott/tiger@//host:1521/service`, and `scott/tiger@host` as SQL*Plus takes it. */
function oracleParts(word: string): readonly string[] {
  const match = /^(?:jdbc:oracle:[a-z]+:)[^/@:]+\/([^@]+)@/i.exec(word)
  return match?.[1] ? [match[1]] : []
}

function bothForms(text: string): readonly string[] {
  try {
    return [text, decodeURIComponent(text)]
  } catch {
    return [text]
  }
}

/** Pairs of a name and a value, in or without quotes, by what parts them. */
const PARTED_BY_SEMICOLON = /(?:^|;)\s*([A-Za-z][\w .-]*?)\s*=\s*("(?:[^"]|"")*"|'(?:[^']|'')*'|\{[^}]*\}|[^;]*)/g
const PARTED_BY_BLANKS = /(?:^|\s)([A-Za-z][\w.-]*)\s*=\s*("[^"]*"|'(?:\\.|[^'\\])*'|\S+)/g
const PARTED_BY_COMMA = /(?:^|,)\s*([A-Za-z][\w.-]*)\s*=\s*([^,]*)/g
const QUERY = /[?&]([A-Za-z][\w.-]*)=([^&#\s"']*)/g
/** One pair on a line of its own, as in files of settings. */
const ALONE = /^\s*(?:export\s+)?["']?([A-Za-z][\w.-]*)["']?\s*(?:=|:(?=\s))\s*(.*?)\s*,?$/g

function pairParts(value: string, depth: number): readonly string[] {
  return value.split(LINE_END).flatMap((line) => {
    if (line.length > LONGEST_LINE) return []
    const pairs = [...line.matchAll(patternFor(line)), ...line.matchAll(QUERY)]
    return pairs.flatMap(([, name = '', raw = '']) => {
      const bare = unquoted(raw.trim())
      const forms = [...new Set([raw.trim(), ...bothForms(bare)])]
      if (isSecretName(name)) return isBooleanLike(bare) ? [] : forms
      return forms.filter((form) => form !== value && !isOrdinary(form)).flatMap((form) => shapedParts(form, depth))
    })
  })
}

/** A pair may hold the signs that part the pairs of other forms, so one of them is chosen. */
function patternFor(line: string): RegExp {
  if (/;\s*$|;\s*[A-Za-z][\w .-]*=/.test(line)) return PARTED_BY_SEMICOLON
  if (/=.*[^,\s]\s+[A-Za-z][\w.-]*\s*=\s*\S/.test(line)) return PARTED_BY_BLANKS
  return /(^|,)\s*[A-Za-z][\w.-]*\s*=.*,\s*[A-Za-z][\w.-]*\s*=|^[^=\s]+,\s*[A-Za-z][\w.-]*\s*=/.test(line)
    ? PARTED_BY_COMMA
    : ALONE
}

function shapedParts(form: string, depth: number): readonly string[] {
  if (/[;&?\s]/.test(form) || hasUser(form)) return partsOf(form, depth + 1)
  return isSecretShaped(form) ? [form] : []
}

function unquoted(text: string): string {
  const match = /^(["'{])(.*)(["'}])$/s.exec(text)
  const [, open, inner = ''] = match ?? []
  if (!open || text.at(-1) !== (open === '{' ? '}' : open)) return text
  return open === '{' ? inner : inner.replaceAll(open + open, open).replace(/\\(.)/g, '$1')
}

/** `Bearer …`, and both halves of `Basic …`. */
function headerParts(value: string): readonly string[] {
  return [...value.matchAll(/\b(Bearer|Basic|Token|ApiKey|Bot)\s+([\w.~+/=-]{6,})/gi)].flatMap(
    ([, scheme = '', token = '']) => {
      if (isOrdinary(token)) return []
      if (scheme.toLowerCase() !== 'basic') return [token]
      const [, ...password] = Buffer.from(token, 'base64').toString('utf8').split(':')
      return [token, ...(password.length > 0 ? [password.join(':')] : [])]
    }
  )
}
