/** The command line of the scripts, chaos, benchmarks and the demo. Uses no packages, like scripts/release.ts. */
import { type ParseArgsConfig, parseArgs } from 'node:util'

/**
 * Parses the arguments of this process. Must be called before anything is written or deleted.
 *
 * @param usage the whole command, such as `npm run docs -- [--check]`
 */
export function readArguments<const T extends ParseArgsConfig>(usage: string, config: T) {
  try {
    return parseArgs(config)
  } catch (error) {
    return refuse(`${firstSentence(error)}. Usage: ${usage}`)
  }
}

/** Ends this process with one line on stderr and exit code 2, because its command line or its environment is invalid. */
export function refuse(message: string): never {
  console.error(message)
  process.exit(2)
}

/** Parses the value of an option. */
export function wholeNumber(option: string, text: string, most = 999_999_999): number {
  if (/^\d{1,9}$/.test(text) && Number(text) >= 1 && Number(text) <= most) return Number(text)
  return refuse(`--${option} must be a whole number from 1 to ${most}, not '${text}'.`)
}

/** Keeps the error and drops Node's advice about how to pass such a value on purpose. */
function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.split(/\.(?:\s|$)|\n/, 1)[0] ?? ''
}
