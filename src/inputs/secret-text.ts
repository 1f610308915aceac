import { object } from '../run/object.ts'
import { isPlainName, isVariableName } from '../runner/variable-name.ts'
import { parseLines } from './secret-lines.ts'
import {
  emptyValue,
  type FoundSecret,
  notAList,
  type ParsedSecrets,
  problemAt,
  type SecretKind,
  type SecretProblem,
  shapeProblem
} from './secret-problem.ts'

/** Name of the job's token in `toJSON(secrets)`. */
export const JOB_TOKEN = 'github_token'

/**
 * Parses a text of secrets: `NAME=value`, `NAME<<END` … `END`, a bare `NAME` that is looked up, or one JSON object of
 * strings. `NAME?` instead of `NAME` omits the variable if its value is empty. A value is the rest of its line,
 * unchanged: trimming, unquoting or expanding could change a password.
 *
 * @param lookUp returns the value of an environment variable of the step, for bare names
 * @param kind GitHub context from which the values usually come
 */
export function parseSecrets(
  text: string,
  lookUp: (name: string) => string | undefined,
  kind: SecretKind
): ParsedSecrets {
  const start = text.trimStart()
  if (start.startsWith('{')) return parseJsonSecrets(text, kind)
  if (start.startsWith('[')) return notAList(JSON_ARRAY)
  if (/^(Object|Array)$/.test(text.trim()) && !lookUp(text.trim())) return notAList(WHOLE_OBJECT)
  if (isJsonString(start)) return notAList(JSON_STRING)
  if (isPathOfFile(text.trim())) return notAList(PATH_OF_FILE)
  return parseLines(text.replace(/^\uFEFF/, ''), lookUp, kind)
}

const JSON_ARRAY =
  'is a JSON array, which has no names; use one NAME=value per line, or a JSON object such as {"NAME": "value"}'
const JSON_STRING =
  'is a JSON string, such as the output of `toJSON` for one secret; use one NAME=value per line, with `${{ secrets.NAME }}` as the value'
const WHOLE_OBJECT =
  'is an expression that evaluated to an object; use one NAME=value per line, or `${{ toJSON(secrets) }}`'
const PATH_OF_FILE = 'appears to be the path of an env file; set `secrets-file` to the path'

function isJsonString(text: string): boolean {
  return /^"(?:[^"\\\n]|\\.)*"$/.test(text.trim())
}

/**
 * Tells if a text is a path such as `.env`, `./deploy/production.env` or `.env.production`. The name of a variable has
 * no period.
 */
function isPathOfFile(text: string): boolean {
  return /^(?:\.{0,2}\/)?(?:[\w-]+\/)*(?:[\w-]*\.env|\.env\.[\w.-]+|[\w-]+\.env)$/.test(text)
}

/** Parses secrets in one JSON object of strings. */
function parseJsonSecrets(text: string, kind: SecretKind): ParsedSecrets {
  let value: unknown
  try {
    value = JSON.parse(text.trim())
  } catch {
    return { ...notAList(endsBefore(text) ? MORE_THAN_JSON : BAD_JSON), isWhole: true }
  }
  if (isServiceAccount(value)) return { ...notAList(SERVICE_ACCOUNT), isWhole: true }
  const found: FoundSecret[] = []
  const problems: SecretProblem[] = []
  for (const [index, [name, item]] of Object.entries(object(value) ?? {}).entries()) {
    const at = index + 1
    const place = placeOfKey(at)
    const problem = name === JOB_TOKEN ? undefined : (shapeProblem(name, name) ?? itemProblem(name, item, kind))
    if (problem) problems.push(problemAt(place, { at, name: printableKey(name), text: problem }))
    else found.push({ name, value: typeof item === 'string' ? item : '', place, at })
  }
  return {
    secrets: found,
    problems: problems.length === 0 ? repeatedKeys(text) : problems,
    empty: [],
    isWhole: true
  }
}

function placeOfKey(at: number): string {
  return `key ${at} of the JSON object`
}

/** Returns the problem of a value; `undefined` for a non-empty string. */
function itemProblem(name: string, item: unknown, kind: SecretKind): string | undefined {
  // `toJSON` returns null for a secret that is not set.
  if (item === '' || item === null) return `${emptyValue(kind)}. Set it, or omit the key`
  return typeof item === 'string' ? undefined : notString(item, printableKey(name), kind)
}

/**
 * Returns the problem of a value that is not a string. If a secret contains JSON, `${{ secrets.NAME }}` inserts an
 * object.
 */
function notString(item: unknown, name: string | undefined, kind: SecretKind): string {
  if (typeof item !== 'object') return 'the value is not a string; put it in quotes'
  const context = kind === 'variables' ? 'vars' : 'secrets'
  return `the value is JSON, not a string; use \`\${{ toJSON(${context}.${name ?? 'NAME'}) }}\` to convert it to a string`
}

/** Tells if the text has other lines after a JSON object. */
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

function printableKey(name: string): string | undefined {
  return isVariableName(name) && isPlainName(name) ? name : undefined
}

const BAD_JSON =
  'starts with { but is not valid JSON; use one NAME=value per line, or a JSON object of strings with `${{ toJSON(secrets.NAME) }}` for each value'
const MORE_THAN_JSON =
  'has text after a JSON object; put the other variables into the object, or use one NAME=value per line'

const SERVICE_ACCOUNT =
  'is the JSON key of a Google service account, not an object of variables; use NAME<<EOF, the JSON, and EOF on separate lines'

/** Tells if a value is the key file of a Google service account, which is also an object of strings. */
function isServiceAccount(value: unknown): boolean {
  return object(value)?.type === 'service_account' && object(value)?.private_key !== undefined
}

/**
 * Returns the problems of duplicate keys, of which JSON.parse silently keeps the last. A string before a colon is a
 * key.
 */
function repeatedKeys(text: string): readonly SecretProblem[] {
  const keys = [...text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?/g)].flatMap(([, string, colon]) =>
    string && colon ? [String(JSON.parse(string))] : []
  )
  return keys.flatMap((key, index) => {
    const first = keys.indexOf(key)
    if (first === index) return []
    const text = `duplicate name, first set in key ${first + 1}; remove one of them`
    return [problemAt(placeOfKey(index + 1), { at: index + 1, name: printableKey(key), text })]
  })
}
