import { type ControlPlaneClient, orNothing } from '../control-plane/client.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { findIfAny, isGoing } from '../deployment/find.ts'
import { knownCommit } from '../deployment/revision.ts'
import type { StatusConfig } from '../inputs/config.ts'
import type { CommandContext } from '../rollout/context.ts'
import type { Verdict } from '../run/verdict.ts'

/**
 * Reports the active revision and the revisions in progress. Writes nothing and sends no request to the Agent Server.
 */
export async function status({ client, limits, progress }: CommandContext, { target }: StatusConfig): Promise<Verdict> {
  const deployment = await findIfAny(client, limits, target)
  if (!deployment) {
    const label = target.name ? `"${target.name}"` : (target.deploymentId ?? '')
    return { status: 'none', reason: `Deployment ${label} does not exist.` }
  }
  progress.deployment(deployment)
  if (isGoing(deployment)) {
    const { name, status } = deployment
    return { status: 'none', reason: `Deployment "${name}" is being deleted (${status}).` }
  }
  const { resources } = await client.revisions(deployment.id)
  progress.listed(resources)
  const serving = await readServing(client, deployment, resources)
  if (serving) progress.revision(serving, { own: false })
  return { status: 'found', reason: servingWords(deployment, serving) }
}

/** Reads the active revision, which may be older than the listed ones. */
async function readServing(
  client: ControlPlaneClient,
  { id, active_revision_id: active }: Deployment,
  newest: readonly Revision[]
): Promise<Revision | undefined> {
  if (!active) return undefined
  return newest.find((revision) => revision.id === active) ?? orNothing(client.revision(id, active))
}

function servingWords(deployment: Deployment, serving: Revision | undefined): string {
  const { name, active_revision_id: active, image_version } = deployment
  if (!active) return `Deployment "${name}" has no active revision.`
  const commit = serving && knownCommit(deployment, serving)
  const what = commit ? `commit ${commit}` : serving?.source_revision_config.image_uri
  const version = serving?.image_version ?? image_version
  const facts = [what, version && `Agent Server ${version}`].filter(Boolean).join('; ')
  return `Revision ${active} of "${name}" is active${facts ? ` (${facts})` : ''}.`
}
