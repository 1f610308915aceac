import { RefusalError } from '../control-plane/errors.ts'
import type { DeployedSecret, Secret } from '../control-plane/resources.ts'

/** The outcome of reading a text of secrets. Problems name lines and never hold anything of their text. */
export interface ParsedSecrets {
  readonly secrets: readonly Secret[]
  readonly problems: readonly string[]
  readonly notices: readonly string[]
}

/** What the user wants the environment to be. */
export interface WantedSecrets {
  readonly secrets: readonly Secret[]
  readonly mode: 'merge' | 'replace'
}

export type SecretChange = 'added' | 'changed' | 'removed' | 'kept'

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

/** Names that only a self-hosted data plane leaves to its operator. Same source. */
const RESERVED_ON_CLOUD = new Set(
  `LANGSMITH_API_KEY LANGSMITH_ENDPOINT POSTGRES_URI_CUSTOM REDIS_URI_CUSTOM PATH PORT MOUNT_PREFIX LSD_ENV
   LSD_DD_API_KEY LSD_DD_ENDPOINT LSD_DEPLOYMENT_TYPE`.split(/\s+/)
)

const RUNNER_PREFIX = /^(GITHUB|RUNNER|ACTIONS|INPUT)_/

/**
 * Reads a text of secrets: `NAME=value`, `NAME<<END` … `END`, a bare `NAME` that is looked up, or one JSON object of
 * strings. A value is the rest of its line, every character of it: nothing is trimmed, unquoted or expanded, for each
 * of these has cut a password somewhere.
 *
 * @param lookUp the value of an environment variable of the step, for bare names
 */
export function parseSecrets(text: string, lookUp: (name: string) => string | undefined): ParsedSecrets {
  return text.trimStart().startsWith('{') ? parseJsonSecrets(text) : parseLines(text.replace(/^\uFEFF/, ''), lookUp)
}

/** What is wrong with the name of a secret, or nothing. `onCloud`: the platform runs it, so more names are reserved. */
export function nameProblem(name: string, onCloud: boolean): string | undefined {
  if (RUNNER_PREFIX.test(name)) return `${name} belongs to the runner; it means nothing to a deployment`
  if (RESERVED_EVERYWHERE.has(name) || (onCloud && RESERVED_ON_CLOUD.has(name))) {
    return `${name} is reserved: LangSmith sets it itself. Remove it`
  }
  return undefined
}

/**
 * Lays the wish over what stands in LangSmith. A patch replaces the whole environment, so what is to be kept must be
 * sent along.
 *
 * @param deployed what stands there; `null` when the server does not say
 * @throws {RefusalError} when a kept value is hidden by the server, and sending it would destroy it
 */
export function mergeSecrets(wanted: WantedSecrets, deployed: readonly DeployedSecret[] | null): MergedSecrets {
  if (wanted.secrets.length === 0) {
    return { send: undefined, changes: (deployed ?? []).map(({ name }) => ({ name, change: 'kept' as const })) }
  }
  if (deployed === null && wanted.mode === 'merge') throw environmentUnknown()

  const before = new Map((deployed ?? []).map(({ name, value }) => [name, value]))
  const after = new Map(wanted.secrets.map(({ name, value }) => [name, value]))
  const rest = [...before].filter(([name]) => !after.has(name))

  const changes: { name: string; change: SecretChange }[] = []
  for (const [name, value] of after) {
    const change = !before.has(name) ? 'added' : before.get(name) === value ? 'kept' : 'changed'
    changes.push({ name, change })
  }
  for (const [name] of rest) changes.push({ name, change: wanted.mode === 'merge' ? 'kept' : 'removed' })
  if (changes.every(({ change }) => change === 'kept')) return { send: undefined, changes }

  if (wanted.mode === 'merge') {
    for (const [name, value] of rest) {
      if (value === null || /^\*+$/.test(value)) throw valueHidden(name)
      after.set(name, value)
    }
  }
  return { send: [...after].map(([name, value]) => ({ name, value })), changes }
}

function parseLines(text: string, lookUp: (name: string) => string | undefined): ParsedSecrets {
  const lines = text.split(/\r?\n/)
  const found: Found[] = []
  const problems: string[] = []
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? ''
    const number = index + 1
    if (line.trim() === '' || line.startsWith('#')) continue

    const { name, operator, rest } = splitLine(line)
    const problem = shapeProblem(name)
    if (problem) {
      problems.push(`line ${number}: ${problem}`)
      // A broken `NAME<<END` would turn each line of its value into a problem of its own.
      if (operator === '<<') index = Math.max(index, lines.indexOf(rest, index + 1))
      continue
    }
    if (operator === '<<') {
      const end = lines.indexOf(rest, index + 1)
      if (rest === '')
        problems.push(`line ${number}: \`${name}<<\` needs a word that ends the value, such as ${name}<<EOF`)
      else if (end < 0) {
        problems.push(`line ${number}: the value of ${name} never ends; its closing word must stand alone on a line`)
        break
      } else {
        found.push({ name, value: lines.slice(index + 1, end).join('\n'), place: `line ${number}` })
        index = end
      }
    } else if (operator === '=') {
      if (rest === '') problems.push(`line ${number}: ${emptyValue(name)}`)
      else found.push({ name, value: rest, place: `line ${number}` })
    } else {
      const value = lookUp(name)
      if (!value)
        problems.push(`line ${number}: ${name} is not set in the step's \`env\`; set it there, or write ${name}=value`)
      else found.push({ name, value, place: `line ${number}` })
    }
  }
  return withoutDuplicates(found, problems, [])
}

function parseJsonSecrets(text: string): ParsedSecrets {
  let value: unknown
  try {
    value = JSON.parse(text.trim())
  } catch {
    return {
      secrets: [],
      notices: [],
      problems: ['begins with { but is no valid JSON; write one NAME=value a line, or one JSON object of strings']
    }
  }
  const found: Found[] = []
  const problems: string[] = []
  const notices: string[] = []
  for (const [name, item] of Object.entries(value as Record<string, unknown>)) {
    if (name === 'github_token') {
      notices.push("github_token is left out of the secrets: it is the job's own token and ends with it.")
      continue
    }
    const problem = shapeProblem(name)
    if (problem) problems.push(`a JSON key: ${problem}`)
    else if (typeof item !== 'string') problems.push(`${name}: the value is no string; put it in quotes`)
    else if (item === '') problems.push(emptyValue(name))
    else found.push({ name, value: item, place: 'the JSON object' })
  }
  if (problems.length === 0) problems.push(...repeatedKeys(text).map((name) => `${name} is given twice`))
  return withoutDuplicates(found, problems, notices)
}

interface Found extends Secret {
  readonly place: string
}

function withoutDuplicates(found: readonly Found[], problems: string[], notices: readonly string[]): ParsedSecrets {
  const places = new Map<string, string>()
  for (const { name, place } of found) {
    const earlier = places.get(name)
    if (earlier) problems.push(`${place}: ${name} is given a second time, first in ${earlier}`)
    else places.set(name, place)
  }
  return { secrets: found.map(({ name, value }) => ({ name, value })), problems, notices }
}

/** Whichever of `=` and `<<` comes first rules the line, as in the runner's own files. */
function splitLine(line: string): { name: string; operator: '=' | '<<' | undefined; rest: string } {
  const match = /=|<</.exec(line)
  if (!match) return { name: line, operator: undefined, rest: '' }
  const operator = match[0] === '=' ? '=' : '<<'
  return { name: line.slice(0, match.index), operator, rest: line.slice(match.index + operator.length) }
}

/** The text is not shown: a line that is no assignment may be a piece of a secret. */
function shapeProblem(name: string): string | undefined {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return undefined
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name.trim()))
    return 'there is white space around the name; write NAME=value without it'
  if (/^export\s/.test(name)) return 'begins with `export`; write NAME=value'
  return 'a name has letters, digits and underscores and no digit first; write NAME=value, or NAME<<EOF for a value of several lines'
}

function emptyValue(name: string): string {
  return `${name} has an empty value, which nearly always means that the secret behind it is not set. Set it, or write ${name}<<END and END on the next line to mean an empty value`
}

/** JSON.parse keeps the last of two equal keys in silence. In an object of strings every second string is a key. */
function repeatedKeys(text: string): readonly string[] {
  const strings = text.match(/"(?:[^"\\]|\\.)*"/g) ?? []
  const keys = strings.filter((_, index) => index % 2 === 0).map((key) => String(JSON.parse(key)))
  return [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))]
}

function environmentUnknown(): RefusalError {
  return new RefusalError(
    'The control plane does not say which secrets the deployment has, so yours cannot be added to them.',
    'Set `secrets-mode: replace` and name all of them.'
  )
}

function valueHidden(name: string): RefusalError {
  return new RefusalError(
    `The control plane hides the value of ${name}. A change of any secret sends all of them, so ${name} would be overwritten with asterisks.`,
    `Name ${name} with its value in \`secrets\` too, or set \`secrets-mode: replace\` and name all of them.`
  )
}
