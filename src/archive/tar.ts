import { isUtf8 } from 'node:buffer'

/** Headers and contents fill whole blocks. */
const BLOCK_BYTES = 512

/** What a header says of a file or folder. */
interface TarHeader {
  /** The bytes of the path, with forward slashes; that of a folder ends with one. */
  readonly path: Buffer
  readonly kind: 'file' | 'folder'
  readonly mode: number
  /** In bytes. */
  readonly size: number
}

/** The same time for all, in seconds: zip files, such as Python's wheels, cannot hold one before 1980. `npm pack` has the same. */
const TIME = Date.UTC(1985, 9, 26, 8, 15) / 1000

/** Field of a header: where it begins, and how long it is. */
const NAME = [0, 100] as const
const PREFIX = [345, 155] as const
const SIZE = [124, 12] as const
/** From here on a size does not fit into eleven octal digits. */
const LARGE = 8 ** 11

const KINDS = { file: '0', folder: '5', extension: 'x' }

/**
 * The header of an entry, as POSIX has it (ustar), with an extension (pax) before it where the path is too long for it or
 * is not ASCII. A path that is not UTF-8 is written as it is. No owner, and the same time for all.
 *
 * See https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html.
 */
export function headerOf({ path, kind, mode, size }: TarHeader): Buffer {
  const type = KINDS[kind]
  const isPlain = path.every((byte) => byte < 0x80) || !isUtf8(path)
  const parts = isPlain ? splitPath(path) : undefined
  if (parts) return block(parts, type, mode, size)
  // A reader that knows no extensions gets a shortened name.
  const records = [...(isUtf8(path) ? [] : [record('hdrcharset', Buffer.from('BINARY'))]), record('path', path)]
  const extension = Buffer.concat(records)
  return Buffer.concat([
    block([Buffer.from('PaxHeader')], KINDS.extension, 0o644, extension.length),
    extension,
    paddingOf(extension.length),
    block([path.subarray(0, NAME[1])], type, mode, size)
  ])
}

/** What fills the last block behind a content of so many bytes. */
export function paddingOf(size: number): Buffer {
  return Buffer.alloc((BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES)
}

/** Two empty blocks. */
export const END = Buffer.alloc(2 * BLOCK_BYTES)

type SplitPath = readonly [name: Buffer, prefix?: Buffer]

/** A longer path is divided at a slash, if there is one in the right place. */
function splitPath(path: Buffer): SplitPath | undefined {
  if (path.length <= NAME[1]) return [path]
  // The slash at the end of a folder is none to divide at.
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
  // The field of the sum counts as eight blanks.
  header.fill(' ', 148, 156)
  let sum = 0
  for (const byte of header) sum += byte
  header.write(octal(sum, 7), 148)
  return header
}

/** Digits, and a NUL behind them, of this many bytes. */
function octal(value: number, length: number): string {
  return `${value.toString(8).padStart(length - 1, '0')}\u0000`
}

/** As GNU has it: a number in base 256 behind a byte of 0x80. */
function writeLarge(header: Buffer, size: number): void {
  header[SIZE[0]] = 0x80
  header.writeBigUInt64BE(BigInt(size), SIZE[0] + SIZE[1] - 8)
}

/** `LENGTH KEY=VALUE` and a line feed; the length is that of the whole record, itself included. */
function record(key: string, value: Buffer): Buffer {
  const rest = key.length + value.length + 3
  const digits = [1, 2, 3, 4, 5].find((count) => String(rest + count).length === count) ?? 0
  return Buffer.concat([Buffer.from(`${rest + digits} ${key}=`), value, Buffer.from('\n')])
}
