import { createServer, type Server } from 'node:http'
import { runAction } from '../demo/runner.ts'
import { inputsFor, startControlPlane } from './control-plane.ts'
import { KIB_PER_MIB } from './memory.ts'
import { type Check, heading, SPREAD, spread, table } from './output.ts'
import { median } from './statistics.ts'

/** Uncounted runs before the measurement. */
const WARM_UPS = 1
const COMMIT = '5f1c0e8a9b7d3f2e4c6a8b0d1e3f5a7c9b2d4e6f'
const ASKED_FOR = { environment: 'production', comment: 'true' }

/** Cost of one run. */
interface Cost {
  readonly ms: number
  /** `undefined` if the kernel does not report it. */
  readonly peakMib: number | undefined
  readonly requests: number
}

/**
 * Measures the cost of feedback on GitHub: complete deploys without and with `environment` and `comment`, alternating,
 * with a GitHub server that responds immediately.
 *
 * @param pairs number of runs of each kind
 */
export async function measureFeedback(pairs: number): Promise<readonly Check[]> {
  heading(`Feedback: complete deploys without and with \`environment\` and \`comment\` (${pairs} alternating pairs)`)
  const controlPlane = await startControlPlane({ revisions: [{ step_ms: 50 }] })
  const github = await startGithub()
  const off: Cost[] = []
  const on: Cost[] = []
  try {
    for (let pair = -WARM_UPS; pair < pairs; pair += 1) {
      const without = await deploy(github, inputsFor(controlPlane, `off-${pair + WARM_UPS}`))
      const told = await deploy(github, { ...inputsFor(controlPlane, `on-${pair + WARM_UPS}`), ...ASKED_FOR })
      if (pair < 0) continue
      off.push(without)
      on.push(told)
    }
  } finally {
    github.close()
    await controlPlane.close()
  }
  table(
    ['', ...SPREAD],
    [
      ['off, ms', ...spread(off.map(({ ms }) => ms))],
      ['on, ms', ...spread(on.map(({ ms }) => ms))],
      ...peakRow('off, peak MiB', off),
      ...peakRow('on, peak MiB', on),
      ['on, requests to GitHub', ...spread(on.map(({ requests }) => requests))]
    ]
  )
  const asked = off.reduce((sum, { requests }) => sum + requests, 0)
  const more = median(on.map(({ ms }) => ms)) / median(off.map(({ ms }) => ms))
  console.log(
    `With GitHub feedback, a run takes ${more.toFixed(2)} times as long, for rollouts of a fraction of a second.`
  )
  return [
    {
      claim: 'Requests to GitHub without feedback',
      measured: String(asked),
      limit: '0',
      aim: '',
      holds: asked === 0
    }
  ]
}

function peakRow(label: string, costs: readonly Cost[]): readonly (readonly string[])[] {
  const peaks = costs.flatMap(({ peakMib }) => peakMib ?? [])
  return peaks.length > 0 ? [[label, ...spread(peaks, 1)]] : []
}

/** A GitHub server that accepts all writes and has no earlier data. */
interface Github {
  readonly url: string
  requests(): number
  close(): void
}

async function startGithub(): Promise<Github> {
  let requests = 0
  const server = createServer((request, response) => {
    requests += 1
    request.resume()
    const isList = request.method === 'GET' && !/\/comments\/\d+$/.test(request.url ?? '')
    response.writeHead(request.method === 'POST' ? 201 : 200, { 'content-type': 'application/json' })
    response.end(isList ? '[]' : '{"id":1,"body":""}')
  })
  const url = await listen(server)
  return {
    url,
    requests: () => requests,
    close: () => {
      server.close()
      server.closeAllConnections()
    }
  }
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port')
  return `http://127.0.0.1:${address.port}`
}

async function deploy(github: Github, inputs: Readonly<Record<string, string>>): Promise<Cost> {
  const before = github.requests()
  const { exitCode, durationMs, peakRssKiB, log } = await runAction({
    with: inputs,
    env: { GITHUB_API_URL: github.url, GITHUB_SHA: COMMIT },
    event: { pull_request: { number: 7, head: { ref: 'feature', sha: COMMIT, repo: { full_name: 'acme/agents' } } } },
    measureMemory: true,
    post: false
  })
  if (exitCode !== 0) throw new Error(`The deploy failed:\n${log}`)
  return {
    ms: durationMs,
    peakMib: peakRssKiB === undefined ? undefined : peakRssKiB / KIB_PER_MIB,
    requests: github.requests() - before
  }
}
