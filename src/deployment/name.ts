/** Whether the API takes this as the name of a new deployment: letters, digits and dashes, a letter first. */
export function isValidName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9-]*$/.test(name)
}

/**
 * The nearest valid name, by the rule that LangSmith's own tools follow: lower case, every run of other characters one
 * dash, none at the ends. What would be empty or begin with a digit gets `app`, for a letter must come first.
 */
export function normaliseName(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  if (name === '') return 'app'
  return /^[a-z]/.test(name) ? name : `app-${name}`
}
