/** An entry in the format of `GET /_emulator/requests`. */
export interface JournalEntry extends Omit<KeptRequest, 'text'> {
  /** The parsed JSON; null if there is none, or if it is too long to store. */
  readonly body: unknown
}

/** One request as received, with the status of its response. */
export interface KeptRequest {
  /** From 1 since the last reset. */
  readonly n: number
  readonly method: string
  /** As sent, including `/api-host` if present, without the query. */
  readonly path: string
  readonly query: Readonly<Record<string, string | readonly string[]>>
  readonly headers: Readonly<Record<string, string>>
  /** Size of the body in bytes. */
  size: number
  /** Its JSON as received; null if it is not JSON, or too long to store. */
  text: string | null
  /** Null before the response, and permanently if the connection was cut. */
  status: number | null
  /** Epoch milliseconds. */
  readonly at: number
}

export interface Journal {
  add(entry: Pick<KeptRequest, 'method' | 'path' | 'query' | 'headers' | 'at'>): KeptRequest
  /** Adds a received body. @param text its JSON, if it is JSON */
  addBody(entry: KeptRequest, size: number, text: string | null): void
  entries(): readonly KeptRequest[]
  clear(): void
}

/** Maximum bytes of a stored body. */
const LONGEST_BODY = 262_144
/** Maximum bytes of all entries together, headers and bodies. */
const MOST_BYTES = 64 * 2 ** 20

const MOST_ENTRIES = 10_000

/** @param most maximum number of entries; the oldest are dropped */
export function createJournal(most = MOST_ENTRIES): Journal {
  let entries: KeptRequest[] = []
  let count = 0
  let bytes = 0
  const weight = ({ text, size, path, headers }: KeptRequest) =>
    (text === null ? 0 : size) + path.length + Object.entries(headers).flat().join('').length
  function dropOldest(): void {
    const [oldest] = entries.splice(0, 1)
    if (oldest) bytes -= weight(oldest)
  }
  function dropSurplus(): void {
    while (entries.length > most || bytes > MOST_BYTES) dropOldest()
  }
  return {
    add({ method, path, query, headers, at }) {
      count++
      const added = { n: count, method, path, query, headers, size: 0, text: null, status: null, at }
      entries.push(added)
      bytes += weight(added)
      dropSurplus()
      return added
    },
    addBody(entry, size, text) {
      entry.size = size
      if (text === null || size > LONGEST_BODY) return
      entry.text = text
      // A dropped entry belongs to no journal.
      if (entries.lastIndexOf(entry) === -1) return
      bytes += size
      dropSurplus()
    },
    entries: () => entries,
    clear() {
      // Creates a new list, because a reader may hold the old one.
      entries = []
      count = 0
      bytes = 0
    }
  }
}

/** A request as the JSON text of a `JournalEntry`. */
export function showEntry({ text, ...entry }: KeptRequest): string {
  return `${JSON.stringify(entry).slice(0, -1)},"body":${text ?? 'null'}}`
}
