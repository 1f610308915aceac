import type { LogEntry, LogPage, ReadLogs } from '../control-plane/logs.ts'
import type { Revision } from '../control-plane/resources.ts'
import { kindOf } from '../deployment/sources/kinds.ts'
import type { RunLog } from '../report/log.ts'
import { errorMessage } from '../run/error-message.ts'
import { type Clock, endsRun } from '../run/limits.ts'
import type { LogKind } from '../run/record.ts'

/** Lines a page; the API answers at most 1,000. */
export const PAGE = 1_000
/** Pages that are read after the revision has ended: enough for 100,000 lines. */
const MOST_PAGES_AT_END = 100
/** How long they are read: the health check comes after them, and the timeout of the run goes on. */
const MOST_MS_AT_END = 20_000
/** Lines of a shown log that are kept, to find the cause of a failure in them. */
const MOST_KEPT = 5_000
/** Characters of a log that are searched for the cause of a failure. */
export const MOST_CHARACTERS_OF_SEARCH = 8_000_000
/** Failures in a row after which the logs are not read any more; the verdict does not depend on them. */
const MOST_FAILURES = 3

/**
 * Reads one log from its beginning, each line once. A null cursor means that there is nothing newer yet; then the same
 * page is requested again, and the lines that were seen are recognized by their IDs, or by their number.
 */
export function createLogReader(read: (offset: string | undefined) => Promise<LogPage>) {
  let offset: string | undefined
  let seen = new Set<string>()
  let seenInPage = 0
  /** Sends one request, for the lines since the last call. `more`: another page is there already. */
  return async (): Promise<{ readonly entries: readonly LogEntry[]; readonly more: boolean }> => {
    const page = await read(offset)
    const entries = page.entries.filter(({ id }, index) => (id === undefined ? index >= seenInPage : !seen.has(id)))
    for (const { id } of entries) if (id !== undefined) seen.add(id)
    seenInPage = Math.max(seenInPage, page.entries.length)
    const more = page.next !== undefined && page.next !== offset
    if (more) {
      offset = page.next
      seenInPage = 0
      // A page can begin with the last lines of the page before it, so these are remembered; older lines do not come
      // again.
      seen = new Set(page.entries.flatMap(({ id }) => id ?? []))
    }
    return { entries, more: more && page.entries.length > 0 }
  }
}

const BUILDING = new Set(['CREATING', 'QUEUED', 'AWAITING_BUILD', 'BUILDING'])
/** Statuses with a log; before them there is nothing to read. */
const HAS_LOG = new Set([
  'BUILDING',
  'AWAITING_DEPLOY',
  'DEPLOYING',
  'DEPLOYED',
  'BUILD_FAILED',
  'DEPLOY_FAILED',
  'INTERRUPTED'
])

/** Shows log lines, and what went wrong with reading them. */
type LogSink = Pick<RunLog, 'log' | 'note' | 'warn'>

/** `more`: another page is there already; `failed`: the lines can still be read. */
type ReadOutcome = 'more' | 'done' | 'failed'

/**
 * Shows the build log and then the deploy log of a revision while it goes on: one request for each poll of the status,
 * and the rest at the end. When a log cannot be read, there is a warning, and the run goes on.
 */
export function createLogStream(readLogs: ReadLogs, sink: LogSink, deploymentId: string, clock: Pick<Clock, 'now'>) {
  const failures = { inARow: 0 }
  let revisionId: string | undefined
  let logs: readonly LogTail[] = []
  let current = 0

  return {
    /** To be called after each poll of the revision. */
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
    /** Shows the rest of the logs once the revision has ended, of the build log too: its last lines can come late. */
    finish: async (): Promise<void> => {
      const until = clock.now() + MOST_MS_AT_END
      for (const log of logs) {
        let outcome: ReadOutcome = 'more'
        for (let page = 0; page < MOST_PAGES_AT_END && outcome !== 'done' && clock.now() < until; page += 1) {
          outcome = await readSome(log, sink, failures)
        }
        // The log goes on after the lines that were shown.
        if (outcome !== 'done') log.kept = []
        if (outcome === 'more') sink.note(tooLong(log.kind))
      }
      if (failures.inARow > 0) for (const log of logs) log.kept = []
    },
    /** The last lines of a log that was shown to its end; none when it was not. */
    end: (id: string, kind: LogKind): readonly LogEntry[] =>
      id === revisionId ? (logs.find((log) => log.kind === kind)?.kept ?? []) : []
  }
}

/** One log that is shown, with the last lines that were. */
interface LogTail {
  readonly kind: LogKind
  readonly read: ReturnType<typeof createLogReader>
  kept: readonly LogEntry[]
}

/** The logs of a revision, before anything is read of them. */
function logsOf({ id, source }: Revision, readLogs: ReadLogs, deploymentId: string): readonly LogTail[] {
  return kindOf(source).logs.map((kind) => ({
    kind,
    read: createLogReader((offset) => readLogs(deploymentId, id, { kind, order: 'asc', limit: PAGE, offset })),
    kept: []
  }))
}

/** Sends one request, and shows its lines. After too many failures in a row, of all logs, nothing more is read. */
async function readSome(log: LogTail, sink: LogSink, failures: { inARow: number }): Promise<ReadOutcome> {
  if (failures.inARow >= MOST_FAILURES) return 'done'
  try {
    const { entries, more } = await log.read()
    failures.inARow = 0
    if (entries.length > 0) sink.log(log.kind, entries)
    log.kept = lastOf([...log.kept, ...entries].slice(-MOST_KEPT))
    return more ? 'more' : 'done'
  } catch (error) {
    // The run ends, and reports that itself.
    if (endsRun(error)) return 'done'
    failures.inARow += 1
    if (failures.inARow < MOST_FAILURES) return 'failed'
    sink.warn(`The logs could not be read (${errorMessage(error)}); continuing without them.`)
    return 'done'
  }
}

function tooLong(kind: LogKind): string {
  return `The ${kind} log may be incomplete: reading stopped when the revision ended. Read the rest on the revision page in LangSmith.`
}

/** The last entries that have no more characters together than are searched. */
function lastOf(entries: readonly LogEntry[]): LogEntry[] {
  let left = MOST_CHARACTERS_OF_SEARCH
  const first = entries.findLastIndex(({ message }) => {
    left -= message.length
    return left < 0
  })
  return entries.slice(first + 1)
}
