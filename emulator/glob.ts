/** One character of a pattern, or a star: `segment` is any text without a slash, `rest` is any text. */
export interface Token {
  readonly kind: 'text' | 'segment' | 'rest'
  readonly text: string
}

/**
 * Whether a text fits a pattern. Each character of the text is compared once with each token, so that no number of stars
 * makes this slow, as it would a regular expression.
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

/** The same places, and those behind stars that stand for nothing. */
function withoutStars(tokens: readonly Token[], places: Set<number>): Set<number> {
  // A set goes on with what is added meanwhile.
  for (const place of places) if ((tokens[place]?.kind ?? 'text') !== 'text') places.add(place + 1)
  return places
}
