import type { ControlPlane } from '../control-plane/hosts.ts'
import { type JsonObject, object } from '../control-plane/resources.ts'
import { isCommit } from '../deployment/revision.ts'
import { type ExternalDockerInputs, isImageReference } from '../deployment/sources/external-docker.ts'
import { type GithubInputs, sameRepository } from '../deployment/sources/github.ts'
import type { SourceInputs } from '../deployment/sources/index.ts'
import { branchOrTag, type Trigger } from '../runner/trigger.ts'
import { DEFAULTS, type Reader } from './reader.ts'

/** The inputs that only go with one of the sources. */
export const SOURCE_INPUTS: Readonly<Record<SourceInputs['type'], readonly string[]>> = {
  github: [
    'repo-url',
    'repo-ref',
    'langgraph-config',
    'integration-id',
    'build-on-push',
    'install-command',
    'build-command'
  ],
  external_docker: ['image-uri', 'listener-id', 'k8s-namespace', 'resource-spec', 'custom-url']
}

/** Where the code comes from. `resourceSpec` is the parsed input of that name. */
export function readSource(
  inputs: Reader,
  given: { readonly controlPlane: ControlPlane; readonly trigger: Trigger; readonly resourceSpec: unknown }
): SourceInputs | undefined {
  const image = inputs.text('image-uri')
  const type = inputs.isWritten('source-type')
    ? inputs.choiceIfKnown('source-type', ['github', 'external_docker'])
    : image
      ? 'external_docker'
      : 'github'
  // Without the source it is not known which of the other inputs belong to it.
  if (!type) return undefined
  refuseForeignInputs(inputs, type)
  return type === 'github'
    ? readGithub(inputs, given.controlPlane, given.trigger)
    : readImage(inputs, image, given.resourceSpec)
}

/** An input of the other source would be ignored in silence; the user must say which of the two is meant. */
function refuseForeignInputs(inputs: Reader, type: SourceInputs['type']): void {
  const chosenBy = inputs.isWritten('source-type') ? `\`source-type: ${type}\`` : '`image-uri`'
  if (type === 'github') {
    for (const name of SOURCE_INPUTS.external_docker.filter(inputs.isWritten)) {
      const other = inputs.isWritten('source-type') ? chosenBy : 'a deployment from GitHub (no `image-uri` is set)'
      inputs.problem(
        name,
        `does not go with ${other}. Remove \`${name}\`, or write \`source-type: external_docker\`${name === 'image-uri' ? '' : ' and `image-uri`'}.`
      )
    }
    return
  }
  for (const name of SOURCE_INPUTS.github.filter(inputs.isWritten)) {
    inputs.problem(
      name,
      `does not go with ${chosenBy}. Remove \`${name}\`, or ${inputs.isWritten('image-uri') ? 'remove `image-uri` and ' : ''}write \`source-type: github\`.`
    )
  }
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
      `"${image}" is no image reference. Write one such as \`ghcr.io/acme/agent:1.2.3\`, without a scheme.`
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

function readGithub(inputs: Reader, controlPlane: ControlPlane, trigger: Trigger): GithubInputs {
  if (controlPlane.hosting === 'self-hosted') {
    inputs.problem(
      inputs.isWritten('source-type') ? 'source-type' : 'image-uri',
      inputs.isWritten('source-type')
        ? '`github` is built by LangSmith Cloud only, and `control-plane-url` is self-hosted. Build an image and write `source-type: external_docker` with `image-uri`, or remove `control-plane-url`.'
        : 'is missing: a self-hosted control plane runs images. Build one and write `image-uri`, or remove `control-plane-url` to deploy from GitHub on Cloud.'
    )
  }
  const repoUrl = inputs.text('repo-url') ?? trigger.repositoryUrl
  const isRepository = /^https?:\/\/[^/\s@]+\/[^/\s?#]+\/[^/\s?#]+$/.test(repoUrl.replace(/\/$/, ''))
  if (!isRepository) {
    inputs.problem('repo-url', 'is no address of a repository. Write one such as `https://github.com/acme/agents`.')
  }
  // What is no address says nothing of the ref either.
  const isOwnRepository = !isRepository || sameRepository(repoUrl, trigger.repositoryUrl)
  const repoRef = readRef(inputs, trigger, isOwnRepository)
  const buildOnPush = inputs.flag('build-on-push')
  if (buildOnPush && repoRef.startsWith('refs/tags/')) {
    inputs.problem(
      'build-on-push',
      `cannot be true when \`repo-ref\` is a tag (${repoRef}): a tag gets no pushes. Remove \`build-on-push\`, or write a branch into \`repo-ref\`.`
    )
  }
  const configPath = inputs.text('langgraph-config') ?? DEFAULTS['langgraph-config']
  if (/^([/\\]|[A-Za-z]:)|\\|(^|\/)\.\.(\/|$)/.test(configPath)) {
    inputs.problem(
      'langgraph-config',
      'must be a path inside the repository with forward slashes, such as `agents/support/langgraph.json`.'
    )
  }
  return {
    type: 'github',
    repoUrl,
    repoRef,
    configPath: configPath.replace(/^(\.\/)+/, ''),
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
