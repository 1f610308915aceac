import { exampleKey } from './access.ts'
import { createApp } from './app.ts'
import { type GivenScenario, identityOf } from './routes/control.ts'
import { plant, type Seed } from './seed.ts'
import { createState, type Hosting, putScenario, resetState } from './state.ts'

export interface EmulatorOptions {
  /** The address to listen on; default 127.0.0.1. */
  host?: string
  /** Port; 0, the default, is any free port. */
  port?: number
  /** Origin of the URLs in responses, whatever origin the client used. */
  publicUrl?: string
  /** The only valid key; by default, nearly every key is valid. */
  key?: string
  /** Milliseconds that a revision stays in each status; default 20. */
  stepMs?: number
  /** True if time passes only on `POST /_emulator/advance`. */
  manual?: boolean
  /** Milliseconds in which a deleted deployment is still returned as AWAITING_DELETE; default 0, immediately gone. */
  deleteMs?: number
  /** The hosting whose rules apply; default `any`, which accepts all requests of real clients. */
  hosting?: Hosting
  /** Repositories that the GitHub integration lists, as `OWNER/NAME`; default `acme/agents`. */
  repositories?: readonly string[]
  /** The scenario at the start and after a reset. */
  scenario?: GivenScenario
  /** The state at the start and after a reset. */
  seed?: Seed
  /** Receives one line about each request. */
  log?: (line: string) => void
  /** Maximum number of requests in the journal; default 10,000. */
  journal?: number
}

export interface Emulator {
  /** Origin for clients on this machine, without a trailing slash. */
  readonly url: string
  readonly apiKey: string
  readonly workspaceId: string
  readonly integrationId: string
  /** ID of the listener that exists in `any` and `hybrid` hosting. */
  readonly listenerId: string
  /** Stops the server and cuts every connection, including pending responses. */
  close(): Promise<void>
}

/**
 * Starts an in-memory control plane.
 * @throws Node's error with code EADDRINUSE if the port is in use
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
  // Clients on this machine use loopback if the server listens on all addresses.
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
