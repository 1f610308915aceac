import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { CREDENTIALS_IN_ADDRESS, hasGitCredentials } from './config-rules.ts'
import type { FoundProject } from './coverage.ts'
import type { LanggraphConfig } from './langgraph-config.ts'
import { packageProblems } from './package-json.ts'
import { relativeTo } from './paths.ts'
import { shown } from './project-error.ts'
import type { FoundPath, Search } from './search.ts'
import { findStraySources } from './uv-sources.ts'

/** Files of a Python package that the official tool looks into. */
const PYTHON_FILES = ['requirements.txt', 'pyproject.toml', 'setup.py', 'setup.cfg']

/** Files of a JavaScript package that it looks into. */
const NODE_FILES = ['package.json', 'package-lock.json', 'yarn.lock', 'pnpm-lock.yaml']

/** Tells what the official tool refuses about the package.json beside the configuration. */
export async function checkPackageJson({ base, workspace, problems }: Search): Promise<void> {
  const path = join(base, 'package.json')
  const bytes = await readFile(path).catch(() => undefined)
  if (!bytes) return
  const file = shown(relativeTo(workspace, path))
  for (const { line, text } of packageProblems(bytes)) problems.push({ place: { file, line }, text })
}

/**
 * Tells what the build refuses about the packages that it installs: the local dependencies, the uv project, or the
 * package in JavaScript.
 *
 * @param packageRoot the folder that a package in JavaScript is installed from
 */
export async function checkPackages(
  search: Search,
  config: LanggraphConfig,
  { dependencies, uv }: FoundProject,
  packageRoot: string
): Promise<void> {
  const { base } = search
  if (config.usesPython && !config.hasSource) {
    await tellUnfitPackages(search, dependencies)
    await warnOfStraySources(search, config, dependencies)
    const folders = dependencies.map(({ real }) => real)
    await tellGitCredentials(search, folders, PYTHON_FILES)
  }
  if (uv) {
    // Of the members only those that are installed count, and that of the configuration always is.
    await tellGitCredentials(search, [uv.root], ['uv.lock'])
    await tellGitCredentials(search, [uv.root, base], ['pyproject.toml'])
  }
  if (config.usesNode && !config.usesPython) await tellGitCredentials(search, [packageRoot, base], NODE_FILES)
}

/** Names of packages that the image has already. Source: langgraph-cli 0.4.40, `config.py`. */
const TAKEN = [
  'src',
  'langgraph-api',
  'langgraph_api',
  'langgraph',
  'langchain-core',
  'langchain_core',
  'pydantic',
  'orjson',
  'fastapi',
  'uvicorn',
  'psycopg',
  'httpx',
  'langsmith'
]

/**
 * Tells what the official tool refuses about local dependencies without a pyproject.toml or setup.py, of which it makes
 * packages by itself: a folder whose name the image or an earlier dependency has, or one that no package can have.
 */
async function tellUnfitPackages({ problem }: Search, dependencies: readonly FoundPath[]): Promise<void> {
  const taken = new Set(TAKEN)
  for (const { key, path, line, real } of dependencies) {
    const names = await plainPackagesIn(real)
    const clash = names.find((name) => taken.has(name))
    const isDashed = names.length === 1 && names[0] === basename(real) && basename(real).includes('-')
    const naming = `\`${key}\` names ${path}, which`
    const cure = 'rename the folder, or add a pyproject.toml'
    if (isDashed) problem(line, `${naming} is a package whose name contains a dash; ${cure}`)
    else if (clash)
      problem(line, `${naming} creates a package named ${clash}, a name that is already used in the image; ${cure}`)
    for (const name of names) taken.add(name)
  }
}

/** The packages that a folder without a description of its own makes: itself, or its folders with Python files. */
async function plainPackagesIn(folder: string): Promise<readonly string[]> {
  const items = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const has = (name: string) => items.some((item) => item.name === name)
  if (has('pyproject.toml') || has('setup.py')) return []
  if (has('__init__.py')) return [basename(folder)]
  const inner = items.filter((item) => item.isDirectory() && item.name !== '__pycache__' && !item.name.startsWith('.'))
  const holding = await Promise.all(
    inner.map(async ({ name }) => {
      const files = await readdir(join(folder, name)).catch((): string[] => [])
      return files.some((file) => file.endsWith('.py')) ? [name] : []
    })
  )
  return holding.flat()
}

/** A build by pip, or by `uv pip`, finds nothing around a dependency. */
async function warnOfStraySources(
  { workspace, base, label, warnings }: Search,
  { pipInstaller }: LanggraphConfig,
  dependencies: readonly FoundPath[]
): Promise<void> {
  const given = { dependencies: dependencies.map(({ real }) => real), installer: pipInstaller, workspace }
  for (const { key, path, real } of dependencies) {
    const stray = await findStraySources(real, given)
    const [first] = stray
    if (!first) continue
    const root = relativeTo(base, first.root) || '.'
    const names = stray.map(({ name }) => name).join(', ')
    warnings.push(
      shown(
        `${label}: \`${key}\` names ${path}, whose pyproject.toml uses ${names} from a neighboring folder. LangSmith installs each dependency separately, without its uv workspace, so the build does not find that folder. Write "source": {"kind": "uv", "root": "${root}"} instead of \`dependencies\`, with the folder that contains uv.lock.`
      )
    )
  }
}

/** Tells addresses that the official tool refuses in the files that describe packages, where these are there. */
async function tellGitCredentials(
  { workspace, problems }: Search,
  folders: readonly string[],
  names: readonly string[]
): Promise<void> {
  for (const file of new Set(folders.flatMap((folder) => names.map((name) => join(folder, name))))) {
    const text = await readFile(file, 'utf8').catch(() => '')
    if (!hasGitCredentials(text)) continue
    // An address that goes over a line end is in no line by itself.
    const line = Math.max(1, text.split('\n').findIndex(hasGitCredentials) + 1)
    problems.push({
      place: { file: shown(relativeTo(workspace, file)), line },
      text: `holds ${CREDENTIALS_IN_ADDRESS}`
    })
  }
}
