import type { SourceInputs } from '../deployment/sources/index.ts'
import { kindOf, type SourceType } from '../deployment/sources/kinds.ts'
import type { ControlPlane } from '../run/destination.ts'
import type { Trigger } from '../runner/trigger.ts'
import { readImage, warningsOfSpec } from './external-docker.ts'
import { checkCheckedOut, readGithubSource } from './github-source.ts'
import { readPushedImage } from './internal-docker.ts'
import { readInternalSource } from './internal-source.ts'
import type { Messages } from './messages.ts'
import type { InputEnvironment, Reader } from './reader.ts'
import type { Ruling } from './ruling.ts'
import { goesWith, INPUT_NAMES, rowOf } from './table.ts'

/** Data that determines a source, besides its inputs. */
interface SourceContext {
  readonly controlPlane: ControlPlane
  readonly trigger: Trigger
  readonly ruling: Ruling
  readonly variables: InputEnvironment['variables']
}

/** Source; `undefined` if it cannot be determined, which is then a problem. */
type SourceReading = { readonly source: SourceInputs | undefined } & Pick<Messages, 'warnings'>

/** Reads the source of the code. */
export async function readSource(inputs: Reader, given: SourceContext): Promise<SourceReading> {
  const type = readSourceType(inputs)
  // The source determines which other inputs belong to it.
  if (!type) return { source: undefined, warnings: [] }
  refuseForeignInputs(inputs, type)
  if (kindOf(type).isCloudOnly && given.controlPlane.hosting === 'self-hosted') refuseCloudOnly(inputs, type)
  checkCommands(inputs, type)
  return SOURCE_READERS[type](inputs, given)
}

const SOURCE_READERS: Readonly<Record<SourceType, (inputs: Reader, given: SourceContext) => Promise<SourceReading>>> = {
  github: async (inputs, { trigger, ruling, variables }) => {
    const source = readGithubSource(inputs, trigger, ruling)
    return { source, warnings: await checkCheckedOut(inputs, source, variables) }
  },
  external_docker: async (inputs) => {
    const source = await readImage(inputs)
    return { source, warnings: warningsOfSpec(source) }
  },
  internal_source: async (inputs, { trigger, variables }) => {
    const source = await readInternalSource(inputs, trigger, variables)
    return { source, warnings: source?.project.warnings ?? [] }
  },
  internal_docker: async (inputs, { variables }) => ({ source: readPushedImage(inputs, variables), warnings: [] })
}

/** Returns the type of the source from `source-type` or `image-uri`; `undefined` if `source-type` is invalid. */
export function readSourceType(inputs: Reader): SourceType | undefined {
  const written = inputs.choiceIfKnown('source-type')
  if (written || inputs.isWritten('source-type')) return written
  return inputs.text('image-uri') ? 'external_docker' : 'github'
}

/**
 * Rejects what LangSmith's own tools reject in a command, because it becomes a line of a Dockerfile.
 * Source: `has_disallowed_build_command_content` of langgraph-cli.
 */
function checkCommands(inputs: Reader, type: SourceType): void {
  for (const input of ['install-command', 'build-command'] as const) {
    if (!goesWith(type, input)) continue
    const command = inputs.text(input) ?? ''
    const found = [
      ...REFUSED_CHARACTERS.filter(([character]) => command.includes(character)).map(([, shown]) => shown),
      // An even number of & chains commands.
      ...((command.match(/&+/g) ?? []).some(({ length }) => length % 2 === 1) ? ['a single `&`'] : [])
    ]
    if (found.length === 0) continue
    inputs.problem(
      input,
      `contains ${found.join(', ')}, which LangSmith does not allow in a command. Use one line with \`&&\` between commands, or move the command into a package.json script.`
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

/** Rejects inputs of another source. They would be ignored silently, so the user must choose one source. */
function refuseForeignInputs(inputs: Reader, type: SourceType): void {
  for (const name of INPUT_NAMES) {
    if (!inputs.isWritten(name) || goesWith(type, name)) continue
    const owners = rowOf(name).sources ?? []
    const types = (before: string) => owners.map((owner) => `\`${before}${owner}\``).join(' or ')
    const isOfImages = owners.some((owner) => kindOf(owner).code === 'image')
    const rest = [
      // Another source would reject this input next.
      ...(!isOfImages && inputs.isWritten('image-uri') ? ['remove `image-uri`'] : []),
      `set ${types('source-type: ')}`,
      ...(isOfImages && !inputs.isWritten('image-uri') ? ['`image-uri`'] : [])
    ]
    inputs.problem(
      name,
      `requires ${types('source-type: ')}, but ${whatIsDeployed(inputs, type)}. Remove \`${name}\`, or ${rest.join(' and ')}.`
    )
  }
}

/** Describes why the source has this type. */
function whatIsDeployed(inputs: Reader, type: SourceType): string {
  if (inputs.isWritten('source-type')) return `\`source-type\` is \`${type}\``
  return kindOf(type).code === 'image'
    ? 'this run deploys `image-uri`'
    : 'this run deploys from GitHub, because `source-type` and `image-uri` are not set'
}

function refuseCloudOnly(inputs: Reader, type: SourceType): void {
  const isWritten = inputs.isWritten('source-type')
  if (kindOf(type).code === 'image') {
    inputs.problem(
      'source-type',
      `is \`${type}\`, which runs on LangSmith Cloud only, but \`control-plane-url\` is self-hosted. Push the image to your registry and set \`source-type: external_docker\`, or remove \`control-plane-url\`.`
    )
    return
  }
  inputs.problem(
    isWritten ? 'source-type' : 'image-uri',
    isWritten
      ? `is \`${type}\`, which builds on LangSmith Cloud only, but \`control-plane-url\` is self-hosted. Build an image and set \`source-type: external_docker\` and \`image-uri\`, or remove \`control-plane-url\`.`
      : 'is missing: a self-hosted control plane deploys images only. Build an image and set `image-uri`, or remove `control-plane-url` to deploy from GitHub on LangSmith Cloud.'
  )
}
