import { hasKnownPrefix, isOrdinary, isSecretShaped } from './secret-shape.ts'

/*
 * The forms of a secret: those in which others print it, and those that the runner strikes out for one mask.
 */

/** When a text can be compared with our outputs: it cannot be part of one, of one about the deployment, or of any. */
export type Comparable = 'now' | 'with-deployment' | 'at-end'

/**
 * From when on it is sure that a text is part of no output. IDs, commits, statuses and addresses come late; whoever
 * masks one before loses the output, for the runner drops those that hold a masked text.
 */
export function comparable(text: string): Comparable {
  const forms = maskedForms(text).map(comparableForm)
  return forms.find((when) => when === 'at-end') ?? forms.find((when) => when === 'with-deployment') ?? 'now'
}

/** What the runner strikes for one mask: the text, the text without the quotes around it, and what follows its last `&`. */
function maskedForms(text: string): readonly string[] {
  const bare = text.trim()
  const last = bare.slice(bare.lastIndexOf('&') + 1)
  return [bare, unquoted(bare).trim(), ...(last.length >= SHORTEST_SECTION ? [last] : [])]
}

/** The runner masks no shorter section of a text. */
const SHORTEST_SECTION = 6

/** A text without the quotes around it, as a log may show it and the runner masks it. */
export function unquoted(text: string): string {
  return /^\s*(["']).*\1\s*$/s.test(text) && text.trim().length > 1 ? text.trim().slice(1, -1) : text
}

function comparableForm(bare: string): Comparable {
  if (!/^[\w.:@/~%?&=#+,;!$*()[\]-]+$/.test(bare)) return 'now'
  if (isOrdinary(bare) || /^[A-Z_]+$/.test(bare) || isPieceOfId(bare)) return 'at-end'
  const segments = bare.split(/[/.:@?&=#]+/)
  const isSecret = (segment: string) => isSecretShaped(segment) && !isPieceOfId(segment) && !isLabel(segment)
  if (segments.length > 1 || isLabel(bare)) return hasKnownPrefix(bare) || segments.some(isSecret) ? 'now' : 'at-end'
  return isSecretShaped(bare) ? 'now' : 'with-deployment'
}

/** UUIDs, commits, and the random endings of host names; short ones too. */
function isPieceOfId(text: string): boolean {
  return (
    /^[0-9a-f]{1,32}$|^[0-9a-f]{40}$/i.test(text) || (/^[0-9a-f]*(-[0-9a-f]*){1,4}$/i.test(text) && text.length <= 36)
  )
}

/** A piece of a host name, such as a name with a random ending. */
function isLabel(text: string): boolean {
  return /^[a-z0-9]*(-[a-z0-9]*)+$/.test(text)
}

/** A text as JSON, the `repr` of Python, a URL and Base64 hold it. */
export function encodedForms(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1)
  // Python, like the inspection of Node, escapes a quote only where the text holds both kinds.
  const repr = json.replaceAll('\\"', '"')
  return [
    json,
    repr,
    repr.replaceAll("'", "\\'"),
    encodeURIComponent(text.toWellFormed()),
    Buffer.from(text).toString('base64').replace(/=+$/, '')
  ]
}
