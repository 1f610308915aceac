import { readFile, realpath, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Secret } from '../../control-plane/resources.ts'
import { parseEnvironment } from './environment-file.ts'
import { type ConfiguredPath, type LanggraphConfig, parseLanggraphConfig } from './langgraph-config.ts'
import { commonFolder, isInside, relativeTo } from './paths.ts'
import { codeOf, inWords, ProjectError, shown } from './project-error.ts'

export interface ProjectOptions {
  /** The folder that nothing may lie outside of; on a runner GITHUB_WORKSPACE. */
  readonly workspace: string
  /** The langgraph.json, relative to the workspace. */
  readonly configPath: string
}

/** A project that can be packed. Folders are absolute and free of symbolic links. */
export interface Project {
  readonly workspace: string
  /** Where the archive is rooted: the deepest folder that holds all `folders`. */
  readonly root: string
  /** The langgraph.json as seen from the root, with forward slashes. */
  readonly configPath: string
  /** The config's folder, and the local dependencies that lie outside it. */
  readonly folders: readonly string[]
  /** What `env` sets, without empty values, which LangSmith's own tool leaves out too. Reserved names are still in. */
  readonly environment: readonly Secret[]
  /** Files and folders that the archive is of no use without, seen from the workspace. */
  readonly named: readonly string[]
  /** The file that `env` names, absolute; it is never packed. */
  readonly environmentFile: string | undefined
  readonly notices: readonly string[]
}

/** A configured path that was found. */
interface FoundPath extends ConfiguredPath {
  /** Where the config says it is: absolute, links not yet followed. */
  readonly place: string
  /** Where it really is. */
  readonly real: string
}

/**
 * Reads the langgraph.json of a project and everything that it names.
 *
 * @throws {ProjectError} with every problem at once: of the file, its `graphs`, `dependencies` and `env`
 */
export async function readProject(options: ProjectOptions): Promise<Project> {
  const workspace = await realpath(options.workspace).catch((error: unknown) => {
    throw new ProjectError([`The workspace ${shown(options.workspace)} ${inWords(error)}.`])
  })
  const configFile = await findConfig(workspace, options.configPath)
  const label = shown(relativeTo(workspace, configFile))
  const config = parseLanggraphConfig(await readText(configFile, label))
  const problems: string[] = [...config.problems]

  const base = dirname(configFile)
  const find = (kind: 'file' | 'folder') => findPath.bind(undefined, { workspace, base, kind, problems })
  const dependencies = await collect(config.dependencies, find('folder'))
  const graphs = await collect(config.graphs, find('file'))
  const folders = [base, ...new Set(dependencies.map(({ real }) => real).filter((real) => !isInside(base, real)))]
  problems.push(...unreachable([...graphs, ...dependencies], folders, workspace))
  const environmentFile = config.environmentFile && (await find('file')(config.environmentFile))
  const environment = await readEnvironment(config, environmentFile, workspace, problems)
  if (problems.length > 0) throw new ProjectError(problems.map((problem) => `${label}: ${shown(problem)}.`))

  const root = commonFolder(base, folders)
  return {
    workspace,
    root,
    configPath: relativeTo(root, configFile),
    folders,
    environment: environment.variables,
    named: [...graphs, ...dependencies].map(({ place }) => relativeTo(workspace, place)).filter((path) => path !== ''),
    environmentFile: environmentFile?.place,
    notices: environment.notices.map((notice) => `${label}: \`env\`: ${notice}`)
  }
}

async function findConfig(workspace: string, path: string): Promise<string> {
  const name = shown(path)
  const file = await realpath(resolve(workspace, path)).catch((error: unknown) => {
    const fault = codeOf(error) === 'ENOENT' ? 'does not exist in the workspace' : inWords(error)
    throw new ProjectError([
      `${name} ${fault}. Check the repository out first, and set \`langgraph-config\` to the file.`
    ])
  })
  if (!isInside(workspace, file)) {
    throw new ProjectError([`${name} lies outside the workspace. Set \`langgraph-config\` to a file inside it.`])
  }
  if (!(await stat(file)).isFile()) {
    throw new ProjectError([`${name} is no file. Set \`langgraph-config\` to the langgraph.json itself.`])
  }
  return file
}

async function readText(file: string, label: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new ProjectError([`${label} ${inWords(error)}.`])
  }
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

async function findPath(
  search: {
    readonly workspace: string
    readonly base: string
    readonly kind: 'file' | 'folder'
    readonly problems: string[]
  },
  { key, path }: ConfiguredPath
): Promise<FoundPath | undefined> {
  const { workspace, base, kind, problems } = search
  const place = resolve(base, path)
  const naming = `\`${key}\` names ${path}, which`
  const outside = `${naming} lies outside the workspace; move it inside, or check out the folder that holds both`
  try {
    const real = await realpath(place)
    if (!isInside(workspace, real)) problems.push(outside)
    else {
      const status = await stat(real)
      if (kind === 'file' ? status.isFile() : status.isDirectory()) return { key, path, place, real }
      problems.push(`${naming} is no ${kind}; name a ${kind}`)
    }
  } catch (error) {
    const cure =
      key === 'env'
        ? 'write it in an earlier step, or remove `env` and give the variables as `secrets`'
        : `correct the path, or commit the ${kind}`
    const missing = `${naming} ${inWords(error)} (looked for ${relativeTo(workspace, place)}); ${cure}`
    problems.push(isInside(workspace, place) ? missing : outside)
  }
  return undefined
}

/** What exists, but at a place that does not go into the archive, so that the build would not find it. */
function unreachable(paths: readonly FoundPath[], folders: readonly string[], workspace: string): readonly string[] {
  return paths
    .filter(({ place }) => !folders.some((folder) => isInside(folder, place)))
    .map(({ key, path, place, real }) =>
      place === real
        ? `\`${key}\` names ${path}, which is outside the config's folder; add its folder to \`dependencies\``
        : `\`${key}\` names ${path}, which is reached by a symbolic link outside the config's folder; name ${relativeTo(workspace, real)} itself`
    )
}

async function readEnvironment(
  config: LanggraphConfig,
  file: FoundPath | undefined,
  workspace: string,
  problems: string[]
): Promise<{ readonly variables: readonly Secret[]; readonly notices: readonly string[] }> {
  if (!file) {
    const empty = config.environment.filter(({ value }) => value === '').map(({ name }) => name)
    return {
      variables: config.environment.filter(({ value }) => value !== ''),
      notices: empty.length > 0 ? [`${empty.join(', ')}: left out, since the value is empty.`] : []
    }
  }
  const label = relativeTo(workspace, file.real)
  try {
    const parsed = parseEnvironment(await readFile(file.real, 'utf8'))
    problems.push(...parsed.problems.map((problem) => `\`env\`: ${label}: ${problem}`))
    return parsed
  } catch (error) {
    problems.push(`\`env\` names ${file.path}, which ${inWords(error)}`)
    return { variables: [], notices: [] }
  }
}
