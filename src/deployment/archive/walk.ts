import { existsSync, type Stats } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { join, posix, resolve, sep } from 'node:path'
import type { Place } from '../../place.ts'
import { createIgnoreRules, type IgnoreRules } from './ignore-rules.ts'
import { createInclusion } from './include.ts'
import type { Findings } from './listing-report.ts'
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

/** A walk through the folders of a project: what decides on each file, and what has been found so far. */
export interface Walk extends Findings {
  readonly project: Project
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
    include: await createInclusion(include, {
      workspace: workspace.split(sep).join('/'),
      folders: project.folders.map((folder) => relativeTo(workspace, folder)),
      isThere: (path) => existsSync(join(workspace, path)),
      isVariablesFile: (path) => variablesFiles.environmentPlaces.has(path)
    }),
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
