/**
 * The post entry of emulator/action.yml: ends the emulator and shows what it was asked. It reaches dist/ as it is and
 * imports nothing that is not part of Node.
 */
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'

const { STATE_pid: pid = '', STATE_url: url = '', STATE_log: log = '' } = process.env

/** Whether the process is still the emulator: its number may have gone to another one. */
async function isThere(): Promise<boolean> {
  try {
    return (await fetch(`${url}/_emulator`, { signal: AbortSignal.timeout(5000) })).ok
  } catch {
    return false
  }
}

/** Ends the process; it is fine when it has ended by itself, and another emulator answers at its address. */
function end(): void {
  try {
    process.kill(Number(pid), 'SIGTERM')
  } catch (error) {
    process.stdout.write(`The emulator had already ended (${String(error)}).\n`)
  }
}

if (/^\d+$/.test(pid) && url !== '' && (await isThere())) end()
if (log !== '' && existsSync(log)) {
  // What others sent is no command for the runner.
  const token = randomUUID()
  const text = readFileSync(log, 'utf8').trimEnd()
  process.stdout.write(
    `::group::Requests to the emulator\n::stop-commands::${token}\n${text}\n::${token}::\n::endgroup::\n`
  )
}
