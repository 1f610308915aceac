import { agentTraits, isPresent } from '../answers.ts'
import { type Call, refusal } from '../http.ts'
import { type Deployment, findDeployment, type Revision, type State } from '../state.ts'
import { type AgentTraits, type GraphTraits, USUAL_GRAPH } from './scenario.ts'

/** An Agent Server that serves: its deployment and its behavior. */
export interface Serving {
  readonly deployment: Deployment
  /** The revision whose replicas respond; null if no revision was ever active. */
  readonly revision: Revision | null
  readonly traits: AgentTraits
  /** By name, in the order of the configuration. */
  readonly graphs: ReadonlyMap<string, GraphTraits>
}

/** Finds the Agent Server at the address of a call. @throws a refusal: 404 without one, 503 before it serves */
export function servingAgent({ state, params, now }: Call): Serving {
  const deployment = findDeployment(state, params.deployment_id?.toLowerCase() ?? '')
  if (!deployment || !isPresent(deployment, now)) throw refusal(404, 'Not Found')
  if (!deployment.serves) throw refusal(503, 'The agent server is not up yet.')
  const revision = deployment.answering ?? deployment.active
  const traits = agentTraits(state, revision)
  return { deployment, revision, traits, graphs: graphsOf(traits, revision) }
}

/** The scripted graphs, or those of the uploaded configuration, or a single one. */
function graphsOf({ graphs }: AgentTraits, revision: Revision | null): ReadonlyMap<string, GraphTraits> {
  if (graphs) return new Map(Object.entries(graphs))
  return new Map((revision?.graphs ?? ['agent']).map((name) => [name, USUAL_GRAPH]))
}

/** The registered names, formatted as in the server's error messages. */
export function registeredNames({ graphs }: Serving): string[] {
  return [...graphs].filter(([, { load }]) => load !== 'removed').map(([name]) => name)
}

/**
 * Time at which this server can respond: immediately, or after its start. A server that scales to zero starts at its
 * first request, and again at the first request after `idle_ms` without requests.
 *
 * @returns epoch milliseconds
 */
export function awakeAt(state: State, { deployment, revision, traits }: Serving, now: number): number {
  const asked = state.asked.get(deployment.id)
  const isSame = asked !== undefined && asked.revision === revision
  const isIdle = isSame && traits.idle_ms !== null && now - asked.at >= traits.idle_ms
  const awake = isSame && !isIdle ? asked.awakeAt : now + traits.cold_start_ms
  state.asked.set(deployment.id, { revision, at: Math.max(now, awake), awakeAt: awake })
  return awake
}
