import { posix } from 'node:path'
import type { Entry } from './entry.ts'
import { MISSING, type UnusedPattern } from './include.ts'
import { compareBytes, isWithin, parentOf, withParents } from './paths.ts'
import { sentenceAbout, shown, shownList } from './project-error.ts'
import type { Walk } from './walk.ts'

/** What goes into an archive, and what the user is told of it. */
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

/** Puts what was found into order and into sentences. */
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
  const ofSent = sentenceAbout(sent, (list) => ` The variables of ${list} are sent.`).join('')
  const unmatched = untold.filter((each) => isReopened(walk, each)).map(({ path }) => path)
  return [
    ...tellLeftOut(walk, environmentFiles, ', because files of environment variables are never packed', ofSent),
    ...tellLeftOut(walk, developmentState, ', because it is local state of `langgraph dev`'),
    ...tellLeftOut(walk, gitFolders, ', because it is a separate git repository'),
    ...tellLeftOut(walk, hiddenEnds, ', because these symbolic links point to files that are never packed'),
    ...tellLeftOut(walk, circles, ', because these symbolic links are circular'),
    ...tellLeftOut(walk, special, ', because they are neither files nor folders'),
    ...tellLeftOut(walk, unmatched, ' from ignored folders, because no pattern of `include` matches')
  ]
}

function noticesOf(walk: Walk, unused: readonly UnusedPattern[]): readonly string[] {
  const unexplained = unused.flatMap(({ pattern, why }) => (why === undefined ? [pattern] : []))
  const explained = unused.flatMap(({ pattern, why }) => (why && why !== MISSING ? [`${pattern} (${why})`] : []))
  return [
    ...tellLeftOut(walk, walk.dangling, ', because the targets of these symbolic links do not exist'),
    ...tellLeftOut(
      walk,
      walk.leaving,
      ', because these symbolic links are not tracked by git and point outside the workspace',
      ' Exclude them in .gitignore or .dockerignore.'
    ),
    ...sentenceAbout(
      inWorkspace(walk, walk.trackedState),
      (list) =>
        `Packed because git tracks it, although it is local development state: ${list}. Remove it from git, or exclude it in .dockerignore.`
    ),
    ...tellLeftOut(walk, walk.vanished, ', because it was deleted while the files were listed'),
    ...sentenceAbout(
      unexplained,
      (list) =>
        `\`include\` has patterns that match no file that can be packed: ${list}. Write patterns relative to the workspace root; they only match inside the folders of the project, and never match files of environment variables.`
    ),
    ...sentenceAbout(explained, (list) => `\`include\` has patterns that match no file that can be packed: ${list}.`)
  ]
}

function warningsOf(walk: Walk, unused: readonly UnusedPattern[]): readonly string[] {
  const missing = unused.filter(({ why }) => why === MISSING).map(({ pattern }) => pattern)
  const credentials = walk.credentials.filter((path) => !isPartlyIn(walk, path))
  return [
    ...sentenceAbout(
      missing,
      (list) =>
        `\`include\` names files that do not exist: ${list}. Correct the path, which is relative to the workspace root, or create the file in an earlier step.`
    ),
    ...tellLeftOut(
      walk,
      credentials,
      ', because they probably contain credentials and git does not track them',
      ' If the agent needs them, add the path of each to `include`, without wildcards.'
    ),
    ...toldOfGit(walk)
  ]
}

function tellLeftOut(walk: Walk, paths: readonly string[], why: string, more = ''): readonly string[] {
  return sentenceAbout(inWorkspace(walk, paths), (list) => `Skipped${why}: ${list}.${more}`)
}

/** Paths in the archive as seen from the workspace, where `include` and the user look for them. */
function inWorkspace({ root }: Walk, paths: readonly string[]): readonly string[] {
  return paths.map((path) => posix.join(root || '.', path))
}

/** Whether `include` has brought something in a folder back. */
function isPartlyIn({ entries }: Walk, folder: string): boolean {
  return entries.some(({ path }) => path !== folder && isWithin(folder, path))
}

/** Whether `include` has chosen from a folder around what is left out. */
function isReopened({ reopened }: Walk, { ignoredAt }: Walk['untold'][number]): boolean {
  return withParents(ignoredAt).some((folder) => reopened.has(folder))
}

/** What it means that git does not tell which files are committed. */
function toldOfGit(walk: Walk): readonly string[] {
  const untold = walk.untold.filter((each) => !isReopened(walk, each))
  if (walk.unasked.size === 0 && untold.length === 0) return []
  const place = [...walk.unasked].map((root) => root || 'the workspace')
  const cause = place.length > 0 ? `Git could not list its tracked files in ${shownList(place)}` : NO_REPOSITORY
  const paths = untold.map(({ path }) => path)
  const effect = sentenceAbout(
    inWorkspace(walk, paths),
    (list) => `. Skipped because of a .gitignore, committed or not: ${list}`
  )
  return [`${cause}${effect.join('')}. Install git before actions/checkout runs, or list needed files in \`include\`.`]
}

const NO_REPOSITORY = 'The workspace is not a git repository, so it is unknown which files are committed'

/** Tells what the configuration names and the archive would not hold. */
export function problemsOfNamed(walk: Walk): Walk['problems'] {
  const paths = packedPaths(walk.entries)
  return walk.named.filter((path) => !paths.has(path)).map((path) => problemOf(walk, path))
}

/** Everything that unpacking creates: the entries and the folders that hold them. The root is the empty path. */
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
  const text = `${shown(place)} ${role} and is not in the archive: ${reasonFor(walk, path)}.`
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
