import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { USAGE } from '../../emulator/options.ts'
import { seedSchema } from '../../emulator/seed.ts'
import { startEmulator } from '../../emulator/server.ts'
import type { Problem } from '../../emulator/validation.ts'
import { at, create, githubBody, type Json, records, useEmulator, useSkippedTime } from './support.ts'

const client = useEmulator()
const skip = useSkippedTime()
const LIFETIME_MS = 60_000
const text = readFileSync('docs/emulator.md', 'utf8')

/** Sets the scenario of the documented example that follows this text. */
async function example(introduction: string): Promise<void> {
  const [, scenario] = text.split(`\n${introduction}: \``)
  await client.scenario(JSON.parse(scenario?.split('`', 1)[0] ?? ''))
}

async function deployed(body: Json = githubBody()): Promise<string> {
  const id = await create(client, body)
  skip(LIFETIME_MS)
  await client.call('GET', '/v2/deployments')
  return id
}

async function push(id: string): Promise<void> {
  await client.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { repo_ref: 'next' } })
  skip(LIFETIME_MS)
  await client.call('GET', '/v2/deployments')
}

const graph = async (id: string, name: string) =>
  (await client.call('GET', `/agents/${id}/assistants/${name}/graph`)).status
const run = (id: string) =>
  client.call('POST', `/agents/${id}/runs/wait`, { body: { assistant_id: 'agent', input: {} } })
const session = async (query: string) => {
  const { items } = await client.ask(200, 'GET', `/api/v2/sessions?include_stats=true&${query}`)
  return records(items)[0]
}

describe('the examples in the documentation work', () => {
  test('A registry in AWS', async () => {
    await example('A registry in AWS')
    const source = { source: 'internal_docker', source_config: {}, source_revision_config: {} }
    const id = await create(client, githubBody(source))
    const sent = { supports_registry_username: true }
    const answer = await client.ask(200, 'POST', `/v2/deployments/${id}/push-token`, sent)
    expect(answer).toMatchObject({ username: 'AWS', repository_url: expect.stringContaining('.dkr.ecr.') })
  })

  test('An older LangSmith API', async () => {
    await example('An older LangSmith API')
    await client.ask(404, 'GET', '/api/v2/sessions')
    await client.ask(200, 'GET', '/api/v1/sessions')
  })

  test('A pod that does not start', async () => {
    await example('A pod that does not start')
    const { resources } = await client.ask(200, 'GET', `/v2/deployments/${await deployed()}/revisions`)
    expect(resources).toMatchObject([{ status: 'DEPLOY_FAILED', status_message: expect.stringContaining('CrashLoop') }])
  })

  test('A second revision whose graph is broken', async () => {
    await example('A second revision whose graph is broken')
    const id = await deployed()
    expect(await graph(id, 'agent')).toBe(200)
    await push(id)
    expect(await graph(id, 'agent')).toBe(500)
  })

  test('A run that fails, after one that is slow', async () => {
    await example('A run that fails, after one that is slow')
    const id = await deployed()
    const slow = run(id)
    await new Promise((resolve) => setTimeout(resolve, 30))
    skip(8_000)
    expect((await slow).text).toMatch(/^\n\{"output"/)
    const message = 'An internal error occurred'
    expect((await run(id)).body).toEqual({ __error__: { error: 'RateLimitError', message } })
  })

  test('A healthy and a dead graph', async () => {
    await example('A healthy and a dead graph')
    const id = await deployed()
    expect([await graph(id, 'agent'), await graph(id, 'support')]).toEqual([200, 400])
    expect((await client.call('GET', `/agents/${id}/ok`)).status).toBe(200)
  })

  test('Custom auth with an owner filter', async () => {
    await example('Custom auth with an owner filter')
    const path = `/agents/${await deployed()}/assistants/search`
    expect((await client.call('POST', path, { body: {} })).status).toBe(401)
    const headers = { Authorization: 'Bearer good' }
    expect(await client.call('POST', path, { headers, body: {} })).toMatchObject({ status: 200, value: [] })
  })

  test('A real Agent Server', async () => {
    await example('A real Agent Server')
    const answer = await client.ask(200, 'GET', `/v2/deployments/${await deployed()}`)
    expect(answer).toMatchObject({
      url: 'http://127.0.0.1:2024',
      source_config: { custom_url: 'http://127.0.0.1:2024' }
    })
  })

  test('A serverless deployment', async () => {
    await example('A serverless deployment')
    const id = await deployed()
    const first = client.call('GET', `/agents/${id}/ok`)
    await new Promise((resolve) => setTimeout(resolve, 30))
    skip(20_000)
    expect((await first).status).toBe(200)
    expect((await client.call('GET', `/agents/${id}/ok`)).status).toBe(200)
  })

  test('An experiment that is finished after a minute', async () => {
    await example('An experiment that is finished after a minute')
    const progress = async () => at(await session('type=EXPERIMENT'), 'experiment_progress', 'run_progress')
    expect(at(await session('type=EXPERIMENT'), 'feedback_stats', 'correctness', 'avg')).toBeCloseTo(0.9)
    expect(await progress()).toBe(0.5)
    skip(60_000)
    expect(await progress()).toBe(1)
  })

  test('A second revision with errors', async () => {
    await example('A second revision with errors')
    const id = await deployed()
    skip(300_000)
    expect(await session('type=AGENT')).toMatchObject({ error_rate: 0, latency_p99: 1 })
    await push(id)
    const since = encodeURIComponent(new Date(Date.now()).toISOString())
    skip(300_000)
    const after = await session(`type=AGENT&stats_start_time=${since}`)
    expect(Number(after?.error_rate)).toBeCloseTo(0.2, 1)
    expect(after).toMatchObject({ latency_p99: 8 })
  })

  test('A tracing project with fixed figures', async () => {
    await example('A tracing project with fixed figures')
    await deployed()
    expect(await session('name=my-agent')).toMatchObject({ run_count: 250, total_cost: '1.25' })
  })
})

describe('the commands at the start of the page work', () => {
  const block = (language: string, having: RegExp): string => {
    const blocks = [...text.matchAll(new RegExp(`\\n\`\`\`${language}\\n([\\s\\S]*?)\\n\`\`\`\\n`, 'g'))]
    return blocks.map(([, code = '']) => code).find((code) => having.test(code)) ?? ''
  }

  // Windows may lack a bash with curl.
  const withBash = process.platform === 'win32' ? test.skip : test
  withBash('curl deploys, lets time pass, and finds what is deployed', async () => {
    const emulator = await startEmulator({ stepMs: 60_000, manual: true })
    try {
      const script = block('sh', /curl .*deployments/).replace('http://127.0.0.1:8124', emulator.url)
      const { stdout } = await promisify(execFile)('bash', [
        '-euo',
        'pipefail',
        '-c',
        script.replaceAll('curl ', 'curl -sS --fail-with-body ')
      ])
      const answers = stdout.split(/(?<=\})(?=\{)/).map((answer): unknown => JSON.parse(answer))
      expect(answers).toMatchObject([
        { name: 'my-agent', active_revision_id: null },
        { advanced_ms: 240_000 },
        { resources: [{ name: 'my-agent', active_revision_id: expect.any(String) }] }
      ])
    } finally {
      await emulator.close()
    }
  })

  test('the example of a state file is valid', async () => {
    const problems: Problem[] = []
    const seed = seedSchema.parse(JSON.parse(block('json', /"deployments"/)), [], problems)
    expect(problems).toEqual([])
    const emulator = await startEmulator({ seed })
    try {
      const { resources } = Object(
        await (await fetch(`${emulator.url}/v2/deployments`, { headers: { 'X-Api-Key': 'k' } })).json()
      )
      expect(resources).toMatchObject([
        { name: 'my-agent', source_revision_config: { image_uri: 'ghcr.io/acme/agent:2' } }
      ])
    } finally {
      await emulator.close()
    }
  })

  test('the options are those of the program', () => {
    const documented = [...text.matchAll(/^\| `(--[\w-]+)/gm)].map(([, option]) => option)
    const known = [...USAGE.matchAll(/^ {2}(?:-h, )?(--[\w-]+)/gm)].map(([, option]) => option)
    expect(documented.sort()).toEqual(known.filter((option) => option !== '--help').sort())
  })
})
