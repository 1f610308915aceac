import { inOrderOfName, type SecretReference } from '../control-plane/resources.ts'
import { faultOfImage } from '../deployment/image-reference.ts'
import type { ExternalDockerInputs } from '../deployment/sources/external-docker.ts'
import type { SourceType } from '../deployment/sources/kinds.ts'
import { type JsonObject, object } from '../run/object.ts'
import { isRunnerVariable } from '../runner/variable-name.ts'
import type { Reader } from './reader.ts'
import { parseYaml } from './yaml.ts'

/** An image that is there already. */
export async function readImage(inputs: Reader): Promise<ExternalDockerInputs> {
  const imageUri = readImageUri(inputs, 'external_docker', 'the image to run')
  const customUrl = inputs.text('custom-url')
  if (customUrl && !/^(https?:\/\/)?[A-Za-z0-9.-]+(:\d+)?(\/[\w./~-]*)?$/.test(customUrl)) {
    inputs.problem('custom-url', 'is no host name. Write one such as `agent.example.com`.')
  }
  return {
    type: 'external_docker',
    imageUri,
    listenerId: inputs.uuid('listener-id'),
    k8sNamespace: inputs.text('k8s-namespace'),
    resourceSpec: await readResourceSpec(inputs),
    secretReferences: await readSecretReferences(inputs),
    customUrl,
    deploymentType: inputs.text('deployment-type')
  }
}

/** The image, checked; empty if it is missing. @param needed what the source needs it for, such as `the image to run` */
export function readImageUri(inputs: Reader, type: SourceType, needed: string): string {
  if (inputs.text('langgraph-config') && !inputs.flag('verify-graphs')) {
    inputs.problem(
      'langgraph-config',
      'is not read for an image, which was built from it, unless `verify-graphs` compares the graphs with it. Remove it, or write `verify-graphs: true`.'
    )
  }
  const image = inputs.text('image-uri')
  if (!image) {
    inputs.problem(
      'image-uri',
      `is missing: \`source-type: ${type}\` needs ${needed}. Write one such as \`ghcr.io/acme/agent:1.2.3\`.`
    )
    return ''
  }
  const fault = faultOfImage(image)
  if (fault) inputs.problem('image-uri', fault)
  return image
}

async function readResourceSpec(inputs: Reader): Promise<JsonObject | undefined> {
  const text = inputs.text('resource-spec')
  if (text === undefined) return undefined
  const parsed = await parseYaml(text)
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

/** Variables from Kubernetes Secrets; an empty list removes all of them. */
async function readSecretReferences(inputs: Reader): Promise<readonly SecretReference[] | undefined> {
  const text = inputs.text('secret-references')
  if (text === undefined) return undefined
  const parsed = await parseYaml(text)
  const references = Array.isArray(parsed) ? parsed.map(toReference) : [undefined]
  const sound = references.filter((one) => one !== undefined)
  if (sound.length < references.length) {
    inputs.problem(
      'secret-references',
      'is no YAML or JSON list of `name`, `secret_name` and `secret_key`. Write entries such as `- {name: OPENAI_API_KEY, secret_name: keys, secret_key: openai}`, or `[]` to remove all.'
    )
    return undefined
  }
  const names = sound.map(({ name }) => name)
  const bad = names.find((name, index) => !/^[A-Za-z_]\w*$/.test(name) || names.indexOf(name) !== index)
  if (bad !== undefined) {
    const fault = /^[A-Za-z_]\w*$/.test(bad)
      ? ' twice. Remove one of the two'
      : ', which is no name of a variable. Write letters, digits and underscores'
    inputs.problem('secret-references', `has the \`name\` "${bad}"${fault}.`)
  }
  const ofRunner = names.find(isRunnerVariable)
  if (ofRunner !== undefined) {
    inputs.problem(
      'secret-references',
      `has the \`name\` "${ofRunner}": the runner sets a variable of this name, for the job alone. Remove it, or write another name.`
    )
  }
  return inOrderOfName(sound)
}

function toReference(value: unknown): SecretReference | undefined {
  const { name, secret_name, secret_key, ...rest } = object(value) ?? {}
  if (typeof name !== 'string' || typeof secret_name !== 'string' || typeof secret_key !== 'string') return undefined
  const isWhole = name !== '' && secret_name !== '' && secret_key !== '' && Object.keys(rest).length === 0
  return isWhole ? { name, secret_name, secret_key } : undefined
}
