import { isSecretName } from '../runner/secret-name.ts'
import type { FoundSecret } from './secret-problem.ts'

/** What is nearly always a slip in a value, and how a warning says so. */
interface Slip {
  readonly isIn: (value: string, name: string) => boolean
  /** Follows the names of the variables. */
  readonly text: string
}

/** Once in the last of the warnings. */
const HOW_TO_MEAN_IT =
  'If a value is correct, put it on a separate line between `NAME<<END` and `END` to suppress this warning.'

/** Each is looked for in values of one line; a text of several lines may hold anything. */
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
    // In prose a no-break space is usual.
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

/** A source of a Content-Security-Policy whose quotes belong to it. Source: CSP level 3, section 2.3.1. */
const CSP_SOURCE =
  /^'(self|none|unsafe-[a-z-]+|strict-dynamic|report-sample|wasm-unsafe-eval|nonce-.+|sha(256|384|512)-.+)'$/

/**
 * A second NAME in capitals with = behind it, after one piece without blanks. Lists of pairs, such as feature flags, DSNs
 * and LDAP names, have a = in that piece already; options of a command begin with a dash. A semicolon joins what belongs
 * together, as in `jdbc:h2:mem:x;MODE=MySQL` and in cookies. Behind a comma and a blank, only a name of several words is
 * taken for that of a variable.
 */
function holdsSecondName(value: string): boolean {
  const [, separator, name, next] = /^(?!-)[^\s=,;]+={0,2}(\s*,\s*|\s+)([A-Z][A-Z0-9_]*)\??=(?!%)(.?)/.exec(value) ?? []
  if (separator === undefined || name === undefined) return false
  if (separator === ',') return !LDAP_NAME.test(name)
  // A word of Base64 ends with =, as in `Basic QUJD==`.
  return separator.includes(',') ? name.includes('_') : next !== '' && next !== '=' && !isInKey('', value)
}

/** Source: RFC 4514, section 3, and what directories have besides. */
const LDAP_NAME = /^(CN|OU|O|DC|C|L|ST|STREET|UID|SN|T|E|GN|EMAILADDRESS|SERIALNUMBER)$/

/**
 * A # between blanks with what reads like a comment behind it: several words, a word for whether the variable is needed,
 * a word of a script without blanks, or anything behind a gap that aligns comments. A password may hold ` # `, and in
 * prose the # may be spoken of.
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
 * Whether a text of one line was several lines, which `>` has folded: another name in capitals follows a blank.
 * Behind an option, a comma or a semicolon that name belongs to the value, as in `--set AB=1` and `UID=sa; PWD=x`, and so
 * it does where all of the value is pairs in capitals.
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
 * Whether the name between two parts of a value is the last word of a key in a list with semicolons, as in
 * `Server=db;User ID=sa`. The key may be the first one, but `sk-1 DB=Server=db;UID=sa` holds a second = before the semicolon.
 */
function isInKey(before: string, behind: string): boolean {
  const pairs = `${before}${behind}`.split(';').filter((pair) => pair.includes('='))
  const [rest = ''] = behind.split(';', 1)
  return pairs.length > 1 && `${before.slice(before.lastIndexOf(';') + 1)}${rest}`.split('=').length === 2
}

/**
 * What looks like a slip among values that somebody wrote line by line. The values are sent as they are.
 *
 * @param written the text that they were read from
 * @returns one sentence for each kind of slip, with the names of the variables, in the order of the first of them; the
 *   last one says, too, how to write a value that is meant
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
