import type { Verdict } from '../run/verdict.ts'
import type { Runner } from '../runner/runner.ts'
import { type Config, readConfig } from './config.ts'
import { readAbsence } from './read-ruling.ts'
import { InputError } from './reader.ts'

/**
 * What the run is to do, by its inputs; or its verdict where it has nothing to do, or cannot be begun. Nothing is sent
 * before that is known.
 */
export async function readRun(runner: Runner): Promise<Config | { readonly verdict: Verdict }> {
  const unwritable = checkFiles(runner)
  if (unwritable) return { verdict: unwritable }
  const absence = readAbsence(runner)
  if (absence) {
    // What the user should change is a warning besides.
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
 * Whether what later steps and the post step need of this run can be written. If not, that is the verdict: a run that
 * could not tell what it did is not begun. The summary is for readers alone, and worth no more than a warning.
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
