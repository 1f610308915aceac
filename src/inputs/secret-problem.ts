import type { Secret } from '../control-plane/resources.ts'
import { isSpelledName, isVariableName } from '../runner/variable-name.ts'

/** A secret and where it was given. */
export interface FoundSecret extends Secret {
  /** Such as `line 3`. */
  readonly place: string
  /** The number in `place`, which puts problems in order. */
  readonly at: number
  /** Whether it was written between `NAME<<END` and `END`: then every character of the value is meant. */
  readonly isBlock?: boolean
}

/** What is wrong with a line or a key. The text begins with its place. */
export interface SecretProblem {
  readonly at: number
  readonly text: string
}

/**
 * The outcome of reading a text of secrets. Problems are in the order of the lines. They name lines and variables, and
 * quote nothing else of the text. A line that could be a piece of a value is not named: a key that was pasted without
 * `NAME<<END` around it splits into such lines.
 */
export interface ParsedSecrets {
  readonly secrets: readonly FoundSecret[]
  readonly problems: readonly SecretProblem[]
  /** Names that may be empty (`NAME?`), and are. */
  readonly empty: readonly string[]
  /** Whether the text was one JSON object, such as all secrets of a job; the user did not choose each of its names. */
  readonly isWhole: boolean
}

/** From which GitHub context the values of an input nearly always come. */
export type SecretKind = 'secrets' | 'variables'

/** A line or a key without a valid assignment. */
export interface Flaw {
  readonly at: number
  /** `undefined` when the line may be a piece of a value. */
  readonly name: string | undefined
  readonly text: string
}

/** The text of a problem, such as `line 3 (OPENAI_API_KEY): the value is empty`. */
export function problemAt(place: string, { at, name, text }: Flaw): SecretProblem {
  return { at, text: `${namedPlace(place, name)}: ${text}` }
}

/** The outcome for a text that is not a list of variables at all. */
export function notAList(text: string): ParsedSecrets {
  return { secrets: [], empty: [], isWhole: false, problems: [{ at: 0, text }] }
}

/** What is wrong with a name. The line is not quoted: it may be a piece of a secret. */
export function shapeProblem(line: string, name: string): string | undefined {
  if (isVariableName(name)) return undefined
  if (isVariableName(name.trim())) return 'whitespace around the name; use NAME=value without it'
  const dashed = nameWithDashes(name)
  if (dashed) return `invalid name: dashes and periods are not allowed; use ${dashed.meant}`
  if (/^export\s/.test(name)) return 'starts with `export`; use NAME=value'
  if (/^[A-Z][A-Z0-9_]+(\s*[\s,;]\s*[A-Z][A-Z0-9_]+)+,?$/.test(line.trim())) return SEVERAL_NAMES
  return /^\s*--?[A-Za-z]/.test(line) ? COMMAND_OPTION : NOT_A_NAME
}

/** A name of capitals whose words are joined by dashes or periods; `undefined` when it may be a piece of a secret. */
export function nameWithDashes(name: string): { readonly written: string; readonly meant: string } | undefined {
  const written = name.trim()
  const meant = written.replace(/[-.]/g, '_')
  return /^[A-Z][A-Z0-9_]*([-.][A-Z0-9_]+)+$/.test(written) && isSpelledName(meant) ? { written, meant } : undefined
}

/** What to say of a value that is empty. */
export function emptyValue(kind: SecretKind): string {
  const cause = kind === 'variables' ? 'the variable (`vars.NAME`)' : 'the secret'
  return `the value is empty; ${cause} is probably not set`
}

/** The problem of a line that is not an assignment. */
export const NOT_A_NAME =
  'invalid name: expected letters, digits and underscores, not starting with a digit; use NAME=value, or NAME<<EOF for a multiline value'
const COMMAND_OPTION = 'a command-line option; use NAME=value only'
const SEVERAL_NAMES =
  'several names on one line; use one line per name (in YAML, use | after the input name, because > folds lines into one)'

/** A place with the name of its variable, such as `line 3 (OPENAI_API_KEY)`. */
export function namedPlace(place: string, name: string | undefined): string {
  return name === undefined ? place : `${place} (${name})`
}
