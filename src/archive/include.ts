import type { Item } from './entry.ts'
import { isWithin, parentOf } from './paths.ts'
import { isEnvironmentFile } from './private-files.ts'

/** The patterns of the input `include`, which packs files that ignore files exclude. */
export interface Inclusion {
  readonly isEmpty: boolean
  /** @param path relative to the workspace, with forward slashes */
  includes(path: string, kind: Item['kind']): boolean
  /** True if a pattern without wildcards names this path itself, not only a folder that contains it. */
  names(path: string, kind: Item['kind']): boolean
  /** Returns the patterns that have not matched any path so far. */
  unused(): readonly UnusedPattern[]
}

/** A pattern that matches no file that can be packed. */
export interface UnusedPattern {
  readonly pattern: string
  /** The reason and its fix; `MISSING` if the named path does not exist. Undefined if the reason is unknown. */
  readonly why: string | undefined
}

/** The workspace in which patterns are matched. Paths are relative to it, with forward slashes. */
interface SearchedWorkspace {
  /** Absolute, with forward slashes. */
  readonly workspace: string
  /** The packed folders; the empty path is the workspace. */
  readonly folders: readonly string[]
  isThere(path: string): boolean
  /** True if this is an environment variable file that an input or the configuration names. */
  isVariablesFile(path: string): boolean
}

/**
 * Reads the patterns of the input. They have the syntax of a .gitignore at the root of the workspace: the last match
 * decides, and `!` excludes.
 */
export async function createInclusion(patterns: readonly string[], around: SearchedWorkspace): Promise<Inclusion> {
  const { default: ignore } = await import('ignore')
  const all = ignore({ ignorecase: false }).add(patterns)
  const plain = ignore({ ignorecase: false }).add(patterns.filter((pattern) => !/[*?[\\]/.test(pattern)))
  const waiting = new Map(patterns.map((pattern) => [pattern, ignore({ ignorecase: false }).add(withoutMark(pattern))]))
  return {
    isEmpty: patterns.length === 0,
    includes: (path, kind) => {
      const name = kind === 'folder' ? `${path}/` : path
      for (const [pattern, matcher] of waiting) if (matcher.ignores(name)) waiting.delete(pattern)
      return all.ignores(name)
    },
    names: (path, kind) => {
      const folder = parentOf(path)
      return plain.ignores(kind === 'folder' ? `${path}/` : path) && (folder === '' || !plain.ignores(`${folder}/`))
    },
    unused: () => [...waiting.keys()].map((pattern) => ({ pattern, why: whyUnused(withoutMark(pattern), around) }))
  }
}

function whyUnused(written: string, around: SearchedWorkspace): string | undefined {
  if (/^-\s/.test(written)) return `write one pattern per line without \`- \`: ${written.replace(/^-\s+/, '')}`
  if (/,/.test(written) && !around.isThere(plainPath(written)))
    return 'commas do not separate patterns; write one pattern per line'
  const { workspace } = around
  if (written === workspace || written.startsWith(`${workspace}/`)) {
    const rest = written.slice(workspace.length + 1)
    return `write the path relative to the workspace: ${rest || '**'}`
  }
  const path = plainPath(written)
  // A folder such as `.envs` is excluded with all its contents.
  if (path.split('/').some(isEnvironmentFile) || around.isVariablesFile(path)) {
    return 'environment variable files are never packed; set `secrets-file` to send the variables'
  }
  const fixed = /[*?[\\]/.test(path) ? parentOf(path.replace(/[*?[\\].*$/, '')) : path
  const isOutside = fixed !== '' && !around.folders.some((folder) => isWithin(folder, fixed) || isWithin(fixed, folder))
  if (isOutside && around.isThere(fixed)) return 'it is outside the packed folders; set `root: .`'
  // A pattern without a slash matches a name in any folder, so a missing file cannot be detected.
  return fixed === path && path.includes('/') && !around.isThere(path) ? MISSING : undefined
}

/** Value of `why` for a pattern that names a path that does not exist. */
export const MISSING = 'missing'

function plainPath(pattern: string): string {
  return pattern.replace(/^\/+|\/+$/g, '')
}

/** Removes the negation of a pattern, so that its matches can be counted. */
function withoutMark(pattern: string): string {
  return pattern.replace(/^!/, '')
}
