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
  /** The folder that nothing may lie outside of; on a runner GITHUB_WORKSPACE. */
  readonly workspace: string
  /** The runner's folder for temporary files, where a file of variables may be too; RUNNER_TEMP. */
  readonly temporary?: string | undefined
  /** The langgraph.json, relative to the workspace. */
  readonly configPath: string
  /** The folder to pack from, relative to the workspace; without it, it is found. */
  readonly root?: string | undefined
  /** Whether a command of this run builds the project, so that graphs may be missing that it makes. */
  readonly hasBuildCommand?: boolean
  /** The `PATH` where git is looked for. */
  readonly gitPath?: string | undefined
  /** A variable of the step, for `${NAME}` in the env file. */
  readonly lookUp?: (name: string) => string | undefined
}

/** A project that can be packed. Folders are absolute and free of symbolic links. */
export interface Project extends ProjectEnvironment {
  readonly workspace: string
  /** Where the archive is rooted: the deepest folder that holds all `folders`. */
  readonly root: string
  /** The langgraph.json as seen from the root, with forward slashes. */
  readonly configPath: string
  /** The path of the same file in messages: seen from the workspace. */
  readonly configLabel: string
  /** What is packed: the folder of the configuration, that of its workspace, and local dependencies outside of both. */
  readonly folders: readonly string[]
  /** Names that `env` lists without values, which the inputs have to give. */
  readonly environmentNames: readonly string[]
  /** Files and folders that the agent needs, seen from the workspace. */
  readonly named: readonly string[]
  /** The lines of the configuration that name them. */
  readonly namedAt: ReadonlyMap<string, number>
  /** What works as it is and is better written otherwise. */
  readonly advice: readonly string[]
  /** Lines for the log: what was decided without an input. */
  readonly notices: readonly string[]
  /** What the user should change. */
  readonly warnings: readonly string[]
}

/**
 * Reads the langgraph.json of a project and everything that it names.
 *
 * @throws {ProjectError} with every problem at once: of the file, its `graphs`, `dependencies` and `env`
 */
export async function readProject(options: ProjectOptions): Promise<Project> {
  const { root, gitPath, temporary, hasBuildCommand = false, lookUp = () => undefined } = options
  const workspace = await realWorkspace(options.workspace)
  const { file, label, bytes } = await readConfigFile(workspace, options.configPath, gitPath)
  const base = dirname(file)
  const chosenRoot = root === undefined ? undefined : await findRoot(workspace, root, base)
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
  // An image for JavaScript installs no dependencies; what is there is packed.
  const ofDependencies = config.usesPython ? search : { ...search, problem: () => {} }
  const dependencies = await findPaths(ofDependencies, config.dependencies, 'folder')
  const graphs = await findPaths(search, config.graphs, 'file')
  const companions = await findPaths(search, config.companions, 'file')
  const uv = config.uvRoot && (await findUvProject(search, config.uvRoot, config.uvPackage))
  return { graphs, dependencies, companions, uv }
}

/** What the agent needs, and the lines that name it. */
function namedIn(
  workspace: string,
  { uvRoot }: LanggraphConfig,
  { graphs, dependencies, companions, uv }: FoundProject
): Pick<Project, 'named' | 'namedAt'> {
  const ofUv = (uv?.places ?? []).map((place) => ({ place, line: uvRoot?.line ?? 1 }))
  const named = [...graphs, ...dependencies, ...companions, ...ofUv]
    .map(({ place, line }) => ({ path: relativeTo(workspace, place), line }))
    // The workspace itself is packed anyway; to name it readmits nothing in it.
    .filter(({ path }) => path !== '')
  return {
    named: [...new Set(named.map(({ path }) => path))],
    // Of several lines the first one counts.
    namedAt: new Map(named.toReversed().map(({ path, line }) => [path, line]))
  }
}

/** All problems, in the order of the lines. */
function projectError(problems: Search['problems']): ProjectError {
  const sorted = problems.toSorted((left, right) => left.place.line - right.place.line)
  const texts = sorted.map(({ place: { file, line }, text }) => `${file}:${line}: ${shown(text)}.`)
  return new ProjectError(texts, { place: sorted[0]?.place })
}

/** The folder that `root` names. @throws {ProjectError} when it is not one that can be packed from */
async function findRoot(workspace: string, root: string, base: string): Promise<string> {
  const refuse = (text: string) => new ProjectError([text], { input: 'root' })
  const folder = await realpath(resolve(workspace, root)).catch((error: unknown) => {
    throw refuse(`is ${shown(root)}, which ${whyRefused(error)}. Set a folder of the workspace, such as \`.\`.`)
  })
  if (!isInside(workspace, folder))
    throw refuse(`is ${shown(root)}, which is outside the workspace. Set a folder inside it.`)
  if (!isInside(folder, base)) {
    throw refuse(
      `is ${shown(root)}, which does not contain the configuration in ${shown(relativeTo(workspace, base) || '.')}. Set a folder that does, or omit \`root\`.`
    )
  }
  return folder
}

/** The folder that npm or its like install from, where that lies above what is packed anyway. */
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
