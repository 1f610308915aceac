import type { Deployment, Revision } from '../control-plane/resources.ts'
import { applyRedeploy } from '../deployment/apply.ts'
import type { Verdict } from '../deployment/verdict.ts'
import { watch } from '../deployment/watch.ts'
import type { Config, OwnRevision } from '../inputs.ts'
import { CancelledError, DeadlineError } from '../limits.ts'
import type { CommandContext } from './context.ts'
import { proveServing, READ_DEPLOY_LOG } from './serving.ts'

type Broken = Verdict & { readonly status: 'failed' }
type RollbackConfig = OwnRevision & Pick<Config, 'connection' | 'timeoutMs'>

/**
 * Makes the revision serve again that was active before ours, which was rolled out and does not serve. Only while ours
 * is both the active and the latest one: otherwise another one serves, or somebody is at it already.
 *
 * @returns the verdict of ours, with what became of the roll back
 */
export async function rollBack(
  context: CommandContext,
  config: RollbackConfig,
  deployment: Deployment,
  revision: Revision,
  broken: Broken
): Promise<Verdict> {
  const { client, limits, progress } = context
  // What went before must not keep the cure from being carried out.
  limits.deadline = limits.clock.now() + config.timeoutMs
  // To redeploy "the one before" may bring ours back from here on, or take away somebody else's.
  const say = (words: string, advice = READ_DEPLOY_LOG): Broken => {
    return { ...broken, reason: `${broken.reason}\n${words}`, advice }
  }
  const previous = progress.facts.previousRevisionId
  let isUnderWay = false
  try {
    const now = await client.deployment(deployment.id)
    const isOurs = now.active_revision_id === revision.id && now.latest_revision_id === revision.id
    if (!isOurs) return say(NOT_OURS)
    if (!previous) return say('It was not rolled back: no revision served before it.')

    progress.note(`Rolling back to revision ${previous}.`)
    return say(
      await carryOut(context, config, now, revision, previous, () => {
        isUnderWay = true
      })
    )
  } catch (error) {
    if (error instanceof CancelledError) {
      const going = isUnderWay ? ` A roll back to revision ${previous} was under way; it is left to go on.` : ''
      return { status: 'cancelled', reason: `The job was cancelled.\n${broken.reason}${going}` }
    }
    if (error instanceof DeadlineError && isUnderWay) {
      return say(`A roll back to revision ${previous} is still under way; the timeout passed.`)
    }
    const why =
      error instanceof DeadlineError ? 'the timeout passed' : error instanceof Error ? error.message : String(error)
    return say(`It could not be rolled back: ${why}.`, broken.advice)
  }
}

const NOT_OURS = 'It was not rolled back: by now another revision is active, or under way.'

/** @returns what became of it, in a sentence */
async function carryOut(
  context: CommandContext,
  config: RollbackConfig,
  deployment: Deployment,
  ours: Revision,
  previous: string,
  onWrite: () => void
): Promise<string> {
  const { client, progress } = context
  const target = await client.revision(deployment.id, previous)
  const { resources } = await client.revisions(deployment.id)
  if (resources[0]?.id !== ours.id) return NOT_OURS
  const rolling = { ...context, progress: beside(progress, onWrite) }
  const applied = await applyRedeploy(rolling, deployment, target, resources)
  if (applied.kind !== 'revision') return `It could not be rolled back: no revision made from ${previous} appeared.`

  const { revision } = applied
  const { pollIntervalMs } = config
  const ended = await watch({ ...rolling, pollIntervalMs }, applied.deployment, revision, {
    onSuperseded: 'warn',
    own: true
  })
  if (ended.status !== 'deployed') {
    const why = 'reason' in ended ? ended.reason : ended.status
    return `The roll back to ${previous} did not succeed: ${why}`
  }
  const proof = await proveServing(rolling, config, ended, { deployment: applied.deployment, revision })
  const made = `${revision.id}, made from it,`
  if ('overtakenBy' in proof) return `Rolled back to revision ${previous}, but a newer one is active by now.`
  if (proof.verdict.status !== 'deployed') {
    return `Rolled back to revision ${previous}, but ${made} was not seen to serve either.`
  }
  progress.rolledBack(previous, revision.id)
  return `Rolled back to revision ${previous}: ${made} is active now.`
}

/** What is told of the roll back must not be taken for our own revision, which failed, nor be interrupted as such. */
function beside(progress: CommandContext['progress'], onWrite: () => void): CommandContext['progress'] {
  let last = ''
  return {
    ...progress,
    aboutToWrite: onWrite,
    health: () => {},
    revision: ({ id, status }) => {
      const words = `Roll back, revision ${id}: ${status}`
      if (words !== last) progress.note(words)
      last = words
    }
  }
}
