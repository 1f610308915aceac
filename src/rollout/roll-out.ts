import type { Revision } from '../control-plane/resources.ts'
import type { Applied } from '../deployment/outcome.ts'
import type { Config } from '../inputs/config.ts'
import type { OwnRevision } from '../inputs/following.ts'
import type { CommandContext } from './context.ts'
import { proveServing } from './serving.ts'
import { watch } from './watch.ts'

export type RollbackConfig = OwnRevision & Pick<Config, 'connection' | 'timeoutMs' | 'workspaceName'>

/** The progress of a rollback, which the verdict reports even if an error ends the rollback. */
export interface Story {
  /** True if the rollback wrote something, or was about to. */
  isBegun: boolean
  /** The completed steps, as sentences. */
  readonly done: string[]
  /** The active revision at the end, as a sentence; empty if unknown. */
  state: string
  /** The request in progress, such as `A rollback to revision …`. */
  underWay: string | undefined
  /** True if the values from before this run were restored. */
  isPutBack: boolean
  /** The remaining changes of this run, as a sentence; empty if nothing remains. */
  leftovers: string
  /** The advice to the user if the broken revision stays active. */
  advice: string | undefined
}

/**
 * The outcome of a revision that a rollback created. `serving`: active, and no check failed. `silent`: active, but did
 * not pass its checks. `inactive`: deployed, but did not become active in time.
 */
export type RollbackOutcome =
  | { readonly kind: 'serving' | 'silent' | 'inactive'; readonly revision: Revision }
  | { readonly kind: 'failed' | 'superseded'; readonly revision: Revision; readonly reason: string }
  /** `other`: a revision with different content that appeared instead. */
  | { readonly kind: 'missing'; readonly other: Revision | undefined }
  | { readonly kind: 'overtaken' }

/** The `state` of a story after a successful rollback. @param made the origin of the revision */
export function activeNow({ id }: Revision, made: string): string {
  return `Active now: revision ${id}, created from revision ${made}.`
}

/** Follows a revision that a rollback created until it is active, and checks its health. */
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
  // `watch` warns with `deployed` only if the revision did not become active.
  if (ended.warning) return { kind: 'inactive', revision }
  // The requested graphs and runs belong to the new code.
  const proof = await proveServing(rolling, { ...config, proof: undefined }, ended, {
    ...watched,
    own: true,
    hasPredecessor: true
  })
  if ('overtakenBy' in proof) return { kind: 'overtaken' }
  return { kind: proof.verdict.status === 'deployed' ? 'serving' : 'silent', revision }
}
