import { type ControlPlaneClient, MOST_PAGES, nextOffset } from '../control-plane/client.ts'
import type { Deployment, Page } from '../control-plane/resources.ts'
import { deploymentMissing, nameAndIdDisagree } from './refusals.ts'

/** Which deployment is meant; at least one of the two is given. */
export interface Target {
  readonly name: string | undefined
  readonly deploymentId: string | undefined
  /** Of a preview: all names that it may bear, of which `name` is the first. */
  readonly previewNames?: readonly string[] | undefined
}

/** Whether a deployment is on its way out: its name stays reserved, and nothing can be done with it. */
export function isGoing(deployment: Deployment): boolean {
  return deployment.status === 'AWAITING_DELETE' || deployment.status === 'AWAITING_FINAL_DELETE'
}

/**
 * The deployment of exactly this name, looked for over all pages: the server's own filter finds every name that
 * contains it. One that is not being deleted goes before one that is.
 */
export async function findByName(client: ControlPlaneClient, name: string): Promise<Deployment | undefined> {
  let going: Deployment | undefined
  for await (const deployment of deploymentsNamed(client, [name])) {
    if (!isGoing(deployment)) return deployment
    going ??= deployment
  }
  return going
}

/** The deployments that bear one of the names of a preview, in the order of these names; those that go are among them. */
export async function findPreviews(
  client: ControlPlaneClient,
  names: readonly string[]
): Promise<readonly Deployment[]> {
  const found: Deployment[] = []
  for await (const deployment of deploymentsNamed(client, names)) found.push(deployment)
  return found.sort((left, right) => names.indexOf(left.name) - names.indexOf(right.name))
}

/** @param names all of which contain the first */
async function* deploymentsNamed(client: ControlPlaneClient, names: readonly string[]): AsyncGenerator<Deployment> {
  let offset: number | undefined = 0
  for (let page = 0; offset !== undefined && page < MOST_PAGES; page += 1) {
    const answer: Page<Deployment | undefined> = await client.deploymentsNamed(names, offset)
    for (const deployment of answer.resources) if (deployment) yield deployment
    offset = nextOffset(answer, offset)
  }
}

/**
 * The deployment that is meant, or nothing when a name is new.
 *
 * @throws {ApiError} 404 when there is none with the ID
 * @throws {RefusalError} when name and ID are those of two deployments
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
