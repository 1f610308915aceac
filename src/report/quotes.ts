import type { LogLine } from './log-lines.ts'

/** Selects the lines to quote for the cause at `index`, in order. */
export type Quote = (lines: readonly LogLine[], index: number) => readonly string[]

/** Number of lines that are searched before and after the cause. */
const REACH = 60

function textAt(lines: readonly LogLine[], index: number): string {
  return lines[index]?.text ?? ''
}

/** Quotes only the line that names the cause. */
export const theLine: Quote = (lines, index) => [textAt(lines, index).trim()]

/** A Dockerfile step that installs packages, as BuildKit or the legacy builder prints it. */
const INSTALL =
  /^\s{0,9}(?:(?:=> (?:ERROR )?|> )?\[[^\]]{1,80}\]|Step \d{1,4}\/\d{1,4} :) RUN .{0,1000}?\b(?:pip|uv|npm|pnpm|yarn|bun|poetry) /
/** The end of a step. */
const STEP_ENDED = /^(?:DONE|CACHED)\b/

/** Returns true if one of the quoted lines begins a step that installs packages. */
export function isInstall(quoted: string): boolean {
  return quoted.split('\n').some((line) => INSTALL.test(line))
}

/** Quotes the line, preceded by the install step that was running at that time. */
export const withInstall: Quote = (lines, index) => {
  const before = lines.slice(Math.max(0, index - REACH), index)
  const running = before.slice(before.findLastIndex(({ text }) => STEP_ENDED.test(text)) + 1)
  const step = running.findLast(({ text }) => INSTALL.test(text))
  return [...(step ? [step.text.trim()] : []), ...theLine(lines, index)]
}

/** Quotes the line and all following lines before one that matches `end`; empty lines are omitted. */
export function upTo(end: RegExp, most: number): Quote {
  return (lines, index) => {
    const after = lines.slice(index + 1, index + 1 + REACH)
    const ends = after.findIndex(({ text }, offset) => end.test(text) && !(text === '' && offset === 0))
    const block = ends < 0 ? after : after.slice(0, ends)
    return [textAt(lines, index).trim(), ...block.map(({ text }) => text).filter(Boolean)].slice(0, most)
  }
}

/** Quotes the line and those of the next lines that match. */
export function followedBy(pattern: RegExp, most: number): Quote {
  return (lines, index) => {
    const near = lines.slice(index + 1, index + 1 + REACH / 4)
    const next = near.findIndex(({ begins }) => begins && !lines[index]?.begins)
    const after = next < 0 ? near : near.slice(0, next)
    return [
      textAt(lines, index).trim(),
      ...after.flatMap(({ text }) => (pattern.test(text) ? [text] : [])).slice(0, most)
    ]
  }
}

/**
 * Quotes the lines that match, from this one to the next repetition of this line; or only this line if none matches.
 */
export function theseLines(pattern: RegExp, most: number): Quote {
  return (lines, index) => {
    const first = textAt(lines, index)
    const after = lines.slice(index + 1, index + REACH)
    const again = after.findIndex(({ text }) => text === first)
    const block = [...lines.slice(index, index + 1), ...(again < 0 ? after : after.slice(0, again))]
    const matching = block.flatMap(({ text }) => (pattern.test(text) ? [text.trimEnd()] : []))
    return matching.length > 0 ? matching.slice(0, most) : theLine(lines, index)
  }
}

/** The name of a settings field; the next line describes the error. */
const FIELD = /^[A-Za-z_][\w.]{0,100}$/
const FIELD_FAULT = /^\s+\S.*\[type=/
const MOST_FIELDS = 8

/** Quotes the error of each field in a validation error, with the frame in the user's code. */
export const settingsWithFrame: Quote = (lines, index) => {
  const pairs: string[] = []
  let field = ''
  for (const { text } of lines.slice(index + 1, index + REACH)) {
    if (/\bvalidation errors? for\b|^Traceback\b/.test(text) || pairs.length >= 2 * MOST_FIELDS) break
    if (FIELD.test(text)) field = text
    if (field !== '' && FIELD_FAULT.test(text)) {
      pairs.push(field, text)
      field = ''
    }
  }
  return [...exceptionWithFrame(lines, index), ...pairs]
}

const FRAME = /^\s*File "[^"]+", line \d+/
const JS_FRAME = /^\s+at .*:\d+:\d+\)?$/
/** Paths of code that is not the user's. */
const LIBRARY =
  /site-packages|dist-packages|<frozen|<string>|"\/(?:usr\/(?:local\/)?lib|api|opt)\/|\/langgraph_\w+\/|node_modules|node:|\/uvloop\/|"uvloop/

/** Returns the source lines below each frame, which are not messages. */
export function linesOfSource(lines: readonly LogLine[]): ReadonlySet<number> {
  const found = new Set<number>()
  let indent = -1
  for (const [index, { text }] of lines.entries()) {
    if (FRAME.test(text)) indent = indentOf(text)
    else if (indent >= 0 && text !== '' && indentOf(text) > indent) found.add(index)
    else indent = -1
  }
  return found
}

function indentOf(text: string): number {
  return text.search(/\S/)
}

/** Returns true if a line of a stack trace names a file of the user. */
export function isUsersFrame(line: string): boolean {
  return (FRAME.test(line) || JS_FRAME.test(line)) && !LIBRARY.test(line)
}

/** Quotes the line of an exception, with the closest frame in the user's code. */
export const exceptionWithFrame: Quote = (lines, index) => {
  const before: string[] = []
  for (let at = index - 1; at >= Math.max(0, index - REACH); at -= 1) {
    const text = textAt(lines, at)
    // A line that begins a record does not belong to the preceding lines.
    const isOfOther = lines[index]?.begins && !lines[at]?.begins
    if (isOfOther || text.includes('Traceback (most recent call last)')) break
    if (isUsersFrame(text)) {
      // The source line of the frame, without the markers below it.
      const code = textAt(lines, at + 1)
      before.push(text.trim(), ...(FRAME.test(code) || at + 1 === index ? [] : [code]))
      break
    }
    if (lines[at]?.begins && !lines[index]?.begins) break
  }
  const after = lines.slice(index + 1, index + 1 + REACH / 4).map(({ text }) => text)
  const ended = after.findIndex((text) => !JS_FRAME.test(text))
  const frame = (ended < 0 ? after : after.slice(0, ended)).find(isUsersFrame)
  return [...before, textAt(lines, index).trim(), ...(frame ? [frame] : [])]
}
