import type { ControlPlane } from '../control-plane/hosts.ts'
import type { Secret } from '../control-plane/resources.ts'
import { type FoundSecret, nameProblem, parseSecrets, type WantedSecrets } from '../deployment/secrets.ts'
import type { SourceInputs } from '../deployment/sources/index.ts'
import type { InputEnvironment } from '../inputs.ts'
import type { Trigger } from '../runner/trigger.ts'
import type { Reader } from './reader.ts'

/** The wished environment from `secrets` and `secrets-file`, with what has to be said of it. */
export function readSecrets(
  inputs: Reader,
  given: { readonly controlPlane: ControlPlane; readonly trigger: Trigger; readonly source: SourceInputs | undefined },
  environment: InputEnvironment
): { readonly secrets: WantedSecrets; readonly notices: readonly string[]; readonly warnings: readonly string[] } {
  const { controlPlane, trigger, source } = given
  const notices: string[] = []
  const warnings: string[] = []
  const mode = inputs.choice('secrets-mode', ['merge', 'replace'])
  // process.env has a prototype: a bare `toString` is no variable.
  const lookUp = (name: string) =>
    Object.hasOwn(environment.variables, name) ? environment.variables[name] : undefined
  const fromInput = inputs.verbatim('secrets')
  const fromFile = readSecretsFile(inputs, trigger, environment)
  // On Cloud an image runs in a cluster of the user's own, who may set what its operator sets.
  const onCloud = controlPlane.hosting === 'cloud' && source?.type !== 'external_docker'

  const all = new Map<string, FoundSecret & { readonly input: string }>()
  for (const [input, text] of [['secrets', fromInput] as const, ['secrets-file', fromFile] as const]) {
    if (text === undefined) continue
    const parsed = parseSecrets(text, lookUp)
    for (const problem of parsed.problems) inputs.problem(input, `${problem}.`)
    notices.push(...parsed.notices.map((notice) => `\`${input}\`: ${notice}`))
    if (input === 'secrets-file') warnings.push(...quoteWarnings(parsed.secrets))
    const [usable, left] = parsed.isWhole
      ? withoutForeign(parsed.secrets, onCloud, inputs.text('api-key'))
      : [parsed.secrets, []]
    if (left.length > 0) {
      notices.push(
        `\`${input}\`: left out ${joined(left)}: ${left.length === 1 ? 'a name that LangSmith or the runner sets, or the API key itself' : 'names that LangSmith or the runner sets, or the API key itself'}.`
      )
    }
    for (const secret of usable) {
      const problem = nameProblem(secret.name, onCloud)
      if (problem) inputs.problem(input, `${secret.place}: ${problem}.`)
      const earlier = all.get(secret.name)
      if (earlier && earlier.input !== input) {
        const where = `${earlier.place} of \`${earlier.input}\``
        inputs.problem(input, `${secret.place}: the same name stands in ${where} too. Remove one of the two.`)
      }
      all.set(secret.name, { ...secret, input })
    }
  }
  const configured = fromProject(source, all)
  notices.push(...configured.notices)
  const secrets = [...configured.secrets, ...all.values()].map(({ name, value }) => ({ name, value }))
  if (mode === 'replace' && secrets.length === 0) {
    inputs.problem(
      'secrets-mode',
      '`replace` needs at least one secret: the API cannot empty an environment. Name what is to stay in `secrets`, or remove `secrets-mode`.'
    )
  }
  return { secrets: { secrets, mode }, notices, warnings }
}

function joined(names: readonly string[]): string {
  return [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and ')
}

/** All secrets of a job hold some that are not meant for a deployment; nobody can take them out of `toJSON(secrets)`. */
function withoutForeign(
  secrets: readonly FoundSecret[],
  onCloud: boolean,
  apiKey: string | undefined
): readonly [readonly FoundSecret[], readonly string[]] {
  const isForeign = ({ name, value }: FoundSecret) =>
    nameProblem(name, onCloud) !== undefined || value.trim() === apiKey
  return [secrets.filter((secret) => !isForeign(secret)), secrets.filter(isForeign).map(({ name }) => name)]
}

/** What the project's own `env` sets, below what the inputs say. Names that the platform sets are left to it. */
function fromProject(
  source: SourceInputs | undefined,
  given: ReadonlyMap<string, unknown>
): { readonly secrets: readonly Secret[]; readonly notices: readonly string[] } {
  if (source?.type !== 'internal_source') return { secrets: [], notices: [] }
  const wanted = source.project.environment.filter(({ name }) => !given.has(name))
  const left = wanted.filter(({ name }) => nameProblem(name, true)).map(({ name }) => name)
  return {
    secrets: wanted.filter(({ name }) => !left.includes(name)),
    notices:
      left.length === 0
        ? []
        : [`${source.project.configPath}: \`env\` sets ${left.join(', ')}, which LangSmith sets itself; left out.`]
  }
}

function readSecretsFile(inputs: Reader, trigger: Trigger, environment: InputEnvironment): string | undefined {
  const file = inputs.text('secrets-file')
  if (file === undefined) return undefined
  if (trigger.eventName === 'pull_request_target' && trigger.foreignHead) {
    inputs.problem(
      'secrets-file',
      `is refused here: under pull_request_target the files of ${trigger.foreignHead} could set the environment of your deployment. Use \`secrets\`.`
    )
    return undefined
  }
  try {
    return environment.readWorkspaceFile(file)
  } catch (error) {
    inputs.problem('secrets-file', sentence(error instanceof Error ? error.message : String(error)))
    return undefined
  }
}

/** A text that ends with a point, unless it ends a sentence already. */
function sentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`
}

/** dotenv takes quotes away, this grammar keeps them; somebody who moves a file over must know. */
function quoteWarnings(secrets: readonly Secret[]): readonly string[] {
  const quoted = secrets.filter(({ value }) => /^(["']).*\1$/s.test(value)).map(({ name }) => name)
  if (quoted.length === 0) return []
  return [
    `\`secrets-file\`: the quotes around the value of ${quoted.join(', ')} are part of it. Remove them if they are not meant.`
  ]
}
