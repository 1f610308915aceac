import { createReadStream } from 'node:fs'
import { Transform } from 'node:stream'
import { request } from 'undici'
import { type Clock, checkLimits, type Limits } from '../run/limits.ts'
import { object } from '../run/object.ts'
import { AnswerError, ApiError, RefusalError } from './errors.ts'
import { isLoopback } from './hosts.ts'
import { type Connection, createDispatcher, unreachable } from './network.ts'
import { storeReason } from './store-reason.ts'

/** Where an archive goes, and the name under which a revision is made from it. */
export interface UploadTarget {
  readonly uploadUrl: string
  readonly objectPath: string
  /** The headers that the store wants beside type and length, by their names in lower case; nothing where it is a signed size range. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** A file on its way to a signed address. */
export interface UploadFile extends Pick<UploadTarget, 'headers'> {
  readonly url: string
  readonly file: string
  readonly bytes: number
  /** Told now and then how far it is. */
  readonly onProgress: (sentBytes: number, elapsedMs: number) => void
}

/** The largest archive that the server takes, compressed, in bytes. It is part of what was signed, and so of the request. */
export const LARGEST_ARCHIVE = 200 * 1024 * 1024

/** An upload has a time of its own inside the run's deadline. */
const UPLOAD_TIMEOUT_MS = 15 * 60_000
const PROGRESS_EVERY_MS = 5_000
/** In bytes; S3 repeats the whole request in some errors. */
const LONGEST_ANSWER = 64 * 1024

/** @throws {AnswerError} when the answer names no address or no object, or headers that no upload can carry */
export function toUploadTarget(value: unknown): UploadTarget {
  const { upload_url, object_path, upload_headers } = object(value) ?? {}
  if (typeof upload_url !== 'string' || typeof object_path !== 'string' || !URL.canParse(upload_url)) {
    throw new AnswerError('shape', 'the response has no upload URL')
  }
  return { uploadUrl: upload_url, objectPath: object_path, headers: toUploadHeaders(upload_headers) }
}

/** Those that belong to the connection or are told by this client itself. */
const OWN_HEADERS =
  /^(?:host|content-length|connection|keep-alive|proxy-(?:connection|authenticate|authorization)|te|trailer|transfer-encoding|upgrade|expect)$/i

/** Reads `upload_headers`. The values may be signatures, so a message holds no value. */
function toUploadHeaders(value: unknown): UploadTarget['headers'] {
  if (value === undefined || value === null) return undefined
  const given = object(value)
  if (!given) throw new AnswerError('shape', '`upload_headers` is not an object')
  const entries = Object.entries(given).map(([name, text]) => {
    if (!/^[\w!#$%&'*+.^`|~-]{1,200}$/.test(name))
      throw new AnswerError('shape', '`upload_headers` has an invalid name')
    if (typeof text !== 'string' || !/^[\t\x20-\x7e]*$/.test(text)) {
      throw new AnswerError('shape', `the upload header ${name} has a value that cannot be sent`)
    }
    if (OWN_HEADERS.test(name)) throw new AnswerError('shape', `the upload header ${name} is not allowed`)
    return [name.toLowerCase(), text] as const
  })
  return Object.fromEntries(entries)
}

/**
 * Streams a file to its signed address, without the API key: whoever holds the address may write there, and nobody else
 * has to know more. The address itself is a secret of a kind, so only its host is ever named.
 *
 * @throws {RefusalError} when the address is no https one, though the control plane is not on this machine
 * @throws {ApiError} when the store refuses
 * @throws {UnreachableError} when the connection breaks
 */
export async function uploadFile(connection: Connection, limits: Limits, upload: UploadFile): Promise<void> {
  const { url, file, bytes, headers, onProgress } = upload
  const { host, protocol, hostname } = new URL(url)
  const isLocal = isLoopback(hostname) && isLoopback(new URL(connection.url).hostname)
  if (protocol !== 'https:' && !isLocal) throw insecureUpload(host)

  checkLimits(limits)
  const left = Math.max(1, Math.min(UPLOAD_TIMEOUT_MS, limits.deadline - limits.clock.now()))
  const dispatcher = createDispatcher({ url, proxy: connection.proxy })
  const source = createReadStream(file, { highWaterMark: 256 * 1024 })
  const body = source.pipe(meter(limits.clock, onProgress))
  source.on('error', (error) => body.destroy(error))
  try {
    const response = await request(url, {
      dispatcher,
      method: 'PUT',
      headers: {
        'content-type': 'application/gzip',
        'content-length': String(bytes),
        ...(headers ?? { 'x-goog-content-length-range': `0,${LARGEST_ARCHIVE}` })
      },
      body,
      headersTimeout: Math.ceil(left),
      signal: AbortSignal.any([limits.cancelled, AbortSignal.timeout(Math.ceil(left))])
    })
    if (response.statusCode >= 300) {
      const detail = storeReason(await beginningOf(response.body), response.headers['x-ms-error-code'], url)
      throw new ApiError({ status: response.statusCode, detail, request: 'PUT of the archive', server: host })
    }
    await response.body.dump()
  } catch (error) {
    checkLimits(limits)
    throw error instanceof ApiError ? error : unreachable(error, new URL(url).origin)
  } finally {
    source.destroy()
    await dispatcher.destroy()
  }
}

/** As much of an answer as an error of a store is long; nothing where it breaks. */
async function beginningOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of body) {
      chunks.push(chunk)
      length += chunk.length
      if (length >= LONGEST_ANSWER) break
    }
  } catch {
    // The status tells enough.
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Lets bytes through and tells how many, at most once every five seconds. */
function meter(clock: Clock, onProgress: UploadFile['onProgress']): Transform {
  const since = clock.now()
  let told = since
  let sent = 0
  return new Transform({
    highWaterMark: 256 * 1024,
    transform(chunk: Buffer, _encoding, done) {
      sent += chunk.length
      if (clock.now() - told >= PROGRESS_EVERY_MS) {
        told = clock.now()
        onProgress(sent, told - since)
      }
      done(null, chunk)
    }
  })
}

function insecureUpload(host: string): RefusalError {
  return new RefusalError(
    'Upload URL is not secure',
    `The control plane returned an upload URL on ${host} that is not https, so the source code would be sent unencrypted.`,
    'Report this to LangSmith; nothing was uploaded.'
  )
}
