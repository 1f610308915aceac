import type { Verdict } from '../run/verdict.ts'
import type { Runner } from '../runner/runner.ts'
import { type Config, readConfig } from './config.ts'
import { readAbsence } from './read-ruling.ts'
import { InputError } from './reader.ts'

/**
 * Returns the configuration of the run, or its verdict if it has nothing to do or cannot start. No request precedes
 * this.
 */
export async function readRun(runner: Runner): Promise<Config | { readonly verdict: Verdict }> {
  const unwritable = checkFiles(runner)
  if (unwritable) return { verdict: unwritable }
  const absence = readAbsence(runner)
  if (absence) {
    // A skip that the user should prevent is also a warning.
    if (absence.level === 'warning') runner.warning(absence.reason)
    return { verdict: { status: 'skipped', reason: absence.reason } }
  }
  try {
    return await readConfig(runner)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    const { title, message, place } = error
    return { verdict: { status: 'error', title: `${title}; no request was made`, reason: message, place } }
  }
}

/**
 * Checks that the outputs for later steps and the state for the post step can be written. If not, returns the verdict,
 * because a run that cannot report its result must not start. An unwritable summary is only a warning.
 */
function checkFiles(runner: Runner): Verdict | undefined {
  const unwritable = runner.unwritableFiles()
  if (unwritable.every(({ file }) => file === 'GITHUB_STEP_SUMMARY')) {
    for (const { text } of unwritable) runner.warning(text)
    return undefined
  }
  return {
    status: 'error',
    title: "The runner's files are not writable; no request was made",
    reason: unwritable.map(({ text }) => text).join('\n')
  }
}
