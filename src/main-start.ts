import { setFlagsFromString } from 'node:v8'
import { listenForCancellation } from './runner/signals.ts'

// Before anything else is loaded: a signal in these first moments is to end the run in order too.
const cancellation = listenForCancellation()

const { main, tellCrash } = await import('./main.ts')
// A few hundred small answers never pay for the optimised HTTP parser that V8 would compile beside them, in 22 MiB. Not
// before the import: V8 takes no code from Node's own cache once a flag has changed, which costs 20 ms.
setFlagsFromString('--wasm-tiering-budget=1000000000')
// A log that nobody takes any more is no reason to leave a rollout alone.
process.stdout.on('error', () => {})

let isPassed = false
try {
  isPassed = await main(undefined, cancellation)
} catch (error) {
  tellCrash(error)
}
// A name look-up that hangs would keep the process alive long after the verdict; the log is flushed first.
process.stdout.write('', () => process.exit(isPassed ? 0 : 1))
