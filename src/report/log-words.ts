import type { LogLine } from './log-lines.ts'
import { linesOfSource } from './quotes.ts'

/*
 * Extracts the words of a log that describe events: without echoed commands, access logs, tool noise and names of
 * places.
 */

/** The words of one line; empty if the line is not evidence. */
export interface LineWords {
  readonly words: string
  readonly isRetry: boolean
}

/** Only the beginning of a line is searched, because it names the cause. */
export const MOST_CHARACTERS_OF_LINE = 2_000

/** Returns the part of a line that is searched. */
export function lineHead(text: string): string {
  return text.slice(0, MOST_CHARACTERS_OF_LINE)
}

/**
 * The role of failed agent runs in a log. `besides`: they are not the failure, because the server must be up to run
 * them. `failure`: they are the failure, as after a smoke test.
 */
export type FailedRuns = 'besides' | 'failure'

/** Returns the words of each line; empty for lines that are not evidence. */
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

/** Events of a container that waits for a node or a volume; they are resolved when the container starts. */
const WAITS = /\bFailed(?:Scheduling|Mount)\b/

const OF_A_RUN = /\b(?:Background run failed|Run encountered an error in graph|Run failed)\b/

/** Maximum length of a stack trace if the lines do not show which record they belong to. */
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

/** Commands that are printed before they run, and the Dockerfile as BuildKit prints it. */
const ECHO =
  /^(?:(?:=> )?(?:ERROR |CACHED )?\[[^\]]{1,80}\] (?:RUN|ADD|COPY|FROM|WORKDIR)\b|\s?> \[|\s*=> |(?:RUN|COPY|ADD|FROM|ENV) (?!failed)|\+ |\$ |❯ |\s*\d+ \| |\s*>>> )/
/** The command in a message about how the command ended. */
const ENDED_COMMAND = /(?:[Tt]he command |process |executor failed running )(?:'[^']*'|"[^"]*"|\[[^\]]*\])/g
const ACCESS =
  /"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) [^"]*" \d{3}\b|^(?:GET|POST|PUT|PATCH|DELETE|HEAD) \S+ \d{3} \d+ ?ms|\bHTTP Request: [A-Z]+ /
const NOISE =
  /^(?!.*\w(?:Error|Exception): ).*\bdeprecat|\bnpm (?:warn|notice|http|info)\b|\bnpm WARN\b|\bpip's dependency resolver does not\b|\bIgnored the following versions\b|^\[notice\]|\bcompiled by gcc\b|\bException in ASGI application\b|\bA complete log of this run can be found in\b/i
/** The prefix of warnings from Yarn. */
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

/**
 * An address, path, image reference or host name, with or without quotes. The word `error-agent` in one of them is not
 * an error.
 */
const PLACE =
  /^\W*(?:[A-Za-z][\w+.-]*:\/\/\S+|[\w.@~-]*(?::\d+)?\/[\w.@:/~-]+|[a-z0-9-]+(?:\.[a-z0-9-]+)+\.[a-z]{2,})\W*$/
/** Longer words are not tested: a log line can have millions of characters without a space. */
const LONGEST_PLACE = 500

/** Removes the words that name places. */
function withoutPlaces(text: string): string {
  return text
    .split(/\s+/)
    .filter((word) => word.length > LONGEST_PLACE || !PLACE.test(word))
    .join(' ')
}
