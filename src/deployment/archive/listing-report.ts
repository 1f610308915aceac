import { posix } from 'node:path'
import type { Entry } from './entry.ts'
import { type Inclusion, MISSING, type UnusedPattern } from './include.ts'
import { compareBytes, isWithin, withParents } from './paths.ts'
import { sentenceAbout, shownList } from './project-error.ts'

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

/** What is found while folders are walked, and what the report needs to tell it. Paths are those in the archive. */
export interface Findings {
  /** The archive's root, seen from the workspace. */
  readonly root: string
  readonly include: Inclusion
  /** Files of variables that this run sends, by their places in the workspace. */
  readonly sentFiles: ReadonlySet<string>
  readonly entries: Entry[]
  readonly environmentFiles: string[]
  readonly credentials: string[]
  readonly developmentState: string[]
  readonly trackedState: string[]
  /** Folders that git uses as repositories, without a working tree around them. */
  readonly gitFolders: string[]
  readonly special: string[]
  readonly dangling: string[]
  readonly circles: string[]
  readonly hiddenEnds: string[]
  /** Links out of the workspace that nothing asks for. */
  readonly leaving: string[]
  readonly vanished: string[]
  /** Folders that something came back into, or came back themselves, through `include`. */
  readonly reopened: Set<string>
  /** Left out by a .gitignore where no git can tell whether it is tracked. */
  readonly untold: { readonly path: string; readonly ignoredAt: string }[]
  /** The roots of the repositories whose git could not be asked. */
  readonly unasked: Set<string>
}

/** Puts what was found into order and into sentences. */
export function listingOf(found: Findings): Listing {
  const unused = found.include.unused()
  return {
    entries: found.entries.sort((left, right) => compareBytes(left.path, right.path)),
    notes: notesOf(found),
    notices: noticesOf(found, unused),
    warnings: warningsOf(found, unused)
  }
}

function notesOf(found: Findings): readonly string[] {
  const { environmentFiles, developmentState, gitFolders, hiddenEnds, circles, special, untold } = found
  const sent = inWorkspace(found, environmentFiles).filter((path) => found.sentFiles.has(path))
  const ofSent = sentenceAbout(sent, (list) => ` The variables of ${list} are sent.`).join('')
  const unmatched = untold.filter((each) => isReopened(found, each)).map(({ path }) => path)
  return [
    ...tellLeftOut(found, environmentFiles, ', since files of environment variables are never packed', ofSent),
    ...tellLeftOut(found, developmentState, ', since it is what `langgraph dev` leaves behind'),
    ...tellLeftOut(found, gitFolders, ", since it is a repository of git's own"),
    ...tellLeftOut(found, hiddenEnds, ', since these symbolic links lead to what is never packed'),
    ...tellLeftOut(found, circles, ', since these symbolic links lead in a circle'),
    ...tellLeftOut(found, special, ', since they are neither files nor folders'),
    ...tellLeftOut(found, unmatched, ' of folders that a .gitignore names, since no pattern of `include` matches')
  ]
}

function noticesOf(found: Findings, unused: readonly UnusedPattern[]): readonly string[] {
  const unexplained = unused.flatMap(({ pattern, why }) => (why === undefined ? [pattern] : []))
  const explained = unused.flatMap(({ pattern, why }) => (why && why !== MISSING ? [`${pattern} (${why})`] : []))
  return [
    ...tellLeftOut(found, found.dangling, ', since these symbolic links lead to nothing'),
    ...tellLeftOut(
      found,
      found.leaving,
      ', since git does not track these symbolic links and they lead out of the workspace',
      ' Leave them out with lines in .gitignore or .dockerignore.'
    ),
    ...sentenceAbout(
      inWorkspace(found, found.trackedState),
      (list) =>
        `Packed only because git tracks it, although it belongs to a development machine: ${list}. Remove it from git, or leave it out with a line in .dockerignore.`
    ),
    ...tellLeftOut(found, found.vanished, ', since it vanished while the files were listed'),
    ...sentenceAbout(
      unexplained,
      (list) =>
        `\`include\` has patterns that match nothing that can be packed: ${list}. Write them as seen from the root of the workspace; they reach no further than the folders of the project, and bring back no file of environment variables.`
    ),
    ...sentenceAbout(explained, (list) => `\`include\` has patterns that match nothing that can be packed: ${list}.`)
  ]
}

function warningsOf(found: Findings, unused: readonly UnusedPattern[]): readonly string[] {
  const missing = unused.filter(({ why }) => why === MISSING).map(({ pattern }) => pattern)
  const credentials = found.credentials.filter((path) => !isPartlyIn(found, path))
  return [
    ...sentenceAbout(
      missing,
      (list) =>
        `\`include\` names what does not exist: ${list}. Correct the path, which is seen from the root of the workspace, or write the file in an earlier step.`
    ),
    ...tellLeftOut(
      found,
      credentials,
      ', since they most likely hold credentials and git does not track them',
      ' Write the path of each in `include`, without wildcards, if the agent needs them.'
    ),
    ...toldOfGit(found)
  ]
}

function tellLeftOut(found: Findings, paths: readonly string[], why: string, more = ''): readonly string[] {
  return sentenceAbout(inWorkspace(found, paths), (list) => `Left out${why}: ${list}.${more}`)
}

/** Paths in the archive as seen from the workspace, where `include` and the user look for them. */
function inWorkspace({ root }: Findings, paths: readonly string[]): readonly string[] {
  return paths.map((path) => posix.join(root || '.', path))
}

/** Whether `include` has brought something in a folder back. */
function isPartlyIn({ entries }: Findings, folder: string): boolean {
  return entries.some(({ path }) => path !== folder && isWithin(folder, path))
}

/** Whether `include` has chosen from a folder around what is left out. */
function isReopened({ reopened }: Findings, { ignoredAt }: Findings['untold'][number]): boolean {
  return withParents(ignoredAt).some((folder) => reopened.has(folder))
}

/** What it means that git does not tell which files are committed. */
function toldOfGit(found: Findings): readonly string[] {
  const untold = found.untold.filter((each) => !isReopened(found, each))
  if (found.unasked.size === 0 && untold.length === 0) return []
  const place = [...found.unasked].map((root) => root || 'the workspace')
  const cause = place.length > 0 ? `Git could not be asked which files it tracks in ${shownList(place)}` : NO_REPOSITORY
  const paths = untold.map(({ path }) => path)
  const effect = sentenceAbout(
    inWorkspace(found, paths),
    (list) => `. Left out by a .gitignore, committed or not: ${list}`
  )
  return [
    `${cause}${effect.join('')}. Install git before actions/checkout runs, or name what is needed in \`include\`.`
  ]
}

const NO_REPOSITORY = 'The workspace is not a git repository, so that it cannot be told which files are committed'
