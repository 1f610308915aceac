import { posix } from 'node:path'
import type { Entry, Listing } from './entries.ts'
import { type Inclusion, MISSING, type Surroundings, whyUnused } from './include.ts'
import { isWithin, withParents } from './paths.ts'
import { shownList } from './project-error.ts'

/** What is told of a listing. Paths are those in the archive. */
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

/** Puts what was found out into sentences. */
export function reportOf(found: Findings): Omit<Listing, 'entries'> {
  const told = (paths: readonly string[], text: (list: string) => string) => {
    return paths.length === 0 ? [] : [text(shownList(paths))]
  }
  const toldInPlace = (paths: readonly string[], text: (list: string) => string) => {
    return told(
      paths.map((path) => inWorkspace(found, path)),
      text
    )
  }
  const unused = found.include.unused().map((pattern) => ({ pattern, why: whyUnused(pattern, found.around) }))
  const sent = found.environmentFiles
    .map((path) => inWorkspace(found, path))
    .filter((path) => found.sentFiles.has(path))
  const unmatched = found.untold.filter((each) => isReopened(found, each)).map(({ path }) => path)
  return {
    notes: [
      ...toldInPlace(
        found.environmentFiles,
        (list) =>
          `Left out, since files of environment variables are never packed: ${list}.${told(sent, (own) => ` The variables of ${own} are sent.`).join('')}`
      ),
      ...toldInPlace(
        found.developmentState,
        (list) => `Left out, since it is what \`langgraph dev\` leaves behind: ${list}.`
      ),
      ...toldInPlace(found.gitFolders, (list) => `Left out, since it is a repository of git's own: ${list}.`),
      ...toldInPlace(
        found.hiddenEnds,
        (list) => `Left out, since these symbolic links lead to what is never packed: ${list}.`
      ),
      ...toldInPlace(found.circles, (list) => `Left out, since these symbolic links lead in a circle: ${list}.`),
      ...toldInPlace(found.special, (list) => `Left out, since they are neither files nor folders: ${list}.`),
      ...toldInPlace(
        unmatched,
        (list) => `Left out of folders that a .gitignore names, since no pattern of \`include\` matches: ${list}.`
      )
    ],
    notices: [
      ...toldInPlace(found.dangling, (list) => `Left out, since these symbolic links lead to nothing: ${list}.`),
      ...toldInPlace(found.leaving, (list) => {
        return `Left out, since git does not track these symbolic links and they lead out of the workspace: ${list}. Leave them out with lines in .gitignore or .dockerignore.`
      }),
      ...toldInPlace(found.trackedState, (list) => {
        return `Packed only because git tracks it, although it belongs to a development machine: ${list}. Remove it from git, or leave it out with a line in .dockerignore.`
      }),
      ...toldInPlace(found.vanished, (list) => `Left out, since it vanished while the files were listed: ${list}.`),
      ...told(
        unused.filter(({ why }) => why === undefined).map(({ pattern }) => pattern),
        (list) => {
          return `\`include\` has patterns that match nothing that can be packed: ${list}. Write them as seen from the root of the workspace; they reach no further than the folders of the project, and bring back no file of environment variables.`
        }
      ),
      ...told(
        unused.flatMap(({ pattern, why }) => (why === undefined || why === MISSING ? [] : [`${pattern} (${why})`])),
        (list) => `\`include\` has patterns that match nothing that can be packed: ${list}.`
      )
    ],
    warnings: [
      ...told(
        unused.filter(({ why }) => why === MISSING).map(({ pattern }) => pattern),
        (list) => {
          return `\`include\` names what does not exist: ${list}. Correct the path, which is seen from the root of the workspace, or write the file in an earlier step.`
        }
      ),
      ...toldInPlace(
        found.credentials.filter((path) => !isPartlyIn(found, path)),
        (list) => {
          return `Left out, since they most likely hold credentials and git does not track them: ${list}. Write the path of each in \`include\`, without wildcards, if the agent needs them.`
        }
      ),
      ...toldOfGit(found)
    ]
  }
}

/** A path in the archive as seen from the workspace, where `include` and the user look for it. */
function inWorkspace({ root }: Findings, path: string): string {
  return posix.join(root || '.', path)
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
  const effect =
    untold.length > 0
      ? `. Left out by a .gitignore, committed or not: ${shownList(untold.map(({ path }) => inWorkspace(found, path)))}`
      : ''
  return [`${cause}${effect}. Install git before actions/checkout runs, or name what is needed in \`include\`.`]
}

const NO_REPOSITORY = 'The workspace is not a git repository, so that it cannot be told which files are committed'
