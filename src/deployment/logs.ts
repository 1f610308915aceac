import type { LogEntry, LogKind, LogPage, LogQuery, ReadLogs } from '../control-plane/logs.ts'
import type { Revision } from '../control-plane/resources.ts'
import { CancelledError, type Clock } from '../limits.ts'
import { findCause, tellingWords } from './causes.ts'
import { linesOf } from './log-lines.ts'
import { MOST_CHARACTERS_OF_SEARCH, PAGE } from './log-stream.ts'
import { kindOf } from './sources/kinds.ts'

/** The logs in which the cause of a failure, or of a delay, stands; none when the status is not that of one phase. */
export function logOfFailure(status: string): readonly LogKind[] {
  switch (status) {
    case 'BUILDING':
    case 'AWAITING_DEPLOY':
    case 'BUILD_FAILED':
      return ['build']
    // What was deployed and does not serve tells of it there too.
    case 'DEPLOYING':
    case 'DEPLOYED':
    case 'DEPLOY_FAILED':
      return ['deploy']
    // A revision that could not be set up may have got as far as a build.
    case 'CREATE_FAILED':
      return ['build', 'deploy']
    default:
      return []
  }
}

/** Lines that are shown of a failure. */
const LAST_LINES = 50
/** Requests for the log of one failure, over both kinds. */
const MOST_REQUESTS = 4
/** For how long a cause is looked for, besides. */
const MOST_MS_OF_SEARCH = 20_000

/** The log of the phase that failed or took too long, as far as it was read; oldest line first. */
export interface FailureLog {
  readonly kind: LogKind
  /** Its last lines. */
  readonly entries: readonly LogEntry[]
  /** All that was read to find the cause, with these lines at its end. */
  readonly searched: readonly LogEntry[]
}

/** What a search for the cause of a failure, or of a delay, needs. */
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
 * Reads the end of the log of the phase that failed, or in which the revision is; where that tells no cause, its error lines, and then what came
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
    if (!kindOf(revision.source).logs.includes(kind)) continue
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
    // At the deadline, what was read before is still worth telling.
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
  /** Whether that cause may be only what follows from another one, or passes by itself. */
  readonly isVague?: boolean
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
  if (cause) return { ...cause, isTelling: true, isCause: true }
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
