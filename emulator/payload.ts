import type { Payload } from './http.ts'

/** Bytes that a body may have; also the limit that a signed upload URL states. */
export const BODY_LIMIT = 209_715_200

/**
 * Reads a whole body and makes of it what FastAPI would: JSON by its content type, and JSON without one.
 *
 * Of a body over the limit the rest is read and dropped, so that the sender gets an answer and no broken pipe.
 */
export async function readPayload(contentType: string | undefined, stream: AsyncIterable<Buffer>): Promise<Payload> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size <= BODY_LIMIT) chunks.push(chunk)
    else chunks.length = 0
  }
  if (size === 0) return { kind: 'none' }
  const data = Buffer.concat(chunks)
  return isJson(contentType) ? parseJson(data.toString()) : { kind: 'other', data, size }
}

function isJson(contentType: string | undefined): boolean {
  return contentType === undefined || /^application\/([^;]+\+)?json\s*(;|$)/i.test(contentType)
}

/** A text as JSON, or where it stops being that. */
export function parseJson(text: string): Payload {
  try {
    return { kind: 'json', value: JSON.parse(text) }
  } catch (error) {
    const position = Number(/position (\d+)/.exec(String(error))?.[1] ?? text.length)
    return { kind: 'broken', position, reason: 'Expecting value' }
  }
}

/** The same, whatever content type a hurried curl states: what goes to a control route is JSON. */
export function jsonOf(payload: Payload): Payload {
  return payload.kind === 'other' ? parseJson(payload.data.toString()) : payload
}
