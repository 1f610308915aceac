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

/** What the inputs of a run mean, complete and sound. */
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
  /** Of the whole run, in milliseconds. */
  readonly timeoutMs: number
}

export interface DeployConfig extends CommonConfig, OwnRevision {
  readonly command: 'deploy'
  readonly source: SourceInputs
  readonly secrets: WantedSecrets
  readonly displayName: string | undefined
  readonly routeThroughGateway: boolean | undefined
  /** The agent that a new deployment belongs to. */
  readonly agent: AgentOfDeployment | undefined
  readonly skipUnchanged: boolean
  /** Whether an older commit may go over a newer one. */
  readonly allowDowngrade: boolean
  /** What an experiment has to reach first; nothing where none is required. */
  readonly gate: GateInputs | undefined
  /** Whether a deployment that does not exist is created. */
  readonly ifMissing: ChoiceOf<'if-missing'>
  /** What the trigger leaves to decide once the deployment is known. */
  readonly caution: Caution | undefined
  /** Whether `repo-ref` is written, and not taken from the event. */
  readonly isRefWritten: boolean
  /** Whether only GitHub can tell if the ref of the run is a branch or a tag. */
  readonly isRefUnclear: boolean
  /** Said unless that turns out to be a tag. */
  readonly branchWarnings: readonly string[]
  /** Why no deployment of the chosen name can be created; nothing if one can. */
  readonly nameFault: NameFault | undefined
  /** Where the configuration of an archive is; nothing for other sources. */
  readonly place: ProjectPlace | undefined
}

export interface WaitConfig extends CommonConfig, Following {
  readonly command: 'wait'
  /** An ID, or `LATEST`. */
  readonly revisionId: string | undefined
  /** The commit whose revision is waited for: that of the run; nothing if the event does not tell it. */
  readonly awaitedCommit: string | undefined
  /** What the trigger leaves to decide once the deployment is known. */
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
  /** An ID; nothing for the newest. */
  readonly revisionId: string | undefined
  /** The lowest level that is shown. */
  readonly level: LogLevel | undefined
  /** How far back, in milliseconds. */
  readonly sinceMs: number | undefined
  /** How many of the last lines. */
  readonly limit: number
}

export interface InterruptConfig extends CommonConfig {
  readonly command: 'interrupt'
  /** Nothing for the one that holds the queue. */
  readonly revisionId: string | undefined
  readonly dryRun: boolean
}

export interface SweepConfig extends CommonConfig {
  readonly command: 'sweep'
  /** How old the last revision of a preview may be, in milliseconds; nothing for any age. */
  readonly maxAgeMs: number | undefined
  /** How many previews may stay; nothing for any number. */
  readonly maxPreviews: number | undefined
  readonly deleteTracingProject: boolean
  readonly dryRun: boolean
}

/**
 * Reads the inputs of a run. Nothing is sent, and nothing else of the environment is looked at.
 *
 * @throws {InputError} with everything that is wrong, not only the first
 */
export async function readConfig(
  environment: InputEnvironment,
  inputs = createReader(environment.variables)
): Promise<Config> {
  inputs.checkExpressions()
  const command = inputs.choice('command')
  // Without the command it is not known which of the other inputs matter.
  const isCommandKnown = !inputs.hasProblem('command')
  const common = readCommon(inputs, command, environment)
  const config = isCommandKnown ? await COMMAND_READERS[command]({ inputs, common, environment }) : undefined
  if (isCommandKnown) inputs.check(usedInputs(inputs, command))
  if (!config || inputs.problems.length > 0) throw new InputError(inputs.problems)
  return config
}

/** The inputs that the command uses, and its source if it has one. */
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
 * How the configuration of each command is read. Nothing is returned if an input is wrong that the others depend on; then
 * that is among the problems.
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
  // Before the return: what is wrong with the path of the health check is told here.
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

/** Both inputs, or none of them. */
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
