import type { Secret } from '../control-plane/resources.ts'
import { isSpelledName, isVariableName } from '../runner/variable-name.ts'

/** Secret and its location in the input. */
export interface FoundSecret extends Secret {
  /** Location, such as `line 3`. */
  readonly place: string
  /** Number in `place`, by which problems are sorted. */
  readonly at: number
  /** True for a value between `NAME<<END` and `END`, in which every character is intended. */
  readonly isBlock?: boolean
}

/** Problem of a line or a key. The text begins with its location. */
export interface SecretProblem {
  readonly at: number
  readonly text: string
}

/**
 * Result of parsing a text of secrets. Problems are in the order of the lines. They contain lines and names, and quote
 * no other text. A line that could be a piece of a value is not named: a key that was pasted without `NAME<<END`
 * consists of such lines.
 */
export interface ParsedSecrets {
  readonly secrets: readonly FoundSecret[]
  readonly problems: readonly SecretProblem[]
  /** Names marked as optional (`NAME?`) whose value is empty. */
  readonly empty: readonly string[]
  /** True for one JSON object, such as all secrets of a job; the user did not choose each of its names. */
  readonly isWhole: boolean
}

/** GitHub context from which the values of an input usually come. */
export type SecretKind = 'secrets' | 'variables'

/** Line or key without a valid assignment. */
export interface Flaw {
  readonly at: number
  /** Name; `undefined` if the line may be a piece of a value. */
  readonly name: string | undefined
  readonly text: string
}

/** Returns a problem with a text such as `line 3 (OPENAI_API_KEY): the value is empty`. */
export function problemAt(place: string, { at, name, text }: Flaw): SecretProblem {
  return { at, text: `${namedPlace(place, name)}: ${text}` }
}

/** Returns the result for a text that is not a list of variables. */
export function notAList(text: string): ParsedSecrets {
  return { secrets: [], empty: [], isWhole: false, problems: [{ at: 0, text }] }
}

/** Returns the problem of a name. The line is not quoted, because it may be a piece of a secret. */
export function shapeProblem(line: string, name: string): string | undefined {
  if (isVariableName(name)) return undefined
  if (isVariableName(name.trim())) return 'whitespace around the name; use NAME=value without it'
  const dashed = nameWithDashes(name)
  if (dashed) return `invalid name: dashes and periods are not allowed; use ${dashed.meant}`
  if (/^export\s/.test(name)) return 'starts with `export`; use NAME=value'
  if (/^[A-Z][A-Z0-9_]+(\s*[\s,;]\s*[A-Z][A-Z0-9_]+)+,?$/.test(line.trim())) return SEVERAL_NAMES
  return /^\s*--?[A-Za-z]/.test(line) ? COMMAND_OPTION : NOT_A_NAME
}

/**
 * Returns a name in capitals with dashes or periods between its words; `undefined` if it may be a piece of a secret.
 */
export function nameWithDashes(name: string): { readonly written: string; readonly meant: string } | undefined {
  const written = name.trim()
  const meant = written.replace(/[-.]/g, '_')
  return /^[A-Z][A-Z0-9_]*([-.][A-Z0-9_]+)+$/.test(written) && isSpelledName(meant) ? { written, meant } : undefined
}

/** Returns the problem of an empty value. */
export function emptyValue(kind: SecretKind): string {
  const cause = kind === 'variables' ? 'the variable (`vars.NAME`)' : 'the secret'
  return `the value is empty; ${cause} is probably not set`
}

/** Problem of a line that is not an assignment. */
export const NOT_A_NAME =
  'invalid name: expected letters, digits and underscores, not starting with a digit; use NAME=value, or NAME<<EOF for a multiline value'
const COMMAND_OPTION = 'a command-line option; use NAME=value only'
const SEVERAL_NAMES =
  'several names on one line; use one line per name (in YAML, use | after the input name, because > folds lines into one)'

/** Returns a location with the name of its variable, such as `line 3 (OPENAI_API_KEY)`. */
export function namedPlace(place: string, name: string | undefined): string {
  return name === undefined ? place : `${place} (${name})`
}
