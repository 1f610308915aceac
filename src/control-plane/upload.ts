import { createReadStream } from 'node:fs'
import { Transform } from 'node:stream'
import { request } from 'undici'
import { type Clock, checkLimits, type Limits } from '../run/limits.ts'
import { object } from '../run/object.ts'
import { AnswerError, ApiError, RefusalError } from './errors.ts'
import { isLoopback } from './hosts.ts'
import { type Connection, createDispatcher, unreachable } from './network.ts'
import { storeReason } from './store-reason.ts'

/** The URL for an archive, and the name that a revision uses for it. */
export interface UploadTarget {
  readonly uploadUrl: string
  readonly objectPath: string
  /**
   * The headers that the store requires besides type and length, with names in lower case; `undefined` if the store
   * requires the signed size range.
   */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** A file to upload to a signed URL. */
export interface UploadFile extends Pick<UploadTarget, 'headers'> {
  readonly url: string
  readonly file: string
  readonly bytes: number
  /** Called at intervals with the progress. */
  readonly onProgress: (sentBytes: number, elapsedMs: number) => void
}

/**
 * The largest compressed archive that the server accepts, in bytes. The limit is part of the signature, and therefore
 * of the request.
 */
export const LARGEST_ARCHIVE = 200 * 1024 * 1024

/** The limit of one upload, within the deadline of the run. */
const UPLOAD_TIMEOUT_MS = 15 * 60_000
const PROGRESS_EVERY_MS = 5_000
/** In bytes; S3 repeats the whole request in some errors. */
const LONGEST_ANSWER = 64 * 1024

/** @throws {AnswerError} if the response has no URL or no object, or has headers that an upload cannot send */
export function toUploadTarget(value: unknown): UploadTarget {
  const { upload_url, object_path, upload_headers } = object(value) ?? {}
  if (typeof upload_url !== 'string' || typeof object_path !== 'string' || !URL.canParse(upload_url)) {
    throw new AnswerError('shape', 'the response has no upload URL')
  }
  return { uploadUrl: upload_url, objectPath: object_path, headers: toUploadHeaders(upload_headers) }
}

/** Headers of the connection, and headers that this client sets itself. */
const OWN_HEADERS =
  /^(?:host|content-length|connection|keep-alive|proxy-(?:connection|authenticate|authorization)|te|trailer|transfer-encoding|upgrade|expect)$/i

/** Reads `upload_headers`. The values can be signatures, so no message contains a value. */
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
 * Streams a file to its signed URL, without the API key. The URL grants write access, so it is a secret: messages
 * contain only its host.
 *
 * @throws {RefusalError} if the URL is not https, unless the control plane is on this machine
 * @throws {ApiError} if the store rejects the upload
 * @throws {UnreachableError} if the connection breaks
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

/** Returns the beginning of a response, long enough for an error of a store; empty if the connection breaks. */
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
    // The status is sufficient.
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Passes bytes through, and reports their number at most once every five seconds. */
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
