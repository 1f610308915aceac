import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { readOptions, USAGE } from '../../emulator/options.ts'
import { startEmulator } from '../../emulator/server.ts'
import { VERSION } from '../../src/version.ts'

describe('options', () => {
  const defaults = {
    host: '127.0.0.1',
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
    ['emulator --port 1', { port: 1 }, false],
    [
      '--host 0.0.0.0 --public-url https://plane.example:8443/',
      { host: '0.0.0.0', publicUrl: 'https://plane.example:8443' },
      false
    ],
    ['--key abc --step-ms manual', { key: 'abc', stepMs: 1000, manual: true }, false],
    ['--delete-ms 604800000', { deleteMs: 604_800_000 }, false],
    ['--port 0 --step-ms=50 --delete-ms 10', { port: 0, stepMs: 50, deleteMs: 10 }, false],
    ['--journal 5', { journal: 5 }, false],
    ['--hosting self-hosted', { hosting: 'self-hosted' }, false],
    ['--repository a/b --repository c.d/e_f-g', { repositories: ['a/b', 'c.d/e_f-g'] }, false]
  ])('are parsed from %s', (line, options, json) => {
    expect(readOptions(line.split(' ').filter(Boolean))).toEqual({
      kind: 'run',
      options: { ...defaults, ...options },
      json,
      quiet: false
    })
  })

  test.each<[string, object]>([
    ['--quiet --scenario a.json --seed b.json', { quiet: true, scenario: 'a.json', seed: 'b.json' }],
    ['-- langgraph deploy --name -x', { command: ['langgraph', 'deploy', '--name', '-x'], options: { port: 0 } }],
    ['--port 9 -- a -- b', { command: ['a', '--', 'b'], options: { port: 9 } }],
    ['--version', { kind: 'version' }]
  ])('are parsed from %s', (line, command) => {
    expect(readOptions(line.split(' '))).toMatchObject(command)
  })

  test('show the help for --help, even with other errors', () => {
    expect(readOptions(['--help', '--hosting', 'moon'])).toEqual({ kind: 'help' })
    expect(readOptions(['-h'])).toEqual({ kind: 'help' })
    const options =
      'port host public-url key step-ms delete-ms hosting repository scenario seed journal json quiet version help'
    for (const option of options.split(' ')) expect(USAGE).toContain(`--${option} `.trimEnd())
  })

  test.each([
    ['--port', /--port/],
    ['--port x', /--port must be a whole number from 0 to 65535, not 'x'/],
    ['--port 65536', /--port/],
    ['--step-ms -5', /--step-ms/],
    ['--step-ms 1.5', /--step-ms must be a whole number from 0 to 86400000, or manual, not '1.5'/],
    ['--host http://x/', /--host must be an address such as 0\.0\.0\.0, not/],
    ['--public-url plane.example', /--public-url must be like https:/],
    ['--public-url https://plane.example/api-host', /--public-url must be like https:/],
    ['--key=', /--key must be printable/],
    ['--quiet --', /-- must be followed by a command/],
    ['--delete-ms soon', /--delete-ms/],
    ['--hosting moon', /--hosting must be one of any, cloud, hybrid, self-hosted, not 'moon'/],
    ['--repository agents', /--repository must be OWNER\/NAME, not 'agents'/],
    ['--step-ms -1', /^--step-ms must be a whole number from 0 to 86400000, or manual, not '-1'$/],
    ['--json --port -80 --quiet', /^--port must be a whole number from 0 to 65535, not '-80'$/],
    ['--key -x', /^--key needs a value; write one that begins with a dash as --key=-VALUE$/],
    ['--verbose', /--verbose/],
    ['8124', /8124/],
    ['--json=yes', /--json/]
  ])('%s is an error, reported in one line', (line, message) => {
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
  test('with --json prints its address in its first line, and ends immediately on a signal', async () => {
    const program = run('--port', '0', '--json', '--step-ms', '1')
    const line = await untilOutput(program, /\n/)
    const identity: Record<string, string> = JSON.parse(line)
    expect(Object.keys(identity)).toEqual(['url', 'api_key', 'workspace_id', 'integration_id', 'listener_id'])
    const headers = { 'X-Api-Key': identity.api_key ?? '', 'X-Tenant-Id': identity.workspace_id ?? '' }
    const response = await fetch(`${identity.url}/v2/listeners/${identity.listener_id}`, { headers })
    expect(response.status).toBe(200)
    const began = Date.now()
    program.child.kill('SIGTERM')
    expect(await program.ended).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^GET \/v2\/listeners\/8e4f6a20… 200 \d+ ms\n$/)
    })
    expect(Date.now() - began).toBeLessThan(2000)
  })

  test('without --json prints a working example', async () => {
    const program = run('--port', '0', '--repository', 'octo/cat')
    const text = await untilOutput(program, /curl .*\n/)
    const [, key = '', url = ''] = /curl -H 'X-Api-Key: (\S+)' (\S+)/.exec(text) ?? []
    expect((await fetch(url, { headers: { 'X-Api-Key': key } })).status).toBe(200)
    program.child.kill('SIGINT')
    expect(await program.ended).toMatchObject({ code: 0 })
  })

  test('reports a port in use in one line with exit code 1', async () => {
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

  test('reports an error in one line with exit code 2; --help has exit code 0', async () => {
    const [mistake, help] = await Promise.all([run('--hosting', 'moon').ended, run('--help').ended])
    expect(mistake).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^emulator: --hosting [^\n]*\n$/) })
    expect(help).toEqual({ code: 0, out: USAGE, err: '' })
  })

  test('supports --version, and -h for --help', async () => {
    const [version, help] = await Promise.all([run('--version').ended, run('-h').ended])
    expect(version).toEqual({ code: 0, out: `${VERSION}\n`, err: '' })
    expect(help).toEqual({ code: 0, out: USAGE, err: '' })
  })

  test('with --quiet logs no requests', async () => {
    const program = run('--port', '0', '--json', '--quiet')
    const { url } = JSON.parse(await untilOutput(program, /\n/))
    await fetch(`${url}/v2/deployments`)
    program.child.kill('SIGTERM')
    expect(await program.ended).toMatchObject({ code: 0, err: '' })
  })

  test.each(['nope.invalid', '192.0.2.1'])(
    'reports the invalid --host %s in one line with exit code 2',
    async (host) => {
      expect(await run('--port', '0', '--host', host).ended).toEqual({
        code: 2,
        out: '',
        err: `emulator: ${host} is not an address of this machine; set --host to another address\n`
      })
    }
  )

  test('warns about a --host other than loopback, even with --quiet', async () => {
    const program = run('--port', '0', '--json', '--quiet', '--host', '0.0.0.0')
    const { url } = JSON.parse(await untilOutput(program, /\n/))
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:/)
    expect((await fetch(`${url}/_emulator`)).status).toBe(200)
    program.child.kill('SIGTERM')
    expect((await program.ended).err).toMatch(/^emulator: WARNING: listening on 0\.0\.0\.0\. Anyone [^\n]*\n$/)
  })
})

describe('files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }

  test('--scenario and --seed apply from the start', async () => {
    const scenario = file('scenario.json', '{"server": {"hide_secrets": true}}')
    const seed = file(
      'seed.json',
      '{"deployments": [{"name": "my-agent", "secrets": [{"name": "A", "value": "b"}], "revisions": [{}]}]}'
    )
    const program = run('--port', '0', '--json', '--scenario', scenario, '--seed', seed)
    const { url, api_key } = JSON.parse(await untilOutput(program, /\n/))
    const response = await fetch(`${url}/v2/deployments`, { headers: { 'X-Api-Key': api_key } })
    expect(await response.json()).toMatchObject({
      resources: [{ name: 'my-agent', status: 'AWAITING_DATABASE', secrets: [{ name: 'A', value: '********' }] }]
    })
  })

  test.each([
    ['--scenario', '{"revisons": []}', /^emulator: --scenario: \S+: revisons: 'revisons' is not a known key\n$/],
    ['--scenario', 'nope\n\nnope\n', /^emulator: --scenario: \S+ is not JSON: [^\n]+\n$/],
    ['--scenario', '{', /^emulator: --scenario: \S+ is not JSON: [^\n]+\n$/],
    ['--scenario', undefined, /^emulator: --scenario: \S+ cannot be read: [^\n]+\n$/],
    ['--seed', '[]', /^emulator: --seed: \S+: the file: Input should be [^\n]+\n$/],
    [
      '--seed',
      '{"deployments": [{"nam": 1}]}',
      /^emulator: --seed: \S+: deployments\.0\.nam: 'nam' is not a known key\n$/
    ]
  ])('%s with %s is reported in one line with exit code 2', async (option, text, message) => {
    const path = text === undefined ? join(folder, 'none.json') : file(`${text.length}.json`, text)
    const { code, out, err } = await run('--port', '0', option, path).ended
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(message)
  })
})

test.each(['scenario', 'seed'])('--%s with JSON instead of a path says so', async (option) => {
  expect(await run('--port', '0', `--${option}`, '{"server": {}}').ended).toEqual({
    code: 2,
    out: '',
    err: `emulator: --${option} needs the path of a file, not JSON; write the JSON to a file first\n`
  })
})

describe('-- COMMAND', () => {
  const node = (code: string) => ['--', process.execPath, '-e', code]

  test('receives the emulator in its environment, and determines the exit code', async () => {
    const code = `fetch(process.env.LANGGRAPH_HOST_URL + '/v2/deployments', { headers: { 'X-Api-Key': process.env.LANGSMITH_API_KEY } })
      .then(async (response) => { console.log(response.status, await response.text()); process.exit(7) })`
    const { out, err, ...ended } = await run('--key', 'mine', ...node(code)).ended
    expect(ended).toEqual({ code: 7 })
    expect(out).toBe('200 {"resources":[],"offset":0}\n')
    expect(err).toMatch(/^GET \/v2\/deployments 200 \d+ ms\n$/)
  })

  test.each([
    ['a signal that ends it', node('process.kill(process.pid, "SIGKILL")'), 137, /^$/],
    ['a missing command', ['--', './no-such-command'], 127, /^emulator: \.\/no-such-command was not found\n$/],
    [
      'a command that is not a program',
      ['--', './package.json'],
      126,
      /^emulator: \.\/package\.json cannot be run: [^\n]+\n$/
    ]
  ])('%s is reflected in the exit code', async (_, args, code, err) => {
    expect(await run('--quiet', ...args).ended).toEqual({ code, out: '', err: expect.stringMatching(err) })
  })

  test('receives SIGTERM, and the emulator ends after it', async () => {
    const program = run(
      ...node(
        "process.on('SIGTERM', () => { console.log('told'); process.exit(5) }); setInterval(() => {}, 1000); console.log('up')"
      )
    )
    await untilOutput(program, /up/)
    program.child.kill('SIGTERM')
    expect(await program.ended).toMatchObject({ code: 5, out: 'up\ntold\n' })
  })
})
