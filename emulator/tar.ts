import { gunzipSync } from 'node:zlib'

/** One entry of an archive, as its header states it. */
export interface TarEntry {
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Permission bits as a number, so 420 for rw-r--r--. */
  readonly mode: number
  readonly type: 'file' | 'directory' | 'symlink' | 'link' | 'other'
}

const BLOCK = 512

/** An entry with what it holds; empty for everything but files. */
export interface TarItem extends TarEntry {
  readonly content: Buffer
}

/**
 * The entries of a gzipped tar (ustar, pax or GNU names), in their order.
 * @throws an error when it is no gzip, or no tar
 */
export function listArchive(archive: Buffer): TarEntry[] {
  return readArchive(archive).map(({ content: _, ...entry }) => entry)
}

/** The same entries with their contents. @throws an error when it is no gzip, or no tar */
export function readArchive(archive: Buffer): TarItem[] {
  const tar = gunzipSync(archive)
  const entries: TarItem[] = []
  // What a header of its own says about the entry that follows it.
  let given: { path?: string; size?: number } = {}
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const header = tar.subarray(at, at + BLOCK)
    if (header.every((byte) => byte === 0)) break
    checkSum(header)
    const kind = String.fromCharCode(header[156] ?? 0)
    const size = given.size ?? numberAt(header, 124, 12)
    const content = tar.subarray(at + BLOCK, at + BLOCK + size)
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
    if (kind === 'x') given = { ...given, ...paxFields(content) }
    else if (kind === 'L') given = { ...given, path: textIn(content) }
    else if (kind !== 'g' && kind !== 'K') {
      entries.push({
        name: given.path ?? nameIn(header),
        size,
        mode: numberAt(header, 100, 8) & 0o7777,
        type: typeOf(kind),
        content
      })
      given = {}
    }
  }
  return entries
}

function checkSum(header: Buffer): void {
  const stated = numberAt(header, 148, 8)
  // The field of the sum counts as eight blanks.
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0)
  if (sum !== stated) throw new Error('not a tar archive: a header does not match its checksum')
}

function textIn(bytes: Buffer): string {
  const end = bytes.indexOf(0)
  return bytes.subarray(0, end === -1 ? bytes.length : end).toString()
}

/** Octal digits, or GNU's binary form where the first bit is set. */
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

/** Records are `LENGTH KEY=VALUE\n`, the length being that of the whole record in bytes. */
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
