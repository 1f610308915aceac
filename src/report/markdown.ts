import { plainLines } from '../runner/words.ts'

/**
 * Escapes text from outside as one line of Markdown. Only characters that are active in Markdown or HTML at their
 * position become character references, so that the source stays readable, for example in an e-mail or a quoted
 * comment.
 */
export function markdownText(text: string): string {
  return plainLines(text)
    .join(' ')
    .replace(ACTIVE_CHARACTER, (character) => `&#${character.codePointAt(0)};`)
}

/** In this order: the start of a block; an address; inline markup; invisible characters. */
const ACTIVE_CHARACTER = new RegExp(
  [
    '^[ +=-]',
    '(?<=^\\d{1,9})[.)](?= |$)',
    ':(?! |$)',
    '(?<=www)\\.',
    '(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])',
    '[&<>|\\\\`*[\\]~#@$]',
    '[\\p{C}\\p{Zl}\\p{Zp}]|(?! )\\p{Zs}'
  ].join('|'),
  'giu'
)

/**
 * Converts a sentence of this action to Markdown: text in backticks becomes code, and all other text is escaped. Text
 * from outside in the sentence can change only its own font.
 */
export function markdownProse(text: string, quiet: (text: string) => string = markdownText): string {
  return plainLines(text)
    .join(' ')
    .split(/(`[^`]+`)/)
    .map((part, index) => {
      if (/^`[^`]+`$/.test(part)) return markdownCode(part.slice(1, -1))
      // A space after code cannot begin a block.
      return index > 0 && part.startsWith(' ') ? ` ${quiet(part.slice(1))}` : quiet(part)
    })
    .join('')
}

/**
 * Prevents mentions and references. GitHub searches the rendered text for `@name`, `#1` and `GH-1`, so character
 * references do not help. A zero-width space after the sign does. Code needs none.
 */
export function withoutMentions(markdown: string): string {
  return markdown.replace(/&#(?:64|35);|(?<![a-z0-9])GH-(?=\d)/gi, '$&&#8203;')
}

/** Escapes text from outside, in a fixed-width font. */
export function markdownCode(text: string): string {
  return `<code>${markdownText(text)}</code>`
}

/**
 * Returns the lines as one block that preserves them and that their text cannot close. Only `<`, `>` and `&` are active
 * in it.
 */
export function markdownBlock(lines: readonly string[]): string {
  const escaped = lines.join('\n').replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)
  return `<pre>\n${escaped}\n</pre>`
}

/** A row of a table: a label, and a cell of safe HTML. */
export type Row = readonly [label: string, cell: string | undefined]

/** Returns a table without a header row, which Markdown does not support. Rows without a cell are omitted. */
export function htmlTable(rows: readonly Row[]): string {
  const lines = rows.flatMap(([label, cell]) =>
    cell ? [`<tr><td nowrap><b>${markdownText(label)}</b></td><td>${cell}</td></tr>`] : []
  )
  return lines.length > 0 ? ['<table>', ...lines, '</table>'].join('\n') : ''
}

/**
 * Returns an HTML link to an address that has passed its check.
 *
 * @param quiet escapes the text
 */
export function htmlLink(text: string, url: string, quiet = markdownText): string {
  const address = url.replace(/["'<>&]/g, (character) => `&#${character.charCodeAt(0)};`)
  return `<a href="${address}">${quiet(text)}</a>`
}

/**
 * Returns a Markdown table.
 *
 * @param rows cells in Markdown
 */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
