import { plainLines } from '../runner/words.ts'

/**
 * Text from outside as one line of Markdown. A character that could mean something where it is to Markdown or HTML becomes a
 * character reference; all other characters stay, so that a reader of the source (an e-mail, a quoted comment) can read it.
 */
export function markdownText(text: string): string {
  return plainLines(text)
    .join(' ')
    .replace(ACTIVE_CHARACTER, (character) => `&#${character.codePointAt(0)};`)
}

/** In their order: a start that makes a block; an address; what marks up anywhere; what cannot be seen. */
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
 * A sentence of this action as Markdown: text between backticks becomes code, everything else is escaped. Text from outside
 * that is part of the sentence can therefore change the font of its own words and nothing else.
 */
export function markdownProse(text: string, quiet: (text: string) => string = markdownText): string {
  return plainLines(text)
    .join(' ')
    .split(/(`[^`]+`)/)
    .map((part, index) => {
      if (/^`[^`]+`$/.test(part)) return markdownCode(part.slice(1, -1))
      // Behind code a space cannot begin a block.
      return index > 0 && part.startsWith(' ') ? ` ${quiet(part.slice(1))}` : quiet(part)
    })
    .join('')
}

/**
 * Markdown in which GitHub notifies nobody and links no issue: it searches the rendered text for `@name`, `#1` and `GH-1`,
 * where a character reference does not help. A zero-width space behind the sign does; code needs none.
 */
export function withoutMentions(markdown: string): string {
  return markdown.replace(/&#(?:64|35);|(?<![a-z0-9])GH-(?=\d)/gi, '$&&#8203;')
}

/** The same in a fixed-width font. */
export function markdownCode(text: string): string {
  return `<code>${markdownText(text)}</code>`
}

/** Lines in one block that keeps them as they are and that nothing in them can leave: only `<`, `>` and `&` are active there. */
export function markdownBlock(lines: readonly string[]): string {
  const escaped = lines.join('\n').replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)
  return `<pre>\n${escaped}\n</pre>`
}

/** A row of a table: what it is about, and HTML that is safe already. */
export type Row = readonly [label: string, cell: string | undefined]

/** A table without a heading, which Markdown's own cannot be; rows without a cell are left out. */
export function htmlTable(rows: readonly Row[]): string {
  const lines = rows.flatMap(([label, cell]) =>
    cell ? [`<tr><td nowrap><b>${markdownText(label)}</b></td><td>${cell}</td></tr>`] : []
  )
  return lines.length > 0 ? ['<table>', ...lines, '</table>'].join('\n') : ''
}

/** A link inside of HTML, whose address has passed its check. @param quiet makes the text one that can only be read */
export function htmlLink(text: string, url: string, quiet = markdownText): string {
  const address = url.replace(/["'<>&]/g, (character) => `&#${character.charCodeAt(0)};`)
  return `<a href="${address}">${quiet(text)}</a>`
}

/** A table of Markdown. @param rows cells that hold Markdown already */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
