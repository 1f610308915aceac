import { createHash } from 'node:crypto'
import { LONGEST_NAME } from './name.ts'

/** Kubernetes names are made from the deployment's, with a suffix, and are cut at 63 characters. */
export const LONGEST_SELF_HOSTED_NAME = 21
/** A name stays reserved after a delete, for up to a week; a pull request is not re-opened more often than this. */
const MOST_PREVIEW_NAMES = 9
/** Characters that keep two long names apart whose beginnings are the same. */
const DIGEST_LENGTH = 6

/**
 * The names that the preview of one pull request may bear, in the order in which they are taken: `NAME-pr-N`, then
 * `NAME-pr-N-2` to `NAME-pr-N-9`. A long `NAME` is cut, and gets a digest, so that even the longest of them fits.
 */
export function previewNames(name: string, pullRequest: number, isSelfHosted: boolean): readonly string[] {
  const longest = isSelfHosted ? LONGEST_SELF_HOSTED_NAME : LONGEST_NAME
  const end = `-pr-${pullRequest}`
  const base = cut(name, longest - end.length - `-${MOST_PREVIEW_NAMES}`.length)
  const names = [`${base}${end}`]
  for (let suffix = 2; suffix <= MOST_PREVIEW_NAMES; suffix += 1) names.push(`${base}${end}-${suffix}`)
  return names
}

function cut(name: string, length: number): string {
  if (name.length <= length) return name
  const start = name.slice(0, Math.max(1, length - DIGEST_LENGTH - 1)).replace(/-+$/, '')
  return `${start}-${digest(name)}`
}

/** In digits and letters, of which few say more than of hex digits. */
function digest(text: string): string {
  const number = createHash('sha256').update(text).digest().readUIntBE(0, 6)
  return number.toString(36).padStart(DIGEST_LENGTH, '0').slice(-DIGEST_LENGTH)
}
