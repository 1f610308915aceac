import { createHash } from 'node:crypto'

const CARRIAGE_RETURN = 0x0d

/** Number of bytes in which git searches for a NUL to detect a binary file. */
const INSPECTED_BYTES = 8000

/**
 * True if git treats a file as binary and therefore never changes its line endings.
 *
 * @param start the first 8,000 bytes or more, or the whole file
 */
export function isBinary(start: Buffer): boolean {
  return start.subarray(0, INSPECTED_BYTES).includes(0)
}

/**
 * Returns a converter from CR LF to LF for a text that arrives in pieces. It holds back a CR at the end of a piece
 * until the next piece; `end` returns the one after the last piece.
 */
export function createConverter(): { convert(piece: Buffer): Buffer; end(): Buffer } {
  let waiting = false
  return {
    convert: (piece) => {
      if (piece.length === 0) return piece
      const whole = waiting ? Buffer.concat([Buffer.from('\r'), piece]) : piece
      waiting = whole.at(-1) === CARRIAGE_RETURN
      return withLineFeeds(waiting ? whole.subarray(0, -1) : whole)
    },
    end: () => Buffer.from(waiting ? '\r' : '')
  }
}

function withLineFeeds(text: Buffer): Buffer {
  if (!text.includes('\r\n')) return text
  const converted = Buffer.allocUnsafe(text.length)
  let length = 0
  let from = 0
  for (let at = text.indexOf('\r\n'); at >= 0; at = text.indexOf('\r\n', from)) {
    length += text.copy(converted, length, from, at)
    from = at + 1
  }
  length += text.copy(converted, length, from)
  return converted.subarray(0, length)
}

/**
 * Starts the hash that gives git's object name of a content.
 *
 * @param like an object name of the repository, whose length selects SHA-1 or SHA-256
 * @param bytes length of the content
 */
export function createObjectName(like: string, bytes: number) {
  return createHash(like.length === 64 ? 'sha256' : 'sha1').update(`blob ${bytes}\0`)
}

/**
 * Returns a text with the line endings of git's index: LF if the checkout converted LF to CR LF. Any other content is
 * returned unchanged, such as that of a file that was changed after the checkout.
 *
 * @param object object name of the content in the index
 */
export function asInIndex(content: Buffer, object: string): Buffer {
  if (isBinary(content) || !content.includes('\r\n')) return content
  const converted = withLineFeeds(content)
  return createObjectName(object, converted.length).update(converted).digest('hex') === object ? converted : content
}
