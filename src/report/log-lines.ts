import type { LogEntry } from '../control-plane/logs.ts'
import { object } from '../run/object.ts'
import { withoutEscapes } from '../runner/words.ts'

/** One line of a log without the prefixes of build tools and loggers; its text is not yet safe to print. */
export interface LogLine {
  /** The text with its indentation, which shows which lines belong together. */
  readonly text: string
  /** True if the server or the line itself has the level of an error. */
  readonly isError: boolean
  /** True if the logger has the level of a warning. */
  readonly isMild: boolean
  /** True if the line begins a log record: it has a time or a level. */
  readonly begins: boolean
}

/** The middle of a longer message is not searched. */
const MOST_CHARACTERS_OF_MESSAGE = 200_000
/** In a longer log, only the last lines are searched. */
const MOST_LINES = 20_000

/** Returns the lines of the entries in order: splits messages of several lines, parses JSON, and removes prefixes. */
export function logLinesOf(entries: readonly LogEntry[]): readonly LogLine[] {
  // If any entry has several lines, each entry is a record.
  const areRecords = entries.some(({ message }) => message.includes('\n'))
  return entries
    .flatMap((entry) => {
      const [first, ...rest] = linesOfEntry(entry)
      return first ? [{ ...first, begins: first.begins || areRecords }, ...rest] : []
    })
    .slice(-MOST_LINES)
}

const ERROR_LEVEL = /^(?:ERROR|CRITICAL|FATAL)$/i
const MILD_LEVEL = /^WARN(?:ING)?$/i

function linesOfEntry({ level, message }: LogEntry): readonly LogLine[] {
  const isErrorEntry = ERROR_LEVEL.test(level ?? '')
  return withoutMiddle(message)
    .split(LOG_LINE_END)
    .flatMap((line) => linesOfRecord(line, isErrorEntry))
}

function withoutMiddle(message: string): string {
  if (message.length <= MOST_CHARACTERS_OF_MESSAGE) return message
  return `${message.slice(0, MOST_CHARACTERS_OF_MESSAGE / 2)}\n${message.slice(-MOST_CHARACTERS_OF_MESSAGE / 2)}`
}

const LOG_LINE_END = /\r\n|\r|\n/

/** Returns the lines of plain text, or of a JSON record in one line. */
function linesOfRecord(line: string, isErrorEntry: boolean): readonly LogLine[] {
  const record = parseRecord(line)
  return withoutEscapes(record.text)
    .split(LOG_LINE_END)
    .map((text, index) => {
      const bare = withoutPrefix(text)
      const level = String(bare.level ?? record.level ?? '')
      return {
        text: withoutFields(bare.text),
        isError: isErrorEntry || ERROR_LEVEL.test(level),
        isMild: !isErrorEntry && MILD_LEVEL.test(level),
        begins: bare.begins || (record.isJson && index === 0)
      }
    })
}

/** The fields in which loggers store the text of a record, and those for an exception. */
const TEXT_FIELDS = ['event', 'message', 'msg', 'stream', 'log', 'error']
const EXCEPTION_FIELDS = ['exception', 'exc_info', 'error_message', 'stack']

/** Returns the text of a JSON record, or the unchanged message. */
function parseRecord(message: string): { readonly text: string; readonly level?: unknown; readonly isJson: boolean } {
  const trimmed = message.trim()
  const unparsed = { text: message, isJson: false }
  if (!trimmed.startsWith('{"')) return unparsed
  let record: ReturnType<typeof object>
  try {
    record = object(JSON.parse(trimmed))
  } catch {
    // Log stores cut long lines, and a cut record is not valid JSON.
    const parts = trimmed.split(/","|\\n/).map(withoutKey)
    return { text: parts.join('\n'), isJson: true }
  }
  const textOf = (names: readonly string[]) =>
    names.flatMap((name) => {
      const value = record?.[name]
      return typeof value === 'string' && value !== '' ? [value] : []
    })
  const texts = [...textOf(TEXT_FIELDS).slice(0, 1), ...textOf(EXCEPTION_FIELDS).slice(0, 1)]
  if (texts.length === 0) return unparsed
  return { text: texts.join('\n'), level: record?.level ?? record?.severity, isJson: true }
}

function withoutKey(part: string): string {
  return part
    .replaceAll('\\"', '"')
    .replaceAll('\\u001b', '\u001b')
    .replace(/^\{?"?[\w.-]{1,100}":"/, '')
}

/** Prefixes of a line. The first group, if present, is the level. */
const PREFIXES: readonly { readonly pattern: RegExp; readonly begins: boolean }[] = [
  // docker compose: `langgraph-api-1  | `
  { pattern: /^[a-zA-Z][\w.-]{0,100}\s{1,40}\| ?/, begins: false },
  { pattern: /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z| ?[+-]\d\d:?\d\d| UTC)?(?: |$)/, begins: true },
  { pattern: /^\d{1,2}\/\d{1,2}\/\d{4}, \d{1,2}:\d\d:\d\d(?: [AP]M)?(?: |$)/, begins: true },
  { pattern: /^\[(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL)\s{0,20}\] ?/i, begins: true },
  // Cloud Build: `Step #12: `
  { pattern: /^Step #\d{1,4}: ?/, begins: false },
  // BuildKit: `#12 3.456 `, and `#12 ` before one of its keywords
  { pattern: /^#\d{1,4} \d{1,6}\.\d{1,3}(?: |$)/, begins: false },
  { pattern: /^#\d{1,4} (?=ERROR|DONE|CACHED|\[)/, begins: false },
  { pattern: /^\d{1,6}\.\d{2,3}(?: |$)/, begins: false },
  { pattern: /^\d{1,6}\.\d (?=ERROR|WARNING|error| )/, begins: false }
]
/** Each tool that forwards a line can add a prefix. */
const MOST_PREFIXES = 6

function withoutPrefix(line: string): { readonly text: string; readonly level?: string; readonly begins: boolean } {
  let text = line
  let level: string | undefined
  let begins = false
  for (let count = 0; count < MOST_PREFIXES; count += 1) {
    const found = PREFIXES.map((prefix) => ({ ...prefix, match: prefix.pattern.exec(text) })).find(({ match }) => match)
    if (!found?.match) break
    text = text.slice(found.match[0].length)
    level ??= found.match[1]
    begins ||= found.begins
  }
  return { text: text.trimEnd(), begins, ...(level ? { level } : {}) }
}

/**
 * Removes the logger and the fields that structlog appends: ` [uvicorn.error] api_variant=licensed
 * thread_name=MainThread`.
 */
function withoutFields(text: string): string {
  // In a very long line, only the beginning is searched for a logger.
  const head = text.slice(0, MOST_CHARACTERS_OF_WORDS)
  const at = head.search(/ \[[a-z_][\w.]{0,100}\] {1,40}[a-z_]{1,60}=/i)
  if (at < 0) return text.replace(/^\[[a-z_][\w.]{0,100}\] {1,40}[a-z_]{1,60}=.*/i, '')
  return text.slice(0, at).trimEnd()
}
const MOST_CHARACTERS_OF_WORDS = 20_000
