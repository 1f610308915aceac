import { parentOf } from './paths.ts'

/** What the input `include` brings back of what ignore files leave out. */
export interface Inclusion {
  readonly isEmpty: boolean
  /** @param path seen from the workspace, with forward slashes */
  includes(path: string, isFolder: boolean): boolean
  /** Whether a pattern without wildcards is about this very path, and not only about a folder that holds it. */
  names(path: string, isFolder: boolean): boolean
  /** The patterns that nothing has matched so far. */
  unused(): readonly string[]
}

/**
 * Reads the patterns of the input, which are those of a .gitignore at the root of the workspace: the last one that
 * matches decides, `!` takes away again.
 */
export async function createInclusion(patterns: readonly string[]): Promise<Inclusion> {
  const { default: ignore } = await import('ignore')
  const all = ignore({ ignorecase: false }).add(patterns)
  const plain = ignore({ ignorecase: false }).add(patterns.filter((pattern) => !/[*?[\\]/.test(pattern)))
  const waiting = new Map(patterns.map((pattern) => [pattern, ignore({ ignorecase: false }).add(bare(pattern))]))
  return {
    isEmpty: patterns.length === 0,
    includes: (path, isFolder) => {
      const name = isFolder ? `${path}/` : path
      for (const [pattern, matcher] of waiting) if (matcher.ignores(name)) waiting.delete(pattern)
      return all.ignores(name)
    },
    names: (path, isFolder) => {
      const folder = parentOf(path)
      return plain.ignores(isFolder ? `${path}/` : path) && (folder === '' || !plain.ignores(`${folder}/`))
    },
    unused: () => [...waiting.keys()]
  }
}

/** A pattern without its negation, to see whether there is anything that it speaks of. */
function bare(pattern: string): string {
  return pattern.replace(/^!/, '')
}
