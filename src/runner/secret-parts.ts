import { isSecretName } from './secret-name.ts'
import { isBooleanLike, isOrdinary, isPemHeader, isSecretShaped, type NamedValue } from './secret-shape.ts'

/*
 * The secrets inside a value: connection strings, URLs and JSON also contain hosts, users and regions, which stay
 * readable. The forms are those in the documentation of the services; see the table in the tests.
 */

/**
 * Returns the parts of a value that are secrets, of any length, each once, without the whole value.
 *
 * @param name name of the value. The name of a secret adds decoded Base64 and the password of `user:password`.
 */
export function secretParts(value: string, name = ''): readonly string[] {
  const parts = new Set([...(isSecretName(name) ? decodedSecrets(value) : []), ...partsAtDepth(value, 0)])
  parts.delete('')
  parts.delete(value)
  return [...parts]
}

/** JSON in JSON in Base64 occurs in practice; deeper nesting does not. */
const MOST_NESTING = 4
/** Connection strings are shorter than this, and the patterns would be slow on longer lines. */
const LONGEST_LINE = 4_096

function partsAtDepth(value: string, depth: number): readonly string[] {
  if (depth > MOST_NESTING) return []
  const json = parseJsonObject(value)
  if (json !== undefined) return leavesOf('', json, depth)
  const decoded = fromBase64(value)
  if (decoded !== undefined) return partsAtDepth(decoded, depth + 1)
  return [
    ...addressParts(value),
    ...jsonLineParts(value, depth),
    ...pairParts(value, depth),
    ...elementParts(value),
    ...loginParts(value),
    ...headerParts(value),
    ...pemLines(value)
  ]
}

function parseJsonObject(text: string): unknown {
  if (!/^\s*[[{"]/.test(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** Returns the secrets in JSON Lines: one object per line, as in logs and exports. */
function jsonLineParts(value: string, depth: number): readonly string[] {
  return value.split(/\r\n|\r|\n/).flatMap((line) => {
    const json = line === value ? undefined : parseJsonObject(line)
    return json === undefined ? [] : leavesOf('', json, depth)
  })
}

/** Decodes Base64 of multiline content, such as service accounts and settings files. */
function fromBase64(text: string): string | undefined {
  const decoded = readableBase64(text)
  return decoded !== undefined && /[\n{[<=:]/.test(decoded) ? decoded : undefined
}

const SHORTEST_BASE64 = 16

/** Returns the decoded text of Base64 or base64url, if it is printable; random bytes rarely are. */
function readableBase64(text: string): string | undefined {
  const bare = text.trim()
  if (bare.length < SHORTEST_BASE64 || !/^[A-Za-z0-9+/_\r\n-]+={0,2}$/.test(bare)) return undefined
  const decoded = Buffer.from(bare, 'base64').toString('utf8')
  return decoded === '' || /[^\P{C}\t\r\n]|\uFFFD/u.test(decoded) ? undefined : decoded
}

/** Returns a short password in Base64. Words and hex digits are excluded, because they can also be valid Base64. */
function decodedPassword(text: string): string | undefined {
  const bare = text.trim()
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(bare) && bare.length % 4 === 0
  if (!isBase64 || bare.length < (bare.endsWith('=') ? 8 : 12) || /^[0-9a-f/]+$/i.test(bare)) return undefined
  const decoded = Buffer.from(bare, 'base64').toString('utf8')
  return /^[\x20-\x7E]+$/.test(decoded) ? decoded : undefined
}

/** Returns the decoded text of a secret value, and its password if it is `user:password`. */
function decodedSecrets(value: string): readonly string[] {
  const decoded = readableBase64(value) ?? decodedPassword(value)
  const plain = passwordOf(value).filter((password) => !isOrdinary(password))
  return [...(decoded === undefined ? [] : [decoded, ...passwordOf(decoded)]), ...plain]
}

/** Returns the password of `user:password`. */
function passwordOf(text: string): readonly string[] {
  const password = /^[^\s:/]+:(?!\/\/)([^\s:]\S*)$/.exec(text.trim())?.[1]
  return password ? [password] : []
}

function leavesOf(name: string, value: unknown, depth: number): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => leavesOf(name, item, depth))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, item]) => leavesOf(key, item, depth))
  if (typeof value !== 'string' && typeof value !== 'number') return []
  return namedParts({ name, value: String(value) }, depth)
}

/** Returns the whole value if its name marks a secret; for any other value, its secret parts. */
function namedParts({ name, value }: NamedValue, depth: number): readonly string[] {
  if (isSecretName(name) && !isBooleanLike(value))
    return [
      value,
      ...value.split(LINE_END_OR_ESCAPE),
      ...decodedSecrets(value),
      ...partsAtDepth(value, depth + 1)
    ].filter((part) => !isPemHeader(part))
  const lines = value.split(LINE_END_OR_ESCAPE)
  const whole = isSecretShaped(value) && !hasUser(value) ? [value] : []
  const random = lines.length > 1 ? lines.map((line) => line.trim()).filter(isSecretShaped) : []
  return [...whole, ...random, ...partsAtDepth(value, depth + 1)]
}

/** Line ends, also escaped as `\n`: a key is often stored in one line of an environment like this. */
const LINE_END_OR_ESCAPE = /\r\n|\r|\n|\\r\\n|\\n/

function pemLines(value: string): readonly string[] {
  if (!/-----BEGIN [A-Z0-9 ]+-----/.test(value)) return []
  return value
    .split(LINE_END_OR_ESCAPE)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !isPemHeader(line))
}

function hasUser(value: string): boolean {
  return /^[a-z][a-z0-9+.:-]*:\/\/[^/\s]*@/i.test(value)
}

/** Separators before a URL: white space, quotes, `--index-url=` and the separators of lists. */
const NEXT_ADDRESS = /[\s"'<>]+|[,;|=(](?=(?:jdbc:)?[a-z][a-z0-9+.-]{1,20}:\/\/)/i

/**
 * Returns the password of a URL, as written and decoded; a user that is a key, as in `https://KEY@sentry.io/1`; random
 * segments of the path, as in webhooks.
 */
function addressParts(value: string): readonly string[] {
  return value.split(NEXT_ADDRESS).flatMap((word) => {
    if (word.length > LONGEST_LINE) return []
    const match = /^((?:jdbc:)?[a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(word) ?? /^()(.*@(?:tcp|udp|unix)\(.*)$/.exec(word)
    if (!match) return oracleParts(word)
    const [, scheme = '', rest = ''] = match
    const { user, passwords, behind } = splitUser(rest)
    const isSecretUser =
      user !== '' && (isSecretShaped(user) || (passwords.length === 0 && /^[0-9a-f]{32}$/.test(user)))
    // A password that equals the user is not a secret.
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
 * Splits the user and the password from the rest of a URL. A password can contain unescaped `@`, `/` and `#`, so its
 * end is uncertain: the last `@` before the path, or a later one before a host. Both readings count.
 */
function splitUser(rest: string): { user: string; passwords: readonly string[]; behind: string } {
  const authority = rest.replace(/[/?#].*$/s, '')
  // An `@` in the path can precede a version. After another `@`, a host must have a dot or a port.
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

/** Removes the word `bot` before the token in a URL of Telegram. */
function withoutBot(segment: string): string {
  return segment.replace(/^bot(?=\d+:)/, '')
}

/** Returns the password in `jdbc:oracle:thin:scott/tiger@//host:1521/service`, and in the same form with `@host`. */
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

/** Patterns for pairs of a name and a value, with or without quotes, one for each separator. */
const SEPARATED_BY_SEMICOLON = /(?:^|;)\s*([A-Za-z][\w .-]*?)\s*=\s*("(?:[^"]|"")*"|'(?:[^']|'')*'|\{[^}]*\}|[^;]*)/g
const SEPARATED_BY_SPACES = /(?:^|\s)([A-Za-z][\w.-]*)\s*=\s*("[^"]*"|'(?:\\.|[^'\\])*'|\S+)/g
const SEPARATED_BY_COMMA = /(?:^|,)\s*([A-Za-z][\w.-]*)\s*=\s*([^,]*)/g
const QUERY = /[?&]([A-Za-z][\w.-]*)=([^&#\s"']*)/g
/** One pair per line, as in settings files. */
const ALONE = /^\s*(?:export\s+)?["']?([A-Za-z][\w.-]*)["']?\s*(?:=|:(?=\s))\s*(.*?)\s*,?$/g

/**
 * A pair anywhere in a line, such as in `-Dspring.password=…`, `--token=…`, `//host/:_authToken=…`, attributes of XML
 * and options of JAAS. A colon separates a pair only with quotes or brackets; otherwise it is punctuation.
 */
const ANYWHERE =
  /(?<![\w.-])-{0,2}((?<quote>["'])?(?<name>[A-Za-z_][\w.-]*)\k<quote>\s*(?:=|:(?=\s*["'])))\s*(?<value>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^\s"'<>]+)/g
const IN_BRACKETS = /[{,]\s*(?<name>[A-Za-z_][\w.-]*)\s*:\s*(?<value>[^\s"'<>{}[\],]+)/g
/** An option of a command, followed by a space and its value. */
const OPTION_WITH_VALUE = /(?<!\S)--?(?<name>[A-Za-z][\w.-]*)\s+(?<value>"[^"]*"|'[^']*'|[^\s"'-]\S*)/g

function pairParts(value: string, depth: number): readonly string[] {
  return value.split(LINE_END_OR_ESCAPE).flatMap((line) => {
    if (line.length > LONGEST_LINE) return []
    const pairs = [...line.matchAll(patternFor(line)), ...line.matchAll(QUERY)]
    const known = pairs.filter(([, name = '']) => isSecretName(name))
    const isKnown = (index: number) => known.some((pair) => index >= pair.index && index < endOfPair(pair))
    return [
      ...pairs.flatMap((pair) => {
        const [, name = '', raw = ''] = pair
        if (isKeyOfXml(pair, name, line)) return []
        const bare = withoutQuotes(raw.trim())
        const forms = [...new Set([raw.trim(), ...bothForms(bare)])]
        if (isSecretName(name)) return secretForms(bare, [...forms, ...firstWord(raw)])
        return forms.filter((form) => form !== value && !isOrdinary(form)).flatMap((form) => shapedParts(form, depth))
      }),
      // A looser pattern skips pairs that are already found.
      ...[ANYWHERE, IN_BRACKETS, OPTION_WITH_VALUE]
        .flatMap((pattern) => [...line.matchAll(pattern)])
        .filter((pair) => {
          const name = pair.groups?.name ?? ''
          return isSecretName(name) && !isKnown(pair.index) && !isKeyOfXml(pair, name, line)
        })
        .flatMap(({ groups }) => {
          const bare = withoutQuotes(groups?.value ?? '')
          return secretForms(bare, [...bothForms(bare), withoutNext(bare)])
        })
    ]
  })
}

/** Returns the end of a pair: after its quotes, or at the first space, because a command may follow. */
function endOfPair({ 0: all, 2: raw = '', index }: RegExpExecArray): number {
  const blank = /^["'{]/.test(raw) ? -1 : raw.search(/\s/)
  return index + all.length - (blank < 0 ? 0 : raw.length - blank)
}

/** Returns the value of a variable before a command, as in `TOKEN=… npm ci`. An ordinary word is not such a value. */
function firstWord(raw: string): readonly string[] {
  const word = /^[^\s"'{]\S*(?=\s)/.exec(raw)?.[0]
  return word === undefined || isOrdinary(word) ? [] : [word]
}

/** Tells if a name is the key of an XML element: in `<add key="Username" value="…"/>` the key is the name. */
function isKeyOfXml({ 0: all, index }: RegExpExecArray, name: string, line: string): boolean {
  const end = index + all.length
  return name === 'key' && /^\s+value\s*=/.test(line.slice(end, end + 20))
}

function secretForms(bare: string, forms: readonly string[]): readonly string[] {
  return isBooleanLike(bare) ? [] : [...forms, ...decodedSecrets(bare)]
}

/** Returns a value without the next pair, and without closing brackets after it. */
function withoutNext(bare: string): string {
  const end = bare.search(/[,;&](?=["']?[A-Za-z_][\w.-]*["']?[=:])/)
  return (end < 0 ? bare : bare.slice(0, end)).replace(/[,;)}\]/]{1,8}$/, '')
}

/** Returns the one pattern for a line, because a value can contain the separators of other patterns. */
function patternFor(line: string): RegExp {
  if (/;\s*$|;\s*[A-Za-z][\w .-]*=/.test(line)) return SEPARATED_BY_SEMICOLON
  if (/=.*[^,\s]\s+[A-Za-z][\w.-]*\s*=\s*\S/.test(line)) return SEPARATED_BY_SPACES
  return /(^|,)\s*[A-Za-z][\w.-]*\s*=.*,\s*[A-Za-z][\w.-]*\s*=|^[^=\s]+,\s*[A-Za-z][\w.-]*\s*=/.test(line)
    ? SEPARATED_BY_COMMA
    : ALONE
}

function shapedParts(form: string, depth: number): readonly string[] {
  if (/[;&?\s]/.test(form) || hasUser(form)) return partsAtDepth(form, depth + 1)
  return isSecretShaped(form) ? [form] : []
}

function withoutQuotes(text: string): string {
  const match = /^(["'{])(.*)(["'}])$/s.exec(text)
  const [, open, inner = ''] = match ?? []
  if (!open || text.at(-1) !== (open === '{' ? '}' : open)) return text
  return open === '{' ? inner : inner.replaceAll(open + open, open).replace(/\\(.)/g, '$1')
}

/**
 * Returns the secrets in XML: `<password>…</password>`, and the `value` next to a `key` or `name` that marks it, as in
 * NuGet and .NET.
 */
function elementParts(value: string): readonly string[] {
  if (!value.includes('<')) return []
  const elements = [...value.matchAll(/<(?:[\w-]{1,40}:)?([A-Za-z_][\w.-]{0,80})(?:\s[^<>]{0,500})?>([^<>]+)</g)]
  const settings = [
    ...value.matchAll(/\s(?:key|name)\s*=\s*["']([^"'<>]{1,100})["']\s+value\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')/gi)
  ].map(([all, name, double, single]) => [all, name, double ?? single] as const)
  return [...elements, ...settings].flatMap(([, name = '', text = '']) =>
    isSecretName(name) && !isBooleanLike(text) ? [text.trim(), withoutReferences(text.trim())] : []
  )
}

/** Decodes the five predefined entities of XML. */
function withoutReferences(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
}

/**
 * Returns the passwords in `.netrc`, in the password file of Postgres, and in `user:password` with a random password.
 */
function loginParts(value: string): readonly string[] {
  const isNetrc = /(?:^|\s)(?:machine\s+\S+|default)\s+(?:login|password|account)\s/.test(value)
  const netrc = isNetrc ? [...value.matchAll(/(?:^|\s)password\s+(\S+)/g)].map(([, password = '']) => password) : []
  const lines = value.split(/\r\n|\r|\n/).flatMap((line) => {
    if (line.length > LONGEST_LINE) return []
    const password = /^[^:\s]+:(?:\d{1,5}|\*):[^:]*:[^:]*:(.+)$/.exec(line.trim())?.[1]
    if (password) return [password, password.replace(/\\([:\\])/g, '$1')]
    const isLogin = /^[\w.@+-]{1,64}:(?!\/\/)\S+$/.test(line.trim())
    return isLogin ? passwordOf(line).filter((text) => isSecretShaped(text) && !isHexDigest(text)) : []
  })
  return [...netrc, ...lines]
}

/**
 * Tells if a text is the digest of an image or a commit, or an image with a digest after the port of its registry. Both
 * can follow a colon, like a password.
 */
function isHexDigest(text: string): boolean {
  return /^(?:\d{1,5}\/[\w./-]+(?::|(?::[\w.-]+)?@sha(?:256|512):))?([0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/.test(
    text
  )
}

/** Returns the token of `Bearer …`, or the token and the password of `Basic …`. */
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
