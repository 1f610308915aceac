import { readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'

/** What makes files that are not there yet. */
export interface Build {
  /** In words, such as "the `build` script of package.json". */
  readonly by: string
  /** Folders that it writes to, seen from the folder of the configuration. */
  readonly folders: readonly string[]
}

/** Where the usual tools write to. */
const OUTPUT_FOLDERS = new Set(['dist', 'build', 'out', 'lib', '.output'])

/**
 * What builds the project of a folder: a command that was given, or the script of its package.json. Files that cannot be
 * read count as not there; the build will tell.
 *
 * @param folder of the configuration, absolute
 */
export async function readBuild(folder: string, buildCommand: string | undefined): Promise<Build | undefined> {
  const script = await readField(join(folder, 'package.json'), 'scripts', 'build')
  const by = buildCommand ? '`build-command`' : script && 'the `build` script of package.json'
  if (!by) return undefined
  const outDir = await readField(join(folder, 'tsconfig.json'), 'compilerOptions', 'outDir')
  return { by, folders: outDir === undefined ? [] : [posix.normalize(outDir).replace(/\/$/, '')] }
}

/** Whether a build can make a file. @param path seen from the folder of the configuration, with forward slashes */
export function canMake({ folders }: Build, path: string): boolean {
  if (!/\.(js|mjs|cjs|ts)$/.test(path)) return false
  const parents = path.split('/').slice(0, -1)
  return parents.some((name) => OUTPUT_FOLDERS.has(name)) || folders.some((folder) => path.startsWith(`${folder}/`))
}

/** A text in a file of JSON, with comments or without. */
async function readField(file: string, section: string, name: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const { findNodeAtLocation, getNodeValue, parseTree } = await import('jsonc-parser')
  const root = parseTree(text.replace(/^\uFEFF/, ''), [], { allowTrailingComma: true })
  const node = root && findNodeAtLocation(root, [section, name])
  const value: unknown = node && getNodeValue(node)
  return typeof value === 'string' && value !== '' ? value : undefined
}
