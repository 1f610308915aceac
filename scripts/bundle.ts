/**
 * Writes dist/ from the output of `tsc` in build/. There are two entries, index.js for main and post-entry.js for post.
 * Each checks the version of Node and then loads its own bundle; no file of the post step contains the code of a
 * command. Large packages that both use are bundled once, as separate files. dist/emulator/ is the control plane in
 * emulator/, which the action never loads.
 */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { readArguments } from './command-line.ts'

type Bundler = (
  entry: string,
  options: {
    readonly filename: string
    readonly externals: Readonly<Record<string, string>>
    readonly quiet: boolean
    readonly cache: boolean
  }
) => Promise<{
  readonly code: string
  readonly assets: Readonly<Record<string, { readonly source: string | Buffer } | undefined>>
}>

const root = path.join(import.meta.dirname, '..')
const build = path.join(root, 'build')
const dist = path.join(root, 'dist')
const ncc = createRequire(import.meta.url)('@vercel/ncc') as Bundler

/** Each entry is a separate bundle. */
const ENTRIES = ['main-start.js', 'main.js', 'post-start.js', 'post.js', 'github/octokit.js']
/** The files that import another entry at run time, from beside them in dist. */
const IMPORTERS = { 'main-start.js': './main.js', 'post-start.js': './post.js', 'github/session.js': './octokit.js' }
/** Not bundled: a Node that is too old for the other files must be able to parse them. */
const COPIES = ['index.js', 'post-entry.js', 'node-version.js']
/** Packages that several bundles use, and the files in dist that contain them; scripts/shared/ lists the exports of each. */
const SHARED = { undici: 'undici.js', '@actions/core': 'core.js' }

/** Compiled together with a part of src/, so in a subfolder. */
const emulator = path.join(build, 'with-emulator', 'emulator')
/** Not bundled: an old Node must be able to parse the first file, and the others are steps of a job. */
const EMULATOR_COPIES = ['index.js', 'step/start.js', 'step/stop.js']

readArguments('node scripts/bundle.ts', {})
rmSync(dist, { recursive: true, force: true })
mkdirSync(dist)
for (const [name, file] of Object.entries(SHARED)) {
  const others = Object.keys(SHARED).filter((other) => other !== name)
  await bundle(path.join(import.meta.dirname, 'shared', file), file, others)
}
for (const [file, other] of Object.entries(IMPORTERS)) leaveImport(path.join(build, file), other)
for (const file of COPIES) copyFileSync(path.join(build, file), path.join(dist, file))
for (const entry of ENTRIES) await bundle(path.join(build, entry), path.basename(entry), Object.keys(SHARED))
const emulatorDist = path.join(dist, 'emulator')
mkdirSync(emulatorDist)
for (const file of EMULATOR_COPIES)
  copyFileSync(path.join(emulator, file), path.join(emulatorDist, path.basename(file)))
chmodSync(path.join(emulatorDist, 'index.js'), 0o755)
await bundle(path.join(emulator, 'cli.js'), 'cli.js', [], emulatorDist)

/** Marks an import with the comment that makes the bundler keep it. `tsc` removes all comments, so src/ cannot contain it. */
function leaveImport(file: string, other: string): void {
  const [before, after, ...more] = readFileSync(file, 'utf8').split(`import('${other}')`)
  if (after === undefined || more.length > 0) throw new Error(`${file} does not import ${other} once`)
  writeFileSync(file, `${before}import(/* webpackIgnore: true */ '${other}')${after}`)
}

async function bundle(entry: string, filename: string, shared: readonly string[], folder = dist): Promise<void> {
  const files = Object.entries(SHARED).filter(([name]) => shared.includes(name))
  const externals = Object.fromEntries(files.map(([name, file]) => [name, `./${file}`]))
  const { code, assets } = await ncc(entry, { filename, externals, quiet: true, cache: false })
  writeFileSync(path.join(folder, filename), inAscii(code))
  for (const [name, asset] of Object.entries(assets)) {
    if (asset) writeFileSync(path.join(folder, name), inAscii(String(asset.source)))
  }
}

/** Escapes non-ASCII characters: V8 stores any other file with two bytes per character, and compiles it more slowly. */
function inAscii(code: string): string {
  // An escape would have another meaning in these places.
  const [found] = /\\[\u0080-\uffff]|String\.raw`[^`]*[\u0080-\uffff]/.exec(code) ?? []
  if (found) throw new Error(`An escape would change the meaning of: ${found}`)
  return code.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
