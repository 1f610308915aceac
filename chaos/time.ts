import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Clock } from '../src/run/limits.ts'

/**
 * Virtual time that advances only when nothing else can happen: while the action sleeps, or while the server holds its
 * requests. It then jumps to the next event. So an hour takes milliseconds, and a request without a response takes only
 * its own timeout.
 */
export interface VirtualTime {
  now(): number
  /** A clock for one process. After `stop`, none of its pending calls resolves, because the process is gone. */
  clock(): Clock & { stop(): void }
  /** Schedules a function. Call the returned function to cancel it. */
  at(moment: number, run: () => unknown): () => void
  /** Resolves after a number of milliseconds. */
  pass(ms: number): Promise<void>
  /** Holds a request at the server for a number of milliseconds (Infinity: forever), while time may advance. */
  hold(method: string, path: string, ms: number): Promise<void>
  /** Drops the open requests of a process that is gone; their timeouts no longer occur. */
  forget(): void
  /** Resolves when all work that takes no time is done. */
  settled(): Promise<void>
  /** Advances time while the promise is pending. @throws Error after more than `realMs` of real time */
  run<T>(work: Promise<T>, realMs: number): Promise<T>
}

export class HangError extends Error {
  override readonly name = 'HangError'
}

interface Due {
  readonly at: number
  readonly order: number
  readonly run: () => unknown
  /** Time advances only for `awaited` entries; events and request limits happen on the way. */
  readonly kind: 'awaited' | 'event' | 'limit'
}

/** Number of idle rounds of the event loop after which no more work is expected. */
const QUIET_ROUNDS = 4
/** Real milliseconds after which time advances although a started request has not reported its end. */
const STUCK_MS = 1_500
/** Shorter timers belong to the HTTP client and server themselves. */
const SHORTEST_VIRTUAL_TIMEOUT_MS = 1_000

/** 2026-03-01, a Sunday; an arbitrary start. */
const BEGINNING = Date.UTC(2026, 2, 1, 12)

/**
 * Installs the time of one seed. Until `dispose` is called, it controls everything in this thread: `Date.now`,
 * `performance.now`, `AbortSignal.timeout`, and timers of one second or more.
 *
 * @param random replaces `Math.random`
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

  /** Advances to the next event, and runs it. */
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
        if (open && realNow() - since > realMs)
          throw new HangError(`did not end within ${realMs / 1000} s of real time`)
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

/** Real time in milliseconds, independent of the virtual time. */
export const realNow = performance.now.bind(performance)

function immediate(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Tracks the pending requests, through undici's diagnostics. */
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

/** Replaces the time of this thread. @returns a function that restores it */
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
