import { isUtf8 } from 'node:buffer'
import { type Dirent, lstatSync, type Stats } from 'node:fs'
import { readdir, readlink } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { createIgnoreRules, type IgnoreFile, type IgnoreRules } from './ignore-rules.ts'
import { followLink } from './links.ts'
import { isInside, relativeTo } from './paths.ts'
import type { Project } from './project.ts'
import { inWords, ProjectError, shown, shownList } from './project-error.ts'

/** One thing in the archive. `path`: seen from the root, with forward slashes. */
export type Entry = FileEntry | LinkEntry | FolderEntry

export interface FileEntry {
  readonly kind: 'file'
  readonly path: string
  /** Where it is read from; absolute. */
  readonly source: string
  /** In bytes, when it was listed. */
  readonly size: number
  readonly executable: boolean
}

/** A symbolic link that stays inside the root. */
export interface LinkEntry {
  readonly kind: 'link'
  readonly path: string
  readonly target: string
}

/** A folder with nothing in it; other folders come with what they hold. */
export interface FolderEntry {
  readonly kind: 'folder'
  readonly path: string
}

export interface Listing {
  /** Sorted by the bytes of their paths. */
  readonly entries: readonly Entry[]
  readonly notices: readonly string[]
}

/** Folders that LangSmith's own tool never packs, at any depth. */
const NEVER_PACKED = new Set(['__pycache__', '.git', '.venv', 'venv', 'node_modules', '.tox', '.mypy_cache'])

/**
 * Lists what goes into the archive of a project: everything in its folders but what `.gitignore` files (of every
 * folder, and of those above up to the workspace) and `.dockerignore` files (of the project's folders) leave out, and
 * what never goes in. Like git it holds no folder for its own sake, but for empty ones.
 *
 * @throws {ProjectError} with every link that leaves the root, every name that is no UTF-8 and everything that cannot
 * be read; or when the config file itself is left out
 */
export async function listEntries(project: Project): Promise<Listing> {
  const walk = startWalk(project)
  const none = await createIgnoreRules(project.workspace)
  for (const folder of outermost(project.folders)) {
    await listFolder(walk, folder, await rulesAbove(none, project.workspace, folder))
  }
  const paths = packedPaths(walk.entries)
  if (!paths.has(project.configPath)) walk.problems.push(configLeftOut(project, walk))
  if (walk.problems.length > 0) throw new ProjectError(walk.problems)
  return {
    entries: walk.entries.sort((left, right) => compareBytes(left.path, right.path)),
    notices: noticesOf(walk, paths)
  }
}

function namedFromRoot({ workspace, root, named }: Project): readonly string[] {
  return named.map((path) => relativeTo(root, join(workspace, path)))
}

interface Walk {
  readonly project: Project
  readonly entries: Entry[]
  readonly problems: string[]
  /** Why something was left out that the config names, or that holds it. */
  readonly reasons: Map<string, string>
  /** What the config names, and the folders on the way there. */
  readonly watched: ReadonlySet<string>
  readonly environmentFiles: string[]
  readonly ignoredEnvironmentFiles: string[]
  readonly special: string[]
  readonly linkEnds: { readonly path: string; readonly end: string }[]
}

function startWalk(project: Project): Walk {
  const named = [project.configPath, ...namedFromRoot(project)]
  return {
    project,
    entries: [],
    problems: [],
    reasons: new Map(),
    watched: new Set(named.flatMap(withParents)),
    environmentFiles: [],
    ignoredEnvironmentFiles: [],
    special: [],
    linkEnds: []
  }
}

/**
 * The rules that the folders above bring along. Where they leave the folder itself out they do not count: the config
 * names it, which says more.
 */
async function rulesAbove(none: IgnoreRules, workspace: string, folder: string): Promise<IgnoreRules> {
  if (folder === workspace) return none
  let rules = none
  for (const parent of ['', ...withParents(relativeTo(workspace, dirname(folder))).toReversed()]) {
    rules = await rules.enter(parent, ['.gitignore'])
  }
  return rules.ruleAgainst(relativeTo(workspace, folder), true) ? none : rules
}

/** @returns whether anything was packed, or there was nothing at all */
async function listFolder(walk: Walk, folder: string, above: IgnoreRules): Promise<boolean> {
  const { workspace, root, folders } = walk.project
  const items = await readItems(walk, folder)
  const has = (file: IgnoreFile) => items.some(({ name }) => name === file)
  const files = [
    ...(has('.gitignore') ? ['.gitignore' as const] : []),
    // Further down it is another image's own, such as that of a service beside the agent.
    ...(has('.dockerignore') && folders.includes(folder) ? ['.dockerignore' as const] : [])
  ]
  const rules = await above.enter(relativeTo(workspace, folder), files)

  let packed = false
  for (const item of items) {
    const source = join(folder, item.name)
    const path = relativeTo(root, source)
    const reason = reasonAgainst(walk, item, path, rules.ruleAgainst(relativeTo(workspace, source), item.isDirectory()))
    if (reason !== undefined) {
      if (walk.watched.has(path)) walk.reasons.set(path, reason)
    } else if (item.isDirectory()) packed = (await listFolder(walk, source, rules)) || packed
    else packed = (await addItem(walk, item, source, path)) || packed
  }
  if (items.length === 0 && folder !== root) walk.entries.push({ kind: 'folder', path: relativeTo(root, folder) })
  return packed || items.length === 0
}

async function readItems(walk: Walk, folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    walk.problems.push(`The folder ${shown(relativeTo(walk.project.root, folder) || '.')} ${inWords(error)}.`)
    return []
  }
}

/** Why an item is left out; nothing when it goes in. */
function reasonAgainst(walk: Walk, item: Dirent, path: string, rule: string | undefined): string | undefined {
  const { name } = item
  if (name.toLowerCase() === '.git') return 'what git keeps for itself is never packed'
  if (NEVER_PACKED.has(name) && !item.isFile()) return `a folder named ${name} is never packed`
  if (/^gha-creds-.*\.json$/.test(name)) return 'credentials of google-github-actions/auth are never packed'
  const isEnvironmentFile = name.startsWith('.env')
  if (rule !== undefined) {
    if (isEnvironmentFile && walk.project.includeEnvFiles) walk.ignoredEnvironmentFiles.push(`${path} by ${rule}`)
    return rule
  }
  if (isEnvironmentFile && !walk.project.includeEnvFiles) {
    walk.environmentFiles.push(path)
    return 'names that begin with .env are packed with `include-env-files: true` only'
  }
  return undefined
}

/** @returns whether it was packed */
async function addItem(walk: Walk, item: Dirent, source: string, path: string): Promise<boolean> {
  if (item.isSymbolicLink()) return addLink(walk, source, path)
  if (!item.isFile()) {
    walk.special.push(path)
    return false
  }
  let status: Stats
  try {
    // Many small calls: a trip to the thread pool for each would take ten times as long.
    status = lstatSync(source)
  } catch (error) {
    const fault = path.includes('\uFFFD') ? 'has a name that is no valid UTF-8; rename it' : inWords(error)
    walk.problems.push(`${shown(path)} ${fault}.`)
    return false
  }
  walk.entries.push({ kind: 'file', path, source, size: status.size, executable: (status.mode & 0o100) !== 0 })
  return true
}

async function addLink(walk: Walk, source: string, path: string): Promise<boolean> {
  const { root } = walk.project
  let bytes: Buffer
  try {
    bytes = await readlink(source, 'buffer')
  } catch (error) {
    walk.problems.push(`${shown(path)} ${inWords(error)}.`)
    return false
  }
  const target = bytes.toString().split(sep).join('/')
  const end = await followLink(root, path, target)
  if (!isUtf8(bytes)) walk.problems.push(`The symbolic link ${shown(path)} leads to a name that is no valid UTF-8.`)
  else if (end === undefined) walk.problems.push(leavingLink(path, target))
  else {
    walk.entries.push({ kind: 'link', path, target })
    walk.linkEnds.push({ path, end })
    return true
  }
  return false
}

/** Everything that unpacking brings about: the entries and the folders that hold them. The root is the empty path. */
function packedPaths(entries: readonly Entry[]): ReadonlySet<string> {
  const paths = new Set([''])
  for (const { path } of entries) {
    for (let part = path; !paths.has(part); part = parentOf(part)) paths.add(part)
  }
  return paths
}

/** Characters beyond U+FFFF are two units below U+E000 in a string, but come last in UTF-8. */
function compareBytes(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index += 1) {
    const difference = left.charCodeAt(index) - right.charCodeAt(index)
    if (difference !== 0) return rank(left.charCodeAt(index)) - rank(right.charCodeAt(index))
  }
  return left.length - right.length
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

/** The folders that lie in none of the others. */
function outermost(folders: readonly string[]): readonly string[] {
  return folders.filter((folder) => !folders.some((other) => other !== folder && isInside(other, folder)))
}

/** The path and the folders that hold it, the deepest first, without the root. */
function withParents(path: string): readonly string[] {
  return path === '' ? [] : [path, ...withParents(parentOf(path))]
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

function noticesOf(walk: Walk, paths: ReadonlySet<string>): readonly string[] {
  const { environmentFiles, ignoredEnvironmentFiles, special, linkEnds, project } = walk
  const dangling = linkEnds.filter(({ end }) => !paths.has(end)).map(({ path }) => path)
  const notices = namedFromRoot(project)
    .filter((path) => !paths.has(path))
    .map(
      (path) =>
        `${shown(project.configPath)} names ${shown(path)}, which is not in the archive: ${reasonFor(walk, path)}.`
    )
  if (environmentFiles.length > 0) {
    const cure = 'Their values belong into `secrets`; `include-env-files: true` packs the files.'
    notices.push(`Left out, since their names begin with .env: ${shownList(environmentFiles)}. ${cure}`)
  }
  if (ignoredEnvironmentFiles.length > 0) {
    notices.push(`Left out in spite of \`include-env-files\`: ${shownList(ignoredEnvironmentFiles)}.`)
  }
  if (special.length > 0) notices.push(`Left out, since they are no files: ${shownList(special)}.`)
  if (dangling.length > 0) {
    notices.push(`Symbolic links to what is not in the archive, where they will lead nowhere: ${shownList(dangling)}.`)
  }
  return notices
}

function configLeftOut({ configPath }: Project, walk: Walk): string {
  const cure = 'Add an exception such as `!langgraph.json` behind that rule, or move the file.'
  return `${shown(configPath)} must go into the archive but is left out: ${reasonFor(walk, configPath)}. ${cure}`
}

function reasonFor(walk: Walk, path: string): string {
  const culprit = withParents(path).find((part) => walk.reasons.has(part))
  return shown((culprit && walk.reasons.get(culprit)) ?? 'it cannot be read')
}

function leavingLink(path: string, target: string): string {
  return `The symbolic link ${shown(path)} leads out of what is deployed (to ${shown(target)}). Replace it by the file, or leave it out with a line in .dockerignore.`
}
