import type { FoundSecret } from '../deployment/secrets.ts'

/** What is nearly always a slip in a value, and how a warning says so. */
interface Slip {
  readonly isIn: (value: string) => boolean
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
    text: 'the value holds what reads like another NAME=value. Write one a line; in YAML put them under `secrets: |`, since `>` folds lines into one.'
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
  }
]

/**
 * A second NAME in capitals with = behind it, after one piece without blanks. Lists of pairs, such as DSNs and LDAP names,
 * have a = in that piece already.
 */
function holdsSecondName(value: string): boolean {
  return /^[^\s=,;]+={0,2}(\s*[,;]\s*|\s+)[A-Z][A-Z0-9_]*\??=/.test(value)
}

/** Whether a text of one line was several lines, which `>` has folded: further names in capitals stand behind blanks. */
function isFolded(text: string, secrets: readonly FoundSecret[]): boolean {
  const [only, ...more] = secrets
  const isOneLine = !/[\r\n]/.test(text.trim())
  return (
    isOneLine &&
    more.length === 0 &&
    only !== undefined &&
    !/^\S*[^=\s]=[^=\s]/.test(only.value) &&
    /\s[A-Z][A-Z0-9_]+\??=/.test(only.value)
  )
}

/**
 * What looks like a slip among values that somebody wrote line by line. The values are sent as they are.
 *
 * @param written the text that they were read from
 * @returns one sentence for each kind of slip, with the names of the variables
 */
export function slipsIn(written: string, secrets: readonly FoundSecret[]): readonly string[] {
  const lines = secrets.filter(({ value }) => !/[\r\n]/.test(value))
  const areFolded = isFolded(written, secrets)
  return SLIPS.flatMap(({ isIn, text }) => {
    const isSlip = (value: string) => isIn(value) || (isIn === holdsSecondName && areFolded)
    const names = lines.filter(({ value }) => isSlip(value)).map(({ name }) => name)
    return names.length > 0 ? [`${names.join(', ')}: ${text}`] : []
  })
}
