import type { DockerRules } from './docker-rules.ts'
import type { IgnoreRules } from './ignore-rules.ts'
import type { Inclusion } from './include.ts'
import { below } from './paths.ts'
import { DEVELOPMENT_STATE, holdsCredentials, isEnvironmentFile, neverPacked } from './private-files.ts'
import type { Repository, Tracked } from './repository.ts'

/** A folder on the way through a project, and the rules that hold in it. */
export interface Folder {
  /** Where it really is: absolute. */
  readonly source: string
  /** The same, seen from the workspace. */
  readonly place: string
  /** Where it goes in the archive. */
  readonly path: string
  /** The rules of git, of its repository. */
  readonly rules: IgnoreRules
  readonly repository: Repository | undefined
  /** The .dockerignore files that count, each with its folder in the archive. */
  readonly docker: readonly { readonly folder: string; readonly rules: DockerRules }[]
  /** Why everything in it is left out that git does not track. */
  readonly ignoredBy?: string | undefined
  /** The outermost folder around it, or itself, that git ignores; where it goes in the archive. */
  readonly ignoredAt?: string | undefined
  /** Whether it is one for credentials, of which `include` brings back only what it names. */
  readonly holdsCredentials?: boolean | undefined
  /** Whether `include` brings nothing back in it. */
  readonly isClosed?: boolean
  /** The folders, seen from the workspace, in which links were followed to come here. */
  readonly through: readonly string[]
}

/** Something in a folder. */
export interface Item {
  readonly name: string
  readonly kind: 'file' | 'folder' | 'link' | 'other'
}

/** What an item is judged by, besides the rules of its folder. */
export interface Judge {
  readonly none: IgnoreRules
  readonly include: Inclusion
  /** The workspace's part of the way to the archive's root. */
  readonly root: string
  /** Paths in the archive that go in whatever ignores them. */
  readonly goesIn: ReadonlySet<string>
  /** Those, and the folders on the way there. */
  readonly watched: ReadonlySet<string>
  /** Files of variables, seen from the workspace. */
  readonly environmentPlaces: ReadonlySet<string>
}

export interface Judgement {
  /** Why it is left out; nothing when it goes in. */
  readonly reason: string | undefined
  /** Of which kind the reason is, where more is to be said about it. */
  readonly about?: 'environment' | 'credentials' | 'development state' | 'gitignore' | undefined
  /** Whether it goes in because of `include` alone. */
  readonly isBroughtBack?: boolean
  /** Of a folder, whether something in it can go in. */
  readonly isEntered: boolean
  /** What holds inside of a folder. */
  readonly inside: Pick<Folder, 'rules' | 'docker' | 'ignoredBy' | 'ignoredAt' | 'holdsCredentials'>
}

/** Decides whether an item of a folder goes into the archive. Reads nothing. */
export function judge(given: Judge, folder: Folder, item: Item): Judgement {
  const place = below(folder.place, item.name)
  const path = below(folder.path, item.name)
  const isFolder = item.kind === 'folder'
  const never = neverPacked(item.name, item.kind === 'file')
  if (never) return leftOut(folder, never)
  if (isEnvironmentFile(item.name) || given.environmentPlaces.has(place)) {
    return leftOut(folder, 'files of environment variables are never packed', 'environment')
  }

  const { index } = folder.repository ?? {}
  const inRepository = ownPath(folder, item.name)
  // A folder is not tracked itself, but for a submodule; what is tracked in it decides for itself.
  const isTracked = isFolder ? isSubmodule(index?.find(inRepository)) : index?.find(inRepository) !== undefined
  const holdsTracked = isFolder && (index?.holds(inRepository) ?? false)

  const docker = folder.docker.filter(({ folder: base, rules }) => rules.excludes(seenFrom(base, path)))
  const ignored = isTracked ? undefined : (folder.ignoredBy ?? folder.rules.ruleAgainst(place, isFolder))
  const own = isTracked ? undefined : ownReason(item, place)
  const rule = ignored ?? own?.reason
  // Asked of everything, so that a pattern without a match can be told.
  const isMatched = matchesInclude(given, path, place, isFolder) && !folder.isClosed
  const isCredential = own?.about === 'credentials' || (folder.holdsCredentials === true && !isTracked)
  const isIncluded = isMatched && (!isCredential || isNamedByInclude(given, path, place, isFolder))
  const inside = {
    rules: folder.rules,
    docker: folder.docker,
    ignoredBy: rule,
    ignoredAt: ignored === undefined ? undefined : (folder.ignoredAt ?? path),
    holdsCredentials: isCredential && !isIncluded
  }

  if (docker.length === 0 && rule === undefined) return { reason: undefined, isEntered: isFolder, inside }
  if (given.goesIn.has(path)) {
    // It is named although it is ignored, so that no rule from above counts in it either.
    return {
      reason: undefined,
      isEntered: isFolder,
      inside: { rules: given.none, docker: [], ignoredBy: undefined }
    }
  }
  if (isIncluded) return { reason: undefined, isBroughtBack: true, isEntered: isFolder, inside }
  const aboutOf = (): Judgement['about'] => {
    // The folder that holds it is told already.
    if (folder.holdsCredentials) return undefined
    if (isCredential && isMatched) return 'credentials'
    if (docker.length > 0) return undefined
    return ignored === undefined ? own?.about : 'gitignore'
  }
  const mayHoldOthers = given.watched.has(path) || (!given.include.isEmpty && !folder.isClosed)
  const mayHoldTracked = rule === undefined || holdsTracked
  const mayBeReadmitted = docker.every(({ folder: base, rules }) => rules.readmitsBelow(seenFrom(base, path)))
  return {
    reason: docker[0]?.rules.ruleAgainst(seenFrom(docker[0].folder, path)) ?? rule,
    about: aboutOf(),
    isEntered: isFolder && (mayHoldOthers || (mayHoldTracked && mayBeReadmitted)),
    inside
  }
}

/** The path of an item as its repository has it. */
export function ownPath({ place, repository }: Folder, name: string): string {
  const path = below(place, name)
  return repository?.root ? path.slice(repository.root.length + 1) : path
}

function leftOut({ rules, docker }: Folder, reason: string, about?: Judgement['about']): Judgement {
  return { reason, about, isEntered: false, inside: { rules, docker, ignoredBy: undefined } }
}

/** What is left out without a rule of the project, unless git tracks it. */
function ownReason(item: Item, place: string): Pick<Judgement, 'reason' | 'about'> | undefined {
  if (item.kind === 'folder' && item.name === DEVELOPMENT_STATE) {
    return { reason: 'it is what `langgraph dev` leaves behind', about: 'development state' }
  }
  return holdsCredentials(place, item.kind !== 'folder')
    ? { reason: 'it most likely holds credentials, and git does not track it', about: 'credentials' }
    : undefined
}

/** Behind a link a path has two names in the workspace. */
function matchesInclude({ include, root }: Judge, path: string, place: string, isFolder: boolean): boolean {
  if (include.isEmpty) return false
  const placed = below(root, path)
  return include.includes(placed, isFolder) || (placed !== place && include.includes(place, isFolder))
}

function isNamedByInclude({ include, root }: Judge, path: string, place: string, isFolder: boolean): boolean {
  return include.names(below(root, path), isFolder) || include.names(place, isFolder)
}

function isSubmodule(tracked: Tracked | undefined): boolean {
  return tracked?.mode === '160000'
}

/** A path of the archive as a folder of the archive sees it. */
function seenFrom(folder: string, path: string): string {
  return folder === '' ? path : path.slice(folder.length + 1)
}
