import type { ControlPlaneClient } from '../control-plane/client.ts'
import { ApiError } from '../control-plane/errors.ts'
import type { Deployment } from '../control-plane/resources.ts'
import type { Progress } from '../deployment/progress.ts'
import { errorMessage } from '../run/error-message.ts'
import type { Limits } from '../run/limits.ts'

/** The rollout must not wait longer for a name. */
const NAMING_MS = 5_000

interface NamingContext {
  readonly client: Pick<ControlPlaneClient, 'rename'>
  readonly limits: Limits
  readonly progress: Pick<Progress, 'warn'>
}

/**
 * Sets the display name of a deployment that this run created, which the API takes only from an existing one, beside the
 * rollout. One try: it delays the end of `rollout` by 5 s at most, and only where that ends sooner; its failure, of any
 * kind, is a warning, and the next run that writes `display-name` sets it.
 *
 * @param displayName nothing to set without it
 * @param budgetMs how long the server may take, in milliseconds
 * @returns what `rollout` returns; throws what that throws
 */
export async function namingBeside<T>(
  { client, limits, progress }: NamingContext,
  { id }: Deployment,
  displayName: string | undefined,
  rollout: () => Promise<T>,
  budgetMs: number = NAMING_MS
): Promise<T> {
  const warn = (error: unknown) => {
    // Then it is the end of the run that has to be told.
    if (limits.cancelled.aborted) return
    const said = error instanceof ApiError && error.detail ? `: ${error.detail}` : ''
    progress.warn(
      `Could not set \`display-name\` (${errorMessage(error)}${said}). The rollout continues without it; the next run sets it.`
    )
  }
  const naming = displayName === undefined ? undefined : client.rename(id, displayName, budgetMs).catch(warn)
  try {
    return await rollout()
  } finally {
    await naming
  }
}
