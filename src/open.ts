import { type ControlPlaneClient, createClient } from './control-plane/client.ts'
import type { Connection } from './control-plane/network.ts'
import type { Deployment } from './control-plane/resources.ts'
import { createTransport } from './control-plane/transport.ts'
import type { Feedback, FeedbackOptions } from './feedback/feedback.ts'
import type { Limits } from './run/limits.ts'
import type { Recorder } from './run/recorder.ts'

/*
 * What the main step and the post step open alike. It reaches nothing that could deploy: see `open-run.ts` for that.
 */

interface ControlPlaneOptions {
  readonly recorder: Recorder
  /** Keeps the secrets of a deployment from being printed. */
  readonly conceal: (deployment: Deployment) => void
  /** Keeps what LangSmith gives for the run's own use from being printed. */
  readonly concealTexts?: (texts: readonly string[]) => void
  readonly connection: Connection
  readonly limits: Limits
  readonly note: (text: string) => void
  /** Between 0 and 1; tests hand in their own. */
  readonly random?: (() => number) | undefined
}

/** The way to the control plane, on which each write is recorded. */
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

/** The feedback of a run; one that tells nobody where none is asked for. */
export async function openFeedback(options: FeedbackOptions): Promise<Feedback> {
  const { channels, asked, place } = options.plan
  if (Object.values(channels).every((channel) => channel === undefined)) {
    const nothing = async () => {}
    return { mark: () => ({ name: asked, place }), begin: nothing, following: nothing, finish: nothing }
  }
  // Loaded only here: most runs ask for none.
  const { createFeedback } = await import('./feedback/channels.ts')
  return createFeedback(options)
}
