import { isSecretName } from '../secret-name.ts'
import { isBooleanLike, isOrdinary, isSecretShaped, type NamedValue } from './secret-shape.ts'

/*
 * The secrets inside a value: connection strings, addresses and JSON hold hosts, users and regions too, which stay
 * readable. The forms are those of the services' own documents; see the table in the tests.
 */

/**
 * The parts of a value that are secrets by themselves, however short, each once. Neither the whole value nor its lines
 * are among them.
 *
 * @param name of the value; what Base64 hides, and the password behind a user, counts more where it says "secret"
 */
export function secretParts(value: string, name = ''): readonly string[] {
  const parts = new Set([...(isSecretName(name) ? decodedSecrets(value) : []), ...partsAtDepth(value, 0)])
  parts.delete('')
  parts.delete(value)
  return [...parts]
}

/** JSON in JSON in Base64 is real; an endless nest is not. */
const MOST_NESTING = 4
/** No line of a connection string is longer, and on longer ones the patterns would take their time. */
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

/** One object of JSON a line, as logs and exports are written. */
function jsonLineParts(value: string, depth: number): readonly string[] {
  return value.split(/\r\n|\r|\n/).flatMap((line) => {
    const json = line === value ? undefined : parseJsonObject(line)
    return json === undefined ? [] : leavesOf('', json, depth)
  })
}

/** Service accounts, and files of settings, are often kept as Base64, for they have several lines. */
function fromBase64(text: string): string | undefined {
  const decoded = readableBase64(text)
  return decoded !== undefined && /[\n{[<=:]/.test(decoded) ? decoded : undefined
}

const SHORTEST_BASE64 = 16

/** What Base64 or base64url says, where that is a text that a person can read. Of what is random hardly anything is. */
function readableBase64(text: string): string | undefined {
  const bare = text.trim()
  if (bare.length < SHORTEST_BASE64 || !/^[A-Za-z0-9+/_\r\n-]+={0,2}$/.test(bare)) return undefined
  const decoded = Buffer.from(bare, 'base64').toString('utf8')
  return decoded === '' || /[^\P{C}\t\r\n]|\uFFFD/u.test(decoded) ? undefined : decoded
}

/** A password as Base64, which is short; words and hexadecimal digits could be read as Base64 too. */
function decodedPassword(text: string): string | undefined {
  const bare = text.trim()
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(bare) && bare.length % 4 === 0
  if (!isBase64 || bare.length < (bare.endsWith('=') ? 8 : 12) || /^[0-9a-f/]+$/i.test(bare)) return undefined
  const decoded = Buffer.from(bare, 'base64').toString('utf8')
  return /^[\x20-\x7E]+$/.test(decoded) ? decoded : undefined
}

/** What a text under the name of a secret says once it is decoded, and its password where it is a user with one. */
function decodedSecrets(value: string): readonly string[] {
  const decoded = readableBase64(value) ?? decodedPassword(value)
  const plain = passwordOf(value).filter((password) => !isOrdinary(password))
  return [...(decoded === undefined ? [] : [decoded, ...passwordOf(decoded)]), ...plain]
}

/** The password of `user:password`. */
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

/** All of a value whose name says that it is a secret; of any other the parts that are. */
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

/** Line ends, also as `\n` in two characters: keys are kept so in one line of an environment. */
const LINE_END_OR_ESCAPE = /\r\n|\r|\n|\\r\\n|\\n/

function pemLines(value: string): readonly string[] {
  if (!/-----BEGIN [A-Z0-9 ]+-----/.test(value)) return []
  return value
    .split(LINE_END_OR_ESCAPE)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !isPemHeader(line))
}

function isPemHeader(line: string): boolean {
  return /^\s*-{5}(BEGIN|END) [A-Z0-9 ]+-{5}\s*$/.test(line)
}

function hasUser(value: string): boolean {
  return /^[a-z][a-z0-9+.:-]*:\/\/[^/\s]*@/i.test(value)
}

/** Addresses are parted by blanks and quotes, stand behind `--index-url=`, and are joined in lists. */
const NEXT_ADDRESS = /[\s"'<>]+|[,;|=(](?=(?:jdbc:)?[a-z][a-z0-9+.-]{1,20}:\/\/)/i

/**
 * The password of an address, as it is written and decoded; a user without one where it is a key, as in
 * `https://KEY@sentry.io/1`; segments of the path that are random, as in webhooks.
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

/**
 * A pair anywhere in a line, such as in `-Dspring.password=…`, `--token=…`, `//host/:_authToken=…`, attributes of XML and
 * options of JAAS. A colon parts one where quotes or a bracket say that it does; elsewhere it is a sign of a sentence.
 */
const ANYWHERE =
  /(?<![\w.-])-{0,2}((?<quote>["'])?(?<name>[A-Za-z_][\w.-]*)\k<quote>\s*(?:=|:(?=\s*["'])))\s*(?<value>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^\s"'<>]+)/g
const IN_BRACKETS = /[{,]\s*(?<name>[A-Za-z_][\w.-]*)\s*:\s*(?<value>[^\s"'<>{}[\],]+)/g
/** An option of a command, and its value behind a blank. */
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
      // What one of the forms has told already is not cut again by a looser one.
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

/** Where a pair ends: with its quotes, or at the first blank, behind which a command may follow. */
function endOfPair({ 0: all, 2: raw = '', index }: RegExpExecArray): number {
  const blank = /^["'{]/.test(raw) ? -1 : raw.search(/\s/)
  return index + all.length - (blank < 0 ? 0 : raw.length - blank)
}

/** The value of a variable before a command, as in `TOKEN=… npm ci`, unless that is the first of several words. */
function firstWord(raw: string): readonly string[] {
  const word = /^[^\s"'{]\S*(?=\s)/.exec(raw)?.[0]
  return word === undefined || isOrdinary(word) ? [] : [word]
}

/** In `<add key="Username" value="…"/>` the key is the name. */
function isKeyOfXml({ 0: all, index }: RegExpExecArray, name: string, line: string): boolean {
  const end = index + all.length
  return name === 'key' && /^\s+value\s*=/.test(line.slice(end, end + 20))
}

function secretForms(bare: string, forms: readonly string[]): readonly string[] {
  return isBooleanLike(bare) ? [] : [...forms, ...decodedSecrets(bare)]
}

/** A value without what may be the next pair, and without the brackets that close behind it. */
function withoutNext(bare: string): string {
  const end = bare.search(/[,;&](?=["']?[A-Za-z_][\w.-]*["']?[=:])/)
  return (end < 0 ? bare : bare.slice(0, end)).replace(/[,;)}\]/]{1,8}$/, '')
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
  if (/[;&?\s]/.test(form) || hasUser(form)) return partsAtDepth(form, depth + 1)
  return isSecretShaped(form) ? [form] : []
}

function withoutQuotes(text: string): string {
  const match = /^(["'{])(.*)(["'}])$/s.exec(text)
  const [, open, inner = ''] = match ?? []
  if (!open || text.at(-1) !== (open === '{' ? '}' : open)) return text
  return open === '{' ? inner : inner.replaceAll(open + open, open).replace(/\\(.)/g, '$1')
}

/** `<password>…</password>`, and the `value` beside a `key` or `name` that says what it is, as in NuGet and .NET. */
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

/** The five characters that XML writes as references. */
function withoutReferences(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
}

/** The passwords of `.netrc`, of the password file of Postgres, and of a user with a password that is random. */
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

/** Of an image or a commit, which stand behind a colon too. */
function isHexDigest(text: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/.test(text)
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
