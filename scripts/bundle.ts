/**
 * Writes dist/ from what `tsc` made in build/. There are two entries, index.js for main and post-entry.js for post.
 * Each judges the version of Node and then
 * loads its own bundle: the post step has no file that holds the code of a command. Large packages that both use are
 * bundled once, as files of their own.
 */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

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

/** Each is bundled apart; what it imports with `webpackIgnore` is another one of these, beside it in dist. */
const ENTRIES = ['main-start.js', 'main.js', 'post-start.js', 'post.js', 'github/octokit.js']
/** Not bundled: a Node that is too old for the rest has to parse them. */
const COPIES = ['index.js', 'post-entry.js', 'node-version.js']
/** Packages that more than one of them uses, and the files in dist that hold them. */
const SHARED = { undici: 'undici.js', '@actions/core': 'core.js' }

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist)
for (const [name, file] of Object.entries(SHARED)) {
  const exported: { readonly default?: object } = await import(name)
  // Not `export *`: the bundler does not know the names of a CommonJS package.
  const names = Object.keys(exported.default ?? exported).filter((key) => /^[A-Za-z]\w*$/.test(key))
  const entry = path.join(build, `shared-${file}`)
  writeFileSync(entry, `export { ${names.join(', ')} } from '${name}'\n`)
  await bundle(
    entry,
    file,
    Object.keys(SHARED).filter((other) => other !== name)
  )
}
for (const file of COPIES) copyFileSync(path.join(build, file), path.join(dist, file))
for (const entry of ENTRIES) await bundle(path.join(build, entry), path.basename(entry), Object.keys(SHARED))

async function bundle(entry: string, filename: string, shared: readonly string[]): Promise<void> {
  const files = Object.entries(SHARED).filter(([name]) => shared.includes(name))
  const externals = Object.fromEntries(files.map(([name, file]) => [name, `./${file}`]))
  const { code, assets } = await ncc(entry, { filename, externals, quiet: true, cache: false })
  writeFileSync(path.join(dist, filename), code)
  for (const [name, asset] of Object.entries(assets)) {
    if (asset) writeFileSync(path.join(dist, name), asset.source)
  }
}
