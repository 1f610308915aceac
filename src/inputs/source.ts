import { existsSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { ControlPlane } from '../control-plane/hosts.ts'
import type { JsonObject } from '../control-plane/resources.ts'
import type { Project } from '../deployment/archive/project.ts'
import { faultOfImage } from '../deployment/image-reference.ts'
import { faultOfName, isPossibleName } from '../deployment/name.ts'
import { isCommit } from '../deployment/revision.ts'
import type { ExternalDockerInputs } from '../deployment/sources/external-docker.ts'
import { type GithubInputs, sameRepository } from '../deployment/sources/github.ts'
import type { SourceInputs } from '../deployment/sources/index.ts'
import type { NameFault } from '../inputs.ts'
import { object } from '../object.ts'
import type { Place } from '../place.ts'
import { branchOrTag } from '../runner/event-subject.ts'
import type { Trigger } from '../runner/trigger.ts'
import { probableRef, probableRepository } from './misplaced.ts'
import { DEFAULTS_AT_CREATE, type Reader } from './reader.ts'
import type { Ruling } from './ruling.ts'
import { variableOf } from './variables.ts'

const BUILT = ['langgraph-config', 'install-command', 'build-command']

/** The inputs that go with a source and not with every other. */
export const SOURCE_INPUTS: Readonly<Record<SourceInputs['type'], readonly string[]>> = {
  github: [...BUILT, 'repo-url', 'repo-ref', 'integration-id', 'build-on-push'],
  external_docker: ['image-uri', 'listener-id', 'k8s-namespace', 'resource-spec', 'custom-url'],
  internal_source: [...BUILT, 'include', 'root']
}

/**
 * Where the code comes from. `resourceSpec` is the parsed input of that name.
 *
 * @returns nothing when that cannot be told; then it is among the problems
 */
export async function readSource(
  inputs: Reader,
  given: {
    readonly controlPlane: ControlPlane
    readonly trigger: Trigger
    readonly ruling: Ruling
    readonly resourceSpec: unknown
    readonly variables: Readonly<Record<string, string | undefined>>
    /** Told what is wrong with a file of the workspace and may not matter to the run. */
    readonly warn: (warning: { readonly text: string; readonly place: Place }) => void
  }
): Promise<SourceInputs | undefined> {
  const image = inputs.text('image-uri')
  const type = readSourceType(inputs)
  // Without the source it is not known which of the other inputs belong to it.
  if (!type) {
    inputs.choiceIfKnown('source-type', SOURCE_TYPES)
    return undefined
  }
  refuseForeignInputs(inputs, type)
  if (type !== 'external_docker' && given.controlPlane.hosting === 'self-hosted') refuseBuilding(inputs)
  if (type !== 'external_docker') checkCommands(inputs)
  switch (type) {
    case 'github': {
      const source = readGithub(inputs, given.trigger, given.ruling)
      await checkCheckedOut(inputs, source, given)
      return source
    }
    case 'external_docker':
      return readImage(inputs, image, given.resourceSpec)
    case 'internal_source':
      return readInternalSource(inputs, given.trigger, given.variables)
  }
}

/** The kind of source that is written, or follows from `image-uri`; nothing when the input is misspelt. */
export function readSourceType(inputs: Reader): SourceInputs['type'] | undefined {
  const written = inputs.text('source-type')
  if (written) return SOURCE_TYPES.find((type) => type === written)
  return inputs.text('image-uri') ? 'external_docker' : 'github'
}

const SOURCE_TYPES = ['github', 'external_docker', 'internal_source'] as const

/**
 * Refuses what LangSmith's own tools refuse in a command, since it ends up in a line of a Dockerfile.
 * Source: `has_disallowed_build_command_content` of langgraph-cli.
 */
function checkCommands(inputs: Reader): void {
  for (const input of ['install-command', 'build-command']) {
    const command = inputs.text(input) ?? ''
    const found = [
      ...REFUSED_CHARACTERS.filter(([character]) => command.includes(character)).map(([, shown]) => shown),
      // An even number of them chains commands.
      ...((command.match(/&+/g) ?? []).some(({ length }) => length % 2 === 1) ? ['a single `&`'] : [])
    ]
    if (found.length === 0) continue
    inputs.problem(
      input,
      `holds ${found.join(', ')}, which LangSmith does not take in a command. Write one line with \`&&\` between commands, or move the rest into a script of package.json and call that.`
    )
  }
}

const REFUSED_CHARACTERS: readonly (readonly [character: string, shown: string])[] = [
  ['"', '`"`'],
  ['`', 'a backtick'],
  ['\\', '`\\`'],
  ['\n', 'a line break'],
  ['\r', 'a carriage return'],
  ['\0', 'a null character'],
  ['\t', 'a tab'],
  ['|', '`|`'],
  [';', '`;`'],
  ['$', '`$`'],
  ['>', '`>`'],
  ['<', '`<`']
]

/** An input of another source would be ignored in silence; the user must say which of them is meant. */
function refuseForeignInputs(inputs: Reader, type: SourceInputs['type']): void {
  for (const name of new Set(Object.values(SOURCE_INPUTS).flat())) {
    if (!inputs.isWritten(name) || SOURCE_INPUTS[type].includes(name)) continue
    const owners = SOURCE_TYPES.filter((owner) => SOURCE_INPUTS[owner].includes(name))
    const types = (before: string) => owners.map((owner) => `\`${before}${owner}\``).join(' or ')
    const isOfImages = owners.includes('external_docker')
    const rest = [
      // Beside another source it would be refused in turn.
      ...(!isOfImages && inputs.isWritten('image-uri') ? ['remove `image-uri`'] : []),
      `write ${types('source-type: ')}`,
      ...(isOfImages && !inputs.isWritten('image-uri') ? ['`image-uri`'] : [])
    ]
    inputs.problem(
      name,
      `is an input of ${types('')}, and ${whatIsDeployed(inputs, type)}. Remove \`${name}\`, or ${rest.join(' and ')}.`
    )
  }
}

/** What decides the source of a run, written or not. */
function whatIsDeployed(inputs: Reader, type: SourceInputs['type']): string {
  if (inputs.isWritten('source-type')) return `this run has \`source-type: ${type}\``
  return type === 'external_docker'
    ? 'this run deploys the image of `image-uri`'
    : 'this run deploys from GitHub, since neither `source-type` nor `image-uri` is written'
}

function refuseBuilding(inputs: Reader): void {
  const type = inputs.text('source-type')
  inputs.problem(
    type ? 'source-type' : 'image-uri',
    type
      ? `\`${type}\` is built by LangSmith Cloud only, and \`control-plane-url\` is self-hosted. Build an image and write \`source-type: external_docker\` with \`image-uri\`, or remove \`control-plane-url\`.`
      : 'is missing: a self-hosted control plane runs images. Build one and write `image-uri`, or remove `control-plane-url` to deploy from GitHub on Cloud.'
  )
}

/** Reads the project in the workspace, so that a broken one is told before anything is sent. */
async function readInternalSource(
  inputs: Reader,
  trigger: Trigger,
  variables: Readonly<Record<string, string | undefined>>
): Promise<SourceInputs | undefined> {
  const workspace = variables.GITHUB_WORKSPACE
  const configPath = inputs.text('langgraph-config') ?? DEFAULTS_AT_CREATE['langgraph-config']
  if (trigger.eventName === 'pull_request_target' && trigger.foreignHead) {
    inputs.problem(
      'source-type',
      `\`internal_source\` is refused here: under pull_request_target it would deploy the code of ${trigger.foreignHead} with your secrets. Deploy on a push instead.`
    )
    return undefined
  }
  if (!workspace) {
    inputs.problem('source-type', '`internal_source` needs a workspace, and GITHUB_WORKSPACE is not set.')
    return undefined
  }
  const { ProjectError } = await import('../deployment/archive/project-error.ts')
  const { readProject } = await import('../deployment/archive/project.ts')
  const { readCheckout } = await import('../deployment/archive/checkout.ts')
  try {
    const buildCommand = inputs.text('build-command')
    const read = await readProject({
      workspace,
      temporary: variables.RUNNER_TEMP,
      configPath,
      root: inputs.text('root'),
      hasBuildCommand: buildCommand !== undefined,
      gitPath: variables.PATH,
      lookUp: variableOf(variables)
    })
    const isNamed = isNamedByProject(inputs, read)
    if (isNamed) checkNameInProject(inputs, read)
    const project = isNamed ? withNaming(read) : read
    const folder = dirname(join(project.root, project.configPath))
    return {
      type: 'internal_source',
      project,
      checkout: await readCheckout(folder, project.workspace, variables.PATH),
      include: readPatterns(inputs.verbatim('include')),
      secretsFile: inputs.text('secrets-file'),
      gitPath: variables.PATH,
      temporaryFolder: variables.RUNNER_TEMP || tmpdir(),
      deploymentType: inputs.text('deployment-type'),
      installCommand: inputs.text('install-command'),
      buildCommand
    }
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error
    for (const problem of error.problems) inputs.problem(error.input, problem, error.place)
    return undefined
  }
}

/**
 * Whether the project names the deployment: the official tools read the name there too. Not that of a preview, which
 * `command: delete` has to find without the project.
 */
function isNamedByProject(inputs: Reader, { deploymentName }: Project): boolean {
  const isPreview = (inputs.text('preview') ?? 'false').toLowerCase() !== 'false'
  return deploymentName !== undefined && !isPreview && !inputs.text('name') && !inputs.text('deployment-id')
}

/**
 * Refuses to go by the repository's name where `deploy` goes by that of the project: `redeploy` could roll back another
 * deployment. A project that is not checked out, or cannot be read, says nothing.
 */
export async function checkProjectName(
  inputs: Reader,
  variables: Readonly<Record<string, string | undefined>>
): Promise<void> {
  const workspace = variables.GITHUB_WORKSPACE
  const configPath = DEFAULTS_AT_CREATE['langgraph-config']
  if (!workspace || !existsSync(resolve(workspace, configPath))) return
  const { readProject } = await import('../deployment/archive/project.ts')
  const project = await readProject({
    workspace,
    temporary: variables.RUNNER_TEMP,
    configPath,
    root: undefined,
    hasBuildCommand: true,
    gitPath: variables.PATH,
    lookUp: variableOf(variables)
  }).catch(() => undefined)
  if (!project || !isNamedByProject(inputs, project)) return
  inputs.problem(
    'name',
    `is missing: LANGSMITH_DEPLOYMENT_NAME in the \`env\` of ${configPath} names the deployment "${project.deploymentName}", and only \`command: deploy\` goes by that. Write \`name\`.`
  )
}

function withNaming(project: Project): Project {
  const { notices, deploymentName } = project
  return {
    ...project,
    notices: [...notices, `The deployment is named ${deploymentName} by ${originOfName(project)}.`]
  }
}

/** Refuses what no deployment is named; the user did not write it as an input, so its origin is told. */
function checkNameInProject(inputs: Reader, project: Project): void {
  const { deploymentName = '' } = project
  const found = isPossibleName(deploymentName) ? undefined : faultOfName(deploymentName)
  if (!found) return
  inputs.problem(
    'name',
    `is not written, so ${originOfName(project)} names the deployment: it is "${deploymentName}", ${found.fault}. Write \`${found.nearest}\` there, or write \`name\`.`
  )
}

/** Why nothing can be created under the name that the project gives its deployment. */
export function faultInProject(inputs: Reader, source: SourceInputs): NameFault | undefined {
  const name = nameInProject(inputs, source)
  const found = name === undefined ? undefined : faultOfName(name)
  if (!found || source.type !== 'internal_source') return undefined
  const advice = `Write \`${found.nearest}\` as ${originOfName(source.project)}, or write \`name\`.`
  return { fault: found.fault, advice }
}

function originOfName({ environmentFile, configPath }: Project): string {
  return `LANGSMITH_DEPLOYMENT_NAME in ${environmentFile ?? `\`env\` of ${configPath}`}`
}

/** The name that the project gives its deployment, where no input says which one is meant. */
export function nameInProject(inputs: Reader, source: SourceInputs): string | undefined {
  if (source.type !== 'internal_source' || !isNamedByProject(inputs, source.project)) return undefined
  return source.project.deploymentName
}

/** Patterns, one a line; as in a .gitignore, lines that begin with `#` say nothing. */
function readPatterns(text = ''): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim().replace(/^(!?)\.\/+/, '$1'))
    .filter((line) => line !== '' && !line.startsWith('#'))
}

/**
 * A configuration that LangSmith would refuse after minutes is told at once, where the commit of the run is checked out.
 * An existing deployment may have another path than the default one, so that is worth no more than a warning.
 */
async function checkCheckedOut(
  inputs: Reader,
  { configPath, runCommit }: GithubInputs,
  { variables, warn }: Pick<Parameters<typeof readSource>[1], 'variables' | 'warn'>
): Promise<void> {
  const workspace = variables.GITHUB_WORKSPACE
  const path = configPath ?? DEFAULTS_AT_CREATE['langgraph-config']
  if (!workspace || !runCommit) return
  if (!isFile(resolve(workspace, path))) {
    // Of a deployment that exists the path can be another one, so the default tells nothing.
    if (!configPath || inputs.problems.some(({ input }) => input === 'langgraph-config')) return
    const { findAbsence } = await import('../deployment/archive/checked-out.ts')
    const absence = await findAbsence(workspace, configPath, runCommit, variables.PATH)
    if (absence) inputs.problem('langgraph-config', absence)
    return
  }
  const { findCheckedOutProblems } = await import('../deployment/archive/checked-out.ts')
  for (const { text, place } of await findCheckedOutProblems(workspace, path, runCommit, variables.PATH)) {
    if (configPath) inputs.problem('langgraph-config', text, place)
    else warn({ text: `${text} LangSmith cannot build it where this is the configuration of the deployment.`, place })
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

/**
 * The commit that the run is about: of an archive what was packed, which is what git has checked out. GitHub's trial
 * merge of a pull request stands for the commit of the run. A commit of another repository says nothing here, where
 * GitHub is asked for this one.
 */
export function commitOfRun(source: SourceInputs, trigger: Trigger): string | undefined {
  if (source.type !== 'internal_source' || !source.checkout) return trigger.commit
  const { commit, parents, origin } = source.checkout
  const isMerge =
    trigger.headCommit !== undefined && (parents[1] === trigger.headCommit || commit === trigger.trialMerge)
  const isForeign = origin !== undefined && trigger.repository !== '' && !sameRepository(origin, trigger.repositoryUrl)
  return isMerge || isForeign ? trigger.commit : commit
}

function readImage(inputs: Reader, image: string | undefined, resourceSpec: unknown): ExternalDockerInputs {
  if (!image)
    inputs.problem(
      'image-uri',
      'is missing: `source-type: external_docker` needs the image to run. Write one such as `ghcr.io/acme/agent:1.2.3`.'
    )
  const fault = image && faultOfImage(image)
  if (fault) inputs.problem('image-uri', fault)
  const customUrl = inputs.text('custom-url')
  if (customUrl && !/^(https?:\/\/)?[A-Za-z0-9.-]+(:\d+)?(\/[\w./~-]*)?$/.test(customUrl)) {
    inputs.problem('custom-url', 'is no host name. Write one such as `agent.example.com`.')
  }
  return {
    type: 'external_docker',
    imageUri: image ?? '',
    listenerId: inputs.uuid('listener-id'),
    k8sNamespace: inputs.text('k8s-namespace'),
    resourceSpec: readResourceSpec(inputs, resourceSpec),
    customUrl,
    deploymentType: inputs.text('deployment-type')
  }
}

function readResourceSpec(inputs: Reader, parsed: unknown): JsonObject | undefined {
  if (inputs.text('resource-spec') === undefined) return undefined
  const spec = object(parsed)
  if (!spec) {
    inputs.problem(
      'resource-spec',
      parsed === 'Object'
        ? 'is what GitHub makes of an expression that is a whole object. Write `${{ toJSON(...) }}` around the expression.'
        : 'is no YAML or JSON object. Write fields such as `cpu: 2` and `memory_mb: 4096`, one a line.'
    )
    return undefined
  }
  return spec as JsonObject
}

function readGithub(inputs: Reader, trigger: Trigger, ruling: Ruling): GithubInputs {
  const repoUrl = inputs.text('repo-url') ?? trigger.repositoryUrl
  if (!isRepository(repoUrl)) {
    const server = trigger.repositoryUrl.replace(/\/[^/]+\/[^/]+$/, '') || 'https://github.com'
    const cure = probableRepository(repoUrl, server) ?? 'Write one such as `https://github.com/acme/agents`.'
    const what = /^https?:/i.test(repoUrl) ? 'the address of a repository' : 'an https address'
    inputs.problem('repo-url', `is not ${what}. ${cure}`)
  }
  if (!isOnGithubCom(repoUrl)) refuseServer(inputs, repoUrl)
  const repoRef = readRef(inputs, trigger, ruling)
  const buildOnPush = inputs.optionalFlag('build-on-push')
  if (buildOnPush && repoRef.startsWith('refs/tags/')) {
    inputs.problem(
      'build-on-push',
      `cannot be true when \`repo-ref\` is a tag (${repoRef}): a tag gets no pushes. Remove \`build-on-push\`, or write a branch into \`repo-ref\`.`
    )
  }
  const configPath = inputs.text('langgraph-config')
  if (configPath && /^([/\\]|[A-Za-z]:|[a-z]+:\/\/)|\\|(^|\/)\.\.(\/|$)/.test(configPath)) {
    inputs.problem(
      'langgraph-config',
      'must be a path inside the repository with forward slashes, such as `agents/support/langgraph.json`.'
    )
  }
  return {
    type: 'github',
    repoUrl,
    repoRef,
    configPath: configPath?.replace(/^(\.\/)+/, ''),
    integrationId: inputs.uuid('integration-id'),
    buildOnPush,
    deploymentType: inputs.text('deployment-type'),
    installCommand: inputs.text('install-command'),
    buildCommand: inputs.text('build-command'),
    runCommit: readIsOwnRepository(inputs, trigger) && repoRef === trigger.ref ? trigger.commit : undefined
  }
}

/** Whether `repo-url` is this repository. What is no address says nothing of that. */
export function readIsOwnRepository(inputs: Reader, trigger: Trigger): boolean {
  const repoUrl = inputs.text('repo-url') ?? trigger.repositoryUrl
  return !isRepository(repoUrl) || sameRepository(repoUrl, trigger.repositoryUrl)
}

function isRepository(url: string): boolean {
  return /^https?:\/\/[^/\s@]+\/[^/\s?#]+\/[^/\s?#]+$/.test(url.replace(/\/$/, ''))
}

function isOnGithubCom(repoUrl: string): boolean {
  return !isRepository(repoUrl) || /^https?:\/\/(www\.)?github\.com\//i.test(repoUrl)
}

/** The GitHub App of LangSmith is one of github.com; a server of one's own, or one of ghe.com, knows it not. */
function refuseServer(inputs: Reader, repoUrl: string): void {
  const { host } = new URL(repoUrl)
  const isOwn = inputs.text('repo-url') === undefined
  inputs.problem(
    isOwn ? 'source-type' : 'repo-url',
    `${isOwn ? 'is `github`, and this repository' : 'names a repository that'} is on ${host}: LangSmith builds repositories of github.com only. Write \`source-type: internal_source\` to deploy the checked-out workspace, or \`repo-url\` of a copy on github.com.`
  )
}

function readRef(inputs: Reader, trigger: Trigger, ruling: Ruling): string {
  const written = inputs.text('repo-ref')
  // `github.ref_name` of a push of a tag is its bare name, which would be taken for a branch.
  if (written && trigger.ref === `refs/tags/${written}` && readIsOwnRepository(inputs, trigger)) return trigger.ref
  // A ruling that refuses is among the problems already; that of another repository is looked up.
  if (!written) return (ruling.kind === 'go' && ruling.ref) || ''
  const ref = branchOrTag(written)
  if (isCommit(written)) {
    inputs.problem(
      'repo-ref',
      'is a commit, but LangSmith builds branches and tags. Write a branch by its name, or a tag as `refs/tags/v1.2.3`.'
    )
  } else if (!ref || /[\s~^:?*[\\]|\.\.|^-|\/$/.test(ref)) {
    inputs.problem(
      'repo-ref',
      `"${written}" is neither a branch nor a tag. ${probableRef(written) ?? 'Write a branch by its name, or a tag as `refs/tags/v1.2.3`.'}`
    )
  }
  return ref ?? ''
}
