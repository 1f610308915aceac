import type { ControlPlane } from './control-plane/hosts.ts'
import type { Connection } from './control-plane/network.ts'
import type { Target } from './deployment/find.ts'
import { normaliseName } from './deployment/name.ts'
import type { WantedSecrets } from './deployment/secrets.ts'
import type { SourceInputs } from './deployment/sources/index.ts'
import type { OnSuperseded } from './deployment/watch.ts'
import type { GithubAccess } from './github/commits.ts'
import { readConnection } from './inputs/connection.ts'
import { createReader, InputError, type Reader } from './inputs/reader.ts'
import { readSecrets } from './inputs/secrets.ts'
import { readSource, SOURCE_INPUTS } from './inputs/source.ts'
import { readTrigger, type Trigger } from './runner/trigger.ts'

export type Command = 'deploy' | 'wait' | 'redeploy' | 'delete'

/** What the inputs of a run mean, complete and sound. */
export type Config = DeployConfig | WaitConfig | RedeployConfig | DeleteConfig

interface CommonConfig {
  readonly controlPlane: ControlPlane
  readonly connection: Connection
  readonly trigger: Trigger
  readonly target: Target
  /** Of the whole run, in milliseconds. */
  readonly timeoutMs: number
  /** Said once at the start of the run. */
  readonly notices: readonly string[]
  readonly warnings: readonly string[]
}

/** How a revision is followed. */
export interface Following {
  /** Longest pause between two looks, in milliseconds. */
  readonly pollIntervalMs: number | undefined
  readonly onSuperseded: OnSuperseded
  readonly logs: 'on-failure' | 'stream' | 'off'
}

/** What becomes of a revision that this run made. */
export interface OwnRevision extends Following {
  readonly wait: boolean
  readonly onTimeout: 'leave' | 'interrupt'
  readonly onCancel: 'leave' | 'interrupt'
  readonly dryRun: boolean
}

export interface DeployConfig extends CommonConfig, OwnRevision {
  readonly command: 'deploy'
  readonly source: SourceInputs
  readonly secrets: WantedSecrets
  readonly displayName: string | undefined
  readonly skipUnchanged: boolean
  /** Nothing when there is no token. */
  readonly github: GithubAccess | undefined
}

export interface WaitConfig extends CommonConfig, Following {
  readonly command: 'wait'
  readonly revisionId: string | undefined
}

export interface RedeployConfig extends CommonConfig, OwnRevision {
  readonly command: 'redeploy'
  readonly revisionId: string | undefined
}

export interface DeleteConfig extends CommonConfig {
  readonly command: 'delete'
  readonly deleteTracingProject: boolean
  readonly dryRun: boolean
}

/** Where the inputs come from. */
export interface InputEnvironment {
  /** The process environment: inputs stand there as `INPUT_<NAME>`. */
  readonly variables: Readonly<Record<string, string | undefined>>
  /** Payload of the event, or nothing. */
  readonly event: unknown
  /** @throws {Error} whose message says what is wrong with the file */
  readonly readWorkspaceFile: (file: string) => string
}

const FOR_ALL = [
  'api-key',
  'workspace-id',
  'organization-id',
  'region',
  'control-plane-url',
  'command',
  'name',
  'deployment-id',
  'timeout',
  'allow-insecure-http',
  // Its default is never empty, so for the other commands it cannot be told from a written one.
  'github-token'
]
const FOR_FOLLOWING = ['poll-interval', 'on-superseded', 'logs']
const FOR_OWN_REVISION = [...FOR_FOLLOWING, 'wait', 'on-timeout', 'on-cancel', 'dry-run']

/** The inputs that each command looks at. */
export const USED_BY: Readonly<Record<Command, readonly string[]>> = {
  deploy: [
    ...FOR_ALL,
    ...FOR_OWN_REVISION,
    ...new Set(Object.values(SOURCE_INPUTS).flat()),
    'source-type',
    'deployment-type',
    'display-name',
    'secrets',
    'secrets-file',
    'secrets-mode',
    'skip-unchanged'
  ],
  wait: [...FOR_ALL, ...FOR_FOLLOWING, 'revision-id'],
  redeploy: [...FOR_ALL, ...FOR_OWN_REVISION, 'revision-id'],
  delete: [...FOR_ALL, 'delete-tracing-project', 'dry-run']
}

/** GitHub ends a job after five days at the latest. */
const LONGEST_MS = 5 * 24 * 3_600_000

/**
 * Reads the inputs of a run. Nothing is sent, and nothing else of the environment is looked at.
 *
 * @returns the configuration, with every default filled in
 * @throws {InputError} with everything that is wrong, not only the first
 */
export async function readConfig(environment: InputEnvironment): Promise<Config> {
  const inputs = createReader(environment.variables)
  const command = inputs.choice('command', ['deploy', 'wait', 'redeploy', 'delete'])
  // Without the command it is not known which of the other inputs matter.
  const isCommandKnown = inputs.problems.length === 0
  const common = readCommon(inputs, command, environment)
  const resourceSpec = await parseYaml(inputs.text('resource-spec'))
  const config = isCommandKnown ? await readCommand(inputs, command, common, resourceSpec, environment) : undefined
  if (!config || inputs.problems.length > 0) throw new InputError(inputs.problems)
  return config
}

/**
 * Where the requests go and what they carry, for the post step: what else stood in the inputs matters no more, and a file
 * that they name may be gone by then.
 *
 * @throws {InputError} when that is not sound
 */
export function readAccess({ variables, event }: InputEnvironment): Pick<Config, 'controlPlane' | 'connection'> {
  const inputs = createReader(variables)
  const access = readConnection(inputs, readTrigger(variables, event), variables)
  if (inputs.problems.length > 0) throw new InputError(inputs.problems)
  return access
}

/** The keys among the inputs, sound or not, to be masked before anything is printed. */
export function readKeys(variables: InputEnvironment['variables']): readonly string[] {
  const inputs = createReader(variables)
  return [inputs.text('api-key'), inputs.text('github-token')].filter((key) => key !== undefined)
}

/** Nothing when an input is wrong that the others depend on; then that is among the problems. */
async function readCommand(
  inputs: Reader,
  command: Command,
  common: CommonConfig,
  resourceSpec: unknown,
  environment: InputEnvironment
): Promise<Config | undefined> {
  switch (command) {
    case 'deploy': {
      const source = await readSource(inputs, { ...common, resourceSpec, variables: environment.variables })
      const { secrets, notices, warnings } = readSecrets(inputs, { ...common, source }, environment)
      const ownRevision = readOwnRevision(inputs)
      const skipUnchanged = inputs.flag('skip-unchanged')
      if (!source) return undefined
      return {
        ...common,
        ...ownRevision,
        command,
        source,
        secrets,
        displayName: inputs.text('display-name'),
        skipUnchanged,
        github: readGithubAccess(inputs, common.trigger, environment),
        notices: [...common.notices, ...notices],
        warnings: [...common.warnings, ...warnings]
      }
    }
    case 'wait':
      return { ...common, ...readFollowing(inputs), command, revisionId: inputs.uuid('revision-id') }
    case 'redeploy':
      return { ...common, ...readOwnRevision(inputs), command, revisionId: inputs.uuid('revision-id') }
    case 'delete':
      return {
        ...common,
        command,
        deleteTracingProject: inputs.flag('delete-tracing-project'),
        dryRun: inputs.flag('dry-run')
      }
  }
}

function readCommon(inputs: Reader, command: Command, { variables, event }: InputEnvironment): CommonConfig {
  const trigger = readTrigger(variables, event)
  const unused = [...new Set(Object.values(USED_BY).flat())].filter(
    (name) => inputs.isWritten(name) && !USED_BY[command].includes(name)
  )
  return {
    ...readConnection(inputs, trigger, variables),
    trigger,
    target: readTarget(inputs, command, trigger),
    timeoutMs: inputs.duration('timeout', { least: 1_000, most: LONGEST_MS }) ?? 0,
    notices:
      unused.length === 0
        ? []
        : [`\`command: ${command}\` does not use ${unused.map((name) => `\`${name}\``).join(', ')}; ignored.`],
    warnings: []
  }
}

function readTarget(inputs: Reader, command: Command, trigger: Trigger): Target {
  const deploymentId = inputs.uuid('deployment-id')
  const name = inputs.text('name')
  if (name || deploymentId) return { name, deploymentId }
  if (command === 'delete') {
    inputs.problem('name', 'is missing: `command: delete` takes no default. Write `name` or `deployment-id`.')
  } else if (!trigger.repository) {
    inputs.problem('name', 'is missing, and there is no repository to name the deployment after. Write `name`.')
  }
  return { name: normaliseName(trigger.repository.split('/').at(-1) ?? ''), deploymentId: undefined }
}

function readFollowing(inputs: Reader): Following {
  return {
    pollIntervalMs: inputs.duration('poll-interval', { least: 1_000, most: LONGEST_MS }),
    onSuperseded: inputs.choice('on-superseded', ['warn', 'fail', 'follow']),
    logs: inputs.choice('logs', ['on-failure', 'stream', 'off'])
  }
}

function readOwnRevision(inputs: Reader): OwnRevision {
  return {
    ...readFollowing(inputs),
    wait: inputs.flag('wait'),
    onTimeout: inputs.choice('on-timeout', ['leave', 'interrupt']),
    onCancel: inputs.choice('on-cancel', ['leave', 'interrupt']),
    dryRun: inputs.flag('dry-run')
  }
}

function readGithubAccess(
  inputs: Reader,
  { repository }: Trigger,
  { variables }: InputEnvironment
): GithubAccess | undefined {
  const token = inputs.text('github-token')
  return token ? { token, repository, apiUrl: variables.GITHUB_API_URL || 'https://api.github.com' } : undefined
}

/** The value of a YAML or JSON text; nothing when it is neither. The parser is loaded only for what is no JSON. */
async function parseYaml(text: string | undefined): Promise<unknown> {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    const { JSON_SCHEMA, load } = await import('js-yaml')
    try {
      // What JSON cannot say, such as a cycle of aliases, the API cannot be told.
      return JSON.parse(JSON.stringify(load(text, { schema: JSON_SCHEMA })))
    } catch {
      return undefined
    }
  }
}
