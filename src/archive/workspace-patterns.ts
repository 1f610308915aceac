/**
 * True if the patterns of a workspace file include a folder. A pattern that begins with `!` excludes it. The syntax is
 * that of glob: `*`, `**`, `?`, `[ab]`, `{a,b}`, `{1..3}`, `@(a|b)` and its variants. Wildcards do not match a leading
 * dot.
 *
 * @param path of the folder, relative to the folder of the file, with forward slashes
 * @param given.isOrdered true if the last match decides, as for npm and Yarn; for pnpm, an exclusion always decides
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

/** Separates the leading `!` from a pattern. Two of them cancel each other out; `!(…)` is a wildcard. */
function readPattern(pattern: string): { readonly body: string; readonly isExclusion: boolean } {
  const [marks = ''] = /^!*(?!\()/.exec(pattern) ?? []
  const body = pattern.slice(marks.length)
  return { body: body.replace(/^(\.?\/+)+/, '').replace(/\/+$/, ''), isExclusion: marks.length % 2 === 1 }
}

function matches(pattern: string, path: string): boolean {
  try {
    return new RegExp(`^${readAll(pattern)}$`).test(path)
  } catch {
    // The pattern is invalid, such as a set with a reversed range.
    return false
  }
}

/** A pattern and the current position in it. */
interface Cursor {
  readonly text: string
  at: number
}

const ANY_NAME = '(?!\\.)[^/]+'

function readAll(text: string): string {
  return readUntil({ text, at: 0 }, '')
}

/** Converts the pattern up to one of the characters, or up to its end, to a regular expression. */
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

/**
 * Converts `@(a|b)`, which matches one of the choices; `?(…)` matches at most one, `+(…)` and `*(…)` several, and
 * `!(…)` none. Returns undefined if the closing parenthesis is missing.
 */
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

/** Maximum number of names that a range can match. */
const LONGEST_RANGE = 1000

/** Converts a range, such as `{1..3}` or `{a..c}`. */
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

/** Converts a list, such as `{a,b}`. Braces around a single item are plain characters. */
function readBraces(cursor: Cursor): string | undefined {
  const choices = readList({ cursor, from: cursor.at + 1, separator: ',', end: '}' })
  if (!choices) return undefined
  const all = choices.join('|')
  return choices.length > 1 ? `(?:${all})` : `\\{${all}\\}`
}

/**
 * Converts the items between separators, up to the end. If the end is missing, returns undefined and does not move the
 * cursor.
 */
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
