import type { Choices } from './table.ts'

/**
 * The choice that was probably meant by what is written: spelled in another way, by another tool's word, or with a typo.
 * Words are compared without case and separators.
 *
 * @returns nothing if none is near
 */
export function probablyMeant(written: string, choices: Choices): string | undefined {
  const wanted = simplified(written)
  const names = Object.keys(choices)
  const same = names.find((choice) => simplified(choice) === wanted)
  if (same) return same
  const synonyms = Object.entries(choices)
  const [synonym] = synonyms.find(([, words]) => words.split(' ').some((word) => simplified(word) === wanted)) ?? []
  if (synonym) return synonym
  const near = names
    .map((choice) => ({ choice, distance: distanceBetween(simplified(choice), wanted) }))
    .filter(({ choice, distance }) => distance <= Math.min(2, Math.floor(choice.length / 3)))
    .toSorted((left, right) => left.distance - right.distance)
  return near[0]?.choice
}

/** The boolean that a word stands for in YAML 1.1 and in speech. */
export function probableFlag(written: string): 'true' | 'false' | undefined {
  const word = written.toLowerCase().replace(/^["']|["']$/g, '')
  if (/^(true|yes|y|on|1|t|enabled?|always)$/.test(word)) return 'true'
  return /^(false|no|n|off|0|f|disabled?|never|none|null)$/.test(word) ? 'false' : undefined
}

function simplified(text: string): string {
  return text.toLowerCase().replace(/[\s_-]+/g, '')
}

/** Letters to add, remove, change, or exchange with the next one, to make one word of the other. */
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
