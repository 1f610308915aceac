import { closeSync, constants, openSync, readSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { Entry, FileEntry } from './entry.ts'
import { asInIndex, createConverter, createObjectName, isBinary } from './line-ends.ts'
import { bytesOf, onDisk } from './paths.ts'
import { fileErrorCode, ProjectError, sentenceAbout, shown, whyRefused } from './project-error.ts'
import { END, headerOf, paddingOf } from './tar.ts'

/** Files up to this size are read in one go. */
const SMALL_BYTES = 64 * 1024

/** Larger files are read in pieces of this size. */
const PIECE_BYTES = 256 * 1024

/** State of packing. */
interface Packing {
  packed: number
  readonly changed: string[]
  readonly vanished: string[]
  /** Files that contain only a Git LFS pointer. */
  readonly pointers: string[]
  /** The file that is being read. */
  open: FileHandle | undefined
}

/** Returns the state before the first entry. */
export function startPacking(): Packing {
  return { packed: 0, changed: [], vanished: [], pointers: [], open: undefined }
}

/**
 * Yields the pieces of a tar file. Each piece is only valid until the next one is requested.
 *
 * @throws {ProjectError} if a file cannot be read, or a file that the configuration names changes
 */
export async function* tarOf(entries: readonly Entry[], packing: Packing): AsyncGenerator<Buffer> {
  for (const entry of entries) {
    if (entry.kind === 'folder') {
      packing.packed += 1
      yield headerOf({ path: bytesOf(`${entry.path}/`), kind: 'folder', mode: 0o755, size: 0 })
    } else if (entry.size <= SMALL_BYTES) {
      const content = readSmall(entry, packing)
      if (content) yield Buffer.concat([headerOfFile(entry, content.length), content, paddingOf(content.length)])
    } else yield* readLarge(entry, packing)
  }
  yield END
}

function headerOfFile({ path, executable }: FileEntry, size: number): Buffer {
  return headerOf({ path: bytesOf(path), kind: 'file', mode: executable ? 0o755 : 0o644, size })
}

/** Flags that do not follow a link and do not wait for a writer, in case a link or a pipe has replaced the file. */
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** Beginning of a Git LFS pointer file. See https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md. */
const POINTER = 'version https://git-lfs.github.com/spec/v1\n'
const LARGEST_POINTER = 1024

/**
 * Reads a small file in one go, synchronously, because the thread pool would take longer than the file itself.
 *
 * @returns undefined if the file no longer exists
 */
function readSmall(entry: FileEntry, packing: Packing): Buffer | undefined {
  // One more byte, to detect a file that has grown.
  const buffer = Buffer.allocUnsafe(entry.size + 1)
  let length = 0
  try {
    const descriptor = openSync(onDisk(entry.source), READ)
    try {
      for (let read = -1; read !== 0 && length < buffer.length; length += read) {
        read = readSync(descriptor, buffer, length, buffer.length - length, null)
      }
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    return noteFailure(entry, packing, error)
  }
  if (length !== entry.size) noteChange(entry, packing)
  packing.packed += 1
  const read = buffer.subarray(0, Math.min(length, entry.size))
  const content = entry.object === undefined ? read : asInIndex(read, entry.object)
  if (content.length <= LARGEST_POINTER && content.toString('latin1', 0, POINTER.length) === POINTER) {
    packing.pointers.push(entry.path)
  }
  return content
}

/** Yields the header and the content of a file in pieces; yields nothing if the file no longer exists. */
async function* readLarge(entry: FileEntry, packing: Packing): AsyncGenerator<Buffer> {
  const file = await open(onDisk(entry.source), READ).catch((error: unknown) => noteFailure(entry, packing, error))
  if (!file) return
  packing.open = file
  try {
    if (!(await isStillFile(entry, packing, file))) return
    const size = await sizeInIndex(entry, file)
    const converter = size < entry.size ? createConverter() : undefined
    packing.packed += 1
    yield headerOfFile(entry, size)
    let left = size
    for await (const piece of piecesOf(entry, file)) {
      const converted = converter?.convert(piece) ?? piece
      const fitting = converted.subarray(0, left)
      left -= fitting.length
      yield fitting
    }
    const rest = (converter?.end() ?? Buffer.alloc(0)).subarray(0, left)
    left -= rest.length
    yield rest
    const isLonger = (await readAt(entry, file, Buffer.alloc(1), entry.size)) > 0
    if (left > 0 || isLonger) noteChange(entry, packing)
    // The header already contains the size, so a file that has shrunk is filled with zeros.
    for (; left > 0; left -= PIECE_BYTES) yield Buffer.alloc(Math.min(left, PIECE_BYTES))
    yield paddingOf(size)
  } finally {
    packing.open = undefined
    await file.close()
  }
}

/** True if the path still is a file. Otherwise, the change since the listing is noted. */
async function isStillFile(entry: FileEntry, packing: Packing, file: FileHandle): Promise<boolean> {
  const status = await file.stat()
  if (status.isDirectory()) noteFailure(entry, packing, { code: 'EISDIR' })
  else if (!status.isFile()) noteChange(entry, packing)
  return status.isFile()
}

/** Yields a file from its beginning, up to its size in the listing. Each piece is only valid until the next one. */
async function* piecesOf(entry: FileEntry, file: FileHandle): AsyncGenerator<Buffer> {
  const block = Buffer.allocUnsafeSlow(PIECE_BYTES)
  for (let at = 0; at < entry.size; ) {
    const length = await readAt(entry, file, block.subarray(0, Math.min(PIECE_BYTES, entry.size - at)), at)
    if (length === 0) return
    at += length
    yield block.subarray(0, length)
  }
}

async function readAt(entry: FileEntry, file: FileHandle, block: Buffer, at: number): Promise<number> {
  const { bytesRead } = await file.read(block, 0, block.length, at).catch((error: unknown) => {
    throw unreadable(entry, error)
  })
  return bytesRead
}

/** Returns the size that a file has with the line endings of git's index; see `asInIndex`. */
async function sizeInIndex(entry: FileEntry, file: FileHandle): Promise<number> {
  const { object, size } = entry
  if (object === undefined) return size
  const measuring = createConverter()
  let converted = 0
  let isStart = true
  for await (const piece of piecesOf(entry, file)) {
    if (isStart && isBinary(piece)) return size
    isStart = false
    converted += measuring.convert(piece).length
  }
  converted += measuring.end().length
  if (converted === size) return size
  const name = createObjectName(object, converted)
  const converter = createConverter()
  for await (const piece of piecesOf(entry, file)) name.update(converter.convert(piece))
  return name.update(converter.end()).digest('hex') === object ? converted : size
}

/**
 * Formats the results as messages about what the user might want to change (`notices`) or should change (`warnings`).
 */
export function packingReport({ changed, vanished, pointers }: Packing): {
  readonly notices: readonly string[]
  readonly warnings: readonly string[]
} {
  return {
    notices: [
      ...sentenceAbout(
        changed,
        (list) => `Files that changed while they were packed, so their contents may be inconsistent: ${list}. ${FINISH}`
      ),
      ...sentenceAbout(
        vanished,
        (list) => `Skipped files that were deleted before they could be packed: ${list}. ${FINISH}`
      )
    ],
    warnings: sentenceAbout(
      pointers,
      (list) =>
        `These files are Git LFS pointers without their contents: ${list}. Set \`lfs: true\` for actions/checkout, or exclude them in .dockerignore.`
    )
  }
}

const FINISH = 'Wait until the process that changes them ends, or exclude them in .dockerignore.'

/** Notes a changed file. @throws {ProjectError} if the configuration names the file */
function noteChange(entry: FileEntry, { changed }: Packing): void {
  if (entry.isNamed) {
    throw new ProjectError([
      `${shown(entry.path)} changed size while it was packed. Wait until the process that writes to it ends.`
    ])
  }
  changed.push(entry.path)
}

/**
 * Notes a file that was deleted or replaced.
 *
 * @throws {ProjectError} for other errors, or if the configuration names it
 */
function noteFailure(entry: FileEntry, { vanished }: Packing, error: unknown): undefined {
  const isGone = ['ENOENT', 'ENOTDIR', 'ELOOP', 'EISDIR'].includes(fileErrorCode(error))
  if (entry.isNamed || !isGone) throw unreadable(entry, error)
  vanished.push(entry.path)
}

function unreadable(entry: FileEntry, error: unknown): ProjectError {
  return new ProjectError([`${shown(entry.path)} ${whyRefused(error)}.`])
}
