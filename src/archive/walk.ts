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

/** Options of the archive, from the inputs. */
export interface ListingOptions {
  /** Patterns of ignored files to pack, with the syntax of a .gitignore at the root of the workspace. */
  readonly include?: readonly string[]
  /** Environment variable files, which are never packed; relative to the workspace, or absolute. */
  readonly environmentFiles?: readonly string[]
  /** The `PATH` to search for git. */
  readonly gitPath?: string | undefined
}

/**
 * State of the walk through the folders of a project: the rules, and the results so far. Paths are paths in the
 * archive, unless noted otherwise.
 */
export interface Walk {
  readonly project: Project
  /** Root of the archive, relative to the workspace. */
  readonly root: string
  readonly include: Inclusion
  /** Environment variable files whose variables this run sends, relative to the workspace. */
  readonly sentFiles: ReadonlySet<string>
  /** An empty set of git ignore rules. */
  readonly none: IgnoreRules
  readonly repositories: Repositories
  /** The configuration and the paths that it names. */
  readonly named: readonly string[]
  /** `named` and the project's folders, which are packed even if they are ignored. */
  readonly goesIn: ReadonlySet<string>
  /** `goesIn` and the folders that contain them. */
  readonly watched: ReadonlySet<string>
  /** Environment variable files, relative to the workspace. */
  readonly environmentPlaces: ReadonlySet<string>
  /** True if a file is an environment variable file, under any name. */
  readonly isVariablesFile: (status: Stats) => boolean
  /** Reasons that the archive cannot be created, with the line of the configuration that each is about. */
  readonly problems: { readonly text: string; readonly place?: Place | undefined }[]
  /** For each excluded path in `watched`, the reason. */
  readonly reasons: Map<string, string>
  /** For each folder, the reason of its first excluded item. */
  readonly innerReasons: Map<string, string>
  /** Number of items that were reached through links. */
  linked: number
  readonly entries: Entry[]
  readonly environmentFiles: string[]
  readonly credentials: string[]
  readonly developmentState: string[]
  readonly trackedState: string[]
  /** Repositories without a working tree. */
  readonly gitFolders: string[]
  readonly special: string[]
  readonly dangling: string[]
  readonly circles: string[]
  readonly hiddenEnds: string[]
  /** Links that point outside the workspace, and that neither git nor the configuration nor `include` names. */
  readonly leaving: string[]
  readonly vanished: string[]
  /** Ignored folders that `include` packs, at least in part. */
  readonly reopened: Set<string>
  /** Paths that a .gitignore excludes and that git might track, because git could not list the tracked files. */
  readonly untold: { readonly path: string; readonly ignoredAt: string }[]
  /** Roots of the repositories whose tracked files git could not list. */
  readonly unasked: Set<string>
}

/** Prepares a walk. Reads the files that the inputs name, but no folder. */
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

/** Returns the files whose variables this run sends, without a file of the configuration that sets no variable. */
function sentFilesOf({ environment, environmentFile }: Project, files: readonly string[]): ReadonlySet<string> {
  return new Set(
    files.filter((file) => file !== environmentFile || environment.length > 0).map((file) => posix.normalize(file))
  )
}

/** Identifies environment variable files by path, real path and inode, because links give one file several names. */
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
    // On Windows, file IDs are too large for a JavaScript number.
    isVariablesFile: (status) => process.platform !== 'win32' && nodes.has(nodeOf(status))
  }
}

/** Returns a key that identifies a file in all file systems. */
function nodeOf({ dev, ino }: Stats): string {
  return `${dev}:${ino}`
}
