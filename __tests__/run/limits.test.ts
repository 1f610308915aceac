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

describe('the limits of a run', () => {
  test('let it go on before the deadline and end it there', async () => {
    const { limits, clock } = limitsOf(1_000)
    await clock.sleep(999)
    expect(() => checkLimits(limits)).not.toThrow()
    await clock.sleep(1)
    expect(() => checkLimits(limits)).toThrow(DeadlineError)
  })

  test('say that it was cancelled, also when the deadline has passed', async () => {
    const { limits, clock, cancel } = limitsOf(1_000)
    await clock.sleep(2_000)
    cancel()
    expect(() => checkLimits(limits)).toThrow(CancelledError)
  })
})

describe('the deadline of a run', () => {
  test('moves for everybody who waits by it', async () => {
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
    ['ends well', async () => 1],
    ['fails', async () => Promise.reject(new Error('no'))]
  ])('is as before after a grace whose work %s, but for what moved it meanwhile', async (_, work) => {
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
  test('takes its time', async () => {
    const { limits, clock } = limitsOf(10_000)
    await pause(limits, 4_000)
    expect(clock.passed()).toBe(4_000)
  })

  test.each([10_000, 10_001, 1e9])('of %d ms ends at the deadline in 10 s, with an error', async (ms) => {
    const { limits, clock } = limitsOf(10_000)
    await expect(pause(limits, ms)).rejects.toThrow(DeadlineError)
    expect(clock.passed()).toBe(10_000)
  })

  test('is not begun after the deadline', async () => {
    const { limits, clock } = limitsOf(0)
    await expect(pause(limits, 1)).rejects.toThrow(DeadlineError)
    expect(clock.passed()).toBe(0)
  })

  test('is not begun when the job is cancelled', async () => {
    const { limits, clock, cancel } = limitsOf(10_000)
    cancel()
    await expect(pause(limits, 1)).rejects.toThrow(CancelledError)
    expect(clock.passed()).toBe(0)
  })

  test('ends at once when the job is cancelled meanwhile', async () => {
    const { limits, clock, cancel } = limitsOf(10_000)
    clock.at(1_234, cancel)
    await expect(pause(limits, 5_000)).rejects.toThrow(CancelledError)
    expect(clock.passed()).toBe(1_234)
  })

  test('passes on what is wrong with the clock', async () => {
    const { limits } = limitsOf(10_000)
    const clock = { ...limits.clock, sleep: () => Promise.reject(new TypeError('no such clock')) }
    await expect(pause({ ...limits, clock }, 5_000)).rejects.toThrow(TypeError)
  })
})

describe('the clock of the system', () => {
  test('tells the time', () => {
    const before = Date.now()
    expect(systemClock.now()).toBeGreaterThanOrEqual(before)
    expect(systemClock.now()).toBeLessThanOrEqual(Date.now())
  })

  test('does not jump with the wall clock, neither on nor back', async () => {
    const wall = jest.spyOn(Date, 'now')
    for (const jump of [200_000, -200_000]) {
      const before = systemClock.now()
      wall.mockReturnValue(before + jump)
      expect(systemClock.now() - before).toBeLessThan(100)
      expect(systemClock.now()).toBeGreaterThanOrEqual(before)
    }
    wall.mockRestore()
  })

  test('sleeps with a signal and without', async () => {
    await expect(systemClock.sleep(1)).resolves.toBeUndefined()
    await expect(systemClock.sleep(1, new AbortController().signal)).resolves.toBeUndefined()
  })

  test('wakes up at once when the signal is aborted', async () => {
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

  test('follows the first one after the grace', () => {
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

  test('follows one that was aborted before', () => {
    const { signal } = delayedSignal(AbortSignal.abort(), 1_500)
    expect(signal.aborted).toBe(false)
    jest.advanceTimersByTime(1_500)
    expect(signal.aborted).toBe(true)
  })

  test('that is released follows no more, and leaves no timer', () => {
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
