import { isUtf8 } from 'node:buffer'

/** Size of a block. Headers and contents fill whole blocks. */
const BLOCK_BYTES = 512

/** Fields of the header of a file or folder. */
interface TarHeader {
  /** The bytes of the path, with forward slashes. The path of a folder ends with a slash. */
  readonly path: Buffer
  readonly kind: 'file' | 'folder'
  readonly mode: number
  /** In bytes. */
  readonly size: number
}

/**
 * Modification time of all entries, in seconds, the same as that of `npm pack`. Zip files, such as Python wheels, do
 * not support times before 1980.
 */
const TIME = Date.UTC(1985, 9, 26, 8, 15) / 1000

/** Fields of a header: offset and length. */
const NAME = [0, 100] as const
const PREFIX = [345, 155] as const
const SIZE = [124, 12] as const
/** The smallest size that does not fit into eleven octal digits. */
const LARGE = 8 ** 11

const KINDS = { file: '0', folder: '5', extension: 'x' }

/**
 * Returns the header of an entry in the POSIX format ustar. A pax extension before it contains the path if the path is
 * too long or not ASCII. The bytes of a path that is not UTF-8 are written unchanged. The header contains no owner, and
 * the same time for all entries.
 *
 * See https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html.
 */
export function headerOf({ path, kind, mode, size }: TarHeader): Buffer {
  const type = KINDS[kind]
  const isPlain = path.every((byte) => byte < 0x80) || !isUtf8(path)
  const parts = isPlain ? splitPath(path) : undefined
  if (parts) return block(parts, type, mode, size)
  // Readers without support for extensions see a shortened name.
  const records = [...(isUtf8(path) ? [] : [record('hdrcharset', Buffer.from('BINARY'))]), record('path', path)]
  const extension = Buffer.concat(records)
  return Buffer.concat([
    block([Buffer.from('PaxHeader')], KINDS.extension, 0o644, extension.length),
    extension,
    paddingOf(extension.length),
    block([path.subarray(0, NAME[1])], type, mode, size)
  ])
}

/** Returns the bytes that fill the last block after a content of this size. */
export function paddingOf(size: number): Buffer {
  return Buffer.alloc((BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES)
}

/** End of a tar file: two empty blocks. */
export const END = Buffer.alloc(2 * BLOCK_BYTES)

type SplitPath = readonly [name: Buffer, prefix?: Buffer]

/** Splits a path that is too long for the name field at a slash; undefined if no slash is at a suitable position. */
function splitPath(path: Buffer): SplitPath | undefined {
  if (path.length <= NAME[1]) return [path]
  // A path cannot be split at the slash at the end of a folder.
  const slash = path.subarray(0, Math.min(PREFIX[1] + 1, path.length - 1)).lastIndexOf('/')
  if (slash <= 0 || path.length - slash - 1 > NAME[1]) return undefined
  return [path.subarray(slash + 1), path.subarray(0, slash)]
}

function block([name, prefix]: SplitPath, type: string, mode: number, size: number): Buffer {
  const header = Buffer.alloc(BLOCK_BYTES)
  name.copy(header, NAME[0])
  header.write(octal(mode, 8), 100)
  header.write(octal(0, 8), 108)
  header.write(octal(0, 8), 116)
  if (size < LARGE) header.write(octal(size, SIZE[1]), SIZE[0])
  else writeLarge(header, size)
  header.write(octal(TIME, 12), 136)
  header.write(type, 156)
  header.write('ustar\u000000', 257)
  header.write(octal(0, 8), 329)
  header.write(octal(0, 8), 337)
  prefix?.copy(header, PREFIX[0])
  // For the checksum, its own field counts as eight blanks.
  header.fill(' ', 148, 156)
  let sum = 0
  for (const byte of header) sum += byte
  header.write(octal(sum, 7), 148)
  return header
}

/** Formats an octal number with a NUL at the end, `length` bytes in total. */
function octal(value: number, length: number): string {
  return `${value.toString(8).padStart(length - 1, '0')}\u0000`
}

/** Writes a size in GNU's format: a number in base 256 after a byte 0x80. */
function writeLarge(header: Buffer, size: number): void {
  header[SIZE[0]] = 0x80
  header.writeBigUInt64BE(BigInt(size), SIZE[0] + SIZE[1] - 8)
}

/** Formats a pax record: `LENGTH KEY=VALUE` and a line feed. The length includes its own digits. */
function record(key: string, value: Buffer): Buffer {
  const rest = key.length + value.length + 3
  const digits = [1, 2, 3, 4, 5].find((count) => String(rest + count).length === count) ?? 0
  return Buffer.concat([Buffer.from(`${rest + digits} ${key}=`), value, Buffer.from('\n')])
}
