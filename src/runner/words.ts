import { stripVTControlCharacters } from 'node:util'

/*
 * Outside text (names, error bodies, logs) is data. These functions prevent the runner and the terminal from executing
 * it: the runner reads `::name::` at the start of a line and `##[name]` as commands.
 */

/** Returns the lines of a text, without anything that the runner or a terminal would execute. */
export function plainLines(text: string): readonly string[] {
  return withoutEscapes(text)
    .split(/\r\n|\r|\n/)
    .map(withoutCommand)
}

/** Returns the same as one text, with `\n` between the lines. */
export function plain(text: string): string {
  return plainLines(text).join('\n')
}

function withoutCommand(line: string): string {
  return line.replaceAll('##[', '## [').replace(/^(\s*):(?=:)/, '$1: ')
}

/**
 * Returns a text without terminal escapes, control characters, and the characters that change the direction of the text
 * after them, which can make a line read differently from what it contains. Tabs and line ends stay.
 */
export function withoutEscapes(text: string): string {
  return stripVTControlCharacters(text).replace(/[^\P{Cc}\t\r\n]|\p{Bidi_Control}/gu, '')
}

/** Returns the start of a text, in at most the given number of bytes of UTF-8, without a split character. */
export function firstBytes(text: string, bytes: number): string {
  const encoded = Buffer.from(text)
  if (encoded.length <= bytes) return text
  let end = Math.max(0, bytes - Buffer.byteLength(' …'))
  while (end > 0 && ((encoded[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return `${encoded.subarray(0, end).toString('utf8')} …`
}

/** Returns the end of a text, in at most the given number of bytes of UTF-8, without a split character. */
export function lastBytes(text: string, bytes: number): string {
  const encoded = Buffer.from(text)
  if (encoded.length <= bytes) return text
  let start = encoded.length - bytes + Buffer.byteLength('… ')
  // A byte that starts with the bits 10 continues a character.
  while (start < encoded.length && ((encoded[start] ?? 0) & 0xc0) === 0x80) start += 1
  return `… ${encoded.subarray(start).toString('utf8')}`
}

/**
 * Returns the lines that fit into a number of bytes.
 *
 * @param keeps the end of the lines that is kept; the last one by default
 */
export function shortenedLines(
  lines: readonly string[],
  bytes: number,
  keeps: 'first' | 'last' | undefined
): readonly string[] {
  return (keeps === 'first' ? firstBytes : lastBytes)(lines.join('\n'), bytes).split('\n')
}

/**
 * Lists names, and the number of omitted ones out of `count`. An annotation holds 4,096 characters, and the list must
 * leave space for the rest of the message.
 */
export function listed(names: readonly string[], count = names.length): string {
  const more = count - MOST_LISTED_NAMES
  return [...withGroupedVariables(names.slice(0, MOST_LISTED_NAMES)), ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

/** Puts several environment variables after the other names, with one label. */
function withGroupedVariables(names: readonly string[]): readonly string[] {
  const variables = names.filter((name) => name.startsWith(VARIABLE))
  if (variables.length < 2) return names
  const bare = variables.map((name) => name.slice(VARIABLE.length)).join(', ')
  return [...names.filter((name) => !name.startsWith(VARIABLE)), `environment variables ${bare}`]
}

const VARIABLE = 'environment variable '

const MOST_LISTED_NAMES = 40
