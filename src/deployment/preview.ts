import { createHash } from 'node:crypto'
import { LONGEST_NAME } from './name.ts'

/** Kubernetes names consist of the deployment's name and a long suffix, and are cut at 63 characters. */
export const LONGEST_SELF_HOSTED_NAME = 21
/** A deleted name stays reserved for up to a week. A pull request is rarely reopened more often than this in a week. */
const MOST_PREVIEW_NAMES = 9
/** Characters that distinguish two long names with the same beginning. */
const DIGEST_LENGTH = 6

/**
 * Returns the possible names of the preview of a pull request, in order of use: `NAME-pr-N`, then `NAME-pr-N-2` to
 * `NAME-pr-N-9`. A long `NAME` is cut and gets a digest, so that the longest of these names fits.
 */
export function previewNames(name: string, pullRequest: number, isSelfHosted: boolean): readonly string[] {
  const longest = isSelfHosted ? LONGEST_SELF_HOSTED_NAME : LONGEST_NAME
  const end = `-pr-${pullRequest}`
  const base = cut(name, longest - end.length - `-${MOST_PREVIEW_NAMES}`.length)
  const names = [`${base}${end}`]
  for (let suffix = 2; suffix <= MOST_PREVIEW_NAMES; suffix += 1) names.push(`${base}${end}-${suffix}`)
  return names
}

/** Returns the number of the pull request whose preview may have this name; `undefined` for any other name. */
export function pullRequestOf(preview: string, name: string, isSelfHosted: boolean): number | undefined {
  const [, digits] = /-pr-([1-9]\d{0,14})(?:-[2-9])?$/.exec(preview) ?? []
  if (digits === undefined) return undefined
  return previewNames(name, Number(digits), isSelfHosted).includes(preview) ? Number(digits) : undefined
}

/** Returns the text that the names of all previews contain. A name may be cut for one number but not for another. */
export function partOfPreviews(name: string, isSelfHosted: boolean): string {
  const [longest = ''] = previewNames(name, Number.MAX_SAFE_INTEGER, isSelfHosted)
  return longest.startsWith(`${name}-pr-`) ? `${name}-pr-` : '-pr-'
}

function cut(name: string, length: number): string {
  if (name.length <= length) return name
  const start = name.slice(0, Math.max(1, length - DIGEST_LENGTH - 1)).replace(/-+$/, '')
  return `${start}-${digest(name)}`
}

/** Returns a digest in digits and letters, which needs fewer characters than hex digits. */
function digest(text: string): string {
  const number = createHash('sha256').update(text).digest().readUIntBE(0, 6)
  return number.toString(36).padStart(DIGEST_LENGTH, '0').slice(-DIGEST_LENGTH)
}
