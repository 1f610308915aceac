import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FAILSAFE_SCHEMA, load } from 'js-yaml'
import { object } from '../src/run/object.ts'
import { type Check, heading, SPREAD, spread, table } from './output.ts'
import { median } from './statistics.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const WARM_UPS = 3
/** Nothing here takes a second; a hanging process must not block the benchmark. */
const LONGEST_MS = 20_000
const LIMIT = 3.6
const AIM = 3.2
const POST_LIMIT_MS = 50
const POST_AIM_MS = 20

/** A server that records the arrival of a request and refuses it, so that the client gives up immediately. */
interface Doorbell {
  readonly url: string
  /** Arrival of the first request after the last reset, by `performance.now()`. */
  rang(): number | undefined
  reset(): void
  close(): void
}

/**
 * Measures the time from the start of the bundled action to the arrival of its first request, against the whole life of
 * an idle Node process.
 *
 * @param pairs number of runs of each kind, alternating
 */
export async function measureStartup(pairs: number): Promise<readonly Check[]> {
  heading(
    `Start-up: spawn to first request, compared with the whole life of \`node -e 0\` (${pairs} alternating pairs), in ms`
  )
  const doorbell = await startDoorbell()
  const folder = mkdtempSync(join(tmpdir(), 'startup-'))
  const idle: number[] = []
  const action: number[] = []
  try {
    const env = actionEnvironment(folder, doorbell.url)
    const main = join(ROOT, entries().main)
    for (let pair = -WARM_UPS; pair < pairs; pair += 1) {
      const whole = await lifeOf(['-e', '0'], env)
      doorbell.reset()
      const { startedAt } = await lifeOf([main], env)
      const rang = doorbell.rang()
      if (rang === undefined) throw new Error('The action ended without a request')
      if (pair < 0) continue
      idle.push(whole.endedAt - whole.startedAt)
      action.push(rang - startedAt)
    }
  } finally {
    doorbell.close()
    rmSync(folder, { recursive: true, force: true })
  }
  const paired = action.map((ms, index) => ms / (idle[index] ?? Number.NaN))
  table(
    ['', ...SPREAD],
    [
      ['node -e 0, spawn to exit', ...spread(idle, 1)],
      ['action, spawn to first request', ...spread(action, 1)],
      ['ratio, pair by pair', ...spread(paired, 2)]
    ]
  )
  const ratio = median(action) / median(idle)
  console.log(`Ratio of the medians: ${ratio.toFixed(2)} (limit ${LIMIT}, aim ${AIM})`)
  return [
    {
      claim: 'Start-up, as a ratio to node -e 0',
      measured: ratio.toFixed(2),
      limit: `<= ${LIMIT}`,
      aim: `<= ${AIM}`,
      holds: ratio <= LIMIT
    }
  ]
}

/** The state that the main step saves after a normal verdict, which nearly every post step receives. */
const SETTLED = JSON.stringify({
  done: true,
  intent: { name: 'agent', known: [], sent: { image_uri: 'ghcr.io/acme/agent:2' } },
  mayHaveActed: true,
  deploymentId: 'f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e',
  revisionId: '0b1e7d52-9a64-4c1f-8d3e-6f2a5b7c9d10',
  interrupt: false,
  verdict: 'deployed'
})

/**
 * Measures the whole life of a post step without work, against that of an idle Node process.
 *
 * @param pairs number of runs of each kind, alternating
 */
export async function measurePost(pairs: number): Promise<readonly Check[]> {
  heading(`Post step without work, compared with \`node -e 0\` (${pairs} alternating pairs), spawn to exit, in ms`)
  const folder = mkdtempSync(join(tmpdir(), 'post-'))
  const idle: number[] = []
  const post: number[] = []
  try {
    const env = { ...actionEnvironment(folder, 'http://127.0.0.1:1'), STATE_memory: SETTLED }
    const script = join(ROOT, entries().post)
    for (let pair = -WARM_UPS; pair < pairs; pair += 1) {
      const without = await lifeOf(['-e', '0'], env)
      const whole = await lifeOf([script], env)
      if (pair < 0) continue
      idle.push(without.endedAt - without.startedAt)
      post.push(whole.endedAt - whole.startedAt)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const more = post.map((ms, index) => ms - (idle[index] ?? Number.NaN))
  table(
    ['', ...SPREAD],
    [
      ['node -e 0', ...spread(idle, 1)],
      ['post step', ...spread(post, 1)],
      ['difference, pair by pair', ...spread(more, 1)]
    ]
  )
  return [
    {
      claim: 'Post step beyond node -e 0',
      measured: `${median(more).toFixed(1)} ms`,
      limit: `< ${POST_LIMIT_MS} ms`,
      aim: `< ${POST_AIM_MS} ms`,
      holds: median(more) < POST_LIMIT_MS
    }
  ]
}

function entries(): { readonly main: string; readonly post: string } {
  const runs = object(object(load(readFileSync(join(ROOT, 'action.yml'), 'utf8')))?.runs)
  return { main: String(runs?.main), post: String(runs?.post) }
}

async function startDoorbell(): Promise<Doorbell> {
  let rang: number | undefined
  const server = createServer((request, response) => {
    rang ??= performance.now()
    request.resume()
    response.writeHead(401, { 'content-type': 'application/json', connection: 'close' })
    response.end('{"detail":"Invalid API key"}')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    rang: () => rang,
    reset: () => {
      rang = undefined
    },
    close: () => {
      server.close()
      server.closeAllConnections()
    }
  }
}

interface Life {
  /** Right before the spawn, by `performance.now()`. */
  readonly startedAt: number
  readonly endedAt: number
}

function lifeOf(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Life> {
  return new Promise((done, fail) => {
    const startedAt = performance.now()
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const timer = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS)
    let endedAt = startedAt
    // Unread data keeps the streams from closing.
    child.stdout.resume()
    child.stderr.resume()
    child.on('error', fail)
    child.on('exit', () => {
      endedAt = performance.now()
    })
    child.on('close', (_code, signal) => {
      clearTimeout(timer)
      if (signal === null) done({ startedAt, endedAt })
      else fail(new Error(`node ${args.join(' ')} was ended by ${signal}`))
    })
  })
}

/** The variables of a job: every input with its default, as the runner sets them, and the files of a step. */
function actionEnvironment(folder: string, url: string): Record<string, string> {
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: join(folder, 'event.json'),
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REPOSITORY: 'acme/agents',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: '5f1c0e8a9b7d3f2e4c6a8b0d1e3f5a7c9b2d4e6f',
    GITHUB_WORKSPACE: folder
  }
  writeFileSync(join(folder, 'event.json'), JSON.stringify({ ref: env.GITHUB_REF, after: env.GITHUB_SHA }))
  for (const name of ['OUTPUT', 'STATE', 'STEP_SUMMARY', 'ENV', 'PATH']) {
    env[`GITHUB_${name}`] = join(folder, name)
    writeFileSync(join(folder, name), '')
  }
  const definition = object(load(readFileSync(join(ROOT, 'action.yml'), 'utf8'), { schema: FAILSAFE_SCHEMA }))
  for (const [name, input] of Object.entries(object(definition?.inputs) ?? {})) {
    const preset = String(object(input)?.default ?? '')
    env[`INPUT_${name.toUpperCase()}`] = preset.includes('${{') ? '' : preset
  }
  return { ...env, 'INPUT_API-KEY': 'lsv2_pt_benchmark_0000000000', 'INPUT_CONTROL-PLANE-URL': url }
}
