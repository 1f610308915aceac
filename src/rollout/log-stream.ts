import type { LogEntry, LogPage, ReadLogs } from '../control-plane/logs.ts'
import type { Revision } from '../control-plane/resources.ts'
import { kindOf } from '../deployment/sources/kinds.ts'
import type { RunLog } from '../report/log.ts'
import { errorMessage } from '../run/error-message.ts'
import { type Clock, endsRun } from '../run/limits.ts'
import type { LogKind } from '../run/record.ts'

/** Lines per page; the API returns at most 1,000. */
export const PAGE = 1_000
/** The most pages to read after the revision ends: enough for 100,000 lines. */
const MOST_PAGES_AT_END = 100
/** The longest time to read these pages, in milliseconds: the health check follows within the same timeout. */
const MOST_MS_AT_END = 20_000
/** Lines of a shown log to keep for the search for the cause of a failure. */
const MOST_KEPT = 5_000
/** Characters of a log to search for the cause of a failure. */
export const MOST_CHARACTERS_OF_SEARCH = 8_000_000
/** Consecutive failures after which the logs are no longer read. The verdict does not depend on them. */
const MOST_FAILURES = 3

/**
 * Creates a reader of one log, which returns each line once, from the beginning. If the cursor is null, nothing is
 * newer: the next call requests the same page and skips known lines by their IDs, or by their position without IDs.
 */
export function createLogReader(read: (offset: string | undefined) => Promise<LogPage>) {
  let offset: string | undefined
  let seen = new Set<string>()
  let seenInPage = 0
  /** Sends one request for the lines since the last call. `more`: another page is available. */
  return async (): Promise<{ readonly entries: readonly LogEntry[]; readonly more: boolean }> => {
    const page = await read(offset)
    const entries = page.entries.filter(({ id }, index) => (id === undefined ? index >= seenInPage : !seen.has(id)))
    for (const { id } of entries) if (id !== undefined) seen.add(id)
    seenInPage = Math.max(seenInPage, page.entries.length)
    const more = page.next !== undefined && page.next !== offset
    if (more) {
      offset = page.next
      seenInPage = 0
      // A page can repeat the last lines of the previous page, so their IDs are kept. Older lines do not return.
      seen = new Set(page.entries.flatMap(({ id }) => id ?? []))
    }
    return { entries, more: more && page.entries.length > 0 }
  }
}

const BUILDING = new Set(['CREATING', 'QUEUED', 'AWAITING_BUILD', 'BUILDING'])
/** Statuses with a log. */
const HAS_LOG = new Set([
  'BUILDING',
  'AWAITING_DEPLOY',
  'DEPLOYING',
  'DEPLOYED',
  'BUILD_FAILED',
  'DEPLOY_FAILED',
  'INTERRUPTED'
])

/** Shows log lines and problems with reading them. */
type LogSink = Pick<RunLog, 'log' | 'note' | 'warn'>

/** `more`: another page is available. `failed`: a later call can still read the lines. */
type ReadOutcome = 'more' | 'done' | 'failed'

/**
 * Creates the log stream of a rollout, which shows the build log and then the deploy log: one request for each poll of
 * the status, and the rest at the end. An unreadable log is only a warning.
 */
export function createLogStream(readLogs: ReadLogs, sink: LogSink, deploymentId: string, clock: Pick<Clock, 'now'>) {
  const failures = { inARow: 0 }
  let revisionId: string | undefined
  let logs: readonly LogTail[] = []
  let current = 0

  return {
    /** Shows new lines. Called after each poll of the revision. */
    look: async (revision: Revision): Promise<void> => {
      if (revision.id !== revisionId) {
        revisionId = revision.id
        logs = logsOf(revision, readLogs, deploymentId)
        current = 0
      }
      const log = logs[current]
      if (!log || !HAS_LOG.has(revision.status)) return
      const outcome = await readSome(log, sink, failures)
      if (outcome === 'done' && log.kind === 'build' && !BUILDING.has(revision.status)) current += 1
    },
    /** Shows the rest of all logs after the revision ends. The last lines of the build log can arrive late. */
    finish: async (): Promise<void> => {
      const until = clock.now() + MOST_MS_AT_END
      for (const log of logs) {
        let outcome: ReadOutcome = 'more'
        for (let page = 0; page < MOST_PAGES_AT_END && outcome !== 'done' && clock.now() < until; page += 1) {
          outcome = await readSome(log, sink, failures)
        }
        // The shown lines are not the end of the log.
        if (outcome !== 'done') log.kept = []
        if (outcome === 'more') sink.note(tooLong(log.kind))
      }
      if (failures.inARow > 0) for (const log of logs) log.kept = []
    },
    /** Returns the last lines of a log that was shown to its end; empty if it was not. */
    end: (id: string, kind: LogKind): readonly LogEntry[] =>
      id === revisionId ? (logs.find((log) => log.kind === kind)?.kept ?? []) : []
  }
}

/** One log and its last shown lines. */
interface LogTail {
  readonly kind: LogKind
  readonly read: ReturnType<typeof createLogReader>
  kept: readonly LogEntry[]
}

/** The logs of a revision, before the first read. */
function logsOf({ id, source }: Revision, readLogs: ReadLogs, deploymentId: string): readonly LogTail[] {
  return kindOf(source).logs.map((kind) => ({
    kind,
    read: createLogReader((offset) => readLogs(deploymentId, id, { kind, order: 'asc', limit: PAGE, offset })),
    kept: []
  }))
}

/** Sends one request and shows its lines. Reads nothing after `MOST_FAILURES` consecutive failures over all logs. */
async function readSome(log: LogTail, sink: LogSink, failures: { inARow: number }): Promise<ReadOutcome> {
  if (failures.inARow >= MOST_FAILURES) return 'done'
  try {
    const { entries, more } = await log.read()
    failures.inARow = 0
    if (entries.length > 0) sink.log(log.kind, entries)
    log.kept = lastOf([...log.kept, ...entries].slice(-MOST_KEPT))
    return more ? 'more' : 'done'
  } catch (error) {
    // The run reports its own end.
    if (endsRun(error)) return 'done'
    failures.inARow += 1
    if (failures.inARow < MOST_FAILURES) return 'failed'
    sink.warn(`The logs could not be read (${errorMessage(error)}); continuing without the logs.`)
    return 'done'
  }
}

function tooLong(kind: LogKind): string {
  return `The ${kind} log may be incomplete: reading stopped when the revision ended. Read the rest on the revision page in LangSmith.`
}

/** The last entries that fit into the searched characters. */
function lastOf(entries: readonly LogEntry[]): LogEntry[] {
  let left = MOST_CHARACTERS_OF_SEARCH
  const first = entries.findLastIndex(({ message }) => {
    left -= message.length
    return left < 0
  })
  return entries.slice(first + 1)
}
