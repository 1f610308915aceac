import { execFile } from 'node:child_process'
import { CancelledError, checkLimits, type Limits } from '../run/limits.ts'
import { clause } from '../run/sentence.ts'

/** Variables that a tool is started with. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A tool of the runner that is to be run to its end. */
export interface ToolCall {
  readonly command: string
  /** Anybody on the machine may read them, so none holds a secret. */
  readonly args: readonly string[]
  readonly environment: Environment
  readonly limits: Limits
  /** How long it may take inside the limits, in milliseconds. */
  readonly mostMs: number
}

/** A tool is not there, failed, or took too long. The message is what the tool said last: words from outside. */
export class ToolError extends Error {
  override readonly name = 'ToolError'
  /** Whether this runner does not have the tool. */
  readonly isAbsent: boolean
  constructor(message: string, isAbsent = false) {
    super(message)
    this.isAbsent = isAbsent
  }
}

/** More than any of the tools prints. */
const MOST_BYTES = 16 * 1024 * 1024
const LONGEST_LINE = 500

/**
 * Runs a tool without a shell and without standard input, and ends it where the limits of the run end.
 *
 * @returns what it printed to standard output
 * @throws {ToolError} when it is not there, fails, or takes too long
 * @throws {CancelledError} at once when the job is cancelled
 * @throws {DeadlineError} at the deadline
 */
export async function runTool({ command, args, environment, limits, mostMs }: ToolCall): Promise<string> {
  checkLimits(limits)
  const ms = Math.ceil(Math.min(mostMs, limits.deadline - limits.clock.now()))
  const tooLong = AbortSignal.timeout(ms)
  const signal = AbortSignal.any([limits.cancelled, tooLong])
  try {
    return await start(command, args, environment, signal)
  } catch (error) {
    if (limits.cancelled.aborted) throw new CancelledError()
    checkLimits(limits)
    if (tooLong.aborted) throw new ToolError(`${command} did not end within ${Math.round(ms / 1_000)} s`)
    throw error
  }
}

function start(command: string, args: readonly string[], env: Environment, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env: { ...env }, maxBuffer: MOST_BYTES, windowsHide: true, signal }
    const child = execFile(command, [...args], options, (error, stdout, stderr) => {
      if (!error) resolve(stdout)
      else if (error.code === 'ENOENT') reject(new ToolError(`${command} is not installed`, true))
      else reject(new ToolError(lastWords(stderr) ?? lastWords(stdout) ?? `${command} failed without output`))
    })
    // A tool that asks for a password must fail, and not wait.
    child.stdin?.end()
  })
}

/** The last line that says something, without what a logger puts in front. */
function lastWords(output: string): string | undefined {
  const lines = output.split(/\r?\n/).map((line) => line.trim())
  const last = lines.findLast((line) => line !== '' && !/^(?:run|see) '[^']* --help'|^usage:/i.test(line))
  if (last === undefined) return undefined
  const [, quoted] = /\bmsg="((?:[^"\\]|\\.)*)"/.exec(last) ?? []
  const text = quoted === undefined ? last.replace(/^error:\s*/i, '') : quoted.replace(/\\(["\\])/g, '$1')
  return clause(text.slice(0, LONGEST_LINE))
}
