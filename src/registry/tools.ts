import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isLoopback } from '../control-plane/hosts.ts'
import { object } from '../run/object.ts'
import type { Login } from './login.ts'
import { ToolError } from './process.ts'

/** Runs a command of a tool. @returns its standard output @throws {ToolError} */
export type Ask = (
  command: string,
  args: readonly string[],
  variables?: Readonly<Record<string, string>>
) => Promise<string>

/** Properties of an image, as a tool reports them. */
export interface SeenImage {
  /** Platforms of all variants, such as `linux/amd64`. */
  readonly platforms: readonly string[]
  /** 64 hex digits that identify the image. */
  readonly identity: string
  /** Digest of the variant that is pushed; undefined if the push changes the digest. */
  readonly digest?: string | undefined
}

/** A tool on the runner that can push an image to a registry. */
export interface ImageTool {
  readonly name: string
  /** The source in which it searches for an image. */
  readonly sees: 'daemon' | 'registry'
  /** Reads an image, without changes outside this runner. @throws {ToolError} if the tool does not find the image */
  look(ask: Ask, image: string): Promise<SeenImage>
  /** Pushes an image. @returns its digest in the registry @throws {ToolError} */
  push(ask: Ask, image: string, target: string, login: Login): Promise<string>
}

/** The only platform of LangSmith Cloud. Source: langgraph-cli, which builds only for this platform. */
export const PLATFORM = 'linux/amd64'

const docker: ImageTool = {
  name: 'docker',
  sees: 'daemon',
  look: async (ask, image) => {
    const [seen] = asList(readJsonText(await ask('docker', ['image', 'inspect', image])))
    const { Os, Architecture, Id } = object(seen) ?? {}
    return { platforms: [`${Os}/${Architecture}`], identity: hexOf(Id) ?? hash(`${Id}`) }
  },
  push: async (ask, image, target, { dockerFolder }) => {
    await ask('docker', ['image', 'tag', image, target])
    try {
      const said = await ask('docker', ['image', 'push', target], { DOCKER_CONFIG: dockerFolder })
      return digestIn(/\bdigest: (\S+)/.exec(said)?.[1])
    } finally {
      // The tag was only needed for the push. A failure to remove it has no effect.
      await ask('docker', ['image', 'rm', target]).catch(() => {})
    }
  }
}

const skopeo: ImageTool = {
  name: 'skopeo',
  sees: 'registry',
  look: (ask, image) => {
    const inspect = ['inspect', ...plainHttp('--tls-verify', image), '--raw']
    return seenIn(
      () => ask('skopeo', [...inspect, of(image)]),
      () => ask('skopeo', [...inspect, '--config', of(image)])
    )
  },
  push: async (ask, image, target, { folder, authFile }) => {
    const file = join(folder, 'digest')
    const way = [...plainHttp('--src-tls-verify', image), ...plainHttp('--dest-tls-verify', target)]
    await ask('skopeo', ['copy', ...way, '--dest-authfile', authFile, '--digestfile', file, of(image), of(target)])
    return digestIn(await readFile(file, 'utf8'))
  }
}

/** Returns the name of an image for skopeo, which does not accept both a tag and a digest. */
function of(image: string): string {
  return `docker://${image.replace(/:[^:/@]+(?=@)/, '')}`
}

/** Returns an option that lets skopeo use plain HTTP on this machine, which the other tools do by default. */
function plainHttp(option: string, image: string): readonly string[] {
  const host = image.split('/')[0] ?? ''
  return isLoopback(host.replace(/:\d+$/, '')) ? [`${option}=false`] : []
}

const crane: ImageTool = {
  name: 'crane',
  sees: 'registry',
  look: (ask, image) =>
    seenIn(
      () => ask('crane', ['manifest', image]),
      () => ask('crane', ['config', image])
    ),
  push: async (ask, image, target, { dockerFolder }) => {
    const variables = { DOCKER_CONFIG: dockerFolder }
    await ask('crane', ['copy', image, target], variables)
    return digestIn(await ask('crane', ['digest', target], variables))
  }
}

/** Copies a multi-platform index as a whole. */
const buildx: ImageTool = {
  name: 'docker buildx',
  sees: 'registry',
  look: async (ask, image) => {
    const { manifest, image: config } =
      object(readJsonText(await askBuildx(ask, [...IMAGETOOLS, 'inspect', '--format', '{{json .}}', image]))) ?? {}
    const configs = object(config) ?? {}
    const platforms = 'architecture' in configs ? [platformOf(configs)] : Object.keys(configs)
    return { platforms, identity: hexOf(object(manifest)?.digest) ?? hash(JSON.stringify(config)) }
  },
  push: async (ask, image, target, { dockerFolder }) => {
    const variables = { DOCKER_CONFIG: dockerFolder }
    await ask('docker', [...IMAGETOOLS, 'create', '--tag', target, image], variables)
    const manifest = readJsonText(
      await ask('docker', [...IMAGETOOLS, 'inspect', '--format', '{{json .Manifest}}', target], variables)
    )
    return digestIn(object(manifest)?.digest)
  }
}

const IMAGETOOLS = ['buildx', 'imagetools'] as const

/** Runs buildx. Docker without the plug-in reports an unknown command or an unknown option. */
async function askBuildx(ask: Ask, args: readonly string[]): Promise<string> {
  try {
    return await ask('docker', args)
  } catch (error) {
    const isAbsent =
      error instanceof ToolError && /unknown (?:shorthand )?flag|is not a docker command/.test(error.message)
    throw isAbsent ? new ToolError(error.message, true) : error
  }
}

/** Docker without buildx, which must pull the image first. */
const dockerAfterPull: ImageTool = {
  ...docker,
  name: 'docker pull',
  sees: 'registry',
  look: async (ask, image) => {
    await ask('docker', ['image', 'pull', '--quiet', '--platform', PLATFORM, image])
    return docker.look(ask, image)
  }
}

/** The tools in the order of their use: those that do not need to pull the image are first. */
export const IMAGE_TOOLS: readonly ImageTool[] = [docker, skopeo, crane, buildx, dockerAfterPull]

/** Reads an image from a registry: a manifest with a configuration, or an index of several, one of which is pushed. */
async function seenIn(readManifest: () => Promise<string>, readConfig: () => Promise<string>): Promise<SeenImage> {
  const raw = await readManifest()
  const variants = asList(object(readJsonText(raw))?.manifests).map((variant) => object(variant) ?? {})
  if (variants.length === 0) {
    const identity = hash(raw)
    return {
      platforms: [platformOf(object(readJsonText(await readConfig())) ?? {})],
      identity,
      digest: `sha256:${identity}`
    }
  }
  const platforms = variants.map(({ platform }) => platformOf(object(platform) ?? {}))
  const digest = variants[platforms.indexOf(PLATFORM)]?.digest
  return {
    // An index also lists attestations of the build, which have no platform.
    platforms: platforms.filter((platform) => !/\b(?:unknown|undefined)\b/.test(platform)),
    identity: hexOf(digest) ?? hash(raw),
    digest: hexOf(digest) && `${digest}`
  }
}

function platformOf({ os, architecture }: Readonly<Record<string, unknown>>): string {
  return `${os}/${architecture}`
}

function readJsonText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ToolError('its output cannot be parsed')
  }
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function hexOf(digest: unknown): string | undefined {
  return typeof digest === 'string' ? /^sha256:([0-9a-f]{64})$/.exec(digest)?.[1] : undefined
}

function digestIn(text: unknown): string {
  const digest = typeof text === 'string' ? text.trim() : ''
  if (hexOf(digest) === undefined) throw new ToolError('it did not report the digest of the pushed image')
  return digest
}
