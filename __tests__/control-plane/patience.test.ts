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
  /** Moments of the tries, in milliseconds from the beginning. */
  readonly tries: readonly number[]
  readonly pauses: readonly number[]
  readonly patience: Patience
}

/**
 * A read over a virtual clock: its tries fail in turn, the last way for ever, or are good where there is none.
 *
 * @param eachMs how long each try takes
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

describe('a read before anything was written', () => {
  test.each<[string, FailedTry, number]>([
    ['a cut connection', cut, 6],
    ['a refused connection', refused, 6],
    ['500', status(500), 6],
    ['408', status(408), 6],
    ['an empty body', answer('empty'), 6],
    ['a page of HTML later on', answer('html'), 6],
    ['a certificate that is not trusted', untrusted, 1],
    ['another shape', answer('shape'), 1],
    ['302', status(302), 1],
    ['400', status(400), 1],
    ['401', status(401), 1],
    ['403', status(403), 1],
    ['404', status(404), 1],
    ['409', status(409), 1],
    ['422', status(422), 1]
  ])('ends after %s in one try or six', (_, failed, tries) => {
    expect(course(always(failed), KNOWN)).toMatchObject({ end: 'end', tries: { length: tries } })
  })

  test('takes HTML and 405 as the first answer of all for another host', () => {
    for (const failed of [answer('html'), status(405)]) {
      expect(course(always(failed), FRESH).tries).toHaveLength(1)
    }
    // Something that is no answer says nothing of the host.
    expect(course(inTurn(cut, answer('html')), FRESH).tries).toHaveLength(2)
    expect(course(inTurn(status(500), answer('html')), FRESH).end).toBe('good')
  })

  test('is throttled for as long as it takes, and errors around it are still counted in a row', () => {
    const script = (nth: number) => (nth % 2 === 0 ? status(429) : status(500))
    expect(course(script, KNOWN)).toMatchObject({ end: 'end', tries: { length: 11 } })
    expect(course(always(status(429)), KNOWN).end).toBe('deadline')
  })
})

describe('a read while a rollout is awaited', () => {
  // Everything but 422 that a proxy or a replica that lags can give.
  const REFUSALS = [...Array(100).keys()]
    .flatMap((n) => [300 + n, 400 + n])
    .filter((s) => ![404, 408, 422, 429].includes(s))

  test.each(REFUSALS)('bears %d at tries 5, 15 and 30 s apart, and no longer', (code) => {
    expect(course(always(status(code)), AWAITING)).toMatchObject({ end: 'end', pauses: [5_000, 15_000, 30_000] })
    expect(course(inTurn(...Array<FailedTry>(3).fill(status(code))), AWAITING).end).toBe('good')
  })

  test('bears 404 for 30 s and three looks at least', () => {
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
  ])('bears %s until the deadline', (_, failed) => {
    expect(course(always(failed), AWAITING).end).toBe('deadline')
  })

  test('does not bear 422, which stays', () => {
    expect(course(always(status(422)), AWAITING).tries).toHaveLength(1)
  })

  test.each([
    ['a certificate that is not trusted, as a proxy shows it while it is set up', untrusted],
    ['a route that is missing, as an ingress says that reloads', status(404, undefined, 'Not Found')]
  ])('bears %s for a minute, and then gives up', (_, failed) => {
    expect(course(always(failed), AWAITING)).toMatchObject({ end: 'end', tries: [0, 5_000, 20_000, 50_000] })
  })

  test('begins a row of refusals anew after a fault of the server', () => {
    const script = (nth: number) => (nth % 3 === 0 ? status(503) : status(401))
    expect(course(script, AWAITING).end).toBe('deadline')
  })

  test('leaves a route that is missing at once where the caller can do without it', () => {
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
  ])('of %p ms is kept to as %p ms', (asked, expected) => {
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
  ])('is read: %p', (text, expected) => {
    expect(parseRetryAfter(text, NOW)).toBe(expected)
  })

  const phases: readonly (readonly [string, Patience])[] = [
    ['before a write', KNOWN],
    ['while a rollout is awaited', AWAITING]
  ]
  test.each(phases)('never makes the run deaf for longer than a minute, %s', (_, patience) => {
    for (const code of [429, 503]) {
      const day = status(code, 86_400_000)
      expect(course(inTurn(day, day), patience)).toMatchObject({ end: 'good', pauses: [60_000, 60_000] })
    }
  })

  test('of a refusal that is borne is kept to where it is longer', () => {
    expect(course(inTurn(status(403, 20_000), status(403, 20_000), status(403, 86_400_000)), AWAITING).pauses).toEqual([
      20_000, 20_000, 60_000
    ])
  })
})

test('no pause takes the last look before the deadline, whatever fails in whatever order', () => {
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
        // The last look comes in the last five seconds, with a thousandth for what the sums lose.
        expect(tries.at(-1)).toBeGreaterThanOrEqual(deadlineMs - 5_001)
        expect(Math.max(...pauses)).toBeLessThanOrEqual(60_000)
        // And never many a second.
        expect(tries.length).toBeLessThan(20 + deadlineMs / 50)
      }
    )
  )
})

describe('a write that failed', () => {
  const decide = (failed: FailedTry, patience = KNOWN) => afterFailedWrite(failed, patience, { random: 1 }).decision

  test.each<[string, FailedTry]>([
    ['a connection that was cut', cut],
    ['408', status(408)],
    ['500', status(500)],
    ['503 with a Retry-After', status(503, 1_000)],
    ['504', status(504)],
    ['HTML', answer('html')],
    ['half a body', answer('not-json')],
    ['another shape', answer('shape')]
  ])('by %s is in doubt, and a rollout may be on its way', (_, failed) => {
    const next = afterFailedWrite(failed, KNOWN, { random: 1 })
    expect(next).toMatchObject({ decision: { kind: 'in-doubt' }, patience: { awaitsRollout: true } })
  })

  test.each([301, 302, 307, 400, 401, 403, 404, 405, 409, 410, 413, 422, 425, 451])('by %d is answered', (code) => {
    for (const patience of [KNOWN, AWAITING]) expect(decide(status(code), patience)).toEqual({ kind: 'end' })
  })

  test('by 429 is sent again: 15 to 30 s later, or when Retry-After says, and within a minute', () => {
    expect(decide(status(429))).toEqual({ kind: 'again', afterMs: 30_000 })
    expect(decide(status(429, 12_000))).toEqual({ kind: 'again', afterMs: 12_000 })
    expect(decide(status(429, 86_400_000))).toEqual({ kind: 'again', afterMs: 60_000 })
    const least = afterFailedWrite(status(429), KNOWN, { random: 0 }).decision
    expect(least).toEqual({ kind: 'again', afterMs: 15_000 })
  })

  test('before it left is sent again, five times before anything was written', () => {
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
])('%d "%s" says that the route is missing: %s', (code, detail, expected) => {
  expect(isRouteMissing(status(code, undefined, detail).error)).toBe(expected)
})

test.each([
  ['a fault of the server', status(503)],
  ['a cut', cut],
  ['a page', answer('html')]
])('a read before anything rolls out ends after six tries with %s, though this run has written', (_, failed) => {
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
])('the status %d passes by itself: %s; otherwise it is a refusal', (code, passes) => {
  expect(isPassingStatus(code)).toBe(passes)
  expect(isRefusal(status(code).error)).toBe(!passes)
})

test('only an answer of the server is a refusal', () => {
  for (const failed of [cut, refused, untrusted, answer('html')]) expect(isRefusal(failed.error)).toBe(false)
})

test.each<[string, unknown, number, boolean, boolean]>([
  ['a cut', cut.error, 1, false, true],
  ['a refusal of the store', status(403).error, 1, false, true],
  ['a second cut', cut.error, 2, false, false],
  ['an archive that is too large', status(413).error, 1, true, false],
  ['a cancellation', new CancelledError(), 1, false, false],
  ['a file that cannot be read', new Error('EIO'), 1, false, false]
])('whether an upload is made again after %s: %5$s', (_, error, tries, isTooLarge, expected) => {
  expect(mayUploadAgain(error, { tries, isTooLarge })).toBe(expected)
})
