/** The API documents no limit, but the name becomes a label of a host name, which has at most so many characters. */
export const LONGEST_NAME = 63

/**
 * Why no deployment can be created under a name, as the end of a sentence that quotes the name, and the nearest valid
 * name.
 *
 * @returns `undefined` when the name is valid
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

/** Whether the API accepts this name for a new deployment: letters, digits and dashes, a letter first. */
export function isValidName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9-]*$/.test(name)
}

/** Whether a deployment can have this name: older deployments have names that the API does not accept any more. */
export function isPossibleName(name: string): boolean {
  return /^[\w.-]+$/.test(name)
}

/**
 * The nearest valid name, by the rule of LangSmith's own tools: lower case, one dash for every run of other characters,
 * no dash at the ends. A name that would be empty or begin with a digit gets `app`, because a letter must come first.
 */
export function normaliseName(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  if (name === '') return 'app'
  return /^[a-z]/.test(name) ? name : `app-${name}`
}
