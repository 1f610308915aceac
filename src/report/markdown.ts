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

/** The same in a fixed-width font. */
export function markdownCode(text: string): string {
  return `<code>${markdownText(text)}</code>`
}

/** A link whose address has passed its check; the text is escaped here. */
export function markdownLink(text: string, url: string): string {
  return `[${markdownText(text)}](${url.replace(/[()<>\s]/g, percentEncoded)})`
}

/** encodeURIComponent leaves parentheses alone, which end an address in Markdown. */
function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}
