import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { CancelledError, DeadlineError, type Limits } from '../../src/run/limits.ts'
import { createHeartbeat, growingPauses, lookRepeatedly, pauseAfter, poll } from '../../src/run/poll.ts'

describe('pauseAfter', () => {
  test.each<[number, number | undefined, number]>([
    [0, undefined, 1_000],
    [20_000, undefined, 1_000],
    [60_000, undefined, 3_000],
    [200_000, undefined, 10_000],
    [3_600_000, undefined, 10_000],
    [3_600_000, 60_000, 60_000],
    [600_000, 60_000, 30_000],
    [600_000, 5_000, 5_000],
    [0, 5_000, 1_000]
  ])('for %d ms of waiting and a maximum of %s returns %d ms', (waited, longest, expected) => {
    expect(pauseAfter(waited, { longestMs: longest })).toBe(expected)
  })

  test('shortens a pause at random by up to a tenth, and never lengthens it', () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(fc.nat({ max: 1e8 }), fc.integer({ min: 1_000, max: 1e7 }), random, (waited, longest, value) => {
        const whole = pauseAfter(waited, { longestMs: longest })
        const pause = pauseAfter(waited, { longestMs: longest, random: value })
        expect(whole).toBeLessThanOrEqual(longest)
        expect(pause).toBeLessThanOrEqual(whole)
        expect(pause).toBeGreaterThanOrEqual(whole * 0.9)
      })
    )
    expect(pauseAfter(0, { random: 1 })).toBe(900)
  })
})

describe('growingPauses', () => {
  test.each<[number, number | undefined, readonly number[]]>([
    [0, undefined, []],
    [-5, undefined, []],
    [500, undefined, [500]],
    [10_000, undefined, [1_000, 2_000, 4_000, 3_000]],
    [90_000, undefined, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 29_000]],
    [120_000, 5_000, [5_000, 10_000, 20_000, 30_000, 30_000, 25_000]]
  ])('returns pauses for %d ms, starting with %s ms', (total, first, expected) => {
    expect(growingPauses(total, first)).toEqual(expected)
  })
})

/** Returns limits with a clock that only pauses move. */
function limitsFor(deadlineMs: number, { cancelAfter = Number.POSITIVE_INFINITY } = {}) {
  const cancellation = new AbortController()
  const pauses: number[] = []
  let now = 0
  const limits: Limits = {
    deadline: deadlineMs,
    cancelled: cancellation.signal,
    clock: {
      now: () => now,
      sleep: async (ms, signal) => {
        pauses.push(ms)
        now += ms
        if (pauses.length >= cancelAfter) cancellation.abort()
        signal?.throwIfAborted()
      }
    }
  }
  return { limits, pauses }
}

describe('poll', () => {
  test('calls the function at once, and does not pause after a value', async () => {
    const { limits, pauses } = limitsFor(1_000)
    expect(await poll(limits, { pauseMs: () => 100 }, async () => 'found')).toBe('found')
    expect(pauses).toEqual([])
  })

  test('pauses according to the time waited so far', async () => {
    const { limits, pauses } = limitsFor(1_000_000)
    let calls = 0
    const found = await poll(limits, { pauseMs: (waitedMs) => 1_000 + waitedMs }, async () => {
      calls += 1
      return calls === 4 ? calls : undefined
    })
    expect(found).toBe(4)
    expect(pauses).toEqual([1_000, 2_000, 4_000])
  })

  test('accepts false, zero and null as values', async () => {
    const { limits } = limitsFor(1_000)
    for (const value of [false, 0, null, '']) {
      expect(await poll(limits, { pauseMs: () => 100 }, async () => value)).toBe(value)
      expect(await lookRepeatedly(limits, [100], async () => value)).toBe(value)
    }
  })

  test('ends at the deadline, and never sleeps past it', async () => {
    const { limits, pauses } = limitsFor(2_500)
    await expect(poll(limits, { pauseMs: () => 1_000 }, async () => undefined)).rejects.toThrow(DeadlineError)
    expect(pauses).toEqual([1_000, 1_000, 500])
  })

  test('ends when the job is canceled', async () => {
    const { limits } = limitsFor(60_000, { cancelAfter: 2 })
    await expect(poll(limits, { pauseMs: () => 1_000 }, async () => undefined)).rejects.toThrow(CancelledError)
  })

  test('passes on an error of the function', async () => {
    const { limits } = limitsFor(60_000)
    const look = async () => {
      throw new Error('refused')
    }
    await expect(poll(limits, { pauseMs: () => 1_000 }, look)).rejects.toThrow('refused')
    await expect(lookRepeatedly(limits, [1_000], look)).rejects.toThrow('refused')
  })

  test('reports the wait a minute after the last report', async () => {
    const { limits } = limitsFor(600_000)
    const reports: number[] = []
    const heartbeat = createHeartbeat(limits.clock, (waitedMs) => reports.push(waitedMs / 1_000))
    let calls = 0
    await poll(limits, { pauseMs: () => 10_000, heartbeat }, async () => {
      calls += 1
      if (calls === 10) heartbeat.reset()
      return calls > 23 ? calls : undefined
    })
    expect(reports).toEqual([60, 150, 210])
  })
})

describe('lookRepeatedly', () => {
  test('makes one more call than there are pauses, and marks the last one', async () => {
    const { limits, pauses } = limitsFor(60_000)
    const last: boolean[] = []
    const found = await lookRepeatedly(limits, [1_000, 2_000], async (isLast) => {
      last.push(isLast)
      return undefined
    })
    expect(found).toBeUndefined()
    expect(last).toEqual([false, false, true])
    expect(pauses).toEqual([1_000, 2_000])
  })

  test('ends with the first value', async () => {
    const { limits, pauses } = limitsFor(60_000)
    let calls = 0
    const found = await lookRepeatedly(limits, [1_000, 2_000, 4_000], async () => {
      calls += 1
      return calls === 2 ? calls : undefined
    })
    expect(found).toBe(2)
    expect(pauses).toEqual([1_000])
  })
})
