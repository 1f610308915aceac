import { closeSync, type Dirent, existsSync, lstatSync, openSync, readSync, type Stats } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { join, posix, resolve, sep } from 'node:path'
import type { Place } from '../../place.ts'
import { readDockerRules } from './docker-rules.ts'
import { createIgnoreRules, type IgnoreRules } from './ignore-rules.ts'
import { createInclusion } from './include.ts'
import { type Folder, type Item, type Judgement, judge, ownPath } from './judgement.ts'
import { followLink, followPlainLink, holdsObject, type LinkEnd } from './links.ts'
import { type Findings, reportOf } from './listing-report.ts'
import {
  baseOf,
  below,
  compareBytes,
  isInside,
  isWithin,
  onDisk,
  parentOf,
  relativeTo,
  textOf,
  withParents
} from './paths.ts'
import {
  ENVIRONMENT_MARK,
  holdsCredentials,
  isEnvironmentFile,
  LARGEST_CREDENTIALS,
  mayHoldCredentials,
  neverPacked,
  revealsCredentials
} from './private-files.ts'
import type { Project } from './project.ts'
import { codeOf, inWords, ProjectError, shown } from './project-error.ts'
import { createRepositories, type Repositories, type Repository } from './repository.ts'

/** One thing in the archive. `path`: seen from the root, with forward slashes. */
export type Entry = FileEntry | FolderEntry

export interface FileEntry {
  readonly kind: 'file'
  /** Bytes that are not UTF-8 stand in it as `textOf` has them. */
  readonly path: string
  /** Where it is read from; absolute, and written like `path`. */
  readonly source: string
  /** In bytes, when it was listed. */
  readonly size: number
  readonly executable: boolean
  /** Whether the configuration names it, so that the archive is of no use without it. */
  readonly isNamed: boolean
  /** The name of its content in git's index, in hex; nothing when git does not track it. */
  readonly object?: string | undefined
}

/** A folder with nothing in it; other folders come with what they hold. */
export interface FolderEntry {
  readonly kind: 'folder'
  readonly path: string
}

/** What the inputs say of the archive. */
export interface ListingOptions {
  /** Patterns of ignored files to pack all the same, as in a .gitignore at the workspace's root. */
  readonly include?: readonly string[]
  /** Files of variables and secrets, which are never packed; relative to the workspace, or absolute. */
  readonly environmentFiles?: readonly string[]
  /** The `PATH` where git is looked for. */
  readonly gitPath?: string | undefined
}

export interface Listing {
  /** Sorted by the bytes of their paths. */
  readonly entries: readonly Entry[]
  /** What was done without the user's doing, for the log. */
  readonly notes: readonly string[]
  /** What the user may want to change. */
  readonly notices: readonly string[]
  /** What the user should change. */
  readonly warnings: readonly string[]
}

/** So many entries can come through links; links that multiply each other give more than any disk holds. */
const MOST_LINKED = 100_000

/** As many links in a row as Linux follows before it calls them a circle. */
const MOST_HOPS = 40

/**
 * Lists what goes into the archive of a project: everything in its folders but what `.dockerignore` files (of the
 * project's folders) leave out, what `.gitignore` files (of every folder, and of those above up to the repository's root)
 * leave out and git does not track, and what never goes in. What the configuration names and what `include` matches goes
 * in all the same. A link goes in as what it leads to. Like git the archive holds no folder for its own sake, but for
 * empty ones.
 *
 * @throws {ProjectError} with everything that is named and cannot be packed, every link that leaves the workspace and
 * everything that cannot be read
 */
export async function listEntries(project: Project, options: ListingOptions = {}): Promise<Listing> {
  const walk = await startWalk(project, options)
  for (const { place, only } of await placesToStart(walk)) await listFrom(walk, place, only)
  checkNamed(walk)
  if (walk.problems.length > 0) {
    const place = walk.problems.find((problem) => problem.place)?.place
    throw new ProjectError(
      walk.problems.map(({ text }) => text),
      { place }
    )
  }
  return {
    entries: walk.entries.sort((left, right) => compareBytes(left.path, right.path)),
    ...reportOf(walk)
  }
}

/** Why the archive cannot be made, and where the configuration names what it is about. */
interface Problem {
  readonly text: string
  readonly place?: Place | undefined
}

/** What is found out on the way, besides what is told of it; what is judged by lies in `Folder` and `Judge`. */
interface Walk extends Findings {
  readonly project: Project
  readonly none: IgnoreRules
  readonly repositories: Repositories
  /** What the configuration names, and itself; seen from the archive's root. */
  readonly named: readonly string[]
  /** The same, and the folders that the project is made of. */
  readonly goesIn: ReadonlySet<string>
  /** All of that, and the folders on the way there. */
  readonly watched: ReadonlySet<string>
  /** Files of variables, by their places in the workspace. */
  readonly environmentPlaces: ReadonlySet<string>
  /** The same files as the file system knows them, whatever other names they have. */
  readonly environmentNodes: ReadonlySet<string>
  readonly problems: Problem[]
  /** Why something was left out that is watched. */
  readonly reasons: Map<string, string>
  /** Why the first thing was left out in a folder that is watched. */
  readonly innerReasons: Map<string, string>
  linked: number
}

async function startWalk(project: Project, options: ListingOptions): Promise<Walk> {
  const { workspace } = project
  const root = relativeTo(workspace, project.root)
  const named = [project.configPath, ...project.named.map((path) => relativeTo(project.root, join(workspace, path)))]
  const folders = project.folders.map((folder) => relativeTo(project.root, folder))
  const goesIn = new Set([...named, ...folders])
  const files = await findFiles(workspace, options.environmentFiles ?? [])
  return {
    project,
    root,
    none: await createIgnoreRules(workspace),
    repositories: createRepositories(workspace, options.gitPath),
    include: await createInclusion(options.include ?? []),
    around: {
      workspace: workspace.split(sep).join('/'),
      folders: project.folders.map((folder) => relativeTo(workspace, folder)),
      isThere: (path) => existsSync(join(workspace, path)),
      isEnvironmentFile: (path) => files.some(({ places }) => places.includes(path))
    },
    sentFiles: sentFilesOf(project, options.environmentFiles ?? []),
    named,
    goesIn,
    watched: new Set([...goesIn].flatMap(withParents)),
    environmentPlaces: new Set(files.flatMap(({ places }) => places)),
    environmentNodes: new Set(files.flatMap(({ node }) => node ?? [])),
    entries: [],
    problems: [],
    reasons: new Map(),
    innerReasons: new Map(),
    environmentFiles: [],
    credentials: [],
    developmentState: [],
    trackedState: [],
    gitFolders: [],
    special: [],
    dangling: [],
    circles: [],
    hiddenEnds: [],
    leaving: [],
    vanished: [],
    reopened: new Set(),
    untold: [],
    unasked: new Set(),
    linked: 0
  }
}

/** A file that the configuration names may set nothing. */
function sentFilesOf({ environment, environmentFile }: Project, files: readonly string[]): ReadonlySet<string> {
  return new Set(
    files.filter((file) => file !== environmentFile || environment.length > 0).map((file) => posix.normalize(file))
  )
}

/** Files by all their names; those that are not there have one only. */
async function findFiles(
  workspace: string,
  files: readonly string[]
): Promise<readonly { readonly places: readonly string[]; readonly node: string | undefined }[]> {
  return Promise.all(
    files.map(async (file) => {
      const written = resolve(workspace, file)
      const [real, status] = await Promise.all([
        realpath(written).catch(() => written),
        stat(written).catch(() => undefined)
      ])
      const places = [written, real].filter((path) => isInside(workspace, path))
      return { places: places.map((path) => relativeTo(workspace, path)), node: status && nodeOf(status) }
    })
  )
}

/** What a file is to the file system; on Windows the number does not fit into ours. */
function nodeOf({ dev, ino }: Stats): string | undefined {
  return process.platform === 'win32' ? undefined : `${dev}:${ino}`
}

/** A folder to begin in; `only`: the one item in it that counts. */
interface Start {
  readonly place: string
  readonly only?: string
}

/** The project's folders, and what is named beside them; none of it twice. */
async function placesToStart({ project, named }: Walk): Promise<readonly Start[]> {
  const { workspace, folders } = project
  const beside = [...new Set(named)]
    .map((path) => join(project.root, path))
    .filter((source) => isInside(project.root, source) && !folders.some((folder) => isInside(folder, source)))
  const isFolder = await Promise.all(
    beside.map(async (source) => (await stat(source).catch(() => undefined))?.isDirectory())
  )
  const whole = outermost([...folders, ...beside.filter((_, index) => isFolder[index])])
  const single = beside.filter((source, index) => {
    return isFolder[index] === false && !whole.some((folder) => isInside(folder, source))
  })
  return [
    ...whole.map((folder) => ({ place: relativeTo(workspace, folder) })),
    ...single
      .map((source) => relativeTo(workspace, source))
      .map((place) => ({ place: parentOf(place), only: baseOf(place) }))
  ]
}

async function listFrom(walk: Walk, place: string, only?: string): Promise<void> {
  const { workspace, root } = walk.project
  const source = join(workspace, place)
  const rules = await rulesAbove(walk, place)
  const folder = { ...rules, source, place, path: relativeTo(root, source), docker: [], through: [] }
  await listFolder(walk, folder, { isKept: true, isStart: true, only })
}

/**
 * The rules of git that the folders above bring along, up to the repository's root. Where they leave the folder itself
 * out they do not count: somebody names it, which says more.
 */
async function rulesAbove(walk: Walk, place: string): Promise<Pick<Folder, 'rules' | 'repository'>> {
  const repository = await walk.repositories.holding(place)
  const top = repository?.root ?? ''
  // At the root itself they are added on entering it.
  if (place === top) return { rules: walk.none, repository }
  let rules = repository ? await exclusionsOf(walk.none, repository) : walk.none
  const parents = ['', ...withParents(parentOf(place)).toReversed()]
  for (const parent of parents.filter((each) => isWithin(top, each))) rules = await rules.enter(parent)
  return { rules: rules.ruleAgainst(place, true) ? walk.none : rules, repository }
}

interface Visit {
  /** Whether the folder itself goes in, and not only some of what it holds. */
  readonly isKept: boolean
  readonly isStart?: boolean
  readonly only?: string | undefined
}

/** Lists what goes in of a folder and of all those in it. */
async function listFolder(walk: Walk, given: Folder, { isKept, isStart = false, only }: Visit): Promise<void> {
  const items = await readItems(walk, given)
  if (!items) return
  const folder = await enter(walk, given, items, isStart)
  if (!folder) return
  if (folder.through.length > 0) countLinked(walk, folder, items.length)
  if (folder.repository && !folder.repository.index) walk.unasked.add(folder.repository.root)
  for (const item of only === undefined ? items : items.filter(({ name }) => name === only)) {
    const judgement = judge(walk, folder, item)
    if (judgement.reason !== undefined) noteReason(walk, folder, item, judgement, judgement.reason)
    if (judgement.isBroughtBack) noteReopened(walk, folder, judgement)
    if (isLink(folder, item)) await addLink(walk, folder, item, judgement)
    else if (item.kind === 'folder') {
      if (judgement.isEntered) await listFolder(walk, inner(folder, item, judgement), { isKept: !judgement.reason })
    } else if (judgement.reason === undefined) addItem(walk, folder, item)
  }
  if (isKept && items.length === 0 && folder.path !== '') walk.entries.push({ kind: 'folder', path: folder.path })
}

function inner(folder: Folder, { name }: Item, { inside }: Judgement): Folder {
  const source = `${folder.source}${folder.source.endsWith(sep) ? '' : sep}${name}`
  return { ...folder, ...inside, source, place: below(folder.place, name), path: below(folder.path, name) }
}

/** The folder with the rules of its own; nothing when nothing of it goes in. */
async function enter(walk: Walk, given: Folder, items: readonly Item[], isStart: boolean): Promise<Folder | undefined> {
  const { workspace, folders } = walk.project
  const has = (name: string) => items.some((item) => item.name === name)
  let folder = given
  // What an outer repository ignores stays ignored, whatever an inner one tracks.
  if (has('.git') && folder.ignoredBy === undefined && folder.repository?.root !== folder.place) {
    folder = { ...folder, rules: walk.none, repository: await walk.repositories.at(folder.place) }
  }
  if (!isStart && has(ENVIRONMENT_MARK)) {
    const reason = 'a virtual environment is never packed'
    if (!holdsTracked(folder)) {
      if (walk.watched.has(folder.path)) walk.reasons.set(folder.path, reason)
      return undefined
    }
    walk.trackedState.push(folder.path)
    folder = { ...folder, ignoredBy: reason, isClosed: true }
  }
  if (!isStart && isGitFolder(items)) {
    const reason = 'what git keeps for itself is never packed'
    if (!holdsTracked(folder)) {
      if (walk.watched.has(folder.path)) walk.reasons.set(folder.path, reason)
      walk.gitFolders.push(folder.path)
      return undefined
    }
    folder = { ...folder, ignoredBy: reason, isClosed: true }
  }
  if (has('.git') && folder.ignoredBy === undefined && folder.repository?.root === folder.place) {
    folder = { ...folder, rules: await exclusionsOf(folder.rules, folder.repository) }
  }
  if (has('.gitignore') && folder.ignoredBy === undefined) {
    folder = { ...folder, rules: await folder.rules.enter(folder.place) }
  }
  // Further down it is another image's own, such as that of a service beside the agent.
  if (!has('.dockerignore') || !folders.includes(folder.source)) return folder
  const rules = await readDockerRules(workspace, folder.place)
  return rules ? { ...folder, docker: [...folder.docker, { folder: folder.path, rules }] } : folder
}

/** The rules with those of the repository's own `info/exclude`, which stand below any .gitignore. */
async function exclusionsOf(rules: IgnoreRules, { root, exclusions }: Repository): Promise<IgnoreRules> {
  return exclusions === undefined ? rules : rules.with(exclusions, root, 'info/exclude')
}

/** Whether git takes a folder for a repository, whatever it is called: a bare clone, or a `--separate-git-dir`. */
function isGitFolder(items: readonly Item[]): boolean {
  const has = (name: string, kind: Item['kind']) => items.some((item) => item.name === name && item.kind === kind)
  return has('HEAD', 'file') && has('objects', 'folder') && has('refs', 'folder')
}

function holdsTracked({ place, repository }: Folder): boolean {
  return repository?.index?.holds(repository.root ? place.slice(repository.root.length + 1) : place) ?? false
}

/** @returns nothing when the folder cannot be read */
async function readItems(walk: Walk, { source, path }: Folder): Promise<readonly Item[] | undefined> {
  const itemOf = <T extends string | Buffer>(entry: Dirent<T>, name: string): Item => ({ name, kind: kindOf(entry) })
  try {
    const entries = await readdir(onDisk(source), { withFileTypes: true })
    if (!entries.some(({ name }) => name.includes('\uFFFD'))) return entries.map((entry) => itemOf(entry, entry.name))
    // The character stands for bytes that are not UTF-8, or for itself.
    const raw = await readdir(onDisk(source), { withFileTypes: true, encoding: 'buffer' })
    return raw.map((entry) => itemOf(entry, textOf(entry.name)))
  } catch (error) {
    if (codeOf(error) === 'ENOENT' && path !== '') walk.vanished.push(path)
    else walk.problems.push({ text: `The folder ${shown(path || '.')} ${inWords(error)}.` })
    return undefined
  }
}

function kindOf(entry: Dirent<string | Buffer>): Item['kind'] {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  return entry.isSymbolicLink() ? 'link' : 'other'
}

function noteReason(walk: Walk, folder: Folder, item: Item, judgement: Judgement, reason: string): void {
  const { about, isEntered } = judgement
  const path = below(folder.path, item.name)
  if (walk.watched.has(path)) walk.reasons.set(path, reason)
  if (!walk.innerReasons.has(folder.path)) walk.innerReasons.set(folder.path, reason)
  if (about === 'environment') walk.environmentFiles.push(path)
  if (about === 'credentials') walk.credentials.push(path)
  if (about === 'gitignore' && !isEntered && !folder.repository?.index) {
    walk.untold.push({ path, ignoredAt: folder.ignoredAt ?? (folder.path || path) })
  }
  if (about === 'development state') {
    const isTracked = item.kind === 'folder' && (folder.repository?.index?.holds(ownPath(folder, item.name)) ?? false)
    ;(isTracked ? walk.trackedState : walk.developmentState).push(path)
  }
}

/** From now on the user decides what goes in of the folder. */
function noteReopened(walk: Walk, folder: Folder, { inside }: Judgement): void {
  for (const path of [folder.ignoredAt, inside.ignoredAt, folder.path]) if (path) walk.reopened.add(path)
}

function addItem(walk: Walk, folder: Folder, item: Item): void {
  const path = below(folder.path, item.name)
  if (item.kind === 'file') addFile(walk, folder, item.name, path)
  else walk.special.push(path)
}

/** @param name of the file in its real folder; `path` is where it goes in the archive */
function addFile(walk: Walk, folder: Folder, name: string, path: string): void {
  const source = `${folder.source}${folder.source.endsWith(sep) ? '' : sep}${name}`
  let status: Stats
  try {
    // Many small calls: a trip to the thread pool for each would take ten times as long.
    status = lstatSync(onDisk(source))
  } catch (error) {
    if (codeOf(error) === 'ENOENT' && !walk.goesIn.has(path)) walk.vanished.push(path)
    else walk.problems.push({ text: `${shown(path)} ${inWords(error)}.` })
    return
  }
  if (walk.environmentNodes.has(nodeOf(status) ?? '')) {
    walk.environmentFiles.push(path)
    return
  }
  const tracked = folder.repository?.index?.find(ownPath(folder, name))
  const isAsked = tracked || walk.goesIn.has(path) || isIncludedByName(walk, folder, name, path)
  if (!isAsked && isCredentialFile(source, name, status)) {
    walk.credentials.push(path)
    return
  }
  const isProgram = process.platform !== 'win32' && (status.mode & 0o100) !== 0
  walk.entries.push({
    kind: 'file',
    path,
    source,
    size: status.size,
    // Not every system has such a bit, but git has.
    executable: isProgram || tracked?.mode === '100755',
    isNamed: walk.goesIn.has(path),
    object: tracked?.mode.startsWith('100') ? tracked.object : undefined
  })
}

function isIncludedByName({ include, root }: Walk, { place }: Folder, name: string, path: string): boolean {
  return include.names(below(root, path), false) || include.names(below(place, name), false)
}

/** A key under any name, which its content alone tells. */
function isCredentialFile(source: string, name: string, status: Stats): boolean {
  if (!mayHoldCredentials(name) || !status.isFile() || status.size > LARGEST_CREDENTIALS) return false
  try {
    const descriptor = openSync(onDisk(source), 'r')
    try {
      const content = Buffer.alloc(status.size)
      return revealsCredentials(content.subarray(0, readSync(descriptor, content, 0, content.length, 0)))
    } finally {
      closeSync(descriptor)
    }
  } catch {
    // The packing tells what cannot be read.
    return false
  }
}

/** Git writes a link as a file with its target where the system has no links; what a step wrote in its place is a file. */
function isLink(folder: Folder, { name, kind }: Item): boolean {
  if (kind !== 'file') return kind === 'link'
  const tracked = folder.repository?.index?.find(ownPath(folder, name))
  return tracked?.mode === '120000' && holdsObject(join(folder.source, name), tracked.object)
}

/** Packs what a link leads to, in the link's place. */
async function addLink(walk: Walk, folder: Folder, item: Item, judgement: Judgement): Promise<void> {
  const { workspace } = walk.project
  const path = below(folder.path, item.name)
  const isKept = judgement.reason === undefined
  // Something in the folder behind it may be named.
  if (!isKept && !walk.watched.has(path)) return
  const end = await findEnd(walk, join(folder.source, item.name), item.kind === 'link')
  if (end.kind === 'unreadable') walk.problems.push({ text: `The symbolic link ${shown(path)} ${inWords(end.error)}.` })
  if (end.kind === 'circle') walk.circles.push(path)
  if (end.kind === 'nowhere') walk.dangling.push(path)
  if (end.kind !== 'real') return
  if (!isInside(workspace, end.real)) {
    const isTracked = folder.repository?.index?.find(ownPath(folder, item.name)) !== undefined
    // A step has left it, such as that of an interpreter or of a build tool.
    if (folder.repository?.index && !isTracked && !walk.watched.has(path) && !judgement.isBroughtBack) {
      walk.leaving.push(path)
      return
    }
    walk.problems.push({ text: leavingLink(path, end.real) })
    return
  }
  const place = relativeTo(workspace, end.real)
  const status = lstatSync(onDisk(end.real), { throwIfNoEntry: false })
  if (!status) {
    walk.vanished.push(path)
    return
  }
  const kind = status.isDirectory() ? 'folder' : status.isFile() ? 'file' : 'other'
  if (isHidden(walk, place, kind === 'file') || (await leadsIntoGit(walk, place))) {
    walk.hiddenEnds.push(path)
    if (walk.watched.has(path)) walk.reasons.set(path, `it leads to ${place}, which is never packed`)
    return
  }
  if (!walk.goesIn.has(path) && (await leadsToCredentials(walk, place, kind === 'file'))) {
    walk.credentials.push(path)
    return
  }
  const through = [...folder.through, folder.place]
  if (kind === 'folder' && through.some((each) => isWithin(place, each))) {
    walk.circles.push(path)
    return
  }
  if (kind === 'folder') {
    const { inside } = judgement
    const above = await rulesAbove(walk, place)
    const ignoredBy = isKept ? undefined : inside.ignoredBy
    const target = { ...folder, ...above, docker: inside.docker, ignoredBy, source: end.real, place, path, through }
    await listFolder(walk, target, { isKept })
  } else if (isKept && kind === 'file') {
    const home = parentOf(place)
    const repository = await walk.repositories.holding(home)
    addFile(walk, { ...folder, source: join(workspace, home), place: home, repository }, baseOf(place), path)
  } else if (isKept) walk.special.push(path)
}

/** @throws {ProjectError} when links have led to too much */
function countLinked(walk: Walk, { path }: Folder, items: number): void {
  walk.linked += items + 1
  if (walk.linked <= MOST_LINKED) return
  const place = `More than ${MOST_LINKED} files are reached by symbolic links, the last ones in ${shown(path)}.`
  throw new ProjectError([`${place} Leave out links that lead to each other with lines in .dockerignore.`])
}

/** Follows a link, and files that stand for links. */
async function findEnd(walk: Walk, source: string, isLink: boolean): Promise<LinkEnd> {
  const { workspace } = walk.project
  let end = isLink ? await followLink(source) : await followPlainLink(source)
  for (let hops = 0; end.kind === 'real' && isInside(workspace, end.real); hops += 1) {
    if (hops > MOST_HOPS) return { kind: 'circle' }
    const place = relativeTo(workspace, end.real)
    const repository = await walk.repositories.holding(parentOf(place))
    const own = repository?.root ? place.slice(repository.root.length + 1) : place
    const tracked = repository?.index?.find(own)
    if (tracked?.mode !== '120000' || !holdsObject(end.real, tracked.object)) return end
    end = await followPlainLink(end.real)
  }
  return end
}

/** Whether a place that a link leads to is one whose content is never packed, by any of its names. */
function isHidden(walk: Walk, place: string, isFile: boolean): boolean {
  if (walk.environmentPlaces.has(place)) return true
  const names = place.split('/')
  return names.some((name, index) => {
    return neverPacked(name, isFile && index === names.length - 1) !== undefined || isEnvironmentFile(name)
  })
}

/** Whether a place lies in a repository of git's own, in a part that git does not track itself. */
async function leadsIntoGit(walk: Walk, place: string): Promise<boolean> {
  for (const folder of withParents(parentOf(place))) {
    const entries = await readdir(onDisk(join(walk.project.workspace, folder)), { withFileTypes: true }).catch(() => [])
    if (isGitFolder(entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) })))) {
      return !(await tracks(walk, place))
    }
  }
  return false
}

/** Whether git tracks a place, or something in it. */
async function tracks(walk: Walk, place: string): Promise<boolean> {
  const repository = await walk.repositories.holding(parentOf(place))
  const own = repository?.root ? place.slice(repository.root.length + 1) : place
  return repository?.index?.holds(own) ?? false
}

async function leadsToCredentials(walk: Walk, place: string, isFile: boolean): Promise<boolean> {
  const suspects = withParents(place).filter((each) => holdsCredentials(each, isFile && each === place))
  return suspects.length > 0 && !(await tracks(walk, place))
}

/** The folders that lie in none of the others. */
function outermost(folders: readonly string[]): readonly string[] {
  return folders.filter((folder) => !folders.some((other) => other !== folder && isInside(other, folder)))
}

/** Everything that unpacking brings about: the entries and the folders that hold them. The root is the empty path. */
function packedPaths(entries: readonly Entry[]): ReadonlySet<string> {
  const paths = new Set([''])
  for (const { path } of entries) {
    for (let part = path; !paths.has(part); part = parentOf(part)) paths.add(part)
  }
  return paths
}

/** What is named must be in the archive. */
function checkNamed(walk: Walk): void {
  const paths = packedPaths(walk.entries)
  for (const path of walk.named.filter((each) => !paths.has(each))) {
    const inWorkspace = posix.join(walk.root, path)
    const line = walk.project.namedAt.get(inWorkspace)
    const place = line === undefined ? undefined : { file: walk.project.configLabel, line }
    const naming =
      path === walk.project.configPath
        ? `${shown(inWorkspace)} is the configuration and`
        : `${shown(inWorkspace)} is named by the configuration and`
    const text = `${naming} is not in the archive: ${reasonFor(walk, path)}.`
    walk.problems.push({ text: place ? `${place.file}:${place.line}: ${text}` : text, place })
  }
}

function reasonFor(walk: Walk, path: string): string {
  const reasons = withParents(path).flatMap((part) => walk.reasons.get(part) ?? [])
  const inner = walk.innerReasons.get(path)
  if (path.startsWith('../')) return 'it lies outside of the folder that is packed'
  const reason = reasons[0] ?? (inner && `all that is in it is left out, first by ${inner}`)
  return shown(reason ?? 'it does not exist, or cannot be read')
}

function leavingLink(path: string, target: string): string {
  return `The symbolic link ${shown(path)} leads out of the workspace (to ${shown(target)}). Replace it by the file, or leave it out with a line in .dockerignore.`
}
