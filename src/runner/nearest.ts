/** Returns the name that a misspelled name probably means. Case and separators are ignored. */
export function nearestOf(written: string, names: readonly string[]): string | undefined {
  const wanted = simplified(written)
  const near = names
    .map((name) => ({ name, distance: distanceBetween(simplified(name), wanted) }))
    .filter(({ name, distance }) => distance <= Math.min(2, Math.floor(name.length / 3)))
    .toSorted((left, right) => left.distance - right.distance)
  return near[0]?.name
}

/** Returns a text in lower case without separators. */
export function simplified(text: string): string {
  return text.toLowerCase().replace(/[\s_-]+/g, '')
}

/**
 * Returns the number of letters to add, remove, replace, or swap with the next letter, to turn one word into the other.
 */
function distanceBetween(left: string, right: string): number {
  if (Math.abs(left.length - right.length) > 2) return Number.POSITIVE_INFINITY
  let before: number[] = []
  let last = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row += 1) {
    const next = [row]
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1]
      const isSwapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      const ways = [
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped && row > 1 && column > 1 ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY
      ]
      next.push(Math.min(...ways))
    }
    before = last
    last = next
  }
  return last.at(-1) ?? 0
}
