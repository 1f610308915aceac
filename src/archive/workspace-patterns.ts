/**
 * Whether the patterns of a workspace file take a folder in; one that begins with `!` takes it out again. They are those of
 * glob: `*`, `**`, `?`, `[ab]`, `{a,b}`, `{1..3}` and `@(a|b)` and the like. A name that begins with a dot must be written.
 *
 * @param path of the folder, seen from that of the file, with forward slashes
 * @param given.isOrdered whether the last pattern that matches decides, as for npm and Yarn; for pnpm an exclusion always does
 */
export function covers(
  patterns: readonly string[],
  path: string,
  given: { readonly isOrdered?: boolean } = {}
): boolean {
  const matching = patterns.map(readPattern).filter(({ body }) => matches(body, path))
  if (given.isOrdered) return matching.at(-1)?.isExclusion === false
  return matching.length > 0 && matching.every(({ isExclusion }) => !isExclusion)
}

/** Several `!` cancel each other; `!(…)` is a wildcard. */
function readPattern(pattern: string): { readonly body: string; readonly isExclusion: boolean } {
  const [marks = ''] = /^!*(?!\()/.exec(pattern) ?? []
  const body = pattern.slice(marks.length)
  return { body: body.replace(/^(\.?\/+)+/, '').replace(/\/+$/, ''), isExclusion: marks.length % 2 === 1 }
}

function matches(pattern: string, path: string): boolean {
  try {
    return new RegExp(`^${readAll(pattern)}$`).test(path)
  } catch {
    // Such as a range that runs backwards.
    return false
  }
}

/** Where the reading of a pattern is. */
interface Cursor {
  readonly text: string
  at: number
}

const ANY_NAME = '(?!\\.)[^/]+'

function readAll(text: string): string {
  return readUntil({ text, at: 0 }, '')
}

/** The expression of what comes before one of the characters, or the end. */
function readUntil(cursor: Cursor, ends: string): string {
  let source = ''
  while (cursor.at < cursor.text.length && !ends.includes(cursor.text.charAt(cursor.at)))
    source += readOne(cursor, ends)
  return source
}

function readOne(cursor: Cursor, ends: string): string {
  const rest = cursor.text.slice(cursor.at)
  const isFirst = cursor.at === 0 || '/{,(|'.includes(cursor.text.charAt(cursor.at - 1))
  const isLast = (length: number) => rest.length === length || ends.includes(rest.charAt(length))
  const take = (length: number, source: string) => {
    cursor.at += length
    return source
  }
  if (rest.startsWith('\\') && rest.length > 1) return take(2, escaped(rest.charAt(1)))
  if (isFirst && rest.startsWith('**/')) return take(3, `(?:${ANY_NAME}/)*`)
  if (rest.startsWith('/**') && isLast(3)) return take(3, `(?:/${ANY_NAME})*`)
  if (isFirst && rest.startsWith('**') && isLast(2)) return take(2, `${ANY_NAME}(?:/${ANY_NAME})*`)
  if (/^[@?*+!]\(/.test(rest)) return readChoice(cursor, ends) ?? take(1, escaped(rest.charAt(0)))
  if (rest.startsWith('*')) {
    const stars = /^\*+/.exec(rest)?.[0].length ?? 1
    return take(stars, `${isFirst ? '(?!\\.)' : ''}[^/]${isFirst && isLast(stars) ? '+' : '*'}`)
  }
  if (rest.startsWith('?')) return take(1, `${isFirst ? '(?!\\.)' : ''}[^/]`)
  const [set, sign = '', members = ''] = /^\[([!^]?)(\]?[^\]]*)\]/.exec(rest) ?? []
  if (set && members) return take(set.length, `(?!/)[${sign && '^'}${members.replace(/[\\[\]^]/g, '\\$&')}]`)
  if (rest.startsWith('{')) return readRange(cursor) ?? readBraces(cursor) ?? take(1, '\\{')
  return take(1, escaped(rest.charAt(0)))
}

function escaped(text: string): string {
  return text.replace(/[.*+?^$()|[\]\\{}]/g, '\\$&')
}

/** `@(a|b)`: one of them; `?(…)` at most one, `+(…)` and `*(…)` several, `!(…)` none. Nothing without its end. */
function readChoice(cursor: Cursor, ends: string): string | undefined {
  const { text, at } = cursor
  const choices = readList({ cursor, from: at + 2, separator: '|', end: ')' })
  if (!choices) return undefined
  const inner = `(?:${choices.join('|')})`
  const sign = text.charAt(at)
  if (sign !== '!') return sign === '@' ? inner : inner + sign
  const behind = readUntil({ text, at: cursor.at }, `/${ends}`)
  return `(?!${inner}${behind}(?:/|$))(?!\\.)[^/]*`
}

/** The most names that a range may match. */
const LONGEST_RANGE = 1000

/** `{1..3}` or `{a..c}`. */
function readRange(cursor: Cursor): string | undefined {
  const [whole, first, last] = /^\{(\d+|[a-zA-Z])\.\.(\d+|[a-zA-Z])\}/.exec(cursor.text.slice(cursor.at)) ?? []
  if (whole === undefined || first === undefined || last === undefined) return undefined
  const isNumber = /\d/.test(first)
  const [from = 0, to = 0] = [first, last]
    .map((end) => (isNumber ? Number(end) : end.charCodeAt(0)))
    .sort((a, b) => a - b)
  if (isNumber !== /\d/.test(last) || to - from > LONGEST_RANGE) return undefined
  cursor.at += whole.length
  const values = Array.from({ length: to - from + 1 }, (_, index) => from + index)
  return `(?:${values.map((value) => (isNumber ? String(value) : escaped(String.fromCharCode(value)))).join('|')})`
}

/** `{a,b}`; braces around one thing are plain characters. */
function readBraces(cursor: Cursor): string | undefined {
  const choices = readList({ cursor, from: cursor.at + 1, separator: ',', end: '}' })
  if (!choices) return undefined
  const all = choices.join('|')
  return choices.length > 1 ? `(?:${all})` : `\\{${all}\\}`
}

/** The expressions between separators, up to the end; the cursor stays where it is when there is no end. */
function readList({
  cursor,
  from,
  separator,
  end
}: {
  readonly cursor: Cursor
  readonly from: number
  readonly separator: string
  readonly end: string
}): readonly string[] | undefined {
  const inner = { text: cursor.text, at: from }
  const found: string[] = []
  for (;;) {
    found.push(readUntil(inner, separator + end))
    const stop = inner.text.charAt(inner.at)
    inner.at += 1
    if (stop === '') return undefined
    if (stop === separator) continue
    cursor.at = inner.at
    return found
  }
}
