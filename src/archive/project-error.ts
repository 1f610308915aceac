import type { Place } from '../run/place.ts'

/** A problem in a file, and its line, from 1. The text follows the name of the file. */
export interface LineProblem {
  readonly line: number
  readonly text: string
}

/**
 * Thrown if the project in the workspace cannot be deployed. Each problem consists of one or two sentences, with its
 * fix.
 */
export class ProjectError extends Error {
  override readonly name = 'ProjectError'
  readonly problems: readonly string[]
  /** File and line of the first problem that has them. */
  readonly place: Place | undefined
  /** The input that causes the problems. */
  readonly input: 'langgraph-config' | 'root'
  constructor(problems: readonly string[], about: Partial<Pick<ProjectError, 'place' | 'input'>> = {}) {
    super(problems.join('\n'))
    this.problems = problems
    this.place = about.place
    this.input = about.input ?? 'langgraph-config'
  }
}

/**
 * Formats a path for a message: escapes control characters, line breaks and bytes that are not UTF-8 (see
 * `textOfBytes`).
 */
export function shown(path: string): string {
  return path.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0
    return code >= 0xdc80 && code <= 0xdcff ? `\\x${(code & 0xff).toString(16)}` : `\\u{${code.toString(16)}}`
  })
}

/** Returns a sentence about a list of paths, or an empty array if the list is empty. */
export function sentenceAbout(paths: readonly string[], sentence: (list: string) => string): readonly string[] {
  return paths.length === 0 ? [] : [sentence(shownList(paths))]
}

/** Formats up to `most` paths, and the number of further ones. */
export function shownList(paths: readonly string[], most = 10): string {
  const rest = paths.length - most
  return paths.slice(0, most).map(shown).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}

/** Describes an error of the file system, by its code in Node, such as EACCES. */
export function whyRefused(error: unknown): string {
  const code = fileErrorCode(error)
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist'
  if (code === 'EACCES' || code === 'EPERM') return 'cannot be read: permission denied'
  if (code === 'ELOOP') return 'is a circular symbolic link'
  return `cannot be read (${code || 'unknown error'})`
}

/** Returns the code of an error in Node, such as ENOENT; empty if it has none. */
export function fileErrorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
