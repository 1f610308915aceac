import type { PlacedItem } from './entry.ts'
import type { Folder } from './folder.ts'
import { below } from './paths.ts'
import { holdsCredentials, isEnvironmentFile, neverPacked } from './private-files.ts'
import type { Walk } from './walk.ts'

/** The decision about an item of a folder. */
export interface Judgement {
  /** Reason that the item is excluded; undefined if it is packed. */
  readonly reason?: string | undefined
  /** Kind of the reason, if the report needs it. */
  readonly about?: 'environment' | 'credentials' | 'development state' | 'gitignore' | undefined
  /** True if the item is packed only because of `include`. */
  readonly isBroughtBack?: boolean
  /** True for a folder whose contents can be packed, at least in part. */
  readonly isEntered: boolean
  /** Rules for the contents of a folder. */
  readonly inside: Pick<Folder, 'rules' | 'docker' | 'ignoredBy' | 'ignoredAt' | 'holdsCredentials'>
}

/** Decides whether an item of a folder is packed. Does not access the file system. */
export function judge(walk: Walk, folder: Folder, item: PlacedItem): Judgement {
  const { path } = item
  const never = neverPacked(item.name, item.kind)
  if (never) return leftOut(folder, never)
  if (isEnvironmentFile(item.name) || walk.environmentPlaces.has(item.place)) {
    return leftOut(folder, 'environment variable files are never packed', 'environment')
  }
  const isEntered = item.kind === 'folder'
  const found = applyRules(walk, folder, item)
  const { docker, rule } = found
  const inside = insideOf(folder, path, found)
  if (docker.length === 0 && rule === undefined) return { isEntered, inside }
  if (walk.goesIn.has(path)) {
    // The configuration names an ignored path, so rules from above do not apply in it either.
    return { isEntered, inside: { rules: walk.none, docker: [], ignoredBy: undefined } }
  }
  if (found.isIncluded) return { isBroughtBack: true, isEntered, inside }
  return {
    reason: docker[0]?.rules.ruleAgainst(seenFrom(docker[0].folder, path)) ?? rule,
    about: aboutOf(folder, found),
    isEntered: isEntered && mayHoldMore(walk, folder, path, found),
    inside
  }
}

/** Results of the separate rules for an item. */
interface Rulings {
  /** The .dockerignore files that exclude it. */
  readonly docker: Folder['docker']
  /** The git ignore rule that excludes it. */
  readonly ignored: string | undefined
  /** The rule of this action that excludes it. */
  readonly own: Pick<Judgement, 'reason' | 'about'> | undefined
  /** Reason from `ignored`, otherwise from `own`. */
  readonly rule: string | undefined
  /** True for a folder in which git tracks something. */
  readonly holdsTracked: boolean
  readonly isCredential: boolean
  /** True if a pattern of `include` matches it. */
  readonly isMatched: boolean
  /** True if `include` packs it; credentials require a pattern that names them. */
  readonly isIncluded: boolean
}

/** The mode of a submodule in git's index. */
const SUBMODULE = '160000'

function applyRules(walk: Walk, folder: Folder, item: PlacedItem): Rulings {
  const { place, path } = item
  const { index } = folder.repository ?? {}
  const isFolder = item.kind === 'folder'
  const tracked = index?.find(place)
  // Git tracks files and submodules. For other folders, each item in them is checked.
  const isTracked = isFolder ? tracked?.mode === SUBMODULE : tracked !== undefined
  const ignored = isTracked ? undefined : (folder.ignoredBy ?? folder.rules.ruleAgainst(place, item.kind))
  const own = isTracked ? undefined : ownReason(item)
  const isCredential = own?.about === 'credentials' || (folder.holdsCredentials === true && !isTracked)
  // Matching every item makes it possible to report patterns without a match.
  const isMatched = matchesInclude(walk, item) && !folder.isClosed
  return {
    docker: folder.docker.filter(({ folder: base, rules }) => rules.excludes(seenFrom(base, path))),
    ignored,
    own,
    rule: ignored ?? own?.reason,
    holdsTracked: isFolder && (index?.holds(place) ?? false),
    isCredential,
    isMatched,
    isIncluded: isMatched && (!isCredential || isNamedByInclude(walk, item))
  }
}

function insideOf(folder: Folder, path: string, found: Rulings): Judgement['inside'] {
  return {
    rules: folder.rules,
    docker: folder.docker,
    ignoredBy: found.rule,
    ignoredAt: found.ignored === undefined ? undefined : (folder.ignoredAt ?? path),
    holdsCredentials: found.isCredential && !found.isIncluded
  }
}

function aboutOf(folder: Folder, { docker, ignored, own, isCredential, isMatched }: Rulings): Judgement['about'] {
  // The folder that contains it is already reported.
  if (folder.holdsCredentials) return undefined
  if (isCredential && isMatched) return 'credentials'
  if (docker.length > 0) return undefined
  return ignored === undefined ? own?.about : 'gitignore'
}

/** True if something in an excluded folder can be packed. */
function mayHoldMore(walk: Walk, folder: Folder, path: string, { docker, rule, holdsTracked }: Rulings): boolean {
  if (walk.watched.has(path) || (!walk.include.isEmpty && !folder.isClosed)) return true
  const mayHoldTracked = rule === undefined || holdsTracked
  return mayHoldTracked && docker.every(({ folder: base, rules }) => rules.readmitsBelow(seenFrom(base, path)))
}

function leftOut({ rules, docker }: Folder, reason: string, about?: Judgement['about']): Judgement {
  return { reason, about, isEntered: false, inside: { rules, docker, ignoredBy: undefined } }
}

/** Folder of `langgraph dev` next to the configuration, with the developer's threads, checkpoints and store. */
const DEVELOPMENT_STATE = '.langgraph_api'

/** Returns the reason that this action excludes an item that git does not track. */
function ownReason({ name, kind, place }: PlacedItem): Rulings['own'] {
  if (kind === 'folder' && name === DEVELOPMENT_STATE) {
    return { reason: 'it is local state of `langgraph dev`', about: 'development state' }
  }
  return holdsCredentials(place, kind)
    ? { reason: 'it probably contains credentials, and git does not track it', about: 'credentials' }
    : undefined
}

/**
 * True if a pattern of `include` matches an item. An item that is reached through a link has two paths in the
 * workspace.
 */
function matchesInclude({ include, root }: Walk, { kind, path, place }: PlacedItem): boolean {
  if (include.isEmpty) return false
  const placed = below(root, path)
  return include.includes(placed, kind) || (placed !== place && include.includes(place, kind))
}

/** True if a pattern of `include` without wildcards names the item itself. */
export function isNamedByInclude(
  { include, root }: Walk,
  { kind, path, place }: Pick<PlacedItem, 'kind' | 'path' | 'place'>
): boolean {
  return include.names(below(root, path), kind) || include.names(place, kind)
}

/** Converts a path in the archive to a path relative to a folder in the archive. */
function seenFrom(folder: string, path: string): string {
  return folder === '' ? path : path.slice(folder.length + 1)
}
