import type { Item } from './entry.ts'
import { isWithin, parentOf } from './paths.ts'
import { isEnvironmentFile } from './private-files.ts'

/** What the input `include` readmits of what ignore files leave out. */
export interface Inclusion {
  readonly isEmpty: boolean
  /** @param path seen from the workspace, with forward slashes */
  includes(path: string, kind: Item['kind']): boolean
  /** Whether a pattern without wildcards names this path itself, and not only a folder that holds it. */
  names(path: string, kind: Item['kind']): boolean
  /** The patterns that nothing has matched so far. */
  unused(): readonly UnusedPattern[]
}

/** A pattern that matches nothing that can be packed. */
export interface UnusedPattern {
  readonly pattern: string
  /** Why, and what to write instead; `MISSING` when it names what is not there. Nothing when that cannot be told. */
  readonly why: string | undefined
}

/** Where patterns are looked for. Paths are seen from the workspace, with forward slashes. */
interface SearchedWorkspace {
  /** Absolute, with forward slashes. */
  readonly workspace: string
  /** The folders that are packed; the empty path is the workspace. */
  readonly folders: readonly string[]
  isThere(path: string): boolean
  /** Whether a file of variables is at this path that an input or the configuration names. */
  isVariablesFile(path: string): boolean
}

/**
 * Reads the patterns of the input, which are those of a .gitignore at the root of the workspace: the last one that
 * matches decides, and `!` excludes.
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
  // A folder such as `.envs` stays out as a whole.
  if (path.split('/').some(isEnvironmentFile) || around.isVariablesFile(path)) {
    return 'files of environment variables are never packed; set `secrets-file` to send its variables'
  }
  const fixed = /[*?[\\]/.test(path) ? parentOf(path.replace(/[*?[\\].*$/, '')) : path
  const isOutside = fixed !== '' && !around.folders.some((folder) => isWithin(folder, fixed) || isWithin(fixed, folder))
  if (isOutside && around.isThere(fixed)) return 'it is outside the packed folders; set `root: .`'
  // Without a slash it is a name that may be anywhere.
  return fixed === path && path.includes('/') && !around.isThere(path) ? MISSING : undefined
}

/** That a pattern names what is not there. */
export const MISSING = 'missing'

function plainPath(pattern: string): string {
  return pattern.replace(/^\/+|\/+$/g, '')
}

/** A pattern without its negation, to see whether it matches anything. */
function withoutMark(pattern: string): string {
  return pattern.replace(/^!/, '')
}
