/** Maximum length of a label of a host name, because the name becomes one. The API documents no limit. */
export const LONGEST_NAME = 63

/**
 * Explains why no deployment can be created with a name, and finds the nearest valid name.
 *
 * @returns `fault`: a clause that follows the quoted name; `undefined` when the name is valid
 */
export function faultOfName(name: string): { readonly fault: string; readonly nearest: string } | undefined {
  const nearest = normaliseName(name).slice(0, LONGEST_NAME).replace(/-+$/, '')
  if (!isValidName(name)) {
    return {
      fault: 'which is not a valid deployment name: use letters, digits and dashes, starting with a letter',
      nearest
    }
  }
  if (name.length <= LONGEST_NAME) return undefined
  return {
    fault: `which is too long: a deployment name has at most ${LONGEST_NAME} characters, and this one has ${name.length}`,
    nearest
  }
}

/** True if the API accepts this name for a new deployment: letters, digits and dashes, starting with a letter. */
export function isValidName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9-]*$/.test(name)
}

/** True if a deployment can have this name. Older deployments have names that the API no longer accepts. */
export function isPossibleName(name: string): boolean {
  return /^[\w.-]+$/.test(name)
}

/**
 * Returns the nearest valid name by the rule of LangSmith's own tools: lowercase, one dash for each run of other
 * characters, no dash at the ends. A name that would be empty or start with a digit gets `app`, because it must start
 * with a letter.
 */
export function normaliseName(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  if (name === '') return 'app'
  return /^[a-z]/.test(name) ? name : `app-${name}`
}
