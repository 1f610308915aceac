/** Scheduled events, in the order of their time. */
export interface Agenda {
  /** Schedules `run` for `at` (epoch milliseconds), which `run` receives as its argument. */
  add(at: number, run: (at: number) => void): void
  /** Runs all events that are due at `now`, including events that they add. */
  advance(now: number): void
  /** Time of the next event, in epoch milliseconds; `undefined` if there is none. */
  next(): number | undefined
  clear(): void
}

/**
 * Events run on demand, not by timers: each call first runs `advance`, and each event sees its own scheduled time,
 * however late the call is. So timing is exact under load, and no timer keeps the process alive.
 */
export function createAgenda(): Agenda {
  const entries: { at: number; run: (at: number) => void }[] = []
  return {
    add(at, run) {
      const later = entries.findIndex((entry) => entry.at > at)
      entries.splice(later === -1 ? entries.length : later, 0, { at, run })
    },
    advance(now) {
      for (let next = entries[0]; next && next.at <= now; next = entries[0]) {
        entries.shift()
        next.run(next.at)
      }
    },
    next: () => entries[0]?.at,
    clear() {
      entries.length = 0
    }
  }
}
