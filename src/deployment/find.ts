import { type ControlPlaneClient, pagesOf } from '../control-plane/client.ts'
import { ApiError } from '../control-plane/errors.ts'
import type { Deployment } from '../control-plane/resources.ts'
import type { Limits } from '../run/limits.ts'
import { lookRepeatedly } from '../run/poll.ts'
import { partOfPreviews, pullRequestOf } from './preview.ts'
import { deploymentMissing, nameAndIdDisagree } from './refusals.ts'

/** Identifies a deployment by name, ID or both. */
export interface Target {
  readonly name: string | undefined
  readonly deploymentId: string | undefined
  /** All possible names of a preview; `name` is the first of them. */
  readonly previewNames?: readonly string[] | undefined
}

/** True if a deployment is being deleted. Its name stays reserved, and it accepts no changes. */
export function isGoing(deployment: Deployment): boolean {
  return deployment.status === 'AWAITING_DELETE' || deployment.status === 'AWAITING_FINAL_DELETE'
}

/**
 * Finds the deployment with exactly this name. Reads all pages, because the server's filter also returns longer names.
 * Returns a deployment that is being deleted only when there is no other.
 */
export async function findByName(client: ControlPlaneClient, name: string): Promise<Deployment | undefined> {
  let going: Deployment | undefined
  for await (const deployment of deploymentsNamed(client, [name])) {
    if (!isGoing(deployment)) return deployment
    going ??= deployment
  }
  return going
}

/** Finds the deployments with a name of a preview, in the order of the names. Includes those that are being deleted. */
export async function findPreviews(
  client: ControlPlaneClient,
  names: readonly string[]
): Promise<readonly Deployment[]> {
  const found: Deployment[] = []
  for await (const deployment of deploymentsNamed(client, names)) found.push(deployment)
  return found.sort((left, right) => names.indexOf(left.name) - names.indexOf(right.name))
}

/** Finds all previews of a name with their pull request numbers. Includes those that are being deleted. */
export async function findAllPreviews(
  client: ControlPlaneClient,
  name: string,
  isSelfHosted: boolean
): Promise<readonly { readonly deployment: Deployment; readonly pullRequest: number }[]> {
  const numberOf = (preview: string) => pullRequestOf(preview, name, isSelfHosted)
  const found: { readonly deployment: Deployment; readonly pullRequest: number }[] = []
  const contained = partOfPreviews(name, isSelfHosted)
  const read = (offset: number) =>
    client.deploymentsContaining(contained, (preview) => numberOf(preview) !== undefined, offset)
  for await (const { resources } of pagesOf(read)) {
    for (const deployment of resources) {
      const pullRequest = deployment && numberOf(deployment.name)
      if (deployment && pullRequest !== undefined) found.push({ deployment, pullRequest })
    }
  }
  return found
}

/** @param names each name contains the first one */
async function* deploymentsNamed(client: ControlPlaneClient, names: readonly string[]): AsyncGenerator<Deployment> {
  for await (const { resources } of pagesOf((offset) => client.deploymentsNamed(names, offset))) {
    for (const deployment of resources) if (deployment) yield deployment
  }
}

/**
 * Finds the deployment of a target.
 *
 * @returns `undefined` when no deployment has this name
 * @throws {ApiError} 404 when no deployment has this ID
 * @throws {RefusalError} when name and ID belong to different deployments
 */
export async function find(client: ControlPlaneClient, target: Target): Promise<Deployment | undefined> {
  const { name, deploymentId, previewNames } = target
  if (previewNames) {
    const previews = await findPreviews(client, previewNames)
    return previews.find((preview) => !isGoing(preview)) ?? previews[0]
  }
  if (!deploymentId) return name ? findByName(client, name) : undefined
  const deployment = await client.deployment(deploymentId)
  if (name && deployment.name !== name) throw nameAndIdDisagree(name, deploymentId, deployment.name)
  return deployment
}

/** Like `find`, for commands that require a deployment. @throws {RefusalError} when no deployment has this name */
export async function findExisting(client: ControlPlaneClient, target: Target): Promise<Deployment> {
  const deployment = await find(client, target)
  if (!deployment) throw deploymentMissing(target.name ?? '')
  return deployment
}

/** Pauses before a 404 for a deployment ID is checked again, in milliseconds: a replica can lag behind. */
const CONFIRM_AFTER_MS = [1_000, 2_000, 4_000]

/** Like `find`, for commands that succeed without a deployment: also returns `undefined` when none has the ID. */
export async function findIfAny(
  client: ControlPlaneClient,
  limits: Limits,
  target: Target
): Promise<Deployment | undefined> {
  const found = await lookRepeatedly(limits, CONFIRM_AFTER_MS, async () => {
    try {
      return (await find(client, target)) ?? 'none'
    } catch (error) {
      if (!target.deploymentId || !isAnswered404(error)) throw error
      // Any server returns 404 for an unknown path; only a control plane lists deployments.
      await client.deploymentsNamed([target.name ?? ''], 0)
      return undefined
    }
  })
  return found === 'none' ? undefined : found
}

/** True if the control plane, or another server at its address, returned 404. */
export function isAnswered404(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404
}
