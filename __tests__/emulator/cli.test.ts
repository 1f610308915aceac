import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, describe, expect, test } from '@jest/globals'
import { readOptions, USAGE } from '../../emulator/options.ts'
import { startEmulator } from '../../emulator/server.ts'

describe('options', () => {
  const defaults = {
    port: 8124,
    stepMs: 1000,
    deleteMs: 0,
    hosting: 'any',
    repositories: ['acme/agents'],
    journal: 10_000
  }

  test.each<[string, object, boolean]>([
    ['', {}, false],
    ['--json', {}, true],
    ['--port 0 --step-ms=50 --delete-ms 10', { port: 0, stepMs: 50, deleteMs: 10 }, false],
    ['--journal 5', { journal: 5 }, false],
    ['--hosting self-hosted', { hosting: 'self-hosted' }, false],
    ['--repository a/b --repository c.d/e_f-g', { repositories: ['a/b', 'c.d/e_f-g'] }, false]
  ])('%s', (line, options, json) => {
    expect(readOptions(line.split(' ').filter(Boolean))).toEqual({
      kind: 'run',
      options: { ...defaults, ...options },
      json
    })
  })

  test('--help, whatever else is wrong', () => {
    expect(readOptions(['--help', '--hosting', 'moon'])).toEqual({ kind: 'help' })
    for (const option of ['port', 'step-ms', 'delete-ms', 'hosting', 'repository', 'journal', 'json'])
      expect(USAGE).toContain(`--${option}`)
  })

  test.each([
    ['--port', /--port/],
    ['--port x', /--port must be a whole number from 0 to 65535, not 'x'/],
    ['--port 65536', /--port/],
    ['--step-ms -5', /--step-ms/],
    ['--step-ms 1.5', /--step-ms/],
    ['--delete-ms soon', /--delete-ms/],
    ['--hosting moon', /--hosting must be one of any, cloud, hybrid, self-hosted, not 'moon'/],
    ['--repository agents', /--repository must be OWNER\/NAME, not 'agents'/],
    ['--verbose', /--verbose/],
    ['8124', /8124/],
    ['--json=yes', /--json/]
  ])('%s is a mistake, told in one line', (line, message) => {
    const command = readOptions(line.split(' '))
    expect(command).toEqual({ kind: 'mistake', message: expect.stringMatching(message) })
    expect(command).toEqual({ kind: 'mistake', message: expect.not.stringContaining('\n') })
  })
})

const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

function run(...args: string[]) {
  const child = spawn(process.execPath, ['emulator/cli.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  const output = { out: '', err: '' }
  child.stdout.on('data', (data) => {
    output.out += data
  })
  child.stderr.on('data', (data) => {
    output.err += data
  })
  return { child, output, ended: once(child, 'close').then(([code]: unknown[]) => ({ code, ...output })) }
}

async function untilOutput({ child, output }: ReturnType<typeof run>, pattern: RegExp): Promise<string> {
  while (!pattern.test(output.out)) await once(child.stdout ?? child, 'data')
  return output.out
}

describe('the program', () => {
  test('--json says where it is, in its first line, and a signal ends it at once', async () => {
    const program = run('--port', '0', '--json', '--step-ms', '1')
    const line = await untilOutput(program, /\n/)
    const identity: Record<string, string> = JSON.parse(line)
    expect(Object.keys(identity)).toEqual(['url', 'api_key', 'workspace_id', 'integration_id', 'listener_id'])
    const headers = { 'X-Api-Key': identity.api_key ?? '', 'X-Tenant-Id': identity.workspace_id ?? '' }
    const response = await fetch(`${identity.url}/v2/listeners/${identity.listener_id}`, { headers })
    expect(response.status).toBe(200)
    const began = Date.now()
    program.child.kill('SIGTERM')
    expect(await program.ended).toMatchObject({ code: 0, err: '' })
    expect(Date.now() - began).toBeLessThan(2000)
  })

  test('without --json it greets with an example that works', async () => {
    const program = run('--port', '0', '--repository', 'octo/cat')
    const text = await untilOutput(program, /curl .*\n/)
    const [, key = '', url = ''] = /curl -H 'X-Api-Key: (\S+)' (\S+)/.exec(text) ?? []
    expect((await fetch(url, { headers: { 'X-Api-Key': key } })).status).toBe(200)
    program.child.kill('SIGINT')
    expect(await program.ended).toMatchObject({ code: 0 })
  })

  test('a port in use is one clear line and exit code 1', async () => {
    const emulator = await startEmulator()
    const { port } = new URL(emulator.url)
    try {
      const { code, out, err } = await run('--port', port).ended
      expect([code, out]).toEqual([1, ''])
      expect(err).toMatch(new RegExp(`^emulator: port ${port} is in use[^\\n]*\\n$`))
    } finally {
      await emulator.close()
    }
  })

  test('a mistake is one clear line and exit code 2; --help is exit code 0', async () => {
    const [mistake, help] = await Promise.all([run('--hosting', 'moon').ended, run('--help').ended])
    expect(mistake).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^emulator: --hosting [^\n]*\n$/) })
    expect(help).toEqual({ code: 0, out: USAGE, err: '' })
  })
})
