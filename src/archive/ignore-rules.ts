import type { Item } from './entry.ts'
import { type IgnoreLine, ignoreLinesOf, readIgnoreFile } from './ignore-file.ts'
import { bytesOf } from './paths.ts'

/** The rules of git that hold in one folder: those of its own .gitignore, and of the folders above it. */
export interface IgnoreRules {
  /**
   * The rule that leaves a path out, such as "libs/.gitignore line 3 (*.log)"; nothing when it stays. A folder above
   * it that is left out counts too.
   *
   * @param path seen from the workspace, with forward slashes
   */
  ruleAgainst(path: string, kind: Item['kind']): string | undefined
  /**
   * The rules one folder further down, which has a .gitignore; where it does not count they are the same.
   *
   * @param folder the folder to enter, seen from the workspace
   * @throws {ProjectError} when its file cannot be read
   */
  enter(folder: string): Promise<IgnoreRules>
  /**
   * These rules and further ones, which decide where both match a path.
   *
   * @param text of an ignore file
   * @param folder that its patterns are seen from, itself seen from the workspace
   * @param name of the file, as reasons have it
   */
  with(text: string, folder: string, name: string): IgnoreRules
}

/**
 * The rules outside of everything: none.
 *
 * @param workspace the folder that all paths are seen from, absolute
 */
export async function createIgnoreRules(workspace: string): Promise<IgnoreRules> {
  const { default: ignore } = await import('ignore')
  const extend = (above: ReturnType<typeof ignore> | undefined, lines: readonly IgnoreLine[], folder: string) => {
    const inside = ignore({ ignorecase: false })
    if (above) inside.add(above)
    return rules(inside.add(rulesOf(lines, folder)))
  }
  const rules = (above?: ReturnType<typeof ignore>): IgnoreRules => ({
    with: (text, folder, name) => extend(above, ignoreLinesOf(text, name), folder),
    ruleAgainst: (path, kind) => above?.test(inBytes(kind === 'folder' ? `${path}/` : path)).rule?.mark,
    async enter(folder) {
      const lines = await readIgnoreFile(workspace, folder, '.gitignore')
      return lines === undefined ? rules(above) : extend(above, lines, folder)
    }
  })
  return rules()
}

/**
 * The rules of one file as rules of the workspace. The library knows files at the top only; in one chain of rules for
 * the whole way down, the last that fits wins, as git has it: the deepest file decides.
 */
function rulesOf(lines: readonly IgnoreLine[], folder: string): { readonly pattern: string; readonly mark: string }[] {
  return lines.flatMap(({ text, mark }) => {
    const pattern = asSeenFromWorkspace(folder, text)
    return pattern === undefined ? [] : [{ pattern: inBytes(pattern), mark }]
  })
}

/** The pattern as the workspace's own .gitignore would have to say it; nothing for a line that is no rule. */
function asSeenFromWorkspace(folder: string, line: string): string | undefined {
  if (line.startsWith('#')) return undefined
  if (folder === '') return line
  const negation = line.startsWith('!') ? '!' : ''
  const body = withoutTrailingBlanks(line.slice(negation.length))
  const inner = body.replace(/\/$/, '')
  if (inner === '') return undefined
  const prefix = folder.replace(/[\\*?[\]]/g, '\\$&')
  // A slash anywhere but at the end ties a pattern to the folder of its file; without one it holds at any depth.
  const depth = inner.includes('/') ? '/' : '/**/'
  return `${negation}/${prefix}${depth}${body.replace(/^\//, '')}`
}

/** Git drops blanks at the end of a line, except one after a backslash that is not itself escaped. */
function withoutTrailingBlanks(body: string): string {
  const kept = body.replace(/ +$/, '')
  const backslashes = kept.length - kept.replace(/\\+$/, '').length
  return backslashes % 2 === 1 && kept !== body ? `${kept} ` : kept
}

/** The bytes of a text as characters: to git a `?` or `[…]` is one byte, to the library one character. */
function inBytes(text: string): string {
  return bytesOf(text).toString('latin1')
}
