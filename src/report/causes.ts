import type { LogEntry } from '../control-plane/logs.ts'
import type { LogKind, ShownLog } from '../run/record.ts'
import { CAUSE_RULES, type CauseRule } from './cause-rules.ts'
import { type LogLine, logLinesOf } from './log-lines.ts'
import { type FailedRuns, type LineWords, lineHead, MOST_CHARACTERS_OF_LINE, wordsOfLines } from './log-words.ts'
import { theLine } from './quotes.ts'

/** The log of the phase that failed or took too long, as far as this run read it. The oldest line comes first. */
export interface FailureLog {
  readonly kind: LogKind
  /** The last lines of the log. */
  readonly entries: readonly LogEntry[]
  /** All entries that were read to find the cause, including the last lines. */
  readonly searched: readonly LogEntry[]
}

/** The cause of a failed build or rollout, found in its log. */
interface Cause {
  /** The line that names the cause and the lines that explain it; not yet safe to print. */
  readonly lines: readonly string[]
  /** One or two sentences that say what to do; empty if the rule has no advice. */
  readonly advice: string
  /** True for a consequence of another cause and for a failure of the platform; earlier lines may name the cause. */
  readonly isVague: boolean
}

/** Maximum number of matches per rule that are compared: a log can repeat a cause at every restart. */
const MOST_PLACES = 50
/** Space for the cause in an annotation, in bytes; lines beyond it are omitted. */
const MOST_BYTES = 2_800

/** Words of lines about optional parts. */
const DISPENSABLE =
  /\b(?:optional|skipp(?:ed|ing)|ignor(?:ed|ing)|disabl(?:ed|ing)|falling back|defaults? to|using default)\b/i

/** Returns the cause of a failure that a log names, if any rule matches. For `names`, see `tellingLines`. */
export function findCause(
  all: readonly LogLine[],
  kind: LogKind,
  names: readonly string[] = [],
  runs: FailedRuns = 'besides'
): Cause | undefined {
  const found = findRule(all, kind, names, runs)
  return found && causeAt(found.lines, found.rule, found.at, kind)
}

/** The rule whose cause is reported. */
interface FoundRule {
  readonly rule: CauseRule
  /** The searched lines, and the indices of those that match the rule. */
  readonly lines: readonly LogLine[]
  readonly at: readonly number[]
}

/** Returns the rule that `findCause` applies. */
export function findRule(
  all: readonly LogLine[],
  kind: LogKind,
  names: readonly string[] = [],
  runs: FailedRuns = 'besides'
): FoundRule | undefined {
  const lines = afterStart(all, kind)
  const words = wordsOfLines(lines, names, runs)
  const found = CAUSE_RULES.flatMap((rule, order) => {
    const at = placesOf(rule, words, kind)
    if (at.length === 0) return []
    // A match in a line with the level ERROR is stronger evidence.
    const isError = at.some((index) => lines[index]?.isError)
    // The exception that ended the program takes precedence over a warning.
    const isMild = at.every((index) => lines[index]?.isMild)
    return [{ rule, at, order, rank: (rule.rank ?? 1) + (isMild ? AFTER_EXCEPTIONS : 0), isError }]
  }).sort((a, b) => a.rank - b.rank || Number(b.isError) - Number(a.isError) || a.order - b.order)
  const [best] = found
  return best && { rule: best.rule, lines, at: best.at }
}

/** Ranks a cause (1) after exceptions (2) and before consequences (3). */
const AFTER_EXCEPTIONS = 1.5

/** Returns the indices of the lines that match a rule. */
function placesOf(rule: CauseRule, words: readonly LineWords[], kind: LogKind): readonly number[] {
  if (rule.kind && rule.kind !== kind) return []
  const matches = (pattern: RegExp) => (line: LineWords) => line.words !== '' && pattern.test(line.words)
  if (rule.unless && words.some(matches(rule.unless))) return []
  const isIt = matches(rule.pattern)
  const at: number[] = []
  for (const [index, line] of words.entries()) {
    const counts = (rule.alsoRetries || !line.isRetry) && !(rule.isEssential && DISPENSABLE.test(line.words))
    if (at.length < MOST_PLACES && counts && isIt(line)) at.push(index)
  }
  const { before } = rule
  if (!before) return at
  const last = words.findLastIndex(matches(before))
  return at.filter((index) => index <= last)
}

/** Returns the cause, quoted from the best match of its rule. */
function causeAt(lines: readonly LogLine[], rule: CauseRule, at: readonly number[], kind: LogKind): Cause | undefined {
  const quote = rule.quote ?? theLine
  // Prefer the first match with the longest quote: a later one can be cut off, or can repeat an earlier one. For
  // retries, prefer the last match.
  const [best] = at
    .map((index) => ({ index, quoted: quote(lines, index) }))
    .sort((a, b) => b.quoted.length - a.quoted.length || (rule.alsoRetries ? b.index - a.index : a.index - b.index))
  if (!best) return undefined
  const quoted = bounded(best.quoted)
  const text = lineHead(lines[best.index]?.text ?? '')
  const match = { kind, text, quoted: best.quoted.join('\n') }
  const advice = typeof rule.advice === 'string' ? rule.advice : rule.advice(match)
  return { lines: quoted, advice, isVague: rule.rank === 3 }
}

/** Removes repeated lines, and cuts the rest to the space in an annotation. */
function bounded(lines: readonly string[]): readonly string[] {
  const kept: string[] = []
  let left = MOST_BYTES
  for (const line of lines) {
    const text = line.length > MOST_CHARACTERS_OF_LINE ? `${line.slice(0, MOST_CHARACTERS_OF_LINE)} …` : line
    left -= Buffer.byteLength(text) + 1
    if (left < 0 && kept.length > 0) return [...kept, '…']
    if (kept.at(-1) !== text) kept.push(text)
  }
  return kept
}

/** Returns the lines after the start of the server: earlier errors did not prevent the start. */
function afterStart(lines: readonly LogLine[], kind: LogKind): readonly LogLine[] {
  if (kind === 'build') return lines
  const started = lines.findLastIndex(({ text }) =>
    /\bApplication startup complete\b|\bUvicorn running on\b|\bApplication started up in\b/.test(lineHead(text))
  )
  return lines.slice(started + 1)
}

/** The lines of a log that best explain a failure, with advice. */
type Telling = Pick<ShownLog, 'isTelling' | 'isCause' | 'isVague' | 'lines' | 'advice'>

const READS_LIKE_AN_ERROR =
  /\b(error|exception|traceback|fatal|failed|failure|cannot|could not|not found|no such|denied|unable|missing|invalid)\b|\bERR!|Error:|^E\s/i
const MOST_TELLING_LINES = 8
/** Names of packages and loggers that contain the word error, and counts of zero errors. */
const NO_ERROR =
  /\b\w{1,100}(?:-[\w.]{1,100}){1,20}|\b\w{1,100}\.errors?\b(?!\.)|\b(?:0|no) (?:errors?|failures?|failed|exceptions?)\b|\b\w{0,100}(?:errors?|failed|failures?)=0\b/gi
/** A line that reports an error without a description. */
const BARE_ERROR =
  /^\W*(?:(?:ERRORS?|FATAL|CRITICAL|EXCEPTION)\W*|(?:During handling of|The above exception was) .*exception.*)$/i

/**
 * Returns the cause that a log names, with the lines that explain it. Without a known cause, returns the last lines
 * that read like errors. Without such lines, returns the last lines of the log.
 *
 * @param names names that a log repeats, such as the name of the deployment; words in them are not evidence
 */
export function tellingLines(
  entries: readonly LogEntry[],
  kind: LogKind,
  names: readonly string[] = [],
  runs: FailedRuns = 'besides'
): Telling {
  const all = logLinesOf(entries)
  // Only a hyphenated name can contain a word such as error.
  const misleading = names.filter((name) => name.includes('-'))
  const cause = findCause(all, kind, misleading, runs)
  if (cause) return { ...cause, isTelling: true, isCause: true }
  const words = wordsOfLines(all, misleading, runs)
  const lines = all
    .map((line, index) => ({ ...line, words: words[index]?.words ?? '', isRetry: words[index]?.isRetry }))
    .filter(({ text }) => text.trim() !== '')
  const telling = lines.filter(({ isError, isMild, isRetry, words }) => {
    if (words === '' || isRetry || isMild || BARE_ERROR.test(words)) return false
    return isError || READS_LIKE_AN_ERROR.test(words.replace(NO_ERROR, ' '))
  })
  const shown = telling.length > 0 ? telling.slice(-MOST_TELLING_LINES) : lines.slice(-3)
  return {
    isTelling: telling.length > 0,
    isCause: false,
    lines: shown.map(({ text }) => text.trim()),
    advice: kind === 'deploy' && telling.length === 0 ? USUAL_CAUSES : ''
  }
}

const USUAL_CAUSES = 'The log shows no cause. Common causes are a failed import and a missing secret.'
