/** A text from outside, or one that ends with such a text, as a sentence: with one full stop and no second one. */
export function sentence(text: string): string {
  const said = text.trimEnd()
  return /[.!?…]["'`]?$/.test(said) ? said : `${said}.`
}

/** A text from outside as a part of a sentence that goes on behind it, such as one in parentheses. */
export function clause(text: string): string {
  return text.trimEnd().replace(/\.$/, '')
}
