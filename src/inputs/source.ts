import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ControlPlane } from '../control-plane/hosts.ts'
import type { JsonObject } from '../control-plane/resources.ts'
import { isCommit } from '../deployment/revision.ts'
import { type ExternalDockerInputs, isImageReference } from '../deployment/sources/external-docker.ts'
import { type GithubInputs, sameRepository } from '../deployment/sources/github.ts'
import type { SourceInputs } from '../deployment/sources/index.ts'
import { object } from '../object.ts'
import { branchOrTag, type Trigger } from '../runner/trigger.ts'
import { DEFAULTS_AT_CREATE, type Reader } from './reader.ts'

const BUILT = ['langgraph-config', 'install-command', 'build-command']

/** The inputs that go with a source and not with every other. */
export const SOURCE_INPUTS: Readonly<Record<SourceInputs['type'], readonly string[]>> = {
  github: [...BUILT, 'repo-url', 'repo-ref', 'integration-id', 'build-on-push'],
  external_docker: ['image-uri', 'listener-id', 'k8s-namespace', 'resource-spec', 'custom-url'],
  internal_source: [...BUILT, 'include-env-files']
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
    readonly resourceSpec: unknown
    readonly variables: Readonly<Record<string, string | undefined>>
  }
): Promise<SourceInputs | undefined> {
  const image = inputs.text('image-uri')
  const type = inputs.isWritten('source-type')
    ? inputs.choiceIfKnown('source-type', ['github', 'external_docker', 'internal_source'])
    : image
      ? 'external_docker'
      : 'github'
  // Without the source it is not known which of the other inputs belong to it.
  if (!type) return undefined
  refuseForeignInputs(inputs, type)
  if (type !== 'external_docker' && given.controlPlane.hosting === 'self-hosted') refuseBuilding(inputs)
  switch (type) {
    case 'github':
      return readGithub(inputs, given.trigger)
    case 'external_docker':
      return readImage(inputs, image, given.resourceSpec)
    case 'internal_source':
      return readInternalSource(inputs, given.trigger, given.variables)
  }
}

/** An input of another source would be ignored in silence; the user must say which of them is meant. */
function refuseForeignInputs(inputs: Reader, type: SourceInputs['type']): void {
  const isChosen = inputs.isWritten('source-type')
  const chosenBy = isChosen ? `\`source-type: ${type}\`` : '`image-uri`'
  const goesWith = isChosen || type !== 'github' ? chosenBy : 'a deployment from GitHub (no `image-uri` is set)'
  for (const [other, names] of Object.entries(SOURCE_INPUTS)) {
    for (const name of names.filter((each) => inputs.isWritten(each) && !SOURCE_INPUTS[type].includes(each))) {
      if (inputs.problems.some(({ input }) => input === name)) continue
      const rest =
        other === 'external_docker'
          ? `write \`source-type: external_docker\`${name === 'image-uri' ? '' : ' and `image-uri`'}`
          : `${inputs.isWritten('image-uri') ? 'remove `image-uri` and ' : ''}write \`source-type: ${other}\``
      inputs.problem(name, `does not go with ${goesWith}. Remove \`${name}\`, or ${rest}.`)
    }
  }
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
  const includeEnvFiles = inputs.flag('include-env-files')
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
    const project = await readProject({ workspace, configPath, includeEnvFiles })
    const folder = dirname(join(project.root, project.configPath))
    return {
      type: 'internal_source',
      project,
      checkout: await readCheckout(folder, project.workspace, variables.PATH),
      temporaryFolder: variables.RUNNER_TEMP || tmpdir(),
      deploymentType: inputs.text('deployment-type'),
      installCommand: inputs.text('install-command'),
      buildCommand: inputs.text('build-command')
    }
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error
    for (const problem of error.problems) inputs.problem('langgraph-config', problem)
    return undefined
  }
}

/**
 * The commit that the run is about: of an archive what was packed, which is what git has checked out. GitHub's own merge
 * of an open pull request stands for the head that it merges. A commit of another repository says nothing here, where
 * GitHub is asked for this one.
 */
export function commitOfRun(source: SourceInputs, trigger: Trigger): string | undefined {
  if (source.type !== 'internal_source' || !source.checkout) return trigger.commit
  const { commit, parents, origin } = source.checkout
  const isMerge = trigger.pullRequest !== undefined && trigger.commit !== undefined && parents[1] === trigger.commit
  const isForeign = origin !== undefined && trigger.repository !== '' && !sameRepository(origin, trigger.repositoryUrl)
  return isMerge || isForeign ? trigger.commit : commit
}

function readImage(inputs: Reader, image: string | undefined, resourceSpec: unknown): ExternalDockerInputs {
  if (!image)
    inputs.problem(
      'image-uri',
      'is missing: `source-type: external_docker` needs the image to run. Write one such as `ghcr.io/acme/agent:1.2.3`.'
    )
  else if (!isImageReference(image)) {
    inputs.problem(
      'image-uri',
      isImageReference(image.toLowerCase())
        ? `"${image}" has capital letters, which a registry does not take in the name of an image; \`\${{ github.repository }}\` often brings them in. Write it in lower case.`
        : `"${image}" is no image reference. Write one such as \`ghcr.io/acme/agent:1.2.3\`, without a scheme.`
    )
  }
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
      'is no YAML or JSON object. Write fields such as `cpu: 2` and `memory_mb: 4096`, one a line.'
    )
    return undefined
  }
  return spec as JsonObject
}

function readGithub(inputs: Reader, trigger: Trigger): GithubInputs {
  const repoUrl = inputs.text('repo-url') ?? trigger.repositoryUrl
  const isRepository = /^https?:\/\/[^/\s@]+\/[^/\s?#]+\/[^/\s?#]+$/.test(repoUrl.replace(/\/$/, ''))
  if (!isRepository) {
    inputs.problem('repo-url', 'is no address of a repository. Write one such as `https://github.com/acme/agents`.')
  }
  // What is no address says nothing of the ref either.
  const isOwnRepository = !isRepository || sameRepository(repoUrl, trigger.repositoryUrl)
  const repoRef = readRef(inputs, trigger, isOwnRepository)
  const buildOnPush = inputs.optionalFlag('build-on-push')
  if (buildOnPush && repoRef.startsWith('refs/tags/')) {
    inputs.problem(
      'build-on-push',
      `cannot be true when \`repo-ref\` is a tag (${repoRef}): a tag gets no pushes. Remove \`build-on-push\`, or write a branch into \`repo-ref\`.`
    )
  }
  const configPath = inputs.text('langgraph-config')
  if (configPath && /^([/\\]|[A-Za-z]:)|\\|(^|\/)\.\.(\/|$)/.test(configPath)) {
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
    runCommit: isOwnRepository && !trigger.foreignHead && repoRef === trigger.ref ? trigger.commit : undefined
  }
}

function readRef(inputs: Reader, trigger: Trigger, isOwnRepository: boolean): string {
  const written = inputs.text('repo-ref')
  if (written) {
    const ref = branchOrTag(written)
    if (isCommit(written)) {
      inputs.problem(
        'repo-ref',
        'is a commit, but LangSmith builds branches and tags. Write a branch by its name, or a tag as `refs/tags/v1.2.3`.'
      )
    } else if (!ref || /[\s~^:?*[\\]|\.\.|^-|\/$/.test(ref)) {
      inputs.problem(
        'repo-ref',
        `"${written}" is neither a branch nor a tag. Write a branch by its name, or a tag as \`refs/tags/v1.2.3\`.`
      )
    }
    return ref ?? ''
  }
  if (!isOwnRepository) {
    inputs.problem(
      'repo-ref',
      'is missing: `repo-url` names another repository, where the ref of this run means nothing. Write a branch or tag of that one, or remove `repo-url`.'
    )
  } else if (trigger.foreignHead) {
    inputs.problem(
      'repo-ref',
      `has no default here: the code of this run comes from ${trigger.foreignHead}, not from ${trigger.repository}. Write the branch of ${trigger.repository} to deploy, or skip the step for forks.`
    )
  } else if (!trigger.ref) {
    inputs.problem('repo-ref', 'has no default here: this event has neither a branch nor a tag. Write `repo-ref`.')
  }
  return trigger.ref ?? ''
}
