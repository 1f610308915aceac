/**
 * The post entry of emulator/action.yml: ends the emulator and prints its requests. It is copied to dist/ unbundled and
 * imports only built-in modules of Node.
 */
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'

const { STATE_pid: pid = '', STATE_url: url = '', STATE_log: log = '' } = process.env

/** Tells if the process is still the emulator: its process ID may have been reused. */
async function isThere(): Promise<boolean> {
  try {
    return (await fetch(`${url}/_emulator`, { signal: AbortSignal.timeout(5000) })).ok
  } catch {
    return false
  }
}

/** Ends the process. Tolerates a process that has ended while another emulator responds at its address. */
function end(): void {
  try {
    process.kill(Number(pid), 'SIGTERM')
  } catch (error) {
    process.stdout.write(`The emulator had already ended (${String(error)}).\n`)
  }
}

if (/^\d+$/.test(pid) && url !== '' && (await isThere())) end()
// Without a URL, the emulator did not start, and the log contains only its error, which the main step has shown.
if (url !== '' && log !== '' && existsSync(log)) {
  // Keeps the runner from interpreting logged data as commands.
  const token = randomUUID()
  const text = readFileSync(log, 'utf8').trimEnd()
  process.stdout.write(
    `::group::Requests to the emulator\n::stop-commands::${token}\n${text}\n::${token}::\n::endgroup::\n`
  )
}
