import { DEPLOYMENT_NAME, isPlainName, isVariableName, whyReserved } from '../runner/variable-name.ts'
import type { LineProblem } from './project-error.ts'

/** A variable that a project sets. */
export interface Variable {
  readonly name: string
  readonly value: string
}

/** Content of a dotenv file. The messages never quote a value. */
interface EnvironmentFile {
  /** One entry per name, with the last value in the file. Reserved names are included. */
  readonly variables: readonly Variable[]
  /** For each name, the line in which its value begins. */
  readonly lines: ReadonlyMap<string, number>
  /** Reasons that the file cannot be used. */
  readonly problems: readonly string[]
  /** Messages about skipped content that the user should correct. */
  readonly warnings: readonly string[]
  /** Messages about skipped content that needs no correction. */
  readonly remarks: readonly string[]
}

/**
 * Parses a dotenv file with the rules of python-dotenv 1.2, which the official tools use: `NAME=value`, optionally
 * after `export`; comments on their own line or after a blank; quoted values on several lines, with escapes; `${NAME}`
 * and `${NAME:-default}` expanded in every value, even in single quotes. The last value of a name wins.
 *
 * In contrast to python-dotenv, the result reports what is skipped: lines that are not assignments, invalid variable
 * names and empty values. A `${NAME}` without a value is a problem; python-dotenv replaces it with an empty text.
 *
 * @param content the bytes of the file, which must be UTF-8, or its text
 * @param lookUp returns the value of an environment variable of the step. It is never called for variables that contain
 * inputs or tokens of the job.
 */
export function readEnvironmentFile(
  content: string | Uint8Array,
  lookUp: (name: string) => string | undefined
): EnvironmentFile {
  const text = decode(content)
  if (text === undefined) {
    const problem = 'is not UTF-8 text; save it as UTF-8 (the > of Windows PowerShell writes UTF-16)'
    return { variables: [], lines: new Map(), problems: [problem], warnings: [], remarks: [] }
  }
  const { assignments, problems, broken } = parse(text)
  const expanded = expand(assignments, lookUp)
  const last = new Map(expanded.values.map((assignment) => [assignment.name, assignment]))
  const all = [...last.values()]
  const named = all.filter(({ name }) => isVariableName(name))
  const empty = named.filter(({ value }) => value === '')
  const unfit = all.filter(({ name }) => !isVariableName(name))
  return {
    variables: named.filter(({ value }) => value !== '').map(({ name, value }) => ({ name, value })),
    lines: new Map(all.map(({ name, line }) => [name, line])),
    problems: [...problems, ...expanded.problems].toSorted((a, b) => a.line - b.line).map(({ text: told }) => told),
    warnings: [
      ...leftOutBecause(
        lineRanges(broken),
        'the syntax is not NAME=value. Put quotes around a multiline value; only a comment may follow the closing quote'
      ),
      ...leftOutBecause(
        unfit.map(shownName).join(', '),
        'a variable name contains only letters, digits and underscores, and does not start with a digit'
      )
    ],
    remarks: leftOutBecause(empty.map(shownName).join(', '), 'the value is empty')
  }
}

/** Returns a sentence about skipped content; empty if `what` is. */
function leftOutBecause(what: string, why: string): readonly string[] {
  return what === '' ? [] : [`${what}: skipped, because ${why}.`]
}

/**
 * Decodes the content; undefined if it is not UTF-8. Most UTF-16 without a byte order mark is also valid UTF-8, but
 * contains NUL characters.
 */
function decode(content: string | Uint8Array): string | undefined {
  try {
    const text = typeof content === 'string' ? content : new TextDecoder('utf-8', { fatal: true }).decode(content)
    return text.includes('\0') ? undefined : text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  } catch {
    return undefined
  }
}

/** A variable with its value before expansion, and the line in which it begins. */
interface Assignment extends Variable {
  readonly line: number
}

/** First and last line of text that is not an assignment. */
type Lines = readonly [first: number, last: number]

/** White space in Python: without the byte order mark, but with the ASCII separators. */
const SPACES = String.raw`\t\v\f\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`
const sticky = (pattern: string) => new RegExp(pattern, 'y')
const WHITE_SPACE = sticky(String.raw`[\n${SPACES}]*`)
const BLANKS = sticky(`[${SPACES}]*`)
const EXPORT = sticky(`export[${SPACES}]+`)
const QUOTED_NAME = sticky("'([^']+)'")
const PLAIN_NAME = sticky(String.raw`([^=#\n${SPACES}]+)`)
const EQUALS = sticky(`=([${SPACES}]*)`)
const SINGLE_QUOTED = sticky(String.raw`'([^'\\]*(?:\\[^][^'\\]*)*)'`)
const DOUBLE_QUOTED = sticky(String.raw`"([^"\\]*(?:\\[^][^"\\]*)*)"`)
const REST = sticky(String.raw`([^\n]*)`)
/** The end of an assignment, after an optional comment. */
const LINE_END = sticky(String.raw`[${SPACES}]*(?:#[^\n]*)?(?=\n|$)`)
const COMMENT = new RegExp(String.raw`(?<![${SPACES}])[${SPACES}]+#[^\n]*`)
const TRAILING_SPACES = new RegExp(`(?<![${SPACES}])[${SPACES}]+$`)
const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

function parse(text: string): {
  readonly assignments: readonly Assignment[]
  readonly broken: readonly Lines[]
  readonly problems: readonly LineProblem[]
} {
  const assignments: Assignment[] = []
  const broken: Lines[] = []
  const problems: LineProblem[] = []
  const lineAt = lineCounter(text)
  let position = 0
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = position
    const match = pattern.exec(text)
    if (match) position = pattern.lastIndex
    return match ?? undefined
  }
  while (position < text.length) {
    take(WHITE_SPACE)
    if (position === text.length) break
    const start = position
    const line = lineAt(start)
    const read = takeAssignment(text, () => position, take)
    const isWhole = read !== undefined && take(LINE_END) !== undefined
    if (!isWhole) take(REST)
    if (isWhole && read.name === undefined) continue
    const value = isWhole ? read.value : undefined
    if (isOpenKey(value, text.slice(start, position))) {
      const name = plainName(read?.name)
      const place = name === undefined ? `line ${line}` : `line ${line} (${name})`
      problems.push({ line, text: `${place}: a multiline key needs quotes around it` })
      position = endOfKey(text, start)
    } else if (isWhole && read.name !== undefined && value !== undefined) {
      assignments.push({ name: read.name, value, line })
    } else {
      broken.push([line, lineAt(position)])
    }
  }
  return { assignments, broken, problems }
}

/**
 * Reads one assignment up to the end of its value.
 *
 * @returns no `name` for a comment, no `value` for a name without `=`, and undefined for anything else
 */
function takeAssignment(
  text: string,
  position: () => number,
  take: (pattern: RegExp) => RegExpExecArray | undefined
): { readonly name: string | undefined; readonly value: string | undefined } | undefined {
  take(EXPORT)
  const next = () => text[position()]
  if (next() === '#') return { name: undefined, value: undefined }
  const [, name] = take(next() === "'" ? QUOTED_NAME : PLAIN_NAME) ?? []
  if (name === undefined) return undefined
  take(BLANKS)
  const equals = take(EQUALS)
  if (!equals) return { name, value: undefined }
  const quote = next()
  // `NAME= # comment` is empty, and `NAME=#text` is not.
  if (quote === '#' && equals[1] !== '') return { name, value: '' }
  if (quote === "'") {
    const [, inner] = take(SINGLE_QUOTED) ?? []
    return inner === undefined ? undefined : { name, value: inner.replace(/\\([\\'])/g, '$1') }
  }
  if (quote === '"') {
    const [, inner] = take(DOUBLE_QUOTED) ?? []
    const unescaped = inner?.replace(/\\([\\'"abfnrtv])/g, (_, sign: string) => ESCAPES[sign] ?? sign)
    return unescaped === undefined ? undefined : { name, value: unescaped }
  }
  const [, rest = ''] = take(REST) ?? []
  return { name, value: rest.replace(COMMENT, '').replace(TRAILING_SPACES, '') }
}

/** Returns a function that converts a position to its line number. Positions must not decrease between calls. */
function lineCounter(text: string): (position: number) => number {
  let line = 1
  let counted = 0
  return (position) => {
    for (let end = text.indexOf('\n', counted); end >= 0 && end < position; end = text.indexOf('\n', counted)) {
      line += 1
      counted = end + 1
    }
    return line
  }
}

/**
 * True if a multi-line key without quotes begins here. A parser ends its value after the first line, and would treat
 * parts of the other lines as names.
 *
 * @param value undefined if this is not an assignment
 * @param written the whole text of the assignment
 */
function isOpenKey(value: string | undefined, written: string): boolean {
  return value === undefined ? written.includes('-----BEGIN ') : /^-----BEGIN [A-Z0-9 ]+-----$/.test(value)
}

function endOfKey(text: string, from: number): number {
  const end = text.indexOf('-----END ', from)
  const lineEnd = end < 0 ? -1 : text.indexOf('\n', end)
  return lineEnd < 0 ? text.length : lineEnd
}

const EXPANSION = /\$\{([^}:]*)(?::-([^}]*))?\}/g

/** Expands references to other variables. Values from above in the file take precedence over those of the step. */
function expand(
  assignments: readonly Assignment[],
  lookUp: (name: string) => string | undefined
): { readonly values: readonly Assignment[]; readonly problems: readonly LineProblem[] } {
  const known = new Map<string, string>()
  const problems: LineProblem[] = []
  const values = assignments.map((assignment) => {
    const { name, line } = assignment
    // Reserved variables are skipped later, so their values do not matter. The name of the deployment is used.
    const isUsed = name === DEPLOYMENT_NAME || !whyReserved(name, { onCloud: false })
    const value = assignment.value.replace(EXPANSION, (_, wanted: string, byDefault: string | undefined) => {
      const found = known.get(wanted) ?? (isOfJob(wanted) ? undefined : lookUp(wanted)) ?? byDefault
      if (found === undefined && isUsed) problems.push({ line, text: `line ${line}: ${unresolved(name, wanted)}` })
      return found ?? ''
    })
    known.set(name, value)
    return { ...assignment, value }
  })
  return { values, problems }
}

/**
 * True if a variable belongs to the job: INPUT_… contains an input, such as the API key; the others give access to
 * tokens.
 */
function isOfJob(name: string): boolean {
  return /^(INPUT_|STATE_|ACTIONS_|GITHUB_TOKEN$)/i.test(name)
}

function unresolved(name: string, wanted: string): string {
  const own = shownName({ name })
  const written = plainName(name) ?? 'NAME'
  // Railway templates also contain such expressions.
  if (wanted.startsWith('{'))
    return `the value of ${own} contains \${{ … }}, which is not evaluated in a file; remove the line, and add \`${written}=\${{ secrets.NAME }}\` to \`secrets\``
  const form = isPlainName(wanted) ? `\${${wanted}}` : 'a ${…}'
  const byDefault = isPlainName(wanted) ? `\${${wanted}:-value}` : '${NAME:-value}'
  return isOfJob(wanted)
    ? `${form} in the value of ${own} is not expanded, because variables with such names contain inputs or tokens of the job, which an agent must not receive; remove the line, and add \`${written}=\${{ secrets.NAME }}\` to \`secrets\`, with a separate secret for the agent`
    : `${form} in the value of ${own} is set neither above this line nor in the step's \`env\`; set it, write a default such as ${byDefault}, or move the line to \`secrets\`, where values are not expanded`
}

function plainName(name: string | undefined): string | undefined {
  return name !== undefined && isVariableName(name) && isPlainName(name) ? name : undefined
}

/**
 * Returns the name for a message. A name that might be part of a secret, such as a line of a key, is replaced by its
 * line.
 */
function shownName({ name, line }: { readonly name: string; readonly line?: number }): string {
  if (isPlainName(name)) return name
  return line === undefined ? 'a variable' : `line ${line}`
}

/** Formats line ranges, such as `line 3, lines 5-9`. Adjacent ranges are joined. */
function lineRanges(ranges: readonly Lines[]): string {
  const joined: [number, number][] = []
  for (const [first, last] of ranges) {
    const before = joined.at(-1)
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last)
    else joined.push([first, last])
  }
  return joined.map(([first, last]) => (first === last ? `line ${first}` : `lines ${first}-${last}`)).join(', ')
}
