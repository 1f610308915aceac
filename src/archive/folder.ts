import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { type DockerRules, readDockerRules } from './docker-rules.ts'
import type { Item, Location } from './entry.ts'
import type { IgnoreRules } from './ignore-rules.ts'
import { isWithin, onDisk, parentOf, textOfBytes, withParents } from './paths.ts'
import { fileErrorCode, shown, whyRefused } from './project-error.ts'
import type { Repository } from './repository.ts'
import type { Walk } from './walk.ts'

/** A folder on the way through a project, and the rules that hold in it. */
export interface Folder extends Location {
  /** The rules of git, of its repository. */
  readonly rules: IgnoreRules
  readonly repository: Repository | undefined
  /** The .dockerignore files that count, each with its folder in the archive. */
  readonly docker: readonly { readonly folder: string; readonly rules: DockerRules }[]
  /** Why everything in it is left out that git does not track. */
  readonly ignoredBy?: string | undefined
  /** The outermost folder around it, or itself, that git ignores; where it goes in the archive. */
  readonly ignoredAt?: string | undefined
  /** Whether it is a folder of credentials: `include` readmits only what it names in it. */
  readonly holdsCredentials?: boolean | undefined
  /** Whether `include` readmits nothing in it. */
  readonly isClosed?: boolean
  /** The folders, seen from the workspace, in which links were followed to come here. */
  readonly through: readonly string[]
}

async function itemsIn(source: string): Promise<readonly Item[]> {
  const entries = await readdir(onDisk(source), { withFileTypes: true })
  if (!entries.some(({ name }) => name.includes('\uFFFD'))) {
    return entries.map((entry) => ({ name: entry.name, kind: kindOfEntry(entry) }))
  }
  // U+FFFD replaces bytes that are not UTF-8, or is part of the name.
  const raw = await readdir(onDisk(source), { withFileTypes: true, encoding: 'buffer' })
  return raw.map((entry) => ({ name: textOfBytes(entry.name), kind: kindOfEntry(entry) }))
}

function kindOfEntry(entry: Dirent<string | Buffer>): Item['kind'] {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  return entry.isSymbolicLink() ? 'link' : 'other'
}

/** Whether a folder is a repository without a working tree, under any name: a bare clone, or a `--separate-git-dir`. */
function isGitFolder(items: readonly Item[]): boolean {
  const has = (name: string, kind: Item['kind']) => items.some((item) => item.name === name && item.kind === kind)
  return has('HEAD', 'file') && has('objects', 'folder') && has('refs', 'folder')
}

/** Whether a folder is one that git keeps for itself. @param source absolute */
export async function isGitFolderAt(source: string): Promise<boolean> {
  return isGitFolder(await itemsIn(source).catch(() => []))
}

/**
 * The rules of git from the folders above, up to the repository's root. They do not count where they leave out the folder
 * itself: the configuration or a link names it, and that takes precedence.
 */
export async function rulesAbove(walk: Walk, place: string): Promise<Pick<Folder, 'rules' | 'repository'>> {
  const repository = await walk.repositories.holding(place)
  const top = repository?.root ?? ''
  // `openFolder` adds those of the root itself.
  if (place === top) return { rules: walk.none, repository }
  let rules = repository ? await withExclusions(walk.none, repository) : walk.none
  const parents = ['', ...withParents(parentOf(place)).toReversed()]
  for (const parent of parents.filter((each) => isWithin(top, each))) rules = await rules.enter(parent)
  return { rules: rules.ruleAgainst(place, 'folder') ? walk.none : rules, repository }
}

/**
 * Reads a folder and the rules of its own: a repository, a reason to leave out what git does not track, and ignore files.
 *
 * @param given.isStart whether the project names the folder, so that no reason closes it
 * @returns nothing when it cannot be read, or nothing of it goes in
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
  // In other folders it belongs to another image, such as that of a service beside the agent.
  const hasDockerRules = has('.dockerignore') && walk.project.folders.includes(folder.source)
  const rules = hasDockerRules ? await readDockerRules(walk.project.workspace, folder.place) : undefined
  const docker = rules ? [...folder.docker, { folder: folder.path, rules }] : folder.docker
  return { folder: { ...ignoring, docker }, items }
}

/** What is in a folder; nothing when it cannot be read. */
async function readItems(walk: Walk, { source, path }: Folder): Promise<readonly Item[] | undefined> {
  try {
    return await itemsIn(source)
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT' && path !== '') walk.vanished.push(path)
    else walk.problems.push({ text: `The folder ${shown(path || '.')} ${whyRefused(error)}.` })
    return undefined
  }
}

/** What an outer repository ignores stays ignored, even if an inner one tracks it. */
async function withRepository(walk: Walk, folder: Folder): Promise<Folder> {
  if (folder.ignoredBy !== undefined || folder.repository?.root === folder.place) return folder
  return { ...folder, rules: walk.none, repository: await walk.repositories.at(folder.place) }
}

/** The file that marks the folder of a virtual environment. */
const VIRTUAL_ENVIRONMENT = 'pyvenv.cfg'

/** Of a virtual environment, and of a repository without a working tree, only what git tracks in it is packed. */
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

/** The rules with those of the repository's own `info/exclude`, which count for less than any .gitignore. */
async function withExclusions(rules: IgnoreRules, { root, exclusions }: Repository): Promise<IgnoreRules> {
  return exclusions === undefined ? rules : rules.with(exclusions, root, 'info/exclude')
}
