import { isIPv4 } from 'node:net'

/*
 * Checks of the form of a text; for its name, see `secret-name.ts`. There is no dictionary: any pronounceable text
 * counts as a word.
 */

/** Value and its name, such as an environment variable or a key of JSON. */
export interface NamedValue {
  readonly name: string
  readonly value: string
}

const UUID_FORM = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** Tells if a text is a switch, such as `true` or `off`. */
export function isBooleanLike(text: string): boolean {
  return /^(true|false|yes|no|on|off|null|none|enabled|disabled)$/i.test(text)
}

/** Prefixes of the keys of well-known services. */
const KNOWN_PREFIX =
  /^(sk-|sk_|rk_|pk_live_|lsv2_|ls__|gh[oprsu]_|github_pat_|glpat-|xox[a-z]-|xapp-|AKIA|ASIA|AIza|ya29\.|eyJ|SG\.|hf_|npm_|pypi-|dop_v1_|shpat_|whsec_|tvly-|gsk_|r8_|pcsk_|dckr_pat_|ATATT|nvapi-|xai-|jina_|lin_api_|ntn_|secret_|pplx-|fc-|sntrys_|PMAK-|key-)/
const SHORTEST_BEHIND_PREFIX = 8

/** Tells if a text begins like the keys of a well-known service. */
export function hasKnownPrefix(text: string): boolean {
  return KNOWN_PREFIX.test(text)
}

/**
 * Tells if a text has the form of a secret: it has the prefix of a known service, or it is long and mixed like a
 * generated key.
 */
export function isSecretShaped(text: string): boolean {
  const prefix = KNOWN_PREFIX.exec(text)?.[0]
  if (prefix && text.length >= prefix.length + SHORTEST_BEHIND_PREFIX && !isOrdinary(text)) return true
  return isRandom(text) && !isOrdinary(text)
}

const SHORTEST_RANDOM = 16
/** Bits per character. English words have fewer; 16 random hex digits have about 3.3. */
const LEAST_ENTROPY = 2.75

function isRandom(text: string): boolean {
  if (text.length < SHORTEST_RANDOM || /\s/.test(text) || UUID_FORM.test(text)) return false
  // A path or a URL is random only if one of its segments is random.
  const segments = text.split(/[/:?&,;]/)
  if (segments.length > 2 && !segments.some((segment) => segment.length >= SHORTEST_RANDOM && isRandom(segment)))
    return false
  const classes = [/[a-z]/, /[A-Z]/, /\d/].filter((one) => one.test(text)).length
  return classes >= 2 && entropy(text) >= LEAST_ENTROPY
}

/** Returns the Shannon entropy in bits per character. */
function entropy(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

/**
 * Tells if a text can be shown because it cannot be a secret: booleans, small numbers, versions, dates, words (`error`,
 * `gpt-4o`, `us-east-1`, `acme/support-agent`), images, paths, host names, e-mail addresses, and URLs without user,
 * query and random segments.
 */
export function isOrdinary(text: string): boolean {
  const bare = text.trim()
  return (
    bare === '' ||
    isBooleanLike(bare) ||
    /^[-+]?\d{1,6}$/.test(bare) ||
    isMark(bare) ||
    isDotted(bare) ||
    isPemHeader(bare) ||
    isHostName(bare) ||
    isAddress(bare) ||
    /^[\w.+-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$/i.test(bare) ||
    areWords(bare)
  )
}

/** Tells if a line is the header of a PEM file, which is public and the same in every key. */
export function isPemHeader(line: string): boolean {
  return /^\s*-{5}(BEGIN|END) [A-Z0-9 ]+-{5}\s*$/.test(line)
}

/**
 * Tells if a text is too short to be a secret: symbols, and quantities and names such as `10m`, `512Mi`, `o3`, `v2`.
 */
function isMark(text: string): boolean {
  return /^[^\p{L}\p{N}]{1,5}$|^[a-z]$|^[a-z]{1,3}\d{1,2}$|^\d{1,5}[a-z%]{1,3}$/iu.test(text)
}

/** Tells if a text is a decimal number, a version, a date, a time of day or an IP address, with or without a port. */
function isDotted(text: string): boolean {
  return (
    /^v?\d{1,4}(\.\d{1,3}){1,3}$/.test(text) ||
    /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?)?$/.test(text) ||
    /^\d{1,2}:\d{2}(:\d{2})?$/.test(text) ||
    isIPv4(text.replace(/:\d{1,5}$/, ''))
  )
}

function isHostName(text: string): boolean {
  const [host = '', port = '', ...more] = text.split(':')
  if (more.length > 0 || !/^\d{0,5}$/.test(port) || host.length > 253) return false
  const labels = host.split('.')
  return (
    labels.length > 1 &&
    /^[a-z]{2,}$/.test(labels.at(-1) ?? '') &&
    labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label))
  )
}

/** Tells if a text is a URL of host and path only, without a segment that could be a secret. */
function isAddress(text: string): boolean {
  const match = /^[a-z][a-z0-9+.-]*:\/\/([^/?#@]*)([^?#]*)$/i.exec(text)
  if (!match) return false
  const [, host = '', path = ''] = match
  return (host === '' || isHost(host)) && path.split('/').every((segment) => segment === '' || isSegment(segment))
}

function isHost(host: string): boolean {
  const bare = host.replace(/:\d{1,5}$/, '')
  return /^[a-z][a-z0-9-]*$/i.test(bare) ? bare.length < 40 : isHostName(bare.toLowerCase()) || isDotted(bare)
}

function isSegment(segment: string): boolean {
  return areWords(segment) || isMark(segment) || isDotted(segment) || /^\d{1,6}$/.test(segment)
}

/** Tells if a text consists of words and separators, and short marks such as `4o` or `v2`. */
function areWords(text: string): boolean {
  if (text.length > 200 || !/^[\w./:@,+~*-]+$/.test(text)) return false
  const isArn = /^arn:aws[\w-]*:/.test(text)
  const segments = text
    .split(/[./:@,+~*_-]+/)
    .filter((segment) => segment !== '' && !(isArn && /^\d{12}$/.test(segment)))
  const words = segments.filter(isWord)
  const mixed = segments.filter((segment) => /[a-z]/i.test(segment) && !isWord(segment))
  const hasWord = words.some((word) => word.length > 2) || (text.length < 6 && words.length > 0)
  return hasWord && mixed.length <= words.length && segments.every((segment) => isWord(segment) || isJoined(segment))
}

function isWord(segment: string): boolean {
  return (
    (/^[a-z]+$|^[A-Z]+$/.test(segment) && isSpelled(segment)) ||
    (/^[A-Z]?[a-z]{2,}([A-Z][a-z]{2,})*$/.test(segment) && segment.split(/(?=[A-Z])/).every(isSpelled))
  )
}

/** Tells if a segment is a number of a version or a date, or a mark. It is ordinary only next to a word. */
function isJoined(segment: string): boolean {
  return /^\d{1,4}$|^20\d{6}$|^[a-z]{1,4}\d{1,2}[a-z]?$|^\d{1,3}[a-z]{1,2}$/i.test(segment)
}

const LONGEST_WORD = 20

/** Tells if letters are pronounceable; generated keys have many consecutive consonants. */
function isSpelled(letters: string): boolean {
  if (letters.length <= 6) return true
  const vowels = letters.replace(/[^aeiouy]/gi, '').length
  return letters.length <= LONGEST_WORD && vowels / letters.length >= 0.2 && !/[^aeiouy]{6}/i.test(letters)
}
