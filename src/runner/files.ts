import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import { EOL } from 'node:os'
import { errorMessage } from '../run/error-message.ts'

/** The files that the runner reads after the step, by the variables that name them. */
const RUNNER_FILES = {
  GITHUB_OUTPUT: 'output',
  GITHUB_STATE: 'state',
  GITHUB_STEP_SUMMARY: 'summary'
} as const

export type RunnerFile = keyof typeof RUNNER_FILES

/** A file of the runner that cannot be written. */
export interface UnwritableFile {
  readonly file: RunnerFile
  /** What is wrong, and what to do. */
  readonly text: string
}

/** Writes the runner's files. A file that cannot be written is reported once. */
export function createFileWriter(
  variables: Readonly<Record<string, string | undefined>>,
  warn: (text: string) => void
): { append(file: RunnerFile, text: string): void; unwritableFiles(): readonly UnwritableFile[] } {
  const reported = new Set<RunnerFile>()
  return {
    append: (file, text) => {
      try {
        appendWhole(variables[file] ?? '', text)
      } catch (error) {
        if (reported.has(file)) return
        reported.add(file)
        warn(`${whyUnwritable(file, error)} The run continues.`)
      }
    },
    unwritableFiles: () =>
      (Object.keys(RUNNER_FILES) as RunnerFile[]).flatMap((file) => {
        const path = variables[file]
        if (!path) return []
        try {
          tryToWrite(path)
          return []
        } catch (error) {
          reported.add(file)
          return { file, text: whyUnwritable(file, error) }
        }
      })
  }
}

function whyUnwritable(file: RunnerFile, error: unknown): string {
  const message = errorMessage(error)
  return `Cannot write the ${RUNNER_FILES[file]} file of the runner (${file}): ${message}. Check the disk space of the runner and the permissions of its temporary folder.`
}

/**
 * Appends all of a text or nothing: the runner fails a step whose file ends in the middle of a value.
 */
function appendWhole(file: string, text: string): void {
  withFile(file, (descriptor, undo) => {
    const bytes = Buffer.from(text)
    try {
      // On a full disk, one call can write only a part.
      for (let written = 0; written < bytes.length; ) written += fs.writeSync(descriptor, bytes, written)
    } catch (error) {
      undo()
      throw error
    }
  })
}

/** Fails where nothing can be appended, and leaves the file unchanged. */
function tryToWrite(file: string): void {
  withFile(file, (descriptor, undo) => {
    try {
      fs.writeSync(descriptor, EOL)
    } finally {
      undo()
    }
  })
}

/** A named value in the format of the runner's files. */
export function keyValue(name: string, value: string): string {
  const delimiter = `ghadelimiter_${randomUUID()}`
  return `${name}<<${delimiter}${EOL}${value}${EOL}${delimiter}${EOL}`
}

function withFile(file: string, act: (descriptor: number, undo: () => void) => void): void {
  // Without O_CREAT: the runner does not read a file that it did not create.
  const descriptor = fs.openSync(file, fs.constants.O_WRONLY | fs.constants.O_APPEND)
  try {
    const stats = fs.fstatSync(descriptor)
    act(descriptor, () => {
      // A device, such as a terminal, has no size.
      if (stats.isFile()) fs.ftruncateSync(descriptor, stats.size)
    })
  } finally {
    fs.closeSync(descriptor)
  }
}
