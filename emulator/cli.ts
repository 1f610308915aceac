import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { VERSION } from '../src/version.ts'
import { type EmulatorCommand, readOptions, USAGE } from './options.ts'
import { givenScenario } from './routes/control.ts'
import { seedSchema } from './seed.ts'
import { type Emulator, type EmulatorOptions, startEmulator } from './server.ts'
import { INTEGRATION_ID, LISTENER_ID, WORKSPACE_ID } from './state.ts'
import type { Field, Problem } from './validation.ts'

type Run = Extract<EmulatorCommand, { kind: 'run' }>

/** An error in the command line or in one of its files, as one line. */
class Mistake extends Error {}

function greeting({ url, apiKey }: Emulator): string {
  return `LangSmith control plane emulator at ${url} (also below /api-host). Press Ctrl-C to stop it.

  API key         ${apiKey}
  workspace ID    ${WORKSPACE_ID}
  integration ID  ${INTEGRATION_ID}
  listener ID     ${LISTENER_ID}

Open in a browser:
  ${url}/
Try:
  curl -H 'X-Api-Key: ${apiKey}' ${url}/v2/deployments
`
}

function asJson({ url, apiKey, workspaceId, integrationId, listenerId }: Emulator): string {
  const ids = { workspace_id: workspaceId, integration_id: integrationId, listener_id: listenerId }
  return `${JSON.stringify({ url, api_key: apiKey, ...ids })}\n`
}

async function run({ options, json, quiet, scenario, seed, command }: Run): Promise<void> {
  // First, so that an early signal ends the emulator in the same way as a later one.
  const end = () => process.exit(0)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end)
  const { host = '', port } = options
  const emulator = await started({
    ...options,
    ...(scenario === undefined ? {} : { scenario: fileOf('scenario', scenario, givenScenario) }),
    ...(seed === undefined ? {} : { seed: fileOf('seed', seed, seedSchema) }),
    ...(quiet ? {} : { log: (line: string) => process.stderr.write(`${line}\n`) })
  })
  if (!/^(127\.[\d.]+|::1|localhost)$/.test(host)) warnOfHost(host, options.key !== undefined)
  if (!command) {
    process.stdout.write(json ? asJson(emulator) : greeting(emulator))
    return
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, end)
  if (json) process.stdout.write(asJson(emulator))
  process.exit(await exitCodeOf(command, emulator))

  async function started(all: EmulatorOptions): Promise<Emulator> {
    try {
      return await startEmulator(all)
    } catch (error) {
      const isHostInvalid = INVALID_HOST.has(codeOf(error))
      throw new (isHostInvalid ? Mistake : Error)(explain(error, host, port))
    }
  }
}

function warnOfHost(host: string, hasKey: boolean): void {
  const open = hasKey ? 'the control routes, which need no key,' : 'the emulator'
  process.stderr.write(
    `emulator: WARNING: listening on ${host}. Anyone who can reach this machine can use ${open} and read all requests, including keys and secrets.\n`
  )
}

/**
 * Runs a command with the emulator's address and key in its environment.
 *
 * @returns its exit code, or 128 plus its signal
 */
function exitCodeOf([file = '', ...args]: readonly string[], { url, apiKey }: Emulator): Promise<number> {
  const env = { ...process.env, LANGGRAPH_HOST_URL: url, LANGSMITH_API_KEY: apiKey }
  return new Promise((done) => {
    const child = spawn(file, args, { env, stdio: 'inherit' })
    // The command also receives the signals of a terminal. It ends when it wants, and the emulator ends after it.
    process.on('SIGINT', () => {})
    process.on('SIGTERM', () => child.kill('SIGTERM'))
    child.on('error', (error: NodeJS.ErrnoException) => {
      const isMissing = error.code === 'ENOENT'
      process.stderr.write(`emulator: ${file} ${isMissing ? 'was not found' : `cannot be run: ${error.message}`}\n`)
      done(isMissing ? 127 : 126)
    })
    child.on('exit', (code, signal) => done(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  })
}

function fileOf<T>(option: string, path: string, schema: Field<T>): T {
  if (/^\s*[[{]/.test(path)) {
    throw new Mistake(`--${option} needs the path of a file, not JSON; write the JSON to a file first`)
  }
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const problem = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read'
    throw new Mistake(`--${option}: ${path} ${problem}: ${reason}`)
  }
  const problems: Problem[] = []
  const result = schema.parse(value, [], problems)
  const [first] = problems
  if (first) throw new Mistake(`--${option}: ${path}: ${[...first.loc].join('.') || 'the file'}: ${first.msg}`)
  return result
}

function fail(message: string, exitCode: number): void {
  // A message of Node can quote several lines of a file.
  process.stderr.write(`emulator: ${message.replace(/\p{Cc}+/gu, ' ').trim()}\n`)
  process.exitCode = exitCode
}

/** Codes of errors that mean that `--host` is not an address of this machine. */
const INVALID_HOST = new Set(['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL'])

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function explain(error: unknown, host: string, port: number | undefined): string {
  const code = codeOf(error)
  if (INVALID_HOST.has(code)) return `${host} is not an address of this machine; set --host to another address`
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} is in use; set --port to another port, or to 0 for any free port`
    case 'EACCES':
      return `this user may not listen on port ${port}; set --port to another port`
    default:
      return error instanceof Error ? error.message : String(error)
  }
}

const asked = readOptions(process.argv.slice(2))
switch (asked.kind) {
  case 'help':
    process.stdout.write(USAGE)
    break
  case 'version':
    process.stdout.write(`${VERSION}\n`)
    break
  case 'mistake':
    fail(`${asked.message} (see --help)`, 2)
    break
  case 'run':
    try {
      await run(asked)
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error), error instanceof Mistake ? 2 : 1)
    }
}
