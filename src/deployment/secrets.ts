import { RefusalError } from '../control-plane/errors.ts'
import type { DeployedSecret, Secret } from '../control-plane/resources.ts'
import { object } from '../object.ts'
import { isOrdinary } from '../runner/secret-shape.ts'
import { isPlainName, isVariableName } from '../variable-name.ts'
import { hiddenNames, isShown, sharedNames } from './hidden.ts'

/** A secret and where it was given. */
export interface FoundSecret extends Secret {
  /** Such as `line 3`. */
  readonly place: string
  /** The number in `place`, which puts problems in order. */
  readonly at: number
  /** Whether it was written between `NAME<<END` and `END`, and so is meant to the last character. */
  readonly isBlock?: boolean
}

/** What is wrong with a line or a key. The text begins with its place. */
export interface SecretProblem {
  readonly at: number
  readonly text: string
}

/**
 * The outcome of reading a text of secrets. Problems are in the order of the lines. They name lines and variables, and
 * nothing else of the text. A line that only looks like a name is not named: a key that was pasted without its heredoc
 * falls apart into such lines.
 */
export interface ParsedSecrets {
  readonly secrets: readonly FoundSecret[]
  readonly problems: readonly SecretProblem[]
  /** Names that may be empty (`NAME?`), and are. */
  readonly empty: readonly string[]
  /** Whether it was one JSON object, such as all secrets of a job: its names are not of the user's choosing. */
  readonly isWhole: boolean
}

/** What the user wants the environment to be: both lists together, which have no name in common. */
export interface WantedSecrets {
  readonly secrets: readonly Secret[]
  /** Those whose values anybody may read. */
  readonly variables: readonly Secret[]
  readonly mode: 'merge' | 'replace'
}

/** `set`: it is sent, and whether it differs is not known, because the server hides the deployed value. */
export type SecretChange = 'added' | 'changed' | 'set' | 'removed' | 'kept'

/** What has to be sent for the wish, and what it changes, by name. */
export interface MergedSecrets {
  /** The whole list to send; `undefined` when nothing differs, for a list that is sent makes a revision. */
  readonly send: readonly Secret[] | undefined
  readonly changes: readonly { readonly name: string; readonly change: SecretChange }[]
}

/**
 * Reads a text of secrets: `NAME=value`, `NAME<<END` … `END`, a bare `NAME` that is looked up, or one JSON object of
 * strings. `NAME?` in place of `NAME` leaves the name out while its value is empty. A value is the rest of its line, every character of it: nothing is trimmed, unquoted or expanded, for each
 * of these has cut a password somewhere.
 *
 * @param lookUp the value of an environment variable of the step, for bare names
 * @param kind what nearly always stands behind a value
 */
export function parseSecrets(
  text: string,
  lookUp: (name: string) => string | undefined,
  kind: Kind = 'secrets'
): ParsedSecrets {
  const start = text.trimStart()
  if (start.startsWith('{')) return parseJsonSecrets(text, kind)
  if (start.startsWith('[')) return unreadable(JSON_ARRAY, false)
  if (/^(Object|Array)$/.test(text.trim()) && !lookUp(text.trim())) return unreadable(WHOLE_OBJECT, false)
  if (isJsonString(start)) return unreadable(JSON_STRING, false)
  if (isPathOfFile(text.trim())) return unreadable(PATH_OF_FILE, false)
  return parseLines(text.replace(/^\uFEFF/, ''), lookUp, kind)
}

type Kind = 'secrets' | 'variables'

/**
 * Lays the wish over what stands in LangSmith. A patch replaces the whole environment, so what is to be kept must be
 * sent along.
 *
 * @param deployed what stands there; `null` when the server does not say
 * @throws {RefusalError} when a kept value may be hidden by the server, for sending it would destroy it
 */
export function mergeSecrets(wanted: WantedSecrets, deployed: readonly DeployedSecret[] | null): MergedSecrets {
  const all = [...wanted.secrets, ...wanted.variables]
  if (all.length === 0) {
    return { send: undefined, changes: (deployed ?? []).map(({ name }) => ({ name, change: 'kept' as const })) }
  }
  if (deployed === null && wanted.mode === 'merge') throw environmentUnknown()

  const hidden = hiddenNames(deployed ?? [], all)
  const before = new Map((deployed ?? []).map(({ name, value }) => [name, value]))
  const after = new Map(all.map(({ name, value }) => [name, value]))
  const rest = [...before].filter(([name]) => !after.has(name))

  const changes: { name: string; change: SecretChange }[] = []
  for (const [name, value] of after) {
    if (!before.has(name)) changes.push({ name, change: 'added' })
    else if (before.get(name) === value && (isShown(value) || !hidden.has(name))) changes.push({ name, change: 'kept' })
    else changes.push({ name, change: hidden.has(name) ? 'set' : 'changed' })
  }
  for (const [name] of rest) changes.push({ name, change: wanted.mode === 'merge' ? 'kept' : 'removed' })
  if (changes.every(({ change }) => change === 'kept')) return { send: undefined, changes }

  if (wanted.mode === 'merge') {
    const lost = rest.filter(([name, value]) => value === null || hidden.has(name)).map(([name]) => name)
    if (lost.length > 0) throw valuesHidden(lost, sharedNames(deployed ?? [], all))
    for (const [name, value] of rest) after.set(name, value ?? '')
  }
  return { send: [...after].map(([name, value]) => ({ name, value })), changes }
}

/** A line without a sound assignment. */
interface Flaw {
  readonly at: number
  /** Nothing where the line may be a piece of a value. */
  readonly name: string | undefined
  readonly text: string
}

function parseLines(text: string, lookUp: (name: string) => string | undefined, kind: Kind): ParsedSecrets {
  const lines = text.split(/\r?\n/)
  const found: FoundSecret[] = []
  const empty: string[] = []
  const flaws: Flaw[] = []
  const yaml: number[] = []
  // The lines of a pasted value follow each other, and one of them may look like a name.
  let isInPaste = false
  // Behind a bare name that was found a bare word is another one, and no piece of a value.
  let isBehindBare = false
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? ''
    const at = index + 1
    if (line.trim() === '' || line.startsWith('#')) continue
    if (isYaml(line)) {
      yaml.push(at)
      continue
    }
    const { name, isOptional, operator, rest } = splitLine(line)
    const end = operator === '<<' ? lines.indexOf(rest, index + 1) : -1
    const value = operator === '<<' ? lines.slice(index + 1, end).join('\n') : operator === '=' ? rest : lookUp(name)
    const openEnd = operator === '=' ? endOfOpenValue(lines, index, rest, lookUp) : undefined
    const problem =
      bareKeyProblem(line, lookUp) ??
      shapeProblem(line, name) ??
      (openEnd === undefined
        ? valueProblem({ operator, rest, end, lines, index, kind }, isOptional || Boolean(value))
        : OPEN_VALUE)
    const mayBePiece: boolean = isInPaste && !isKnown(operator, rest)
    const told: string | undefined = mayBePiece
      ? undefined
      : (nameIn(name, operator, rest, isBehindBare) ?? (operator ? dashedName(name)?.written : undefined))
    if (problem) flaws.push({ at, name: told, text: problem })
    else if (isOptional && !value) empty.push(name)
    else found.push({ name, value: value ?? '', place: `line ${at}`, at, isBlock: operator === '<<' })
    isInPaste = problem ? told === undefined : mayBePiece
    isBehindBare = operator === undefined && !problem

    // Without its end nothing can be said of what follows; with it, the lines of the value are no lines of their own.
    if (operator === '<<' && rest !== '' && end < 0) break
    if (end >= 0) index = end
    else if (openEnd !== undefined) index = openEnd
  }
  const all = [...(yaml.length > 0 ? [yamlProblem(yaml)] : []), ...joined(flaws), ...duplicates(found)]
  return { secrets: found, problems: all.toSorted((a, b) => a.at - b.at), empty, isWhole: false }
}

/** One problem for each line, but one for lines in a row that have the same flaw, or that are pieces of one value. */
function joined(flaws: readonly Flaw[]): readonly SecretProblem[] {
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
    const text = more.every((flaw) => flaw.text === first.text && flaw.text !== NO_NAME) ? first.text : SEVERAL_LINES
    const name = names.length > 0 ? names.join(', ') : undefined
    return [problemAt(`lines ${first.at}-${last.at}`, { at: first.at, name, text })]
  })
}

/** Such as `line 3 (OPENAI_API_KEY): the value is empty`. */
function problemAt(place: string, { at, name, text }: Flaw): SecretProblem {
  return { at, text: `${placeOf(place, name)}: ${text}` }
}

/** A place with the name of the variable, which helps more than a number. */
export function placeOf(place: string, name: string | undefined): string {
  return name === undefined ? place : `${place} (${name})`
}

/** Whether what stands before the operator is a name. In Base64 a line may end with =, and with no more than that. */
function isKnown(operator: '=' | '<<' | undefined, rest: string): boolean {
  return operator === '<<' || (operator === '=' && /[^=]/.test(rest))
}

/**
 * The name of a line that something is wrong with, or nothing where the line may be a piece of a value. A bare word, or
 * one with = alone behind it, is a name only if it is spelled as names of variables are.
 */
function nameIn(
  written: string,
  operator: '=' | '<<' | undefined,
  rest: string,
  isBehindBare = false
): string | undefined {
  const name = written.trim().replace(/^export\s+/, '')
  if (!isVariableName(name)) return undefined
  if (isKnown(operator, rest)) return isPlainName(name) ? name : undefined
  return isSpelledName(name) && (operator !== undefined || isBehindBare || name.includes('_')) ? name : undefined
}

/** The name of a secret that was read, or nothing where it may be a piece of a pasted value. */
export function toldName({ name, value }: Secret): string | undefined {
  return nameIn(name, '=', value)
}

/** Capitals that form words, such as `OPENAI_API_KEY` and `OAUTH2_CLIENT_ID`; not `AKIAIOSFODNN7EXAMPLE`. */
function isSpelledName(name: string): boolean {
  if (!/^[A-Z][A-Z0-9_]{0,63}$/.test(name)) return false
  const digits = name.replace(/\D/g, '').length
  return isOrdinary(name) || (name.includes('_') && digits <= MOST_DIGITS && isOrdinary(name.replace(/\d/g, '')))
}

const MOST_DIGITS = 4

/**
 * The line in which a value ends that was pasted over several lines without `<<`, counted from 0: a key, JSON, or a text
 * in quotes. Nothing where the value may be of one line, so a text that can be read is never refused.
 */
function endOfOpenValue(
  lines: readonly string[],
  index: number,
  value: string,
  lookUp: (name: string) => string | undefined
): number | undefined {
  const isEnd = closingOf(value)
  const next = lines[index + 1]
  if (!isEnd || next === undefined || next.startsWith('#')) return undefined
  const { name, operator } = splitLine(next)
  const isAssignment = isVariableName(name) && !isYaml(next) && (operator !== undefined || lookUp(name) !== undefined)
  if (isAssignment && !/^["']?-----BEGIN /.test(value)) return undefined
  const end = lines.findIndex((line, at) => at > index && isEnd(line))
  return end < 0 ? undefined : end
}

/** Tells the last line of a value that has begun and not ended; nothing for a value that may be all of it. */
function closingOf(value: string): ((line: string) => boolean) | undefined {
  if (/^["']?-----BEGIN [A-Z0-9 ]+-----$/.test(value)) return (line) => line.includes('-----END ')
  if (/^["']?\{$/.test(value)) return (line) => /^\}["']?$/.test(line.trimEnd())
  if (/^["']?\[$/.test(value)) return (line) => /^\]["']?$/.test(line.trimEnd())
  const [, quote] = /^(["'])/.exec(value) ?? []
  return quote && !value.slice(1).includes(quote) ? (line) => line.trimEnd().endsWith(quote) : undefined
}

/** An item of a YAML list, or a key of a mapping; neither can be an assignment. */
function isYaml(line: string): boolean {
  return /^\s*(-\s|["']?[A-Za-z_][\w.-]*["']?\s*:(\s|$)|\[)/.test(line)
}

function yamlProblem([first = 0, ...more]: readonly number[]): SecretProblem {
  const others = more.length === 0 ? '' : ` and ${more.length === 1 ? 'one other' : `${more.length} others`}`
  return {
    at: first,
    text: `line ${first}${others}: this is a YAML list or mapping; write one NAME=value a line, without dashes and colons`
  }
}

/** What is wrong with the value behind a well-formed name. `end`: the line of the closing word, counted from 0. */
function valueProblem(
  {
    operator,
    rest,
    end,
    lines,
    index,
    kind
  }: {
    readonly operator: '=' | '<<' | undefined
    readonly rest: string
    readonly end: number
    readonly lines: readonly string[]
    /** Of the line itself, counted from 0. */
    readonly index: number
    readonly kind: Kind
  },
  hasValue: boolean
): string | undefined {
  if (operator === '<<') {
    if (rest === '') return 'the word that ends the value is missing; write NAME<<EOF'
    if (end >= 0) return undefined
    return openHeredoc(rest, lines, index)
  }
  if (operator === '=') return hasValue ? undefined : emptyValue(kind)
  return hasValue
    ? undefined
    : "a bare name is read from the step's `env`, and it is not set there; set it, write NAME? to leave it out while it is not set, or write NAME=value"
}

/** The word is named only where it can be no piece of a value. */
function openHeredoc(word: string, lines: readonly string[], index: number): string {
  const isPlain = /^[A-Z][A-Z_]{0,15}$/.test(word.trim())
  const end = isPlain ? `\`${word.trim()}\`` : 'its closing word'
  if (lines.length === 1 && /\s/.test(word.trim())) {
    return `the value never ends: no line holds just its closing word; in YAML write | behind the input, since > folds lines into one`
  }
  if (/^\s|\s$/.test(word))
    return 'there is white space around the word that ends the value; write NAME<<EOF without it'
  if (/^["'].*["']$|^-/.test(word)) return 'the word that ends the value is written as for a shell; write NAME<<EOF'
  const indented = lines.findIndex((line, at) => at > index && line.trim() === word)
  if (indented >= 0) {
    return `the value never ends: line ${indented + 1} holds ${end} with white space before or after it; write it alone on its line, not indented further than the names`
  }
  return `the value never ends: no line below holds ${end} alone; write it on a line of its own, not indented further than the names`
}

function parseJsonSecrets(text: string, kind: Kind): ParsedSecrets {
  let value: unknown
  try {
    value = JSON.parse(text.trim())
  } catch {
    return unreadable(endsBefore(text) ? MORE_THAN_JSON : BAD_JSON, true)
  }
  if (isServiceAccount(value)) return unreadable(SERVICE_ACCOUNT, true)
  const found: FoundSecret[] = []
  const problems: SecretProblem[] = []
  for (const [index, [name, item]] of Object.entries(value as Record<string, unknown>).entries()) {
    const place = `key ${index + 1} of the JSON object`
    const isOfJob = name === JOB_TOKEN
    const problem =
      shapeProblem(name, name) ??
      // `toJSON` of a secret that is not set is null.
      (item === '' || item === null
        ? `${empty(kind)}. Set it, or leave the key out`
        : typeof item !== 'string'
          ? notString(item, toldKey(name), kind)
          : undefined)
    const at = index + 1
    if (problem && !isOfJob) problems.push(problemAt(place, { at, name: toldKey(name), text: problem }))
    else found.push({ name, value: typeof item === 'string' ? item : '', place, at })
  }
  const all = problems.length === 0 ? repeatedKeys(text) : problems
  return { secrets: found, problems: all, empty: [], isWhole: true }
}

/** What `${{ secrets.NAME }}` puts in where the secret is JSON itself. */
function notString(item: unknown, name: string | undefined, kind: Kind): string {
  if (typeof item !== 'object') return 'the value is not a string; put it in quotes'
  const context = kind === 'variables' ? 'vars' : 'secrets'
  return `the value is not a string, but JSON; write \`\${{ toJSON(${context}.${name ?? 'NAME'}) }}\`, which makes a string of it`
}

/** Whether the first lines are a JSON object and others follow. */
function endsBefore(text: string): boolean {
  const lines = text.trim().split(/\r?\n/).slice(0, MOST_LINES_OF_JSON)
  return lines.some((line, index) => line.trimEnd().endsWith('}') && isJson(lines.slice(0, index + 1).join('\n')))
}

const MOST_LINES_OF_JSON = 300

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function toldKey(name: string): string | undefined {
  return isVariableName(name) && isPlainName(name) ? name : undefined
}

/** A text that holds no variables at all. */
function unreadable(text: string, isWhole: boolean): ParsedSecrets {
  return { secrets: [], empty: [], isWhole, problems: [{ at: 0, text }] }
}

const BAD_JSON =
  'begins with { but is not valid JSON; write one NAME=value a line, or one JSON object of strings, with `${{ toJSON(secrets.NAME) }}` for each value'
const MORE_THAN_JSON =
  'begins with a JSON object and goes on behind it; a JSON object stands alone: put the other variables into it, or write one NAME=value a line'
const JSON_ARRAY =
  'is a JSON array, which gives its values no names; write one NAME=value a line, or one JSON object such as {"NAME": "value"}'
const JSON_STRING =
  'is a JSON string, as `toJSON` of a single secret makes; write one NAME=value a line, with `${{ secrets.NAME }}` as the value'
const WHOLE_OBJECT =
  'is what GitHub makes of an expression that is a whole object; write `${{ toJSON(secrets) }}`, or better one NAME=value a line'
const PATH_OF_FILE = 'reads like the path of an env file; write the path into `secrets-file`'

function isJsonString(text: string): boolean {
  return /^"(?:[^"\\\n]|\\.)*"$/.test(text.trim())
}

/** Such as `.env`, `./deploy/production.env` and `.env.production`; no name of a variable has a period. */
function isPathOfFile(text: string): boolean {
  return /^(?:\.{0,2}\/)?(?:[\w-]+\/)*(?:[\w-]*\.env|\.env\.[\w.-]+|[\w-]+\.env)$/.test(text)
}

const SERVICE_ACCOUNT =
  'is the JSON key of a Google service account, and not an object of variables; write NAME<<EOF, the JSON, and EOF on lines of their own'

/** The key file of a service account is an object of strings, too. */
function isServiceAccount(value: unknown): boolean {
  return object(value)?.type === 'service_account' && object(value)?.private_key !== undefined
}

/** The name that the job's own token has in `toJSON(secrets)`. */
export const JOB_TOKEN = 'github_token'

function duplicates(found: readonly FoundSecret[]): readonly SecretProblem[] {
  const earlier = new Map<string, FoundSecret>()
  return found.flatMap((secret) => {
    const { name, place, at } = secret
    const first = earlier.get(name)
    if (!first) {
      earlier.set(name, secret)
      return []
    }
    return [
      problemAt(place, {
        at,
        name: toldName(secret),
        text: `the same name is set in ${first.place}; remove one of the two`
      })
    ]
  })
}

/** Whichever of `=` and `<<` comes first rules the line, as in the runner's own files. */
function splitLine(line: string): {
  readonly name: string
  readonly isOptional: boolean
  readonly operator: '=' | '<<' | undefined
  readonly rest: string
} {
  const match = /=|<</.exec(line)
  const written = match ? line.slice(0, match.index) : line
  const isOptional = written.endsWith('?')
  const name = isOptional ? written.slice(0, -1) : written
  if (!match) return { name, isOptional, operator: undefined, rest: '' }
  const operator = match[0] === '=' ? '=' : '<<'
  return { name, isOptional, operator, rest: line.slice(match.index + operator.length) }
}

/** The text is not shown: a line that is no assignment may be a piece of a secret. */
function shapeProblem(line: string, name: string): string | undefined {
  if (isVariableName(name)) return undefined
  if (isVariableName(name.trim())) return 'there is white space around the name; write NAME=value without it'
  const dashed = dashedName(name)
  if (dashed) return `a name has no dashes and periods; write ${dashed.meant}`
  if (/^export\s/.test(name)) return 'begins with `export`; write NAME=value'
  if (/^[A-Z][A-Z0-9_]+(\s*[\s,;]\s*[A-Z][A-Z0-9_]+)+,?$/.test(line.trim())) return SEVERAL_NAMES
  return /^\s*--?[A-Za-z]/.test(line) ? OPTION : NO_NAME
}

/** A name of capitals whose words are joined by other characters than `_`. One that may be a piece of a secret is none. */
function dashedName(name: string): { readonly written: string; readonly meant: string } | undefined {
  const written = name.trim()
  const meant = written.replace(/[-.]/g, '_')
  return /^[A-Z][A-Z0-9_]*([-.][A-Z0-9_]+)+$/.test(written) && isSpelledName(meant) ? { written, meant } : undefined
}

/** A key of a known form that nothing names. None of it is repeated. */
function bareKeyProblem(line: string, lookUp: (name: string) => string | undefined): string | undefined {
  const text = line.trim()
  return KEY.test(text) && lookUp(text) === undefined ? BARE_KEY : undefined
}

const KEY =
  /^(sk-|[rs]k_(live|test)_|gh[pousr]_|github_pat_|lsv2_|AIza|xox[abp]-|AKIA|hf_|gsk_|tvly-|pplx-)[\w-]{12,}={0,2}$/
const BARE_KEY = 'this is a value without a name in front; write NAME=value'

const NO_NAME =
  'a name has letters, digits and underscores and no digit first; write NAME=value, or NAME<<EOF for a value of several lines'
const OPTION = 'this is an option of a command; write NAME=value alone'

const SEVERAL_NAMES =
  'there are several names in one line; write one a line (in YAML with | behind the input, since > folds lines into one)'
const OPEN_VALUE = 'a value of several lines is written as NAME<<EOF, its lines, and EOF on a line of its own'
const SEVERAL_LINES = `this is not NAME=value; ${OPEN_VALUE}`

function empty(kind: Kind): string {
  const cause = kind === 'variables' ? 'the variable behind it (`vars.NAME`)' : 'the secret behind it'
  return `the value is empty, which nearly always means that ${cause} is not set`
}

function emptyValue(kind: Kind): string {
  return `${empty(kind)}. Set it; write NAME?=value to leave the name out while it is empty; or write NAME<<END and END on the next line to mean an empty value`
}

/** JSON.parse keeps the last of two equal keys in silence. A string with a colon behind it is a key. */
function repeatedKeys(text: string): readonly SecretProblem[] {
  const keys = [...text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?/g)].flatMap(([, string, colon]) =>
    string && colon ? [String(JSON.parse(string))] : []
  )
  return keys.flatMap((key, index) => {
    const first = keys.indexOf(key)
    if (first === index) return []
    const text = `the same name is set in key ${first + 1}; remove one of the two`
    return [problemAt(`key ${index + 1} of the JSON object`, { at: index + 1, name: toldKey(key), text })]
  })
}

function environmentUnknown(): RefusalError {
  return new RefusalError(
    'Secrets cannot be merged',
    'The control plane does not say which secrets the deployment has, so yours cannot be added to them.',
    'Set `secrets-mode: replace` and name all of them.'
  )
}

/** @param shared those that are suspected only because of the text that they have in common */
function valuesHidden(names: readonly string[], shared: ReadonlySet<string>): RefusalError {
  const isOne = names.length === 1
  const listed = names.join(', ')
  if (!isOne && names.every((name) => shared.has(name))) {
    const both = names.length === 2 ? 'both' : 'all of them'
    return new RefusalError(
      'Values of secrets may be hidden',
      `LangSmith answers the same text for ${inWords(names)}, as a server does that hides values. A change of any secret sends all of them, and would overwrite ${both} with that text.`,
      `If ${both} really have one value, name ${both} in \`secrets\`. Or set \`secrets-mode: replace\` and name all secrets.`
    )
  }
  const [them, values, texts] = isOne ? ['it', 'its value', 'a text'] : ['them', 'their values', 'texts']
  return new RefusalError(
    'Values of secrets are hidden',
    `The control plane appears to hide the value of ${listed}. It answers nothing, or ${texts} that servers write in place of values. A change of any secret sends all of them, and would overwrite ${them} with a placeholder.`,
    `Name ${listed} with ${values} in \`secrets\` too, or set \`secrets-mode: replace\` and name all secrets.`
  )
}

/** Such as `A, B and C`. */
function inWords(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
