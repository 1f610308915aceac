import { readFile, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isInside, onDisk, relativeTo } from './paths.ts'
import { fileErrorCode, ProjectError, shown, whyRefused } from './project-error.ts'

/** A line of an ignore file. */
export interface IgnoreLine {
  /** As written, without its end. */
  readonly text: string
  /** Its place and its text, such as "libs/.gitignore line 3 (*.log)". */
  readonly mark: string
}

/**
 * Reads an ignore file.
 *
 * @param folder seen from the workspace
 * @returns its lines; nothing when it is not there, or is a link that does not count
 * @throws {ProjectError} when it cannot be read: to go on without its rules could pack what they keep out
 */
export async function readIgnoreFile(
  workspace: string,
  folder: string,
  file: '.gitignore' | '.dockerignore'
): Promise<readonly IgnoreLine[] | undefined> {
  const path = join(workspace, folder, file)
  try {
    const real = await realpath(onDisk(path), 'utf8')
    // Git reads no .gitignore through a link; for the other, nothing outside may decide what is packed.
    if (file === '.gitignore' ? real !== path && path.isWellFormed() : !isInside(workspace, real)) return undefined
    if (!(await stat(onDisk(path))).isFile()) return undefined
    return ignoreLinesOf(await readFile(onDisk(path), 'utf8'), folder === '' ? file : `${folder}/${file}`)
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT' || fileErrorCode(error) === 'ELOOP') return undefined
    throw new ProjectError([`${shown(relativeTo(workspace, path))} ${whyRefused(error)}.`])
  }
}

/** The lines of an ignore file. @param place the file, as a mark has it */
export function ignoreLinesOf(text: string, place: string): readonly IgnoreLine[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
    .map((line, index) => ({ text: line, mark: `${place} line ${index + 1} (${line.trim()})` }))
}
