import { ApiError, RefusalError } from '../control-plane/errors.ts'
import type { Deployment } from '../control-plane/resources.ts'

/*
 * Why a run does not go on with a deployment: what is in LangSmith and what was asked for do not fit together.
 */

/** What the run works on cannot be found, which the wrong workspace explains too: that of another key is told as empty. */
export class NotInWorkspaceError extends RefusalError {}

/** A create was refused because its name is not free, and no deployment of that name can be found. */
export class NameTakenError extends NotInWorkspaceError {}

/** What may be in the way of a create under a name that no deployment has. */
export const NAME_TAKEN_ADVICE =
  'Known reasons when the look-up finds no such deployment: it is in another workspace (set `workspace-id`), a tracing project of that name is left over (delete or rename it), or a deployment of that name was deleted within the last week. Otherwise use another `name`.'

/** What to do while LangSmith is busy with a deployment. */
export const BUSY_ADVICE =
  'Another rollout of this deployment may be in progress. Run this again once it has ended; a `concurrency` group in the workflow keeps runs from overlapping.'

/** Another rollout was in the way for as long as a run waits for it. */
export function rolloutInProgress(name: string, behind: Error): RefusalError {
  return new RefusalError(
    'Another rollout is in progress',
    `LangSmith refused the change of "${name}" for two minutes with 409.`,
    BUSY_ADVICE,
    behind
  )
}

/** The deployment that a run works on was deleted by somebody else in the meantime. */
export function deploymentVanished(name: string, id: string): RefusalError {
  return new RefusalError(
    'The deployment was deleted',
    `The deployment "${name}" (${id}) was deleted while this run was working on it.`,
    'Run this again to create it anew, or use another `name`: a deleted name stays reserved for up to a week.'
  )
}

/** A create that the server refused or lost, with nothing to be found under the name. */
export function createFailed(name: string, behind: Error): RefusalError {
  const Kind = behind instanceof ApiError && behind.status === 409 ? NameTakenError : RefusalError
  return new Kind(
    'The deployment could not be created',
    `The deployment "${name}" could not be created, and none of that name can be found.`,
    NAME_TAKEN_ADVICE,
    behind
  )
}

/** Every name that a preview may bear is reserved. */
export function previewNamesTaken(names: readonly string[]): RefusalError {
  return new RefusalError(
    'No free name for the preview',
    `None of the names ${names[0]} to ${names.at(-1)} is free for this preview.`,
    'The names of deleted deployments are reserved for up to a week. Set another `name`, and delete with `delete-tracing-project: true`.'
  )
}

/** A write was sent as often as is safe, was never answered, and left no trace. */
export function writeLost(what: string, behind: Error): RefusalError {
  return new RefusalError(
    'The write was lost',
    `${what} was sent three times and never took effect as far as can be seen.`,
    'Look at the deployment in LangSmith before you run this again.',
    behind
  )
}

/** A command that needs a deployment was given a name that none has. */
export function deploymentMissing(name: string): RefusalError {
  return new NotInWorkspaceError(
    'Deployment not found',
    `There is no deployment named "${name}" in this workspace.`,
    'Check `name` (it is compared letter by letter), `workspace-id` and `region` or `control-plane-url`; or create it first with `command: deploy`.'
  )
}

/** The user wants no new deployment, and there is none of the name. */
export function deploymentMayNotBeCreated(name: string): RefusalError {
  return new NotInWorkspaceError(
    'Deployment not found',
    `There is no deployment named "${name}" in this workspace, and \`if-missing: fail\` does not allow creating it.`,
    'Check `name` (it is compared letter by letter), `workspace-id` and `region` or `control-plane-url`; or remove `if-missing` to create it.'
  )
}

/** The deployment is on its way out, and nothing can be done with it any more. */
export function deploymentGoing({ name, updated_at }: Pick<Deployment, 'name' | 'updated_at'>): RefusalError {
  const since = updated_at ? `, since ${updated_at.slice(0, 16).replace('T', ' ')} UTC` : ''
  // A preview takes the next name.
  return new NameTakenError(
    'The deployment is being deleted',
    `The deployment "${name}" is being deleted${since}; its name is reserved for up to a week.`,
    'Use another `name`, or wait until it is gone for good.'
  )
}

/** `name` and `deployment-id` are those of two deployments. */
export function nameAndIdDisagree(name: string, id: string, actual: string): RefusalError {
  return new RefusalError(
    'Name and ID disagree',
    `\`name\` is "${name}", but the deployment with \`deployment-id\` ${id} is named "${actual}".`,
    `Remove one of the two: \`name\` to use that deployment, or \`deployment-id\` to look "${name}" up.`
  )
}

function sourceAdvice(actual: string): string {
  if (actual === 'internal_docker') return 'Write `source-type: internal_docker` beside `image-uri`'
  if (actual.startsWith('internal_')) return 'Write `source-type: internal_source` and remove `image-uri`'
  return actual === 'external_docker'
    ? 'Write `source-type: external_docker` and `image-uri`, and remove the inputs of another source'
    : 'Write `source-type: github`, and remove `image-uri` and the inputs of another source'
}

/** The deployment was made from a source that takes no revision of what this run would deploy. */
export function sourceDiffers(name: string, actual: string, wanted: string): RefusalError {
  return new RefusalError(
    'The source of the deployment differs',
    `The deployment "${name}" was made from source ${actual}, and this run would deploy ${wanted}. Such a deployment takes no revision of another source.`,
    `${sourceAdvice(actual)}, or deploy under another \`name\`.`
  )
}

/** A field that the API fixes at create differs from what was asked for. */
export function fixedAtCreate(input: string, actual: string, wanted: string): RefusalError {
  return new RefusalError(
    'A setting cannot be changed',
    `\`${input}\`: the deployment has ${actual}, and this run asks for ${wanted}. That cannot change after creation.`,
    `Write the value that it has, or deploy under another \`name\`.`
  )
}
