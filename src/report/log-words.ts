import type { LogLine } from './log-lines.ts'
import { linesOfSource } from './quotes.ts'

/*
 * The words of a log that say what happened: without echoed commands, access logs, noise of tools, and names of places.
 */

/** The words of one line; empty for a line that says nothing by itself. */
export interface LineWords {
  readonly words: string
  readonly isRetry: boolean
}

/** Only the beginning of a line is searched: a cause is named there. */
export const MOST_CHARACTERS_OF_LINE = 2_000

/** The part of a line that is searched. */
export function lineHead(text: string): string {
  return text.slice(0, MOST_CHARACTERS_OF_LINE)
}

/**
 * What the failed runs of the agent in a log are: `besides` the failure, since the server must be up to run it, or
 * themselves the `failure`, as after a smoke test.
 */
export type FailedRuns = 'besides' | 'failure'

/** The words of each line; none for lines that say nothing about the failure. */
export function wordsOfLines(
  lines: readonly LogLine[],
  names: readonly string[],
  runs: FailedRuns
): readonly LineWords[] {
  const skipped = [...(runs === 'besides' ? [linesOfRuns(lines)] : []), linesOfSource(lines)]
  const started = lines.findLastIndex(({ text }) => /\bStarted container\b/.test(lineHead(text)))
  return lines.map(({ text }, index) => {
    const isSkipped = skipped.some((indices) => indices.has(index)) || (index < started && WAITS.test(text))
    return isSkipped ? NO_WORDS : wordsOfLine(text, names)
  })
}

/** Events of a container that waits for a node or a volume; they are over once it has started. */
const WAITS = /\bFailed(?:Scheduling|Mount)\b/

const OF_A_RUN = /\b(?:Background run failed|Run encountered an error in graph|Run failed)\b/

/** The length of its stack trace, when the lines do not tell which record they belong to. */
const MOST_LINES_OF_A_RUN = 100

function linesOfRuns(lines: readonly LogLine[]): ReadonlySet<number> {
  const skipped = new Set<number>()
  let left = 0
  for (const [index, { text, begins }] of lines.entries()) {
    const isOfRun = OF_A_RUN.test(lineHead(text))
    left = isOfRun ? MOST_LINES_OF_A_RUN : begins ? 0 : left - 1
    if (left > 0) skipped.add(index)
  }
  return skipped
}

/** Commands that are printed before they run, and the Dockerfile as BuildKit shows it. */
const ECHO =
  /^(?:(?:=> )?(?:ERROR |CACHED )?\[[^\]]{1,80}\] (?:RUN|ADD|COPY|FROM|WORKDIR)\b|\s?> \[|\s*=> |(?:RUN|COPY|ADD|FROM|ENV) (?!failed)|\+ |\$ |❯ |\s*\d+ \| |\s*>>> )/
/** The command in a message about how it ended. */
const ENDED_COMMAND = /(?:[Tt]he command |process |executor failed running )(?:'[^']*'|"[^"]*"|\[[^\]]*\])/g
const ACCESS =
  /"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) [^"]*" \d{3}\b|^(?:GET|POST|PUT|PATCH|DELETE|HEAD) \S+ \d{3} \d+ ?ms|\bHTTP Request: [A-Z]+ /
const NOISE =
  /^(?!.*\w(?:Error|Exception): ).*\bdeprecat|\bnpm (?:warn|notice|http|info)\b|\bnpm WARN\b|\bpip's dependency resolver does not\b|\bIgnored the following versions\b|^\[notice\]|\bcompiled by gcc\b|\bException in ASGI application\b|\bA complete log of this run can be found in\b/i
/** Yarn begins warnings so. */
const YARN_WARNING = /^warning /
const RETRY = /\bretry(?:ing)?\b/i

const NO_WORDS: LineWords = { words: '', isRetry: false }

function wordsOfLine(text: string, names: readonly string[]): LineWords {
  const head = lineHead(text)
  if (ECHO.test(head) || ACCESS.test(head) || NOISE.test(head) || YARN_WARNING.test(head)) return NO_WORDS
  const unnamed = names.reduce((rest, name) => (name.length > 2 ? rest.replaceAll(name, ' ') : rest), head)
  const words = withoutPlaces(unnamed.replace(ENDED_COMMAND, ' '))
  return { words, isRetry: RETRY.test(words) && !/\bafter \d+ (?:retries|tries|attempts)\b/.test(words) }
}

/** An address, path, image reference or host name, in quotes or not; `error-agent` in one does not mean an error. */
const PLACE =
  /^\W*(?:[A-Za-z][\w+.-]*:\/\/\S+|[\w.@~-]*(?::\d+)?\/[\w.@:/~-]+|[a-z0-9-]+(?:\.[a-z0-9-]+)+\.[a-z]{2,})\W*$/
/** Longer words are not tested: a line of a log can have millions of characters without a space. */
const LONGEST_PLACE = 500

/** A text without the words that name places. */
function withoutPlaces(text: string): string {
  return text
    .split(/\s+/)
    .filter((word) => word.length > LONGEST_PLACE || !PLACE.test(word))
    .join(' ')
}
