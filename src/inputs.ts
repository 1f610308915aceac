import type { ControlPlane } from './control-plane/hosts.ts'
import type { Connection } from './control-plane/network.ts'
import type { Target } from './deployment/find.ts'
import { isValidName, normaliseName } from './deployment/name.ts'
import { previewNames } from './deployment/preview.ts'
import type { WantedSecrets } from './deployment/secrets.ts'
import type { SourceInputs } from './deployment/sources/index.ts'
import type { OnSuperseded } from './deployment/watch.ts'
import type { GithubAccess } from './github/session.ts'
import { readConnection } from './inputs/connection.ts'
import { createReader, DEFAULTS, InputError, type Reader } from './inputs/reader.ts'
import { readSecrets } from './inputs/secrets.ts'
import { commitOfRun, readSource, SOURCE_INPUTS } from './inputs/source.ts'
import { readTrigger, type Trigger } from './runner/trigger.ts'

export type Command = 'deploy' | 'wait' | 'redeploy' | 'delete'

/** What the inputs of a run mean, complete and sound. */
export type Config = DeployConfig | WaitConfig | RedeployConfig | DeleteConfig

interface CommonConfig {
  readonly controlPlane: ControlPlane
  readonly connection: Connection
  /** A workspace by its name, which has to be looked up before anything else is sent. */
  readonly workspaceName: string | undefined
  readonly trigger: Trigger
  readonly target: Target
  /** Nothing when there is no token. */
  readonly github: GithubAccess | undefined
  /** The environment whose GitHub deployments this run writes. */
  readonly environment: string | undefined
  /** The pull request that gets a comment. */
  readonly commentOn: number | undefined
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
  readonly health: HealthInputs
}

/** How it is proved that a deployment serves. */
export interface HealthInputs {
  /** `auto`: only where the address is one that anybody can reach, and with patience for what cannot be reached. */
  readonly check: 'auto' | 'true' | 'false'
  /** Path below the address of the deployment, with a slash in front. */
  readonly path: string
}

/** What becomes of a revision that this run made. */
export interface OwnRevision extends Following {
  readonly wait: boolean
  readonly onTimeout: 'leave' | 'interrupt'
  readonly onCancel: 'leave' | 'interrupt'
  /** Whether a revision that was rolled out and does not serve is replaced by the one before. */
  readonly rollbackOnFailure: boolean
  readonly dryRun: boolean
}

export interface DeployConfig extends CommonConfig, OwnRevision {
  readonly command: 'deploy'
  readonly source: SourceInputs
  readonly secrets: WantedSecrets
  readonly displayName: string | undefined
  readonly skipUnchanged: boolean
  /** Whether an older commit may go over a newer one. */
  readonly allowDowngrade: boolean
}

/** The `revision-id` that asks `wait` for the newest revision, whatever commit it holds. */
export const LATEST = 'latest'

export interface WaitConfig extends CommonConfig, Following {
  readonly command: 'wait'
  /** An ID, or `LATEST`. */
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
  'preview',
  'environment',
  'comment',
  // Its default is never empty, so for the other commands it cannot be told from a written one.
  'github-token'
]
const FOR_FOLLOWING = ['poll-interval', 'on-superseded', 'logs', 'health-check', 'health-path']
const FOR_OWN_REVISION = [...FOR_FOLLOWING, 'wait', 'on-timeout', 'on-cancel', 'rollback-on-failure', 'dry-run']

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
    'skip-unchanged',
    'allow-downgrade'
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
 * Why a run has nothing to do and is not to blame: GitHub hands no secrets to pull requests from forks and from
 * Dependabot, and nobody would delete the preview of a closed one. Told by the payload of the event and the inputs.
 */
export function readAbsence({ variables, event }: InputEnvironment): string | undefined {
  const inputs = createReader(variables)
  const { pullRequest, isClosed, withoutSecrets } = readTrigger(variables, event)
  if (inputs.text('api-key')) {
    const isPreview = inputs.text('preview')?.toLowerCase() === 'true'
    const deploys = (inputs.text('command') ?? DEFAULTS.command) === 'deploy'
    return isPreview && deploys && isClosed && pullRequest !== undefined ? ABSENCES.closed : undefined
  }
  return pullRequest !== undefined && withoutSecrets ? ABSENCES[withoutSecrets] : undefined
}

const ABSENCES = {
  closed: 'This pull request is closed, and nobody would delete a preview of it; nothing was deployed.',
  fork: 'This pull request comes from a fork, and GitHub hands no secrets to those; nothing was deployed.',
  dependabot:
    'This pull request comes from Dependabot, whose runs only get the secrets stored under Settings, Secrets and variables, Dependabot; `api-key` is empty, and nothing was deployed.'
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
      const allowDowngrade = inputs.flag('allow-downgrade')
      if (!source) return undefined
      const trigger = { ...common.trigger, commit: commitOfRun(source, common.trigger) }
      return {
        ...common,
        ...ownRevision,
        trigger,
        command,
        source,
        secrets,
        displayName: inputs.text('display-name'),
        skipUnchanged,
        allowDowngrade,
        notices: [
          ...common.notices,
          ...notices,
          ...noticesOf(ownRevision),
          ...noticesOfCommit(trigger.commit, common.trigger.commit)
        ],
        warnings: [...common.warnings, ...warnings]
      }
    }
    case 'wait':
      return { ...common, ...readFollowing(inputs), command, revisionId: readRevisionId(inputs, command) }
    case 'redeploy':
      return readRedeploy(inputs, common)
    case 'delete':
      return {
        ...common,
        command,
        deleteTracingProject: inputs.flag('delete-tracing-project'),
        dryRun: inputs.flag('dry-run')
      }
  }
}

function readRedeploy(inputs: Reader, common: CommonConfig): RedeployConfig {
  const ownRevision = readOwnRevision(inputs)
  return {
    ...common,
    ...ownRevision,
    command: 'redeploy',
    revisionId: readRevisionId(inputs, 'redeploy'),
    notices: [...common.notices, ...noticesOf(ownRevision)]
  }
}

function readRevisionId(inputs: Reader, command: 'wait' | 'redeploy'): string | undefined {
  if (inputs.text('revision-id')?.toLowerCase() !== LATEST) {
    return inputs.uuid('revision-id', command === 'wait' ? LATEST : undefined)
  }
  if (command === 'wait') return LATEST
  inputs.problem(
    'revision-id',
    `is \`${LATEST}\`, which only \`command: wait\` takes. Write the ID of the revision to go back to, or remove it to go back to the last one that served before.`
  )
  return undefined
}

/** What was asked for together and cannot come about together. */
function noticesOf({ rollbackOnFailure, wait, health }: OwnRevision): readonly string[] {
  if (!rollbackOnFailure || (wait && health.check !== 'false')) return []
  const cause = wait ? '`health-check: false`' : '`wait: false`'
  return [`\`rollback-on-failure\` has no effect with ${cause}: nobody looks whether the revision serves.`]
}

/** The checkout took another ref than that of the run, or a later commit of it. */
function noticesOfCommit(packed: string | undefined, started: string | undefined): readonly string[] {
  if (!packed || !started || packed === started) return []
  return [
    `The checkout is at commit ${packed}, and this run was started for ${started}. ${packed} is deployed, and it is the commit of this run from here on.`
  ]
}

function readCommon(inputs: Reader, command: Command, { variables, event }: InputEnvironment): CommonConfig {
  const trigger = readTrigger(variables, event)
  const unused = [...new Set(Object.values(USED_BY).flat())].filter(
    (name) => inputs.isWritten(name) && !USED_BY[command].includes(name)
  )
  const connection = readConnection(inputs, trigger, variables)
  const feedback = readFeedback(inputs, trigger, variables)
  const ignored = `\`command: ${command}\` does not use ${unused.map((name) => `\`${name}\``).join(', ')}; ignored.`
  return {
    ...connection,
    ...feedback,
    trigger,
    target: readTarget(inputs, command, trigger, connection.controlPlane),
    timeoutMs: inputs.duration('timeout', { least: 1_000, most: LONGEST_MS }) ?? 0,
    notices: [...(unused.length > 0 ? [ignored] : []), ...feedback.notices],
    warnings: []
  }
}

/** What the run tells GitHub of itself. */
function readFeedback(
  inputs: Reader,
  trigger: Trigger,
  variables: InputEnvironment['variables']
): Pick<CommonConfig, 'github' | 'environment' | 'commentOn' | 'notices'> {
  const github = readGithubAccess(inputs, trigger, variables)
  const environment = inputs.text('environment')
  const comment = inputs.flag('comment')
  if (environment && environment.length > LONGEST_ENVIRONMENT) {
    inputs.problem('environment', `has ${environment.length} characters. GitHub takes ${LONGEST_ENVIRONMENT} at most.`)
  }
  if (!github && (environment || comment)) {
    inputs.problem(
      'github-token',
      `is empty, and ${environment ? '`environment`' : '`comment: true`'} needs it. Remove \`github-token\` to use the job's own, or remove ${environment ? '`environment`' : '`comment`'}.`
    )
  }
  const hasPlace = !comment || trigger.pullRequest !== undefined
  return {
    github,
    environment,
    commentOn: comment ? trigger.pullRequest : undefined,
    notices: hasPlace
      ? []
      : [
          `\`comment: true\` has no pull request to write to: this run was started by ${trigger.eventName || 'no event'}.`
        ]
  }
}

const LONGEST_ENVIRONMENT = 255

function readTarget(inputs: Reader, command: Command, trigger: Trigger, controlPlane: ControlPlane): Target {
  const deploymentId = inputs.uuid('deployment-id')
  const name = inputs.text('name')
  if (inputs.flag('preview')) return readPreview(inputs, trigger, controlPlane, name, deploymentId)
  if (name || deploymentId) return { name, deploymentId }
  if (command === 'delete') {
    inputs.problem('name', 'is missing: `command: delete` takes no default. Write `name` or `deployment-id`.')
  } else if (!trigger.repository) {
    inputs.problem('name', 'is missing, and there is no repository to name the deployment after. Write `name`.')
  }
  return { name: normaliseName(trigger.repository.split('/').at(-1) ?? ''), deploymentId: undefined }
}

/** A preview is told by its name, which says what it is: so even `delete` may take the default. */
function readPreview(
  inputs: Reader,
  { pullRequest, repository, eventName }: Trigger,
  { hosting }: ControlPlane,
  written: string | undefined,
  deploymentId: string | undefined
): Target {
  if (deploymentId) {
    inputs.problem('deployment-id', 'does not go with `preview: true`, which finds the deployment by name. Remove one.')
  }
  if (pullRequest === undefined) {
    inputs.problem(
      'preview',
      `needs a pull request to name the deployment after, and this run was started by ${eventName || 'no event'}. Run it on \`pull_request\`, or write \`name\` in full and remove \`preview\`.`
    )
  }
  if (!written && !repository) {
    inputs.problem('name', 'is missing, and there is no repository to name the deployment after. Write `name`.')
  }
  const name = written ?? normaliseName(repository.split('/').at(-1) ?? '')
  if (!isValidName(name)) {
    inputs.problem(
      'name',
      `is "${name}", which cannot name a deployment: letters, digits and dashes, a letter first. Write \`${normaliseName(name)}\`.`
    )
  }
  const names = previewNames(name, pullRequest ?? 0, hosting === 'self-hosted')
  return { name: names[0], deploymentId: undefined, previewNames: names }
}

function readFollowing(inputs: Reader): Following {
  return {
    pollIntervalMs: inputs.duration('poll-interval', { least: 1_000, most: LONGEST_MS }),
    onSuperseded: inputs.choice('on-superseded', ['warn', 'fail', 'follow']),
    logs: inputs.choice('logs', ['on-failure', 'stream', 'off']),
    health: readHealth(inputs)
  }
}

function readHealth(inputs: Reader): HealthInputs {
  const path = inputs.text('health-path') ?? DEFAULTS['health-path']
  if (!/^\/[\w.~/%?&=+-]*$/.test(path)) {
    inputs.problem('health-path', `is "${path}", which is no path. Write one such as \`/ok\` or \`/agents/ok\`.`)
  }
  const written = (inputs.text('health-check') ?? DEFAULTS['health-check']).toLowerCase()
  const check = (['auto', 'true', 'false'] as const).find((choice) => choice === written)
  if (!check) inputs.problem('health-check', `is "${written}". Write \`auto\`, \`true\` or \`false\`.`)
  return { check: check ?? 'auto', path }
}

function readOwnRevision(inputs: Reader): OwnRevision {
  return {
    ...readFollowing(inputs),
    wait: inputs.flag('wait'),
    onTimeout: inputs.choice('on-timeout', ['leave', 'interrupt']),
    onCancel: inputs.choice('on-cancel', ['leave', 'interrupt']),
    rollbackOnFailure: inputs.flag('rollback-on-failure'),
    dryRun: inputs.flag('dry-run')
  }
}

function readGithubAccess(
  inputs: Reader,
  { repository }: Trigger,
  variables: InputEnvironment['variables']
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
