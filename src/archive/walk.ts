import { existsSync, type Stats } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { join, posix, resolve, sep } from 'node:path'
import type { Place } from '../run/place.ts'
import type { Entry } from './entry.ts'
import { createIgnoreRules, type IgnoreRules } from './ignore-rules.ts'
import { createInclusion, type Inclusion } from './include.ts'
import { isInside, relativeTo, withParents } from './paths.ts'
import type { Project } from './project.ts'
import { createRepositories, type Repositories } from './repository.ts'

/** What the inputs say of the archive. */
export interface ListingOptions {
  /** Patterns of ignored files to pack all the same, as in a .gitignore at the workspace's root. */
  readonly include?: readonly string[]
  /** Files of variables and secrets, which are never packed; relative to the workspace, or absolute. */
  readonly environmentFiles?: readonly string[]
  /** The `PATH` where git is looked for. */
  readonly gitPath?: string | undefined
}

/**
 * A walk through the folders of a project: what decides on each file, and what has been found so far. Paths are those in
 * the archive, unless said otherwise.
 */
export interface Walk {
  readonly project: Project
  /** The archive's root, seen from the workspace. */
  readonly root: string
  readonly include: Inclusion
  /** Files of variables that this run sends, by their places in the workspace. */
  readonly sentFiles: ReadonlySet<string>
  /** The rules of git outside of every repository. */
  readonly none: IgnoreRules
  readonly repositories: Repositories
  /** The configuration and what it names; paths in the archive. */
  readonly named: readonly string[]
  /** The same, and the folders that the project is made of: they are packed even if they are ignored. */
  readonly goesIn: ReadonlySet<string>
  /** All of that, and the folders on the way there. */
  readonly watched: ReadonlySet<string>
  /** Files of variables, seen from the workspace. */
  readonly environmentPlaces: ReadonlySet<string>
  /** Whether a file is one of these, under any name. */
  readonly isVariablesFile: (status: Stats) => boolean
  /** Why the archive cannot be made, and where the configuration names what it is about. */
  readonly problems: { readonly text: string; readonly place?: Place | undefined }[]
  /** Why something was left out that is watched. */
  readonly reasons: Map<string, string>
  /** Why the first thing was left out in each folder. */
  readonly innerReasons: Map<string, string>
  /** How many items were reached through links. */
  linked: number
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

/** Prepares a walk: reads what the inputs name, and no folder yet. */
export async function startWalk(project: Project, options: ListingOptions): Promise<Walk> {
  const { workspace } = project
  const { include = [], environmentFiles = [], gitPath } = options
  const named = [project.configPath, ...project.named.map((path) => relativeTo(project.root, join(workspace, path)))]
  const goesIn = new Set([...named, ...project.folders.map((folder) => relativeTo(project.root, folder))])
  const variablesFiles = await identify(workspace, environmentFiles)
  return {
    root: relativeTo(workspace, project.root),
    include: await readInclude(project, include, variablesFiles.environmentPlaces),
    sentFiles: sentFilesOf(project, environmentFiles),
    project,
    none: await createIgnoreRules(workspace),
    repositories: createRepositories(workspace, gitPath),
    named,
    goesIn,
    watched: new Set([...goesIn].flatMap(withParents)),
    ...variablesFiles,
    problems: [],
    reasons: new Map(),
    innerReasons: new Map(),
    linked: 0,
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

function readInclude(
  { workspace, folders }: Project,
  patterns: readonly string[],
  environmentPlaces: ReadonlySet<string>
): Promise<Inclusion> {
  return createInclusion(patterns, {
    workspace: workspace.split(sep).join('/'),
    folders: folders.map((folder) => relativeTo(workspace, folder)),
    isThere: (path) => existsSync(join(workspace, path)),
    isVariablesFile: (path) => environmentPlaces.has(path)
  })
}

/** The files whose variables this run sends; the one that the configuration names may set nothing. */
function sentFilesOf({ environment, environmentFile }: Project, files: readonly string[]): ReadonlySet<string> {
  return new Set(
    files.filter((file) => file !== environmentFile || environment.length > 0).map((file) => posix.normalize(file))
  )
}

/** Files of variables by all their names; those that are not there have one only. */
async function identify(
  workspace: string,
  files: readonly string[]
): Promise<Pick<Walk, 'environmentPlaces' | 'isVariablesFile'>> {
  const places = new Set<string>()
  const nodes = new Set<string>()
  for (const file of files) {
    const written = resolve(workspace, file)
    const real = await realpath(written).catch(() => written)
    for (const path of [written, real]) if (isInside(workspace, path)) places.add(relativeTo(workspace, path))
    const status = await stat(written).catch(() => undefined)
    if (status) nodes.add(nodeOf(status))
  }
  return {
    environmentPlaces: places,
    // On Windows the number of a file does not fit into a number of JavaScript.
    isVariablesFile: (status) => process.platform !== 'win32' && nodes.has(nodeOf(status))
  }
}

/** The number by which the file system knows a file. */
function nodeOf({ dev, ino }: Stats): string {
  return `${dev}:${ino}`
}
