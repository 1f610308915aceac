import type { DeployedSecret, Secret } from '../control-plane/resources.ts'
import { isSecretName } from '../runner/secret-name.ts'

/*
 * Control planes may return a placeholder instead of a secret, without marking it. This file recognizes the usual
 * placeholders of servers and proxies, and treats such a value as hidden. A false positive costs the user one line of
 * `secrets`; sending a placeholder back overwrites the secret.
 */

/** Mask characters only: asterisks, bullets, dots, blocks; repeated `x` and `#`. */
const FILLED = /^(\*{2,}|[＊∗]{2,}|[•●∙·⋅▪■█▓▒░]+|[xX]{4,}|#{3,}|-{4,}|_{4,}|\.{3,}|…)$/
/** Mask characters with a short piece of the value before or after them, such as `****abcd`, `sk-…wxyz`, `xxxx1234`. */
const FILLED_IN_PART =
  /^([^\n*•●█…]{0,6}(\*{3,}|[•●█]{3,}|…)[^\n*•●█…]{0,6}|[\w+/=.-]{0,12}?(\*{3,}|[•●█]{3,}|…)[\w+/=.-]{0,12}|\w{2,8}-\.{3}|[\w-]{2,8}\.{3}[\w-]{2,8}|[xX]{4,}-?\w{1,6})$/
const HIDING = 'redacted|hidden|filtered|masked|obfuscated|scrubbed|concealed|withheld'
/** A single word. Several words count only in brackets or between symbols. */
const NAMED = new RegExp(`^(${HIDING})$`, 'i')
const NAMED_IN_SIGNS = new RegExp(
  `^(?:[[({<*_%#$]+\\s*)(?:[\\w-]+[ _-])?(${HIDING}|truncated|unchanged|secret|sensitive|encrypted|removed|omitted|protected|private)(?:[ _:-][\\w -]+)?(?:\\s*[\\])}>*_%#]+)$`,
  'i'
)
/** Uppercase words with underscores, such as VALUE_HIDDEN or REDACTED_BY_SERVER; `...REDACTED` after a short piece. */
const NAMED_AMONG_WORDS =
  /^([A-Z]+_)*(REDACTED|HIDDEN|FILTERED|MASKED)(_[A-Z]+)*$|^\w{2,8}\.{3}(REDACTED|HIDDEN)$|^VALUE_SPECIFIED_IN_NO_LOG_PARAMETER$/
/** Maximum length of a placeholder. The patterns would be slow for longer values. */
const LONGEST_PLACEHOLDER = 100

/** Many mask characters anywhere in a value without whitespace: `lsv2_pt_****************9f2a`, `****-****-1234`. */
const FILLED_AMIDST = /^\S*?([*•●∙▪█▓]{6,}|[*•●∙▪█▓]{4}[-_ .][*•●∙▪█▓]{4})/
/** Mask characters at one end, next to a remark or a piece of the value: `****** (32 characters)`. */
const FILLED_AT_END = /^([*•●∙▪█▓…]{3,}.{0,40}|.{0,40}[*•●∙▪█▓…]{3,})$/
/** An ellipsis and a short piece of the value, with or without brackets: `sk-p... (wxyz)`, `...wxyz`. */
const CUT = /^[\w+/=.:-]{0,12}(…|\.{3})([\w+/=-]{2,12}| ?[[({]…?[\w+/=-]{2,12}[\])}])$/
/** The same without a piece after the ellipsis. It may be a sentence unless the name is that of a secret. */
const CUT_AT_END = /^[\w+/=.:-]{1,24}(…|\.{3})$/
/** A fingerprint instead of the value, complete or cut. */
const FINGERPRINT = /^(sha-?\d{1,3}|md5|hash|hmac|digest|fingerprint|checksum)\s?[:=]\s?\S+$/i
/** The format of vaults, and of tools that encrypt files. */
const SEALED = new RegExp(`^(ENC|encrypted|vault|cipher|kms|sealed|${HIDING})[[({:]`, 'i')
/**
 * Placeholders of secrets that are ordinary values of other variables: `REASONING_FORMAT=hidden`, `STOP=...`,
 * `PATHS=**`, `RANGE=main...HEAD`. Uppercase REDACTED is not an ordinary value.
 */
const USUAL_ELSEWHERE = new RegExp(
  `^(?!REDACTED$)(?:(${HIDING})|\\*{2}|#+|-+|_+|\\.+|…|x{1,4}|[\\w./~^-]+\\.{3}(?!REDACTED|HIDDEN)[\\w./~^-]+)$`,
  'i'
)
/** Names such as PARTITION_KEY and SORT_KEY, whose values are field names. */
const NAMES_A_FIELD =
  /(^|_)(partition|sort|primary|foreign|cache|routing|group|index|shard|hash|range|lookup|object|dedup)_?keys?$/i

// The patterns below match a part of a secret's value, which may have any length.

/** Repeated mask characters. */
const MASK_SIGNS = '[*＊∗⁎✱•●∙▪■◼█▓▒░▇]{3,}'
const MASK_WORDS = 'redacted|masked|hidden|truncated|filtered|obfuscated|scrubbed|concealed|withheld'
/** Repeated mask characters, or a word or dots in brackets: `sk-****wxyz`, `Bearer [REDACTED]`, `sk-proj-abc[...]`. */
const MASKED_AMIDST = new RegExp(
  `${MASK_SIGNS}|[[({<](?:[\\w :-]{0,40}\\b)?(${MASK_WORDS})\\b[\\w :=-]{0,40}[\\])}>]|[[({<](\\.{2,}|…)[\\])}>]`,
  'i'
)
/** The same words, or a repeated `x`, between separators: `sk-REDACTED`, `masked_abcd`, `XXXX-XXXX-1234`. */
const MASKED_PART = new RegExp(`(?<![a-z0-9])(${MASK_WORDS}|x{3,})(?![a-z0-9])`, 'i')
/** The same as a complete part of a value, such as the password of a URL. */
const MASK = new RegExp(`^(${MASK_SIGNS}|x{3,}|[[({<](${MASK_WORDS})[\\])}>]|(${MASK_WORDS}))$`, 'i')
/** The password of a URL, percent-encoded or not. */
const ADDRESS_PASSWORD = /^[a-z][\w+.-]*:\/\/[^\s/@:]*:([^\s@]+)@/i
const ADDRESS = /^[a-z][\w+.-]*:\/\/\S+$/i
/** The complete value of a secret: words in brackets, a repeated symbol, emojis, dashes, or a remark by the server. */
const IN_PLACE_OF_SECRET =
  /^([<[({]{1,2}[a-z][\w .:-]{0,60}[>\])}]{1,2}|([^\w\s])\2{2,}|\p{Extended_Pictographic}+|[-–—]+|[^a-z0-9]*(write[-_ ]?only|unchanged|no[-_ ]?change)[^a-z0-9]*|((value|secret|key|token) )?(ending|ends|starting|starts|beginning|begins) (in|with) \S+|(first|last)_?\d?[:=]\s?\S+)$/iu

/** Texts of servers, and of users who copy an example. When two keys have the same such text, it is the server's. */
const PLACEHOLDER_WORD =
  /^[^a-z0-9]*(placeholder|(the[-_ ])?(secret|api[-_ ]?key|token)|(the[-_ ])?(secret|key|token|password)[-_ ]value|value|unchanged|keep|no[-_ ]?change|write[-_ ]?only|unknown|undefined|protected|private|encrypted|sensitive)[^a-z0-9]*$/i
const HIDING_ANYWHERE = new RegExp(`${HIDING}|truncated|placeholder`, 'i')
const NO_VALUE = /^(none|null|nil|n\/a|na)$/i
/** Minimum number of secrets that must all have a text such as `none` before it counts as hidden. */
const FEWEST_NOTHING = 4

const PHRASE_SIGNS = /^[\s[\](){}<>*_#%.!]+|[\s[\](){}<>*_#%.!]+$/g
/**
 * Words that servers use for a value that they hide. A phrase has at least one of them; the others are filler words.
 */
const TELLING = new RegExp(
  `^(${HIDING}|see|set|unset|shown|displayed|visible|available|unavailable|encrypted|sensitive|confidential|omitted|removed|stripped|suppressed|configured|present|stored|saved|provided|exists|chars?|characters|bytes|len|length|sealed)$`,
  'i'
)
/** These words count only next to other words. */
const TELLS_NOTHING_ALONE = /^(length|len|chars?|characters|bytes|see|available|visible)$/i
const FILLING_WORD =
  /^(the|a|an|this|is|are|was|has|have|been|not|no|value|values|secret|secrets|data|key|token|password|credential|credentials|string|by|for|in|of|to|at|and|server|policy|system|security|reasons?|already|only|write|protected|private|vault|\d{1,5})$/i
const MOST_WORDS = 8

/** More variables than this do not all have the same value by chance. */
const MOST_EQUAL = 3
/** This many secrets do not all have the same value by chance, but two secrets may. */
const LEAST_EQUAL_SECRETS = 3
const MAY_BE_EQUAL = /^(true|false|yes|no|on|off|enabled|disabled|\d{1,6})$/i
/**
 * A generated key, which variables may share: it has digits or letters of both cases, and no whitespace or brackets.
 */
const MAY_BE_SHARED = /^(?=\S*\d)[^\s<>()[\]{}*•●…]+$|^(?=\S*[a-z])(?=\S*[A-Z])\S{16,}$/
/** Texts that are not placeholders of a server: a URL, a JSON document, or a dummy value of a user. */
const SURELY_A_VALUE =
  /^[a-z][\w+.-]*:\/\/\S+$|^\{.*["':].*\}$|^\[\s*["'{].*\]$|^(empty|none|null|nil|n\/a|na|dummy|fake|test|testing|local|localhost|dev|development|example|changeme|change-me|changeit|postgres|postgresql|root|admin|user|guest|default|password|minioadmin|rabbitmq|redis|mysql|unused|not-?(needed|required|used)|no-?key(-?required)?|sk-no-key-required|ollama|lm-studio)$/i

/**
 * Returns the names whose values the server may hide. An empty value counts as hidden only when all values are empty,
 * or all values of secrets. For an ordinary text that many secrets have, see `sharedNames`.
 *
 * @param given the variables that this run sets; a server that returns the same value does not hide values
 */
export function hiddenNames(deployed: readonly DeployedSecret[], given: readonly Secret[] = []): ReadonlySet<string> {
  // A single asterisk is an ordinary value, for example for allowed origins, but not for all variables.
  const areAllBlank = deployed.every(isBlank)
  const secrets = deployed.filter(isSecret)
  const areSecretsBlank = secrets.length > 1 && secrets.every(isBlank)
  const blank = new Set(areSecretsBlank ? secrets.map(({ value }) => value) : [])
  const shared = sharedNames(deployed, given)
  // If a text is the placeholder of a secret, other variables with that text are hidden too.
  const texts = new Set(secrets.filter(mayBeHidden).map(({ value }) => value))
  const isTextOfServer = ({ value }: DeployedSecret) => value !== null && isPlaceholder(value) && texts.has(value)
  return new Set(
    deployed
      .filter(
        (secret) =>
          areAllBlank ||
          blank.has(secret.value) ||
          shared.has(secret.name) ||
          mayBeHidden(secret) ||
          isTextOfServer(secret)
      )
      .map(({ name }) => name)
  )
}

/**
 * Returns the names that are suspected only because their values are the same text: three or more secrets that are at
 * least two thirds of all secrets, or all of more than three variables. A server with an unknown placeholder returns
 * such values. Other variables with that text are suspected too.
 */
export function sharedNames(deployed: readonly DeployedSecret[], given: readonly Secret[] = []): ReadonlySet<string> {
  const shared = new Set([...textOfAll(deployed), ...textsOfSecrets(deployed.filter(isSecret))])
  const isGiven = (secret: DeployedSecret) =>
    given.some((own) => own.name === secret.name && own.value === secret.value)
  const isProven = (secret: DeployedSecret, value: string) =>
    // A text that reads like a placeholder may be the real value of one variable and hide the value of others.
    isPlaceholderWord(value) ? isGiven(secret) : deployed.some((other) => other.value === value && isGiven(other))
  return new Set(
    deployed
      .filter((secret) => !isBlank(secret) && !mayBeHidden(secret))
      .filter((secret) => secret.value !== null && shared.has(secret.value) && !isProven(secret, secret.value))
      .map(({ name }) => name)
  )
}

/** Returns the text that all variables have if it reads like a placeholder, and not, for example, like a model name. */
function textOfAll(deployed: readonly DeployedSecret[]): readonly string[] {
  const value = deployed[0]?.value
  if (typeof value !== 'string' || deployed.length <= MOST_EQUAL || !mayBeText(value)) return []
  const isOfServer = /[\s<>()[\]{}*•●…]/.test(value.trim()) || isPlaceholderWord(value)
  return isOfServer && deployed.every((other) => other.value === value) ? [value] : []
}

/** Returns the texts that so many secrets have that the server may have set them. */
function textsOfSecrets(secrets: readonly DeployedSecret[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const { value } of secrets) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].flatMap(([value, count]) => {
    if (NO_VALUE.test(bareOf(value))) return count >= FEWEST_NOTHING && count === secrets.length ? [value] : []
    if (!mayBeText(value)) return []
    if (isPlaceholderWord(value)) return count > 1 ? [value] : []
    const areMost = count >= LEAST_EQUAL_SECRETS && count * 3 >= secrets.length * 2
    return areMost && !MAY_BE_SHARED.test(value) ? [value] : []
  })
}

function isPlaceholderWord(value: string): boolean {
  const bare = bareOf(value)
  return PLACEHOLDER_WORD.test(bare) || HIDING_ANYWHERE.test(bare)
}

function mayBeText(value: string): boolean {
  const isText = value.length <= LONGEST_PLACEHOLDER && !/[\r\n]/.test(value.trim())
  return isText && !MAY_BE_EQUAL.test(value) && !SURELY_A_VALUE.test(bareOf(value))
}

function isSecret({ name }: Pick<DeployedSecret, 'name'>): boolean {
  return isSecretName(name) && !NAMES_A_FIELD.test(name)
}

function isBlank({ value }: DeployedSecret): boolean {
  return value === null || /^\s*\*?\s*$/.test(value)
}

/**
 * True if a server may have replaced the value with a placeholder. A suspicion is enough, because sending a placeholder
 * back overwrites the secret. If a text may be either, the name decides.
 */
function mayBeHidden({ name, value }: DeployedSecret): boolean {
  if (value === null) return true
  const bare = bareOf(value)
  const ofSecret = isSecret({ name })
  if (isMaskedWithin(bare, ofSecret)) return true
  if (!ofSecret && USUAL_ELSEWHERE.test(bare)) return false
  if (isPlaceholder(value)) return true
  if (bare.length > LONGEST_PLACEHOLDER) return !/\s/.test(bare) && FILLED_AMIDST.test(bare)
  if (
    [FILLED_AMIDST, FILLED_AT_END, CUT].some((form) => form.test(bare)) ||
    isPhrase(bare, { isOneWordEnough: isInSigns(bare) })
  )
    return true
  return (
    ofSecret &&
    (isPhrase(bare, { isOneWordEnough: true }) ||
      [CUT_AT_END, FINGERPRINT, SEALED, IN_PLACE_OF_SECRET].some((form) => form.test(bare)))
  )
}

/**
 * True if a part of a value is hidden, whatever its length. If the name is not that of a secret, only the password of a
 * URL or a secret in a JSON document counts.
 */
function isMaskedWithin(bare: string, ofSecret: boolean): boolean {
  const password = ADDRESS_PASSWORD.exec(bare)?.[1]
  if (password !== undefined && MASK.test(password.replace(/%5B/gi, '[').replace(/%5D/gi, ']').replace(/%2A/gi, '*')))
    return true
  const document = documentOf(bare)
  if (document !== undefined) return hasMaskedLeaf(document, ofSecret)
  // The path of a URL may contain the word `hidden`.
  return ofSecret && (MASKED_AMIDST.test(bare) || (!ADDRESS.test(bare) && MASKED_PART.test(bare)))
}

function documentOf(bare: string): object | undefined {
  if (!/^[[{]/.test(bare)) return undefined
  try {
    const document: unknown = JSON.parse(bare)
    return typeof document === 'object' && document !== null ? document : undefined
  } catch {
    return undefined
  }
}

/** Not recursive, because a document may be nested more deeply than the stack allows. */
function hasMaskedLeaf(document: object, ofSecret: boolean): boolean {
  const rest = [{ node: document, ofSecret }]
  for (let next = rest.pop(); next; next = rest.pop()) {
    for (const [key, leaf] of Object.entries<unknown>({ ...next.node })) {
      const isOfSecret = next.ofSecret || isSecret({ name: key })
      if (typeof leaf === 'object' && leaf !== null) rest.push({ node: leaf, ofSecret: isOfSecret })
      if (typeof leaf === 'string' && isOfSecret && (MASK.test(leaf.trim()) || MASKED_AMIDST.test(leaf))) return true
    }
  }
  return false
}

function isInSigns(bare: string): boolean {
  return /^([[({<].*[\])}>]|([_*#%]{2,}).+[_*#%]{2,})$/.test(bare)
}

/** True if a text only states that there is a value, such as `Value hidden`. */
function isPhrase(bare: string, { isOneWordEnough }: { readonly isOneWordEnough: boolean }): boolean {
  const words = bare.replace(PHRASE_SIGNS, '').split(/[\s:;,_=()-]+/)
  const telling = words.filter((word) => TELLING.test(word))
  // `hidden-layer` is a name: a phrase without symbols around it has spaces between its words.
  if (words.length === 1 && !isInSigns(bare) && TELLS_NOTHING_ALONE.test(words.join())) return false
  const isSpoken = isOneWordEnough || /^[^\d\s]+(\s[^\s]+)+$/.test(bare)
  return (
    isSpoken &&
    telling.length > 0 &&
    words.length <= MOST_WORDS &&
    words.every((word) => TELLING.test(word) || FILLING_WORD.test(word))
  )
}

/** True if the server certainly shows this value. */
export function isShown(value: string | null | undefined): boolean {
  return typeof value === 'string' && value.trim() !== '' && !isPlaceholder(value)
}

/** True if a value is certainly a placeholder. A doubtful value is redacted like a secret. */
export function isPlaceholder(value: string): boolean {
  const bare = bareOf(value)
  if (bare.length > LONGEST_PLACEHOLDER) return FILLED.test(bare)
  return [FILLED, FILLED_IN_PART, NAMED, NAMED_IN_SIGNS, NAMED_AMONG_WORDS].some((form) => form.test(bare))
}

function bareOf(value: string): string {
  return value.trim().replace(/^(["'])(.*)\1$/, '$2')
}

/** Returns the secrets whose values the server shows or may show. Doubtful values must not be printed either. */
export function shownSecrets(deployed: readonly DeployedSecret[] | null): readonly Secret[] {
  return (deployed ?? []).flatMap(({ name, value }) =>
    value === null || isPlaceholder(value) ? [] : [{ name, value }]
  )
}
