import { execFile } from 'node:child_process'
import { CancelledError, checkLimits, type Limits } from '../run/limits.ts'
import { clause } from '../run/sentence.ts'

/** Environment variables of a tool. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A command of a tool on the runner. */
export interface ToolCall {
  readonly command: string
  /** Must not contain secrets, because all processes on the machine can read them. */
  readonly args: readonly string[]
  readonly environment: Environment
  readonly limits: Limits
  /** Maximum duration within the limits, in milliseconds. */
  readonly mostMs: number
}

/**
 * Thrown if a tool is not installed, fails, or takes too long. The message quotes the tool's output: it is untrusted
 * text.
 */
export class ToolError extends Error {
  override readonly name = 'ToolError'
  /** True if the tool is not installed on this runner. */
  readonly isAbsent: boolean
  constructor(message: string, isAbsent = false) {
    super(message)
    this.isAbsent = isAbsent
  }
}

/** Output limit, which none of the tools reaches. */
const MOST_BYTES = 16 * 1024 * 1024
const LONGEST_LINE = 500

/**
 * Runs a tool without a shell and without standard input, and stops it at the limits of the run.
 *
 * @returns its standard output
 * @throws {ToolError} if it is not installed, fails, or takes too long
 * @throws {CancelledError} as soon as the job is canceled
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
    // Without input, a tool that prompts for a password fails instead of waiting.
    child.stdin?.end()
  })
}

/** Returns the last informative line of the output, without the prefix of a logger. */
function lastWords(output: string): string | undefined {
  const lines = output.split(/\r?\n/).map((line) => line.trim())
  const last = lines.findLast((line) => line !== '' && !/^(?:run|see) '[^']* --help'|^usage:/i.test(line))
  if (last === undefined) return undefined
  const [, quoted] = /\bmsg="((?:[^"\\]|\\.)*)"/.exec(last) ?? []
  const text = quoted === undefined ? last.replace(/^error:\s*/i, '') : quoted.replace(/\\(["\\])/g, '$1')
  return clause(text.slice(0, LONGEST_LINE))
}
