import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { AnswerError, type AnswerFault, ApiError, UnreachableError } from '../../src/control-plane/errors.ts'
import {
  afterFailedRead,
  afterFailedWrite,
  afterGoodAnswer,
  askedMs,
  type FailedTry,
  FRESH,
  isPassingStatus,
  isRefusal,
  isRouteMissing,
  mayUploadAgain,
  NO_HISTORY,
  type Patience,
  parseRetryAfter
} from '../../src/control-plane/patience.ts'
import { CancelledError } from '../../src/run/limits.ts'

const HOUR = 3_600_000
const NOW = 1_800_000_000_000
const KNOWN: Patience = afterGoodAnswer(FRESH)
const AWAITING: Patience = { ...KNOWN, awaitsRollout: true }

const status = (code: number, retryAfterMs?: number, detail = 'No.'): FailedTry => ({
  error: new ApiError({ status: code, detail, request: 'GET /thing' }),
  retryAfterMs
})
const cut: FailedTry = { error: new UnreachableError('the connection was cut', 'UND_ERR_SOCKET', true) }
const refused: FailedTry = { error: new UnreachableError('connect ECONNREFUSED', 'ECONNREFUSED', false) }
const untrusted: FailedTry = { error: new UnreachableError('untrusted', 'DEPTH_ZERO_SELF_SIGNED_CERT', false) }
const answer = (fault: AnswerFault): FailedTry => ({ error: new AnswerError(fault, 'x') })

interface Course {
  readonly end: 'good' | 'end' | 'deadline'
  /** Times of the attempts, in milliseconds from the start. */
  readonly tries: readonly number[]
  readonly pauses: readonly number[]
  readonly patience: Patience
}

/**
 * Simulates a read over a virtual clock.
 *
 * @param script returns the failure of the nth attempt, or nothing if the attempt succeeds
 * @param eachMs duration of each attempt
 */
function course(
  script: (nth: number) => FailedTry | undefined,
  begin: Patience,
  { deadlineMs = HOUR, random = () => 1, eachMs = 0 } = {}
): Course {
  let [now, patience, history] = [NOW, begin, NO_HISTORY]
  const tries: number[] = []
  const pauses: number[] = []
  const deadline = NOW + deadlineMs
  while (tries.length < 100_000) {
    if (now >= deadline) return { end: 'deadline', tries, pauses, patience }
    tries.push(now - NOW)
    now += eachMs
    const failed = script(tries.length)
    if (!failed) return { end: 'good', tries, pauses, patience: afterGoodAnswer(patience) }
    const next = afterFailedRead(failed, patience, history, { now, deadline, random: random() })
    patience = next.patience
    history = next.history
    if (next.decision.kind !== 'again') return { end: next.decision.kind, tries, pauses, patience }
    pauses.push(next.decision.afterMs)
    now = Math.min(deadline, now + next.decision.afterMs)
  }
  throw new Error('The course does not end.')
}

const always = (failed: FailedTry) => () => failed
const inTurn =
  (...script: readonly (FailedTry | undefined)[]) =>
  (nth: number) =>
    script[nth - 1]

describe('a read before any write', () => {
  test.each<[string, FailedTry, number]>([
    ['a cut connection', cut, 6],
    ['a refused connection', refused, 6],
    ['500', status(500), 6],
    ['408', status(408), 6],
    ['an empty body', answer('empty'), 6],
    ['an HTML page in a later response', answer('html'), 6],
    ['a certificate that is not trusted', untrusted, 1],
    ['another shape', answer('shape'), 1],
    ['302', status(302), 1],
    ['400', status(400), 1],
    ['401', status(401), 1],
    ['403', status(403), 1],
    ['404', status(404), 1],
    ['409', status(409), 1],
    ['422', status(422), 1]
  ])('that fails with %s ends after one attempt or six', (_, failed, tries) => {
    expect(course(always(failed), KNOWN)).toMatchObject({ end: 'end', tries: { length: tries } })
  })

  test('treats HTML and 405 in the first response as another host', () => {
    for (const failed of [answer('html'), status(405)]) {
      expect(course(always(failed), FRESH).tries).toHaveLength(1)
    }
    // A connection error is not evidence about the host.
    expect(course(inTurn(cut, answer('html')), FRESH).tries).toHaveLength(2)
    expect(course(inTurn(status(500), answer('html')), FRESH).end).toBe('good')
  })

  test('repeats after 429 until the deadline, and still counts the errors around it', () => {
    const script = (nth: number) => (nth % 2 === 0 ? status(429) : status(500))
    expect(course(script, KNOWN)).toMatchObject({ end: 'end', tries: { length: 11 } })
    expect(course(always(status(429)), KNOWN).end).toBe('deadline')
  })
})

describe('a read during a rollout', () => {
  // Every status except 422 that a proxy or a lagging replica can return.
  const REFUSALS = [...Array(100).keys()]
    .flatMap((n) => [300 + n, 400 + n])
    .filter((s) => ![404, 408, 422, 429].includes(s))

  test.each(REFUSALS)('tolerates %d for three pauses of 5, 15 and 30 s', (code) => {
    expect(course(always(status(code)), AWAITING)).toMatchObject({ end: 'end', pauses: [5_000, 15_000, 30_000] })
    expect(course(inTurn(...Array<FailedTry>(3).fill(status(code))), AWAITING).end).toBe('good')
  })

  test('tolerates 404 for at least 30 s and three attempts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60_000 }),
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        (eachMs, randoms) => {
          const { end, tries } = course(always(status(404)), AWAITING, {
            eachMs,
            random: () => randoms.next().value ?? 0
          })
          expect(end).toBe('end')
          expect(tries.length).toBeGreaterThanOrEqual(3)
          expect((tries.at(-1) ?? 0) - (tries[0] ?? 0)).toBeGreaterThanOrEqual(30_000)
        }
      )
    )
  })

  test.each<[string, FailedTry]>([
    ['a cut connection', cut],
    ['500', status(500)],
    ['429', status(429)],
    ['a page of HTML', answer('html')],
    ['another shape', answer('shape')]
  ])('tolerates %s until the deadline', (_, failed) => {
    expect(course(always(failed), AWAITING).end).toBe('deadline')
  })

  test('does not tolerate 422', () => {
    expect(course(always(status(422)), AWAITING).tries).toHaveLength(1)
  })

  test.each([
    ['an untrusted certificate, as from a proxy that is being set up,', untrusted],
    ['a missing route, as from a reloading ingress,', status(404, undefined, 'Not Found')]
  ])('tolerates %s for almost a minute', (_, failed) => {
    expect(course(always(failed), AWAITING)).toMatchObject({ end: 'end', tries: [0, 5_000, 20_000, 50_000] })
  })

  test('starts a new series of rejections after a server error', () => {
    const script = (nth: number) => (nth % 3 === 0 ? status(503) : status(401))
    expect(course(script, AWAITING).end).toBe('deadline')
  })

  test('ends immediately at a missing route that is optional', () => {
    for (const missing of [status(404, undefined, 'Not Found'), status(404, undefined, ''), status(405)]) {
      expect(course(always({ ...missing, isOptional: true }), AWAITING).tries).toHaveLength(1)
    }
    expect(course(always({ ...status(404), isOptional: true }), AWAITING).tries.length).toBeGreaterThan(2)
  })
})

describe('Retry-After', () => {
  test.each([
    [undefined, undefined],
    [0, 1_000],
    [999, 1_000],
    [7_000, 7_000],
    [60_000, 60_000],
    [86_400_000, 60_000],
    [Number.POSITIVE_INFINITY, 60_000]
  ])('of %p ms is limited to %p ms', (asked, expected) => {
    expect(askedMs(asked)).toBe(expected)
  })

  test.each<[string | undefined, number | undefined]>([
    [undefined, undefined],
    ['', undefined],
    ['soon', undefined],
    ['0', 0],
    ['120', 120_000],
    [' 7 ', 7_000],
    ['1.5', 1_500],
    [new Date(NOW + 90_000).toUTCString(), 90_000],
    [new Date(NOW - 90_000).toUTCString(), 0],
    ['9'.repeat(400), Number.POSITIVE_INFINITY]
  ])('is parsed from %p', (text, expected) => {
    expect(parseRetryAfter(text, NOW)).toBe(expected)
  })

  const phases: readonly (readonly [string, Patience])[] = [
    ['before a write', KNOWN],
    ['during a rollout', AWAITING]
  ]
  test.each(phases)('never causes a pause of more than a minute, %s', (_, patience) => {
    for (const code of [429, 503]) {
      const day = status(code, 86_400_000)
      expect(course(inTurn(day, day), patience)).toMatchObject({ end: 'good', pauses: [60_000, 60_000] })
    }
  })

  test('of a tolerated rejection counts if it is longer than the pause', () => {
    expect(course(inTurn(status(403, 20_000), status(403, 20_000), status(403, 86_400_000)), AWAITING).pauses).toEqual([
      20_000, 20_000, 60_000
    ])
  })
})

test('each read has a last attempt before the deadline, for any errors in any order', () => {
  const failures = fc.constantFrom(
    cut,
    refused,
    answer('empty'),
    status(429),
    status(429, 86_400_000),
    status(500),
    status(503, 45_000)
  )
  fc.assert(
    fc.property(
      fc.infiniteStream(failures),
      fc.integer({ min: 6_000, max: 900_000 }),
      fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
      (script, deadlineMs, randoms) => {
        const { end, tries, pauses } = course(() => script.next().value ?? cut, AWAITING, {
          deadlineMs,
          random: () => randoms.next().value ?? 0
        })
        expect(end).toBe('deadline')
        // The last attempt is in the last five seconds; one millisecond is for rounding.
        expect(tries.at(-1)).toBeGreaterThanOrEqual(deadlineMs - 5_001)
        expect(Math.max(...pauses)).toBeLessThanOrEqual(60_000)
        // The attempts are never many per second.
        expect(tries.length).toBeLessThan(20 + deadlineMs / 50)
      }
    )
  )
})

describe('a failed write', () => {
  const decide = (failed: FailedTry, patience = KNOWN) => afterFailedWrite(failed, patience, { random: 1 }).decision

  test.each<[string, FailedTry]>([
    ['a cut connection', cut],
    ['408', status(408)],
    ['500', status(500)],
    ['503 with a Retry-After', status(503, 1_000)],
    ['504', status(504)],
    ['HTML', answer('html')],
    ['half a body', answer('not-json')],
    ['another shape', answer('shape')]
  ])('is in doubt after %s, and may have started a rollout', (_, failed) => {
    const next = afterFailedWrite(failed, KNOWN, { random: 1 })
    expect(next).toMatchObject({ decision: { kind: 'in-doubt' }, patience: { awaitsRollout: true } })
  })

  test.each([301, 302, 307, 400, 401, 403, 404, 405, 409, 410, 413, 422, 425, 451])('is final after %d', (code) => {
    for (const patience of [KNOWN, AWAITING]) expect(decide(status(code), patience)).toEqual({ kind: 'end' })
  })

  test('is sent again after 429: 15 to 30 s later or as in Retry-After, and within a minute', () => {
    expect(decide(status(429))).toEqual({ kind: 'again', afterMs: 30_000 })
    expect(decide(status(429, 12_000))).toEqual({ kind: 'again', afterMs: 12_000 })
    expect(decide(status(429, 86_400_000))).toEqual({ kind: 'again', afterMs: 60_000 })
    const least = afterFailedWrite(status(429), KNOWN, { random: 0 }).decision
    expect(least).toEqual({ kind: 'again', afterMs: 15_000 })
  })

  test('is sent again if it never left this machine, five times before any write', () => {
    let patience = KNOWN
    const kinds: string[] = []
    for (let nth = 1; nth <= 6; nth += 1) {
      const next = afterFailedWrite(refused, patience, { random: 1 })
      patience = next.patience
      kinds.push(next.decision.kind)
    }
    expect(kinds).toEqual(['again', 'again', 'again', 'again', 'again', 'end'])
    expect(decide(refused, { ...AWAITING, errors: 50 })).toEqual({ kind: 'again', afterMs: 30_000 })
    expect(decide(untrusted, AWAITING)).toEqual({ kind: 'end' })
  })
})

test.each<[number, string, boolean]>([
  [404, 'Not Found', true],
  [404, '', true],
  [404, 'Revision ID X not found.', false],
  [405, 'Method Not Allowed', true],
  [403, 'Not Found', false],
  [500, '', false]
])('isRouteMissing for %d "%s" returns %s', (code, detail, expected) => {
  expect(isRouteMissing(status(code, undefined, detail).error)).toBe(expected)
})

test.each([
  ['a server error', status(503)],
  ['a cut connection', cut],
  ['an HTML page', answer('html')]
])('a read before the rollout ends after six attempts with %s, even if this run has written', (_, failed) => {
  const before = course(() => ({ ...failed, isBeforeRollout: true }), AWAITING)
  expect([before.end, before.tries.length]).toEqual(['end', 6])
  expect(course(() => failed, AWAITING).end).toBe('deadline')
})

test.each<[number, boolean]>([
  [302, false],
  [400, false],
  [401, false],
  [404, false],
  [408, true],
  [409, false],
  [422, false],
  [429, true],
  [499, false],
  [500, true],
  [503, true],
  [599, true]
])('the status %d is temporary: %s; every other error status is a rejection', (code, passes) => {
  expect(isPassingStatus(code)).toBe(passes)
  expect(isRefusal(status(code).error)).toBe(!passes)
})

test('only a response of the server is a rejection', () => {
  for (const failed of [cut, refused, untrusted, answer('html')]) expect(isRefusal(failed.error)).toBe(false)
})

test.each<[string, boolean, unknown, number, boolean]>([
  ['a cut connection', true, cut.error, 1, false],
  ['a rejection by the store', true, status(403).error, 1, false],
  ['a second cut connection', false, cut.error, 2, false],
  ['a rejection of an archive that is too large', false, status(413).error, 1, true],
  ['a cancellation', false, new CancelledError(), 1, false],
  ['an unreadable file', false, new Error('EIO'), 1, false]
])('an upload is repeated after %s: %s', (_, expected, error, tries, isTooLarge) => {
  expect(mayUploadAgain(error, { tries, isTooLarge })).toBe(expected)
})
