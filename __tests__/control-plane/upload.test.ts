import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, jest, test } from '@jest/globals'
import { toUploadTarget } from '../../src/control-plane/upload.ts'
import { makeFolder } from '../archive/support.ts'
import { afterThisTest } from '../support/after-this-test.ts'
import { skippingClock } from '../support/clock.ts'
import { failureOf } from '../support/failure.ts'
import { listen, stop } from '../support/http-server.ts'
import { type LineOptions, openLine } from '../support/line.ts'
import { hurryTimeouts, lasts } from '../support/real-time.ts'
import { words } from '../support/words.ts'

const CONTROL_PLANE = 'http://127.0.0.1:1'
const MEBIBYTE = 1024 * 1024

interface Arrived {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: readonly string[]
  readonly bytes: number
  readonly sha256: string
}

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown

const taking: Answer = (_, response) => response.end()

/** Starts a store for archives; it stops with the test. */
async function startStore(answer: Answer = taking) {
  const arrived: Arrived[] = []
  const server = createServer(async (request, response) => {
    const hash = createHash('sha256')
    let bytes = 0
    try {
      for await (const chunk of request) {
        bytes += chunk.length
        hash.update(chunk)
      }
    } catch {
      return
    }
    const { method, url, rawHeaders: headers } = request
    arrived.push({ method, url, headers, bytes, sha256: hash.digest('hex') })
    await answer(request, response)
  })
  const { port } = await listen(server, 0)
  afterThisTest(() => stop(server))
  return {
    url: `http://127.0.0.1:${port}/bucket/object.tar.gz?X-Goog-Signature=topsecret`,
    host: `127.0.0.1:${port}`,
    arrived
  }
}

function archive(bytes = 1_000) {
  const file = join(makeFolder(), 'archive.tar.gz')
  const content = Buffer.alloc(bytes, 'a')
  writeFileSync(file, content)
  return { file, bytes, sha256: createHash('sha256').update(content).digest('hex') }
}

function upload(
  url: string,
  {
    controlPlane = CONTROL_PLANE,
    size = 1_000,
    headers,
    ...options
  }: LineOptions & {
    readonly controlPlane?: string
    readonly size?: number
    readonly headers?: Readonly<Record<string, string>>
  } = {}
) {
  const { file, bytes, sha256 } = archive(size)
  const line = openLine(controlPlane, options)
  const progress: (readonly [number, number])[] = []
  const sending = line.transport.upload({
    url,
    file,
    bytes,
    headers,
    onProgress: (sent, elapsed) => progress.push([sent, elapsed])
  })
  return { sending, line, sha256, progress }
}

describe('an upload', () => {
  test('sends the unchanged file in one PUT, with exactly the signed headers', async () => {
    const store = await startStore()
    const { sending, sha256 } = upload(store.url, { size: 3 * MEBIBYTE + 7 })
    await sending
    expect(store.arrived).toEqual([
      {
        method: 'PUT',
        url: '/bucket/object.tar.gz?X-Goog-Signature=topsecret',
        bytes: 3 * MEBIBYTE + 7,
        sha256,
        headers: [
          ...['host', store.host],
          ...['connection', expect.any(String)],
          ...['content-type', 'application/gzip'],
          ...['x-goog-content-length-range', '0,209715200'],
          ...['content-length', `${3 * MEBIBYTE + 7}`]
        ]
      }
    ])
  })

  test('sends the headers that the store requires instead of the size range', async () => {
    const store = await startStore()
    const headers = { 'content-type': 'application/x-tar', 'x-ms-blob-type': 'BlockBlob' }
    await upload(store.url, { headers }).sending
    expect(store.arrived[0]?.headers).toEqual([
      ...['host', store.host],
      ...['connection', expect.any(String)],
      ...['content-type', 'application/x-tar'],
      ...['x-ms-blob-type', 'BlockBlob'],
      ...['content-length', '1000']
    ])
  })

  test('reports the code and the message if the store rejects it', async () => {
    const store = await startStore((request, response) =>
      response
        .writeHead(403, { 'content-type': 'application/xml' })
        .end(`<Error><Code>AccessDenied</Code><Message>Request has expired</Message><R>${request.url}</R></Error>`)
    )
    expect(await failureOf(upload(store.url).sending)).toMatchObject({
      status: 403,
      detail: 'AccessDenied: Request has expired'
    })
  })

  test('fails if the store rejects it with an endless response', async () => {
    const store = await startStore((_, response) => {
      response.writeHead(403).write('x'.repeat(200_000))
    })
    expect(await failureOf(upload(store.url).sending)).toMatchObject({ name: 'ApiError', status: 403, detail: '' })
  })

  test('sends neither key nor workspace nor name', async () => {
    const store = await startStore()
    await upload(store.url, { connection: { workspaceId: 'w-1', organizationId: 'o-1' } }).sending
    const text = JSON.stringify(store.arrived)
    expect(text).not.toMatch(/lsv2_test_key|x-api-key|x-tenant-id|x-organization-id|authorization|w-1|o-1/i)
  })

  test('does not follow a redirect', async () => {
    const other = await startStore()
    const store = await startStore((_, response) => response.writeHead(307, { location: other.url }).end())
    await expect(failureOf(upload(store.url).sending)).resolves.toMatchObject({ name: 'ApiError', status: 307 })
    expect([store.arrived.length, other.arrived.length]).toEqual([1, 0])
  })

  test.each([400, 403, 411, 412, 500, 503])('reports the status %d without the URL', async (status) => {
    const store = await startStore((request, response) =>
      response
        .writeHead(status, { 'content-type': 'application/xml' })
        .end(`<Error><Resource>${request.url}</Resource></Error>`)
    )
    const error = await failureOf(upload(store.url).sending)
    expect(error).toMatchObject({
      name: 'ApiError',
      status,
      message: `${store.host} returned ${status} for PUT of the archive`
    })
    expect(JSON.stringify([error, String(error)])).not.toContain('topsecret')
    expect(store.arrived).toHaveLength(1)
  })

  test('reports a cut connection without the URL', async () => {
    const store = await startStore((request) => request.socket.destroy())
    const error = await failureOf(upload(store.url).sending)
    expect(error).toMatchObject({ name: 'UnreachableError', message: 'the connection was cut' })
    expect(JSON.stringify([error, String(error)])).not.toContain('topsecret')
  })

  test('succeeds after a success status, even if the connection breaks afterwards', async () => {
    const store = await startStore((_, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('half')
      setTimeout(() => response.destroy(), 20)
    })
    await expect(upload(store.url).sending).resolves.toBeUndefined()
  })

  test('reports a connection that breaks during the upload', async () => {
    const server = createServer((request) => {
      request.once('data', () => request.socket.destroy())
    })
    const { port } = await listen(server, 0)
    afterThisTest(() => stop(server))
    const { sending } = upload(`http://127.0.0.1:${port}/x?q=topsecret`, { size: 20 * MEBIBYTE })
    const error = await failureOf(sending)
    expect(error).toMatchObject({ name: 'UnreachableError' })
    expect(String(error)).not.toContain('topsecret')
  })

  test('reports a refused connection', async () => {
    const error = await failureOf(upload('http://127.0.0.1:1/x?q=topsecret').sending)
    expect(error).toMatchObject({
      name: 'UnreachableError',
      code: 'ECONNREFUSED',
      context: { origin: 'http://127.0.0.1:1' }
    })
    expect(String(error)).not.toContain('topsecret')
  })

  test('fails for a missing file', async () => {
    const store = await startStore()
    const line = openLine(CONTROL_PLANE)
    const file = join(makeFolder(), 'gone.tar.gz')
    await expect(
      failureOf(line.transport.upload({ url: store.url, file, bytes: 5, onProgress: () => {} }))
    ).resolves.toBeInstanceOf(Error)
  })
})

describe('the upload target', () => {
  test.each([
    ['http://storage.example.com/x?q=topsecret', CONTROL_PLANE],
    ['http://127.0.0.1:1/x?q=topsecret', 'https://api.host.langchain.com'],
    ['http://localhost.example.com/x?q=topsecret', CONTROL_PLANE],
    ['ftp://127.0.0.2.example.com/x?q=topsecret', CONTROL_PLANE]
  ])('cannot be %s if the control plane is %s', async (url, controlPlane) => {
    const error = await failureOf(upload(url, { controlPlane }).sending)
    expect(error).toMatchObject({ name: 'RefusalError', message: expect.stringContaining(new URL(url).host) })
    expect(JSON.stringify([error, String(error)])).not.toContain('topsecret')
  })

  test.each([
    {},
    null,
    [],
    { upload_url: 'https://x.example.com' },
    { object_path: 'p' },
    { upload_url: 'no address', object_path: 'p' },
    { upload_url: 1, object_path: 2 }
  ])('cannot be read from %j', (value) => {
    expect(() => toUploadTarget(value)).toThrow(expect.objectContaining({ name: 'AnswerError', fault: 'shape' }))
  })

  const TARGET = { upload_url: 'https://x.example.com/?q', object_path: 'o' }

  test.each([undefined, null])('has no headers if the response has %p', (upload_headers) => {
    expect(toUploadTarget({ ...TARGET, upload_headers }).headers).toBeUndefined()
  })

  test('has the headers of the response, with names in lower case', () => {
    const upload_headers = { 'x-ms-blob-type': 'BlockBlob', 'Content-Type': 'application/x-tar', Authorization: 'a b=' }
    expect(toUploadTarget({ ...TARGET, upload_headers }).headers).toEqual({
      'x-ms-blob-type': 'BlockBlob',
      'content-type': 'application/x-tar',
      authorization: 'a b='
    })
    expect(toUploadTarget({ ...TARGET, upload_headers: {} }).headers).toEqual({})
  })

  test.each<[string, unknown]>([
    ['a list instead of an object', ['a']],
    ['a text instead of an object', 'a: b'],
    ['a number as a value', { 'x-a': 5 }],
    ['a line end in a value', { 'x-a': 'topsecret\r\nx-api-key: b' }],
    ['a lone line feed', { 'x-a': 'topsecret\nb' }],
    ['a character outside ASCII', { 'x-a': 'topsécret' }],
    ['a bad name', { 'x a': 'topsecret' }],
    ['an empty name', { '': 'topsecret' }],
    ...words('Host content-length Transfer-Encoding Connection TE Upgrade Proxy-Authorization Expect').map(
      (name) => [`the name ${name}`, { [name]: 'topsecret' }] as [string, unknown]
    )
  ])('rejects headers with %s, without quoting a value', (_, upload_headers) => {
    let thrown: unknown
    try {
      toUploadTarget({ ...TARGET, upload_headers })
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({ name: 'AnswerError', fault: 'shape' })
    expect(String(thrown)).not.toMatch(/tops/)
  })

  test('is requested from the control plane with the key, and again after a cut connection', async () => {
    const target = { upload_url: 'https://x.example.com/?q', object_path: 'a/b.tar.gz' }
    const seen: IncomingMessage[] = []
    const server = createServer((request, response) => {
      seen.push(request)
      if (seen.length === 1) request.socket.destroy()
      else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(target))
    })
    const { port } = await listen(server, 0)
    afterThisTest(() => stop(server))
    const { client, retries } = openLine(`http://127.0.0.1:${port}`)
    expect(await client.uploadTarget('an id')).toEqual({ uploadUrl: target.upload_url, objectPath: target.object_path })
    expect(seen.map(({ method, url, headers }) => [method, url, headers['x-api-key']])).toEqual(
      Array.from({ length: 2 }, () => ['POST', '/v2/deployments/an%20id/upload-url', 'lsv2_test_key'])
    )
    expect(retries).toHaveLength(1)
  })
})

describe('the progress of an upload', () => {
  /** A clock that advances by `ms` milliseconds at each reading. */
  const hasty = (ms: number) => {
    const clock = skippingClock()
    const start = clock.now()
    let now = start
    return { ...clock, pauses: [], now: () => (now += ms) }
  }

  test('is reported at most every five seconds, with the bytes sent so far', async () => {
    const store = await startStore()
    const { sending, progress } = upload(store.url, { size: 10 * MEBIBYTE, clock: hasty(1_000) })
    await sending
    expect(progress.length).toBeGreaterThan(2)
    for (const [index, [sent, elapsed]] of progress.entries()) {
      const [before, since] = progress[index - 1] ?? [0, 0]
      expect(elapsed - since).toBeGreaterThanOrEqual(5_000)
      expect(sent).toBeGreaterThan(before)
      expect(sent).toBeLessThanOrEqual(10 * MEBIBYTE)
    }
  })

  test('is not reported for a fast upload', async () => {
    const store = await startStore()
    const { sending, progress } = upload(store.url, { size: 5 * MEBIBYTE })
    await sending
    expect(progress).toEqual([])
  })
})

describe('a slow upload', () => {
  const never: Answer = () => {}

  test('ends immediately when the job is canceled', async () => {
    const store = await startStore(never)
    const { sending, line } = upload(store.url)
    setTimeout(line.cancel, 50)
    const ending = failureOf(sending)
    expect(await lasts(ending)).toBeLessThan(500)
    await expect(ending).resolves.toMatchObject({ name: 'CancelledError' })
  })

  test('does not start after cancellation or the deadline', async () => {
    const store = await startStore()
    const file = archive()
    const cancelled = openLine(CONTROL_PLANE)
    cancelled.cancel()
    const sending = { url: store.url, ...file, onProgress: () => {} }
    await expect(failureOf(cancelled.transport.upload(sending))).resolves.toMatchObject({ name: 'CancelledError' })
    const late = openLine(CONTROL_PLANE, { timeoutMs: 0 })
    await expect(failureOf(late.transport.upload(sending))).resolves.toMatchObject({ name: 'DeadlineError' })
    expect(store.arrived).toEqual([])
  })

  test('ends at the deadline of the run', async () => {
    const store = await startStore(never)
    const { sending } = upload(store.url, { timeoutMs: 300 })
    await expect(failureOf(sending)).resolves.toMatchObject({ name: 'DeadlineError' })
  })

  test('times out after 15 minutes', async () => {
    const usual = AbortSignal.timeout.bind(AbortSignal)
    const spy = jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => usual(Math.ceil(ms / 3_000)))
    afterThisTest(() => spy.mockRestore())
    const store = await startStore(never)
    const { sending } = upload(store.url, { timeoutMs: 5 * 3_600_000 })
    const ending = failureOf(sending)
    const ms = await lasts(ending)
    expect(ms).toBeGreaterThan(250)
    expect(ms).toBeLessThan(2_000)
    await expect(ending).resolves.toMatchObject({ name: 'UnreachableError', message: 'no response in time' })
  })

  test('is not limited by the timeout of other requests', async () => {
    hurryTimeouts()
    const store = await startStore(async (_, response) => {
      await delay(900)
      response.end()
    })
    await upload(store.url).sending
    expect(store.arrived).toHaveLength(1)
  })
})
