import { readFile, stat } from 'node:fs/promises'
import { dirname, extname, isAbsolute, join, resolve } from 'node:path'
import { parse } from 'jsonc-parser'
import { object } from '../run/object.ts'
import { isJavaScript } from './config-rules.ts'
import { readPackage } from './package-json.ts'
import { isInside, relativeTo } from './paths.ts'

const OUTPUT_FOLDERS = ['dist', 'build', 'out', 'lib', '.output']

/** More files than a chain of `extends` in tsconfig.json ever has. */
const MOST_FILES = 50

/**
 * Returns a predicate for files that a build command, or a script named `build`, might create: JavaScript files in an
 * output folder.
 *
 * @param given.base the folder of the configuration
 * @param given.root the folder that the packages are installed from; its `build` script also builds workspace members
 * @param given.workspace files outside it are not read
 */
export async function readBuildOutput(given: {
  readonly base: string
  readonly root: string
  readonly workspace: string
  readonly hasBuildCommand: boolean
}): Promise<(place: string) => boolean> {
  const { base, root, workspace, hasBuildCommand } = given
  if (!hasBuildCommand && !(await hasBuildScript(base)) && !(await hasBuildScript(root))) return () => false
  const output = await outDirOf(join(base, 'tsconfig.json'), { base, workspace })
  return (place) => {
    if (!isJavaScript(place)) return false
    const folders = relativeTo(base, dirname(place)).split('/')
    const isBelow = output !== undefined && output !== base && isInside(output, place)
    return isBelow || folders.some((folder) => OUTPUT_FOLDERS.includes(folder))
  }
}

async function hasBuildScript(folder: string): Promise<boolean> {
  return typeof object((await readPackage(folder))?.scripts)?.build === 'string'
}

/**
 * Returns the `outDir` of a tsconfig.json, or of the last file in its `extends` that has one. An `extends` that names a
 * package is ignored.
 */
async function outDirOf(
  file: string,
  given: { readonly base: string; readonly workspace: string },
  seen: Set<string> = new Set()
): Promise<string | undefined> {
  // A file that was read before has no `outDir`; otherwise the search would have ended there.
  if (seen.has(file) || seen.size >= MOST_FILES || !isInside(given.workspace, file)) return undefined
  seen.add(file)
  const value: unknown = parse(await readFile(file, 'utf8').catch(() => ''))
  const { outDir } = object(object(value)?.compilerOptions) ?? {}
  if (typeof outDir === 'string' && outDir !== '') {
    return resolve(
      dirname(file),
      outDir.replace(/^\$\{configDir\}/i, () => given.base)
    )
  }
  const written = object(value)?.extends
  const others = (Array.isArray(written) ? written : [written]).filter((name) => typeof name === 'string')
  for (const name of others.toReversed()) {
    if (!/^\.\.?([/\\]|$)/.test(name) && !isAbsolute(name)) continue
    const found = await outDirOf(await extendedFile(resolve(dirname(file), name)), given, seen)
    if (found !== undefined) return found
  }
  return undefined
}

/** TypeScript lets `extends` omit the extension `.json`. */
async function extendedFile(place: string): Promise<string> {
  if (extname(place) === '.json') return place
  return (await stat(place).catch(() => undefined))?.isFile() ? place : `${place}.json`
}
