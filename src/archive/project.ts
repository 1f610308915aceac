import { realpath } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { readBuildOutput } from './build-output.ts'
import { readConfigFile } from './config-file.ts'
import { checkCoverage, type FoundProject } from './coverage.ts'
import { findInstallRoot, type InstallRoot } from './install-root.ts'
import { type LanggraphConfig, parseLanggraphConfig } from './langgraph-config.ts'
import { checkPackageJson, checkPackages } from './package-checks.ts'
import { commonFolder, isInside, relativeTo } from './paths.ts'
import { type ProjectEnvironment, readEnvironment } from './project-environment.ts'
import { ProjectError, shown, whyRefused } from './project-error.ts'
import { findPaths, folderName, type Search } from './search.ts'
import { findUvProject } from './uv-project.ts'

export interface ProjectOptions {
  /** The folder that must contain the whole project; GITHUB_WORKSPACE on a runner. */
  readonly workspace: string
  /** The runner's folder for temporary files, RUNNER_TEMP, which can also contain an environment variable file. */
  readonly temporary?: string | undefined
  /** The langgraph.json, relative to the workspace. */
  readonly configPath: string
  /** The root folder of the archive, relative to the workspace. By default, the project determines it. */
  readonly root?: string | undefined
  /** True if a command of this run builds the project and can create files of graphs that do not exist yet. */
  readonly hasBuildCommand?: boolean
  /** The `PATH` to search for git. */
  readonly gitPath?: string | undefined
  /** Returns a variable of the step, for `${NAME}` in the env file. */
  readonly lookUp?: (name: string) => string | undefined
}

/** A project that can be packed. Folders are absolute, without symbolic links. */
export interface Project extends ProjectEnvironment {
  readonly workspace: string
  /** Root of the archive: the input `root`, or the deepest folder that contains all `folders`. */
  readonly root: string
  /** The langgraph.json relative to the root, with forward slashes. */
  readonly configPath: string
  /** The path of the langgraph.json in messages, relative to the workspace. */
  readonly configLabel: string
  /**
   * The packed folders: that of the configuration, that of its package workspace, and local dependencies outside both.
   */
  readonly folders: readonly string[]
  /** Names that `env` lists without values, which the inputs must set. */
  readonly environmentNames: readonly string[]
  /** Files and folders that the agent needs, relative to the workspace. */
  readonly named: readonly string[]
  /** For each path in `named`, the line of the configuration that names it. */
  readonly namedAt: ReadonlyMap<string, number>
  /** Improvements to a configuration that works. */
  readonly advice: readonly string[]
  /** Lines for the log about defaults that the project determined. */
  readonly notices: readonly string[]
  /** Messages about what the user should change. */
  readonly warnings: readonly string[]
}

/**
 * Reads the langgraph.json of a project, and checks everything that it names.
 *
 * @throws {ProjectError} with all problems of the file and of the paths that it names
 */
export async function readProject(options: ProjectOptions): Promise<Project> {
  const { root, gitPath, temporary, hasBuildCommand = false, lookUp = () => undefined } = options
  const workspace = await realWorkspace(options.workspace)
  const { file, label, bytes } = await readConfigFile(workspace, options.configPath, gitPath)
  const base = dirname(file)
  const chosenRoot = root === undefined ? undefined : await findRoot(workspace, root, file)
  const config = parseLanggraphConfig(bytes)
  const installRoot = config.hasPackage && !chosenRoot ? await findInstallRoot(base, workspace) : undefined
  const packageRoot = chosenRoot ?? installRoot?.folder ?? base
  const isBuilt = config.hasPackage
    ? await readBuildOutput({ base, root: packageRoot, workspace, hasBuildCommand })
    : () => false

  const search = startSearch(config, { workspace, base, label, gitPath, isBuilt })
  if (config.usesNode) await checkPackageJson(search)
  const found = await findNamed(search, config)
  const widened = chosenRoot ? undefined : widen(search, installRoot, found.uv?.root)
  const needed = [found.uv?.root, widened, ...found.dependencies.map(({ real }) => real), chosenRoot]
  const outside = needed.flatMap((folder) => (folder && !isInside(base, folder) ? [folder] : []))
  const folders = [base, ...new Set(outside)]
  checkCoverage(search, config, found, folders, chosenRoot)
  await checkPackages(search, config, found, packageRoot)
  const environment = await readEnvironment(config, { ...search, file, temporary, lookUp })
  if (search.problems.length > 0) throw projectError(search.problems)

  const archiveRoot = chosenRoot ?? commonFolder(base, folders)
  return {
    workspace,
    root: archiveRoot,
    configPath: relativeTo(archiveRoot, file),
    configLabel: label,
    folders,
    ...environment,
    environmentNames: config.environmentNames,
    ...namedIn(workspace, config, found),
    advice: config.advice.map((text) => `${label}: ${shown(text)}`),
    notices: search.notices,
    warnings: search.warnings
  }
}

async function realWorkspace(workspace: string): Promise<string> {
  return realpath(workspace).catch((error: unknown) => {
    throw new ProjectError([`The workspace ${shown(workspace)} ${whyRefused(error)}.`])
  })
}

function startSearch(
  config: LanggraphConfig,
  given: Pick<Search, 'workspace' | 'base' | 'label' | 'gitPath' | 'isBuilt'>
): Search {
  const { label: file } = given
  const problems = config.problems.map(({ line, text }) => ({ place: { file, line }, text }))
  return {
    ...given,
    problems,
    notices: config.remarks.map((remark) => `${file}: ${shown(remark)}`),
    warnings: [],
    problem: (line, text) => void problems.push({ place: { file, line }, text })
  }
}

async function findNamed(search: Search, config: LanggraphConfig): Promise<FoundProject> {
  // The build of an image without Python does not install dependencies, so a missing folder is not a problem.
  const ofDependencies = config.usesPython ? search : { ...search, problem: () => {} }
  const dependencies = await findPaths(ofDependencies, config.dependencies, 'folder')
  const graphs = await findPaths(search, config.graphs, 'file')
  const companions = await findPaths(search, config.companions, 'file')
  const uv = config.uvRoot && (await findUvProject(search, config.uvRoot, config.uvPackage))
  return { graphs, dependencies, companions, uv }
}

/** Returns the paths that the agent needs, and the lines that name them. */
function namedIn(
  workspace: string,
  { uvRoot }: LanggraphConfig,
  { graphs, dependencies, companions, uv }: FoundProject
): Pick<Project, 'named' | 'namedAt'> {
  const ofUv = (uv?.places ?? []).map((place) => ({ place, line: uvRoot?.line ?? 1 }))
  const named = [...graphs, ...dependencies, ...companions, ...ofUv]
    .map(({ place, line }) => ({ path: relativeTo(workspace, place), line }))
    // The whole workspace is packed anyway. As a named path, it would override the ignore files.
    .filter(({ path }) => path !== '')
  return {
    named: [...new Set(named.map(({ path }) => path))],
    // If several lines name a path, the first one is used.
    namedAt: new Map(named.toReversed().map(({ path, line }) => [path, line]))
  }
}

/** Returns an error with all problems, sorted by line. */
function projectError(problems: Search['problems']): ProjectError {
  const sorted = problems.toSorted((left, right) => left.place.line - right.place.line)
  const texts = sorted.map(({ place: { file, line }, text }) => `${file}:${line}: ${shown(text)}.`)
  return new ProjectError(texts, { place: sorted[0]?.place })
}

/** Returns the folder that `root` names. @throws {ProjectError} if it cannot be the root of the archive */
async function findRoot(workspace: string, root: string, file: string): Promise<string> {
  const refuse = (text: string) => new ProjectError([text], { input: 'root' })
  const folder = await realpath(resolve(workspace, root)).catch((error: unknown) => {
    throw refuse(`is ${shown(root)}, which ${whyRefused(error)}. Set it to a folder in the workspace, such as \`.\`.`)
  })
  if (!isInside(workspace, folder))
    throw refuse(`is ${shown(root)}, which is outside the workspace. Set it to a folder in the workspace.`)
  if (!isInside(folder, dirname(file))) {
    throw refuse(
      `is ${shown(root)}, which does not contain the configuration ${shown(relativeTo(workspace, file))}. Set it to a folder that contains this file, or omit it.`
    )
  }
  return folder
}

/**
 * Returns the folder that the packages are installed from, if it is outside the folder of the configuration. Adds a
 * notice that the archive contains it.
 */
function widen(
  { base, workspace, notices }: Search,
  widened: InstallRoot | undefined,
  uvRoot: string | undefined
): string | undefined {
  const folder = widened?.folder ?? uvRoot
  if (folder === undefined || isInside(base, folder)) return undefined
  const because = widened ? widened.because : '`source.root`'
  notices.push(
    `The archive contains ${folderName(workspace, folder)} instead of only ${folderName(workspace, base)}, because of ${because}.`
  )
  return folder
}
