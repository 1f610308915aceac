import type { Deployment, Revision } from '../control-plane/resources.ts'
import type { Verdict } from '../deployment/verdict.ts'
import { watch } from '../deployment/watch.ts'
import type { OwnRevision } from '../inputs.ts'
import type { CommandContext } from './context.ts'

/** Follows a revision that this run made to its verdict, unless the user does not want to wait. */
export async function follow(
  context: CommandContext,
  config: OwnRevision,
  deployment: Deployment,
  revision: Revision
): Promise<Verdict> {
  if (!config.wait) return { status: 'started' }
  const { onSuperseded, pollIntervalMs } = config
  return watch({ ...context, pollIntervalMs }, deployment, revision, { onSuperseded, own: true })
}
