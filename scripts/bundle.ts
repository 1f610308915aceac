/**
 * Writes dist/ from what `tsc` made in build/. There are two entries, index.js for main and post-entry.js for post, and
 * each loads its own bundle: the post step has no file that holds the code of a command. Large packages that both use are
 * bundled once, as files of their own.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
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
const require = createRequire(import.meta.url)
const ncc = require('@vercel/ncc') as Bundler

/** Each is bundled apart; what it imports with `webpackIgnore` is another one of these, beside it in dist. */
const ENTRIES = ['index', 'main', 'post-entry', 'post', 'octokit']
const ALL_OF_UNDICI = path.join(build, 'undici.js')

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist)
// The names of a CommonJS package cannot be passed on by `export *`.
const names = Object.keys(require('undici') as object).filter((name) => /^[A-Za-z]\w*$/.test(name))
writeFileSync(ALL_OF_UNDICI, `export { ${names.join(', ')} } from 'undici'\n`)
await bundle(ALL_OF_UNDICI, 'undici.js', {})
for (const entry of ENTRIES) {
  const folder = entry === 'octokit' ? 'github' : ''
  await bundle(path.join(build, folder, `${entry}.js`), `${entry}.js`, { undici: './undici.js' })
}

async function bundle(entry: string, filename: string, externals: Readonly<Record<string, string>>): Promise<void> {
  const { code, assets } = await ncc(entry, { filename, externals, quiet: true, cache: false })
  writeFileSync(path.join(dist, filename), code)
  for (const [name, asset] of Object.entries(assets)) {
    if (asset) writeFileSync(path.join(dist, name), asset.source)
  }
}
