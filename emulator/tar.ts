import { once } from 'node:events'
import { createGunzip } from 'node:zlib'
import { isRecord } from './validation.ts'

/** One entry of an archive, from its header. */
export interface TarEntry {
  readonly name: string
  /** In bytes. */
  readonly size: number
  /** Permission bits as a number, for example 420 for rw-r--r--. */
  readonly mode: number
  readonly type: 'file' | 'directory' | 'symlink' | 'link' | 'other'
}

/** Stored data of a file that may be a configuration. */
export interface Document {
  /** The graphs of a JSON object, if it has any. */
  readonly graphs: Readonly<Record<string, unknown>> | null
  readonly isObject: boolean
  /** `outDir` of a tsconfig.json, which may contain comments. */
  readonly outDir: string | null
}

/** An uploaded archive: its entries, without their contents. */
export interface Archive {
  /** Compressed size in bytes, as received. */
  readonly size: number
  readonly entries: readonly TarEntry[]
  /** JSON files, by the names of their entries. */
  readonly documents: ReadonlyMap<string, Document>
  /** Reason that the upload is not a valid archive; null if it is valid. */
  readonly error: string | null
}

/** Maximum bytes of an unpacked archive. */
const UNPACKED_LIMIT = 2 ** 31
const MOST_ENTRIES = 100_000
/** Maximum bytes to store of an archive: the names of its entries, and the files that may be a configuration. */
const KEPT_LIMIT = 32 * 2 ** 20
/** Maximum bytes of a file to parse, and of a header that contains a name. */
const DOCUMENT_LIMIT = 2 ** 20
const BLOCK = 512

/**
 * Reads a gzipped tar (ustar, pax or GNU names) as a stream, and stores only its names. Always reads the source to its
 * end, even after an error.
 *
 * @param limit bytes after which the rest is not parsed
 */
export async function readArchive(source: AsyncIterable<Buffer>, limit = Number.POSITIVE_INFINITY): Promise<Archive> {
  const gunzip = createGunzip({ chunkSize: 2 ** 18 })
  const reading = readTar(gunzip).finally(() => gunzip.destroy())
  let size = 0
  for await (const chunk of source) {
    size += chunk.length
    if (size > limit || gunzip.destroyed || gunzip.write(chunk)) continue
    // After the end of the reading, nothing drains the stream.
    await Promise.race([once(gunzip, 'drain').catch(() => undefined), reading])
  }
  if (!gunzip.destroyed) gunzip.end()
  return { ...(await reading), size }
}

/** Reads all entries. Returns errors instead of throwing them. */
async function readTar(unpacked: AsyncIterable<Buffer>): Promise<Omit<Archive, 'size'>> {
  const entries: TarEntry[] = []
  const documents = new Map<string, Document>()
  let kept = 0
  try {
    for await (const { entry, content } of itemsOf(bytesOf(unpacked))) {
      if (entries.length === MOST_ENTRIES) throw new Error(`it has more than ${MOST_ENTRIES} entries`)
      const document = content && documentIn(content.toString())
      kept += entry.name.length + (document && isLarge(document) ? entry.size : 0)
      if (kept > KEPT_LIMIT) throw new Error(`its names and configurations have more than ${KEPT_LIMIT} bytes`)
      entries.push(entry)
      // The last entry of a name counts.
      documents.delete(entry.name)
      if (document) documents.set(entry.name, document)
    }
    return { entries, documents, error: null }
  } catch (error) {
    return { entries: [], documents: new Map(), error: error instanceof Error ? error.message : String(error) }
  }
}

interface Bytes {
  /** Returns the next bytes; fewer only at the end. */
  take(count: number): Promise<Buffer>
  /** Skips bytes. @returns the number of skipped bytes */
  skip(count: number): Promise<number>
}

function bytesOf(source: AsyncIterable<Buffer>): Bytes {
  const chunks = source[Symbol.asyncIterator]()
  let chunk: Buffer = Buffer.alloc(0)
  let total = 0
  async function read(count: number, see: (piece: Buffer) => void): Promise<number> {
    let left = count
    while (left > 0) {
      if (chunk.length === 0) {
        const next = await chunks.next()
        if (next.done) break
        chunk = next.value
        total += chunk.length
        if (total > UNPACKED_LIMIT) throw new Error(`it unpacks to more than ${UNPACKED_LIMIT} bytes`)
      }
      const piece = chunk.subarray(0, left)
      chunk = chunk.subarray(piece.length)
      left -= piece.length
      see(piece)
    }
    return count - left
  }
  return {
    async take(count) {
      const pieces: Buffer[] = []
      await read(count, (piece) => pieces.push(piece))
      return Buffer.concat(pieces)
    },
    skip: (count) => read(count, () => undefined)
  }
}

interface Item {
  readonly entry: TarEntry
  /** Content of a small file that may be a document. */
  readonly content: Buffer | null
}

async function* itemsOf(bytes: Bytes): AsyncGenerator<Item> {
  // Fields of an extended header, which apply to the next entry.
  let given: { path?: string; size?: number } = {}
  for (;;) {
    const header = await bytes.take(BLOCK)
    if (header.every((byte) => byte === 0)) break
    if (header.length < BLOCK) throw new Error('not a tar archive: it ends in the middle of a header')
    checkSum(header)
    const kind = String.fromCharCode(header[156] ?? 0)
    const isAbout = ['x', 'g', 'L', 'K'].includes(kind)
    const size = (isAbout ? undefined : given.size) ?? numberAt(header, 124, 12)
    if (!Number.isSafeInteger(size)) throw new Error('not a tar archive: a header states no size')
    const type = typeOf(kind)
    const isKept = size <= DOCUMENT_LIMIT && (isAbout || type === 'file')
    const content = isKept ? await bytes.take(size) : null
    const there = content?.length ?? (await bytes.skip(size))
    const padding = (BLOCK - (size % BLOCK)) % BLOCK
    if (there < size || (await bytes.skip(padding)) < padding) throw new Error('it ends in the middle of an entry')
    if (kind === 'x') given = { ...given, ...paxFields(content ?? Buffer.alloc(0)) }
    else if (kind === 'L') given = { ...given, path: textIn(content ?? Buffer.alloc(0)) }
    else if (!isAbout) {
      const name = given.path ?? nameIn(header)
      given = {}
      yield { entry: { name, size, mode: numberAt(header, 100, 8) & 0o7777, type }, content }
    }
  }
  // Reads to the end, because the gzip checksum is there.
  while ((await bytes.skip(2 ** 20)) > 0);
}

const OPENING_BRACE = /^\uFEFF?\s*\{/

/** Parses JSON, or JSON with comments; `undefined` for other texts. */
function documentIn(text: string): Document | undefined {
  const value = parsed(text)
  const [, outDir = null] = /"outDir"\s*:\s*"([^"]+)"/.exec(text) ?? []
  if (!isRecord(value)) return outDir === null ? undefined : { isObject: false, graphs: null, outDir }
  return { isObject: true, graphs: isRecord(value.graphs) ? value.graphs : null, outDir }
}

/** A configuration is an object, so other texts need no parsing. */
function parsed(text: string): unknown {
  try {
    return OPENING_BRACE.test(text) ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}

/** Tells if the stored part of a document can be as large as the document. */
function isLarge({ graphs, outDir }: Document): boolean {
  return graphs !== null || outDir !== null
}

function checkSum(header: Buffer): void {
  const stated = numberAt(header, 148, 8)
  // The checksum field counts as eight spaces.
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0)
  if (sum !== stated) throw new Error('not a tar archive: a header does not match its checksum')
}

function textIn(bytes: Buffer): string {
  const end = bytes.indexOf(0)
  return bytes.subarray(0, end === -1 ? bytes.length : end).toString()
}

/** Octal digits, or GNU's binary format if the first bit is set. */
function numberAt(header: Buffer, offset: number, length: number): number {
  const field = header.subarray(offset, offset + length)
  if (((field[0] ?? 0) & 0x80) !== 0) return field.subarray(1).reduce((total, byte) => total * 256 + byte, 0)
  return Number.parseInt(textIn(field).trim() || '0', 8)
}

function nameIn(header: Buffer): string {
  const name = textIn(header.subarray(0, 100))
  const prefix = textIn(header.subarray(257, 262)) === 'ustar' ? textIn(header.subarray(345, 500)) : ''
  return prefix === '' ? name : `${prefix}/${name}`
}

/** Parses records of the form `LENGTH KEY=VALUE\n`. LENGTH is the size of the whole record in bytes. */
function paxFields(content: Buffer): { path?: string; size?: number } {
  const fields: { path?: string; size?: number } = {}
  for (let at = 0; at < content.length; ) {
    const length = Number.parseInt(content.subarray(at, at + 20).toString(), 10)
    if (!(length > 0)) break
    const [, key, value = ''] = /^\d+ ([^=]+)=([\s\S]*)\n$/.exec(content.subarray(at, at + length).toString()) ?? []
    if (key === 'path') fields.path = value
    if (key === 'size') fields.size = Number(value)
    at += length
  }
  return fields
}

function typeOf(kind: string): TarEntry['type'] {
  switch (kind) {
    case '0':
    case '\0':
    case '7':
      return 'file'
    case '1':
      return 'link'
    case '2':
      return 'symlink'
    case '5':
      return 'directory'
    default:
      return 'other'
  }
}
