import { readEnvironmentFile } from '../archive/environment-file.ts'
import type { Secret } from '../control-plane/resources.ts'
import type { WantedSecrets } from '../deployment/secrets.ts'
import { isMadeFrom, type SourceInputs } from '../deployment/sources/index.ts'
import { kindOf } from '../deployment/sources/kinds.ts'
import type { ControlPlane } from '../run/destination.ts'
import { errorMessage } from '../run/error-message.ts'
import { sentence } from '../run/sentence.ts'
import { isSecretName } from '../runner/secret-name.ts'
import { secretParts } from '../runner/secret-parts.ts'
import { isOrdinary } from '../runner/secret-shape.ts'
import type { Trigger } from '../runner/trigger.ts'
import { isRunnerVariable, whyReserved } from '../runner/variable-name.ts'
import { joinMessages, type Messages } from './messages.ts'
import { type InputEnvironment, type Reader, variableOf } from './reader.ts'
import { printableNameOf } from './secret-lines.ts'
import { type FoundSecret, namedPlace, type SecretProblem } from './secret-problem.ts'
import { JOB_TOKEN, parseSecrets } from './secret-text.ts'
import { slipsIn } from './slips.ts'

/** Inputs for environment variables. Each variable must be in exactly one of them. */
type EnvironmentInput = 'variables' | 'secrets' | 'secrets-file'

/** Result of reading one input. */
interface GivenVariables extends Pick<Messages, 'warnings' | 'remarks'> {
  readonly input: EnvironmentInput
  readonly secrets: readonly FoundSecret[]
  /** True if the user listed each name, which is therefore intended. */
  readonly isWritten: boolean
  readonly problems: readonly SecretProblem[]
  /** Names marked as optional (`NAME?`) whose value is empty. */
  readonly empty: readonly string[]
}

const NO_VARIABLES = { secrets: [], problems: [], empty: [], warnings: [], remarks: [] }

/** Reasons to omit a variable. */
const WHY = {
  runner: 'the runner sets it for the job',
  key: 'it contains the value of `api-key`',
  job: "it is the job's token, which expires with the job",
  langsmith: 'it is a LangSmith key; set `NAME=value` in `secrets` if the agent needs it'
} as const

/** Omitted name. All such names share one line of the log, except those with a notice. */
interface LeftOut {
  readonly name: string
  readonly why: string
}

/** Data other than the variable that determines if it is omitted. */
interface Rules {
  readonly onCloud: boolean
  readonly apiKey: string | undefined
  readonly token: string | undefined
}

/** Reads the environment from `variables`, `secrets`, `secrets-file` and the project, and the messages about it. */
export function readSecrets(
  inputs: Reader,
  {
    controlPlane,
    trigger,
    source
  }: {
    readonly controlPlane: ControlPlane
    readonly trigger: Trigger
    readonly source: SourceInputs | undefined
  },
  environment: InputEnvironment
): { readonly secrets: WantedSecrets } & Messages {
  const mode = inputs.choice('secrets-mode')
  const lookUp = variableOf(environment.variables)
  const rules = secretRulesOf(inputs, controlPlane, source)
  const given = [
    readLines(inputs, 'variables', lookUp),
    readLines(inputs, 'secrets', lookUp),
    readSecretsFile(inputs, trigger, environment, lookUp)
  ]
  const { chosen, leftOut, notices } = chooseVariables(inputs, given, rules)
  const configured = fromProject(source, new Set(chosen.map(({ name }) => name)), rules)
  const empty = given.flatMap((one) => one.empty.map((name) => ({ name, why: 'empty' })))
  const all = [...leftOut, ...configured.leftOut, ...empty]

  const variables = chosen.filter(({ input }) => input === 'variables').map(nameAndValue)
  const ofInputs = chosen.filter(({ input }) => input !== 'variables').map(nameAndValue)
  const secrets = [...configured.secrets, ...ofInputs]
  if (mode === 'replace' && secrets.length + variables.length === 0) {
    inputs.problem(
      'secrets-mode',
      'is `replace`, which requires at least one variable, because the API cannot clear an environment. Set the variables to keep in `secrets` or `variables`, or remove `secrets-mode`.'
    )
  }
  return {
    secrets: { secrets, variables, mode },
    ...joinMessages(...given, { notices, remarks: all.length > 0 ? [leftOutLine(all)] : [] })
  }
}

function secretRulesOf(inputs: Reader, { hosting }: ControlPlane, source: SourceInputs | undefined): Rules {
  return {
    // With Cloud, an external image runs in the user's own cluster, where the user can set the operator's variables.
    onCloud: hosting === 'cloud' && (!source || kindOf(source.type).isCloudOnly),
    apiKey: inputs.text('api-key'),
    token: inputs.text('github-token')
  }
}

function nameAndValue({ name, value }: Secret): Secret {
  return { name, value }
}

/**
 * Selects the variables for the environment. An omitted variable that the user listed is a notice, because the user can
 * remove it. A name in `toJSON(secrets)` cannot be removed, so it is only in the log.
 */
function chooseVariables(
  inputs: Reader,
  given: readonly GivenVariables[],
  rules: Rules
): {
  readonly chosen: readonly (FoundSecret & { readonly input: EnvironmentInput })[]
  readonly leftOut: readonly LeftOut[]
  readonly notices: readonly string[]
} {
  const leftOut: LeftOut[] = []
  const notices: string[] = []
  const chosen = new Map<string, FoundSecret & { readonly input: EnvironmentInput }>()
  for (const { input, secrets, isWritten, problems } of given) {
    const found = [...problems]
    const problem = (at: number, text: string) => found.push({ at, text })
    for (const secret of secrets) {
      const { name, place, at } = secret
      const why = whyLeftOut(secret, { input, isWritten }, rules)
      if (why === WHY.runner && isWritten) {
        problem(at, `${namedPlace(place, name)}: the runner sets this variable for the job only; remove it`)
      } else if (why) {
        if (isWritten) notices.push(`\`${input}\`: omitted ${name}, because ${why}. Remove it.`)
        else leftOut.push({ name, why })
        continue
      }
      const earlier = chosen.get(name)
      if (earlier && earlier.input !== input) {
        const where = `${earlier.place} of \`${earlier.input}\``
        problem(
          at,
          `${namedPlace(place, printableNameOf(secret))}: duplicate name, first set in ${where}; remove one of them`
        )
      }
      chosen.set(name, { ...secret, input })
    }
    for (const { text } of found.toSorted((a, b) => a.at - b.at)) inputs.problem(input, `${text}.`)
  }
  return { chosen: [...chosen.values()], leftOut, notices }
}

function readLines(
  inputs: Reader,
  input: 'variables' | 'secrets',
  lookUp: (name: string) => string | undefined
): GivenVariables {
  const text = inputs.verbatim(input)
  if (text === undefined) return { ...NO_VARIABLES, input, isWritten: true }
  const { secrets, problems, empty, isWhole } = parseSecrets(text, lookUp, input)
  const slips = isWhole ? [] : slipsIn(text, secrets).map((slip) => `\`${input}\`: ${slip}`)
  const warnings = input === 'variables' ? [...slips, ...toldOfSecrets(secrets)] : slips
  return { input, secrets, isWritten: !isWhole, problems, empty, warnings, remarks: [] }
}

/** Returns warnings about public values that resemble secrets. */
function toldOfSecrets(variables: readonly FoundSecret[]): readonly string[] {
  return variables
    .filter(({ name, value }) => secretParts(value).length > 0 || (isSecretName(name) && !isOrdinary(value)))
    .map(
      ({ name }) =>
        `\`variables\`: ${name} appears to be a secret, but the plan shows its value. Move it to \`secrets\`.`
    )
}

/** Reads the env file in `secrets-file`. */
function readSecretsFile(
  inputs: Reader,
  trigger: Trigger,
  environment: InputEnvironment,
  lookUp: (name: string) => string | undefined
): GivenVariables {
  const input = 'secrets-file'
  const none: GivenVariables = { ...NO_VARIABLES, input, isWritten: false }
  const file = inputs.text(input)
  if (file === undefined) return none
  const content = contentOf(file, trigger, environment)
  if (typeof content === 'string') {
    inputs.problem(input, content)
    return none
  }
  const { variables, lines, problems, warnings, remarks } = readEnvironmentFile(content, lookUp)
  if (lines.size === 0 && problems.length === 0 && warnings.length > 0) {
    inputs.problem(input, 'has no NAME=value line. Use an env file, not YAML or a list of names.')
    return none
  }
  for (const problem of problems) inputs.problem(input, `${problem}.`)
  const told = (texts: readonly string[]) => texts.map((text) => `\`${input}\`: ${text}`)
  const secrets = variables.map((variable) => {
    const at = lines.get(variable.name) ?? 0
    return { ...variable, at, place: `line ${at}` }
  })
  return { ...none, secrets, warnings: told(warnings), remarks: told(remarks) }
}

/**
 * Returns the content of the file, or the reason that it is not read, as the end of a sentence that begins with the
 * name of the input.
 */
function contentOf(file: string, trigger: Trigger, { readWorkspaceFile }: InputEnvironment): Uint8Array | string {
  if (trigger.eventName === 'pull_request_target' && trigger.foreignHead) {
    return `is not allowed here: on pull_request_target, files from ${trigger.foreignHead} could set the environment of your deployment. Use \`secrets\`.`
  }
  try {
    const content = readWorkspaceFile(file)
    const isJson = Buffer.from(content).toString().trimStart().startsWith('{')
    return isJson
      ? 'contains JSON, but must be an env file. Use one NAME=value per line, or set the object in `secrets`.'
      : content
  } catch (error) {
    return sentence(errorMessage(error))
  }
}

/** Returns why a variable is omitted, regardless of its source; `undefined` if it is not. */
function whyLeftOut(
  { name, value }: Secret,
  { input, isWritten }: { readonly input: EnvironmentInput | 'env'; readonly isWritten: boolean },
  { onCloud, apiKey, token }: Rules
): string | undefined {
  if (isRunnerVariable(name)) return WHY.runner
  const reserved = whyReserved(name, { onCloud })
  if (reserved) return reserved
  if (isJobToken(name, value) || (!isWritten && (name === JOB_TOKEN || holdsJobToken(value, token)))) return WHY.job
  // A self-hosted agent reads the key for its traces from this variable, and it may be the same key.
  const isMeant = isWritten && input === 'secrets' && !onCloud && name === 'LANGSMITH_API_KEY'
  if (apiKey && value.includes(apiKey) && !isMeant) return WHY.key
  // `toJSON(secrets)` includes keys with which other steps administer LangSmith.
  return !isWritten && value.trimStart().startsWith(OF_LANGSMITH) ? WHY.langsmith : undefined
}

const OF_LANGSMITH = 'lsv2_'

/**
 * Tells if a variable is the job's token. Installation tokens such as this one expire within hours; other tokens with
 * this name belong to the agent.
 */
function isJobToken(name: string, value: string): boolean {
  return name.toLowerCase() === JOB_TOKEN && value.startsWith(OF_INSTALLATION)
}

function holdsJobToken(value: string, token: string | undefined): boolean {
  return token?.startsWith(OF_INSTALLATION) === true && value.includes(token)
}

const OF_INSTALLATION = 'ghs_'

/** Returns the variables of the project's `env` that the inputs do not set. */
function fromProject(
  source: SourceInputs | undefined,
  given: ReadonlySet<string>,
  rules: Rules
): { readonly secrets: readonly Secret[]; readonly leftOut: readonly LeftOut[] } {
  if (!source || !isMadeFrom('archive', source)) return { secrets: [], leftOut: [] }
  const judged = source.project.environment
    .filter(({ name }) => !given.has(name))
    // LangSmith Cloud builds and runs an archive.
    .map((one) => ({ ...one, why: whyLeftOut(one, { input: 'env', isWritten: false }, { ...rules, onCloud: true }) }))
  return {
    secrets: judged.filter(({ why }) => !why).map(nameAndValue),
    leftOut: judged.flatMap(({ name, why }) => (why ? [{ name, why }] : []))
  }
}

/** Returns a line such as `Omitted from the environment: PORT (LangSmith sets this variable); A, B (empty).` */
function leftOutLine(leftOut: readonly LeftOut[]): string {
  const groups = [...Map.groupBy(leftOut, ({ why }) => why)].map(
    ([reason, some]) => `${[...new Set(some.map(({ name }) => name))].join(', ')} (${reason})`
  )
  return `Omitted from the environment: ${groups.join('; ')}.`
}
