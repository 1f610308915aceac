import { ApiError, RefusalError } from '../control-plane/errors.ts'
import type { Deployment } from '../control-plane/resources.ts'

/*
 * Errors for a deployment whose state in LangSmith does not allow what the inputs request.
 */

/** The deployment was not found. The workspace may be wrong: LangSmith lists nothing in a workspace of another key. */
export class NotInWorkspaceError extends RefusalError {}

/** No GitHub integration can read the repository. */
export class NoIntegrationError extends RefusalError {}

/** A create was refused because its name is taken, but no deployment with that name was found. */
export class NameTakenError extends NotInWorkspaceError {}

/** Possible reasons that a create is refused although no deployment has the name. */
export const NAME_TAKEN_ADVICE =
  'Possible causes: the deployment is in another workspace (set `workspace-id`), a tracing project has that name (delete or rename it), or a deployment of that name was deleted within the last week. Otherwise set another `name`.'

/** Advice for a control plane that keeps returning an error of its own. */
const FAILING_ADVICE =
  'The control plane fails to create deployments. Rerun this job later. For LangSmith Cloud, see https://status.smith.langchain.com; for a self-hosted installation, ask its administrator.'

/** Advice for a create whose responses were lost. */
const LOST_ADVICE =
  'Rerun this job; it continues with the deployment if LangSmith has created it in the meantime. If this persists, check the network and the proxies between this runner and LangSmith.'

/** Advice for the time in which LangSmith is busy with a deployment. */
export const BUSY_ADVICE =
  'Another rollout of this deployment may be in progress. Rerun this job when it has ended; a `concurrency` group in the workflow prevents overlapping runs.'

/** Another rollout lasted longer than the run waits for it. */
export function rolloutInProgress(name: string, behind: Error): RefusalError {
  return new RefusalError(
    'Another rollout is in progress',
    `LangSmith returned 409 for the change to "${name}" for two minutes.`,
    BUSY_ADVICE,
    behind
  )
}

/** The deployment was deleted during the run, but not by the run. */
export function deploymentVanished(name: string, id: string): RefusalError {
  return new RefusalError(
    'Deployment deleted during the run',
    `Deployment "${name}" (${id}) was deleted during this run.`,
    'Rerun this job to create it again, or set another `name`: the name of a deleted deployment stays reserved for up to a week.'
  )
}

/** The server refused or lost a create, and no deployment has the name. */
export function createFailed(name: string, behind: Error): RefusalError {
  const what = `Deployment "${name}" could not be created, and no deployment with that name was found.`
  if (behind instanceof ApiError && behind.status === 409) {
    return new NameTakenError('Name is taken', what, NAME_TAKEN_ADVICE, behind)
  }
  const advice = behind instanceof ApiError ? FAILING_ADVICE : LOST_ADVICE
  return new RefusalError('Deployment could not be created', what, advice, behind)
}

/** All possible names of a preview are reserved. */
export function previewNamesTaken(names: readonly string[]): RefusalError {
  return new RefusalError(
    'No free preview name',
    `All names from ${names[0]} to ${names.at(-1)} are taken for this preview.`,
    'The names of deleted deployments stay reserved for up to a week. Set another `name`, and delete previews with `delete-tracing-project: true`.'
  )
}

/** A write was sent as often as is safe, but got no response and had no visible effect. */
export function writeLost(what: string, behind: Error): RefusalError {
  return new RefusalError(
    'Request had no effect',
    `${what} was sent three times without a visible effect.`,
    'Check the deployment in LangSmith before you rerun this job.',
    behind
  )
}

/** The command requires an existing deployment, but no deployment has the name. */
export function deploymentMissing(name: string): RefusalError {
  return new NotInWorkspaceError(
    'Deployment not found',
    `Deployment "${name}" does not exist in this workspace.`,
    'Check `name` (it must match exactly), `workspace-id`, and `region` or `control-plane-url`; or create it first with `command: deploy`.'
  )
}

/** No deployment has the name, and the inputs do not allow the run to create it. */
export function deploymentMayNotBeCreated(name: string): RefusalError {
  return new NotInWorkspaceError(
    'Deployment not found',
    `Deployment "${name}" does not exist in this workspace, and \`if-missing: fail\` does not allow creating it.`,
    'Check `name` (it must match exactly), `workspace-id`, and `region` or `control-plane-url`; or omit `if-missing` to create it.'
  )
}

/** The deployment is being deleted and no longer accepts changes. */
export function deploymentGoing({ name, updated_at }: Pick<Deployment, 'name' | 'updated_at'>): RefusalError {
  const state = updated_at
    ? `The deletion of deployment "${name}" started on ${updated_at.slice(0, 16).replace('T', ' ')} UTC.`
    : `Deployment "${name}" is being deleted.`
  // A preview takes the next name.
  return new NameTakenError(
    'Deployment is being deleted',
    `${state} Its name stays reserved for up to a week.`,
    'Set another `name`, or wait until the name is free again.'
  )
}

/** `name` and `deployment-id` belong to different deployments. */
export function nameAndIdDisagree(name: string, id: string, actual: string): RefusalError {
  return new RefusalError(
    'Name and ID do not match',
    `\`name\` is "${name}", but the deployment with \`deployment-id\` ${id} is named "${actual}".`,
    `Omit \`name\` to use that deployment, or omit \`deployment-id\` to use "${name}".`
  )
}

function sourceAdvice(actual: string): string {
  if (actual === 'internal_docker') return 'Set `source-type: internal_docker` and `image-uri`'
  if (actual.startsWith('internal_')) return 'Set `source-type: internal_source` and omit `image-uri`'
  return actual === 'external_docker'
    ? 'Set `source-type: external_docker` and `image-uri`, and omit the inputs of other sources'
    : 'Set `source-type: github`, and omit `image-uri` and the inputs of other sources'
}

/** The source of the deployment does not allow the revision that this run would deploy. */
export function sourceDiffers(name: string, actual: string, wanted: string): RefusalError {
  return new RefusalError(
    'Source cannot be changed',
    `Deployment "${name}" was created from source ${actual}, but this run would deploy ${wanted}. The source of a deployment cannot change.`,
    `${sourceAdvice(actual)}, or deploy under another \`name\`.`
  )
}

/** A field that the API only sets at create differs from its input. */
export function fixedAtCreate(input: string, actual: string, wanted: string): RefusalError {
  return new RefusalError(
    'Setting cannot be changed',
    `\`${input}\` is ${wanted}, but the deployment has ${actual}. This setting cannot change after creation.`,
    `Set it to the current value, or deploy under another \`name\`.`
  )
}
