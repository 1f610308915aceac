import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import {
  CancelledError,
  checkLimits,
  createDeadline,
  DeadlineError,
  delayedSignal,
  type Limits,
  pause,
  systemClock,
  withGrace
} from '../../src/run/limits.ts'
import { virtualClock } from '../deployment/samples.ts'

function limitsOf(deadlineMs: number) {
  const clock = virtualClock()
  const controller = new AbortController()
  const limits: Limits = { clock, cancelled: controller.signal, deadline: clock.now() + deadlineMs }
  return { limits, clock, cancel: () => controller.abort() }
}

describe('checkLimits', () => {
  test('throws at the deadline, but not before', async () => {
    const { limits, clock } = limitsOf(1_000)
    await clock.sleep(999)
    expect(() => checkLimits(limits)).not.toThrow()
    await clock.sleep(1)
    expect(() => checkLimits(limits)).toThrow(DeadlineError)
  })

  test('reports a cancellation even after the deadline', async () => {
    const { limits, clock, cancel } = limitsOf(1_000)
    await clock.sleep(2_000)
    cancel()
    expect(() => checkLimits(limits)).toThrow(CancelledError)
  })
})

describe('the deadline of a run', () => {
  test('moves for all code that uses it', async () => {
    const { limits: first, clock } = limitsOf(1_000)
    const deadline = createDeadline(first)
    const limits: Limits = deadline
    deadline.extend(500)
    await pause(limits, 1_200)
    expect(clock.passed()).toBe(1_200)
    await clock.sleep(5_000)
    deadline.restart(2_000)
    expect(limits.deadline).toBe(clock.now() + 2_000)
  })

  test.each<[string, () => Promise<unknown>]>([
    ['succeeds', async () => 1],
    ['fails', async () => Promise.reject(new Error('no'))]
  ])('moves back after graced work that %s, but keeps other extensions', async (_, work) => {
    const deadline = createDeadline(limitsOf(1_000).limits)
    const before = deadline.deadline
    const graced = withGrace(deadline, 10_000, async () => {
      expect(deadline.deadline).toBe(before + 10_000)
      deadline.extend(300)
      return work()
    })
    await graced.catch(() => {})
    expect(deadline.deadline).toBe(before + 300)
  })
})

describe('a pause', () => {
  test('lasts as long as requested', async () => {
    const { limits, clock } = limitsOf(10_000)
    await pause(limits, 4_000)
    expect(clock.passed()).toBe(4_000)
  })

  test.each([10_000, 10_001, 1e9])('of %d ms throws at the deadline in 10 s', async (ms) => {
    const { limits, clock } = limitsOf(10_000)
    await expect(pause(limits, ms)).rejects.toThrow(DeadlineError)
    expect(clock.passed()).toBe(10_000)
  })

  test('does not start after the deadline', async () => {
    const { limits, clock } = limitsOf(0)
    await expect(pause(limits, 1)).rejects.toThrow(DeadlineError)
    expect(clock.passed()).toBe(0)
  })

  test('does not start after the cancellation of the job', async () => {
    const { limits, clock, cancel } = limitsOf(10_000)
    cancel()
    await expect(pause(limits, 1)).rejects.toThrow(CancelledError)
    expect(clock.passed()).toBe(0)
  })

  test('ends at once when the job is canceled', async () => {
    const { limits, clock, cancel } = limitsOf(10_000)
    clock.at(1_234, cancel)
    await expect(pause(limits, 5_000)).rejects.toThrow(CancelledError)
    expect(clock.passed()).toBe(1_234)
  })

  test('passes on an error of the clock', async () => {
    const { limits } = limitsOf(10_000)
    const clock = { ...limits.clock, sleep: () => Promise.reject(new TypeError('no such clock')) }
    await expect(pause({ ...limits, clock }, 5_000)).rejects.toThrow(TypeError)
  })
})

describe('the system clock', () => {
  test('returns the current time', () => {
    const before = Date.now()
    expect(systemClock.now()).toBeGreaterThanOrEqual(before)
    expect(systemClock.now()).toBeLessThanOrEqual(Date.now())
  })

  test('does not jump with the system time, neither forward nor back', async () => {
    const wall = jest.spyOn(Date, 'now')
    for (const jump of [200_000, -200_000]) {
      const before = systemClock.now()
      wall.mockReturnValue(before + jump)
      expect(systemClock.now() - before).toBeLessThan(100)
      expect(systemClock.now()).toBeGreaterThanOrEqual(before)
    }
    wall.mockRestore()
  })

  test('sleeps with or without a signal', async () => {
    await expect(systemClock.sleep(1)).resolves.toBeUndefined()
    await expect(systemClock.sleep(1, new AbortController().signal)).resolves.toBeUndefined()
  })

  test('stops sleeping at once when the signal is aborted', async () => {
    const controller = new AbortController()
    const sleeping = systemClock.sleep(3_600_000, controller.signal)
    controller.abort()
    await expect(sleeping).rejects.toThrow(/abort/i)
  })
})

describe('a delayed signal', () => {
  beforeEach(() => {
    jest.useFakeTimers()
  })
  afterEach(() => {
    jest.useRealTimers()
  })

  test('follows the first signal after the grace period', () => {
    const controller = new AbortController()
    const { signal } = delayedSignal(controller.signal, 1_500)
    jest.advanceTimersByTime(10_000)
    expect(signal.aborted).toBe(false)
    controller.abort()
    jest.advanceTimersByTime(1_499)
    expect(signal.aborted).toBe(false)
    jest.advanceTimersByTime(1)
    expect(signal.aborted).toBe(true)
  })

  test('follows a signal that was already aborted', () => {
    const { signal } = delayedSignal(AbortSignal.abort(), 1_500)
    expect(signal.aborted).toBe(false)
    jest.advanceTimersByTime(1_500)
    expect(signal.aborted).toBe(true)
  })

  test('that is released no longer follows, and has no timer', () => {
    const early = new AbortController()
    const first = delayedSignal(early.signal, 1_500)
    first.release()
    early.abort()
    const late = new AbortController()
    const second = delayedSignal(late.signal, 1_500)
    late.abort()
    second.release()
    expect(jest.getTimerCount()).toBe(0)
    jest.advanceTimersByTime(10_000)
    expect([first.signal.aborted, second.signal.aborted]).toEqual([false, false])
  })
})
