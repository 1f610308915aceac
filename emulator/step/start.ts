/**
 * The main entry of emulator/action.yml: starts the emulator in the background, and ends when it listens. It is copied
 * to dist/ unbundled and imports only built-in modules of Node.
 */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { appendFileSync, openSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const START_MS = 30_000
const LOOK_EVERY_MS = 20

/** Inputs with one value; an empty one keeps the emulator's default. */
const SINGLE = ['step-ms', 'delete-ms', 'hosting', 'key', 'scenario', 'seed']

function input(name: string): string {
  return (process.env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
}

/** Joins each value to its option, so that no value is parsed as another option. */
function argumentsOf(): string[] {
  const single = SINGLE.filter((name) => input(name) !== '').map((name) => `--${name}=${input(name)}`)
  const repositories = input('repository').split(/\s+/).filter(Boolean)
  return ['--json', `--port=${input('port') || '0'}`, ...single, ...repositories.map((name) => `--repository=${name}`)]
}

/** The minimum environment of the process. RUNNER_TRACKING_ID lets the runner end it with the job. */
function environment(): Record<string, string> {
  const names = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'RUNNER_TRACKING_ID']
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
}

function tell(file: string | undefined, values: Readonly<Record<string, string>>): void {
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}\n`)
  if (file) appendFileSync(file, lines.join(''))
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

/** Rewrites an error of the command line in terms of inputs. */
function inWordsOfTheStep(text: string): string {
  return text
    .replace(/^emulator: /, '')
    .replace(/ \(see --help\)$/, '')
    .replace(/--([a-z-]+)/g, '`$1`')
}

const base = join(process.env.RUNNER_TEMP || tmpdir(), `langsmith-emulator-${randomUUID()}`)
const files = { out: `${base}.json`, log: `${base}.log` }
const child = spawn(process.execPath, [fileURLToPath(new URL('./index.js', import.meta.url)), ...argumentsOf()], {
  cwd: process.env.GITHUB_WORKSPACE || process.cwd(),
  env: environment(),
  stdio: ['ignore', openSync(files.out, 'a'), openSync(files.log, 'a')],
  // Lets the process outlive this step.
  detached: true,
  windowsHide: true
})
tell(process.env.GITHUB_STATE, { pid: String(child.pid ?? ''), log: files.log })
child.unref()

const deadline = Date.now() + START_MS
while (!readFileSync(files.out, 'utf8').includes('\n') && child.exitCode === null && Date.now() < deadline) {
  await sleep(LOOK_EVERY_MS)
}
const [line = ''] = readFileSync(files.out, 'utf8').split('\n')
if (line === '') {
  const why = readFileSync(files.log, 'utf8').trim() || `it did not listen within ${START_MS / 1000} seconds`
  process.stdout.write(`::error title=The emulator did not start::${escaped(inWordsOfTheStep(why))}\n`)
  process.exitCode = 1
} else {
  const { url, api_key }: Record<string, string> = JSON.parse(line)
  tell(process.env.GITHUB_OUTPUT, { url: url ?? '', 'api-key': api_key ?? '' })
  tell(process.env.GITHUB_STATE, { url: url ?? '' })
  process.stdout.write(`The emulator is at ${url} until the end of the job.\n`)
}
