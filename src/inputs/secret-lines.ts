import type { Secret } from '../control-plane/resources.ts'
import { isPlainName, isSpelledName, isVariableName } from '../runner/variable-name.ts'
import {
  emptyValue,
  type Flaw,
  type FoundSecret,
  NOT_A_NAME,
  nameWithDashes,
  type ParsedSecrets,
  problemAt,
  type SecretKind,
  type SecretProblem,
  shapeProblem
} from './secret-problem.ts'

type LookUp = (name: string) => string | undefined

/** Parses secrets, one per line: `NAME=value`, `NAME<<END` … `END`, or `NAME`. */
export function parseLines(text: string, lookUp: LookUp, kind: SecretKind): ParsedSecrets {
  const lines = text.split(/\r?\n/)
  const found: FoundSecret[] = []
  const empty: string[] = []
  const flaws: Flaw[] = []
  const yaml: number[] = []
  // The lines of a pasted value are consecutive, and one of them may resemble a name.
  let isInPaste = false
  // After a valid bare name, another bare word is also a name, not a piece of a value.
  let isAfterBareName = false
  for (let index = 0; index < lines.length; ) {
    const line = lines[index] ?? ''
    const at = index + 1
    if (line.trim() === '' || line.startsWith('#') || isYaml(line)) {
      if (isYaml(line)) yaml.push(at)
      index += 1
      continue
    }
    const entry = readEntry(lines, index, lookUp, kind)
    const { name, isOptional, operator, value, problem, next } = entry
    const mayBePiece: boolean = isInPaste && !hasName(entry)
    const printable: string | undefined = mayBePiece ? undefined : printableName(entry, { isAfterBareName })
    if (problem) flaws.push({ at, name: printable, text: problem })
    else if (isOptional && !value) empty.push(name)
    else found.push({ name, value: value ?? '', place: `line ${at}`, at, isBlock: operator === '<<' })
    isInPaste = problem ? printable === undefined : mayBePiece
    isAfterBareName = operator === undefined && !problem
    index = next
  }
  const all = [...(yaml.length > 0 ? [yamlProblem(yaml)] : []), ...joinRuns(flaws), ...duplicates(found)]
  return { secrets: found, problems: all.toSorted((a, b) => a.at - b.at), empty, isWhole: false }
}

/** Line, split at its operator. */
interface SplitLine {
  readonly name: string
  /** True if the name ends in `?`. */
  readonly isOptional: boolean
  readonly operator: '=' | '<<' | undefined
  /** Text after the operator. */
  readonly rest: string
}

/** Value of an entry, or its problem. */
interface ReadValue {
  readonly value?: string | undefined
  readonly problem?: string | undefined
  /** Index of the first line after the entry. */
  readonly next: number
}

/** Parses the assignment that begins at a line. `index` starts at 0. */
function readEntry(lines: readonly string[], index: number, lookUp: LookUp, kind: SecretKind): SplitLine & ReadValue {
  const line = lines[index] ?? ''
  const split = splitLine(line)
  const read =
    split.operator === '<<'
      ? readBlock(lines, index, split.rest)
      : split.operator === '='
        ? readRest(lines, index, split, lookUp, kind)
        : readBareName(index, split, lookUp)
  const problem = bareKeyProblem(line, lookUp) ?? shapeProblem(line, split.name) ?? read.problem
  return { ...split, ...read, problem }
}

/** Parses `NAME<<END`: the lines before a line that contains only `END`. */
function readBlock(lines: readonly string[], index: number, word: string): ReadValue {
  const end = lines.indexOf(word, index + 1)
  if (word === '') {
    return {
      problem: 'the delimiter is missing; use NAME<<EOF',
      next: (end < 0 ? index : end) + 1
    }
  }
  // Without an end, it is unknown where the value stops.
  if (end < 0) return { problem: openBlockProblem(word, lines, index), next: lines.length }
  return { value: lines.slice(index + 1, end).join('\n'), next: end + 1 }
}

/** Parses `NAME=value`: the rest of the line. */
function readRest(
  lines: readonly string[],
  index: number,
  { rest, isOptional }: SplitLine,
  lookUp: LookUp,
  kind: SecretKind
): ReadValue {
  const end = endOfOpenValue(lines, index, rest, lookUp)
  if (end !== undefined) return { problem: OPEN_VALUE, next: end + 1 }
  const isMissing = rest === '' && !isOptional
  return { value: rest, problem: isMissing ? `${emptyValue(kind)}${EMPTY_ADVICE}` : undefined, next: index + 1 }
}

const EMPTY_ADVICE =
  '. Set it; use NAME?=value to omit the variable when it is empty; or use NAME<<EOF with EOF on the next line to set an empty value'

/** Parses `NAME`: the variable in the step's environment. */
function readBareName(index: number, { name, isOptional }: SplitLine, lookUp: LookUp): ReadValue {
  const value = lookUp(name)
  return { value, problem: value || isOptional ? undefined : NOT_SET, next: index + 1 }
}

const NOT_SET =
  "a bare name is read from the step's `env`, but it is not set there; set it, use NAME? to omit the variable when it is not set, or use NAME=value"

/** Splits a line at the first `=` or `<<`, as in the runner's own files. */
function splitLine(line: string): SplitLine {
  const match = /=|<</.exec(line)
  const written = match ? line.slice(0, match.index) : line
  const isOptional = written.endsWith('?')
  const name = isOptional ? written.slice(0, -1) : written
  if (!match) return { name, isOptional, operator: undefined, rest: '' }
  const operator = match[0] === '=' ? '=' : '<<'
  return { name, isOptional, operator, rest: line.slice(match.index + operator.length) }
}

/** Returns one problem per line. Consecutive lines with the same flaw, or with pieces of one value, share a problem. */
function joinRuns(flaws: readonly Flaw[]): readonly SecretProblem[] {
  const runs: Flaw[][] = []
  for (const flaw of flaws) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    const isNext = last?.at === flaw.at - 1
    if (
      run &&
      isNext &&
      (last.name === undefined) === (flaw.name === undefined) &&
      (!flaw.name || last.text === flaw.text)
    )
      run.push(flaw)
    else runs.push([flaw])
  }
  return runs.flatMap((run) => {
    const [first, ...more] = run
    const last = more.at(-1)
    if (!first) return []
    if (!last) return [problemAt(`line ${first.at}`, first)]
    const names = run.flatMap(({ name }) => name ?? [])
    const text = more.every((flaw) => flaw.text === first.text && flaw.text !== NOT_A_NAME) ? first.text : SEVERAL_LINES
    const name = names.length > 0 ? names.join(', ') : undefined
    return [problemAt(`lines ${first.at}-${last.at}`, { at: first.at, name, text })]
  })
}

/** Tells if a name precedes the operator. A line of Base64 can end with =, without any text after it. */
function hasName({ operator, rest }: Pick<SplitLine, 'operator' | 'rest'>): boolean {
  return operator === '<<' || (operator === '=' && /[^=]/.test(rest))
}

/** Returns the name of a line with a flaw; `undefined` if the line may be a piece of a value. */
function printableName(line: SplitLine, after: { readonly isAfterBareName: boolean }): string | undefined {
  return variableNameIn(line, after) ?? (line.operator ? nameWithDashes(line.name)?.written : undefined)
}

/** Returns a bare word, or a word before a final =, if it is spelled like the name of a variable. */
function variableNameIn(
  line: Pick<SplitLine, 'name' | 'operator' | 'rest'>,
  { isAfterBareName }: { readonly isAfterBareName: boolean }
): string | undefined {
  const name = line.name.trim().replace(/^export\s+/, '')
  if (!isVariableName(name)) return undefined
  if (hasName(line)) return isPlainName(name) ? name : undefined
  const isOfVariable = line.operator !== undefined || isAfterBareName || name.includes('_')
  return isSpelledName(name) && isOfVariable ? name : undefined
}

/** Returns the name of a parsed secret; `undefined` if it may be a piece of a pasted value. */
export function printableNameOf({ name, value }: Secret): string | undefined {
  return variableNameIn({ name, operator: '=', rest: value }, { isAfterBareName: false })
}

/**
 * Returns the index of the line in which a pasted multiline value without `<<` ends: a key, JSON, or a text in quotes.
 * `undefined` if the value may end on its own line, so that a valid text is never rejected.
 */
function endOfOpenValue(lines: readonly string[], index: number, value: string, lookUp: LookUp): number | undefined {
  const isEnd = closingOf(value)
  const next = lines[index + 1]
  if (!isEnd || next === undefined || next.startsWith('#')) return undefined
  const { name, operator } = splitLine(next)
  const isAssignment = isVariableName(name) && !isYaml(next) && (operator !== undefined || lookUp(name) !== undefined)
  if (isAssignment && !/^["']?-----BEGIN /.test(value)) return undefined
  const end = lines.findIndex((line, at) => at > index && isEnd(line))
  return end < 0 ? undefined : end
}

/**
 * Returns a test for the last line of a value that does not end on its first line; `undefined` if the value may be
 * complete.
 */
function closingOf(value: string): ((line: string) => boolean) | undefined {
  if (/^["']?-----BEGIN [A-Z0-9 ]+-----$/.test(value)) return (line) => line.includes('-----END ')
  if (/^["']?\{$/.test(value)) return (line) => /^\}["']?$/.test(line.trimEnd())
  if (/^["']?\[$/.test(value)) return (line) => /^\]["']?$/.test(line.trimEnd())
  const [, quote] = /^(["'])/.exec(value) ?? []
  return quote && !value.slice(1).includes(quote) ? (line) => line.trimEnd().endsWith(quote) : undefined
}

/** Tells if a line is an item of a YAML list or a key of a mapping. Neither can be an assignment. */
function isYaml(line: string): boolean {
  return /^\s*(-\s|["']?[A-Za-z_][\w.-]*["']?\s*:(\s|$)|\[)/.test(line)
}

function yamlProblem([first = 0, ...more]: readonly number[]): SecretProblem {
  const others = more.length === 0 ? '' : ` and ${more.length === 1 ? 'one other' : `${more.length} others`}`
  return {
    at: first,
    text: `line ${first}${others}: a YAML list or mapping is not supported; use one NAME=value per line, such as A=b instead of A: b`
  }
}

/** Returns the problem of a block without an end. The word is quoted only if it cannot be a piece of a value. */
function openBlockProblem(word: string, lines: readonly string[], index: number): string {
  const isPlain = /^[A-Z][A-Z_]{0,15}$/.test(word.trim())
  const end = isPlain ? `\`${word.trim()}\`` : 'its delimiter'
  if (lines.length === 1 && /\s/.test(word.trim())) {
    return `the value has no end: no line contains only its delimiter; in YAML, use | after the input name, because > folds lines into one`
  }
  if (/^\s|\s$/.test(word)) return 'whitespace around the delimiter; use NAME<<EOF without it'
  if (/^["'].*["']$|^-/.test(word)) return 'the delimiter uses shell syntax; use NAME<<EOF'
  const indented = lines.findIndex((line, at) => at > index && line.trim() === word)
  if (indented >= 0) {
    return `the value has no end: line ${indented + 1} contains ${end} with whitespace around it; put the delimiter alone on its line, not indented further than the names`
  }
  return `the value has no end: no line below contains only ${end}; put the delimiter alone on a line, not indented further than the names`
}

function duplicates(found: readonly FoundSecret[]): readonly SecretProblem[] {
  return found.flatMap((secret) => {
    const first = found.find(({ name }) => name === secret.name)
    if (!first || first === secret) return []
    const text = `duplicate name, first set in ${first.place}; remove one of them`
    return [problemAt(secret.place, { at: secret.at, name: printableNameOf(secret), text })]
  })
}

/** Returns the problem of a key in a known form without a name. The key is not quoted. */
function bareKeyProblem(line: string, lookUp: LookUp): string | undefined {
  const text = line.trim()
  return KNOWN_KEY.test(text) && lookUp(text) === undefined ? BARE_KEY : undefined
}

const KNOWN_KEY =
  /^(sk-|[rs]k_(live|test)_|gh[pousr]_|github_pat_|lsv2_|AIza|xox[abp]-|AKIA|hf_|gsk_|tvly-|pplx-)[\w-]{12,}={0,2}$/
const BARE_KEY = 'a value without a name; use NAME=value'

const OPEN_VALUE = 'write a multiline value as NAME<<EOF, its lines, and EOF on a separate line'
const SEVERAL_LINES = `expected NAME=value; ${OPEN_VALUE}`
