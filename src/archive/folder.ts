import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { type DockerRules, readDockerRules } from './docker-rules.ts'
import type { Item, Location } from './entry.ts'
import type { IgnoreRules } from './ignore-rules.ts'
import { isWithin, onDisk, parentOf, textOfBytes, withParents } from './paths.ts'
import { fileErrorCode, shown, whyRefused } from './project-error.ts'
import type { Repository } from './repository.ts'
import type { Walk } from './walk.ts'

/** A folder of a project, and the rules that apply in it. */
export interface Folder extends Location {
  /** The git ignore rules of its repository. */
  readonly rules: IgnoreRules
  readonly repository: Repository | undefined
  /** The .dockerignore files that apply, each with its folder in the archive. */
  readonly docker: readonly { readonly folder: string; readonly rules: DockerRules }[]
  /** Reason that everything in it is excluded, except what git tracks. */
  readonly ignoredBy?: string | undefined
  /** Archive path of the outermost folder that git ignores: this folder, or one that contains it. */
  readonly ignoredAt?: string | undefined
  /** True for a folder of credentials: `include` packs only what it names in it without wildcards. */
  readonly holdsCredentials?: boolean | undefined
  /** True if `include` has no effect in it. */
  readonly isClosed?: boolean
  /** The folders, relative to the workspace, whose links were followed to reach this folder. */
  readonly through: readonly string[]
}

async function itemsIn(source: string): Promise<readonly Item[]> {
  const entries = await readdir(onDisk(source), { withFileTypes: true })
  if (!entries.some(({ name }) => name.includes('\uFFFD'))) {
    return entries.map((entry) => ({ name: entry.name, kind: kindOfEntry(entry) }))
  }
  // U+FFFD either replaces bytes that are not UTF-8, or is part of the name. Only the bytes show which.
  const raw = await readdir(onDisk(source), { withFileTypes: true, encoding: 'buffer' })
  return raw.map((entry) => ({ name: textOfBytes(entry.name), kind: kindOfEntry(entry) }))
}

function kindOfEntry(entry: Dirent<string | Buffer>): Item['kind'] {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  return entry.isSymbolicLink() ? 'link' : 'other'
}

/** True if a folder is a repository without a working tree, under any name: a bare clone, or a `--separate-git-dir`. */
function isGitFolder(items: readonly Item[]): boolean {
  const has = (name: string, kind: Item['kind']) => items.some((item) => item.name === name && item.kind === kind)
  return has('HEAD', 'file') && has('objects', 'folder') && has('refs', 'folder')
}

/** True if a folder is a repository without a working tree. @param source absolute */
export async function isGitFolderAt(source: string): Promise<boolean> {
  return isGitFolder(await itemsIn(source).catch(() => []))
}

/**
 * Returns the git ignore rules from the folders above, up to the root of the repository. If they exclude the folder
 * itself, they do not apply: the configuration or a link names the folder, which takes precedence.
 */
export async function rulesAbove(walk: Walk, place: string): Promise<Pick<Folder, 'rules' | 'repository'>> {
  const repository = await walk.repositories.holding(place)
  const top = repository?.root ?? ''
  // `openFolder` adds the rules of the root.
  if (place === top) return { rules: walk.none, repository }
  let rules = repository ? await withExclusions(walk.none, repository) : walk.none
  const parents = ['', ...withParents(parentOf(place)).toReversed()]
  for (const parent of parents.filter((each) => isWithin(top, each))) rules = await rules.enter(parent)
  return { rules: rules.ruleAgainst(place, 'folder') ? walk.none : rules, repository }
}

/**
 * Reads the items of a folder, and its own rules: its repository, a reason to exclude untracked files, and ignore
 * files.
 *
 * @param given.isStart true if the project names the folder, so that it is packed even if it looks like a tool's folder
 * @returns undefined if the folder cannot be read, or if none of its contents is packed
 */
export async function openFolder(
  walk: Walk,
  outer: Folder,
  given: { readonly isStart: boolean }
): Promise<{ readonly folder: Folder; readonly items: readonly Item[] } | undefined> {
  const items = await readItems(walk, outer)
  if (!items) return undefined
  const has = (name: string) => items.some((item) => item.name === name)
  const inRepository = has('.git') ? await withRepository(walk, outer) : outer
  const folder = given.isStart ? inRepository : closeToolFolder(walk, inRepository, items)
  if (!folder) return undefined
  const ignoring = await withIgnoreFiles(folder, { isRoot: has('.git'), hasFile: has('.gitignore') })
  // A .dockerignore in another folder belongs to another image, such as that of a service next to the agent.
  const hasDockerRules = has('.dockerignore') && walk.project.folders.includes(folder.source)
  const rules = hasDockerRules ? await readDockerRules(walk.project.workspace, folder.place) : undefined
  const docker = rules ? [...folder.docker, { folder: folder.path, rules }] : folder.docker
  return { folder: { ...ignoring, docker }, items }
}

/** Returns the items of a folder; undefined if it cannot be read, which is noted. */
async function readItems(walk: Walk, { source, path }: Folder): Promise<readonly Item[] | undefined> {
  try {
    return await itemsIn(source)
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT' && path !== '') walk.vanished.push(path)
    else walk.problems.push({ text: `The folder ${shown(path || '.')} ${whyRefused(error)}.` })
    return undefined
  }
}

/** Switches to the repository of a folder. A folder that the outer repository ignores stays ignored. */
async function withRepository(walk: Walk, folder: Folder): Promise<Folder> {
  if (folder.ignoredBy !== undefined || folder.repository?.root === folder.place) return folder
  return { ...folder, rules: walk.none, repository: await walk.repositories.at(folder.place) }
}

/** The file that marks the folder of a virtual environment. */
const VIRTUAL_ENVIRONMENT = 'pyvenv.cfg'

/** Excludes the contents of virtual environments and of repositories without a working tree, except what git tracks. */
function closeToolFolder(walk: Walk, given: Folder, items: readonly Item[]): Folder | undefined {
  const { path, place, repository } = given
  const isEnvironment = items.some(({ name }) => name === VIRTUAL_ENVIRONMENT)
  const isOfGit = isGitFolder(items)
  if (!isEnvironment && !isOfGit) return given
  const environment = 'virtual environments are never packed'
  const ofGit = 'the internal files of git are never packed'
  const holdsTracked = repository?.index?.holds(place) ?? false
  if (holdsTracked) {
    if (isEnvironment) walk.trackedState.push(path)
    return { ...given, ignoredBy: isOfGit ? ofGit : environment, isClosed: true }
  }
  if (walk.watched.has(path)) walk.reasons.set(path, isEnvironment ? environment : ofGit)
  if (!isEnvironment) walk.gitFolders.push(path)
  return undefined
}

async function withIgnoreFiles(
  folder: Folder,
  { isRoot, hasFile }: { readonly isRoot: boolean; readonly hasFile: boolean }
): Promise<Folder> {
  const { ignoredBy, place, repository } = folder
  if (ignoredBy !== undefined) return folder
  const isRepository = isRoot && repository?.root === place
  const rules = isRepository ? await withExclusions(folder.rules, repository) : folder.rules
  return { ...folder, rules: hasFile ? await rules.enter(place) : rules }
}

/** Adds the rules of the repository's `info/exclude`, which have a lower precedence than any .gitignore. */
async function withExclusions(rules: IgnoreRules, { root, exclusions }: Repository): Promise<IgnoreRules> {
  return exclusions === undefined ? rules : rules.with(exclusions, root, 'info/exclude')
}
