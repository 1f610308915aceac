import { readdir, realpath, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Place } from '../../place.ts'
import { causeOfAbsence } from './absence.ts'
import { readBuildOutput } from './build-output.ts'
import { readConfigFile } from './config-file.ts'
import type { Variable } from './environment-file.ts'
import { CREDENTIALS_IN_ADDRESS, findGitCredentials, NODE_FILES, PYTHON_FILES } from './git-credentials.ts'
import { findInstallRoot, type InstallRoot } from './install-root.ts'
import { type ConfiguredPath, type LanggraphConfig, parseLanggraphConfig } from './langgraph-config.ts'
import { packageProblems, readPackage } from './package-json.ts'
import { commonFolder, isInside, relativeTo } from './paths.ts'
import { findUnfitPackages } from './plain-packages.ts'
import { readEnvironment } from './project-environment.ts'
import { inWords, ProjectError, shown } from './project-error.ts'
import { readUvProject, type UvProject } from './uv-project.ts'
import { findStraySources } from './uv-sources.ts'

export interface ProjectOptions {
  /** The folder that nothing may lie outside of; on a runner GITHUB_WORKSPACE. */
  readonly workspace: string
  /** The runner's folder for temporary files, where a file of variables may be too; RUNNER_TEMP. */
  readonly temporary?: string | undefined
  /** The langgraph.json, relative to the workspace. */
  readonly configPath: string
  /** The folder to pack from, relative to the workspace; nothing to find it. */
  readonly root?: string | undefined
  /** Whether a command of this run builds the project, so that graphs may be missing that it makes. */
  readonly hasBuildCommand?: boolean
  /** The `PATH` where git is looked for. */
  readonly gitPath?: string | undefined
  /** A variable of the step, for `${NAME}` in the env file. */
  readonly lookUp?: (name: string) => string | undefined
}

/** A project that can be packed. Folders are absolute and free of symbolic links. */
export interface Project {
  readonly workspace: string
  /** Where the archive is rooted: the deepest folder that holds all `folders`. */
  readonly root: string
  /** The langgraph.json as seen from the root, with forward slashes. */
  readonly configPath: string
  /** The same file as it can stand in a message: seen from the workspace. */
  readonly configLabel: string
  /** What is packed: the folder of the configuration, that of its workspace, and local dependencies outside of both. */
  readonly folders: readonly string[]
  /** What `env` sets, without empty values and without the name of the deployment. Reserved names are still in. */
  readonly environment: readonly Variable[]
  /** The file that `env` names, seen from the workspace, whether it is there or not. */
  readonly environmentFile: string | undefined
  readonly isEnvironmentMissing: boolean
  /** Names that `env` lists without values, which the inputs have to give. */
  readonly environmentNames: readonly string[]
  /** What `env` sets as LANGSMITH_DEPLOYMENT_NAME, as for the official tools. */
  readonly deploymentName: string | undefined
  /** Files and folders that the archive is of no use without, seen from the workspace. */
  readonly named: readonly string[]
  /** The lines of the configuration that name them. */
  readonly namedAt: ReadonlyMap<string, number>
  /** What works as it is and is better written otherwise. */
  readonly advice: readonly string[]
  /** Lines for the log: what was decided by itself. */
  readonly notices: readonly string[]
  /** What the user should change. */
  readonly warnings: readonly string[]
}

/** A configured path that was found. */
interface FoundPath extends ConfiguredPath {
  /** Where the config says it is: absolute, links not yet followed. */
  readonly place: string
  /** Where it really is. */
  readonly real: string
}

interface Problem {
  readonly place: Place
  readonly text: string
}

/** What is gathered on the way through a project. */
interface Search {
  readonly workspace: string
  /** The folder of the configuration. */
  readonly base: string
  readonly gitPath: string | undefined
  /** Whether a build makes this file, which is therefore not in the repository. */
  readonly isBuilt: (place: string) => boolean
  readonly problems: Problem[]
  readonly notices: string[]
  readonly warnings: string[]
  /** Tells a problem of the configuration. */
  problem(line: number, text: string): void
}

/**
 * Reads the langgraph.json of a project and everything that it names.
 *
 * @throws {ProjectError} with every problem at once: of the file, its `graphs`, `dependencies` and `env`
 */
export async function readProject(options: ProjectOptions): Promise<Project> {
  const { gitPath } = options
  const workspace = await realpath(options.workspace).catch((error: unknown) => {
    throw new ProjectError([`The workspace ${shown(options.workspace)} ${inWords(error)}.`])
  })
  const { file, label, bytes } = await readConfigFile(workspace, options.configPath, gitPath)
  const base = dirname(file)
  const chosenRoot = options.root === undefined ? undefined : await findRoot(workspace, options.root, base)
  const config = parseLanggraphConfig(bytes)
  const problems: Problem[] = []
  const notices = config.remarks.map((remark) => `${label}: ${shown(remark)}`)
  const problem = (line: number, text: string) => void problems.push({ place: { file: label, line }, text })
  const installRoot = config.hasPackage && !chosenRoot ? await findInstallRoot(base, workspace) : undefined
  const packageRoot = chosenRoot ?? installRoot?.folder ?? base
  const hasBuildCommand = options.hasBuildCommand === true
  const isBuilt = config.hasPackage
    ? await readBuildOutput({ base, root: packageRoot, workspace, hasBuildCommand })
    : () => false
  const search: Search = { workspace, base, gitPath, isBuilt, problems, notices, warnings: [], problem }
  for (const { line, text } of config.problems) problem(line, text)
  if (config.usesNode) await checkPackage(search)

  // An image for JavaScript installs none of them; what is there is packed.
  const lenient = { ...search, problem: () => {} }
  const dependencies = await collect(config.dependencies, (path) =>
    findFolder(config.usesPython ? search : lenient, path)
  )
  const graphs = await collect(config.graphs, (path) => findFile(search, path))
  const companions = await collect(config.companions, (path) => findFile(search, path))
  const uv = config.uvRoot && (await findUvProject(search, config.uvRoot, config.uvPackage))
  const widened = chosenRoot ? undefined : widen(search, installRoot, uv?.root)
  const outer = [...(uv ? [uv.root] : []), ...(widened ? [widened] : []), ...dependencies.map(({ real }) => real)]
  const folders = [base, ...new Set(outer.filter((folder) => !isInside(base, folder)))]
  if (chosenRoot) folders.push(...(chosenRoot === base ? [] : [chosenRoot]))
  const found = [...graphs, ...dependencies, ...companions]
  tellUnreachable(search, found, folders)
  if (chosenRoot) tellOutsideOf(search, chosenRoot, found, uv?.root)
  if (config.usesPython && !config.hasSource) {
    if (dependencies.length === config.dependencies.length)
      tellUncovered(search, config, { found, dependencies, folders })
    await tellUnfitPackages(search, dependencies)
    await warnOfStraySources(search, label, config, dependencies)
    await tellGitCredentials(
      search,
      dependencies.map(({ real }) => real),
      PYTHON_FILES
    )
  }
  if (uv) {
    tellNotInstalled(search, [...graphs, ...companions], uv)
    // Of the members only those that are installed count, and that of the configuration always is.
    await tellGitCredentials(search, [uv.root], ['uv.lock'])
    await tellGitCredentials(search, [uv.root, base], ['pyproject.toml'])
  }
  if (config.usesNode && !config.usesPython) await tellGitCredentials(search, [packageRoot, base], NODE_FILES)
  const { environmentNames } = config
  const environment = await readEnvironment(config, {
    ...search,
    file,
    label,
    temporary: options.temporary,
    lookUp: options.lookUp ?? (() => undefined)
  })
  if (problems.length > 0) throw projectError(problems)

  const root = chosenRoot ?? commonFolder(base, folders)
  const named = [...found, ...(uv?.places ?? []).map((place) => ({ place, line: config.uvRoot?.line ?? 1 }))]
    .map(({ place, line }) => ({ path: relativeTo(workspace, place), line }))
    // The workspace itself is packed anyway, and nothing in it is lifted by it.
    .filter(({ path }) => path !== '')
  return {
    workspace,
    root,
    configPath: relativeTo(root, file),
    configLabel: label,
    folders,
    ...environment,
    environmentNames,
    named: [...new Set(named.map(({ path }) => path))],
    namedAt: new Map(named.toReversed().map(({ path, line }) => [path, line])),
    advice: config.advice.map((text) => `${label}: ${shown(text)}`),
    notices,
    warnings: search.warnings
  }
}

/** All problems, in the order of the lines. */
function projectError(problems: readonly Problem[]): ProjectError {
  const sorted = problems.toSorted((left, right) => left.place.line - right.place.line)
  return new ProjectError(
    sorted.map(({ place: { file, line }, text }) => `${file}:${line}: ${shown(text)}.`),
    { place: sorted[0]?.place }
  )
}

/** The folder that `root` names. @throws {ProjectError} when it is not one that can be packed from */
async function findRoot(workspace: string, root: string, base: string): Promise<string> {
  const refuse = (text: string) => new ProjectError([text], { input: 'root' })
  const folder = await realpath(resolve(workspace, root)).catch((error: unknown) => {
    throw refuse(`is ${shown(root)}, which ${inWords(error)}. Write a folder of the workspace, such as \`.\`.`)
  })
  if (!isInside(workspace, folder))
    throw refuse(`is ${shown(root)}, which lies outside the workspace. Write a folder inside it.`)
  if (!isInside(folder, base)) {
    throw refuse(
      `is ${shown(root)}, which does not hold the configuration in ${shown(relativeTo(workspace, base) || '.')}. Write a folder that does, or remove \`root\`.`
    )
  }
  return folder
}

async function collect(
  paths: readonly ConfiguredPath[],
  find: (path: ConfiguredPath) => Promise<FoundPath | undefined>
): Promise<readonly FoundPath[]> {
  const found: FoundPath[] = []
  // One after the other, so that problems come in the order of the file.
  for (const path of paths) found.push(...[await find(path)].filter((result) => result !== undefined))
  return found
}

async function findFolder(search: Search, configured: ConfiguredPath): Promise<FoundPath | undefined> {
  const found = await findPath(search, configured, 'folder')
  const { key, path, line } = configured
  if (found && (await readdir(found.real).catch(() => ['?'])).length === 0) {
    search.problem(
      line,
      `\`${key}\` names ${path}, which is empty; if it is a submodule, write \`submodules: true\` at actions/checkout`
    )
  }
  return found
}

async function findFile(search: Search, configured: ConfiguredPath): Promise<FoundPath | undefined> {
  return findPath(search, configured, 'file')
}

async function findPath(
  search: Search,
  configured: ConfiguredPath,
  kind: 'file' | 'folder'
): Promise<FoundPath | undefined> {
  const { workspace, base, isBuilt, notices } = search
  const { key, path, line } = configured
  const place = resolve(base, path)
  const naming = `\`${key}\` names ${path}, which`
  const outside = `${naming} lies outside the workspace; move it inside, or check out the folder that holds both`
  try {
    const real = await realpath(place)
    if (!isInside(workspace, real)) search.problem(line, outside)
    else {
      const status = await stat(real)
      if (kind === 'file' ? status.isFile() : status.isDirectory()) return { ...configured, place, real }
      search.problem(line, `${naming} is not a ${kind}; name a ${kind}`)
    }
  } catch (error) {
    if (kind === 'file' && isBuilt(place)) {
      notices.push(shown(`${naming} is not there and is left to the build.`))
      return undefined
    }
    const cause = await causeOfAbsence(path, place, workspace, search.gitPath)
    const looked = `${naming} ${inWords(error)} (looked for ${relativeTo(workspace, place)})`
    if (cause) search.problem(line, `${naming} ${inWords(error)}: ${cause}`)
    else
      search.problem(line, isInside(workspace, place) ? `${looked}; correct the path, or commit the ${kind}` : outside)
  }
  return undefined
}

async function checkPackage({ base, workspace, problems }: Search): Promise<void> {
  const packageJson = await readPackage(base)
  if (!packageJson) return
  const file = shown(relativeTo(workspace, join(base, 'package.json')))
  for (const { line, text } of packageProblems(packageJson)) problems.push({ place: { file, line }, text })
}

interface FoundUvProject extends Pick<UvProject, 'installs' | 'target'> {
  readonly root: string
  readonly places: readonly string[]
}

/** The uv project that `source` names. What is wrong with it is among the problems. */
async function findUvProject(
  search: Search,
  configured: ConfiguredPath,
  chosen: unknown
): Promise<FoundUvProject | undefined> {
  const { workspace, base, notices, warnings } = search
  const { key, path, line } = configured
  const found = await findPath(search, configured, 'folder')
  if (!found) return undefined
  const root = found.real
  const project = await readUvProject(root, base, chosen)
  const { paths, others, names, target, missing, unreadable } = project
  for (const name of missing) {
    search.problem(line, `\`${key}\` names ${path}, which has no ${name}; name the folder where \`uv lock\` runs`)
  }
  for (const name of unreadable) {
    const file = shown(relativeTo(workspace, join(root, name)))
    warnings.push(`${file} is not valid TOML, so it is not known which packages it names; run \`uv lock\` again.`)
  }
  const places = paths.map((name) => resolve(root, name))
  for (const place of places) {
    const shownPlace = relativeTo(workspace, place)
    if (!isInside(root, place)) {
      search.problem(
        line,
        `\`${key}\` names ${path}, and uv.lock names ${shownPlace} outside of it; name a folder that holds both`
      )
    } else if (!(await stat(place).catch(() => undefined))) {
      search.problem(
        line,
        `\`${key}\`: uv.lock names ${shownPlace}, which does not exist; commit it, or run \`uv lock\` again`
      )
    }
  }
  for (const name of others) {
    if (await stat(resolve(root, name)).catch(() => undefined)) continue
    notices.push(
      shown(
        `uv.lock names ${relativeTo(workspace, resolve(root, name))}, which does not exist and is not needed by ${target}.`
      )
    )
  }
  if (target === undefined && names.length > 0) {
    const fault = typeof chosen === 'string' ? `names ${chosen}, which uv.lock does not hold` : 'is needed here'
    search.problem(line, `\`source.package\` ${fault}; write one of ${names.slice(0, 10).join(', ')}`)
  }
  return { root, places, target, installs: project.installs }
}

/** What is packed, and yet not in the image, which holds the package that is deployed and those that it needs. */
function tellNotInstalled(
  { problem }: Search,
  paths: readonly FoundPath[],
  { installs, target }: FoundUvProject
): void {
  if (target === undefined) return
  for (const { key, path, real, line } of paths) {
    const isLookedFor = /^(graphs|ui)\./.test(key) || key === 'http.app' || COMPONENTS.includes(key)
    if (!isLookedFor || installs(real)) continue
    problem(
      line,
      `\`${key}\` names ${path}, which is neither in the uv package ${target} nor in one that it depends on, so that the image would not hold it; write the package that holds it as \`source.package\`, or add that package to the dependencies of ${target}`
    )
  }
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
    `The archive holds ${nameOf(workspace, folder)} and not only ${nameOf(workspace, base)}, because of ${because}.`
  )
  return folder
}

function nameOf(workspace: string, folder: string): string {
  return folder === workspace ? 'the whole workspace' : shown(relativeTo(workspace, folder))
}

/** What exists, but at a place that does not go into the archive, so that the build would not find it. */
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
        ? `${naming} outside the config's folder; add its folder to \`dependencies\``
        : `${naming} reached by a symbolic link outside the config's folder; name ${relativeTo(workspace, real)} itself`
    )
  }
}

function tellOutsideOf(
  { workspace, problem }: Search,
  root: string,
  paths: readonly FoundPath[],
  uvRoot: string | undefined
): void {
  const cure = 'write a folder into the input `root` that holds both'
  for (const { key, path, place, line } of paths) {
    if (!isInside(root, place))
      problem(line, `\`${key}\` names ${path}, which lies outside ${nameOf(workspace, root)}; ${cure}`)
  }
  if (uvRoot && !isInside(root, uvRoot)) {
    problem(1, `\`source.root\` lies outside ${nameOf(workspace, root)}; ${cure}`)
  }
}

/** Keys of files that the official tool looks for in the local dependencies only where they begin with a dot. */
const COMPONENTS = ['auth.path', 'encryption.path', 'priority.path', 'checkpointer.path']

/** What is packed, and yet not installed: an image for Python holds the local dependencies alone. */
function tellUncovered(
  { problem }: Search,
  config: LanggraphConfig,
  given: {
    readonly found: readonly FoundPath[]
    readonly dependencies: readonly FoundPath[]
    readonly folders: readonly string[]
  }
): void {
  if (config.problems.some(({ text }) => text.startsWith('`dependencies`'))) return
  const installed = given.dependencies.flatMap(({ place, real }) => [place, real])
  for (const { key, path, place, real, line } of given.found) {
    const isLookedFor =
      key.startsWith('graphs.') || key === 'http.app' || (COMPONENTS.includes(key) && path.startsWith('.'))
    if (!isLookedFor || !given.folders.some((folder) => isInside(folder, place))) continue
    if (installed.some((folder) => isInside(folder, place) || isInside(folder, real))) continue
    problem(
      line,
      `\`${key}\` names ${path}, which is in no local folder of \`dependencies\`, so that the image would not hold it; add its folder there`
    )
  }
}

async function tellUnfitPackages({ problem }: Search, dependencies: readonly FoundPath[]): Promise<void> {
  const faults = await findUnfitPackages(dependencies.map(({ real }) => real))
  dependencies.forEach(({ key, path, line }, index) => {
    if (faults[index]) problem(line, `\`${key}\` names ${path}, which ${faults[index]}`)
  })
}

/** A build by pip, or by `uv pip`, finds nothing around a dependency. */
async function warnOfStraySources(
  { workspace, base, warnings }: Search,
  label: string,
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
