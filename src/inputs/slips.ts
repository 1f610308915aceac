import type { FoundSecret } from '../deployment/secrets.ts'
import { isSecretName } from '../secret-name.ts'

/** What is nearly always a slip in a value, and how a warning says so. */
interface Slip {
  readonly isIn: (value: string, name: string) => boolean
  /** Follows the names of the variables. */
  readonly text: string
}

/** Each is looked for in values of one line; a text of several lines may hold anything. */
const SLIPS: readonly Slip[] = [
  {
    isIn: (value) => /^("(?:[^"\\]|\\.)*"|'[^']*'|`[^`]*`)$/.test(value),
    text: 'the quotes around the value are part of it. Remove them if they are not meant.'
  },
  {
    isIn: (value) => value.trim() !== value,
    text: 'the value begins or ends with white space, which is part of it. Remove it if it is not meant.'
  },
  {
    // In prose a no-break space is usual.
    isIn: (value) => /[\u00a0\u202f\u200b\u2060\ufeff]/.test(value.trim()) && !value.includes(' '),
    text: 'the value holds a no-break or zero-width space, which is part of it. Type the value anew if it is not meant.'
  },
  {
    isIn: holdsSecondName,
    text: 'the value holds what reads like another NAME=value. Write one a line; in YAML write `|` behind the input, since `>` folds lines into one.'
  },
  {
    isIn: (value) => /\s#(\s|$)/.test(value),
    text: 'the value holds a # behind a blank, which begins no comment here. Move the comment to a line of its own.'
  },
  {
    isIn: (value) => /^(secrets|vars|env)\.[A-Z_][A-Z0-9_]*$|^\$?\{\{\s*(secrets|vars|env)\.\w+\s*\}\}$/.test(value),
    text: 'the value is the text of an expression. Write `${{ secrets.NAME }}` to have it evaluated.'
  },
  {
    isIn: (value) => /^\$([A-Z_][A-Z0-9_]*|\{[A-Za-z_]\w*\})$/.test(value),
    text: 'the value is the name of a shell variable, which is not expanded here. Write the bare name of the variable to have it read from the `env` of the step.'
  },
  {
    isIn: (value) => /^export\s+[A-Za-z_]\w*=/.test(value),
    text: 'the value begins with `export NAME=`, which is part of it. Remove it if it is not meant.'
  },
  {
    isIn: (value) => /\s\\$/.test(value),
    text: 'the value ends with a backslash, which continues no line here and is part of it. Remove it if it is not meant.'
  },
  {
    isIn: (value, name) =>
      /^op:\/\/[^/]+\/.+|^@Microsoft\.KeyVault\(.+\)$/.test(value) ||
      (/^[a-z][\w-]*:latest$/i.test(value) && isSecretName(name)),
    text: 'the value is a reference to a secret elsewhere, which is not looked up here. Write `NAME=${{ secrets.NAME }}` in `secrets`, or the output of a step that reads the secret.'
  }
]

/**
 * A second NAME in capitals with = behind it, after one piece without blanks. Lists of pairs, such as DSNs and LDAP names,
 * have a = in that piece already; options of a command begin with a dash.
 */
function holdsSecondName(value: string): boolean {
  return /^(?!-)[^\s=,;]+={0,2}(\s*[,;]\s*|\s+)[A-Z][A-Z0-9_]*\??=/.test(value) || isListOfAssignments(value)
}

/** `A=1,B=2` as a value of its own, which is for another tool. LDAP names have that form, too. */
function isListOfAssignments(value: string): boolean {
  const names = value.split(/,\s*/).map((piece) => /^([A-Z][A-Z0-9_]*)=[^=]*={0,2}$/.exec(piece)?.[1])
  return (
    names.length > 1 && names.every((name) => name !== undefined) && !names.every((name) => LDAP_NAME.test(name ?? ''))
  )
}

/** Source: RFC 4514, section 3, and what directories have besides. */
const LDAP_NAME = /^(CN|OU|O|DC|C|L|ST|STREET|UID|SN|T|E|GN|EMAILADDRESS|SERIALNUMBER)$/

/**
 * Whether a text of one line was several lines, which `>` has folded: a further name in capitals stands behind a blank.
 * Behind an option or a semicolon that name belongs to the value, as in `--set AB=1` and `UID=sa; PWD=x`.
 */
function isFolded(text: string, secrets: readonly FoundSecret[]): boolean {
  const [only, ...more] = secrets
  if (only === undefined || more.length > 0 || /[\r\n]/.test(text.trim())) return false
  const pieces = only.value.split(/\s+/)
  return pieces.some((piece, index) => {
    const before = pieces[index - 1]
    const [, name] = /^([A-Z][A-Z0-9_]+)\??=/.exec(piece) ?? []
    if (before === undefined || name === undefined || /^-|;$/.test(before)) return false
    return !(before.endsWith(',') && LDAP_NAME.test(name))
  })
}

/**
 * What looks like a slip among values that somebody wrote line by line. The values are sent as they are.
 *
 * @param written the text that they were read from
 * @returns one sentence for each kind of slip, with the names of the variables, in the order of the first of them
 */
export function slipsIn(written: string, secrets: readonly FoundSecret[]): readonly string[] {
  const lines = secrets.filter(({ value }) => !/[\r\n]/.test(value))
  const areFolded = isFolded(written, secrets)
  const found = SLIPS.flatMap(({ isIn, text }) => {
    const slips = lines.filter(({ name, value }) => isIn(value, name) || (isIn === holdsSecondName && areFolded))
    const [first] = slips
    return first ? [{ at: first.at, text: `${slips.map(({ name }) => name).join(', ')}: ${text}` }] : []
  })
  return found.toSorted((a, b) => a.at - b.at).map(({ text }) => text)
}
