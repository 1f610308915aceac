import { lstatSync, readFileSync } from 'node:fs'
import { readFile, realpath } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Entry, Location, PlacedItem } from './entry.ts'
import { type Folder, isGitFolderAt, rulesAbove } from './folder.ts'
import type { Judgement } from './judgement.ts'
import { createObjectName } from './line-ends.ts'
import { isInside, isWithin, onDisk, parentOf, relativeTo, textOfBytes, withParents } from './paths.ts'
import { holdsCredentials, isEnvironmentFile, neverPacked } from './private-files.ts'
import { fileErrorCode, shown, whyRefused } from './project-error.ts'
import type { Repository } from './repository.ts'
import type { Walk } from './walk.ts'

/** The target of a link, which is packed instead of the link. */
type LinkTarget =
  | { readonly kind: 'folder'; readonly folder: Folder }
  | ({ readonly kind: 'file'; readonly repository: Repository | undefined } & Location)
  | { readonly kind: 'other' }

/** The longest link target that file systems support, in bytes. */
const LONGEST_TARGET = 4096

/** Number of links in a row that Linux follows before it reports a circle. */
const MOST_HOPS = 40

/** True if an item is a link, or a file that git wrote in place of a link. */
export function isLink({ repository }: Folder, { kind, place, source }: PlacedItem): boolean {
  return kind === 'link' || (kind === 'file' && isPlainLink(repository, place, source))
}

/**
 * Finds the target of a link that can be packed.
 *
 * @returns undefined if the link is excluded, which is noted
 */
export async function followLink(
  walk: Walk,
  folder: Folder,
  item: PlacedItem,
  judgement: Judgement
): Promise<LinkTarget | undefined> {
  const { path } = item
  const real = await findEnd(walk, item)
  if (real === undefined) return undefined
  if (!isInside(walk.project.workspace, real)) return leaveOutOutside(walk, folder, item, judgement, real)
  const status = lstatSync(onDisk(real), { throwIfNoEntry: false })
  if (!status) {
    walk.vanished.push(path)
    return undefined
  }
  const place = relativeTo(walk.project.workspace, real)
  const kind = status.isDirectory() ? 'folder' : status.isFile() ? 'file' : 'other'
  if (await isWithheld(walk, { path, place, kind: kind === 'file' ? 'file' : 'folder' })) return undefined
  const target = { place, path, source: real }
  if (kind === 'folder') return folderTarget(walk, folder, judgement, target)
  if (kind === 'other') return { kind }
  return { kind, repository: await walk.repositories.holding(parentOf(place)), ...target }
}

async function folderTarget(
  walk: Walk,
  folder: Folder,
  judgement: Judgement,
  target: Location
): Promise<LinkTarget | undefined> {
  const through = [...folder.through, folder.place]
  if (through.some((each) => isWithin(target.place, each))) {
    walk.circles.push(target.path)
    return undefined
  }
  const { docker, ignoredBy } = judgement.inside
  const above = await rulesAbove(walk, target.place)
  const own = { docker, ignoredBy: judgement.reason === undefined ? undefined : ignoredBy, through }
  return { kind: 'folder', folder: { ...folder, ...above, ...own, ...target } }
}

/**
 * Notes a link that points outside the workspace. It is a problem, unless it is untracked and not named: an interpreter
 * or a build tool of an earlier step probably created it.
 */
function leaveOutOutside(
  walk: Walk,
  folder: Folder,
  { path, place }: PlacedItem,
  { isBroughtBack }: Judgement,
  real: string
): undefined {
  const index = folder.repository?.index
  const isTracked = index?.find(place) !== undefined
  if (index && !isTracked && !walk.watched.has(path) && !isBroughtBack) walk.leaving.push(path)
  else {
    walk.problems.push({
      text: `The symbolic link ${shown(path)} points outside the workspace (to ${shown(real)}). Replace it with the file, or exclude it in .dockerignore.`
    })
  }
}

/** True if a link points to something that is never packed, or to credentials that the configuration does not name. */
async function isWithheld(
  walk: Walk,
  { path, place, kind }: { readonly path: string; readonly place: string; readonly kind: Entry['kind'] }
): Promise<boolean> {
  if (isHidden(walk, place, kind) || (await leadsIntoGit(walk, place))) {
    walk.hiddenEnds.push(path)
    if (walk.watched.has(path)) walk.reasons.set(path, `it points to ${place}, which is never packed`)
    return true
  }
  if (walk.goesIn.has(path) || !(await leadsToCredentials(walk, place, kind))) return false
  walk.credentials.push(path)
  return true
}

/** True if a name in the path means that its content is never packed. */
function isHidden(walk: Walk, place: string, kind: Entry['kind']): boolean {
  if (walk.environmentPlaces.has(place)) return true
  const names = place.split('/')
  return names.some((name, index) => {
    return neverPacked(name, index === names.length - 1 ? kind : 'folder') !== undefined || isEnvironmentFile(name)
  })
}

/** True if a path is inside a repository without a working tree, and git does not track it. */
async function leadsIntoGit(walk: Walk, place: string): Promise<boolean> {
  for (const folder of withParents(parentOf(place))) {
    if (await isGitFolderAt(join(walk.project.workspace, folder))) return !(await isTracked(walk, place))
  }
  return false
}

async function leadsToCredentials(walk: Walk, place: string, kind: Entry['kind']): Promise<boolean> {
  const suspects = withParents(place).filter((each) => holdsCredentials(each, each === place ? kind : 'folder'))
  return suspects.length > 0 && !(await isTracked(walk, place))
}

/** True if git tracks a path, or something below it. */
async function isTracked(walk: Walk, place: string): Promise<boolean> {
  const repository = await walk.repositories.holding(parentOf(place))
  return repository?.index?.holds(place) ?? false
}

/**
 * Follows a link, and files that git wrote in place of links.
 *
 * @returns the target, absolute and without links; undefined if it cannot be read, which is noted
 */
async function findEnd(walk: Walk, { path, source, kind }: PlacedItem): Promise<string | undefined> {
  const { workspace } = walk.project
  try {
    let end = kind === 'link' ? await realPathOf(source) : await endOfPlainLink(source)
    for (let hops = 0; hops <= MOST_HOPS; hops += 1) {
      if (!isInside(workspace, end)) return end
      const place = relativeTo(workspace, end)
      if (!isPlainLink(await walk.repositories.holding(parentOf(place)), place, end)) return end
      end = await endOfPlainLink(end)
    }
    walk.circles.push(path)
  } catch (error) {
    const code = fileErrorCode(error)
    if (code === 'ELOOP') walk.circles.push(path)
    else if (code === 'ENOENT' || code === 'ENOTDIR') walk.dangling.push(path)
    else walk.problems.push({ text: `The symbolic link ${shown(path)} ${whyRefused(error)}.` })
  }
  return undefined
}

/** Returns the target of a link that git wrote as a plain file, which contains the target. */
async function endOfPlainLink(source: string): Promise<string> {
  return realPathOf(resolve(dirname(source), textOfBytes(await readFile(onDisk(source)))))
}

async function realPathOf(path: string): Promise<string> {
  return textOfBytes(await realpath(onDisk(path), 'buffer'))
}

/** True if git wrote a link as a plain file, as it does on Windows. A file whose content was changed is not a link. */
function isPlainLink(repository: Repository | undefined, place: string, source: string): boolean {
  const tracked = repository?.index?.find(place)
  return tracked?.mode === '120000' && holdsObject(source, tracked.object)
}

/** True if a file still has the content that git wrote. @param object object name in the index */
function holdsObject(source: string, object: string): boolean {
  try {
    if (lstatSync(onDisk(source)).size > LONGEST_TARGET) return false
    const content = readFileSync(onDisk(source))
    return createObjectName(object, content.length).update(content).digest('hex') === object
  } catch {
    return false
  }
}
