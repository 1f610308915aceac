import { type Answer, type Call, readQuery, refusal } from './http.ts'
import { cursorQuery } from './requests.ts'

/** One page of a list; the answered `offset` is that of the next page. */
export function page<T>(
  items: readonly T[],
  { limit, offset }: { limit: number; offset: number },
  show: (item: T) => unknown
): Answer {
  const resources = items.slice(offset, offset + limit).map(show)
  return { status: 200, body: { resources, offset: offset + resources.length } }
}

/** A list that may be too long for one text; each of its entries is made as its turn comes. */
export function jsonList(entries: readonly (() => string)[]): Answer {
  return { status: 200, parts: partsOf(entries) }
}

function* partsOf(entries: readonly (() => string)[]): Generator<string> {
  for (const [index, entry] of entries.entries()) yield `${index === 0 ? '[' : ','}${entry()}`
  yield entries.length === 0 ? '[]' : ']'
}

/** Something as an opaque cursor. */
export function encodeCursor(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** What a cursor stands for; nothing for one that no server gave out. */
export function decodeCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}

/** The refusal of a cursor that no server gave out; 422 is the only one that is published. */
export function invalidCursor(name: 'cursor' | 'offset', cursor: string): Error {
  return refusal(422, [
    { type: 'value_error', loc: ['query', name], msg: 'Value error, Invalid cursor.', input: cursor }
  ])
}

/** One page of a list by cursor; the answered `next_cursor` is null on the last page. */
export function cursorPage(items: readonly unknown[], call: Call): Answer {
  const { page_size: size, cursor } = readQuery(cursorQuery, call)
  const start = cursor ? decodeCursor(cursor) : 0
  if (typeof start !== 'number' || start < 0) throw invalidCursor('cursor', cursor ?? '')
  const end = start + size
  const next_cursor = end < items.length ? encodeCursor(end) : null
  return { status: 200, body: { items: items.slice(start, end), next_cursor } }
}
