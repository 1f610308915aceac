import type { LogEntry, LogKind, LogPage, ReadLogs } from '../control-plane/logs.ts'
import type { Revision } from '../control-plane/resources.ts'
import { CancelledError, type Clock, DeadlineError } from '../limits.ts'

/** Whoever shows log lines, and what went wrong with them. */
export interface LogSink {
  log(kind: LogKind, entries: readonly LogEntry[]): void
  note(text: string): void
  warn(text: string): void
}

/** Lines a page; the API gives at most 1,000. */
const PAGE = 1_000
/** Pages that are still read after the revision has ended: enough for 100,000 lines. */
const MOST_PAGES_AT_END = 100
/** For how long they are read: whether the revision serves is not known yet, and the timeout goes on. */
const MOST_MS_AT_END = 20_000
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
  let failures = 0

  const begin = (revision: Revision) => {
    revisionId = revision.id
    kinds = revision.source === 'external_docker' ? ['deploy'] : ['build', 'deploy']
    current = 0
    readers = new Map()
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
      if (entries.length > 0) sink.log(kind, entries)
      return more ? 'more' : 'done'
    } catch (error) {
      // The run ends, and says so itself.
      if (error instanceof CancelledError || error instanceof DeadlineError) return 'done'
      failures += 1
      if (failures < MOST_FAILURES) return 'failed'
      const reason = error instanceof Error ? error.message : String(error)
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
        if (outcome === 'more') sink.note(tooLong(kind))
      }
    }
  }
}

function tooLong(kind: LogKind): string {
  return `The ${kind} log may go on: reading it stopped, since the revision has ended. Read on at the page of the revision in LangSmith.`
}

/** The log in which the cause of a failure stands; nothing when the status is no failure of one phase. */
export function logOfFailure(status: string): readonly LogKind[] {
  if (status === 'BUILD_FAILED') return ['build']
  // What was deployed and does not serve tells of it there too.
  if (status === 'DEPLOY_FAILED' || status === 'DEPLOYED') return ['deploy']
  // A revision that could not be set up may have got as far as a build.
  return status === 'CREATE_FAILED' ? ['build', 'deploy'] : []
}

/** Lines that are shown of a failure. */
const LAST_LINES = 50

/** The end of the log of the phase that failed, oldest line first; nothing when there is none. */
export async function readEndOfLog(
  readLogs: ReadLogs,
  deploymentId: string,
  { id, status }: Revision
): Promise<{ readonly kind: LogKind; readonly entries: readonly LogEntry[] } | undefined> {
  for (const kind of logOfFailure(status)) {
    const page = await readLogs(deploymentId, id, { kind, order: 'desc', limit: LAST_LINES, offset: undefined })
    if (page.entries.length > 0) return { kind, entries: [...page.entries].slice(0, LAST_LINES).reverse() }
  }
  return undefined
}

const READS_LIKE_AN_ERROR =
  /\b(error|exception|traceback|fatal|failed|failure|cannot|could not|not found|no such|denied|unable|missing|invalid)\b|Error:|^E\s/i
const MOST_TELLING_LINES = 8

/** An address, a path, an image reference or a host name, in quotes or not; `error-agent` in one says nothing of an error. */
const PLACE =
  /^\W*(?:[A-Za-z][\w+.-]*:\/\/\S+|[\w.@~-]*(?::\d+)?\/[\w.@:/~-]+|[a-z0-9-]+(?:\.[a-z0-9-]+)+\.[a-z]{2,})\W*$/
/** No place has a longer name; a line of the log can have millions of characters without a space. */
const LONGEST_PLACE = 500

function withoutPlaces(message: string): string {
  return message
    .split(/\s+/)
    .filter((word) => word.length > LONGEST_PLACE || !PLACE.test(word))
    .join(' ')
}

/**
 * The last lines that read like the cause; the very last ones when none does.
 *
 * @param names such as those of the deployment, which say nothing of what happened
 */
export function tellingLines(
  entries: readonly LogEntry[],
  names: readonly string[] = []
): { readonly isTelling: boolean; readonly lines: readonly string[] } {
  // Only a name of several words can hold one of an error without being one.
  const misleading = names.filter((name) => name.includes('-') && READS_LIKE_AN_ERROR.test(name))
  const words = (message: string) =>
    withoutPlaces(misleading.reduce((text, name) => text.replaceAll(name, ' '), message))
  const isTelling = ({ level, message }: LogEntry) =>
    /^(ERROR|CRITICAL|FATAL)$/i.test(level ?? '') || READS_LIKE_AN_ERROR.test(words(message))
  const telling = entries.filter(isTelling)
  const lines = telling.length > 0 ? telling.slice(-MOST_TELLING_LINES) : entries.slice(-3)
  return { isTelling: telling.length > 0, lines: lines.map(({ message }) => message) }
}
