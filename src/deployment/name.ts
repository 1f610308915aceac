/** No limit is known, but a name becomes a part of host names, which holds this much. */
export const LONGEST_NAME = 63

/**
 * Why nothing can be created under a name, as the end of a sentence that quotes it, and the nearest name that can be
 * written instead; nothing when the name is sound.
 */
export function faultOfName(name: string): { readonly fault: string; readonly nearest: string } | undefined {
  const nearest = normaliseName(name).slice(0, LONGEST_NAME).replace(/-+$/, '')
  if (!isValidName(name)) {
    return {
      fault: 'which cannot name a deployment: a name has letters, digits and dashes, and begins with a letter',
      nearest
    }
  }
  if (name.length <= LONGEST_NAME) return undefined
  return { fault: `which has ${name.length} characters: a name has ${LONGEST_NAME} at most`, nearest }
}

/** Whether the API takes this as the name of a new deployment: letters, digits and dashes, a letter first. */
export function isValidName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9-]*$/.test(name)
}

/** Whether a deployment may have this name: some that exist have names under which nothing can be created any more. */
export function isPossibleName(name: string): boolean {
  return /^[\w.-]+$/.test(name)
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
