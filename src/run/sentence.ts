/** Ends an external text, or a text that ends with one, with exactly one punctuation mark. */
export function sentence(text: string): string {
  const trimmed = text.trimEnd()
  return /[.!?…]["'`]?$/.test(trimmed) ? trimmed : `${trimmed}.`
}

/** Starts one of this action's sentences with a small letter, for use after a colon. Names keep their first letter. */
export function midSentence(text: string): string {
  return /^(?:The|This|A|An|No|Pull|Deployment|Revision) /.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text
}

/** Removes the final period of an external text, for use inside a sentence, such as in parentheses. */
export function clause(text: string): string {
  return text.trimEnd().replace(/\.$/, '')
}
