import { ApiError, RefusalError } from '../../control-plane/errors.ts'
import { pushAgainAfterMs } from '../../control-plane/patience.ts'
import type { PushToken } from '../../control-plane/push-token.ts'
import type { Deployment } from '../../control-plane/resources.ts'
import type { FoundImage, Miss } from '../../registry/find.ts'
import type { Login } from '../../registry/login.ts'
import type { Environment } from '../../registry/process.ts'
import type { Ask } from '../../registry/tools.ts'
import { pause } from '../../run/limits.ts'
import { sentence } from '../../run/sentence.ts'
import { sameImage } from '../image.ts'
import { isImageReference, isRegistryHost } from '../image-reference.ts'
import { chosenType, typeSetting } from './deployment-type.ts'
import type { Setting, Source, UploadContext } from './source.ts'

/** An image that this run pushes to the registry of LangSmith Cloud. */
export interface InternalDockerInputs {
  readonly type: 'internal_docker'
  /** An image in the Docker daemon of this runner, or in any registry. */
  readonly imageUri: string
  readonly deploymentType: string | undefined
  /** Environment of the tools. */
  readonly environment: Environment
  /** Folder of Docker's configuration. */
  readonly dockerFolder: string
  /** Folder for the credentials of the push. The runner empties it after the job. */
  readonly temporaryFolder: string
}

/** Returns the source of an existing image. `prepare` finds the image, and `upload` pushes it. */
export function internalDockerSource(inputs: InternalDockerInputs): Source {
  const { imageUri, deploymentType } = inputs
  let found: FoundImage | undefined
  let pushed: string | null = null
  return {
    type: 'internal_docker',
    label: `image ${imageUri}`,
    publicTexts: [imageUri],
    afterCreate: [{ field: LATE_FIELD, wanted: imageUri }],
    lateField: LATE_FIELD,
    namesRevisionSource: true,
    get sent() {
      return { repo_ref: null, langgraph_config_path: null, image_uri: pushed, source_tarball_path: null }
    },
    prepare: async (context) => {
      found = await locate(context, inputs)
      // Before the create, so that an incomplete action leaves no empty deployment.
      await loadLogin()
    },
    upload: async (context, deployment) => {
      found ??= await locate(context, inputs)
      pushed = await push(context, inputs, found, deployment)
    },
    fixedSettings: async (_client, { url }) => [typeSetting(chosenType(deploymentType, url))],
    // The deployment type cannot change either, but servers return other words for it than they accept.
    checkFixed: ({ name, source }) => {
      if (source !== 'internal_docker') throw pushNotAccepted(name)
    },
    settings: (deployment) => settingsOfPush(imageUri, pushed ?? servedAs(found, deployment), deployment),
    isServedBy: ({ source_revision_config: { image_uri } }) =>
      image_uri !== null && (pushed === null ? holds(image_uri, found) : sameImage(image_uri, pushed))
  }
}

const LATE_FIELD = 'image_uri'

/** Returns the image of the deployment if it is the one to push. */
function servedAs(found: FoundImage | undefined, deployment: Deployment | undefined): string | null {
  const image = deployment?.source_revision_config.image_uri ?? null
  return image !== null && holds(image, found) ? image : null
}

/** True if an image is the found one, because a push keeps the digest. False when the tool reports no digest. */
function holds(image: string, found: FoundImage | undefined): boolean {
  return found?.seen.digest !== undefined && image.endsWith(`@${found.seen.digest}`)
}

/** @param known the image with its digest in LangSmith's registry, if known */
function settingsOfPush(
  imageUri: string,
  known: string | null,
  deployment: Deployment | undefined
): readonly Setting[] {
  if (!deployment) return []
  const current = deployment.source_revision_config.image_uri
  return [
    {
      section: 'source_revision_config',
      field: LATE_FIELD,
      // The digest is unknown before the push. A plan from that time is only shown.
      wanted: known ?? imageUri,
      current: known !== null && current !== null && sameImage(current, known) ? known : current,
      effect: 'always'
    }
  ]
}

/** Maximum time of a command that inspects the image, in milliseconds. The command may have to pull the image. */
const LONGEST_SEARCH_MS = 15 * 60_000
const LONGEST_PUSH_MS = 30 * 60_000
const REPORT_EVERY_MS = 60_000

/** Finds the image and checks it, before anything is written. @throws {RefusalError} */
async function locate(context: UploadContext, inputs: InternalDockerInputs): Promise<FoundImage> {
  const { findImage } = await import('../../registry/find.ts')
  const { PLATFORM } = await import('../../registry/tools.ts')
  const { imageUri } = inputs
  const found = await findImage(await askWith(context, inputs, LONGEST_SEARCH_MS), imageUri)
  if (!('seen' in found)) throw await notFound(imageUri, found)
  const { tool, seen } = found
  if (!seen.platforms.includes(PLATFORM)) throw wrongPlatform(imageUri, seen.platforms)
  const where = tool.sees === 'daemon' ? 'the Docker daemon of this runner' : 'its registry'
  context.progress.note(`Found the image ${imageUri} in ${where} with \`${tool.name}\` (${PLATFORM}).`)
  return found
}

/** Returns the function that runs tools. */
async function askWith({ limits }: UploadContext, inputs: InternalDockerInputs, mostMs: number): Promise<Ask> {
  const { runTool } = await import('../../registry/process.ts')
  return (command, args, variables = {}) =>
    runTool({ command, args, environment: { ...inputs.environment, ...variables }, limits, mostMs })
}

function loadLogin() {
  return import('../../registry/login.ts')
}

/** Pushes the image. A failed push is repeated with a new token. @returns the image with its digest */
async function push(
  context: UploadContext,
  inputs: InternalDockerInputs,
  { tool, seen }: FoundImage,
  deployment: Pick<Deployment, 'id' | 'name'>
): Promise<string> {
  const { ToolError } = await import('../../registry/process.ts')
  const { withLogin } = await loadLogin()
  const { limits, progress } = context
  const ask = await askWith(context, inputs, LONGEST_PUSH_MS)
  for (let tries = 1; ; tries += 1) {
    const { token, username, repository } = await repositoryFor(context, deployment)
    const [host = ''] = repository.split('/')
    progress.note(`Pushing the image to ${repository} with \`${tool.name}\`.`)
    try {
      const target = `${repository}:${seen.identity.slice(0, TAG_DIGITS)}`
      const pushIt = (login: Login) => tool.push(ask, pinned(inputs.imageUri, seen.digest), target, login)
      const digest = await whileReporting(progress, () => withLogin({ host, username, token }, inputs, pushIt))
      progress.note(`Pushed: ${repository}@${digest}.`)
      return `${repository}@${digest}`
    } catch (error) {
      if (!(error instanceof ToolError)) throw error
      const afterMs = pushAgainAfterMs(tries)
      if (afterMs === undefined) throw pushFailed(host, tool.name, tries, error)
      // Omits the output of the tool, which is redacted only in errors.
      progress.note(`The push failed; retrying in ${afterMs / 1_000} s with a new token.`)
      await pause(limits, afterMs)
    }
  }
}

/** Returns the found image by its digest, because its tag may have moved since. */
function pinned(imageUri: string, digest: string | undefined): string {
  return digest === undefined ? imageUri : `${imageUri.replace(/@.*$/, '').replace(/:[^:/]*$/, '')}@${digest}`
}

/**
 * Number of digits in the tag, as in Docker's short IDs. The tag keeps the registry from removing the image, so it must
 * be unique. The revision names the digest.
 */
const TAG_DIGITS = 12

/** Reports regularly that the push is in progress. */
async function whileReporting<T>(progress: UploadContext['progress'], act: () => Promise<T>): Promise<T> {
  let minutes = 0
  const timer = setInterval(() => {
    minutes += 1
    progress.note(`Still pushing (${minutes} min).`)
  }, REPORT_EVERY_MS)
  try {
    return await act()
  } finally {
    clearInterval(timer)
  }
}

/** Returns the repository for the image of a deployment, and the token for it. @throws {RefusalError} */
async function repositoryFor(
  { client }: UploadContext,
  { id, name }: Pick<Deployment, 'id' | 'name'>
): Promise<PushToken & { readonly repository: string }> {
  const given = await client.pushToken(id).catch((error: unknown) => {
    throw error instanceof ApiError ? (tokenRefused(name, error) ?? error) : error
  })
  const repository = given.repository ?? `${given.registry}/${componentOf(name)}`
  // Without a host, the tools would treat the first part as an account of Docker Hub and send the token there.
  if (!isRegistryHost(repository.split('/')[0] ?? '') || !isImageReference(repository)) {
    throw new RefusalError(
      'Invalid registry',
      'LangSmith returned a registry address that is not a valid repository name.',
      'Report this to LangSmith. No image was pushed.'
    )
  }
  return { ...given, repository }
}

/** Converts the name of a deployment to a valid part of an image name. */
function componentOf(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'agent'
  )
}

function tokenRefused(name: string, behind: ApiError): RefusalError | undefined {
  return behind.status === 400 && /only available for/i.test(behind.detail) ? pushNotAccepted(name, behind) : undefined
}

/** Also thrown before a token is requested, because a dry run requests no token. */
function pushNotAccepted(name: string, behind?: ApiError): RefusalError {
  return new RefusalError(
    'Deployment does not accept pushed images',
    `The deployment "${name}" was created from another source. LangSmith issues push tokens only for deployments that were created from \`internal_docker\`.`,
    'Use another `name`, or set `source-type` to the source of the deployment.',
    behind
  )
}

async function notFound(imageUri: string, misses: readonly Miss[]): Promise<RefusalError> {
  if (misses.length === 0) {
    const missing = imageUri.includes('/') ? 'docker, skopeo and crane are' : 'docker is'
    return new RefusalError(
      'Image tool required',
      `\`source-type: internal_docker\` requires a tool that pushes the image, but ${missing} not installed on this runner.`,
      "Use a runner that has one (GitHub's Ubuntu runners have docker and skopeo), or install one in an earlier step."
    )
  }
  const [host = ''] = imageUri.split('/')
  const { adviceOnMisses } = await import('../../registry/advice.ts')
  const said = misses.map(({ tool, said: words }) => sentence(`${tool.name}: ${words}`)).join('\n')
  return new RefusalError(
    'Image not found',
    `\`image-uri\` is ${imageUri}, but the tools on this runner cannot read that image.\n${said}`,
    adviceOnMisses(imageUri, isRegistryHost(host) ? host : 'docker.io', misses)
  )
}

function wrongPlatform(imageUri: string, platforms: readonly string[]): RefusalError {
  return new RefusalError(
    'Unsupported image platform',
    `\`image-uri\` is ${imageUri}, which is built for ${platforms.join(', ') || 'an unknown platform'}. LangSmith Cloud requires linux/amd64.`,
    'Build it with `--platform linux/amd64` (docker/build-push-action: `platforms: linux/amd64`). No image was pushed.'
  )
}

function pushFailed(host: string, tool: string, tries: number, behind: Error): RefusalError {
  return new RefusalError(
    'Image push failed',
    `\`${tool}\` failed to push the image to ${host} in ${tries} attempts, each with a new token.`,
    'Check that this runner can reach that host through any proxy or firewall, and rerun this job. No revision was created.',
    behind
  )
}
