import type { Item } from './entry.ts'
import { type IgnoreLine, ignoreLinesOf, readIgnoreFile } from './ignore-file.ts'
import { bytesOf } from './paths.ts'

/** The git ignore rules of a folder: those of its own .gitignore, and of the folders above. */
export interface IgnoreRules {
  /**
   * Returns the rule that excludes a path or a folder that contains it, such as "libs/.gitignore line 3 (*.log)".
   * Undefined if the path is not excluded.
   *
   * @param path relative to the workspace, with forward slashes
   */
  ruleAgainst(path: string, kind: Item['kind']): string | undefined
  /**
   * Returns these rules with those of the .gitignore in a subfolder. A .gitignore that is a link is ignored.
   *
   * @param folder the folder to enter, relative to the workspace
   * @throws {ProjectError} if its .gitignore cannot be read
   */
  enter(folder: string): Promise<IgnoreRules>
  /**
   * Returns these rules with further ones, which take precedence if both match a path.
   *
   * @param text content of an ignore file
   * @param folder that its patterns are relative to; relative to the workspace
   * @param name of the file in reasons
   */
  with(text: string, folder: string, name: string): IgnoreRules
}

/**
 * Returns an empty set of rules, to which folders add theirs.
 *
 * @param workspace the folder that all paths are relative to; absolute
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
 * Converts the rules of one file to rules of the workspace, because the library supports only a single ignore file. All
 * files from the workspace down form one list of rules. As in git, the last match decides, which is in the deepest
 * file.
 */
function rulesOf(lines: readonly IgnoreLine[], folder: string): { readonly pattern: string; readonly mark: string }[] {
  return lines.flatMap(({ text, mark }) => {
    const pattern = asSeenFromWorkspace(folder, text)
    return pattern === undefined ? [] : [{ pattern: inBytes(pattern), mark }]
  })
}

/** Converts a pattern to its equivalent in the workspace's .gitignore; undefined if the line is not a rule. */
function asSeenFromWorkspace(folder: string, line: string): string | undefined {
  if (line.startsWith('#')) return undefined
  if (folder === '') return line
  const negation = line.startsWith('!') ? '!' : ''
  const body = withoutTrailingBlanks(line.slice(negation.length))
  const inner = body.replace(/\/$/, '')
  if (inner === '') return undefined
  const prefix = folder.replace(/[\\*?[\]]/g, '\\$&')
  // A pattern with a slash before its end is relative to the folder of its file. Others match at any depth.
  const depth = inner.includes('/') ? '/' : '/**/'
  return `${negation}/${prefix}${depth}${body.replace(/^\//, '')}`
}

/** Removes trailing blanks as git does: all except one after an unescaped backslash. */
function withoutTrailingBlanks(body: string): string {
  const kept = body.replace(/ +$/, '')
  const backslashes = kept.length - kept.replace(/\\+$/, '').length
  return backslashes % 2 === 1 && kept !== body ? `${kept} ` : kept
}

/** Converts each byte to one character: `?` and `[…]` match one byte in git, but one character in the library. */
function inBytes(text: string): string {
  return bytesOf(text).toString('latin1')
}
