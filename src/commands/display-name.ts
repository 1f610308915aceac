import type { ControlPlaneClient } from '../control-plane/client.ts'
import { ApiError } from '../control-plane/errors.ts'
import type { Deployment } from '../control-plane/resources.ts'
import type { Progress } from '../deployment/progress.ts'
import { errorMessage } from '../run/error-message.ts'
import type { Limits } from '../run/limits.ts'

/** The longest time that the rollout waits for the rename. */
const NAMING_MS = 5_000

interface NamingContext {
  readonly client: Pick<ControlPlaneClient, 'rename'>
  readonly limits: Limits
  readonly progress: Pick<Progress, 'warn'>
}

/**
 * Sets the display name of a new deployment while `rollout` runs, because a create cannot set it. Sends one request. If
 * the rollout ends first, it waits up to 5 s for the request. A failure is only a warning: the next run sets the name.
 *
 * @param displayName `undefined`: sends no request
 * @param budgetMs the longest time for the request, in milliseconds
 * @returns what `rollout` returns; throws what `rollout` throws
 */
export async function namingBeside<T>(
  { client, limits, progress }: NamingContext,
  { id }: Deployment,
  displayName: string | undefined,
  rollout: () => Promise<T>,
  budgetMs: number = NAMING_MS
): Promise<T> {
  const warn = (error: unknown) => {
    // A canceled run reports its own end.
    if (limits.cancelled.aborted) return
    const detail = error instanceof ApiError && error.detail ? `: ${error.detail}` : ''
    progress.warn(
      `Could not set \`display-name\` (${errorMessage(error)}${detail}). The rollout continues without it; the next run sets it.`
    )
  }
  const naming = displayName === undefined ? undefined : client.rename(id, displayName, budgetMs).catch(warn)
  try {
    return await rollout()
  } finally {
    await naming
  }
}
