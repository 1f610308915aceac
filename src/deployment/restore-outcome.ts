/** A value that this run changed and that cannot be restored. */
export interface Leftover {
  /** Such as `environment variable OPENAI_API_KEY` or `resource_spec.cpu`. */
  readonly name: string
  /** The reason, as the end of a sentence. */
  readonly why: string
}

/** Outcomes of the values that this run changed. The lists omit values that already equal the previous ones. */
export interface RestoredValues {
  /** Names of the values that are restored. */
  readonly back: readonly string[]
  readonly leftovers: readonly Leftover[]
  /** Names of the values that a user or another run changed later. They are not restored. */
  readonly others: readonly string[]
}

/** Outcome of one value. `why`: the reason that it cannot be restored. */
export type ValueOutcome = 'as-before' | 'put-back' | 'changed-by-others' | { readonly why: string }

/** Groups values by their outcome. */
export function byOutcome(values: readonly (readonly [name: string, outcome: ValueOutcome])[]): RestoredValues {
  const namesOf = (wanted: ValueOutcome) => values.flatMap(([name, outcome]) => (outcome === wanted ? [name] : []))
  return {
    back: namesOf('put-back'),
    leftovers: values.flatMap(([name, outcome]) => (typeof outcome === 'object' ? [{ name, why: outcome.why }] : [])),
    others: namesOf('changed-by-others')
  }
}
