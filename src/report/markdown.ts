import { plainLines } from '../runner/words.ts'

/**
 * A text from outside as one line of Markdown. Every character that could mean something to Markdown, HTML or Mermaid
 * becomes a character reference, which none of them reads as more than the character. A dash inside a word and the full
 * stop of a sentence have no meaning and stay, for whoever reads the source; blanks at the start could mean code.
 */
export function markdownText(text: string): string {
  return plainLines(text)
    .join(' ')
    .replace(
      /^ |(?!(?<=[A-Za-z0-9])-(?=[A-Za-z0-9])|(?<=[A-Za-z)])\.(?= |$))[^\p{L}\p{N} ,;]/gu,
      (character) => `&#${character.codePointAt(0)};`
    )
}

/**
 * Markdown in which GitHub calls nobody and refers to nothing: it looks for `@name`, `#1` and `GH-1` in what is shown,
 * where a character reference helps no more. A space of no width behind the sign does; code needs none.
 */
export function withoutMentions(markdown: string): string {
  return markdown.replace(/&#(?:64|35);|\bGH-(?=\d)/gi, '$&&#8203;')
}

/** The same in a fixed-width font. */
export function markdownCode(text: string): string {
  return `<code>${markdownText(text)}</code>`
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
