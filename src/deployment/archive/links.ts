import { lstatSync, readFileSync } from 'node:fs'
import { readFile, realpath } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { createObjectName } from './line-ends.ts'
import { onDisk, textOf } from './paths.ts'
import { codeOf } from './project-error.ts'

/** Where a link leads: to `real`, which is absolute and without links; or nowhere, or in a circle. */
export type LinkEnd =
  | { readonly kind: 'real'; readonly real: string }
  | { readonly kind: 'nowhere' | 'circle' }
  | { readonly kind: 'unreadable'; readonly error: unknown }

/** The longest target that a file system takes. */
const LONGEST_TARGET = 4096

/** Follows a symbolic link to its end. @param source of the link, absolute */
export function followLink(source: string): Promise<LinkEnd> {
  return endOf(source)
}

/**
 * Follows a link that git wrote as a plain file, as it does on Windows: the file holds the target.
 *
 * @param source of the file, absolute
 */
export async function followPlainLink(source: string): Promise<LinkEnd> {
  try {
    const target = textOf(await readFile(onDisk(source)))
    if (target.length > LONGEST_TARGET) return { kind: 'nowhere' }
    return await endOf(resolve(dirname(source), target))
  } catch (error) {
    return { kind: 'unreadable', error }
  }
}

/** Whether a file that may stand for a link is as git wrote it. @param object its name in the index */
export function holdsObject(source: string, object: string): boolean {
  try {
    if (lstatSync(onDisk(source)).size > LONGEST_TARGET) return false
    const content = readFileSync(onDisk(source))
    return createObjectName(object, content.length).update(content).digest('hex') === object
  } catch {
    return false
  }
}

async function endOf(path: string): Promise<LinkEnd> {
  try {
    return { kind: 'real', real: textOf(await realpath(onDisk(path), 'buffer')) }
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ELOOP') return { kind: 'circle' }
    return code === 'ENOENT' || code === 'ENOTDIR' ? { kind: 'nowhere' } : { kind: 'unreadable', error }
  }
}
