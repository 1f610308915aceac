/** Search for many texts in one pass. */
interface TextSearch {
  /** Adds a text. `asWord`: the text counts only without an adjacent letter, digit or `_`. */
  add(text: string, how: { readonly asWord: boolean }): void
  /** Replaces every added text by `***`. Overlapping or adjacent matches become one. */
  replaceIn(text: string): string
}

interface Piece {
  readonly text: string
  readonly asWord: boolean
}

const KEY_LENGTH = 4

/**
 * Creates a text search. At each position, it finds the pieces that begin with the next four characters, and the
 * shorter pieces that begin with the next one. The cost of a line does not grow with the number of pieces, and no
 * pattern is compiled, because an environment with certificates has thousands of pieces.
 */
export function createTextSearch(): TextSearch {
  const known = new Map<string, boolean>()
  const index = new Map<string, Piece[]>()
  return {
    add: (text, { asWord }) => {
      if (text === '' || known.get(text) === false || known.get(text) === asWord) return
      known.set(text, asWord)
      const key = text.slice(0, text.length >= KEY_LENGTH ? KEY_LENGTH : 1)
      const pieces = (index.get(key) ?? []).filter((piece) => piece.text !== text)
      // The longest matching piece determines the length of the match.
      index.set(
        key,
        [...pieces, { text, asWord }].sort((a, b) => b.text.length - a.text.length)
      )
    },
    replaceIn: (text) =>
      known.size === 0
        ? text
        : replaceMatches(text, (at) =>
            Math.max(
              lengthOf(index.get(text.slice(at, at + KEY_LENGTH)), text, at),
              lengthOf(index.get(text.charAt(at)), text, at)
            )
          )
  }
}

/**
 * Replaces every match by `***`.
 *
 * @param lengthAt returns the length of the longest match at a position, or 0
 */
function replaceMatches(text: string, lengthAt: (at: number) => number): string {
  let result = ''
  let copied = 0
  let from = -1
  let to = -1
  const flush = () => {
    if (from < 0) return
    result += `${text.slice(copied, from)}***`
    copied = to
  }
  for (let at = 0; at < text.length; at += 1) {
    const length = lengthAt(at)
    if (length === 0) continue
    if (from < 0 || at > to) {
      flush()
      from = at
    }
    to = Math.max(to, at + length)
  }
  flush()
  return result + text.slice(copied)
}

function lengthOf(pieces: readonly Piece[] | undefined, text: string, at: number): number {
  const found = pieces?.find(
    (piece) => text.startsWith(piece.text, at) && (!piece.asWord || isWordAt(text, at, piece.text.length))
  )
  return found?.text.length ?? 0
}

function isWordAt(text: string, at: number, length: number): boolean {
  return !isWordCharacter(text.charCodeAt(at - 1)) && !isWordCharacter(text.charCodeAt(at + length))
}

/** Tells if a character is a letter, a digit or `_`. NaN, before the start and after the end of a text, is not. */
function isWordCharacter(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122)
}
