import type { DeployedSecret, Secret } from '../control-plane/resources.ts'
import { isSecretName } from '../secret-name.ts'

/*
 * Control planes may answer something else in place of a secret. No mark tells it from a value, so what servers and
 * their proxies usually write is recognised. Where a value looks like that, it is taken for hidden: to ask once too
 * often costs a line of `secrets`, to write it back costs the secret.
 */

/** Filling signs: asterisks, bullets, dots, blocks; `x` and `#` in rows. */
const FILLED = /^(\*{2,}|[•●∙·⋅▪█▓▒░]+|[xX]{4,}|#{3,}|-{4,}|_{4,}|\.{3,}|…)$/
/** A row of filling signs with a short piece of the value before or behind it, such as `****abcd`, `sk-…wxyz`, `xxxx1234`. */
const FILLED_IN_PART =
  /^([^\n*•●█…]{0,6}(\*{3,}|[•●█]{3,}|…)[^\n*•●█…]{0,6}|[\w+/=.-]{0,12}?(\*{3,}|[•●█]{3,}|…)[\w+/=.-]{0,12}|\w{2,8}-\.{3}|[\w-]{2,8}\.{3}[\w-]{2,8}|[xX]{4,}-?\w{1,6})$/
const HIDING = 'redacted|hidden|filtered|masked|obfuscated|scrubbed|concealed|withheld'
/** The words alone; more of them where brackets or signs say that they are no value. */
const NAMED = new RegExp(`^(${HIDING})$`, 'i')
const NAMED_IN_SIGNS = new RegExp(
  `^(?:[[({<*_%#$]+\\s*)(?:[\\w-]+[ _-])?(${HIDING}|secret|sensitive|encrypted|removed|omitted|protected|private)(?:[ _:-][\\w -]+)?(?:\\s*[\\])}>*_%#]+)$`,
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
const PHRASE_SIGNS = /^[\s[\](){}<>*_#%.!]+|[\s[\](){}<>*_#%.!]+$/g
/** Words in which servers say that there is a value: one of the telling ones, and none but these. */
const TELLING = new RegExp(
  `^(${HIDING}|see|set|unset|shown|displayed|visible|available|unavailable|encrypted|sensitive|confidential|omitted|removed|stripped|suppressed|configured|present|stored|saved|provided|exists|chars?|characters|bytes|len|length|sealed)$`,
  'i'
)
const FILLING_WORD =
  /^(the|a|an|this|is|are|was|has|have|been|not|no|value|values|secret|secrets|data|key|token|password|credential|credentials|string|by|for|in|of|to|at|and|server|policy|system|security|reasons?|already|only|write|protected|private|vault|\d{1,5})$/i
const MOST_WORDS = 8

/** So many equal values of any name are no chance; of the secrets, two may well have one value. */
const MOST_EQUAL = 3
const MOST_EQUAL_SECRETS = 2
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
  const secrets = deployed.filter(({ name }) => isSecretName(name))
  const areSecretsBlank = secrets.length > 1 && secrets.every(isBlank)
  const blank = new Set(areSecretsBlank ? secrets.map(({ value }) => value) : [])
  const shared = sharedNames(deployed, given)
  return new Set(
    deployed
      .filter((secret) => areAllBlank || blank.has(secret.value) || shared.has(secret.name) || mayBeHidden(secret))
      .map(({ name }) => name)
  )
}

/**
 * The names that are suspected only because of the text that they have in common: three secrets or more, which have no
 * other, or more than three variables of any name. A server that hides values with words of its own answers so. Whatever
 * else has that text is suspected too.
 */
export function sharedNames(deployed: readonly DeployedSecret[], given: readonly Secret[] = []): ReadonlySet<string> {
  const shared = [
    ...commonValue(deployed, MOST_EQUAL),
    ...commonValue(
      deployed.filter(({ name }) => isSecretName(name)),
      MOST_EQUAL_SECRETS
    ).filter((value) => !MAY_BE_SHARED.test(value))
  ]
  const isProven = (value: string) =>
    deployed.some(
      (secret) => secret.value === value && given.some((own) => own.name === secret.name && own.value === value)
    )
  return new Set(
    deployed
      .filter((secret) => !isBlank(secret) && !mayBeHidden(secret))
      .filter(({ value }) => value !== null && shared.includes(value) && !isProven(value))
      .map(({ name }) => name)
  )
}

/** The value of them all, where there are more than `most` and it may be a text of the server. */
function commonValue(deployed: readonly DeployedSecret[], most: number): readonly string[] {
  const value = deployed[0]?.value
  if (typeof value !== 'string' || deployed.length <= most) return []
  const isText = value.length <= LONGEST_PLACEHOLDER && !/[\r\n]/.test(value.trim())
  const mayBeText = isText && !MAY_BE_EQUAL.test(value) && !SURELY_A_VALUE.test(bareOf(value))
  return mayBeText && deployed.every((other) => other.value === value) ? [value] : []
}

function isBlank({ value }: DeployedSecret): boolean {
  return value === null || /^\s*\*?\s*$/.test(value)
}

/**
 * Whether a server may have put something else in place of the value, and be it not certain: to write a placeholder back
 * costs the secret. What the name says decides where a text may be either.
 */
function mayBeHidden({ name, value }: DeployedSecret): boolean {
  if (value === null || isPlaceholder(value)) return true
  const bare = bareOf(value)
  if (bare.length > LONGEST_PLACEHOLDER) return false
  if ([FILLED_AMIDST, FILLED_AT_END, CUT].some((form) => form.test(bare)) || isPhrase(bare, isInSigns(bare)))
    return true
  return (
    isSecretName(name) && (isPhrase(bare, true) || [CUT_AT_END, FINGERPRINT, SEALED].some((form) => form.test(bare)))
  )
}

function isInSigns(bare: string): boolean {
  return /^([[({<].*[\])}>]|([_*#%]{2,}).+[_*#%]{2,})$/.test(bare)
}

/** Whether a text only says that there is a value, such as `Value hidden`, `<set>`; a single word says it only in signs or by its name. */
function isPhrase(bare: string, mayBeOneWord: boolean): boolean {
  const words = bare.replace(PHRASE_SIGNS, '').split(/[\s:;,_=()-]+/)
  const telling = words.filter((word) => TELLING.test(word))
  // `hidden-layer` is a name: what is not in signs is a phrase only with blanks between its words.
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
