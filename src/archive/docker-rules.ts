import { posix } from 'node:path'
import type { Ignore } from '@balena/dockerignore'
import { type IgnoreLine, readIgnoreFile } from './ignore-file.ts'
import { ProjectError } from './project-error.ts'

/** The rules of one .dockerignore. Paths are seen from its folder. */
export interface DockerRules {
  /** Whether the path is left out: of all lines that fit it, or a folder that holds it, the last one decides. */
  excludes(path: string): boolean
  /** Whether a line with `!` can bring back something below a folder. */
  readmitsBelow(folder: string): boolean
  /** The line that leaves a path out, such as ".dockerignore line 3 (*.log)". */
  ruleAgainst(path: string): string | undefined
}

/**
 * Reads the .dockerignore of a folder with Docker's rules; nothing without one. In Docker a pattern holds from the folder
 * of the file on, and a file can come back although its folder is left out.
 *
 * See https://docs.docker.com/build/concepts/context/#dockerignore-files.
 *
 * @param folder seen from the workspace
 * @throws {ProjectError} when the file cannot be read, or has a pattern that Docker would refuse
 */
export async function readDockerRules(workspace: string, folder: string): Promise<DockerRules | undefined> {
  const lines = await readIgnoreFile(workspace, folder, '.dockerignore')
  if (!lines) return undefined
  const { default: dockerignore } = (await import('@balena/dockerignore')).default
  const matcher = (...patterns: readonly string[]) => dockerignore({ ignorecase: false }).add([...patterns])
  const rules = lines.flatMap((line) => ruleOf(line) ?? [])
  for (const { mark, pattern } of rules) checkPattern(matcher(pattern), mark)
  const all = matcher(...rules.map(({ isException, pattern }) => (isException ? `!${pattern}` : pattern)))
  const exceptions = rules.filter(({ isException }) => isException).map(({ pattern }) => pattern)
  return {
    excludes: (path) => all.ignores(path),
    readmitsBelow: (inner) => exceptions.some((pattern) => canFitBelow(pattern, inner)),
    ruleAgainst: (path) => {
      const last = rules.findLast(({ pattern }) => matcher(pattern).ignores(path))
      return last?.isException ? undefined : last?.mark
    }
  }
}

interface Rule {
  readonly isException: boolean
  /** Without its `!`. */
  readonly pattern: string
  readonly mark: string
}

function ruleOf({ text, mark }: IgnoreLine): Rule | undefined {
  if (text.startsWith('#')) return undefined
  const line = text.trim()
  const isException = line.startsWith('!')
  const written = isException ? line.slice(1).trim() : line
  if (written === '') return undefined
  const clean = posix
    .normalize(written)
    .replace(/^\/(?=.)/, '')
    .replace(/(?<=.)\/$/, '')
  // Plain characters to Docker, but not to the regular expression that the library makes of the pattern.
  const pattern = clean.replace(/(?<!\\)[+()|{}](?![^[]*\])/g, '[$&]')
  return { isException, pattern, mark }
}

/** A pattern is only compiled when something is compared to it. */
function checkPattern(matcher: Ignore, mark: string): void {
  try {
    matcher.ignores('any/path')
  } catch {
    throw new ProjectError([`${mark} is not a valid pattern. Correct it; Docker rejects it too.`])
  }
}

/** Whether the pattern and the folder agree as far as both are known: up to the first wildcard, and to the folder's end. */
function canFitBelow(pattern: string, folder: string): boolean {
  const parts = pattern.split('/')
  const wildcard = parts.findIndex((part) => /[*?[\\]/.test(part))
  const fixed = wildcard < 0 ? parts : parts.slice(0, wildcard)
  const folders = folder.split('/')
  return fixed.slice(0, folders.length).every((part, index) => part === folders[index])
}
