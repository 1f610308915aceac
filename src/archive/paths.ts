import { isUtf8 } from 'node:buffer'
import { relative, sep } from 'node:path'

/** Whether an absolute path is the folder itself or lies below it. Both must be normalised. */
export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

/** The path as seen from the folder, with forward slashes; empty for the folder itself. */
export function relativeTo(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/')
}

/** The deepest folder that holds all of these folders, or is one of them. */
export function commonFolder(first: string, others: readonly string[]): string {
  let common = first.split(sep)
  for (const other of others) {
    const parts = other.split(sep)
    const length = common.findIndex((part, index) => part !== parts[index])
    if (length >= 0) common = common.slice(0, length)
  }
  return common.join(sep) || sep
}

/** Two parts of a path with a slash between them; the first can be empty, which is the folder that paths are seen from. */
export function below(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

/** The folder that holds a path with forward slashes; empty for the folder that paths are seen from. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** The last name of a path with forward slashes. */
export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Whether a path with forward slashes is the folder or lies below it; the empty folder holds all. */
export function isWithin(folder: string, path: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`)
}

/** The path and the folders that hold it, the deepest first, without the folder that paths are seen from. */
export function withParents(path: string): readonly string[] {
  return path === '' ? [] : [path, ...withParents(parentOf(path))]
}

/** Where a byte that is not UTF-8 is kept in a text: half of a surrogate pair, which no UTF-8 gives. As Python does it. */
const ESCAPED = 0xdc00

/**
 * A name of the file system as a text. A byte that is not UTF-8 becomes a lone surrogate, so that no two names give the
 * same text and `bytesOf` gives the name back.
 */
export function textOfBytes(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString()
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const length = [1, 2, 3, 4].find((count) => at + count <= bytes.length && isUtf8(bytes.subarray(at, at + count)))
    text += length ? bytes.toString('utf8', at, at + length) : String.fromCharCode(ESCAPED + (bytes[at] ?? 0))
    at += length ?? 1
  }
  return text
}

/** The bytes of a text of `textOfBytes`. */
export function bytesOf(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text)
  const parts = Array.from(text, (character) => {
    return character.isWellFormed() ? Buffer.from(character) : Buffer.from([character.charCodeAt(0) & 0xff])
  })
  return Buffer.concat(parts)
}

/** A path of `textOfBytes` as the functions of the file system take it. */
export function onDisk(path: string): string | Buffer {
  return path.isWellFormed() ? path : bytesOf(path)
}

/** Orders texts of `textOfBytes` by their bytes. */
export function compareBytes(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index += 1) {
    const [one, other] = [left.charCodeAt(index), right.charCodeAt(index)]
    if (one === other) continue
    const isPlain = !isSurrogate(one) && !isSurrogate(other)
    return isPlain ? one - other : Buffer.compare(bytesOf(left), bytesOf(right))
  }
  return left.length - right.length
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff
}
