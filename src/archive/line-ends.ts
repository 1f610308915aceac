import { createHash } from 'node:crypto'

const CARRIAGE_RETURN = 0x0d

/** Git looks this far for a NUL to tell a binary file. */
const INSPECTED_BYTES = 8000

/** Whether git takes a file for a binary one, whose line ends it never changes. @param start at least 8,000 bytes, or all */
export function isBinary(start: Buffer): boolean {
  return start.subarray(0, INSPECTED_BYTES).includes(0)
}

/** Turns CR LF into LF in a text that comes in pieces. A CR at the end of a piece waits for the next; `end` gives it. */
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

/** Begins the name that git gives to a content of so many bytes; `like` tells by its length which hash that is. */
export function createObjectName(like: string, bytes: number) {
  return createHash(like.length === 64 ? 'sha256' : 'sha1').update(`blob ${bytes}\0`)
}

/**
 * A text with the line ends that git has in the index: where the checkout turned LF into CR LF, LF. Anything else stays
 * as it is, such as a file that was changed since.
 *
 * @param object the name of the content in the index
 */
export function asInIndex(content: Buffer, object: string): Buffer {
  if (isBinary(content) || !content.includes('\r\n')) return content
  const converted = withLineFeeds(content)
  return createObjectName(object, converted.length).update(converted).digest('hex') === object ? converted : content
}
