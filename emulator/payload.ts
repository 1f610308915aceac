import type { Payload } from './http.ts'
import { readArchive } from './tar.ts'

/** Maximum bytes of an archive; also the limit that a signed upload URL states. */
export const ARCHIVE_LIMIT = 209_715_200
/** Maximum bytes of an API request body. */
const API_LIMIT = 4 * 2 ** 20
/** Maximum bytes of a request to an agent, as published; also of a scenario. */
const AGENT_LIMIT = 25 * 2 ** 20
/** Maximum nesting of JSON, slightly below the limit of Python's own parser. */
const DEEPEST = 900

/** Reads a body, depending on its path (without `/api-host`). */
export function readerOf(
  path: string
): (contentType: string | undefined, stream: AsyncIterable<Buffer>) => Promise<Payload> {
  if (path.startsWith('/storage/')) return (_, stream) => readUpload(stream)
  const limit = /^\/(agents|_emulator)(\/|$)/.test(path) ? AGENT_LIMIT : API_LIMIT
  return (contentType, stream) => readPayload(contentType, stream, limit)
}

async function readUpload(stream: AsyncIterable<Buffer>): Promise<Payload> {
  const archive = await readArchive(stream, ARCHIVE_LIMIT)
  return { kind: 'archive', archive, size: archive.size }
}

/**
 * Reads a whole body and parses it as FastAPI would: JSON by its content type, and JSON without a content type.
 *
 * Drains a body over the limit, so that the client gets a response and not a broken pipe.
 */
async function readPayload(
  contentType: string | undefined,
  stream: AsyncIterable<Buffer>,
  limit: number
): Promise<Payload> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size <= limit) chunks.push(chunk)
    else chunks.length = 0
  }
  if (size === 0) return { kind: 'none' }
  if (size > limit) return { kind: 'large', size }
  const data = Buffer.concat(chunks)
  return isJson(contentType) ? parseJson(data) : { kind: 'other', data, size }
}

function isJson(contentType: string | undefined): boolean {
  return contentType === undefined || /^application\/([^;]+\+)?json\s*(;|$)/i.test(contentType)
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Parses bytes as JSON. Bytes that FastAPI's parser would not process are `unreadable`. */
export function parseJson(data: Buffer): Payload {
  const size = data.length
  try {
    const text = utf8.decode(data)
    return isDeep(text) ? { kind: 'unreadable', size } : parseText(text, size)
  } catch {
    return { kind: 'unreadable', size }
  }
}

/** Parses a body as JSON whatever its content type, for control routes, which accept only JSON. */
export function jsonOf(payload: Payload): Payload {
  return payload.kind === 'other' ? parseJson(payload.data) : payload
}

function parseText(text: string, size: number): Payload {
  try {
    return { kind: 'json', value: JSON.parse(text), text, size }
  } catch (error) {
    const position = Number(/position (\d+)/.exec(String(error))?.[1] ?? text.length)
    return { kind: 'broken', position, reason: 'Expecting value', size }
  }
}

/** Tells if a JSON text is nested too deeply; brackets in its strings do not count. */
export function isDeep(text: string): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (sign === '"') at = endOfString(text, at)
    else if (sign === '[' || sign === '{') depth++
    else if (sign === ']' || sign === '}') depth--
    if (depth > DEEPEST) return true
  }
  return false
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at
  }
  return text.length
}
