import { isUtf8 } from 'node:buffer'
import { findNodeAtLocation, parseTree } from 'jsonc-parser'
import { object } from '../../object.ts'
import { findJsonFault } from './json-fault.ts'

/** Names and indexes that lead from the root to a value. */
export type JsonPath = readonly (string | number)[]

/** Something that is wrong with a file, and its line, from 1. The text follows the name of the file. */
export interface LineProblem {
  readonly line: number
  readonly text: string
}

/** A JSON object and where its values are in the text. */
export interface JsonText {
  readonly value: Readonly<Record<string, unknown>>
  /** The line of a value, from 1; the last one on the way there that exists. */
  lineOf(path: JsonPath): number
  /** The value as the file has it; `1.0` is not `1`. */
  sourceOf(path: JsonPath): string
}

/**
 * Reads a file that has to hold a JSON object, as strictly as Python does. A problem quotes nothing of the text, which
 * may hold secrets.
 *
 * @param example what to write instead of anything but an object
 */
export function readJson(bytes: Uint8Array, example: string): JsonText | LineProblem {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const encoding = encodingFault(bytes)
  if (encoding) return { line: 1, text: encoding }
  const fault = findJsonFault(text)
  if (fault) return { line: fault.line, text: faultInWords(fault) }
  const value = object(JSON.parse(text))
  if (!value) return { line: 1, text: `is not a JSON object; write ${example}` }
  const tree = parseTree(text)
  const nodeAt = (path: JsonPath): ReturnType<typeof parseTree> => {
    const node = tree && findNodeAtLocation(tree, [...path])
    return node || path.length === 0 ? node : nodeAt(path.slice(0, -1))
  }
  return {
    value,
    lineOf: (path) => text.slice(0, nodeAt(path)?.offset ?? 0).split('\n').length,
    sourceOf: (path) => {
      const node = nodeAt(path)
      return node ? text.slice(node.offset, node.offset + node.length) : ''
    }
  }
}

function encodingFault(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  // JSON begins with a character of ASCII, of which UTF-16 makes two bytes.
  if (hasMark || (bytes.length > 1 && (first === 0) !== (second === 0))) {
    return 'is encoded in UTF-16; save it as UTF-8 (PowerShell: `Out-File -Encoding utf8NoBOM`)'
  }
  if (first === 0xef && second === 0xbb && third === 0xbf) {
    return 'begins with a byte order mark, which JSON does not allow; save it as UTF-8 without one'
  }
  return isUtf8(bytes) ? undefined : 'is not encoded in UTF-8; save it as UTF-8'
}

const EXTENSIONS = {
  comment: 'holds a comment, which JSON does not allow; remove all comments',
  'trailing comma': 'has a comma before the closing bracket, which JSON does not allow; remove the comma'
}

function faultInWords({ line, column, expected, extension }: NonNullable<ReturnType<typeof findJsonFault>>): string {
  const place = `line ${line}, column ${column}`
  return extension
    ? `is not valid JSON: ${place} ${EXTENSIONS[extension]}`
    : `is not valid JSON: ${place}: expected ${expected}`
}
