import type { LogLevel } from '../control-plane/logs.ts'
import type { WantedSecrets } from '../deployment/secrets.ts'
import type { SourceType } from '../deployment/sources/kinds.ts'
import { DEFAULT_CONFIG_PATH } from '../deployment/sources/source.ts'
import type { OnSuperseded } from '../run/verdict.ts'

/**
 * Choices of an input, with alternative words for each: those of other tools and of ordinary language, separated by
 * spaces.
 */
export type Choices<T extends string = string> = Readonly<Record<T, string>>

const COMMANDS = {
  deploy: 'update create up upsert push apply publish release build start run ship install up-sert deployment serve',
  wait: 'watch follow poll await monitor verify',
  redeploy: 'rollback roll-back revert restore undo back promote restart',
  delete: 'destroy remove rm teardown tear-down down undeploy uninstall cleanup clean-up prune terminate purge',
  status: 'state check get show describe list info inspect read view',
  logs: 'log tail output',
  interrupt: 'stop cancel abort kill halt interruption',
  sweep: 'gc garbage-collect collect tidy expire reap janitor'
} as const

export type Command = keyof typeof COMMANDS

/** Minimum and maximum of an input; in milliseconds for a duration. */
export interface Bounds {
  readonly least: number
  readonly most: number
}

/** Form of the value of an input, which determines how it is checked and read. */
type InputKind =
  /** One value, which its own reader checks. */
  | { readonly kind: 'text' }
  /** Text that can contain a dollar sign or braces, or that has its own check for expressions. */
  | { readonly kind: 'free-text' }
  /** One value that is never printed. */
  | { readonly kind: 'key' }
  | { readonly kind: 'uuid' }
  | ({ readonly kind: 'duration' } & Bounds)
  /** Whole number. */
  | ({ readonly kind: 'count' } & Bounds)
  /** `true` or `false`, in any case. */
  | { readonly kind: 'flag'; readonly default: 'true' | 'false' }
  /** Flag that an existing deployment has a value for. */
  | { readonly kind: 'optional-flag' }
  /** `true`, `false` or `auto`, in any case. */
  | { readonly kind: 'auto-flag'; readonly default: AutoFlag; readonly choices: Choices<AutoFlag> }
  | { readonly kind: 'choice'; readonly choices: Choices }

export type AutoFlag = 'auto' | 'true' | 'false'

/** Properties of an input, except for its description in action.yml. */
type InputRow = InputKind & {
  /** Default in action.yml, which the runner fills in. */
  readonly default?: string
  /**
   * Default for a new deployment; an existing deployment keeps its value. It is not in action.yml, because the runner
   * would fill it in, and the action could not distinguish it from a value of the user.
   */
  readonly defaultAtCreate?: string
  /** Commands that use the input. */
  readonly commands: readonly Command[]
  /** Sources that use the input; omitted if all do. */
  readonly sources?: readonly SourceType[]
}

const EVERY_COMMAND = keysOf(COMMANDS)
/** Commands for one deployment. */
const OF_ONE = ['deploy', 'wait', 'redeploy', 'delete', 'status', 'logs', 'interrupt'] as const
const DEPLOY = ['deploy'] as const
/** Commands that create a revision. */
const WRITING = ['deploy', 'redeploy'] as const
/** Commands that follow a revision. */
const FOLLOWING = ['deploy', 'redeploy', 'wait'] as const
/** Commands that report to GitHub. */
const TOLD = ['deploy', 'redeploy', 'wait', 'delete', 'sweep'] as const

const LOGS = ['logs'] as const
const SWEEP = ['sweep'] as const

const GITHUB = ['github'] as const
/** Sources with an existing image. */
const IMAGE = ['external_docker', 'internal_docker'] as const
const EXTERNAL_DOCKER = ['external_docker'] as const
const ARCHIVE = ['internal_source'] as const
const BUILT = ['github', 'internal_source'] as const

const SECOND_MS = 1_000
/** GitHub stops a job after five days. */
const LONGEST_MS = 5 * 24 * 3_600 * SECOND_MS
const LONGEST_LOG_MS = 90 * 24 * 3_600 * SECOND_MS
const LONGEST_AGE_MS = 365 * 24 * 3_600 * SECOND_MS

const LEAVE_OR_INTERRUPT = { leave: 'keep ignore none nothing continue', interrupt: 'cancel stop abort kill' } as const

/**
 * Inputs of the action, one row each, in the order of action.yml.
 *
 * CONTRIBUTING.md describes how to add an input. A test fails if a command or source does not read an input of its row.
 */
export const INPUTS = {
  'api-key': { kind: 'key', commands: EVERY_COMMAND },
  'workspace-id': { kind: 'text', commands: EVERY_COMMAND },
  'organization-id': { kind: 'uuid', commands: EVERY_COMMAND },
  region: { kind: 'text', default: 'us', commands: EVERY_COMMAND },
  'control-plane-url': { kind: 'text', commands: EVERY_COMMAND },
  command: { kind: 'choice', choices: COMMANDS, default: 'deploy', commands: EVERY_COMMAND },
  name: { kind: 'text', commands: EVERY_COMMAND },
  preview: { kind: 'flag', default: 'false', commands: OF_ONE },
  'deployment-id': { kind: 'uuid', commands: OF_ONE },
  'source-type': {
    kind: 'choice',
    choices: {
      github: 'git repo repository source gh github-repo',
      external_docker: 'docker image container external registry docker-image external-image oci',
      internal_source: 'internal local upload archive workspace tarball source-code directory folder',
      internal_docker:
        'push pushed push-image docker-push local-image local-docker internal-image cloud-image cloud-docker'
    } satisfies Choices<SourceType>,
    commands: DEPLOY
  },
  'repo-url': { kind: 'text', commands: DEPLOY, sources: GITHUB },
  'repo-ref': { kind: 'text', commands: DEPLOY, sources: GITHUB },
  'langgraph-config': { kind: 'text', defaultAtCreate: DEFAULT_CONFIG_PATH, commands: DEPLOY },
  'integration-id': { kind: 'uuid', commands: DEPLOY, sources: GITHUB },
  'build-on-push': { kind: 'optional-flag', defaultAtCreate: 'false', commands: DEPLOY, sources: GITHUB },
  'deployment-type': { kind: 'text', commands: DEPLOY },
  'install-command': { kind: 'free-text', commands: DEPLOY, sources: BUILT },
  'build-command': { kind: 'free-text', commands: DEPLOY, sources: BUILT },
  root: { kind: 'text', commands: DEPLOY, sources: ARCHIVE },
  include: { kind: 'free-text', commands: DEPLOY, sources: ARCHIVE },
  'image-uri': { kind: 'text', commands: DEPLOY, sources: IMAGE },
  'listener-id': { kind: 'uuid', commands: DEPLOY, sources: EXTERNAL_DOCKER },
  'k8s-namespace': { kind: 'text', commands: DEPLOY, sources: EXTERNAL_DOCKER },
  'resource-spec': { kind: 'free-text', commands: DEPLOY, sources: EXTERNAL_DOCKER },
  'display-name': { kind: 'free-text', commands: DEPLOY },
  'secret-references': { kind: 'free-text', commands: DEPLOY, sources: EXTERNAL_DOCKER },
  'custom-url': { kind: 'text', commands: DEPLOY, sources: EXTERNAL_DOCKER },
  'route-through-gateway': { kind: 'optional-flag', commands: DEPLOY },
  'agent-id': { kind: 'text', commands: DEPLOY },
  'agent-environment': {
    kind: 'choice',
    choices: { development: 'dev', staging: 'stage test qa', production: 'prod live' },
    commands: DEPLOY
  },
  secrets: { kind: 'free-text', commands: DEPLOY },
  variables: { kind: 'free-text', commands: DEPLOY },
  'secrets-file': { kind: 'text', commands: DEPLOY },
  'secrets-mode': {
    kind: 'choice',
    choices: {
      merge: 'append add update upsert patch keep',
      replace: 'overwrite set exact override reset sync'
    } satisfies Choices<WantedSecrets['mode']>,
    default: 'merge',
    commands: DEPLOY
  },
  wait: { kind: 'flag', default: 'true', commands: WRITING },
  timeout: { kind: 'duration', least: SECOND_MS, most: LONGEST_MS, default: '30m', commands: EVERY_COMMAND },
  'poll-interval': { kind: 'duration', least: SECOND_MS, most: LONGEST_MS, commands: FOLLOWING },
  'on-superseded': {
    kind: 'choice',
    choices: {
      warn: 'warning ignore pass skip',
      fail: 'error failure',
      follow: 'wait await watch'
    } satisfies Choices<OnSuperseded>,
    default: 'warn',
    commands: FOLLOWING
  },
  'on-timeout': { kind: 'choice', choices: LEAVE_OR_INTERRUPT, default: 'leave', commands: WRITING },
  'on-cancel': { kind: 'choice', choices: LEAVE_OR_INTERRUPT, default: 'leave', commands: WRITING },
  'revision-id': { kind: 'uuid', commands: ['wait', 'redeploy', 'logs', 'interrupt'] },
  'health-check': {
    kind: 'auto-flag',
    choices: { auto: 'default', true: 'yes on always required 1', false: 'no off none never skip 0' },
    default: 'auto',
    commands: FOLLOWING
  },
  'health-path': { kind: 'text', default: '/ok', commands: FOLLOWING },
  'verify-graphs': { kind: 'flag', default: 'false', commands: FOLLOWING },
  'smoke-test': { kind: 'free-text', commands: FOLLOWING },
  'smoke-test-file': { kind: 'text', commands: FOLLOWING },
  'agent-api-key': { kind: 'key', commands: FOLLOWING },
  'agent-headers': { kind: 'free-text', commands: FOLLOWING },
  bake: { kind: 'duration', least: SECOND_MS, most: LONGEST_MS, commands: FOLLOWING },
  'max-error-rate': { kind: 'text', commands: FOLLOWING },
  'max-latency-p99': { kind: 'text', commands: FOLLOWING },
  'min-runs': { kind: 'count', least: 1, most: 1_000_000_000, default: '20', commands: FOLLOWING },
  'rollback-on-failure': { kind: 'flag', default: 'false', commands: WRITING },
  'allow-downgrade': { kind: 'flag', default: 'false', commands: DEPLOY },
  'require-experiment': { kind: 'text', commands: DEPLOY },
  thresholds: { kind: 'free-text', commands: DEPLOY },
  'baseline-experiment': { kind: 'text', commands: DEPLOY },
  'if-missing': {
    kind: 'choice',
    choices: { create: 'true yes add make', fail: 'error false no' },
    default: 'create',
    commands: DEPLOY
  },
  environment: { kind: 'free-text', commands: TOLD },
  comment: { kind: 'flag', default: 'false', commands: TOLD },
  'skip-unchanged': { kind: 'flag', default: 'false', commands: DEPLOY },
  'delete-tracing-project': { kind: 'flag', default: 'false', commands: ['delete', 'sweep'] },
  'max-age': { kind: 'duration', least: 60 * SECOND_MS, most: LONGEST_AGE_MS, commands: SWEEP },
  'max-previews': { kind: 'count', least: 1, most: 10_000, commands: SWEEP },
  'allow-insecure-http': { kind: 'flag', default: 'false', commands: EVERY_COMMAND },
  logs: {
    kind: 'choice',
    choices: {
      'on-failure': 'failure failures failed on-error error errors auto default',
      stream: 'true on always all live follow yes tail',
      off: 'false no none never'
    },
    default: 'on-failure',
    commands: FOLLOWING
  },
  'log-level': {
    kind: 'choice',
    choices: {
      debug: 'all trace verbose',
      info: 'notice',
      warning: 'warn',
      error: 'err errors failure',
      critical: 'fatal'
    } satisfies Choices<Lowercase<LogLevel>>,
    commands: LOGS
  },
  'log-since': { kind: 'duration', least: SECOND_MS, most: LONGEST_LOG_MS, commands: LOGS },
  'log-limit': { kind: 'count', least: 1, most: 10_000, default: '100', commands: LOGS },
  'dry-run': { kind: 'flag', default: 'false', commands: [...WRITING, 'delete', 'interrupt', 'sweep'] },
  // The default in action.yml is an expression. It is never empty, so every command uses it.
  'github-token': { kind: 'key', commands: EVERY_COMMAND }
} as const satisfies Readonly<Record<string, InputRow>>

export type InputName = keyof typeof INPUTS

/** Names of the inputs of a kind. */
export type NamesOf<K extends InputKind['kind']> = {
  [N in InputName]: (typeof INPUTS)[N] extends { readonly kind: K } ? N : never
}[InputName]

/** Choices of an input. */
export type ChoiceOf<N extends NamesOf<'choice'>> = keyof (typeof INPUTS)[N]['choices'] & string

/** Names of the inputs, in the order of the table. */
export const INPUT_NAMES = keysOf(INPUTS)

/** Returns the row of an input. */
export function rowOf(input: InputName): InputRow {
  return INPUTS[input]
}

/** Returns the choices of an input, in the order in which messages list them. */
export function choicesOf<N extends NamesOf<'choice'>>(input: N): readonly [ChoiceOf<N>, ...ChoiceOf<N>[]] {
  return Object.keys(INPUTS[input].choices) as [ChoiceOf<N>, ...ChoiceOf<N>[]]
}

/** Tells if a command uses an input. */
export function isUsedBy(command: Command, input: InputName): boolean {
  return rowOf(input).commands.includes(command)
}

/** Tells if a source uses an input; `undefined` is an unknown source. */
export function goesWith(source: SourceType | undefined, input: InputName): boolean {
  const { sources } = rowOf(input)
  return sources === undefined || (source !== undefined && sources.includes(source))
}

function keysOf<T extends string>(record: Readonly<Record<T, unknown>>): readonly T[] {
  return Object.keys(record) as T[]
}
