/** The words of a text, which stand in several lines. */
export function words(text: string): string[] {
  return text.trim().split(/\s+/)
}

/** Markdown with its character references as the characters that a reader of the page sees. */
export function withoutReferences(markdown: string): string {
  return markdown.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
}
