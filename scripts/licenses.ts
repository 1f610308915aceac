/**
 * Writes dist/licenses.txt: the licence of every package that the bundle may hold, which is all that the packages reach
 * that src/ imports. The bundler's own list leaves out modules that it merges into one scope.
 */
import { existsSync, globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly dependencies?: Readonly<Record<string, string>>
}

const root = path.join(import.meta.dirname, '..')
const packages = new Map<string, string>()
collect(root, { dependencies: importedBy(path.join(root, 'src')) })

const entries = [...packages].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, text]) => text)
writeFileSync(path.join(root, 'dist', 'licenses.txt'), `${entries.join(`\n${'-'.repeat(80)}\n\n`)}`)

/** The packages that the files of a folder import, as dependencies of a manifest are written. */
function importedBy(folder: string): Record<string, string> {
  const texts = globSync('**/*.ts', { cwd: folder }).map((file) => readFileSync(path.join(folder, file), 'utf8'))
  const names = texts.flatMap((text) => [
    ...text.matchAll(/^(?:import|export)(?! type).*? from '([^'.][^']*)'|\bimport\('([^'.][^']*)'\)/gms)
  ])
  const packages = names.map(([, first, second]) => first ?? second ?? '').filter((name) => !name.startsWith('node:'))
  // Of `@scope/name/file` and `name/file` the package.
  return Object.fromEntries(packages.map((name) => [/^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name, '*']))
}

function collect(folder: string, { dependencies = {} }: Pick<Manifest, 'dependencies'>): void {
  for (const name of Object.keys(dependencies)) {
    const home = resolve(folder, name)
    const manifest = readManifest(home)
    const key = `${manifest.name}@${manifest.version}`
    if (packages.has(key)) continue
    packages.set(key, `${key} (${manifest.license ?? 'no licence named'})\n\n${licenceText(home)}\n`)
    collect(home, manifest)
  }
}

/** Looks where Node would: in the node_modules of the folder itself and of each one above it. */
function resolve(folder: string, name: string): string {
  const home = path.join(folder, 'node_modules', name)
  if (existsSync(path.join(home, 'package.json'))) return home
  if (folder === path.dirname(folder)) throw new Error(`The package ${name} is not installed; run npm ci.`)
  return resolve(path.dirname(folder), name)
}

function licenceText(home: string): string {
  const file = readdirSync(home).find((entry) => /^licen[cs]e(\.|$)/i.test(entry))
  return file
    ? readFileSync(path.join(home, file), 'utf8').replaceAll('\r\n', '\n').trim()
    : 'The package holds no text.'
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest
}
