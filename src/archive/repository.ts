import { lstatSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { askGit } from './git.ts'
import { parentOf } from './paths.ts'

/** A path in git's index. */
interface Tracked {
  /** Six octal digits, such as 100755 for a program, 120000 for a link or 160000 for a submodule. */
  readonly mode: string
  /** The name of its content, in hex: of SHA-1, or of SHA-256 where the repository has that. */
  readonly object: string
}

/** What git tracks, whatever its ignore files say. Paths are seen from the workspace. */
interface Index {
  find(path: string): Tracked | undefined
  /** Whether something is tracked at the path or below it. */
  holds(path: string): boolean
}

export interface Repository {
  /** Seen from the workspace. */
  readonly root: string
  /** Nothing where git could not be asked. */
  readonly index: Index | undefined
  /** The text of its `info/exclude`; nothing without one. */
  readonly exclusions: string | undefined
}

/** The repositories of a workspace: its own, submodules, and what was checked out into a folder of it. */
export interface Repositories {
  /** The repository whose root is this folder, seen from the workspace. The folder must hold a `.git`. */
  at(folder: string): Promise<Repository>
  /** The repository that a folder lies in; nothing without one in the workspace. */
  holding(folder: string): Promise<Repository | undefined>
}

/** An index of a million files takes a second or two. */
const LIMITS = { ms: 30_000, bytes: 256 * 1024 * 1024 }

/**
 * Git is asked once for each repository, and only when something in it is to be packed.
 *
 * @param workspace absolute, without symbolic links; nothing above it is looked at
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
    // In a worktree and a submodule it lies elsewhere, which git alone knows.
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

/** A repository's own folder, or the file that names it in a submodule or a worktree. */
function isRoot(folder: string): boolean {
  return lstatSync(join(folder, '.git'), { throwIfNoEntry: false }) !== undefined
}

/**
 * Reads what `git ls-files --stage -z` prints: `MODE OBJECT STAGE<tab>PATH`, each with a NUL behind it.
 *
 * @param root of the repository, from which git sees the paths; itself seen from the workspace
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
