import type { Decode } from '../../src/control-plane/answer.ts'
import { type ControlPlaneClient, createClient } from '../../src/control-plane/client.ts'
import type { Connection } from '../../src/control-plane/network.ts'
import { createTransport, type Transport, type Written } from '../../src/control-plane/transport.ts'
import { createDeadline, type Deadline } from '../../src/run/limits.ts'
import { afterThisTest } from './after-this-test.ts'
import { type SkippingClock, skippingClock } from './clock.ts'

/** The connection of a test to a server. */
export interface Line {
  readonly transport: Transport
  readonly client: ControlPlaneClient
  readonly limits: Deadline
  readonly clock: SkippingClock
  /** Messages about failed attempts. */
  readonly retries: readonly string[]
  cancel(): void
}

export interface LineOptions {
  readonly connection?: Partial<Connection>
  readonly clock?: SkippingClock
  readonly timeoutMs?: number
  readonly random?: () => number
  readonly onWrite?: (mayHaveActed: boolean) => void
}

/** Sends a write as its callers do: repeats it as long as the server does not accept it. */
export async function sendWrite<T>(
  { transport }: Pick<Line, 'transport'>,
  ...write: [method: 'POST' | 'PATCH', path: string, body: unknown, decode: Decode<T>]
): Promise<Written<T>> {
  for (;;) {
    const written = await transport.write(...write)
    if (written.kind !== 'not-taken') return written
  }
}

/** Opens a connection to the server at `url` that closes after the test. */
export function openLine(url: string, options: LineOptions = {}): Line {
  const { connection, clock = skippingClock(), timeoutMs = 3_600_000, random = () => 1, onWrite = () => {} } = options
  const retries: string[] = []
  const controller = new AbortController()
  const limits = createDeadline({ clock, cancelled: controller.signal, deadline: clock.now() + timeoutMs })
  const transport = createTransport({
    connection: { url, apiKey: 'lsv2_test_key', proxy: {}, ...connection },
    limits,
    onRetry: (message) => retries.push(message),
    onWrite,
    random
  })
  afterThisTest(() => transport.close())
  return { transport, client: createClient(transport), limits, clock, retries, cancel: () => controller.abort() }
}
