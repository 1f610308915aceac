import { type ControlPlaneClient, MOST_PAGES, nextOffset } from '../control-plane/client.ts'
import { deploymentMissing, nameAndIdDisagree } from '../control-plane/errors.ts'
import type { Deployment } from '../control-plane/resources.ts'

/** Which deployment is meant; at least one of the two is given. */
export interface Target {
  readonly name: string | undefined
  readonly deploymentId: string | undefined
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
  let offset: number | undefined = 0
  for (let page = 0; offset !== undefined && page < MOST_PAGES; page += 1) {
    const answer = await client.deploymentsNamed(name, offset)
    for (const deployment of answer.resources) {
      if (deployment && !isGoing(deployment)) return deployment
      going ??= deployment
    }
    offset = nextOffset(answer, offset)
  }
  return going
}

/**
 * The deployment that is meant, or nothing when a name is new.
 *
 * @throws {ApiError} 404 when there is none with the ID
 * @throws {RefusalError} when name and ID are those of two deployments
 */
export async function find(client: ControlPlaneClient, target: Target): Promise<Deployment | undefined> {
  const { name, deploymentId } = target
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
