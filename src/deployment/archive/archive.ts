import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, constants, createWriteStream, openSync, readSync } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { LARGEST_ARCHIVE } from '../../control-plane/upload.ts'
import type { Entry, FileEntry } from './entries.ts'
import { asInIndex, createConverter, createCounter, createObjectName, isBinary } from './line-ends.ts'
import { bytesOf, onDisk } from './paths.ts'
import { codeOf, inWords, ProjectError, shown, shownList } from './project-error.ts'
import { END, headerOf, paddingOf } from './tar.ts'

const MEBIBYTE = 1024 * 1024

/** From here on the archive most likely holds what does not belong there. LangSmith's own tool warns here too. */
const REMARKABLE_BYTES = 50 * MEBIBYTE

/** What gzip and tar use when nothing is said. */
const LEVEL = 6

/** What is handed over at a time, to read, to compress and to write. */
const BLOCK_BYTES = 256 * 1024

/** Blocks that are filled while gzip is busy, and those that can be under way at once: these, and one at each end. */
const BLOCKS_AHEAD = 4
const BLOCKS = 2 * BLOCKS_AHEAD

/** Files up to this size are read in one go. */
const SMALL_BYTES = 64 * 1024

const NAMED_AT_MOST = 10

export interface PackedArchive {
  /** Compressed. */
  readonly bytes: number
  /** Of the compressed file, in hex. */
  readonly sha256: string
  readonly entries: number
  /** What the user may want to change. */
  readonly notices: readonly string[]
  /** What the user should change. */
  readonly warnings: readonly string[]
}

/**
 * Packs entries into a gzipped tar file, one after the other in the order given. The same entries with the same contents
 * make the same bytes, on every system: no time, owner or umask gets in, and texts have the line ends that git has in its
 * index. Memory grows neither with the files nor with the archive.
 *
 * @param file where to write it; replaced when it is there, removed again when the packing fails
 * @param options.largestBytes stops as soon as the compressed file is larger
 * @param options.signal stops the packing, which is then refused with the signal's reason
 * @throws {ProjectError} when the archive gets too large, a file cannot be read, or one that the configuration names
 * changes while it is
 */
export async function packArchive(
  entries: readonly Entry[],
  file: string,
  options: { readonly largestBytes?: number; readonly signal?: AbortSignal } = {}
): Promise<PackedArchive> {
  const { largestBytes = LARGEST_ARCHIVE, signal } = options
  signal?.throwIfAborted()
  const packing: Packing = { packed: 0, changed: [], vanished: [], pointers: [], open: undefined }
  const hash = createHash('sha256')
  const output = createWriteStream(file, { mode: 0o600 })
  let bytes = 0
  try {
    await pipeline(
      Readable.from(inBlocks(tarOf(entries, packing)), { objectMode: true, highWaterMark: BLOCKS_AHEAD }),
      createGzip({ level: LEVEL, chunkSize: BLOCK_BYTES }),
      async function* (compressed: AsyncIterable<Buffer>) {
        for await (const piece of compressed) {
          if (bytes === 0) hideSystem(piece)
          bytes += piece.byteLength
          if (bytes > largestBytes) throw tooLarge(entries, largestBytes)
          hash.update(piece)
          yield piece
        }
      },
      output,
      { ...(signal ? { signal } : {}) }
    )
  } catch (error) {
    await packing.open?.close().catch(() => undefined)
    // Until it is closed the file could come back, or stay open.
    if (!output.closed) await once(output, 'close').catch(() => undefined)
    await rm(file, { force: true })
    signal?.throwIfAborted()
    throw error
  }
  return { bytes, sha256: hash.digest('hex'), entries: packing.packed, ...reportOf(packing) }
}

/** What is found out while entries are packed. */
interface Packing {
  packed: number
  readonly changed: string[]
  readonly vanished: string[]
  /** Files that hold the name of a content that Git LFS keeps elsewhere. */
  readonly pointers: string[]
  /** The file that is being read. */
  open: FileHandle | undefined
}

function reportOf({ changed, vanished, pointers }: Packing): Pick<PackedArchive, 'notices' | 'warnings'> {
  const notices = [
    ...(changed.length === 0
      ? []
      : [`Changed while it was packed, so that its content may be torn: ${shownList(changed)}. ${FINISH}`]),
    ...(vanished.length === 0
      ? []
      : [`Left out, since it vanished before it could be packed: ${shownList(vanished)}. ${FINISH}`])
  ]
  const lfs = 'Write `lfs: true` at actions/checkout, or leave them out with lines in .dockerignore.'
  const held = 'These files hold Git LFS pointers in place of their contents'
  return { notices, warnings: pointers.length === 0 ? [] : [`${held}: ${shownList(pointers)}. ${lfs}`] }
}

const FINISH = 'Let whatever writes to it finish first, or leave it out with a line in .dockerignore.'

/** What to say of a large archive that LangSmith still takes; nothing below 50 MiB. */
export function sizeWarning({ bytes }: PackedArchive, entries: readonly Entry[]): string | undefined {
  if (bytes < REMARKABLE_BYTES) return undefined
  return `The archive has ${inMebibytes(bytes)} compressed; beyond ${inMebibytes(LARGEST_ARCHIVE)} LangSmith refuses it. ${advice(entries)}`
}

/** The pieces of a tar. Each is only good until the next one is asked for. */
async function* tarOf(entries: readonly Entry[], packing: Packing): AsyncGenerator<Buffer> {
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

/** Never follows a link or waits for a writer, should something else have taken the place of the file. */
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** What Git LFS writes in place of a file. See https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md. */
const POINTER = 'version https://git-lfs.github.com/spec/v1\n'
const LARGEST_POINTER = 1024

/**
 * Reads a file in one go and without the thread pool, whose detours take longer than a small file does.
 *
 * @returns nothing when it is gone
 */
function readSmall(entry: FileEntry, packing: Packing): Buffer | undefined {
  // One byte more, to notice a file that has grown.
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
    noteFailure(entry, packing, error)
    return undefined
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

/** Reads a file piece by piece, with its header before it; nothing comes when it is gone. */
async function* readLarge(entry: FileEntry, packing: Packing): AsyncGenerator<Buffer> {
  let file: FileHandle
  try {
    file = await open(onDisk(entry.source), READ)
  } catch (error) {
    noteFailure(entry, packing, error)
    return
  }
  packing.open = file
  try {
    const status = await file.stat()
    if (!status.isFile()) {
      // Something else has taken the place of the file.
      if (status.isDirectory()) noteFailure(entry, packing, { code: 'EISDIR' })
      else noteChange(entry, packing)
      return
    }
    const returns = await countReturns(entry, file)
    const size = entry.size - returns
    const converter = returns > 0 ? createConverter() : undefined
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
    if (left > 0 || (await isLonger(entry, file))) noteChange(entry, packing)
    // The header has told the size.
    for (; left > 0; left -= BLOCK_BYTES) yield Buffer.alloc(Math.min(left, BLOCK_BYTES))
    yield paddingOf(size)
  } finally {
    packing.open = undefined
    await file.close()
  }
}

/** The file from its beginning, up to the size that was listed. Each piece is only good until the next one. */
async function* piecesOf(entry: FileEntry, file: FileHandle): AsyncGenerator<Buffer> {
  const block = Buffer.allocUnsafeSlow(BLOCK_BYTES)
  for (let at = 0; at < entry.size; ) {
    const length = await readAt(entry, file, block.subarray(0, Math.min(BLOCK_BYTES, entry.size - at)), at)
    if (length === 0) return
    at += length
    yield block.subarray(0, length)
  }
}

async function readAt(entry: FileEntry, file: FileHandle, block: Buffer, at: number): Promise<number> {
  try {
    return (await file.read(block, 0, block.length, at)).bytesRead
  } catch (error) {
    throw unreadable(entry, error)
  }
}

async function isLonger(entry: FileEntry, file: FileHandle): Promise<boolean> {
  return (await readAt(entry, file, Buffer.alloc(1), entry.size)) > 0
}

/** How many CR are to be left out so that a file is as git has it in its index; see `asInIndex`. */
async function countReturns(entry: FileEntry, file: FileHandle): Promise<number> {
  const { object, size } = entry
  if (object === undefined) return 0
  const counter = createCounter()
  let isStart = true
  for await (const piece of piecesOf(entry, file)) {
    if (isStart && isBinary(piece)) return 0
    isStart = false
    counter.add(piece)
  }
  if (counter.count === 0) return 0
  const name = createObjectName(object, size - counter.count)
  const converter = createConverter()
  for await (const piece of piecesOf(entry, file)) name.update(converter.convert(piece))
  return name.update(converter.end()).digest('hex') === object ? counter.count : 0
}

/** A file that nothing names may change or go; the user is told. @throws {ProjectError} for any other */
function noteChange(entry: FileEntry, { changed }: Packing): void {
  if (entry.isNamed) throw new ProjectError([`${shown(entry.path)} changed its size while it was packed. ${FINISH}`])
  changed.push(entry.path)
}

/** @throws {ProjectError} unless the file is gone, or something else has taken its place, and nothing names it */
function noteFailure(entry: FileEntry, { vanished }: Packing, error: unknown): void {
  const isGone = ['ENOENT', 'ENOTDIR', 'ELOOP', 'EISDIR'].includes(codeOf(error))
  if (entry.isNamed || !isGone) throw unreadable(entry, error)
  vanished.push(entry.path)
}

/**
 * The same bytes in blocks of one size. A tar of small files comes in tiny pieces, and each would take a trip to the
 * thread that compresses.
 */
async function* inBlocks(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  // Several in turn, for some are read ahead while one is compressed.
  const blocks = Array.from({ length: BLOCKS }, () => Buffer.allocUnsafeSlow(BLOCK_BYTES))
  let turn = 0
  let block = blocks[0] as Buffer
  let length = 0
  for await (const piece of pieces) {
    for (let from = 0; from < piece.length; ) {
      const taken = Math.min(piece.length - from, BLOCK_BYTES - length)
      block.set(piece.subarray(from, from + taken), length)
      from += taken
      length += taken
      if (length < BLOCK_BYTES) continue
      yield block
      turn = (turn + 1) % BLOCKS
      block = blocks[turn] as Buffer
      length = 0
    }
  }
  if (length > 0) yield block.subarray(0, length)
}

/** Byte 9 of a gzip file names the operating system that made it; 255 is "unknown". See RFC 1952, section 2.3.1. */
function hideSystem(firstPiece: Buffer): void {
  firstPiece[9] = 255
}

function unreadable(entry: FileEntry, error: unknown): ProjectError {
  return new ProjectError([`${shown(entry.path)} ${inWords(error)}.`])
}

function tooLarge(entries: readonly Entry[], largestBytes: number): ProjectError {
  return new ProjectError([
    `The archive is too large: it passes ${inMebibytes(largestBytes)} compressed, the most that LangSmith takes. ${advice(entries)}`
  ])
}

function advice(entries: readonly Entry[]): string {
  const files = entries.filter((entry) => entry.kind === 'file').sort((left, right) => right.size - left.size)
  const named = files.slice(0, NAMED_AT_MOST).map(({ path, size }) => `${shown(path)} (${inMebibytes(size)})`)
  return `Leave out what the agent does not need with lines in .dockerignore. The largest files: ${named.join(', ')}.`
}

function inMebibytes(bytes: number): string {
  return `${(bytes / MEBIBYTE).toFixed(1)} MiB`
}
