import { type ControlPlaneClient, pagesOf } from '../control-plane/client.ts'
import { ApiError } from '../control-plane/errors.ts'
import type { Deployment } from '../control-plane/resources.ts'
import type { Limits } from '../run/limits.ts'
import { lookRepeatedly } from '../run/poll.ts'
import { partOfPreviews, pullRequestOf } from './preview.ts'
import { deploymentMissing, nameAndIdDisagree } from './refusals.ts'

/** Identifies a deployment; at least one of name and ID is given. */
export interface Target {
  readonly name: string | undefined
  readonly deploymentId: string | undefined
  /** For a preview: all names that it may have; `name` is the first of them. */
  readonly previewNames?: readonly string[] | undefined
}

/** Whether a deployment is being deleted: its name stays reserved, and it takes no changes. */
export function isGoing(deployment: Deployment): boolean {
  return deployment.status === 'AWAITING_DELETE' || deployment.status === 'AWAITING_FINAL_DELETE'
}

/**
 * Finds the deployment of exactly this name, over all pages: the server's own filter finds every name that contains it.
 * One that is being deleted is the answer only when there is no other.
 */
export async function findByName(client: ControlPlaneClient, name: string): Promise<Deployment | undefined> {
  let going: Deployment | undefined
  for await (const deployment of deploymentsNamed(client, [name])) {
    if (!isGoing(deployment)) return deployment
    going ??= deployment
  }
  return going
}

/** The deployments that have one of the names of a preview, in the order of the names, also those being deleted. */
export async function findPreviews(
  client: ControlPlaneClient,
  names: readonly string[]
): Promise<readonly Deployment[]> {
  const found: Deployment[] = []
  for await (const deployment of deploymentsNamed(client, names)) found.push(deployment)
  return found.sort((left, right) => names.indexOf(left.name) - names.indexOf(right.name))
}

/** All previews of a name, of every pull request, with the number of theirs; also those being deleted. */
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

/** @param names each of them contains the first */
async function* deploymentsNamed(client: ControlPlaneClient, names: readonly string[]): AsyncGenerator<Deployment> {
  for await (const { resources } of pagesOf((offset) => client.deploymentsNamed(names, offset))) {
    for (const deployment of resources) if (deployment) yield deployment
  }
}

/**
 * Finds the deployment of a target.
 *
 * @returns `undefined` when there is none of this name
 * @throws {ApiError} 404 when there is none with the ID
 * @throws {RefusalError} when name and ID belong to two deployments
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

/** Like `find`, for commands that need a deployment. @throws {RefusalError} when there is none of this name */
export async function findExisting(client: ControlPlaneClient, target: Target): Promise<Deployment> {
  const deployment = await find(client, target)
  if (!deployment) throw deploymentMissing(target.name ?? '')
  return deployment
}

/** Pauses between looks for a deployment whose ID is answered 404, in milliseconds: a replica can lag behind. */
const CONFIRM_AFTER_MS = [1_000, 2_000, 4_000]

/** Like `find`, for commands that pass when there is no such deployment: nothing also when there is none with the ID. */
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
      // Any server answers 404 to what it does not know; only a control plane has a list of deployments.
      await client.deploymentsNamed([target.name ?? ''], 0)
      return undefined
    }
  })
  return found === 'none' ? undefined : found
}

/** Whether the control plane, or something else that answers for it, does not know what was asked for. */
export function isAnswered404(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404
}
