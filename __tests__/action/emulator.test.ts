import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { type StartedAction, startAction } from '../../demo/runner.ts'
import { USAGE } from '../../emulator/options.ts'
import { startEmulator } from '../../emulator/server.ts'
import { object } from '../../src/run/object.ts'
import { VERSION } from '../../src/version.ts'
import { makeFolder } from '../support/folder.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = path.join(root, 'dist', 'emulator')
const entry = path.join(folder, 'index.js')

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { status, stdout, stderr }
}

describe('the bundle of the emulator', () => {
  test('is small and requires no package, because each job downloads it with the action', () => {
    const files = readdirSync(folder)
    expect(files.sort()).toEqual(['cli.js', 'index.js', 'package.json', 'start.js', 'stop.js'])
    const sizes = files.map((file) => statSync(path.join(folder, file)).size)
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(500_000)
    const imported = files
      .filter((file) => file.endsWith('.js'))
      .flatMap((file) => [
        ...readFileSync(path.join(folder, file), 'utf8').matchAll(
          /\b(?:from|import\(|createRequire\)\()\s*["'](.*?)["']/g
        )
      ])
      .map(([, name = '']) => name)
    expect(imported.filter((name) => !/^(node:[\w/]+|module|\.\/cli\.js)$/.test(name))).toEqual([])
  })

  test('prints its version and its usage', () => {
    expect(run(entry, '--version')).toEqual({ status: 0, stdout: `${VERSION}\n`, stderr: '' })
    expect(run(entry, 'emulator', '--help')).toEqual({ status: 0, stdout: USAGE, stderr: '' })
  })

  test('prints one sentence on an old Node, in syntax that the old Node supports', () => {
    const old = path.join(makeFolder(), 'old.cjs')
    writeFileSync(
      old,
      "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.8' } })"
    )
    const stderr = 'emulator: Node 20 or newer is required; this is Node 18.20.8.\n'
    expect(run('--require', old, entry)).toEqual({ status: 1, stdout: '', stderr })
    expect(readFileSync(entry, 'utf8')).not.toMatch(/\?\.|\?\?|^import|^await/m)
  })

  test('is the content of the package, without a dependency or an install script that delays npx', () => {
    const manifest = object(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))) ?? {}
    expect(manifest.bin).toEqual({ 'langsmith-emulator': 'dist/emulator/index.js' })
    // With such a script, npm first installs all dependencies of a Git package, including those for development.
    const preparing = ['postinstall', 'build', 'preinstall', 'install', 'prepack', 'prepare']
    expect(Object.keys(object(manifest.scripts) ?? {}).filter((name) => preparing.includes(name))).toEqual([])
    for (const key of ['dependencies', 'optionalDependencies', 'workspaces']) expect(manifest).not.toHaveProperty(key)
    expect(readFileSync(entry, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
    if (process.platform !== 'win32') expect(statSync(entry).mode & 0o111).toBe(0o111)
  })
})

const started: StartedAction[] = []
afterEach(async () => {
  for (const action of started.splice(0)) {
    await action.finish()
    action.close()
  }
})

async function start(inputs: Record<string, string>, workspace = makeFolder(), env: Record<string, string> = {}) {
  const action = await startAction({ action: path.join(root, 'emulator'), with: inputs, workspace, env })
  started.push(action)
  return action
}

describe('the step', () => {
  test('sets url and api-key, runs until the end of the job, and then shows its requests', async () => {
    const action = await start({ 'step-ms': '1' }, makeFolder(), { SECRET_OF_THE_JOB: 'x' })
    const { exitCode, outputs, annotations } = action.main
    expect({ exitCode, annotations }).toEqual({ exitCode: 0, annotations: [] })
    expect(Object.keys(outputs)).toEqual(['url', 'api-key'])
    const list = () => fetch(`${outputs.url}/v2/deployments`, { headers: { 'X-Api-Key': outputs['api-key'] ?? '' } })
    expect((await list()).status).toBe(200)
    const { post } = await action.finish()
    expect(post).toMatchObject({ exitCode: 0, annotations: [], faults: [] })
    expect(post?.groups).toEqual([
      {
        title: 'Requests to the emulator',
        lines: expect.arrayContaining([expect.stringMatching(/^GET \/v2\/deployments 200 \d+ ms$/)])
      }
    ])
    await expect(
      (async () => {
        for (let tries = 0; tries < 100; tries++) await list()
      })()
    ).rejects.toThrow()
  })

  test('accepts the options of the command line', async () => {
    const workspace = makeFolder()
    mkdirSync(path.join(workspace, '.github'))
    writeFileSync(
      path.join(workspace, '.github/seed.json'),
      '{"deployments": [{"name": "my-agent", "revisions": [{}]}]}'
    )
    const inputs = {
      key: 'mine',
      seed: '.github/seed.json',
      hosting: 'hybrid',
      repository: 'a/b\nc/d',
      'step-ms': 'manual'
    }
    const { outputs } = (await start(inputs, workspace)).main
    expect(outputs['api-key']).toBe('mine')
    const headers = { 'X-Api-Key': 'mine' }
    const answer = await fetch(`${outputs.url}/v2/deployments`, { headers })
    expect(await answer.json()).toMatchObject({ resources: [{ name: 'my-agent' }] })
    const { hosting, manual } = (await (await fetch(`${outputs.url}/_emulator/overview`)).json()) as Record<
      string,
      unknown
    >
    expect({ hosting, manual }).toEqual({ hosting: 'hybrid', manual: true })
  })

  test.each([
    ['an invalid input', { hosting: 'moon' }, /^`hosting` must be one of any, cloud, hybrid, self-hosted, not 'moon'$/],
    ['an input that is another option', { key: '--host=0.0.0.0 x' }, /^`key` must be printable ASCII/],
    ['JSON instead of a path', { scenario: '{"server": {}}' }, /^`scenario` needs the path of a file, not JSON; write/],
    ['a missing file', { scenario: 'none.json' }, /^`scenario`: none\.json cannot be read: ENOENT/]
  ])('fails immediately with one error for %s', async (_, inputs, message) => {
    const action = await start(inputs)
    const { exitCode, annotations, outputs } = action.main
    expect({ exitCode, outputs }).toEqual({ exitCode: 1, outputs: {} })
    expect(annotations).toEqual([
      { level: 'error', title: 'The emulator did not start', message: expect.stringMatching(message) }
    ])
    expect((await action.finish()).post).toMatchObject({ exitCode: 0, groups: [] })
  })

  test('ends without an error if its process has exited and another emulator has its port', async () => {
    const emulator = await startEmulator()
    const { pid } = spawnSync(process.execPath, ['--version'])
    const env = { ...process.env, STATE_pid: String(pid), STATE_url: emulator.url }
    const child = spawn(process.execPath, [path.join(folder, 'stop.js')], { env, stdio: 'ignore' })
    const [code] = await once(child, 'exit')
    await emulator.close()
    expect(code).toBe(0)
  })

  test('has the inputs and outputs of its code, and existing entry points', () => {
    const { inputs, outputs, runs } = object(load(readFileSync(path.join(root, 'emulator/action.yml'), 'utf8'))) ?? {}
    const code = readFileSync(path.join(root, 'emulator/step/start.ts'), 'utf8')
    for (const name of Object.keys(object(inputs) ?? {})) {
      expect(code).toContain(`'${name}'`)
      expect(USAGE).toContain(`--${name} `)
    }
    expect(Object.keys(object(outputs) ?? {})).toEqual(['url', 'api-key'])
    for (const file of [object(runs)?.main, object(runs)?.post]) {
      expect(existsSync(path.join(root, 'emulator', String(file)))).toBe(true)
    }
  })
})

/** The test carries out the instructions of the file itself, without a Docker engine. */
describe('the Dockerfile', () => {
  const text = readFileSync(path.join(root, 'emulator/Dockerfile'), 'utf8').replace(/\\\n\s*/g, '')
  const words = (instruction: string): string[] =>
    JSON.parse(new RegExp(`${instruction} (\\[.*\\])$`, 'm').exec(text)?.[1] ?? '[]')

  test('copies existing files', () => {
    const copied = [...text.matchAll(/^COPY (\S+) (\S+)$/gm)].map(([, from = '', to = '']) => ({ from, to }))
    expect(copied).toHaveLength(2)
    for (const { from } of copied) expect(existsSync(path.join(root, from))).toBe(true)
  })

  test('has an entry point that listens on all interfaces, and a health check', async () => {
    const [, script = '', ...args] = words('ENTRYPOINT')
    expect(script).toBe('/app/emulator/index.js')
    const child = spawn(process.execPath, [entry, ...args, '--port', '0', '--json'], {
      stdio: ['ignore', 'pipe', 'ignore']
    })
    try {
      const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
      const { url } = JSON.parse(String(line))
      const [, ...check] = words('CMD').map((word) => word.replace('http://127.0.0.1:8124', url))
      expect(run(...check).status).toBe(0)
      child.kill('SIGKILL')
      await once(child, 'close')
      expect(run(...check).status).toBe(1)
    } finally {
      child.kill('SIGKILL')
    }
  })
})
