import { errorMessage } from './run/error-message.ts'
import { hasOpenEnds } from './run/record.ts'
import { parseSaved, STATE } from './run/saved-state.ts'
import { plain } from './runner/words.ts'

/*
 * The post step. The job already has its verdict, so no error here fails it. The step rarely has work, so it loads
 * little before it knows.
 */

/** Escapes a text for a workflow command. */
const escaped = (text: string) => plain(text).replaceAll('%', '%25').replaceAll('\n', '%0A')

const giveUp = (error: unknown) => {
  const reason = errorMessage(error)
  process.stdout.write(`::warning::The post step failed: ${escaped(reason)}\n`, () => process.exit(0))
}

// A closed log is not a reason to leave a rollout unsettled.
process.stdout.on('error', () => {})
// Overrides the code that Node sets itself, for example for an `await` that never settles.
process.exitCode = 0
process.on('uncaughtException', giveUp)
try {
  const saved = parseSaved(process.env[`STATE_${STATE}`] ?? '')
  if (saved && (hasOpenEnds(saved) || saved.feedback)) {
    const { post } = await import('./post.ts')
    await post()
    // A hanging DNS lookup would keep the process alive. Flushes the log first.
    process.stdout.write('', () => process.exit(0))
  }
} catch (error) {
  giveUp(error)
}
