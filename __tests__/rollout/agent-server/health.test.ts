import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  BEFORE_FIRST_LOOK,
  checkHealth,
  type Health,
  type HealthLook,
  type HealthState,
  healthFault,
  stepHealth
} from '../../../src/rollout/agent-server/health.ts'
import type { AgentServer, Probe } from '../../../src/rollout/agent-server/probe.ts'
import type { Limits } from '../../../src/run/limits.ts'
import { skippingClock } from '../../support/clock.ts'
import { failureOf } from '../../support/failure.ts'

const WANTED = '11111111-1111-4111-8111-aaaaaaaaaaaa'
const OTHER = '22222222-2222-4222-8222-222222222222'
const BEGIN = 1_700_000_000_000

const answered = (status: number, revisionId?: string): HealthLook => ({
  probe: { kind: 'answered', status },
  revisionId
})
const SILENT: HealthLook = { probe: { kind: 'unreachable', reason: 'no response in time' }, revisionId: undefined }
const OK = answered(200)
const OURS = answered(200, WANTED)
const MISSING = answered(404)
const DOWN = answered(503)
const STALE = answered(200, OTHER)
/** A response on the health path, but none for `/info`. */
const CUT: HealthLook = { probe: { kind: 'answered', status: 200 }, revisionId: null }

/** Checks, each with the seconds since the start. */
type Seen = readonly (readonly [number, HealthLook])[]

/** Returns the state or result after the last check. Fails if an earlier check ended the health check. */
function follow(seen: Seen, isRequired = false): HealthState | Health {
  let state = BEFORE_FIRST_LOOK
  for (const [index, [seconds, look]] of seen.entries()) {
    const next = stepHealth(state, look, WANTED, isRequired, BEGIN + seconds * 1000)
    if ('kind' in next) {
      expect(index).toBe(seen.length - 1)
      return next
    }
    state = next
  }
  return state
}

const kindOf = (result: HealthState | Health) => ('kind' in result ? result.kind : 'going on')

describe('a missing /info response', () => {
  test('does not matter if the server never reported a revision', () => {
    expect(follow([[0, CUT]])).toMatchObject({ kind: 'serving', note: 'returned 200; /info did not respond' })
  })

  test('does not pass a server that reported another revision before', () => {
    const seen = [0, 1, 2, 3].map((index) => [index * 10, index === 0 ? STALE : CUT] as const)
    expect(kindOf(follow(seen))).toBe('going on')
    expect(kindOf(follow([...seen, [40, OURS]]))).toBe('serving')
  })

  test('is ignored if the deadline cut the request', async () => {
    const clock = skippingClock()
    const limits: Limits = { clock, cancelled: new AbortController().signal, deadline: clock.now() + 60_000 }
    const server: Pick<AgentServer, 'health' | 'revision' | 'revisionOfMetrics'> = {
      health: async () => ({ kind: 'answered', status: 200 }),
      revision: async () => {
        clock.skip(60_000)
        throw new Error('cut')
      },
      revisionOfMetrics: async () => undefined
    }
    const failure = await failureOf(checkHealth(server, limits, WANTED, true, () => {}))
    expect(failure).toMatchObject({ name: 'DeadlineError' })
  })
})

describe('one check', () => {
  test.each<[string, HealthLook, string]>([
    ['200', OK, 'returned 200; the server does not report its revision'],
    ['204', answered(204), 'returned 204; the server does not report its revision'],
    ['200 and our revision', OURS, 'returned 200, and /info reports this revision'],
    [
      '200 and our revision in the metrics',
      { ...OURS, namedBy: '/metrics' },
      'returned 200, and /metrics reports this revision'
    ],
    [
      '200 and our revision in upper case',
      answered(200, WANTED.toUpperCase()),
      'returned 200, and /info reports this revision'
    ],
    ['401, which only a working server returns', answered(401), 'returned 401'],
    ['403, which only a working server returns', answered(403), 'returned 403']
  ])('passes: %s', (_, look, note) => {
    for (const isRequired of [true, false])
      expect(follow([[0, look]], isRequired)).toMatchObject({ kind: 'serving', note })
  })

  test.each<[string, HealthLook, 'broken' | 'unclear', string]>([
    ['500', answered(500), 'broken', 'returned 500'],
    ['503', DOWN, 'broken', 'returned 503'],
    ['599', answered(599), 'broken', 'returned 599'],
    ['another revision', STALE, 'broken', `returned 200, but /info still reports revision ${OTHER}`],
    [
      'another revision in the metrics',
      { ...STALE, namedBy: '/metrics' },
      'broken',
      `returned 200, but /metrics still reports revision ${OTHER}`
    ],
    [
      'a refusal that applies to any path',
      { probe: { kind: 'answered', status: 403, isAnyPath: true }, revisionId: undefined },
      'unclear',
      'returned 403, like every protected path'
    ],
    ['404', MISSING, 'unclear', 'returned 404'],
    ['a redirect', answered(302), 'unclear', 'returned 302'],
    ['429', answered(429), 'unclear', 'returned 429'],
    ['400', answered(400), 'unclear', 'returned 400'],
    ['no response', SILENT, 'unclear', 'failed (no response in time)']
  ])('does not pass: %s', (_, look, kind, reason) => {
    const state = follow([[0, look]])
    const isNamed = typeof look.revisionId === 'string'
    expect(state).toEqual({
      ...BEFORE_FIRST_LOOK,
      looks: 1,
      isNamed,
      at: BEGIN,
      last: { kind, reason },
      [kind]: reason
    })
    expect('looks' in state && healthFault(state)).toEqual({ kind, reason, forMs: 0 })
  })
})

/** The same check every 20 s, between two times in seconds, both included. */
const every20 = (from: number, to: number, look: HealthLook): Seen =>
  Array.from({ length: Math.floor((to - from) / 20) + 1 }, (_, index) => [from + index * 20, look] as const)

const LOOKS: Readonly<Record<string, HealthLook>> = { OK, OURS, MISSING, DOWN, STALE, SILENT, 401: answered(401) }

/** Parses checks such as `0-160 DOWN, 179 OK`: the same check every 20 s, and then another one. */
function looksIn(seen: string): Seen {
  return seen.split(', ').flatMap((part) => {
    const [, from, to = from, name = ''] = /^(-?\d+)(?:-(\d+))? (\w+)$/.exec(part) ?? []
    const look = LOOKS[name]
    if (!look) throw new Error(`Unknown check ${name}.`)
    return every20(Number(from), Number(to), look)
  })
}

describe('stepHealth', () => {
  test.each<[string, string, boolean, ReturnType<typeof kindOf>]>([
    ['broken for less than three minutes is checked again', '0-160 DOWN, 179 DOWN', false, 'going on'],
    ['broken for three minutes is broken', '0-180 DOWN', false, 'broken'],
    ['broken for three minutes is broken, also if required', '0-180 DOWN', true, 'broken'],
    ['with another revision for less than three minutes is checked again', '0-160 STALE, 179 STALE', false, 'going on'],
    ['with another revision for three minutes is broken', '0-180 STALE', false, 'broken'],
    ['silent for less than a minute is checked again', '0-40 SILENT, 50 SILENT, 59 SILENT', false, 'going on'],
    ['silent for a minute is unclear', '0-40 SILENT, 50 SILENT, 60 SILENT', false, 'unclear'],
    ['without the path for a minute is unclear', '0-40 MISSING, 50 MISSING, 60 MISSING', false, 'unclear'],
    ['silent for a minute is checked again if required', '0-160 SILENT, 179 SILENT', true, 'going on'],
    ['silent for three minutes is unclear if required', '0-180 SILENT', true, 'unclear'],
    ['broken once is checked again after a minute of silence', '0 DOWN, 20-160 SILENT', false, 'going on'],
    ['broken once and then silent is broken after three minutes', '0 DOWN, 20-180 SILENT', false, 'broken'],
    [
      'with another revision once and then silent is broken after three minutes',
      '0 STALE, 20-180 SILENT',
      false,
      'broken'
    ],
    ['broken once and then without the path is broken after three minutes', '0 DOWN, 20-180 MISSING', false, 'broken'],
    ['broken once and then silent is broken after three minutes if required', '0 DOWN, 20-180 SILENT', true, 'broken'],
    [
      'first broken in the last second of the minute is checked for three minutes',
      '0-40 SILENT, 50 SILENT, 59 DOWN, 79-179 DOWN',
      false,
      'going on'
    ],
    [
      'first broken in the last second of the minute is broken after three minutes',
      '0-40 SILENT, 50 SILENT, 59 DOWN, 79-179 DOWN, 180 SILENT',
      false,
      'broken'
    ],
    ['first broken after three minutes of silence is broken if required', '0-160 SILENT, 180 DOWN', true, 'broken'],
    ['broken and then with another revision gets no extra time', '0-160 DOWN, 180 STALE', false, 'broken'],
    ['that responds at the last moment passes', '0-160 DOWN, 179 DOWN, 181 OK', false, 'serving'],
    ['that responds after a long gap passes', '0 DOWN, 500 OK', false, 'serving'],
    ['that starts at the last moment passes', '0-40 SILENT, 59 SILENT, 61 401', false, 'serving'],
    ['that changes to our revision passes', '0 STALE, 90 OURS', false, 'serving'],
    ['that no longer reports another revision is checked again', '0 STALE, 90 OK', false, 'going on'],
    [
      'is checked again after four checks, however long they took',
      '0 DOWN, 180 DOWN, 360 DOWN, 540 DOWN',
      true,
      'going on'
    ],
    [
      'silent in four checks over two minutes is checked again',
      '0 SILENT, 30 SILENT, 60 SILENT, 90 SILENT',
      false,
      'going on'
    ],
    ['silent in a fifth check is unclear', '0 SILENT, 30 SILENT, 60 SILENT, 90 SILENT, 91 SILENT', false, 'unclear'],
    ['is checked again after a clock jump', '0-60 DOWN, 100000 DOWN', false, 'going on'],
    ['is checked again after the clock is set back', '0-160 DOWN, -100000 DOWN', false, 'going on'],
    [
      'is broken after a clock jump and three minutes of checks in total',
      '0-60 DOWN, 100000-100100 DOWN',
      false,
      'broken'
    ]
  ])('a server %s', (_, seen, isRequired, kind) => {
    expect(kindOf(follow(looksIn(seen), isRequired))).toBe(kind)
  })

  test('a server that returns 503 with occasional connection errors is broken after three minutes', () => {
    const seen = every20(0, 180, DOWN).map(([at, look], index) => [at, index % 3 === 2 ? SILENT : look] as const)
    for (const isRequired of [true, false]) {
      expect(follow(seen, isRequired)).toEqual({
        kind: 'broken',
        reason: 'never succeeded: it returned 503, or it failed (no response in time)',
        forMs: 180_000
      })
    }
  })

  test('the result has the last reason and the checked time', () => {
    expect(follow([...every20(0, 60, DOWN), ...every20(80, 160, answered(500)), [185, STALE]])).toEqual({
      kind: 'broken',
      reason: `returned 200, but /info still reports revision ${OTHER}`,
      forMs: 185_000
    })
    expect(follow([...every20(0, 40, SILENT), [55, SILENT], [65, MISSING]])).toEqual({
      kind: 'unclear',
      reason: 'returned 404',
      forMs: 65_000
    })
  })

  const good = fc.constantFrom(OK, answered(204), answered(401), answered(403), OURS)
  const isBroken = (look: HealthLook) => look === STALE || (look.probe.kind === 'answered' && look.probe.status >= 500)
  const fault = fc.constantFrom(DOWN, answered(500), STALE, MISSING, SILENT, answered(302), answered(429))
  /** Seconds since the previous check. Sometimes the clock jumps, or is set back. */
  const gap = fc.oneof(
    { weight: 20, arbitrary: fc.nat({ max: 30 }) },
    { weight: 1, arbitrary: fc.constantFrom(-86_400, -5, 31, 200, 86_400) }
  )
  const sequenceOf = (look: fc.Arbitrary<HealthLook>): fc.Arbitrary<Seen> =>
    fc.array(fc.tuple(gap, look), { minLength: 1, maxLength: 60 }).map((looks) => {
      let seconds = 0
      return looks.map(([pause, each]) => {
        seconds += pause
        return [seconds, each] as const
      })
    })

  /** The end of the health check, with the index of the last check; `undefined` if it is not over. */
  const endOf = (seen: Seen, isRequired: boolean) => {
    let state = BEFORE_FIRST_LOOK
    for (const [index, [seconds, look]] of seen.entries()) {
      const next = stepHealth(state, look, WANTED, isRequired, BEGIN + seconds * 1000)
      if ('kind' in next) return { kind: next.kind, index }
      state = next
    }
    return undefined
  }

  /** The rule over all checks at once, instead of step by step. */
  const ruleOf = (seen: Seen, isRequired: boolean) => {
    for (const index of seen.keys()) {
      const looks = seen.slice(0, index + 1)
      const [, look = OK] = looks.at(-1) ?? []
      const named = looks.slice(0, -1).some(([, each]) => typeof each.revisionId === 'string')
      const isUnnamed = named && typeof look.revisionId !== 'string'
      if (
        !isUnnamed &&
        !isBroken(look) &&
        look !== MISSING &&
        look !== SILENT &&
        ![302, 429].includes(statusOf(look))
      ) {
        return { kind: 'serving', index }
      }
      const lookedFor = looks
        .slice(1)
        .map(([seconds], before) => seconds - (looks[before]?.[0] ?? 0))
        .reduce((sum, seconds) => sum + Math.min(30, Math.max(0, seconds)), 0)
      const wasBroken = looks.some(([, each]) => isBroken(each))
      if (looks.length >= 5 && lookedFor >= (wasBroken || isRequired ? 180 : 60)) {
        return { kind: wasBroken ? 'broken' : 'unclear', index }
      }
    }
    return undefined
  }
  const statusOf = ({ probe }: HealthLook) => (probe.kind === 'answered' ? probe.status : 0)

  test('the result follows the rule for all responses and all clocks', () => {
    const look = fc.oneof({ weight: 40, arbitrary: fault }, { weight: 1, arbitrary: good })
    fc.assert(
      fc.property(sequenceOf(look), fc.boolean(), (seen, isRequired) => {
        expect(endOf(seen, isRequired)).toEqual(ruleOf(seen, isRequired))
      }),
      { numRuns: 2_000 }
    )
  })

  test('the result comes at the same check if later broken responses are lost', () => {
    fc.assert(
      fc.property(sequenceOf(fault), fc.infiniteStream(fc.boolean()), fc.boolean(), (seen, lost, isRequired) => {
        const first = seen.findIndex(([, look]) => isBroken(look))
        const silenced = seen.map(([seconds, look], index) => {
          return [seconds, index > first && lost.next().value === true ? SILENT : look] as const
        })
        fc.pre(first >= 0)
        expect(endOf(silenced, isRequired)).toEqual(endOf(seen, isRequired))
      }),
      { numRuns: 1_000 }
    )
  })

  test('a server that was broken once is never `unclear`', () => {
    fc.assert(
      fc.property(sequenceOf(fault), fc.boolean(), (seen, isRequired) => {
        const ended = endOf(seen, isRequired)
        fc.pre(ended !== undefined)
        const wasBroken = seen.slice(0, (ended?.index ?? 0) + 1).some(([, look]) => isBroken(look))
        expect(ended?.kind).toBe(wasBroken ? 'broken' : 'unclear')
      }),
      { numRuns: 1_000 }
    )
  })

  test('a clock jump delays the result at least as long as a pause of 30 seconds', () => {
    const jump = fc.constantFrom(31, 200, 100_000, -3, -100_000)
    fc.assert(
      fc.property(sequenceOf(fault), fc.nat({ max: 59 }), jump, fc.boolean(), (seen, place, seconds, isRequired) => {
        const later = (by: number) => seen.map(([at, look], index) => [index >= place ? at + by : at, look] as const)
        const [jumped, paused] = [endOf(later(seconds), isRequired), endOf(later(30), isRequired)]
        expect(jumped?.index ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(
          paused?.index ?? Number.POSITIVE_INFINITY
        )
      })
    )
  })

  test('any good response before the end passes the health check', () => {
    fc.assert(
      fc.property(sequenceOf(fault), good, fc.nat({ max: 10_000 }), fc.boolean(), (seen, look, later, isRequired) => {
        fc.pre(endOf(seen, isRequired) === undefined)
        const [last = 0] = seen.at(-1) ?? []
        // A server that reported a revision must report ours.
        fc.pre(typeof look.revisionId === 'string' || !seen.some(([, each]) => typeof each.revisionId === 'string'))
        expect(follow([...seen, [last + later, look]], isRequired)).toMatchObject({ kind: 'serving' })
      })
    )
  })
})

interface Checked {
  readonly health: Promise<Health>
  readonly clock: ReturnType<typeof skippingClock>
  readonly looks: readonly string[]
  /** Number of requests for the health and for the revision. */
  readonly asked: { health: number; revision: number }
}

interface Script {
  readonly probes: readonly Probe[]
  readonly revisions?: readonly (string | undefined)[]
  readonly ofMetrics?: string
  readonly isRequired?: boolean
  readonly timeoutMs?: number
  readonly cancelled?: AbortSignal
  /** Called during the n-th request for the health. */
  readonly during?: (nth: number, clock: Checked['clock']) => void
}

/** Checks a server that returns the n-th response to the n-th request, and the last one to all later requests. */
function check({ probes, revisions = [], isRequired = false, timeoutMs = 3_600_000, ...script }: Script): Checked {
  const clock = skippingClock()
  const asked = { health: 0, revision: 0 }
  const looks: string[] = []
  const server: Pick<AgentServer, 'health' | 'revision' | 'revisionOfMetrics'> = {
    health: async () => {
      asked.health += 1
      script.during?.(asked.health, clock)
      return probes[asked.health - 1] ?? probes.at(-1) ?? SILENT.probe
    },
    revision: async () => {
      asked.revision += 1
      return revisions[asked.revision - 1] ?? revisions.at(-1)
    },
    revisionOfMetrics: async () => script.ofMetrics
  }
  const limits: Limits = {
    clock,
    cancelled: script.cancelled ?? new AbortController().signal,
    deadline: clock.now() + timeoutMs
  }
  const health = checkHealth(server, limits, WANTED, isRequired, ({ last }) => looks.push(last?.reason ?? 'nothing'))
  return { health, clock, looks, asked }
}

const total = (pauses: readonly number[]) => pauses.reduce((sum, pause) => sum + pause, 0)

describe('checkHealth', () => {
  test('passes a working server with one check and no pause', async () => {
    const { health, clock, looks, asked } = check({ probes: [OK.probe], revisions: [WANTED] })
    expect(await health).toMatchObject({ kind: 'serving', note: 'returned 200, and /info reports this revision' })
    expect([clock.pauses, looks, asked]).toEqual([[], [], { health: 1, revision: 1 }])
  })

  test('uses the revision in the metrics if /info reports none', async () => {
    const { health } = check({ probes: [OK.probe], ofMetrics: WANTED })
    expect(await health).toMatchObject({ note: 'returned 200, and /metrics reports this revision' })
    const stale = check({ probes: [OK.probe], ofMetrics: OTHER })
    expect(await stale.health).toMatchObject({ kind: 'broken' })
  })

  test('waits until the server responds and reports our revision', async () => {
    const { health, looks, asked } = check({
      probes: [SILENT.probe, DOWN.probe, OK.probe],
      revisions: [OTHER, OTHER, WANTED]
    })
    expect(await health).toMatchObject({ kind: 'serving', note: 'returned 200, and /info reports this revision' })
    const stale = `returned 200, but /info still reports revision ${OTHER}`
    expect(looks).toEqual(['failed (no response in time)', 'returned 503', stale, stale])
    expect(asked).toEqual({ health: 5, revision: 3 })
  })

  test.each([401, 403, 404, 302, 503])('does not request the revision after status %d', async (status) => {
    const { health, asked } = check({ probes: [{ kind: 'answered', status }, answered(401).probe] })
    await health
    expect(asked.revision).toBe(0)
  })

  test.each<[string, Probe, boolean, string, number]>([
    ['is broken', DOWN.probe, false, 'broken', 180],
    ['is silent', SILENT.probe, false, 'unclear', 60],
    ['is silent and must serve', SILENT.probe, true, 'unclear', 180]
  ])('ends in time if the server %s', async (_, probe, isRequired, kind, seconds) => {
    const { health, clock, asked } = check({ probes: [probe], isRequired })
    expect((await health).kind).toBe(kind)
    const waited = total(clock.pauses) / 1000
    expect(waited).toBeGreaterThan(seconds - 1)
    expect(waited).toBeLessThan(seconds + 10)
    // Often enough to detect the start, but without load on the server.
    expect(asked.health).toBeGreaterThan(10)
    expect(asked.health).toBeLessThan(35)
    expect(Math.min(...clock.pauses)).toBeGreaterThanOrEqual(1_000)
    expect(Math.max(...clock.pauses)).toBeLessThanOrEqual(10_000)
  })

  test('counts the response time of the server', async () => {
    const { health, asked } = check({ probes: [DOWN.probe], during: (_, clock) => clock.skip(10_000) })
    expect((await health).kind).toBe('broken')
    expect(asked.health).toBeGreaterThan(9)
    expect(asked.health).toBeLessThan(15)
  })

  test('does not count a clock jump as checked time', async () => {
    const during = (nth: number, clock: Checked['clock']) => nth === 6 && clock.skip(3_600_000)
    const { health, clock } = check({ probes: [DOWN.probe], during, timeoutMs: 36_000_000 })
    expect((await health).kind).toBe('broken')
    expect(total(clock.pauses)).toBeGreaterThan(149_000)
  })

  test('ends at the deadline', async () => {
    const { health, clock, looks } = check({ probes: [DOWN.probe], timeoutMs: 20_000 })
    expect(await failureOf(health)).toMatchObject({ name: 'DeadlineError' })
    // The clock of the tests has whole milliseconds.
    expect(total(clock.pauses)).toBeLessThan(20_001)
    expect(looks.length).toBeGreaterThan(3)
  })

  test('accepts a good response after the deadline', async () => {
    const late = (probe: Probe) => check({ probes: [probe], timeoutMs: 5_000, during: (_, clock) => clock.skip(9_000) })
    expect(await late(OK.probe).health).toMatchObject({ kind: 'serving' })
    expect(await failureOf(late(DOWN.probe).health)).toMatchObject({ name: 'DeadlineError' })
  })

  test.each<[string, Probe, number]>([
    ['cuts the first request', SILENT.probe, 1],
    ['cuts a later request', SILENT.probe, 3]
  ])('ignores a missing response if the deadline %s', async (_, probe, nth) => {
    const { health, looks } = check({
      probes: [...Array.from({ length: nth - 1 }, () => DOWN.probe), probe],
      timeoutMs: 100_000,
      during: (question, clock) => question === nth && clock.skip(100_000)
    })
    expect(await failureOf(health)).toMatchObject({ name: 'DeadlineError' })
    expect(looks).toEqual(Array.from({ length: nth - 1 }, () => 'returned 503'))
  })

  test.each([true, false])('fails an inconsistent server after three minutes (required: %s)', async (isRequired) => {
    const probes = Array.from({ length: 200 }, (_, index) => (index % 3 === 0 ? SILENT.probe : DOWN.probe))
    const { health, clock } = check({ probes, isRequired })
    expect((await health).kind).toBe('broken')
    expect(total(clock.pauses)).toBeGreaterThan(179_000)
    expect(total(clock.pauses)).toBeLessThan(191_000)
  })

  test('ends at once if the job is canceled during a pause', async () => {
    const controller = new AbortController()
    const { health, clock, asked } = check({ probes: [DOWN.probe], cancelled: controller.signal })
    clock.duringPauses((nth) => nth === 3 && controller.abort())
    expect(await failureOf(health)).toMatchObject({ name: 'CancelledError' })
    expect(asked.health).toBe(3)
  })

  test.each<[string, Probe]>([
    ['that it cuts', SILENT.probe],
    ['that gets a response', OK.probe]
  ])('ends at once if the job is canceled during a request %s', async (_, probe) => {
    const controller = new AbortController()
    const during = () => controller.abort()
    const { health, clock, looks } = check({ probes: [probe], cancelled: controller.signal, during })
    expect(await failureOf(health)).toMatchObject({ name: 'CancelledError' })
    expect([clock.pauses, looks]).toEqual([[], []])
  })
})
