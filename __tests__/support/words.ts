/** Splits a text of one or more lines into words. */
export function words(text: string): string[] {
  return text.trim().split(/\s+/)
}

/** Replaces the character references in Markdown with the characters that a reader sees. */
export function withoutReferences(markdown: string): string {
  return markdown.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
}
