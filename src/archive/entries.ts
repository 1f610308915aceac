import { lstatSync, type Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { Location, PlacedItem } from './entry.ts'
import { type Folder, openFolder, rulesAbove } from './folder.ts'
import { isNamedByInclude, type Judgement, judge } from './judgement.ts'
import { followLink, isLink } from './links.ts'
import { type Listing, listingOf, problemsOfNamed } from './listing-report.ts'
import { baseOf, below, isInside, onDisk, parentOf, relativeTo } from './paths.ts'
import { holdsKey } from './private-files.ts'
import type { Project } from './project.ts'
import { fileErrorCode, ProjectError, shown, whyRefused } from './project-error.ts'
import type { Repository } from './repository.ts'
import { type ListingOptions, startWalk, type Walk } from './walk.ts'

/** Limit on items that are reached through links, because links that point to each other can multiply without end. */
const MOST_LINKED = 100_000

/**
 * Lists the entries of a project's archive: everything in its folders except
 * - what a `.dockerignore` in one of the project's folders excludes,
 * - what a `.gitignore` (in any folder, up to the root of the repository) excludes and git does not track, and
 * - what is never packed.
 *
 * Paths that the configuration names or `include` matches are packed even if they are excluded. A link is replaced by
 * its target. As in git, only files have entries, with one exception: empty folders.
 *
 * @throws {ProjectError} with all named paths that cannot be packed, all links that point outside the workspace, and
 * everything that cannot be read
 */
export async function listEntries(project: Project, options: ListingOptions = {}): Promise<Listing> {
  const walk = await startWalk(project, options)
  for (const { place, only } of await placesToStart(walk)) await listFrom(walk, place, only)
  const problems = [...walk.problems, ...problemsOfNamed(walk)]
  if (problems.length === 0) return listingOf(walk)
  const place = problems.find((problem) => problem.place)?.place
  const texts = problems.map(({ text }) => text)
  throw new ProjectError(texts, { place })
}

/**
 * Returns the project's folders, and the named paths outside them, each only once.
 *
 * @returns folders to list; `only` limits a folder to one item
 */
async function placesToStart({
  project,
  named
}: Walk): Promise<readonly { readonly place: string; readonly only?: string }[]> {
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

/** Returns the folders that are not inside another one. */
function outermost(folders: readonly string[]): readonly string[] {
  return folders.filter((folder) => !folders.some((other) => other !== folder && isInside(other, folder)))
}

async function listFrom(walk: Walk, place: string, only: string | undefined): Promise<void> {
  const source = join(walk.project.workspace, place)
  const above = await rulesAbove(walk, place)
  const folder = { ...above, source, place, path: relativeTo(walk.project.root, source), docker: [], through: [] }
  await listFolder(walk, folder, { isKept: true, isStart: true, only })
}

/**
 * Lists the entries of a folder and of its subfolders.
 *
 * @param given.isKept true if the folder itself is packed; false if only some of its contents are
 * @param given.isStart true if the listing starts in this folder
 * @param given.only name of the one item to list
 */
async function listFolder(
  walk: Walk,
  outer: Folder,
  given: { readonly isKept: boolean; readonly isStart?: boolean; readonly only?: string | undefined }
): Promise<void> {
  const { isKept, isStart = false, only } = given
  const opened = await openFolder(walk, outer, { isStart })
  if (!opened) return
  const { folder, items } = opened
  if (folder.through.length > 0) countLinked(walk, folder, items.length)
  if (folder.repository && !folder.repository.index) walk.unasked.add(folder.repository.root)
  for (const { name, kind } of only === undefined ? items : items.filter((item) => item.name === only)) {
    const source = `${folder.source}${folder.source.endsWith(sep) ? '' : sep}${name}`
    const item = { name, kind, source, place: below(folder.place, name), path: below(folder.path, name) }
    await listItem(walk, folder, item)
  }
  if (isKept && items.length === 0 && folder.path !== '') walk.entries.push({ kind: 'folder', path: folder.path })
}

async function listItem(walk: Walk, folder: Folder, item: PlacedItem): Promise<void> {
  const judgement = judge(walk, folder, item)
  const { reason, isBroughtBack, isEntered, inside } = judgement
  if (reason !== undefined) noteReason(walk, folder, item, judgement, reason)
  if (isBroughtBack) noteReopened(walk, folder, judgement)
  const { source, place, path } = item
  if (isLink(folder, item)) await addLink(walk, folder, item, judgement)
  else if (item.kind === 'folder') {
    if (isEntered) await listFolder(walk, { ...folder, ...inside, source, place, path }, { isKept: !reason })
  } else if (reason !== undefined) return
  else if (item.kind === 'file') addFile(walk, folder.repository, item)
  else walk.special.push(path)
}

/** @throws {ProjectError} if links lead to too many items */
function countLinked(walk: Walk, { path }: Folder, items: number): void {
  walk.linked += items + 1
  if (walk.linked <= MOST_LINKED) return
  const place = `More than ${MOST_LINKED} files are reached through symbolic links, the last ones in ${shown(path)}.`
  throw new ProjectError([`${place} Use .dockerignore to exclude links that point to each other.`])
}

function noteReason(walk: Walk, folder: Folder, item: PlacedItem, judgement: Judgement, reason: string): void {
  const { about, isEntered } = judgement
  const { path, place, kind } = item
  const index = folder.repository?.index
  if (walk.watched.has(path)) walk.reasons.set(path, reason)
  if (!walk.innerReasons.has(folder.path)) walk.innerReasons.set(folder.path, reason)
  if (about === 'environment') walk.environmentFiles.push(path)
  if (about === 'credentials') walk.credentials.push(path)
  if (about === 'gitignore' && !isEntered && !index) {
    walk.untold.push({ path, ignoredAt: folder.ignoredAt ?? (folder.path || path) })
  }
  if (about === 'development state') {
    const isTracked = kind === 'folder' && (index?.holds(place) ?? false)
    ;(isTracked ? walk.trackedState : walk.developmentState).push(path)
  }
}

/** Notes that `include` selects some contents of a folder that git ignores. */
function noteReopened(walk: Walk, folder: Folder, { inside }: Judgement): void {
  for (const path of [folder.ignoredAt, inside.ignoredAt, folder.path]) if (path) walk.reopened.add(path)
}

/** Packs the target of a link under the path of the link. */
async function addLink(walk: Walk, folder: Folder, item: PlacedItem, judgement: Judgement): Promise<void> {
  const isKept = judgement.reason === undefined
  // The configuration might name something in the folder that the link points to.
  if (!isKept && !walk.watched.has(item.path)) return
  const target = await followLink(walk, folder, item, judgement)
  if (target?.kind === 'folder') await listFolder(walk, target.folder, { isKept })
  else if (!target || !isKept) return
  else if (target.kind === 'file') addFile(walk, target.repository, target)
  else walk.special.push(item.path)
}

/** @param repository the one that contains the file itself, not a link to it */
function addFile(walk: Walk, repository: Repository | undefined, { source, place, path }: Location): void {
  const status = statusOf(walk, source, path)
  if (!status) return
  if (walk.isVariablesFile(status)) {
    walk.environmentFiles.push(path)
    return
  }
  const tracked = repository?.index?.find(place)
  const isAsked = tracked || walk.goesIn.has(path) || isNamedByInclude(walk, { kind: 'file', path, place })
  if (!isAsked && holdsKey(source, status)) {
    walk.credentials.push(path)
    return
  }
  const isProgram = process.platform !== 'win32' && (status.mode & 0o100) !== 0
  walk.entries.push({
    kind: 'file',
    path,
    source,
    size: status.size,
    // Windows has no executable bit, but git's index does.
    executable: isProgram || tracked?.mode === '100755',
    isNamed: walk.goesIn.has(path),
    object: tracked?.mode.startsWith('100') ? tracked.object : undefined
  })
}

function statusOf(walk: Walk, source: string, path: string): Stats | undefined {
  try {
    // Synchronous: for so many small calls, the thread pool would take ten times as long.
    return lstatSync(onDisk(source))
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT' && !walk.goesIn.has(path)) walk.vanished.push(path)
    else walk.problems.push({ text: `${shown(path)} ${whyRefused(error)}.` })
    return undefined
  }
}
