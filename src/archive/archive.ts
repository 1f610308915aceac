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

/**
 * An archive of this size probably contains files that the agent does not need. LangSmith's CLI warns at this size too.
 */
const REMARKABLE_BYTES = 50 * MEBIBYTE

/** The default of gzip and tar. */
const LEVEL = 6

/** Size of the blocks that are compressed and written. */
const CHUNK_BYTES = 256 * 1024

/** Blocks that are filled while gzip compresses; `BLOCKS` also covers those that the streams hold before and after. */
const BLOCKS_AHEAD = 4
const BLOCKS = 2 * BLOCKS_AHEAD

const NAMED_AT_MOST = 10

export interface PackedArchive {
  /** Compressed size. */
  readonly bytes: number
  /** Hash of the compressed file, in hex. */
  readonly sha256: string
  readonly entries: number
  /** Messages about what the user might want to change. */
  readonly notices: readonly string[]
  /** Messages about what the user should change. */
  readonly warnings: readonly string[]
}

/**
 * Packs entries into a gzipped tar file, in the order given. The same entries with the same contents produce the same
 * bytes on every system: the archive contains no time, owner or umask, and text files have the line endings of git's
 * index. The memory that packing needs does not depend on the size of the files or of the archive.
 *
 * @param file path of the archive; an existing file is replaced, and a failure removes the file
 * @param options.largestBytes packing fails as soon as the compressed file is larger
 * @param options.signal aborts packing, which then throws the signal's reason
 * @throws {ProjectError} if the archive is too large, a file cannot be read, or a file that the configuration names
 * changes during packing
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
    // If the stream were still open, it could create the file again after `rm`.
    if (!output.closed) await once(output, 'close').catch(() => undefined)
    await rm(file, { force: true })
    signal?.throwIfAborted()
    throw error
  }
  return { bytes, sha256: hash.digest('hex'), entries: packing.packed, ...packingReport(packing) }
}

/** Returns a warning about a large archive that LangSmith still accepts; undefined below 50 MiB. */
export function sizeWarning({ bytes }: PackedArchive, entries: readonly Entry[]): string | undefined {
  if (bytes < REMARKABLE_BYTES) return undefined
  return `The archive is ${inMebibytes(bytes)} compressed; LangSmith rejects archives larger than ${inMebibytes(LARGEST_ARCHIVE)}. ${advice(entries)}`
}

/**
 * Regroups bytes into blocks of one size. A tar of small files consists of tiny pieces, and each piece would cost a
 * round trip to the thread that compresses.
 */
async function* inBlocks(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  // Blocks are reused in turn. Several are needed, because some are filled while another is compressed.
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

/**
 * Byte 9 of a gzip file identifies the operating system that created it; 255 means "unknown". RFC 1952, section 2.3.1.
 */
function hideSystem(firstPiece: Buffer): void {
  firstPiece[9] = 255
}

function tooLarge(entries: readonly Entry[], largestBytes: number): ProjectError {
  return new ProjectError([
    `The archive is too large: its compressed size exceeds ${inMebibytes(largestBytes)}, the maximum that LangSmith accepts. ${advice(entries)}`
  ])
}

function advice(entries: readonly Entry[]): string {
  const files = entries.filter((entry) => entry.kind === 'file').sort((left, right) => right.size - left.size)
  const named = files.slice(0, NAMED_AT_MOST).map(({ path, size }) => `${shown(path)} (${inMebibytes(size)})`)
  return `Use .dockerignore to exclude files that the agent does not need. The largest files: ${named.join(', ')}.`
}

function inMebibytes(bytes: number): string {
  return `${(bytes / MEBIBYTE).toFixed(1)} MiB`
}
