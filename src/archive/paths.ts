import { isUtf8 } from 'node:buffer'
import { relative, sep } from 'node:path'

/** True if an absolute path is the folder itself or is below it. Both must be normalized. */
export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

/** Returns the path relative to the folder, with forward slashes; empty for the folder itself. */
export function relativeTo(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/')
}

/** Returns the deepest folder that contains all of these folders or is one of them. */
export function commonFolder(first: string, others: readonly string[]): string {
  let common = first.split(sep)
  for (const other of others) {
    const parts = other.split(sep)
    const length = common.findIndex((part, index) => part !== parts[index])
    if (length >= 0) common = common.slice(0, length)
  }
  return common.join(sep) || sep
}

/** Joins two parts of a path with a slash. An empty first part is the folder that paths are relative to. */
export function below(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

/** Returns the parent of a path with forward slashes; empty for the folder that paths are relative to. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** Returns the last name of a path with forward slashes. */
export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** True if a path with forward slashes is the folder or is below it. The empty folder contains all paths. */
export function isWithin(folder: string, path: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`)
}

/** Returns the path and its parents, the deepest first, without the folder that paths are relative to. */
export function withParents(path: string): readonly string[] {
  return path === '' ? [] : [path, ...withParents(parentOf(path))]
}

/**
 * Base of the code units that represent bytes that are not UTF-8. They are lone surrogates, which decoded UTF-8 never
 * contains. Python's `surrogateescape` uses the same.
 */
const ESCAPED = 0xdc00

/**
 * Decodes a name of the file system. A byte that is not UTF-8 becomes a lone surrogate, so that different names give
 * different texts and `bytesOf` restores the name.
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

/** Encodes a text of `textOfBytes` to its original bytes. */
export function bytesOf(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text)
  const parts = Array.from(text, (character) => {
    return character.isWellFormed() ? Buffer.from(character) : Buffer.from([character.charCodeAt(0) & 0xff])
  })
  return Buffer.concat(parts)
}

/** Converts a path of `textOfBytes` for the functions of `node:fs`. */
export function onDisk(path: string): string | Buffer {
  return path.isWellFormed() ? path : bytesOf(path)
}

/** Compares texts of `textOfBytes` by their bytes, for sorting. */
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
