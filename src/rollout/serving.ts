import { isRefusedByProxy } from '../control-plane/faults.ts'
import { isLoopback } from '../control-plane/hosts.ts'
import { isMissing } from '../control-plane/patience.ts'
import type { Deployment, Page, Revision } from '../control-plane/resources.ts'
import { addressOf } from '../deployment/address.ts'
import { isGoing } from '../deployment/find.ts'
import type { Config } from '../inputs/config.ts'
import type { Following } from '../inputs/following.ts'
import type { ProofInputs } from '../inputs/proof.ts'
import { hasShape } from '../report/outputs.ts'
import { inWords } from '../run/duration.ts'
import { CancelledError, DeadlineError } from '../run/limits.ts'
import type { Verdict } from '../run/verdict.ts'
import { checkHealth, type Health, type HealthFault, type HealthState, healthFault } from './agent-server/health.ts'
import { createAgentServer } from './agent-server/probe.ts'
import type { CommandContext } from './context.ts'
import { deploymentDeleted, goneVerdict } from './watch.ts'

/** A revision that was rolled out, and its deployment. */
export interface RolledOut {
  readonly deployment: Deployment
  readonly revision: Revision
  /** True if this run created the revision. */
  readonly own: boolean
  /** True if another revision may have been active before, so that a rollback is possible. */
  readonly hasPredecessor: boolean
}

/** The result of the proof: a verdict, or the newer revision that became active during the proof. */
export type Proof =
  | {
      readonly verdict: Verdict
      /** IDs of failed requests and runs, to search for in the deploy log. */
      readonly ids?: readonly string[]
    }
  | { readonly overtakenBy: Revision; readonly reason: string }

/**
 * Imports the steps after the health check, which most runs do not request. The only import of that file: for another one,
 * the bundle can contain a second copy in another file.
 */
export function loadEvidence() {
  return import('./evidence.ts')
}

/**
 * Proves that a DEPLOYED revision works: the health check, then the graphs and the runs if requested. Each step needs
 * the success of the step before. Skipped or inconclusive steps keep the verdict `deployed`.
 */
export async function proveServing(
  context: CommandContext,
  config: Following & Pick<Config, 'connection' | 'workspaceName'>,
  verdict: Deployed,
  rolledOut: RolledOut
): Promise<Proof> {
  const served = await proveHealth(context, config, verdict, rolledOut)
  if (!config.proof || 'overtakenBy' in served) return served
  if (served.verdict.status !== 'deployed') {
    const { leaveOut } = await loadEvidence()
    leaveOut(context, config.proof)
    return served
  }
  return proveWorking(context, { ...config, proof: config.proof }, served.verdict, rolledOut)
}

async function proveHealth(
  context: CommandContext,
  config: Following & Pick<Config, 'connection'>,
  verdict: Deployed,
  rolledOut: RolledOut
): Promise<Proof> {
  const { progress } = context
  const url = usableAddress(rolledOut.deployment)
  const { check, path } = config.health
  if (check === 'false') {
    progress.note('Skipped the health check: `health-check` is `false`.')
    return { verdict }
  }
  // With a further proof, the next step reports the missing URL.
  if (!url && config.proof) return { verdict }
  if (!url) return { verdict: check === 'true' ? noAddress() : withWarning(verdict, NO_ADDRESS) }
  if (check === 'auto' && !isPublic(url)) {
    progress.note(notAsked(url))
    return { verdict }
  }

  const place = `${url.replace(/\/+$/, '')}${path}`
  const health = await ask(context, config, url, rolledOut.revision, place)
  if (health.kind === 'serving') {
    const now = health.wasBroken ? await lookAgain(context, rolledOut) : undefined
    if (now?.ended) return now.ended
    progress.note(`Health check passed: GET ${place} ${health.note}.`)
    progress.proof({ about: 'health', outcome: 'passed', seen: `${path} ${health.note}` })
    return { verdict }
  }
  if (health.kind === 'out-of-time') return { verdict: outOfTime(place, health.reason) }
  const now = await lookAgain(context, rolledOut)
  if (now.ended) return now.ended
  const isBroken = health.kind === 'broken' || check === 'true'
  progress.proof({ about: 'health', outcome: isBroken ? 'failed' : 'unclear', seen: `${path} ${health.reason}` })
  if (isBroken) {
    return { verdict: notServing(place, health, canGoBack({ ...rolledOut, deployment: now.deployment })) }
  }
  return { verdict: withWarning(verdict, unclear(place, health.reason)) }
}

/** Proves the steps after the health check. */
async function proveWorking(
  context: CommandContext,
  config: Following & Pick<Config, 'connection' | 'workspaceName'> & { readonly proof: ProofInputs },
  verdict: Deployed,
  rolledOut: RolledOut
): Promise<Proof> {
  const { proof, health, connection, workspaceName } = config
  const active = rolledOut.deployment.active_revision_id
  // Another revision responds at the URL.
  if (active !== null && active !== rolledOut.revision.id)
    return { verdict: withWarning(verdict, notAskedWhile(active)) }
  const { proveAgent } = await loadEvidence()
  const evidence = await proveAgent(context, proof, {
    ...rolledOut,
    url: usableAddress(rolledOut.deployment),
    healthPath: health.path,
    proxy: connection.proxy,
    namesWorkspace: (connection.workspaceId ?? workspaceName) !== undefined
  }).catch((error: unknown) => {
    if (error instanceof DeadlineError) return error
    throw error
  })
  if (evidence instanceof DeadlineError) return { verdict: unprovenInTime(evidence) }
  const { failure, warning } = evidence
  if (!failure && !warning) return { verdict }
  const now = await lookAgain(context, rolledOut)
  if (now.ended) return now.ended
  if (!failure) return { verdict: warning ? withWarning(verdict, warning) : verdict }
  const { reason, advice, isBroken, isMisfit, ids } = failure
  const back = isBroken && canGoBack({ ...rolledOut, deployment: now.deployment }) ? GO_BACK : ''
  return {
    verdict: {
      status: 'failed',
      reason,
      advice: [advice, isBroken && !isMisfit ? READ_DEPLOY_LOG : '', back].filter(Boolean).join(' '),
      ...(isBroken ? { isBroken: true as const } : {})
    },
    ids
  }
}

function notAskedWhile(active: string): string {
  return `Skipped the checks of graphs and runs, because revision ${active} is active instead.`
}

function unprovenInTime({ unanswered }: DeadlineError): Verdict {
  const awaited = unanswered === undefined ? '' : `: ${unanswered}`
  return {
    status: 'timed-out',
    reason: `The revision is deployed, but the timeout expired before its agent was verified${awaited}.`,
    advice: `${READ_DEPLOY_LOG} Raise \`timeout\` if the graphs or runs need more time.`
  }
}

type Deployed = Verdict & { readonly status: 'deployed' }

/** The verdict with one more warning. */
export function withWarning(verdict: Deployed, warning: string): Deployed {
  return { ...verdict, warning: [verdict.warning, warning].filter(Boolean).join('\n') }
}

const NO_ADDRESS =
  'The revision is deployed, but the control plane reports no URL for the deployment, so the health check could not run. Set `custom-url` if the deployment has its own URL; otherwise set `health-check: false`.'

type Asked = Health | { readonly kind: 'out-of-time'; readonly reason: string }

async function ask(
  { limits, progress }: CommandContext,
  { health, connection }: Following & Pick<Config, 'connection'>,
  url: string,
  revision: Revision,
  place: string
): Promise<Asked> {
  const server = createAgentServer(url, health.path, connection.proxy, limits)
  let state: HealthState | undefined
  const onLook = (next: HealthState) => {
    const reason = next.last?.reason
    if (reason && reason !== state?.last?.reason) progress.note(`GET ${place} ${reason}; retrying.`)
    state = next
  }
  try {
    return await checkHealth(server, limits, revision.id, health.check === 'true', onLook)
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error
    // A missing response can be expected, as in a closed network. An error response cannot.
    const seen = state && healthFault(state)
    if (seen?.kind === 'unclear' && health.check === 'auto') return seen
    return { kind: 'out-of-time', reason: state?.broken ?? seen?.reason ?? 'did not respond in time' }
  } finally {
    await server.close()
  }
}

/**
 * Reads the deployment again after the checks. If a newer revision is active, or if the deployment is being deleted,
 * the responses say nothing about our revision, and `ended` is the result of the proof.
 */
export async function lookAgain(
  { client, progress }: CommandContext,
  { deployment, revision }: RolledOut
): Promise<{ readonly deployment: Deployment; readonly ended?: Proof }> {
  const seen = await readStateAgain(client, deployment.id, revision.id).catch((error: unknown) => {
    // The verdict does not depend on this read.
    if (error instanceof CancelledError) throw error
    // The client has already retried for half a minute.
    return isMissing(error) ? ('gone' as const) : undefined
  })
  if (!seen) return { deployment }
  if (seen === 'gone') {
    progress.gone()
    return { deployment, ended: { verdict: goneVerdict(`The deployment "${deployment.name}"`) } }
  }
  const [now, { resources }] = seen
  progress.deployment(now)
  if (isGoing(now)) return { deployment: now, ended: { verdict: deploymentDeleted(now) } }
  const place = resources.findIndex(({ id }) => id === now.active_revision_id)
  const own = resources.findIndex(({ id }) => id === revision.id)
  const [newest] = resources
  // Newest first: an active revision that is not listed before ours is an older one, which ours has not replaced yet.
  if (!newest || place < 0 || place >= own) return { deployment: now }
  const reason = `The revision was deployed, but a newer revision is now active: ${now.active_revision_id}.`
  return { deployment: now, ended: { overtakenBy: newest, reason } }
}

/** Reads a deployment and its newest revisions at the same time. */
async function readStateAgain(
  client: CommandContext['client'],
  id: string,
  revisionId: string
): Promise<readonly [Deployment, Page<Revision>]> {
  const [deployment, page] = await Promise.all([client.deployment(id), client.revisions(id)])
  const own = page.resources.findIndex((revision) => revision.id === revisionId)
  const newer = page.resources.slice(0, Math.max(own, 0))
  // Retries can make the list much later than the deployment, which then reports an older active revision.
  const isOutdated = deployment.active_revision_id === revisionId && newer.some(({ status }) => status === 'DEPLOYED')
  return [isOutdated ? await client.deployment(id) : deployment, page]
}

/** Tells if `command: redeploy` would roll back from this revision to one that was active before. */
export function canGoBack({ deployment, revision, hasPredecessor }: RolledOut): boolean {
  return deployment.active_revision_id === revision.id && hasPredecessor
}

function usableAddress(deployment: Deployment): string | undefined {
  const url = addressOf(deployment)
  return url && hasShape('deployment-url', url) ? url : undefined
}

/** Tells if a URL is reachable from any network. A self-hosted URL may only be reachable in its own. */
function isPublic(url: string): boolean {
  const { hostname } = new URL(url)
  return hostname.endsWith('.langgraph.app') || isLoopback(hostname)
}

function notAsked(url: string): string {
  return `Skipped the health check: ${new URL(url).host} may not be reachable from this runner. Set \`health-check: true\` to require it.`
}

/** The advice for every revision that does not work. */
export const READ_DEPLOY_LOG = 'Read the deploy log of the revision in LangSmith.'

const GO_BACK =
  'To roll back to the previous revision, use `command: redeploy`; it restores the code and leaves environment variables and settings unchanged.'

function notServing(place: string, { reason, forMs }: HealthFault, canGoBack: boolean): Verdict {
  return {
    status: 'failed',
    reason: `The revision is deployed, but its health check failed for ${inWords(forMs)}: GET ${place} ${reason}.`,
    advice: brokenAdvice(canGoBack),
    isBroken: true
  }
}

/** The advice for an active revision that failed its proof. */
export function brokenAdvice(canGoBack: boolean): string {
  return canGoBack ? `${READ_DEPLOY_LOG} ${GO_BACK}` : READ_DEPLOY_LOG
}

function outOfTime(place: string, reason: string): Verdict {
  return {
    status: 'timed-out',
    reason: `The revision is deployed, but the timeout expired before its health check passed: GET ${place} ${reason}.`,
    advice: `${READ_DEPLOY_LOG} Raise \`timeout\` if the agent needs more time to start.`
  }
}

function noAddress(): Verdict {
  return {
    status: 'failed',
    reason: 'The revision is deployed, but the deployment has no URL for the health check.',
    advice: 'Set `custom-url`, or omit `health-check: true`.'
  }
}

function unclear(place: string, reason: string): string {
  return `The revision is deployed, but its health check was inconclusive: GET ${place} ${reason}. ${unclearAdvice(place, reason)}`
}

function unclearAdvice(place: string, reason: string): string {
  if (!isRefusedByProxy(reason)) {
    return 'If this is expected, set `health-check: false` or another `health-path`.'
  }
  // Another path is behind the same proxy.
  const { hostname } = new URL(place)
  const host = hostname.endsWith('.langgraph.app') ? '*.langgraph.app' : hostname
  return `Allow ${host} in the proxy, or set \`health-check: false\`.`
}
