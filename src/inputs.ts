import type { ControlPlane } from './control-plane/hosts.ts'
import type { Connection } from './control-plane/network.ts'
import { isUuid } from './control-plane/resources.ts'
import type { Target } from './deployment/find.ts'
import { faultOfName, isPossibleName, isValidName, normaliseName } from './deployment/name.ts'
import { previewNames } from './deployment/preview.ts'
import type { WantedSecrets } from './deployment/secrets.ts'
import { isByDigest } from './deployment/sources/external-docker.ts'
import type { SourceInputs } from './deployment/sources/index.ts'
import type { OnSuperseded } from './deployment/watch.ts'
import type { GithubAccess } from './github/session.ts'
import { readConnection } from './inputs/connection.ts'
import { notAName } from './inputs/misplaced.ts'
import { type ProjectPlace, placeOf } from './inputs/project-place.ts'
import { createReader, InputError, type Reader } from './inputs/reader.ts'
import { type Caution, type Ruling, rule, type Wish } from './inputs/ruling.ts'
import { readSecrets } from './inputs/secrets.ts'
import {
  checkProjectName,
  commitOfRun,
  faultInProject,
  nameInProject,
  readIsOwnRepository,
  readSource,
  readSourceType
} from './inputs/source.ts'
import {
  type AutoFlag,
  type ChoiceOf,
  type Command,
  goesWith,
  INPUT_NAMES,
  INPUTS,
  type InputName,
  isUsedBy
} from './inputs/table.ts'
import type { Place } from './place.ts'
import { readTrigger, type Trigger, tellsCommit } from './runner/trigger.ts'

export type { Command } from './inputs/table.ts'

/** What the inputs of a run mean, complete and sound. */
export type Config = DeployConfig | WaitConfig | RedeployConfig | DeleteConfig

interface CommonConfig {
  readonly controlPlane: ControlPlane
  readonly connection: Connection
  /** A workspace by its name, which has to be looked up before anything else is sent. */
  readonly workspaceName: string | undefined
  readonly trigger: Trigger
  readonly target: Target
  /** The name that the deployment, or its preview, gets from the repository; nothing where the user or the project chose one. */
  readonly defaultName: string | undefined
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
  readonly warnings: readonly (string | PlacedWarning)[]
  /** Said in the log alone, at the start of the run. */
  readonly remarks: readonly string[]
}

/** A warning about a file of the workspace. */
export interface PlacedWarning {
  readonly text: string
  readonly place: Place
}

/** How a revision is followed. */
export interface Following {
  /** Longest pause between two looks, in milliseconds. */
  readonly pollIntervalMs: number | undefined
  readonly onSuperseded: OnSuperseded
  readonly logs: ChoiceOf<'logs'>
  readonly health: HealthInputs
}

/** How it is proved that a deployment serves. */
export interface HealthInputs {
  /** `auto`: only where the address is one that anybody can reach, and with patience for what cannot be reached. */
  readonly check: AutoFlag
  /** Path below the address of the deployment, with a slash in front. */
  readonly path: string
}

/** What becomes of a revision that this run made. */
export interface OwnRevision extends Following {
  readonly wait: boolean
  readonly onTimeout: ChoiceOf<'on-timeout'>
  readonly onCancel: ChoiceOf<'on-cancel'>
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
  /** Whether a deployment that does not exist is created. */
  readonly ifMissing: ChoiceOf<'if-missing'>
  /** What is to be decided of the trigger once the deployment is known. */
  readonly caution: Caution | undefined
  /** Whether `repo-ref` is written, and not taken from the event. */
  readonly isRefWritten: boolean
  /** Whether only GitHub can tell if the ref of the run is a branch or a tag. */
  readonly isRefUnclear: boolean
  /** Said unless that turns out to be a tag. */
  readonly branchWarnings: readonly string[]
  /** Why nothing can be created under the name that was chosen; nothing where it can. */
  readonly nameFault: NameFault | undefined
  /** Where the configuration of an archive is; nothing for other sources. */
  readonly place: ProjectPlace | undefined
}

/** What is wrong with a name, as the end of a sentence that quotes it, and what to write instead. */
export interface NameFault {
  readonly fault: string
  readonly advice: string
}

/** The `revision-id` that asks `wait` for the newest revision, whatever commit it holds. */
export const LATEST = 'latest'

export interface WaitConfig extends CommonConfig, Following {
  readonly command: 'wait'
  /** An ID, or `LATEST`. */
  readonly revisionId: string | undefined
  /** The commit of the run, of which a revision is waited for; nothing where the event does not tell it. */
  readonly awaitedCommit: string | undefined
  /** What is to be decided of the trigger once the deployment is known. */
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

/** Where the inputs come from. */
export interface InputEnvironment {
  /** The process environment: inputs stand there as `INPUT_<NAME>`. */
  readonly variables: Readonly<Record<string, string | undefined>>
  /** Payload of the event, or nothing. */
  readonly event: unknown
  /** @throws {Error} whose message says what is wrong with the file */
  readonly readWorkspaceFile: (file: string) => Uint8Array
}

/**
 * Reads the inputs of a run. Nothing is sent, and nothing else of the environment is looked at.
 *
 * @returns the configuration, with every default filled in
 * @throws {InputError} with everything that is wrong, not only the first
 */
export async function readConfig(environment: InputEnvironment): Promise<Config> {
  return readConfigFrom(createReader(environment.variables), environment)
}

/** `readConfig` with a reader of the caller's, which then knows what was read. */
export async function readConfigFrom(inputs: Reader, environment: InputEnvironment): Promise<Config> {
  inputs.checkExpressions()
  const command = inputs.choice('command')
  // Without the command it is not known which of the other inputs matter.
  const isCommandKnown = !inputs.hasProblem('command')
  const common = readCommon(inputs, command, environment)
  const resourceSpec = await parseYaml(inputs.text('resource-spec'))
  const config = isCommandKnown ? await readCommand(inputs, command, common, resourceSpec, environment) : undefined
  if (isCommandKnown) inputs.check(usedInputs(inputs, command))
  if (!config || inputs.problems.length > 0) throw new InputError(inputs.problems)
  return config
}

/** The inputs that the command uses, and its source if it has one. */
export function usedInputs(inputs: Reader, command: Command): readonly InputName[] {
  const source = command === 'deploy' ? readSourceType(inputs) : undefined
  return INPUT_NAMES.filter((name) => isUsedBy(command, name) && goesWith(source, name))
}

/** Why a run has nothing to do, and how loudly that is said. */
export interface Absence {
  readonly level: 'info' | 'warning'
  readonly reason: string
}

/**
 * Why a run has nothing to do and is not to blame: it has no key and cannot have one, or its event leaves nothing to
 * deploy. Told by the payload of the event and the inputs, sound or not.
 */
export function readAbsence({ variables, event }: InputEnvironment): Absence | undefined {
  const inputs = createReader(variables)
  const trigger = readTrigger(variables, event)
  const keyless = inputs.text('api-key') ? undefined : whyKeyless(trigger)
  if (keyless) return { level: 'info', reason: keyless }
  const command = inputs.choiceIfKnown('command')
  const ruling = command && rule(trigger, readWish(inputs, command, trigger))
  return ruling?.kind === 'skipped' ? ruling : undefined
}

/** Why a run without a key is not to blame for it. */
function whyKeyless({ eventName, pullRequest, withoutSecrets, isInFork, repository }: Trigger): string | undefined {
  if (pullRequest !== undefined && withoutSecrets) return ABSENCES[withoutSecrets]
  // Who starts a run by hand wants it to deploy.
  if (!isInFork || eventName.endsWith('_dispatch')) return undefined
  return `This run belongs to ${repository}, which is a fork and has no secret for \`api-key\`; nothing was deployed.`
}

const ABSENCES = {
  fork: 'This pull request comes from a fork, and GitHub hands no secrets to those; nothing was deployed.',
  dependabot:
    'This pull request comes from Dependabot, whose runs only get the secrets stored under Settings, Secrets and variables, Dependabot; `api-key` is empty, and nothing was deployed.'
}

/** What the inputs say that decides about the trigger. What is wrong with them is told elsewhere. */
function readWish(inputs: Reader, command: Command, trigger: Trigger): Wish {
  const name = inputs.text('name')
  return {
    command,
    sourceType: command === 'deploy' ? readSourceType(inputs) : undefined,
    isRefWritten: inputs.text(command === 'wait' ? 'revision-id' : 'repo-ref') !== undefined,
    // A flag that is misspelt is told as such, and nothing else because of it.
    isPreview: inputs.isWritten('preview'),
    isDryRun: inputs.isWritten('dry-run'),
    isOwnRepository: readIsOwnRepository(inputs, trigger),
    name,
    isNamed: name !== undefined || inputs.text('deployment-id') !== undefined
  }
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
      const wish = readWish(inputs, command, common.trigger)
      const placed: PlacedWarning[] = []
      const warn = (warning: PlacedWarning) => void placed.push(warning)
      const { variables } = environment
      const given = { ...common, ruling: rule(common.trigger, wish), resourceSpec, variables, warn }
      const source = await readSource(inputs, given)
      const packed = source && packedInstead(source, common.trigger)
      const ruling = readRuling(inputs, common.trigger, { ...wish, packed })
      const { isRefUnclear, caution, warnings: cautions } = ruling.kind === 'go' ? ruling : NO_RULING
      if (isRefUnclear && source?.type === 'github' && !common.github) refuseUnclear(inputs, common.trigger)
      const { secrets, notices, warnings, remarks } = readSecrets(inputs, { ...common, source }, environment)
      const ownRevision = readOwnRevision(inputs)
      const skipUnchanged = inputs.flag('skip-unchanged')
      const allowDowngrade = inputs.flag('allow-downgrade')
      const ifMissing = inputs.choice('if-missing')
      if (!source) return undefined
      const trigger = { ...common.trigger, commit: commitOfRun(source, common.trigger) }
      const misplaced = misplacedCheckout(source, common.trigger, ownRevision.dryRun)
      const chosenName = nameInProject(inputs, source)
      return {
        ...common,
        ...ownRevision,
        trigger,
        target: chosenName === undefined ? common.target : { name: chosenName, deploymentId: undefined },
        defaultName: chosenName === undefined ? common.defaultName : undefined,
        nameFault: chosenName === undefined ? faultOfInput(common) : faultInProject(inputs, source),
        command,
        source,
        secrets,
        displayName: inputs.text('display-name'),
        skipUnchanged,
        allowDowngrade,
        ifMissing,
        caution,
        isRefWritten: inputs.text('repo-ref') !== undefined,
        isRefUnclear,
        branchWarnings: isRefUnclear ? cautions : [],
        place: source.type === 'internal_source' ? await placeOf(source.project) : undefined,
        notices: [
          ...common.notices,
          ...notices,
          ...noticesOf(ownRevision),
          ...noticesOfTimes(inputs, common, ownRevision),
          ...(skipUnchanged ? noticesOfSkipping(inputs, source, common.trigger) : []),
          ...noticesOfCommit(trigger.commit, common.trigger, ownRevision.dryRun)
        ],
        warnings: [
          ...common.warnings,
          ...(misplaced ?? (isRefUnclear ? [] : cautions)),
          ...warnings,
          ...warningsOf(source),
          ...placed
        ],
        remarks: [...common.remarks, ...remarks]
      }
    }
    case 'wait': {
      const ruling = readRuling(inputs, common.trigger, readWish(inputs, command, common.trigger))
      await checkProjectName(inputs, environment.variables)
      const following = readFollowing(inputs)
      return {
        ...common,
        ...following,
        command,
        notices: [...common.notices, ...noticesOfTimes(inputs, common, { ...following, wait: true, dryRun: false })],
        awaitedCommit: tellsCommit(common.trigger) ? common.trigger.commit : undefined,
        revisionId: readRevisionId(inputs, command),
        caution: ruling.kind === 'go' ? ruling.caution : undefined
      }
    }
    case 'redeploy':
      await checkProjectName(inputs, environment.variables)
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

/**
 * What the trigger means; what speaks against it is among the problems. A run that is skipped never gets here:
 * `readAbsence` comes first.
 */
function readRuling(inputs: Reader, trigger: Trigger, wish: Wish): Ruling {
  const ruling = rule(trigger, wish)
  if (ruling.kind === 'error') inputs.problem(ruling.input, ruling.text)
  return ruling
}

const NO_RULING = { isRefUnclear: false, caution: undefined, warnings: [] }

/** The commit that would be packed, where it is known not to be that of the run. */
function packedInstead(source: SourceInputs, trigger: Trigger): string | undefined {
  const packed = commitOfRun(source, trigger)
  return trigger.commit && packed !== trigger.commit && tellsCommit(trigger) ? packed : undefined
}

/** The payload calls a tag a branch, and nobody can be asked which of the two it is. */
function refuseUnclear(inputs: Reader, { ref, eventName }: Trigger): void {
  const expression =
    eventName === 'workflow_run' ? 'github.event.workflow_run.head_branch' : 'github.event.deployment.ref'
  inputs.problem(
    'repo-ref',
    `has no default here: the event does not tell whether "${ref}" is a branch or a tag. Remove \`github-token\` to use the job's own, with which GitHub is asked; or write \`repo-ref: \${{ ${expression} }}\` for a branch, \`repo-ref: refs/tags/\${{ ${expression} }}\` for a tag.`
  )
}

function readRedeploy(inputs: Reader, common: CommonConfig): RedeployConfig {
  const ownRevision = readOwnRevision(inputs)
  return {
    ...common,
    ...ownRevision,
    command: 'redeploy',
    revisionId: readRevisionId(inputs, 'redeploy'),
    notices: [...common.notices, ...noticesOf(ownRevision), ...noticesOfTimes(inputs, common, ownRevision)]
  }
}

function readRevisionId(inputs: Reader, command: 'wait' | 'redeploy'): string | undefined {
  const isLatest = inputs.text('revision-id')?.toLowerCase() === LATEST
  if (command === 'wait') {
    const id = inputs.uuid('revision-id', LATEST)
    return isLatest ? LATEST : id
  }
  if (!isLatest) return inputs.uuid('revision-id')
  inputs.problem(
    'revision-id',
    `is \`${LATEST}\`, which only \`command: wait\` takes. Write the ID of the revision to go back to, or remove it to go back to the last one that served before.`
  )
  return undefined
}

/** A rollout takes minutes. */
const SHORTEST_USUAL_MS = 60_000

/** Times that can be kept, and that nearly nobody means. */
function noticesOfTimes(
  inputs: Reader,
  { timeoutMs }: CommonConfig,
  { wait, dryRun, pollIntervalMs = 0 }: Pick<OwnRevision, 'wait' | 'dryRun' | 'pollIntervalMs'>
): readonly string[] {
  if (!wait || dryRun) return []
  const timeout = inputs.text('timeout') ?? INPUTS.timeout.default
  if (timeoutMs < SHORTEST_USUAL_MS) {
    const isNumber = /^\d+$/.test(timeout)
    return [
      `\`timeout\` is ${timeout}${isNumber ? ', which is seconds' : ''}, and a rollout takes minutes. Write ${isNumber ? `\`${timeout}m\` if minutes are meant, or remove it` : 'a longer one, or remove it'} for the default of ${INPUTS.timeout.default}.`
    ]
  }
  if (pollIntervalMs < timeoutMs) return []
  return [
    `\`poll-interval\` is not shorter than \`timeout\` (${timeout}), so it shortens no pause. Write a shorter one, or remove it.`
  ]
}

/** What was asked for together and cannot come about together. */
function noticesOf({ rollbackOnFailure, wait, health }: OwnRevision): readonly string[] {
  if (!rollbackOnFailure || (wait && health.check !== 'false')) return []
  const cause = wait ? '`health-check: false`' : '`wait: false`'
  return [`\`rollback-on-failure\` has no effect with ${cause}: nobody looks whether the revision serves.`]
}

/** Where `skip-unchanged` can never tell that something serves already, and what to write so that it can. */
function noticesOfSkipping(inputs: Reader, source: SourceInputs, trigger: Trigger): readonly string[] {
  const reason = whyNeverSkipped(inputs, source, trigger)
  return reason ? [`\`skip-unchanged\` has no effect here: ${reason}`] : []
}

function whyNeverSkipped(inputs: Reader, source: SourceInputs, trigger: Trigger): string | undefined {
  switch (source.type) {
    case 'external_docker':
      if (isByDigest(source.imageUri)) return undefined
      return `\`image-uri\` names the image by a tag, which can be moved to another image. Write its digest, such as \`${imageName(source.imageUri)}@sha256:…\`.`
    case 'internal_source':
      return 'LangSmith does not tell what the archive of an earlier run held, so each run makes a revision. Remove `skip-unchanged`.'
    case 'github':
      if (source.runCommit !== undefined) return undefined
      if (!readIsOwnRepository(inputs, trigger)) {
        return '`repo-url` is another repository, so the run does not know which commit its branch is at. Remove `skip-unchanged`.'
      }
      if (inputs.text('repo-ref')) {
        return '`repo-ref` is not the branch or tag of this run, so the run does not know which commit it is at. Remove `skip-unchanged`.'
      }
      // The user cannot change a default.
      return undefined
  }
}

/** An image without its tag; a colon before a slash belongs to the port of the registry. */
function imageName(imageUri: string): string {
  return imageUri.replace(/@.*$/, '').replace(/:[^:/]*$/, '')
}

/** What is wrong with the project, and is told before anything is sent. */
function warningsOf(source: SourceInputs): readonly string[] {
  return source.type === 'internal_source' ? source.project.warnings : []
}

/** The checkout took another ref than that of the run, or a later commit of it. */
function noticesOfCommit(packed: string | undefined, trigger: Trigger, isDryRun: boolean): readonly string[] {
  const started = trigger.commit
  if (!packed || !started || packed === started || !tellsCommit(trigger)) return []
  const fate = isDryRun ? 'would be deployed' : 'is deployed'
  const field = fieldOfCommit(trigger)
  const advice = field ? ` Write \`ref: \${{ ${field} }}\` at actions/checkout to deploy ${started}.` : ''
  return [
    `The checkout is at commit ${packed}, and this run was started for ${started}. ${packed} ${fate}, and it is the commit of this run from here on.${advice}`
  ]
}

/** Where the event tells its commit, for the events at which actions/checkout can take another one. */
function fieldOfCommit({ about, endedRun, headCommit }: Trigger): string | undefined {
  if (endedRun) return 'github.event.workflow_run.head_sha'
  if (about.kind !== 'pull-request' || headCommit === undefined) return undefined
  return `github.event.pull_request.${about.state === 'merged' ? 'merge_commit_sha' : 'head.sha'}`
}

/**
 * A comment on a pull request starts a run on the default branch. What else is checked out was chosen by the workflow.
 *
 * @returns a warning, in place of those that say the code is that of the pull request; nothing where it may be
 */
function misplacedCheckout(source: SourceInputs, trigger: Trigger, isDryRun: boolean): readonly string[] | undefined {
  const { about, pullRequest, commit } = trigger
  const isOpen = about.kind === 'pull-request' && about.state === 'open'
  if (source.type !== 'internal_source' || !isOpen || tellsCommit(trigger)) return undefined
  const packed = source.checkout?.commit
  if (packed !== undefined && packed !== commit) return undefined
  const what = packed
    ? `commit ${packed} of the default branch ${isDryRun ? 'would be deployed' : 'is deployed'}`
    : 'it cannot be told whether its code is checked out'
  return [
    `This run is about pull request ${pullRequest ?? ''}, but ${what}: after a comment actions/checkout takes the default branch. Write \`ref: refs/pull/\${{ github.event.issue.number }}/head\` at actions/checkout.`
  ]
}

function readCommon(inputs: Reader, command: Command, { variables, event }: InputEnvironment): CommonConfig {
  const trigger = readTrigger(variables, event)
  const unused = INPUT_NAMES.filter((name) => inputs.isWritten(name) && !isUsedBy(command, name))
  const connection = readConnection(inputs, trigger, variables)
  const feedback = readFeedback(inputs, trigger, variables)
  const ignored = `\`command: ${command}\` does not use ${unused.map((name) => `\`${name}\``).join(', ')}; ignored.`
  return {
    ...connection,
    ...feedback,
    trigger,
    target: readTarget(inputs, command, trigger, connection.controlPlane),
    defaultName: inputs.text('name') || inputs.text('deployment-id') ? undefined : nameOfRepository(trigger),
    timeoutMs: inputs.duration('timeout') ?? 0,
    notices: [...(unused.length > 0 ? [ignored] : []), ...connection.notices],
    warnings: connection.warnings,
    remarks: [...connection.remarks, ...feedback.remarks]
  }
}

/** What the run tells GitHub of itself. */
function readFeedback(
  inputs: Reader,
  trigger: Trigger,
  variables: InputEnvironment['variables']
): Pick<CommonConfig, 'github' | 'environment' | 'commentOn' | 'remarks'> {
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
    // One step may serve pushes and pull requests.
    remarks: hasPlace
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
  const misplaced = name && !deploymentId ? notAName(name) : undefined
  // Another tool may have named a deployment so, which the other commands find then.
  if (misplaced && (command === 'deploy' || !isUuid(name ?? ''))) {
    inputs.problem('name', `is "${name}", ${misplaced}`)
    return { name, deploymentId }
  }
  if (inputs.flag('preview')) return readPreview(inputs, trigger, controlPlane, name, deploymentId)
  // A deployment that is there may have any name, and the other commands need it to be there.
  if (name && !deploymentId && command === 'deploy') checkName(inputs, name)
  if (name || deploymentId) return { name, deploymentId }
  if (command === 'delete') {
    inputs.problem('name', 'is missing: `command: delete` takes no default. Write `name` or `deployment-id`.')
  } else if (!trigger.repository) {
    inputs.problem('name', 'is missing, and there is no repository to name the deployment after. Write `name`.')
  }
  return { name: nameOfRepository(trigger), deploymentId: undefined }
}

/** Refuses what no deployment is named, before anything is read or sent. */
function checkName(inputs: Reader, name: string): void {
  const found = isPossibleName(name) ? undefined : faultOfName(name)
  if (found) inputs.problem('name', `is "${name}", ${found.fault}. Write \`name: ${found.nearest}\`.`)
}

/** Why nothing can be created under the `name` that is written. A preview has been checked, and an ID creates nothing. */
function faultOfInput({ target, defaultName }: CommonConfig): NameFault | undefined {
  const { name, deploymentId, previewNames } = target
  const isChosen = defaultName === undefined && !deploymentId && !previewNames
  const found = isChosen && name !== undefined ? faultOfName(name) : undefined
  return found && { fault: found.fault, advice: `Write \`name: ${found.nearest}\`.` }
}

function nameOfRepository({ repository }: Pick<Trigger, 'repository'>): string {
  return normaliseName(repository.split('/').at(-1) ?? '')
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
  const name = written ?? nameOfRepository({ repository })
  return previewOf(inputs, name, pullRequest, hosting)
}

function previewOf(
  inputs: Reader,
  name: string,
  pullRequest: number | undefined,
  hosting: ControlPlane['hosting']
): Target {
  if (!isValidName(name)) {
    inputs.problem('name', `is "${name}", ${faultOfName(name)?.fault}. Write \`name: ${normaliseName(name)}\`.`)
  }
  const names = previewNames(name, pullRequest ?? 0, hosting === 'self-hosted')
  return { name: names[0], deploymentId: undefined, previewNames: names }
}

function readFollowing(inputs: Reader): Following {
  return {
    pollIntervalMs: inputs.duration('poll-interval'),
    onSuperseded: inputs.choice('on-superseded'),
    logs: inputs.choice('logs'),
    health: readHealth(inputs)
  }
}

function readHealth(inputs: Reader): HealthInputs {
  const path = inputs.text('health-path') ?? INPUTS['health-path'].default
  if (!/^\/[\w.~/%?&=+-]*$/.test(path)) {
    const [, bare] = /^(?:https?:\/\/[^/]+\/)?([\w.~-]+(?:\/[\w.~-]+)*)$/.exec(path) ?? []
    const cure = bare === undefined ? undefined : `Write \`/${bare}\`.`
    inputs.problem(
      'health-path',
      `is "${path}", which is no path. ${cure ?? 'Write one such as `/ok` or `/agents/ok`.'}`
    )
  }
  return { check: inputs.autoFlag('health-check'), path }
}

function readOwnRevision(inputs: Reader): OwnRevision {
  return {
    ...readFollowing(inputs),
    wait: inputs.flag('wait'),
    onTimeout: inputs.choice('on-timeout'),
    onCancel: inputs.choice('on-cancel'),
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
