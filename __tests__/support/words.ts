/** The words of a text, which stand in several lines. */
export function words(text: string): string[] {
  return text.trim().split(/\s+/)
}
