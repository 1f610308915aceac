/** One request as it came in, and the status that it got. */
export interface JournalEntry {
  /** From 1 since the last reset. */
  readonly n: number
  readonly method: string
  /** As sent, with `/api-host` where it was there, without the query. */
  readonly path: string
  readonly query: Readonly<Record<string, string | readonly string[]>>
  readonly headers: Readonly<Record<string, string>>
  /** The parsed JSON, else null. */
  body: unknown
  /** Null while unanswered, and for good when the connection was cut. */
  status: number | null
  /** Epoch milliseconds. */
  readonly at: number
}

export interface Journal {
  add(entry: Omit<JournalEntry, 'n' | 'status' | 'body'>): JournalEntry
  entries(): readonly JournalEntry[]
  clear(): void
}

export function createJournal(): Journal {
  const entries: JournalEntry[] = []
  return {
    add(entry) {
      const { method, path, query, headers, at } = entry
      const added = { n: entries.length + 1, method, path, query, headers, body: null, status: null, at }
      entries.push(added)
      return added
    },
    entries: () => entries,
    clear() {
      entries.length = 0
    }
  }
}
