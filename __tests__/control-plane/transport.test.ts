import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { NO_BODY } from '../../src/control-plane/answer.ts'
import { AnswerError, ApiError, UnreachableError } from '../../src/control-plane/errors.ts'
import { controlPlaneAt } from '../../src/control-plane/hosts.ts'
import { explain } from '../../src/report/explain.ts'
import { CancelledError, DeadlineError } from '../../src/run/limits.ts'
import { object } from '../../src/run/object.ts'
import { VERSION } from '../../src/version.ts'
import { skippingClock } from '../support/clock.ts'
import { failureOf } from '../support/failure.ts'
import { freePort, inTurn, type Reply, startServer } from '../support/http-server.ts'
import { type Line, openLine, sendWrite } from '../support/line.ts'
import { startProxy } from '../support/proxy.ts'
import { hurryTimeouts, lasts, SOON_MS } from '../support/real-time.ts'
import { selfSigned } from '../support/self-signed.ts'

const GOOD: Reply = { json: { ok: true } }
const PAGE = '<!DOCTYPE html><html><body>LangSmith</body></html>'
const HTML: Reply = { headers: { 'content-type': 'text/html' }, text: PAGE }

/** Accepts only `{ok: true}`. */
function decode(body: unknown): string {
  if (object(body)?.ok !== true) throw new AnswerError('shape', 'there is no `ok`')
  return 'ok'
}

const read = ({ transport }: Line) => transport.read('/thing?limit=1', decode)
const write = (line: Line) => sendWrite(line, 'POST', '/thing', { a: 1 }, decode)

const PASSING_FAULTS: readonly (readonly [string, Reply])[] = [
  ['a cut connection', 'cut'],
  ['a truncated body', 'half'],
  ['truncated JSON', { headers: { 'content-type': 'application/json' }, text: '{"ok": tr' }],
  ['an empty body', { text: '' }],
  ['408', { status: 408, json: { detail: 'Request Timeout' } }],
  ['500', { status: 500, json: { detail: 'Internal Server Error' } }],
  ['502 from a proxy, as HTML', { status: 502, headers: { 'content-type': 'text/html' }, text: PAGE }],
  ['503', { status: 503, text: 'no healthy upstream' }],
  ['504', { status: 504, json: {} }]
]

describe('a read', () => {
  test.each(PASSING_FAULTS)('is repeated after %s, even for the first response', async (_, fault) => {
    const server = await startServer(inTurn(fault, GOOD))
    const line = openLine(server.url)
    await expect(read(line)).resolves.toBe('ok')
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /thing?limit=1',
      'GET /thing?limit=1'
    ])
    expect(line.retries).toEqual([
      expect.stringMatching(/^GET \/thing (?:returned \d+|failed \(.+\)); retrying in 0\.5 s$/)
    ])
  })

  test('is repeated after HTML with status 200, if an earlier response was from a control plane', async () => {
    const server = await startServer(inTurn(GOOD, HTML, GOOD))
    const line = openLine(server.url)
    await read(line)
    await expect(read(line)).resolves.toBe('ok')
    expect(server.requests).toHaveLength(3)
  })

  test('ends at the sixth error in a row before any write', async () => {
    const server = await startServer(inTurn({ status: 503 }))
    const line = openLine(server.url)
    await expect(failureOf(read(line))).resolves.toMatchObject({ name: 'ApiError', status: 503 })
    expect(server.requests).toHaveLength(6)
    expect(line.clock.pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000])
  })

  test('ends at the sixth refused connection', async () => {
    const line = openLine(`http://127.0.0.1:${await freePort()}`)
    const error = await failureOf(read(line))
    expect(error).toMatchObject({ name: 'UnreachableError', code: 'ECONNREFUSED', reached: false })
    expect(line.clock.pauses).toHaveLength(5)
  })

  test('resets the count of errors after a valid response', async () => {
    const five = [{ status: 500 }, 'cut', { status: 502 }, { text: '' }, { status: 408 }] as const
    const server = await startServer(inTurn(...five, GOOD, ...five, GOOD))
    const line = openLine(server.url)
    await expect(read(line)).resolves.toBe('ok')
    await expect(read(line)).resolves.toBe('ok')
    expect(line.clock.pauses.slice(5, 7)).toEqual([500, 1_000])
  })

  test('pauses for a random time, with a limit that doubles from 0.5 s to 30 s', async () => {
    const server = await startServer(inTurn(...Array<Reply>(10).fill({ status: 500 }), GOOD))
    const [full, none] = [
      openLine(server.url),
      openLine((await startServer(inTurn('cut', GOOD))).url, { random: () => 0 })
    ]
    full.transport.awaitRollout()
    await read(full)
    expect(full.clock.pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000])
    await read(none)
    expect(none.clock.pauses[0]).toBeGreaterThan(0)
    expect(none.clock.pauses[0]).toBeLessThanOrEqual(100)
  })

  test.each([429, 503])('waits for the seconds in the Retry-After of %d', async (status) => {
    const server = await startServer(inTurn({ status, headers: { 'retry-after': '7' } }, GOOD))
    const line = openLine(server.url)
    await read(line)
    expect(line.clock.pauses).toEqual([7_000])
  })

  test('waits until the date in Retry-After', async () => {
    const clock = skippingClock()
    const date = new Date(clock.now() + 45_000).toUTCString()
    const server = await startServer(inTurn({ status: 429, headers: { 'retry-after': date } }, GOOD))
    await read(openLine(server.url, { clock }))
    expect(clock.pauses[0]).toBeGreaterThan(40_000)
    expect(clock.pauses[0]).toBeLessThanOrEqual(45_000)
  })

  test.each([
    ['a date in the past', 'Mon, 01 Jan 2024 00:00:00 GMT', 1_000],
    ['a text that is neither seconds nor a date', 'soon', 15_000]
  ])('accepts %s in Retry-After', async (_, value, longest) => {
    const server = await startServer(inTurn({ status: 429, headers: { 'retry-after': value } }, GOOD))
    const line = openLine(server.url, { random: () => 0 })
    await expect(read(line)).resolves.toBe('ok')
    expect(line.clock.pauses).toHaveLength(1)
    expect(line.clock.pauses[0]).toBeLessThanOrEqual(longest)
  })

  test('never counts 429, and waits 15 to 30 s after each one without Retry-After', async () => {
    const server = await startServer(inTurn(...Array<Reply>(20).fill({ status: 429, json: {} }), GOOD))
    let draws = 0
    const line = openLine(server.url, { random: () => (draws++ % 2 === 0 ? 0 : 0.999) })
    await expect(read(line)).resolves.toBe('ok')
    expect(line.clock.pauses).toHaveLength(20)
    expect(Math.min(...line.clock.pauses)).toBe(15_000)
    expect(Math.max(...line.clock.pauses)).toBeGreaterThan(29_000)
    expect(Math.max(...line.clock.pauses)).toBeLessThanOrEqual(30_000)
  })

  test.each<[string, Reply, object]>([
    ['HTML with status 200', HTML, { name: 'AnswerError', fault: 'html' }],
    ['HTML without a content type', { text: `\n${PAGE}` }, { name: 'AnswerError', fault: 'html' }],
    ['HTML with status 404', { status: 404, text: PAGE }, { name: 'ApiError', isWrongHost: true }],
    ['405', { status: 405, json: { detail: 'Method Not Allowed' } }, { name: 'ApiError', isWrongHost: true }]
  ])('ends immediately if the very first response is %s', async (_, reply, expected) => {
    const server = await startServer(inTurn(reply, GOOD))
    const line = openLine(server.url)
    await expect(failureOf(read(line))).resolves.toMatchObject(expected)
    expect(server.requests).toHaveLength(1)
  })

  test.each([400, 401, 403, 404, 409, 410, 422])('treats %d as final', async (status) => {
    const server = await startServer(inTurn({ status, json: { detail: 'No.' } }, GOOD))
    const line = openLine(server.url)
    await expect(failureOf(read(line))).resolves.toMatchObject({ name: 'ApiError', status, detail: 'No.' })
    expect(server.requests).toHaveLength(1)
    expect(line.clock.pauses).toEqual([])
  })

  test.each([301, 302, 303, 307, 308])(
    'rejects the redirect %d, so that the key is never sent to the other host',
    async (status) => {
      const other = await startServer(inTurn(GOOD))
      const server = await startServer(inTurn({ status, headers: { location: `${other.url}/thing` } }))
      const error = await failureOf(read(openLine(server.url)))
      expect(error).toMatchObject({ name: 'ApiError', status, detail: `redirect to 127.0.0.1:${other.port}` })
      expect(server.requests).toHaveLength(1)
      expect(other.requests).toEqual([])
    }
  )

  test('returns nothing for a missing optional route, and throws for one that is forbidden', async () => {
    const statuses = [404, 405, 403]
    const server = await startServer((_, nth) => (nth === 1 ? GOOD : { status: statuses[nth - 2] ?? 500, json: {} }))
    const line = openLine(server.url)
    await read(line)
    await expect(line.transport.readIfServed('/a', decode)).resolves.toBeUndefined()
    await expect(line.transport.readIfServed('/b', decode)).resolves.toBeUndefined()
    await expect(failureOf(line.transport.readIfServed('/c', decode))).resolves.toMatchObject({ status: 403 })
  })

  test('has 30 s for each attempt', async () => {
    const limits = hurryTimeouts()
    const server = await startServer(inTurn('hang', GOOD))
    const line = openLine(server.url, { timeoutMs: 36_000_000 })
    expect(await lasts(read(line))).toBeGreaterThan(250)
    expect([...new Set(limits)]).toContain(30_000)
    expect(line.retries).toEqual([expect.stringMatching(/time/i)])
    expect(server.requests).toHaveLength(2)
  })

  test('ends at the deadline, even during a request', async () => {
    const server = await startServer(inTurn('hang'))
    const line = openLine(server.url, { timeoutMs: 120 })
    const reading = failureOf(read(line))
    expect(await lasts(reading)).toBeLessThan(SOON_MS)
    await expect(reading).resolves.toBeInstanceOf(DeadlineError)
  })

  test.each([429, 503])('is repeated within a minute after %d, for any Retry-After', async (status) => {
    const server = await startServer(inTurn({ status, headers: { 'retry-after': '86400' } }, GOOD))
    const line = openLine(server.url)
    await expect(read(line)).resolves.toBe('ok')
    expect(line.clock.pauses).toEqual([60_000])
    expect(line.retries).toEqual([
      expect.stringMatching(/; retrying in 60\.0 s \(the server requested 24 h; this action waits at most 1 min\)$/)
    ])
  })

  test('has a last attempt before the deadline, and does not pause beyond the deadline', async () => {
    const server = await startServer(inTurn({ status: 429, headers: { 'retry-after': '3600' } }))
    const line = openLine(server.url, { timeoutMs: 60_000 })
    const end = line.limits.deadline
    await expect(failureOf(read(line))).resolves.toBeInstanceOf(DeadlineError)
    expect(line.clock.pauses).toHaveLength(2)
    expect(line.clock.pauses[0]).toBeGreaterThan(54_000)
    expect(line.clock.pauses[0]).toBeLessThanOrEqual(55_000)
    expect(line.clock.now() - end).toBeLessThan(SOON_MS)
    expect(server.requests).toHaveLength(2)
  })

  test('ends immediately when the job is canceled, during a request or a pause', async () => {
    const hanging = openLine((await startServer(inTurn('hang'))).url)
    const reading = failureOf(read(hanging))
    setTimeout(hanging.cancel, 50)
    expect(await lasts(reading)).toBeLessThan(SOON_MS)
    await expect(reading).resolves.toBeInstanceOf(CancelledError)

    const pausing = openLine((await startServer(inTurn({ status: 500 }))).url)
    pausing.clock.duringPauses(pausing.cancel)
    await expect(failureOf(read(pausing))).resolves.toBeInstanceOf(CancelledError)
    expect(pausing.clock.pauses).toHaveLength(1)
  })

  test('does not start after cancellation or the deadline', async () => {
    const server = await startServer(inTurn(GOOD))
    const cancelled = openLine(server.url)
    cancelled.cancel()
    await expect(failureOf(read(cancelled))).resolves.toBeInstanceOf(CancelledError)
    await expect(failureOf(read(openLine(server.url, { timeoutMs: 0 })))).resolves.toBeInstanceOf(DeadlineError)
    expect(server.requests).toEqual([])
  })
})

/** Each way into the state in which only the deadline ends reads; each sends at most one request. */
const WAITS: readonly (readonly [string, (line: Line) => unknown, readonly Reply[]])[] = [
  ['an answered write', write, [GOOD]],
  ['a write in doubt', write, [{ status: 504 }]],
  ['the start of a rollout', ({ transport }) => transport.awaitRollout(), []]
]

describe.each(WAITS)('a read after %s', (_, begin, before) => {
  const start = async (...replies: readonly Reply[]) => {
    const server = await startServer(
      (_, nth) => before[nth - 1] ?? replies[nth - 1 - before.length] ?? replies.at(-1) ?? GOOD
    )
    const line = openLine(server.url)
    await begin(line)
    return { line, reads: () => server.requests.length - before.length }
  }

  test('ends only at the deadline', async () => {
    const { line, reads } = await start(
      ...PASSING_FAULTS.map(([, reply]) => reply),
      HTML,
      { json: {} },
      { status: 500 }
    )
    await expect(failureOf(read(line))).resolves.toBeInstanceOf(DeadlineError)
    expect(reads()).toBeGreaterThan(50)
  })

  // Responses of a failing proxy, or of a login page in front of it: a redirect, or a rejection.
  const REFUSALS = [301, 302, 307, 400, 401, 402, 403, 405, 407, 409, 410, 421, 423, 425, 431, 451]

  test.each(REFUSALS)('tolerates %d three times in a row, with growing pauses', async (status) => {
    const three = Array<Reply>(3).fill({ status })
    const { line, reads } = await start(GOOD, ...three, GOOD, ...three, GOOD)
    for (let nth = 1; nth <= 3; nth += 1) await expect(read(line)).resolves.toBe('ok')
    expect(reads()).toBe(9)
    expect(line.clock.pauses).toEqual([5_000, 15_000, 30_000, 5_000, 15_000, 30_000])
  })

  test.each([
    [401, 401],
    [403, 403],
    [401, 403],
    [302, 400]
  ])('ends if %d or %d occurs four times in a row, over most of a minute', async (one, other) => {
    const { line, reads } = await start({ status: one }, { status: other }, { status: one }, { status: other }, GOOD)
    const since = line.clock.now()
    await expect(failureOf(read(line))).resolves.toMatchObject({ name: 'ApiError', status: other })
    expect(reads()).toBe(4)
    expect(line.clock.pauses.slice(-3)).toEqual([5_000, 15_000, 30_000])
    expect(line.clock.now() - since).toBeGreaterThanOrEqual(50_000)
  })

  test('does not count rejections with another error between them as a series', async () => {
    const { line } = await start(
      { status: 401 },
      { status: 500 },
      { status: 401 },
      { status: 500 },
      { status: 401 },
      GOOD
    )
    await expect(read(line)).resolves.toBe('ok')
  })

  test('tolerates 404 for less than 30 s', async () => {
    const { line, reads } = await start({ status: 404 }, { status: 404 }, { status: 404 }, GOOD)
    await expect(read(line)).resolves.toBe('ok')
    expect(reads()).toBe(4)
  })

  test('ends after 30 s of 404', async () => {
    const { line } = await start({ status: 404 })
    const since = line.clock.now()
    await expect(failureOf(read(line))).resolves.toMatchObject({ name: 'ApiError', status: 404 })
    expect(line.clock.now() - since).toBeGreaterThanOrEqual(30_000)
    expect(line.clock.now() - since).toBeLessThan(65_000)
  })

  test('still treats 422 as final', async () => {
    const { line, reads } = await start({ status: 422 }, GOOD)
    await expect(failureOf(read(line))).resolves.toMatchObject({ name: 'ApiError', status: 422 })
    expect(reads()).toBe(1)
  })

  test('makes at least three attempts before 404 is final, however slow they are', async () => {
    const { line, reads } = await start({ status: 404 }, { status: 404 }, GOOD)
    line.clock.duringPauses(() => line.clock.skip(40_000))
    await expect(read(line)).resolves.toBe('ok')
    expect(reads()).toBe(3)
  })

  test('ends immediately at a missing optional route', async () => {
    const { line, reads } = await start({ status: 403 }, { status: 404, json: { detail: 'Not Found' } })
    await expect(line.transport.readIfServed('/thing', decode)).resolves.toBeUndefined()
    expect(reads()).toBe(2)
  })
})

describe('a write', () => {
  test('is sent once and returns its response', async () => {
    const server = await startServer(inTurn({ status: 201, json: { ok: true } }))
    await expect(write(openLine(server.url))).resolves.toEqual({ kind: 'answered', value: 'ok' })
    expect(server.requests).toEqual([expect.objectContaining({ method: 'POST', path: '/thing', body: { a: 1 } })])
  })

  test('is sent again after refused connections', async () => {
    const port = await freePort()
    const line = openLine(`http://127.0.0.1:${port}`)
    let server: { readonly requests: readonly unknown[] } | undefined
    line.clock.duringPauses(async (nth) => {
      if (nth === 3) server = await startServer(inTurn(GOOD), { port })
    })
    await expect(write(line)).resolves.toEqual({ kind: 'answered', value: 'ok' })
    expect(line.clock.pauses).toEqual([500, 1_000, 2_000])
    expect(server?.requests).toHaveLength(1)
  })

  test('fails at the sixth refused connection, and is not in doubt', async () => {
    const line = openLine(`http://127.0.0.1:${await freePort()}`)
    const error = await failureOf(write(line))
    expect(error).toBeInstanceOf(UnreachableError)
    expect(error).toMatchObject({ reached: false, code: 'ECONNREFUSED' })
    expect(line.clock.pauses).toHaveLength(5)
  })

  test('is sent again after 429, with the pause in Retry-After', async () => {
    const server = await startServer(inTurn({ status: 429, headers: { 'retry-after': '12' } }, { status: 429 }, GOOD))
    const line = openLine(server.url)
    await expect(write(line)).resolves.toEqual({ kind: 'answered', value: 'ok' })
    expect(line.clock.pauses).toEqual([12_000, 30_000])
    expect(server.requests).toHaveLength(3)
  })

  test.each([
    ...PASSING_FAULTS,
    ['HTML', HTML] as const,
    ['JSON of another shape', { json: { ok: 'no' } }] as const,
    ['503 with a Retry-After', { status: 503, headers: { 'retry-after': '1' } }] as const
  ])('is in doubt after %s, and is not sent again', async (_, fault) => {
    const server = await startServer(inTurn(fault, GOOD))
    const line = openLine(server.url)
    await expect(write(line)).resolves.toEqual({ kind: 'in-doubt', error: expect.any(Error) })
    expect(server.requests).toHaveLength(1)
    expect(line.clock.pauses).toEqual([])
  })

  test('is in doubt without a response within 60 s', async () => {
    const limits = hurryTimeouts()
    const server = await startServer(inTurn('hang'))
    const line = openLine(server.url, { timeoutMs: 36_000_000 })
    const writing = write(line)
    expect(await lasts(writing)).toBeGreaterThan(550)
    expect(limits).toEqual([60_000])
    await expect(writing).resolves.toMatchObject({
      kind: 'in-doubt',
      error: { message: expect.stringMatching(/time/i) }
    })
    expect(server.requests).toHaveLength(1)
  })

  test.each([400, 401, 403, 404, 405, 409, 410, 422, 302, 307])('treats %d as final', async (status) => {
    const server = await startServer(inTurn({ status, json: { detail: 'No.' }, headers: { location: '/other' } }, GOOD))
    await expect(failureOf(write(openLine(server.url)))).resolves.toMatchObject({ name: 'ApiError', status })
    expect(server.requests).toHaveLength(1)
  })

  test('with a valid response resets the count of errors', async () => {
    const port = await freePort()
    const line = openLine(`http://127.0.0.1:${port}`)
    line.clock.duringPauses(async (nth) => {
      if (nth === 4) await startServer(inTurn(GOOD, { status: 500 }, GOOD), { port })
    })
    await write(line)
    await read(line)
    expect(line.clock.pauses).toEqual([500, 1_000, 2_000, 4_000, 500])
  })

  test('does not start after the deadline or cancellation', async () => {
    const server = await startServer(inTurn(GOOD))
    await expect(failureOf(write(openLine(server.url, { timeoutMs: 0 })))).resolves.toBeInstanceOf(DeadlineError)
    const cancelled = openLine(server.url)
    cancelled.cancel()
    await expect(failureOf(write(cancelled))).resolves.toBeInstanceOf(CancelledError)
    expect(server.requests).toEqual([])
  })

  test('is sent again within a minute after 429, for any Retry-After', async () => {
    const server = await startServer(inTurn({ status: 429, headers: { 'retry-after': '86400' } }, GOOD))
    const line = openLine(server.url)
    await expect(write(line)).resolves.toMatchObject({ kind: 'answered' })
    expect(line.clock.pauses).toEqual([60_000])
    expect(line.retries).toEqual([
      expect.stringMatching(/; retrying in 60\.0 s \(the server requested 24 h; this action waits at most 1 min\)$/)
    ])
  })

  test('is not sent again after the deadline', async () => {
    const server = await startServer(inTurn({ status: 429, headers: { 'retry-after': '90' } }, GOOD))
    const line = openLine(server.url, { timeoutMs: 60_000 })
    await expect(failureOf(write(line))).resolves.toBeInstanceOf(DeadlineError)
    expect(server.requests).toHaveLength(1)
  })

  test('in progress continues after the deadline', async () => {
    const server = await startServer(inTurn({ json: { ok: true }, delayMs: 300 }))
    const line = openLine(server.url, { timeoutMs: 100 })
    await expect(write(line)).resolves.toEqual({ kind: 'answered', value: 'ok' })
    await expect(failureOf(read(line))).resolves.toBeInstanceOf(DeadlineError)
  })

  test('in progress has time for a response when the job is canceled', async () => {
    const server = await startServer(inTurn({ json: { ok: true }, delayMs: 400 }))
    const line = openLine(server.url)
    setTimeout(line.cancel, 50)
    await expect(write(line)).resolves.toEqual({ kind: 'answered', value: 'ok' })
  })

  test('in progress ends 1.5 s after the job is canceled', async () => {
    const line = openLine((await startServer(inTurn('hang'))).url)
    const writing = failureOf(write(line))
    setTimeout(line.cancel, 50)
    const ms = await lasts(writing)
    expect(ms).toBeGreaterThan(1_450)
    expect(ms).toBeLessThan(SOON_MS)
    await expect(writing).resolves.toBeInstanceOf(CancelledError)
  })
})

describe('a repeatable write', () => {
  test('is repeated like a read, without decoding the response', async () => {
    const server = await startServer(inTurn('cut', { status: 502 }, { status: 204 }))
    const { transport } = openLine(server.url)
    await expect(transport.repeat('DELETE', '/thing', NO_BODY)).resolves.toBeUndefined()
    expect(server.requests.map(({ method }) => method)).toEqual(['DELETE', 'DELETE', 'DELETE'])
  })

  test.each<[string, Reply]>([
    ['202 without a body', { status: 202 }],
    ['200 with text', { text: 'ok' }]
  ])('accepts %s', async (_, reply) => {
    const server = await startServer(inTurn(reply))
    await openLine(server.url).transport.repeat('DELETE', '/thing', NO_BODY)
    expect(server.requests).toHaveLength(1)
  })

  test('does not accept an HTML page', async () => {
    const server = await startServer(inTurn(GOOD, HTML, { status: 204 }))
    const line = openLine(server.url)
    await read(line)
    await line.transport.repeat('DELETE', '/thing', NO_BODY)
    expect(server.requests).toHaveLength(3)
  })

  test('ends at a rejection', async () => {
    const server = await startServer(inTurn({ status: 403, json: { detail: 'Forbidden' } }))
    await expect(failureOf(openLine(server.url).transport.repeat('DELETE', '/thing', NO_BODY))).resolves.toMatchObject({
      name: 'ApiError',
      status: 403,
      request: 'DELETE /thing'
    })
  })
})

describe('lastCall', () => {
  test('sends one request, even after the deadline and cancellation', async () => {
    const server = await startServer(inTurn({ json: {} }))
    const line = openLine(server.url, { timeoutMs: 0 })
    line.cancel()
    await line.transport.lastCall('POST', '/thing', 1_000, NO_BODY)
    expect(server.requests).toHaveLength(1)
  })

  test.each<[string, Reply]>([
    ['is rejected', { status: 404, json: {} }],
    ['is cut', 'cut'],
    ['takes too long', 'hang']
  ])('rejects if the request %s, and does not repeat it', async (_, reply) => {
    const server = await startServer(inTurn(reply, { json: {} }))
    const call = openLine(server.url).transport.lastCall('POST', '/thing', 100, NO_BODY)
    expect(await lasts(call)).toBeLessThan(SOON_MS)
    await failureOf(call)
    expect(server.requests).toHaveLength(1)
  })
})

describe('onWrite', () => {
  test.each<[string, readonly Reply[], readonly boolean[]]>([
    ['is called before the write is sent', [GOOD], [true]],
    ['is called with false after 429', [{ status: 429, json: {} }, GOOD], [true, false, true]],
    ['is called with false after a conflict', [{ status: 409, json: {} }], [true, false]],
    ['is called with false after a rejection', [{ status: 422, json: {} }], [true, false]],
    ['is not called again after a lost response', ['cut'], [true]],
    ['is not called again after a server error', [{ status: 504, json: {} }], [true]]
  ])('%s', async (_, replies, told) => {
    const server = await startServer(inTurn(...replies))
    const heard: boolean[] = []
    await write(openLine(server.url, { onWrite: (mayHaveActed) => heard.push(mayHaveActed) })).catch(() => undefined)
    expect(heard).toEqual(told)
  })
})

test('an ApiError records whether there was a response before it', async () => {
  const line = openLine((await startServer(inTurn(GOOD, { status: 405, json: {} }))).url)
  await read(line)
  await expect(failureOf(read(line))).resolves.toMatchObject({ isWrongHost: true, isFirstAnswer: false })
  const fresh = openLine((await startServer(inTurn({ status: 405, json: {} }))).url)
  await expect(failureOf(read(fresh))).resolves.toMatchObject({ isWrongHost: true, isFirstAnswer: true })
})

describe('the detail of an ApiError', () => {
  const LONG = 'x'.repeat(5_000)
  const refused = async (reply: Reply) => {
    const error = await failureOf(read(openLine((await startServer(inTurn(reply))).url)))
    if (!(error instanceof ApiError)) throw error
    return error
  }

  test('is the `detail` of the server, with the location of each error, and without the request', async () => {
    const detail = [
      {
        type: 'missing',
        loc: ['body', 'source_config', 'repo_url'],
        msg: 'Field required',
        input: { secret: 'hunter22' }
      },
      { type: 'value_error', loc: ['body', 'secrets', 0, 'value'], msg: 'Too long', input: 'hunter22' },
      { msg: 'Odd' }
    ]
    const error = await refused({ status: 422, json: { detail } })
    expect(error.detail).toBe('source_config.repo_url: Field required; secrets.0.value: Too long; Odd')
  })

  test.each<[string, Reply, string]>([
    ['the plain text of the body', { status: 400, text: ' upstream said no \n' }, 'upstream said no'],
    ['empty for an HTML page', { status: 404, text: PAGE }, ''],
    ['the `message` of JSON without `detail`', { status: 400, json: { message: 'x', error: 'y' } }, 'x'],
    ['the `error` of JSON without either', { status: 400, json: { error: 'y' } }, 'y'],
    ['empty for JSON without a reason', { status: 400, json: { ok: false, status: 'z' } }, ''],
    ['not shortened, because secrets are removed later', { status: 400, json: { detail: LONG } }, LONG],
    ['the target of a redirect to a path', { status: 307, headers: { location: '/login' } }, 'redirect to another path']
  ])('is %s', async (_, reply, detail) => {
    expect((await refused(reply)).detail).toBe(detail)
  })

  test.each(['x-request-id', 'x-amzn-requestid', 'x-cloud-trace-context', 'cf-ray'])(
    'comes with the request ID in %s',
    async (header) => {
      const error = await refused({ status: 400, json: {}, headers: { [header]: 'abc-123' } })
      expect(error.requestId).toBe('abc-123')
    }
  )
})

describe('an untrusted certificate', () => {
  test.each([
    ['read', read, []],
    ['write', write, []],
    [
      'read during a rollout after almost a minute,',
      (line: Line) => {
        line.transport.awaitRollout()
        return read(line)
      },
      [5_000, 15_000, 30_000]
    ]
  ])('ends a %s with advice', async (_, act, pauses) => {
    const server = await startServer(inTurn(GOOD), { tls: selfSigned() })
    const line = openLine(server.url)
    const error = await failureOf(act(line))
    expect(error).toMatchObject({ name: 'UnreachableError', code: 'DEPTH_ZERO_SELF_SIGNED_CERT', reached: false })
    expect(line.clock.pauses).toEqual(pauses)
    expect(server.requests).toEqual([])
    const controlPlane = controlPlaneAt(new URL(server.url))
    const { text } = explain(error, { controlPlane, workspaceGiven: false, redact: (words) => words })
    expect(text).toContain('NODE_EXTRA_CA_CERTS')
  })
})

describe('the headers', () => {
  const ids = {
    apiKey: 'lsv2_pt_key',
    workspaceId: '11111111-1111-4111-8111-111111111111',
    organizationId: '22222222-2222-4222-8222-222222222222'
  }

  test('contain key, workspace, organization and this version', async () => {
    const server = await startServer(inTurn(GOOD))
    const line = openLine(server.url, { connection: ids })
    await read(line)
    await write(line)
    const expected = {
      'x-api-key': ids.apiKey,
      'x-tenant-id': ids.workspaceId,
      'x-organization-id': ids.organizationId,
      'user-agent': `langsmith-deploy-action/${VERSION}`,
      accept: 'application/json'
    }
    expect(server.requests[0]?.headers).toMatchObject(expected)
    expect(server.requests[0]?.headers).not.toHaveProperty('content-type')
    expect(server.requests[1]?.headers).toMatchObject({ ...expected, 'content-type': 'application/json' })
  })

  test('omit values that are not set', async () => {
    const server = await startServer(inTurn(GOOD))
    await read(openLine(server.url))
    expect(Object.keys(server.requests[0]?.headers ?? {}).filter((name) => /tenant|organization/.test(name))).toEqual(
      []
    )
  })

  test('contain the version of package.json', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    expect(VERSION).toBe(version)
  })
})

describe('a proxy of the environment', () => {
  test.each(['http', 'https'] as const)('is used for each %s address', async (scheme) => {
    const server = await startServer(inTurn(GOOD), scheme === 'https' ? { tls: selfSigned() } : {})
    const proxy = await startProxy(server.port)
    const line = openLine(`${scheme}://control-plane.example.test:8443`, {
      connection: { proxy: { [scheme]: proxy.url } }
    })
    // The server's certificate is untrusted, which proves that the request reached it through the proxy.
    if (scheme === 'https') {
      await expect(failureOf(read(line))).resolves.toMatchObject({
        code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
        reached: false
      })
    } else {
      await expect(read(line)).resolves.toBe('ok')
      expect(server.requests[0]?.headers['x-api-key']).toBe('lsv2_test_key')
    }
    expect(proxy.targets).toEqual(['control-plane.example.test:8443'])
  })

  test.each(['http', 'https'] as const)('is not used for an address of the other scheme, here %s', async (scheme) => {
    const server = await startServer(inTurn(GOOD), scheme === 'https' ? { tls: selfSigned() } : {})
    const proxy = await startProxy(server.port)
    const connection = { proxy: { [scheme === 'https' ? 'http' : 'https']: proxy.url } }
    const reading = read(openLine(`${scheme}://0.0.0.0:${server.port}`, { connection }))
    if (scheme === 'http') await expect(reading).resolves.toBe('ok')
    else await expect(failureOf(reading)).resolves.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
    expect(proxy.targets).toEqual([])
  })

  // 0.0.0.0 is this machine, but not a loopback address.
  test.each([
    ['is not used for a host that NO_PROXY names', '0.0.0.0', 0],
    ['is used for a host that NO_PROXY does not name', 'internal.example.test,10.0.0.1', 1]
  ])('%s', async (_, except, times) => {
    const server = await startServer(inTurn(GOOD))
    const proxy = await startProxy(server.port)
    const connection = { proxy: { http: proxy.url, except } }
    await expect(read(openLine(`http://0.0.0.0:${server.port}`, { connection }))).resolves.toBe('ok')
    expect(proxy.targets).toHaveLength(times)
  })

  test.each(['127.0.0.1', 'localhost'])('is not used for loopback, here %s', async (host) => {
    const server = await startServer(inTurn(GOOD))
    const proxy = await startProxy(server.port)
    const connection = { proxy: { http: proxy.url, https: proxy.url } }
    await expect(read(openLine(`http://${host}:${server.port}`, { connection }))).resolves.toBe('ok')
    expect(proxy.targets).toEqual([])
  })

  test('that rejects the tunnel has passed nothing on, so the write is sent again', async () => {
    const server = await startServer(inTurn(GOOD), { tls: selfSigned() })
    const proxy = await startProxy(server.port, (nth) => (nth <= 2 ? 503 : undefined))
    const line = openLine('https://control-plane.example.test', { connection: { proxy: { https: proxy.url } } })
    await expect(failureOf(write(line))).resolves.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
    expect(proxy.targets).toHaveLength(3)
    expect(line.retries).toHaveLength(2)
  })
})
