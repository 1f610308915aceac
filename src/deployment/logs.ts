import type { LogEntry, LogKind, LogPage, LogQuery, ReadLogs } from '../control-plane/logs.ts'
import type { Revision } from '../control-plane/resources.ts'
import { CancelledError, type Clock, DeadlineError } from '../limits.ts'
import { findCause, tellingWords } from './causes.ts'
import { linesOf } from './log-lines.ts'

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
/** Lines that are kept of a log that is shown, to find the cause of a failure in. */
const MOST_KEPT = 5_000
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
    kinds = revision.source === 'external_docker' ? ['deploy'] : ['build', 'deploy']
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
/** Requests for the log of one failure, over both kinds. */
const MOST_REQUESTS = 4
/** For how long and how far a cause is looked for, besides. */
const MOST_MS_OF_SEARCH = 20_000
const MOST_CHARACTERS_OF_SEARCH = 8_000_000

/** The log of the phase that failed, as far as it was read; oldest line first. */
export interface FailureLog {
  readonly kind: LogKind
  /** Its last lines. */
  readonly entries: readonly LogEntry[]
  /** All that was read to find the cause, with these lines at its end. */
  readonly searched: readonly LogEntry[]
}

/** What a search for the cause of a failure needs. */
export interface FailureSearch {
  readonly readLogs: ReadLogs
  readonly clock: Pick<Clock, 'now'>
  readonly deploymentId: string
  readonly revision: Revision
  /** What was read of a log already, while the revision went on. */
  readonly known?: (revisionId: string, kind: LogKind) => readonly LogEntry[]
  /** Such as those of the deployment, which say nothing of what happened. */
  readonly names?: readonly string[]
}

/**
 * Reads the end of the log of the phase that failed; where that tells no cause, its error lines, and then what came
 * before. Nothing when there is no such log.
 *
 * @throws what the first request throws; later ones only make it better
 */
export async function readLogOfFailure(search: FailureSearch): Promise<FailureLog | undefined> {
  const { readLogs, clock, deploymentId, revision, known, names } = search
  const until = clock.now() + MOST_MS_OF_SEARCH
  let requests = 0
  const read = async (kind: LogKind, more: Pick<LogQuery, 'level' | 'offset'>): Promise<LogPage> => {
    requests += 1
    const page = await readLogs(deploymentId, revision.id, { kind, order: 'desc', limit: PAGE, ...more })
    return { ...page, entries: page.entries.slice(0, PAGE).reverse() }
  }
  const mayGoOn = (entries: readonly LogEntry[]) =>
    requests < MOST_REQUESTS && clock.now() < until && charactersOf(entries) < MOST_CHARACTERS_OF_SEARCH

  for (const kind of logOfFailure(revision.status)) {
    const isTold = (entries: readonly LogEntry[]) => findCause(linesOf(entries), kind, names)?.isVague === false
    // A server that is up goes on to log after its revision has ended.
    const seen = revision.status === 'DEPLOYED' ? [] : (known?.(revision.id, kind) ?? [])
    const end = seen.length > 0 ? { entries: seen, next: undefined } : await read(kind, { offset: undefined })
    if (end.entries.length === 0) continue
    const entries = end.entries.slice(-LAST_LINES)
    let searched = end.entries
    let { next } = end
    if (next && !isTold(searched) && mayGoOn(searched)) {
      const errors = (await tryTo(() => read(kind, { level: 'ERROR', offset: undefined })))?.entries ?? []
      if (isTold(errors)) return { kind, entries, searched: [...errors, ...searched] }
    }
    while (next && !isTold(searched) && mayGoOn(searched)) {
      const offset = next
      const page = await tryTo(() => read(kind, { offset }))
      searched = [...(page?.entries ?? []), ...searched]
      next = page && page.entries.length > 0 && page.next !== offset ? page.next : undefined
    }
    return { kind, entries, searched }
  }
  return undefined
}

/** What a request gives that only makes an excerpt better; nothing when it fails. */
async function tryTo<T>(request: () => Promise<T>): Promise<T | undefined> {
  try {
    return await request()
  } catch (error) {
    if (error instanceof CancelledError || error instanceof DeadlineError) throw error
    return undefined
  }
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

function charactersOf(entries: readonly LogEntry[]): number {
  return entries.reduce((sum, { message }) => sum + message.length, 0)
}

const READS_LIKE_AN_ERROR =
  /\b(error|exception|traceback|fatal|failed|failure|cannot|could not|not found|no such|denied|unable|missing|invalid)\b|\bERR!|Error:|^E\s/i
const MOST_TELLING_LINES = 8
/** Names of packages and loggers, and counts of errors that did not happen. */
const NO_ERROR =
  /\b\w{1,100}(?:-[\w.]{1,100}){1,20}|\b\w{1,100}\.errors?\b(?!\.)|\b(?:0|no) (?:errors?|failures?|failed|exceptions?)\b|\b\w{0,100}(?:errors?|failed|failures?)=0\b/gi
/** An error without a word of what it is. */
const BARE =
  /^\W*(?:(?:ERRORS?|FATAL|CRITICAL|EXCEPTION)\W*|(?:During handling of|The above exception was) .*exception.*)$/i

/** What a log seems to tell of a failure. */
export interface Telling {
  /** Whether the lines read like a cause; else they are the last ones. */
  readonly isTelling: boolean
  /** Whether the lines are those of a known cause, which the first of them names. */
  readonly isCause: boolean
  readonly lines: readonly string[]
  /** What to do about it; empty where that is not known. */
  readonly advice: string
}

/**
 * The cause that a log tells with the lines behind it; the last lines that read like an error where none is known, and
 * the very last ones where none does.
 *
 * @param names such as those of the deployment, which say nothing of what happened
 */
export function tellingLines(entries: readonly LogEntry[], kind: LogKind, names: readonly string[] = []): Telling {
  const all = linesOf(entries)
  // Only a name of several words can hold one of an error without being one.
  const misleading = names.filter((name) => name.includes('-'))
  const cause = findCause(all, kind, misleading)
  if (cause) return { isTelling: true, isCause: true, lines: cause.lines, advice: cause.advice }
  const lines = tellingWords(all, misleading).filter(({ line }) => line.text.trim() !== '')
  const telling = lines.filter(({ line, words }) => {
    if (words === '' || line.isMild || BARE.test(words)) return false
    return line.isError || READS_LIKE_AN_ERROR.test(words.replace(NO_ERROR, ' '))
  })
  const shown = telling.length > 0 ? telling.slice(-MOST_TELLING_LINES) : lines.slice(-3)
  return {
    isTelling: telling.length > 0,
    isCause: false,
    lines: shown.map(({ line }) => line.text.trim()),
    advice: kind === 'deploy' && telling.length === 0 ? USUAL_CAUSES : ''
  }
}

const USUAL_CAUSES = 'The log names no cause; an import that fails or a secret that is missing are the usual ones.'
