import { stripVTControlCharacters } from 'node:util'

/*
 * Words from outside (names, error bodies, logs) are data. These functions keep them from being read as anything else:
 * by the runner, which takes `::name::` at the start of a line and `##[name]` for commands, and by the terminal.
 */

/** The lines of a text, none of which the runner or a terminal would act on. */
export function plainLines(text: string): readonly string[] {
  return withoutEscapes(text)
    .split(/\r\n|\r|\n/)
    .map(withoutCommand)
}

/** The same as one text with `\n` between its lines. */
export function plain(text: string): string {
  return plainLines(text).join('\n')
}

function withoutCommand(line: string): string {
  return line.replaceAll('##[', '## [').replace(/^(\s*):(?=:)/, '$1: ')
}

/** A text without terminal escapes and control characters, but for tabs and line ends. */
export function withoutEscapes(text: string): string {
  // What is left of control characters after the escapes; tab and the line ends stay.
  return stripVTControlCharacters(text).replace(/[^\P{Cc}\t\r\n]/gu, '')
}

/** The beginning of a text in at most so many bytes of UTF-8, with no character cut in two. */
export function firstBytes(text: string, bytes: number): string {
  const encoded = Buffer.from(text)
  if (encoded.length <= bytes) return text
  let end = Math.max(0, bytes - Buffer.byteLength(' …'))
  while (end > 0 && ((encoded[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return `${encoded.subarray(0, end).toString('utf8')} …`
}

/** The end of a text in at most so many bytes of UTF-8, with no character cut in two. */
export function lastBytes(text: string, bytes: number): string {
  const encoded = Buffer.from(text)
  if (encoded.length <= bytes) return text
  let start = encoded.length - bytes + Buffer.byteLength('… ')
  // Bytes that begin with 10 go on with a character.
  while (start < encoded.length && ((encoded[start] ?? 0) & 0xc0) === 0x80) start += 1
  return `… ${encoded.subarray(start).toString('utf8')}`
}
