/** An entry as `GET /_emulator/requests` shows it. */
export interface JournalEntry extends Omit<KeptRequest, 'text'> {
  /** The parsed JSON; null where there is none, or where it is too long to be kept. */
  readonly body: unknown
}

/** One request as it came in, and the status that it got. */
export interface KeptRequest {
  /** From 1 since the last reset. */
  readonly n: number
  readonly method: string
  /** As sent, with `/api-host` where it was there, without the query. */
  readonly path: string
  readonly query: Readonly<Record<string, string | readonly string[]>>
  readonly headers: Readonly<Record<string, string>>
  /** Bytes of the body. */
  size: number
  /** Its JSON as it came in; null where it is none, or too long to be kept. */
  text: string | null
  /** Null while unanswered, and for good when the connection was cut. */
  status: number | null
  /** Epoch milliseconds. */
  readonly at: number
}

export interface Journal {
  add(entry: Pick<KeptRequest, 'method' | 'path' | 'query' | 'headers' | 'at'>): KeptRequest
  /** Adds what came in with a request. @param text its JSON, if it is some */
  addBody(entry: KeptRequest, size: number, text: string | null): void
  entries(): readonly KeptRequest[]
  clear(): void
}

/** Bytes of a body that is kept. */
const LONGEST_BODY = 262_144
/** Bytes that all entries may have together, headers and bodies. */
const MOST_BYTES = 64 * 2 ** 20

const MOST_ENTRIES = 10_000

/** @param most entries that are kept; the oldest are dropped */
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
      // One that was dropped meanwhile is nobody's any more.
      if (entries.lastIndexOf(entry) === -1) return
      bytes += size
      dropSurplus()
    },
    entries: () => entries,
    clear() {
      // Another list, for somebody may be reading the old one.
      entries = []
      count = 0
      bytes = 0
    }
  }
}

/** A request as a JSON text of `JournalEntry`. */
export function showEntry({ text, ...entry }: KeptRequest): string {
  return `${JSON.stringify(entry).slice(0, -1)},"body":${text ?? 'null'}}`
}
