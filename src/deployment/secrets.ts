import { RefusalError } from '../control-plane/errors.ts'
import type { DeployedSecret, Secret } from '../control-plane/resources.ts'
import { hiddenNames, isShown } from './hidden.ts'

/** A secret and where it was given, such as `line 3`. */
export interface FoundSecret extends Secret {
  readonly place: string
}

/**
 * The outcome of reading a text of secrets. Problems name lines and nothing of their text, not even what looks like a
 * name: a key that was pasted without its heredoc falls apart into lines that look like that.
 */
export interface ParsedSecrets {
  readonly secrets: readonly FoundSecret[]
  readonly problems: readonly string[]
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

/** Names that the platform sets itself, whatever the hosting. Source: the list in LangSmith's own command line tool. */
const RESERVED_EVERYWHERE = new Set(
  `LANGCHAIN_TRACING_V2 LANGSMITH_TRACING_V2 LANGCHAIN_ENDPOINT LANGCHAIN_PROJECT LANGSMITH_PROJECT
   LANGSMITH_LANGGRAPH_GIT_REPO LANGGRAPH_GIT_REPO_PATH LANGCHAIN_API_KEY LANGSMITH_CONTROL_PLANE_API_KEY POSTGRES_URI
   POSTGRES_PASSWORD DATABASE_URI LANGSMITH_LANGGRAPH_GIT_REF LANGSMITH_LANGGRAPH_GIT_REF_SHA LANGGRAPH_AUTH_TYPE
   LANGSMITH_AUTH_ENDPOINT LANGSMITH_TENANT_ID LANGSMITH_AUTH_VERIFY_TENANT_ID LANGSMITH_HOST_PROJECT_ID
   LANGSMITH_HOST_PROJECT_NAME LANGSMITH_HOST_REVISION_ID LOG_JSON LOG_DICT_TRACEBACKS REDIS_URI
   LANGCHAIN_CALLBACKS_BACKGROUND DD_TRACE_PSYCOPG_ENABLED DD_TRACE_REDIS_ENABLED LANGSMITH_DEPLOYMENT_NAME
   LANGGRAPH_CLOUD_LICENSE_KEY`.split(/\s+/)
)

/** Where the official tools look for the key that deploys, and only for that. An agent must not have it. */
const KEY_TO_DEPLOY = 'LANGGRAPH_HOST_API_KEY'

/** Names that only a self-hosted data plane leaves to its operator. Same source. */
const RESERVED_ON_CLOUD = new Set(
  `LANGSMITH_API_KEY LANGSMITH_ENDPOINT POSTGRES_URI_CUSTOM REDIS_URI_CUSTOM PATH PORT MOUNT_PREFIX LSD_ENV
   LSD_DD_API_KEY LSD_DD_ENDPOINT LSD_DEPLOYMENT_TYPE`.split(/\s+/)
)

/**
 * What the runner sets, by prefix or by name. Other names that begin with GITHUB_ are an agent's own: GITHUB_APP_ID,
 * GITHUB_WEBHOOK_SECRET. Source: GitHub's list of default environment variables.
 */
const RUNNER_PREFIX = /^(RUNNER|ACTIONS|INPUT)_/
const RUNNER_NAMES = new Set(
  `ACTION ACTION_PATH ACTION_REF ACTION_REPOSITORY ACTIONS ACTOR ACTOR_ID API_URL BASE_REF ENV EVENT_NAME EVENT_PATH
   GRAPHQL_URL HEAD_REF JOB OUTPUT PATH REF REF_NAME REF_PROTECTED REF_TYPE REPOSITORY REPOSITORY_ID REPOSITORY_OWNER
   REPOSITORY_OWNER_ID RETENTION_DAYS RUN_ATTEMPT RUN_ID RUN_NUMBER SERVER_URL SHA STATE STEP_SUMMARY
   TRIGGERING_ACTOR WORKFLOW WORKFLOW_REF WORKFLOW_SHA WORKSPACE`
    .split(/\s+/)
    .map((name) => `GITHUB_${name}`)
)

/**
 * Reads a text of secrets: `NAME=value`, `NAME<<END` … `END`, a bare `NAME` that is looked up, or one JSON object of
 * strings. `NAME?` in place of `NAME` leaves the name out while its value is empty. A value is the rest of its line, every character of it: nothing is trimmed, unquoted or expanded, for each
 * of these has cut a password somewhere.
 *
 * @param lookUp the value of an environment variable of the step, for bare names
 */
export function parseSecrets(text: string, lookUp: (name: string) => string | undefined): ParsedSecrets {
  return text.trimStart().startsWith('{') ? parseJsonSecrets(text) : parseLines(text.replace(/^\uFEFF/, ''), lookUp)
}

/** Whether the runner sets a variable of this name. */
export function isOfRunner(name: string): boolean {
  return RUNNER_PREFIX.test(name) || RUNNER_NAMES.has(name)
}

/**
 * Whether LangSmith sets a variable of this name, or the key to deploy goes by it.
 *
 * @param onCloud the platform runs the deployment, so more names are reserved
 */
export function isReserved(name: string, onCloud: boolean): boolean {
  return RESERVED_EVERYWHERE.has(name) || name === KEY_TO_DEPLOY || (onCloud && RESERVED_ON_CLOUD.has(name))
}

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

  const hidden = hiddenNames(deployed ?? [])
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
    if (lost.length > 0) throw valuesHidden(lost)
    for (const [name, value] of rest) after.set(name, value ?? '')
  }
  return { send: [...after].map(([name, value]) => ({ name, value })), changes }
}

function parseLines(text: string, lookUp: (name: string) => string | undefined): ParsedSecrets {
  const lines = text.split(/\r?\n/)
  const found: FoundSecret[] = []
  const empty: string[] = []
  const problems: string[] = []
  const yaml: number[] = []
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? ''
    const place = `line ${index + 1}`
    if (line.trim() === '' || line.startsWith('#')) continue
    if (isYaml(line)) {
      yaml.push(index + 1)
      continue
    }
    const { name, isOptional, operator, rest } = splitLine(line)
    const end = operator === '<<' ? lines.indexOf(rest, index + 1) : -1
    const value = operator === '<<' ? lines.slice(index + 1, end).join('\n') : operator === '=' ? rest : lookUp(name)
    const problem = shapeProblem(name) ?? valueProblem(operator, rest, end, isOptional || Boolean(value))
    if (problem) problems.push(`${place}: ${problem}`)
    else if (isOptional && !value) empty.push(name)
    else found.push({ name, value: value ?? '', place })

    // Without its end nothing can be said of what follows; with it, the lines of the value are no lines of their own.
    if (operator === '<<' && rest !== '' && end < 0) break
    if (end >= 0) index = end
  }
  const all = [...(yaml.length > 0 ? [yamlProblem(yaml)] : []), ...problems, ...duplicates(found)]
  return { secrets: found, problems: all, empty, isWhole: false }
}

/** An item of a YAML list, or a key of a mapping; neither can be an assignment. */
function isYaml(line: string): boolean {
  return /^\s*(-\s|["']?[A-Za-z_][\w.-]*["']?\s*:(\s|$)|\[)/.test(line)
}

function yamlProblem(lines: readonly number[]): string {
  const [first, ...more] = lines
  const others = more.length === 0 ? '' : ` and ${more.length === 1 ? 'one other' : `${more.length} others`}`
  return `line ${first}${others}: this is a YAML list or mapping; write one NAME=value a line, without dashes and colons`
}

/** What is wrong with the value behind a well-formed name. `end`: the line of the closing word, counted from 0. */
function valueProblem(
  operator: '=' | '<<' | undefined,
  rest: string,
  end: number,
  hasValue: boolean
): string | undefined {
  if (operator === '<<') {
    if (rest === '') return 'the word that ends the value is missing; write NAME<<EOF'
    return end < 0
      ? 'the value never ends: no line holds just its closing word, without spaces before or after it'
      : undefined
  }
  if (operator === '=') return hasValue ? undefined : EMPTY_VALUE
  return hasValue
    ? undefined
    : "a bare name is read from the step's `env`, and it is not set there; set it, write NAME? to leave it out while it is not set, or write NAME=value"
}

function parseJsonSecrets(text: string): ParsedSecrets {
  let value: unknown
  try {
    value = JSON.parse(text.trim())
  } catch {
    const problem = 'begins with { but is not valid JSON; write one NAME=value a line, or one JSON object of strings'
    return { secrets: [], empty: [], isWhole: true, problems: [problem] }
  }
  const found: FoundSecret[] = []
  const problems: string[] = []
  for (const [index, [name, item]] of Object.entries(value as Record<string, unknown>).entries()) {
    const place = `key ${index + 1} of the JSON object`
    const isOfJob = name === JOB_TOKEN
    const problem =
      shapeProblem(name) ??
      (typeof item !== 'string'
        ? 'the value is not a string; put it in quotes'
        : item === ''
          ? EMPTY_JSON_VALUE
          : undefined)
    if (problem && !isOfJob) problems.push(`${place}: ${problem}`)
    else found.push({ name, value: typeof item === 'string' ? item : '', place })
  }
  if (problems.length === 0 && hasRepeatedKey(text)) problems.push('a key of the JSON object is given twice')
  return { secrets: found, problems, empty: [], isWhole: true }
}

/** The name that the job's own token has in `toJSON(secrets)`. */
export const JOB_TOKEN = 'github_token'

function duplicates(found: readonly FoundSecret[]): readonly string[] {
  const places = new Map<string, string>()
  return found.flatMap(({ name, place }) => {
    const earlier = places.get(name)
    if (earlier) return [`${place}: the same name stands in ${earlier} already; remove one of the two`]
    places.set(name, place)
    return []
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
function shapeProblem(name: string): string | undefined {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return undefined
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name.trim()))
    return 'there is white space around the name; write NAME=value without it'
  if (/^export\s/.test(name)) return 'begins with `export`; write NAME=value'
  return 'a name has letters, digits and underscores and no digit first; write NAME=value, or NAME<<EOF for a value of several lines'
}

const EMPTY = 'the value is empty, which nearly always means that the secret behind it is not set'
const EMPTY_JSON_VALUE = `${EMPTY}. Set it, or leave the key out`
const EMPTY_VALUE = `${EMPTY}. Set it; write NAME?=value to leave the name out while it is empty; or write NAME<<END and END on the next line to mean an empty value`

/** JSON.parse keeps the last of two equal keys in silence. A string with a colon behind it is a key. */
function hasRepeatedKey(text: string): boolean {
  const keys = [...text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?/g)].flatMap(([, string, colon]) =>
    string && colon ? [JSON.parse(string) as unknown] : []
  )
  return new Set(keys).size < keys.length
}

function environmentUnknown(): RefusalError {
  return new RefusalError(
    'Secrets cannot be merged',
    'The control plane does not say which secrets the deployment has, so yours cannot be added to them.',
    'Set `secrets-mode: replace` and name all of them.'
  )
}

function valuesHidden(names: readonly string[]): RefusalError {
  const [them, values] = names.length === 1 ? ['it', 'its value'] : ['them', 'their values']
  return new RefusalError(
    'Values of secrets are hidden',
    `The control plane appears to hide the value of ${names.join(', ')}. A change of any secret sends all of them, and would overwrite ${them} with a placeholder.`,
    `Name ${names.join(', ')} with ${values} in \`secrets\` too, or set \`secrets-mode: replace\` and name all secrets.`
  )
}
