import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  beginHealth,
  checkHealth,
  type Health,
  type HealthLook,
  type HealthState,
  stepHealth
} from '../../src/agent-server/health.ts'
import type { AgentServer, Probe } from '../../src/agent-server/probe.ts'
import type { Limits } from '../../src/limits.ts'
import { skippingClock } from '../support/clock.ts'
import { failureOf } from '../support/failure.ts'

const WANTED = '11111111-1111-4111-8111-aaaaaaaaaaaa'
const OTHER = '22222222-2222-4222-8222-222222222222'
const BEGIN = 1_700_000_000_000

const answered = (status: number, revisionId?: string): HealthLook => ({
  probe: { kind: 'answered', status },
  revisionId
})
const SILENT: HealthLook = { probe: { kind: 'unreachable', reason: 'no answer in time' }, revisionId: undefined }
const OK = answered(200)
const MISSING = answered(404)
const DOWN = answered(503)
const STALE = answered(200, OTHER)

/** Seconds since the beginning, and what was seen then. */
type Seen = readonly (readonly [number, HealthLook])[]

/** What follows from the last of the looks; it fails when an earlier one has ended the check. */
function follow(seen: Seen, isRequired = false): HealthState | Health {
  let state = beginHealth(BEGIN)
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

describe('one look', () => {
  test.each<[string, HealthLook, string]>([
    ['200', OK, 'answered 200'],
    ['204', answered(204), 'answered 204'],
    ['200 and our revision', answered(200, WANTED), 'answered 200'],
    ['200 and our revision in another case', answered(200, WANTED.toUpperCase()), 'answered 200'],
    ['401, which only a server that works says', answered(401), 'answered 401'],
    ['403, which only a server that works says', answered(403), 'answered 403']
  ])('shows that it serves: %s', (_, look, note) => {
    for (const isRequired of [true, false]) expect(follow([[0, look]], isRequired)).toEqual({ kind: 'serving', note })
  })

  test.each<[string, HealthLook, 'broken' | 'unclear', string]>([
    ['500', answered(500), 'broken', 'answered 500'],
    ['503', DOWN, 'broken', 'answered 503'],
    ['599', answered(599), 'broken', 'answered 599'],
    ['another revision', STALE, 'broken', `answered 200, but by /info it is still revision ${OTHER}`],
    ['404', MISSING, 'unclear', 'answered 404'],
    ['a redirect', answered(302), 'unclear', 'answered 302'],
    ['429', answered(429), 'unclear', 'answered 429'],
    ['400', answered(400), 'unclear', 'answered 400'],
    ['no answer', SILENT, 'unclear', 'could not be reached (no answer in time)']
  ])('shows that it does not serve, or not yet: %s', (_, look, kind, reason) => {
    const faulty = { kind, reason, forMs: 0 }
    const broken = kind === 'broken' ? faulty : undefined
    expect(follow([[0, look]])).toEqual({ since: BEGIN, last: { ...faulty, since: BEGIN }, broken })
  })
})

describe('a server', () => {
  test.each<[string, Seen, boolean, ReturnType<typeof kindOf>]>([
    [
      'that is broken for less than three minutes may still come up',
      [
        [0, DOWN],
        [179, DOWN]
      ],
      false,
      'going on'
    ],
    [
      'that is broken for three minutes is broken',
      [
        [0, DOWN],
        [180, DOWN]
      ],
      false,
      'broken'
    ],
    [
      'that is broken for three minutes is broken, also where it must serve',
      [
        [0, DOWN],
        [180, DOWN]
      ],
      true,
      'broken'
    ],
    [
      'that is another revision for less than three minutes may still change',
      [
        [0, STALE],
        [179, STALE]
      ],
      false,
      'going on'
    ],
    [
      'that is another revision for three minutes is broken',
      [
        [0, STALE],
        [180, STALE]
      ],
      false,
      'broken'
    ],
    [
      'that is silent for less than a minute may wake up',
      [
        [0, SILENT],
        [59, SILENT]
      ],
      false,
      'going on'
    ],
    [
      'that is silent for a minute is private, as far as can be told',
      [
        [0, SILENT],
        [60, SILENT]
      ],
      false,
      'unclear'
    ],
    [
      'that has no such path for a minute has another one',
      [
        [0, MISSING],
        [60, MISSING]
      ],
      false,
      'unclear'
    ],
    [
      'that is silent for a minute gets three where it must serve',
      [
        [0, SILENT],
        [179, SILENT]
      ],
      true,
      'going on'
    ],
    [
      'that is silent for three minutes where it must serve is unclear',
      [
        [0, SILENT],
        [180, SILENT]
      ],
      true,
      'unclear'
    ],
    [
      'that was broken once, and is silent for less than a minute since, may wake up',
      [
        [0, DOWN],
        [30, SILENT],
        [89, SILENT]
      ],
      false,
      'going on'
    ],
    [
      'that was broken once, and is silent for a minute since, is unclear',
      [
        [0, DOWN],
        [30, SILENT],
        [90, SILENT]
      ],
      false,
      'unclear'
    ],
    [
      'that was broken, and has no such path for a minute since, is unclear',
      [
        [0, DOWN],
        [170, MISSING],
        [230, MISSING]
      ],
      false,
      'unclear'
    ],
    [
      'that was broken, and has no such path three minutes later, has not had it for three minutes',
      [
        [0, DOWN],
        [180, MISSING]
      ],
      true,
      'going on'
    ],
    [
      'that was broken, and is silent three minutes later, is not broken on end',
      [
        [0, DOWN],
        [180, SILENT]
      ],
      false,
      'going on'
    ],
    [
      'that is broken again after a silence gets three minutes from there',
      [
        [0, DOWN],
        [90, SILENT],
        [150, DOWN],
        [329, DOWN]
      ],
      false,
      'going on'
    ],
    [
      'that is broken again after a silence is broken after three from there',
      [
        [0, DOWN],
        [90, SILENT],
        [150, DOWN],
        [330, DOWN]
      ],
      false,
      'broken'
    ],
    [
      'that is broken again after an answer of no meaning gets three minutes from there',
      [
        [0, DOWN],
        [175, MISSING],
        [179, DOWN],
        [358, DOWN]
      ],
      false,
      'going on'
    ],
    [
      'that is silent again after it was broken gets a minute from there',
      [
        [0, SILENT],
        [59, DOWN],
        [62, SILENT],
        [121, SILENT]
      ],
      false,
      'going on'
    ],
    [
      'that is silent, and has no such path by then, has no minute more',
      [
        [0, SILENT],
        [59, MISSING],
        [60, MISSING]
      ],
      false,
      'unclear'
    ],
    [
      'that was broken, and is another revision by then, has no three minutes more',
      [
        [0, DOWN],
        [170, STALE],
        [180, STALE]
      ],
      false,
      'broken'
    ],
    [
      'that is now this and now that for less than six minutes may still come up',
      [
        [0, DOWN],
        [100, SILENT],
        [150, DOWN],
        [250, SILENT],
        [300, DOWN],
        [359, DOWN]
      ],
      false,
      'going on'
    ],
    [
      'that is now this and now that for six minutes is unclear, also when it was broken last',
      [
        [0, DOWN],
        [100, SILENT],
        [150, DOWN],
        [250, SILENT],
        [300, DOWN],
        [360, DOWN]
      ],
      false,
      'unclear'
    ],
    [
      'that is now this and now that for six minutes is unclear when it was last',
      [
        [0, SILENT],
        [50, DOWN],
        [220, SILENT],
        [250, DOWN],
        [360, SILENT]
      ],
      true,
      'unclear'
    ],
    [
      'that broke in the last second of the minute gets three from there',
      [
        [0, SILENT],
        [60, DOWN],
        [239, DOWN]
      ],
      false,
      'going on'
    ],
    [
      'that broke in the last second of the minute is broken after three from there',
      [
        [0, SILENT],
        [60, DOWN],
        [240, DOWN]
      ],
      false,
      'broken'
    ],
    [
      'that broke late, where it must serve, gets three minutes from there',
      [
        [0, SILENT],
        [170, DOWN],
        [349, DOWN]
      ],
      true,
      'going on'
    ],
    [
      'that broke late, where it must serve, is broken after three from there',
      [
        [0, SILENT],
        [170, DOWN],
        [350, DOWN]
      ],
      true,
      'broken'
    ],
    [
      'that comes up in the last moment serves',
      [
        [0, DOWN],
        [179, DOWN],
        [181, OK]
      ],
      false,
      'serving'
    ],
    [
      'that comes up when the time has passed serves',
      [
        [0, DOWN],
        [500, OK]
      ],
      false,
      'serving'
    ],
    [
      'that wakes up in the last moment serves',
      [
        [0, SILENT],
        [59, SILENT],
        [61, answered(401)]
      ],
      false,
      'serving'
    ],
    [
      'that changes to our revision serves',
      [
        [0, STALE],
        [90, answered(200, WANTED)]
      ],
      false,
      'serving'
    ],
    [
      'that stops to name another revision serves',
      [
        [0, STALE],
        [90, OK]
      ],
      false,
      'serving'
    ]
  ])('%s', (_, seen, isRequired, kind) => {
    expect(kindOf(follow(seen, isRequired))).toBe(kind)
  })

  test('is told by what it said last, and for how long it has been nothing but that', () => {
    const broken: Seen = [
      [0, SILENT],
      [40, DOWN],
      [90, answered(500)],
      [225, STALE]
    ]
    expect(follow(broken)).toEqual({
      kind: 'broken',
      reason: `answered 200, but by /info it is still revision ${OTHER}`,
      forMs: 185_000
    })
    const unclear: Seen = [
      [0, DOWN],
      [10, SILENT],
      [75, MISSING]
    ]
    expect(follow(unclear)).toEqual({ kind: 'unclear', reason: 'answered 404', forMs: 65_000 })
  })

  test('is remembered as broken, also when it says something else since', () => {
    const seen: Seen = [
      [0, DOWN],
      [20, answered(500)],
      [30, SILENT],
      [40, MISSING]
    ]
    expect(follow(seen)).toEqual({
      since: BEGIN,
      last: { kind: 'unclear', reason: 'answered 404', forMs: 10_000, since: BEGIN + 30_000 },
      broken: { kind: 'broken', reason: 'answered 500', forMs: 20_000 }
    })
  })

  const fault = fc.constantFrom(DOWN, answered(500), STALE, MISSING, SILENT, answered(302))
  const faults = fc.array(fc.tuple(fc.nat({ max: 40 }), fault), { minLength: 1, maxLength: 30 }).map((looks) => {
    let seconds = 0
    return looks.map(([pause, look]) => {
      seconds += pause
      return [seconds, look] as const
    })
  })

  /** The end of the check, and when it came; nothing while it goes on. */
  const endOf = (seen: Seen, isRequired: boolean) => {
    let state = beginHealth(BEGIN)
    for (const [index, [seconds, look]] of seen.entries()) {
      const next = stepHealth(state, look, WANTED, isRequired, BEGIN + seconds * 1000)
      if ('kind' in next) return { end: next, seconds, looks: seen.slice(0, index + 1).map(([, each]) => each) }
      state = next
    }
    return undefined
  }
  const isBroken = (look: HealthLook) => look === STALE || (look.probe.kind === 'answered' && look.probe.status >= 500)

  /** The first look that may end it: told from all looks before it, and not step by step. */
  const dueOf = (seen: Seen, isRequired: boolean) =>
    seen.find(([seconds, look], index) => {
      const before = seen.slice(0, index + 1)
      const change = before.findLastIndex(([, other]) => isBroken(other) !== isBroken(look))
      const [since] = before[change + 1] ?? [seconds]
      return seconds - since >= (isBroken(look) || isRequired ? 180 : 60) || seconds >= 360
    })

  test('is never given up too early, nor ever waited for too long', () => {
    fc.assert(
      fc.property(faults, fc.boolean(), (seen, isRequired) => {
        expect(endOf(seen, isRequired)?.seconds).toBe(dueOf(seen, isRequired)?.[0])
      }),
      { numRuns: 1_000 }
    )
  })

  test('is what it was seen to be last, and had been for the time that is told', () => {
    fc.assert(
      fc.property(faults, fc.boolean(), (seen, isRequired) => {
        const ended = endOf([...seen, [9_999, SILENT]], isRequired)
        const looks = ended?.looks ?? []
        const broken = isBroken(looks.at(-1) ?? OK)
        const changed = looks.findLastIndex((look) => isBroken(look) !== broken)
        const [since = 9_999] = seen[changed + 1] ?? []
        const seconds = ended?.seconds ?? 0
        const isLong = seconds - since >= (broken || isRequired ? 180 : 60)
        // What was nothing for long enough in six minutes is only said to have been this and that.
        expect(ended?.end).toMatchObject(
          isLong
            ? { kind: broken ? 'broken' : 'unclear', forMs: (seconds - since) * 1_000 }
            : { kind: 'unclear', forMs: seconds * 1_000, reason: expect.stringMatching(/ now and again$/) }
        )
      }),
      { numRuns: 1_000 }
    )
  })

  test('may recover at any moment before', () => {
    const good = fc.constantFrom(OK, answered(204), answered(401), answered(403), answered(200, WANTED))
    fc.assert(
      fc.property(faults, good, fc.nat({ max: 10_000 }), fc.boolean(), (seen, look, later, isRequired) => {
        fc.pre(endOf(seen, isRequired) === undefined)
        const [last = 0] = seen.at(-1) ?? []
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
  const server: Pick<AgentServer, 'health' | 'revision'> = {
    health: async () => {
      asked.health += 1
      script.during?.(asked.health, clock)
      return probes[asked.health - 1] ?? probes.at(-1) ?? SILENT.probe
    },
    revision: async () => {
      asked.revision += 1
      return revisions[asked.revision - 1] ?? revisions.at(-1)
    }
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
    expect(await health).toEqual({ kind: 'serving', note: 'answered 200' })
    expect([clock.pauses, looks, asked]).toEqual([[], [], { health: 1, revision: 1 }])
  })

  test('waits until the server is up and is our revision', async () => {
    const { health, looks, asked } = check({
      probes: [SILENT.probe, DOWN.probe, OK.probe],
      revisions: [OTHER, OTHER, WANTED]
    })
    expect(await health).toEqual({ kind: 'serving', note: 'answered 200' })
    const stale = `answered 200, but by /info it is still revision ${OTHER}`
    expect(looks).toEqual(['could not be reached (no answer in time)', 'answered 503', stale, stale])
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
    const { health, asked } = check({ probes: [DOWN.probe], during: (_, clock) => clock.skip(90_000) })
    expect((await health).kind).toBe('broken')
    // Its time is counted from its first answer on.
    expect(asked.health).toBe(3)
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
    expect(looks).toEqual(Array.from({ length: nth - 1 }, () => 'answered 503'))
  })

  test('of a server that is now this and now that ends after six minutes', async () => {
    const probes = Array.from({ length: 200 }, (_, index) => (index % 3 === 0 ? SILENT.probe : DOWN.probe))
    const { health, clock } = check({ probes })
    expect(['broken', 'unclear']).toContain((await health).kind)
    expect(total(clock.pauses)).toBeGreaterThan(359_000)
    expect(total(clock.pauses)).toBeLessThan(371_000)
  })

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
