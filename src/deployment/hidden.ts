import type { DeployedSecret, Secret } from '../control-plane/resources.ts'

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
/** So many equal values are no chance. */
const MOST_EQUAL = 3
const MAY_BE_EQUAL = /^(true|false|yes|no|on|off|enabled|disabled|\d{1,6})$/i

/**
 * The names whose values the server may be hiding. An empty value is hidden only where every value is empty, and a
 * value that more than three names have in common where all of them have it.
 */
export function hiddenNames(deployed: readonly DeployedSecret[]): ReadonlySet<string> {
  const [first] = deployed
  const areEqual = deployed.every(({ value }) => value === first?.value)
  // A single asterisk is a usual value, such as of allowed origins, but not of every variable.
  const areAllBlank = deployed.every(({ value }) => value === null || /^\s*\*?\s*$/.test(value))
  const areSuspicious = areEqual && deployed.length > MOST_EQUAL && !MAY_BE_EQUAL.test(first?.value ?? '')
  return new Set(
    deployed
      .filter(({ value }) => areAllBlank || areSuspicious || value === null || isPlaceholder(value))
      .map(({ name }) => name)
  )
}

/** Whether a value that is shown can be told from one that is hidden. */
export function isShown(value: string | null | undefined): boolean {
  return typeof value === 'string' && value.trim() !== '' && !isPlaceholder(value)
}

/** Whether a value is one of the forms in which servers hide secrets. */
export function isPlaceholder(value: string): boolean {
  const bare = value.trim().replace(/^(["'])(.*)\1$/, '$2')
  if (bare.length > LONGEST_PLACEHOLDER) return FILLED.test(bare)
  return [FILLED, FILLED_IN_PART, NAMED, NAMED_IN_SIGNS, NAMED_AMONG_WORDS].some((form) => form.test(bare))
}

/** The secrets whose values the server shows. */
export function shownSecrets(deployed: readonly DeployedSecret[] | null): readonly Secret[] {
  return (deployed ?? []).flatMap(({ name, value }) =>
    value === null || isPlaceholder(value) ? [] : [{ name, value }]
  )
}
