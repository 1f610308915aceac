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
  return partsOf(value).filter((part) => isMaskable(part) && !publicTexts.some((text) => text.includes(part)))
}

/** A value line by line, and the long leaves of one that is JSON. */
function partsOf(value: string): readonly string[] {
  const lines = value.split(/\r\n|\r|\n/)
  return [...new Set([...lines, ...lines.map((line) => line.trim()), ...jsonLeaves(value)])]
}

/**
 * Replaces secret values in words from outside, also those that go where no runner masks them, such as a comment: whole,
 * in parts, and in the forms in which a log or an error may quote them. Masked texts go wherever they stand; what is too short to be masked
 * goes where it stands as a word of its own.
 */
export function redact(text: string, values: readonly string[]): string {
  const parts = values.flatMap((value) => [value, ...partsOf(value)])
  const pieces = new Set([...parts, ...parts.filter(isMaskable).flatMap(encodedForms)].filter((piece) => piece !== ''))
  let result = text
  for (const piece of [...pieces].sort((a, b) => b.length - a.length)) {
    const literal = piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const pattern = isMaskable(piece) ? literal : `(?<![A-Za-z0-9_])${literal}(?![A-Za-z0-9_])`
    result = result.replace(new RegExp(pattern, 'g'), '***')
  }
  return result
}

/** A text as JSON, a URL and Base64 hold it. */
function encodedForms(text: string): readonly string[] {
  return [
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text.toWellFormed()),
    Buffer.from(text).toString('base64').replace(/=+$/, '')
  ]
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
