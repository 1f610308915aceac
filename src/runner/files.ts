import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import { EOL } from 'node:os'
import { errorMessage } from '../run/error-message.ts'

/** Files that the runner reads after the step, by the variables that contain their paths. */
const RUNNER_FILES = {
  GITHUB_OUTPUT: 'output',
  GITHUB_STATE: 'state',
  GITHUB_STEP_SUMMARY: 'summary'
} as const

export type RunnerFile = keyof typeof RUNNER_FILES

/** File of the runner that is not writable. */
export interface UnwritableFile {
  readonly file: RunnerFile
  /** Problem and advice. */
  readonly text: string
}

/** Creates a writer for the runner's files. An unwritable file is reported once. */
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

/** Appends a whole text or nothing, because the runner fails a step whose file ends inside a value. */
function appendWhole(file: string, text: string): void {
  withFile(file, (descriptor, undo) => {
    const bytes = Buffer.from(text)
    try {
      // On a full disk, one call may write only a part.
      for (let written = 0; written < bytes.length; ) written += fs.writeSync(descriptor, bytes, written)
    } catch (error) {
      undo()
      throw error
    }
  })
}

/** Throws if the file is not writable. The file stays unchanged. */
function tryToWrite(file: string): void {
  withFile(file, (descriptor, undo) => {
    try {
      fs.writeSync(descriptor, EOL)
    } finally {
      undo()
    }
  })
}

/** Formats a named value for the runner's files. */
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
