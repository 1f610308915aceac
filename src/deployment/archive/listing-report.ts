import { posix } from 'node:path'
import type { Entry } from './entry.ts'
import { type Inclusion, MISSING, type Surroundings, whyUnused } from './include.ts'
import { isWithin, withParents } from './paths.ts'
import { shownList } from './project-error.ts'

/** What a listing tells the user. */
export interface ListingReport {
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
  /** Where patterns of `include` are looked for that match nothing. */
  readonly around: Surroundings
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

/** Nothing found so far. */
export function startFindings(given: Pick<Findings, 'root' | 'include' | 'around' | 'sentFiles'>): Findings {
  return {
    ...given,
    entries: [],
    environmentFiles: [],
    credentials: [],
    developmentState: [],
    trackedState: [],
    gitFolders: [],
    special: [],
    dangling: [],
    circles: [],
    hiddenEnds: [],
    leaving: [],
    vanished: [],
    reopened: new Set(),
    untold: [],
    unasked: new Set()
  }
}

/** Puts what was found into sentences. */
export function reportOf(found: Findings): ListingReport {
  const unused = found.include.unused().map((pattern) => ({ pattern, why: whyUnused(pattern, found.around) }))
  return { notes: notesOf(found), notices: noticesOf(found, unused), warnings: warningsOf(found, unused) }
}

/** A pattern of `include` that matches nothing, and why, where that can be told. */
interface UnusedPattern {
  readonly pattern: string
  readonly why: string | undefined
}

function notesOf(found: Findings): readonly string[] {
  const { environmentFiles, developmentState, gitFolders, hiddenEnds, circles, special, untold } = found
  const sent = inWorkspace(found, environmentFiles).filter((path) => found.sentFiles.has(path))
  const ofSent = told(sent, (list) => ` The variables of ${list} are sent.`).join('')
  const unmatched = untold.filter((each) => isReopened(found, each)).map(({ path }) => path)
  const leftOut = (paths: readonly string[], why: string) =>
    told(inWorkspace(found, paths), (list) => `Left out${why}: ${list}.`)
  return [
    ...leftOut(environmentFiles, ', since files of environment variables are never packed').map(
      (text) => text + ofSent
    ),
    ...leftOut(developmentState, ', since it is what `langgraph dev` leaves behind'),
    ...leftOut(gitFolders, ", since it is a repository of git's own"),
    ...leftOut(hiddenEnds, ', since these symbolic links lead to what is never packed'),
    ...leftOut(circles, ', since these symbolic links lead in a circle'),
    ...leftOut(special, ', since they are neither files nor folders'),
    ...leftOut(unmatched, ' of folders that a .gitignore names, since no pattern of `include` matches')
  ]
}

function noticesOf(found: Findings, unused: readonly UnusedPattern[]): readonly string[] {
  const { dangling, leaving, trackedState, vanished } = found
  const unexplained = unused.flatMap(({ pattern, why }) => (why === undefined ? [pattern] : []))
  const explained = unused.flatMap(({ pattern, why }) => (why && why !== MISSING ? [`${pattern} (${why})`] : []))
  return [
    ...told(inWorkspace(found, dangling), (list) => `Left out, since these symbolic links lead to nothing: ${list}.`),
    ...told(
      inWorkspace(found, leaving),
      (list) =>
        `Left out, since git does not track these symbolic links and they lead out of the workspace: ${list}. Leave them out with lines in .gitignore or .dockerignore.`
    ),
    ...told(
      inWorkspace(found, trackedState),
      (list) =>
        `Packed only because git tracks it, although it belongs to a development machine: ${list}. Remove it from git, or leave it out with a line in .dockerignore.`
    ),
    ...told(
      inWorkspace(found, vanished),
      (list) => `Left out, since it vanished while the files were listed: ${list}.`
    ),
    ...told(
      unexplained,
      (list) =>
        `\`include\` has patterns that match nothing that can be packed: ${list}. Write them as seen from the root of the workspace; they reach no further than the folders of the project, and bring back no file of environment variables.`
    ),
    ...told(explained, (list) => `\`include\` has patterns that match nothing that can be packed: ${list}.`)
  ]
}

function warningsOf(found: Findings, unused: readonly UnusedPattern[]): readonly string[] {
  const missing = unused.filter(({ why }) => why === MISSING).map(({ pattern }) => pattern)
  const credentials = found.credentials.filter((path) => !isPartlyIn(found, path))
  return [
    ...told(
      missing,
      (list) =>
        `\`include\` names what does not exist: ${list}. Correct the path, which is seen from the root of the workspace, or write the file in an earlier step.`
    ),
    ...told(
      inWorkspace(found, credentials),
      (list) =>
        `Left out, since they most likely hold credentials and git does not track them: ${list}. Write the path of each in \`include\`, without wildcards, if the agent needs them.`
    ),
    ...toldOfGit(found)
  ]
}

/** A sentence about a list of paths; none where the list is empty. */
function told(paths: readonly string[], sentence: (list: string) => string): readonly string[] {
  return paths.length === 0 ? [] : [sentence(shownList(paths))]
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
  const effect = told(inWorkspace(found, paths), (list) => `. Left out by a .gitignore, committed or not: ${list}`)
  return [
    `${cause}${effect.join('')}. Install git before actions/checkout runs, or name what is needed in \`include\`.`
  ]
}

const NO_REPOSITORY = 'The workspace is not a git repository, so that it cannot be told which files are committed'
