import { inOrderOfName, type SecretReference } from '../control-plane/resources.ts'
import { faultOfImage } from '../deployment/image-reference.ts'
import type { WantedSecrets } from '../deployment/secrets.ts'
import type { ExternalDockerInputs } from '../deployment/sources/external-docker.ts'
import type { SourceType } from '../deployment/sources/kinds.ts'
import { type JsonObject, object } from '../run/object.ts'
import { nearestOf } from '../runner/nearest.ts'
import { isRunnerVariable } from '../runner/variable-name.ts'
import type { Reader } from './reader.ts'
import { parseYaml, readYaml } from './yaml.ts'

/** Reads the inputs of an existing image. */
export async function readImage(inputs: Reader): Promise<ExternalDockerInputs> {
  const imageUri = readImageUri(inputs, 'external_docker', 'the image to run')
  const customUrl = inputs.text('custom-url')
  if (customUrl && !/^(https?:\/\/)?[A-Za-z0-9.-]+(:\d+)?(\/[\w./~-]*)?$/.test(customUrl)) {
    inputs.problem('custom-url', 'expected a host name such as `agent.example.com`.')
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

/**
 * Reads and checks `image-uri`; empty if it is missing.
 *
 * @param needed purpose of the image for the source, such as `the image to run`
 */
export function readImageUri(inputs: Reader, type: SourceType, needed: string): string {
  if (inputs.text('langgraph-config') && !inputs.flag('verify-graphs')) {
    inputs.problem(
      'langgraph-config',
      'is only used for an image when `verify-graphs` is `true`. Remove it, or set `verify-graphs: true`.'
    )
  }
  const image = inputs.text('image-uri')
  if (!image) {
    inputs.problem(
      'image-uri',
      `is missing: \`source-type: ${type}\` requires ${needed}, such as \`ghcr.io/acme/agent:1.2.3\`.`
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
        ? 'is an expression that evaluated to an object. Convert it to text with `${{ toJSON(...) }}`.'
        : 'expected a YAML or JSON object with fields such as `cpu: 2` and `memory_mb: 4096`, one per line.'
    )
    return undefined
  }
  return spec as JsonObject
}

/** Fields of a resource spec. A test compares them with the table in docs/recipes.md. */
export const SPEC_FIELDS: readonly string[] = `min_scale max_scale cpu cpu_limit memory_mb memory_limit_mb
   queue_min_scale queue_max_scale queue_cpu queue_cpu_limit queue_memory_mb queue_memory_limit_mb
   db_cpu db_cpu_limit db_memory_mb db_memory_limit_mb db_storage_gi db_max_connections
   redis_cpu redis_cpu_limit redis_memory_mb redis_memory_limit_mb labels annotations service_account_name
   image_pull_secrets volumes volume_mounts init_containers sidecars`.split(/\s+/)

/** Returns warnings about fields that are probably misspelled. LangSmith may add fields, so others are accepted. */
export function warningsOfSpec({ resourceSpec = {} }: Pick<ExternalDockerInputs, 'resourceSpec'>): readonly string[] {
  return Object.keys(resourceSpec).flatMap((name) => {
    const meant = SPEC_FIELDS.includes(name) ? undefined : nearestOf(name, SPEC_FIELDS)
    return meant === undefined
      ? []
      : [
          `\`resource-spec\`: unknown field \`${name}\`. Did you mean \`${meant}\`? An unknown field may have no effect.`
        ]
  })
}

/** Reads the variables from Kubernetes Secrets; an empty list removes all of them. */
async function readSecretReferences(inputs: Reader): Promise<readonly SecretReference[] | undefined> {
  const text = inputs.text('secret-references')
  if (text === undefined) return undefined
  const read = await readYaml(text)
  const fault =
    'problem' in read
      ? read.problem
      : Array.isArray(read.value)
        ? read.value.map(faultOfReference).find((one) => one !== undefined)
        : 'is not a YAML or JSON list'
  if (fault !== undefined || !('value' in read) || !Array.isArray(read.value)) {
    inputs.problem(
      'secret-references',
      `${fault}. Use entries such as \`- {name: OPENAI_API_KEY, secret_name: keys, secret_key: openai}\`, or \`[]\` to remove all.`
    )
    return undefined
  }
  const sound = read.value.map(toReference)
  const names = sound.map(({ name }) => name)
  const bad = names.find((name, index) => !/^[A-Za-z_]\w*$/.test(name) || names.indexOf(name) !== index)
  if (bad !== undefined) {
    inputs.problem(
      'secret-references',
      /^[A-Za-z_]\w*$/.test(bad)
        ? `sets "${bad}" twice. Remove one of them.`
        : `has an invalid \`name\` "${bad}": expected letters, digits and underscores, starting with a letter or underscore.`
    )
  }
  const ofRunner = names.find(isRunnerVariable)
  if (ofRunner !== undefined) {
    inputs.problem(
      'secret-references',
      `sets "${ofRunner}", which the runner sets for the job only. Remove it, or use another name.`
    )
  }
  return inOrderOfName(sound)
}

/** Reports a variable that is set twice, because it is unknown which value takes effect. */
export function checkReferences(
  inputs: Reader,
  { secretReferences = [] }: Pick<ExternalDockerInputs, 'secretReferences'>,
  { secrets, variables }: WantedSecrets
): void {
  const given = new Set([...secrets, ...variables].map(({ name }) => name))
  const twice = secretReferences.find(({ name }) => given.has(name))
  if (twice === undefined) return
  inputs.problem(
    'secret-references',
    `sets "${twice.name}", which \`secrets\`, \`variables\` or \`secrets-file\` also sets. Remove one of them.`
  )
}

const REFERENCE_FIELDS = ['name', 'secret_name', 'secret_key'] as const

/** Returns the problem of one entry, whose index starts at 0. */
function faultOfReference(value: unknown, index: number): string | undefined {
  const where = `in entry ${index + 1}`
  const fields = object(value)
  if (!fields) return `has no fields ${where}`
  const unknown = Object.keys(fields).find((name) => !REFERENCE_FIELDS.some((known) => known === name))
  if (unknown !== undefined) return `has an unknown field \`${unknown}\` ${where}`
  const missing = REFERENCE_FIELDS.find((name) => typeof fields[name] !== 'string' || fields[name] === '')
  return missing === undefined ? undefined : `requires a non-empty string for \`${missing}\` ${where}`
}

/** Converts a valid entry. */
function toReference(value: unknown): SecretReference {
  const { name, secret_name, secret_key } = object(value) ?? {}
  return { name: String(name), secret_name: String(secret_name), secret_key: String(secret_key) }
}
