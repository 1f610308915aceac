import { findPreviews, isGoing, type Target } from '../deployment/find.ts'
import { NameTakenError, previewNamesTaken } from '../deployment/refusals.ts'
import type { CommandContext } from '../rollout/context.ts'
import type { Verdict } from '../run/verdict.ts'

/**
 * Calls `work` with the existing preview of a pull request, or with the first free name. After a pull request is
 * closed, the name of its preview stays reserved for up to a week, so a reopened pull request needs another name.
 *
 * @param names in order of preference
 * @param work throws NameTakenError if the name is not free
 * @throws {RefusalError} if no name is free
 */
export async function withPreviewName(
  { client, progress }: CommandContext,
  names: readonly string[],
  work: (target: Target) => Promise<Verdict>
): Promise<Verdict> {
  const previews = await findPreviews(client, names)
  const existing = previews.find((preview) => !isGoing(preview))
  if (existing) return work({ name: existing.name, deploymentId: existing.id })

  const going = new Set(previews.map(({ name }) => name))
  for (const name of names) {
    if (going.has(name)) {
      progress.note(`Deployment "${name}" is being deleted, and its name stays reserved for up to a week.`)
      continue
    }
    try {
      return await work({ name, deploymentId: undefined })
    } catch (error) {
      if (!(error instanceof NameTakenError)) throw error
      progress.note(
        `The name "${name}" is reserved after a deletion or used by a tracing project; trying the next name.`
      )
    }
  }
  throw previewNamesTaken(names)
}
