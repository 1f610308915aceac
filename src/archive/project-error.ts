import type { Place } from '../run/place.ts'

/** Something that is wrong with a file, and its line, from 1. The text follows the name of the file. */
export interface LineProblem {
  readonly line: number
  readonly text: string
}

/** The project in the workspace cannot be deployed as it is. Each problem is one sentence or two, with its cure. */
export class ProjectError extends Error {
  override readonly name = 'ProjectError'
  readonly problems: readonly string[]
  /** Where the first problem is that has a place in a file. */
  readonly place: Place | undefined
  /** The input that leads to the problems. */
  readonly input: 'langgraph-config' | 'root'
  constructor(problems: readonly string[], about: Partial<Pick<ProjectError, 'place' | 'input'>> = {}) {
    super(problems.join('\n'))
    this.problems = problems
    this.place = about.place
    this.input = about.input ?? 'langgraph-config'
  }
}

/**
 * A path as a message shows it: characters that control a terminal or break a line are written as escapes, and so
 * are bytes that are not UTF-8 (see `textOfBytes`).
 */
export function shown(path: string): string {
  return path.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0
    return code >= 0xdc80 && code <= 0xdcff ? `\\x${(code & 0xff).toString(16)}` : `\\u{${code.toString(16)}}`
  })
}

/** A sentence about a list of paths; none where the list is empty. */
export function sentenceAbout(paths: readonly string[], sentence: (list: string) => string): readonly string[] {
  return paths.length === 0 ? [] : [sentence(shownList(paths))]
}

/** Names up to `most` paths, and how many more there are. */
export function shownList(paths: readonly string[], most = 10): string {
  const rest = paths.length - most
  return paths.slice(0, most).map(shown).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}

/** Why the file system refused, in words; `code` is Node's, such as EACCES. */
export function whyRefused(error: unknown): string {
  const code = fileErrorCode(error)
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist'
  if (code === 'EACCES' || code === 'EPERM') return 'cannot be read: permission denied'
  if (code === 'ELOOP') return 'is a circular symbolic link'
  return `cannot be read (${code || 'unknown error'})`
}

/** Node's code of an error of the file system; empty when it has none. */
export function fileErrorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
