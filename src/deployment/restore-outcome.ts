/** A value that this run changed and that cannot be put back. */
export interface Leftover {
  /** Such as `environment variable OPENAI_API_KEY` or `resource_spec.cpu`. */
  readonly name: string
  /** Why not, as the end of a sentence. */
  readonly why: string
}

/** What becomes of the values that this run changed. Values that are as they were before are in none of the lists. */
export interface RestoredValues {
  /** Names of the values that are put back. */
  readonly back: readonly string[]
  readonly leftovers: readonly Leftover[]
  /** Names of the values that somebody else has changed since; they stay as they are. */
  readonly others: readonly string[]
}

/** What becomes of one value; `why`: it stays, and cannot be put back. */
export type ValueOutcome = 'as-before' | 'put-back' | 'changed-by-others' | { readonly why: string }

/** The values by what becomes of them. */
export function byOutcome(values: readonly (readonly [name: string, outcome: ValueOutcome])[]): RestoredValues {
  const namesOf = (wanted: ValueOutcome) => values.flatMap(([name, outcome]) => (outcome === wanted ? [name] : []))
  return {
    back: namesOf('put-back'),
    leftovers: values.flatMap(([name, outcome]) => (typeof outcome === 'object' ? [{ name, why: outcome.why }] : [])),
    others: namesOf('changed-by-others')
  }
}
