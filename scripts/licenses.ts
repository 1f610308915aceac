/**
 * Writes dist/licenses.txt: the licenses of all packages that the bundle may contain, which are those that src/ imports
 * and their dependencies. The bundler's own list omits modules that it merges into one scope.
 */
import { existsSync, globSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readArguments } from './command-line.ts'

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly dependencies?: Readonly<Record<string, string>>
}

/**
 * Names such as `LICENSE`, `LICENCE.md`, `LICENSE-MIT` and `COPYING.LESSER`; Apache-2.0 also requires the text of
 * `NOTICE`.
 */
const LICENCE = /^(un)?licen[cs]e([._-]|$)|^copying([._-]|$)/i
const NOTICE = /^notice([._-]|$)/i
/** Code files with such a name. */
const CODE = /\.[cm]?[jt]sx?$|\.json$/i

/**
 * The licenses of all dependencies of a manifest, by default the package.json of the folder, with the texts of their
 * license files.
 * @throws Error if a package is not installed or has no license text, because it must not be bundled then
 */
export function licencesOf(
  root: string,
  { dependencies = {} }: Pick<Manifest, 'dependencies'> = readManifest(root)
): string {
  const packages = new Map<string, string>()
  collect(root, { dependencies }, packages)
  const entries = [...packages].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, text]) => text)
  return entries.join(`\n${'-'.repeat(80)}\n\n`)
}

/** The licenses of the packages that `src/` of a folder imports, and of their dependencies. */
export function licencesOfBundle(root: string): string {
  return licencesOf(root, { dependencies: importedBy(path.join(root, 'src')) })
}

/** The packages that the files of a folder import, in the format of `dependencies` in a manifest. */
function importedBy(folder: string): Record<string, string> {
  const texts = globSync('**/*.ts', { cwd: folder }).map((file) => readFileSync(path.join(folder, file), 'utf8'))
  const names = texts.flatMap((text) => [
    ...text.matchAll(/^(?:import|export)(?! type).*? from '([^'.][^']*)'|\bimport\('([^'.][^']*)'\)/gms)
  ])
  const packages = names.map(([, first, second]) => first ?? second ?? '').filter((name) => !name.startsWith('node:'))
  // The package of `@scope/name/file` or `name/file`.
  return Object.fromEntries(packages.map((name) => [/^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name, '*']))
}

function collect(
  folder: string,
  { dependencies = {} }: Pick<Manifest, 'dependencies'>,
  packages: Map<string, string>
): void {
  for (const name of Object.keys(dependencies)) {
    const home = resolve(folder, name)
    const manifest = readManifest(home)
    const key = `${manifest.name}@${manifest.version}`
    if (packages.has(key)) continue
    packages.set(key, `${key} (${manifest.license ?? 'no license named'})\n\n${textsOf(home, key).join('\n\n')}\n`)
    collect(home, manifest, packages)
  }
}

/** Searches the same folders as Node: node_modules of the folder and of each of its parents. */
function resolve(folder: string, name: string): string {
  const home = path.join(folder, 'node_modules', name)
  if (existsSync(path.join(home, 'package.json'))) return home
  if (folder === path.dirname(folder)) throw new Error(`The package ${name} is not installed; run npm ci.`)
  return resolve(path.dirname(folder), name)
}

function textsOf(home: string, key: string): readonly string[] {
  const read = (form: RegExp) =>
    readdirSync(home)
      .filter((entry) => form.test(entry) && !CODE.test(entry) && statSync(path.join(home, entry)).isFile())
      .sort()
      .map((entry) => readFileSync(path.join(home, entry), 'utf8').replaceAll('\r\n', '\n').trim())
      .filter((text) => text !== '')
  const licences = read(LICENCE)
  if (licences.length === 0) throw new Error(`The package ${key} contains no license text, so it must not be bundled.`)
  return [...licences, ...read(NOTICE)]
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest
}

if (import.meta.main) {
  readArguments('node scripts/licenses.ts', {})
  const root = path.join(import.meta.dirname, '..')
  writeFileSync(path.join(root, 'dist', 'licenses.txt'), licencesOfBundle(root))
}
