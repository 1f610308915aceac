import { setFlagsFromString } from 'node:v8'
import { getState, saveState, setFailed, setOutput } from '@actions/core'
import { main } from './main.ts'

/** The runner starts this file twice, before and after the job; only the second time it finds what the first one saved. */
async function run(): Promise<boolean> {
  if (getState('started')) {
    const { post } = await import('./post.ts')
    await post()
    return true
  }
  saveState('started', 'true')
  return main()
}

// A few hundred small answers never pay for the optimised HTTP parser that V8 would compile beside them, in 22 MiB.
setFlagsFromString('--wasm-tiering-budget=1000000000')

let passes = false
try {
  passes = await run()
} catch (error) {
  setOutput('status', 'error')
  setFailed(error instanceof Error ? error.message : String(error))
}
// A name look-up that hangs would keep the process alive long after the verdict; the log is flushed first.
process.stdout.write('', () => process.exit(passes ? 0 : 1))
