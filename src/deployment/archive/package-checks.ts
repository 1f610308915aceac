import { join } from 'node:path'
import { CREDENTIALS_IN_ADDRESS, findGitCredentials, NODE_FILES, PYTHON_FILES } from './git-credentials.ts'
import type { LanggraphConfig } from './langgraph-config.ts'
import { packageProblems, readPackage } from './package-json.ts'
import { relativeTo } from './paths.ts'
import { findUnfitPackages } from './plain-packages.ts'
import { shown } from './project-error.ts'
import type { FoundPath, Search } from './search.ts'
import type { FoundUvProject } from './uv-project.ts'
import { findStraySources } from './uv-sources.ts'

/** Tells what the official tool refuses about the package.json beside the configuration. */
export async function checkPackageJson({ base, workspace, problems }: Search): Promise<void> {
  const packageJson = await readPackage(base)
  if (!packageJson) return
  const file = shown(relativeTo(workspace, join(base, 'package.json')))
  for (const { line, text } of packageProblems(packageJson)) problems.push({ place: { file, line }, text })
}

/**
 * Tells what the build refuses about the packages that it installs: the local dependencies, the uv project, or the
 * package in JavaScript.
 *
 * @param given.packageRoot the folder that a package in JavaScript is installed from
 */
export async function checkPackages(
  search: Search,
  config: LanggraphConfig,
  given: {
    readonly dependencies: readonly FoundPath[]
    readonly uv: FoundUvProject | undefined
    readonly packageRoot: string
  }
): Promise<void> {
  const { base } = search
  const { dependencies, uv, packageRoot } = given
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

async function tellUnfitPackages({ problem }: Search, dependencies: readonly FoundPath[]): Promise<void> {
  const faults = await findUnfitPackages(dependencies.map(({ real }) => real))
  dependencies.forEach(({ key, path, line }, index) => {
    if (faults[index]) problem(line, `\`${key}\` names ${path}, which ${faults[index]}`)
  })
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
        `${label}: \`${key}\` names ${path}, whose pyproject.toml takes ${names} from a folder beside it. LangSmith installs each dependency by itself, without the uv workspace around it, so that the build does not find what is beside it. Write "source": {"kind": "uv", "root": "${root}"} in place of \`dependencies\`, with the folder that holds uv.lock.`
      )
    )
  }
}

/** Addresses that the official tool refuses in the files that describe packages. */
async function tellGitCredentials(
  { workspace, problems }: Search,
  folders: readonly string[],
  names: readonly string[]
): Promise<void> {
  for (const folder of new Set(folders)) {
    for (const { file, line } of await findGitCredentials(folder, names)) {
      problems.push({
        place: { file: shown(relativeTo(workspace, file)), line },
        text: `holds ${CREDENTIALS_IN_ADDRESS}`
      })
    }
  }
}
