import { isUtf8 } from 'node:buffer'
import { findNodeAtLocation, parseTree } from 'jsonc-parser'
import { object } from '../run/object.ts'
import type { LineProblem } from './project-error.ts'

/** Names and indexes that lead from the root to a value. */
export type JsonPath = readonly (string | number)[]

/** A JSON object, and the positions of its values in the text. */
export interface JsonText {
  readonly value: Readonly<Record<string, unknown>>
  /** Returns the line of a value, from 1. If it does not exist, the line of its nearest parent. */
  lineOf(path: JsonPath): number
  /** Returns the text of a value, in which `1.0` differs from `1`. */
  sourceOf(path: JsonPath): string
}

/**
 * Parses a file that must contain a JSON object, as strictly as Python does. A problem never quotes the text, because
 * it might contain secrets.
 *
 * @param example an object for the advice to a file that contains another value
 */
export function readJson(bytes: Uint8Array, example: string): JsonText | LineProblem {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const encoding = encodingFault(bytes)
  if (encoding) return { line: 1, text: encoding }
  const fault = findJsonFault(text)
  if (fault) return fault
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
  // JSON begins with an ASCII character. In UTF-16, one of its two bytes is 0.
  if (hasMark || (bytes.length > 1 && (first === 0) !== (second === 0))) {
    return 'is encoded in UTF-16; save it as UTF-8 (PowerShell: `Out-File -Encoding utf8NoBOM`)'
  }
  if (first === 0xef && second === 0xbb && third === 0xbf) {
    return 'begins with a byte order mark, which JSON does not allow; save it as UTF-8 without one'
  }
  return isUtf8(bytes) ? undefined : 'is not encoded in UTF-8; save it as UTF-8'
}

type State = keyof typeof EXPECTED

const EXPECTED = {
  value: 'a value',
  firstValue: 'a value or ]',
  name: 'a name in double quotes',
  firstName: 'a name in double quotes, or }',
  colon: 'a colon',
  comma: 'a comma, or the closing bracket',
  end: 'the end of the text'
}

const JSON_BLANKS = /[ \t\r\n]*/y
const TOKEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids just these in a string
  /[{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/**
 * Returns the first position at which a text is not valid JSON; undefined if it is valid. JSON.parse is not enough:
 * only some of its messages contain the position, and the others quote the text, which might contain secrets.
 */
export function findJsonFault(text: string): LineProblem | undefined {
  const open: ('{' | '[')[] = []
  let state: State = 'value'
  let position = 0
  for (;;) {
    position = skip(JSON_BLANKS, text, position)
    const end = skip(TOKEN, text, position)
    const token = text.slice(position, end)
    if (token === '' && state === 'end' && position === text.length) return undefined
    const next = stateAfter(state, token, open)
    if (!next) return faultAt(text, position, state)
    state = next
    position = end
  }
}

function skip(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return pattern.test(text) ? pattern.lastIndex : from
}

/**
 * Returns the state after a token; undefined if the token is not allowed here. `open` contains the unclosed brackets.
 */
function stateAfter(state: State, token: string, open: ('{' | '[')[]): State | undefined {
  const afterValue = () => (open.length === 0 ? 'end' : 'comma')
  const inObject = open.at(-1) === '{'
  const closes =
    (token === '}' && inObject && (state === 'firstName' || state === 'comma')) ||
    (token === ']' && !inObject && (state === 'firstValue' || state === 'comma'))
  if (closes) {
    open.pop()
    return afterValue()
  }
  if (state === 'value' || state === 'firstValue') {
    if (token === '{' || token === '[') {
      open.push(token)
      return token === '{' ? 'firstName' : 'firstValue'
    }
    return /^["\w-]/.test(token) ? afterValue() : undefined
  }
  if (state === 'name' || state === 'firstName') return token.startsWith('"') ? 'colon' : undefined
  if (state === 'colon') return token === ':' ? 'value' : undefined
  if (state === 'comma' && token === ',') return inObject ? 'name' : 'value'
  return undefined
}

function faultAt(text: string, position: number, state: State): LineProblem {
  const lines = text.slice(0, position).split('\n')
  const place = `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`
  const fault = extensionAt(text, position, state) ?? `: expected ${EXPECTED[state]}`
  return { line: lines.length, text: `is not valid JSON: ${place}${fault}` }
}

/** Detects the most frequent errors: extensions of JSON that other parsers accept. */
function extensionAt(text: string, position: number, state: State): string | undefined {
  if (/^(\/[/*]|#)/.test(text.slice(position, position + 2))) {
    return ' contains a comment, which JSON does not allow; remove all comments'
  }
  // A bracket in these states is a trailing comma only if a comma comes before it.
  const closes = (state === 'name' && text[position] === '}') || (state === 'value' && text[position] === ']')
  return closes && /,\s*$/.test(text.slice(0, position))
    ? ' has a comma before the closing bracket, which JSON does not allow; remove the comma'
    : undefined
}
