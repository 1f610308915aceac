import type { LogEntry } from '../control-plane/logs.ts'
import type { LogKind } from '../run/record.ts'
import { findCause } from './causes.ts'
import { logLinesOf } from './log-lines.ts'
import { tellingWords } from './log-words.ts'

/** The log of the phase that failed or took too long, as far as it was read; the oldest line comes first. */
export interface FailureLog {
  readonly kind: LogKind
  /** Its last lines. */
  readonly entries: readonly LogEntry[]
  /** Everything that was read to find the cause, with the last lines at its end. */
  readonly searched: readonly LogEntry[]
  /** Whether these hold the ID of a request or a run that failed. */
  readonly isById?: true
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
 * errors; without these, the very last lines. `names` say nothing about the failure, such as that of the deployment.
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
