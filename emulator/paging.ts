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

/** Something as an opaque cursor. */
export function encodeCursor(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** What a cursor stands for. @throws a refusal with status 400 for a cursor that no server gave out */
export function decodeCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    throw refusal(400, 'Invalid cursor.')
  }
}

/** One page of a list by cursor; the answered `next_cursor` is null on the last page. */
export function cursorPage(items: readonly unknown[], call: Call): Answer {
  const { page_size: size, cursor } = readQuery(cursorQuery, call)
  const start = cursor === null ? 0 : decodeCursor(cursor)
  if (typeof start !== 'number') throw refusal(400, 'Invalid cursor.')
  const end = start + size
  const next_cursor = end < items.length ? encodeCursor(end) : null
  return { status: 200, body: { items: items.slice(start, end), next_cursor } }
}
