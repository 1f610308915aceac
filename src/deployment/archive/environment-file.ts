import type { Secret } from '../../control-plane/resources.ts'

/** What a dotenv file says. Problems and notices name lines and names, and hold nothing of a value. */
export interface ParsedEnvironment {
  readonly variables: readonly Secret[]
  readonly problems: readonly string[]
  readonly notices: readonly string[]
}

const ASSIGNMENT = /[^\S\n]*(?:export[^\S\n]+)?([A-Za-z_][A-Za-z0-9_]*)[^\S\n]*=[^\S\n]*/y
const SINGLE_QUOTED = /'([^']*)'/y
const DOUBLE_QUOTED = /"([^"\\]*(?:\\[\s\S][^"\\]*)*)"/y
const REST_AFTER_QUOTES = /[^\S\n]*(?:(?<=\s)#[^\n]*)?(?:\n|$)/y
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }

/**
 * Reads a dotenv file: `NAME=value`, optionally after `export`; comments on lines of their own or after a blank; values
 * in single quotes as they stand, in double quotes with `\n \r \t \" \\`, both over several lines if they like. What
 * the common parsers read differently or lose in silence is a problem here: a line that is no assignment, an open
 * quote, something behind the closing one, a value that begins with #, a name given twice. `${NAME}` is not expanded.
 */
export function parseEnvironment(text: string): ParsedEnvironment {
  const source = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  const found = new Map<string, { readonly value: string; readonly line: number }>()
  const problems: string[] = []
  let position = 0
  let line = 1
  while (position < source.length) {
    const lineEnd = endOfLine(source, position)
    let end = lineEnd
    if (!/^\s*(#|$)/.test(source.slice(position, lineEnd))) {
      const read = readAssignment(source, position, lineEnd)
      end = read.end
      if ('problem' in read) problems.push(`line ${line}: ${read.problem}`)
      else {
        const earlier = found.get(read.name)
        if (earlier) problems.push(`line ${line}: ${read.name} is given a second time, first in line ${earlier.line}`)
        else found.set(read.name, { value: read.value, line })
      }
    }
    line += source.slice(position, end).split('\n').length
    position = end + 1
  }
  const variables = [...found].map(([name, { value }]) => ({ name, value }))
  return { variables: variables.filter(({ value }) => value !== ''), problems, notices: noticesOf(variables) }
}

/** `end`: where the line ends on which the assignment ends. */
type Assignment = { readonly end: number } & (
  | { readonly name: string; readonly value: string }
  | { readonly problem: string }
)

function readAssignment(source: string, start: number, lineEnd: number): Assignment {
  const broken = (problem: string, end = lineEnd) => ({ problem, end })
  const [, name] = match(ASSIGNMENT, source, start) ?? []
  if (name === undefined) {
    return broken('is no NAME=value; a name has letters, digits and underscores and no digit first')
  }
  const from = ASSIGNMENT.lastIndex
  const first = source[from]
  if (first === '#') return broken(`the value of ${name} begins with #; put it in quotes, or remove it`)
  if (first === '`') return broken(`the value of ${name} begins with a backtick; use ' or " instead`)
  if (first !== "'" && first !== '"') {
    // A # right behind other characters belongs to the value: passwords have them.
    const value = source
      .slice(from, lineEnd)
      .replace(/\s#[\s\S]*$/, '')
      .trimEnd()
    return { name, value, end: lineEnd }
  }
  const pattern = first === '"' ? DOUBLE_QUOTED : SINGLE_QUOTED
  const [, inner] = match(pattern, source, from) ?? []
  // Behind an open quote every line would be a problem of its own.
  if (inner === undefined) return broken(`the quote that opens the value of ${name} is never closed`, source.length)
  if (!match(REST_AFTER_QUOTES, source, pattern.lastIndex)) {
    return broken(`something follows the closing quote of ${name}; remove it, or close the quote at the end`)
  }
  const value =
    first === '"' ? inner.replace(/\\([\s\S])/g, (whole, letter: string) => ESCAPES[letter] ?? whole) : inner
  return { name, value, end: endOfLine(source, pattern.lastIndex) }
}

function match(pattern: RegExp, source: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from
  return pattern.exec(source)
}

function endOfLine(source: string, from: number): number {
  const end = source.indexOf('\n', from)
  return end < 0 ? source.length : end
}

function noticesOf(variables: readonly Secret[]): readonly string[] {
  const empty = variables.filter(({ value }) => value === '').map(({ name }) => name)
  const expanding = variables.filter(({ value }) => /\$\{\w+/.test(value)).map(({ name }) => name)
  const notices: string[] = []
  if (empty.length > 0) notices.push(`${empty.join(', ')}: left out, since the value is empty.`)
  if (expanding.length > 0)
    notices.push(`${expanding.join(', ')}: \${…} in the value is sent as it stands, not expanded.`)
  return notices
}
