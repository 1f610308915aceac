/** Things that will happen, in the order of their time. */
export interface Agenda {
  /** Lets `run` happen at `at` (epoch milliseconds); it is told that moment. */
  add(at: number, run: (at: number) => void): void
  /** Lets everything happen that is due at `now`, also what is added meanwhile. */
  advance(now: number): void
  /** When the next thing will happen, in epoch milliseconds; undefined where nothing will. */
  next(): number | undefined
  clear(): void
}

/**
 * Time is played when somebody looks, not by timers: whoever calls first runs `advance`, and each thing happens at its
 * own moment, however late that call is. So lives are exact under load and nothing keeps the process alive.
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
