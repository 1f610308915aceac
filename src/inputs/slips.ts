import { isSecretName } from '../runner/secret-name.ts'
import type { FoundSecret } from './secret-problem.ts'

/** Probable mistake in a value, and its warning. */
interface Slip {
  readonly isIn: (value: string, name: string) => boolean
  /** Text after the names of the variables. */
  readonly text: string
}

/** Added to the last warning only. */
const HOW_TO_MEAN_IT =
  'If a value is correct, put it on a separate line between `NAME<<EOF` and `EOF` to suppress this warning.'

/** Only values of one line are checked, because a multiline text can contain anything. */
const SLIPS: readonly Slip[] = [
  {
    isIn: (value) => /^("(?:[^"\\]|\\.)*"|'[^']*'|`[^`]*`)$/.test(value) && !CSP_SOURCE.test(value),
    text: 'the quotes around the value are part of it. Remove them if they are unintended.'
  },
  {
    isIn: (value) => value.trim() !== value,
    text: 'the value starts or ends with whitespace, which is part of it. Remove it if it is unintended.'
  },
  {
    // No-break spaces are common in prose.
    isIn: (value) => /[\u00a0\u202f\u200b\u2060\ufeff]/.test(value.trim()) && !value.includes(' '),
    text: 'the value contains a no-break or zero-width space, which is part of it. Retype the value if it is unintended.'
  },
  {
    isIn: holdsSecondName,
    text: 'the value appears to contain another NAME=value. Use one per line; in YAML, use `|` after the input name, because `>` folds lines into one.'
  },
  {
    isIn: holdsComment,
    text: 'the value contains ` #`, which does not start a comment here. Move the comment to a separate line.'
  },
  {
    isIn: (value) => /^(secrets|vars|env)\.[A-Z_][A-Z0-9_]*$|^\$?\{\{\s*(secrets|vars|env)\.\w+\s*\}\}$/.test(value),
    text: 'the value is an expression that was not evaluated. Use `${{ secrets.NAME }}`.'
  },
  {
    isIn: (value) => /^\$([A-Z_][A-Z0-9_]*|\{[A-Za-z_]\w*\})$/.test(value),
    text: 'the value is a shell variable, which is not expanded here. Use the bare name to read the variable from the `env` of the step.'
  },
  {
    isIn: (value) => /^\*{3,}$/.test(value),
    text: 'the value is the mask that hides secrets in GitHub logs. Use `${{ secrets.NAME }}`.'
  },
  {
    isIn: (value) => /^\$\(.+\)$/.test(value),
    text: 'the value is a shell command, which does not run here. Run it in an earlier step, and use the output of that step.'
  },
  {
    isIn: (value) => /^export\s+[A-Za-z_]\w*=/.test(value),
    text: 'the value starts with `export NAME=`, which is part of it. Remove it if it is unintended.'
  },
  {
    isIn: (value) => /\s\\$/.test(value),
    text: 'the value ends with a backslash, which does not continue the line here and is part of the value. Remove it if it is unintended.'
  },
  {
    isIn: (value, name) =>
      /^op:\/\/[^/]+\/.+|^@Microsoft\.KeyVault\(.+\)$/.test(value) ||
      (/^[a-z][\w-]*:latest$/i.test(value) && isSecretName(name)),
    text: 'the value is a reference to an external secret, which is not resolved here. Use `NAME=${{ secrets.NAME }}` in `secrets`, or the output of a step that reads the secret.'
  }
]

/** A Content-Security-Policy source, whose quotes are part of the value. Source: CSP level 3, section 2.3.1. */
const CSP_SOURCE =
  /^'(self|none|unsafe-[a-z-]+|strict-dynamic|report-sample|wasm-unsafe-eval|nonce-.+|sha(256|384|512)-.+)'$/

/**
 * Tells if a value contains a second NAME= in capitals after one word without spaces. In lists of pairs, such as
 * feature flags, DSNs and LDAP names, that word contains a = itself; options of a command begin with a dash. A
 * semicolon joins pairs of one value, as in `jdbc:h2:mem:x;MODE=MySQL` and in cookies. After a comma and a space, only
 * a name of several words counts as a variable.
 */
function holdsSecondName(value: string): boolean {
  const [, separator, name, next] = /^(?!-)[^\s=,;]+={0,2}(\s*,\s*|\s+)([A-Z][A-Z0-9_]*)\??=(?!%)(.?)/.exec(value) ?? []
  if (separator === undefined || name === undefined) return false
  if (separator === ',') return !LDAP_NAME.test(name)
  // A Base64 word can end with =, as in `Basic QUJD==`.
  return separator.includes(',') ? name.includes('_') : next !== '' && next !== '=' && !isInKey('', value)
}

/** Attribute names of RFC 4514, section 3, and others that directories use. */
const LDAP_NAME = /^(CN|OU|O|DC|C|L|ST|STREET|UID|SN|T|E|GN|EMAILADDRESS|SERIALNUMBER)$/

/**
 * Tells if a value contains a comment: a # between spaces, followed by several words, by a word such as `required`, by
 * a word of a script without spaces, or by any text after a gap that aligns comments. A password can contain ` # `, and
 * prose can mention the #.
 */
function holdsComment(value: string): boolean {
  const [, before, gap, comment] = /^(.*?\S)(\s+)#\s+(\S.*)$/.exec(value) ?? []
  if (before === undefined || gap === undefined || comment === undefined) return false
  const isProse = /\p{L}[,.:]?\s+\p{L}/u.test(before) && !/^["'].*["']$/.test(before)
  if (isProse || before.includes('#')) return false
  return gap.length > 1 || COMMENT_TEXT.test(comment.slice(0, LONGEST_COMMENT))
}

const COMMENT_TEXT = /\p{L}{2}.*\s\P{L}*\p{L}{2}|\p{Lo}{2}|^(required|optional)\b/iu
const LONGEST_COMMENT = 100

/**
 * Tells if `>` probably folded several lines into this text: a space and another name in capitals follow a value. The
 * name belongs to the value after an option, a comma or a semicolon, as in `--set AB=1` and `UID=sa; PWD=x`, and if the
 * whole value consists of pairs in capitals.
 */
function isFolded(text: string, secrets: readonly FoundSecret[]): boolean {
  const [only, ...more] = secrets
  if (only === undefined || more.length > 0 || /[\r\n]/.test(text.trim())) return false
  if (/^[A-Z][A-Z0-9_]*=[^\s;]*(\s|$)/.test(only.value)) return false
  const isProse = /^[^\s=]+\s+[^\s=]+\s/.test(only.value)
  return [...only.value.matchAll(/(?<=\s)([A-Z][A-Z0-9_]+)\??=(?![=%])/g)].some(({ 1: name = '', index }) => {
    const before = only.value.slice(0, index).trimEnd()
    const lastWord = before.slice(Math.max(before.lastIndexOf(' '), before.lastIndexOf('\t')) + 1)
    if (lastWord.startsWith('-') || /[,;]$/.test(lastWord)) return false
    if (isInKey(before, only.value.slice(index))) return false
    return !isProse || name.includes('_')
  })
}

/**
 * Tells if the name between two parts of a value is the last word of a key in a list with semicolons, as in
 * `Server=db;User ID=sa`. The first key also counts, but `sk-1 DB=Server=db;UID=sa` has a second = before the
 * semicolon.
 */
function isInKey(before: string, behind: string): boolean {
  const pairs = `${before}${behind}`.split(';').filter((pair) => pair.includes('='))
  const [rest = ''] = behind.split(';', 1)
  return pairs.length > 1 && `${before.slice(before.lastIndexOf(';') + 1)}${rest}`.split('=').length === 2
}

/**
 * Returns warnings about probable mistakes in values that the user listed line by line. The values are sent unchanged.
 *
 * @param written text from which the values were parsed
 * @returns one sentence per kind of mistake, with the names of the variables, sorted by the first of them; the last one
 *   also describes how to suppress the warning
 */
export function slipsIn(written: string, secrets: readonly FoundSecret[]): readonly string[] {
  const lines = secrets.filter(({ value, isBlock }) => isBlock !== true && !/[\r\n]/.test(value))
  const areFolded = isFolded(written, secrets)
  const found = SLIPS.flatMap(({ isIn, text }) => {
    const slips = lines.filter(({ name, value }) => isIn(value, name) || (isIn === holdsSecondName && areFolded))
    const [first] = slips
    return first ? [{ at: first.at, text: `${slips.map(({ name }) => name).join(', ')}: ${text}` }] : []
  })
  const texts = found.toSorted((a, b) => a.at - b.at).map(({ text }) => text)
  return texts.map((text, index) => (index === texts.length - 1 ? `${text} ${HOW_TO_MEAN_IT}` : text))
}
