import type { Revision } from '../control-plane/resources.ts'
import type { Applied } from '../deployment/outcome.ts'
import type { Config } from '../inputs/config.ts'
import type { OwnRevision } from '../inputs/following.ts'
import type { CommandContext } from './context.ts'
import { proveServing } from './serving.ts'
import { watch } from './watch.ts'

export type RollbackConfig = OwnRevision & Pick<Config, 'connection' | 'timeoutMs' | 'workspaceName'>

/** What has become of a roll back so far; whatever ends it, the verdict tells this. */
export interface Story {
  /** Whether anything was written, or was about to be. */
  isBegun: boolean
  /** What was done, in sentences. */
  readonly done: string[]
  /** Which revision is active in the end, in a sentence; empty when that is not known. */
  state: string
  /** What was sent and goes on, such as `A roll back to revision …`. */
  underWay: string | undefined
  /** Whether the values from before this run were written again. */
  isPutBack: boolean
  /** What this run changed and what is still so, in a sentence; empty when there is nothing. */
  leftovers: string
  /** What the user can do where the revision that does not serve stays active. */
  advice: string | undefined
}

/**
 * What came of a revision that a roll back made. `inactive`: it was deployed, and did not become the active one in time.
 * `silent`: it is active, and was not seen to serve. `serving`: it is active, and serves as far as that can be told.
 */
export type RollbackOutcome =
  | { readonly kind: 'serving' | 'silent' | 'inactive'; readonly revision: Revision }
  | { readonly kind: 'failed' | 'superseded'; readonly revision: Revision; readonly reason: string }
  /** `other`: one that appeared in its place, and holds something else. */
  | { readonly kind: 'missing'; readonly other: Revision | undefined }
  | { readonly kind: 'overtaken' }

/** The state of a story in which a revision that a roll back made serves. @param made from what */
export function activeNow({ id }: Revision, made: string): string {
  return `Active now: revision ${id}, created from ${made}.`
}

/** Follows a revision that a roll back made until it is active, and asks whether it serves. */
export async function rollOut(
  rolling: CommandContext,
  config: RollbackConfig,
  applied: Applied
): Promise<RollbackOutcome> {
  if (applied.kind !== 'revision') return { kind: 'missing', other: 'other' in applied ? applied.other : undefined }
  const { deployment, revision } = applied
  const { pollIntervalMs } = config
  const watched = await watch({ ...rolling, pollIntervalMs }, deployment, revision, { onSuperseded: 'warn', own: true })
  const { verdict: ended } = watched
  if (ended.status !== 'deployed') {
    const reason = 'reason' in ended ? ended.reason : ended.status
    return { kind: ended.status === 'superseded' ? 'superseded' : 'failed', revision, reason }
  }
  // The one warning that comes with `deployed`.
  if (ended.warning) return { kind: 'inactive', revision }
  // The graphs and runs that were asked for are those of the new code.
  const proof = await proveServing(rolling, { ...config, proof: undefined }, ended, {
    ...watched,
    own: true,
    hasPredecessor: true
  })
  if ('overtakenBy' in proof) return { kind: 'overtaken' }
  return { kind: proof.verdict.status === 'deployed' ? 'serving' : 'silent', revision }
}
