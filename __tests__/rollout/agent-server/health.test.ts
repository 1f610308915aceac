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
/** It answers, but `/info` does not. */
const CUT: HealthLook = { probe: { kind: 'answered', status: 200 }, revisionId: null }

/** Seconds since the beginning, and what was seen then. */
type Seen = readonly (readonly [number, HealthLook])[]

/** What follows from the last of the looks; it fails when an earlier one has ended the check. */
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

describe('an /info without an answer', () => {
  test('is no fault of a server that has never named its revision', () => {
    expect(follow([[0, CUT]])).toMatchObject({ kind: 'serving', note: 'returned 200; /info did not respond' })
  })

  test('does not make one that named another revision before serve ours', () => {
    const seen = [0, 1, 2, 3].map((index) => [index * 10, index === 0 ? STALE : CUT] as const)
    expect(kindOf(follow(seen))).toBe('going on')
    expect(kindOf(follow([...seen, [40, OURS]]))).toBe('serving')
  })

  test('that the deadline cuts off is not judged', async () => {
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

describe('one look', () => {
  test.each<[string, HealthLook, string]>([
    ['200', OK, 'returned 200; the server does not report its revision'],
    ['204', answered(204), 'returned 204; the server does not report its revision'],
    ['200 and our revision', OURS, 'returned 200, and /info reports this revision'],
    [
      '200 and our revision by its metrics',
      { ...OURS, namedBy: '/metrics' },
      'returned 200, and /metrics reports this revision'
    ],
    [
      '200 and our revision in another case',
      answered(200, WANTED.toUpperCase()),
      'returned 200, and /info reports this revision'
    ],
    ['401, which only a server that works says', answered(401), 'returned 401'],
    ['403, which only a server that works says', answered(403), 'returned 403']
  ])('shows that it serves: %s', (_, look, note) => {
    for (const isRequired of [true, false])
      expect(follow([[0, look]], isRequired)).toMatchObject({ kind: 'serving', note })
  })

  test.each<[string, HealthLook, 'broken' | 'unclear', string]>([
    ['500', answered(500), 'broken', 'returned 500'],
    ['503', DOWN, 'broken', 'returned 503'],
    ['599', answered(599), 'broken', 'returned 599'],
    ['another revision', STALE, 'broken', `returned 200, but /info still reports revision ${OTHER}`],
    [
      'another revision by its metrics',
      { ...STALE, namedBy: '/metrics' },
      'broken',
      `returned 200, but /metrics still reports revision ${OTHER}`
    ],
    [
      'a refusal that each path gets',
      { probe: { kind: 'answered', status: 403, isAnyPath: true }, revisionId: undefined },
      'unclear',
      'returned 403, as for any protected path'
    ],
    ['404', MISSING, 'unclear', 'returned 404'],
    ['a redirect', answered(302), 'unclear', 'returned 302'],
    ['429', answered(429), 'unclear', 'returned 429'],
    ['400', answered(400), 'unclear', 'returned 400'],
    ['no answer', SILENT, 'unclear', 'could not be reached (no response in time)']
  ])('shows that it does not serve, or not yet: %s', (_, look, kind, reason) => {
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

/** The same look every 20 s, from one moment to another, both included; in seconds. */
const every20 = (from: number, to: number, look: HealthLook): Seen =>
  Array.from({ length: Math.floor((to - from) / 20) + 1 }, (_, index) => [from + index * 20, look] as const)

const LOOKS: Readonly<Record<string, HealthLook>> = { OK, OURS, MISSING, DOWN, STALE, SILENT, 401: answered(401) }

/** Such as `0-160 DOWN, 179 OK`: the same look every 20 s, and then another one. */
function looksIn(seen: string): Seen {
  return seen.split(', ').flatMap((part) => {
    const [, from, to = from, name = ''] = /^(-?\d+)(?:-(\d+))? (\w+)$/.exec(part) ?? []
    const look = LOOKS[name]
    if (!look) throw new Error(`There is no look ${name}.`)
    return every20(Number(from), Number(to), look)
  })
}

describe('a server', () => {
  test.each<[string, string, boolean, ReturnType<typeof kindOf>]>([
    ['that is broken for less than three minutes may still come up', '0-160 DOWN, 179 DOWN', false, 'going on'],
    ['that is broken for three minutes is broken', '0-180 DOWN', false, 'broken'],
    ['that is broken for three minutes is broken, also where it must serve', '0-180 DOWN', true, 'broken'],
    [
      'that is another revision for less than three minutes may still change',
      '0-160 STALE, 179 STALE',
      false,
      'going on'
    ],
    ['that is another revision for three minutes is broken', '0-180 STALE', false, 'broken'],
    ['that is silent for less than a minute may wake up', '0-40 SILENT, 50 SILENT, 59 SILENT', false, 'going on'],
    [
      'that is silent for a minute is private, as far as can be told',
      '0-40 SILENT, 50 SILENT, 60 SILENT',
      false,
      'unclear'
    ],
    ['that has no such path for a minute has another one', '0-40 MISSING, 50 MISSING, 60 MISSING', false, 'unclear'],
    ['that is silent for a minute gets three where it must serve', '0-160 SILENT, 179 SILENT', true, 'going on'],
    ['that is silent for three minutes where it must serve is unclear', '0-180 SILENT', true, 'unclear'],
    ['that was broken once is not passed after a minute of silence', '0 DOWN, 20-160 SILENT', false, 'going on'],
    [
      'that was broken once, and is silent since, is broken after three minutes',
      '0 DOWN, 20-180 SILENT',
      false,
      'broken'
    ],
    [
      'that was another revision once, and is silent since, is broken after three minutes',
      '0 STALE, 20-180 SILENT',
      false,
      'broken'
    ],
    [
      'that was broken once, and has no such path since, is broken after three minutes',
      '0 DOWN, 20-180 MISSING',
      false,
      'broken'
    ],
    [
      'that was broken once, and is silent since, is broken where it must serve, too',
      '0 DOWN, 20-180 SILENT',
      true,
      'broken'
    ],
    [
      'that broke in the last second of the minute has the rest of the three',
      '0-40 SILENT, 50 SILENT, 59 DOWN, 79-179 DOWN',
      false,
      'going on'
    ],
    [
      'that broke in the last second of the minute is broken after three',
      '0-40 SILENT, 50 SILENT, 59 DOWN, 79-179 DOWN, 180 SILENT',
      false,
      'broken'
    ],
    [
      'that breaks only in the last of three minutes, where it must serve, is broken',
      '0-160 SILENT, 180 DOWN',
      true,
      'broken'
    ],
    [
      'that was broken, and is another revision by then, has no three minutes more',
      '0-160 DOWN, 180 STALE',
      false,
      'broken'
    ],
    ['that comes up in the last moment serves', '0-160 DOWN, 179 DOWN, 181 OK', false, 'serving'],
    ['that comes up when the time has passed serves', '0 DOWN, 500 OK', false, 'serving'],
    ['that wakes up in the last moment serves', '0-40 SILENT, 59 SILENT, 61 401', false, 'serving'],
    ['that changes to our revision serves', '0 STALE, 90 OURS', false, 'serving'],
    ['that stops to name another revision may still be that', '0 STALE, 90 OK', false, 'going on'],
    [
      'that was looked at four times is not judged, as long as that may have taken',
      '0 DOWN, 180 DOWN, 360 DOWN, 540 DOWN',
      true,
      'going on'
    ],
    [
      'that was asked four times in two minutes is not passed yet',
      '0 SILENT, 30 SILENT, 60 SILENT, 90 SILENT',
      false,
      'going on'
    ],
    [
      'that was asked a fifth time is passed then',
      '0 SILENT, 30 SILENT, 60 SILENT, 90 SILENT, 91 SILENT',
      false,
      'unclear'
    ],
    ['is not judged by a jump of the clock after many looks', '0-60 DOWN, 100000 DOWN', false, 'going on'],
    ['is not judged by a clock that is set back', '0-160 DOWN, -100000 DOWN', false, 'going on'],
    ['is judged after a jump by what it was looked at besides', '0-60 DOWN, 100000-100100 DOWN', false, 'broken']
  ])('%s', (_, seen, isRequired, kind) => {
    expect(kindOf(follow(looksIn(seen), isRequired))).toBe(kind)
  })

  test('503 and now and then a cut connection is broken after three minutes', () => {
    const seen = every20(0, 180, DOWN).map(([at, look], index) => [at, index % 3 === 2 ? SILENT : look] as const)
    for (const isRequired of [true, false]) {
      expect(follow(seen, isRequired)).toEqual({
        kind: 'broken',
        reason: 'never succeeded: it returned 503, or it could not be reached (no response in time)',
        forMs: 180_000
      })
    }
  })

  test('is told by what it said last, and for how long it was looked at', () => {
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
  /** Seconds since the look before; now and then the clock jumps, or is set back. */
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

  /** The end of the check, and at which look it came; nothing while it goes on. */
  const endOf = (seen: Seen, isRequired: boolean) => {
    let state = BEFORE_FIRST_LOOK
    for (const [index, [seconds, look]] of seen.entries()) {
      const next = stepHealth(state, look, WANTED, isRequired, BEGIN + seconds * 1000)
      if ('kind' in next) return { kind: next.kind, index }
      state = next
    }
    return undefined
  }

  /** The rule, told of all looks at once and not step by step. */
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

  test('is judged by the rule, whatever it answers and however the clock goes', () => {
    const look = fc.oneof({ weight: 40, arbitrary: fault }, { weight: 1, arbitrary: good })
    fc.assert(
      fc.property(sequenceOf(look), fc.boolean(), (seen, isRequired) => {
        expect(endOf(seen, isRequired)).toEqual(ruleOf(seen, isRequired))
      }),
      { numRuns: 2_000 }
    )
  })

  test('is broken at the same look, whichever of its broken answers but the first get lost', () => {
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

  test('that was broken once is never passed as unclear', () => {
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

  test('is judged no sooner for one jump of the clock than for a pause of half a minute', () => {
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

  test('may recover at any moment before', () => {
    fc.assert(
      fc.property(sequenceOf(fault), good, fc.nat({ max: 10_000 }), fc.boolean(), (seen, look, later, isRequired) => {
        fc.pre(endOf(seen, isRequired) === undefined)
        const [last = 0] = seen.at(-1) ?? []
        // One that has named a revision has to name ours.
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
  /** How often the server was asked for its health, and for its revision. */
  readonly asked: { health: number; revision: number }
}

interface Script {
  readonly probes: readonly Probe[]
  readonly revisions?: readonly (string | undefined)[]
  readonly ofMetrics?: string
  readonly isRequired?: boolean
  readonly timeoutMs?: number
  readonly cancelled?: AbortSignal
  /** Done in the middle of the n-th question for the health. */
  readonly during?: (nth: number, clock: Checked['clock']) => void
}

/** Checks a server that answers the n-th question with the n-th of its answers, and all others with the last. */
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

describe('the check', () => {
  test('of a server that serves is one look, without a pause', async () => {
    const { health, clock, looks, asked } = check({ probes: [OK.probe], revisions: [WANTED] })
    expect(await health).toMatchObject({ kind: 'serving', note: 'returned 200, and /info reports this revision' })
    expect([clock.pauses, looks, asked]).toEqual([[], [], { health: 1, revision: 1 }])
  })

  test('takes the revision from the metrics where /info names none', async () => {
    const { health } = check({ probes: [OK.probe], ofMetrics: WANTED })
    expect(await health).toMatchObject({ note: 'returned 200, and /metrics reports this revision' })
    const stale = check({ probes: [OK.probe], ofMetrics: OTHER })
    expect(await stale.health).toMatchObject({ kind: 'broken' })
  })

  test('waits until the server is up and is our revision', async () => {
    const { health, looks, asked } = check({
      probes: [SILENT.probe, DOWN.probe, OK.probe],
      revisions: [OTHER, OTHER, WANTED]
    })
    expect(await health).toMatchObject({ kind: 'serving', note: 'returned 200, and /info reports this revision' })
    const stale = `returned 200, but /info still reports revision ${OTHER}`
    expect(looks).toEqual(['could not be reached (no response in time)', 'returned 503', stale, stale])
    expect(asked).toEqual({ health: 5, revision: 3 })
  })

  test.each([401, 403, 404, 302, 503])('does not ask a server for its revision that answers %d', async (status) => {
    const { health, asked } = check({ probes: [{ kind: 'answered', status }, answered(401).probe] })
    await health
    expect(asked.revision).toBe(0)
  })

  test.each<[string, Probe, boolean, string, number]>([
    ['is broken', DOWN.probe, false, 'broken', 180],
    ['is silent', SILENT.probe, false, 'unclear', 60],
    ['is silent and must serve', SILENT.probe, true, 'unclear', 180]
  ])('of a server that %s ends in time', async (_, probe, isRequired, kind, seconds) => {
    const { health, clock, asked } = check({ probes: [probe], isRequired })
    expect((await health).kind).toBe(kind)
    const waited = total(clock.pauses) / 1000
    expect(waited).toBeGreaterThan(seconds - 1)
    expect(waited).toBeLessThan(seconds + 10)
    // Enough to see it come up, and not so many that they weigh on it.
    expect(asked.health).toBeGreaterThan(10)
    expect(asked.health).toBeLessThan(35)
    expect(Math.min(...clock.pauses)).toBeGreaterThanOrEqual(1_000)
    expect(Math.max(...clock.pauses)).toBeLessThanOrEqual(10_000)
  })

  test('counts the time that the server takes to answer', async () => {
    const { health, asked } = check({ probes: [DOWN.probe], during: (_, clock) => clock.skip(10_000) })
    expect((await health).kind).toBe('broken')
    expect(asked.health).toBeGreaterThan(9)
    expect(asked.health).toBeLessThan(15)
  })

  test('does not take a jump of the clock for time in which it looked', async () => {
    const during = (nth: number, clock: Checked['clock']) => nth === 6 && clock.skip(3_600_000)
    const { health, clock } = check({ probes: [DOWN.probe], during, timeoutMs: 36_000_000 })
    expect((await health).kind).toBe('broken')
    expect(total(clock.pauses)).toBeGreaterThan(149_000)
  })

  test('ends with the deadline', async () => {
    const { health, clock, looks } = check({ probes: [DOWN.probe], timeoutMs: 20_000 })
    expect(await failureOf(health)).toMatchObject({ name: 'DeadlineError' })
    // The clock of the tests tells whole milliseconds.
    expect(total(clock.pauses)).toBeLessThan(20_001)
    expect(looks.length).toBeGreaterThan(3)
  })

  test('takes an answer that comes after the deadline, if it is good', async () => {
    const late = (probe: Probe) => check({ probes: [probe], timeoutMs: 5_000, during: (_, clock) => clock.skip(9_000) })
    expect(await late(OK.probe).health).toMatchObject({ kind: 'serving' })
    expect(await failureOf(late(DOWN.probe).health)).toMatchObject({ name: 'DeadlineError' })
  })

  test.each<[string, Probe, number]>([
    ['cuts a question short', SILENT.probe, 1],
    ['cuts a later question short, after something was seen', SILENT.probe, 3]
  ])('does not count the silence when the deadline %s', async (_, probe, nth) => {
    const { health, looks } = check({
      probes: [...Array.from({ length: nth - 1 }, () => DOWN.probe), probe],
      timeoutMs: 100_000,
      during: (question, clock) => question === nth && clock.skip(100_000)
    })
    expect(await failureOf(health)).toMatchObject({ name: 'DeadlineError' })
    expect(looks).toEqual(Array.from({ length: nth - 1 }, () => 'returned 503'))
  })

  test.each([true, false])(
    'of a server that is now this and now that has failed after three minutes',
    async (isRequired) => {
      const probes = Array.from({ length: 200 }, (_, index) => (index % 3 === 0 ? SILENT.probe : DOWN.probe))
      const { health, clock } = check({ probes, isRequired })
      expect((await health).kind).toBe('broken')
      expect(total(clock.pauses)).toBeGreaterThan(179_000)
      expect(total(clock.pauses)).toBeLessThan(191_000)
    }
  )

  test('ends at once when the job is cancelled during a pause', async () => {
    const controller = new AbortController()
    const { health, clock, asked } = check({ probes: [DOWN.probe], cancelled: controller.signal })
    clock.duringPauses((nth) => nth === 3 && controller.abort())
    expect(await failureOf(health)).toMatchObject({ name: 'CancelledError' })
    expect(asked.health).toBe(3)
  })

  test.each<[string, Probe]>([
    ['which it cuts short', SILENT.probe],
    ['which is answered all the same', OK.probe]
  ])('ends at once when the job is cancelled during a question, %s', async (_, probe) => {
    const controller = new AbortController()
    const during = () => controller.abort()
    const { health, clock, looks } = check({ probes: [probe], cancelled: controller.signal, during })
    expect(await failureOf(health)).toMatchObject({ name: 'CancelledError' })
    expect([clock.pauses, looks]).toEqual([[], []])
  })
})
