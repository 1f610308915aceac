import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Clock } from '../src/run/limits.ts'

/**
 * Time that passes only while nothing else can happen: when the action sleeps, or when its requests are held by the
 * server. Then it jumps to the next thing that is due. So an hour takes milliseconds, and a request that is never
 * answered takes its own time-out and no more.
 */
export interface VirtualTime {
  now(): number
  /** A clock for one process. After `stop`, nothing that it was asked for ever comes to pass: the process is gone. */
  clock(): Clock & { stop(): void }
  /** Something that happens at a moment, once time comes to it. Calling the answer takes it back. */
  at(moment: number, run: () => unknown): () => void
  /** Resolves so many milliseconds later. */
  pass(ms: number): Promise<void>
  /** Holds a request at the server for so many milliseconds (Infinity: for ever), while time may pass. */
  hold(method: string, path: string, ms: number): Promise<void>
  /** Whoever made the requests that are open is gone: nobody waits for them, and their time-outs never come. */
  forget(): void
  /** Resolves when nothing happens any more that takes no time. */
  settled(): Promise<void>
  /** Lets time pass while the promise is open. @throws when it takes longer than `realMs` of real time */
  run<T>(work: Promise<T>, realMs: number): Promise<T>
}

export class HangError extends Error {
  override readonly name = 'HangError'
}

interface Due {
  readonly at: number
  readonly order: number
  readonly run: () => unknown
  /** Time passes for the sake of what is awaited; events and limits of requests only come along. */
  readonly kind: 'awaited' | 'event' | 'limit'
}

/** Rounds of the event loop without anything to do, after which nothing more is to come. */
const QUIET_ROUNDS = 4
/** Where a request was begun and its end was never told, time goes on after so many real milliseconds all the same. */
const STUCK_MS = 1_500
/** Shorter timers are those of the HTTP client and server themselves. */
const SHORTEST_VIRTUAL_TIMEOUT_MS = 1_000

/** 2026-03-01, a Sunday; any other moment would do. */
const BEGINNING = Date.UTC(2026, 2, 1, 12)

/**
 * Time for one seed. Until `dispose` is called, everything in this thread goes by it: `Date.now`, `performance.now`,
 * `AbortSignal.timeout`, and timers of a second and more.
 *
 * @param random takes the place of `Math.random`
 */
export function createTime(random: () => number): VirtualTime & { dispose(): void } {
  let now = BEGINNING
  let count = 0
  let dues: Due[] = []
  const begun = new Map<object, { readonly key: string; held: boolean }>()

  const add = (at: number, run: () => unknown, kind: Due['kind']) => {
    count += 1
    const due: Due = { at: Math.max(at, now), order: count, run, kind }
    const place = dues.findIndex((other) => other.at > due.at)
    dues.splice(place === -1 ? dues.length : place, 0, due)
    return () => {
      dues = dues.filter((other) => other !== due)
    }
  }
  const isBusy = () => [...begun.values()].some(({ held }) => !held)
  const isWaited = () => begun.size > 0 || dues.some(({ kind }) => kind === 'awaited')

  /** Goes to the next thing that is due, and does it. */
  const step = async () => {
    const due = dues.shift()
    if (!due) return
    now = Math.max(now, due.at)
    await due.run()
  }

  const restore = replaceGlobals({
    now: () => now,
    timer: (ms, run) => add(now + ms, run, 'limit'),
    random
  })
  const stopCounting = countRequests(begun)

  const quiet = async (realMs: number) => {
    const since = realNow()
    for (let rounds = 0; rounds < QUIET_ROUNDS; rounds += 1) {
      await immediate()
      if (isBusy() && realNow() - since < realMs) rounds = -1
    }
  }

  return {
    now: () => now,
    at: (moment, run) => add(moment, run, 'event'),
    pass: (ms) => new Promise((resolve) => add(now + ms, () => resolve(), 'awaited')),
    forget: () => {
      begun.clear()
      dues = dues.filter(({ kind }) => kind !== 'limit')
    },
    clock: () => {
      let stopped = false
      const sleeping = new Set<() => void>()
      return {
        now: () => now,
        sleep: (ms, signal) =>
          new Promise((resolve, reject) => {
            if (stopped) return
            if (signal?.aborted) return reject(signal.reason)
            const forget = add(
              now + Math.max(0, ms),
              () => {
                sleeping.delete(forget)
                signal?.removeEventListener('abort', abort)
                resolve()
              },
              'awaited'
            )
            sleeping.add(forget)
            const abort = () => {
              forget()
              if (sleeping.delete(forget)) reject(signal?.reason)
            }
            signal?.addEventListener('abort', abort, { once: true })
          }),
        stop: () => {
          stopped = true
          for (const forget of sleeping) forget()
          sleeping.clear()
        }
      }
    },
    hold: (method, path, ms) => {
      const entry = [...begun.values()].find(({ key, held }) => !held && key === `${method} ${path}`)
      if (entry) entry.held = true
      return new Promise((resolve) => {
        if (ms === Number.POSITIVE_INFINITY) return
        add(
          now + ms,
          () => {
            if (entry) entry.held = false
            resolve()
          },
          'awaited'
        )
      })
    },
    settled: () => quiet(STUCK_MS),
    run: async (work, realMs) => {
      const since = realNow()
      let open = true
      const done = work.finally(() => {
        open = false
      })
      done.catch(() => {})
      while (open) {
        await quiet(STUCK_MS)
        if (open && realNow() - since > realMs) throw new HangError(`not over after ${realMs / 1000} s of real time`)
        if (open && isWaited()) await step()
      }
      return done
    },
    dispose: () => {
      restore()
      stopCounting()
      dues = []
    }
  }
}

/** Milliseconds of real time, whatever the time of the seed. */
export const realNow = performance.now.bind(performance)

function immediate(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Keeps the requests that were begun and have not ended, as undici tells of them. */
function countRequests(begun: Map<object, { readonly key: string; held: boolean }>): () => void {
  const requestOf = (message: unknown) => (message as { request: { method: string; path: string } }).request
  const onCreate = (message: unknown) => {
    const request = requestOf(message)
    begun.set(request, { key: `${request.method} ${request.path}`, held: false })
  }
  const onEnd = (message: unknown) => {
    begun.delete(requestOf(message))
  }
  const listeners = [
    ['undici:request:create', onCreate],
    ['undici:request:trailers', onEnd],
    ['undici:request:error', onEnd]
  ] as const
  for (const [name, listener] of listeners) subscribe(name, listener)
  return () => {
    for (const [name, listener] of listeners) unsubscribe(name, listener)
  }
}

interface Source {
  readonly now: () => number
  readonly timer: (ms: number, run: () => void) => () => void
  readonly random: () => number
}

/** Lets this thread go by another time. @returns what undoes it */
function replaceGlobals({ now, timer, random }: Source): () => void {
  const usual = {
    dateNow: Date.now,
    random: Math.random,
    timeout: AbortSignal.timeout,
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout
  }
  const virtual = new WeakMap<object, () => void>()
  Date.now = now
  Math.random = random
  Object.defineProperty(performance, 'now', { configurable: true, writable: true, value: () => now() - BEGINNING })
  AbortSignal.timeout = (ms) => {
    const controller = new AbortController()
    timer(ms, () => controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')))
    return controller.signal
  }
  const later = (run: (...values: unknown[]) => void, ms = 0, ...values: unknown[]) => {
    if (ms < SHORTEST_VIRTUAL_TIMEOUT_MS) return usual.setTimeout(run, ms, ...values)
    const forget = timer(ms, () => run(...values))
    const handle = { ref: () => handle, unref: () => handle, hasRef: () => false, refresh: () => handle, close: forget }
    virtual.set(handle, forget)
    return handle
  }
  globalThis.setTimeout = later as typeof globalThis.setTimeout
  globalThis.clearTimeout = (handle) => {
    const forget = typeof handle === 'object' ? virtual.get(handle) : undefined
    if (forget) forget()
    else usual.clearTimeout(handle)
  }
  return () => {
    Date.now = usual.dateNow
    Math.random = usual.random
    Object.defineProperty(performance, 'now', { configurable: true, writable: true, value: realNow })
    AbortSignal.timeout = usual.timeout
    globalThis.setTimeout = usual.setTimeout
    globalThis.clearTimeout = usual.clearTimeout
  }
}
