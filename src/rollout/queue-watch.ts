import { type ControlPlaneClient, orNothing } from '../control-plane/client.ts'
import type { Revision } from '../control-plane/resources.ts'
import type { Progress } from '../deployment/progress.ts'
import { queueOf, timeUnderWay } from '../deployment/revision.ts'
import type { Clock } from '../run/limits.ts'

/** The time in status QUEUED before the first message, in milliseconds. */
const FIRST_LOOK_AFTER_MS = 15_000
const LOOK_EVERY_MS = 60_000
/** The time in status QUEUED before the advice to interrupt the blocking revision, in milliseconds. */
const ADVICE_AFTER_MS = 600_000

/** Returns the revision that blocks a queued one: the oldest revision in progress, if it is older. */
export function holderOf(revisions: readonly Revision[], id: string): Revision | undefined {
  const [first] = queueOf(revisions)
  return first?.id !== id && revisions.some((revision) => revision.id === id) ? first : undefined
}

/** Creates a watch that reports which revision blocks a QUEUED one. It reads the list once a minute. */
export function createQueueWatch(
  client: Pick<ControlPlaneClient, 'glanceRevisions'>,
  progress: Pick<Progress, 'note'>,
  clock: Pick<Clock, 'now'>,
  deploymentId: string
) {
  let queued: { readonly id: string; readonly since: number } | undefined
  let lookAt = 0
  let told = ''
  let isAdvised = false
  return {
    /** Called after each poll of the revision. */
    look: async ({ id, status }: Revision): Promise<void> => {
      const now = clock.now()
      if (status !== 'QUEUED') {
        queued = undefined
        return
      }
      if (queued?.id !== id) {
        queued = { id, since: now }
        lookAt = now + FIRST_LOOK_AFTER_MS
      }
      if (now < lookAt) return
      lookAt = now + LOOK_EVERY_MS
      const holder = holderOf((await orNothing(client.glanceRevisions(deploymentId))) ?? [], id)
      if (!holder) return
      const what = `revision ${holder.id} (${holder.status}`
      const age = timeUnderWay(holder, now)
      if (told !== what) progress.note(`Waiting behind ${what}${age ? `, for ${age}` : ''}).`)
      told = what
      if (isAdvised || now - queued.since < ADVICE_AFTER_MS) return
      isAdvised = true
      progress.note(
        `Queued for 10 min behind ${what}${age ? `, for ${age}` : ''}). If that revision is stuck, stop it with \`command: interrupt\` and \`revision-id: ${holder.id}\`.`
      )
    }
  }
}
