import { type ControlPlaneClient, createClient } from './control-plane/client.ts'
import type { Connection } from './control-plane/network.ts'
import type { Deployment } from './control-plane/resources.ts'
import { createTransport } from './control-plane/transport.ts'
import type { Feedback, FeedbackOptions } from './feedback/feedback.ts'
import type { Limits } from './run/limits.ts'
import type { Recorder } from './run/recorder.ts'

/*
 * Connections that both the main step and the post step open. This file imports no code that deploys: see
 * `open-run.ts`.
 */

interface ControlPlaneOptions {
  readonly recorder: Recorder
  /** Keeps the secrets of a deployment from being printed. */
  readonly conceal: (deployment: Deployment) => void
  /** Keeps texts that LangSmith returns for the run itself, such as a push token, from being printed. */
  readonly concealTexts?: (texts: readonly string[]) => void
  readonly connection: Connection
  readonly limits: Limits
  readonly note: (text: string) => void
  /** Returns a number between 0 and 1; tests pass their own. */
  readonly random?: (() => number) | undefined
}

/** Opens a client of the control plane that records each write. */
export function openControlPlane(options: ControlPlaneOptions): {
  readonly client: ControlPlaneClient
  close(): Promise<void>
} {
  const { connection, limits, recorder, conceal, concealTexts, note, random } = options
  const transport = createTransport({
    connection,
    limits,
    onRetry: note,
    onWrite: (mayHaveActed) => recorder.tell({ kind: 'writing', mayHaveActed }),
    ...(random ? { random } : {})
  })
  return { client: createClient(transport, conceal, note, concealTexts), close: transport.close }
}

/** Creates the feedback of a run, which does nothing if no channel is enabled. */
export async function openFeedback(options: FeedbackOptions): Promise<Feedback> {
  const { channels, asked, place } = options.plan
  if (Object.values(channels).every((channel) => channel === undefined)) {
    const nothing = async () => {}
    return { mark: () => ({ name: asked, place }), begin: nothing, following: nothing, finish: nothing }
  }
  // Loaded only when needed: most runs have no channel.
  const { createFeedback } = await import('./feedback/channels.ts')
  return createFeedback(options)
}
