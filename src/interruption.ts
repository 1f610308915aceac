import type { CommandContext } from './commands/context.ts'
import { CANCEL_GRACE_MS } from './limits.ts'

/** What became of our revision, told in a sentence. */
export interface Interruption {
  readonly kind: 'none' | 'left' | 'interrupted' | 'unanswered'
  readonly text: string
}

/** With less left than this a request is not begun; the post step has more time. */
const SHORTEST_BUDGET_MS = 100

const ENDED = new Set(['DEPLOYED', 'CREATE_FAILED', 'BUILD_FAILED', 'DEPLOY_FAILED', 'SKIPPED', 'INTERRUPTED'])

/**
 * Interrupts the revision that this run made, if there is one still going and the user wishes it.
 *
 * @param cancelledAt when the job was cancelled, in milliseconds since the epoch; the grace counts from there
 */
export async function interruptOwn(
  { client, limits, progress }: CommandContext,
  cancelledAt: number | undefined,
  wished: boolean
): Promise<Interruption> {
  const { deployment, revision, own } = progress.facts
  if (!deployment || !revision || !own || ENDED.has(revision.status)) return { kind: 'none', text: '' }
  if (!wished) return { kind: 'left', text: `Revision ${revision.id} was left as it is (${revision.status}).` }

  const budget = cancelledAt === undefined ? CANCEL_GRACE_MS : cancelledAt + CANCEL_GRACE_MS - limits.clock.now()
  try {
    if (budget < SHORTEST_BUDGET_MS) throw new Error('no time left')
    await client.interrupt(deployment.id, revision.id, budget)
    return { kind: 'interrupted', text: `Revision ${revision.id} was interrupted.` }
  } catch {
    return {
      kind: 'unanswered',
      text: `The interruption of revision ${revision.id} got no answer; the post step tries again.`
    }
  }
}
