import type { LogLevel } from '../control-plane/logs.ts'
import type { AgentOfDeployment } from '../deployment/plan.ts'
import type { WantedSecrets } from '../deployment/secrets.ts'
import { isMadeFrom, type SourceInputs } from '../deployment/sources/index.ts'
import { readTrigger, type Trigger, tellsCommit } from '../runner/trigger.ts'
import { commitOfRun, misplacedCheckout, noticesOfCommit, packedInstead } from './checkout.ts'
import { type ConnectionInputs, readConnection } from './connection.ts'
import { checkReferences } from './external-docker.ts'
import {
  type Following,
  LATEST,
  noticesOfRollback,
  noticesOfTimes,
  type OwnRevision,
  readFollowing,
  readOwnRevision,
  readRevisionId
} from './following.ts'
import { type GateInputs, readGate } from './gate.ts'
import { type FeedbackInputs, readFeedback } from './github.ts'
import { type ProjectPlace, projectPlaceOf } from './internal-source.ts'
import { joinMessages } from './messages.ts'
import { noticesOfProof, readProof } from './proof.ts'
import { readRuling, readRulingInputs, remarksOnDependabot } from './read-ruling.ts'
import { createReader, type InputEnvironment, InputError, type Reader } from './reader.ts'
import { type Caution, rule } from './ruling.ts'
import { readSecrets } from './secrets.ts'
import { noticesOfSkipping } from './skipping.ts'
import { readSource, readSourceType } from './source.ts'
import { type ChoiceOf, type Command, goesWith, INPUT_NAMES, type InputName, isUsedBy } from './table.ts'
import {
  checkProjectName,
  type Named,
  type NameFault,
  nameOfRepository,
  readTarget,
  readTargetOfSource
} from './target.ts'

/** Complete and valid configuration of a run, read from its inputs. */
export type Config =
  | DeployConfig
  | WaitConfig
  | RedeployConfig
  | DeleteConfig
  | StatusConfig
  | LogsConfig
  | InterruptConfig
  | SweepConfig

interface CommonConfig extends ConnectionInputs, FeedbackInputs, Named {
  readonly trigger: Trigger
  /** Time limit of the whole run, in milliseconds. */
  readonly timeoutMs: number
}

export interface DeployConfig extends CommonConfig, OwnRevision {
  readonly command: 'deploy'
  readonly source: SourceInputs
  readonly secrets: WantedSecrets
  readonly displayName: string | undefined
  readonly routeThroughGateway: boolean | undefined
  /** LangSmith agent that a new deployment belongs to. */
  readonly agent: AgentOfDeployment | undefined
  readonly skipUnchanged: boolean
  /** True if an older commit can replace a newer one. */
  readonly allowDowngrade: boolean
  /** Requirements for an experiment before any change; `undefined` if there are none. */
  readonly gate: GateInputs | undefined
  /** What to do if the deployment does not exist. */
  readonly ifMissing: ChoiceOf<'if-missing'>
  /** Decision about the trigger that depends on the deployment. */
  readonly caution: Caution | undefined
  /** True if the user set `repo-ref`; false if the ref comes from the event. */
  readonly isRefWritten: boolean
  /** True if only GitHub can tell whether the ref of the run is a branch or a tag. */
  readonly isRefUnclear: boolean
  /** Warnings for a branch. They are dropped if GitHub reports that the ref is a tag. */
  readonly branchWarnings: readonly string[]
  /** Reason that no deployment with the name can be created; `undefined` if one can. */
  readonly nameFault: NameFault | undefined
  /** Location of the configuration of an archive; `undefined` for other sources. */
  readonly place: ProjectPlace | undefined
}

export interface WaitConfig extends CommonConfig, Following {
  readonly command: 'wait'
  /** ID of a revision, or `LATEST`. */
  readonly revisionId: string | undefined
  /** Commit of the run, whose revision is awaited; `undefined` if the event does not contain it. */
  readonly awaitedCommit: string | undefined
  /** Decision about the trigger that depends on the deployment. */
  readonly caution: Caution | undefined
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

export interface StatusConfig extends CommonConfig {
  readonly command: 'status'
}

export interface LogsConfig extends CommonConfig {
  readonly command: 'logs'
  /** ID of a revision; `undefined` for the newest. */
  readonly revisionId: string | undefined
  /** Minimum level of the lines to show. */
  readonly level: LogLevel | undefined
  /** Period before now from which lines are shown, in milliseconds. */
  readonly sinceMs: number | undefined
  /** Maximum number of lines, counted from the end. */
  readonly limit: number
}

export interface InterruptConfig extends CommonConfig {
  readonly command: 'interrupt'
  /** ID of a revision; `undefined` for the revision in progress. */
  readonly revisionId: string | undefined
  readonly dryRun: boolean
}

export interface SweepConfig extends CommonConfig {
  readonly command: 'sweep'
  /** Maximum age of the last revision of a preview, in milliseconds; `undefined` for no limit. */
  readonly maxAgeMs: number | undefined
  /** Maximum number of previews to keep; `undefined` for no limit. */
  readonly maxPreviews: number | undefined
  readonly deleteTracingProject: boolean
  readonly dryRun: boolean
}

/**
 * Reads the inputs of a run without sending any request.
 *
 * @throws {InputError} with all problems, not only the first
 */
export async function readConfig(
  environment: InputEnvironment,
  inputs = createReader(environment.variables)
): Promise<Config> {
  inputs.checkExpressions()
  const command = inputs.choice('command')
  // The command determines which other inputs matter, and if `revision-id` can be a word. If the command is unknown,
  // the remaining inputs are still checked, so that one run reports all problems.
  const isCommandKnown = !inputs.hasProblem('command')
  const common = readCommon(inputs, command, environment)
  const config = isCommandKnown ? await COMMAND_READERS[command]({ inputs, common, environment }) : undefined
  inputs.check(isCommandKnown ? usedInputs(inputs, command) : INPUT_NAMES.filter((name) => name !== 'revision-id'))
  if (!config || inputs.problems.length > 0) throw new InputError(inputs.problems)
  return config
}

/** Returns the inputs that the command and its source use. */
export function usedInputs(inputs: Reader, command: Command): readonly InputName[] {
  const source = command === 'deploy' ? readSourceType(inputs) : undefined
  return INPUT_NAMES.filter((name) => isUsedBy(command, name) && goesWith(source, name))
}

interface CommandReading {
  readonly inputs: Reader
  readonly common: CommonConfig
  readonly environment: InputEnvironment
}

/**
 * Reader of each command. It returns `undefined` if an input that others depend on is invalid; the reader of the inputs
 * then has that problem.
 */
const COMMAND_READERS: {
  readonly [C in Command]: (reading: CommandReading) => Promise<Extract<Config, { readonly command: C }> | undefined>
} = {
  deploy: readDeploy,
  wait: readWait,
  redeploy: readRedeploy,
  delete: readDelete,
  status: readStatus,
  logs: readLogs,
  interrupt: readInterrupt,
  sweep: readSweep
}

async function readDeploy({ inputs, common, environment }: CommandReading): Promise<DeployConfig | undefined> {
  const asked = readRulingInputs(inputs, 'deploy', common.trigger)
  const ruling = rule(common.trigger, asked)
  const { source, ...ofSource } = await readSource(inputs, { ...common, ruling, variables: environment.variables })
  const packed = source && packedInstead(source, common.trigger)
  const { isRefUnclear, caution, warnings } = readRuling(inputs, common, { ...asked, packed })
  const { secrets, ...ofSecrets } = readSecrets(inputs, { ...common, source }, environment)
  if (source && 'secretReferences' in source) checkReferences(inputs, source, secrets)
  // Must precede the return, so that an invalid `health-path` is reported even without a source.
  const proof = await readProof(inputs, { ...proofContext(common, environment), source })
  const ownRevision = { ...readOwnRevision(inputs), ...(proof ? { proof } : {}) }
  const agent = readAgent(inputs)
  const gate = readGate(inputs)
  if (!source) return undefined
  const skipUnchanged = inputs.flag('skip-unchanged')
  return {
    ...common,
    ...ownRevision,
    ...readTargetOfSource(inputs, common, source),
    command: 'deploy',
    trigger: { ...common.trigger, commit: commitOfRun(source, common.trigger) },
    source,
    secrets,
    displayName: inputs.text('display-name'),
    routeThroughGateway: inputs.optionalFlag('route-through-gateway'),
    agent,
    skipUnchanged,
    allowDowngrade: inputs.flag('allow-downgrade'),
    gate,
    ifMissing: inputs.choice('if-missing'),
    caution,
    isRefWritten: asked.isRefWritten,
    isRefUnclear,
    branchWarnings: isRefUnclear ? warnings : [],
    place: isMadeFrom('archive', source) ? projectPlaceOf(source.project) : undefined,
    ...joinMessages(
      common,
      { warnings: misplacedCheckout(source, common.trigger, ownRevision) ?? (isRefUnclear ? [] : warnings) },
      ofSecrets,
      { notices: [...noticesOfRollback(ownRevision), ...noticesOfTimes(inputs, common, ownRevision)] },
      { notices: noticesOfProof(inputs, proof, ownRevision) },
      { notices: skipUnchanged ? noticesOfSkipping(inputs, source, common.trigger) : [] },
      { notices: noticesOfCommit(source, common.trigger, ownRevision) },
      { remarks: remarksOnDependabot(common.trigger, asked.isPreview) },
      ofSource
    )
  }
}

/** Reads `agent-id` and `agent-environment`, which must be set together. */
function readAgent(inputs: Reader): AgentOfDeployment | undefined {
  const id = inputs.text('agent-id')
  const environment = inputs.choiceIfKnown('agent-environment')
  if (id && !inputs.text('agent-environment')) {
    inputs.problem(
      'agent-environment',
      'is missing: `agent-id` requires it. Set it to `development`, `staging` or `production`.'
    )
  }
  if (!id && environment)
    inputs.problem('agent-id', 'is missing: `agent-environment` requires it. Set it to the ID of the agent.')
  return id && environment ? { agent_id: id, environment } : undefined
}

async function readWait({ inputs, common, environment }: CommandReading): Promise<WaitConfig> {
  const { trigger } = common
  const { caution } = readRuling(inputs, common, readRulingInputs(inputs, 'wait', trigger))
  await checkProjectName(inputs, environment.variables)
  const proof = await readProof(inputs, proofContext(common, environment))
  const following = { ...readFollowing(inputs), ...(proof ? { proof } : {}) }
  return {
    ...common,
    ...following,
    command: 'wait',
    awaitedCommit: tellsCommit(trigger) ? trigger.commit : undefined,
    revisionId: readRevisionId(inputs, 'wait'),
    caution,
    notices: [
      ...common.notices,
      ...noticesOfTimes(inputs, common, { ...following, wait: true, dryRun: false }),
      ...noticesOfProof(inputs, proof, { wait: true, dryRun: false })
    ]
  }
}

async function readRedeploy({ inputs, common, environment }: CommandReading): Promise<RedeployConfig> {
  await checkProjectName(inputs, environment.variables)
  const proof = await readProof(inputs, proofContext(common, environment))
  const ownRevision = { ...readOwnRevision(inputs), ...(proof ? { proof } : {}) }
  return {
    ...common,
    ...ownRevision,
    command: 'redeploy',
    revisionId: readRevisionId(inputs, 'redeploy'),
    notices: [
      ...common.notices,
      ...noticesOfRollback(ownRevision),
      ...noticesOfTimes(inputs, common, ownRevision),
      ...noticesOfProof(inputs, proof, ownRevision)
    ]
  }
}

async function readDelete({ inputs, common }: CommandReading): Promise<DeleteConfig> {
  return {
    ...common,
    command: 'delete',
    deleteTracingProject: inputs.flag('delete-tracing-project'),
    dryRun: inputs.flag('dry-run')
  }
}

async function readStatus({ inputs, common, environment }: CommandReading): Promise<StatusConfig> {
  await checkProjectName(inputs, environment.variables)
  return { ...common, command: 'status' }
}

async function readLogs({ inputs, common, environment }: CommandReading): Promise<LogsConfig> {
  await checkProjectName(inputs, environment.variables)
  const revisionId = readRevisionId(inputs, 'logs')
  const level = inputs.choiceIfKnown('log-level')
  return {
    ...common,
    command: 'logs',
    revisionId: revisionId === LATEST ? undefined : revisionId,
    level: level && (level.toUpperCase() as Uppercase<typeof level>),
    sinceMs: inputs.duration('log-since'),
    limit: inputs.count('log-limit')
  }
}

async function readInterrupt({ inputs, common, environment }: CommandReading): Promise<InterruptConfig> {
  await checkProjectName(inputs, environment.variables)
  return {
    ...common,
    command: 'interrupt',
    revisionId: readRevisionId(inputs, 'interrupt'),
    dryRun: inputs.flag('dry-run')
  }
}

async function readSweep({ inputs, common }: CommandReading): Promise<SweepConfig> {
  if (!common.github) {
    inputs.problem(
      'github-token',
      "is empty, but `command: sweep` requires it to find closed pull requests. Remove `github-token` to use the job's token."
    )
  }
  return {
    ...common,
    command: 'sweep',
    maxAgeMs: inputs.duration('max-age'),
    maxPreviews: inputs.text('max-previews') ? inputs.count('max-previews') : undefined,
    deleteTracingProject: inputs.flag('delete-tracing-project'),
    dryRun: inputs.flag('dry-run')
  }
}

function proofContext({ trigger, connection }: CommonConfig, environment: InputEnvironment) {
  return { trigger, apiKey: connection.apiKey, environment }
}

function readCommon(inputs: Reader, command: Command, { variables, event }: InputEnvironment): CommonConfig {
  const trigger = readTrigger(variables, event)
  const connection = readConnection(inputs, trigger, variables)
  const feedback = readFeedback(inputs, command, trigger, variables)
  return {
    ...connection,
    ...feedback,
    trigger,
    target: readTarget(inputs, command, trigger, connection.controlPlane),
    defaultName: inputs.text('name') || inputs.text('deployment-id') ? undefined : nameOfRepository(trigger),
    timeoutMs: inputs.duration('timeout') ?? 0,
    ...joinMessages({ notices: noticesOfUnused(inputs, command) }, connection, feedback)
  }
}

function noticesOfUnused(inputs: Reader, command: Command): readonly string[] {
  const unused = INPUT_NAMES.filter((name) => inputs.isWritten(name) && !isUsedBy(command, name))
  if (unused.length === 0) return []
  return [`Ignored ${unused.map((name) => `\`${name}\``).join(', ')}: not used by \`command: ${command}\`.`]
}
