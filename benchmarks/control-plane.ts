import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type Emulator, startEmulator } from '../emulator/server.ts'
import { object } from '../src/run/object.ts'

/** The image that every benchmark deploys. */
export const IMAGE = `ghcr.io/acme/agents@sha256:${'5e'.repeat(32)}`

/** Marks the action's requests in the journal. */
export const ACTION_AGENT = 'langsmith-deploy-action/'

/** One request in the emulator's journal. */
export interface Asked {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly userAgent: string
  /** Epoch milliseconds. */
  readonly at: number
}

/** An emulator with the requests that benchmarks make. */
export interface ControlPlane extends Emulator {
  /** Sends a request with the user agent `agent`. @throws Error if the response is not 2xx */
  ask(agent: string, method: string, path: string, body?: unknown): Promise<unknown>
  /** All requests so far. */
  journal(): Promise<readonly Asked[]>
}

/** Starts an emulator in this process. @param scenario see emulator/scenario.ts */
export async function startControlPlane(scenario: object = {}): Promise<ControlPlane> {
  const emulator = await startEmulator()
  const ask = async (agent: string, method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(emulator.url + path, {
      method,
      headers: { 'x-api-key': emulator.apiKey, 'user-agent': agent, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  await ask('benchmark', 'PUT', '/_emulator/scenario', scenario)
  return {
    ...emulator,
    ask,
    journal: async () => records(await ask('benchmark', 'GET', '/_emulator/requests')).map(toAsked)
  }
}

/** An emulator in a separate process, so that its memory and computation do not count. */
export interface SeparateControlPlane {
  readonly url: string
  readonly apiKey: string
  /** Resets the state. */
  reset(): Promise<void>
  close(): Promise<void>
}

const STARTS_WITHIN_MS = 20_000

/** Starts an emulator in a separate process. */
export async function startSeparateControlPlane(): Promise<SeparateControlPlane> {
  const script = fileURLToPath(new URL('../emulator/cli.ts', import.meta.url))
  const args = [script, '--port', '0', '--step-ms', '20', '--json']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  // Also ends the emulator if the benchmark fails.
  const end = () => void child.kill()
  process.on('exit', end)
  const close = async () => {
    process.off('exit', end)
    end()
    await ended
  }
  try {
    const signal = AbortSignal.timeout(STARTS_WITHIN_MS)
    const [line] = await once(createInterface({ input: child.stdout }), 'line', { signal })
    const { url, api_key } = object(JSON.parse(String(line))) ?? {}
    return {
      url: String(url),
      apiKey: String(api_key),
      reset: async () => {
        const answer = await fetch(`${url}/_emulator/reset`, { method: 'POST' })
        if (!answer.ok) throw new Error(`The emulator was not reset: ${answer.status}`)
      },
      close
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** The request body that creates a deployment of `IMAGE`. */
export function newDeployment(name: string): object {
  return {
    name,
    source: 'external_docker',
    source_config: {},
    source_revision_config: { image_uri: IMAGE },
    secrets: []
  }
}

/** The inputs for a deploy to this control plane. */
export function inputsFor(controlPlane: Emulator, name: string): Record<string, string> {
  return { 'api-key': controlPlane.apiKey, 'control-plane-url': controlPlane.url, name, 'image-uri': IMAGE }
}

/** The objects in a list, or in the `resources` of a page. */
export function records(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  const list = Array.isArray(value) ? value : object(value)?.resources
  return Array.isArray(list) ? list.map((row) => object(row) ?? {}) : []
}

function toAsked({ method, path, headers, at }: Readonly<Record<string, unknown>>): Asked {
  return {
    method: String(method),
    path: String(path),
    userAgent: String(object(headers)?.['user-agent'] ?? ''),
    at: Number(at)
  }
}
