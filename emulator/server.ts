import { exampleKey } from './access.ts'
import { createApp } from './app.ts'
import { type GivenScenario, identityOf } from './routes/control.ts'
import { plant, type Seed } from './seed.ts'
import { createState, type Hosting, putScenario, resetState } from './state.ts'

export interface EmulatorOptions {
  /** The address to listen on; default 127.0.0.1. */
  host?: string
  /** 0, the default, is any free one. */
  port?: number
  /** Origin that answers name, whatever the client calls the server. */
  publicUrl?: string
  /** The one valid key; default: nearly every key is valid. */
  key?: string
  /** Milliseconds that a revision stays in each status; default 20. */
  stepMs?: number
  /** Time passes only by `POST /_emulator/advance`. */
  manual?: boolean
  /** Milliseconds that a deleted deployment still answers with AWAITING_DELETE; default 0: it is gone at once. */
  deleteMs?: number
  /** Whose rules hold; default `any`, which bears what real clients send. */
  hosting?: Hosting
  /** `OWNER/NAME`, what the GitHub integration lists; default `acme/agents`. */
  repositories?: readonly string[]
  /** What holds from the start and after a reset. */
  scenario?: GivenScenario
  /** What exists at the start and after a reset. */
  seed?: Seed
  /** Takes one line about each request. */
  log?: (line: string) => void
  /** How many requests the journal keeps; default 10,000. */
  journal?: number
}

export interface Emulator {
  /** Origin for this machine, without a slash at the end. */
  readonly url: string
  readonly apiKey: string
  readonly workspaceId: string
  readonly integrationId: string
  /** Of the listener that exists in `any` and `hybrid` hosting. */
  readonly listenerId: string
  /** Ends the server and cuts every connection, also those that wait for an answer. */
  close(): Promise<void>
}

/**
 * Starts a control plane on 127.0.0.1 that keeps everything in memory.
 * @throws Node's error with code EADDRINUSE when the port is taken
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { host = '127.0.0.1', port = 0, publicUrl, scenario, seed, ...given } = options
  const state = createState({ stepMs: 20, deleteMs: 0, hosting: 'any', repositories: ['acme/agents'], ...given })
  if (scenario) {
    state.beginnings.push(() => putScenario(state, scenario.scenario, scenario.sent, state.clock.now()))
  }
  if (seed) state.beginnings.push(() => plant(state, seed, state.clock.now()))
  resetState(state)
  const app = createApp(state)
  const listening = await app.listen({ host, port })
  // One's own machine answers at loopback where it listens everywhere.
  const name = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host
  state.publicUrl = publicUrl ?? null
  state.ownUrl = `http://${name}:${listening}`
  state.url = publicUrl ?? state.ownUrl
  const { workspace_id, integration_id, listener_id } = identityOf(state)
  return {
    url: state.ownUrl,
    apiKey: exampleKey(state),
    workspaceId: workspace_id,
    integrationId: integration_id,
    listenerId: listener_id,
    close: () => app.close()
  }
}
