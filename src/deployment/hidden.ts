import type { DeployedSecret, Secret } from '../control-plane/resources.ts'
import { isSecretName } from '../secret-name.ts'

/*
 * Control planes may answer something else in place of a secret. No mark tells it from a value, so what servers and
 * their proxies usually write is recognised. Where a value looks like that, it is taken for hidden: to ask once too
 * often costs a line of `secrets`, to write it back costs the secret.
 */

/** Filling signs: asterisks, bullets, dots, blocks; `x` and `#` in rows. */
const FILLED = /^(\*{2,}|[＊∗]{2,}|[•●∙·⋅▪■█▓▒░]+|[xX]{4,}|#{3,}|-{4,}|_{4,}|\.{3,}|…)$/
/** A row of filling signs with a short piece of the value before or behind it, such as `****abcd`, `sk-…wxyz`, `xxxx1234`. */
const FILLED_IN_PART =
  /^([^\n*•●█…]{0,6}(\*{3,}|[•●█]{3,}|…)[^\n*•●█…]{0,6}|[\w+/=.-]{0,12}?(\*{3,}|[•●█]{3,}|…)[\w+/=.-]{0,12}|\w{2,8}-\.{3}|[\w-]{2,8}\.{3}[\w-]{2,8}|[xX]{4,}-?\w{1,6})$/
const HIDING = 'redacted|hidden|filtered|masked|obfuscated|scrubbed|concealed|withheld'
/** The words alone; more of them where brackets or signs say that they are no value. */
const NAMED = new RegExp(`^(${HIDING})$`, 'i')
const NAMED_IN_SIGNS = new RegExp(
  `^(?:[[({<*_%#$]+\\s*)(?:[\\w-]+[ _-])?(${HIDING}|truncated|unchanged|secret|sensitive|encrypted|removed|omitted|protected|private)(?:[ _:-][\\w -]+)?(?:\\s*[\\])}>*_%#]+)$`,
  'i'
)
/** In capitals and joined, such as VALUE_HIDDEN or REDACTED_BY_SERVER; `…REDACTED` behind a short piece. */
const NAMED_AMONG_WORDS =
  /^([A-Z]+_)*(REDACTED|HIDDEN|FILTERED|MASKED)(_[A-Z]+)*$|^\w{2,8}\.{3}(REDACTED|HIDDEN)$|^VALUE_SPECIFIED_IN_NO_LOG_PARAMETER$/
/** Longer values are no words of a server, and would keep the patterns busy. */
const LONGEST_PLACEHOLDER = 100

/** A long row of filling signs anywhere in a value without blanks: `lsv2_pt_****************9f2a`, `****-****-1234`. */
const FILLED_AMIDST = /^\S*?([*•●∙▪█▓]{6,}|[*•●∙▪█▓]{4}[-_ .][*•●∙▪█▓]{4})/
/** A row of filling signs at one end, and a remark or a piece of the value beside it: `****** (32 characters)`. */
const FILLED_AT_END = /^([*•●∙▪█▓…]{3,}.{0,40}|.{0,40}[*•●∙▪█▓…]{3,})$/
/** A cut mark and a short piece of the value, which may stand in brackets: `sk-p... (wxyz)`, `...wxyz`. */
const CUT = /^[\w+/=.:-]{0,12}(…|\.{3})([\w+/=-]{2,12}| ?[[({]…?[\w+/=-]{2,12}[\])}])$/
/** The same with no piece behind the mark; under another name that may be a sentence. */
const CUT_AT_END = /^[\w+/=.:-]{1,24}(…|\.{3})$/
/** A fingerprint in place of the value, whole or cut. */
const FINGERPRINT = /^(sha-?\d{1,3}|md5|hash|hmac|digest|fingerprint|checksum)\s?[:=]\s?\S+$/i
/** What a vault, or a tool that encrypts files, writes. */
const SEALED = new RegExp(`^(ENC|encrypted|vault|cipher|kms|sealed|${HIDING})[[({:]`, 'i')
/**
 * What is a placeholder in place of a secret and a usual value elsewhere: `REASONING_FORMAT=hidden`, `STOP=...`,
 * `PATHS=**`, `RANGE=main...HEAD`. In capitals, REDACTED is a value of no setting.
 */
const USUAL_ELSEWHERE = new RegExp(
  `^(?!REDACTED$)(?:(${HIDING})|\\*{2}|#+|-+|_+|\\.+|…|x{1,4}|[\\w./~^-]+\\.{3}(?!REDACTED|HIDDEN)[\\w./~^-]+)$`,
  'i'
)
/** Names such as PARTITION_KEY and SORT_KEY: their values name a field. */
const NAMES_A_FIELD =
  /(^|_)(partition|sort|primary|foreign|cache|routing|group|index|shard|hash|range|lookup|object|dedup)_?keys?$/i

/** The forms below count anywhere in the value of a secret, at any length. A row of signs that hide: */
const MASK_SIGNS = '[*＊∗⁎✱•●∙▪■◼█▓▒░▇]{3,}'
const MASK_WORDS = 'redacted|masked|hidden|truncated|filtered|obfuscated|scrubbed|concealed|withheld'
/** A row of signs, or a word or dots in brackets: `sk-****wxyz`, `Bearer [REDACTED]`, `sk-proj-abc[...]`. */
const MASKED_AMIDST = new RegExp(
  `${MASK_SIGNS}|[[({<](?:[\\w :-]{0,40}\\b)?(${MASK_WORDS})\\b[\\w :=-]{0,40}[\\])}>]|[[({<](\\.{2,}|…)[\\])}>]`,
  'i'
)
/** The same word, or a row of `x`, between separators: `sk-REDACTED`, `masked_abcd`, `XXXX-XXXX-1234`. */
const MASKED_PART = new RegExp(`(?<![a-z0-9])(${MASK_WORDS}|x{3,})(?![a-z0-9])`, 'i')
/** The same as the whole of a part, such as the password in an address. */
const MASK = new RegExp(`^(${MASK_SIGNS}|x{3,}|[[({<](${MASK_WORDS})[\\])}>]|(${MASK_WORDS}))$`, 'i')
/** The password in an address, as it is or in percent signs. */
const ADDRESS_PASSWORD = /^[a-z][\w+.-]*:\/\/[^\s/@:]*:([^\s@]+)@/i
const ADDRESS = /^[a-z][\w+.-]*:\/\/\S+$/i
/** The whole value of a secret: words in brackets, one sign in a row, pictures, dashes, and remarks of servers. */
const IN_PLACE_OF_SECRET =
  /^([<[({]{1,2}[a-z][\w .:-]{0,60}[>\])}]{1,2}|([^\w\s])\2{2,}|\p{Extended_Pictographic}+|[-–—]+|[^a-z0-9]*(write[-_ ]?only|unchanged|no[-_ ]?change)[^a-z0-9]*|((value|secret|key|token) )?(ending|ends|starting|starts|beginning|begins) (in|with) \S+|(first|last)_?\d?[:=]\s?\S+)$/iu

/** Words of servers, and of those who fill in an example: one key has such a text, two have it because a server says so. */
const PLACEHOLDER_WORD =
  /^[^a-z0-9]*(placeholder|(the[-_ ])?(secret|api[-_ ]?key|token)|(the[-_ ])?(secret|key|token|password)[-_ ]value|value|unchanged|keep|no[-_ ]?change|write[-_ ]?only|unknown|undefined|protected|private|encrypted|sensitive)[^a-z0-9]*$/i
const HIDING_ANYWHERE = new RegExp(`${HIDING}|truncated|placeholder`, 'i')
const NO_VALUE = /^(none|null|nil|n\/a|na)$/i
/** Fewer secrets than these may all lack a value. */
const FEWEST_NOTHING = 4

const PHRASE_SIGNS = /^[\s[\](){}<>*_#%.!]+|[\s[\](){}<>*_#%.!]+$/g
/** Words in which servers say that there is a value: one of the telling ones, and none but these. */
const TELLING = new RegExp(
  `^(${HIDING}|see|set|unset|shown|displayed|visible|available|unavailable|encrypted|sensitive|confidential|omitted|removed|stripped|suppressed|configured|present|stored|saved|provided|exists|chars?|characters|bytes|len|length|sealed)$`,
  'i'
)
/** They tell something beside other words only. */
const TELLS_NOTHING_ALONE = /^(length|len|chars?|characters|bytes|see|available|visible)$/i
const FILLING_WORD =
  /^(the|a|an|this|is|are|was|has|have|been|not|no|value|values|secret|secrets|data|key|token|password|credential|credentials|string|by|for|in|of|to|at|and|server|policy|system|security|reasons?|already|only|write|protected|private|vault|\d{1,5})$/i
const MOST_WORDS = 8

/** More equal values of any name, or so many of secrets, are not by chance; two secrets may well have one value. */
const MOST_EQUAL = 3
const LEAST_EQUAL_SECRETS = 3
const MAY_BE_EQUAL = /^(true|false|yes|no|on|off|enabled|disabled|\d{1,6})$/i
/** One key may well serve several variables; a text without digits, or with blanks or brackets, is none that was generated. */
const MAY_BE_SHARED = /^(?=\S*\d)[^\s<>()[\]{}*•●…]+$|^(?=\S*[a-z])(?=\S*[A-Z])\S{16,}$/
/** What no server writes in place of a value: an address, a JSON document, and what users write where any value will do. */
const SURELY_A_VALUE =
  /^[a-z][\w+.-]*:\/\/\S+$|^\{.*["':].*\}$|^\[\s*["'{].*\]$|^(empty|none|null|nil|n\/a|na|dummy|fake|test|testing|local|localhost|dev|development|example|changeme|change-me|changeit|postgres|postgresql|root|admin|user|guest|default|password|minioadmin|rabbitmq|redis|mysql|unused|not-?(needed|required|used)|no-?key(-?required)?|sk-no-key-required|ollama|lm-studio)$/i

/**
 * The names whose values the server may be hiding. An empty value is hidden only where every value is empty, or every
 * value of a name that says that it is a secret; a usual text where all secrets have it, see `sharedNames`.
 *
 * @param given what this run sets: where that is what the server answers, the server shows it
 */
export function hiddenNames(deployed: readonly DeployedSecret[], given: readonly Secret[] = []): ReadonlySet<string> {
  // A single asterisk is a usual value, such as of allowed origins, but not of every variable.
  const areAllBlank = deployed.every(isBlank)
  const secrets = deployed.filter(isSecret)
  const areSecretsBlank = secrets.length > 1 && secrets.every(isBlank)
  const blank = new Set(areSecretsBlank ? secrets.map(({ value }) => value) : [])
  const shared = sharedNames(deployed, given)
  // What hides a secret hides whatever else has that text.
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
 * The names that are suspected only because of the text that they have in common: three secrets or more, which are at
 * least two thirds of them, or more than three variables of any name, which have no other. A server that hides values
 * with words of its own answers so. Whatever else has that text is suspected too.
 */
export function sharedNames(deployed: readonly DeployedSecret[], given: readonly Secret[] = []): ReadonlySet<string> {
  const shared = new Set([...textOfAll(deployed), ...textsOfSecrets(deployed.filter(isSecret))])
  const isGiven = (secret: DeployedSecret) =>
    given.some((own) => own.name === secret.name && own.value === secret.value)
  const isProven = (secret: DeployedSecret, value: string) =>
    // A value that reads as a placeholder may be the value of one, and hide the others.
    isPlaceholderWord(value) ? isGiven(secret) : deployed.some((other) => other.value === value && isGiven(other))
  return new Set(
    deployed
      .filter((secret) => !isBlank(secret) && !mayBeHidden(secret))
      .filter((secret) => secret.value !== null && shared.has(secret.value) && !isProven(secret, secret.value))
      .map(({ name }) => name)
  )
}

/** The text of all variables, where it reads as one of a server: several may well name one model. */
function textOfAll(deployed: readonly DeployedSecret[]): readonly string[] {
  const value = deployed[0]?.value
  if (typeof value !== 'string' || deployed.length <= MOST_EQUAL || !mayBeText(value)) return []
  const isOfServer = /[\s<>()[\]{}*•●…]/.test(value.trim()) || isPlaceholderWord(value)
  return isOfServer && deployed.every((other) => other.value === value) ? [value] : []
}

/** The texts that so many secrets have that they may be a text of the server. */
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
 * Whether a server may have put something else in place of the value, and be it not certain: to write a placeholder back
 * costs the secret. What the name says decides where a text may be either.
 */
function mayBeHidden({ name, value }: DeployedSecret): boolean {
  if (value === null) return true
  const bare = bareOf(value)
  const ofSecret = isSecret({ name })
  if (isMaskedWithin(bare, ofSecret)) return true
  if (!ofSecret && USUAL_ELSEWHERE.test(bare)) return false
  if (isPlaceholder(value)) return true
  if (bare.length > LONGEST_PLACEHOLDER) return !/\s/.test(bare) && FILLED_AMIDST.test(bare)
  if ([FILLED_AMIDST, FILLED_AT_END, CUT].some((form) => form.test(bare)) || isPhrase(bare, isInSigns(bare)))
    return true
  return (
    ofSecret &&
    (isPhrase(bare, true) || [CUT_AT_END, FINGERPRINT, SEALED, IN_PLACE_OF_SECRET].some((form) => form.test(bare)))
  )
}

/**
 * Whether a piece of a value is hidden, at any length. Under a usual name only a piece that is a secret by its place: the
 * password of an address, or what a JSON document names so.
 */
function isMaskedWithin(bare: string, ofSecret: boolean): boolean {
  const password = ADDRESS_PASSWORD.exec(bare)?.[1]
  if (password !== undefined && MASK.test(password.replace(/%5B/gi, '[').replace(/%5D/gi, ']').replace(/%2A/gi, '*')))
    return true
  const document = documentOf(bare)
  if (document !== undefined) return hasMaskedLeaf(document, ofSecret)
  // The path of an address may well have a page named hidden.
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

/** Not by recursion: a document may be nested more deeply than calls may be. */
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

/** Whether a text only says that there is a value, such as `Value hidden`, `<set>`; a single word says it only in signs or by its name. */
function isPhrase(bare: string, mayBeOneWord: boolean): boolean {
  const words = bare.replace(PHRASE_SIGNS, '').split(/[\s:;,_=()-]+/)
  const telling = words.filter((word) => TELLING.test(word))
  // `hidden-layer` is a name: what is not in signs is a phrase only with blanks between its words.
  if (words.length === 1 && !isInSigns(bare) && TELLS_NOTHING_ALONE.test(words.join())) return false
  const isSpoken = mayBeOneWord || /^[^\d\s]+(\s[^\s]+)+$/.test(bare)
  return (
    isSpoken &&
    telling.length > 0 &&
    words.length <= MOST_WORDS &&
    words.every((word) => TELLING.test(word) || FILLING_WORD.test(word))
  )
}

/** Whether a value that is shown can be told from one that is hidden. */
export function isShown(value: string | null | undefined): boolean {
  return typeof value === 'string' && value.trim() !== '' && !isPlaceholder(value)
}

/** Whether a value is certainly one of the forms in which servers hide secrets. Others are redacted as values are. */
export function isPlaceholder(value: string): boolean {
  const bare = bareOf(value)
  if (bare.length > LONGEST_PLACEHOLDER) return FILLED.test(bare)
  return [FILLED, FILLED_IN_PART, NAMED, NAMED_IN_SIGNS, NAMED_AMONG_WORDS].some((form) => form.test(bare))
}

function bareOf(value: string): string {
  return value.trim().replace(/^(["'])(.*)\1$/, '$2')
}

/** The secrets whose values the server shows, or may be showing: what is in doubt is kept from being printed. */
export function shownSecrets(deployed: readonly DeployedSecret[] | null): readonly Secret[] {
  return (deployed ?? []).flatMap(({ name, value }) =>
    value === null || isPlaceholder(value) ? [] : [{ name, value }]
  )
}
