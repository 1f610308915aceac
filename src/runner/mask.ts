/** Shorter texts are not masked: every "a" of the log would turn into asterisks, and tell that there is an "a". */
const SHORTEST_MASK = 6
/** Leaves of JSON values are masked from here on; shorter ones are words like "us-east-1". */
const SHORTEST_JSON_LEAF = 16
const BOOLEAN_LIKE = /^(true|false|yes|no|on|off|null|none|enabled|disabled)$/i

/**
 * The texts to mask for one secret value: each of its lines, and the long leaves when it is JSON. Never a text with a
 * line break: the runner would mask each of its lines, short ones too, and then drop every output that holds one.
 *
 * @param publicTexts what the outputs hold: the runner drops an output that contains a masked text, so a value that is
 *   part of one (a name, a host) is left alone. It is not printed as a secret either.
 */
export function masksFor(value: string, publicTexts: readonly string[]): readonly string[] {
  const lines = value.split(/\r\n|\r|\n/)
  const parts = [...lines, ...lines.map((line) => line.trim()), ...jsonLeaves(value)]
  return [...new Set(parts)].filter((part) => isMaskable(part) && !publicTexts.some((text) => text.includes(part)))
}

/**
 * Replaces secret values in words from outside. Masked texts go wherever they stand; what is too short to be masked
 * goes where it stands as a word of its own.
 */
export function redact(text: string, values: readonly string[]): string {
  const pieces = new Set(
    values.flatMap((value) => [value, ...value.split(/\r\n|\r|\n/)]).filter((piece) => piece !== '')
  )
  let result = text
  for (const piece of [...pieces].sort((a, b) => b.length - a.length)) {
    const literal = piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const pattern = isMaskable(piece) ? literal : `(?<![A-Za-z0-9_])${literal}(?![A-Za-z0-9_])`
    result = result.replace(new RegExp(pattern, 'g'), '***')
  }
  return result
}

function isMaskable(text: string): boolean {
  return text.trim().length >= SHORTEST_MASK && !BOOLEAN_LIKE.test(text.trim()) && !/^\d{1,6}$/.test(text.trim())
}

function jsonLeaves(value: string): readonly string[] {
  if (!/^\s*[[{]/.test(value)) return []
  try {
    return leaves(JSON.parse(value)).filter((leaf) => leaf.length >= SHORTEST_JSON_LEAF)
  } catch {
    return []
  }
}

function leaves(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.split(/\r\n|\r|\n/)
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leaves)
  return []
}
