import { errorMessage } from './run/error-message.ts'
import { hasOpenEnds } from './run/record.ts'
import { parseSaved, STATE } from './run/saved-state.ts'
import { plain } from './runner/words.ts'

/*
 * The post step. Its job has its verdict already, so nothing that happens here fails it; and almost always there is
 * nothing to do, so little is loaded before that is known.
 */

/** A text as a command of the runner holds it. */
const escaped = (text: string) => plain(text).replaceAll('%', '%25').replaceAll('\n', '%0A')

const giveUp = (error: unknown) => {
  const reason = errorMessage(error)
  process.stdout.write(`::warning::The post step failed: ${escaped(reason)}\n`, () => process.exit(0))
}

// A log that nobody takes is no reason to leave a rollout unsettled.
process.stdout.on('error', () => {})
// Also where Node itself would set another one, such as for a wait that nothing can end.
process.exitCode = 0
process.on('uncaughtException', giveUp)
try {
  const saved = parseSaved(process.env[`STATE_${STATE}`] ?? '')
  if (saved && (hasOpenEnds(saved) || saved.feedback)) {
    const { post } = await import('./post.ts')
    await post()
    // A name look-up that hangs would keep the process alive; the log is flushed first.
    process.stdout.write('', () => process.exit(0))
  }
} catch (error) {
  giveUp(error)
}
