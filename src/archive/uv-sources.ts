import { readFile } from 'node:fs/promises'
import { basename, dirname, join, posix, resolve } from 'node:path'
import { object } from '../run/object.ts'
import { commonFolder, isInside } from './paths.ts'
import { normalizedName, parseToml } from './uv-project.ts'

/** A package in a folder next to a project, which the image does not contain at that path. */
interface StraySource {
  /** The name of the package. */
  readonly name: string
  /** The folder of the uv workspace; without a uv workspace, the folder that contains both. Absolute. */
  readonly root: string
}

/**
 * Finds the packages that the build of a local dependency does not find. LangSmith copies each dependency to a separate
 * folder below /deps and installs it there with `uv pip install` or pip, without its uv workspace. Observed with
 * langgraph-cli 0.4.40 and uv: `references a workspace in tool.uv.sources, but is not a workspace member`.
 *
 * @param folder of the dependency; all folders are absolute, without symbolic links
 * @param given.dependencies the folders of all local dependencies
 * @param given.installer `pip` ignores the sources of uv, and searches an index for all packages
 * @param given.workspace the outermost folder that is searched for a uv workspace
 */
export async function findStraySources(
  folder: string,
  given: { readonly dependencies: readonly string[]; readonly installer: unknown; readonly workspace: string }
): Promise<readonly StraySource[]> {
  const { dependencies, installer, workspace } = given
  const own = await readPyproject(folder)
  if (!own || own.dependencies.length === 0) return []
  const root = await findUvWorkspace(folder, workspace)
  const inherited = root && root.folder !== folder ? root.sources : {}
  const usesPip = installer === 'pip'
  const siblings = usesPip ? await Promise.all(dependencies.map(readPyproject)) : []
  return own.dependencies.flatMap((name): readonly StraySource[] => {
    const isOwn = name in own.sources
    const source = isOwn ? own.sources[name] : inherited[name]
    const home = isOwn ? folder : (root?.folder ?? folder)
    const written: readonly unknown[] = Array.isArray(source) ? source : [source]
    const entries = written.map((entry) => object(entry)).filter((entry) => entry !== undefined)
    const isMember = entries.some((entry) => entry.workspace === true)
    const paths = entries.flatMap(({ path }) => (typeof path === 'string' ? [resolve(home, path)] : []))
    if (!isMember && paths.length === 0) return []
    const stray = usesPip
      ? !siblings.some((sibling) => sibling?.name === name)
      : (isMember && !own.isWorkspace) || paths.some((path) => !isFoundInImage(folder, path, dependencies))
    const beside = paths.filter((path) => isInside(workspace, path))
    return stray ? [{ name, root: root?.folder ?? commonFolder(folder, beside) }] : []
  })
}

/**
 * True if a relative path from one dependency to another is also valid in the image, where all have the same parent.
 */
function isFoundInImage(folder: string, path: string, dependencies: readonly string[]): boolean {
  if (isInside(folder, path)) return true
  const isBeside = posix.dirname(path) === posix.dirname(folder)
  return isBeside && basename(path) !== basename(folder) && dependencies.includes(path)
}

interface PythonProject {
  readonly name: string | undefined
  /** Names of its direct dependencies. */
  readonly dependencies: readonly string[]
  /** The sources of uv, by package name. */
  readonly sources: Readonly<Record<string, unknown>>
  readonly isWorkspace: boolean
}

async function findUvWorkspace(
  folder: string,
  last: string
): Promise<{ readonly folder: string; readonly sources: PythonProject['sources'] } | undefined> {
  const project = await readPyproject(folder)
  if (project?.isWorkspace) return { folder, sources: project.sources }
  return folder === last || !isInside(last, folder) ? undefined : findUvWorkspace(dirname(folder), last)
}

async function readPyproject(folder: string): Promise<PythonProject | undefined> {
  const text = await readFile(join(folder, 'pyproject.toml'), 'utf8').catch(() => undefined)
  const value = text === undefined ? undefined : await parseToml(text)
  if (!value) return undefined
  const { project, tool } = value
  const { name, dependencies } = object(project) ?? {}
  const { sources, workspace } = object(object(tool)?.uv) ?? {}
  return {
    name: typeof name === 'string' ? normalizedName(name) : undefined,
    dependencies: (Array.isArray(dependencies) ? dependencies : []).flatMap((entry: unknown) => {
      const [found] = (typeof entry === 'string' && /^\s*[A-Za-z0-9._-]+/.exec(entry)) || []
      return found === undefined ? [] : [normalizedName(found.trim())]
    }),
    sources: Object.fromEntries(
      Object.entries(object(sources) ?? {}).map(([key, entry]) => [normalizedName(key), entry])
    ),
    isWorkspace: object(workspace) !== undefined
  }
}
