import { posix } from 'node:path'
import type { Ignore } from '@balena/dockerignore'
import { type IgnoreLine, readIgnoreFile } from './ignore-file.ts'
import { ProjectError } from './project-error.ts'

/** The rules of one .dockerignore. Paths are relative to its folder. */
export interface DockerRules {
  /** True if the path is excluded: the last line decides that matches the path or a folder that contains it. */
  excludes(path: string): boolean
  /** True if a line with `!` can include something below a folder again. */
  readmitsBelow(folder: string): boolean
  /** The line that excludes a path, such as ".dockerignore line 3 (*.log)". */
  ruleAgainst(path: string): string | undefined
}

/**
 * Reads the .dockerignore of a folder with Docker's rules; undefined without the file. In contrast to a .gitignore, a
 * pattern is relative to the folder of the file, and `!` can include a file again even if its folder is excluded.
 *
 * See https://docs.docker.com/build/concepts/context/#dockerignore-files.
 *
 * @param folder relative to the workspace
 * @throws {ProjectError} if the file cannot be read, or contains a pattern that Docker rejects
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
  // Docker treats these as plain characters, but the library builds a regular expression from the pattern.
  const pattern = clean.replace(/(?<!\\)[+()|{}](?![^[]*\])/g, '[$&]')
  return { isException, pattern, mark }
}

/** Matches any path, because the library compiles a pattern only when it matches one. */
function checkPattern(matcher: Ignore, mark: string): void {
  try {
    matcher.ignores('any/path')
  } catch {
    throw new ProjectError([`${mark} is not a valid pattern. Correct it; Docker rejects it too.`])
  }
}

/** True if a pattern can match a path below the folder. Only the parts before the first wildcard are compared. */
function canFitBelow(pattern: string, folder: string): boolean {
  const parts = pattern.split('/')
  const wildcard = parts.findIndex((part) => /[*?[\\]/.test(part))
  const fixed = wildcard < 0 ? parts : parts.slice(0, wildcard)
  const folders = folder.split('/')
  return fixed.slice(0, folders.length).every((part, index) => part === folders[index])
}
