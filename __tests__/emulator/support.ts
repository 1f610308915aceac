import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals'
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/server.ts'
import { isRecord } from '../../emulator/validation.ts'
import { skippingClock } from '../support/clock.ts'
import { at, type Json, records } from '../support/json.ts'

export { at, type Json, records }

export interface Reply {
  readonly status: number
  /** The JSON object in the response; empty for other responses. */
  readonly body: Json
  readonly value: unknown
  readonly text: string
  readonly headers: Headers
}

export interface Options {
  readonly body?: unknown
  readonly headers?: Record<string, string>
  readonly key?: string | null
}

export interface Client {
  readonly emulator: Emulator
  call(method: string, path: string, options?: Options): Promise<Reply>
  /** Calls, checks the status, and returns the body. */
  ask(status: number, method: string, path: string, body?: unknown): Promise<Json>
  scenario(scenario: unknown): Promise<void>
  requests(): Promise<Json[]>
}

/** An emulator for the tests of a file; each test starts with an empty one. */
export function useEmulator(options: EmulatorOptions = {}): Client {
  let emulator: Emulator | undefined
  beforeAll(async () => {
    emulator = await startEmulator({ stepMs: 5, ...options })
  })
  afterAll(() => emulator?.close())
  const running = (): Emulator => {
    if (!emulator) throw new Error('The emulator is not started yet')
    return emulator
  }
  const client = clientOf(running)
  beforeEach(async () => {
    await client.ask(204, 'POST', '/_emulator/reset')
  })
  return client
}

export function clientOf(running: () => Emulator): Client {
  const client: Client = {
    get emulator() {
      return running()
    },
    async call(method, path, { body, headers = {}, key = 'lsv2_some_key' } = {}) {
      const init: RequestInit = { method, headers: { ...(key === null ? {} : { 'X-Api-Key': key }), ...headers } }
      if (body !== undefined) {
        init.body = typeof body === 'string' ? body : JSON.stringify(body)
        init.headers = { 'content-type': 'application/json', ...init.headers }
      }
      const response = await fetch(running().url + path, { redirect: 'manual', ...init })
      const text = await response.text()
      const value: unknown = isJson(response) && text !== '' ? JSON.parse(text) : null
      return { status: response.status, body: isRecord(value) ? value : {}, value, text, headers: response.headers }
    },
    async ask(status, method, path, body) {
      const reply = await client.call(method, path, body === undefined ? {} : { body })
      expect({ status: reply.status, ...(reply.status === status ? {} : { text: reply.text }) }).toEqual({ status })
      return reply.body
    },
    async scenario(scenario) {
      await client.ask(204, 'PUT', '/_emulator/scenario', scenario)
    },
    async requests() {
      return records((await client.call('GET', '/_emulator/requests')).value)
    }
  }
  return client
}

function isJson(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('application/json') ?? false
}

export const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000'

export const EMPTY_REVISION = {
  repo_ref: null,
  langgraph_config_path: null,
  image_uri: null,
  source_tarball_path: null
}

export function githubBody(overrides: Json = {}): Json {
  return {
    name: 'my-agent',
    source: 'github',
    source_config: {
      integration_id: 'c1d9a3f6-7e42-4b58-8a06-9f3b5e7c2d02',
      repo_url: 'https://github.com/acme/agents',
      deployment_type: 'dev_zero',
      build_on_push: false
    },
    source_revision_config: { repo_ref: 'main', langgraph_config_path: 'langgraph.json' },
    secrets: [{ name: 'TOKEN', value: 'in clear' }],
    ...overrides
  }
}

export function dockerBody(overrides: Json = {}): Json {
  return {
    name: 'my-agent',
    source: 'external_docker',
    source_config: { resource_spec: {} },
    source_revision_config: { image_uri: 'images.example/agent:1' },
    secrets: [],
    ...overrides
  }
}

/** Creates a deployment and returns its ID. */
export async function create(client: Client, body: Json = dockerBody()): Promise<string> {
  return String((await client.ask(201, 'POST', '/v2/deployments', body)).id)
}

/** The listed revisions, newest first. */
export async function revisionsOf(client: Client, id: string): Promise<Json[]> {
  return records((await client.ask(200, 'GET', `/v2/deployments/${id}/revisions?limit=100`)).resources)
}

/** Polls every few milliseconds until the function returns a value, for at most three seconds. */
export async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  const deadline = Date.now() + 3000
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (Date.now() > deadline) throw new Error('Waited for three seconds in vain')
    await new Promise((resolve) => setTimeout(resolve, 3))
  }
}

/** Waits until the listed statuses, newest first, are these. */
export async function untilStatuses(client: Client, id: string, statuses: string[]): Promise<Json[]> {
  return until(async () => {
    const revisions = await revisionsOf(client, id)
    return JSON.stringify(revisions.map(({ status }) => status)) === JSON.stringify(statuses) && revisions
  })
}

/** Moves the clock of the emulator forward. At the next call, all due events have happened. */
export function useSkippedTime(): (ms: number) => void {
  const clock = skippingClock()
  const systemNow = Date.now
  beforeEach(() => {
    Date.now = clock.now
  })
  afterEach(() => {
    Date.now = systemNow
  })
  return clock.skip
}
