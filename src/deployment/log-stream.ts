import type { LogEntry, LogKind, LogPage, ReadLogs } from '../control-plane/logs.ts'
import type { Revision } from '../control-plane/resources.ts'
import { CancelledError, type Clock, DeadlineError } from '../limits.ts'
import { errorMessage } from '../run/error-message.ts'
import { kindOf } from './sources/kinds.ts'

/** Whoever shows log lines, and what went wrong with them. */
export interface LogSink {
  log(kind: LogKind, entries: readonly LogEntry[]): void
  note(text: string): void
  warn(text: string): void
}

/** Lines a page; the API gives at most 1,000. */
export const PAGE = 1_000
/** Pages that are still read after the revision has ended: enough for 100,000 lines. */
const MOST_PAGES_AT_END = 100
/** For how long they are read: whether the revision serves is not known yet, and the timeout goes on. */
const MOST_MS_AT_END = 20_000
/** Lines that are kept of a log that is shown, to find the cause of a failure in. */
const MOST_KEPT = 5_000
/** Characters of a log in which the cause of a failure is looked for. */
export const MOST_CHARACTERS_OF_SEARCH = 8_000_000
/** Failures in a row after which the logs are let be; the verdict does not depend on them. */
const MOST_FAILURES = 3

/**
 * Reads one log from its beginning, never a line twice and none left out. A null cursor says that there is nothing newer
 * yet, so the page before is asked for again; what was seen of it is known by its IDs, or by its count.
 */
export function createLogReader(read: (offset: string | undefined) => Promise<LogPage>) {
  let offset: string | undefined
  let seen = new Set<string>()
  let seenInPage = 0
  return {
    /** The lines that came since the last call, from one request; `more` when another page waits already. */
    next: async (): Promise<{ readonly entries: readonly LogEntry[]; readonly more: boolean }> => {
      const page = await read(offset)
      const entries = page.entries.filter(({ id }, index) => (id === undefined ? index >= seenInPage : !seen.has(id)))
      for (const { id } of entries) if (id !== undefined) seen.add(id)
      seenInPage = Math.max(seenInPage, page.entries.length)
      const more = page.next !== undefined && page.next !== offset
      if (more) {
        offset = page.next
        seenInPage = 0
        // A cursor can begin with the last lines of the page before, so these stay known; older ones do not come again.
        seen = new Set(page.entries.flatMap(({ id }) => id ?? []))
      }
      return { entries, more: more && page.entries.length > 0 }
    }
  }
}

const BUILDING = new Set(['CREATING', 'QUEUED', 'AWAITING_BUILD', 'BUILDING'])
/** Before these there is nothing to read. */
const HAS_LOG = new Set([
  'BUILDING',
  'AWAITING_DEPLOY',
  'DEPLOYING',
  'DEPLOYED',
  'BUILD_FAILED',
  'DEPLOY_FAILED',
  'INTERRUPTED'
])

/**
 * Shows the build log and then the deploy log of a revision while it goes on: one request a look at the status, and
 * the rest at the end. Failing to read a log is a warning and nothing more.
 */
export function createLogStream(readLogs: ReadLogs, sink: LogSink, deploymentId: string, clock: Pick<Clock, 'now'>) {
  let revisionId: string | undefined
  let kinds: readonly LogKind[] = []
  let current = 0
  let readers = new Map<LogKind, ReturnType<typeof createLogReader>>()
  let ends = new Map<LogKind, LogEntry[]>()
  let failures = 0

  const begin = (revision: Revision) => {
    revisionId = revision.id
    kinds = kindOf(revision.source).logs
    current = 0
    readers = new Map()
    ends = new Map()
  }

  const keep = (kind: LogKind, entries: readonly LogEntry[]) => {
    ends.set(kind, lastOf([...(ends.get(kind) ?? []), ...entries].slice(-MOST_KEPT)))
  }

  const readerOf = (id: string, kind: LogKind) => {
    const known = readers.get(kind)
    if (known) return known
    const made = createLogReader((offset) => readLogs(deploymentId, id, { kind, order: 'asc', limit: PAGE, offset }))
    readers.set(kind, made)
    return made
  }

  /** One request. `more`: another page waits already; `failed`: the lines are still there to be read. */
  const readSome = async (kind: LogKind): Promise<'more' | 'done' | 'failed'> => {
    if (!revisionId || failures >= MOST_FAILURES) return 'done'
    try {
      const { entries, more } = await readerOf(revisionId, kind).next()
      failures = 0
      if (entries.length > 0) {
        sink.log(kind, entries)
        keep(kind, entries)
      }
      return more ? 'more' : 'done'
    } catch (error) {
      // The run ends, and says so itself.
      if (error instanceof CancelledError || error instanceof DeadlineError) return 'done'
      failures += 1
      if (failures < MOST_FAILURES) return 'failed'
      const reason = errorMessage(error)
      sink.warn(`The logs could not be read (${reason}); going on without them.`)
      return 'done'
    }
  }

  return {
    /** To be called after each look at the revision. */
    look: async (revision: Revision): Promise<void> => {
      if (revision.id !== revisionId) begin(revision)
      const kind = kinds[current]
      if (!kind || !HAS_LOG.has(revision.status)) return
      const outcome = await readSome(kind)
      if (outcome === 'done' && kind === 'build' && !BUILDING.has(revision.status)) current += 1
    },
    /** What is left of the logs once the revision has ended; of the build log too, whose last lines can come late. */
    finish: async (): Promise<void> => {
      const until = clock.now() + MOST_MS_AT_END
      for (const kind of kinds) {
        let outcome: Awaited<ReturnType<typeof readSome>> = 'more'
        for (let page = 0; page < MOST_PAGES_AT_END && outcome !== 'done' && clock.now() < until; page += 1) {
          outcome = await readSome(kind)
        }
        if (outcome !== 'done') ends.delete(kind)
        if (outcome === 'more') sink.note(tooLong(kind))
      }
      if (failures > 0) ends.clear()
    },
    /** The end of what was shown, once it is finished; nothing when the log was not read to its end. */
    end: (id: string, kind: LogKind): readonly LogEntry[] => (id === revisionId ? (ends.get(kind) ?? []) : [])
  }
}

function tooLong(kind: LogKind): string {
  return `The ${kind} log may go on: reading it stopped, since the revision has ended. Read on at the page of the revision in LangSmith.`
}

/** The last entries, of which there are not more characters than are searched. */
function lastOf(entries: readonly LogEntry[]): LogEntry[] {
  let left = MOST_CHARACTERS_OF_SEARCH
  const first = entries.findLastIndex(({ message }) => {
    left -= message.length
    return left < 0
  })
  return entries.slice(first + 1)
}
