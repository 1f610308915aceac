import { type Answer, type Call, readQuery, refusal } from './http.ts'
import { cursorQuery } from './requests.ts'

/** One page of a list; the returned `offset` is that of the next page. */
export function page<T>(
  items: readonly T[],
  { limit, offset }: { limit: number; offset: number },
  show: (item: T) => unknown
): Answer {
  const resources = items.slice(offset, offset + limit).map(show)
  return { status: 200, body: { resources, offset: offset + resources.length } }
}

/** A list that may be too long for one string; each entry is serialized when it is sent. */
export function jsonList(entries: readonly (() => string)[]): Answer {
  return { status: 200, parts: partsOf(entries) }
}

function* partsOf(entries: readonly (() => string)[]): Generator<string> {
  for (const [index, entry] of entries.entries()) yield `${index === 0 ? '[' : ','}${entry()}`
  yield entries.length === 0 ? '[]' : ']'
}

/** Encodes a value as an opaque cursor. */
export function encodeCursor(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** Decodes a cursor; `undefined` if it is invalid. */
export function decodeCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}

/** The refusal of an invalid cursor; 422 is the only published status. */
export function invalidCursor(name: 'cursor' | 'offset', cursor: string): Error {
  return refusal(422, [
    { type: 'value_error', loc: ['query', name], msg: 'Value error, Invalid cursor.', input: cursor }
  ])
}

/** One page of a list by cursor; the returned `next_cursor` is null on the last page. */
export function cursorPage(items: readonly unknown[], call: Call): Answer {
  const { page_size: size, cursor } = readQuery(cursorQuery, call)
  const start = cursor ? decodeCursor(cursor) : 0
  if (typeof start !== 'number' || start < 0) throw invalidCursor('cursor', cursor ?? '')
  const end = start + size
  const next_cursor = end < items.length ? encodeCursor(end) : null
  return { status: 200, body: { items: items.slice(start, end), next_cursor } }
}
