import { API_KEY } from './access.ts'
import { createApp } from './app.ts'
import { createState, type Hosting, INTEGRATION_ID, LISTENER_ID, WORKSPACE_ID } from './state.ts'

export interface EmulatorOptions {
  /** 0, the default, is any free one. */
  port?: number
  /** Milliseconds that a revision stays in each status; default 20. */
  stepMs?: number
  /** Milliseconds that a deleted deployment still answers with AWAITING_DELETE; default 0: it is gone at once. */
  deleteMs?: number
  /** Whose rules hold; default `any`, which bears what real clients send. */
  hosting?: Hosting
  /** `OWNER/NAME`, what the GitHub integration lists; default `acme/agents`. */
  repositories?: readonly string[]
  /** How many requests the journal keeps; default 10,000. */
  journal?: number
}

export interface Emulator {
  /** Origin, without a slash at the end. */
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
  const { port = 0, stepMs = 20, deleteMs = 0, hosting = 'any', repositories = ['acme/agents'] } = options
  const state = createState({ stepMs, deleteMs, hosting, repositories, journal: options.journal })
  const app = createApp(state)
  state.url = await app.listen({ host: '127.0.0.1', port })
  return {
    url: state.url,
    apiKey: API_KEY,
    workspaceId: WORKSPACE_ID,
    integrationId: INTEGRATION_ID,
    listenerId: LISTENER_ID,
    close: async () => {
      await app.close()
    }
  }
}
