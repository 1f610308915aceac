import { setFlagsFromString } from 'node:v8'
import { listenForCancellation } from './runner/signals.ts'

// Before anything else is loaded: a signal in these first moments is to end the run in order too.
const cancellation = listenForCancellation()
// A few hundred small answers never pay for the optimised HTTP parser that V8 would compile beside them, in 22 MiB.
setFlagsFromString('--wasm-tiering-budget=1000000000')

let passes = false
const { main, tellCrash } = await import(/* webpackIgnore: true */ './main.ts')
try {
  passes = await main(undefined, cancellation)
} catch (error) {
  tellCrash(error)
}
// A name look-up that hangs would keep the process alive long after the verdict; the log is flushed first.
process.stdout.write('', () => process.exit(passes ? 0 : 1))
