/** One character of a pattern, or a star: `segment` is any text without a slash, `rest` is any text. */
export interface Token {
  readonly kind: 'text' | 'segment' | 'rest'
  readonly text: string
}

/**
 * Tells if a text matches a pattern. Compares each character once with each token, so that many stars do not make it
 * slow, as they would a regular expression.
 */
export function fits(tokens: readonly Token[], text: string): boolean {
  let places = withoutStars(tokens, new Set([0]))
  for (const sign of text.split('')) {
    const next = new Set<number>()
    for (const place of places) {
      const token = tokens[place]
      if (!token) continue
      if (token.kind !== 'text') {
        if (token.kind === 'rest' || sign !== '/') next.add(place)
      } else if (token.text === sign) next.add(place + 1)
    }
    if (next.size === 0) return false
    places = withoutStars(tokens, next)
  }
  return places.has(tokens.length)
}

/** The same positions, and those after stars that match nothing. */
function withoutStars(tokens: readonly Token[], places: Set<number>): Set<number> {
  // Iteration over a set includes entries that are added during it.
  for (const place of places) if ((tokens[place]?.kind ?? 'text') !== 'text') places.add(place + 1)
  return places
}
