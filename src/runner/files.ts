import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import { EOL } from 'node:os'

/** The files that the runner reads after the step, by the variables that name them. */
export const RUNNER_FILES = {
  GITHUB_OUTPUT: 'the outputs',
  GITHUB_STATE: 'the state for the post step',
  GITHUB_STEP_SUMMARY: 'the job summary'
} as const

export type RunnerFile = keyof typeof RUNNER_FILES

/**
 * Appends a text to a file of the runner. A text that could only be written in part is removed again: the runner fails
 * a step whose file ends in the middle of a value.
 *
 * @throws {Error} of the file system when there is no such file, or it cannot be written
 */
export function appendWhole(file: string, text: string): void {
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

/**
 * Tests whether a file of the runner can be written, and leaves it unchanged.
 *
 * @throws {Error} of the file system when it does not
 */
export function tryToWrite(file: string): void {
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
