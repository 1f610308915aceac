/** Ends an external text, or a text that ends with one, with exactly one punctuation mark. */
export function sentence(text: string): string {
  const trimmed = text.trimEnd()
  return /[.!?…]["'`]?$/.test(trimmed) ? trimmed : `${trimmed}.`
}

/** Removes the final period of an external text, for use inside a sentence, such as in parentheses. */
export function clause(text: string): string {
  return text.trimEnd().replace(/\.$/, '')
}
