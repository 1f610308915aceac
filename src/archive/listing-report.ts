import { posix } from 'node:path'
import type { Entry } from './entry.ts'
import { MISSING, type UnusedPattern } from './include.ts'
import { compareBytes, isWithin, parentOf, withParents } from './paths.ts'
import { sentenceAbout, shown, shownList } from './project-error.ts'
import type { Walk } from './walk.ts'

/** The entries of an archive, and the messages about them. */
export interface Listing {
  /** Sorted by the bytes of their paths. */
  readonly entries: readonly Entry[]
  /** Messages for the log that need no change. */
  readonly notes: readonly string[]
  /** Messages about what the user might want to change. */
  readonly notices: readonly string[]
  /** Messages about what the user should change. */
  readonly warnings: readonly string[]
}

/** Sorts the entries of a finished walk, and formats its messages. */
export function listingOf(walk: Walk): Listing {
  const unused = walk.include.unused()
  return {
    entries: walk.entries.sort((left, right) => compareBytes(left.path, right.path)),
    notes: notesOf(walk),
    notices: noticesOf(walk, unused),
    warnings: warningsOf(walk, unused)
  }
}

function notesOf(walk: Walk): readonly string[] {
  const { environmentFiles, developmentState, gitFolders, hiddenEnds, circles, special, untold } = walk
  const sent = inWorkspace(walk, environmentFiles).filter((path) => walk.sentFiles.has(path))
  const ofSent = sentenceAbout(sent, (list) => ` The variables in ${list} are sent.`).join('')
  const unmatched = untold.filter((each) => isReopened(walk, each)).map(({ path }) => path)
  return [
    ...skipped(walk, environmentFiles, 'environment variable files, which are never packed', ofSent),
    ...skipped(walk, developmentState, 'local state of `langgraph dev`'),
    ...skipped(walk, gitFolders, 'separate git repositories'),
    ...skipped(walk, hiddenEnds, 'symbolic links to files that are never packed'),
    ...skipped(walk, circles, 'circular symbolic links'),
    ...skipped(walk, special, 'items that are neither files nor folders'),
    ...skipped(walk, unmatched, 'in ignored folders, because no pattern of `include` matches')
  ]
}

function noticesOf(walk: Walk, unused: readonly UnusedPattern[]): readonly string[] {
  const unexplained = unused.flatMap(({ pattern, why }) => (why === undefined ? [pattern] : []))
  const explained = unused.flatMap(({ pattern, why }) => (why && why !== MISSING ? [`${pattern} (${why})`] : []))
  return [
    ...skipped(walk, walk.dangling, 'symbolic links whose targets do not exist'),
    ...skipped(
      walk,
      walk.leaving,
      'symbolic links that point outside the workspace and that git does not track',
      ' Exclude them in .gitignore or .dockerignore.'
    ),
    ...sentenceAbout(
      inWorkspace(walk, walk.trackedState),
      (list) =>
        `Packed local development state, because git tracks it: ${list}. Remove it from git, or exclude it in .dockerignore.`
    ),
    ...skipped(walk, walk.vanished, 'files that were deleted while the files were listed'),
    ...sentenceAbout(
      unexplained,
      (list) =>
        `${UNMATCHED}: ${list}. Write patterns relative to the workspace root; they only match inside the folders of the project, and never match environment variable files.`
    ),
    ...sentenceAbout(explained, (list) => `${UNMATCHED}: ${list}.`)
  ]
}

const UNMATCHED = '`include` contains patterns that do not match any file that can be packed'

function warningsOf(walk: Walk, unused: readonly UnusedPattern[]): readonly string[] {
  const missing = unused.filter(({ why }) => why === MISSING).map(({ pattern }) => pattern)
  const credentials = walk.credentials.filter((path) => !isPartlyIn(walk, path))
  return [
    ...sentenceAbout(
      missing,
      (list) =>
        `\`include\` names files that do not exist: ${list}. Correct their paths, which are relative to the workspace root, or create the files in an earlier step.`
    ),
    ...skipped(
      walk,
      credentials,
      'probable credentials that git does not track',
      ' If the agent needs them, add the path of each to `include`, without wildcards.'
    ),
    ...toldOfGit(walk)
  ]
}

function skipped(walk: Walk, paths: readonly string[], what: string, more = ''): readonly string[] {
  return sentenceAbout(inWorkspace(walk, paths), (list) => `Skipped ${what}: ${list}.${more}`)
}

/** Converts archive paths to paths relative to the workspace, which `include` and the user use. */
function inWorkspace({ root }: Walk, paths: readonly string[]): readonly string[] {
  return paths.map((path) => posix.join(root || '.', path))
}

/** True if `include` packs something in a folder. */
function isPartlyIn({ entries }: Walk, folder: string): boolean {
  return entries.some(({ path }) => path !== folder && isWithin(folder, path))
}

/** True if `include` packs other contents of an ignored folder that contains the item. */
function isReopened({ reopened }: Walk, { ignoredAt }: Walk['untold'][number]): boolean {
  return withParents(ignoredAt).some((folder) => reopened.has(folder))
}

/** Returns the warning that git could not list the committed files, with its effect on the archive. */
function toldOfGit(walk: Walk): readonly string[] {
  const untold = walk.untold.filter((each) => !isReopened(walk, each))
  if (walk.unasked.size === 0 && untold.length === 0) return []
  const place = [...walk.unasked].map((root) => root || 'the workspace')
  const cause = place.length > 0 ? `Git could not list the tracked files in ${shownList(place)}` : NO_REPOSITORY
  const paths = untold.map(({ path }) => path)
  const effect = sentenceAbout(
    inWorkspace(walk, paths),
    (list) => `. Skipped paths that a .gitignore excludes, although they might be committed: ${list}`
  )
  return [`${cause}${effect.join('')}. Install git before actions/checkout runs, or list needed files in \`include\`.`]
}

const NO_REPOSITORY = 'The workspace is not a git repository, so it is unknown which files are committed'

/** Returns a problem for each path that the configuration names and the archive does not contain. */
export function problemsOfNamed(walk: Walk): Walk['problems'] {
  const paths = packedPaths(walk.entries)
  return walk.named.filter((path) => !paths.has(path)).map((path) => problemOf(walk, path))
}

/**
 * Returns all paths that unpacking creates: the entries and the folders that contain them. The root is the empty path.
 */
function packedPaths(entries: readonly Entry[]): ReadonlySet<string> {
  const paths = new Set([''])
  for (const { path } of entries) {
    for (let part = path; !paths.has(part); part = parentOf(part)) paths.add(part)
  }
  return paths
}

function problemOf(walk: Walk, path: string): Walk['problems'][number] {
  const { configPath, configLabel, namedAt } = walk.project
  const place = posix.join(walk.root, path)
  const line = namedAt.get(place)
  const role = path === configPath ? 'is the configuration' : 'is named by the configuration'
  const text = `${shown(place)} ${role} but is not in the archive: ${reasonFor(walk, path)}.`
  if (line === undefined) return { text }
  return { text: `${configLabel}:${line}: ${text}`, place: { file: configLabel, line } }
}

function reasonFor(walk: Walk, path: string): string {
  if (path.startsWith('../')) return 'it is outside the packed folder'
  const [reason] = withParents(path).flatMap((part) => walk.reasons.get(part) ?? [])
  const inner = walk.innerReasons.get(path)
  const byContent = inner && `all of its contents are excluded, first by ${inner}`
  return shown(reason ?? byContent ?? 'it does not exist, or cannot be read')
}
