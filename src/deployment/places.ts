/** An address, a path, an image reference or a host name, in quotes or not; `error-agent` in one says nothing of an error. */
const PLACE =
  /^\W*(?:[A-Za-z][\w+.-]*:\/\/\S+|[\w.@~-]*(?::\d+)?\/[\w.@:/~-]+|[a-z0-9-]+(?:\.[a-z0-9-]+)+\.[a-z]{2,})\W*$/
/** No place has a longer name; a line of the log can have millions of characters without a space. */
const LONGEST_PLACE = 500

/** The words of a text that are no names of places: only these tell what happened. */
export function withoutPlaces(text: string): string {
  return text
    .split(/\s+/)
    .filter((word) => word.length > LONGEST_PLACE || !PLACE.test(word))
    .join(' ')
}
