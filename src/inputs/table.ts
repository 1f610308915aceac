import type { LogLevel } from '../control-plane/logs.ts'
import type { WantedSecrets } from '../deployment/secrets.ts'
import type { SourceType } from '../deployment/sources/kinds.ts'
import { DEFAULT_CONFIG_PATH } from '../deployment/sources/source.ts'
import type { OnSuperseded } from '../run/verdict.ts'

/** Each choice of an input, with other words for it: those of other tools and of speech, separated by blanks. */
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

/** The least and the most that an input takes; of a duration in milliseconds. */
export interface Bounds {
  readonly least: number
  readonly most: number
}

/** How the value of an input is written, and so how it is checked and read. */
type InputKind =
  /** One value. What is wrong with it is told where it is read. */
  | { readonly kind: 'text' }
  /** A text that may hold a dollar sign or braces, or that has its own check for expressions. */
  | { readonly kind: 'free-text' }
  /** One value that is never shown. */
  | { readonly kind: 'key' }
  | { readonly kind: 'uuid' }
  | ({ readonly kind: 'duration' } & Bounds)
  /** A whole number. */
  | ({ readonly kind: 'count' } & Bounds)
  /** `true` or `false`, in any case. */
  | { readonly kind: 'flag'; readonly default: 'true' | 'false' }
  /** A flag that an existing deployment has a value for. */
  | { readonly kind: 'optional-flag' }
  /** `true`, `false` or `auto`, in any case. */
  | { readonly kind: 'auto-flag'; readonly default: AutoFlag; readonly choices: Choices<AutoFlag> }
  | { readonly kind: 'choice'; readonly choices: Choices }

export type AutoFlag = 'auto' | 'true' | 'false'

/** All that is known of an input besides its description in action.yml. */
type InputRow = InputKind & {
  /** The default in action.yml, which the runner fills in. */
  readonly default?: string
  /**
   * The default at the creation of a deployment; an existing one keeps what it has. It is not in action.yml: the runner
   * would fill it in, and then a value that the user wrote could not be told from the default.
   */
  readonly defaultAtCreate?: string
  /** The commands that use the input. */
  readonly commands: readonly Command[]
  /** The sources that the input belongs to, if it does not go with each. */
  readonly sources?: readonly SourceType[]
}

const EVERY_COMMAND = keysOf(COMMANDS)
/** They are about one deployment. */
const OF_ONE = ['deploy', 'wait', 'redeploy', 'delete', 'status', 'logs', 'interrupt'] as const
const DEPLOY = ['deploy'] as const
/** They write a revision of their own. */
const WRITING = ['deploy', 'redeploy'] as const
/** They follow a revision. */
const FOLLOWING = ['deploy', 'redeploy', 'wait'] as const
/** GitHub is told of them. */
const TOLD = ['deploy', 'redeploy', 'wait', 'delete', 'sweep'] as const

const LOGS = ['logs'] as const
const SWEEP = ['sweep'] as const

const GITHUB = ['github'] as const
/** They run an image that was built before. */
const IMAGE = ['external_docker', 'internal_docker'] as const
const EXTERNAL_DOCKER = ['external_docker'] as const
const ARCHIVE = ['internal_source'] as const
const BUILT = ['github', 'internal_source'] as const

const SECOND_MS = 1_000
/** GitHub ends a job after five days at the latest. */
const LONGEST_MS = 5 * 24 * 3_600 * SECOND_MS
const LONGEST_LOG_MS = 90 * 24 * 3_600 * SECOND_MS
const LONGEST_AGE_MS = 365 * 24 * 3_600 * SECOND_MS

const LEAVE_OR_INTERRUPT = { leave: 'keep ignore none nothing continue', interrupt: 'cancel stop abort kill' } as const

/**
 * The inputs of the action, one row each, in the order of action.yml.
 *
 * CONTRIBUTING.md says what a new input takes. A test fails if a command or source does not read an input that its row
 * says it uses.
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
  // The default in action.yml is an expression: it is never empty, so each command takes it for its own.
  'github-token': { kind: 'key', commands: EVERY_COMMAND }
} as const satisfies Readonly<Record<string, InputRow>>

export type InputName = keyof typeof INPUTS

/** The names of the inputs of a kind. */
export type NamesOf<K extends InputKind['kind']> = {
  [N in InputName]: (typeof INPUTS)[N] extends { readonly kind: K } ? N : never
}[InputName]

/** The choices of an input. */
export type ChoiceOf<N extends NamesOf<'choice'>> = keyof (typeof INPUTS)[N]['choices'] & string

/** The inputs in the order of the table. */
export const INPUT_NAMES = keysOf(INPUTS)

/** What the table says of an input. */
export function rowOf(input: InputName): InputRow {
  return INPUTS[input]
}

/** The choices of an input, in the order in which they are told. */
export function choicesOf<N extends NamesOf<'choice'>>(input: N): readonly [ChoiceOf<N>, ...ChoiceOf<N>[]] {
  return Object.keys(INPUTS[input].choices) as [ChoiceOf<N>, ...ChoiceOf<N>[]]
}

/** Whether a command uses an input. */
export function isUsedBy(command: Command, input: InputName): boolean {
  return rowOf(input).commands.includes(command)
}

/** Whether an input goes with a source; `undefined` is a source that is not known. */
export function goesWith(source: SourceType | undefined, input: InputName): boolean {
  const { sources } = rowOf(input)
  return sources === undefined || (source !== undefined && sources.includes(source))
}

function keysOf<T extends string>(record: Readonly<Record<T, unknown>>): readonly T[] {
  return Object.keys(record) as T[]
}
