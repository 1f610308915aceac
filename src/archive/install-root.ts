import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parse } from 'jsonc-parser'
import { object } from '../run/object.ts'
import { readPackage } from './package-json.ts'
import { commonFolder, isInside, relativeTo } from './paths.ts'
import { covers } from './workspace-patterns.ts'

/** The folder that the packages of a JavaScript project are installed from. */
export interface InstallRoot {
  /** Absolute; the folder of the configuration, or one above it. */
  readonly folder: string
  /** What selected this folder, such as `pnpm-workspace.yaml`. */
  readonly because: string
}

/**
 * Finds the workspace of npm, pnpm, Yarn or Bun that a package belongs to. Without its workspace file, its lock file
 * and its other packages, an installation fails or installs other versions.
 *
 * @param base the folder of the configuration; absolute, without symbolic links
 * @param workspace the outermost folder to search; absolute, without symbolic links
 * @returns undefined if `base` contains everything that the installation needs
 */
export async function findInstallRoot(base: string, workspace: string): Promise<InstallRoot | undefined> {
  const folders = foldersUpTo(base, workspace)
  const contents = await Promise.all(folders.map(readPackage))
  const index = contents.findIndex((content) => content !== undefined)
  const content = contents[index]
  const home = folders[index]
  if (home === undefined || content === undefined) return undefined
  const dependencies = dependenciesOf(content)
  const isMember = dependencies.some((version) => version.startsWith('workspace:'))
  for (const folder of folders.slice(index + 1)) {
    const because = await coverOf(folder, relativeTo(folder, home), isMember)
    if (because) return { folder, because }
  }
  const linked = dependencies.flatMap((version) => {
    const [, path] = /^(?:file|link|portal):(.+)$/.exec(version) ?? []
    const folder = path === undefined ? home : resolve(home, path)
    return isInside(workspace, folder) ? [folder] : []
  })
  const common = commonFolder(home, linked)
  if (common !== home)
    return { folder: common, because: 'a dependency in package.json that begins with file: or link:' }
  const lock = home === base ? undefined : await lockFileIn(home)
  return lock === undefined ? undefined : { folder: home, because: lock }
}

async function lockFileIn(folder: string): Promise<string | undefined> {
  const names: readonly string[] = await readdir(folder).catch(() => [])
  return [...Object.keys(LOCK_FILES), 'bun.lockb'].find((name) => names.includes(name))
}

function foldersUpTo(folder: string, last: string): readonly string[] {
  return folder === last || dirname(folder) === folder ? [folder] : [folder, ...foldersUpTo(dirname(folder), last)]
}

function dependenciesOf(packageJson: Readonly<Record<string, unknown>>): readonly string[] {
  return ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']
    .flatMap((key) => Object.values(object(packageJson[key]) ?? {}))
    .filter((version) => typeof version === 'string')
}

/**
 * Returns the name of the file that makes a folder the workspace of a package below it.
 *
 * @param isMember true if a dependency of the package begins with `workspace:`; then any workspace above contains it
 */
async function coverOf(folder: string, path: string, isMember: boolean): Promise<string | undefined> {
  const read = (name: string) => readFile(join(folder, name), 'utf8').catch(() => undefined)
  const pnpm = await read('pnpm-workspace.yaml')
  if (pnpm !== undefined && (isMember || covers(await pnpmPatterns(pnpm), path))) return 'pnpm-workspace.yaml'
  const workspaces = (await readPackage(folder))?.workspaces
  const patterns = texts(Array.isArray(workspaces) ? workspaces : object(workspaces)?.packages)
  if (patterns.length > 0 && (isMember || covers(patterns, path, { isOrdered: true }))) return 'package.json'
  for (const [name, holds] of Object.entries(LOCK_FILES)) {
    const text = await read(name)
    if (text !== undefined && holds(text, path)) return name
  }
  return undefined
}

/** For each lock file, a test for the path of a workspace package in it. */
const LOCK_FILES: Readonly<Record<string, (text: string, path: string) => boolean>> = {
  'package-lock.json': (text, path) => hasKey(text, 'packages', path),
  'npm-shrinkwrap.json': (text, path) => hasKey(text, 'packages', path),
  // Not parsed, because the file can be large and YAML parsers are slow.
  'pnpm-lock.yaml': (text, path) =>
    [`\n  ${path}:`, `\n  '${path}':`, `\n  "${path}":`].some((key) => text.includes(key)),
  'yarn.lock': (text, path) => text.includes(`@workspace:${path}"`),
  'bun.lock': (text, path) => hasKey(text, 'workspaces', path)
}

function hasKey(text: string, section: string, key: string): boolean {
  // Bun's lock file has commas before closing brackets.
  const value: unknown = parse(text, [], { allowTrailingComma: true })
  return Object.hasOwn(object(object(value)?.[section]) ?? {}, key)
}

async function pnpmPatterns(text: string): Promise<readonly string[]> {
  const { JSON_SCHEMA, load } = await import('js-yaml')
  try {
    return texts(object(load(text, { schema: JSON_SCHEMA }))?.packages)
  } catch {
    return []
  }
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
