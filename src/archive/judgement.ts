import type { PlacedItem } from './entry.ts'
import type { Folder } from './folder.ts'
import { below } from './paths.ts'
import { holdsCredentials, isEnvironmentFile, neverPacked } from './private-files.ts'
import type { Walk } from './walk.ts'

export interface Judgement {
  /** Why it is left out; nothing when it goes in. */
  readonly reason?: string | undefined
  /** The kind of the reason, where the report tells more about it. */
  readonly about?: 'environment' | 'credentials' | 'development state' | 'gitignore' | undefined
  /** Whether only `include` lets it in. */
  readonly isBroughtBack?: boolean
  /** Of a folder, whether something in it can go in. */
  readonly isEntered: boolean
  /** What holds inside of a folder. */
  readonly inside: Pick<Folder, 'rules' | 'docker' | 'ignoredBy' | 'ignoredAt' | 'holdsCredentials'>
}

/** Decides whether an item of a folder goes into the archive. Reads nothing. */
export function judge(walk: Walk, folder: Folder, item: PlacedItem): Judgement {
  const { path } = item
  const never = neverPacked(item.name, item.kind)
  if (never) return leftOut(folder, never)
  if (isEnvironmentFile(item.name) || walk.environmentPlaces.has(item.place)) {
    return leftOut(folder, 'files of environment variables are never packed', 'environment')
  }
  const isEntered = item.kind === 'folder'
  const found = applyRules(walk, folder, item)
  const { docker, rule } = found
  const inside = insideOf(folder, path, found)
  if (docker.length === 0 && rule === undefined) return { isEntered, inside }
  if (walk.goesIn.has(path)) {
    // The configuration names it although it is ignored, so no rule from above counts in it either.
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

/** What the rules say of an item, each by itself. */
interface Rulings {
  /** The .dockerignore files that leave it out. */
  readonly docker: Folder['docker']
  /** The rule of git that leaves it out. */
  readonly ignored: string | undefined
  /** What leaves it out without a rule of the project. */
  readonly own: Pick<Judgement, 'reason' | 'about'> | undefined
  /** The first of both. */
  readonly rule: string | undefined
  /** Of a folder, whether git tracks something in it. */
  readonly holdsTracked: boolean
  readonly isCredential: boolean
  /** Whether a pattern of `include` matches it. */
  readonly isMatched: boolean
  /** Whether `include` readmits it; credentials need a pattern that names them. */
  readonly isIncluded: boolean
}

/** The mode of a submodule in git's index. */
const SUBMODULE = '160000'

function applyRules(walk: Walk, folder: Folder, item: PlacedItem): Rulings {
  const { place, path } = item
  const { index } = folder.repository ?? {}
  const isFolder = item.kind === 'folder'
  const tracked = index?.find(place)
  // Git tracks files, and submodules; a folder is judged by what is in it.
  const isTracked = isFolder ? tracked?.mode === SUBMODULE : tracked !== undefined
  const ignored = isTracked ? undefined : (folder.ignoredBy ?? folder.rules.ruleAgainst(place, item.kind))
  const own = isTracked ? undefined : ownReason(item)
  const isCredential = own?.about === 'credentials' || (folder.holdsCredentials === true && !isTracked)
  // Matched for every item, so that a pattern without a match can be reported.
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
  // The folder that holds it is reported already.
  if (folder.holdsCredentials) return undefined
  if (isCredential && isMatched) return 'credentials'
  if (docker.length > 0) return undefined
  return ignored === undefined ? own?.about : 'gitignore'
}

/** Whether something in a folder can be packed although the folder is left out. */
function mayHoldMore(walk: Walk, folder: Folder, path: string, { docker, rule, holdsTracked }: Rulings): boolean {
  if (walk.watched.has(path) || (!walk.include.isEmpty && !folder.isClosed)) return true
  const mayHoldTracked = rule === undefined || holdsTracked
  return mayHoldTracked && docker.every(({ folder: base, rules }) => rules.readmitsBelow(seenFrom(base, path)))
}

function leftOut({ rules, docker }: Folder, reason: string, about?: Judgement['about']): Judgement {
  return { reason, about, isEntered: false, inside: { rules, docker, ignoredBy: undefined } }
}

/** What `langgraph dev` keeps beside the configuration: threads, checkpoints and the store of the developer. */
const DEVELOPMENT_STATE = '.langgraph_api'

/** What is left out without a rule of the project, unless git tracks it. */
function ownReason({ name, kind, place }: PlacedItem): Rulings['own'] {
  if (kind === 'folder' && name === DEVELOPMENT_STATE) {
    return { reason: 'it is local state of `langgraph dev`', about: 'development state' }
  }
  return holdsCredentials(place, kind)
    ? { reason: 'it probably contains credentials, and git does not track it', about: 'credentials' }
    : undefined
}

/** Behind a link a path has two names in the workspace. */
function matchesInclude({ include, root }: Walk, { kind, path, place }: PlacedItem): boolean {
  if (include.isEmpty) return false
  const placed = below(root, path)
  return include.includes(placed, kind) || (placed !== place && include.includes(place, kind))
}

/** Whether a pattern of `include` without wildcards names an item itself. */
export function isNamedByInclude(
  { include, root }: Walk,
  { kind, path, place }: Pick<PlacedItem, 'kind' | 'path' | 'place'>
): boolean {
  return include.names(below(root, path), kind) || include.names(place, kind)
}

/** A path of the archive as a folder of the archive sees it. */
function seenFrom(folder: string, path: string): string {
  return folder === '' ? path : path.slice(folder.length + 1)
}
