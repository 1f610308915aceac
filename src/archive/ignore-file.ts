import { readFile, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isInside, onDisk, relativeTo } from './paths.ts'
import { fileErrorCode, ProjectError, shown, whyRefused } from './project-error.ts'

/** A line of an ignore file. */
export interface IgnoreLine {
  /** As written, without the line ending. */
  readonly text: string
  /** Its file, number and text, such as "libs/.gitignore line 3 (*.log)". */
  readonly mark: string
}

/**
 * Reads an ignore file.
 *
 * @param folder relative to the workspace
 * @returns its lines; undefined if it does not exist, or is a link that does not apply
 * @throws {ProjectError} if it cannot be read, because without its rules the archive could contain excluded files
 */
export async function readIgnoreFile(
  workspace: string,
  folder: string,
  file: '.gitignore' | '.dockerignore'
): Promise<readonly IgnoreLine[] | undefined> {
  const path = join(workspace, folder, file)
  try {
    const real = await realpath(onDisk(path), 'utf8')
    // Git does not follow a link at .gitignore. A .dockerignore may be a link, but not to a file outside the workspace.
    if (file === '.gitignore' ? real !== path && path.isWellFormed() : !isInside(workspace, real)) return undefined
    if (!(await stat(onDisk(path))).isFile()) return undefined
    return ignoreLinesOf(await readFile(onDisk(path), 'utf8'), folder === '' ? file : `${folder}/${file}`)
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT' || fileErrorCode(error) === 'ELOOP') return undefined
    throw new ProjectError([`${shown(relativeTo(workspace, path))} ${whyRefused(error)}.`])
  }
}

/** Splits an ignore file into lines. @param place path of the file in `mark` */
export function ignoreLinesOf(text: string, place: string): readonly IgnoreLine[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
    .map((line, index) => ({ text: line, mark: `${place} line ${index + 1} (${line.trim()})` }))
}
