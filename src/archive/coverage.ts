import type { LanggraphConfig } from './langgraph-config.ts'
import { isInside, relativeTo } from './paths.ts'
import { type FoundPath, folderName, type Search } from './search.ts'
import type { UvProject } from './uv-project.ts'

/** Paths of a configuration that exist in the workspace. */
export interface FoundProject {
  readonly graphs: readonly FoundPath[]
  readonly dependencies: readonly FoundPath[]
  readonly companions: readonly FoundPath[]
  readonly uv: UvProject | undefined
}

/**
 * Reports paths of the configuration that the archive, or the image that is built from it, would not contain.
 *
 * @param folders the packed folders; absolute
 * @param chosenRoot the input `root`; absolute
 */
export function checkCoverage(
  search: Search,
  config: LanggraphConfig,
  { graphs, dependencies, companions, uv }: FoundProject,
  folders: readonly string[],
  chosenRoot: string | undefined
): void {
  const found = [...graphs, ...dependencies, ...companions]
  tellUnreachable(search, found, folders)
  if (chosenRoot) tellOutsideOf(search, chosenRoot, found, uv?.root)
  const isComplete = dependencies.length === config.dependencies.length
  if (config.usesPython && !config.hasSource && isComplete) {
    const packed = found.filter(({ place }) => folders.some((folder) => isInside(folder, place)))
    tellUncovered(search, config, packed, dependencies)
  }
  if (uv) tellNotInstalled(search, found, uv)
}

/** Reports paths that exist outside the packed folders, where the build would not find them. */
function tellUnreachable(
  { workspace, problem }: Search,
  paths: readonly FoundPath[],
  folders: readonly string[]
): void {
  for (const { key, path, place, real, line } of paths) {
    if (folders.some((folder) => isInside(folder, place))) continue
    const naming = `\`${key}\` names ${path}, which is`
    problem(
      line,
      place === real
        ? `${naming} outside the folder of the configuration; add the folder that contains it to \`dependencies\``
        : `${naming} reached through a symbolic link outside the folder of the configuration; name the target ${relativeTo(workspace, real)} instead`
    )
  }
}

function tellOutsideOf(
  { workspace, problem }: Search,
  root: string,
  paths: readonly FoundPath[],
  uvRoot: string | undefined
): void {
  const cure = 'set the input `root` to a folder that also contains this path'
  for (const { key, path, place, line } of paths) {
    if (!isInside(root, place))
      problem(line, `\`${key}\` names ${path}, which is outside ${folderName(workspace, root)}; ${cure}`)
  }
  if (uvRoot && !isInside(root, uvRoot)) {
    problem(1, `\`source.root\` is outside ${folderName(workspace, root)}; ${cure}`)
  }
}

/** Keys of files that the official CLI searches for in the local dependencies only if their path begins with a dot. */
const COMPONENTS = ['auth.path', 'encryption.path', 'priority.path', 'checkpointer.path']

/** Reports packed files that the image would not contain: an image for Python contains only the local dependencies. */
function tellUncovered(
  { problem }: Search,
  config: LanggraphConfig,
  packed: readonly FoundPath[],
  dependencies: readonly FoundPath[]
): void {
  if (config.problems.some(({ text }) => text.startsWith('`dependencies`'))) return
  const installed = dependencies.flatMap(({ place, real }) => [place, real])
  for (const { key, path, place, real, line } of packed) {
    const isLookedFor =
      key.startsWith('graphs.') || key === 'http.app' || (COMPONENTS.includes(key) && path.startsWith('.'))
    if (!isLookedFor || installed.some((folder) => isInside(folder, place) || isInside(folder, real))) continue
    problem(
      line,
      `\`${key}\` names ${path}, which is not in a local folder listed in \`dependencies\`, so the image would not contain it; add its folder to \`dependencies\``
    )
  }
}

/**
 * Reports packed files that are not in the image of a uv project: it contains the deployed package and its
 * dependencies.
 */
function tellNotInstalled({ problem }: Search, paths: readonly FoundPath[], { installs, target }: UvProject): void {
  if (target === undefined) return
  for (const { key, path, real, line } of paths) {
    const isLookedFor = /^(graphs|ui)\./.test(key) || key === 'http.app' || COMPONENTS.includes(key)
    if (!isLookedFor || installs(real)) continue
    problem(
      line,
      `\`${key}\` names ${path}, which is neither in the uv package ${target} nor in its dependencies, so the image would not contain it; set \`source.package\` to the package that contains it, or add that package to the dependencies of ${target}`
    )
  }
}
