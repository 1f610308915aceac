import { setFlagsFromString } from 'node:v8'
import { listenForCancellation } from './runner/signals.ts'

// First, before other modules load, so that an early signal also ends the run in an orderly manner.
const cancellation = listenForCancellation()

const { main, tellCrash } = await import('./main.ts')
// Keeps V8 from compiling the optimized HTTP parser, which takes 22 MiB and does not pay for a few hundred small
// responses. Set after the import: once a flag has changed, V8 ignores Node's code cache, which costs 20 ms.
setFlagsFromString('--wasm-tiering-budget=1000000000')
// A closed log is not a reason to abandon a rollout.
process.stdout.on('error', () => {})

let isPassed = false
try {
  isPassed = await main(undefined, cancellation)
} catch (error) {
  tellCrash(error)
}
// A hanging DNS lookup would keep the process alive long after the verdict. Flushes the log first.
process.stdout.write('', () => process.exit(isPassed ? 0 : 1))
