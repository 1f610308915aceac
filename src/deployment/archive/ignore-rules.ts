import { readFile, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ignore } from 'ignore'
import { isInside, relativeTo } from './paths.ts'
import { codeOf, inWords, ProjectError, shown } from './project-error.ts'

/** The rules that hold in one folder: its own ignore files, and those of the folders above it. */
export interface IgnoreRules {
  /**
   * The rule that leaves a path out, such as "libs/.gitignore line 3 (*.log)"; nothing when it stays. A folder above
   * it that is left out counts too.
   *
   * @param path seen from the workspace, with forward slashes
   */
  ruleAgainst(path: string, isFolder: boolean): string | undefined
  /**
   * The rules one folder further down.
   *
   * @param folder the folder to enter, seen from the workspace
   * @param files which ignore files count in it; those that it does not have are passed over
   * @throws {ProjectError} when one of them cannot be read
   */
  enter(folder: string, files: readonly IgnoreFile[]): Promise<IgnoreRules>
}

export type IgnoreFile = '.gitignore' | '.dockerignore'

type Managers = { readonly [file in IgnoreFile]: Ignore | undefined }

/**
 * The rules outside of everything: none. A path stays when neither kind of file is against it; each kind is judged for
 * itself. Both are read with git's semantics, as LangSmith's own tool does.
 *
 * @param workspace the folder that all paths are seen from, absolute
 */
export async function createIgnoreRules(workspace: string): Promise<IgnoreRules> {
  const { default: ignore } = await import('ignore')

  const rules = (managers: Managers): IgnoreRules => ({
    ruleAgainst(path, isFolder) {
      const name = inBytes(isFolder ? `${path}/` : path)
      for (const manager of Object.values(managers)) {
        const result = manager?.test(name)
        if (result?.rule) return result.rule.mark
      }
      return undefined
    },
    async enter(folder, files) {
      const inside = { ...managers }
      for (const file of files) {
        const text = await readIgnoreFile(workspace, folder, file)
        if (text === undefined) continue
        const above = managers[file]
        const manager = ignore({ ignorecase: false })
        if (above) manager.add(above)
        inside[file] = manager.add(rulesOf(text, folder, file))
      }
      return rules(inside)
    }
  })
  return rules({ '.dockerignore': undefined, '.gitignore': undefined })
}

async function readIgnoreFile(workspace: string, folder: string, file: IgnoreFile): Promise<string | undefined> {
  const path = join(workspace, folder, file)
  try {
    const real = await realpath(path)
    // Git reads no .gitignore through a link; for the other, nothing outside may steer what is packed.
    if (file === '.gitignore' ? real !== path : !isInside(workspace, real)) return undefined
    return (await stat(real)).isFile() ? await readFile(real, 'utf8') : undefined
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ELOOP') return undefined
    // To go on without its rules could pack what they keep out.
    throw new ProjectError([`${shown(relativeTo(workspace, path))} ${inWords(error)}.`])
  }
}

/**
 * The rules of one file as rules of the workspace. The library knows files at the top only; in one chain of rules for
 * the whole way down, the last that fits wins, as git has it: the deepest file decides.
 */
function rulesOf(
  text: string,
  folder: string,
  file: IgnoreFile
): { readonly pattern: string; readonly mark: string }[] {
  const place = folder === '' ? file : `${folder}/${file}`
  const lines = text.replace(/^\uFEFF/, '').split('\n')
  return lines.flatMap((line, index) => {
    const written = line.replace(/\r$/, '')
    const pattern = below(folder, written)
    return pattern === undefined
      ? []
      : [{ pattern: inBytes(pattern), mark: `${place} line ${index + 1} (${written.trim()})` }]
  })
}

/** The pattern as the workspace's own .gitignore would have to say it; nothing for a line that is no rule. */
function below(folder: string, line: string): string | undefined {
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

/** Git drops blanks at the end of a line, but for one behind a backslash that is not itself escaped. */
function withoutTrailingBlanks(body: string): string {
  const kept = body.replace(/ +$/, '')
  const backslashes = kept.length - kept.replace(/\\+$/, '').length
  return backslashes % 2 === 1 && kept !== body ? `${kept} ` : kept
}

/** The bytes of a text as characters: to git a `?` or `[…]` is one byte, to the library one character. */
function inBytes(text: string): string {
  return Buffer.from(text).toString('latin1')
}
