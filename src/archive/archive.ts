import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { LARGEST_ARCHIVE } from '../control-plane/upload.ts'
import type { Entry } from './entry.ts'
import { ProjectError, shown } from './project-error.ts'
import { packingReport, startPacking, tarOf } from './tar-stream.ts'

const MEBIBYTE = 1024 * 1024

/** From here on the archive most likely holds what does not belong there. LangSmith's own tool warns here too. */
const REMARKABLE_BYTES = 50 * MEBIBYTE

/** What gzip and tar use when nothing is said. */
const LEVEL = 6

/** What is handed over at a time, to read, to compress and to write. */
const CHUNK_BYTES = 256 * 1024

/** Blocks that are filled while gzip is busy, and those that can be under way at once: these, and one at each end. */
const BLOCKS_AHEAD = 4
const BLOCKS = 2 * BLOCKS_AHEAD

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
  const packing = startPacking()
  const hash = createHash('sha256')
  const output = createWriteStream(file, { mode: 0o600 })
  let bytes = 0
  try {
    await pipeline(
      Readable.from(inBlocks(tarOf(entries, packing)), { objectMode: true, highWaterMark: BLOCKS_AHEAD }),
      createGzip({ level: LEVEL, chunkSize: CHUNK_BYTES }),
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
  return { bytes, sha256: hash.digest('hex'), entries: packing.packed, ...packingReport(packing) }
}

/** What to say of a large archive that LangSmith still takes; nothing below 50 MiB. */
export function sizeWarning({ bytes }: PackedArchive, entries: readonly Entry[]): string | undefined {
  if (bytes < REMARKABLE_BYTES) return undefined
  return `The archive is ${inMebibytes(bytes)} compressed; LangSmith rejects archives larger than ${inMebibytes(LARGEST_ARCHIVE)}. ${advice(entries)}`
}

/**
 * The same bytes in blocks of one size. A tar of small files comes in tiny pieces, and each would take a trip to the
 * thread that compresses.
 */
async function* inBlocks(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  // Several in turn, for some are read ahead while one is compressed.
  const blocks = Array.from({ length: BLOCKS }, () => Buffer.allocUnsafeSlow(CHUNK_BYTES))
  let turn = 0
  let block = blocks[0] as Buffer
  let length = 0
  for await (const piece of pieces) {
    for (let from = 0; from < piece.length; ) {
      const taken = Math.min(piece.length - from, CHUNK_BYTES - length)
      block.set(piece.subarray(from, from + taken), length)
      from += taken
      length += taken
      if (length < CHUNK_BYTES) continue
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

function tooLarge(entries: readonly Entry[], largestBytes: number): ProjectError {
  return new ProjectError([
    `The archive is too large: it exceeds ${inMebibytes(largestBytes)} compressed, the maximum that LangSmith accepts. ${advice(entries)}`
  ])
}

function advice(entries: readonly Entry[]): string {
  const files = entries.filter((entry) => entry.kind === 'file').sort((left, right) => right.size - left.size)
  const named = files.slice(0, NAMED_AT_MOST).map(({ path, size }) => `${shown(path)} (${inMebibytes(size)})`)
  return `Exclude files that the agent does not need in .dockerignore. The largest files: ${named.join(', ')}.`
}

function inMebibytes(bytes: number): string {
  return `${(bytes / MEBIBYTE).toFixed(1)} MiB`
}
