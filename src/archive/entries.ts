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

/** The most items that links may lead to: links that lead to each other can multiply without end. */
const MOST_LINKED = 100_000

/**
 * Lists what goes into the archive of a project: everything in its folders but what `.dockerignore` files (of the
 * project's folders) leave out, what `.gitignore` files (of every folder, and of those above up to the repository's root)
 * leave out and git does not track, and what never goes in. What the configuration names and what `include` matches goes
 * in all the same. A link goes in as what it leads to. Like git, the archive has no entries for folders; empty
 * folders are the exception.
 *
 * @throws {ProjectError} with everything that is named and cannot be packed, every link that leaves the workspace and
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
 * The project's folders, and what is named beside them; none of it twice.
 *
 * @returns folders to begin in, and the one item in each to list, if not all
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

/** The folders that lie in none of the others. */
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
 * Lists what goes in of a folder and of all those in it.
 *
 * @param given.isKept whether the folder itself goes in, and not only some of what it holds
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

/** @throws {ProjectError} when links have led to too much */
function countLinked(walk: Walk, { path }: Folder, items: number): void {
  walk.linked += items + 1
  if (walk.linked <= MOST_LINKED) return
  const place = `More than ${MOST_LINKED} files are reached by symbolic links, the last ones in ${shown(path)}.`
  throw new ProjectError([`${place} Exclude links that point to each other in .dockerignore.`])
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

/** Notes that `include` chooses what is packed of a folder that git ignores. */
function noteReopened(walk: Walk, folder: Folder, { inside }: Judgement): void {
  for (const path of [folder.ignoredAt, inside.ignoredAt, folder.path]) if (path) walk.reopened.add(path)
}

/** Packs what a link leads to, in the link's place. */
async function addLink(walk: Walk, folder: Folder, item: PlacedItem, judgement: Judgement): Promise<void> {
  const isKept = judgement.reason === undefined
  // Something in the folder behind it may be named.
  if (!isKept && !walk.watched.has(item.path)) return
  const target = await followLink(walk, folder, item, judgement)
  if (target?.kind === 'folder') await listFolder(walk, target.folder, { isKept })
  else if (!target || !isKept) return
  else if (target.kind === 'file') addFile(walk, target.repository, target)
  else walk.special.push(item.path)
}

/** @param repository the one that the file really lies in */
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
    // Not every system has such a bit, but git has.
    executable: isProgram || tracked?.mode === '100755',
    isNamed: walk.goesIn.has(path),
    object: tracked?.mode.startsWith('100') ? tracked.object : undefined
  })
}

function statusOf(walk: Walk, source: string, path: string): Stats | undefined {
  try {
    // Many small calls: a trip to the thread pool for each would take ten times as long.
    return lstatSync(onDisk(source))
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT' && !walk.goesIn.has(path)) walk.vanished.push(path)
    else walk.problems.push({ text: `${shown(path)} ${whyRefused(error)}.` })
    return undefined
  }
}
