import { readOptions, USAGE } from './options.ts'
import { identityOf } from './routes/control.ts'
import { type EmulatorOptions, startEmulator } from './server.ts'

function greeting(url: string): string {
  const { api_key, workspace_id, integration_id, listener_id } = identityOf(url)
  return `LangSmith control plane emulator at ${url} (also below /api-host); Ctrl-C ends it.

  API key         ${api_key}
  workspace ID    ${workspace_id}
  integration ID  ${integration_id}
  listener ID     ${listener_id}

Try:
  curl -H 'X-Api-Key: ${api_key}' ${url}/v2/deployments
`
}

async function run(options: EmulatorOptions, json: boolean): Promise<void> {
  // Set up first, so that a signal in the very first moment ends it as any later one does.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0))
  const { url } = await startEmulator(options)
  process.stdout.write(json ? `${JSON.stringify(identityOf(url))}\n` : greeting(url))
}

function fail(message: string, exitCode: number): void {
  process.stderr.write(`emulator: ${message}\n`)
  process.exitCode = exitCode
}

function explain(error: unknown, port: number | undefined): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `port ${port} is in use; choose another with --port, or --port 0 for any free one`
  }
  return error instanceof Error ? error.message : String(error)
}

const command = readOptions(process.argv.slice(2))
switch (command.kind) {
  case 'help':
    process.stdout.write(USAGE)
    break
  case 'mistake':
    fail(`${command.message} (see --help)`, 2)
    break
  case 'run':
    try {
      await run(command.options, command.json)
    } catch (error) {
      fail(explain(error, command.options.port), 1)
    }
}
