const HOST =
  '(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?'
const PART = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*'
const TAG = '\\w[\\w.-]{0,127}'
const DIGEST = '(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})'
const REFERENCE = new RegExp(`^((?:${HOST}/)?${PART}(?:/${PART})*)(?::${TAG})?(?:@${DIGEST})?$`)
const LONGEST_NAME = 255

/**
 * Returns the reason that a cluster cannot pull an image of this name, in a cluster's words; `undefined` for a valid
 * reference.
 */
export function imageFault(uri: string): string | undefined {
  const [, name = ''] = uri.length > 1000 ? [] : (REFERENCE.exec(uri) ?? [])
  if (name !== '' && name.length <= LONGEST_NAME) return undefined
  return `InvalidImageName: couldn't parse image reference "${uri.slice(0, 300)}": invalid reference format`
}
