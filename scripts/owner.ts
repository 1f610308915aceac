/**
 * The account that owns the repository, in all files that name it. `npm run owner -- ACCOUNT` changes them; `--
 * --check`, which a release must pass, lists each position of another account or of the placeholder. The reference is
 * `repository` in package.json.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readArguments, refuse } from './command-line.ts'

const NAME = 'langsmith-deploy-action'
/** Placeholder for the account until it is decided. */
const PLACEHOLDER = 'OWNER'
/** Files that users read or that GitHub shows. Code and tests name no account. */
const PAGES = ['package.json', 'action.yml', '*.md', 'docs/**/*.md', '.github/**/*.{md,yml,yaml}']
const ACCOUNT = /^[a-z\d](?:-?[a-z\d]){0,38}$/i
/** The README's sentence about the placeholder, removed together with it. */
const SENTENCE = /<!-- owner -->[\s\S]*?<!-- \/owner -->\n*/

interface Page {
  readonly path: string
  readonly text: string
}

function pagesOf(root: string): readonly Page[] {
  return globSync(PAGES, { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.startsWith('node_modules/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

function manifestOf(root: string): { readonly owner: string; readonly major: string } {
  const { repository, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const [, owner] = new RegExp(`^github:([^/]+)/${NAME}$`).exec(String(repository)) ?? []
  if (owner === undefined) throw new Error(`package.json: repository must be github:ACCOUNT/${NAME}`)
  return { owner, major: String(version).split('.')[0] ?? '' }
}

/** Returns the problems that block a release of the pages in a folder, each with its position. */
export function ownerProblems(root: string): readonly string[] {
  const { owner, major } = manifestOf(root)
  const undecided =
    owner === PLACEHOLDER ? ['package.json: the owner is not decided; run `npm run owner -- ACCOUNT`'] : []
  const wrong = pagesOf(root).flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const place = `${path}:${index + 1}`
      const named = [...line.matchAll(new RegExp(`([\\w.-]+)/${NAME}(?:/[\\w./-]*)?(?:@v(\\d+))?`, 'g'))].flatMap(
        ([, account = '', version]) => [
          ...(account === owner ? [] : [`${place}: the owner is ${account}, but ${owner} in package.json`]),
          ...(version === undefined || version === major
            ? []
            : [`${place}: the version is v${version}, expected v${major}`])
        ]
      )
      const isLeft =
        owner !== PLACEHOLDER && named.length === 0 && new RegExp(`\\b${PLACEHOLDER}\\b(?!/NAME)`).test(line)
      return isLeft ? [`${place}: still contains ${PLACEHOLDER}`] : named
    })
  )
  return [...undecided, ...wrong]
}

/** Writes the owner to all pages of a folder. @returns the paths of the changed files */
export function writeOwner(root: string, owner: string): readonly string[] {
  if (!ACCOUNT.test(owner)) throw new Error(`${owner} is not a valid name of a GitHub account`)
  const { owner: before } = manifestOf(root)
  const old = new RegExp(`(?<![\\w.-])${before}(?=/${NAME})`, 'g')
  const changed = pagesOf(root).flatMap(({ path, text }) => {
    const named = text.replace(old, owner)
    const written = owner === PLACEHOLDER ? named : named.replace(SENTENCE, '')
    return written === text ? [] : [{ path, text: written }]
  })
  for (const { path, text } of changed) writeFileSync(join(root, path), text)
  return changed.map(({ path }) => path)
}

if (import.meta.main) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const usage = 'npm run owner -- ACCOUNT, or npm run owner -- --check'
  const options = { check: { type: 'boolean', default: false } } as const
  const { values, positionals } = readArguments(usage, { options, allowPositionals: true })
  const [account, ...others] = positionals
  if (others.length > 0 || values.check === (account !== undefined)) refuse(`Usage: ${usage}`)
  if (account !== undefined && !ACCOUNT.test(account)) refuse(`'${account}' is not a valid name of a GitHub account.`)
  try {
    const lines =
      account === undefined ? ownerProblems(root) : writeOwner(root, account).map((path) => `${path}: written`)
    for (const line of lines) console.log(line)
    if (values.check && lines.length > 0) process.exitCode = 1
  } catch (error) {
    console.log(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
