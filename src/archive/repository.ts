import { lstatSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { askGit } from './git.ts'
import { parentOf } from './paths.ts'

/** A path in git's index. */
interface Tracked {
  /** Six octal digits, such as 100755 for a program, 120000 for a link or 160000 for a submodule. */
  readonly mode: string
  /** Object name of its content, in hex: SHA-1, or SHA-256 in a repository with that object format. */
  readonly object: string
}

/** The paths that git tracks, even if a .gitignore matches them. Paths are relative to the workspace. */
interface Index {
  find(path: string): Tracked | undefined
  /** True if the path or something below it is tracked. */
  holds(path: string): boolean
}

export interface Repository {
  /** Relative to the workspace. */
  readonly root: string
  /** Undefined if git could not list it. */
  readonly index: Index | undefined
  /** Content of its `info/exclude`; undefined without that file. */
  readonly exclusions: string | undefined
}

/** The repositories of a workspace: its own, submodules, and those that were checked out into subfolders. */
export interface Repositories {
  /** Returns the repository with this root, relative to the workspace. The folder must contain a `.git`. */
  at(folder: string): Promise<Repository>
  /** Returns the repository that contains a folder; undefined if the workspace has none around it. */
  holding(folder: string): Promise<Repository | undefined>
}

/** An index of a million files takes a second or two. */
const LIMITS = { ms: 30_000, bytes: 256 * 1024 * 1024 }

/**
 * Returns access to the repositories of a workspace. Git runs once for each repository, on the first use.
 *
 * @param workspace absolute, without symbolic links; folders above it are ignored
 */
export function createRepositories(workspace: string, gitPath: string | undefined): Repositories {
  const known = new Map<string, Promise<Repository>>()
  const at = (root: string) => {
    const repository = known.get(root) ?? readRepository(root)
    known.set(root, repository)
    return repository
  }
  const readRepository = async (root: string): Promise<Repository> => {
    const folder = join(workspace, root)
    const [index, exclusions] = await Promise.all([readIndex(root), readExclusions(folder)])
    return { root, index, exclusions }
  }
  const readExclusions = async (folder: string) => {
    // In a worktree or a submodule, only git knows the path of the file.
    const isPlain = lstatSync(join(folder, '.git'), { throwIfNoEntry: false })?.isDirectory()
    const asked = isPlain
      ? '.git/info/exclude'
      : await askGit(folder, workspace, gitPath, ['rev-parse', '--git-path', 'info/exclude'])
    const file = asked?.replace(/\n$/, '')
    return file ? readFile(resolve(folder, file), 'utf8').catch(() => undefined) : undefined
  }
  const readIndex = async (root: string) => {
    const listed = await askGit(join(workspace, root), workspace, gitPath, ['ls-files', '--stage', '-z'], '', LIMITS)
    return listed === undefined ? undefined : parseIndex(listed, root)
  }
  return {
    at,
    holding: async (folder) => {
      for (let place = folder; ; place = parentOf(place)) {
        if (isRoot(join(workspace, place))) return at(place)
        if (place === '') return undefined
      }
    }
  }
}

/**
 * True if a folder contains `.git`: the folder of a repository, or the file that names it in a submodule or worktree.
 */
function isRoot(folder: string): boolean {
  return lstatSync(join(folder, '.git'), { throwIfNoEntry: false }) !== undefined
}

/**
 * Parses the output of `git ls-files --stage -z`: `MODE OBJECT STAGE<tab>PATH`, with a NUL after each.
 *
 * @param root the root of the repository, relative to the workspace; the listed paths are relative to the root
 */
function parseIndex(listed: string, root: string): Index {
  const files = new Map<string, string>()
  const folders = new Set([''])
  for (let from = 0, end = listed.indexOf('\0'); end >= 0; from = end + 1, end = listed.indexOf('\0', from)) {
    const tab = listed.indexOf('\t', from)
    const path = listed.slice(tab + 1, end)
    files.set(path, listed.slice(from, tab))
    for (let folder = parentOf(path); !folders.has(folder); folder = parentOf(folder)) folders.add(folder)
  }
  const inRepository = (path: string) => (root === '' ? path : path.slice(root.length + 1))
  return {
    find: (path) => {
      const [mode, object] = files.get(inRepository(path))?.split(' ') ?? []
      return mode && object ? { mode, object } : undefined
    },
    holds: (path) => {
      const own = inRepository(path)
      return own === '' ? files.size > 0 : folders.has(own) || files.has(own)
    }
  }
}
