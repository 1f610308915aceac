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

/** Files of a Python package in which the official CLI checks URLs. */
const PYTHON_FILES = ['requirements.txt', 'pyproject.toml', 'setup.py', 'setup.cfg']

/** Files of a JavaScript package in which the official CLI checks URLs. */
const NODE_FILES = ['package.json', 'package-lock.json', 'yarn.lock', 'pnpm-lock.yaml']

/** Reports what the official CLI rejects in the package.json next to the configuration. */
export async function checkPackageJson({ base, workspace, problems }: Search): Promise<void> {
  const path = join(base, 'package.json')
  const bytes = await readFile(path).catch(() => undefined)
  if (!bytes) return
  const file = shown(relativeTo(workspace, path))
  for (const { line, text } of packageProblems(bytes)) problems.push({ place: { file, line }, text })
}

/**
 * Reports what the build rejects in the packages that it installs: the local dependencies, the uv project, or the
 * JavaScript package.
 *
 * @param packageRoot the folder that a JavaScript package is installed from
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
    // Only members that are installed are checked. The member that contains the configuration is always installed.
    await tellGitCredentials(search, [uv.root], ['uv.lock'])
    await tellGitCredentials(search, [uv.root, base], ['pyproject.toml'])
  }
  if (config.usesNode && !config.usesPython) await tellGitCredentials(search, [packageRoot, base], NODE_FILES)
}

/** Names of packages in the base image. Source: langgraph-cli 0.4.40, `config.py`. */
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
 * Reports invalid folder names of local dependencies. The official CLI creates packages from dependencies without a
 * pyproject.toml or setup.py. It rejects a folder name that the image or an earlier dependency already uses, and one
 * that is not a valid package name.
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

/**
 * Returns the packages that the official CLI creates from a folder without pyproject.toml or setup.py: the folder
 * itself, or its subfolders with Python files.
 */
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

/** Warns about packages next to a dependency, which a build by pip or `uv pip` does not find. */
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
        `${label}: \`${key}\` names ${path}, whose pyproject.toml uses ${names} from a neighboring folder. LangSmith installs each dependency separately, without its uv workspace, so the build does not find that folder. Write "source": {"kind": "uv", "root": "${root}"} instead of \`dependencies\`, where "root" is the folder that contains uv.lock.`
      )
    )
  }
}

/** Reports URLs with credentials, which the official CLI rejects, in those package files that exist. */
async function tellGitCredentials(
  { workspace, problems }: Search,
  folders: readonly string[],
  names: readonly string[]
): Promise<void> {
  for (const file of new Set(folders.flatMap((folder) => names.map((name) => join(folder, name))))) {
    const text = await readFile(file, 'utf8').catch(() => '')
    if (!hasGitCredentials(text)) continue
    // A URL that contains a line break is not found in a single line; then line 1 is reported.
    const line = Math.max(1, text.split('\n').findIndex(hasGitCredentials) + 1)
    problems.push({
      place: { file: shown(relativeTo(workspace, file)), line },
      text: `contains ${CREDENTIALS_IN_ADDRESS}`
    })
  }
}
