import type { LogEntry, LogKind, LogPage, LogQuery, ReadLogs } from '../control-plane/logs.ts'
import type { Revision } from '../control-plane/resources.ts'
import { kindOf } from '../deployment/sources/kinds.ts'
import { CancelledError, type Clock } from '../run/limits.ts'
import { findCause } from './causes.ts'
import { logLinesOf } from './log-lines.ts'
import { MOST_CHARACTERS_OF_SEARCH, PAGE } from './log-stream.ts'
import { tellingWords } from './log-words.ts'

/** The logs that can name the cause of a failure or a delay; none when the status does not tell the phase. */
export function logOfFailure(status: string): readonly LogKind[] {
  switch (status) {
    case 'BUILDING':
    case 'AWAITING_DEPLOY':
    case 'BUILD_FAILED':
      return ['build']
    // A deployed server that does not serve logs the cause there too.
    case 'DEPLOYING':
    case 'DEPLOYED':
    case 'DEPLOY_FAILED':
      return ['deploy']
    // A revision that could not be created may have begun a build.
    case 'CREATE_FAILED':
      return ['build', 'deploy']
    default:
      return []
  }
}

/** Lines of the log that are shown. */
const LAST_LINES = 50
/** Requests for the log of one failure, over both kinds. */
const MOST_REQUESTS = 4
/** Time for the search, in addition to the limit on requests. */
const MOST_MS_OF_SEARCH = 20_000

/** The log of the phase that failed or took too long, as far as it was read; the oldest line comes first. */
export interface FailureLog {
  readonly kind: LogKind
  /** Its last lines. */
  readonly entries: readonly LogEntry[]
  /** Everything that was read to find the cause, with the last lines at its end. */
  readonly searched: readonly LogEntry[]
}

/** What the search for the cause of a failure or a delay needs. */
export interface FailureSearch {
  readonly readLogs: ReadLogs
  readonly clock: Pick<Clock, 'now'>
  readonly deploymentId: string
  readonly revision: Revision
  /** The lines of a log that were read already, while the revision went on. */
  readonly known?: (revisionId: string, kind: LogKind) => readonly LogEntry[]
  /** Names that say nothing about the failure, such as that of the deployment. */
  readonly names?: readonly string[]
}

/**
 * Reads the end of the log of the phase that failed, or in which the revision is. When that names no cause, reads its
 * lines at the level of an error, and then older lines.
 *
 * @returns `undefined` when there is no such log
 * @throws what the first request throws; a later request may fail, because it only adds lines
 */
export async function readLogOfFailure(search: FailureSearch): Promise<FailureLog | undefined> {
  const { revision, known, names } = search
  const requests = createRequests(search)
  for (const kind of logOfFailure(revision.status)) {
    if (!kindOf(revision.source).logs.includes(kind)) continue
    // A deployed server goes on logging after its revision has ended.
    const seen = revision.status === 'DEPLOYED' ? [] : (known?.(revision.id, kind) ?? [])
    const end = seen.length > 0 ? { entries: seen, next: undefined } : await requests.read(kind, { offset: undefined })
    if (end.entries.length === 0) continue
    const namesCause = (entries: readonly LogEntry[]) => findCause(logLinesOf(entries), kind, names)?.isVague === false
    const searched = await searchOlder(requests, kind, end, namesCause)
    return { kind, entries: end.entries.slice(-LAST_LINES), searched }
  }
  return undefined
}

/** The requests for the log of one failure, within their limits. */
function createRequests({ readLogs, clock, deploymentId, revision }: FailureSearch) {
  const until = clock.now() + MOST_MS_OF_SEARCH
  let count = 0
  return {
    /** Sends one request, for the newest entries or those before `offset`; the answer has the oldest entry first. */
    read: async (kind: LogKind, query: Pick<LogQuery, 'level' | 'offset'>): Promise<LogPage> => {
      count += 1
      const page = await readLogs(deploymentId, revision.id, { kind, order: 'desc', limit: PAGE, ...query })
      return { ...page, entries: page.entries.slice(0, PAGE).reverse() }
    },
    /** Whether another request may follow after these entries. */
    mayGoOn: (entries: readonly LogEntry[]) =>
      count < MOST_REQUESTS && clock.now() < until && charactersOf(entries) < MOST_CHARACTERS_OF_SEARCH
  }
}

/** Adds entries at the level of an error, or else older entries page by page, until one names a cause. */
async function searchOlder(
  { read, mayGoOn }: ReturnType<typeof createRequests>,
  kind: LogKind,
  end: LogPage,
  namesCause: (entries: readonly LogEntry[]) => boolean
): Promise<readonly LogEntry[]> {
  let { entries, next } = end
  if (next && !namesCause(entries) && mayGoOn(entries)) {
    const errors = (await tryTo(() => read(kind, { level: 'ERROR', offset: undefined })))?.entries ?? []
    if (namesCause(errors)) return [...errors, ...entries]
  }
  while (next && !namesCause(entries) && mayGoOn(entries)) {
    const offset = next
    const page = await tryTo(() => read(kind, { offset }))
    entries = [...(page?.entries ?? []), ...entries]
    next = page && page.entries.length > 0 && page.next !== offset ? page.next : undefined
  }
  return entries
}

/** The answer to a request that only adds lines; `undefined` when it fails. */
async function tryTo<T>(request: () => Promise<T>): Promise<T | undefined> {
  try {
    return await request()
  } catch (error) {
    // At the deadline, the lines that were read before are still shown.
    if (error instanceof CancelledError) throw error
    return undefined
  }
}

function charactersOf(entries: readonly LogEntry[]): number {
  return entries.reduce((sum, { message }) => sum + message.length, 0)
}

const READS_LIKE_AN_ERROR =
  /\b(error|exception|traceback|fatal|failed|failure|cannot|could not|not found|no such|denied|unable|missing|invalid)\b|\bERR!|Error:|^E\s/i
const MOST_TELLING_LINES = 8
/** Names of packages and loggers that hold the word error, and counts of zero errors. */
const NO_ERROR =
  /\b\w{1,100}(?:-[\w.]{1,100}){1,20}|\b\w{1,100}\.errors?\b(?!\.)|\b(?:0|no) (?:errors?|failures?|failed|exceptions?)\b|\b\w{0,100}(?:errors?|failed|failures?)=0\b/gi
/** A line that says that there was an error, and not which. */
const BARE_ERROR =
  /^\W*(?:(?:ERRORS?|FATAL|CRITICAL|EXCEPTION)\W*|(?:During handling of|The above exception was) .*exception.*)$/i

/** The lines of a log that explain a failure best. */
interface Telling {
  /** Whether the lines read like errors; otherwise they are the last lines of the log. */
  readonly isTelling: boolean
  /** Whether the first of the lines names a known cause. */
  readonly isCause: boolean
  /** Whether that cause may be a consequence of another one, or pass by itself. */
  readonly isVague?: boolean
  readonly lines: readonly string[]
  /** What to do about it; empty when that is not known. */
  readonly advice: string
}

/**
 * The cause that a log names, with the lines that explain it. Without a known cause, the last lines that read like
 * errors; without these, the very last lines. For `names` see `FailureSearch`.
 */
export function tellingLines(entries: readonly LogEntry[], kind: LogKind, names: readonly string[] = []): Telling {
  const all = logLinesOf(entries)
  // Only a name of several words can contain a word such as error.
  const misleading = names.filter((name) => name.includes('-'))
  const cause = findCause(all, kind, misleading)
  if (cause) return { ...cause, isTelling: true, isCause: true }
  const lines = tellingWords(all, misleading).filter(({ line }) => line.text.trim() !== '')
  const telling = lines.filter(({ line, words }) => {
    if (words === '' || line.isMild || BARE_ERROR.test(words)) return false
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
